"""All comments of a show in columns: where each batch stands in the log, of what kind each comment is and about which product.

Texts are in the log. What a screen may ask for at once is kept beside, as `Words` of the newest batches.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from kaibo.features.audience.facts import Columns, tidy


@dataclass(slots=True)
class Words:
    """What the comments of one batch say: when (platform time, ms UTC), by which viewer's number, under which name, and tidied."""

    at: Sequence[int]
    by: Sequence[int]
    names: Sequence[str]
    texts: Sequence[str]
    tidied: Sequence[str] | None = None
    tidied_names: Sequence[str] | None = None

    @classmethod
    def of(cls, columns: Columns, tidied: Sequence[str] | None = None) -> Self:
        """Out of an opened batch, whose other columns are then kept by nobody."""
        return cls(columns.comments_at, columns.comments_by, columns.names, columns.texts, tidied)

    def for_search(self) -> tuple[Sequence[str], Sequence[str]]:
        """Texts and names in one spelling, for comparing."""
        if self.tidied is None:
            self.tidied = tidy(self.texts)
        if self.tidied_names is None:
            self.tidied_names = tidy(self.names)
        return self.tidied, self.tidied_names


@dataclass(frozen=True, slots=True)
class Leaf:
    """One batch with comments: its address, the instant it came (ms UTC), and which of the show's comments are its own."""

    seq: int
    at: int
    source: str
    start: int
    stop: int

    @property
    def count(self) -> int:
        """How many comments it has."""
        return self.stop - self.start


@dataclass(slots=True)
class Heard:
    """`seqs`, `ats`, `starts` and `sources` by batch; `kinds` and `about` by comment, in the order of the log."""

    seqs: "array[int]" = field(default_factory=lambda: array("Q"))
    ats: "array[int]" = field(default_factory=lambda: array("Q"))
    starts: "array[int]" = field(default_factory=lambda: array("Q"))
    sources: "array[int]" = field(default_factory=lambda: array("H"))
    kinds: bytearray = field(default_factory=bytearray)
    about: "array[int]" = field(default_factory=lambda: array("H"))
    names: list[str] = field(default_factory=list[str])

    def __len__(self) -> int:
        """How many batches there are."""
        return len(self.seqs)

    def add(self, seq: int, at: int, source: str, kinds: Sequence[int], about: Sequence[int]) -> Leaf:
        """The next batch."""
        if source not in self.names:
            self.names.append(source)
        self.seqs.append(seq)
        self.ats.append(at)
        self.starts.append(len(self.kinds))
        self.sources.append(self.names.index(source))
        self.kinds.extend(kinds)
        self.about.extend(about)
        return self.leaf(len(self) - 1)

    def leaf(self, place: int) -> Leaf:
        """A batch by its place among the others."""
        stop = self.starts[place + 1] if place + 1 < len(self) else len(self.kinds)
        return Leaf(self.seqs[place], self.ats[place], self.names[self.sources[place]], self.starts[place], stop)

    def place(self, seq: int) -> int:
        """The place of the first batch that stands at `seq` or after it; the number of batches when none does."""
        return bisect_left(self.seqs, seq)

    def number(self, ref: str) -> int:
        """Which of the show's comments an address (`seq:index`) of a comment there is means."""
        seq, _, index = ref.partition(":")
        return self.starts[self.place(int(seq))] + int(index)
