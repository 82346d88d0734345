"""A promo as every screen sees it."""

from typing import Literal

import msgspec

from kaibo.features.product.slices import OfferLeft
from kaibo.features.promo.facts import Arm, Coupon, EndWhy, Evidence, PromoKind, PromoStage, Reads

EndOf = EndWhy | Literal["show_ended"]
"""Why it is over; show_ended: it had no time of its own, and still waited for the shop when the show was over."""


class PromoRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `promo.board`, key promo_id; `*_by` are person ids.

    `stage` is proposed, approved, rejected, withdrawn, applied, failed, ending (the shop was asked to end it), ended, or lapsed (its
    time was up before the shop had it on).
    `reads`: the same in one word for people: besides the stages taking_back and taken_back (it was wrong), not_taken_back (it
    is wrong, and the shop did not take it back, or did not stop it on its way), stays (the shop did not end it, buyers have it), expired (its time is up, and the shop has not said that it is off), replaced and lapsed_show.
    `stands`: buyers have it now; one whose time is up does not, nor one that another promo or the sheet replaced, since
    `replaced_at`. `end_why`, `end_reason`, `end_by` and
    `end_at` are of the last time somebody ended it, `end_failure` and `end_note` say why the shop did not. `applied_by` and
    `ended_by` are who changed it by hand in the shop's back office, "" where a connector did. `toss`: a coin said now or later, tossed by
    `tossed_by`; `toss_until` is when one that was put off is approved by itself, None once it was, somebody answered or the show
    ended; `toss_off` is the code of why it could not be. `left`: what buyers have of the product once this one is off, None where the
    product is not on the list any more. `waits_for`: the promo of its product and kind that the shop must answer before this one is
    approved or ended, "" for none. `changed_at`: when anything last became of it. `spent`: its time
    was up, and the shop has not said that it is off. `takes_place_of`: the gift or coupon that buyers have and have no more once this one is on, "" for none.
    """

    promo_id: str
    product_id: str
    kind: PromoKind
    price_was_minor: int
    price_minor: int
    currency: str
    gift: str
    reason: str
    expected: str
    evidence: tuple[Evidence, ...]
    stage: PromoStage
    proposed_by: str
    proposed_at: int
    settled_by: str
    settled_at: int | None
    applied_at: int | None
    failure: str
    note: str
    coupon: Coupon | None = None
    stands: bool = False
    end_why: EndOf | Literal[""] = ""
    end_reason: str = ""
    end_by: str = ""
    end_at: int | None = None
    ended_at: int | None = None
    end_failure: str = ""
    end_note: str = ""
    applied_by: str = ""
    ended_by: str = ""
    replaced_at: int | None = None
    toss: Arm = ""
    tossed_by: str = ""
    toss_until: int | None = None
    toss_off: str = ""
    reads: Reads = "proposed"
    left: OfferLeft | None = None
    waits_for: str = ""
    changed_at: int = 0
    spent: bool = False
    takes_place_of: str = ""
