"""Followers of the log: reactions and outbound connectors, each with a stored cursor, at their own pace.

A follower sees every event at least once. Its commands carry the key `follower:stream:seq:n`, so that a second
look after a crash changes nothing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kaibo.core.errors import Refusal, StoreUnavailable
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Feature
from kaibo.core.stream import StreamFold
from kaibo.kit.engine import Caller, Engine

log = logging.getLogger("kaibo.react")

PAGE = 500
RETRY_S = 1.0
SYSTEM = Caller(id="system", name="system", roles=frozenset({"system"}))

Act = Callable[[Event[Any]], Awaitable[Sequence[tuple[str, Command]]]]


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
                event: Event[Any], decide: Callable[[Event[Any]], Sequence[tuple[str, Command]]] = reaction.decide
            ) -> Sequence[tuple[str, Command]]:
                return decide(event)

            found.append(Follower(f"{feature.name}.{reaction.name}", reaction.reads, act))
    return found


class Following:
    """Runs the followers over all streams."""

    def __init__(self, engine: Engine, followers: Sequence[Follower], *, retry_s: float = RETRY_S) -> None:
        self._engine = engine
        self._retry_s = retry_s
        self._followers = {follower.name: follower for follower in followers}
        self._wanted: dict[tuple[str, str], asyncio.Event] = {}
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._busy: set[tuple[str, str]] = set()
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        engine.listen(self._on_news)

    async def start(self) -> None:
        """Look at every stream once: what happened while we were down, or was not finished, is done now."""
        for stream in await self._engine.streams():
            for follower in self._followers.values():
                self._wake(follower, stream)

    async def settled(self) -> None:
        """Wait until every follower has done what the log so far asks of it: for a past that is played quickly."""
        await self._at_rest.wait()

    async def stop(self) -> None:
        """End all followers."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tasks.clear()

    def _on_news(self, fold: StreamFold, events: Sequence[Event[Any]], changed: dict[str, set[str]]) -> None:
        del changed
        for follower in self._followers.values():
            if any(isinstance(event.fact, follower.reads) for event in events):
                self._wake(follower, fold.stream)

    def _wake(self, follower: Follower, stream: str) -> None:
        place = (follower.name, stream)
        wanted = self._wanted.setdefault(place, asyncio.Event())
        wanted.set()
        self._busy.add(place)
        self._at_rest.clear()
        if place not in self._tasks:
            self._tasks[place] = asyncio.get_running_loop().create_task(self._follow(follower, stream, wanted))

    async def _follow(self, follower: Follower, stream: str, wanted: asyncio.Event) -> None:
        store = self._engine.store
        cursor: int | None = None
        while True:
            await wanted.wait()
            wanted.clear()
            try:
                if cursor is None:
                    cursor = await asyncio.to_thread(store.cursor, follower.name, stream)
                reached = await self._catch_up(follower, stream, cursor)
                if reached != cursor:
                    await asyncio.to_thread(store.set_cursor, follower.name, stream, reached)
                    cursor = reached
            except Exception:
                log.exception("follower %s stumbled on %s after %s", follower.name, stream, cursor)
                await asyncio.sleep(self._retry_s)
                wanted.set()
            if not wanted.is_set():
                self._busy.discard((follower.name, stream))
                if not self._busy:
                    self._at_rest.set()

    async def _catch_up(self, follower: Follower, stream: str, cursor: int) -> int:
        while page := await self._engine.events(stream, cursor, PAGE):
            for event in page:
                if isinstance(event.fact, follower.reads):
                    await self._act(follower, event)
                cursor = event.seq
        return cursor

    async def _act(self, follower: Follower, event: Event[Any]) -> None:
        for place, (stream, command) in enumerate(await follower.act(event)):
            key = f"{follower.name}:{event.stream}:{event.seq}:{place}"
            cause = event.seq if stream == event.stream else None
            try:
                await self._engine.submit(stream, command, SYSTEM, key=key, cause=cause)
            except StoreUnavailable:  # that is no answer: the event must be looked at again
                raise
            except Refusal as refusal:  # a rule said no: that is an answer, asking again would not change it
                log.warning("follower %s: %s refused on %s: %s", follower.name, command, stream, refusal)
