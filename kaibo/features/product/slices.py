"""OFFER: what a buyer is offered now: each product's sheet, price, gift and coupon, and the product on air. One rule for every screen."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.script import one_spelling
from kaibo.core.slice import Slice, Touched
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductPinned, ProductRemoved, ProductSheet
from kaibo.features.promo.facts import (
    Coupon,
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoFailed,
    PromoKind,
    PromoSaidAgain,
    PromoUnsaid,
)
from kaibo.features.rundown.facts import CueWent
from kaibo.features.rundown.slices import COURSE, Rundown

KINDS: tuple[PromoKind, ...] = ("price", "gift", "coupon")
NONE = ""  # the product on air where there is none
AIR = ""  # what is touched beside products by their id: which one is on air, or pinned


@dataclass(frozen=True, slots=True)
class Granted:
    """The promo that a price, a gift or a coupon is of, and since when (ms UTC): the shop confirmed it, and nothing came after it."""

    promo_id: str
    at: int


class OfferLeft(msgspec.Struct, frozen=True, kw_only=True):
    """What is left once a promo is off: the price in minor units (None where nobody set one), and the gift and coupon beside it."""

    price_minor: int | None
    gift: str
    coupon: Coupon | None


@dataclass(slots=True)
class Offer:
    """What a buyer gets now for a product: the price in minor units (None while nobody set one), and the gift and coupon beside it.

    `promos`: by kind, which promo it is that stands; a kind that is not there is the sheet's. `coming`: by promo_id, those that the
    shop was asked for and has not answered. `stuck`: the promo_id of those that the shop did not end. `spent`: of those whose time
    was up, until the shop says that they are off. `wrong`: of those that
    somebody took back, until the shop says that they are off. `prices`: since when (ms UTC) it cost what, oldest first.
    """

    sheet: ProductSheet
    currency: str
    price_minor: int | None
    gift: str = ""
    coupon: Coupon | None = None
    promos: dict[str, Granted] = field(default_factory=dict[str, Granted])
    coming: dict[str, PromoApproved] = field(default_factory=dict[str, PromoApproved])
    stuck: set[str] = field(default_factory=set[str])
    spent: set[str] = field(default_factory=set[str])
    wrong: set[str] = field(default_factory=set[str])
    prices: list[tuple[int, int | None]] = field(default_factory=list[tuple[int, int | None]])

    def price_at(self, at: int) -> int | None:
        """What a buyer paid at an instant (ms UTC): who ordered then, however late it is told, ordered at that price."""
        if not self.prices or at >= self.prices[-1][0]:
            return self.price_minor
        return self.prices[max(0, bisect_right(self.prices, at, key=_since) - 1)][1]

    def reprice(self, price_minor: int | None, at: int) -> None:
        """Buyers pay this from now on."""
        self.price_minor = price_minor
        self.prices.append((at, price_minor))

    @property
    def coupon_price_minor(self) -> int | None:
        """券後: what one unit comes to with the coupon; None without one, or where one unit is not worth enough for it."""
        if self.coupon is None or self.price_minor is None:
            return None
        return after_coupon(self.price_minor, self.coupon)

    @property
    def said_coupon_price_minor(self) -> int | None:
        """The same as people may say it: not while the price or the coupon it is made of is wrong."""
        return None if {"price", "coupon"} & {*self.unsaid} else self.coupon_price_minor

    @property
    def promo_kinds(self) -> tuple[PromoKind, ...]:
        """Of which kinds the shop has a promo on, or one is on its way to it."""
        coming = {approved.kind for approved in self.coming.values()}
        return tuple(kind for kind in KINDS if kind in self.promos or kind in coming)

    @property
    def promo_price_minor(self) -> int | None:
        """The price of a promo that stands or is on its way, while the sheet cannot ask another one; None where the sheet is free to.

        It is free, too, where the shop did not end the promo: what the sheet asks may be why.
        """
        coming = [approved.price_minor for approved in self.coming.values() if approved.kind == "price"]
        granted = self.promos.get("price")
        if coming or granted is None or granted.promo_id in self.stuck:
            return coming[-1] if coming else None
        return self.price_minor

    @property
    def standing(self) -> dict[str, Granted]:
        """By kind, the promos that buyers have now: of one whose time is up nobody can take anything, whatever the shop says."""
        return {kind: granted for kind, granted in self.promos.items() if granted.promo_id not in self.spent}

    @property
    def unsaid(self) -> tuple[PromoKind, ...]:
        """Of which kinds buyers have a promo that is wrong: nobody is to say it, also where the shop could not take it back."""
        standing = self.standing
        return tuple(kind for kind in KINDS if kind in standing and standing[kind].promo_id in self.wrong)

    def holds(self, promo_id: str) -> bool:
        """Whether the shop has this promo on, as far as it said: there is something to end."""
        return any(granted.promo_id == promo_id for granted in self.promos.values())

    def stands(self, promo_id: str) -> bool:
        """Whether buyers have this promo now."""
        return self.holds(promo_id) and promo_id not in self.spent

    def without(self, promo_id: str) -> OfferLeft:
        """What buyers have once this promo is off: the sheet's in its place, and everything else as it is."""
        mine = {kind for kind, granted in self.promos.items() if granted.promo_id == promo_id}
        return OfferLeft(
            price_minor=asked(self.sheet) if "price" in mine else self.price_minor,
            gift="" if "gift" in mine else self.gift,
            coupon=None if "coupon" in mine else self.coupon,
        )


