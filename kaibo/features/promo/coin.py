"""A coin says when: what was put off by chance alone is what the others may be compared with (decision 0033)."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from kaibo.analysis.windows import WINDOW_MS
from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.promo.coupon import check_time
from kaibo.features.promo.facts import PromoApproved, PromoTossed, PromoTossOff
from kaibo.features.promo.state import Promo, PromoState

LATER_MS = 2 * WINDOW_MS  # orders are counted for one: what was put off begins long after


class PromoTossedAlready(Refusal):
    """The coin has spoken, and a second throw would be a choice."""

    code = "promo.tossed_already"
    promo_id: str


class PromoTossNotOnAir(Refusal):
    """There is nothing to compare before the show is on air."""

    code = "promo.toss_not_on_air"


class PromoOvertaken(Refusal):
    """Somebody approved another promo of its product and kind since the coin was tossed: that one is meant."""

    code = "promo.overtaken"
    promo_id: str
    other_promo_id: str


def check_newest(promo: Promo) -> None:
    """Nothing by itself takes the place of what people approved later. Raises PromoOvertaken."""
    if promo.call is not None and promo.call.overtaken_by:
        raise PromoOvertaken(promo_id=promo.proposed.promo_id, other_promo_id=promo.call.overtaken_by)


def toss(state: PromoState, promo: Promo, approved: PromoApproved, ctx: Context) -> Sequence[Fact]:
    """Heads: approved as it would have been. Tails: only the word that it is put off. Raises PromoTossedAlready, PromoTossNotOnAir, PromoCouponOver."""
    if promo.call is not None:
        raise PromoTossedAlready(promo_id=approved.promo_id)
    if not state.show.live:
        raise PromoTossNotOnAir
    check_time(promo.proposed.coupon, replace(ctx, at=ctx.at + LATER_MS))  # of no use later, it needs no coin
    now = heads(approved.promo_id, ctx)
    said = PromoTossed(
        promo_id=approved.promo_id,
        product_id=approved.product_id,
        kind=approved.kind,
        now=now,
        until=ctx.at if now else ctx.at + LATER_MS,
    )
    return [said, approved] if now else [said]


def heads(promo_id: str, ctx: Context) -> bool:
    """As good as a coin, and the same whenever it is asked of this instant: nobody picks the millisecond at which a key arrives."""
    told = f"{ctx.stream}\0{promo_id}\0{ctx.seq}\0{ctx.at}"
    return hashlib.blake2b(told.encode(), digest_size=1).digest()[0] < 128


def toss_off(promo: Promo, why: Refusal) -> PromoTossOff:
    """It could not be approved at its time."""
    return PromoTossOff(promo_id=promo.proposed.promo_id, code=why.code)
