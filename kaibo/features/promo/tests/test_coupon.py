"""Stories of coupons: money off for who takes it, said beside the price and never taken off it."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.product.slices import after_coupon
from kaibo.features.promo.commands import ApprovePromo, ConfirmPromo, ExpirePromos, ProposePromo
from kaibo.features.promo.coupon import PromoCouponMissing, PromoCouponOver, PromoCouponTooLarge, PromoCouponWrong
from kaibo.features.promo.facts import Coupon, PromoApplied, PromoApproved, PromoProposed
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.price import PromoNoChange
from kaibo.features.promo.rules import PromoMixed

OPS = Actor(id="ou", role="operations")
LIN = Actor(id="lin", role="director")
SHOP = Actor(id="shop", role="system")

SERUM = ProductSheet(product_id="serum", name="保濕精華", live_price_minor=158000)
VOUCHER = Coupon(
    name="週年券", code="KAIBO", amount_minor=10000, min_spend_minor=100000, quantity=200, until=CURTAIN_AT + 600_000
)
PROPOSE = ProposePromo(promo_id="c1", product_id="serum", kind="coupon", coupon=VOUCHER)
ABOUT: dict[str, Any] = {"product_id": "serum", "kind": "coupon", "price_minor": 158000, "currency": "TWD", "coupon": VOUCHER}
PROPOSED = PromoProposed(promo_id="c1", price_was_minor=158000, **ABOUT)
APPROVED = PromoApproved(promo_id="c1", price_was_minor=158000, **ABOUT)
APPLIED = PromoApplied(promo_id="c1", **ABOUT)


@pytest.fixture
def promo() -> Stage:
    """A show with one product at NT$1,580."""
    return Stage(FEATURE).given(ProductAdded(product=SERUM, currency="TWD"))


def test_a_coupon_goes_the_way_of_every_promo(promo: Stage) -> None:
    promo.when(PROPOSE, by=OPS)
    promo.then(PROPOSED)
    promo.when(ApprovePromo(promo_id="c1"), by=LIN)
    promo.then(APPROVED)
    promo.when(ConfirmPromo(promo_id="c1"), by=SHOP)
    promo.then(APPLIED)
    row = promo.row("promo.board", "c1")
    assert (row.coupon, row.stands) == (VOUCHER, True)


@pytest.mark.parametrize("nobody", [None, replace(VOUCHER, name=" ", code=""), replace(VOUCHER, name="", code=" ")])
def test_a_coupon_has_a_name_or_a_code(promo: Stage, nobody: Coupon | None) -> None:
    promo.when(replace(PROPOSE, coupon=nobody), by=OPS)
    promo.refused(PromoCouponMissing)
    promo.when(replace(PROPOSE, coupon=replace(VOUCHER, name="")), by=OPS)
    promo.then(replace(PROPOSED, coupon=replace(VOUCHER, name="")))


@pytest.mark.parametrize(
    "off", [{"amount_minor": None}, {"amount_minor": 0}, {"percent_bp": 1500}, {"amount_minor": None, "percent_bp": 0}]
)
def test_it_takes_off_an_amount_or_a_share_and_more_than_nothing(promo: Stage, off: dict[str, Any]) -> None:
    promo.when(replace(PROPOSE, coupon=replace(VOUCHER, **off)), by=OPS)
    promo.refused(PromoCouponWrong)


@pytest.mark.parametrize(
    "large",
    [
        {"amount_minor": 158000, "min_spend_minor": 0},
        {"amount_minor": 300000, "min_spend_minor": 300000},
        {"amount_minor": None, "percent_bp": 10_000},
    ],
)
def test_it_takes_off_less_than_must_be_spent(promo: Stage, large: dict[str, Any]) -> None:
    promo.when(replace(PROPOSE, coupon=replace(VOUCHER, **large)), by=OPS)
    promo.refused(PromoCouponTooLarge)


def test_more_than_the_price_is_taken_off_where_more_must_be_spent(promo: Stage) -> None:
    large = replace(VOUCHER, amount_minor=200000, min_spend_minor=500000)
    promo.when(replace(PROPOSE, coupon=large), by=OPS)
    promo.then(replace(PROPOSED, coupon=large))


def test_a_share_is_taken_off_what_costs_least(promo: Stage) -> None:
    promo.given(ProductAdded(product=replace(SERUM, product_id="bag", live_price_minor=1), currency="TWD"))
    share = replace(VOUCHER, amount_minor=None, percent_bp=1000, min_spend_minor=0)
    promo.when(replace(PROPOSE, product_id="bag", coupon=share), by=OPS)
    assert promo.row("promo.board", "c1").coupon == share


def test_its_time_is_not_up_when_it_is_proposed_or_approved(promo: Stage) -> None:
    promo.when(PROPOSE, by=OPS, at=CURTAIN_AT + 600_000)
    promo.refused(PromoCouponOver, until=CURTAIN_AT + 600_000)
    promo.given(PROPOSED, by=OPS).when(ApprovePromo(promo_id="c1"), by=LIN, at=CURTAIN_AT + 600_000)
    promo.refused(PromoCouponOver, until=CURTAIN_AT + 600_000)


@pytest.mark.parametrize(
    "mixed",
    [replace(PROPOSE, gift="小樣"), replace(PROPOSE, price_minor=148000), replace(PROPOSE, kind="gift", gift="小樣")],
)
def test_a_coupon_comes_alone(promo: Stage, mixed: ProposePromo) -> None:
    promo.when(mixed, by=OPS)
    promo.refused(PromoMixed)


def test_the_coupon_buyers_can_take_already_is_no_promo(promo: Stage) -> None:
    promo.given(PROPOSED, by=OPS).given(APPLIED, by=SHOP)
    promo.when(replace(PROPOSE, promo_id="c2"), by=OPS)
    promo.refused(PromoNoChange, product_id="serum")


@pytest.mark.parametrize(
    ("coupon", "price", "comes_to"),
    [
        (VOUCHER, 158000, 148000),
        (VOUCHER, 99999, None),
        (VOUCHER, 100000, 90000),
        (Coupon(name="折", percent_bp=1250), 9999, 8750),
        (Coupon(name="折", amount_minor=5000), 3000, None),
    ],
)
def test_what_one_unit_comes_to_with_it(coupon: Coupon, price: int, comes_to: int | None) -> None:
    assert after_coupon(price, coupon) == comes_to


def test_a_coupon_that_lasts_so_long_begins_with_its_approval(promo: Stage) -> None:
    """However long the director takes: the host is told ten minutes, and buyers have them."""
    lasting = replace(VOUCHER, until=None, lasts_ms=600_000)
    promo.when(replace(PROPOSE, coupon=lasting), by=OPS)
    assert promo.row("promo.board", "c1").coupon == lasting
    assert promo.fold.due().get("promo") is None
    promo.when(ApprovePromo(promo_id="c1"), by=LIN, at=CURTAIN_AT + 900_000)
    ends = replace(VOUCHER, until=CURTAIN_AT + 1_500_000)
    promo.then(replace(APPROVED, coupon=ends))
    assert promo.fold.due()["promo"] == (CURTAIN_AT + 1_500_000, ExpirePromos())
    promo.when(ConfirmPromo(promo_id="c1"), by=SHOP)
    promo.then(replace(APPLIED, coupon=ends))
    assert promo.row("promo.board", "c1").coupon == ends


@pytest.mark.parametrize(("lasts_ms", "until"), [(None, None), (None, CURTAIN_AT + 60_000), (600_000, CURTAIN_AT + 60_000)])
def test_a_coupon_holds_until_the_end_that_was_said_or_until_somebody_ends_it(
    promo: Stage, lasts_ms: int | None, until: int | None
) -> None:
    promo.when(replace(PROPOSE, coupon=replace(VOUCHER, until=until, lasts_ms=lasts_ms)), by=OPS)
    promo.when(ApprovePromo(promo_id="c1"), by=LIN).then(replace(APPROVED, coupon=replace(VOUCHER, until=until)))
