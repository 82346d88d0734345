"""What the logs hold of a viewer, and writing them anew without it. Synchronous; used in threads, which let the loop in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from kaibo.core.codec import Codec
from kaibo.core.erasing import ERASED, Eraser, Told, Viewer
from kaibo.core.event import Event, Fact
from kaibo.core.feature import WORKSPACE, Feature, fact_of, tag_of
from kaibo.core.stream import StreamFold
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.claim.facts import ClaimsDecided
from kaibo.features.comment.facts import AnswerRemembered, AnswersGiven, KnownAnswer
from kaibo.features.comment.shown import told_of, without_original
from kaibo.features.draw.shown import keywords_in
from kaibo.features.workspace.facts import StaffMarked
from kaibo.kit.pace import Pace
from kaibo.stores.contract import LogStore, Record

PAGE = 100  # a batch may be a hundred kilobytes

IsThem = Callable[[str, str], bool]
"""Whether a pseudonym of a source is the viewer whose words are to be erased."""
Change = tuple[Record, Record]
"""An event as it stands, and as it will."""


@dataclass(slots=True)
class Gathered:
    """What a show's log holds of one viewer: `refs`, the texts of their comments by address; `texts`, the seq at which each was written first.

    `fresh` of their comments are not erased yet. `everyone`: the names of all who wrote.
    """

    viewer: str = ""
    sources: set[str] = field(default_factory=set[str])
    numbers: set[int] = field(default_factory=set[int])
    refs: dict[str, str] = field(default_factory=dict[str, str])
    texts: dict[str, int] = field(default_factory=dict[str, int])
    names: set[str] = field(default_factory=set[str])
    everyone: set[str] = field(default_factory=set[str])
    fresh: int = 0

    def as_viewer(self, fold: StreamFold) -> Viewer:
        """As the erasers of the features want to know them; the show as it is folded tells what their comments were."""
        told = told_of(fold, self.refs)
        return self.told(
            fold.stream, {ref: one._replace(keywords=keywords_in(fold, self.refs[ref])) for ref, one in told.items()}
        )

    def untold(self, stream: str) -> Viewer:
        """Enough to see what would be erased, where no fold is at hand."""
        return self.told(stream, dict.fromkeys(self.refs, Told(0, "")))

    def told(self, stream: str, refs: Mapping[str, Told]) -> Viewer:
        """With what their comments were, by address."""
        names = self.names - {"", ERASED}
        return Viewer(
            self.viewer,
            frozenset(self.sources),
            stream.partition("/")[2],
            frozenset(self.numbers),
            refs,
            {text: seq for text, seq in self.texts.items() if text not in ("", ERASED)},
            frozenset(names),
            frozenset(one for one in self.everyone - names if one.startswith(tuple(names))),
        )

    def hear(self, seq: int, batch: AudienceBatch, is_them: IsThem) -> None:
        """Take in what a batch says of them."""
        people, columns = {batch.people_of, batch.source}, unpack(batch.columns)
        self.everyone.update(columns.names)
        self._meet(batch, people, is_them)
        if not self.viewer or not any(is_them(source, self.viewer) for source in people):
            return
        self.sources |= people
        theirs = [index for index, number in enumerate(columns.comments_by) if number in self.numbers]
        for index in theirs:
            self.refs[f"{seq}:{index}"] = columns.texts[index]
            self.texts.setdefault(columns.texts[index], seq)
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

    def platforms(self) -> set[str]:
        """The sources that ever told of viewers, and the platforms of the team's own accounts."""
        return {
            source for stream in self.shows() for sources in self._alike(stream).values() for source in sources
        } | self._staff()

    def shows(self) -> list[str]:
        """The streams of shows."""
        return self._store.streams("show/")

    def _staff(self) -> set[str]:
        return {event.fact.source for _, event in self.events(WORKSPACE, StaffMarked) if isinstance(event.fact, StaffMarked)}

    def writers(self, platform: str) -> Iterator[tuple[str, str]]:
        """Pseudonyms and names of a platform, once for each comment."""
        for stream in self.shows():
            viewers: dict[int, str] = {}
            for _, event in self.events(stream, AudienceBatch):
                match event.fact:
                    case AudienceBatch() as batch:
                        columns = unpack(batch.columns)
                        viewers.update(enumerate(columns.new_viewers, batch.viewer_base))
                        if platform in (batch.people_of, batch.source):
                            yield from zip(map(viewers.__getitem__, columns.comments_by), columns.names, strict=True)
                    case _:
                        pass

    def staff(self, is_them: IsThem) -> Viewer | None:
        """Whoever of the team this viewer is, by the workspace's list."""
        for _, event in self.events(WORKSPACE, StaffMarked):
            match event.fact:
                case StaffMarked(source=source, viewer=viewer) if is_them(source, viewer):
                    return Viewer(viewer, frozenset({source}))
                case _:
                    pass
        return None

    def changes(self, stream: str, viewer: Viewer, *, copies: bool = False) -> list[Change]:
        """What would be rewritten in a log; `copies` alone are those beside the comments themselves."""
        found: list[Change] = []
        for record, event in self.events(stream, *(fact for fact in self._erasers if not copies or fact is not AudienceBatch)):
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
