"""The keeper: one room for the life of a stream. It loads, is held while somebody needs it, and rests.

A room is made from a snapshot and what the log has after it, by a thread that lets the loop in. Whoever holds a fold holds
its room: one that was let go and is still looked at by somebody is the same when it is asked for again. A room here shows
and decides; `Room.fold` alone is what showing needs, so that a house that only shows can keep rooms in the same way.
"""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakValueDictionary

from kaibo.core.codec import Codec
from kaibo.core.errors import NotFound
from kaibo.core.feature import Feature, kind_of
from kaibo.core.stream import StreamFold
from kaibo.kit.keys import Keys
from kaibo.kit.pace import Pace, sweep, uncollected
from kaibo.kit.snapshot import Snapshots
from kaibo.stores.contract import LogStore

log = logging.getLogger("kaibo.keeper")

READ_PAGE = 200  # a batch of the audience may be a hundred kilobytes
LOADERS = 4  # a small show must not wait for a large one
TEND_S = 5.0
IDLE_S = 60.0  # a room nobody asked for in so long may rest
OWED_S = 0.5  # so much folding after its snapshot, and a stream gets a new one: half a second of dark consoles after a crash
OWED_AT_REST_S = 0.1
BETWEEN_S = 30.0  # from one snapshot of a stream to its next,
SHARE = 10  # or ten times as long as it took: what saves time after a crash must not take much of it before
STALE_MAX = 50  # shows whose snapshots are made anew in the background after an upgrade; others when they are opened
PARTING_S = 5.0  # for the snapshots at the stop of the house

Snap = Callable[[str], Awaitable[None]]


class Tenant(Protocol):
    """Somebody who keeps something of his own beside a stream that is in memory."""

    def may_rest(self, fold: StreamFold) -> bool:
        """Has nothing to do with it, now or soon."""
        ...

    async def before_rest(self, fold: StreamFold) -> None:
        """Write down what must be known of it."""
        ...

    def rested(self, stream: str) -> None:
        """It left memory: forget it."""
        ...


@dataclass(eq=False)
class Room:
    """A stream in memory. `tail`: the newest append on its way; `owed_s`: the folding that no snapshot would save; none is made before `snap_at`."""

    fold: StreamFold
    keys: Keys
    used_at: float
    owed_s: float = 0.0
    snap_at: float = 0.0
    tail: "asyncio.Future[None] | None" = None


