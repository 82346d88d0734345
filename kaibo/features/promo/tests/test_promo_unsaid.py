"""Stories of what is wrong while the shop still has to answer another: people are told at once, the shop as soon as it can be asked."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.core.stream import SYSTEM
from kaibo.features.product.facts import ProductAdded
from kaibo.features.promo.commands import ExpirePromos, TakeBackPromo
from kaibo.features.promo.ending import PromoEndPending
from kaibo.features.promo.facts import PromoFailed, PromoUnsaid
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.state import due
from kaibo.features.promo.tests.test_promo_ends import ABOUT, APPLIED, APPROVED, ENDING, LIN, OPS, PROPOSED, SERUM, SHOP, on


@pytest.fixture
def promo() -> Stage:
    """A show with one product at NT$1,580, nothing approved."""
    return Stage(FEATURE).given(ProductAdded(product=SERUM, currency="TWD"))


def test_what_is_wrong_is_unsaid_at_once_and_ended_as_soon_as_the_shop_can_be_asked(promo: Stage) -> None:
    on(promo).given(replace(PROPOSED, promo_id="p2", price_minor=138000), by=OPS)
    promo.given(replace(APPROVED, promo_id="p2", price_minor=138000), by=LIN)
    promo.when(TakeBackPromo(promo_id="p1", reason="打錯"), by=LIN)
    promo.then(PromoUnsaid(promo_id="p1", why="wrong", reason="打錯", **ABOUT))
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.reads, row.end_by, row.stands) == ("applied", "taking_back", LIN.id, True)
    promo.when(TakeBackPromo(promo_id="p1"), by=LIN).refused(PromoEndPending, promo_id="p1")
    promo.given(PromoFailed(promo_id="p2", product_id="serum", code="shop.busy"), by=SHOP)
    promo.when(ExpirePromos(), by=SYSTEM)
    promo.then(replace(ENDING, why="wrong"))
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.reads, row.end_by, row.end_reason) == ("ending", "taking_back", LIN.id, "打錯")
    assert due(promo.state) is None


def test_what_is_wrong_and_was_replaced_by_its_correction_is_asked_for_no_more(promo: Stage) -> None:
    on(promo).given(replace(PROPOSED, promo_id="p2", price_minor=138000), by=OPS)
    promo.given(replace(APPROVED, promo_id="p2", price_minor=138000), by=LIN)
    promo.when(TakeBackPromo(promo_id="p1"), by=LIN)
    promo.given(replace(APPLIED, promo_id="p2", price_minor=138000), by=SHOP)
    assert (due(promo.state), promo.row("promo.board", "p1").reads) == (None, "taken_back")
