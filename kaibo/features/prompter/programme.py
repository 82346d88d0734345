"""The programme as the host's screen needs it: the cue on air and the next, the product's true price and stock, its promo."""

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.features.claim.facts import ClaimRestocked, ClaimSoldOut
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderRefunded
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved, ProductSheet
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoFailed
from kaibo.features.rundown.facts import (
    Cue,
    CueAdded,
    CueEdited,
    CueMoved,
    CueRemoved,
    CueSkipped,
    CueWent,
)
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowStage

PromoState = Literal["approved", "applied", "failed"]

CUE_TYPES: dict[str, Any] = {each.name: each.type for each in msgspec.structs.fields(Cue)}
PLAN_FACTS = (CueAdded, CueEdited, CueMoved, CueRemoved, CueSkipped)
RUN_FACTS = (ShowAired, ShowEnded, CueWent)
PRODUCT_FACTS = (ProductAdded, ProductEdited, ProductRemoved)
CLAIM_FACTS = (ClaimSoldOut, ClaimRestocked)
ORDER_FACTS = (OrderCreated, OrderCancelled, OrderRefunded)
PROMO_FACTS = (PromoApproved, PromoApplied, PromoFailed)


@dataclass(slots=True)
class Goods:
    """A product as a buyer finds it now: `price_minor` with the promos the shop confirmed, `taken` units held by orders."""

    sheet: ProductSheet
    currency: str
    price_minor: int | None
    taken: int = 0

    @property
    def stock_left(self) -> int | None:
        """Units left, None when nobody said how many there were."""
        return None if self.sheet.stock is None else self.sheet.stock - self.taken


@dataclass(frozen=True, slots=True)
class PromoShown:
    """A promo as the host sees it: approved, applied or failed; the price is None for a gift."""

    promo_id: str
    state: PromoState
    price_minor: int | None
    gift: str
    at: int


@dataclass(slots=True)
class Programme:
    """`order` holds (rank, cue_id), sorted as plain strings.

    By product_id: `standing` are promos that are true for buyers, `moving` those on their way or just failed.
    """

    show_state: ShowStage = "planned"
    cues: dict[str, Cue] = field(default_factory=dict[str, Cue])
    ranks: dict[str, str] = field(default_factory=dict[str, str])
    order: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    skipped: set[str] = field(default_factory=set[str])
    on_air: str | None = None
    finished: bool = False
    goods: dict[str, Goods] = field(default_factory=dict[str, Goods])
    standing: dict[str, PromoShown] = field(default_factory=dict[str, PromoShown])
    moving: dict[str, PromoShown] = field(default_factory=dict[str, PromoShown])
    failed: set[str] = field(default_factory=set[str])
    claimed: set[str] = field(default_factory=set[str])  # products of which every unit is claimed

    def cue(self) -> Cue | None:
        """The cue on air."""
        return None if self.on_air is None else self.cues.get(self.on_air)

    def next_title(self) -> str:
        """The title of the cue that GO goes to; "" at the end."""
        if self.finished:
            return ""
        first = 0
        if self.on_air is not None:
            first = bisect_left(self.order, (self.ranks[self.on_air], self.on_air)) + 1
        place = next((i for i in range(first, len(self.order)) if self.order[i][1] not in self.skipped), None)
        return "" if place is None else self.cues[self.order[place][1]].title

    def sold_out(self, product_id: str) -> bool:
        """Whether nothing is left to order or to claim: what must not be promised any more."""
        goods = self.goods.get(product_id)
        left = goods.stock_left if goods else None
        return product_id in self.claimed or (left is not None and left <= 0)

    def promo(self, product_id: str) -> PromoShown | None:
        """What to show of a product's promo: news before what stands."""
        return self.moving.get(product_id) or self.standing.get(product_id)


