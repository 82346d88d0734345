"""The head of a show, and the workspace's list of shows."""

from collections.abc import Iterable

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself, row_of
from kaibo.core.slice import Touched
from kaibo.features.show.facts import CrewMember, ShowListed, ShowStage
from kaibo.features.show.slices import STAGE, ShowNow

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
    simulated: bool = False


class ListedShowRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `show.list` of the workspace stream, key show_id; view `show.going`: of these, what has not ended."""

    show_id: str
    title: str
    state: ShowStage
    starts_at: int
    ends_at: int
    timezone: str
    rehearsal: bool = False
    simulated: bool = False


Listed = dict[str, ListedShowRow]


def fold_head(show: ShowNow, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The head changes with the plan, an edit, and both ends of the show."""
    del event, touched
    return _head_keys(show)


def fold_list(listed: Listed, event: Event[Fact]) -> Iterable[str]:
    """One show of the list changes."""
    match event.fact:
        case ShowListed() as fact:
            listed[fact.show_id] = _listed(fact)
            return (fact.show_id,)
        case _:
            return ()


def fold_going(listed: Listed, event: Event[Fact]) -> Iterable[str]:
    """What has ended leaves: however many there were, a screen that asks what goes on has a few lines to read."""
    match event.fact:
        case ShowListed(show_id=show_id, state="ended"):
            return () if listed.pop(show_id, None) is None else (show_id,)
        case _:
            return fold_list(listed, event)


def _listed(fact: ShowListed) -> ListedShowRow:
    return ListedShowRow(
        show_id=fact.show_id,
        title=fact.title,
        state=_stage(fact.state),
        starts_at=fact.starts_at,
        ends_at=fact.ends_at,
        timezone=fact.timezone,
        rehearsal=fact.rehearsal,
        simulated=fact.simulated,
    )


def _stage(said: str) -> ShowStage:
    """The fact takes any text, so that every old log can be read; rows say one of three."""
    match said:
        case "live" | "ended":
            return said
        case _:
            return "planned"


def _head_keys(show: ShowNow) -> Iterable[str]:
    return () if show.plan is None else (HEAD_KEY,)


def _head_row(show: ShowNow, key: str) -> ShowRow | None:
    plan = show.plan
    if plan is None or key != HEAD_KEY:
        return None
    return ShowRow(
        show_id=plan.show_id,
        title=plan.title,
        state=show.stage,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        timezone=plan.timezone,
        currency=plan.currency,
        goal_gmv_minor=plan.goal_gmv_minor,
        theme=plan.theme,
        channel=plan.channel,
        crew=plan.crew,
        aired_at=show.aired_at,
        ended_at=show.ended_at,
        rehearsal=plan.rehearsal,
        simulated=plan.simulated,
    )


HEAD = View(
    name="show.head",
    row=ShowRow,
    reads=(),
    state=itself,
    fold=fold_head,
    keys=_head_keys,
    get=_head_row,
    duty="show.read",
    over=(STAGE,),
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
GOING = View(
    name="show.going",
    row=ListedShowRow,
    reads=(ShowListed,),
    state=dict,
    fold=fold_going,
    keys=list,
    get=row_of,
    duty="show.read",
)
