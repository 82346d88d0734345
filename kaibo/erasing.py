"""Erases what a viewer wrote: in every log that is not on air, in what was copied from it, and in the files beside it.

The order makes it safe to be ended at any point and begun again: copies of a show's words elsewhere go first, the show itself last
and in one step; what is erased already is left.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from typing import Protocol

from msgspec.structs import replace

from kaibo.core.codec import Codec
from kaibo.core.erasing import ERASED, Eraser, Viewer
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE, Feature, fact_of, tag_of
from kaibo.core.stream import StreamFold
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.claim.facts import ClaimsDecided
from kaibo.features.comment.facts import AnswerRemembered, AnswersGiven, KnownAnswer
from kaibo.features.comment.shown import told_of, without_original
from kaibo.features.draw.shown import keywords_in
from kaibo.features.erasure.commands import NoteErased, WaitErasure
from kaibo.features.erasure.facts import ErasureAsked
from kaibo.features.erasure.shown import Erasure, Erasures
from kaibo.features.show.facts import ShowEnded
from kaibo.features.show.shown import LIST
from kaibo.features.show.slices import STAGE
from kaibo.features.workspace.facts import StaffMarked
from kaibo.kit.engine import Engine
from kaibo.kit.pace import Pace
from kaibo.kit.react import SYSTEM, Follower, Warn
from kaibo.stores.contract import LogStore, Record

log = logging.getLogger("kaibo.erasing")

PAGE = 100  # a batch may be a hundred kilobytes
SWEEP_AGAIN_S = 60.0  # a full disk is not emptied in a second

IsThem = Callable[[str, str], bool]
"""Whether a pseudonym of a source is the viewer whose words are to be erased."""
Change = tuple[Record, Record]
"""An event as it stands, and as it will."""


@dataclass(slots=True)
class Gathered:
    """What a show's log holds of one viewer: `refs`, the texts of their comments by address. `fresh` of their comments are not erased yet."""

    viewer: str = ""
    sources: set[str] = field(default_factory=set[str])
    numbers: set[int] = field(default_factory=set[int])
    refs: dict[str, str] = field(default_factory=dict[str, str])
    texts: set[str] = field(default_factory=set[str])
    names: set[str] = field(default_factory=set[str])
    fresh: int = 0

    def as_viewer(self, fold: StreamFold) -> Viewer:
        """As the erasers of the features want to know them; the show as it is folded tells what their comments were."""
        refs = {ref: told._replace(keywords=keywords_in(fold, self.refs[ref])) for ref, told in told_of(fold, self.refs).items()}
        words, names = frozenset(self.texts - {"", ERASED}), frozenset(self.names - {"", ERASED})
        return Viewer(
            self.viewer, frozenset(self.sources), fold.stream.partition("/")[2], frozenset(self.numbers), refs, words, names
        )

    def hear(self, seq: int, batch: AudienceBatch, is_them: IsThem) -> None:
        """Take in what a batch says of them."""
        people, columns = {batch.people_of, batch.source}, unpack(batch.columns)
        self._meet(batch, people, is_them)
        if not self.viewer or not any(is_them(source, self.viewer) for source in people):
            return
        self.sources |= people
        theirs = [index for index, number in enumerate(columns.comments_by) if number in self.numbers]
        for index in theirs:
            self.refs[f"{seq}:{index}"] = columns.texts[index]
            self.texts.add(columns.texts[index])
            self.names.add(columns.names[index])
            self.fresh += index not in columns.told

    def _meet(self, batch: AudienceBatch, people: set[str], is_them: IsThem) -> None:
        """They came with this batch for the first time."""
        for number, viewer in enumerate(unpack(batch.columns).new_viewers, batch.viewer_base):
            if any(is_them(source, viewer) for source in people):
                self.viewer = viewer
                self.numbers.add(number)

    def read(self, decided: ClaimsDecided, is_them: IsThem) -> None:
        """Claims by hand name buyers who may never have written."""
        for one in decided.decisions:
            source, _, viewer = one.buyer.partition("/")
            if (viewer == self.viewer or not self.viewer) and is_them(source, viewer):
                self.viewer = viewer
                self.sources.add(source)
                self.names.add(one.name)


