"""Back to the first minute: pages of comments out of the log, in both directions, through the same questions as the stream."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from kaibo.core.errors import Invalid
from kaibo.features.audience.facts import unpack
from kaibo.features.comment.heard import Heard, Leaf, Words
from kaibo.features.comment.question import Question
from kaibo.features.comment.stream import Room
from kaibo.features.comment.view import CommentRow

PAGE_MAX = 200
LOOKED_MAX = 30_000  # comments opened for one page: what a seldom word costs at most; the next page goes on from there


class FoundComment(CommentRow, frozen=True, kw_only=True):
    """A comment of the history with its address `seq:index`."""

    ref: str


class CommentPage(msgspec.Struct, frozen=True, kw_only=True):
    """Comments in the order of the log.

    `older` and `newer` are where to go on (`before=`, `after=`), None at the ends of the show. A page may be short, even
    empty, and still have a next one: it looked as far as `looked_from_at` and `looked_to_at` (ms UTC, the server's clock).
    """

    rows: tuple[FoundComment, ...]
    older: str | None
    newer: str | None
    looked_from_at: int | None
    looked_to_at: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place between comments: before the comment at (`seq`, `index`)."""

    seq: int
    index: int


@dataclass(slots=True)
class Search:
    """One page in the making. `back`: towards the first minute."""

    room: Room
    question: Question
    start: Place
    back: bool
    limit: int
    found: list[FoundComment]
    looked: int = 0
    first: int | None = None
    last: int | None = None
    stopped: Place | None = None

    def leaves(self) -> Iterator[Leaf]:
        """The batches to look at, nearest first."""
        heard = self.room.heard
        at = heard.place(self.start.seq)
        places = range(min(at, len(heard) - 1), -1, -1) if self.back else range(at, len(heard))
        for place in places:
            yield heard.leaf(place)

    def wants(self, leaf: Leaf) -> bool:
        """Is the batch worth opening, as far as kinds, products and the start tell?"""
        self.first = leaf.at if self.first is None else min(self.first, leaf.at)
        self.last = leaf.at if self.last is None else max(self.last, leaf.at)
        return any(self._beyond(leaf, index) for index in self.room.asked(leaf, self.question))

    def _beyond(self, leaf: Leaf, index: int) -> bool:
        here = (leaf.seq, index)
        start = (self.start.seq, self.start.index)
        return here < start if self.back else here >= start

    def open(self, leaf: Leaf, columns: bytes) -> bool:
        """Take what answers out of one batch; False when the page is full."""
        words = Words.of(unpack(columns))
        indexes = [i for i in self.room.answering(leaf, words, self.question) if self._beyond(leaf, i)]
        self.looked += leaf.count
        for index in reversed(indexes) if self.back else indexes:
            row = self.room.row(leaf, words, index)
            self.found.append(FoundComment(ref=f"{leaf.seq}:{index}", **msgspec.structs.asdict(row)))
            if len(self.found) >= self.limit:
                self.stopped = Place(leaf.seq, index if self.back else index + 1)
                return False
        if self.looked >= LOOKED_MAX:
            self.stopped = Place(leaf.seq, 0) if self.back else Place(leaf.seq + 1, 0)
            return False
        return True

    def page(self) -> CommentPage:
        """What was found, and where to go on."""
        rows = tuple(reversed(self.found)) if self.back else tuple(self.found)
        here, there = _text(self.stopped), _text(self.start)
        older, newer = (here, there) if self.back else (there, here)
        older = older if self._any_before(older) else None
        return CommentPage(rows=rows, older=older, newer=newer, looked_from_at=self.first, looked_to_at=self.last)

    def _any_before(self, place: str | None) -> bool:
        return place is not None and len(self.room.heard) > 0 and understood_place(place) != start_of(self.room)


def _text(place: Place | None) -> str | None:
    return None if place is None else f"{place.seq}:{place.index}"


def understood_place(text: str) -> Place:
    """`seq:index`. Raises Invalid."""
    seq, _, index = text.partition(":")
    if not (seq.isascii() and seq.isdigit() and index.isascii() and index.isdigit() and len(text) <= 20):
        raise Invalid(where="place", why="seq:index is needed")
    return Place(int(seq), int(index))


def place_at(room: Room, at: int) -> Place:
    """Before the first comment that was heard at `at` (ms UTC, the server's clock) or later; after all of them when none was."""
    found = bisect_left(room.heard.ats, at)
    return Place(room.heard.seqs[found], 0) if found < len(room.heard) else end_of(room)


def end_of(room: Room) -> Place:
    """After the newest comment."""
    return Place(room.heard.seqs[-1] + 1, 0) if room.heard.seqs else Place(0, 0)


def start_of(room: Room) -> Place:
    """Before the first comment."""
    return Place(room.heard.seqs[0], 0) if room.heard.seqs else Place(0, 0)


def neighbours(heard: Heard, leaf: Leaf, back: bool, many: int) -> tuple[int, int]:
    """The first and last seq of the `many` batches from `leaf` on, to be read in one go."""
    at = heard.place(leaf.seq)
    if back:
        return heard.seqs[max(0, at - many + 1)], leaf.seq
    return leaf.seq, heard.seqs[min(len(heard) - 1, at + many - 1)]
