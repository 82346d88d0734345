"""The way to the shop: only one promo of a product and kind is on it, there or back."""

from collections.abc import Iterable

from kaibo.core.errors import Refusal
from kaibo.core.proposal import Proposal, in_flight
from kaibo.features.promo.facts import PromoProposed


class PromoInFlight(Refusal):
    """The shop has not yet answered another promo of this product and kind."""

    code = "promo.in_flight"
    promo_id: str
    other_promo_id: str


class PromoReasonMissing(Refusal):
    """Who could not change it in the back office says why."""

    code = "promo.reason_missing"
    status = 422
    promo_id: str


def other_on_the_way(promos: Iterable[Proposal[PromoProposed]], mine: PromoProposed) -> PromoProposed | None:
    """Another of the same product and kind that the shop has not answered yet."""
    same = (mine.product_id, mine.kind)
    return in_flight(promos, lambda one: (one.product_id, one.kind) == same and one.promo_id != mine.promo_id)


def check_free(promos: Iterable[Proposal[PromoProposed]], mine: PromoProposed) -> None:
    """A real shop gives no promise about the order of two changes. Raises PromoInFlight."""
    other = other_on_the_way(promos, mine)
    if other is not None:
        raise PromoInFlight(promo_id=mine.promo_id, other_promo_id=other.promo_id)
