"""The room as one reads it: a sample that an eye can follow, exact counters beside it, through whatever question is asked.

Every comment is in the log; this table says which ones a screen gets. What it leaves out stands in the history.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceBatch, Columns, tidy, unpack
from kaibo.features.comment.facts import CommentCorrected
from kaibo.features.comment.holds import Holds
from kaibo.features.comment.marks import MARK_FACTS, Marks
from kaibo.features.comment.question import Question, understood, with_words
from kaibo.features.comment.reading import KIND_FACTS, Reader, code_of
from kaibo.features.comment.shop_sheet import SHOP, ShopSheet
from kaibo.features.comment.triage import AFTERSALES, CLASSES, ORDER, QUESTION
from kaibo.features.comment.view import CommentRow
from kaibo.features.moderation.facts import CommentsReleased

ROWS_MAX = 200  # a screen shows thirty; the rest is there so that a pause can be scrolled back a little
RING_COMMENTS = 50_000  # texts kept in memory: an hour and a half of 500 a minute
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
class Leaf:
    """One batch's comments. Kinds and products stay for the whole show; texts (`columns`, `tidied`) while in memory."""

    seq: int
    at: int
    source: str
    kinds: bytearray
    about: "array[int]"
    quota: int
    columns: Columns | None
    tidied: Sequence[str]
    names: Sequence[str] | None = None

    def tidied_names(self, columns: Columns) -> Sequence[str]:
        """The names of those who wrote, for comparing."""
        if self.names is None:
            self.names = tidy(columns.names)
        return self.names


