"""A show's effects are kept once; when they are known better, anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context
from kaibo.features.effect.commands import KeepEffects
from kaibo.features.effect.facts import EffectsKept


@dataclass(slots=True)
class EffectState:
    """What is kept of each show."""

    shows: dict[str, EffectsKept] = field(default_factory=dict[str, EffectsKept])


def fold(state: EffectState, event: Event[Fact]) -> None:
    """The newest word of a show counts."""
    if isinstance(event.fact, EffectsKept):
        state.shows[event.fact.show_id] = event.fact


def decide(state: EffectState, command: KeepEffects, ctx: Context) -> Sequence[Fact]:
    """Nothing where nothing is new."""
    del ctx
    kept = EffectsKept(show_id=command.show_id, effects=command.effects)
    return () if state.shows.get(command.show_id, EffectsKept(show_id=command.show_id, effects=())) == kept else (kept,)
