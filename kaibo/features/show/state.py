"""How a show stands, and what the list of shows says: what the rules of shows must remember."""

from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import asdict, replace

from kaibo.core.event import Event
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded, ShowListed, ShowPlanned, ShowStage

HEAD_FIELDS = ("title", "starts_at", "ends_at", "timezone", "goal_gmv_minor", "theme", "channel")


@dataclass(slots=True)
class ShowState:
    """On a show's log: its plan as it now reads (None before there is one) and its stage.

    On the workspace's log: the list of shows by show_id.
    """

    plan: ShowPlanned | None = None
    stage: ShowStage = "planned"
    listed: dict[str, ShowListed] = field(default_factory=dict[str, ShowListed])


def fold(state: ShowState, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case ShowPlanned() as plan:
            state.plan = plan
        case ShowEdited() as edited if state.plan is not None:
            state.plan = edit(state.plan, edited)
        case ShowAired():
            state.stage = "live"
        case ShowEnded():
            state.stage = "ended"
        case ShowListed() as listed:
            state.listed[listed.show_id] = listed
        case _:
            pass


def edit(plan: ShowPlanned, edited: ShowEdited) -> ShowPlanned:
    """The plan as it reads after an edit; fields the edit does not name stay."""
    values = {name: value for name, value in asdict(edited).items() if name in HEAD_FIELDS and value is not None}
    return replace(plan, **values)
