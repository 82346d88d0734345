"""The newest orders, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Newest, View, Whole
from kaibo.features.order.facts import TRADED, OrderCreated, OrderEdited, OrderLine, OrderOddity, OrderRestated, Traded
from kaibo.features.order.ledger import Order, OrderStage, after

LATEST_MAX = 200


class OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.latest`, key `platform/order_id`, newest 200. `state` is created, paid, cancelled or refunded.

    `amount_minor` is what it was worth when it was placed; `paid_minor` what was paid for it by now, None for nothing; `refunded_minor` what of its payment was given back, all or a part.
    `seq`: where it stands in the log; of orders of one instant the later is the newer. `people`: the source whose viewer the buyer is,
    where it is another than `platform`. `gone`: nothing of it is left to be cancelled. `unconfirmed`: it was cancelled before it was
    paid, so it counts as refunded, and nobody said that the money went back.
    """

    order_id: str
    platform: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    state: OrderStage
    created_at: int
    changed_at: int
    paid_minor: int | None = None
    refunded_minor: int = 0
    seq: int = 0
    people: str = ""
    gone: bool = False
    unconfirmed: bool = False


class Standing(msgspec.Struct, frozen=True):
    """Which order, how it is now and since when, and where it stands in the log."""

    place: tuple[str, str]
    order: Order
    changed_at: int
    seq: int


@dataclass(slots=True)
class Latest:
    """The newest orders by key; `early`: what was told of orders before they were."""

    rows: Newest[Standing] = field(default_factory=lambda: Newest[Standing](LATEST_MAX))
    early: dict[str, Order] = field(default_factory=dict[str, Order])


def fold_latest(latest: Latest, event: Event[Fact]) -> Iterable[str]:
    """Newest by arrival in the log; an order that left the window stays out."""
    fact = event.fact
    if not isinstance(fact, (*TRADED, OrderOddity)):
        return ()
    key = f"{fact.platform}/{fact.order_id}"
    known = latest.rows.get(key)
    if isinstance(fact, OrderCreated):
        before = latest.early.pop(key, Order()) if known is None else known.order
        latest.rows[key] = Standing((fact.platform, fact.order_id), after(before, fact), fact.platform_at, event.seq)
        return (key, *latest.rows.fallen())
    if known is None:
        if isinstance(fact, OrderOddity):
            latest.early[key] = after(latest.early.get(key, Order()), fact)
        return ()
    order = after(known.order, fact)
    latest.rows[key] = msgspec.structs.replace(known, order=order, changed_at=_changed_at(known, order, fact))
    return (key,)


def _changed_at(known: Standing, order: Order, fact: Traded | OrderOddity) -> int:
    """When it came to where it stands; one that is told otherwise stays where it is."""
    match fact:
        case OrderOddity():
            return known.changed_at
        case OrderEdited():
            return fact.platform_at if order.state == "created" else known.changed_at
        case OrderRestated(returns=[*_, last]):
            return last.at
        case OrderRestated():
            return order.paid_at or order.cancelled_at or fact.placed_at
        case _:
            return fact.platform_at


def _row(latest: Latest, key: str) -> OrderRow | None:
    stands = latest.rows.get(key)
    if stands is None:
        return None
    (platform, order_id), order = stands.place, stands.order
    return OrderRow(
        order_id=order_id,
        platform=platform,
        buyer=order.buyer,
        lines=order.lines,
        amount_minor=order.created_minor,
        currency=order.currency,
        state=order.state,
        created_at=order.placed_at or stands.changed_at,
        changed_at=stands.changed_at,
        paid_minor=None if order.paid_at is None else order.paid_minor,
        refunded_minor=order.refunded_minor,
        seq=stands.seq,
        people=order.people,
        gone=order.gone,
        unconfirmed=order.unconfirmed,
    )


def _texts(key: str, row: OrderRow) -> Iterable[str]:
    things = (text for line in row.lines for text in (line.product_id, line.variant))
    return (
        key,
        row.order_id,
        row.buyer,
        f"{row.platform}/{row.buyer}",
        f"{row.people or row.platform}/{row.buyer}",
        row.state,
        *things,
    )


LATEST = View(
    name="order.latest",
    row=OrderRow,
    reads=(*TRADED, OrderOddity),
    state=Latest,
    fold=fold_latest,
    keys=lambda latest: latest.rows.keys(),
    get=_row,
    duty="order.read",
    pace_ms=100,
    whole=Whole(LATEST_MAX, lambda: Latest(Newest()), _texts),
)
