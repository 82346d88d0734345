"""Followers: every event at least once, its command exactly once, whatever breaks in between."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any

import pytest

from kaibo.core.event import Command, Event, Fact
from kaibo.kit.engine import Engine
from kaibo.kit.react import BEHIND_AT_ONCE, FRESH_MAX, Follower, Following
from kaibo.stores.contract import Record
from kaibo.stores.memory import MemoryStore
from tests.flows.toy import AMY, AddWord, Gate, WordAdded, engine_on, told, words_in

A, B = "show/a", "show/b"


class Echo:
    """Answers each word with `word!` (on the stream it says), as often as it is asked; notes what it saw."""

    def __init__(self, to: str = B) -> None:
        self.to = to
        self.saw: list[tuple[str, int]] = []
        self.fails = 0

    async def act(self, event: Event[Any]) -> Sequence[tuple[str, Command]]:
        self.saw.append((event.stream, event.seq))
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the shop does not answer")
        return [(self.to, AddWord(word=f"{event.fact.word}!"))] if not event.fact.word.endswith("!") else []

    def follower(self) -> Follower:
        return Follower("echo", (WordAdded,), self.act)


async def until(done: Callable[[], bool]) -> None:
    """Wait for something that follows the log."""
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110  a follower has no event for it
            await asyncio.sleep(0)


async def cursor_at(engine: Engine, stream: str, seq: int) -> None:
    await until(lambda: engine.store.cursor("echo", stream) == seq)


def following(echo: Echo, story: Callable[[Engine, Following], Awaitable[None]], store: MemoryStore) -> None:
    async def run(engine: Engine) -> None:
        follows = Following(engine, [echo.follower()], retry_s=0)
        await follows.start()
        try:
            await story(engine, follows)
        finally:
            await follows.stop()

    told(run, store)


def test_each_event_is_answered_and_the_cursor_is_kept() -> None:
    echo, store = Echo(), MemoryStore()

    async def story(engine: Engine, follows: Following) -> None:
        for word in ("one", "two", "three"):
            await engine.submit(A, AddWord(word=word), AMY)
        await cursor_at(engine, A, 3)
        assert words_in(store, engine, B) == ["one!", "two!", "three!"]

    following(echo, story, store)
    again = Echo()

    async def nothing_new(engine: Engine, follows: Following) -> None:
        await engine.submit(A, AddWord(word="four"), AMY)
        await cursor_at(engine, A, 4)
        assert (A, 4) in again.saw
        assert not {(A, 1), (A, 2)} & set(again.saw)  # what was done before the restart is not looked at again

    following(again, nothing_new, store)


def test_what_happened_while_it_was_down_is_done_at_the_start() -> None:
    store = MemoryStore()

    async def alone(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)

    told(alone, store)

    async def story(engine: Engine, follows: Following) -> None:
        await cursor_at(engine, A, 1)
        assert words_in(store, engine, B) == ["one!"]

    following(Echo(), story, store)


class Forgetful(MemoryStore):
    """Cursors cannot be written: as if the process died after acting, every time."""

    def set_cursor(self, reader: str, stream: str, seq: int) -> None:
        raise OSError("power cut")


def test_a_crash_between_the_act_and_the_cursor_doubles_no_command() -> None:
    store, first, second = Forgetful(), Echo(to=A), Echo(to=A)

    async def story(engine: Engine, follows: Following) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        await until(lambda: first.saw.count((A, 1)) >= 3)
        assert words_in(store, engine) == ["one", "one!"]

    following(first, story, store)

    async def after(engine: Engine, follows: Following) -> None:
        await until(lambda: second.saw.count((A, 1)) >= 2)
        assert words_in(store, engine) == ["one", "one!"]
        events = await engine.events(A)
        assert [event.cause for event in events] == [None, 1]
        assert events[1].key == "echo:show/a:1:0"

    following(second, after, store)


def test_an_act_that_raises_is_tried_again_until_it_works() -> None:
    echo, store = Echo(), MemoryStore()
    echo.fails = 5

    async def story(engine: Engine, follows: Following) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        await cursor_at(engine, A, 1)
        assert echo.saw.count((A, 1)) == 6
        assert words_in(store, engine, B) == ["one!"]

    following(echo, story, store)


def test_a_rule_that_says_no_is_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    echo, store = Echo(), MemoryStore()

    async def story(engine: Engine, follows: Following) -> None:
        await engine.submit(B, AddWord(word="one!"), AMY)  # so that the follower's own is refused
        await engine.submit(A, AddWord(word="one"), AMY)
        await engine.submit(A, AddWord(word="two"), AMY)
        await cursor_at(engine, A, 2)
        assert echo.saw.count((A, 1)) == echo.saw.count((A, 2)) == 1
        assert words_in(store, engine, B) == ["one!", "two!"]

    with caplog.at_level(logging.WARNING):
        following(echo, story, store)
    assert sum("toy.taken" in record.message for record in caplog.records) == 1


def test_a_store_that_does_not_take_it_is_no_answer() -> None:
    """Nothing was written, so nothing was said: the event is looked at again."""
    echo, store = Echo(), Gate()

    async def story(engine: Engine, follows: Following) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        store.failures += [OSError("disk full")] * 3
        await cursor_at(engine, A, 1)
        assert words_in(store, engine, B) == ["one!"]
        assert echo.saw.count((A, 1)) == 4  # three times in vain

    following(echo, story, store)


def test_one_stream_that_stumbles_holds_up_no_other() -> None:
    store, saw = MemoryStore(), []

    async def act(event: Event[Any]) -> Sequence[tuple[str, Command]]:
        if event.stream == A:
            raise ConnectionError("always")
        saw.append(event.fact.word)
        return []

    async def run(engine: Engine) -> None:
        follows = Following(engine, [Follower("echo", (WordAdded,), act)], retry_s=0)
        await engine.submit(A, AddWord(word="stuck"), AMY)
        await engine.submit(B, AddWord(word="fine"), AMY)
        await cursor_at(engine, B, 1)
        assert saw == ["fine"]
        assert store.cursor("echo", A) == 0
        await follows.stop()

    told(run, store)


class Counted(MemoryStore):
    """Counts how often the log is read, and which facts were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.opened: list[str] = []

    def read(self, stream: str, after: int = 0, limit: int = 1000, tags: Collection[str] = ()) -> list[Record]:
        self.reads += 1
        found = super().read(stream, after, limit, tags)
        self.opened += [record.tag for record in found]
        return found


