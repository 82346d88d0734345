"""The simulated shop: it takes approved promos as a real one would, and says no to what no shop would sell."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.features.product.shown import CARDS, ProductCard
from kaibo.features.promo.commands import ConfirmPromo, FailPromo
from kaibo.features.promo.facts import PromoApproved
from kaibo.kit.engine import Engine
from kaibo.kit.react import Follower


def shop_follower(engine: Engine) -> Follower:
    """Follows approvals and answers each with the shop's word."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        match event.fact:
            case PromoApproved() as approved:
                fold = await engine.fold(event.stream)
                return [(event.stream, answer(approved, fold.row(CARDS, approved.product_id)))]
            case _:
                return []

    return Follower("shop.simulated", (PromoApproved,), act)


def answer(approved: PromoApproved, card: ProductCard | None) -> ConfirmPromo | FailPromo:
    """Confirm, or refuse: an unknown product, nothing left to sell, or a price below what the product costs."""
    promo_id = approved.promo_id
    if card is None:
        return FailPromo(promo_id=promo_id, code="shop.unknown_product", detail=approved.product_id)
    if card.stock_left is not None and card.stock_left <= 0:
        return FailPromo(promo_id=promo_id, code="shop.sold_out", detail=card.name)
    if approved.kind == "price" and card.cost_minor is not None and approved.price_minor < card.cost_minor:
        return FailPromo(promo_id=promo_id, code="shop.price_below_cost", detail=card.name)
    return ConfirmPromo(promo_id=promo_id)