@dataclass(slots=True)
class Room:
    """All batches with comments, and what the last event did to them. `kept_from`: the first leaf whose texts are in memory."""

    shop: ShopSheet
    leaves: list[Leaf] = field(default_factory=list[Leaf])
    by_seq: dict[int, Leaf] = field(default_factory=dict[int, Leaf])
    kept_from: int = 0
    kept: int = 0
    viewers: list[str] = field(default_factory=list[str])
    products: list[str] = field(default_factory=lambda: [""])
    codes: dict[str, int] = field(default_factory=lambda: {"": 0})
    totals: Counter[tuple[int, int]] = field(default_factory=Counter[tuple[int, int]])
    marks: Marks = field(default_factory=Marks)
    holds: Holds = field(default_factory=Holds)
    reader: Reader = field(default_factory=Reader)
    corrected: dict[str, None] = field(default_factory=dict[str, None])
    came: Leaf | None = None
    gone: list[Leaf] = field(default_factory=list[Leaf])
    touched: Sequence[str] = ()
    told_anew: str = ""
    plain: "StreamLens | None" = None

    def fold(self, event: Event[Any]) -> None:
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
        ref = correction.comment_ref
        seq, _, index = ref.partition(":")
        leaf, place = self.by_seq[int(seq)], int(index)
        self.totals[leaf.kinds[place], leaf.about[place]] -= 1
        leaf.kinds[place] = code_of(correction.kind)
        if correction.product_id is not None:
            leaf.about[place] = self._code(correction.product_id)
        self.totals[leaf.kinds[place], leaf.about[place]] += 1
        self.corrected[ref] = None
        self.told_anew = ref

    def _hear(self, event: Event[Any], batch: AudienceBatch) -> None:
        columns, read = unpack(batch.columns), self.reader.read(batch)
        said = zip(read.tidied, columns.comments_at, strict=True)
        about = array("H", [self._code(self.shop.about(text, at)) for text, at in said])
        quota = self._quota(event.at)
        leaf = Leaf(event.seq, event.at, batch.source, bytearray(read.classes), about, quota, columns, read.tidied)
        self.totals.update(zip(leaf.kinds, about, strict=True))
        self.leaves.append(leaf)
        self.by_seq[leaf.seq] = self.came = leaf
        self.kept += batch.comments
        while self.kept > RING_COMMENTS and self.kept_from < len(self.leaves) - 1:
            old = self.leaves[self.kept_from]
            old.columns, old.tidied, old.names = None, (), None
            self.kept -= len(old.kinds)
            self.kept_from += 1
            self.gone.append(old)

    def _quota(self, at: int) -> int:
        """How many rows a batch may add to a screen: as many as the time since the last one allows."""
        since_ms = at - self.leaves[-1].at if self.leaves else 1000
        return min(max(since_ms * SAMPLE_PER_S // 1000, SAMPLE_MIN), SAMPLE_MAX)

    def _code(self, product_id: str) -> int:
        code = self.codes.get(product_id)
        if code is None:
            code = self.codes[product_id] = len(self.products)
            self.products.append(product_id)
        return code

    def remembered(self) -> Iterable[Leaf]:
        """The leaves whose texts are in memory, oldest first."""
        return islice(self.leaves, self.kept_from, None)

    def asked(self, leaf: Leaf, question: Question) -> list[int] | range:
        """Which comments of a batch answer to a question as far as kinds and products tell."""
        indexes: list[int] | range = range(len(leaf.kinds))
        if question.kinds:
            indexes = [index for index in indexes if leaf.kinds[index] in question.kinds]
        if question.product_id:
            code = self.codes.get(question.product_id, -1)
            indexes = [index for index in indexes if leaf.about[index] == code]
        return indexes

    def answering(self, leaf: Leaf, columns: Columns, tidied: Sequence[str], question: Question) -> list[int] | range:
        """Which comments of an opened batch answer to a question."""
        indexes = self.asked(leaf, question)
        if question.words and indexes:
            found = set(with_words(question.words, tidied, leaf.tidied_names(columns)))
            indexes = [index for index in indexes if index in found]
        if question.viewer and indexes:
            numbers = columns.comments_by
            indexes = [index for index in indexes if self.viewers[numbers[index]] == question.viewer]
        return indexes

    def row(self, leaf: Leaf, columns: Columns, index: int) -> CommentRow:
        """One comment of an opened batch."""
        return CommentRow(
            at=columns.comments_at[index],
            viewer=self.viewers[columns.comments_by[index]],
            name=columns.names[index],
            text=columns.texts[index],
            source=leaf.source,
            kind=CLASSES[leaf.kinds[index]],
            product_id=self.products[leaf.about[index]],
            state=self.marks.of.get(f"{leaf.seq}:{index}", "open"),
            corrected=f"{leaf.seq}:{index}" in self.corrected,
            held=self.holds.of.get(f"{leaf.seq}:{index}", ""),
        )


def chosen(leaf: Leaf, indexes: Sequence[int]) -> Sequence[int]:
    """At most the batch's quota of them: first what the team must act on, the rest evenly spread; in the order they came."""
    if len(indexes) <= leaf.quota:
        return indexes
    urgent = [index for index in indexes if leaf.kinds[index] in URGENT][: leaf.quota]
    rest = [index for index in indexes if leaf.kinds[index] not in URGENT]
    room = leaf.quota - len(urgent)
    spread = [rest[place * len(rest) // room] for place in range(room)] if len(rest) > room else rest
    return sorted([*urgent, *spread])


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
        for leaf in self._room.remembered():
            self._take(leaf)

    def fold(self, event: Event[Any]) -> Iterable[str]:
        """What the room's last event changed here."""
        del event
        if self._room.told_anew:  # somebody's stroke: choosing all again is quick enough, and no sample goes astray
            before = self._rows
            self._begin()
            return [TALLY, self._room.told_anew, *(before.keys() ^ self._rows.keys())]
        room, changed = self._room, [ref for ref in self._room.touched if ref in self._rows]
        if room.came is not None:
            changed += [TALLY, *self._take(room.came)]
        for leaf in room.gone:
            matched, sampled = self._counted.pop(leaf.seq, (0, 0))
            self._matched -= matched
            self._sampled -= sampled
            stale = [ref for ref in islice(self._rows, ROWS_MAX) if ref.startswith(f"{leaf.seq}:")]
            changed += stale
            for ref in stale:
                del self._rows[ref]
        return changed

    def _take(self, leaf: Leaf) -> list[str]:
        assert leaf.columns is not None
        indexes = self._room.answering(leaf, leaf.columns, leaf.tidied, self._question)
        came = [f"{leaf.seq}:{index}" for index in chosen(leaf, indexes)]
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
        leaf = self._room.by_seq[int(seq)]
        assert leaf.columns is not None
        return self._room.row(leaf, leaf.columns, int(index))

    def _tally(self) -> TallyRow:
        room, question = self._room, self._question
        if not room.leaves:
            return TallyRow()
        first = room.leaves[room.kept_from if question.reads_texts else 0]
        count = self._matched if question.reads_texts else total(room, question)
        return TallyRow(count=count, since_at=first.at, matched=self._matched, sampled=self._sampled)


def total(room: Room, question: Question) -> int:
    """How many comments of the show answer to a question of kinds and product."""
    code = room.codes.get(question.product_id, -1) if question.product_id else None
    return sum(
        number
        for (kind, about), number in room.totals.items()
        if (not question.kinds or kind in question.kinds) and (code is None or about == code)
    )


def fold_stream(room: Room, event: Event[Any], touched: Touched) -> Iterable[str]:
    """Without a question everything is asked for."""
    del touched
    if room.plain is None:
        room.plain = StreamLens(room, Question())
    room.fold(event)
    return room.plain.fold(event)


def stream_keys(room: Room) -> Iterable[str]:
    """Addresses of the newest sampled comments, and the tally."""
    return room.plain.listed() if room.plain else (TALLY,)


def stream_row(room: Room, key: str) -> CommentRow | TallyRow | None:
    """One comment, or the tally."""
    return room.plain.get(key) if room.plain else TallyRow() if key == TALLY else None


def stream_lens(room: Room, query: str) -> StreamLens:
    """The room through a question. Raises Invalid."""
    return StreamLens(room, understood(query))


STREAM = View(
    name="comment.stream",
    row=CommentRow,
    beside=(TallyRow,),
    reads=(*KIND_FACTS, *MARK_FACTS, CommentsReleased),
    state=Room,
    fold=fold_stream,
    keys=stream_keys,
    get=stream_row,
    duty="comment.read",
    over=(SHOP,),
    pace_ms=100,
    lens=stream_lens,
)
