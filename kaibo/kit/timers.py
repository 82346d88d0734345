"""Timers without a table of timers: what a stream waits for follows from its log.

Every feature may say the earliest instant at which it wants a command (`Feature.due`). After a change that answer is
asked anew; when the instant comes, the command is submitted as the system. A stream that rests needs no memory: the
store keeps the instant at which it wants to be woken. Killed in between, the next start folds the streams that changed
since they were last seen at rest and asks again: no firing is lost, and none is doubled, because a command that was
decided has moved `due` on.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence

from kaibo.core.errors import LogDamaged, Refusal
from kaibo.core.event import Command, Event, Fact
from kaibo.core.stream import StreamFold
from kaibo.kit.engine import Engine
from kaibo.kit.react import SYSTEM

log = logging.getLogger("kaibo.timers")

READER = "timers"  # the name under which the store keeps, for each stream, the seq at which it was last told what it waits for
RETRY_S = 1.0  # after a store that failed
LOOKING_MAX = 4
SOON_MS = 120_000  # what is due within two minutes is waited for in memory
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
        self._wakes: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._unseen: deque[str] = deque()
        self._lookers: set[asyncio.Task[None]] = set()
        self._deaf: dict[Place, Due] = {}  # decided and still wanted: asking again would spin
        self._stopped = False
        engine.listen(self._on_news)
        engine.keeper.admit(self)

    async def start(self) -> None:
        """Set what resting streams wait for; look, beside whatever else starts, at those that were not seen at rest."""
        lagging = {lag.stream for lag in await asyncio.to_thread(self._engine.store.lagging, [READER])}
        for stream, wake_at in (await asyncio.to_thread(self._engine.store.wakes)).items():
            if stream not in lagging:
                self._set_wake(stream, wake_at)
        for stream in sorted(lagging):
            self._look_soon(stream)

    def _look_soon(self, stream: str) -> None:
        """Many may have to be loaded after days of rest: a few at a time."""
        self._unseen.append(stream)
        if len(self._lookers) < LOOKING_MAX and not self._stopped:
            self._run(self._look_on(), self._lookers)

    async def _look_on(self) -> None:
        while self._unseen and not self._stopped:
            stream = self._unseen.popleft()
            try:
                self._look(await self._engine.fold(stream))
            except LogDamaged as damage:  # asking again would not mend it
                log.error("%s is damaged at %d: it has no timers", damage.stream, damage.seq)  # noqa: TRY400  a traceback says no more
            except Exception:
                log.exception("%s could not be looked at", stream)
                self._wakes[stream] = asyncio.get_running_loop().call_later(self._retry_s, self._look_soon, stream)

    async def stop(self) -> None:
        """Fire nothing more; write down what streams wait for, so that the next start need not fold them."""
        self._stopped = True
        for looker in self._lookers:
            looker.cancel()
        await asyncio.gather(*self._lookers, return_exceptions=True)
        for handle in (*self._handles.values(), *self._wakes.values()):
            handle.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for fold in self._engine.in_memory():
            await self._note(fold)

    async def _note(self, fold: StreamFold) -> None:
        """What a stream waits for; the seq after it: an instant that was lost with the process is then asked for again."""
        seq, wake_at = fold.seq, self._earliest(fold)
        if fold.view_seq != seq:
            return  # something of it is on its way to the disk
        await asyncio.to_thread(self._engine.store.set_wake, fold.stream, wake_at)
        await asyncio.to_thread(self._engine.store.set_cursor, READER, fold.stream, seq)

    # a tenant of the keeper
    def may_rest(self, fold: StreamFold) -> bool:
        """Nothing of it is due soon."""
        wake_at = self._earliest(fold)
        return wake_at is None or wake_at > self._clock() + SOON_MS

    async def before_rest(self, fold: StreamFold) -> None:
        """Write down when it wants to be woken."""
        await self._note(fold)
        wake_at = self._earliest(fold)
        if wake_at is not None and fold.stream not in self._wakes:
            self._set_wake(fold.stream, wake_at)

    def rested(self, stream: str) -> None:
        """One instant stands for all its features wait for."""
        for place in [place for place in self._wanted if place[0] == stream]:
            del self._wanted[place]
            self._handles.pop(place).cancel()

    def _earliest(self, fold: StreamFold) -> int | None:
        """What was refused is asked again after the next change, not before."""
        dues = [due for feature, due in fold.due().items() if due != self._deaf.get((fold.stream, feature))]
        return min((due[0] for due in dues if due is not None), default=None)

    def _set_wake(self, stream: str, wake_at: int) -> None:
        wait_s = min(LOOK_S_MAX, (wake_at - self._clock()) / 1000)
        self._wakes[stream] = asyncio.get_running_loop().call_later(max(0.0, wait_s), self._wake, stream, wake_at)

    def _wake(self, stream: str, wake_at: int) -> None:
        if self._clock() < wake_at:
            self._set_wake(stream, wake_at)
            return
        self._wakes.pop(stream, None)
        self._look_soon(stream)

    def _run(self, job: Coroutine[None, None, None], tasks: "set[asyncio.Task[None]]") -> None:
        task = asyncio.get_running_loop().create_task(job)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    def _on_news(self, fold: StreamFold, events: Sequence[Event[Fact]], changed: dict[str, set[str]]) -> None:
        del events, changed
        self._look(fold)

    def _look(self, fold: StreamFold) -> None:
        if self._stopped:
            return
        if wake := self._wakes.pop(fold.stream, None):
            wake.cancel()
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
        self._run(self._fire(place, due), self._tasks)

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
