"""Stories of how promos end: ended, taken back or run out, and over when the shop says so."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved, ProductSheet
from kaibo.features.promo.commands import (
    ApprovePromo,
    ConfirmPromo,
    ConfirmPromoEnd,
    EndPromo,
    ExpirePromos,
    FailPromo,
    FailPromoEnd,
    TakeBackPromo,
)
from kaibo.features.promo.ending import PromoEndPending, PromoNotEnding, PromoNotOn, PromoReplaced
from kaibo.features.promo.facts import (
    Coupon,
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoFailed,
    PromoProposed,
    PromoRejected,
    PromoUnsaid,
    PromoWithdrawn,
)
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.rules import PromoNotApproved, PromoUnknown
from kaibo.features.promo.state import due
from kaibo.features.promo.way import PromoInFlight
from kaibo.features.show.facts import ShowEnded

OPS = Actor(id="ou", role="operations")
LIN = Actor(id="lin", role="director")
SHOP = Actor(id="shop", role="system")
TEN_MINUTES = CURTAIN_AT + 600_000

SERUM = ProductSheet(product_id="serum", name="保濕精華", list_price_minor=198000, live_price_minor=158000)
ABOUT: dict[str, Any] = {"product_id": "serum", "kind": "price", "price_minor": 148000, "currency": "TWD"}
PROPOSED = PromoProposed(promo_id="p1", price_was_minor=158000, **ABOUT)
APPROVED = PromoApproved(promo_id="p1", price_was_minor=158000, **ABOUT)
APPLIED = PromoApplied(promo_id="p1", **ABOUT)
ENDING = PromoEnding(promo_id="p1", why="over", **ABOUT)
WRONG = replace(ENDING, why="wrong", reason="少打一個零")
ENDED = PromoEnded(promo_id="p1", product_id="serum", kind="price", why="over", was_on=True)
END_FAILED = PromoEndFailed(promo_id="p1", product_id="serum", code="shop.unreachable")
VOUCHER = Coupon(name="週年券", amount_minor=10000, min_spend_minor=100000, until=TEN_MINUTES)


def on(promo: Stage) -> Stage:
    return promo.given(PROPOSED, by=OPS).given(APPROVED, by=LIN).given(APPLIED, by=SHOP)


@pytest.fixture
def promo() -> Stage:
    """A show with one product at NT$1,580, nothing approved."""
    return Stage(FEATURE).given(ProductAdded(product=SERUM, currency="TWD"))


def test_one_person_ends_what_is_on_also_who_proposed_it(promo: Stage) -> None:
    on(promo).when(EndPromo(promo_id="p1"), by=OPS)
    promo.then(ENDING)


def test_a_wrong_price_is_taken_back_and_says_why(promo: Stage) -> None:
    on(promo).when(TakeBackPromo(promo_id="p1", reason="少打一個零"), by=OPS)
    promo.then(WRONG)


def test_what_the_shop_has_not_answered_is_taken_back_but_cannot_be_over(promo: Stage) -> None:
    promo.given(PROPOSED, by=OPS).given(APPROVED, by=LIN)
    promo.when(EndPromo(promo_id="p1"), by=LIN)
    promo.refused(PromoNotOn, promo_id="p1", stage="approved")
    promo.when(TakeBackPromo(promo_id="p1", reason="少打一個零"), by=LIN)
    promo.then(WRONG)


@pytest.mark.parametrize(
    ("last", "stage"),
    [
        (None, "proposed"),
        (PromoRejected(promo_id="p1"), "rejected"),
        (PromoWithdrawn(promo_id="p1"), "withdrawn"),
        (PromoFailed(promo_id="p1", product_id="serum", code="shop.away"), "failed"),
        (ENDED, "ended"),
    ],
)
def test_what_is_not_on_has_no_end(promo: Stage, last: Any, stage: str) -> None:
    promo.given(PROPOSED, by=OPS)
    if last is not None:
        promo.given(last, by=LIN)
    for command in (EndPromo(promo_id="p1"), TakeBackPromo(promo_id="p1")):
        promo.when(command, by=LIN)
        promo.refused(PromoNotOn, promo_id="p1", stage=stage)


def test_it_ends_once_and_what_ends_may_still_be_taken_back_once(promo: Stage) -> None:
    on(promo).given(ENDING, by=LIN)
    promo.when(EndPromo(promo_id="p1"), by=OPS).refused(PromoEndPending, promo_id="p1")
    promo.when(TakeBackPromo(promo_id="p1", reason="價格打錯"), by=OPS)
    promo.then(replace(ENDING, why="wrong", reason="價格打錯"))
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.end_why, row.end_by) == ("ending", "wrong", OPS.id)
    for command in (EndPromo(promo_id="p1"), TakeBackPromo(promo_id="p1")):
        promo.when(command, by=LIN).refused(PromoEndPending, promo_id="p1")
    promo.when(ConfirmPromoEnd(promo_id="p1"), by=SHOP)
    promo.then(replace(ENDED, why="wrong"))


def test_after_the_show_somebody_still_ends_what_is_on(promo: Stage) -> None:
    on(promo).given(ShowEnded(show_id="s1"))
    assert promo.row("promo.board", "p1").stands
    promo.when(EndPromo(promo_id="p1"), by=OPS)
    promo.then(ENDING)
    promo.when(ConfirmPromoEnd(promo_id="p1"), by=SHOP)
    promo.then(ENDED)


@pytest.mark.parametrize(
    "command",
    [
        EndPromo(promo_id="p9"),
        TakeBackPromo(promo_id="p9"),
        ConfirmPromoEnd(promo_id="p9"),
        FailPromoEnd(promo_id="p9", code="shop.away"),
    ],
)
def test_an_unknown_promo_has_no_end(promo: Stage, command: Any) -> None:
    promo.when(command, by=LIN)
    assert promo.refused(PromoUnknown, promo_id="p9").status == 404


# the shop's word


def test_the_shop_ends_it_and_the_promo_stands_until_then(promo: Stage) -> None:
    on(promo).given(ENDING, by=LIN)
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.stands, row.end_why, row.end_by, row.ended_at) == ("ending", True, "over", "lin", None)
    promo.when(ConfirmPromoEnd(promo_id="p1"), by=SHOP, at=CURTAIN_AT + 9000)
    promo.then(ENDED)
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.stands, row.ended_at) == ("ended", False, CURTAIN_AT + 9000)


def test_where_the_shop_does_not_end_it_buyers_keep_it_and_somebody_tries_again(promo: Stage) -> None:
    on(promo).given(ENDING, by=LIN)
    promo.when(FailPromoEnd(promo_id="p1", code="shop.unreachable"), by=SHOP)
    promo.then(END_FAILED)
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.stands, row.end_failure) == ("applied", True, "shop.unreachable")
    promo.when(EndPromo(promo_id="p1"), by=LIN)
    promo.then(ENDING)
    assert promo.row("promo.board", "p1").end_failure == ""


@pytest.mark.parametrize("word", [ConfirmPromoEnd(promo_id="p1"), FailPromoEnd(promo_id="p1", code="shop.away")])
def test_the_shop_speaks_of_an_end_only_where_it_was_asked_for_one(promo: Stage, word: Any) -> None:
    on(promo).when(word, by=SHOP)
    promo.refused(PromoNotEnding, promo_id="p1", stage="applied")


def test_the_shops_late_yes_is_true_though_the_promo_was_taken_back(promo: Stage) -> None:
    promo.given(PROPOSED, by=OPS).given(APPROVED, WRONG, by=LIN)
    promo.when(ConfirmPromo(promo_id="p1"), by=SHOP)
    promo.then(APPLIED)
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.stands) == ("ending", True)
    promo.when(ConfirmPromo(promo_id="p1"), by=SHOP)
    promo.refused(PromoNotApproved, promo_id="p1", stage="ending")
    promo.when(ConfirmPromoEnd(promo_id="p1"), by=SHOP)
    promo.then(replace(ENDED, why="wrong"))


def test_what_was_taken_back_in_time_was_never_on(promo: Stage) -> None:
    promo.given(PROPOSED, by=OPS).given(APPROVED, WRONG, by=LIN)
    promo.when(ConfirmPromoEnd(promo_id="p1"), by=SHOP)
    promo.then(replace(ENDED, why="wrong", was_on=False))


def test_what_the_shop_refused_meanwhile_has_failed(promo: Stage) -> None:
    promo.given(PROPOSED, by=OPS).given(APPROVED, WRONG, by=LIN)
    promo.when(FailPromo(promo_id="p1", code="shop.away"), by=SHOP)
    promo.then(PromoFailed(promo_id="p1", product_id="serum", code="shop.away"))


def test_where_taking_back_in_time_failed_the_shops_answer_is_waited_for(promo: Stage) -> None:
    promo.given(PROPOSED, by=OPS).given(APPROVED, WRONG, by=LIN).given(END_FAILED, by=SHOP)
    assert promo.row("promo.board", "p1").stage == "approved"
    promo.when(ConfirmPromo(promo_id="p1"), by=SHOP)
    promo.then(APPLIED)


def test_the_next_of_a_kind_waits_for_the_end_of_the_one_before(promo: Stage) -> None:
    on(promo).given(replace(PROPOSED, promo_id="p2", price_was_minor=148000, price_minor=138000), by=OPS).given(ENDING, by=LIN)
    promo.when(ApprovePromo(promo_id="p2"), by=LIN)
    promo.refused(PromoInFlight, promo_id="p2", other_promo_id="p1")


def test_what_is_on_is_not_ended_while_the_next_of_its_kind_is_on_its_way(promo: Stage) -> None:
    on(promo).given(replace(PROPOSED, promo_id="p2", price_minor=138000), by=OPS)
    promo.given(replace(APPROVED, promo_id="p2", price_minor=138000), by=LIN)
    promo.when(EndPromo(promo_id="p1"), by=OPS)
    promo.refused(PromoInFlight, promo_id="p1", other_promo_id="p2")
    promo.when(TakeBackPromo(promo_id="p2"), by=OPS)
    promo.then(replace(ENDING, promo_id="p2", why="wrong", price_minor=138000))
    promo.when(ConfirmPromoEnd(promo_id="p2"), by=SHOP)
    promo.when(EndPromo(promo_id="p1"), by=OPS)
    promo.then(ENDING)


# what stands


def test_what_another_replaced_is_not_ended_and_keeps_nobody_waiting(promo: Stage) -> None:
    on(promo).given(replace(PROPOSED, promo_id="p2", price_minor=138000), by=OPS)
    promo.given(replace(APPLIED, promo_id="p2", price_minor=138000), by=SHOP)
    rows = promo.rows("promo.board")
    assert (rows["p1"].stands, rows["p2"].stands, rows["p1"].reads) == (False, True, "replaced")
    for command in (EndPromo(promo_id="p1"), TakeBackPromo(promo_id="p1")):
        promo.when(command, by=LIN)
        promo.refused(PromoReplaced, promo_id="p1")
    second = replace(ENDING, promo_id="p2", price_minor=138000)
    promo.given(second, replace(ENDED, promo_id="p2"), by=SHOP)
    promo.when(EndPromo(promo_id="p1"), by=LIN).refused(PromoReplaced, promo_id="p1")  # it does not come back with that one's end
    assert not promo.rows("promo.board")["p1"].stands


def test_where_the_end_of_a_replaced_promo_was_asked_before_the_newer_one_stands(promo: Stage) -> None:
    on(promo).given(replace(PROPOSED, promo_id="p2", price_minor=138000), by=OPS)
    promo.given(replace(APPLIED, promo_id="p2", price_minor=138000), by=SHOP).given(ENDING, by=LIN).given(ENDED, by=SHOP)
    rows = promo.rows("promo.board")
    assert (rows["p1"].stage, rows["p2"].stands) == ("ended", True)


def test_a_price_somebody_set_takes_the_place_of_the_promos(promo: Stage) -> None:
    on(promo).given(ProductEdited(product=replace(SERUM, live_price_minor=152000), fields=("live_price_minor",)))
    assert not promo.row("promo.board", "p1").stands
    promo.when(EndPromo(promo_id="p1"), by=LIN)  # the shop may hold it still
    promo.then(ENDING)


def test_what_is_on_of_a_product_taken_off_the_list_is_still_ended(promo: Stage) -> None:
    on(promo).given(ProductRemoved(product_id="serum"))
    promo.when(EndPromo(promo_id="p1"), by=LIN)
    promo.then(ENDING)


# a coupon's time


def coupon(promo: Stage) -> Stage:
    more: dict[str, Any] = {**ABOUT, "kind": "coupon", "price_minor": 158000, "coupon": VOUCHER}
    promo.given(PromoProposed(promo_id="c1", price_was_minor=158000, **more), by=OPS)
    promo.given(PromoApproved(promo_id="c1", price_was_minor=158000, **more), by=LIN)
    return promo.given(PromoApplied(promo_id="c1", **more), by=SHOP)


OVER = PromoEnding(
    promo_id="c1", product_id="serum", kind="coupon", why="expired", price_minor=158000, currency="TWD", coupon=VOUCHER
)


UNSAID = PromoUnsaid(
    promo_id="c1", product_id="serum", kind="coupon", why="expired", price_minor=158000, currency="TWD", coupon=VOUCHER
)


def test_a_coupon_whose_time_is_up_ends_by_itself(promo: Stage) -> None:
    coupon(promo)
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES - 1)
    promo.then()
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES)
    promo.then(OVER)


def test_what_became_of_it_is_one_word_for_every_screen(promo: Stage) -> None:
    on(promo)
    reads = [promo.row("promo.board", "p1").reads]
    for fact in (ENDING, END_FAILED, replace(ENDING, why="wrong"), replace(ENDED, why="wrong")):
        promo.given(fact, by=SHOP)
        reads.append(promo.row("promo.board", "p1").reads)
    assert reads == ["applied", "ending", "stays", "taking_back", "taken_back"]


def test_what_nobody_can_take_any_more_does_not_stand_whatever_the_shop_says(promo: Stage) -> None:
    coupon(promo).given(OVER, by=SHOP)
    row = promo.row("promo.board", "c1")
    assert (row.stage, row.stands, row.replaced_at) == ("ending", False, None)
    promo.given(replace(END_FAILED, promo_id="c1"), by=SHOP)
    row = promo.row("promo.board", "c1")
    assert (row.stage, row.stands, row.replaced_at, row.reads) == ("applied", False, None, "expired")
    promo.given(replace(OVER, why="over"), by=OPS)  # somebody ends it: it is not on again for that
    row = promo.row("promo.board", "c1")
    assert (row.stage, row.stands, row.reads) == ("ending", False, "expired")
    promo.given(replace(END_FAILED, promo_id="c1"), by=SHOP)
    row = promo.row("promo.board", "c1")
    assert (row.stage, row.stands, row.reads) == ("applied", False, "expired")
    promo.given(replace(OVER, why="wrong"), by=OPS)
    assert promo.row("promo.board", "c1").reads == "taking_back"


def test_who_ended_it_is_named_where_it_was_done_by_hand_and_nobody_where_the_shop_answered(promo: Stage) -> None:
    on(promo).given(ENDING, by=LIN)
    promo.given(replace(END_FAILED, detail="活動鎖定"), by=SHOP)
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.end_failure, row.end_note) == ("applied", "shop.unreachable", "活動鎖定")
    promo.given(ENDING, by=LIN)  # asked again, what it said then is of the past
    row = promo.row("promo.board", "p1")
    assert (row.stage, row.end_failure, row.end_note) == ("ending", "", "")
    promo.given(ENDED, by=SHOP)
    assert promo.row("promo.board", "p1").ended_by == ""
    promo.given(replace(ENDED, by_hand=True), by=OPS)
    assert promo.row("promo.board", "p1").ended_by == OPS.id


def test_a_coupon_that_could_not_be_ended_does_not_ring_for_ever(promo: Stage) -> None:
    coupon(promo).given(OVER, replace(END_FAILED, promo_id="c1"), by=SHOP)
    assert due(promo.state) is None
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES + 1)
    promo.then()
    promo.when(EndPromo(promo_id="c1"), by=OPS)
    promo.then(replace(OVER, why="over"))


def test_what_ended_before_its_time_is_waited_for_no_more(promo: Stage) -> None:
    coupon(promo).given(replace(OVER, why="over"), by=OPS)
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())  # the shop was asked, and still nobody may say it longer than that
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES)
    promo.then(UNSAID)
    assert (due(promo.state), promo.row("promo.board", "c1").reads) == (None, "expired")
    promo.given(replace(END_FAILED, promo_id="c1"), by=SHOP)
    row = promo.row("promo.board", "c1")
    assert (row.reads, row.end_failure, due(promo.state)) == ("expired", END_FAILED.code, None)  # somebody is to look why


LATER = replace(VOUCHER, name="加碼券", until=None)


def second_coupon(promo: Stage) -> dict[str, Any]:
    more: dict[str, Any] = {**ABOUT, "promo_id": "c2", "kind": "coupon", "price_minor": 158000, "coupon": LATER}
    promo.given(PromoProposed(price_was_minor=158000, **more), by=OPS)
    promo.given(PromoApproved(price_was_minor=158000, **more), by=LIN)
    return more


def test_a_coupon_does_not_run_out_into_another_on_its_way_but_after_it_where_that_failed(promo: Stage) -> None:
    second_coupon(coupon(promo))
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES)
    promo.then(UNSAID)  # the shop is not asked yet, and nobody is offered it
    assert (due(promo.state), promo.row("promo.board", "c1").reads) == (None, "expired")
    promo.given(PromoFailed(promo_id="c2", product_id="serum", code="shop.away"), by=SHOP)
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES)
    promo.then(OVER)


def test_a_coupon_that_another_replaced_rings_no_more(promo: Stage) -> None:
    more = second_coupon(coupon(promo))
    promo.given(PromoApplied(**more), by=SHOP)
    assert due(promo.state) is None
    promo.when(ExpirePromos(), by=SHOP, at=TEN_MINUTES)
    promo.then()


def test_a_promo_of_another_product_or_kind_takes_nobodys_place(promo: Stage) -> None:
    on(promo).given(ProductAdded(product=replace(SERUM, product_id="wash"), currency="TWD"))
    for promo_id, changed in (("p2", {"product_id": "wash"}), ("p3", {"kind": "gift", "price_minor": 158000, "gift": "面膜"})):
        promo.given(replace(PROPOSED, promo_id=promo_id, **changed), by=OPS)
        promo.given(replace(APPROVED, promo_id=promo_id, **changed), by=LIN)
        promo.given(replace(APPLIED, promo_id=promo_id, **changed), by=SHOP)
    promo.when(EndPromo(promo_id="p1"), by=LIN)
    promo.then(ENDING)
