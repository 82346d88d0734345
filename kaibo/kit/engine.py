"""The engine: one writer for each stream, group commit, and news for whoever shows or follows the log.

A command is decided on the event loop against the state in memory, queued to one writer thread, and answered when
the store has made it durable. While a commit is on its way to the disk the next ones gather: that is the group commit.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from kaibo.core.codec import Codec
from kaibo.core.errors import NotAllowed, NotFound, StoreUnavailable
from kaibo.core.event import Actor, Command, Event, Fact
from kaibo.core.feature import Context, Feature, fact_of, tag_of
from kaibo.core.stream import Receipt, StreamFold, digest_of
from kaibo.kit.keeper import Keeper, Room
from kaibo.stores.contract import Append, Conflict, LogStore, Record

log = logging.getLogger("kaibo.engine")

GROUP_EVENTS_MAX = 1000  # a commit holds at most so many appends: beyond it the wait grows and the rate does not
TRIES = 5  # optimistic appends by several processes on one stream; alone one try is enough

Listener = Callable[[StreamFold, Sequence[Event[Fact]], dict[str, set[str]]], None]


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: a person, a token or the system, with all the roles they hold; `role` the one they chose to act in."""

    id: str
    name: str
    roles: frozenset[str]
    role: str | None = None


@dataclass(slots=True)
class _Job:
    room: Room
    append: Append
    events: Sequence[Event[Fact]]
    done: "asyncio.Future[None]"


