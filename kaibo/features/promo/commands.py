"""What may be asked of a promo."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.promo.facts import Coupon, Evidence, PromoKind

PromoId = Annotated[str, Meta(min_length=1, max_length=64)]


class ProposePromo(Command, frozen=True, kw_only=True, tag="promo.propose"):
    """Propose a price, a gift or a coupon, with the figures that speak for it."""

    duty: ClassVar = "promo.propose"
    promo_id: PromoId
    product_id: Annotated[str, Meta(min_length=1, max_length=64)]
    kind: PromoKind
    price_minor: Annotated[int, Meta(ge=0, le=10**12)] | None = None
    gift: Annotated[str, Meta(max_length=120)] = ""
    reason: Annotated[str, Meta(max_length=300)] = ""
    evidence: Annotated[tuple[Evidence, ...], Meta(max_length=12)] = ()
    expected: Annotated[str, Meta(max_length=200)] = ""
    coupon: Coupon | None = None


class ApprovePromo(Command, frozen=True, kw_only=True, tag="promo.approve"):
    """Approve somebody else's proposal; with `toss` a coin says whether now, or ten minutes later by itself."""

    duty: ClassVar = "promo.approve"
    promo_id: PromoId
    toss: bool = False


class RejectPromo(Command, frozen=True, kw_only=True, tag="promo.reject"):
    """Reject a proposal with a reason."""

    duty: ClassVar = "promo.approve"
    promo_id: PromoId
    reason: Annotated[str, Meta(max_length=300)] = ""


class WithdrawPromo(Command, frozen=True, kw_only=True, tag="promo.withdraw"):
    """Take one's own proposal back."""

    duty: ClassVar = "promo.propose"
    promo_id: PromoId


class ConfirmPromo(Command, frozen=True, kw_only=True, tag="promo.confirm"):
    """The shop says the promo is on (a connector's command)."""

    duty: ClassVar = "promo.settle"
    promo_id: PromoId


class FailPromo(Command, frozen=True, kw_only=True, tag="promo.fail"):
    """The shop refused it (a connector's command): `code` such as shop.price_below_floor."""

    duty: ClassVar = "promo.settle"
    promo_id: PromoId
    code: Annotated[str, Meta(min_length=1, max_length=64)]
    detail: Annotated[str, Meta(max_length=300)] = ""


class EndPromo(Command, frozen=True, kw_only=True, tag="promo.end"):
    """End a promo that is on: it has run its course. Allowed after the show too."""

    duty: ClassVar = "promo.end"
    promo_id: PromoId
    reason: Annotated[str, Meta(max_length=300)] = ""


class TakeBackPromo(Command, frozen=True, kw_only=True, tag="promo.take_back"):
    """Take back a promo that is wrong, also while the shop has not answered yet; the host is told at once not to say it."""

    duty: ClassVar = "promo.end"
    promo_id: PromoId
    reason: Annotated[str, Meta(max_length=300)] = ""


class SayAgainPromo(Command, frozen=True, kw_only=True, tag="promo.say_again"):
    """What was called wrong was right: it may be said again. Allowed while the shop is not asked to take it back, or once it did not."""

    duty: ClassVar = "promo.end"
    promo_id: PromoId


class ExpirePromos(Command, frozen=True, kw_only=True, tag="promo.expire"):
    """End what has run out of time (a timer's command)."""

    duty: ClassVar = "promo.keep"


class ApproveTossed(Command, frozen=True, kw_only=True, tag="promo.approve_tossed"):
    """Approve what the coin put off and whose time has come (a timer's command)."""

    duty: ClassVar = "promo.keep"


class ConfirmPromoEnd(Command, frozen=True, kw_only=True, tag="promo.confirm_end"):
    """The shop says the promo is off (a connector's command)."""

    duty: ClassVar = "promo.settle"
    promo_id: PromoId


class FailPromoEnd(Command, frozen=True, kw_only=True, tag="promo.fail_end"):
    """The shop did not end it (a connector's command): `code` such as shop.unreachable."""

    duty: ClassVar = "promo.settle"
    promo_id: PromoId
    code: Annotated[str, Meta(min_length=1, max_length=64)]
    detail: Annotated[str, Meta(max_length=300)] = ""


class SettlePromoByHand(Command, frozen=True, kw_only=True, tag="promo.settle_by_hand"):
    """Somebody changed it in the shop's back office, and says so: the promo is `on`, or it is `off`.

    `done` False: the back office did not let them, and `reason` says why.
    """

    duty: ClassVar = "promo.settle_by_hand"
    promo_id: PromoId
    now: Literal["on", "off"]
    done: bool = True
    reason: Annotated[str, Meta(max_length=300)] = ""
