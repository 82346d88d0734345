"""Live figures, exact, from the log alone: tiles, curves, by product and by cue. It decides nothing: no facts, no commands."""

from collections.abc import Sequence
from typing import Any

from kaibo.core.errors import NotFound
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context, Feature
from kaibo.features.metric.view import CUES, MINUTES, PRODUCTS, TILES


def fold(state: None, event: Event[Any]) -> None:
    """There is nothing to decide on."""


def decide(state: None, command: Any, ctx: Context) -> Sequence[Fact]:
    """No command is this feature's. Raises NotFound."""
    raise NotFound(kind="command", id=type(command).__name__)


FEATURE = Feature(
    name="metric",
    streams=("show",),
    facts=(),
    commands=(),
    state=lambda: None,
    fold=fold,
    decide=decide,
    views=(TILES, PRODUCTS, CUES, MINUTES),
)

__all__ = ["FEATURE"]
