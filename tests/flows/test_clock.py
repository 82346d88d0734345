"""A machine's clock is set while shows are on air, and put right; a log written by a wrong one goes on by a right one."""

import asyncio
from typing import Any

from kaibo.app import build
from kaibo.config import Settings
from kaibo.kit.clock import SteadyClock
from kaibo.kit.engine import Engine
from kaibo.stores.memory import MemoryStore
from tests.flows.toy import AMY, AddWord, engine_on

A = "show/a"
DAY_MS = 86_400_000
NOW = 1_764_331_200_000


class Machine:
    """A clock that can be set, and one that cannot."""

    def __init__(self) -> None:
        self.wall, self.steady = NOW, 5_000

    def go(self, ms: int) -> None:
        self.wall += ms
        self.steady += ms

    def clock(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.steady)


def test_a_jump_ahead_that_is_put_right_is_no_part_of_the_shows_time() -> None:
    machine, told = Machine(), list[int]()
    clock = machine.clock()
    clock.watch(told.append)
    machine.go(1000)
    assert clock() == NOW + 1000
    machine.wall += DAY_MS
    machine.go(1000)
    assert clock() == NOW + 2000
    machine.go(1000)
    assert clock() == NOW + 3000
    assert told == [DAY_MS]  # once
    machine.wall -= DAY_MS
    machine.go(1000)
    assert clock() == NOW + 4000
    machine.wall -= 3_600_000
    machine.go(1000)
    assert clock() == NOW + 5000
    assert told == [DAY_MS, -3_600_000]


def test_small_corrections_are_followed_and_time_never_goes_back() -> None:
    machine, told = Machine(), list[int]()
    clock = machine.clock()
    clock.watch(told.append)
    said = [clock()]
    for step in (300, -900, 40, -5, 1900, -1900):
        machine.wall += step
        machine.go(100)
        said.append(clock())
    assert said == sorted(said)
    machine.go(2000)
    assert clock() == machine.wall
    assert told == []


def test_a_log_that_is_a_day_ahead_goes_on_by_the_clock_as_it_is() -> None:
    """It was written while the clock was wrong, and the house was started again since: seq says what came first."""
    store, now = MemoryStore(), [NOW + DAY_MS]

    async def run() -> None:
        engine = engine_on(store, clock=lambda: now[0])
        engine.start()
        await engine.submit(A, AddWord(word="ahead"), AMY)
        await engine.stop()
        now[0] = NOW
        again: Engine = engine_on(store, clock=lambda: now[0])
        again.start()
        await again.submit(A, AddWord(word="right"), AMY)
        now[0] += 1000
        await again.submit(A, AddWord(word="on"), AMY)
        events = await again.events(A)
        assert [(event.seq, event.at) for event in events] == [(1, NOW + DAY_MS), (2, NOW), (3, NOW + 1000)]
        await again.stop()

    asyncio.run(run())


def test_people_are_told_that_the_clock_was_set() -> None:
    machine = Machine()

    async def run() -> None:
        app = build(Settings(data_dir=None), clock=machine.clock())
        await app.start()
        machine.wall += 7_200_000
        app.engine.clock()
        rows: dict[str, Any] = {}
        async with asyncio.timeout(10):
            while not rows:
                await asyncio.sleep(0)
                rows = (await app.engine.fold("workspace/main")).rows("workspace.warnings")
        assert rows["clock_set"].data == {"seconds": "7200"}
        await app.stop()

    asyncio.run(run())
