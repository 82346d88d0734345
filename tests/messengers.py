"""A fake messenger beside a served house, each on a loop of its own."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator

from kaibo.fakes.messenger import Messenger, Which, messenger_served

WAIT_S = 60


@contextlib.contextmanager
def messenger(which: Which = "all", clock: Callable[[], float] | None = None) -> Iterator[Messenger]:
    """Served on loopback until the block ends."""
    ready, over = threading.Event(), threading.Event()
    found: list[Messenger] = []

    async def serve() -> None:
        async with messenger_served(which, clock=clock) as fake:
            found.append(fake)
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(WAIT_S), "the messenger did not start"
    try:
        yield found[0]
    finally:
        over.set()
        thread.join(WAIT_S)
