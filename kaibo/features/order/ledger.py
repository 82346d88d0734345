"""Where one order stands, and what is left of it."""

from collections import Counter
from collections.abc import Collection
from typing import Literal, cast

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Fact
from kaibo.features.order.facts import (
    OrderCancelled,
    OrderCreated,
    OrderEdited,
    OrderKind,
    OrderOddity,
    OrderPaid,
    OrderRefunded,
    OrderRestated,
    OrderTelling,
)
from kaibo.features.order.reading import (
    Lines,
    Reading,
    Refund,
    Thing,
    Word,
    Words,
    kept,
    read,
    strange,
    things,
    unconfirmed,
    worth,
)

OrderStage = Literal["created", "paid", "cancelled", "refunded"]
WAITS = {"unknown_order", "not_paid"}  # oddities that are only early
# Those that follow from all that was told, and not from how it was told.
FOLLOWING = WAITS | {
    "cancelled_already",
    "refunded_already",
    "above_payment",
    "paid_otherwise",
    "paid_again",
    "edited_after_payment",
}


class Odd(msgspec.Struct, frozen=True):
    """Something that did not fit."""

    kind: str
    why: str
    at: int
    lines: Lines = ()


class Order(msgspec.Struct, frozen=True):
    """An order as far as it is known. Instants are platform time (ms UTC), None for what was not told.

    `words`: what was told of it, as it was told. `paid_lines`: what was paid, `own_lines` when a payment said so itself. `late`, `late_payment`:
    told when the money of the show was final. `people`: whose viewer the buyer is, "" for the platform's own. An evening has thousands,
    and a snapshot makes a Struct in a tenth of the time of a dataclass.
    """

    buyer: str = ""
    currency: str = ""
    cue_id: str = ""
    placed_at: int | None = None
    lines: Lines = ()
    words: Words = ()
    paid_at: int | None = None
    paid_lines: Lines = ()
    own_lines: bool = False
    cancelled_at: int | None = None
    refunds: tuple[Refund, ...] = ()
    odd: tuple[Odd, ...] = ()
    late: bool = False
    late_payment: bool = False
    people: str = ""

    @property
    def assumed(self) -> bool:
        """Whether only its payment was told."""
        return self.placed_at is not None and all(word.kind != "created" for word in self.words)

    @property
    def created_minor(self) -> int:
        """What it was worth when it was placed."""
        return worth(self.lines)

    @property
    def paid_minor(self) -> int:
        """What was paid for it."""
        return worth(self.paid_lines)

    @property
    def refunded_minor(self) -> int:
        """What was given back of it."""
        return sum(refund.amount_minor for refund in self.refunds)

    @property
    def left_minor(self) -> int:
        """What is left of its payment."""
        return self.paid_minor - self.refunded_minor

    @property
    def kept_minor(self) -> int:
        """What was given back of it in money alone, while the goods stayed sold."""
        return sum(refund.amount_minor for refund in self.refunds if not refund.units)

    @property
    def misfits(self) -> tuple[Odd, ...]:
        """What was told and does not fit all that is known by now: what was only early, or told before what explains it, does."""
        if not self.odd:
            return ()
        words = kept(self.words)
        stands = {(word.kind, why, word.at) for word, why in strange(words, read(words))}
        return tuple(odd for odd in self.odd if self._stands(odd, stands))

    @property
    def _remembers_edits(self) -> bool:
        """Whether what was told anew after the payment is known: logs of before say only that something was."""
        return any(word.kind == "created" and word.at > (self.paid_at or word.at) for word in self.words)

    def _stands(self, odd: Odd, stands: Collection[tuple[str, str, int]]) -> bool:
        if odd.why not in FOLLOWING:
            return True
        if odd.why == "edited_after_payment" and not self._remembers_edits:
            return True
        return (odd.kind, odd.why, odd.at) in stands

    @property
    def state(self) -> OrderStage:
        """What became of it, the one that screens and figures say: a paid order that is cancelled is refunded, and nothing else."""
        if self.refunds:
            return "refunded"
        if self.paid_at is not None:
            return "paid"
        return "created" if self.cancelled_at is None else "cancelled"

    @property
    def unconfirmed(self) -> bool:
        """Whether it reads as refunded only because it had been cancelled before it was paid: nobody said that its money went back."""
        return bool(self.refunds) and unconfirmed(kept(self.words))

    def has(self) -> Counter[Thing]:
        """Units it took and has not given back."""
        return self.bought() - things(line for refund in self.refunds for line in refund.units)

    def bought(self) -> Counter[Thing]:
        """Units of it as it was placed, or as it was paid, whatever was given back since; what is paid for in parts is there as a whole."""
        if self.placed_at is None or (self.cancelled_at is not None and self.paid_at is None):
            return Counter()
        if self.paid_at is None:
            return things(self.lines)
        return things(self.paid_lines) | things(self.lines) if self.in_parts else things(self.paid_lines)

    @property
    def in_parts(self) -> bool:
        """Whether it is paid in several payments with names of their own, of which the next may be still to come."""
        return any(word.payment_id for word in self.words)

    @property
    def wholly_paid(self) -> bool:
        """Whether no other part of its payment is waited for."""
        return not self.in_parts or (not self.assumed and self.bought() <= things(self.paid_lines))

    @property
    def gone(self) -> bool:
        """Whether nothing of it is left to be cancelled."""
        given_back = bool(self.refunds) and not self.left_minor and not +self.has()
        return self.cancelled_at is not None or given_back

    def reads(self, told: Reading) -> bool:
        """Whether it stands as all that was told reads."""
        return all(getattr(self, name) == getattr(told, name) for name in FIELDS)