def test_who_was_away_opens_only_what_it_wants_and_is_done_with_the_rest() -> None:
    class Rung(Fact, frozen=True, kw_only=True, tag="toy.rung"):
        """What no word is."""

    store, echo = Counted(), Echo()

    async def before(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one!"), AMY)

    async def after(engine: Engine) -> None:
        follows = Following(engine, [Follower("bell", (Rung,), echo.act), echo.follower()])
        await follows.start()
        await follows.settled()
        assert [engine.store.cursor(name, A) for name in ("bell", "echo")] == [1, 1]
        assert (store.opened, echo.saw) == (["toy.added"], [(A, 1)])
        await follows.stop()

    told(before, store)
    store.opened.clear()
    told(after, store)


def test_what_has_just_happened_is_handed_on_and_not_read() -> None:
    echo, store = Echo(to=A), Counted()

    async def story(engine: Engine, follows: Following) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        await cursor_at(engine, A, 2)
        read = store.reads
        await engine.submit(A, AddWord(word="two"), AMY)
        await cursor_at(engine, A, 4)
        assert store.reads == read
        assert words_in(store, engine) == ["one", "one!", "two", "two!"]

    following(echo, story, store)


def test_who_wants_nothing_of_the_news_need_not_read_it_later() -> None:
    store = Counted()

    async def run(engine: Engine) -> None:
        deaf = Follower("deaf", (), Echo().act)
        follows = Following(engine, [deaf])
        for word in ("one", "two", "three"):
            await engine.submit(A, AddWord(word=word), AMY)
        await follows.stop()
        assert store.cursor("deaf", A) == 3

    told(run, store)


def test_a_follower_that_is_far_behind_reads_the_log_and_misses_nothing() -> None:
    store, saw, slow = MemoryStore(), list[int](), asyncio.Event()

    async def act(event: Event[Any]) -> Sequence[tuple[str, Command]]:
        await slow.wait()
        saw.append(event.seq)
        return []

    async def run(engine: Engine) -> None:
        follows = Following(engine, [Follower("echo", (WordAdded,), act)])
        for number in range(2 * FRESH_MAX + 10):
            await engine.submit(A, AddWord(word=f"w{number}"), AMY)
        slow.set()
        await follows.settled()
        await engine.submit(A, AddWord(word="last"), AMY)
        await cursor_at(engine, A, 2 * FRESH_MAX + 11)
        assert saw == list(range(1, 2 * FRESH_MAX + 12))
        await follows.stop()

    told(run, store)


def test_news_with_a_gap_send_a_follower_to_the_log() -> None:
    """Another process wrote on the same stream: there is no news of that here."""
    store, echo = MemoryStore(), Echo()

    async def story(engine: Engine, follows: Following) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        await cursor_at(engine, A, 1)
        elsewhere = engine_on(store)
        elsewhere.start()
        await elsewhere.submit(A, AddWord(word="two"), AMY)
        await engine.submit(A, AddWord(word="three"), AMY)
        await cursor_at(engine, A, 3)
        assert [seq for stream, seq in echo.saw if stream == A] == [1, 2, 3]

    following(echo, story, store)


class Slow(MemoryStore):
    """The end of the log takes its time to be found, once."""

    def __init__(self) -> None:
        super().__init__()
        self.at_end, self.go = threading.Event(), threading.Event()

    def read(self, stream: str, after: int = 0, limit: int = 1000, tags: Collection[str] = ()) -> list[Record]:
        found = super().read(stream, after, limit, tags)
        if after == 1 and not self.at_end.is_set():
            self.at_end.set()
            assert self.go.wait(10)
        return found


def test_what_happens_while_the_log_is_read_is_not_missed() -> None:
    store, echo = Slow(), Echo()

    async def run(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        follows = Following(engine, [echo.follower()])
        await follows.start()
        await until(store.at_end.is_set)
        await engine.submit(A, AddWord(word="two"), AMY)
        store.go.set()
        await follows.settled()
        assert [seq for stream, seq in echo.saw if stream == A] == [1, 2]
        await follows.stop()

    told(run, store)


def test_there_is_a_task_only_while_there_is_work() -> None:
    store, echo = MemoryStore(), Echo()

    async def story(engine: Engine, follows: Following) -> None:
        before = asyncio.all_tasks()
        for number in range(50):
            await engine.submit(f"show/{number}", AddWord(word=f"w{number}!"), AMY)
        await follows.settled()
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == before
        assert len(echo.saw) == 50

    following(echo, story, store)


def test_the_start_asks_once_who_is_behind_and_looks_at_nobody_else() -> None:
    store, again = Counted(), Echo()

    async def before(engine: Engine, follows: Following) -> None:
        for number in range(50):
            await engine.submit(f"show/{number}", AddWord(word="w!"), AMY)

    following(Echo(), before, store)
    read = store.reads

    async def after(engine: Engine, follows: Following) -> None:
        await follows.settled()
        assert store.reads == read
        assert again.saw == []

    following(again, after, store)


def test_many_that_are_behind_catch_up_a_few_at_a_time_and_the_stuck_hold_up_none() -> None:
    """Half of a hundred streams are stuck for ever; all others are answered though each turn was taken by a stuck one."""
    store, saw, most = MemoryStore(), set[str](), [0]
    streams = [f"show/{number:03}" for number in range(100)]

    async def alone(engine: Engine) -> None:
        for stream in streams:
            await engine.submit(stream, AddWord(word="w"), AMY)

    async def act(event: Event[Any]) -> Sequence[tuple[str, Command]]:
        most[0] = max(most[0], len(asyncio.all_tasks()))
        if event.stream < "show/050":
            raise ConnectionError("always")
        saw.add(event.stream)
        return []

    async def run(engine: Engine) -> None:
        follows = Following(engine, [Follower("echo", (WordAdded,), act)], retry_s=30)
        await follows.start()
        await until(lambda: len(saw) == 50)
        await follows.stop()

    told(alone, store)
    told(run, store)
    assert saw == set(streams[50:])
    assert most[0] <= BEHIND_AT_ONCE + 4


def test_a_follower_that_hangs_holds_up_no_other_at_the_start() -> None:
    store, saw = MemoryStore(), set[str]()
    streams = [f"show/{number:03}" for number in range(30)]

    async def alone(engine: Engine) -> None:
        for stream in streams:
            await engine.submit(stream, AddWord(word="w"), AMY)

    async def hangs(event: Event[Any]) -> Sequence[tuple[str, Command]]:
        await asyncio.Event().wait()
        return []

    async def act(event: Event[Any]) -> Sequence[tuple[str, Command]]:
        saw.add(event.stream)
        return []

    async def run(engine: Engine) -> None:
        follows = Following(engine, [Follower("hangs", (WordAdded,), hangs), Follower("echo", (WordAdded,), act)])
        await follows.start()
        await until(lambda: len(saw) == 30)
        waits, done = await engine.fold(streams[-1]), await engine.fold(streams[0])
        assert not follows.may_rest(waits)  # its turn has not come
        assert not follows.may_rest(done)  # it hangs there
        await follows.stop()

    told(alone, store)
    told(run, store)


def test_who_was_at_rest_when_news_come_looks_how_far_it_had_come() -> None:
    """The cursor of a follower that slept is behind what another process wrote: the news alone would hide it."""
    store, echo = MemoryStore(), Echo()

    async def before(engine: Engine, follows: Following) -> None:
        await engine.submit(A, AddWord(word="one!"), AMY)
        await follows.settled()

    following(Echo(), before, store)

    async def story(engine: Engine, follows: Following) -> None:
        elsewhere = engine_on(store)
        elsewhere.start()
        await elsewhere.submit(A, AddWord(word="two!"), AMY)
        await engine.submit(A, AddWord(word="three!"), AMY)
        await cursor_at(engine, A, 3)
        assert [seq for stream, seq in echo.saw if stream == A] == [2, 3]

    following(echo, story, store)
