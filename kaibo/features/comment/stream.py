"""The room as one reads it: a sample that an eye can follow, exact counters beside it, through whatever question is asked.

Every comment is in the log; this table says which ones a screen gets. What it leaves out stands in the history.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.comment.facts import CommentCorrected
from kaibo.features.comment.heard import Heard, Leaf, Words
from kaibo.features.comment.holds import Holds
from kaibo.features.comment.marks import MARK_FACTS, Marks
from kaibo.features.comment.question import Question, understood, with_words
from kaibo.features.comment.reading import KIND_FACTS, Reader, code_of
from kaibo.features.comment.shop_sheet import SHOP, ShopSheet
from kaibo.features.comment.triage import AFTERSALES, CLASSES, ORDER, QUESTION
from kaibo.features.comment.view import CommentRow
from kaibo.features.moderation.facts import CommentsReleased

ROWS_MAX = 200  # a screen shows thirty; the rest is there so that a pause can be scrolled back a little
WINDOW_COMMENTS = 6_000  # texts kept in memory: twelve minutes of 500 a minute; what is older is a page of the history
SAMPLE_PER_S = 24  # more passes by unread
SAMPLE_MIN, SAMPLE_MAX = 3, 48  # rows of one batch
URGENT = (AFTERSALES, QUESTION, ORDER)  # these are shown before the rest when not all can be
TALLY = "tally"


class TallyRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.stream`, key `tally`: what the rows are a sample of.

    `count`: comments that answer to the question, exact, since `since_at` (ms UTC): the whole show, or for words and
    viewers what is in memory. `matched` of those in memory, `sampled` of which were chosen for screens.
    """

    count: int = 0
    since_at: int = 0
    matched: int = 0
    sampled: int = 0


@dataclass(slots=True)
class Recent:
    """A batch whose texts are in memory. `quota`: how many of its rows a screen may get."""

    leaf: Leaf
    quota: int
    words: Words


