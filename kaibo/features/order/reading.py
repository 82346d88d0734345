"""What is told of an order, read in the order in which it happened: the same whatever of it was told first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kaibo.features.audience.slices import BEHIND_MS_MIN
from kaibo.features.order.facts import BY_HAND, OrderKind, OrderLine
from kaibo.features.order.lines import NOT_ALL, Lines, Thing, things, within, worth

TWIN_MS_MAX = BEHIND_MS_MIN  # a clock that is off by less is not measured: so far apart two sources may tell of one refund


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that was told: a payment without lines pays for the order as it stood, a refund without lines gives back all.

    A payment of money alone is its total: it pays so much for the order as it stood.

    `said_at`: the instant as its source said it, where its clock was set right by what was known of it then, else 0; `by`: the source,
    "" for that which the order is named after. What is told again is known by these and by `refund_id` or `payment_id`, and they say nothing of
    what happened; but payments with names of their own add up.
    """

    kind: OrderKind
    at: int
    lines: Lines = ()
    said_at: int = field(default=0, compare=False)
    by: str = ""
    refund_id: str = ""
    payment_id: str = ""

    def __reduce__(self) -> "tuple[type[Word], tuple[object, ...]]":
        """For a snapshot: made at one stroke, where a frozen dataclass with slots is set name by name."""
        return Word, (self.kind, self.at, self.lines, self.said_at, self.by, self.refund_id, self.payment_id)

    def says_as(self, other: "Word") -> bool:
        """Whether it says what another one says, and that one has no name that is news."""
        news = bool(other.payment_id) and self.payment_id != other.payment_id
        return (self.kind, self.lines) == (other.kind, other.lines) and not news

    def repeats(self, other: "Word") -> bool:
        """Whether one source said these very words before: what is known of its clock may have changed meanwhile."""
        if self.kind == "refunded" and self.refund_id and other.refund_id:
            return (self.refund_id, self.by, self.lines) == (other.refund_id, other.by, other.lines)
        if self.kind == "paid" and self.payment_id:
            return (self.payment_id, self.lines) == (other.payment_id, other.lines)
        said = (other.kind, other.lines, other.by, other.said_at or other.at)
        return (self.kind, self.lines, self.by, self.said_at or self.at) == said


Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Refund:
    """Something given back; `lines` as told, none for all that was left; `units` is what it gave back of them."""

    at: int
    lines: Lines
    units: Lines
    amount_minor: int
    cancelled: bool = False
    refund_id: str = field(default="", compare=False)

    def __reduce__(self) -> "tuple[type[Refund], tuple[object, ...]]":
        """For a snapshot, as a Word."""
        return Refund, (self.at, self.lines, self.units, self.amount_minor, self.cancelled, self.refund_id)


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
    words = added_up(words)
    versions, paid_at = _of("created", words), _first_at("paid", words)
    own = next((word.lines for word in _own(words) if not versions or NOT_ALL not in word.lines), ())
    if not versions and not own:
        return Reading()
    lines = _as_of(versions, paid_at) if versions else own
    placed_at = versions[0].at if versions else paid_at
    if paid_at is None:
        return Reading(placed_at=placed_at, lines=lines, cancelled_at=_first_at("cancelled", words))
    own = own or _for_total(words, lines)
    paid = own or lines
    purse = _Purse(paid_at, paid)
    for word in once(word for word in words if word.kind in ("refunded", "cancelled")):
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
    paid_at = _first_at("paid", words)
    all_back = (
        None if paid_at is None else _all_back(words)
    )  # what is not paid cannot be given back, and each that says so is strange
    placed = [word for word in _of("created", words) if paid_at is None or word.at <= paid_at]
    edits = {word.lines: word for word in reversed(_of("created", words)) if word not in placed}  # the first that says so
    whole = [word for word in _of("refunded", words) if not word.lines]
    parts = [word for word in words if word.kind == "refunded" and word.lines]
    firsts = (_of("created", words), _of("paid", words), _own(words), _totals(words), _of("cancelled", words), whole)
    named = [word for word in words if word.payment_id]
    confirms = _of("refunded", words)[:1] if _cancelled_early(words) else ()
    matter = {*placed, *edits.values(), *parts, *named, *_again(words), *(each[0] for each in firsts if each)}
    return tuple(
        word
        for word in dict.fromkeys(words)
        if word in matter and (word.kind != "refunded" or all_back is None or _turn(word) <= all_back or word in confirms)
    )


