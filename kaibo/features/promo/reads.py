"""What became of a promo in one word, the same for every screen."""

from kaibo.features.product.slices import Offer
from kaibo.features.promo.facts import Reads
from kaibo.features.promo.row import PromoRow

WRONG: dict[str, Reads] = {"ending": "taking_back", "approved": "not_taken_back", "ended": "taken_back"}


def reads(row: PromoRow, offer: Offer | None) -> Reads:
    """Its stage, and of one that is on or leaves it what is true for buyers; `offer` None: the product is not on the list any more."""
    if row.end_why == "wrong" and row.stage in WRONG:
        return WRONG[row.stage]
    if row.stage == "lapsed" and row.end_why == "show_ended":
        return "lapsed_show"
    if row.stage not in ("applied", "ending"):
        return row.stage
    if offer is not None and offer.holds(row.promo_id):
        return _of_one_that_is_on(row, offer)
    if row.stage == "applied":
        return _of_one_that_was_on(row, offer)
    return "expired" if offer is not None and row.promo_id in offer.spent else "ending"


def _of_one_that_was_on(row: PromoRow, offer: Offer | None) -> Reads:
    if lingers(row):
        return _not_ended(row, offer) if row.end_failure else "taking_back"
    if offer is not None:  # another took its place; one that was wrong is gone with that
        return "taken_back" if row.end_why == "wrong" else "replaced"
    return _not_ended(row, offer) if row.end_failure else row.stage


def lingers(row: PromoRow) -> bool:
    """Whether it is in the shop beside whatever came after it: a gift or a coupon that is wrong, and nobody said that it is off."""
    return row.kind != "price" and row.stage in ("applied", "ending") and row.end_why == "wrong" and row.replaced_at is None


def _of_one_that_is_on(row: PromoRow, offer: Offer) -> Reads:
    if row.stage == "applied" and row.promo_id in offer.wrong and not row.end_failure:
        return "taking_back"
    if not offer.stands(row.promo_id):
        return "expired"
    return row.stage if not row.end_failure else _not_ended(row, offer)


def _not_ended(row: PromoRow, offer: Offer | None) -> Reads:
    if offer is not None and row.promo_id in offer.spent:
        return "expired"
    return "not_taken_back" if row.end_why == "wrong" else "stays"
