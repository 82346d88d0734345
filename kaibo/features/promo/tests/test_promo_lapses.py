"""Stories of promos that never went on: their time ran out first, and there is nothing to end."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.promo.commands import ConfirmPromo, EndPromo, ExpirePromos, SettlePromoByHand, TakeBackPromo
from kaibo.features.promo.ending import PromoNotOn
from kaibo.features.promo.facts import (
    Coupon,
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoKind,
    PromoProposed,
)
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.state import due
from kaibo.features.show.facts import ShowEnded

OPS = Actor(id="ou", role="operations")
LIN = Actor(id="lin", role="director")
SHOP = Actor(id="shop", role="system")
TEN_MINUTES = CURTAIN_AT + 600_000

SERUM = ProductSheet(product_id="serum", name="保濕精華", live_price_minor=158000)
VOUCHER = Coupon(name="回購券", amount_minor=10000, until=TEN_MINUTES)
GIVES: dict[PromoKind, dict[str, Any]] = {
    "price": {"price_minor": 148000},
    "gift": {"price_minor": 158000, "gift": "旅行組"},
    "coupon": {"price_minor": 158000, "coupon": replace(VOUCHER, until=None)},
}
COUPON: dict[str, Any] = {"product_id": "serum", "kind": "coupon", "price_minor": 158000, "currency": "TWD", "coupon": VOUCHER}
LAPSED = PromoEnded(promo_id="p1", product_id="serum", kind="coupon", why="expired", was_on=False)


@pytest.fixture
def promo() -> Stage:
    """A show with one product at NT$1,580."""
    return Stage(FEATURE).given(ProductAdded(product=SERUM, currency="TWD"))


def approved(promo: Stage, **about: Any) -> Stage:
    promo.given(PromoProposed(promo_id="p1", price_was_minor=158000, **about), by=OPS)
    return promo.given(PromoApproved(promo_id="p1", price_was_minor=158000, **about), by=LIN)


def stage_of(promo: Stage) -> tuple[Any, ...]:
    row = promo.row("promo.board", "p1")
    return row.stage, row.stands, row.end_why, row.ended_at


def test_a_coupon_that_runs_out_before_the_back_office_had_it_is_over_and_nobody_is_asked_to_end_it(promo: Stage) -> None:
    approved(promo, **COUPON)
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES).then(LAPSED)
    assert due(promo.state) is None
    assert stage_of(promo) == ("lapsed", False, "expired", TEN_MINUTES)
    promo.when(EndPromo(promo_id="p1"), by=OPS).refused(PromoNotOn)
    promo.when(TakeBackPromo(promo_id="p1"), by=OPS).refused(PromoNotOn)


@pytest.mark.parametrize("kind", list(GIVES))
def test_what_still_waits_when_the_show_ends_never_went_on(promo: Stage, kind: PromoKind) -> None:
    approved(promo, product_id="serum", kind=kind, currency="TWD", **GIVES[kind])
    assert due(promo.state) is None
    promo.given(ShowEnded(show_id="s1"), at=TEN_MINUTES)
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())
    promo.when(ExpirePromos(), by=SHOP).then(replace(LAPSED, kind=kind))
    assert stage_of(promo) == ("lapsed", False, "show_ended", TEN_MINUTES)
    assert due(promo.state) is None


@pytest.mark.parametrize(
    ("ended_at", "why"), [(TEN_MINUTES - 1, "show_ended"), (TEN_MINUTES, "expired"), (TEN_MINUTES + 1, "expired")]
)
def test_a_coupon_is_over_by_its_own_time_or_by_the_shows_whichever_came_first(promo: Stage, ended_at: int, why: str) -> None:
    approved(promo, **COUPON).given(ShowEnded(show_id="s1"), at=ended_at)
    promo.given(LAPSED, by=SHOP, at=TEN_MINUTES + 2)
    row = promo.row("promo.board", "p1")
    assert (row.end_why, row.end_at) == (why, TEN_MINUTES + 2)


@pytest.mark.parametrize("late", [ConfirmPromo(promo_id="p1"), SettlePromoByHand(promo_id="p1", now="on")])
def test_a_shop_that_had_it_on_all_the_same_is_asked_to_end_it(promo: Stage, late: ConfirmPromo | SettlePromoByHand) -> None:
    approved(promo, **COUPON).given(LAPSED, by=SHOP, at=TEN_MINUTES)
    promo.when(late, by=OPS)
    promo.then(PromoApplied(promo_id="p1", **COUPON, by_hand=isinstance(late, SettlePromoByHand)))
    assert stage_of(promo) == ("applied", False, "", None)  # its time is up all the same
    assert promo.row("promo.board", "p1").reads == "expired"
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())
    promo.when(ExpirePromos(), by=SHOP).then(PromoEnding(promo_id="p1", why="expired", **COUPON))


def test_a_price_that_comes_on_after_the_end_stays_on_until_somebody_ends_it(promo: Stage) -> None:
    about: dict[str, Any] = {"product_id": "serum", "kind": "price", "currency": "TWD", **GIVES["price"]}
    approved(promo, **about).given(ShowEnded(show_id="s1"), replace(LAPSED, kind="price"), by=SHOP)
    promo.when(ConfirmPromo(promo_id="p1"), by=SHOP).then(PromoApplied(promo_id="p1", **about))
    assert due(promo.state) is None
    promo.when(EndPromo(promo_id="p1"), by=OPS).then(PromoEnding(promo_id="p1", why="over", **about))


def test_one_that_an_older_log_asked_to_end_though_it_never_was_on_is_let_go(promo: Stage) -> None:
    approved(promo, **COUPON).given(PromoEnding(promo_id="p1", why="expired", **COUPON), by=SHOP, at=TEN_MINUTES)
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())
    promo.when(ExpirePromos(), by=SHOP).then(LAPSED)


def test_one_that_was_taken_back_unseen_waits_for_somebody_to_look(promo: Stage) -> None:
    approved(promo, **COUPON).given(PromoEnding(promo_id="p1", why="wrong", **COUPON), by=OPS)
    assert due(promo.state) is None
    promo.given(PromoEndFailed(promo_id="p1", product_id="serum", code="shop.busy"), by=SHOP)
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES).then(LAPSED)


def test_an_end_that_was_asked_for_before_the_shop_answered_is_not_asked_for_again(promo: Stage) -> None:
    approved(promo, **COUPON).given(PromoEnding(promo_id="p1", why="expired", **COUPON), by=SHOP, at=TEN_MINUTES)
    promo.given(PromoApplied(promo_id="p1", **COUPON), by=SHOP)
    assert due(promo.state) is None
    promo.given(PromoEndFailed(promo_id="p1", product_id="serum", code="shop.busy"), by=SHOP)
    assert (stage_of(promo)[:2], due(promo.state)) == (("applied", False), None)  # nobody can take it; somebody has to look


def test_one_that_was_let_go_and_comes_on_after_all_is_ended_when_its_time_is_up(promo: Stage) -> None:
    approved(promo, **COUPON).given(PromoEnding(promo_id="p1", why="expired", **COUPON), by=SHOP, at=TEN_MINUTES)
    promo.given(LAPSED, PromoApplied(promo_id="p1", **COUPON), by=SHOP)
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())


def test_a_coupon_whose_own_time_was_up_before_the_end_ran_out_by_itself_whenever_that_was_said(promo: Stage) -> None:
    approved(promo, **COUPON).given(ShowEnded(show_id="s1"), at=TEN_MINUTES + 1)
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES + 2).then(LAPSED)
    assert stage_of(promo) == ("lapsed", False, "expired", TEN_MINUTES + 2)
