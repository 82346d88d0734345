"""Lamps of the sources that feed the audience stream."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import (
    AudienceBatch,
    AudienceOrdersTold,
    AudienceRefused,
    AudienceRepeated,
    AudienceShown,
    AudienceSourceFinished,
)
from kaibo.features.show.slices import STAGE, TURN, ShowNow

USUAL_MS = 1_000  # the rhythm a new source is credited with
USUAL_MS_MAX = 30_000  # one long outage must not teach the lamp patience
PATIENCE = 8  # a source is out when it says nothing for so many times its usual gap ...
BUSY_MS = 3_000  # what speaks this often and falls silent is cut off, even if it never says that it is there
QUIET_MS_MIN, QUIET_MS_MAX = 5_000, 60_000  # ... within these bounds


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `audience.sources`, key `source/room` (`source` where there is no room): how much came, how late, how often twice.

    `first_at` and `sealed_at`: the server's clock at the first and the last word of the source; `last_at`: platform time of
    its newest item. It is out when it said nothing for `quiet_after_ms`, told from its own rhythm (`usual_ms`), while
    `open` (the show takes viewers) and not `finished_at` (it said that it is at its end). `silent_ms`, `outages`: all the times that it was out and came back.
    `beats`: it says so when it has nothing to say. `misses`: its silence is an outage, because it beats or speaks often; of another
    nobody can tell whether it is quiet or cut off.
    `refused`: what could not be taken, `refused_codes` for which reasons; `skew_ms`: its clock is so far ahead, and set right here;
    `moved`: items of the future that were taken at the moment they were told; `behind_ms`: its clock is so far behind, and set right too.
    `orders`: what it told of orders; `before_air` of them were placed before the show, as far as anybody can tell, and are no orders of it.
    `missed`: items it knows it lost, None when it cannot know; `replies`: it brings answers back; `moderates`: it mutes and hides.
    """

    source: str
    room: str
    events: int = 0
    comments: int = 0
    duplicates: int = 0
    late: int = 0
    missed: int | None = None
    lag_ms: int = 0
    first_at: int = 0
    last_at: int = 0
    sealed_at: int = 0
    usual_ms: int = USUAL_MS
    quiet_after_ms: int = PATIENCE * USUAL_MS
    silent_ms: int = 0
    outages: int = 0
    replies: bool = False
    moderates: bool = False
    open: bool = True
    finished_at: int | None = None
    beats: bool = False
    misses: bool = True
    refused: int = 0
    refused_codes: dict[str, int] = {}
    skew_ms: int = 0
    moved: int = 0
    behind_ms: int = 0
    orders: int = 0
    before_air: int = 0


@dataclass(slots=True)
class Lamps:
    """The lamp of each source and room."""

    show: ShowNow
    sources: dict[str, SourceRow] = field(default_factory=dict[str, SourceRow])


