"""The whole house without its web door, on a clock that stands still."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from kaibo.app import App, build
from kaibo.config import Settings
from kaibo.core.event import Command
from kaibo.features.show.commands import AirShow, PlanShow
from kaibo.kit.engine import Caller

NOW = 1_764_331_200_000
SHOW = "show/s"
DIRECTOR = Caller(id="lin", name="小林", roles=frozenset({"director", "planner"}))
OPERATIONS = Caller(id="zhe", name="阿哲", roles=frozenset({"operations"}))
SOURCE = Caller(id="src", name="companion", roles=frozenset({"source"}))


@asynccontextmanager
async def opened(data: Path | None = None) -> AsyncIterator[App]:
    app = build(Settings(data_dir=data), clock=lambda: NOW)
    await app.start()
    try:
        async with asyncio.timeout(30):
            yield app
    finally:
        await app.stop()


def told(story: Callable[[App], Awaitable[None]], data: Path | None = None) -> None:
    async def run() -> None:
        async with opened(data) as app:
            await story(app)

    asyncio.run(run())


async def plan(app: App, *more: Command, simulated: bool = True) -> None:
    """A show on air, and whatever else; the simulated platform answers in one that is simulated."""
    planned = PlanShow(show_id="s", title="場", starts_at=NOW, ends_at=NOW + 3_600_000, simulated=simulated)
    await app.engine.submit(SHOW, planned, DIRECTOR)
    await app.engine.submit(SHOW, AirShow(), DIRECTOR)
    for command in more:
        await app.engine.submit(SHOW, command, DIRECTOR)


async def facts(app: App, kind: type[Any]) -> list[Any]:
    return [event.fact for event in await app.engine.events(SHOW, 0, 100_000) if isinstance(event.fact, kind)]
