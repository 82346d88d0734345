"""Stories of a shop without a connector: somebody changes it in the back office, and says so under their own name."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.promo.commands import ConfirmPromo, FailPromo, SettlePromoByHand
from kaibo.features.promo.ending import PromoNotEnding
from kaibo.features.promo.facts import (
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoFailed,
    PromoProposed,
)
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.rules import PromoNotApproved, PromoReasonMissing, PromoUnknown
from kaibo.features.show.facts import ShowEnded

OPS = Actor(id="ou", role="operations")
LIN = Actor(id="lin", role="director")
SHOP = Actor(id="shop", role="system")
SHEET = ProductSheet(product_id="serum", name="保濕精華", list_price_minor=198000, live_price_minor=158000)
ABOUT: dict[str, Any] = {"product_id": "serum", "kind": "price", "price_minor": 148000, "currency": "TWD"}
APPLIED = PromoApplied(promo_id="p1", by_hand=True, **ABOUT)
ENDING = PromoEnding(promo_id="p1", why="over", **ABOUT)
ENDED = PromoEnded(promo_id="p1", product_id="serum", kind="price", why="over", was_on=True, by_hand=True)
ON = SettlePromoByHand(promo_id="p1", now="on")
OFF = SettlePromoByHand(promo_id="p1", now="off")


@pytest.fixture
def approved() -> Stage:
    return (
        Stage(FEATURE)
        .given(ProductAdded(product=SHEET, currency="TWD"))
        .given(PromoProposed(promo_id="p1", price_was_minor=158000, **ABOUT), by=OPS)
        .given(PromoApproved(promo_id="p1", price_was_minor=158000, **ABOUT), by=LIN)
    )


def test_what_somebody_changed_is_true_and_the_board_says_who_and_when(approved: Stage) -> None:
    approved.when(ON, by=OPS, at=CURTAIN_AT + 60_000).then(APPLIED)
    row = approved.row("promo.board", "p1")
    assert (row.stage, row.stands, row.applied_by, row.applied_at) == ("applied", True, "ou", CURTAIN_AT + 60_000)


def test_the_shops_own_word_is_nobodys(approved: Stage) -> None:
    approved.when(ConfirmPromo(promo_id="p1"), by=SHOP).then(replace(APPLIED, by_hand=False))
    assert approved.row("promo.board", "p1").applied_by == ""


def test_it_is_said_once_by_whoever_is_first(approved: Stage) -> None:
    approved.when(ON, by=OPS)
    for again in (ON, replace(ON, done=False), ConfirmPromo(promo_id="p1"), FailPromo(promo_id="p1", code="shop.away")):
        approved.when(again, by=SHOP).refused(PromoNotApproved, promo_id="p1", stage="applied")


def test_what_could_not_be_done_failed_and_says_why(approved: Stage) -> None:
    approved.when(replace(ON, done=False, reason=" 後台鎖價 "), by=OPS)
    approved.then(PromoFailed(promo_id="p1", product_id="serum", code="shop.by_hand", detail="後台鎖價"))
    assert not approved.row("promo.board", "p1").stands


@pytest.mark.parametrize("reason", ["", " \u200b ", "\u3164"])
def test_whoever_could_not_do_it_says_why_and_a_reason_nobody_can_see_is_none(approved: Stage, reason: str) -> None:
    approved.when(replace(ON, done=False, reason=reason), by=OPS).refused(PromoReasonMissing, promo_id="p1")
    approved.given(APPLIED, by=OPS).given(ENDING, by=LIN)
    approved.when(replace(OFF, done=False, reason=reason), by=OPS).refused(PromoReasonMissing, promo_id="p1")
    approved.when(replace(ON, done=False, reason=reason), by=OPS).refused(PromoNotApproved, promo_id="p1", stage="ending")


def test_one_that_an_older_log_let_fail_without_a_reason_failed(approved: Stage) -> None:
    approved.given(PromoFailed(promo_id="p1", product_id="serum", code="shop.by_hand", detail=""), by=OPS)
    assert (approved.row("promo.board", "p1").stage, approved.row("promo.board", "p1").note) == ("failed", "")


def test_the_end_waits_for_somebody_too(approved: Stage) -> None:
    approved.when(OFF, by=OPS).refused(PromoNotEnding, promo_id="p1", stage="approved")
    approved.given(APPLIED, by=OPS).given(ENDING, by=LIN)
    assert approved.row("promo.board", "p1").stands
    approved.when(replace(OFF, done=False, reason="活動鎖定"), by=OPS)
    approved.then(PromoEndFailed(promo_id="p1", product_id="serum", code="shop.by_hand", detail="活動鎖定"))
    approved.given(ENDING, by=LIN).when(OFF, by=LIN, at=CURTAIN_AT + 90_000).then(ENDED)
    row = approved.row("promo.board", "p1")
    assert (row.stands, row.ended_by, row.ended_at) == (False, "lin", CURTAIN_AT + 90_000)


def test_what_was_taken_back_in_time_was_never_on(approved: Stage) -> None:
    approved.given(replace(ENDING, why="wrong"), by=LIN)
    approved.when(OFF, by=OPS).then(replace(ENDED, why="wrong", was_on=False))


def test_who_changed_it_before_they_heard_says_both(approved: Stage) -> None:
    approved.given(replace(ENDING, why="wrong"), by=LIN)
    approved.when(ON, by=OPS).then(APPLIED)
    assert approved.row("promo.board", "p1").stage == "ending"
    approved.when(OFF, by=OPS).then(replace(ENDED, why="wrong"))


def test_after_the_show_it_is_still_said(approved: Stage) -> None:
    approved.given(APPLIED, by=OPS).given(ShowEnded(show_id="s1")).given(ENDING, by=OPS)
    approved.when(OFF, by=OPS).then(ENDED)


def test_nobody_speaks_of_a_promo_there_is_not(approved: Stage) -> None:
    for command in (ON, OFF):
        approved.when(replace(command, promo_id="p9"), by=OPS).refused(PromoUnknown, promo_id="p9")