@dataclass(slots=True)
class Offers:
    """Offers by product_id, in the order of the list; the product that was pinned since the last cue; and what is on air.

    A pin wins over the cue until it is taken off, the next cue goes, or the show ends. `before`: what was on air before the last
    change. `aired`: what came on air and when (ms UTC), for whatever is told late. `spelt`: product_id by its one spelling.
    """

    course: Rundown
    offers: dict[str, Offer] = field(default_factory=dict[str, Offer])
    pinned: str = NONE
    on_air: str = NONE
    before: str = NONE
    since: int = 0
    aired: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    spelt: dict[str, str] = field(default_factory=dict[str, str])

    def named(self, written: str) -> str | None:
        """The product_id that is written here, in whatever case, width or script; None for none of the list."""
        if written in self.offers:
            return written
        product_id = self.spelt.get(one_spelling(written).strip())
        return product_id if product_id in self.offers else None

    def on_air_at(self, at: int) -> str:
        """The product that was on air at an instant (ms UTC); "" where there was none."""
        if not self.aired or at >= self.since:  # nearly always: what is said now is about what is on air now
            return self.on_air
        place = bisect_right(self.aired, at, key=_since)
        return self.aired[place - 1][1] if place else NONE

    def on_air_each(self, instants: Sequence[int]) -> Sequence[str]:
        """The same at each of these instants."""
        if not self.aired or min(instants, default=self.since) >= self.since:
            return (self.on_air,) * len(instants)
        return list(map(self.on_air_at, instants))


def _since(came: tuple[int, object]) -> int:
    return came[0]


def asked(sheet: ProductSheet) -> int | None:
    """The price a sheet asks of buyers: the live price, or the list price where there is none."""
    return sheet.list_price_minor if sheet.live_price_minor is None else sheet.live_price_minor


def after_coupon(price_minor: int, coupon: Coupon) -> int | None:
    """What one unit at this price comes to with a coupon, in minor units; None where one unit is not worth enough for it, or would cost nothing."""
    if price_minor < coupon.min_spend_minor:
        return None
    share = price_minor * (coupon.percent_bp or 0) // 10_000  # a broken unit is not taken off: nobody pays more than was said
    return max(0, price_minor - (coupon.amount_minor or 0) - share) or None  # no shop gives it away for a coupon


