"""A draw whose seed the house keeps until it is run, and the file with which anybody checks it."""

import secrets
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from msgspec import Meta

from kaibo.core.errors import NotFound
from kaibo.core.feature import WORKSPACE
from kaibo.features.draw.commands import DrawId, KeepSeed, PrepareDraw, RunDraw
from kaibo.features.draw.facts import Conditions, Entrant, Prize, SeedBy, Winner
from kaibo.features.draw.lot import commitment_of
from kaibo.features.draw.state import Draw, DrawState
from kaibo.features.workspace.shown import STAFF
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, engine_of, key_of
from kaibo.kit.openapi import Operation
from kaibo.kit.react import SYSTEM
from kaibo.kit.vault import Vault

FORMAT = "kaibo-draw/2"


class NewDraw(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draw to prepare; the seed is made and kept by the server. `leave_out_staff`: the team's accounts stand in its conditions."""

    draw_id: DrawId
    title: Annotated[str, Meta(min_length=1, max_length=80)]
    keyword: Annotated[str, Meta(min_length=1, max_length=40)]
    minutes: Annotated[int, Meta(ge=1, le=180)]
    prizes: Annotated[tuple[Prize, ...], Meta(min_length=1, max_length=20)]
    conditions: Conditions = Conditions()
    beacon_source: Annotated[str, Meta(max_length=200)] = ""
    leave_out_staff: bool = True


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What was promised: SHA-256 of the seed's bytes."""

    commitment: str


class RunRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The public value that was announced, if one was."""

    beacon: Annotated[str, Meta(max_length=200)] = ""


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """Would have won, but won the draw `draw_id` (`title`) after this list was frozen."""

    key: str
    name: str
    draw_id: str
    title: str


class Redraw(msgspec.Struct, frozen=True, kw_only=True):
    """The winner of `rank` did not take the prize; it went to the winner of the rank `to`, None: to nobody."""

    rank: int
    reason: str
    to: int | None


class DrawFile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a stranger needs to check a draw; docs/draws.md says how.

    Times are ms UTC: `closes_at` was said, `closed_at` is when it really closed, `listed_at` when the list was frozen.
    """

    format: str
    show_id: str
    draw_id: str
    title: str
    keyword: str
    opens_at: int
    closes_at: int
    closed_at: int
    listed_at: int
    seed_by: SeedBy
    prizes: tuple[Prize, ...]
    conditions: Conditions
    commitment: str
    beacon_source: str
    entrants: tuple[Entrant, ...]
    excluded: tuple[Entrant, ...]
    entrants_hash: str
    seed: str
    beacon: str
    winners: tuple[Winner, ...]
    dropped: dict[str, str]
    passed: tuple[Passed, ...]
    redraws: tuple[Redraw, ...]


PREFIX = "/api/shows/{show_id}/draws"
OPERATIONS = (
    Operation("post", PREFIX, "Prepare a draw with a seed of the server.", NewDraw, Prepared),
    Operation("post", PREFIX + "/{draw_id}/run", "Reveal the server's seed and draw.", RunRequest),
    Operation("get", PREFIX + "/{draw_id}", "The file with which anybody checks a draw.", answer=DrawFile),
)


def _name(show_id: str, draw_id: str) -> str:
    return f"draw/{show_id}/{draw_id}"


@post("/api/shows/{show_id:str}/draws", status_code=200)
async def prepare_draw(request: AnyRequest, show_id: str) -> Json:
    """Make a seed, keep it out of the log, and promise it there."""
    caller = await caller_of(request)
    asked: NewDraw = await body_of(request, NewDraw)
    vault: Vault = request.app.state.vault
    engine = engine_of(request)
    engine.role_for(caller, PrepareDraw.duty, await engine.fold(f"show/{show_id}"))
    seed = vault.keep(_name(show_id, asked.draw_id), secrets.token_hex(32))
    fields: dict[str, Any] = {name: getattr(asked, name) for name in asked.__struct_fields__ if name != "leave_out_staff"}
    if asked.leave_out_staff:
        team = (await engine.fold(WORKSPACE)).rows(STAFF)
        staff = tuple(dict.fromkeys((*asked.conditions.staff, *team)))
        fields["conditions"] = msgspec.structs.replace(asked.conditions, staff=staff)
    command = PrepareDraw(**fields, commitment=commitment_of(seed))
    await engine.submit(f"show/{show_id}", command, caller, key=key_of(request))
    await engine.submit(f"show/{show_id}", KeepSeed(draw_id=asked.draw_id), SYSTEM, key=f"draw.keep_seed:{asked.draw_id}")
    return Json(Prepared(commitment=command.commitment))


@post("/api/shows/{show_id:str}/draws/{draw_id:str}/run", status_code=200)
async def run_draw(request: AnyRequest, show_id: str, draw_id: str) -> Json:
    """Reveal the seed and draw."""
    caller = await caller_of(request)
    asked: RunRequest = await body_of(request, RunRequest)
    vault: Vault = request.app.state.vault
    engine = engine_of(request)
    engine.role_for(caller, RunDraw.duty, await engine.fold(f"show/{show_id}"))
    seed = vault.kept(_name(show_id, draw_id))
    if seed is None:
        raise NotFound(kind="draw", id=draw_id)
    command = RunDraw(draw_id=draw_id, seed=seed, beacon=asked.beacon)
    return Json(await engine.submit(f"show/{show_id}", command, caller, key=key_of(request)))


@get("/api/shows/{show_id:str}/draws/{draw_id:str}")
async def read_draw(request: AnyRequest, show_id: str, draw_id: str) -> Response[bytes]:
    """The file of a draw that was run."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, "draw.read", fold)
    state: DrawState = fold.state("draw")
    draw = state.draws.get(draw_id)
    if draw is None or draw.closed is None or draw.ran is None:
        raise NotFound(kind="draw", id=draw_id)
    body = msgspec.json.format(msgspec.json.encode(draw_file(show_id, state, draw)), indent=1)
    headers = {"Content-Disposition": f'attachment; filename="draw-{draw_id}.json"'}
    return Response(body, media_type="application/json", headers=headers)


def draw_file(show_id: str, state: DrawState, draw: Draw) -> DrawFile:
    """Of a draw that was run."""
    assert draw.closed is not None
    assert draw.ran is not None
    rules = draw.rules
    return DrawFile(
        format=FORMAT,
        show_id=show_id,
        draw_id=rules.draw_id,
        title=rules.title,
        keyword=rules.keyword,
        opens_at=draw.opens_at,
        closes_at=draw.closes_at,
        closed_at=draw.closed_at,
        listed_at=draw.listed_at,
        seed_by=draw.seed_by,
        prizes=rules.prizes,
        conditions=rules.conditions,
        commitment=rules.commitment,
        beacon_source=rules.beacon_source,
        entrants=draw.closed.entrants,
        excluded=draw.closed.excluded,
        entrants_hash=draw.closed.entrants_hash,
        seed=draw.ran.seed,
        beacon=draw.ran.beacon,
        winners=tuple(draw.winners),
        dropped={str(rank): reason for rank, reason in draw.dropped.items()},
        passed=tuple(_passed(state, draw)),
        redraws=tuple(
            Redraw(rank=one.rank, reason=one.reason, to=None if one.winner is None else one.winner.rank) for one in draw.redraws
        ),
    )


def _passed(state: DrawState, draw: Draw) -> Iterator[Passed]:
    names = {} if draw.closed is None else {one.key: one.name for one in draw.closed.entrants}
    for key in draw.passed:
        other = state.won[key]
        yield Passed(key=key, name=names.get(key, ""), draw_id=other, title=state.draws[other].rules.title)


ROUTES = [prepare_draw, run_draw, read_draw]
