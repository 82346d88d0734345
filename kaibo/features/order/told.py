"""One thing told of an order, followed through to whatever had waited for it."""

from dataclasses import dataclass, field
from typing import assert_never

from msgspec.structs import replace

from kaibo.core.event import Fact
from kaibo.features.order.commands import OrderItem
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderEdited, OrderLine, OrderOddity, OrderPaid, OrderRefunded
from kaibo.features.order.ledger import WAITS, Lines, Order, after, worth
from kaibo.features.order.slices import Place
from kaibo.features.order.state import OrderState


@dataclass(slots=True)
class Told:
    """`order` runs ahead with the facts."""

    state: OrderState
    place: Place
    room: str
    item: OrderItem
    order: Order
    facts: list[Fact] = field(default_factory=list[Fact])

    def follow(self) -> None:
        """Gather the facts."""
        item = self.item
        match item.kind:
            case "created":
                self._create()
            case "paid":
                self._pay(item.at, item.lines)
            case "cancelled":
                self._cancel(item.at)
            case "refunded":
                self._refund(item.at, item.lines)
            case _:
                assert_never(item.kind)
        if item.buyer and not self.order.buyer and self.order.placed_at is not None:
            self._edit(item.at, ())
        self._square()

    def _create(self) -> None:
        order, item = self.order, self.item
        if order.placed_at is None:
            self._place(assumed=False)
            self._catch_up()
        elif self._says_more():
            self._edit(item.at, item.lines)

    def _says_more(self) -> bool:
        """Whether this telling of the order may change what counts: another worth or an earlier time, before its payment."""
        order, item = self.order, self.item
        if order.assumed:
            return True
        if order.paid_at is not None and item.at > order.paid_at:
            return False
        first = order.versions[0][0] if order.versions else order.placed_at
        return (first is not None and item.at < first) or order.as_of(item.at) != item.lines

    def _catch_up(self) -> None:
        """What was told before the order could be known of."""
        order = self.order
        for odd in order.early("paid")[:1]:
            self._pay(odd.at, odd.lines)
        for odd in order.early("cancelled")[:1]:
            self._cancel(odd.at)
        for odd in order.early("refunded"):
            self._refund(odd.at, odd.lines)

    def _place(self, *, assumed: bool) -> None:
        item, (platform, order_id) = self.item, self.place
        self._add(
            OrderCreated(
                order_id=order_id,
                platform=platform,
                buyer=item.buyer or self.order.buyer,
                lines=item.lines,
                amount_minor=worth(item.lines),
                currency=self.state.show.currency,
                platform_at=item.at,
                cue_id=self.state.course.cue_id_at(item.at),
                room=self.room,
                assumed=assumed,
            )
        )

    def _edit(self, at: int, told: Lines, paid_at: int | None = None) -> None:
        """The order reads otherwise from here on: `told` at this instant (none: only who bought it is known now)."""
        order, (platform, order_id) = self.order, self.place
        edited = OrderEdited(
            order_id=order_id,
            platform=platform,
            buyer=order.buyer or self.item.buyer,
            lines=order.lines,
            amount_minor=order.created_minor,
            currency=order.currency,
            platform_at=order.placed_at or at,
            edited_at=at,
            cue_id=order.cue_id,
            told=told,
        )
        if told or paid_at is not None:
            reads = after(order, edited)
            lines = reads.as_of(order.paid_at if paid_at is None else paid_at)
            first = reads.versions[0][0] if reads.versions else edited.platform_at
            edited = replace(
                edited, lines=lines, amount_minor=worth(lines), platform_at=first, cue_id=self.state.course.cue_id_at(first)
            )
        self._add(edited)

    def _pay(self, at: int, lines: Lines) -> None:
        order = self.order
        if order.paid_at is not None:
            return
        if order.placed_at is None:
            if not lines:
                self._odd("paid", "unknown_order", at)
                return
            # A payment that says what was bought says that it was placed, too.
            self._place(assumed=True)
        elif order.as_of(at) != order.lines:
            self._edit(at, (), paid_at=at)
        if order.cancelled_at is not None:
            self._odd("paid", "cancelled_already", at)
        self._settle(at, lines)

    def _settle(self, at: int, lines: Lines) -> None:
        # What was paid is what the payment says; a payment that says nothing paid for the order as it was placed.
        order, (platform, order_id) = self.order, self.place
        paid = lines or order.lines
        self._add(
            OrderPaid(
                order_id=order_id,
                buyer=order.buyer or self.item.buyer,
                lines=paid,
                amount_minor=worth(paid),
                currency=order.currency,
                platform_at=at,
                cue_id=order.cue_id,
                platform=platform,
                own_lines=bool(lines),
            )
        )
        for odd in order.early("refunded"):
            self._refund(odd.at, odd.lines)

    def _cancel(self, at: int) -> None:
        order, (platform, order_id) = self.order, self.place
        if order.placed_at is None:
            self._odd("cancelled", "unknown_order", at)
        elif order.cancelled_at is not None:
            return
        elif order.paid_at is None:
            self._add(OrderCancelled(order_id=order_id, lines=order.lines, platform_at=at, platform=platform))
        elif order.has() or order.left_minor:
            self._give_rest(at, cancelled=True)
        else:
            self._odd("cancelled", "refunded_already", at)

    def _refund(self, at: int, lines: Lines) -> None:
        order = self.order
        if order.placed_at is None:
            self._odd("refunded", "unknown_order", at, lines)
        elif order.paid_at is None:
            self._odd("refunded", "not_paid" if order.cancelled_at is None else "cancelled_already", at, lines)
        elif not lines:
            if order.has() or order.left_minor:
                self._give_rest(at, cancelled=False)
        elif all((refund.at, refund.lines) != (at, lines) for refund in order.refunds):
            self._give_back(at, lines)

    def _square(self) -> None:
        """All that was paid goes back when all of it was given back, or the order was cancelled, whenever it was paid or edited."""
        order = self.order
        since = order.rest_at if order.cancelled_at is None else order.cancelled_at
        if order.paid_at is not None and since is not None and (order.left_minor > 0 or order.has()):
            self._give_rest(max(since, order.paid_at), cancelled=order.cancelled_at is not None)

    def _give_rest(self, at: int, *, cancelled: bool) -> None:
        lines, amount = self.order.left_lines(), self.order.left_minor
        self._hand_back(at, lines, amount, rest=True, cancelled=cancelled)

    def _give_back(self, at: int, lines: Lines) -> None:
        """A part, but never more than is left; what is beyond is told as an oddity."""
        order = self.order
        amount, units = min(worth(lines), order.left_minor), self._in_hand(lines)
        whole = amount == worth(lines) and units == lines
        if not whole and order.rest_at is None:
            self._odd("refunded", "above_payment", at, lines)
        if amount or units:
            self._hand_back(at, units, amount, told=() if units == lines else lines)

    def _in_hand(self, lines: Lines) -> Lines:
        """As much of these lines as the order still has."""
        has = self.order.has()
        found: list[OrderLine] = []
        for line in lines:
            units = min(line.quantity, has[line.product_id, line.variant])
            has[line.product_id, line.variant] -= units
            if units:
                found.append(replace(line, quantity=units))
        return tuple(found)

    def _hand_back(
        self, at: int, lines: Lines, amount: int, *, rest: bool = False, cancelled: bool = False, told: Lines = ()
    ) -> None:
        platform, order_id = self.place
        self._add(
            OrderRefunded(
                order_id=order_id, lines=lines, amount_minor=amount, platform_at=at, platform=platform,
                rest=rest, cancelled=cancelled, told=told,
            )
        )  # fmt: skip

    def _odd(self, kind: str, why: str, at: int, lines: Lines = ()) -> None:
        """Told once for an order, kind and reason; each refund that waits, or is too much, for itself."""
        each = kind == "refunded" and (why in WAITS or why == "above_payment")
        for odd in self.order.odd:
            if (odd.kind, odd.why) == (kind, why) and (not each or (odd.at, odd.lines) == (at, lines)):
                return
        platform, order_id = self.place
        self._add(
            OrderOddity(
                platform=platform, order_id=order_id, kind=kind, why=why, platform_at=at, buyer=self.item.buyer,
                lines=lines if kind == "refunded" else (), room=self.room,
            )
        )  # fmt: skip

    def _add(self, fact: Fact) -> None:
        self.order = after(self.order, fact)
        self.facts.append(fact)
