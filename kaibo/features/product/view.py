"""Product cards with price and stock that are true now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.claim.facts import ClaimRestocked, ClaimSoldOut
from kaibo.features.order.facts import (
    OrderCancelled,
    OrderCreated,
    OrderLine,
    OrderRefunded,
)
from kaibo.features.product.facts import (
    Doubt,
    ProductAdded,
    ProductEdited,
    ProductPinned,
    ProductRemoved,
    ProductSheet,
)
from kaibo.features.promo.facts import PromoApplied


class ProductCard(msgspec.Struct, frozen=True, kw_only=True):
    """View `product.cards`, key product_id. `price_minor` is what a buyer pays now (a promo the shop confirmed included); `stock_left` = stock - created + cancelled + refunded, None when unknown.

    `sold_out`: nothing is left to order or to claim, in any variant.
    """

    product_id: str
    name: str
    currency: str
    variants: tuple[str, ...]
    item_type: str
    cost_minor: int | None
    list_price_minor: int | None
    live_price_minor: int | None
    price_minor: int | None
    gift: str
    stock: int | None
    stock_left: int | None
    per_buyer_limit: int | None
    selling_points: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    certificates: tuple[str, ...]
    must_not_say: tuple[str, ...]
    pinned: bool
    sold_out: bool = False


@dataclass(slots=True)
class Cards:
    """Cards by product_id, and which one is pinned."""

    cards: dict[str, ProductCard] = field(default_factory=dict[str, ProductCard])
    pinned: str = ""
    claimed: set[str] = field(default_factory=set[str])  # of which every unit is claimed


def fold(state: Cards, event: Event[Any]) -> Iterable[str]:
    """Sheets, promos the shop confirmed, orders and claims move the cards."""
    changed = _change(state, event)
    for key in changed:
        card = state.cards.get(key)
        if card is not None and card.sold_out is not (gone := _gone(state, card)):
            state.cards[key] = msgspec.structs.replace(card, sold_out=gone)
    return changed


def _gone(state: Cards, card: ProductCard) -> bool:
    return card.product_id in state.claimed or (card.stock_left is not None and card.stock_left <= 0)


def _change(state: Cards, event: Event[Any]) -> Collection[str]:
    match event.fact:
        case ProductAdded(product=sheet, currency=currency):
            state.cards[sheet.product_id] = _card(sheet, currency)
            return (sheet.product_id,)
        case ProductEdited(product=sheet, fields=fields):
            state.cards[sheet.product_id] = _edited(state.cards[sheet.product_id], sheet, fields)
            return (sheet.product_id,)
        case ProductRemoved(product_id=product_id):
            del state.cards[product_id]
            return (product_id,)
        case ProductPinned(product_id=product_id):
            return _pin(state, product_id)
        case PromoApplied() as applied:
            return _apply(state, applied)
        case OrderCreated(lines=lines):
            return _take(state, lines, -1)
        case OrderCancelled(lines=lines) | OrderRefunded(lines=lines):
            return _take(state, lines, +1)
        case ClaimSoldOut(product_id=product_id):
            state.claimed.add(product_id)
            return (product_id,)
        case ClaimRestocked(product_id=product_id):
            state.claimed.discard(product_id)
            return (product_id,)
        case _:
            return ()


def _card(sheet: ProductSheet, currency: str) -> ProductCard:
    return ProductCard(
        **_told(sheet), currency=currency, price_minor=_asked(sheet), gift="", stock_left=sheet.stock, pinned=False
    )


def _told(sheet: ProductSheet) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in sheet.__struct_fields__}


def _asked(sheet: ProductSheet) -> int | None:
    """The price a sheet asks of buyers: the live price, or the list price where there is none."""
    return sheet.list_price_minor if sheet.live_price_minor is None else sheet.live_price_minor


def _edited(card: ProductCard, sheet: ProductSheet, fields: tuple[str, ...]) -> ProductCard:
    values = _told(sheet)
    if {"live_price_minor", "list_price_minor"} & set(fields):  # only a new price of the sheet ends a promo's price
        values["price_minor"] = _asked(sheet)
    if "stock" in fields:
        sold = 0 if card.stock is None or card.stock_left is None else card.stock - card.stock_left
        values["stock_left"] = None if sheet.stock is None else sheet.stock - sold
    return msgspec.structs.replace(card, **values)


def _pin(state: Cards, product_id: str) -> tuple[str, ...]:
    changed = tuple(key for key in {state.pinned, product_id} if key in state.cards)
    state.pinned = product_id
    for key in changed:
        state.cards[key] = msgspec.structs.replace(state.cards[key], pinned=key == product_id)
    return changed


def _apply(state: Cards, applied: PromoApplied) -> tuple[str, ...]:
    card = state.cards.get(applied.product_id)
    if card is None:
        return ()
    if applied.kind == "price":
        state.cards[applied.product_id] = msgspec.structs.replace(card, price_minor=applied.price_minor)
    else:
        state.cards[applied.product_id] = msgspec.structs.replace(card, gift=applied.gift)
    return (applied.product_id,)


def _take(state: Cards, lines: tuple[OrderLine, ...], sign: int) -> set[str]:
    changed: set[str] = set()
    for line in lines:
        card = state.cards.get(line.product_id)
        if card is not None and card.stock_left is not None:
            state.cards[line.product_id] = msgspec.structs.replace(card, stock_left=card.stock_left + sign * line.quantity)
            changed.add(line.product_id)
    return changed


CARDS = View(
    name="product.cards",
    row=ProductCard,
    reads=(
        ProductAdded,
        ProductEdited,
        ProductRemoved,
        ProductPinned,
        PromoApplied,
        OrderCreated,
        OrderCancelled,
        OrderRefunded,
        ClaimSoldOut,
        ClaimRestocked,
    ),
    state=Cards,
    fold=fold,
    keys=lambda state: state.cards.keys(),
    get=lambda state, key: state.cards.get(key),
    duty="product.read",
    pace_ms=100,
)
