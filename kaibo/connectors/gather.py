"""Gathers what sources hand in and seals it: one log entry per source and moment, not one per comment.

What a quiet source hands in is sealed at once, and then again after a moment at the earliest. Of a busy one, rounds are sealed;
the newest tenth of a second (platform time) of each waits for the next one, so that an item the platform delivers a little late
still finds its place. Nothing waits longer than two rounds: a quarter of a second.
"""

import asyncio
from dataclasses import dataclass, field

from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.kit.engine import Caller, Engine

ROUND_S = 0.125
MOMENT_S = 0.03  # between two entries of a quiet source: a line on a screen is not seen to come later, and a log of single lines is slow to read
BUSY_PER_S = 500  # items of one source: from here on rounds are worth their wait
FORGET_S = 10.0
REORDER_MS = 100
SEAL_ITEMS_MAX = 5_000
SOURCES_MAX = 256  # whose pace is remembered beside those that are open

Place = tuple[str, str, str]


@dataclass(eq=False)
class _Hand:
    """One hand-in: `left` of its items are not durable yet."""

    left: int
    done: "asyncio.Future[None]"


Entry = tuple[AudienceItem, _Hand]


@dataclass
class _Pace:
    """When a source was sealed last (clock of the loop), and whether it was busy then."""

    sealed_at: float
    busy: bool


@dataclass
class _Open:
    caller: Caller
    fresh: list[Entry] = field(default_factory=list[Entry])
    carried: list[Entry] = field(default_factory=list[Entry])
    timer: asyncio.TimerHandle | None = None
    missed: int | None = None
    replies: bool = False
    moderates: bool = False
    tells_leaves: bool = False


class Gatherer:
    """`add` returns when its items are durable. Lives on the event loop."""

    def __init__(self, engine: Engine, *, round_s: float = ROUND_S) -> None:
        self._engine = engine
        self._round_s = round_s
        self._open: dict[tuple[Place, str], _Open] = {}
        self._paces: dict[tuple[Place, str], _Pace] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def add(
        self,
        show_id: str,
        source: str,
        room: str,
        items: tuple[AudienceItem, ...],
        caller: Caller,
        *,
        missed: int | None = None,
        replies: bool = False,
        moderates: bool = False,
        tells_leaves: bool = False,
    ) -> None:
        """Put items into the open round of their source; waits for the seal. Raises the Refusal of audience.seal.

        `missed`: how many the source lost since it last said so; `replies`: it brings answers back; `moderates`: it mutes and hides;
        `tells_leaves`: it tells who goes.
        """
        if not items:
            return
        place = ((show_id, source, room), caller.id)
        waiting = self._open.setdefault(place, _Open(caller))
        hand = _Hand(len(items), asyncio.get_running_loop().create_future())
        waiting.fresh.extend((item, hand) for item in items)
        waiting.missed = waiting.missed if missed is None else (waiting.missed or 0) + missed
        waiting.replies = waiting.replies or replies
        waiting.moderates = waiting.moderates or moderates
        waiting.tells_leaves = waiting.tells_leaves or tells_leaves
        if len(waiting.fresh) + len(waiting.carried) >= SEAL_ITEMS_MAX:
            self._seal(place, everything=True)
        elif waiting.timer is None:
            waiting.timer = asyncio.get_running_loop().call_later(self._wait_s(place), self._ring, place)
        await asyncio.shield(hand.done)

    def _wait_s(self, place: tuple[Place, str]) -> float:
        """How long what is handed in now waits for more."""
        pace, now = self._paces.get(place), asyncio.get_running_loop().time()
        if pace is None:
            return 0
        return self._round_s if pace.busy else min(self._round_s, max(0.0, pace.sealed_at + MOMENT_S - now))

    def _ring(self, place: tuple[Place, str]) -> None:
        pace = self._paces.get(place)
        self._seal(place, everything=pace is None or not pace.busy)

    def _paced(self, place: tuple[Place, str], count: int) -> None:
        now, before = asyncio.get_running_loop().time(), self._paces.get(place)
        since = MOMENT_S if before is None else max(MOMENT_S, min(now - before.sealed_at, self._round_s))
        self._paces[place] = _Pace(now, count > BUSY_PER_S * since)
        if len(self._paces) > len(self._open) + SOURCES_MAX:
            self._paces = {key: pace for key, pace in self._paces.items() if now - pace.sealed_at < FORGET_S}

    def _seal(self, place: tuple[Place, str], *, everything: bool) -> None:
        waiting = self._open[place]
        if waiting.timer is not None:
            waiting.timer.cancel()
            waiting.timer = None
        self._paced(place, len(waiting.fresh))
        until = _until(waiting)
        ready = [*waiting.carried, *(entry for entry in waiting.fresh if everything or entry[0].at <= until)]
        waiting.carried = [] if everything else [entry for entry in waiting.fresh if entry[0].at > until]
        waiting.fresh = []
        if waiting.carried:
            waiting.timer = asyncio.get_running_loop().call_later(self._round_s, self._ring, place)
        else:
            del self._open[place]
        if ready:
            task = asyncio.get_running_loop().create_task(self._write(place[0], waiting, ready, waiting.missed))
            waiting.missed = None
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _write(self, place: Place, waiting: _Open, ready: list[Entry], missed: int | None) -> None:
        show_id, source, room = place
        for start in range(0, len(ready), SEAL_ITEMS_MAX):
            part = ready[start : start + SEAL_ITEMS_MAX]
            items = tuple(item for item, _ in part)
            lost = missed if start == 0 else None
            command = SealBatch(
                source=source,
                room=room,
                items=items,
                missed=lost,
                replies=waiting.replies,
                moderates=waiting.moderates,
                tells_leaves=waiting.tells_leaves,
            )
            try:
                await self._engine.submit(f"show/{show_id}", command, waiting.caller)
            except Exception as error:  # noqa: BLE001  whatever it is, each waiter must hear it
                _fail(part, error)
            else:
                _settle(part)


def _until(waiting: _Open) -> int:
    """Up to which platform time a round is sealed: all that waited once, and what came since and is older than that."""
    held_from = max((item.at for item, _ in waiting.fresh), default=0) - REORDER_MS
    return max((item.at for item, _ in waiting.carried), default=held_from)


def _settle(part: list[Entry]) -> None:
    for _, hand in part:
        hand.left -= 1
        if not hand.left and not hand.done.done():
            hand.done.set_result(None)


def _fail(part: list[Entry], error: Exception) -> None:
    for _, hand in part:
        if not hand.done.done():
            hand.done.set_exception(error)
            hand.done.exception()  # marked as seen: the waiter may have hung up
