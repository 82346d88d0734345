"""Every fake at one address with a clock of its own, and somebody who asks."""

from collections.abc import AsyncIterator

import httpx
import pytest

from kaibo.fakes.messenger import Messenger, messenger_served

NOW = 1_700_000_000


class Clock:
    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[Messenger]:
    async with messenger_served(clock=clock) as served:
        yield served


@pytest.fixture
async def web(fake: Messenger) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=fake.url, trust_env=False, timeout=5) as client:
        yield client
