"""The retention curve: of those who came in a minute, who was still there some minutes later."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.metric.board import Board
from kaibo.features.metric.slices import BOARD, BOUNDS, TOLD
from kaibo.features.metric.stays import Stays

STEPS = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)  # minutes after coming in
ALL = "all"


class RetentionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.retention`, key = minute since 1970 as text, and `all` for every minute together (minute 0).

    `share[i]` is the share of the `entrants` who stayed `steps[i]` minutes or more; None while too little time has passed to
    know. There are no rows while nobody tells who goes: then nobody knows who stayed. In `all` each step counts the minutes that are old enough for it, so its shares may rest on different entrants.
    """

    minute: int
    entrants: int
    steps: tuple[int, ...]
    share: tuple[float | None, ...]


@dataclass(slots=True)
class Room:
    """Who came when and stayed how long, as the board counted it, up to a minute."""

    board: Board
    minute: int = 0

    @property
    def stays(self) -> Stays:
        """All of them."""
        return self.board.stays


def fold_retention(room: Room, event: Event[Fact], below: Touched) -> Iterable[str]:
    """The minutes touched; all of them when a new minute began, because one more step of each may be known."""
    del event
    before, room.minute = room.minute, room.board.clock.minute
    if BOUNDS in below.of(BOARD):  # on air stays begin anew, and some minutes are no more
        return [ALL, *map(str, sorted(room.stays.touched | room.stays.begun.keys()))]
    everything = room.minute != before or TOLD in below.of(BOARD)
    touched = room.stays.begun if everything else room.stays.touched
    return [ALL, *map(str, touched)] if touched else ()


def _reached(room: Room, minute: int, step: int) -> int | None:
    """Entrants of a minute who stayed so many minutes; None while that cannot be known of the last of them."""
    return room.stays.reached(minute, step) if room.minute >= minute + 1 + step else None


def _share(reached: int, entrants: int) -> float | None:
    return evaluate(DEFINED["retention"], {"stays_60s": reached, "stays": entrants})


def _get(room: Room, key: str) -> RetentionRow | None:
    if not room.board.watched:
        return None
    if key == ALL:
        return _all(room)
    if not key.isdecimal() or not (entrants := room.stays.begun.get(minute := int(key))):
        return None
    reached = [_reached(room, minute, step) for step in STEPS]
    share = tuple(None if stayed is None else _share(stayed, entrants) for stayed in reached)
    return RetentionRow(minute=minute, entrants=entrants, steps=STEPS, share=share)


def _all(room: Room) -> RetentionRow | None:
    if not room.stays.begun:
        return None
    share: list[float | None] = []
    for step in STEPS:
        old = [minute for minute in room.stays.begun if room.minute >= minute + 1 + step]
        stayed = sum(room.stays.reached(minute, step) for minute in old)
        share.append(_share(stayed, sum(room.stays.begun[minute] for minute in old)))
    return RetentionRow(minute=0, entrants=sum(room.stays.begun.values()), steps=STEPS, share=tuple(share))


def _keys(room: Room) -> Iterable[str]:
    return [ALL, *map(str, room.stays.begun)] if room.stays.begun and room.board.watched else []


def _begin(board: Board) -> Room:
    return Room(board)


RETENTION = View(
    name="metric.retention",
    row=RetentionRow,
    reads=(AudienceBatch,),
    state=_begin,
    fold=fold_retention,
    keys=_keys,
    get=_get,
    duty="metric.read",
    pace_ms=5000,
    over=(BOARD,),
)
