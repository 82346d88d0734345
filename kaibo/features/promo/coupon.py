"""What a coupon must be before it is proposed, and when it is too late for it."""

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line, typed
from kaibo.features.product.slices import Offer
from kaibo.features.promo.facts import Coupon

WHOLE_BP = 10_000


class PromoCouponMissing(Refusal):
    """A coupon promo without a coupon, or one that nobody could name: neither a name nor a code."""

    code = "promo.coupon_missing"
    status = 422


class PromoCouponWrong(Refusal):
    """A coupon takes off an amount or a share, one of them, and more than nothing."""

    code = "promo.coupon_wrong"
    status = 422


class PromoCouponTooLarge(Refusal):
    """It takes off all that must be spent to use it, or more; that is a gift."""

    code = "promo.coupon_too_large"
    status = 422


class PromoCouponOver(Refusal):
    """Its time is up before anybody could take it."""

    code = "promo.coupon_over"
    until: int


def checked(coupon: Coupon | None, price_minor: int, ctx: Context) -> Coupon:
    """The coupon, if a shop could give it out for a product at this price. Raises a Refusal of this module."""
    if coupon is None:
        raise PromoCouponMissing
    coupon = replace(coupon, name=in_one_line(coupon.name), code=typed(coupon.code))
    if not (coupon.name or coupon.code):
        raise PromoCouponMissing
    off = [each for each in (coupon.amount_minor, coupon.percent_bp) if each is not None]
    if len(off) != 1 or off[0] == 0:
        raise PromoCouponWrong
    if (coupon.amount_minor or 0) >= max(price_minor, coupon.min_spend_minor) or coupon.percent_bp == WHOLE_BP:
        raise PromoCouponTooLarge
    check_time(coupon, ctx)
    return coupon


def check_time(coupon: Coupon | None, ctx: Context) -> None:
    """Raise PromoCouponOver for a coupon that has run out."""
    if coupon is not None and coupon.until is not None and coupon.until <= ctx.at:
        raise PromoCouponOver(until=coupon.until)


def begun(coupon: Coupon | None, at: int) -> Coupon | None:
    """The coupon as it holds from its approval on (ms UTC): what lasts so long has an end now."""
    if coupon is None or coupon.lasts_ms is None:
        return coupon
    return replace(coupon, until=at + coupon.lasts_ms if coupon.until is None else coupon.until, lasts_ms=None)


def same(coupon: Coupon, offer: Offer) -> bool:
    """Whether buyers can take exactly this one already."""
    return coupon == offer.coupon
