"""The life of a promo: proposed, approved or rejected, applied or failed in the shop."""

from typing import Literal

import msgspec

from kaibo.core.event import Fact
from kaibo.core.proposal import Stage

PromoKind = Literal["price", "gift"]
PromoStage = Stage


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as it stood when the proposal was made: which metric, its value, unit, and the seq of the log it was read at."""

    metric: str
    value: float
    unit: str
    seq: int


class PromoProposed(Fact, frozen=True, kw_only=True, tag="promo.proposed"):
    """Operations proposes a price (was -> price_minor) or a gift for a product."""

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


class PromoApproved(Fact, frozen=True, kw_only=True, tag="promo.approved"):
    """Another person approved it; says everything the prompter and the shop need."""

    promo_id: str
    product_id: str
    kind: PromoKind
    price_was_minor: int
    price_minor: int
    currency: str
    gift: str = ""


class PromoRejected(Fact, frozen=True, kw_only=True, tag="promo.rejected"):
    """The director said no, and why."""

    promo_id: str
    reason: str = ""


class PromoWithdrawn(Fact, frozen=True, kw_only=True, tag="promo.withdrawn"):
    """The proposer took it back before it was settled."""

    promo_id: str


class PromoApplied(Fact, frozen=True, kw_only=True, tag="promo.applied"):
    """The shop confirms: this is true for buyers now."""

    promo_id: str
    product_id: str
    kind: PromoKind
    price_minor: int
    currency: str
    gift: str = ""


class PromoFailed(Fact, frozen=True, kw_only=True, tag="promo.failed"):
    """The shop refused or could not be reached; nothing changed for buyers."""

    promo_id: str
    product_id: str
    code: str
    detail: str = ""
