"""What the rules of promos must remember: where each promo stands; prices that are true now are a slice."""

from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.core.proposal import Proposal
from kaibo.core.slice import Touched
from kaibo.features.product.slices import Offers
from kaibo.features.promo.facts import (
    PromoApplied,
    PromoApproved,
    PromoFailed,
    PromoProposed,
    PromoRejected,
    PromoWithdrawn,
)
from kaibo.features.show.slices import ShowNow

Promo = Proposal[PromoProposed]


@dataclass(slots=True)
class PromoState:
    """Promos by promo_id."""

    show: ShowNow
    offers: Offers
    promos: dict[str, Promo] = field(default_factory=dict[str, Promo])


def fold(state: PromoState, event: Event[Any], touched: Touched) -> None:
    """Take one event in."""
    del touched
    match event.fact:
        case PromoProposed() as proposed:
            state.promos[proposed.promo_id] = Promo(proposed, event.actor.id)
        case PromoApproved(promo_id=promo_id):
            state.promos[promo_id].stage = "approved"
        case PromoRejected(promo_id=promo_id):
            state.promos[promo_id].stage = "rejected"
        case PromoWithdrawn(promo_id=promo_id):
            state.promos[promo_id].stage = "withdrawn"
        case PromoApplied(promo_id=promo_id):
            state.promos[promo_id].stage = "applied"
        case PromoFailed(promo_id=promo_id):
            state.promos[promo_id].stage = "failed"
        case _:
            pass