class Engine:
    """Handles commands; its keeper keeps the folded streams. Lives on one event loop; `start` and `stop` bracket its use."""

    def __init__(
        self,
        features: Sequence[Feature],
        store: LogStore,
        *,
        clock: Callable[[], int],
        allows: Callable[[frozenset[str], str], str | None],
        codec: Codec | None = None,
    ) -> None:
        self.features = tuple(features)
        self.store = store
        self.clock = clock
        self.codec = codec or Codec([fact for feature in features for fact in feature.facts])
        self._allows = allows
        self.keeper = Keeper(self.features, store, self.codec)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._listeners: list[Listener] = []
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    # life
    def start(self) -> None:
        """Start the writer thread; call on the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._write, name="kaibo-writer", daemon=True)
        self._thread.start()
        self.keeper.start()

    async def stop(self) -> None:
        """Let the writer finish what waits, then end it."""
        self._jobs.put(None)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)
        await self.keeper.stop()
        self.store.close()

    def listen(self, listener: Listener) -> None:
        """Call `listener(fold, events, changed view keys)` on the loop after every durable append."""
        self._listeners.append(listener)

    # commands
    def role_for(self, caller: Caller, duty: str) -> str:
        """The role that carries the duty for this caller. Raises NotAllowed."""
        roles = caller.roles if caller.role is None else caller.roles & {caller.role}
        role = self._allows(roles, duty)
        if role is None:
            raise NotAllowed(duty=duty, roles=sorted(roles))
        return role

    def duties_of(self, caller: Caller) -> tuple[str, ...]:
        """Every duty of a command or view that the caller's roles carry, sorted: what a screen offers."""
        commands = {command.duty for feature in self.features for command in feature.commands}
        views = {view.duty for feature in self.features for view in feature.views}
        return tuple(sorted(duty for duty in commands | views if self._allows(caller.roles, duty) is not None))

    async def submit(
        self,
        stream: str,
        command: Command,
        caller: Caller,
        *,
        key: str | None = None,
        cause: int | None = None,
    ) -> Receipt:
        """Charter check, rules, append; the receipt comes when the events are durable.

        Raises Refusal (NotFound where nothing was opened, NotAllowed, KeyReused, StoreUnavailable, or the rule that said no).
        """
        role = self.role_for(caller, command.duty)
        actor = Actor(id=caller.id, role=role, duty=command.duty)
        for _ in range(TRIES):
            room = await self.keeper.room(stream)
            fold = room.fold
            if key is not None and (kept := room.keys.receipt(key, digest_of(command))) is not None:
                if await self._settled(room):
                    return kept
                continue
            if fold.seq == 0 and not command.opens:
                self.keeper.forget(room)
                raise NotFound(kind="stream", id=stream)
            mode = fold.mode if fold.seq else command.opens_as()
            ctx = Context(stream=stream, seq=fold.seq, at=max(self.clock(), fold.at), actor=actor, mode=mode, roles=caller.roles)
            events = self._decide(room, command, ctx, key, cause)
            if not events:
                seq = fold.seq
                if await self._settled(room):
                    return Receipt(stream=stream, seq=seq, events=())
                continue
            try:
                await self._append(room, events)
            except Conflict:
                continue
            return Receipt(stream=stream, seq=events[-1].seq, events=tuple(event.seq for event in events))
        raise StoreUnavailable(stream=stream)

    def _decide(self, room: Room, command: Command, ctx: Context, key: str | None, cause: int | None) -> list[Event[Fact]]:
        began = time.thread_time()
        try:
            events = room.fold.decide(command, ctx, key=key, cause=cause)
        except Exception:
            if not room.fold.whole:  # a fold failed half way: a bug, and this state can no longer be trusted
                self.keeper.forget(room)
            raise
        if events:
            room.keys.remember(events, room.fold.view_seq)
            room.owed_s += time.thread_time() - began
        return events

    async def _append(self, room: Room, events: Sequence[Event[Fact]]) -> None:
        assert self._loop is not None, "the engine is not started"
        records = tuple(
            Record(e.seq, e.at, tag_of(fact_of(e)), self.codec.pack(e), e.key if e.digest is not None else None) for e in events
        )
        done: asyncio.Future[None] = self._loop.create_future()
        room.tail = done
        self._jobs.put(_Job(room, Append(room.fold.stream, events[0].seq - 1, records), events, done))
        await asyncio.shield(done)  # a client that hangs up must not stop the write it asked for

    async def _settled(self, room: Room) -> bool:
        """Wait until all that was decided so far is durable. False: it came to nothing, decide again."""
        if room.tail is None or room.tail.done():
            return True
        try:
            await asyncio.shield(room.tail)
        except (Conflict, StoreUnavailable):
            return False
        return True

    # writing (the writer thread)
    def _write(self) -> None:
        assert self._loop is not None
        ending = False
        while not ending:
            jobs, ending = self._gather()
            if not jobs:
                continue
            try:
                answers: list[Exception | None] = list(self.store.append([job.append for job in jobs]))
            except Exception as error:
                log.exception("the store refused a commit of %d appends", len(jobs))
                answers = [error] * len(jobs)
            self._loop.call_soon_threadsafe(self._written, jobs, answers)
            del jobs, answers  # while it waits for the next ones this thread holds no room

    def _gather(self) -> tuple[list[_Job], bool]:
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) >= GROUP_EVENTS_MAX:
                return jobs, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, False
        return jobs, True

    def _written(self, jobs: list[_Job], answers: list[Exception | None]) -> None:
        news: dict[str, tuple[Room, list[Event[Fact]], dict[str, set[str]]]] = {}
        for job, answer in zip(jobs, answers, strict=True):
            if answer is None:
                self._show(job, news)
            else:
                self.keeper.forget(job.room)  # decided on what is not there
            if answer is None:
                job.done.set_result(None)
            else:
                failure = answer if isinstance(answer, Conflict) else StoreUnavailable(stream=job.append.stream)
                job.done.set_exception(failure)
                job.done.exception()  # marked as seen: the client may have hung up
        for room, events, changed in news.values():
            for listener in self._listeners:
                try:
                    listener(room.fold, events, changed)
                except Exception:  # what is durable is durable: one listener's bug must not silence the others
                    log.exception("a listener stumbled on %s", room.fold.stream)

    def _show(self, job: _Job, news: dict[str, tuple[Room, list[Event[Fact]], dict[str, set[str]]]]) -> None:
        stream, began = job.room.fold.stream, time.thread_time()
        _, events, changed = news.setdefault(stream, (job.room, [], {}))
        try:
            for event in job.events:
                for view, keys in job.room.fold.project(event).items():
                    changed.setdefault(view, set()).update(keys)
                events.append(event)
        except Exception:  # a view's bug: what is durable must be answered all the same
            log.exception("a view stumbled on %s", stream)
            self.keeper.forget(job.room)
        job.room.used_at = time.monotonic()
        job.room.owed_s += time.thread_time() - began

    # reading
    async def fold(self, stream: str) -> StreamFold:
        """The folded stream, loaded if need be. Raises NotFound when it has no events."""
        room = await self.keeper.room(stream)
        if room.fold.seq == 0:
            self.keeper.forget(room)  # a name that somebody guessed is not kept in memory
            raise NotFound(kind="stream", id=stream)
        return room.fold

    def folded(self, stream: str) -> StreamFold | None:
        """The folded stream if it is in memory."""
        room = self.keeper.here(stream)
        return room.fold if room else None

    def in_memory(self) -> list[StreamFold]:
        """The folded streams that are in memory."""
        return [room.fold for room in self.keeper.all()]

    async def events(self, stream: str, after: int = 0, limit: int = 1000) -> list[Event[Fact]]:
        """A page of durable events with seq > after."""
        records = await asyncio.to_thread(self.store.read, stream, after, limit)
        return [self.codec.unpack(record.body) for record in records]

    async def streams(self, prefix: str = "") -> list[str]:
        """Names of the streams there are."""
        return await asyncio.to_thread(self.store.streams, prefix)