class Keeper:
    """Keeps the rooms. Lives on the engine's event loop."""

    def __init__(self, features: Sequence[Feature], store: LogStore, codec: Codec) -> None:
        self.idle_s = IDLE_S
        self.snapshots: Snapshots | None = None
        self.snap: Snap | None = None
        self._features = features
        self._store = store
        self._codec = codec
        self._rooms: dict[str, Room] = {}
        self._left: WeakValueDictionary[str, StreamFold] = WeakValueDictionary()
        self._loading: dict[str, asyncio.Task[None]] = {}
        self._loaders = ThreadPoolExecutor(LOADERS, "kaibo-loader")
        self._closing = threading.Event()
        self._tenants: list[Tenant] = []
        self._tending: asyncio.Task[None] | None = None
        self._snapping: asyncio.Task[object] | None = None
        self._stale: list[str] = []
        self._shut: dict[str, asyncio.Future[None]] = {}

    # life
    def start(self) -> None:
        """Begin to tend the rooms."""
        self._tending = asyncio.get_running_loop().create_task(self._tend_on())

    async def stop(self) -> None:
        """Load and tend nothing more; keep snapshots of what would take long to open again. Nothing may be on its way to the log."""
        self._closing.set()
        jobs: list[asyncio.Task[object]] = [
            job for job in (self._tending, self._snapping, *self._loading.values()) if job is not None
        ]
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        await asyncio.to_thread(self._loaders.shutdown, cancel_futures=True)
        await asyncio.to_thread(self._part)

    def admit(self, tenant: Tenant) -> None:
        """No stream rests from now on unless this one agrees."""
        self._tenants.append(tenant)

    def snap_with(self, snapshots: Snapshots, snap: Snap) -> None:
        """Read snapshots from now on; `snap(stream)` makes one, beside this process. It raises OSError."""
        self.snapshots, self.snap = snapshots, snap
        self._stale = snapshots.stale()[:STALE_MAX]

    # rooms
    def near(self, stream: str) -> Room | None:
        """The room of a stream that is in memory and that nobody keeps shut: most commands need not wait for it."""
        room = None if stream in self._shut else self._rooms.get(stream)
        if room is not None:
            room.used_at = time.monotonic()
        return room

    async def room(self, stream: str) -> Room:
        """The room of a stream, loaded if need be; of one that has no events an empty one. Raises NotFound for what is no name."""
        while (shut := self._shut.get(stream)) is not None:
            await asyncio.shield(shut)
        room = self.here(stream)
        if room is None:
            try:
                kind_of(stream)
            except ValueError as error:
                raise NotFound(kind="stream", id=stream) from error
            room = await self._loaded(stream)
        room.used_at = time.monotonic()
        return room

    def here(self, stream: str) -> Room | None:
        """The room if it is in memory, also when it was let go and somebody still holds its fold."""
        room = self._rooms.get(stream)
        if room is None and (fold := self._left.pop(stream, None)) is not None:
            room = self._rooms[stream] = self._furnished(fold)
        return room

    def all(self) -> list[Room]:
        """The rooms in memory."""
        return list(self._rooms.values())

    def forget(self, room: Room) -> None:
        """Fold this stream again from the store when somebody asks for it; whoever did so already is left alone."""
        if self._rooms.get(room.fold.stream) is room:
            del self._rooms[room.fold.stream]

    @contextlib.asynccontextmanager
    async def shut(self, stream: str) -> AsyncGenerator[None]:
        """Nobody decides on this stream, loads it or makes a snapshot of it, and there is none, until this ends; whoever asks for it waits."""
        while (other := self._shut.get(stream)) is not None:
            await asyncio.shield(other)
        shut = self._shut[stream] = asyncio.get_running_loop().create_future()
        try:
            await self._emptied(stream)
            if self.snapshots is not None:
                await asyncio.to_thread(self.snapshots.forget, stream)
            yield
        finally:
            del self._shut[stream]
            shut.set_result(None)

    async def _emptied(self, stream: str) -> None:
        """Wait for what is under way with it, and let go of its room."""
        if (loading := self._loading.get(stream)) is not None:
            await asyncio.wait([loading])
        room = self.here(stream)
        while room is not None and room.tail is not None and not room.tail.done():
            await asyncio.wait([room.tail])
        self._rooms.pop(stream, None)
        self._left.pop(stream, None)
        if self._snapping is not None and not self._snapping.done():
            await asyncio.wait([self._snapping])

    def _furnished(self, fold: StreamFold, owed_s: float = 0.0) -> Room:
        return Room(fold, Keys(fold.stream, self._store, self._codec), time.monotonic(), owed_s)

    # loading
    async def _loaded(self, stream: str) -> Room:
        """All who ask while it loads wait for the same; who gives up does not stop it for the others."""
        loading = self._loading.get(stream)
        if loading is None:
            loading = self._loading[stream] = asyncio.get_running_loop().create_task(self._load(stream), name=stream)
            loading.add_done_callback(self._no_more_loading)
        await asyncio.shield(loading)
        room = self.here(stream)
        return await self._loaded(stream) if room is None else room

    def _no_more_loading(self, done: "asyncio.Task[None]") -> None:
        del self._loading[done.get_name()]
        if not done.cancelled():
            done.exception()  # marked as seen: all who asked may have given up

    async def _load(self, stream: str) -> None:
        found: list[tuple[StreamFold, float]] = []  # the future of a thread is a circle: what it answered stays in memory

        def load() -> None:
            found.append(self.load(stream))

        await asyncio.get_running_loop().run_in_executor(self._loaders, load)
        self._rooms[stream] = self._furnished(*found.pop())

    def load(self, stream: str) -> tuple[StreamFold, float]:
        """Fold a stream in this thread: a snapshot, and the log after it; and how long the latter took (s)."""
        pace = Pace(self._closing, self._alone)
        with uncollected():
            fold = self.snapshots.read(stream, pace) if self.snapshots is not None else None
            if fold is None:
                fold = StreamFold(stream, self._features)
            began = time.thread_time()
            while records := self._store.read(stream, fold.seq, READ_PAGE):
                for record in records:
                    event = self._codec.unpack(record.body)
                    fold.apply(event)
                    fold.project(event)
                    pace()
            return fold, time.thread_time() - began

    async def as_of(self, stream: str, seq: int) -> StreamFold:
        """A stream folded from its log up to `seq` and no further, for one who looks back; it is kept nowhere."""
        found: list[StreamFold] = []
        while (shut := self._shut.get(stream)) is not None:
            await asyncio.shield(shut)
        await asyncio.get_running_loop().run_in_executor(self._loaders, lambda: found.append(self._fold_until(stream, seq)))
        return found.pop()

    def _fold_until(self, stream: str, seq: int) -> StreamFold:
        pace, fold = Pace(self._closing, self._alone), StreamFold(stream, self._features)
        while fold.seq < seq and (records := self._store.read(stream, fold.seq, min(READ_PAGE, seq - fold.seq))):
            for record in records:
                event = self._codec.unpack(record.body)
                fold.apply(event)
                fold.project(event)
                pace()
        return fold

    def _alone(self) -> bool:
        """No show is in memory: after a crash the first one is waited for by all."""
        return len(self._rooms) <= 1  # the workspace

    # resting
    async def _tend_on(self) -> None:
        while True:
            await asyncio.sleep(TEND_S)
            try:
                await self.tend()
            except Exception:
                log.exception("the rooms could not be tended")

    async def tend(self) -> None:
        """Let rooms rest that nobody needs; have a snapshot made where one would save time."""
        large = False
        for room in self.all():
            if self._may_rest(room) and not self._wants_snapshot(room, OWED_AT_REST_S):
                large = await self._let_rest(room) or large
        if large and all(room.fold.kind == "workspace" for room in self.all()):
            sweep()  # the last show of the evening has left: nobody is on air who would wait for it
        self._have_snapped()

    def _may_rest(self, room: Room) -> bool:
        fold = room.fold
        idle = time.monotonic() - room.used_at >= self.idle_s
        return idle and fold.seq == fold.view_seq and all(tenant.may_rest(fold) for tenant in self._tenants)

    async def _let_rest(self, room: Room) -> bool:
        """True when a large one left memory."""
        fold = room.fold
        seq, used_at = fold.seq, room.used_at
        for tenant in self._tenants:
            await tenant.before_rest(fold)
        if (fold.seq, room.used_at) != (seq, used_at) or not self._may_rest(room) or self._rooms.get(fold.stream) is not room:
            return False  # somebody came in meanwhile
        del self._rooms[fold.stream]
        self._left[fold.stream] = fold
        for tenant in self._tenants:
            tenant.rested(fold.stream)
        return seq > READ_PAGE

    # snapshots
    def _wants_snapshot(self, room: Room, owed_s: float) -> bool:
        return self.snap is not None and room.owed_s > owed_s and time.monotonic() >= room.snap_at

    def _have_snapped(self) -> None:
        """One at a time: the shows on air go first, then those that want to rest, then those of the last version."""
        if self._snapping is not None and not self._snapping.done():
            return
        self._stale = [stream for stream in self._stale if stream not in self._shut]
        wanting = [room for room in self.all() if self._wants_snapshot(room, OWED_AT_REST_S if self._may_rest(room) else OWED_S)]
        if wanting:
            room = max(wanting, key=lambda room: room.owed_s)
            self._snapping = asyncio.get_running_loop().create_task(self._snap_room(room))
        elif self._stale:
            self._snapping = asyncio.get_running_loop().create_task(self._snap(self._stale.pop(0)))

    async def _snap_room(self, room: Room) -> None:
        owed_s, began = room.owed_s, time.monotonic()
        room.snap_at = began + BETWEEN_S
        if await self._snap(room.fold.stream):
            room.owed_s -= owed_s
        room.snap_at = max(room.snap_at, began + (time.monotonic() - began) * SHARE)

    async def _snap(self, stream: str) -> bool:
        assert self.snap is not None
        try:
            await self.snap(stream)
        except OSError:
            log.exception("no snapshot of %s; it will be opened from its log", stream)
            return False
        return True

    def _part(self) -> None:
        """Snapshots of what is in memory, the most owing first."""
        until = time.monotonic() + PARTING_S
        for room in sorted(self.all(), key=lambda room: -room.owed_s):
            if self.snapshots is None or room.owed_s < OWED_AT_REST_S or time.monotonic() > until:
                return
            if room.fold.seq == room.fold.view_seq:
                room.fold.close_all()  # nobody looks any more, and whoever comes asks anew
                try:
                    self.snapshots.write(room.fold)
                except OSError:
                    log.exception("no snapshot of %s", room.fold.stream)