def unconfirmed(words: Words) -> bool:
    """Whether it reads as refunded only because it had been cancelled before it was paid: nobody said that its money went back."""
    return _cancelled_early(words) and not _of("refunded", words)


def _cancelled_early(words: Words) -> bool:
    cancelled_at, paid_at = _first_at("cancelled", words), _first_at("paid", words)
    return cancelled_at is not None and paid_at is not None and cancelled_at < paid_at


def added_up(words: Words) -> Words:
    """Payments with names of their own as one: of each the newest word. One that says nothing pays for all of the order."""
    named = [word for word in words if word.payment_id]
    if not named:
        return words
    newest = {word.payment_id: word for word in sorted(named, key=_turn)}
    created, paid_at = _of("created", words), _of("paid", words)[0].at
    room = things(_as_of(created, paid_at)) if created else Counter[Thing]()
    whole = Word("paid", paid_at, _together([word.lines for word in newest.values()], room))
    return (*(word for word in words if word.kind != "paid"), whole)


def _together(payments: Sequence[Lines], room: Counter[Thing]) -> Lines:
    """What they come to, nothing where one says nothing: of goods that another one paid for as well this is the money alone.

    `room`: what the order has, as far as it is known; two payments for one and for two of its three pay for three.
    """
    found: list[OrderLine] = []
    for lines in payments if all(payments) else ():
        if _once_more(things(found), things(lines), room):
            found.append(OrderLine(product_id="", price_minor=worth(lines)))
        else:
            found += lines
    money = worth(line for line in found if not line.quantity)
    goods = [line for line in found if line.quantity]
    return (*goods, OrderLine(product_id="", price_minor=money)) if money or (found and not goods) else tuple(goods)


def _once_more(paid: Counter[Thing], has: Counter[Thing], room: Counter[Thing]) -> bool:
    """Whether a payment is for nothing that is not paid for yet."""
    return not has or (bool(paid & has) and not paid + has <= room)


def _again(words: Words) -> Words:
    """The first payment without a name that is none of those that count."""
    said = [*_own(words), *_totals(words)]
    return _other(sorted(said, key=_turn), words) if len(said) > 1 else ()  # nearly always it is one


def _other(said: Sequence[Word], words: Words) -> Words:
    counted = [word for word in said if word.payment_id] or [*_own(words), *_totals(words)][:1]
    others = (word for word in said if not word.payment_id and NOT_ALL not in word.lines)
    return tuple(islice((word for word in others if all(_another(word, each) for each in counted)), 1))


def _another(word: Word, counted: Word) -> bool:
    """It says another amount, or its source says the same of another time."""
    same = word.by == counted.by and word.lines == counted.lines and word.at != counted.at
    return (same and not counted.payment_id) or worth(word.lines) != worth(counted.lines)


def once(words: Iterable[Word]) -> Words:
    """Of parts that several sources tell each is there once, in order; they are alike and hardly apart in time, or have one name.

    A source does not tell one part twice: of two like ones of it each is told again by one of another source at most.
    Of a refund with a name that was told with other lines the newest word counts: its platform put it right.
    """
    found: list[Word] = []
    met: set[tuple[int, str]] = set()
    for word in sorted(_put_right(words), key=_turn):
        twin = next((place for place, each in enumerate(found) if (place, word.by) not in met and _twins(each, word)), None)
        if twin is None:
            found.append(word)
        else:
            met.add((twin, word.by))
    return tuple(found)


def _put_right(words: Iterable[Word]) -> Iterable[Word]:
    every = sorted(words, key=_turn)
    newest = {word.refund_id: word.lines for word in every if word.kind == "refunded" and word.lines}
    return (word for word in every if not (word.refund_id and word.lines) or word.lines == newest[word.refund_id])


