"""Where one order stands, and what is left of it: the same whatever of it was told first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from kaibo.core.event import Fact
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderEdited, OrderLine, OrderOddity, OrderPaid, OrderRefunded

Lines = tuple[OrderLine, ...]
Thing = tuple[str, str]  # product_id, variant as the order names it
WAITS = {"unknown_order", "not_paid"}  # oddities that are only early


@dataclass(frozen=True, slots=True)
class Odd:
    """Something that did not fit."""

    kind: str
    why: str
    at: int
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Refund:
    """Something given back; `lines` as told, none for all that was left; `units` is what it gave back of them."""

    at: int
    lines: Lines
    units: Lines
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Order:
    """An order as far as it is known. Instants are platform time (ms UTC), None for what was not told.

    `versions`: what was told of its placing, by instant. `paid_lines`: what was paid, `own_lines` when the payment said so itself.
    """

    buyer: str = ""
    currency: str = ""
    cue_id: str = ""
    placed_at: int | None = None
    lines: Lines = ()
    versions: tuple[tuple[int, Lines], ...] = ()
    paid_at: int | None = None
    paid_lines: Lines = ()
    own_lines: bool = False
    cancelled_at: int | None = None
    rest_at: int | None = None
    refunds: tuple[Refund, ...] = ()
    odd: tuple[Odd, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether only its payment was told."""
        return self.placed_at is not None and not self.versions

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

    def has(self) -> Counter[Thing]:
        """Units it took and has not given back."""
        if self.placed_at is None or (self.cancelled_at is not None and self.paid_at is None):
            return Counter()
        given = things(line for refund in self.refunds for line in refund.units)
        return things(self.lines if self.paid_at is None else self.paid_lines) - given

    def left_lines(self) -> Lines:
        """The lines of what was paid that were not given back."""
        has = self.has()
        found: list[OrderLine] = []
        for line in self.paid_lines:
            units = min(line.quantity, has[line.product_id, line.variant])
            has[line.product_id, line.variant] -= units
            if units:
                found.append(line if units == line.quantity else msgspec.structs.replace(line, quantity=units))
        return tuple(found)

    def as_of(self, at: int | None) -> Lines:
        """How it read at an instant (None: now): the newest that was told of the time until then, else the first."""
        before = [lines for told_at, lines in self.versions if at is None or told_at <= at]
        return before[-1] if before else self.versions[0][1] if self.versions else self.lines

    def early(self, kind: str) -> list[Odd]:
        """What was told of it before it could be."""
        return [odd for odd in self.odd if odd.kind == kind and odd.why in WAITS]


def worth(lines: Iterable[OrderLine]) -> int:
    """Price times quantity of all lines, in minor units."""
    return sum(line.price_minor * line.quantity for line in lines)


def things(lines: Iterable[OrderLine]) -> Counter[Thing]:
    """Units by product and variant."""
    found = Counter[Thing]()
    for line in lines:
        found[line.product_id, line.variant] += line.quantity
    return found


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
            return replace(order, cancelled_at=at)
        case OrderRefunded():
            return _refunded(order, fact)
        case OrderOddity():
            odd = Odd(fact.kind, fact.why, fact.platform_at, fact.lines)
            return replace(order, buyer=order.buyer or fact.buyer, odd=(*order.odd, odd))
        case _:
            return order


def _placed(order: Order, fact: OrderCreated) -> Order:
    return replace(
        order,
        buyer=fact.buyer or order.buyer,
        currency=fact.currency,
        cue_id=fact.cue_id,
        placed_at=fact.platform_at,
        lines=fact.lines,
        versions=() if fact.assumed else ((fact.platform_at, fact.lines),),
    )


def _paid(order: Order, fact: OrderPaid) -> Order:
    return replace(
        order,
        buyer=order.buyer or fact.buyer,
        currency=fact.currency,
        cue_id=fact.cue_id if order.placed_at is None else order.cue_id,
        paid_at=fact.platform_at,
        paid_lines=fact.lines,
        own_lines=fact.own_lines,
    )


def _edited(order: Order, fact: OrderEdited) -> Order:
    versions = order.versions if not fact.told else tuple(sorted((*order.versions, (fact.edited_at, fact.told)), key=_at))
    follows = order.paid_at is not None and not order.own_lines
    return replace(
        order,
        buyer=fact.buyer,
        cue_id=fact.cue_id,
        placed_at=fact.platform_at,
        lines=fact.lines,
        versions=versions,
        paid_lines=fact.lines if follows else order.paid_lines,
    )


def _at(version: tuple[int, Lines]) -> int:
    return version[0]


def _refunded(order: Order, fact: OrderRefunded) -> Order:
    told = () if fact.rest else fact.told or fact.lines
    return replace(
        order,
        refunds=(*order.refunds, Refund(fact.platform_at, told, fact.lines, fact.amount_minor)),
        rest_at=fact.platform_at if fact.rest else order.rest_at,
        cancelled_at=fact.platform_at if fact.cancelled else order.cancelled_at,
    )