FIELDS = ("placed_at", "lines", "paid_at", "paid_lines", "own_lines", "cancelled_at", "refunds")


def after(order: Order, fact: Fact) -> Order:
    """Where an order stands after one more fact of it."""
    match fact:
        case OrderCreated():
            return _placed(order, fact)
        case OrderEdited():
            return _edited(order, fact)
        case OrderPaid():
            return _paid(order, fact)
        case OrderCancelled(platform_at=at):
            return replace(order, cancelled_at=at, words=_with(order, "cancelled", fact))
        case OrderRefunded():
            return _refunded(order, fact)
        case OrderRestated():
            return _restated(order, fact)
        case OrderOddity():
            return _odd(order, fact)
        case _:
            return order


Telling = OrderCreated | OrderEdited | OrderPaid | OrderCancelled | OrderRefunded | OrderOddity


def _with(order: Order, kind: OrderKind, fact: Telling, lines: Lines = ()) -> Words:
    at = fact.edited_at if isinstance(fact, OrderEdited) else fact.platform_at
    refund_id = fact.refund_id if isinstance(fact, OrderRefunded | OrderOddity) else ""
    payment_id = fact.payment_id if isinstance(fact, OrderPaid | OrderOddity) else ""
    word = Word(kind, at, lines, fact.said_at, fact.told_by, refund_id, payment_id)
    return order.words if word in order.words else (*order.words, word)


def _placed(order: Order, fact: OrderCreated) -> Order:
    return replace(
        order,
        buyer=fact.buyer or order.buyer,
        currency=fact.currency,
        cue_id=fact.cue_id,
        placed_at=fact.platform_at,
        lines=fact.lines,
        words=order.words if fact.assumed else _with(order, "created", fact, fact.lines),
        late=fact.late,
        people=fact.people,
    )


def _paid(order: Order, fact: OrderPaid) -> Order:
    return replace(
        order,
        buyer=order.buyer or fact.buyer,
        currency=fact.currency,
        cue_id=fact.cue_id if order.placed_at is None else order.cue_id,
        words=_with(order, "paid", fact, fact.told or _own_of(order, fact)),
        paid_at=fact.platform_at,
        paid_lines=fact.lines,
        own_lines=fact.own_lines,
        late_payment=fact.late,
    )


def _own_of(order: Order, fact: OrderPaid) -> Lines:
    """Old logs do not say whether a payment said for what: one that differs from its order did."""
    return fact.lines if fact.own_lines or fact.lines != order.lines else ()


def _edited(order: Order, fact: OrderEdited) -> Order:
    follows = order.paid_at is not None and not order.own_lines
    return replace(
        order,
        buyer=fact.buyer,
        cue_id=fact.cue_id,
        placed_at=fact.platform_at,
        lines=fact.lines,
        words=_with(order, "created", fact, fact.told) if fact.told else order.words,
        paid_lines=fact.lines if follows else order.paid_lines,
    )


def _refunded(order: Order, fact: OrderRefunded) -> Order:
    told = () if fact.rest else fact.told or fact.lines
    refund = Refund(fact.platform_at, told, fact.lines, fact.amount_minor, fact.cancelled, fact.refund_id)
    return replace(
        order,
        words=_with(order, "cancelled" if fact.cancelled else "refunded", fact, told),
        refunds=(*order.refunds, refund),
        cancelled_at=fact.platform_at if fact.cancelled else order.cancelled_at,
    )


def _restated(order: Order, fact: OrderRestated) -> Order:
    return replace(
        order,
        buyer=fact.buyer,
        currency=fact.currency,
        cue_id=fact.cue_id,
        placed_at=fact.placed_at,
        lines=fact.lines,
        words=tuple(map(_word, fact.tellings)),
        paid_at=fact.paid_at,
        paid_lines=fact.paid_lines,
        own_lines=fact.own_lines,
        cancelled_at=fact.cancelled_at,
        refunds=tuple(Refund(each.at, each.told, each.lines, each.amount_minor, each.cancelled) for each in fact.returns),
    )


def _word(told: OrderTelling) -> Word:
    return Word(told.kind, told.at, told.lines, told.said_at, told.told_by, told.refund_id, told.payment_id)


def _odd(order: Order, fact: OrderOddity) -> Order:
    """What did not fit may when more is told; what was only unusual is said again by another fact."""
    odd = Odd(fact.kind, fact.why, fact.platform_at, fact.lines)
    told = fact.why in WAITS or (fact.kind, fact.why) in SAID_HERE_ALONE
    words = _with(order, cast("OrderKind", fact.kind), fact, fact.lines) if told else order.words
    return replace(order, buyer=order.buyer or fact.buyer, odd=(*order.odd, odd), words=words)


SAID_HERE_ALONE = {
    ("refunded", "cancelled_already"),
    ("cancelled", "refunded_already"),
    ("refunded", "above_payment"),
    ("paid", "paid_again"),
}