def fold_offer(offers: Offers, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Sheets, promos the shop confirmed or ended, pins and cues."""
    del touched
    changed = _fold_list(offers, event)
    pinned = offers.pinned
    if isinstance(event.fact, ProductPinned):
        offers.pinned = event.fact.product_id
    if isinstance(event.fact, CueWent) or offers.course.show.ended or offers.pinned not in offers.offers:
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
            offers.offers[sheet.product_id] = Offer(sheet, currency, asked(sheet), prices=[(event.at, asked(sheet))])
            offers.spelt[one_spelling(sheet.product_id).strip()] = sheet.product_id
            return (sheet.product_id,)
        case ProductEdited(product=sheet):
            _edit(offers.offers[sheet.product_id], sheet, event.at)
            return (sheet.product_id,)
        case ProductRemoved(product_id=product_id):
            offers.offers.pop(product_id, None)
            return (product_id,)
        case (
            PromoApproved()
            | PromoApplied()
            | PromoFailed()
            | PromoEnding()
            | PromoUnsaid()
            | PromoSaidAgain()
            | PromoEnded()
            | PromoEndFailed() as fact
        ) if fact.product_id in offers.offers:
            _promote(offers.offers[fact.product_id], fact, event.at)
            return (fact.product_id,)
        case _:
            return ()


Moved = PromoApproved | PromoApplied | PromoFailed | PromoEnding | PromoUnsaid | PromoSaidAgain | PromoEnded | PromoEndFailed


def _promote(offer: Offer, fact: Moved, at: int) -> None:
    match fact:
        case PromoApproved():
            offer.coming[fact.promo_id] = fact
            return
        case PromoEnding() | PromoUnsaid():
            _leave(offer, fact)
            return
        case PromoSaidAgain():
            offer.wrong.discard(fact.promo_id)
            offer.stuck.discard(fact.promo_id)
            return
        case PromoEndFailed():  # what is wrong is wrong whatever the shop could do
            if offer.holds(fact.promo_id):
                offer.stuck.add(fact.promo_id)
            return
        case PromoApplied():
            _grant(offer, fact, at)
        case PromoEnded():
            offer.spent.discard(fact.promo_id)
            if not fact.lapsed:  # nobody said that the shop has it not
                offer.wrong.discard(fact.promo_id)
            _revoke(offer, fact, at)
        case PromoFailed():
            offer.wrong.discard(fact.promo_id)
    offer.coming.pop(fact.promo_id, None)


def _leave(offer: Offer, fact: PromoEnding | PromoUnsaid) -> None:
    if fact.why == "expired":  # nobody can take it any more, whenever the shop says so
        offer.spent.add(fact.promo_id)
        offer.coupon = None if offer.holds(fact.promo_id) else offer.coupon
    elif fact.why == "wrong":
        offer.wrong.add(fact.promo_id)
    else:  # somebody ends it as one that was right: that is the newest word
        offer.wrong.discard(fact.promo_id)


def _edit(offer: Offer, sheet: ProductSheet, at: int) -> None:
    # A promo's price outlives an edit of the name, and of a list price that nobody pays. Old logs hold edits that asked another price
    # of buyers meanwhile: the promo's gave way. One that the shop did not end goes on: the edit says what it is to go back to.
    before, offer.sheet = asked(offer.sheet), sheet
    granted = offer.promos.get("price")
    if asked(sheet) != before and (granted is None or granted.promo_id not in offer.stuck):
        offer.reprice(asked(sheet), at)
        offer.promos.pop("price", None)


def _grant(offer: Offer, applied: PromoApplied, at: int) -> None:
    offer.promos[applied.kind] = Granted(applied.promo_id, at)
    match applied.kind:
        case "price":
            offer.reprice(applied.price_minor, at)
        case "gift":
            offer.gift = applied.gift
        case "coupon":
            if applied.coupon is not None and applied.coupon.until is not None and applied.coupon.until <= at:
                offer.spent.add(applied.promo_id)  # told late: it was over before
            offer.coupon = None if applied.promo_id in offer.spent else applied.coupon


def _revoke(offer: Offer, ended: PromoEnded, at: int) -> None:
    if not offer.holds(ended.promo_id):
        return  # a later promo, or the sheet, took its place: that one stands
    left = offer.without(ended.promo_id)
    del offer.promos[ended.kind]
    if ended.kind == "price":
        offer.reprice(left.price_minor, at)
    offer.gift, offer.coupon = left.gift, left.coupon


OFFER: Slice[Offers] = Slice(
    name="product.offer",
    reads=(
        ProductAdded,
        ProductEdited,
        ProductRemoved,
        ProductPinned,
        PromoApproved,
        PromoApplied,
        PromoFailed,
        PromoEnding,
        PromoUnsaid,
        PromoSaidAgain,
        PromoEnded,
        PromoEndFailed,
    ),
    state=Offers,
    fold=fold_offer,
    over=(COURSE,),
)


class Pools(Protocol):
    """A product's stock as claims count it."""

    def pools(self) -> Sequence[str]:
        """All pools a buyer may draw on."""
        ...

    def free(self, pool: str) -> int | None:
        """Units left of a pool."""
        ...

    def lacking(self) -> Mapping[str, int]:
        """Units promised beyond what there is, by pool."""
        ...

    def empty(self) -> bool:
        """Whether nothing is left in any."""
        ...


class SizeLeft(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a size with stock of its own; `variant` "": of all others together. `left` None: without end.

    `oversold`: units promised beyond what there is of it.
    """

    variant: str
    left: int | None
    oversold: int


def sizes_of(goods: Pools) -> tuple[SizeLeft, ...]:
    """All sizes where at least one is gone and something is left to sell; else none: the product's own number says it."""
    if goods.empty():
        return ()
    lacking = goods.lacking()
    sizes = [SizeLeft(variant=pool, left=goods.free(pool), oversold=lacking.get(pool, 0)) for pool in goods.pools()]
    return tuple(sizes) if any(size.left is not None and size.left <= 0 for size in sizes) else ()