def fold_lamps(state: Lamps, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """A word of a source moves its lamp; the end of the show puts all of them to rest."""
    match event.fact:
        case AudienceBatch() as batch:
            key, row = _heard(state, batch.source, batch.room, event.at)
            state.sources[key] = msgspec.structs.replace(
                row,
                events=row.events + batch.count,
                comments=row.comments + batch.comments,
                duplicates=row.duplicates + batch.duplicates,
                late=row.late + batch.late,
                missed=row.missed if batch.missed is None else (row.missed or 0) + batch.missed,
                lag_ms=batch.lag_ms,
                last_at=max(batch.last_at, row.last_at),
                replies=batch.replies,
                moderates=batch.moderates,
                skew_ms=batch.skew_ms,
                moved=row.moved + batch.moved,
                behind_ms=batch.behind_ms,
            )
            return (key,)
        case AudienceOrdersTold() as told:
            return _tell(state, told, event.at)
        case AudienceRefused() as refused:
            return _refuse(state, refused, event.at)
        case AudienceRepeated() as again:
            key, row = _heard(state, again.source, again.room, event.at)
            state.sources[key] = msgspec.structs.replace(
                row,
                duplicates=row.duplicates + again.duplicates,
                beats=row.beats or not again.duplicates,
                misses=row.misses or not again.duplicates,
            )
            return (key,)
        case AudienceShown(source=source, room=room):
            key, row = _heard(state, source, room, event.at)
            state.sources[key] = row
            return (key,)
        case AudienceSourceFinished(source=source, room=room):
            key, row = _heard(state, source, room, event.at)
            state.sources[key] = msgspec.structs.replace(row, finished_at=event.at)
            return (key,)
        case _:
            return _turn(state) if TURN in touched.of(STAGE) else ()


def _tell(state: Lamps, told: AudienceOrdersTold, at: int) -> Iterable[str]:
    key, row = _heard(state, told.source, told.room, at)
    state.sources[key] = msgspec.structs.replace(
        row,
        orders=row.orders + told.count,
        before_air=row.before_air + told.before_air,
        last_at=max(told.newest_at + told.behind_ms - told.skew_ms, row.last_at),
        lag_ms=max(0, at - told.newest_at - told.behind_ms) if told.newest_at else 0,
        behind_ms=told.behind_ms,
        skew_ms=told.skew_ms,
        misses=row.beats or (row.misses and row.events > 0),
        open=row.open and not state.show.ended,
    )
    return (key,)


def _refuse(state: Lamps, refused: AudienceRefused, at: int) -> Iterable[str]:
    """What could not be taken is a sign of life; of a source that handed in nothing else it promises no more to come."""
    new = _key(refused.source, refused.room) not in state.sources
    key, row = _heard(state, refused.source, refused.room, at)
    codes = Counter(row.refused_codes) + Counter(refused.codes)
    count = row.refused + sum(refused.codes.values())
    state.sources[key] = msgspec.structs.replace(row, refused=count, refused_codes=dict(codes), open=row.open and not new)
    return (key,)


def _turn(state: Lamps) -> Iterable[str]:
    """The show went on air, or off."""
    state.sources = {
        key: msgspec.structs.replace(row, open=state.show.live and not _only_refused(row)) for key, row in state.sources.items()
    }
    return tuple(state.sources)


def _only_refused(row: SourceRow) -> bool:
    return row.refused > 0 and row.events + row.duplicates + row.orders == 0


def _only_orders(row: SourceRow) -> bool:
    """Nobody knows when the next order comes: its silence is no outage, however often they came."""
    return row.orders > 0 and row.events == 0


def _key(source: str, room: str) -> str:
    return f"{source}/{room}" if room else source


def _heard(state: Lamps, source: str, room: str, at: int) -> tuple[str, SourceRow]:
    """The lamp after a sign of life: its rhythm, and the outage that ends with it."""
    key = _key(source, room)
    row = state.sources.get(key)
    if row is None:
        return key, SourceRow(source=source, room=room, first_at=at, sealed_at=at)
    if row.finished_at is not None:
        return key, msgspec.structs.replace(row, sealed_at=at, open=True, finished_at=None)
    gap = at - row.sealed_at
    out = row.open and row.misses and gap > row.quiet_after_ms
    usual = (row.usual_ms * 9 + min(gap, USUAL_MS_MAX)) // 10
    return key, msgspec.structs.replace(
        row,
        sealed_at=at,
        usual_ms=usual,
        quiet_after_ms=min(max(PATIENCE * usual, QUIET_MS_MIN), QUIET_MS_MAX),
        silent_ms=row.silent_ms + (gap if out else 0),
        outages=row.outages + out,
        misses=row.beats or (usual <= BUSY_MS and not _only_orders(row)),
        open=True,
    )


def _keys(state: Lamps) -> Iterable[str]:
    return state.sources.keys()


def _get(state: Lamps, key: str) -> SourceRow | None:
    return state.sources.get(key)


SOURCES = View(
    name="audience.sources",
    row=SourceRow,
    reads=(AudienceBatch, AudienceOrdersTold, AudienceRefused, AudienceRepeated, AudienceShown, AudienceSourceFinished),
    state=Lamps,
    fold=fold_lamps,
    keys=_keys,
    get=_get,
    duty="audience.read",
    pace_ms=500,
    over=(STAGE,),
)
