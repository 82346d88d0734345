"""What a platform may say of orders, and what becomes of what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import (
    OrderCancelled,
    OrderCreated,
    OrderLine,
    OrderOddity,
    OrderPaid,
    OrderRefunded,
)
from kaibo.features.order.state import UNKNOWN, Order, OrderState, after


class OrderShowUnknown(Refusal):
    """There is no such show to take orders for."""

    code = "order.show_unknown"
    status = 404


class OrderWrongCurrency(Refusal):
    """Amounts of one show are in one currency."""

    code = "order.wrong_currency"
    status = 422
    order_id: str
    currency: str
    show_currency: str


class OrderBadLine(Refusal):
    """A line is missing, names no product, or has a quantity below one or a price below nought."""

    code = "order.bad_line"
    status = 422
    order_id: str
    product_id: str


def decide(state: OrderState, command: RecordOrders, _: Context) -> Sequence[Fact]:
    """The facts that are new in what was told; all of it is refused when one item is not understood."""
    match command:
        case RecordOrders():
            return _record(state, command)
        case _:
            assert_never(command)


def _record(state: OrderState, command: RecordOrders) -> Sequence[Fact]:
    if not state.currency:
        raise OrderShowUnknown
    for item in command.items:
        _check(item, state.currency)
    facts: list[Fact] = []
    changed: dict[str, Order] = {}
    for item in command.items:
        known = changed.get(item.order_id) or state.orders.get((command.platform, item.order_id), UNKNOWN)
        told = _Told(known, item, command.platform, state.cue_id, state.currency)
        told.follow()
        facts += told.facts
        changed[item.order_id] = told.order
    return facts


def _check(item: OrderItem, currency: str) -> None:
    if item.kind == "created" and not item.lines:
        raise OrderBadLine(order_id=item.order_id, product_id="")
    for line in item.lines:
        if not line.product_id or line.quantity <= 0 or line.price_minor < 0:
            raise OrderBadLine(order_id=item.order_id, product_id=line.product_id)
    # Without lines there is no amount, and so no currency to be wrong.
    if item.lines and item.currency not in ("", currency):
        raise OrderWrongCurrency(order_id=item.order_id, currency=item.currency, show_currency=currency)


@dataclass(slots=True)
class _Told:
    """One thing told of an order, followed through to whatever had waited for it; `order` runs ahead with the facts."""

    order: Order
    item: OrderItem
    platform: str
    cue_id: str
    currency: str
    facts: list[Fact] = field(default_factory=list[Fact])

    def follow(self) -> None:
        """Gather the facts."""
        match self.item.kind:
            case "created":
                self._create()
            case "paid":
                self._pay(self.item.at)
            case "cancelled":
                self._cancel(self.item.at)
            case "refunded":
                self._refund(self.item.at)
            case _:
                assert_never(self.item.kind)

    def _create(self) -> None:
        if self.order.stage != "unknown":
            return
        early = self.order
        self._place()
        paid, cancelled = early.early("paid"), early.early("cancelled")
        if paid is not None:
            self._pay(paid)
        if cancelled is not None:
            self._cancel(cancelled)

    def _place(self) -> None:
        item = self.item
        self._add(
            OrderCreated(
                order_id=item.order_id,
                platform=self.platform,
                buyer=item.buyer or self.order.buyer,
                lines=item.lines,
                amount_minor=_worth(item.lines),
                currency=self.currency,
                platform_at=item.at,
                cue_id=self.cue_id,
            )
        )

    def _pay(self, at: int) -> None:
        match self.order.stage:
            case "unknown":
                if not self.item.lines:
                    self._odd("paid", "unknown_order", at)
                    return
                # A payment that says what was bought says that it was placed, too.
                self._place()
                self._settle(at)
            case "created":
                self._settle(at)
            case "cancelled":
                self._odd("paid", "cancelled_already", at)
            case "paid" | "refunded":
                pass
            case _:
                assert_never(self.order.stage)

    def _settle(self, at: int) -> None:
        # What was paid is what the payment says; a payment that says nothing paid for the order as it was placed.
        order = self.order
        lines = self.item.lines if self.item.kind == "paid" and self.item.lines else order.lines
        self._add(
            OrderPaid(
                order_id=self.item.order_id,
                buyer=order.buyer or self.item.buyer,
                lines=lines,
                amount_minor=_worth(lines),
                currency=order.currency,
                platform_at=at,
                cue_id=order.cue_id,
                platform=self.platform,
            )
        )
        refunded = order.early("refunded")
        if refunded is not None:
            self._refund(refunded)

    def _cancel(self, at: int) -> None:
        match self.order.stage:
            case "unknown":
                self._odd("cancelled", "unknown_order", at)
            case "created":
                self._add(
                    OrderCancelled(order_id=self.item.order_id, lines=self.order.lines, platform_at=at, platform=self.platform)
                )
            case "paid":
                self._odd("cancelled", "paid_already", at)
            case "refunded":
                self._odd("cancelled", "refunded_already", at)
            case "cancelled":
                pass
            case _:
                assert_never(self.order.stage)

    def _refund(self, at: int) -> None:
        match self.order.stage:
            case "unknown":
                self._odd("refunded", "unknown_order", at)
            case "created":
                self._odd("refunded", "not_paid", at)
            case "cancelled":
                self._odd("refunded", "cancelled_already", at)
            case "paid":
                self._give_back(at)
            case "refunded":
                pass
            case _:
                assert_never(self.order.stage)

    def _give_back(self, at: int) -> None:
        lines = self.item.lines if self.item.kind == "refunded" and self.item.lines else self.order.lines
        self._add(
            OrderRefunded(
                order_id=self.item.order_id,
                lines=lines,
                amount_minor=_worth(lines),
                platform_at=at,
                platform=self.platform,
            )
        )

    def _odd(self, kind: str, why: str, at: int) -> None:
        if not self.order.noted(kind, why):
            item = self.item
            self._add(
                OrderOddity(platform=self.platform, order_id=item.order_id, kind=kind, why=why, platform_at=at, buyer=item.buyer)
            )

    def _add(self, fact: Fact) -> None:
        self.order = after(self.order, fact)
        self.facts.append(fact)


def _worth(lines: tuple[OrderLine, ...]) -> int:
    return sum(line.price_minor * line.quantity for line in lines)
