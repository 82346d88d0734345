"""How many different people: exact up to a million, beyond that a sketch that tells its error."""

import zlib
from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kaibo.analysis.hll import SIGMA, Hashes, Sketch
from kaibo.features.audience.facts import AudienceBatch, unpack

EXACT_MAX = 1_000_000
AT_LEISURE = 500  # fingerprints worked out with each batch: as many as a busy room has newcomers, and a third of a millisecond
SPAN = 20  # minutes a Presence looks back: two windows of ten
WINDOW = 10
NEVER = -1
Number = TypeVar("Number", bound=np.generic)
_EVER = np.uint32(1 << 31)
_WINDOWS = np.uint32((1 << SPAN) - 1)


def grown(array: NDArray[np.generic], size: int, fill: int = 0) -> NDArray[np.generic]:
    """The array with room for at least `size`, doubled so that growing costs O(1) each."""
    if size <= len(array):
        return array
    larger = np.full(max(size, 2 * len(array), 1024), fill, array.dtype)
    larger[: len(array)] = array
    return larger


def each_once(values: NDArray[Number]) -> NDArray[Number]:
    """Sorted, each once: np.unique loads all of numpy.ma for it, while a show waits."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def fingerprint(source: str, name: str) -> int:
    """64 bits that stand for one person of one platform, whatever number a show gives them."""
    return int.from_bytes(blake2b(f"{source}\0{name}".encode(), digest_size=8).digest(), "little")


class Newcomers:
    """The new viewers of one batch, and their fingerprints once somebody wants them."""

    __slots__ = ("_hashes", "_names", "_source", "count")

    def __init__(self, names: Sequence[str], source: str) -> None:
        """Viewers of one platform, in the order of their numbers."""
        self._names = names
        self._source = source
        self._hashes: Hashes | None = None
        self.count = len(names)

    @property
    def hashes(self) -> Hashes:
        """Worked out once, for everybody who counts these viewers."""
        if self._hashes is None:
            start = f"{self._source}\0".encode()
            found = b"".join([blake2b(start + name.encode(), digest_size=8).digest() for name in self._names])
            self._hashes, self._names = np.frombuffer(found, "<u8"), ()
        return self._hashes


# Two boards number the same batch; see `unpack`.
@lru_cache(maxsize=8)
def _newcomers(columns: bytes, source: str) -> Newcomers:
    return Newcomers(unpack(columns).new_viewers, source)


class Names:
    """People by dense number, and the fingerprint of each. `exact` while there are few enough to remember each.

    A fingerprint costs more than all the rest of counting somebody, and is wanted only where an order must find its viewer and
    beyond the limit. So a rush of newcomers waits (`_waiting`): of every batch a few are worked off, and from half the limit on
    two for each that comes, so that nothing is left to do at once when it is reached.
    """

    __slots__ = ("_hashes", "_may", "_waiting", "exact_max", "size")

    def __init__(self, exact_max: int = EXACT_MAX) -> None:
        """Nobody."""
        self.exact_max = exact_max
        self.size = 0
        self._hashes: Hashes = np.zeros(0, np.uint64)
        self._waiting: deque[tuple[int, Newcomers]] = deque()
        self._may = 0  # fingerprints that may be worked off now

    @property
    def exact(self) -> bool:
        """Whether everybody is remembered."""
        return self.size <= self.exact_max

    def meet(self, batch: AudienceBatch) -> None:
        """The viewers a batch numbers."""
        fresh = _newcomers(batch.columns, batch.people_of)
        if fresh.count:
            self._waiting.append((batch.viewer_base, fresh))
            self.size = max(self.size, batch.viewer_base + fresh.count)
        self._may += max(AT_LEISURE, 2 * fresh.count if 2 * self.size > self.exact_max else 0)
        while self._waiting and self._waiting[0][1].count <= self._may:
            self._may -= self._waiting[0][1].count
            self._work_off()
        if not self._waiting:
            self._may = 0

    def _work_off(self) -> None:
        base, fresh = self._waiting.popleft()
        self.put(base, fresh.hashes)

    def put(self, base: int, hashes: Hashes) -> None:
        """Fingerprints of the numbers from `base` on."""
        end = base + len(hashes)
        self._hashes = grown(self._hashes, end)  # pyright: ignore[reportAttributeAccessIssue]  same dtype as it had
        self._hashes[base:end] = hashes
        self.size = max(self.size, end)

    @property
    def hashes(self) -> Hashes:
        """The fingerprint of everybody, by number."""
        while self._waiting:
            self._work_off()
        return self._hashes

    @property
    def waiting(self) -> int:
        """How many fingerprints are still to be worked out."""
        return sum(fresh.count for _, fresh in self._waiting)


class Distinct:
    """Distinct people of one part of a show."""

    __slots__ = ("_names", "_sketch", "seen")

    def __init__(self, names: Names) -> None:
        """Nobody of these yet."""
        self._names = names
        self.seen: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._sketch: Sketch | None = None

    def see(self, people: NDArray[np.integer]) -> None:
        """These numbers were here."""
        if not len(people):
            return
        if self._names.exact:
            self.seen = grown(self.seen, int(people.max()) + 1)  # pyright: ignore[reportAttributeAccessIssue]
            self.seen[people] = True
            return
        self.turned().add(self._names.hashes[people])

    def turned(self) -> Sketch:
        """The same as a sketch, beyond a million."""
        if self._sketch is None:
            self._sketch = Sketch()
            self._sketch.add(self._names.hashes[np.flatnonzero(self.seen)])
            self.seen = np.zeros(0, np.bool_)
        return self._sketch

    def copy(self) -> "Distinct":
        """As they stand now."""
        found = Distinct(self._names)
        found.join(self)
        return found

    def join(self, other: "Distinct") -> None:
        """Whoever the other saw was here."""
        if self._names.exact:
            self.seen = grown(self.seen, len(other.seen))  # pyright: ignore[reportAttributeAccessIssue]
            self.seen[: len(other.seen)] |= other.seen
            return
        self.turned().merge(other.turned())

    def count(self, also: NDArray[np.bool_] | None = None) -> int:
        """How many different people; `also`: more of them, by number."""
        if also is None or not also.any():
            return int(np.count_nonzero(self.seen)) if self._names.exact else self.turned().count()
        if self._names.exact:
            joined = np.zeros(max(len(self.seen), len(also)), np.bool_)
            joined[: len(self.seen)] = self.seen
            joined[: len(also)] |= also
            return int(np.count_nonzero(joined))
        together = Sketch()
        together.add(self._names.hashes[np.flatnonzero(also)])
        together.merge(self.turned())
        return together.count()

    @property
    def error(self) -> float:
        """Relative standard error of the count: 0 while it is exact."""
        return 0.0 if self._names.exact else SIGMA


class Presence:
    """Distinct people of the last twenty minutes, and of all time.

    Exact: one bit per minute for each person, bit 0 the newest, bit 31 for ever. Beyond `EXACT_MAX` people a sketch for
    each minute and one for ever.
    """

    __slots__ = ("_names", "_sketches", "bits", "newest")

    def __init__(self, names: Names) -> None:
        """Nobody of these yet."""
        self._names = names
        self.bits: NDArray[np.uint32] = np.zeros(0, np.uint32)
        self.newest = NEVER
        self._sketches: dict[int, Sketch] | None = None  # by minute; NEVER: of all time

    def advance(self, minute: int) -> None:
        """Time has come to this minute (never goes back)."""
        gone = minute - self.newest
        if gone <= 0:
            return
        if self.newest == NEVER or gone >= SPAN:
            self.bits &= _EVER
        else:
            self.bits[:] = ((self.bits << np.uint32(gone)) & _WINDOWS) | (self.bits & _EVER)
        self.newest = minute
        if self._sketches is not None:
            for old in [known for known in self._sketches if NEVER < known <= minute - SPAN]:
                del self._sketches[old]

    def see(self, people: NDArray[np.integer], minute: int) -> None:
        """These numbers were here in that minute; what is older than the span counts for all time only."""
        if not len(people):
            return
        if not self._names.exact:
            self.see_hashes(self._names.hashes[people], minute)
            return
        age = self.newest - minute
        self.bits = grown(self.bits, self._names.size)  # pyright: ignore[reportAttributeAccessIssue]
        self.bits[people] |= _EVER | np.uint32(1 << age) if 0 <= age < SPAN else _EVER

    def see_hashes(self, hashes: Hashes, minute: int) -> None:
        """The same by fingerprint, beyond a million."""
        sketches = self._turn()
        sketches.setdefault(NEVER, Sketch()).add(hashes)
        if 0 <= self.newest - minute < SPAN:
            sketches.setdefault(minute, Sketch()).add(hashes)

    def _turn(self) -> dict[int, Sketch]:
        if self._sketches is None:
            self._sketches = {NEVER: Sketch()}
            for age in range(SPAN):
                people = np.flatnonzero(self.bits & np.uint32(1 << age))
                if len(people):
                    self._sketches.setdefault(self.newest - age, Sketch()).add(self._names.hashes[people])
            self._sketches[NEVER].add(self._names.hashes[np.flatnonzero(self.bits)])
            self.bits = np.zeros(0, np.uint32)
        return self._sketches

    def clear(self) -> None:
        """Nobody was seen by now."""
        self.bits[:] = 0
        self._sketches = None

    def forget(self, person: int) -> None:
        """A number that is counted anew."""
        if person < len(self.bits):
            self.bits[person] = 0

    def count(self, first: int, last: int, also: NDArray[np.uint32] | None = None, among: NDArray[np.bool_] | None = None) -> int:
        """Distinct people of the minutes `newest - last` to `newest - first`, both included; `also`: more bits by number.

        `among`: of these alone, by number; of a sketch it is unknown who is, so of who is in `also` alone.
        """
        mask = np.uint32(((1 << (last - first + 1)) - 1) << first)
        if self._names.exact:
            return int(np.count_nonzero(_only(self._joined(also) & mask, among)))
        if among is not None:
            return 0 if also is None else int(np.count_nonzero(_only(also & mask, among)))
        together, sketches = Sketch(), self._turn()
        if also is not None:
            together.add(self._names.hashes[np.flatnonzero(also & mask)])
        for minute in range(self.newest - last, self.newest - first + 1):
            if (sketch := sketches.get(minute)) is not None:
                together.merge(sketch)
        return together.count()

    def _joined(self, also: NDArray[np.uint32] | None) -> NDArray[np.uint32]:
        if also is None or not len(also):
            return self.bits
        size = max(len(self.bits), len(also))
        joined = np.zeros(size, np.uint32)
        joined[: len(self.bits)] = self.bits
        joined[: len(also)] |= also
        return joined

    def ever(self) -> int:
        """Distinct people of all time."""
        return int(np.count_nonzero(self.bits)) if self._names.exact else self._turn()[NEVER].count()

    def everybody(self) -> NDArray[np.intp]:
        """The numbers of all time, while exact."""
        return np.flatnonzero(self.bits)

    @property
    def error(self) -> float:
        """Relative standard error of the counts: 0 while they are exact."""
        return 0.0 if self._names.exact else SIGMA


def _only(people: NDArray[np.uint32], among: NDArray[np.bool_] | None) -> NDArray[np.uint32]:
    return people if among is None else people[: len(among)][among[: len(people)]]


class Customers(Names):
    """Buyers: numbered as they come, known by (platform, buyer). An order that hides its buyer is a person of its own."""

    __slots__ = ("_numbers",)

    def __init__(self, exact_max: int = EXACT_MAX) -> None:
        """Nobody."""
        super().__init__(exact_max)
        self._numbers: dict[int, int] = {}

    def recount(self, person: int, seen: Sequence[tuple[Presence, int]], groups: Sequence[Presence]) -> None:
        """A person by fingerprint was in these groups in those minutes, and in no other of `groups`; sketches forget nobody."""
        if self.exact and seen:
            number = self._numbers.setdefault(person, len(self._numbers))
            if number == self.size:
                self.put(number, np.array([person], np.uint64))
        if self.exact:
            self._recount(person, seen, groups)
            return
        self._numbers.clear()  # the sketches know everybody by fingerprint
        for group, minute in seen:
            group.see_hashes(np.array([person], np.uint64), minute)

    def _recount(self, person: int, seen: Sequence[tuple[Presence, int]], groups: Sequence[Presence]) -> None:
        number = self._numbers.get(person)
        if number is None:
            return
        for group in groups:
            group.forget(number)
        people = np.array([number])
        for group, minute in seen:
            group.see(people, minute)


def short(hashes: Hashes) -> bytes:
    """Fingerprints cut to 32 bits, sorted, each once: what a show's log carries of earlier shows' buyers."""
    return packed(each_once((hashes >> np.uint64(32)).astype("<u4")))


def packed(shortened: NDArray[np.uint32]) -> bytes:
    """Sorted fingerprints as they stand in a log."""
    return zlib.compress(shortened.astype("<u4").tobytes(), 1)


def opened(shortened: bytes) -> NDArray[np.uint32]:
    """And read again."""
    return np.frombuffer(zlib.decompress(shortened), "<u4") if shortened else np.zeros(0, np.uint32)