@dataclass(slots=True)
class Room:
    """All comments of the show by kind and product, the newest ones with their texts, and what the last event did to them."""

    shop: ShopSheet
    heard: Heard = field(default_factory=Heard)
    recent: dict[int, Recent] = field(default_factory=dict[int, Recent])
    kept: int = 0
    viewers: list[str] = field(default_factory=list[str])
    products: list[str] = field(default_factory=lambda: [""])
    codes: dict[str, int] = field(default_factory=lambda: {"": 0})
    totals: Counter[tuple[int, int]] = field(default_factory=Counter[tuple[int, int]])
    marks: Marks = field(default_factory=Marks)
    holds: Holds = field(default_factory=Holds)
    reader: Reader = field(default_factory=Reader)
    corrected: dict[str, None] = field(default_factory=dict[str, None])
    came: Recent | None = None
    gone: list[Leaf] = field(default_factory=list[Leaf])
    touched: Sequence[str] = ()
    told_anew: str = ""

    def fold(self, event: Event[Fact]) -> None:
        """Take one event in; `came`, `gone`, `touched` and `told_anew` say what it did."""
        self.came, self.gone, self.touched, self.told_anew = None, [], (), ""
        match event.fact:
            case AudienceBatch() as batch:
                self.viewers.extend(unpack(batch.columns).new_viewers)
                if batch.comments:
                    self._hear(event, batch)
            case CommentCorrected() as correction:
                self._correct(correction)
            case _:
                self.reader.fold(event)
                self.touched = tuple(dict.fromkeys((*self.marks.fold(event), *self.holds.fold(event))))

    def _correct(self, correction: CommentCorrected) -> None:
        heard, ref = self.heard, correction.comment_ref
        number = heard.number(ref)
        self.totals[heard.kinds[number], heard.about[number]] -= 1
        heard.kinds[number] = code_of(correction.kind)
        if correction.product_id is not None:
            heard.about[number] = self._code(correction.product_id)
        self.totals[heard.kinds[number], heard.about[number]] += 1
        self.corrected[ref] = None
        self.told_anew = ref

    def _hear(self, event: Event[Fact], batch: AudienceBatch) -> None:
        columns, read = unpack(batch.columns), self.reader.read(batch)
        products = self.shop.about_each(read.tidied, columns.comments_at, read.told)
        codes = self.codes
        about = [codes[product_id] if product_id in codes else self._code(product_id) for product_id in products]
        quota = self._quota(event.at)
        leaf = self.heard.add(event.seq, event.at, batch.source, read.classes, about)
        self.totals.update(zip(read.classes, about, strict=True))
        self.came = self.recent[leaf.seq] = Recent(leaf, quota, Words.of(columns, read.tidied))
        self.kept += leaf.count
        while self.kept > WINDOW_COMMENTS and len(self.recent) > 1:
            old = self.recent.pop(next(iter(self.recent))).leaf
            self.kept -= old.count
            self.gone.append(old)

    def _quota(self, at: int) -> int:
        """How many rows a batch may add to a screen: as many as the time since the last one allows."""
        since_ms = at - self.heard.ats[-1] if self.heard.ats else 1000
        return min(max(since_ms * SAMPLE_PER_S // 1000, SAMPLE_MIN), SAMPLE_MAX)

    def _code(self, product_id: str) -> int:
        code = self.codes.get(product_id)
        if code is None:
            code = self.codes[product_id] = len(self.products)
            self.products.append(product_id)
        return code

    def since_at(self, *, texts: bool) -> int:
        """When the first comment came (ms UTC), of all or of those whose texts are in memory."""
        return next(iter(self.recent.values())).leaf.at if texts else self.heard.ats[0]

    def asked(self, leaf: Leaf, question: Question) -> list[int] | range:
        """Which comments of a batch answer to a question as far as kinds and products tell."""
        indexes: list[int] | range = range(leaf.count)
        if question.kinds:
            kinds = self.heard.kinds[leaf.start : leaf.stop]
            indexes = [index for index in indexes if kinds[index] in question.kinds]
        if question.product_id:
            code, about = self.codes.get(question.product_id, -1), self.heard.about[leaf.start : leaf.stop]
            indexes = [index for index in indexes if about[index] == code]
        return indexes

    def answering(self, leaf: Leaf, words: Words, question: Question) -> list[int] | range:
        """Which comments of an opened batch answer to a question."""
        indexes = self.asked(leaf, question)
        if question.words and indexes:
            found = set(with_words(question.words, *words.for_search()))
            indexes = [index for index in indexes if index in found]
        if question.viewer and indexes:
            indexes = [index for index in indexes if self.viewers[words.by[index]] == question.viewer]
        return indexes

    def chosen(self, recent: Recent, indexes: Sequence[int]) -> Sequence[int]:
        """At most the batch's quota of them: first what the team must act on, the rest evenly spread; in the order they came."""
        if len(indexes) <= recent.quota:
            return indexes
        kinds = self.heard.kinds[recent.leaf.start : recent.leaf.stop]
        urgent = [index for index in indexes if kinds[index] in URGENT][: recent.quota]
        rest = [index for index in indexes if kinds[index] not in URGENT]
        room = recent.quota - len(urgent)
        spread = [rest[place * len(rest) // room] for place in range(room)] if len(rest) > room else rest
        return sorted([*urgent, *spread])

    def row(self, leaf: Leaf, words: Words, index: int) -> CommentRow:
        """One comment of an opened batch."""
        ref, number = f"{leaf.seq}:{index}", leaf.start + index
        return CommentRow(
            at=words.at[index],
            viewer=self.viewers[words.by[index]],
            name=words.names[index],
            text=words.texts[index],
            source=leaf.source,
            kind=CLASSES[self.heard.kinds[number]],
            product_id=self.products[self.heard.about[number]],
            state=self.marks.of.get(ref, "open"),
            corrected=ref in self.corrected,
            held=self.holds.of.get(ref, ""),
        )


class StreamLens:
    """The newest sampled comments that answer to one question, and their tally."""

    def __init__(self, room: Room, question: Question) -> None:
        """Open on what is in memory."""
        self._room = room
        self._question = question
        self._rows: dict[str, None] = {}
        self._counted: dict[int, tuple[int, int]] = {}
        self._matched = self._sampled = 0
        self._begin()

    def _begin(self) -> None:
        self._rows, self._counted = {}, {}
        self._matched = self._sampled = 0
        for recent in self._room.recent.values():
            self._take(recent)

    def fold(self, event: Event[Fact]) -> Iterable[str]:
        """What the room's last event changed here."""
        del event
        if self._room.told_anew:  # somebody's stroke: choosing all again is quick enough, and no sample goes astray
            before = self._rows
            self._begin()
            return [TALLY, self._room.told_anew, *sorted(before.keys() ^ self._rows.keys())]
        room, changed = self._room, [ref for ref in self._room.touched if ref in self._rows]
        if room.came is not None:
            changed += [TALLY, *self._take(room.came)]
        for leaf in room.gone:
            matched, sampled = self._counted.pop(leaf.seq, (0, 0))
            self._matched -= matched
            self._sampled -= sampled
            stale = self._rows_of(leaf)
            changed += stale
            for ref in stale:
                del self._rows[ref]
        return changed

    def _rows_of(self, leaf: Leaf) -> list[str]:
        """The rows of the oldest batch there is: they stand first."""
        start = f"{leaf.seq}:"
        return list(takewhile(lambda ref: ref.startswith(start), self._rows))

    def _take(self, recent: Recent) -> list[str]:
        leaf = recent.leaf
        indexes = self._room.answering(leaf, recent.words, self._question)
        came = [f"{leaf.seq}:{index}" for index in self._room.chosen(recent, indexes)]
        self._counted[leaf.seq] = (len(indexes), len(came))
        self._matched += len(indexes)
        self._sampled += len(came)
        self._rows.update(dict.fromkeys(came))
        left = list(islice(self._rows, max(0, len(self._rows) - ROWS_MAX)))
        for ref in left:
            del self._rows[ref]
        return [*came, *left]

    def listed(self) -> Iterable[str]:
        """Addresses of the rows, oldest first, and the tally."""
        return (*self._rows, TALLY)

    def get(self, key: str) -> CommentRow | TallyRow | None:
        """One comment, or the tally."""
        if key == TALLY:
            return self._tally()
        if key not in self._rows:
            return None
        seq, _, index = key.partition(":")
        recent = self._room.recent[int(seq)]
        return self._room.row(recent.leaf, recent.words, int(index))

    def _tally(self) -> TallyRow:
        room, question = self._room, self._question
        if not room.recent:
            return TallyRow()
        count = self._matched if question.reads_texts else total(room, question)
        since_at = room.since_at(texts=question.reads_texts)
        return TallyRow(count=count, since_at=since_at, matched=self._matched, sampled=self._sampled)


def total(room: Room, question: Question) -> int:
    """How many comments of the show answer to a question of kinds and product."""
    code = room.codes.get(question.product_id, -1) if question.product_id else None
    return sum(
        number
        for (kind, about), number in room.totals.items()
        if (not question.kinds or kind in question.kinds) and (code is None or about == code)
    )


@dataclass(slots=True)
class Plain:
    """The room, and the lens of who asks for everything."""

    room: Room
    lens: StreamLens


def stream_state(shop: ShopSheet) -> Plain:
    """Nothing was said yet."""
    room = Room(shop)
    return Plain(room, StreamLens(room, Question()))


def fold_stream(plain: Plain, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Without a question everything is asked for."""
    del touched
    plain.room.fold(event)
    return plain.lens.fold(event)


def stream_keys(plain: Plain) -> Iterable[str]:
    """Addresses of the newest sampled comments, and the tally."""
    return plain.lens.listed()


def stream_row(plain: Plain, key: str) -> CommentRow | TallyRow | None:
    """One comment, or the tally."""
    return plain.lens.get(key)


def stream_lens(plain: Plain, query: str) -> StreamLens:
    """The room through a question. Raises Invalid."""
    return StreamLens(plain.room, understood(query))


STREAM = View(
    name="comment.stream",
    row=CommentRow,
    beside=(TallyRow,),
    reads=(*KIND_FACTS, *MARK_FACTS, CommentsReleased),
    state=stream_state,
    fold=fold_stream,
    keys=stream_keys,
    get=stream_row,
    duty="comment.read",
    over=(SHOP,),
    pace_ms=30,  # a busy source is sealed in rounds, so a flood comes eight times a second all the same
    lens=stream_lens,
)
