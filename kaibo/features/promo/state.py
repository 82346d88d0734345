"""What the rules of promos must remember: prices that are true now, and where each promo stands."""

from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.core.proposal import Proposal
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved, ProductSheet
from kaibo.features.promo.facts import (
    PromoApplied,
    PromoApproved,
    PromoFailed,
    PromoProposed,
    PromoRejected,
    PromoWithdrawn,
)
from kaibo.features.show.facts import ShowEnded

Promo = Proposal[PromoProposed]


@dataclass(slots=True)
class Offer:
    """What a buyer gets now for a product: the price in minor units (None while nobody set one), and the gift beside it."""

    price_minor: int | None
    currency: str
    gift: str = ""


@dataclass(slots=True)
class PromoState:
    """Offers by product_id, promos by promo_id."""

    show_ended: bool = False
    offers: dict[str, Offer] = field(default_factory=dict[str, Offer])
    promos: dict[str, Promo] = field(default_factory=dict[str, Promo])


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
        case PromoApproved(promo_id=promo_id):
            state.promos[promo_id].stage = "approved"
        case PromoRejected(promo_id=promo_id):
            state.promos[promo_id].stage = "rejected"
        case PromoWithdrawn(promo_id=promo_id):
            state.promos[promo_id].stage = "withdrawn"
        case PromoApplied() as applied:
            state.promos[applied.promo_id].stage = "applied"
            _grant(state, applied)
        case PromoFailed(promo_id=promo_id):
            state.promos[promo_id].stage = "failed"
        case _:
            pass


def sheet_price(sheet: ProductSheet) -> int | None:
    """The price a sheet asks of buyers: the live price, or the list price where there is none."""
    return sheet.list_price_minor if sheet.live_price_minor is None else sheet.live_price_minor


def _reprice(offer: Offer, sheet: ProductSheet, fields: tuple[str, ...]) -> None:
    # A promo's price outlives an edit of the name; it gives way only when somebody sets the price itself.
    if {"live_price_minor", "list_price_minor"} & set(fields):
        offer.price_minor = sheet_price(sheet)


def _grant(state: PromoState, applied: PromoApplied) -> None:
    offer = state.offers.get(applied.product_id)
    if offer is None:
        return
    if applied.kind == "price":
        offer.price_minor = applied.price_minor
    else:
        offer.gift = applied.gift
