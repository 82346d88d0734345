"""Back to the first minute: pages of comments out of the log, in both directions, through the same questions as the stream."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from kaibo.core.errors import Invalid
from kaibo.features.audience.facts import unpack
from kaibo.features.comment.question import Question
from kaibo.features.comment.stream import Leaf, Room
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
        leaves = self.room.leaves
        at = bisect_left(leaves, self.start.seq, key=lambda leaf: leaf.seq)
        places = range(min(at, len(leaves) - 1), -1, -1) if self.back else range(at, len(leaves))
        for place in places:
            yield leaves[place]

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
        opened = unpack(columns)
        texts = (leaf.tidied or opened.tidied) if self.question.words else ()
        indexes = [i for i in self.room.answering(leaf, opened, texts, self.question) if self._beyond(leaf, i)]
        if leaf.columns is None:
            leaf.names = None  # not kept for batches that are out of memory
        self.looked += len(leaf.kinds)
        for index in reversed(indexes) if self.back else indexes:
            row = self.room.row(leaf, opened, index)
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
        return place is not None and bool(self.room.leaves) and understood_place(place) != Place(self.room.leaves[0].seq, 0)


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
    leaves = room.leaves
    found = bisect_left(leaves, at, key=lambda leaf: leaf.at)
    return Place(leaves[found].seq, 0) if found < len(leaves) else end_of(room)


def end_of(room: Room) -> Place:
    """After the newest comment."""
    return Place(room.leaves[-1].seq + 1, 0) if room.leaves else Place(0, 0)


def start_of(room: Room) -> Place:
    """Before the first comment."""
    return Place(room.leaves[0].seq, 0) if room.leaves else Place(0, 0)


def neighbours(leaves: Sequence[Leaf], leaf: Leaf, back: bool, many: int) -> tuple[int, int]:
    """The first and last seq of the `many` batches from `leaf` on, to be read in one go."""
    at = bisect_right(leaves, leaf.seq, key=lambda one: one.seq) - 1
    if back:
        return leaves[max(0, at - many + 1)].seq, leaf.seq
    return leaf.seq, leaves[min(len(leaves) - 1, at + many - 1)].seq
