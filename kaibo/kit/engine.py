"""The engine: one writer for each stream, group commit, and news for whoever shows or follows the log.

A command is decided on the event loop against the state in memory, queued to one writer thread, and answered when
the store has made it durable. While a commit is on its way to the disk the next ones gather: that is the group commit.
"""

import asyncio
import errno
import logging
import queue
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from kaibo.core.codec import Codec
from kaibo.core.errors import ElsewhereOnly, Invalid, NotAllowed, NotFound, StoreFull, StoreUnavailable
from kaibo.core.event import Actor, Command, Event, Fact
from kaibo.core.feature import Context, Feature, Members, fact_of, tag_of
from kaibo.core.stream import SYSTEM, Receipt, StreamFold, digest_of
from kaibo.kit.admission import Admission, Allows, Caller, Carried, by_roles
from kaibo.kit.keeper import Keeper, Room
from kaibo.kit.keys import kept_as
from kaibo.kit.waiting import answered, asked_instead, receipt_of
from kaibo.stores.contract import Append, Conflict, LogStore, Nothing, Record

log = logging.getLogger("kaibo.engine")

GROUP_EVENTS_MAX = 1000  # a commit holds at most so many appends: beyond it the wait grows and the rate does not
LOG_AHEAD_MS_MAX = 60_000  # a log is that far ahead of the clock at most; beyond it, it is the log's clock that was wrong
LOG_DUTY = "log.read"  # whoever reads the events as they are
PROBE_S = 1.0  # how often a store that failed is asked whether it can be written again
TRIES = 5  # optimistic appends by several processes on one stream; alone one try is enough

