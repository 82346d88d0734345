"""超賣: by product, everybody who was promised more than there is, in the order in which it is put right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.claim.facts import ClaimApologised
from kaibo.features.claim.goods import Goods
from kaibo.features.claim.slices import STOCK, Shelf
from kaibo.features.claim.takers import NO_ORDER, Taker, beyond
from kaibo.features.order.facts import OrderPaid
from kaibo.features.order.slices import UNKNOWN

ROWS_MAX = 200  # of a product: whoever has to tell more people than that needs another plan
Key = tuple[str, str]  # product_id, buyer


class OversoldRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `claim.oversold`, key `product_id/claim/claim_id` or `product_id/order/platform/order_id`: the latest 200 of a product.

    `units` of a claim or an order are beyond the stock; `place` 1 is the first to be put right, whoever took last, `paid` or not. `at`
    they took them (platform time, ms UTC). `sorry_by` told the buyer so, at `sorry_at`.
    """

    product_id: str
    variant: str
    kind: Literal["claim", "order"]
    claim_id: str
    platform: str
    order_id: str
    buyer: str
    name: str
    units: int
    at: int
    place: int
    sorry_by: str = ""
    sorry_at: int | None = None
    paid: bool = False


@dataclass(slots=True)
class Oversold:
    """Rows by key; `of`: the keys of a product; `sorry`: who was told, by whom and when."""

    shelf: Shelf
    rows: dict[str, OversoldRow] = field(default_factory=dict[str, OversoldRow])
    of: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    sorry: dict[Key, tuple[str, int]] = field(default_factory=dict[Key, tuple[str, int]])


def fold_oversold(oversold: Oversold, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Only products that lack something, or did, are looked at."""
    products = touched.of(STOCK)
    match event.fact:
        case ClaimApologised(product_id=product_id, buyer=buyer, done=done):
            if done:
                oversold.sorry[product_id, buyer] = (event.actor.id, event.at)
            else:
                oversold.sorry.pop((product_id, buyer), None)
            products = {product_id}
        case OrderPaid(lines=lines):
            products = products | {line.product_id for line in lines}
        case _:
            pass
    changed: set[str] = set()
    for product_id in sorted(products):
        changed |= _look(oversold, product_id)
    return changed


def _look(oversold: Oversold, product_id: str) -> set[str]:
    goods = oversold.shelf.goods.get(product_id)
    rows = _rows(oversold, goods) if goods is not None and goods.lacking() else {}
    before = oversold.of.pop(product_id, ())
    was = {key: oversold.rows.pop(key) for key in before}
    if rows:
        oversold.of[product_id] = tuple(rows)
        oversold.rows.update(rows)
    return {key for key in (*was, *rows) if was.get(key) != rows.get(key)}


def _rows(oversold: Oversold, goods: Goods) -> dict[str, OversoldRow]:
    rows: dict[str, OversoldRow] = {}
    for taker, units in beyond(goods, oversold.shelf.takers):
        key = _key(taker)
        before = rows.get(key)
        if before is not None:
            rows[key] = msgspec.structs.replace(before, units=before.units + units)
        elif len(rows) < ROWS_MAX:
            rows[key] = _row(oversold, taker, units, len(rows) + 1)
    return rows


def _key(taker: Taker) -> str:
    if taker.place == NO_ORDER:
        return f"{taker.product_id}/claim/{taker.claim_id}"
    return f"{taker.product_id}/order/{taker.place[0]}/{taker.place[1]}"


def _row(oversold: Oversold, taker: Taker, units: int, place: int) -> OversoldRow:
    sorry = oversold.sorry.get((taker.product_id, taker.buyer))
    return OversoldRow(
        product_id=taker.product_id,
        variant=taker.variant,
        kind="claim" if taker.place == NO_ORDER else "order",
        claim_id=taker.claim_id,
        platform=taker.place[0],
        order_id=taker.place[1],
        buyer=taker.buyer,
        name=oversold.shelf.takers.names.get(taker.buyer, ""),
        units=units,
        at=taker.at,
        place=place,
        sorry_by=sorry[0] if sorry else "",
        sorry_at=sorry[1] if sorry else None,
        paid=oversold.shelf.taken.ledger.orders.get(taker.place, UNKNOWN).paid_at is not None,
    )


OVERSOLD = View(
    name="claim.oversold",
    row=OversoldRow,
    reads=(ClaimApologised, OrderPaid),
    state=Oversold,
    fold=fold_oversold,
    keys=lambda oversold: oversold.rows.keys(),
    get=lambda oversold, key: oversold.rows.get(key),
    duty="claim.read",
    pace_ms=200,
    over=(STOCK,),
)
