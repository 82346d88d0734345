"""What cannot work out in a show's roster, asked while it is planned: it looks across shows and at the charter, which no show's log knows."""

from collections.abc import AsyncIterator

import msgspec
from litestar import get

from kaibo.core.errors import NotFound
from kaibo.core.feature import WORKSPACE
from kaibo.core.stream import StreamFold
from kaibo.features.charter.slices import HOUSE_CHARTER, IN_FORCE, of_people
from kaibo.features.metric.shown import MINUTES
from kaibo.features.roster.commands import TakeRole
from kaibo.features.roster.conflicts import REST_MS, Evening, RosterConflict, between, evening_of, within
from kaibo.features.roster.figures import ShiftFigures, figures
from kaibo.features.roster.handover import STOCK_UNDER, Desk, HandOverSheet, LeftOver, draw_sheet, left_over
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.roster.view import BOARD
from kaibo.features.show.shown import LIST
from kaibo.features.taking.slices import Bar, StandIn, standing_in
from kaibo.features.workspace.slices import NAMES
from kaibo.kit.engine import Engine
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of, number_of
from kaibo.kit.openapi import Operation

NEAR_MS = 86_400_000 + REST_MS  # a call is at most a day before its show
EARLIER_MAX = 5  # shows before this one that are asked for what was left
NEAR_SHOWS_MAX = 40  # of a house with more on one day the nearest are looked at


class RosterConflicts(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be settled in the roster of a show; `looked_at` shows near in time were compared, `more` were not."""

    show_id: str
    conflicts: tuple[RosterConflict, ...]
    looked_at: int
    more: int


class RefusedDuty(msgspec.Struct, frozen=True, kw_only=True):
    """A duty of a role that does not go along with it, and why."""

    duty: str
    bar: Bar


class RolePowers(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller could do in a role, were they on duty in it on this show as it stands: `holds` it anyway, else `gives` more duties and not these."""

    role_id: str
    holds: bool
    gives: tuple[str, ...] = ()
    refused: tuple[RefusedDuty, ...] = ()


OPERATIONS = (
    Operation(
        "get",
        "/api/shows/{show_id}/roster/conflicts",
        "Who is called to two shows at once or rests less than ten hours, which role is missing, whose page is unsigned.",
        answer=RosterConflicts,
    ),
    Operation(
        "get",
        "/api/shows/{show_id}/roster/left",
        "What the last of the show before left to the house and is still open.",
        answer=LeftOver,
    ),
    Operation(
        "get",
        "/api/shows/{show_id}/roster/powers",
        "What the caller could do in a role on this show, were they on duty in it, and what stays refused.",
        answer=RolePowers,
        query={"role": {"type": "string", "description": "a role of the charter"}},
    ),
    Operation(
        "get",
        "/api/shows/{show_id}/roster/figures",
        "What each shift and each host brought; both come to the whole.",
        answer=ShiftFigures,
    ),
    Operation(
        "get",
        "/api/shows/{show_id}/roster/sheet",
        "The hand-over sheet, filled from the log: as it stands, or as it stood after so many events.",
        answer=HandOverSheet,
        query={
            "seq": {
                "type": "integer",
                "minimum": 1,
                "description": "as it stood once this event had happened, now when left out",
            },
            "under": {
                "type": "integer",
                "minimum": 0,
                "description": f"units under which stock is low, {STOCK_UNDER} when left out",
            },
        },
    ),
)


@get("/api/shows/{show_id:str}/roster/sheet")
async def read_sheet(request: AnyRequest, show_id: str) -> Json:
    """As it stands now, or as it stood when somebody accepted by it; each part for those who may read it."""
    caller = await caller_of(request)
    engine = engine_of(request)
    now = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, BOARD.duty, now)
    seq = number_of(request, "seq", now.view_seq)
    under = number_of(request, "under", STOCK_UNDER)
    fold = await engine.fold_as_of(now.stream, seq)
    at = engine.clock() if fold is now else fold.at
    return Json(draw_sheet(Desk(fold, at, under), show_id, engine.duties_of(caller, now)))


