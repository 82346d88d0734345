"""When a show may be planned, edited, aired and ended."""

from collections.abc import Sequence
from typing import assert_never
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import UNSET
from msgspec.structs import asdict

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.show.commands import AirShow, EditShow, EndShow, ListShow, PlanShow
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded, ShowHead, ShowListed, ShowPlanned, ShowStage
from kaibo.features.show.slices import HEAD_FIELDS, edit
from kaibo.features.show.state import ShowState

ShowCommand = PlanShow | EditShow | AirShow | EndShow | ListShow

SHOW_MS_MAX = 24 * 3_600_000  # longer than a day is a typing error; the longest rooms change crews and shows before


class ShowAlreadyPlanned(Refusal):
    """The log has its show already."""

    code = "show.already_planned"
    show_id: str


class ShowWrongStream(Refusal):
    """A show is planned on the log of its own id."""

    code = "show.wrong_stream"
    status = 422
    stream: str
    expected: str


class ShowNotPlanned(Refusal):
    """No show was planned here."""

    code = "show.not_planned"
    status = 404
    stream: str


class ShowZoneUnknown(Refusal):
    """Not the name of an IANA time zone."""

    code = "show.zone_unknown"
    status = 422
    timezone: str


class ShowTimesBackwards(Refusal):
    """A show ends after it starts."""

    code = "show.times_backwards"
    status = 422
    starts_at: int
    ends_at: int


class ShowTooLong(Refusal):
    """A show lasts at most a day."""

    code = "show.too_long"
    status = 422
    hours_max: int


class ShowEndedAlready(Refusal):
    """The show has ended."""

    code = "show.ended"
    show_id: str


class ShowNotWaiting(Refusal):
    """Only a planned show goes on air."""

    code = "show.not_waiting"
    show_id: str
    state: ShowStage


class ShowNotLive(Refusal):
    """Only a show on air is ended."""

    code = "show.not_live"
    show_id: str
    state: ShowStage


def decide(state: ShowState, command: ShowCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case PlanShow():
            return [_plan(state, command, ctx)]
        case EditShow():
            return _edit(state, command, ctx)
        case AirShow():
            plan = _planned(state, ctx)
            if state.show.stage != "planned":
                raise ShowNotWaiting(show_id=plan.show_id, state=state.show.stage)
            return [ShowAired(show_id=plan.show_id, head=_head(plan, "live"))]
        case EndShow():
            plan = _planned(state, ctx)
            if state.show.stage != "live":
                raise ShowNotLive(show_id=plan.show_id, state=state.show.stage)
            return [ShowEnded(show_id=plan.show_id, head=_head(plan, "ended"))]
        case ListShow():
            return _list(state, command)
        case _:
            assert_never(command)


def _plan(state: ShowState, command: PlanShow, ctx: Context) -> ShowPlanned:
    if ctx.stream != f"show/{command.show_id}":
        raise ShowWrongStream(stream=ctx.stream, expected=f"show/{command.show_id}")
    if state.show.plan is not None or ctx.seq > 0:
        raise ShowAlreadyPlanned(show_id=command.show_id)
    plan = ShowPlanned(**asdict(command))
    _check(plan)
    return plan


def _edit(state: ShowState, command: EditShow, ctx: Context) -> Sequence[Fact]:
    plan = _planned(state, ctx)
    if state.show.stage == "ended":
        raise ShowEndedAlready(show_id=plan.show_id)
    wanted = {name: getattr(command, name) for name in HEAD_FIELDS}
    news = {name: value for name, value in wanted.items() if value is not UNSET and value != getattr(plan, name)}
    if not news:
        return []
    edited = edit(plan, ShowEdited(**news))
    _check(edited)
    return [ShowEdited(**news, head=_head(edited, state.show.stage))]


def _list(state: ShowState, command: ListShow) -> Sequence[Fact]:
    listed = ShowListed(**asdict(command))
    return [] if state.listed.get(command.show_id) == listed else [listed]


def _planned(state: ShowState, ctx: Context) -> ShowPlanned:
    if state.show.plan is None:
        raise ShowNotPlanned(stream=ctx.stream)
    return state.show.plan


def _check(plan: ShowPlanned) -> None:
    if not _is_zone(plan.timezone):
        raise ShowZoneUnknown(timezone=plan.timezone)
    if plan.ends_at <= plan.starts_at:
        raise ShowTimesBackwards(starts_at=plan.starts_at, ends_at=plan.ends_at)
    if plan.ends_at - plan.starts_at > SHOW_MS_MAX:
        raise ShowTooLong(hours_max=SHOW_MS_MAX // 3_600_000)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the zone data is an OSError, ".." a ValueError
        return False
    return True


def _head(plan: ShowPlanned, state: ShowStage) -> ShowHead:
    return ShowHead(
        show_id=plan.show_id,
        title=plan.title,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        timezone=plan.timezone,
        state=state,
        rehearsal=plan.rehearsal,
        simulated=plan.simulated,
    )
