"""What is due is done, once, also when the process ended in between."""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar, Self

import pytest

from kaibo.core.errors import Refusal
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Context, Feature
from kaibo.kit import timers
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.react import SYSTEM
from kaibo.kit.timers import READER, Timers
from kaibo.stores.memory import MemoryStore

STREAM = "show/kitchen"
COOK = Caller(id="cook", name="Cook", roles=frozenset({"cook"}))


class EggPut(Fact, frozen=True, kw_only=True, tag="egg.put"):
    """An egg is in the water until `done_at` (ms)."""

    done_at: int


class EggTaken(Fact, frozen=True, kw_only=True, tag="egg.taken"):
    """And out of it."""

    done_at: int


class PutEgg(Command, frozen=True, kw_only=True, tag="egg.put_in"):
    duty: ClassVar = "egg.cook"
    opens: ClassVar = True
    done_at: int


class TakeEgg(Command, frozen=True, kw_only=True, tag="egg.take"):
    duty: ClassVar = "egg.cook"
    done_at: int


class NoEgg(Refusal):
    code = "egg.none"


def fold(state: list[int], event: Event[Any]) -> None:
    match event.fact:
        case EggPut(done_at=done_at):
            state.append(done_at)
            state.sort()
        case EggTaken(done_at=done_at):
            state.remove(done_at)
        case _:
            pass


def decide(state: list[int], command: PutEgg | TakeEgg, ctx: Context) -> Sequence[Fact]:
    match command:
        case PutEgg(done_at=done_at):
            return [EggPut(done_at=done_at)]
        case TakeEgg(done_at=done_at):
            if done_at not in state or done_at % 2:  # an odd egg sticks
                raise NoEgg
            assert ctx.at >= done_at, "too early"
            return [EggTaken(done_at=done_at)]


def due(state: list[int]) -> tuple[int, Command] | None:
    return (state[0], TakeEgg(done_at=state[0])) if state else None


EGG = Feature(
    name="egg", streams=("show",), facts=(EggPut, EggTaken), commands=(PutEgg, TakeEgg), state=list, fold=fold, decide=decide, due=due
)  # fmt: skip


GOOSE = Feature(
    name="goose", streams=("show",), facts=(), commands=(), reads=(EggPut, EggTaken), state=list, fold=fold, decide=decide,
    due=lambda state: (1, TakeEgg(done_at=1)) if state else None,
)  # fmt: skip


class Kitchen:
    """An engine with timers over a store that outlives it."""

    features: tuple[Feature, ...] = (EGG, GOOSE)

    def __init__(self, store: MemoryStore) -> None:
        loop = asyncio.get_running_loop()
        self.clock = lambda: int(loop.time() * 1000)
        self.engine = Engine(self.features, store, clock=self.clock, allows=lambda roles, duty, fold: next(iter(roles)))
        self.timers = Timers(self.engine, self.clock, retry_s=0)
        self.news: asyncio.Queue[list[Fact]] = asyncio.Queue()
        self.engine.listen(lambda fold, events, changed: self.news.put_nowait([event.fact for event in events]))

    async def __aenter__(self) -> Self:
        self.engine.start()
        await self.timers.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.timers.stop()
        await self.engine.stop()

    async def put(self, done_at: int) -> None:
        await self.engine.submit(STREAM, PutEgg(done_at=done_at), COOK)
        assert await self.news.get() == [EggPut(done_at=done_at)]

    async def heard(self) -> list[Fact]:
        return await asyncio.wait_for(self.news.get(), 5)


def facts(store: MemoryStore) -> list[str]:
    return [record.tag for record in store.read(STREAM)]


def even(at: int) -> int:
    return at + at % 2


def test_each_egg_is_taken_out_in_order_of_time_and_not_before() -> None:
    async def story() -> None:
        async with Kitchen(MemoryStore()) as kitchen:
            later, sooner = even(kitchen.clock() + 40), even(kitchen.clock() + 20)
            await kitchen.put(later)
            await kitchen.put(sooner)
            assert await kitchen.heard() == [EggTaken(done_at=sooner)]
            assert await kitchen.heard() == [EggTaken(done_at=later)]

    asyncio.run(story())


def test_what_fell_due_while_nobody_ran_is_done_once_at_the_next_start() -> None:
    store = MemoryStore()

    async def killed() -> None:
        kitchen = Kitchen(store)
        await kitchen.timers.stop()  # it listens from its making on: what it sends may still be written when the loop has ended
        kitchen.engine.start()
        await kitchen.engine.submit(STREAM, PutEgg(done_at=even(kitchen.clock() + 60_000)), COOK)
        await kitchen.engine.submit(STREAM, PutEgg(done_at=2), COOK)  # and no timer was running

    async def restarted() -> list[str]:
        async with Kitchen(store) as kitchen:
            if facts(store).count("egg.taken") == 0:
                await kitchen.heard()
        return facts(store)

    asyncio.run(killed())
    assert asyncio.run(restarted()) == ["egg.put", "egg.put", "egg.taken"]
    assert asyncio.run(restarted()) == ["egg.put", "egg.put", "egg.taken"]


