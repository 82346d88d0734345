"""Followers end: what happens meanwhile neither holds them up nor is lost."""

import asyncio

from kaibo.kit.engine import Engine
from kaibo.kit.react import Following
from kaibo.stores.memory import MemoryStore
from tests.flows.test_react import A, B, Echo
from tests.flows.toy import AMY, AddWord, told


def test_a_stream_that_rests_or_goes_on_while_the_followers_stop_holds_up_nobody() -> None:
    echo, store, loops = Echo(), MemoryStore(), list[asyncio.AbstractEventLoop]()
    keep, kept = store.set_cursor, list[tuple[str, int]]()

    async def run(engine: Engine) -> None:
        follows = Following(engine, [echo.follower()], retry_s=0)
        await follows.start()
        for stream in (A, B, "show/c", "show/e"):
            await engine.submit(stream, AddWord(word="over!"), AMY)
        await follows.settled()
        for place in follows._places.values():
            place.stored = 0  # as if none of it was written down yet
        loops.append(asyncio.get_running_loop())

        async def meanwhile() -> None:
            follows.rested("show/c")
            follows.rested("show/e")
            await engine.submit("show/d", AddWord(word="late"), AMY)

        def set_cursor(reader: str, stream: str, seq: int) -> None:
            if not kept:
                asyncio.run_coroutine_threadsafe(meanwhile(), loops[0]).result(10)
            kept.append((stream, seq))
            keep(reader, stream, seq)

        store.set_cursor = set_cursor  # type: ignore[method-assign]
        await follows.stop()
        assert {(A, 1), (B, 1)} <= set(kept)
        assert ("show/d", 1) not in echo.saw  # it is looked at after the next start

    told(run, store)
