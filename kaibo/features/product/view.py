"""Product cards with price and stock that are true now."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.claim.slices import STOCK, Shelf
from kaibo.features.product.facts import Doubt
from kaibo.features.product.slices import AIR, NONE, OFFER, Offers, SizeLeft, sizes_of
from kaibo.features.promo.facts import Coupon, PromoKind


class ProductCard(msgspec.Struct, frozen=True, kw_only=True):
    """View `product.cards`, key product_id. `price_minor` is what a buyer pays now (a promo the shop confirmed included).

    `coupon`: what buyers may take beside it, and
    `coupon_price_minor` what one unit comes to with it (None where it is not worth enough, or one of the two is wrong).

    `variants_stock`: what its variants have of their own where each has, else None; they are the total then, whatever `stock` says.
    `stock` as the sheet says; `stock_left`: units nobody ordered or holds of what there is to sell, None without end, below nought
    when more was sold than there was. `pinned` by hand since the last cue; `on_air`: what the show is about now, pinned or of the
    cue. `promo_kinds`: of which a promo is on in the shop or on its way; `unsaid`: of which buyers have one that is being taken back; `promo_price_minor`: the price that keeps the sheet from asking
    another one. `sold_out`: nothing is left to order or to claim, in any variant. `stock_few`: time to say "last ones".
    `oversold`: units promised beyond what there is. `per_buyer_limit` as the sheet says; `limit`: how many a buyer may have, as
    claims are decided. `sizes`: all that have stock of their own, where at least one is gone or oversold and something is left.
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
    on_air: bool = False
    sold_out: bool = False
    coupon: Coupon | None = None
    coupon_price_minor: int | None = None
    oversold: int = 0
    limit: int | None = None
    promo_kinds: tuple[PromoKind, ...] = ()
    unsaid: tuple[PromoKind, ...] = ()
    promo_price_minor: int | None = None
    variants_stock: int | None = None
    stock_few: bool = False
    sizes: tuple[SizeLeft, ...] = ()


class ProductSign(msgspec.Struct, frozen=True, kw_only=True):
    """View `product.signs`, key product_id: what a screen where anybody may stand says of a product: its name, and whether it is gone.

    `sold_out` as on the card: nothing is left to order or to claim, in any variant.
    """

    name: str
    sold_out: bool


@dataclass(frozen=True, slots=True)
class Cards:
    """Nothing of its own: both are slices."""

    offers: Offers
    shelf: Shelf


def fold_cards(cards: Cards, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Sheets, prices, pins, orders and claims move the cards."""
    del event
    changed = touched.of(OFFER, STOCK)
    if AIR in changed:
        changed |= {cards.offers.before, cards.offers.on_air}
    return changed - {NONE}


def card(cards: Cards, product_id: str) -> ProductCard | None:
    """A card, None when the product is not on the list."""
    offer = cards.offers.offers.get(product_id)
    if offer is None:
        return None
    sheet, goods = offer.sheet, cards.shelf.goods[product_id]
    return ProductCard(
        product_id=product_id,
        name=sheet.name,
        currency=offer.currency,
        variants=sheet.variants,
        item_type=sheet.item_type,
        cost_minor=sheet.cost_minor,
        list_price_minor=sheet.list_price_minor,
        live_price_minor=sheet.live_price_minor,
        price_minor=offer.price_minor,
        gift=offer.gift,
        stock=sheet.stock,
        stock_left=goods.left(),
        per_buyer_limit=sheet.per_buyer_limit,
        selling_points=sheet.selling_points,
        doubts=sheet.doubts,
        certificates=sheet.certificates,
        must_not_say=sheet.must_not_say,
        pinned=cards.offers.pinned == product_id,
        on_air=cards.offers.on_air == product_id,
        sold_out=goods.empty(),
        coupon=offer.coupon,
        coupon_price_minor=offer.said_coupon_price_minor,
        oversold=sum(goods.lacking().values()),
        limit=cards.shelf.limit_of(goods),
        promo_kinds=offer.promo_kinds,
        unsaid=offer.unsaid,
        promo_price_minor=offer.promo_price_minor,
        variants_stock=goods.by_variants(),
        stock_few=goods.few(),
        sizes=sizes_of(goods),
    )


def sign(cards: Cards, product_id: str) -> ProductSign | None:
    """A sign, None when the product is not on the list."""
    offer = cards.offers.offers.get(product_id)
    return None if offer is None else ProductSign(name=offer.sheet.name, sold_out=cards.shelf.goods[product_id].empty())


CARDS = View(
    name="product.cards",
    row=ProductCard,
    reads=(),
    state=Cards,
    fold=fold_cards,
    keys=lambda cards: cards.offers.offers.keys(),
    get=card,
    duty="product.read",
    pace_ms=100,
    over=(OFFER, STOCK),
)
SIGNS = View(
    name="product.signs",
    row=ProductSign,
    reads=(),
    state=Cards,
    fold=fold_cards,
    keys=lambda cards: cards.offers.offers.keys(),
    get=sign,
    duty="rundown.read",  # a screen on a wall reads the rundown, and no card: that says what a thing costs
    pace_ms=500,
    over=(OFFER, STOCK),
)