def test_a_refused_command_is_asked_once_for_each_change_and_holds_up_no_other_feature() -> None:
    """The goose wants an egg that never was in the water, and wants it earlier than everybody."""
    store = MemoryStore()

    async def story() -> None:
        async with Kitchen(store) as kitchen:
            await kitchen.engine.submit(STREAM, PutEgg(done_at=2), COOK)
            assert await kitchen.heard() == [EggPut(done_at=2)]
            assert await kitchen.heard() == [EggTaken(done_at=2)]
            await asyncio.gather(*kitchen.timers._tasks)
            assert kitchen.timers._wanted == {}

    asyncio.run(story())
    assert facts(store) == ["egg.put", "egg.taken"]


def test_a_store_that_fails_is_asked_again() -> None:
    store = MemoryStore()
    append, failures = store.append, iter([False, True])  # the egg is put, and then the disk is full

    def failing(appends: Any) -> Any:
        if next(failures, False):
            raise OSError("disk full")
        return append(appends)

    store.append = failing

    async def story() -> None:
        async with Kitchen(store) as kitchen:
            await kitchen.put(even(kitchen.clock() + 10))
            assert len(await kitchen.heard()) == 1
            assert next(failures, None) is None

    asyncio.run(story())
    assert facts(store) == ["egg.put", "egg.taken"]


def test_a_stream_at_rest_is_not_folded_again_at_the_next_start() -> None:
    store = MemoryStore()

    async def story() -> None:
        async with Kitchen(store) as kitchen:
            await kitchen.engine.submit(STREAM, PutEgg(done_at=2), COOK)
            await kitchen.heard()
            await kitchen.heard()

    asyncio.run(story())
    assert store.cursor(READER, STREAM) == 2

    async def again() -> None:
        async with Kitchen(store) as kitchen:
            assert kitchen.engine.folded(STREAM) is None
            assert await kitchen.engine.submit(STREAM, PutEgg(done_at=3), SYSTEM)

    asyncio.run(again())


class Quiet(Kitchen):
    """Without the goose: what its timers write down is the eggs' alone."""

    features = (EGG,)


def test_what_is_due_days_later_wakes_the_stream_and_does_not_hold_it() -> None:
    """The next start folds nothing; when the egg is done, the stream is woken and the egg taken."""
    store = MemoryStore()

    async def planned() -> None:
        async with Quiet(store) as kitchen:
            await kitchen.put(even(kitchen.clock() + 3_600_000))
            soon = even(kitchen.clock() + 60)
            await kitchen.put(soon)

    asyncio.run(planned())
    (wake_at,) = store.wakes().values()
    assert store.cursor(READER, STREAM) == 2

    async def woken() -> None:
        async with Quiet(store) as kitchen:
            assert kitchen.engine.folded(STREAM) is None
            assert await kitchen.heard() == [EggTaken(done_at=wake_at)]

    asyncio.run(woken())
    assert facts(store) == ["egg.put", "egg.put", "egg.taken"]
    assert store.wakes()[STREAM] > wake_at


def test_what_a_killed_house_wrote_down_too_early_is_asked_for_again() -> None:
    """An instant of before stands in the store, but the log went on: the log is looked at, whatever the instant says."""
    store = MemoryStore()
    store.set_wake(STREAM, 1)

    async def killed() -> None:
        engine = Engine((EGG,), store, clock=lambda: 2, allows=lambda roles, duty, fold: next(iter(roles)))
        engine.start()
        await engine.submit(STREAM, PutEgg(done_at=2), COOK)

    async def restarted() -> None:
        async with Quiet(store) as kitchen:
            assert await kitchen.heard() == [EggTaken(done_at=2)]

    asyncio.run(killed())
    asyncio.run(restarted())
    assert store.wakes() == {}


def test_what_is_due_soon_holds_its_stream_and_what_is_due_later_wakes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()

    async def story() -> None:
        async with Quiet(store) as kitchen:
            engine = kitchen.engine
            engine.keeper.idle_s = 0
            done_at = even(kitchen.clock() + 150)
            await kitchen.put(done_at)
            await engine.keeper.tend()
            assert len(engine.in_memory()) == 1
            monkeypatch.setattr(timers, "SOON_MS", 0)
            await engine.keeper.tend()
            assert engine.in_memory() == []
            assert store.wakes() == {STREAM: done_at}
            assert await kitchen.heard() == [EggTaken(done_at=done_at)]
            await engine.keeper.tend()
            assert store.wakes() == {}

    asyncio.run(story())
