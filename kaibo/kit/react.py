"""Followers of the log: reactions and outbound connectors, each with a stored cursor, at their own pace.

A follower sees every event it wants at least once. Its commands carry the key `follower:stream:seq:n`, so that a second
look after a crash changes nothing.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from kaibo.core.errors import KeyReused, LogDamaged, Refusal, StoreUnavailable
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Feature, fact_of
from kaibo.core.stream import StreamFold
from kaibo.kit.engine import Caller, Engine

log = logging.getLogger("kaibo.react")

PAGE = 500
RETRY_S = 1.0
BEHIND_AT_ONCE = 4  # streams on which one follower catches up at the start; a slow one holds up its own alone
FRESH_MAX = 64  # events handed on from memory; a follower that is further behind reads the log
SYSTEM = Caller(id="system", name="system", roles=frozenset({"system"}))

Act = Callable[[Event[Fact]], Awaitable[Sequence[tuple[str, Command]]]]
Warn = Callable[[str, dict[str, str]], Awaitable[None]]


@dataclass(frozen=True)
class Follower:
    """Reads some facts and answers with commands. `act` may touch the outside world and raises to be called again."""

    name: str
    reads: tuple[type[Fact], ...]
    act: Act


def reactions_of(features: Sequence[Feature]) -> list[Follower]:
    """The pure reactions of the features as followers."""
    found: list[Follower] = []
    for feature in features:
        for reaction in feature.reactions:

            async def act(
                event: Event[Fact], decide: Callable[[Event[Fact]], Sequence[tuple[str, Command]]] = reaction.decide
            ) -> Sequence[tuple[str, Command]]:
                return decide(event)

            found.append(Follower(f"{feature.name}.{reaction.name}", reaction.reads, act))
    return found


@dataclass
class _Place:
    """One follower on one stream.

    Everything up to `cursor` was looked at (None: the store knows how far), of which `stored` is written down. `fresh` is what
    the follower wants of the news after it; they reach without a gap to `head`. None: there is one, the log must be read.
    `told` is the newest seq there was news of. There is a `task` only while there is work, or `again` after it stumbled.
    `behind`: it has one of the turns to catch up at the start.
    """

    follower: Follower
    stream: str
    cursor: int | None = None
    stored: int | None = None
    head: int | None = None
    told: int = 0
    fresh: deque[Event[Fact]] = field(default_factory=deque[Event[Fact]])
    wanted: bool = False
    behind: bool = False
    task: "asyncio.Task[None] | None" = None
    again: asyncio.TimerHandle | None = None

    @property
    def reached(self) -> int | None:
        """How far it has looked: what it does not want needs no look."""
        return self.cursor if self.head is None or self.fresh else self.head

    def hear(self, events: Sequence[Event[Fact]], wanted: Sequence[Event[Fact]]) -> bool:
        """Take in news of what is durable, and which of them this follower wants: is there anything?"""
        if self.head is not None and (events[0].seq != self.head + 1 or len(self.fresh) + len(wanted) > FRESH_MAX):
            self.cursor = self.fresh[0].seq - 1 if self.fresh else self.head
            self.head = None
            self.fresh.clear()
        if self.head is not None:
            self.head = events[-1].seq
            self.fresh.extend(wanted)
        self.told = events[-1].seq
        return bool(wanted)

    def done(self, event: Event[Fact]) -> None:
        """The follower has acted on this event."""
        if self.fresh and self.fresh[0] is event:
            self.fresh.popleft()
        self.cursor = event.seq

    def forget(self) -> None:
        """Look again at everything that is not written down as looked at."""
        self.cursor = self.stored = self.head = None
        self.fresh.clear()


class Following:
    """Runs the followers over all streams. What has just happened they are handed; what happened before they read."""

    def __init__(
        self, engine: Engine, followers: Sequence[Follower], *, retry_s: float = RETRY_S, warn: Warn | None = None
    ) -> None:
        """`warn(what, data)` tells people of a reaction that was not carried out and never will be."""
        self._engine = engine
        self._warn = warn
        self._retry_s = retry_s
        self._followers = {follower.name: follower for follower in followers}
        self._places: dict[tuple[str, str], _Place] = {}
        self._busy: set[tuple[str, str]] = set()
        self._behind: dict[str, dict[str, None]] = {name: {} for name in self._followers}
        self._turns = dict.fromkeys(self._followers, BEHIND_AT_ONCE)
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._stopped = False
        engine.listen(self._on_news)
        engine.keeper.admit(self)

    async def start(self) -> None:
        """What happened while we were down, or was not finished, is done now, stream after stream."""
        lagging = await asyncio.to_thread(self._engine.store.lagging, self._followers)
        for lag in lagging:
            self._behind[lag.reader][lag.stream] = None
        for name in self._followers:
            self._take_turns(name)

    async def settled(self) -> None:
        """Wait until every follower has done what the log so far asks of it: for a past that is played quickly."""
        await self._at_rest.wait()

    async def stop(self) -> None:
        """End all followers; write down how far they looked, so that the next start need not read so much."""
        self._stopped = True
        for streams in self._behind.values():
            streams.clear()
        tasks = [place.task for place in self._places.values() if place.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for place in list(self._places.values()):  # a stream may rest meanwhile
            if place.again is not None:
                place.again.cancel()
            try:
                await self._store(place)
            except Exception:
                log.exception("follower %s could not write down where it was on %s", place.follower.name, place.stream)
        self._places.clear()

    # a tenant of the keeper
    def may_rest(self, fold: StreamFold) -> bool:
        """Nobody follows it just now, or waits for a turn to."""
        places = self._places_on(fold.stream)
        waiting = any(fold.stream in streams for streams in self._behind.values())
        return not waiting and all(place.task is None and place.again is None for place in places)

    async def before_rest(self, fold: StreamFold) -> None:
        """Write down how far each has looked."""
        seqs = {place.follower.name: place.reached for place in self._places_on(fold.stream) if place.reached != place.stored}
        reached = {name: seq for name, seq in seqs.items() if seq is not None}
        if reached:
            await asyncio.to_thread(self._engine.store.set_cursors, fold.stream, reached)

    def rested(self, stream: str) -> None:
        """Who meets it again looks at the cursors."""
        for place in self._places_on(stream):
            del self._places[place.follower.name, stream]

    def _places_on(self, stream: str) -> list[_Place]:
        found = (self._places.get((name, stream)) for name in self._followers)
        return [place for place in found if place is not None]

    def _on_news(self, fold: StreamFold, events: Sequence[Event[Fact]], changed: dict[str, set[str]]) -> None:
        del changed
        if not events:
            return
        kinds = {fact_of(event) for event in events}
        for follower in self._followers.values():
            met = (follower.name, fold.stream) not in self._places
            place = self._place(follower, fold.stream)
            if events[0].seq == 1:  # a stream that was not there before: nothing of it was ever looked at
                place.cursor = place.stored = place.head = 0
                met = False
            wanted = () if kinds.isdisjoint(follower.reads) else [event for event in events if fact_of(event) in follower.reads]
            if place.hear(events, wanted) or met:  # who meets a log in the middle looks how far it had come
                self._wake(place)

    def _place(self, follower: Follower, stream: str) -> _Place:
        place = self._places.get((follower.name, stream))
        if place is None:
            place = self._places[follower.name, stream] = _Place(follower, stream)
        return place

    def _take_turns(self, name: str) -> None:
        """Let a follower catch up where it is behind, on so many streams at a time; news wait for no turn."""
        streams = self._behind[name]
        while streams and self._turns[name] > 0:
            stream = next(iter(streams))
            del streams[stream]
            place = self._place(self._followers[name], stream)
            place.behind = True
            self._turns[name] -= 1
            self._wake(place)
        self._tell_rest()

    def _tell_rest(self) -> None:
        if self._busy or any(self._behind.values()):
            self._at_rest.clear()
        else:
            self._at_rest.set()

    def _wake(self, place: _Place) -> None:
        if self._stopped:  # what comes now is looked at after the next start
            return
        place.wanted = True
        self._busy.add((place.follower.name, place.stream))
        self._at_rest.clear()
        if place.task is None and place.again is None:
            place.task = asyncio.get_running_loop().create_task(self._follow(place))

    async def _follow(self, place: _Place) -> None:
        """Do what there is to do, then be no more. One that stumbles is called again; nobody waits for it meanwhile."""
        try:
            while place.wanted:
                place.wanted = False
                await self._catch_up(place)
                await self._store(place)
            self._busy.discard((place.follower.name, place.stream))
        except LogDamaged as damage:  # asking again would not mend it
            self._busy.discard((place.follower.name, place.stream))
            log.error("follower %s: %s is damaged at %d", place.follower.name, damage.stream, damage.seq)  # noqa: TRY400  a traceback says no more
            await self._tell("log_damaged", {"stream": damage.stream, "seq": str(damage.seq)})
        except Exception:
            log.exception("follower %s stumbled on %s after %s", place.follower.name, place.stream, place.cursor)
            place.forget()
            place.again = asyncio.get_running_loop().call_later(self._retry_s, self._try_again, place)
        finally:
            place.task = None
        if place.behind:
            place.behind = False
            self._turns[place.follower.name] += 1
            self._take_turns(place.follower.name)
        self._tell_rest()

    def _try_again(self, place: _Place) -> None:
        place.again = None
        self._wake(place)

    async def _store(self, place: _Place) -> None:
        reached = place.reached
        if reached is not None and reached != place.stored:
            await asyncio.to_thread(self._engine.store.set_cursor, place.follower.name, place.stream, reached)
            place.stored = reached

    async def _catch_up(self, place: _Place) -> None:
        """Until there is nothing more that this follower wants."""
        if place.cursor is None:
            place.cursor = place.stored = await asyncio.to_thread(self._engine.store.cursor, place.follower.name, place.stream)
        while place.head is None or place.fresh:
            if place.head is None:
                await self._read(place, place.cursor)
            else:
                event = place.fresh[0]
                await self._act(place.follower, event)
                place.done(event)

    async def _read(self, place: _Place, cursor: int) -> None:
        """Follow the log to its end; from there on the news are enough, unless some came while it was read.

        What the follower does not want is not opened: after a crash all of them look at the same minutes, and consoles wait.
        """
        while True:
            head = await asyncio.to_thread(self._engine.store.head, place.stream)  # before the page: what comes later is news
            page = await self._engine.events(place.stream, cursor, PAGE, place.follower.reads)
            for event in page:
                if fact_of(event) in place.follower.reads:  # a retired one may have been lifted to another
                    await self._act(place.follower, event)
                place.cursor = cursor = event.seq
            if not page:
                break
        place.cursor = cursor = max(cursor, head)
        if place.told <= cursor:
            place.head = cursor

    async def _act(self, follower: Follower, event: Event[Fact]) -> None:
        for place, (stream, command) in enumerate(await follower.act(event)):
            key = f"{follower.name}:{event.stream}:{event.seq}:{place}"
            cause = event.seq if stream == event.stream else None
            try:
                await self._engine.submit(stream, command, SYSTEM, key=key, cause=cause)
            except StoreUnavailable:  # that is no answer: the event must be looked at again
                raise
            except KeyReused:  # something else was carried out under this key: what should happen did not, and people must know
                log.exception("follower %s: the key %s came before with another command", follower.name, key)
                await self._tell("key_reused", {"follower": follower.name, "stream": event.stream, "seq": str(event.seq)})
            except Refusal as refusal:  # a rule said no: that is an answer, asking again would not change it
                log.warning("follower %s: %s refused on %s: %s", follower.name, command, stream, refusal)

    async def _tell(self, warning: str, data: dict[str, str]) -> None:
        if self._warn is not None:
            await self._warn(warning, data)
