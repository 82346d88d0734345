"""Keeps the archives: when a show ends, hourly while its log grows, and when somebody asks."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from kaibo.archive.kept import Archived, archive_folder, read_about, without_archive
from kaibo.beside import Beside
from kaibo.core.codec import Codec
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE
from kaibo.features import FEATURES
from kaibo.features.show.facts import ShowEnded
from kaibo.features.show.shown import LIST
from kaibo.kit.engine import Engine
from kaibo.kit.react import Follower
from kaibo.stores.contract import LogStore

log = logging.getLogger("kaibo.archive")

PAGE = 100  # a batch holds up to 5,000 items, so a page stays below half a million of them
EVERY_S = 3600.0


def archive_show(store: LogStore, data_dir: Path, show_id: str) -> Archived | None:
    """Archive a show from its log; None when there is no such show."""
    from kaibo.archive.write import write_archive  # noqa: PLC0415  Arrow is loaded by the process that writes an archive, by no server

    stream = f"show/{show_id}"
    if store.head(stream) == 0:
        return None
    return write_archive(show_id, _log_of(store, stream), FEATURES, archive_folder(data_dir, show_id))


def behind(store: LogStore, data_dir: Path, show_id: str) -> int:
    """How many facts the log holds that the archive does not."""
    about = read_about(archive_folder(data_dir, show_id))
    return store.head(f"show/{show_id}") - (about.seq if about else 0)


def _log_of(store: LogStore, stream: str) -> Iterator[Event[Fact]]:
    codec = Codec([fact for feature in FEATURES for fact in feature.facts])
    seq = 0
    while records := store.read(stream, seq, PAGE):
        yield from (codec.unpack(record.body) for record in records)
        seq = records[-1].seq


class Archivist:
    """Runs beside the server. The work is done by a process of its own, so that no screen waits for it."""

    def __init__(self, engine: Engine, data_dir: Path, run: Callable[[str], Awaitable[None]] | None = None) -> None:
        """`run` archives one show; by default `kaibo archive` in a process of its own."""
        self._engine = engine
        self._data_dir = data_dir
        self._beside = Beside("archive", data_dir)
        self._run = run or self._beside
        self._task: asyncio.Task[None] | None = None

    def follower(self) -> Follower:
        """Archives a show that ended."""

        async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
            await self._archive(event.stream.partition("/")[2])
            return ()

        return Follower("archive", (ShowEnded,), act)

    def start(self) -> None:
        """Begin the hourly rounds."""
        self._task = asyncio.get_running_loop().create_task(self._hourly())

    async def stop(self) -> None:
        """End the rounds, and the work under way: what it had written is swept away by the next."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._beside.stop()

    async def _hourly(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            await self.go_round()

    async def go_round(self) -> None:
        """Archive every show that was on air and whose log is longer than its archive: on air now, or paid and refunded since."""
        shows = (await self._engine.fold(WORKSPACE)).rows(LIST)
        for show_id, row in shows.items():
            if row.state != "planned" and await asyncio.to_thread(behind, self._engine.store, self._data_dir, show_id):
                await self._archive(show_id)

    def without(self, show_id: str) -> AbstractContextManager[bool]:
        """There is no archive of this show afterwards, and none is made meanwhile; whether there was one."""
        return without_archive(archive_folder(self._data_dir, show_id))

    async def again(self, show_id: str) -> None:
        """Archive a show whose archive was thrown away. One that fails is made by the next round."""
        await self._archive(show_id)

    async def _archive(self, show_id: str) -> None:
        try:
            await self._run(show_id)
        except OSError:
            log.exception("%s could not be archived; the next round tries again", show_id)
