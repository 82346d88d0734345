"""What a promo may cost, and that the price it was measured by still stands."""

from kaibo.core.errors import Refusal
from kaibo.core.money import amount
from kaibo.features.product.slices import Offer
from kaibo.features.promo.commands import ProposePromo
from kaibo.features.promo.facts import PromoProposed


class PromoPriceMissing(Refusal):
    """A price promo without a price."""

    code = "promo.price_missing"
    status = 422


class PromoPriceZero(Refusal):
    """Nothing is given away by a price of nought; that is a gift."""

    code = "promo.price_zero"
    status = 422


class PromoNoChange(Refusal):
    """Buyers have this price, this gift or this coupon already."""

    code = "promo.no_change"
    product_id: str


class PromoPriceMoved(Refusal):
    """The price is not what it was when this was proposed. `price_was` and `price_now` are as people write them, for the message."""

    code = "promo.price_moved"
    promo_id: str
    price_was_minor: int | None
    price_now_minor: int | None
    currency: str
    price_was: str
    price_now: str


def new_price(command: ProposePromo, price_was_minor: int) -> int:
    """The price a proposal asks, in minor units."""
    if command.price_minor is None:
        raise PromoPriceMissing
    if command.price_minor == 0:
        raise PromoPriceZero
    if command.price_minor == price_was_minor:
        raise PromoNoChange(product_id=command.product_id)
    return command.price_minor


def check_price_stands(proposed: PromoProposed, offer: Offer) -> None:
    """Its figures spoke for the price of then. Raises PromoPriceMoved."""
    was = proposed.price_was_minor
    if offer.price_minor != was:
        now = offer.price_minor
        raise PromoPriceMoved(
            promo_id=proposed.promo_id,
            price_was_minor=was,
            price_now_minor=now,
            currency=offer.currency,
            price_was=amount(was, offer.currency),
            price_now="–" if now is None else amount(now, offer.currency),
        )
