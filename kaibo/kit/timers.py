"""Timers without a table of timers: what a stream waits for follows from its log.

Every feature may say the earliest instant at which it wants a command (`Feature.due`). After a change that answer is
asked anew; when the instant comes, the command is submitted as the system. Killed in between, the next start folds
the streams that changed since they were last seen at rest and asks again: no firing is lost, and none is doubled,
because a command that was decided has moved `due` on.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from kaibo.core.errors import Refusal
from kaibo.core.event import Command, Event
from kaibo.core.stream import StreamFold
from kaibo.kit.engine import Engine
from kaibo.kit.react import SYSTEM

log = logging.getLogger("kaibo.timers")

READER = "timers"  # the name under which the store keeps, for each stream, the seq at which nothing was due
RETRY_S = 1.0  # after a store that failed
LOOK_S_MAX = 60.0  # a machine's clock may be set: look again at least so often

Due = tuple[int, Command]
Place = tuple[str, str]  # a stream and a feature: one that is stuck holds up no other


class Timers:
    """Submits what is due on all streams. Lives on the engine's event loop."""

    def __init__(self, engine: Engine, clock: Callable[[], int], retry_s: float = RETRY_S) -> None:
        self._engine = engine
        self._clock = clock
        self._retry_s = retry_s
        self._wanted: dict[Place, Due] = {}
        self._handles: dict[Place, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._deaf: dict[Place, Due] = {}  # decided and still wanted: asking again would spin
        self._stopped = False
        engine.listen(self._on_news)

    async def start(self) -> None:
        """Look at every stream that was not at rest when the last process ended."""
        store = self._engine.store
        for stream in await self._engine.streams():
            head = await asyncio.to_thread(store.head, stream)
            if head != await asyncio.to_thread(store.cursor, READER, stream):
                await self._rest(await self._engine.fold(stream))

    async def stop(self) -> None:
        """Fire nothing more; remember which streams are at rest, so that the next start need not fold them."""
        self._stopped = True
        for handle in self._handles.values():
            handle.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for stream in await self._engine.streams():
            fold = self._engine.folded(stream)
            if fold is not None:
                await self._rest(fold)

    async def _rest(self, fold: StreamFold) -> None:
        self._look(fold)
        if not any(fold.due().values()):
            await asyncio.to_thread(self._engine.store.set_cursor, READER, fold.stream, fold.seq)

    def _on_news(self, fold: StreamFold, events: Sequence[Event[Any]], changed: dict[str, set[str]]) -> None:
        del events, changed
        self._look(fold)

    def _look(self, fold: StreamFold) -> None:
        if self._stopped:
            return
        for feature, due in fold.due().items():
            place = (fold.stream, feature)
            if due != self._wanted.get(place):
                self._want(place, due)

    def _want(self, place: Place, due: Due | None) -> None:
        if handle := self._handles.pop(place, None):
            handle.cancel()
        self._wanted.pop(place, None)
        if due is None or due == self._deaf.get(place):
            return
        self._deaf.pop(place, None)
        self._wanted[place] = due
        self._arm(place, due[0])

    def _arm(self, place: Place, at: int, wait_s: float = 0.0) -> None:
        wait_s = max(wait_s, min(LOOK_S_MAX, (at - self._clock()) / 1000))
        self._handles[place] = asyncio.get_running_loop().call_later(wait_s, self._ring, place)

    def _ring(self, place: Place) -> None:
        self._handles.pop(place, None)
        due = self._wanted.get(place)
        if due is None:
            return
        if self._clock() < due[0]:
            self._arm(place, due[0])
            return
        task = asyncio.get_running_loop().create_task(self._fire(place, due))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fire(self, place: Place, due: Due) -> None:
        stream = place[0]
        try:
            await self._engine.submit(stream, due[1], SYSTEM)
        except Refusal as refusal:
            if refusal.status >= 500:  # the store, not the rule
                self._arm(place, due[0], self._retry_s)
                return
            log.warning("due %s on %s was refused: %s", due[1], stream, refusal)
        except Exception:
            log.exception("due %s on %s broke", due[1], stream)
        if self._wanted.get(place) == due:
            del self._wanted[place]
            self._deaf[place] = due
            if (fold := self._engine.folded(stream)) is not None:
                self._look(fold)
