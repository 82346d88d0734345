"""Where passwords are looked at: a few threads of their own, so that they wait for each other and for nothing else."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from kaibo.kit.entry import Crowded

HASHERS = 2  # argon2 takes 64 MB and a core for each
WAITING_MAX = 64

T = TypeVar("T")


class Hashing:
    """A pool that takes no more than it can do."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(HASHERS, "kaibo-password")
        self._waiting = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Do it there; nobody else waits for it. Raises Crowded."""
        if self._waiting >= WAITING_MAX:
            raise Crowded(wait_s=WAITING_MAX // HASHERS // 10)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1

    def soon(self, work: Callable[[], object]) -> None:
        """Do it there when there is time; nobody waits for it."""
        self._threads.submit(work)

    def close(self) -> None:
        """Nothing is looked at any more."""
        self._threads.shutdown(wait=True, cancel_futures=True)