class Logs:
    """The logs, as the eraser reads and rewrites them. Synchronous; used in threads, which let the loop in."""

    def __init__(self, store: LogStore, codec: Codec, features: Sequence[Feature], digest: Callable[[bytes], str]) -> None:
        """`digest` is keyed: what stood somewhere can be told again by it, and not guessed."""
        self._store = store
        self._codec = codec
        self._erasers: dict[type[Fact], Eraser] = {}
        for feature in features:
            self._erasers.update(feature.erases)
        self._digest = digest

    def events(self, stream: str, *facts: type[Fact]) -> Iterator[tuple[Record, Event[Fact]]]:
        """The events of some facts, in order."""
        pace, seq, tags = Pace(), 0, [tag_of(fact) for fact in facts]
        while records := self._store.read(stream, seq, PAGE, tags):
            for record in records:
                yield record, self._codec.unpack(record.body)
                pace()
            seq = records[-1].seq

    def gather(self, stream: str, is_them: IsThem, until: int) -> Gathered:
        """What there is of a viewer in a show that began to hear viewers before `until` (ms UTC): they may have come anew since."""
        alike = self._alike(stream)

        def in_any_name(source: str, viewer: str) -> bool:
            return any(is_them(name, viewer) for name in alike.get(source, {source}))

        return self._gather(stream, in_any_name, until)

    def _alike(self, stream: str) -> dict[str, set[str]]:
        """By source those that tell of the same people, because they tell of one room."""
        found: dict[str, set[str]] = {}
        for _, event in self.events(stream, AudienceBatch):
            match event.fact:
                case AudienceBatch(source=source) as batch:
                    found.setdefault(batch.people_of, {batch.people_of}).add(source)
                case _:
                    pass
        return found

    def _gather(self, stream: str, is_them: IsThem, until: int) -> Gathered:
        found, met = Gathered(), False
        for _, event in self.events(stream, AudienceBatch, ClaimsDecided):
            match event.fact:
                case AudienceBatch() if event.at > until and not met:
                    return Gathered()
                case AudienceBatch() as batch:
                    found.hear(event.seq, batch, is_them)
                    met = met or bool(found.numbers)
                case ClaimsDecided() as decided:
                    found.read(decided, is_them)
                case _:
                    pass
        return found

    def staff(self, is_them: IsThem) -> Viewer | None:
        """Whoever of the team this viewer is, by the workspace's list."""
        for _, event in self.events(WORKSPACE, StaffMarked):
            match event.fact:
                case StaffMarked(source=source, viewer=viewer) if is_them(source, viewer):
                    return Viewer(viewer, frozenset({source}))
                case _:
                    pass
        return None

    def changes(self, stream: str, viewer: Viewer) -> list[Change]:
        """What would be rewritten in a log."""
        found: list[Change] = []
        for record, event in self.events(stream, *self._erasers):
            fact = self._erasers[fact_of(event)](event.fact, event.seq, viewer)
            if fact != event.fact:
                found.append(self._change(record, event, fact))
        return found

    def orphans(self, stream: str) -> list[Change]:
        """Answers that a show was given, of questions that are erased where they were asked."""
        found: list[Change] = []
        for record, event in self.events(stream, AnswersGiven):
            match event.fact:
                case AnswersGiven(answers=answers) as given:
                    erased = {one.show_id for one in answers if self._store.erased(f"show/{one.show_id}")}
                    fact = without_original(given, erased, self._remembered() if erased else ())
                    if fact != given:
                        found.append(self._change(record, event, fact))
                case _:
                    pass
        return found

    def _remembered(self) -> list[KnownAnswer]:
        events = (event.fact for _, event in self.events(WORKSPACE, AnswerRemembered))
        return [fact.known for fact in events if isinstance(fact, AnswerRemembered)]

    def _change(self, record: Record, event: Event[Fact], fact: Fact) -> Change:
        body = self._codec.pack(replace(event, fact=fact))
        return record, Record(record.seq, record.at, record.tag, body, record.key)

    def write(self, stream: str, changes: Sequence[Change], *, at: int, note: str) -> None:
        """Rewrite a log, all of it or nothing."""
        digests = {before.seq: self._digest(before.body) for before, _ in changes}
        self._store.rewrite(stream, [after for _, after in changes], digests, at=at, note=note)


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
        """`digest` of (platform, pseudonym) tells a viewer; `warn` tells people."""
        self._engine = engine
        self._digest = digest
        self._archives = archives
        self._warn = warn
        self._logs = Logs(engine.store, engine.codec, engine.features, digest)
        self._turn = asyncio.Lock()

    def follower(self) -> Follower:
        """Begins when it is asked for, and goes on when a show has ended that it waited for."""

        async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
            match event.fact:
                case ErasureAsked(erasure_id=erasure_id):
                    await self._carry_out(erasure_id)
                case ShowEnded():
                    for erasure_id in (await self._asked()).waiting_for(event.stream.partition("/")[2]):
                        await self._carry_out(erasure_id)
                case _:
                    pass
            return ()

        return Follower("erasing", (ErasureAsked, ShowEnded), act)

    async def _asked(self) -> Erasures:
        asked: Erasures = (await self._engine.fold(WORKSPACE)).state("erasure")
        return asked

    async def _carry_out(self, erasure_id: str) -> None:
        async with self._turn:
            erasure = (await self._asked()).asked[erasure_id]
            await self._erase_staff(erasure_id, erasure)
            while True:
                on_air = await self._erase_all(erasure_id, erasure)
                if not on_air and (await self._asked()).asked[erasure_id].shows:
                    await self._sweep()
                await self._submit(WaitErasure(erasure_id=erasure_id, show_ids=tuple(sorted(on_air))))
                if on_air <= await self._on_air():
                    return  # else one ended meanwhile, and nobody would come back to it

    async def _erase_all(self, erasure_id: str, erasure: Erasure) -> set[str]:
        """Every show that is not on air; those that are."""
        on_air = await self._on_air()
        at_rest = [show_id for show_id in await self._show_ids() if show_id not in on_air]
        for show_id in at_rest:
            await self._erase_show(erasure_id, erasure, show_id)
        for show_id in at_rest:
            await self._erase_orphans(erasure_id, show_id)
        return on_air

    async def _submit(self, command: Command) -> None:
        await self._engine.submit(WORKSPACE, command, SYSTEM)

    async def _show_ids(self) -> list[str]:
        return [stream.partition("/")[2] for stream in await self._engine.streams("show/")]

    async def _on_air(self) -> set[str]:
        """The list of shows is a moment behind: a show itself says that it has ended."""
        rows = (await self._engine.fold(WORKSPACE)).rows(LIST)
        live = [show_id for show_id, row in rows.items() if row.state == "live"]
        return {show_id for show_id in live if not (await self._engine.fold(f"show/{show_id}")).slice(STAGE).ended}

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
        """What rewritten rows left in the file. Nobody is on air: whoever plans a show waits as long as the file takes to be written."""
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
