"""The newest orders, and what became of them."""

from collections.abc import Iterable

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Newest, View, Whole, keys_of
from kaibo.features.order.facts import TRADED, OrderCreated, OrderEdited, OrderLine, OrderRestated, Traded
from kaibo.features.order.ledger import Order, OrderStage, after

LATEST_MAX = 200


class OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.latest`, key `platform/order_id`, newest 200. `state` is created, paid, cancelled or refunded.

    `amount_minor` is what it was worth when it was placed; `refunded_minor` what of its payment was given back, all or a part.
    `seq`: where it stands in the log; of orders of one instant the later is the newer. `people`: the source whose viewer the buyer is,
    where it is another than `platform`. `gone`: nothing of it is left to be cancelled.
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
    refunded_minor: int = 0
    seq: int = 0
    people: str = ""
    gone: bool = False


class Standing(msgspec.Struct, frozen=True):
    """Which order, how it is now and since when, and where it stands in the log."""

    place: tuple[str, str]
    order: Order
    changed_at: int
    seq: int


Latest = Newest[Standing]


def fold_latest(latest: Latest, event: Event[Fact]) -> Iterable[str]:
    """Newest by arrival in the log; an order that left the window stays out."""
    fact = event.fact
    if not isinstance(fact, TRADED):
        return ()
    key = f"{fact.platform}/{fact.order_id}"
    known = latest.get(key)
    if isinstance(fact, OrderCreated):
        before = Order() if known is None else known.order
        latest[key] = Standing((fact.platform, fact.order_id), after(before, fact), fact.platform_at, event.seq)
        return (key, *latest.fallen())
    if known is None:
        return ()
    order = after(known.order, fact)
    latest[key] = msgspec.structs.replace(known, order=order, changed_at=_changed_at(known, order, fact))
    return (key,)


def _changed_at(known: Standing, order: Order, fact: Traded) -> int:
    """When it came to where it stands; one that is told otherwise stays where it is."""
    match fact:
        case OrderEdited():
            return fact.platform_at if order.state == "created" else known.changed_at
        case OrderRestated(returns=[*_, last]):
            return last.at
        case OrderRestated():
            return order.paid_at or order.cancelled_at or fact.placed_at
        case _:
            return fact.platform_at


def _row(latest: Latest, key: str) -> OrderRow | None:
    stands = latest.get(key)
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
        refunded_minor=order.refunded_minor,
        seq=stands.seq,
        people=order.people,
        gone=order.gone,
    )


def newest() -> Latest:
    """Nobody ordered yet."""
    return Newest(LATEST_MAX)


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
    reads=TRADED,
    state=newest,
    fold=fold_latest,
    keys=keys_of,
    get=_row,
    duty="order.read",
    pace_ms=100,
    whole=Whole(LATEST_MAX, Newest, _texts),
)
