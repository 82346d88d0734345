"""Stories of what somebody called wrong and the shop did not take back: it stays wrong, whatever comes, until the shop says that it is off."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.core.stream import SYSTEM
from kaibo.features.product.facts import ProductAdded, ProductRemoved
from kaibo.features.product.slices import OFFER
from kaibo.features.promo.commands import EndPromo, ExpirePromos, SayAgainPromo, SettlePromoByHand, TakeBackPromo
from kaibo.features.promo.ending import PromoEndPending, PromoNotWrong, PromoReplaced
from kaibo.features.promo.facts import (
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEnding,
    PromoFailed,
    PromoProposed,
    PromoSaidAgain,
    PromoUnsaid,
)
from kaibo.features.promo.feature import FEATURE
from kaibo.features.promo.state import due
from kaibo.features.promo.tests.test_promo_ends import (
    ABOUT,
    APPLIED,
    APPROVED,
    END_FAILED,
    ENDED,
    ENDING,
    LIN,
    OPS,
    PROPOSED,
    SERUM,
    SHOP,
    TEN_MINUTES,
    VOUCHER,
    WRONG,
    on,
)  # fmt: skip
from kaibo.features.show.facts import ShowEnded

SAID_AGAIN = PromoSaidAgain(promo_id="p1", **ABOUT)


@pytest.fixture
def promo() -> Stage:
    """A show with one product at NT$1,580, nothing approved."""
    return Stage(FEATURE).given(ProductAdded(product=SERUM, currency="TWD"))


def reads(promo: Stage, promo_id: str = "p1") -> tuple[Any, ...]:
    row = promo.row("promo.board", promo_id)
    return row.stage, row.reads, row.end_why, row.end_reason


def test_what_buyers_have_stays_wrong_until_somebody_ends_it_as_right(promo: Stage) -> None:
    on(promo).given(WRONG, by=LIN).given(END_FAILED, by=SHOP)
    assert reads(promo) == ("applied", "not_taken_back", "wrong", "少打一個零")
    promo.given(ENDING, by=OPS).given(END_FAILED, by=SHOP)
    assert reads(promo)[:3] == ("applied", "stays", "over")


def test_the_next_price_takes_a_wrong_one_with_it(promo: Stage) -> None:
    on(promo).given(WRONG, by=LIN).given(END_FAILED, by=SHOP)
    promo.given(replace(PROPOSED, promo_id="p2", price_minor=138000), by=OPS)
    promo.given(replace(APPLIED, promo_id="p2", price_minor=138000), by=SHOP)
    assert reads(promo)[1] == "taken_back"
    promo.when(EndPromo(promo_id="p1"), by=OPS).refused(PromoReplaced)
    promo.when(SayAgainPromo(promo_id="p1"), by=LIN).refused(PromoReplaced)


COTTON: dict[str, Any] = {"kind": "gift", "price_minor": 158000, "gift": "化妝棉"}


def gift_on(promo: Stage, promo_id: str, gift: str) -> Stage:
    about: dict[str, Any] = {"promo_id": promo_id, "kind": "gift", "price_minor": 158000, "gift": gift}
    return promo.given(replace(PROPOSED, **about), by=OPS).given(replace(APPLIED, **about), by=SHOP)


def test_a_gift_that_could_not_be_taken_back_is_there_beside_the_next_one(promo: Stage) -> None:
    """A shop can have two at once: that the second is on says nothing of the first, which somebody still has to take off."""
    gift_on(promo, "p1", "化妝棉").given(replace(WRONG, **COTTON), by=LIN).given(END_FAILED, by=SHOP)
    promo.given(replace(PROPOSED, promo_id="g2", kind="gift", gift="旅行組", price_minor=158000), by=OPS)
    assert promo.row("promo.board", "g2").takes_place_of == ""
    promo.given(replace(APPLIED, promo_id="g2", kind="gift", gift="旅行組", price_minor=158000), by=SHOP)
    row = promo.row("promo.board", "p1")
    assert (row.reads, row.replaced_at, promo.row("promo.board", "g2").reads) == ("not_taken_back", None, "applied")
    promo.when(SayAgainPromo(promo_id="p1"), by=LIN).refused(PromoReplaced)  # buyers have one gift, and it is another one
    promo.when(EndPromo(promo_id="p1"), by=OPS).refused(PromoReplaced)
    promo.when(TakeBackPromo(promo_id="p1"), by=OPS).then(replace(WRONG, reason="", **COTTON))
    assert promo.row("promo.board", "p1").reads == "taking_back"
    promo.given(END_FAILED, by=SHOP)
    assert promo.row("promo.board", "p1").reads == "not_taken_back"
    promo.given(replace(WRONG, **COTTON), by=LIN)
    promo.given(replace(ENDED, kind="gift", why="wrong"), by=SHOP)
    assert (reads(promo)[1], promo.row("promo.board", "g2").reads) == ("taken_back", "applied")


def test_one_that_is_there_beside_another_is_there_beside_the_one_after_that_until_it_is_given_again(promo: Stage) -> None:
    gift_on(promo, "p1", "化妝棉").given(replace(WRONG, **COTTON), by=LIN).given(END_FAILED, by=SHOP)
    gift_on(gift_on(promo, "g2", "旅行組"), "g3", "面膜")
    assert (reads(promo)[1], reads(promo, "g2")[1]) == ("not_taken_back", "replaced")
    promo.given(replace(PROPOSED, **{**COTTON, "promo_id": "g4"}), by=OPS)
    assert promo.row("promo.board", "g4").takes_place_of == "g3"
    promo.given(
        replace(APPLIED, **{**COTTON, "promo_id": "g4"}), by=SHOP
    )  # somebody approved it: it is no longer wrong that buyers have it
    assert (reads(promo)[1], reads(promo, "g4")[1]) == ("taken_back", "applied")
    promo.when(TakeBackPromo(promo_id="p1"), by=OPS).refused(PromoReplaced)
    gift_on(promo, "g5", "面膜")
    assert reads(promo)[1] == "taken_back"


def test_a_wrong_gift_that_waits_for_the_next_one_is_taken_back_after_it(promo: Stage) -> None:
    gift_on(promo, "p1", "化妝棉").given(replace(PROPOSED, promo_id="g2", kind="gift", gift="旅行組"), by=OPS)
    promo.given(replace(APPROVED, promo_id="g2", kind="gift", gift="旅行組", price_minor=158000), by=LIN)
    promo.when(TakeBackPromo(promo_id="p1"), by=LIN).then(PromoUnsaid(promo_id="p1", why="wrong", **{**ABOUT, **COTTON}))
    promo.given(replace(APPLIED, promo_id="g2", kind="gift", gift="旅行組", price_minor=158000), by=SHOP)
    assert (reads(promo)[1], due(promo.state)) == ("taking_back", (promo.at, ExpirePromos()))
    promo.when(ExpirePromos()).then(replace(WRONG, reason="", **COTTON))
    promo.given(END_FAILED, by=SHOP)
    assert reads(promo)[1] == "not_taken_back"


def test_a_wrong_coupon_runs_out_while_it_waits_for_the_next_one(promo: Stage) -> None:
    coupon: dict[str, Any] = {"kind": "coupon", "price_minor": 158000, "coupon": VOUCHER}
    other: dict[str, Any] = {**coupon, "promo_id": "c2", "coupon": replace(VOUCHER, name="補券", until=None)}
    promo.given(replace(PROPOSED, **coupon), by=OPS).given(replace(APPLIED, **coupon), by=SHOP)
    promo.given(replace(PROPOSED, **other), by=OPS).given(replace(APPROVED, **other), by=LIN)
    promo.when(TakeBackPromo(promo_id="p1"), by=LIN).then(PromoUnsaid(promo_id="p1", why="wrong", **{**ABOUT, **coupon}))
    assert due(promo.state) == (TEN_MINUTES, ExpirePromos())
    promo.when(ExpirePromos(), at=TEN_MINUTES).then(PromoUnsaid(promo_id="p1", why="expired", **{**ABOUT, **coupon}))
    row = promo.row("promo.board", "p1")
    assert (row.stands, row.spent, promo.fold.slice(OFFER).offers["serum"].coupon) == (False, True, None)
    promo.when(SayAgainPromo(promo_id="p1"), by=LIN).refused(PromoNotWrong)


def test_one_that_was_right_gives_way_to_the_next(promo: Stage) -> None:
    gift_on(promo, "p1", "化妝棉").given(replace(WRONG, **COTTON), by=LIN).given(END_FAILED, by=SHOP)
    gift_on(promo.given(replace(SAID_AGAIN, **COTTON), by=LIN), "g2", "旅行組")
    assert reads(promo)[1] == "replaced"
    promo.when(EndPromo(promo_id="p1"), by=OPS).refused(PromoReplaced)


def test_a_coupon_whose_time_is_up_is_not_said_again(promo: Stage) -> None:
    coupon: dict[str, Any] = {"kind": "coupon", "price_minor": 158000, "coupon": VOUCHER}
    promo.given(replace(PROPOSED, **coupon), by=OPS).given(replace(APPLIED, **coupon), by=SHOP)
    promo.given(replace(ENDING, **{**coupon, "why": "expired"})).given(END_FAILED, by=SHOP)
    promo.given(replace(WRONG, **coupon), by=LIN).given(END_FAILED, by=SHOP)
    assert (reads(promo)[1], promo.row("promo.board", "p1").spent) == ("expired", True)
    promo.when(SayAgainPromo(promo_id="p1"), by=LIN).refused(PromoNotWrong)
    other: dict[str, Any] = {**coupon, "promo_id": "c2", "coupon": replace(VOUCHER, name="補券")}
    promo.given(replace(PROPOSED, **other), by=OPS).given(replace(APPLIED, **other), by=SHOP)
    assert reads(promo)[1] == "taken_back"  # nobody can take it any more, whatever the shop has


def test_what_was_right_after_all_is_on_as_before(promo: Stage) -> None:
    on(promo).given(WRONG, by=LIN)
    promo.when(SayAgainPromo(promo_id="p1"), by=LIN).refused(PromoEndPending)  # the shop's answer comes first
    promo.given(END_FAILED, by=SHOP).when(SayAgainPromo(promo_id="p1"), by=LIN).then(SAID_AGAIN)
    assert reads(promo) == ("applied", "applied", "", "")
    assert promo.fold.slice(OFFER).offers["serum"].promo_price_minor == 148000  # which the sheet is not free to change
    promo.when(SayAgainPromo(promo_id="p1"), by=LIN).refused(PromoNotWrong)
    promo.when(EndPromo(promo_id="p1"), by=OPS).then(ENDING)


def test_what_was_right_and_waits_for_another_is_on_as_before(promo: Stage) -> None:
    on(promo).given(replace(PROPOSED, promo_id="p2"), by=OPS).given(replace(APPROVED, promo_id="p2"), by=LIN)
    promo.when(TakeBackPromo(promo_id="p1"), by=LIN).then(PromoUnsaid(promo_id="p1", why="wrong", **ABOUT))
    promo.when(SayAgainPromo(promo_id="p1"), by=LIN).then(SAID_AGAIN)
    assert reads(promo)[:2] == ("applied", "applied")
    assert due(promo.state) is None  # and the shop is not asked for its end once it has answered


def test_of_a_product_that_was_taken_off_the_list_it_is_wrong_as_well(promo: Stage) -> None:
    on(promo).given(WRONG, by=LIN).given(END_FAILED, by=SHOP).given(ProductRemoved(product_id="serum"))
    assert reads(promo)[1] == "not_taken_back"


def test_what_was_not_stopped_on_its_way_is_wrong_and_no_price_to_wait_for(promo: Stage) -> None:
    promo.given(PROPOSED, by=OPS).given(APPROVED, by=LIN).given(WRONG, by=LIN)
    assert reads(promo)[:2] == ("ending", "taking_back")
    promo.given(END_FAILED, by=SHOP)
    assert reads(promo) == ("approved", "not_taken_back", "wrong", "少打一個零")
    again = Stage(FEATURE).given(*(event.fact for event in promo.events))
    promo.when(TakeBackPromo(promo_id="p1"), by=LIN).then(replace(WRONG, reason=""))
    again.when(SettlePromoByHand(promo_id="p1", now="on"), by=OPS).then(replace(APPLIED, by_hand=True))
    assert reads(again)[:3] == ("applied", "not_taken_back", "wrong")
    failed = PromoFailed(promo_id="p1", product_id="serum", code="shop.busy")
    assert reads(promo.given(END_FAILED, failed, by=SHOP))[:2] == ("failed", "failed")


def test_the_end_of_the_show_does_not_say_that_it_never_came_on(promo: Stage) -> None:
    """Other promos that still wait are over with the show: nobody said that they are on."""
    promo.given(PROPOSED, by=OPS).given(APPROVED, by=LIN).given(WRONG, by=LIN).given(END_FAILED, by=SHOP)
    promo.given(ShowEnded(show_id="s1"))
    assert due(promo.state) is None
    promo.when(ExpirePromos(), by=SYSTEM).then()
    assert reads(promo)[1] == "not_taken_back"


def test_one_that_an_older_log_let_go_with_the_show_is_still_wrong_when_it_comes_on(promo: Stage) -> None:
    promo.given(PROPOSED, by=OPS).given(APPROVED, by=LIN).given(WRONG, by=LIN).given(END_FAILED, by=SHOP)
    promo.given(ShowEnded(show_id="s1"))
    promo.given(PromoEnded(promo_id="p1", product_id="serum", kind="price", why="expired", was_on=False), by=SYSTEM)
    assert reads(promo) == ("lapsed", "lapsed", "wrong", "少打一個零")
    promo.given(replace(APPLIED, by_hand=True), by=OPS)
    assert reads(promo)[:3] == ("applied", "not_taken_back", "wrong")
    assert promo.fold.slice(OFFER).offers["serum"].unsaid == ("price",)
    promo.given(replace(ENDED, why="wrong"), by=SHOP)
    assert (reads(promo)[1], promo.fold.slice(OFFER).offers["serum"].unsaid) == ("taken_back", ())


WITH_COUPON: dict[str, Any] = {**ABOUT, "promo_id": "p1", "kind": "coupon", "price_minor": 158000, "coupon": VOUCHER}


def test_a_coupon_whose_time_was_up_meanwhile_is_asked_for_once_and_says_why_it_failed(promo: Stage) -> None:
    promo.given(
        PromoProposed(price_was_minor=158000, **WITH_COUPON), PromoApproved(price_was_minor=158000, **WITH_COUPON), by=OPS
    )
    promo.given(PromoApplied(**WITH_COUPON), by=SHOP)
    promo.given(PromoEnding(why="wrong", reason="錯的券", **WITH_COUPON), by=LIN)
    promo.when(ExpirePromos(), by=SYSTEM, at=TEN_MINUTES).then(PromoUnsaid(why="expired", **WITH_COUPON))
    promo.given(replace(END_FAILED, detail="停不了"), by=SHOP)
    assert due(promo.state) is None
    row = promo.row("promo.board", "p1")
    assert (row.reads, row.end_why, row.end_reason, row.end_note) == ("expired", "wrong", "錯的券", "停不了")


def test_a_coupon_that_was_not_taken_back_in_time_is_asked_for_again_as_what_it_is(promo: Stage) -> None:
    promo.given(
        PromoProposed(price_was_minor=158000, **WITH_COUPON), PromoApproved(price_was_minor=158000, **WITH_COUPON), by=OPS
    )
    promo.given(PromoApplied(**WITH_COUPON), by=SHOP)
    promo.given(PromoEnding(why="wrong", reason="錯的券", **WITH_COUPON), by=LIN).given(END_FAILED, by=SHOP)
    promo.when(ExpirePromos(), by=SYSTEM, at=TEN_MINUTES).then(PromoEnding(why="expired", **WITH_COUPON))
    row = promo.row("promo.board", "p1")
    assert (row.reads, row.end_why, row.end_reason, row.end_by, row.end_failure) == ("taking_back", "wrong", "錯的券", LIN.id, "")
    promo.given(replace(ENDED, kind="coupon", why="expired"), by=SHOP)
    assert reads(promo)[1] == "taken_back"
