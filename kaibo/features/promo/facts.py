"""The life of a promo: proposed, approved or rejected, applied or failed in the shop, and ended there again."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kaibo.core.event import Fact
from kaibo.core.proposal import Stage

PromoKind = Literal["price", "gift", "coupon"]
PromoStage = Stage
Reads = PromoStage | Literal["taking_back", "taken_back", "not_taken_back", "stays", "expired", "replaced", "lapsed_show"]
"""What became of it in one word, the same for every screen: its stage, and of one that is on or leaves it what is true for buyers."""
Arm = Literal["", "now", "later"]
"""What a coin said of when a promo is approved; "" where nobody tossed one."""
EndWhy = Literal["over", "wrong", "expired"]
"""over: it has run its course; wrong: it should never have been, and was taken back; expired: its time was up, a coupon's or the show's."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as it stood when the proposal was made: which metric, its value, unit, and the seq of the log it was read at.

    `value` None: it was not measured.
    """

    metric: Annotated[str, Meta(max_length=200)]
    value: float | None
    unit: Annotated[str, Meta(max_length=200)]
    seq: Annotated[int, Meta(ge=0, le=2**53)]


class Coupon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money off for buyers who take it: an amount in minor units, or a share of the price in basis points (1 % = 100), never both.

    `name` is what it is called; `code` what buyers type, "" when they tap. It holds for orders worth `min_spend_minor` or more,
    `quantity` times (None: as often as it is taken), until `until` (ms UTC; None: until somebody ends it). One that `lasts_ms` gets its
    `until` when it is approved: nobody knows before how long that takes.
    """

    name: Annotated[str, Meta(max_length=40)] = ""
    code: Annotated[str, Meta(max_length=32)] = ""
    amount_minor: Annotated[int, Meta(ge=0, le=10**12)] | None = None
    percent_bp: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    min_spend_minor: Annotated[int, Meta(ge=0, le=10**12)] = 0
    quantity: Annotated[int, Meta(ge=1, le=10**9)] | None = None
    until: Annotated[int, Meta(ge=0, le=32503680000000)] | None = None
    lasts_ms: Annotated[int, Meta(ge=1, le=10**11)] | None = None


def gives(kind: PromoKind, price_minor: int | None, gift: str, coupon: Coupon | None) -> tuple[object, ...]:
    """What buyers get by a promo, until whenever: two that give the same are one to them."""
    timeless = coupon and msgspec.structs.replace(coupon, until=None, lasts_ms=None)
    return kind, price_minor if kind == "price" else None, gift, timeless


class PromoProposed(Fact, frozen=True, kw_only=True, tag="promo.proposed"):
    """Operations proposes a price (was -> price_minor), a gift or a coupon for a product."""

    promo_id: str
    product_id: str
    kind: PromoKind
    price_was_minor: int
    price_minor: int
    currency: str
    gift: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    expected: str = ""
    coupon: Coupon | None = None


class PromoApproved(Fact, frozen=True, kw_only=True, tag="promo.approved"):
    """Another person approved it; says everything the prompter and the shop need. `called`: the coin put it off, and its time came."""

    promo_id: str
    product_id: str
    kind: PromoKind
    price_was_minor: int
    price_minor: int
    currency: str
    gift: str = ""
    coupon: Coupon | None = None
    called: bool = False


class PromoTossed(Fact, frozen=True, kw_only=True, tag="promo.tossed"):
    """Who may approve let the coin say when: `now`, or `until` (ms UTC), when it is approved by itself. Whoever compares the two compares nothing else."""

    promo_id: str
    product_id: str
    kind: PromoKind
    now: bool
    until: int


class PromoTossOff(Fact, frozen=True, kw_only=True, tag="promo.toss_off"):
    """Its time came and it could not be approved, for the reason of this code: it waits for an answer as before."""

    promo_id: str
    code: str


class PromoRejected(Fact, frozen=True, kw_only=True, tag="promo.rejected"):
    """The director said no, and why."""

    promo_id: str
    reason: str = ""


class PromoWithdrawn(Fact, frozen=True, kw_only=True, tag="promo.withdrawn"):
    """The proposer took it back before it was settled."""

    promo_id: str


class PromoApplied(Fact, frozen=True, kw_only=True, tag="promo.applied"):
    """The shop confirms: this is true for buyers now. `by_hand`: a person changed it in the back office, and says so."""

    promo_id: str
    product_id: str
    kind: PromoKind
    price_minor: int
    currency: str
    gift: str = ""
    coupon: Coupon | None = None
    by_hand: bool = False


class PromoFailed(Fact, frozen=True, kw_only=True, tag="promo.failed"):
    """The shop refused or could not be reached; nothing changed for buyers."""

    promo_id: str
    product_id: str
    code: str
    detail: str = ""


class PromoEnding(Fact, frozen=True, kw_only=True, tag="promo.ending"):
    """Somebody ended it, took it back, or its time was up: the shop is asked, and until it answers buyers have what they had."""

    promo_id: str
    product_id: str
    kind: PromoKind
    why: EndWhy
    price_minor: int
    currency: str
    gift: str = ""
    coupon: Coupon | None = None
    reason: str = ""


class PromoUnsaid(Fact, frozen=True, kw_only=True, tag="promo.unsaid"):
    """It is wrong, or its time is up, while the shop cannot be asked for its end: nobody says it from now on, whatever the shop has."""

    promo_id: str
    product_id: str
    kind: PromoKind
    why: EndWhy
    price_minor: int
    currency: str
    gift: str = ""
    coupon: Coupon | None = None
    reason: str = ""


class PromoSaidAgain(Fact, frozen=True, kw_only=True, tag="promo.said_again"):
    """What was called wrong was right, and the shop has it on, or on its way, as before: it may be said."""

    promo_id: str
    product_id: str
    kind: PromoKind
    price_minor: int
    currency: str
    gift: str = ""
    coupon: Coupon | None = None


class PromoEnded(Fact, frozen=True, kw_only=True, tag="promo.ended"):
    """The shop confirms: buyers do not have it any more. `was_on`: they had it; one that was taken back in time they never had.

    `by_hand`: a person changed it in the back office, and says so. One whose time was up before it was on is over without the shop.
    """

    promo_id: str
    product_id: str
    kind: PromoKind
    why: EndWhy
    was_on: bool
    by_hand: bool = False

    @property
    def lapsed(self) -> bool:
        """Whether its time was up before buyers had it: there was nothing to end."""
        return self.why == "expired" and not self.was_on


class PromoEndFailed(Fact, frozen=True, kw_only=True, tag="promo.end_failed"):
    """The shop refused to end it or could not be reached; buyers still have what they had."""

    promo_id: str
    product_id: str
    code: str
    detail: str = ""
