"""What recording must remember: where each order stands."""

from dataclasses import dataclass, field, replace
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.order.facts import (
    OrderCancelled,
    OrderCreated,
    OrderLine,
    OrderOddity,
    OrderPaid,
    OrderRefunded,
)
from kaibo.features.rundown.slices import Rundown
from kaibo.features.show.slices import ShowNow

Stage = Literal["unknown", "created", "paid", "cancelled", "refunded"]
WAITS = {"unknown_order", "not_paid"}  # oddities that are only early


@dataclass(frozen=True, slots=True)
class Order:
    """An order as far as it is known. `odd`: what did not fit, by (kind, why), with the platform's time (ms UTC) of each."""

    stage: Stage = "unknown"
    buyer: str = ""
    lines: tuple[OrderLine, ...] = ()
    currency: str = ""
    cue_id: str = ""
    odd: tuple[tuple[str, str, int], ...] = ()

    def early(self, kind: str) -> int | None:
        """When the platform said this happened, if it was told before it could; None when it was not."""
        return next((at for told, why, at in self.odd if told == kind and why in WAITS), None)

    def noted(self, kind: str, why: str) -> bool:
        """Whether this oddity was written down before."""
        return any((told, reason) == (kind, why) for told, reason, _ in self.odd)


UNKNOWN = Order()


@dataclass(slots=True)
class OrderState:
    """Orders by (platform, order_id)."""

    show: ShowNow
    course: Rundown
    orders: dict[tuple[str, str], Order] = field(default_factory=dict[tuple[str, str], Order])

    @property
    def currency(self) -> str:
        """The show's, "" until it is planned."""
        return self.show.currency

    @property
    def cue_id(self) -> str:
        """The cue on air, "" before and after the show."""
        return self.course.on_air.cue_id if self.course.on_air else ""


def fold(state: OrderState, event: Event[Fact], touched: Touched) -> None:
    """Take one event in."""
    del touched
    fact = event.fact
    match fact:
        case OrderCreated() | OrderPaid() | OrderCancelled() | OrderRefunded() | OrderOddity():
            address = fact.platform, fact.order_id
            state.orders[address] = after(state.orders.get(address, UNKNOWN), fact)
        case _:
            pass


def after(order: Order, fact: Fact) -> Order:
    """Where an order stands after one more fact of it."""
    match fact:
        case OrderCreated():
            return Order("created", fact.buyer, fact.lines, fact.currency, fact.cue_id, order.odd)
        case OrderPaid():
            return replace(order, stage="paid", buyer=fact.buyer, lines=fact.lines)
        case OrderCancelled():
            return replace(order, stage="cancelled")
        case OrderRefunded():
            return replace(order, stage="refunded")
        case OrderOddity():
            odd = (*order.odd, (fact.kind, fact.why, fact.platform_at))
            return replace(order, buyer=order.buyer or fact.buyer, odd=odd)
        case _:
            return order