Belonging = Callable[[], Members | None]
"""Who belongs to the workspace now; None where nobody knows."""
Listener = Callable[[StreamFold, Sequence[Event[Fact]], dict[str, set[str]]], None]


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
        allows: Allows | Admission,
        members: Belonging = lambda: None,
        codec: Codec | None = None,
    ) -> None:
        self.features = tuple(features)
        self.store = store
        self.clock = clock
        self.codec = codec or Codec([fact for feature in features for fact in feature.facts])
        self._admission = allows if isinstance(allows, Admission) else Admission(by_roles(allows))
        self._members = members
        self.keeper = Keeper(self.features, store, self.codec)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._listeners: list[Listener] = []
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sick = False  # the store failed, or is about to: nothing is decided that it could not take
        self._asked_at = self._looked_at = 0.0

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
        """Call `listener(fold, events, changed view keys)` on the loop after every durable append; with no events, when what stands in the log was rewritten."""
        self._listeners.append(listener)

    # commands
    def admit(self, caller: Caller, fold: StreamFold, duty: str) -> str:
        """The role that carries the duty for this caller on a stream as it stands. Raises NotAllowed, ElsewhereOnly."""
        _stay(caller, fold.stream)
        return self.role_for(caller, duty, fold)

    def role_for(self, caller: Caller, duty: str, fold: StreamFold | None = None) -> str:
        """The role that carries the duty for this caller, on a stream as it stands or wherever it may act. Raises NotAllowed."""
        return self._admission.carried(caller, duty, fold, self._now(fold)).role

    def duties_of(self, caller: Caller, fold: StreamFold | None = None) -> tuple[str, ...]:
        """Every duty of a command, of a view or of the log itself that the caller carries, sorted: what a screen offers."""
        commands = {command.duty for feature in self.features for command in feature.commands}
        views = {view.duty for feature in self.features for view in feature.views}
        return self._admission.duties(caller, commands | views | {LOG_DUTY}, fold, self._now(fold))

    def _now(self, fold: StreamFold | None) -> int:
        return self.clock() if fold is None else self._instant(fold)

    async def submit(
        self,
        stream: str,
        command: Command,
        caller: Caller,
        *,
        key: str | None = None,
        cause: int | None = None,
        waits: bool = False,
        agreed: bool = False,
    ) -> Receipt:
        """Charter check, rules, append; the receipt comes when the events are durable.

        Where somebody must agree first the command is not decided: it is asked (`Receipt.asked`) if it `waits`, and refused if whoever
        sent it cannot wait. `agreed`: they did.

        Raises Refusal (NotFound where nothing was opened, NotAllowed, KeyReused, StoreUnavailable, or the rule that said no).
        """
        _stay(caller, stream)
        if self._sick:
            await self._ask_store(stream)
        for _ in range(TRIES):
            room = self.keeper.near(stream) or await self.keeper.room(stream)
            fold = room.fold
            at = self._instant(fold)
            carried = self._carried_in(room, caller, command.duty, at)
            said, under = command, key
            if carried.instead is not None and not agreed:
                able = waits and not caller.program
                said, under = asked_instead(carried.instead, command, key, fold, self.features, able=able)
            actor = Actor(id=caller.id, role=carried.role, duty=said.duty)
            digest = digest_of(command) if key else ""
            if key and (kept := answered(room.keys, caller.id, digest, key, under or key)) is not None:
                if await self._settled(room):
                    return kept
                continue
            if fold.seq == 0 and not command.opens:
                self.keeper.forget(room)
                raise NotFound(kind="stream", id=stream)
            mode = fold.mode if fold.seq else command.opens_as()
            ctx = Context(
                stream=stream,
                seq=fold.seq,
                at=at,
                actor=actor,
                mode=mode,
                roles=caller.roles,
                members=self._members(),
                taking=carried.taking,
            )
            events = self._decide(room, said, ctx, under, cause, digest)
            receipt = receipt_of(fold, events, asked=said is not command)
            if not events:
                if await self._spent(room, command, actor.id, key):
                    return receipt
                continue
            try:
                await self._append(room, events)
            except Conflict:
                continue
            return receipt
        raise StoreUnavailable(stream=stream)

    def _carried_in(self, room: Room, caller: Caller, duty: str, at: int) -> Carried:
        try:
            return self._admission.carried(caller, duty, room.fold, at)
        except NotAllowed:
            if room.fold.seq == 0:
                self.keeper.forget(room)
            raise

    def _instant(self, fold: StreamFold) -> int:
        """Now, and not before what happened last; unless that was told by a clock that was far ahead and was put right: seq is the order."""
        now = self.clock()
        return now if now >= fold.at or fold.at - now > LOG_AHEAD_MS_MAX else fold.at

    def _decide(
        self, room: Room, command: Command, ctx: Context, key: str | None, cause: int | None, digest: str = ""
    ) -> list[Event[Fact]]:
        began = time.perf_counter()
        try:
            events = room.fold.decide(command, ctx, key=key, cause=cause, digest=digest)
        except Exception:
            if not room.fold.whole:  # a fold failed half way: a bug, and this state can no longer be trusted
                self.keeper.forget(room)
            raise
        if events:
            room.keys.remember(events, room.fold.view_seq)
            room.owed_s += time.perf_counter() - began
        return events

    async def _spent(self, room: Room, command: Command, actor_id: str, key: str | None) -> bool:
        """Nothing had to change: the key is spent all the same, for good. False: what that stood on came to nothing, decide again."""
        nothing = None
        if key is not None:
            nothing = room.keys.remember_nothing(actor_id, key, digest_of(command), room.fold.seq, room.fold.view_seq)
        if (
            nothing is None or actor_id == SYSTEM.id
        ):  # its keys follow from the log: no write for what is the same when asked anew
            return await self._settled(room)
        try:
            await self._append(room, (), nothing)
        except Conflict:
            return False
        return True

    async def _append(self, room: Room, events: Sequence[Event[Fact]], nothing: Nothing | None = None) -> None:
        assert self._loop is not None, "the engine is not started"
        try:
            records = tuple([self._record(event) for event in events])
        except Exception as error:  # what no log can hold: nothing may stand on what can never be durable
            self.keeper.forget(room)
            if isinstance(error, OverflowError):
                raise Invalid(where="body", why="a number is too large") from error
            raise
        done: asyncio.Future[None] = self._loop.create_future()
        room.tail = done
        append = Append(room.fold.stream, room.fold.seq - len(events), records, nothing)
        self._jobs.put(_Job(room, append, events, done))
        await asyncio.shield(done)  # a client that hangs up must not stop the write it asked for

    def _record(self, event: Event[Fact]) -> Record:
        key = kept_as(event.actor.id, event.key) if event.key is not None and event.digest is not None else None
        return Record(event.seq, event.at, tag_of(fact_of(event)), self.codec.pack(event), key)

    async def _ask_store(self, stream: str) -> None:
        """Can it be written again? What was decided and not stored would have to be folded anew. Raises StoreUnavailable or StoreFull."""
        if time.monotonic() - self._asked_at >= PROBE_S:
            self._asked_at = time.monotonic()
            try:
                await asyncio.to_thread(self.store.check)
            except Exception as error:
                log.warning("the store cannot be written: %s", error)
                raise _unavailable(stream, error) from error
            self._sick, self._asked_at = False, 0.0
        elif self._sick:
            raise StoreUnavailable(stream=stream)

    async def _settled(self, room: Room) -> bool:
        """Wait until all that was decided so far is durable. False: it came to nothing, decide again."""
        if room.tail is None or room.tail.done():
            return True
        try:
            await asyncio.shield(room.tail)
        except (Conflict, StoreUnavailable):
            return False
        return True

    # rewriting
    async def rewrite(self, stream: str, work: Callable[[], object]) -> None:
        """Do work (in a thread) that changes what stands in a log, while nobody decides on it or reads it into memory.

        Whoever shows the stream is handed the new fold.
        """
        here = self.keeper.here(stream) is not None
        async with self.keeper.shut(stream):
            await asyncio.to_thread(work)
        if here:
            fold = await self.fold(stream)
            self._tell(fold, [], {view: set() for view in fold.views()})

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
            self._watch_room()
            del jobs, answers  # while it waits for the next ones this thread holds no room

    def _watch_room(self) -> None:
        """What does not fit any more is better not decided: looked at after a commit, at most once in a while."""
        if time.monotonic() - self._looked_at < PROBE_S:
            return
        self._looked_at = time.monotonic()
        try:
            self.store.check_room()
        except OSError as error:
            log.warning("the store takes no more: %s", error)
            self._sick = True

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
                if job.events:
                    self._show(job, news)
            else:
                self.keeper.forget(job.room)  # decided on what is not there
            if answer is None:
                job.done.set_result(None)
            else:
                self._sick = self._sick or not isinstance(answer, Conflict)
                failure = answer if isinstance(answer, Conflict) else _unavailable(job.append.stream, answer)
                job.done.set_exception(failure)
                job.done.exception()  # marked as seen: the client may have hung up
        for room, events, changed in news.values():
            self._tell(room.fold, events, changed)

    def _tell(self, fold: StreamFold, events: Sequence[Event[Fact]], changed: dict[str, set[str]]) -> None:
        for listener in self._listeners:
            try:
                listener(fold, events, changed)
            except Exception:  # what is durable is durable: one listener's bug must not silence the others
                log.exception("a listener stumbled on %s", fold.stream)

    def _show(self, job: _Job, news: dict[str, tuple[Room, list[Event[Fact]], dict[str, set[str]]]]) -> None:
        stream, began = job.room.fold.stream, time.perf_counter()
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
        job.room.owed_s += time.perf_counter() - began

    # reading
    async def fold(self, stream: str) -> StreamFold:
        """The folded stream, loaded if need be. Raises NotFound when it has no events."""
        room = await self.keeper.room(stream)
        if room.fold.seq == 0:
            self.keeper.forget(room)  # a name that somebody guessed is not kept in memory
            raise NotFound(kind="stream", id=stream)
        return room.fold

    async def fold_as_of(self, stream: str, seq: int) -> StreamFold:
        """The stream as it was folded once `seq` had happened; as it stands now when that is all of it. Raises NotFound."""
        fold = await self.fold(stream)
        return fold if seq >= fold.view_seq else await self.keeper.as_of(stream, seq)

    def folded(self, stream: str) -> StreamFold | None:
        """The folded stream if it is in memory."""
        room = self.keeper.here(stream)
        return room.fold if room else None

    def in_memory(self) -> list[StreamFold]:
        """The folded streams that are in memory."""
        return [room.fold for room in self.keeper.all()]

    async def events(
        self, stream: str, after: int = 0, limit: int = 1000, reads: Collection[type[Fact]] = ()
    ) -> list[Event[Fact]]:
        """A page of durable events with seq > after; with `reads`, of these facts alone."""
        tags = self.codec.tags_of(reads) if reads else ()
        records = await asyncio.to_thread(self.store.read, stream, after, limit, tags)
        return [self.codec.unpack(record.body) for record in records]

    async def streams(self, prefix: str = "") -> list[str]:
        """Names of the streams there are."""
        return await asyncio.to_thread(self.store.streams, prefix)


def _stay(caller: Caller, stream: str) -> None:
    if caller.only not in (None, stream):
        raise ElsewhereOnly(only=caller.only or "", stream=stream)


def _unavailable(stream: str, error: Exception) -> StoreUnavailable:
    full = getattr(error, "errno", None) == errno.ENOSPC or getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
    return StoreFull(stream=stream) if full else StoreUnavailable(stream=stream)
