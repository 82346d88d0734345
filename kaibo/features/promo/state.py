"""What the rules of promos must remember: prices that are true now, and where each promo stands."""

from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved, ProductSheet
from kaibo.features.promo.facts import (
    PromoApplied,
    PromoApproved,
    PromoFailed,
    PromoKind,
    PromoProposed,
    PromoRejected,
    PromoStage,
    PromoWithdrawn,
)
from kaibo.features.show.facts import ShowEnded


@dataclass(slots=True)
class Offer:
    """What a buyer gets now for a product: the price in minor units (None while nobody set one), and the gift beside it."""

    price_minor: int | None
    currency: str
    gift: str = ""


@dataclass(slots=True)
class Promo:
    """A proposal as it was made, who made it, and its stage."""

    proposed: PromoProposed
    proposed_by: str
    stage: PromoStage = "proposed"


@dataclass(slots=True)
class PromoState:
    """Offers by product_id, promos by promo_id, and the one approved promo the shop has not answered, by product and kind."""

    show_ended: bool = False
    offers: dict[str, Offer] = field(default_factory=dict[str, Offer])
    promos: dict[str, Promo] = field(default_factory=dict[str, Promo])
    in_flight: dict[tuple[str, PromoKind], str] = field(default_factory=dict[tuple[str, PromoKind], str])


def fold(state: PromoState, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case ShowEnded():
            state.show_ended = True
        case ProductAdded(product=sheet, currency=currency):
            state.offers[sheet.product_id] = Offer(sheet_price(sheet), currency)
        case ProductEdited(product=sheet, fields=fields):
            _reprice(state.offers[sheet.product_id], sheet, fields)
        case ProductRemoved(product_id=product_id):
            state.offers.pop(product_id, None)
        case PromoProposed() as proposed:
            state.promos[proposed.promo_id] = Promo(proposed, event.actor.id)
        case PromoApproved() as approved:
            state.promos[approved.promo_id].stage = "approved"
            state.in_flight[approved.product_id, approved.kind] = approved.promo_id
        case PromoRejected(promo_id=promo_id):
            state.promos[promo_id].stage = "rejected"
        case PromoWithdrawn(promo_id=promo_id):
            state.promos[promo_id].stage = "withdrawn"
        case PromoApplied() as applied:
            _land(state, applied.promo_id, "applied")
            _grant(state, applied)
        case PromoFailed(promo_id=promo_id):
            _land(state, promo_id, "failed")
        case _:
            pass


def sheet_price(sheet: ProductSheet) -> int | None:
    """The price a sheet asks of buyers: the live price, or the list price where there is none."""
    return sheet.list_price_minor if sheet.live_price_minor is None else sheet.live_price_minor


def _reprice(offer: Offer, sheet: ProductSheet, fields: tuple[str, ...]) -> None:
    # A promo's price outlives an edit of the name; it gives way only when somebody sets the price itself.
    if {"live_price_minor", "list_price_minor"} & set(fields):
        offer.price_minor = sheet_price(sheet)


def _land(state: PromoState, promo_id: str, stage: PromoStage) -> None:
    promo = state.promos[promo_id]
    promo.stage = stage
    state.in_flight.pop((promo.proposed.product_id, promo.proposed.kind), None)


def _grant(state: PromoState, applied: PromoApplied) -> None:
    offer = state.offers.get(applied.product_id)
    if offer is None:
        return
    if applied.kind == "price":
        offer.price_minor = applied.price_minor
    else:
        offer.gift = applied.gift
