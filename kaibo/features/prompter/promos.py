"""The promos of a product as the host sees them: what stands, and what is on its way or has just failed."""

from dataclasses import dataclass, field
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.features.product.slices import Offer
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoFailed
from kaibo.features.rundown.facts import CueWent

PromoState = Literal["approved", "applied", "failed"]
PROMO_FACTS = (PromoApproved, PromoApplied, PromoFailed)


@dataclass(frozen=True, slots=True)
class PromoShown:
    """A promo as the host sees it: approved, applied or failed; the price is None for a gift."""

    promo_id: str
    state: PromoState
    price_minor: int | None
    gift: str
    at: int


@dataclass(slots=True)
class Moving:
    """By product_id: promos on their way to the shop or just refused by it; a failure is news until the next cue."""

    promos: dict[str, PromoShown] = field(default_factory=dict[str, PromoShown])

    def fold(self, event: Event[Fact]) -> None:
        """Take one event in."""
        match event.fact:
            case PromoApproved() as fact:
                price_minor = fact.price_minor if fact.kind == "price" else None
                self.promos[fact.product_id] = PromoShown(fact.promo_id, "approved", price_minor, fact.gift, event.at)
            case PromoApplied(promo_id=promo_id, product_id=product_id):
                if self._same(product_id, promo_id) is not None:
                    del self.promos[product_id]
            case PromoFailed(promo_id=promo_id, product_id=product_id):
                same = self._same(product_id, promo_id)
                price_minor, gift = (same.price_minor, same.gift) if same else (None, "")
                self.promos[product_id] = PromoShown(promo_id, "failed", price_minor, gift, event.at)
            case CueWent():
                self.promos = {key: promo for key, promo in self.promos.items() if promo.state != "failed"}
            case _:
                pass

    def _same(self, product_id: str, promo_id: str) -> PromoShown | None:
        promo = self.promos.get(product_id)
        return promo if promo is not None and promo.promo_id == promo_id else None


def standing(offer: Offer) -> PromoShown | None:
    """What the shop confirmed and is true for buyers now."""
    since = [at for at in (offer.price_promo, offer.gift_promo) if at is not None]
    if not since:
        return None
    price_minor = offer.price_minor if offer.price_promo is not None else None
    return PromoShown("", "applied", price_minor, offer.gift if offer.gift_promo is not None else "", max(since))