def _twins(one: Word, other: Word) -> bool:
    """Whether two sources speak of one part."""
    if one.kind != other.kind or one.by == other.by or not (one.lines and other.lines):
        return False
    if one.refund_id and other.refund_id:
        return one.refund_id == other.refund_id
    return one.lines == other.lines and abs(one.at - other.at) <= TWIN_MS_MAX


class _Purse:
    """What is left of a payment while it is given back; `spared_minor`: so much its lines say more than was paid, because of a coupon."""

    def __init__(self, paid_at: int, paid: Lines) -> None:
        """Nothing was given back yet."""
        self.paid_at, self.has, self.left_minor = paid_at, things(paid), worth(paid)
        self.spared_minor = -sum(line.worth_minor for line in paid if line.worth_minor < 0)
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
        if part and not self.closed and self._beyond(word, units, amount):
            self.short.append(word)
        self.closed = self.closed or not part
        if not amount and not units:
            return
        self.has -= things(units)
        self.left_minor -= amount
        self.refunds.append(Refund(at, word.lines if part else (), units, amount, cancelled, word.refund_id))
        if cancelled:
            self.cancelled_at = at

    def _beyond(self, word: Word, units: Lines, amount: int) -> bool:
        """Whether more is told than is left; of all goods the prices may be told, which a coupon made less."""
        if things(units).total() != things(word.lines).total():
            return True
        over = worth(word.lines) - amount
        return over > (0 if self.has - things(units) else self.spared_minor)


Strange = tuple[Word, str]  # what does not fit, and why


def strange(words: Words, told: Reading) -> Sequence[Strange]:
    """What does not fit, in the order in which it happened, whatever was told first. See OrderOddity for the reasons."""
    if told.placed_at is None:
        return [(word, "unknown_order") for word in words]
    if told.paid_at is None:
        why = "not_paid" if told.cancelled_at is None else "cancelled_already"
        return [(word, why) for word in _of("refunded", words)]
    return [
        *((word, "above_payment") for word in told.short),
        *_otherwise(words, told),
        *((word, "paid_again") for word in _again(words)),
        *_cancelled(words, told),
        *_edited(words, told, told.paid_at),
    ]


def _cancelled(words: Words, told: Reading) -> Iterable[Strange]:
    cancels = _of("cancelled", words)
    if unconfirmed(words):
        yield _of("paid", words)[0], "cancelled_already"
    if (
        cancels and told.cancelled_at is None and cancels[0].by != BY_HAND
    ):  # a person's cancellation is the refund that the shop told
        yield cancels[0], "refunded_already"


def _otherwise(words: Words, told: Reading) -> Iterable[Strange]:
    """A total that is another than that of the order, and nobody says why."""
    if told.own_lines and not _own(words) and worth(told.paid_lines) != worth(told.lines):
        yield _totals(words)[0], "paid_otherwise"


def _edited(words: Words, told: Reading, paid_at: int) -> Iterable[Strange]:
    """The first of them alone: that somebody looks at it."""
    edits = (word for word in _of("created", words) if word.at > paid_at and word.lines != told.lines)
    return ((word, "edited_after_payment") for word in islice(edits, 1))


def _of(kind: OrderKind, words: Words) -> Sequence[Word]:
    """In the order of their instants; of one instant the later told stands later."""
    return sorted((word for word in words if word.kind == kind), key=_at)


def _own(words: Words) -> Sequence[Word]:
    """Payments that say for what; of one instant in an order of their own, whichever was told first."""
    return sorted((word for word in words if word.kind == "paid" and word.lines and not is_total(word)), key=_whole_first)


def is_total(word: Word) -> bool:
    """Whether it is a payment that says how much, and not for what."""
    return word.kind == "paid" and bool(word.lines) and not any(line.quantity or line.product_id for line in word.lines)


def _totals(words: Words) -> Sequence[Word]:
    return sorted(filter(is_total, words), key=_turn)


def _for_total(words: Words, lines: Lines) -> Lines:
    """The lines of the order, and one for what its payment says it was more or less; none where it says the same, or nothing."""
    totals = () if _own(words) else _totals(words)
    over = worth(totals[0].lines) - worth(lines) if totals else 0
    return (*lines, OrderLine(product_id="", price_minor=over)) if over else ()


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