@get("/api/shows/{show_id:str}/roster/figures")
async def read_figures(request: AnyRequest, show_id: str) -> Json:
    """For who may see figures; the sums of both lists are those of the whole show."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, MINUTES.duty, fold)
    return Json(figures(fold, show_id, fold.slice(ON_DUTY).show.currency))


@get("/api/shows/{show_id:str}/roster/powers")
async def read_powers(request: AnyRequest, show_id: str) -> Json:
    """Asked before somebody takes a role in need: by the charter this show goes by."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, TakeRole.duty, fold)
    house, at = (await engine.fold(WORKSPACE)).slice(HOUSE_CHARTER), engine.clock()
    here = standing_in(fold, house, caller.id, caller.roles, at)
    return Json(_powers(here, request.query_params.get("role") or ""))


def _powers(here: StandIn, role: str) -> RolePowers:
    """In the order of their names; what is theirs already is not named."""
    if role in here.roles:
        return RolePowers(role_id=role, holds=True)
    bars: dict[str, Bar] = {
        duty: here.bar(duty, role) for duty in sorted(of_people()) if role in here.table.held(duty, here.phase)
    }
    return RolePowers(
        role_id=role,
        holds=False,
        gives=tuple(duty for duty, bar in bars.items() if bar == ""),
        refused=tuple(RefusedDuty(duty=duty, bar=bar) for duty, bar in bars.items() if bar not in ("", "held")),
    )


@get("/api/shows/{show_id:str}/roster/conflicts")
async def read_conflicts(request: AnyRequest, show_id: str) -> Json:
    """Of a show that is planned or on air; one that is over has none."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, BOARD.duty, fold)
    own = evening_of(fold.slice(ON_DUTY))
    if own is None:
        raise NotFound(kind="show", id=show_id)
    workspace = await engine.fold(WORKSPACE)
    if fold.slice(ON_DUTY).show.ended:
        return Json(RosterConflicts(show_id=show_id, conflicts=(), looked_at=0, more=0))
    near = _near(workspace, own)
    others = [evening async for evening in _evenings(engine, near[:NEAR_SHOWS_MAX])]
    inside = within(fold.slice(ON_DUTY), fold.slice(IN_FORCE), workspace.slice(HOUSE_CHARTER), workspace.slice(NAMES))
    found = (*between(own, others), *inside)
    more = max(0, len(near) - NEAR_SHOWS_MAX)
    return Json(RosterConflicts(show_id=show_id, conflicts=found, looked_at=len(others), more=more))


@get("/api/shows/{show_id:str}/roster/left")
async def read_left_over(request: AnyRequest, show_id: str) -> Json:
    """Of the latest show before this one that somebody closed to the house."""
    caller = await caller_of(request)
    engine = engine_of(request)
    own = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, BOARD.duty, own)
    workspace = await engine.fold(WORKSPACE)
    for earlier, title in _ended_before(workspace, show_id, own.slice(ON_DUTY).show.starts_at)[:EARLIER_MAX]:
        fold = await engine.fold(f"show/{earlier}")
        if fold.slice(ON_DUTY).closed():
            sheet = draw_sheet(Desk(fold, engine.clock(), STOCK_UNDER), earlier, engine.duties_of(caller, fold))
            return Json(left_over(sheet, title))
    return Json(LeftOver())


def _ended_before(workspace: StreamFold, show_id: str, starts_at: int) -> list[tuple[str, str]]:
    """Shows of people that are over, the latest first: (show_id, title)."""
    rows = [
        (key, row) for key, row in workspace.rows(LIST).items() if row.state == "ended" and not (row.simulated or row.rehearsal)
    ]
    before = [(key, row) for key, row in rows if key != show_id and row.starts_at < starts_at]
    return [(key, row.title) for key, row in sorted(before, key=lambda each: -each[1].starts_at)]


def _near(workspace: StreamFold, own: Evening) -> list[str]:
    """The shows of people that may share a day with this one, the nearest first; what is made up takes nobody's time."""
    first = own.begins_at
    near = {
        show_id: max(first - show.ends_at, show.starts_at - own.ends_at)
        for show_id, show in workspace.rows(LIST).items()
        if show_id != own.show_id and not show.simulated
    }
    return sorted((show_id for show_id, away in near.items() if away < NEAR_MS), key=lambda show_id: near[show_id])


async def _evenings(engine: Engine, show_ids: list[str]) -> AsyncIterator[Evening]:
    for show_id in show_ids:
        evening = evening_of((await engine.fold(f"show/{show_id}")).slice(ON_DUTY))
        if evening is not None:
            yield evening


ROUTES = [read_conflicts, read_sheet, read_left_over, read_figures, read_powers]
