"""The keeper: a stream is in memory while somebody needs it, and is the same when it comes back."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from kaibo.core.errors import KeyReused, NotFound
from kaibo.core.stream import StreamFold
from kaibo.kit import keeper, keys, live, pace
from kaibo.kit.engine import Engine
from kaibo.kit.react import Follower, Following
from kaibo.stores.contract import Record
from kaibo.stores.memory import MemoryStore
from tests.flows.test_react import Echo, until
from tests.flows.toy import AMY, AddWord, EnsureWord, Gate, engine_on, told, words_in
from tests.live_client import Screen
from tests.served import do, row, served

A, B = "show/a", "show/b"


async def seq_of(engine: Engine, stream: str) -> int:
    return (await engine.fold(stream)).view_seq


async def rests(engine: Engine) -> None:
    """As after a minute in which nobody came."""
    engine.keeper.idle_s = 0
    await engine.keeper.tend()
    engine.keeper.idle_s = 60


def words(fold: StreamFold) -> tuple[str, ...]:
    shown: Any = fold.row("toy.words", "all")
    return shown.words


def test_who_is_needed_by_nobody_rests_and_comes_back_as_it_was() -> None:
    async def story(engine: Engine) -> None:
        for word in ("one", "two"):
            await engine.submit(A, AddWord(word=word), AMY)
        await engine.keeper.tend()
        assert engine.folded(A) is not None  # a moment ago somebody was here
        await rests(engine)
        assert engine.in_memory() == []
        assert words(await engine.fold(A)) == ("one", "two")
        assert (await engine.submit(A, AddWord(word="three"), AMY)).seq == 3

    told(story)


@pytest.mark.parametrize("recent", [0, 2000])
def test_a_key_is_answered_as_before_over_a_rest_and_beyond_what_is_kept(recent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "RECENT_MAX", recent)

    async def story(engine: Engine) -> None:
        first = await engine.submit(A, AddWord(word="one"), AMY, key="k1")
        await engine.submit(A, AddWord(word="two"), AMY, key="k2")
        await engine.submit(A, EnsureWord(word="two"), AMY, key="nothing")
        for _ in range(2):
            assert await engine.submit(A, AddWord(word="one"), AMY, key="k1") == first  # and not "it is there already"
            assert (await engine.submit(A, AddWord(word="two"), AMY, key="k2")).events == (2,)
            assert (await engine.submit(A, EnsureWord(word="two"), AMY, key="nothing")).events == ()
            with pytest.raises(KeyReused):
                await engine.submit(A, AddWord(word="three"), AMY, key="k1")
            await rests(engine)
        assert words_in(engine.store, engine) == ["one", "two"]

    told(story)


def test_a_key_on_its_way_to_the_disk_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "RECENT_MAX", 0)
    store = Gate()

    async def story(engine: Engine) -> None:
        store.open.clear()
        asks = [asyncio.create_task(engine.submit(A, AddWord(word="x"), AMY, key="k")) for _ in range(5)]
        await asyncio.to_thread(store.arrived.wait, 10)
        await asyncio.sleep(0)
        store.open.set()
        assert {receipt.events for receipt in await asyncio.gather(*asks)} == {(1,)}

    told(story, store)


def test_what_is_on_its_way_to_the_disk_holds_its_room() -> None:
    store = Gate()

    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        store.arrived.clear()
        store.open.clear()
        asked = asyncio.create_task(engine.submit(A, AddWord(word="two"), AMY))
        await asyncio.to_thread(store.arrived.wait, 10)
        await rests(engine)
        assert len(engine.in_memory()) == 1
        store.open.set()
        await asked
        await rests(engine)
        assert engine.in_memory() == []

    told(story, store)


def test_who_reads_across_a_wait_reads_the_room_that_goes_on() -> None:
    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        held = await engine.fold(A)
        await rests(engine)
        assert engine.in_memory() == []
        await engine.submit(A, AddWord(word="two"), AMY)
        assert await engine.fold(A) is held
        assert words(held) == ("one", "two")

    told(story)


def test_who_looks_back_sees_it_as_it_was_and_waits_while_it_is_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(engine: Engine) -> None:
        for word in ("one", "two", "three"):
            await engine.submit(A, AddWord(word=word), AMY)
        assert [words(await engine.fold_as_of(A, seq)) for seq in (1, 2, 3, 9)] == [
            ("one",), ("one", "two"), ("one", "two", "three"), ("one", "two", "three"),
        ]  # fmt: skip
        assert words(await engine.fold(A)) == ("one", "two", "three")
        begun: list[str] = []
        monkeypatch.setattr(engine.keeper, "_fold_until", lambda stream, seq: begun.append(stream) or StreamFold(stream, ()))
        async with engine.keeper.shut(A):
            back = asyncio.create_task(engine.keeper.as_of(A, 1))
            with pytest.raises(NotFound):
                await engine.fold(B)  # as long as it would have taken
            assert begun == []
        await back
        assert begun == [A]

    told(story)


def test_one_load_serves_all_who_ask_and_outlives_who_gives_up() -> None:
    loads, go = list[str](), threading.Event()

    class Slow(MemoryStore):
        def read(self, stream: str, after: int = 0, limit: int = 1000) -> list[Record]:
            if threading.current_thread().name.startswith("kaibo-loader"):
                loads.append(stream)
                assert go.wait(10)
            return super().read(stream, after, limit)

    store = Slow()

    async def story(engine: Engine) -> None:
        go.set()
        await engine.submit(A, AddWord(word="one"), AMY)
        await rests(engine)
        await until(lambda: not engine.keeper._left)  # the writer holds what it wrote for a moment
        loads.clear()
        go.clear()
        one, two = (asyncio.create_task(engine.fold(A)) for _ in range(2))
        await until(lambda: bool(loads))
        one.cancel()
        with pytest.raises(asyncio.CancelledError):
            await one
        go.set()
        assert words(await two) == ("one",)
        assert len(loads) == 2  # the page, and the empty one after it

    told(story, store)


class Guest:
    """A tenant that tells when it is asked, and does something then."""

    def __init__(self, meanwhile: Callable[[], Awaitable[object]]) -> None:
        self.meanwhile = meanwhile
        self.may = True
        self.gone: list[str] = []

    def may_rest(self, fold: StreamFold) -> bool:
        return self.may

    async def before_rest(self, fold: StreamFold) -> None:
        await self.meanwhile()

    def rested(self, stream: str) -> None:
        self.gone.append(stream)


def test_a_tenant_may_say_no_and_who_comes_in_at_the_last_moment_stays() -> None:
    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        guest = Guest(lambda: engine.submit(A, AddWord(word="two"), AMY))
        engine.keeper.admit(guest)
        guest.may = False
        await rests(engine)
        assert words(await engine.fold(A)) == ("one",)
        guest.may = True
        await rests(engine)
        fold = engine.folded(A)
        assert fold is not None
        assert (words(fold), guest.gone) == (("one", "two"), [])
        guest.meanwhile = lambda: asyncio.sleep(0)
        await rests(engine)
        assert guest.gone == [A]

    told(story)


def test_followers_write_down_where_they_were_and_hold_what_they_work_on() -> None:
    store, echo = MemoryStore(), Echo()

    async def story(engine: Engine) -> None:
        follows = Following(engine, [echo.follower(), Follower("deaf", (), echo.act)], retry_s=30)
        echo.fails = 1
        await engine.submit(A, AddWord(word="one!"), AMY)
        await until(lambda: bool(echo.saw))
        await asyncio.sleep(0)
        await rests(engine)
        assert engine.folded(A) is not None  # it is stuck there, and will try again
        await engine.submit(B, AddWord(word="two!"), AMY)
        await until(lambda: store.cursor("echo", B) == 1 and follows._busy == {("echo", A)})
        await rests(engine)
        assert [fold.stream for fold in engine.in_memory()] == [A]
        assert store.cursor("deaf", B) == 1
        await engine.submit(B, AddWord(word="three!"), AMY)
        await until(lambda: store.cursor("echo", B) == 2)
        assert echo.saw == [(A, 1), (B, 1), (B, 2)]
        await follows.stop()

    told(story, store)


def test_a_screen_holds_its_show_and_a_show_nobody_looks_at_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LINGER_S", 0)
    with served() as house:
        owner, engine = house.owner(), house.app.engine
        do(owner, "show", "s1", "show.plan", show_id="s1", title="夜場", starts_at=1, ends_at=2)
        house.call(house.app.following.settled())
        with Screen(owner) as screen:
            screen.subscribe("show/s1", "show.head")
            house.call(rests(engine))
            assert "show/s1" in {fold.stream for fold in engine.in_memory()}
            do(owner, "show", "s1", "show.edit", title="早場")
            screen.until(house.call(seq_of(engine, "show/s1")))
            assert screen.rows["show.head"]["show"]["title"] == "早場"
        house.call(until(lambda: "show/s1" not in house.app.hub._channels))
        house.call(house.app.following.settled())
        house.call(rests(engine))
        assert "show/s1" not in {fold.stream for fold in engine.in_memory()}
        assert row(owner, "show/s1", "show.head", "show")["title"] == "早場"


def test_nobody_waits_for_a_house_that_stops_while_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "READ_PAGE", 10)
    monkeypatch.setattr(pace, "WORK_S", 0)
    reading, go = threading.Event(), threading.Event()

    class Slow(MemoryStore):
        def read(self, stream: str, after: int = 0, limit: int = 1000) -> list[Record]:
            if after == 10:
                reading.set()
                assert go.wait(10)
            assert after < 30, "it loads on though the house stops"
            return super().read(stream, after, limit)

    store = Slow()

    async def before(engine: Engine) -> None:
        for number in range(100):
            await engine.submit(A, AddWord(word=f"w{number}"), AMY)

    async def run() -> None:
        engine = engine_on(store)
        engine.start()
        opening = asyncio.create_task(engine.fold(A))
        await asyncio.to_thread(reading.wait, 10)
        stopping = asyncio.create_task(engine.stop())
        await until(engine.keeper._closing.is_set)
        go.set()
        await stopping
        with pytest.raises(asyncio.CancelledError):
            await opening

    told(before, store)
    asyncio.run(run())
