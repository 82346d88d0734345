"""What the rules of promos must remember: where each promo stands; prices that are true now are a slice."""

from dataclasses import dataclass, field
from typing import Any, Literal

from kaibo.core.event import Event
from kaibo.core.slice import Touched
from kaibo.features.product.slices import Offers
from kaibo.features.promo.facts import (
    PromoApplied,
    PromoApproved,
    PromoFailed,
    PromoKind,
    PromoProposed,
    PromoRejected,
    PromoWithdrawn,
)
from kaibo.features.show.slices import ShowStage

Stage = Literal["proposed", "approved", "rejected", "withdrawn", "applied", "failed"]


@dataclass(slots=True)
class Promo:
    """A proposal as it was made, who made it, and its stage."""

    proposed: PromoProposed
    proposed_by: str
    stage: Stage = "proposed"


@dataclass(slots=True)
class PromoState:
    """Promos by promo_id, and the one approved promo the shop has not answered, by product and kind."""

    show: ShowStage
    offers: Offers
    promos: dict[str, Promo] = field(default_factory=dict[str, Promo])
    in_flight: dict[tuple[str, PromoKind], str] = field(default_factory=dict[tuple[str, PromoKind], str])


def fold(state: PromoState, event: Event[Any], touched: Touched) -> None:
    """Take one event in."""
    del touched
    match event.fact:
        case PromoProposed() as proposed:
            state.promos[proposed.promo_id] = Promo(proposed, event.actor.id)
        case PromoApproved() as approved:
            state.promos[approved.promo_id].stage = "approved"
            state.in_flight[approved.product_id, approved.kind] = approved.promo_id
        case PromoRejected(promo_id=promo_id):
            state.promos[promo_id].stage = "rejected"
        case PromoWithdrawn(promo_id=promo_id):
            state.promos[promo_id].stage = "withdrawn"
        case PromoApplied(promo_id=promo_id):
            _land(state, promo_id, "applied")
        case PromoFailed(promo_id=promo_id):
            _land(state, promo_id, "failed")
        case _:
            pass


def _land(state: PromoState, promo_id: str, stage: Stage) -> None:
    promo = state.promos[promo_id]
    promo.stage = stage
    state.in_flight.pop((promo.proposed.product_id, promo.proposed.kind), None)
