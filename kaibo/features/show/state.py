"""How a show stands, and what the list of shows says: what the rules of shows must remember."""

from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.show.facts import ShowListed
from kaibo.features.show.slices import ShowNow


@dataclass(slots=True)
class ShowState:
    """On a show's log: how it stands. On the workspace's log: the list of shows by show_id."""

    show: ShowNow
    listed: dict[str, ShowListed] = field(default_factory=dict[str, ShowListed])


def fold(state: ShowState, event: Event[Fact], touched: Touched) -> None:
    """Take one event in."""
    del touched
    if isinstance(event.fact, ShowListed):
        state.listed[event.fact.show_id] = event.fact
