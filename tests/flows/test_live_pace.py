"""A busy view leaves at its own pace, and holds up none of the others."""

import asyncio
from dataclasses import replace
from typing import Any

import msgspec

from kaibo.kit.engine import Engine
from kaibo.kit.live import LiveHub
from kaibo.stores.memory import MemoryStore
from tests.flows.toy import AMY, TOY, AddWord

A = "show/a"
SLOW = replace(TOY.views[0], name="toy.slow", pace_ms=3_600_000)


class Paper:
    """A way out that writes down what it is given."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.came = asyncio.Event()

    def write(self, payload: bytes, frame: bytes) -> bool:
        self.messages.append(msgspec.json.decode(payload))
        self.came.set()
        return True

    def drained(self) -> bool:
        return True

    async def until(self, seq: int) -> list[set[str]]:
        """The views of each message up to this seq."""
        while not self.messages or self.messages[-1]["seq"] < seq:
            self.came.clear()
            await self.came.wait()
        heard, self.messages = self.messages, []
        return [set(message["views"]) for message in heard]


def test_a_view_with_a_pace_waits_for_it_and_the_others_do_not() -> None:
    async def run() -> None:
        engine = Engine(
            (replace(TOY, views=(*TOY.views, SLOW)),), MemoryStore(), clock=lambda: 1000, allows=lambda roles, duty, fold: "x"
        )
        engine.start()
        hub, paper, late = LiveHub(engine, lambda: 1000), Paper(), Paper()
        await engine.submit(A, AddWord(word="one"), AMY)
        await hub.subscribe(paper, A, {"toy.words": None, "toy.slow": None})  # type: ignore[arg-type]
        assert await paper.until(1) == [{"toy.words", "toy.slow"}]
        await engine.submit(A, AddWord(word="two"), AMY)
        assert await paper.until(2) == [{"toy.words", "toy.slow"}]  # the first after a rest leaves at once
        await engine.submit(A, AddWord(word="three"), AMY)
        assert await paper.until(3) == [{"toy.words"}]
        await hub.subscribe(late, A, {"toy.slow": None})  # type: ignore[arg-type]
        assert late.messages[-1]["views"]["toy.slow"]["rows"] == {"all": {"words": ["one", "two", "three"]}}
        await engine.stop()

    async def in_time() -> None:
        async with asyncio.timeout(20):
            await run()

    asyncio.run(in_time())
