"""What is told of an order, read in the order in which it happened: the same whatever of it was told first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from kaibo.features.audience.slices import BEHIND_MS_MIN
from kaibo.features.order.facts import OrderKind, OrderLine

TWIN_MS_MAX = BEHIND_MS_MIN  # a clock that is off by less is not measured: so far apart two sources may tell of one refund

Lines = tuple[OrderLine, ...]
Thing = tuple[str, str]  # product_id, variant as the order names it


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that was told: a payment without lines pays for the order as it stood, a refund without lines gives back all.

    `said_at`: the instant as its source said it, where its clock was set right by what was known of it then, else 0; `by`: the source,
    "" for that which the order is named after. What is told again is known by these and by `refund_id`, and they say nothing of what happened.
    """

    kind: OrderKind
    at: int
    lines: Lines = ()
    said_at: int = field(default=0, compare=False)
    by: str = ""
    refund_id: str = ""

    def repeats(self, other: "Word") -> bool:
        """Whether one source said these very words before: what is known of its clock may have changed meanwhile."""
        if self.kind == "refunded" and self.refund_id and other.refund_id:
            return self.refund_id == other.refund_id and self.by == other.by
        said = (other.kind, other.lines, other.by, other.said_at or other.at)
        return (self.kind, self.lines, self.by, self.said_at or self.at) == said


Words = tuple[Word, ...]
NOT_ALL = OrderLine(product_id="", price_minor=0)  # ends the lines of a payment of which others were not understood


