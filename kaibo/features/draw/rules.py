"""Rules of draws: promised before, frozen before, drawn once, and nobody wins twice."""

from collections.abc import Sequence

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.script import written
from kaibo.features.draw.commands import CancelDraw, CloseDraw, KeepSeed, OpenDraw, PrepareDraw, RedrawWinner, RunDraw
from kaibo.features.draw.facts import (
    DrawCancelled,
    DrawClosed,
    DrawOpened,
    DrawPrepared,
    DrawRedrawn,
    DrawRun,
    DrawSeedKept,
    DrawStage,
    Entrant,
    Winner,
)
from kaibo.features.draw.lot import commitment_of, entrants_hash, order_of, plain, prize_of
from kaibo.features.draw.state import Draw, DrawState, excluded

DrawCommand = PrepareDraw | KeepSeed | OpenDraw | CloseDraw | RunDraw | RedrawWinner | CancelDraw
MINUTE_MS = 60_000


class DrawIdTaken(Refusal):
    """There is a draw of this id."""

    code = "draw.id_taken"
    draw_id: str


class DrawUnknown(Refusal):
    """No such draw."""

    code = "draw.unknown"
    status = 404
    draw_id: str


class DrawWrongStage(Refusal):
    """Not now."""

    code = "draw.wrong_stage"
    title: str
    draw_stage: DrawStage


class DrawNotOnAir(Refusal):
    """Comments are taken while the show is on air."""

    code = "draw.not_on_air"


class DrawNothingToWin(Refusal):
    """A prize has a name and at least one piece; a keyword is not only white space."""

    code = "draw.nothing_to_win"
    status = 422


class DrawWrongSeed(Refusal):
    """The seed is not the one that was committed to."""

    code = "draw.wrong_seed"


class DrawBeacon(Refusal):
    """The public value that was announced is missing, or one that was not announced was given."""

    code = "draw.beacon"
    status = 422
    beacon_source: str


class DrawNoWinner(Refusal):
    """No winner of this rank, or somebody already stands in for them."""

    code = "draw.no_winner"
    rank: int


def decide(state: DrawState, command: DrawCommand, ctx: Context) -> Sequence[Fact]:
    """Ask the rules. Raises Refusal."""
    match command:
        case PrepareDraw():
            return _prepare(state, command)
        case KeepSeed(draw_id=draw_id):
            return (DrawSeedKept(draw_id=_draw(state, draw_id, "prepared", "open", "closed").rules.draw_id),)
        case OpenDraw(draw_id=draw_id):
            return _open(state, _draw(state, draw_id, "prepared"), ctx.at)
        case CloseDraw(draw_id=draw_id):
            return _close(state, _draw(state, draw_id, "open"), ctx.at)
        case RunDraw(draw_id=draw_id):
            return _run(state, _draw(state, draw_id, "closed"), command)
        case RedrawWinner(draw_id=draw_id):
            return _redraw(state, _draw(state, draw_id, "drawn"), command)
        case CancelDraw(draw_id=draw_id, reason=reason):
            _draw(state, draw_id, "prepared", "open", "closed")
            return (DrawCancelled(draw_id=draw_id, reason=reason),)


def _draw(state: DrawState, draw_id: str, *stages: str) -> Draw:
    draw = state.draws.get(draw_id)
    if draw is None:
        raise DrawUnknown(draw_id=draw_id)
    if draw.stage not in stages:
        raise DrawWrongStage(title=draw.rules.title, draw_stage=draw.stage)
    return draw


def _prepare(state: DrawState, command: PrepareDraw) -> Sequence[Fact]:
    if command.draw_id in state.draws:
        raise DrawIdTaken(draw_id=command.draw_id)
    if not plain(command.keyword) or any(not written(prize.name) or prize.count < 1 for prize in command.prizes):
        raise DrawNothingToWin
    return (
        DrawPrepared(
            draw_id=command.draw_id,
            title=command.title,
            keyword=command.keyword,
            minutes=command.minutes,
            prizes=command.prizes,
            conditions=command.conditions,
            commitment=command.commitment,
            beacon_source=command.beacon_source.strip(),
            seed_by="team",
        ),
    )


