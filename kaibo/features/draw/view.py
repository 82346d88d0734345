"""What screens show of draws."""

from collections import Counter

import msgspec

from kaibo.core.feature import View
from kaibo.features.draw.facts import (
    DrawCancelled,
    DrawClosed,
    DrawOpened,
    DrawPrepared,
    DrawRedrawn,
    DrawRun,
    DrawSeedKept,
    DrawStage,
    Exclusion,
    Prize,
    SeedBy,
    Winner,
)
from kaibo.features.draw.state import OVER, READS, DrawState, changed


class DrawRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `draw.board`, key = draw_id.

    `stage`: prepared, open, closed, drawn or cancelled. `entries` wrote the keyword so far; after closing, `entrants` of
    them take part and `excluded` counts the others by reason. `winners` in order; `dropped` ranks did not take their
    prize. `seed` is "" until the draw is run; times are ms UTC. `drawn_at`: when the list of winners last changed.

    `closes_at` was said, `closed_at` is when it really closed and `listed_at` when the list was frozen. `seed_by` house, team or
    unknown: a team that knows the seed, and mixes in no public value, could have chosen. `passed`: names of those who won in
    another draw after the list was frozen.
    """

    title: str
    keyword: str
    stage: DrawStage
    minutes: int
    prizes: tuple[Prize, ...]
    followed: bool
    bought: bool
    not_won: bool
    opens_at: int | None
    closes_at: int | None
    closed_at: int | None
    listed_at: int | None
    drawn_at: int | None
    entries: int
    entrants: int | None
    excluded: dict[Exclusion, int]
    commitment: str
    entrants_hash: str
    beacon_source: str
    beacon: str
    seed: str
    winners: tuple[Winner, ...]
    dropped: dict[str, str]
    reason: str
    seed_by: SeedBy
    passed: tuple[str, ...]


def _excluded(closed: DrawClosed) -> dict[Exclusion, int]:
    return dict(Counter(one.why for one in closed.excluded if one.why is not None))


def draw_row(state: DrawState, draw_id: str) -> DrawRow | None:
    """The row of one draw."""
    draw = state.draws.get(draw_id)
    if draw is None:
        return None
    rules, closed, ran = draw.rules, draw.closed, draw.ran
    return DrawRow(
        title=rules.title,
        keyword=rules.keyword,
        stage=draw.stage,
        minutes=rules.minutes,
        prizes=rules.prizes,
        followed=rules.conditions.followed,
        bought=rules.conditions.bought,
        not_won=rules.conditions.not_won,
        opens_at=draw.opens_at or None,
        closes_at=draw.closes_at or None,
        closed_at=draw.closed_at or None,
        listed_at=draw.listed_at or None,
        drawn_at=draw.drawn_at,
        entries=len(draw.entries),
        entrants=None if closed is None else len(closed.entrants),
        excluded={} if closed is None else _excluded(closed),
        commitment=rules.commitment,
        entrants_hash="" if closed is None else closed.entrants_hash,
        beacon_source=rules.beacon_source,
        beacon="" if ran is None else ran.beacon,
        seed="" if ran is None else ran.seed,
        winners=tuple(draw.winners),
        dropped={str(rank): reason for rank, reason in draw.dropped.items()},
        reason=draw.reason,
        seed_by=draw.seed_by,
        passed=tuple(one.name or one.key for one in (closed.entrants if closed else ()) if one.key in draw.passed),
    )


BOARD = View(
    name="draw.board",
    row=DrawRow,
    reads=(*READS, DrawPrepared, DrawSeedKept, DrawOpened, DrawClosed, DrawRun, DrawRedrawn, DrawCancelled),
    state=DrawState,
    fold=changed,
    over=OVER,
    keys=lambda state: state.draws.keys(),
    get=draw_row,
    duty="draw.read",
    pace_ms=500,
)