def fold(state: Programme, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case CueAdded() | CueEdited() | CueMoved() | CueRemoved() | CueSkipped() as fact:
            _plan(state, fact)
        case ProductAdded() | ProductEdited() | ProductRemoved() as fact:
            _sheet(state, fact)
        case OrderCreated(lines=lines):
            _take(state, lines, 1)
        case OrderCancelled(lines=lines) | OrderRefunded(lines=lines):
            _take(state, lines, -1)
        case PromoApproved() | PromoApplied() | PromoFailed() as fact:
            _promo(state, fact, event.at)
        case ClaimSoldOut(product_id=product_id):
            state.claimed.add(product_id)
        case ClaimRestocked(product_id=product_id):
            state.claimed.discard(product_id)
        case _:
            _run(state, event)


def _run(state: Programme, event: Event[Any]) -> None:
    match event.fact:
        case ShowAired():
            state.show_state = "live"
        case ShowEnded():
            state.show_state, state.on_air, state.finished = "ended", None, True
        case CueWent(cue_id=cue_id):
            state.on_air, state.finished = cue_id, False
            for product_id in state.failed:  # a failure is news until the next cue
                state.moving.pop(product_id, None)
            state.failed.clear()
        case _:
            pass


def _plan(state: Programme, fact: CueAdded | CueEdited | CueMoved | CueRemoved | CueSkipped) -> None:
    match fact:
        case CueAdded():
            state.cues[fact.cue.cue_id] = fact.cue
            _stand(state, fact.cue.cue_id, fact.rank)
        case CueEdited():
            values = {name: msgspec.convert(value, CUE_TYPES[name]) for name, value in fact.values.items()}
            state.cues[fact.cue_id] = replace(state.cues[fact.cue_id], **values)
        case CueMoved():
            _leave(state, fact.cue_id)
            _stand(state, fact.cue_id, fact.rank)
        case CueRemoved():
            _leave(state, fact.cue_id)
            del state.cues[fact.cue_id]
            state.skipped.discard(fact.cue_id)
        case CueSkipped():
            (state.skipped.add if fact.skipped else state.skipped.discard)(fact.cue_id)


def _stand(state: Programme, cue_id: str, rank: str) -> None:
    state.ranks[cue_id] = rank
    insort(state.order, (rank, cue_id))


def _leave(state: Programme, cue_id: str) -> None:
    del state.order[bisect_left(state.order, (state.ranks.pop(cue_id), cue_id))]


def _sheet(state: Programme, fact: ProductAdded | ProductEdited | ProductRemoved) -> None:
    match fact:
        case ProductAdded(product=sheet, currency=currency):
            before = state.goods.get(sheet.product_id)
            state.goods[sheet.product_id] = Goods(sheet, currency, _asked(sheet), before.taken if before else 0)
        case ProductEdited(product=sheet, fields=fields):
            goods = state.goods[sheet.product_id]
            goods.sheet = sheet
            if {"live_price_minor", "list_price_minor"} & set(fields):
                goods.price_minor = _asked(sheet)
                state.standing.pop(sheet.product_id, None)
        case ProductRemoved(product_id=product_id):
            state.goods.pop(product_id, None)


def _asked(sheet: ProductSheet) -> int | None:
    return sheet.list_price_minor if sheet.live_price_minor is None else sheet.live_price_minor


def _take(state: Programme, lines: tuple[OrderLine, ...], sign: int) -> None:
    for line in lines:
        goods = state.goods.get(line.product_id)
        if goods is not None:
            goods.taken += sign * line.quantity


def _promo(state: Programme, fact: PromoApproved | PromoApplied | PromoFailed, at: int) -> None:
    product_id = fact.product_id
    before = state.moving.get(product_id)
    match fact:
        case PromoApproved():
            state.failed.discard(product_id)
            price_minor = fact.price_minor if fact.kind == "price" else None
            state.moving[product_id] = PromoShown(fact.promo_id, "approved", price_minor, fact.gift, at)
        case PromoApplied():
            _apply(state, fact, at)
            if before is not None and before.promo_id == fact.promo_id:
                del state.moving[product_id]
        case PromoFailed():
            state.failed.add(product_id)
            same = before if before is not None and before.promo_id == fact.promo_id else None
            price_minor, gift = (same.price_minor, same.gift) if same else (None, "")
            state.moving[product_id] = PromoShown(fact.promo_id, "failed", price_minor, gift, at)


def _apply(state: Programme, fact: PromoApplied, at: int) -> None:
    stands = state.standing.get(fact.product_id)
    price_minor = fact.price_minor if fact.kind == "price" else (stands.price_minor if stands else None)
    gift = fact.gift if fact.kind == "gift" else (stands.gift if stands else "")
    state.standing[fact.product_id] = PromoShown(fact.promo_id, "applied", price_minor, gift, at)
    goods = state.goods.get(fact.product_id)
    if goods is not None and fact.kind == "price":
        goods.price_minor = fact.price_minor
