"""The newest orders, and what became of them."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Newest, View, Whole, keys_of, row_of
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderOddity, OrderPaid, OrderRefunded

OrderStage = Literal["created", "paid", "cancelled", "refunded"]
LATEST_MAX = 200
ALL = "all"


class OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.latest`, key `platform/order_id`, newest 200. `state` is created, paid, cancelled or refunded."""

    order_id: str
    platform: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    state: OrderStage
    created_at: int
    changed_at: int


class OrderCountRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.counts`, key `all`: four numbers, never one. `odd`: what platforms said that did not fit when it came."""

    created: int = 0
    paid: int = 0
    cancelled: int = 0
    refunded: int = 0
    created_minor: int = 0
    paid_minor: int = 0
    odd: int = 0


Latest = Newest[OrderRow]
Counts = dict[str, OrderCountRow]


def fold_latest(rows: Latest, event: Event[Fact]) -> Iterable[str]:
    """Newest by arrival in the log; an order that left the window stays out."""
    match event.fact:
        case OrderCreated() as fact:
            return _arrive(rows, fact)
        case OrderPaid() as fact:
            return _change(rows, fact, "paid")
        case OrderCancelled() as fact:
            return _change(rows, fact, "cancelled")
        case OrderRefunded() as fact:
            return _change(rows, fact, "refunded")
        case _:
            return ()


def _arrive(rows: Latest, fact: OrderCreated) -> Iterable[str]:
    key = f"{fact.platform}/{fact.order_id}"
    rows[key] = OrderRow(
        order_id=fact.order_id,
        platform=fact.platform,
        buyer=fact.buyer,
        lines=fact.lines,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
        state="created",
        created_at=fact.platform_at,
        changed_at=fact.platform_at,
    )
    return (key, *rows.fallen())


def _change(rows: Latest, fact: OrderPaid | OrderCancelled | OrderRefunded, state: OrderStage) -> Iterable[str]:
    key = f"{fact.platform}/{fact.order_id}"
    row = rows.get(key)
    if row is None:
        return ()
    rows[key] = msgspec.structs.replace(row, state=state, changed_at=fact.platform_at)
    return (key,)


def fold_counts(rows: Counts, event: Event[Fact]) -> Iterable[str]:
    """Exact over the whole show; a refund takes nothing back from what was paid."""
    row = rows[ALL]
    match event.fact:
        case OrderCreated(amount_minor=minor):
            row = msgspec.structs.replace(row, created=row.created + 1, created_minor=row.created_minor + minor)
        case OrderPaid(amount_minor=minor):
            row = msgspec.structs.replace(row, paid=row.paid + 1, paid_minor=row.paid_minor + minor)
        case OrderCancelled():
            row = msgspec.structs.replace(row, cancelled=row.cancelled + 1)
        case OrderRefunded():
            row = msgspec.structs.replace(row, refunded=row.refunded + 1)
        case OrderOddity():
            row = msgspec.structs.replace(row, odd=row.odd + 1)
        case _:
            return ()
    rows[ALL] = row
    return (ALL,)


def newest() -> Latest:
    """Nobody ordered yet."""
    return Newest(LATEST_MAX)


def _texts(key: str, row: OrderRow) -> Iterable[str]:
    things = (text for line in row.lines for text in (line.product_id, line.variant))
    return (key, row.order_id, row.buyer, f"{row.platform}/{row.buyer}", row.state, *things)


def no_orders() -> Counts:
    """A show that sold nothing yet."""
    return {ALL: OrderCountRow()}


LATEST = View(
    name="order.latest",
    row=OrderRow,
    reads=(OrderCreated, OrderPaid, OrderCancelled, OrderRefunded),
    state=newest,
    fold=fold_latest,
    keys=keys_of,
    get=row_of,
    duty="order.read",
    pace_ms=100,
    whole=Whole(LATEST_MAX, Newest, _texts),
)
COUNTS = View(
    name="order.counts",
    row=OrderCountRow,
    reads=(OrderCreated, OrderPaid, OrderCancelled, OrderRefunded, OrderOddity),
    state=no_orders,
    fold=fold_counts,
    keys=keys_of,
    get=row_of,
    duty="order.read",
    pace_ms=100,
)
