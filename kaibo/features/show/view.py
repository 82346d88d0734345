"""The head of a show, and the workspace's list of shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.core.feature import View, row_of
from kaibo.features.show.facts import CrewMember, ShowAired, ShowEdited, ShowEnded, ShowListed, ShowPlanned, ShowStage
from kaibo.features.show.state import HEAD_FIELDS

HEAD_KEY = "show"


class ShowRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `show.head`, one row, key `show`. `state` is planned, live or ended."""

    show_id: str
    title: str
    state: ShowStage
    starts_at: int
    ends_at: int
    timezone: str
    currency: str
    goal_gmv_minor: int
    theme: str
    channel: str
    crew: tuple[CrewMember, ...]
    aired_at: int | None
    ended_at: int | None
    rehearsal: bool = False


class ListedShowRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `show.list` of the workspace stream, key show_id."""

    show_id: str
    title: str
    state: ShowStage
    starts_at: int
    ends_at: int
    timezone: str
    rehearsal: bool = False


@dataclass(slots=True)
class Head:
    """The one row, None before the plan."""

    row: ShowRow | None = None


Listed = dict[str, ListedShowRow]


def fold_head(head: Head, event: Event[Any]) -> Iterable[str]:
    """The head changes with the plan, an edit, and both ends of the show."""
    fact = event.fact
    if isinstance(fact, ShowPlanned):
        head.row = _planned(fact)
    elif head.row is None:
        return ()
    else:
        head.row = _changed(head.row, event)
    return (HEAD_KEY,)


def _changed(row: ShowRow, event: Event[Any]) -> ShowRow:
    match event.fact:
        case ShowEdited() as edited:
            values = {name: getattr(edited, name) for name in HEAD_FIELDS}
            return replace(row, **{name: value for name, value in values.items() if value is not None})
        case ShowAired():
            return replace(row, state="live", aired_at=event.at)
        case ShowEnded():
            return replace(row, state="ended", ended_at=event.at)
        case _:
            return row


def _planned(plan: ShowPlanned) -> ShowRow:
    return ShowRow(
        show_id=plan.show_id,
        title=plan.title,
        state="planned",
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        timezone=plan.timezone,
        currency=plan.currency,
        goal_gmv_minor=plan.goal_gmv_minor,
        theme=plan.theme,
        channel=plan.channel,
        crew=plan.crew,
        aired_at=None,
        ended_at=None,
        rehearsal=plan.rehearsal,
    )


def fold_list(listed: Listed, event: Event[Any]) -> Iterable[str]:
    """One show of the list changes."""
    match event.fact:
        case ShowListed() as fact:
            listed[fact.show_id] = ListedShowRow(
                show_id=fact.show_id,
                title=fact.title,
                state=_stage(fact.state),
                starts_at=fact.starts_at,
                ends_at=fact.ends_at,
                timezone=fact.timezone,
                rehearsal=fact.rehearsal,
            )
            return (fact.show_id,)
        case _:
            return ()


def _stage(said: str) -> ShowStage:
    """The fact takes any text, so that every old log can be read; rows say one of three."""
    match said:
        case "live" | "ended":
            return said
        case _:
            return "planned"


def _head_keys(head: Head) -> Iterable[str]:
    return () if head.row is None else (HEAD_KEY,)


def _head_row(head: Head, key: str) -> ShowRow | None:
    return head.row if key == HEAD_KEY else None


HEAD = View(
    name="show.head",
    row=ShowRow,
    reads=(ShowPlanned, ShowEdited, ShowAired, ShowEnded),
    state=Head,
    fold=fold_head,
    keys=_head_keys,
    get=_head_row,
    duty="show.read",
)
LIST = View(
    name="show.list",
    row=ListedShowRow,
    reads=(ShowListed,),
    state=dict,
    fold=fold_list,
    keys=list,
    get=row_of,
    duty="show.read",
)