@dataclass(frozen=True, slots=True)
class Refund:
    """Something given back; `lines` as told, none for all that was left; `units` is what it gave back of them."""

    at: int
    lines: Lines
    units: Lines
    amount_minor: int
    cancelled: bool = False
    refund_id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of an order. Instants are platform time (ms UTC), None for what is not known or did not happen.

    `short`: refunds as told that are more than was left. `buyer` and cue are no part of it.
    """

    placed_at: int | None = None
    lines: Lines = ()
    paid_at: int | None = None
    paid_lines: Lines = ()
    own_lines: bool = False
    cancelled_at: int | None = None
    refunds: tuple[Refund, ...] = ()
    short: Words = ()


def read(words: Words) -> Reading:
    """All that was told, as it happened. Nothing but a payment that says for what can stand in for the order itself."""
    versions, paid_at = _of("created", words), _first_at("paid", words)
    own = next((word.lines for word in _own(words) if not versions or NOT_ALL not in word.lines), ())
    if not versions and not own:
        return Reading()
    lines = _as_of(versions, paid_at) if versions else own
    placed_at = versions[0].at if versions else paid_at
    if paid_at is None:
        return Reading(placed_at=placed_at, lines=lines, cancelled_at=_first_at("cancelled", words))
    paid = own or lines
    purse = _Purse(paid_at, things(paid), worth(paid))
    for word in sorted(once(word for word in words if word.kind in ("refunded", "cancelled")), key=_turn):
        purse.give(word, paid)
    return Reading(
        placed_at=placed_at,
        lines=lines,
        paid_at=paid_at,
        paid_lines=paid,
        own_lines=bool(own),
        cancelled_at=purse.cancelled_at,
        refunds=tuple(purse.refunds),
        short=tuple(purse.short),
    )


def kept(words: Words) -> Words:
    """Those that matter, or may when something else is told: a later cancellation, say, never does."""
    paid_at, all_back = _first_at("paid", words), _all_back(words)
    placed = [word for word in _of("created", words) if paid_at is None or word.at <= paid_at]
    whole = [word for word in _of("refunded", words) if not word.lines]
    parts = [word for word in words if word.kind == "refunded" and word.lines]
    firsts = (_of("created", words), _of("paid", words), _own(words), _of("cancelled", words), whole)
    matter = {*placed, *parts, *(each[0] for each in firsts if each)}
    return tuple(
        word
        for word in dict.fromkeys(words)
        if word in matter and (word.kind != "refunded" or all_back is None or _turn(word) <= all_back)
    )


def once(words: Iterable[Word]) -> Words:
    """Of parts that several sources tell each is there once; they are alike and hardly apart in time, or have one name.

    A source does not tell one part twice: of two like ones of it each is told again by one of another source at most.
    """
    found: list[Word] = []
    met: set[tuple[int, str]] = set()
    for word in sorted(words, key=_turn):
        twin = next((place for place, each in enumerate(found) if (place, word.by) not in met and _twins(each, word)), None)
        if twin is None:
            found.append(word)
        else:
            met.add((twin, word.by))
    return tuple(found)


def _twins(one: Word, other: Word) -> bool:
    """Whether two sources speak of one part."""
    if one.kind != other.kind or one.by == other.by or not (one.lines and other.lines):
        return False
    if one.refund_id and other.refund_id:
        return one.refund_id == other.refund_id
    return one.lines == other.lines and abs(one.at - other.at) <= TWIN_MS_MAX


def worth(lines: Iterable[OrderLine]) -> int:
    """What all lines come to, in minor units."""
    return sum(line.worth_minor for line in lines)


def units_of(lines: Iterable[OrderLine]) -> Lines:
    """Those that are of goods, and not of money alone."""
    return tuple(line for line in lines if line.quantity)


def things(lines: Iterable[OrderLine]) -> Counter[Thing]:
    """Units by product and variant."""
    found = Counter[Thing]()
    for line in units_of(lines):
        found[line.product_id, line.variant] += line.quantity
    return found


def within(lines: Iterable[OrderLine], has: Counter[Thing]) -> Lines:
    """As much of these lines as there is."""
    left = has.copy()
    found: list[OrderLine] = []
    for line in lines:
        units = min(line.quantity, left[line.product_id, line.variant])
        left[line.product_id, line.variant] -= units
        if units > 0:
            found.append(line if units == line.quantity else msgspec.structs.replace(line, quantity=units))
    return tuple(found)


class _Purse:
    """What is left of a payment while it is given back."""

    def __init__(self, paid_at: int, has: Counter[Thing], left_minor: int) -> None:
        """Nothing was given back yet."""
        self.paid_at, self.has, self.left_minor = paid_at, has, left_minor
        self.refunds: list[Refund] = []
        self.short: list[Word] = []
        self.cancelled_at: int | None = None
        self.closed = False

    def give(self, word: Word, paid: Lines) -> None:
        """Never more than is left, and not before it was paid."""
        part = word.kind == "refunded" and bool(word.lines)
        units = within(word.lines if part else paid, self.has)
        amount = min(worth(word.lines), self.left_minor) if part else self.left_minor
        at, cancelled = max(word.at, self.paid_at), word.kind == "cancelled"
        if part and not self.closed and (amount != worth(word.lines) or units != units_of(word.lines)):
            self.short.append(word)
        self.closed = self.closed or not part
        if not amount and not units:
            return
        self.has -= things(units)
        self.left_minor -= amount
        self.refunds.append(Refund(at, word.lines if part else (), units, amount, cancelled, word.refund_id))
        if cancelled:
            self.cancelled_at = at


def _of(kind: OrderKind, words: Words) -> Sequence[Word]:
    """In the order of their instants; of one instant the later told stands later."""
    return sorted((word for word in words if word.kind == kind), key=_at)


def _own(words: Words) -> Sequence[Word]:
    """Payments that say for what; of one instant in an order of their own, whichever was told first."""
    return sorted((word for word in words if word.kind == "paid" and word.lines), key=_whole_first)


def _whole_first(word: Word) -> tuple[bool, tuple[int, int, str]]:
    return NOT_ALL in word.lines, _turn(word)


def _at(word: Word) -> int:
    return word.at


def _first_at(kind: OrderKind, words: Words) -> int | None:
    return min((word.at for word in words if word.kind == kind), default=None)


def _as_of(versions: Sequence[Word], at: int | None) -> Lines:
    """How it read at an instant (None: now): the newest of the time until then, else the first."""
    before = [word.lines for word in versions if at is None or word.at <= at]
    return before[-1] if before else versions[0].lines


def _all_back(words: Words) -> tuple[int, int, str] | None:
    """When all that was left went back."""
    whole = (word for word in words if word.kind == "cancelled" or (word.kind == "refunded" and not word.lines))
    return min(map(_turn, whole), default=None)


def _turn(word: Word) -> tuple[int, int, str]:
    """Parts of one instant before a cancellation, and that before a refund of all: shops tell both of these together."""
    whole = word.kind == "refunded" and not word.lines
    return word.at, int(word.kind == "cancelled") + 2 * int(whole), repr((word.lines, word.refund_id, word.by))
