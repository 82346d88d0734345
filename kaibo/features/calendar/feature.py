"""A calendar for each person, to be subscribed to."""

from collections.abc import Sequence

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Feature
from kaibo.features.calendar.routes import OPERATIONS, ROUTES


def _fold(state: None, event: Event[Fact]) -> None:
    """It decides nothing, so it remembers nothing."""


def _decide(*_: object) -> Sequence[Fact]:
    raise AssertionError("the calendar has no commands")


FEATURE = Feature(
    name="calendar",
    streams=("show",),
    facts=(),
    commands=(),
    state=lambda: None,
    fold=_fold,
    decide=_decide,
    routes=ROUTES,
    operations=OPERATIONS,
)