def _open(state: DrawState, draw: Draw, at: int) -> Sequence[Fact]:
    if not state.show.live:
        raise DrawNotOnAir
    return (DrawOpened(draw_id=draw.rules.draw_id, opens_at=at, closes_at=at + draw.rules.minutes * MINUTE_MS),)


def _close(state: DrawState, draw: Draw, at: int) -> Sequence[Fact]:
    able: list[Entrant] = []
    unable: list[Entrant] = []
    buyers = state.buyers() if draw.rules.conditions.bought else ()
    for entrant in sorted(draw.entries.values(), key=lambda one: one.key.encode()):
        why = excluded(state, draw, entrant.key, buyers)
        if why is None:
            able.append(entrant)
        else:
            unable.append(Entrant(key=entrant.key, name=entrant.name, at=entrant.at, why=why))
    frozen = entrants_hash(one.key for one in able)
    return (
        DrawClosed(
            draw_id=draw.rules.draw_id,
            entrants=tuple(able),
            excluded=tuple(unable),
            entrants_hash=frozen,
            closed_at=min(draw.closes_at, at),
            listed_at=at,
        ),
    )


def _run(state: DrawState, draw: Draw, command: RunDraw) -> Sequence[Fact]:
    if commitment_of(command.seed) != draw.rules.commitment:
        raise DrawWrongSeed
    beacon = command.beacon.strip()
    if bool(beacon) != bool(draw.rules.beacon_source):
        raise DrawBeacon(beacon_source=draw.rules.beacon_source)
    places = sum(prize.count for prize in draw.rules.prizes)
    chosen, passed = _next(state, draw, drawn_order(draw, command.seed, beacon), places)
    winners = tuple(
        Winner(rank=rank, prize=prize_of(draw.rules.prizes, rank) or "", key=key, name=name)
        for rank, (key, name) in enumerate(chosen)
    )
    return (DrawRun(draw_id=draw.rules.draw_id, seed=command.seed, beacon=beacon, winners=winners, passed=passed),)


def _next(
    state: DrawState, draw: Draw, order: Sequence[tuple[str, str]], count: int
) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """The next in order who may win, `count` at most, and whom that passes over: two lists may be frozen before either is drawn."""
    had = {one.key for one in draw.winners} | draw.passed.keys()
    chosen: list[tuple[str, str]] = []
    passed: list[str] = []
    for key, name in order:
        if len(chosen) == count:
            break
        if key in had:
            continue
        if draw.rules.conditions.not_won and key in state.won:
            passed.append(key)
        else:
            chosen.append((key, name))
    return chosen, tuple(passed)


def _redraw(state: DrawState, draw: Draw, command: RedrawWinner) -> Sequence[Fact]:
    gone = next((one for one in draw.winners if one.rank == command.rank and one.rank not in draw.dropped), None)
    if gone is None or draw.ran is None:
        raise DrawNoWinner(rank=command.rank)
    order = drawn_order(draw, draw.ran.seed, draw.ran.beacon)
    chosen, passed = _next(state, draw, order, 1)
    winner = None
    if chosen:
        ((key, name),) = chosen
        winner = Winner(rank=len(draw.winners), prize=gone.prize, key=key, name=name)
    return (DrawRedrawn(draw_id=draw.rules.draw_id, rank=command.rank, reason=command.reason, winner=winner, passed=passed),)


def drawn_order(draw: Draw, seed: str, beacon: str) -> list[tuple[str, str]]:
    """(key, name) of everybody who took part, in the order of the draw."""
    assert draw.closed is not None
    names = {one.key: one.name for one in draw.closed.entrants}
    keys = order_of(list(names), seed=seed, draw_id=draw.rules.draw_id, frozen=draw.closed.entrants_hash, beacon=beacon)
    return [(key, names[key]) for key in keys]
