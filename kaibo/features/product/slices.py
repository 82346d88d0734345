"""OFFER: what a buyer is offered now: each product's sheet, price and gift, and the product on air. One rule for every screen."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductPinned, ProductRemoved, ProductSheet
from kaibo.features.promo.facts import PromoApplied
from kaibo.features.rundown.facts import CueWent
from kaibo.features.rundown.slices import COURSE, Rundown

PRICE_FIELDS = {"live_price_minor", "list_price_minor"}
NONE = ""  # the product on air where there is none
AIR = ""  # what is touched beside products by their id: which one is on air, or pinned


@dataclass(slots=True)
class Offer:
    """What a buyer gets now for a product: the price in minor units (None while nobody set one), and the gift beside it.

    `price_promo`, `gift_promo`: since when (ms UTC) the price or the gift is a promo's that the shop confirmed; None where it is not.
    """

    sheet: ProductSheet
    currency: str
    price_minor: int | None
    gift: str = ""
    price_promo: int | None = None
    gift_promo: int | None = None


@dataclass(slots=True)
class Offers:
    """Offers by product_id, in the order of the list; the product that was pinned since the last cue; and what is on air.

    A pin wins over the cue until it is taken off, the next cue goes, or the show ends. `before`: what was on air before the last
    change. `aired`: what came on air and when (ms UTC), for whatever is told late.
    """

    course: Rundown
    offers: dict[str, Offer] = field(default_factory=dict[str, Offer])
    pinned: str = NONE
    on_air: str = NONE
    before: str = NONE
    since: int = 0
    aired: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def on_air_at(self, at: int) -> str:
        """The product that was on air at an instant (ms UTC); "" where there was none."""
        if not self.aired or at >= self.since:  # nearly always: what is said now is about what is on air now
            return self.on_air
        place = bisect_right(self.aired, at, key=_since)
        return self.aired[place - 1][1] if place else NONE


def _since(came: tuple[int, str]) -> int:
    return came[0]


def asked(sheet: ProductSheet) -> int | None:
    """The price a sheet asks of buyers: the live price, or the list price where there is none."""
    return sheet.list_price_minor if sheet.live_price_minor is None else sheet.live_price_minor


def fold_offer(offers: Offers, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Sheets, promos the shop confirmed, pins and cues."""
    del touched
    changed = _fold_list(offers, event)
    pinned = offers.pinned
    if isinstance(event.fact, ProductPinned):
        offers.pinned = event.fact.product_id
    elif isinstance(event.fact, CueWent) or offers.course.show.ended or pinned not in offers.offers:
        offers.pinned = NONE
    cue = offers.course.cue()
    on_air = offers.pinned or (cue.product_id if cue is not None else None) or NONE
    if (pinned, offers.on_air) == (offers.pinned, on_air):
        return changed
    offers.before, offers.on_air = offers.on_air, on_air
    if offers.before != on_air:
        offers.since = event.at
        offers.aired.append((event.at, on_air))
    return (*changed, AIR)


def _fold_list(offers: Offers, event: Event[Fact]) -> tuple[str, ...]:
    match event.fact:
        case ProductAdded(product=sheet, currency=currency):
            offers.offers[sheet.product_id] = Offer(sheet, currency, asked(sheet))
            return (sheet.product_id,)
        case ProductEdited(product=sheet, fields=fields):
            _edit(offers.offers[sheet.product_id], sheet, fields)
            return (sheet.product_id,)
        case ProductRemoved(product_id=product_id):
            offers.offers.pop(product_id, None)
            return (product_id,)
        case PromoApplied(product_id=product_id) as applied if product_id in offers.offers:
            _grant(offers.offers[product_id], applied, event.at)
            return (product_id,)
        case _:
            pass
    return ()


def _edit(offer: Offer, sheet: ProductSheet, fields: tuple[str, ...]) -> None:
    # A promo's price outlives an edit of the name; it gives way only when somebody sets the price itself. Its gift stays.
    offer.sheet = sheet
    if PRICE_FIELDS & set(fields):
        offer.price_minor, offer.price_promo = asked(sheet), None


def _grant(offer: Offer, applied: PromoApplied, at: int) -> None:
    if applied.kind == "price":
        offer.price_minor, offer.price_promo = applied.price_minor, at
    else:
        offer.gift, offer.gift_promo = applied.gift, at


OFFER: Slice[Offers] = Slice(
    name="product.offer",
    reads=(ProductAdded, ProductEdited, ProductRemoved, ProductPinned, PromoApplied),
    state=Offers,
    fold=fold_offer,
    over=(COURSE,),
)
