"""The simulated shop: it takes approved promos as a real one would, ends them, says no to what no shop would sell, and cancels orders."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderCancelAsked
from kaibo.features.product.shown import CARDS, ProductCard
from kaibo.features.product.slices import after_coupon
from kaibo.features.promo.commands import ConfirmPromo, ConfirmPromoEnd, FailPromo, FailPromoEnd
from kaibo.features.promo.facts import PromoApproved, PromoEnding
from kaibo.features.promo.shown import BOARD, PromoRow
from kaibo.kit.engine import Engine
from kaibo.kit.react import Follower


def shop_follower(engine: Engine) -> Follower:
    """Follows approvals and ends, and answers each with the shop's word."""

    async def act(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        match event.fact:
            case PromoApproved() as approved:
                fold = await engine.fold(event.stream)
                return [(event.stream, answer(approved, fold.row(CARDS, approved.product_id)))]
            case PromoEnding() as ending:
                fold = await engine.fold(event.stream)
                return [(event.stream, answer_end(ending, fold.row(CARDS, ending.product_id), fold.row(BOARD, ending.promo_id)))]
            case OrderCancelAsked() as asked:
                return [(event.stream, cancelled(asked))]
            case _:
                return []

    return Follower("shop.simulated", (PromoApproved, PromoEnding, OrderCancelAsked), act)


def answer(approved: PromoApproved, card: ProductCard | None) -> ConfirmPromo | FailPromo:
    """Confirm, or refuse: an unknown product, nothing left to sell, or less for it than the product costs."""
    promo_id = approved.promo_id
    if card is None:
        return FailPromo(promo_id=promo_id, code="shop.unknown_product", detail=approved.product_id)
    if card.sold_out:
        return FailPromo(promo_id=promo_id, code="shop.sold_out", detail=card.name)
    price_minor = approved.price_minor
    if approved.coupon is not None:
        price_minor = after_coupon(max(price_minor, approved.coupon.min_spend_minor), approved.coupon) or 0
    if approved.kind != "gift" and card.cost_minor is not None and price_minor < card.cost_minor:
        return FailPromo(promo_id=promo_id, code="shop.price_below_cost", detail=card.name)
    return ConfirmPromo(promo_id=promo_id)


def cancelled(asked: OrderCancelAsked) -> RecordOrders:
    """It cancels what it is asked to, and tells of it as of any order."""
    return RecordOrders(platform=asked.platform, items=(OrderItem(kind="cancelled", order_id=asked.order_id),))


def answer_end(ending: PromoEnding, card: ProductCard | None, row: PromoRow | None) -> ConfirmPromoEnd | FailPromoEnd:
    """Confirm, or refuse a price that has nothing to go back to: none is left, or less than the product costs."""
    promo_id = ending.promo_id
    if card is None or row is None or row.left is None or ending.kind != "price":
        return ConfirmPromoEnd(promo_id=promo_id)
    back_minor = row.left.price_minor
    if back_minor is None:
        return FailPromoEnd(promo_id=promo_id, code="shop.no_price", detail=card.name)
    if card.cost_minor is not None and back_minor < card.cost_minor:
        return FailPromoEnd(promo_id=promo_id, code="shop.price_below_cost", detail=card.name)
    return ConfirmPromoEnd(promo_id=promo_id)
