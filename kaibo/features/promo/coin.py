"""A coin says when: what was put off by chance alone is what the others may be compared with."""

import hashlib
from collections.abc import Sequence

from kaibo.analysis.windows import WINDOW_MS
from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
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


def toss(state: PromoState, promo: Promo, approved: PromoApproved, ctx: Context) -> Sequence[Fact]:
    """Heads: approved as it would have been. Tails: only the word that it is put off. Raises PromoTossedAlready, PromoTossNotOnAir."""
    if promo.tossed is not None:
        raise PromoTossedAlready(promo_id=approved.promo_id)
    if not state.show.live:
        raise PromoTossNotOnAir
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
