"""Erases what a viewer wrote: in every log that is not on air, in what was copied from it, and in the files beside it.

The order makes it safe to be ended at any point and begun again: copies of a show's words elsewhere go first, the show itself last
and in one step; what is erased already is left.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Protocol

from kaibo.core.erasing import Viewer
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE, tag_of
from kaibo.erasing.logs import Change, IsThem, Logs
from kaibo.erasing.survey import LogSurvey, on_air
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.erasure.commands import FailErasure, NoteErased, WaitErasure
from kaibo.features.erasure.facts import ErasureAsked, SweepAsked, WaitsWhy
from kaibo.features.erasure.shown import KEY_LOST, Erasure, Erasures
from kaibo.features.show.facts import ShowEnded
from kaibo.kit.engine import Engine
from kaibo.kit.react import SYSTEM, Follower, Warn

log = logging.getLogger("kaibo.erasing")

SWEEP_AGAIN_S = 60.0  # a full disk is not emptied in a second


class Archives(Protocol):
    """Who keeps the archives of shows."""

    def without(self, show_id: str) -> AbstractContextManager[bool]:
        """There is no archive of this show afterwards, and none is made meanwhile; whether there was one."""
        ...

    async def again(self, show_id: str) -> None:
        """Archive a show whose archive was thrown away."""
        ...


class Erasing:
    """Carries out what owners ask for, one after another, beside everything else."""

    def __init__(
        self,
        engine: Engine,
        digest: Callable[..., str],
        *,
        archives: Archives | None = None,
        warn: Warn | None = None,
    ) -> None:
        """`digest` of (platform, pseudonym) tells a viewer, of nothing the key it is under; `warn` tells people."""
        self._engine = engine
        self._digest = digest
        self._archives = archives
        self._warn = warn
        self._logs = Logs(engine.store, engine.codec, engine.features, digest)
        self._turn = asyncio.Lock()
        self.survey = LogSurvey(engine, self._logs)

    def follower(self) -> Follower:
        """Begins when it is asked for, and goes on when a show has ended that it waited for, or an owner waits no longer."""

        async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
            match event.fact:
                case ErasureAsked(erasure_id=erasure_id):
                    await self._carry_out(erasure_id)
                case ShowEnded():
                    for erasure_id in (await self._asked()).waiting_for(event.stream.partition("/")[2]):
                        await self._carry_out(erasure_id)
                case SweepAsked():
                    await self._sweep_now()
                case _:
                    pass
            return ()

        return Follower("erasing", (ErasureAsked, ShowEnded, SweepAsked), act)

    async def look_after(self) -> None:
        """What waits under a key that is gone finds nobody any more: that is told at the start, and not at the end of some show."""
        for erasure_id, erasure in (await self._asked()).asked.items():
            if erasure.under_way:
                await self._has_key(erasure_id, erasure)

    async def _asked(self) -> Erasures:
        asked: Erasures = (await self._engine.fold(WORKSPACE)).state("erasure")
        return asked

    async def _has_key(self, erasure_id: str, erasure: Erasure) -> bool:
        if erasure.key in ("", self._digest()):
            return True
        await self._submit(FailErasure(erasure_id=erasure_id, code=KEY_LOST))
        if self._warn is not None:
            await self._warn("erasure_failed", {})
        return False

    async def _carry_out(self, erasure_id: str) -> None:
        async with self._turn:
            erasure = (await self._asked()).asked[erasure_id]
            if not erasure.under_way or not await self._has_key(erasure_id, erasure):
                return
            await self._erase_staff(erasure_id, erasure)
            while True:
                live = await self._erase_all(erasure_id, erasure)
                if await self._waits(erasure_id, erasure, live) <= await on_air(self._engine):
                    return  # else one ended meanwhile, and nobody would come back to it

    async def _waits(self, erasure_id: str, erasure: Erasure, live: set[str]) -> set[str]:
        """Say what it waits for of the shows on air: those that heard the viewer; else, with traces in the file, all of them."""
        waits = await self._with_words(erasure, live)
        why: WaitsWhy = "words"
        if not waits and (await self._asked()).asked[erasure_id].shows:
            waits, why = live, "file"
            if not waits:
                await self._sweep()
        await self._submit(WaitErasure(erasure_id=erasure_id, show_ids=tuple(sorted(waits)), why=why))
        return waits

    async def _with_words(self, erasure: Erasure, live: set[str]) -> set[str]:
        is_them = self._is_them(erasure)
        found = {show_id: await asyncio.to_thread(self._logs.gather, f"show/{show_id}", is_them, erasure.at) for show_id in live}
        return {show_id for show_id, gathered in found.items() if gathered.viewer}

    async def _sweep_now(self) -> None:
        async with self._turn:
            unswept = [erasure_id for erasure_id, one in (await self._asked()).asked.items() if one.unswept]
            if unswept:
                await self._sweep()
            for erasure_id in unswept:
                await self._submit(WaitErasure(erasure_id=erasure_id))

    async def _erase_all(self, erasure_id: str, erasure: Erasure) -> set[str]:
        """Every show that is not on air; those that are."""
        live = await on_air(self._engine)
        at_rest = [show_id for show_id in await self._show_ids() if show_id not in live]
        for show_id in at_rest:
            await self._erase_show(erasure_id, erasure, show_id)
        for show_id in at_rest:
            await self._erase_orphans(erasure_id, show_id)
        return live

    async def _submit(self, command: Command) -> None:
        await self._engine.submit(WORKSPACE, command, SYSTEM)

    async def _show_ids(self) -> list[str]:
        return [stream.partition("/")[2] for stream in await self._engine.streams("show/")]

    def _is_them(self, erasure: Erasure) -> IsThem:
        return lambda source, viewer: source == erasure.platform and self._digest(source, viewer) == erasure.who

    async def _erase_show(self, erasure_id: str, erasure: Erasure, show_id: str) -> None:
        stream = f"show/{show_id}"
        found = await asyncio.to_thread(self._logs.gather, stream, self._is_them(erasure), erasure.at)
        if found.viewer:
            viewer = found.as_viewer(await self._engine.fold(stream))
            copies = await self._erase_copies(erasure_id, viewer)
            changes = await asyncio.to_thread(self._logs.changes, stream, viewer)
            if changes:
                copies += sum(after.tag != tag_of(AudienceBatch) for _, after in changes)
                await self._submit(NoteErased(erasure_id=erasure_id, show_id=show_id, comments=found.fresh, copies=copies))
                await self._rewrite(stream, erasure_id, lambda: self._logs.changes(stream, viewer))

    async def _erase_orphans(self, erasure_id: str, show_id: str) -> None:
        """What a show was taught of the words that are erased now."""
        stream = f"show/{show_id}"
        if await asyncio.to_thread(self._logs.orphans, stream):
            await self._rewrite(stream, erasure_id, lambda: self._logs.orphans(stream))

    async def _erase_copies(self, erasure_id: str, viewer: Viewer) -> int:
        """What the workspace has of it; how many facts."""
        copies = await asyncio.to_thread(self._logs.changes, WORKSPACE, viewer)
        if copies:
            await self._rewrite(WORKSPACE, erasure_id, lambda: self._logs.changes(WORKSPACE, viewer))
        return len(copies)

    async def _erase_staff(self, erasure_id: str, erasure: Erasure) -> None:
        viewer = await asyncio.to_thread(self._logs.staff, self._is_them(erasure))
        if viewer is not None and (copies := await self._erase_copies(erasure_id, viewer)):
            await self._submit(NoteErased(erasure_id=erasure_id, show_id="", comments=0, copies=copies))

    async def _rewrite(self, stream: str, erasure_id: str, changes: Callable[[], list[Change]]) -> None:
        """Change a log; no snapshot and no archive of before is left. The archive is made anew."""
        show_id, archived = stream.partition("/")[2], False
        with ExitStack() as stack:
            if self._archives is not None and stream != WORKSPACE:
                archived = await asyncio.to_thread(stack.enter_context, self._archives.without(show_id))
            at = self._engine.clock()
            await self._engine.rewrite(stream, lambda: self._logs.write(stream, changes(), at=at, note=erasure_id))
        if archived and self._archives is not None:
            await self._archives.again(show_id)

    async def _sweep(self) -> None:
        """What rewritten rows left in the file. Whoever writes waits as long as the file takes to be written: nobody is on air, or an owner said so."""
        while True:
            try:
                await asyncio.to_thread(self._engine.store.sweep)
            except Exception as error:
                log.exception("the log could not be swept; it is tried again")
                if self._warn is not None:
                    await self._warn("erasure_unswept", {"why": str(error)})
                await asyncio.sleep(SWEEP_AGAIN_S)
            else:
                return
