"""Bytes that no task has any more are thrown away."""

import asyncio
from collections.abc import Sequence
from typing import Any

from kaibo.core.event import Command, Event, Fact
from kaibo.features.task.facts import TaskFileRemoved, TaskRemoved
from kaibo.features.task.slices import TASKS
from kaibo.kit.house import House
from kaibo.kit.react import Follower


def tidying(house: House) -> Follower:
    """A file that was taken away, or whose task was."""
    files = house.files

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        tasks = (await house.engine.fold(event.stream)).slice(TASKS)
        fact: Any = event.fact
        gone = [fact.digest] if isinstance(fact, TaskFileRemoved) else await asyncio.to_thread(files.held, event.stream)
        for digest in gone:
            if not tasks.has(digest):
                await asyncio.to_thread(files.drop, event.stream, digest)
        return ()

    return Follower("task.files", (TaskFileRemoved, TaskRemoved), act)


def followers(house: House) -> list[Follower]:
    """Who tidies up."""
    return [tidying(house)]
