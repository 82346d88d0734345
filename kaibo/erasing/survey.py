"""Looks through the logs before anything is erased: who is known, and what would go."""

import asyncio
from collections.abc import Iterator

from kaibo.core.erasing import Viewer
from kaibo.core.feature import WORKSPACE
from kaibo.erasing.logs import Gathered, Logs
from kaibo.features.erasure.shown import AlikeViewer, WouldErase
from kaibo.features.show.shown import LIST
from kaibo.features.show.slices import STAGE
from kaibo.kit.engine import Engine

EVER = 2**62  # whoever was heard before the end of time
ALIKE_MAX = 8
ALIKE_CHARS_MIN = 2  # a single sign is in everybody's name


async def on_air(engine: Engine) -> set[str]:
    """The shows on air. The list of shows is a moment behind: a show itself says that it has ended."""
    rows = (await engine.fold(WORKSPACE)).rows(LIST)
    live = [show_id for show_id, row in rows.items() if row.state == "live"]
    return {show_id for show_id in live if not (await engine.fold(f"show/{show_id}")).slice(STAGE).ended}


class LogSurvey:
    """A survey of all logs, in a thread; one after another, since each reads all there is."""

    def __init__(self, engine: Engine, logs: Logs) -> None:
        self._engine = engine
        self._logs = logs
        self._turn = asyncio.Semaphore(1)

    async def platforms(self) -> tuple[str, ...]:
        async with self._turn:
            return tuple(sorted(await asyncio.to_thread(self._logs.platforms)))

    async def look(self, platform: str, viewer: str) -> WouldErase:
        platforms = await self.platforms()
        if not viewer or platform not in platforms:
            return WouldErase(platform_known=platform in platforms, viewer_known=False, platforms=platforms)
        live = await on_air(self._engine)
        async with self._turn:
            return await asyncio.to_thread(self._look, platform, viewer, platforms, live)

    def _look(self, platform: str, viewer: str, platforms: tuple[str, ...], live: set[str]) -> WouldErase:
        them = {stream: found for stream, found in self._gathered(platform, viewer) if found.viewer}
        staff = self._logs.staff(lambda source, one: (source, one) == (platform, viewer))
        if not them and staff is None:
            found = self._alike(platform, viewer)
            alike = tuple(AlikeViewer(viewer=one, name=name) for one, name in found[:ALIKE_MAX])
            more = len(found) - len(alike)
            return WouldErase(platform_known=True, viewer_known=False, platforms=platforms, alike=alike, alike_more=more)
        theirs = [(stream, found.untold(stream)) for stream, found in them.items()]
        copied = self._copied(theirs, [each for each in (staff, *(one for _, one in theirs)) if each is not None])
        shows = {stream for stream, _ in copied if stream != WORKSPACE} | {
            stream for stream, found in them.items() if found.fresh
        }
        return WouldErase(
            platform_known=True,
            viewer_known=True,
            platforms=platforms,
            names=tuple(sorted({name for _, one in theirs for name in one.names})),
            comments=sum(found.fresh for found in them.values()),
            copies=len(copied),
            shows=len(shows),
            on_air=tuple(sorted(show_id for show_id in live if f"show/{show_id}" in them)),
        )

    def _copied(self, theirs: list[tuple[str, Viewer]], of: list[Viewer]) -> set[tuple[str, int]]:
        """What would be rewritten beside their own comments: (stream, seq)."""
        copied = {(stream, before.seq) for stream, one in theirs for before, _ in self._logs.changes(stream, one, copies=True)}
        return copied | {(WORKSPACE, before.seq) for one in of for before, _ in self._logs.changes(WORKSPACE, one)}

    def _gathered(self, platform: str, viewer: str) -> Iterator[tuple[str, Gathered]]:
        for stream in self._logs.shows():
            yield stream, self._logs.gather(stream, lambda source, one: (source, one) == (platform, viewer), EVER)

    def _alike(self, platform: str, typed: str) -> list[tuple[str, str]]:
        """Viewers who are called so, or whose pseudonym is a part of what was typed, or the other way round; the very name first."""
        wanted, found = typed.casefold(), dict[str, str]()
        for viewer, name in self._logs.writers(platform):
            known, called = viewer.casefold(), name.casefold()
            like = wanted in known or wanted in called or (len(known) > ALIKE_CHARS_MIN and known in wanted)
            if called == wanted or (like and len(wanted) >= ALIKE_CHARS_MIN):
                found[viewer] = name
        return sorted(found.items(), key=lambda one: one[1].casefold() != wanted)
