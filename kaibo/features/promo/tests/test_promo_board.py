"""Stories of the promo board: what it says of each proposal, and what buyers have once one is off."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.facts import ProductAdded
from kaibo.features.product.slices import OfferLeft
from kaibo.features.promo.facts import PromoApplied, PromoEnded, PromoRejected, PromoWithdrawn
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.tests.test_promo import APPLIED, APPROVED, FAILED, GIFT, LIN, OPS, PRICE, SERUM, SHOP
from kaibo.features.promo.view import PromoRow


@pytest.fixture
def promo() -> Stage:
    """A show with one product at NT$1,580."""
    return Stage(FEATURE).given(ProductAdded(product=SERUM, currency="TWD"))


ROW = PromoRow(
    promo_id="p1",
    product_id="serum",
    kind="price",
    price_was_minor=158000,
    price_minor=148000,
    currency="TWD",
    gift="",
    reason="轉化偏低",
    expected="+20 單",
    evidence=PRICE.evidence,
    stage="proposed",
    proposed_by="ou",
    proposed_at=CURTAIN_AT,
    settled_by="",
    settled_at=None,
    applied_at=None,
    failure="",
    note="",
    left=OfferLeft(price_minor=158000, gift="", coupon=None),
    changed_at=CURTAIN_AT,
)


def test_the_board_follows_a_promo_to_the_shop(promo: Stage) -> None:
    promo.given(PRICE, by=OPS)
    assert promo.row("promo.board", "p1") == ROW
    promo.given(APPROVED, by=LIN, at=CURTAIN_AT + 9000)
    approved = replace(
        ROW, stage="approved", reads="approved", settled_by="lin", settled_at=CURTAIN_AT + 9000, changed_at=CURTAIN_AT + 9000
    )
    assert promo.row("promo.board", "p1") == approved
    promo.given(APPLIED, by=SHOP, at=CURTAIN_AT + 9500)
    assert promo.rows("promo.board") == {
        "p1": replace(
            approved, stage="applied", reads="applied", applied_at=CURTAIN_AT + 9500, stands=True, changed_at=CURTAIN_AT + 9500
        )
    }


def test_the_board_shows_why_the_shop_refused(promo: Stage) -> None:
    promo.given(PRICE, by=OPS).given(APPROVED, by=LIN).given(replace(FAILED, detail="低於底價"), by=SHOP)
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.failure, row.note) == ("failed", "shop.price_below_floor", "低於底價")


def test_that_the_shop_refused_is_news_of_when_it_did(promo: Stage) -> None:
    """However long ago it was approved: who looks for what is new since the last cue finds it."""
    promo.given(PRICE, by=OPS).given(APPROVED, by=LIN).given(FAILED, by=SHOP, at=CURTAIN_AT + 60_000)
    assert promo.row("promo.board", "p1").changed_at == CURTAIN_AT + 60_000


def test_what_waits_for_another_of_its_kind_says_for_which(promo: Stage) -> None:
    other = replace(PRICE, promo_id="p2", price_minor=138000)
    promo.given(PRICE, other, GIFT, replace(PRICE, promo_id="p3"), by=OPS).given(PromoRejected(promo_id="p3"), APPROVED, by=LIN)
    waits = {key: row.waits_for for key, row in promo.rows("promo.board").items()}
    assert waits == {"p1": "", "p2": "p1", "g1": "", "p3": ""}
    promo.given(APPLIED, by=SHOP)
    assert promo.row("promo.board", "p2").waits_for == ""


def test_the_board_keeps_what_was_rejected_and_taken_back(promo: Stage) -> None:
    promo.given(PRICE, GIFT, by=OPS).given(PromoRejected(promo_id="p1", reason="毛利不夠"), by=LIN)
    rows = promo.given(PromoWithdrawn(promo_id="g1"), by=OPS).rows("promo.board")
    assert (rows["p1"].stage, rows["p1"].note, rows["p1"].settled_by) == ("rejected", "毛利不夠", "lin")
    assert (rows["g1"].stage, rows["g1"].settled_by) == ("withdrawn", "ou")


def test_a_promo_that_another_replaced_says_since_when(promo: Stage) -> None:
    applied = PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=148000, currency="TWD")
    promo.given(PRICE, applied, replace(PRICE, promo_id="p2", price_minor=138000), by=OPS)
    assert promo.row("promo.board", "p1").replaced_at is None
    promo.given(replace(applied, promo_id="p2", price_minor=138000), at=promo.at + 13_000)
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.stands, row.replaced_at) == ("applied", False, promo.at)
    promo.given(PromoEnded(promo_id="p2", product_id="serum", kind="price", why="over", was_on=True), at=promo.at + 1000)
    assert [each.replaced_at for each in promo.rows("promo.board").values()] == [row.replaced_at, None]  # not what happens later


def test_the_board_says_what_buyers_have_once_a_promo_is_off(promo: Stage) -> None:
    """The back office is told what to go back to: another promo may stand while its correction never came on."""
    promo.given(PRICE, by=OPS).given(APPROVED, by=LIN).given(APPLIED, by=SHOP)
    promo.given(replace(PRICE, promo_id="p2", price_minor=138000), by=OPS)
    promo.given(replace(APPROVED, promo_id="p2", price_minor=138000), by=LIN)
    assert _left(promo) == [158000, 148000]
    promo.given(replace(APPLIED, promo_id="p2", price_minor=138000), by=SHOP)
    assert _left(promo) == [138000, 158000]


def _left(promo: Stage) -> list[int | None]:
    return [promo.row("promo.board", promo_id).left.price_minor for promo_id in ("p1", "p2")]
