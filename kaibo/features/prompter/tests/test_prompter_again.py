"""Stories of what the host reads when something was not as somebody said: there beside the next one, right after all, given again."""

from typing import Any

from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.promo.facts import (
    Coupon,
    PromoApplied,
    PromoApproved,
    PromoEndFailed,
    PromoEnding,
    PromoSaidAgain,
    PromoUnsaid,
)
from kaibo.features.prompter.tests.test_prompter_promos import (
    ABOUT,
    APPLIED,
    APPROVED,
    COUPON,
    ENDED,
    ENDING,
    EXPIRED,
    VOUCHER,
    besides,
    host,
    told,
    went,
)
from kaibo.features.rundown.facts import CueWent, Resumed

__all__ = ["host"]


def test_a_coupon_that_could_not_be_taken_back_is_there_beside_the_next_one(host: Stage) -> None:
    """A shop can have two: that the second is on says nothing of the first."""
    wrong: dict[str, Any] = {"product_id": "serum", "kind": "coupon", "price_minor": 158000, "currency": "TWD", "coupon": VOUCHER}
    failed = PromoEndFailed(promo_id="c1", product_id="serum", code="shop.by_hand")
    host.given(COUPON, PromoEnding(promo_id="c1", why="wrong", **wrong), failed)
    host.given(PromoApplied(promo_id="c2", **{**wrong, "coupon": Coupon(name="補券", amount_minor=5000)}))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_coupon, row.coupon.name, row.unsaid) == ("not_taken_back", VOUCHER, "補券", ())
    host.given(PromoEnding(promo_id="c1", why="wrong", **wrong))
    assert told(host)[0] == "taking_back"
    host.given(failed)
    assert told(host)[:2] == ("not_taken_back", "coupon")
    host.given(PromoApplied(promo_id="c3", **wrong))  # given again, and somebody approved that
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.coupon, row.promos_besides) == ("applied", VOUCHER, ())


def test_a_gift_that_is_wrong_and_waits_for_the_next_one_is_wrong_beside_it(host: Stage) -> None:
    gift: dict[str, Any] = {"product_id": "serum", "kind": "gift", "price_minor": 158000, "currency": "TWD", "gift": "旅行組"}
    other = {**gift, "gift": "面膜", "promo_id": "g2"}
    host.given(PromoApplied(promo_id="g1", **gift), PromoApproved(price_was_minor=158000, **other))
    host.given(PromoUnsaid(promo_id="g1", why="wrong", **gift), PromoApplied(**other))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_gift, row.gift) == ("taking_back", "旅行組", "面膜")


def test_a_coupon_whose_time_is_up_is_said_no_more_beside_the_next_one(host: Stage) -> None:
    host.given(PromoApplied(**EXPIRED), PromoEnding(why="expired", **EXPIRED))
    host.given(PromoApplied(promo_id="c2", **{key: value for key, value in EXPIRED.items() if key != "promo_id"}))
    host.given(PromoEnding(why="expired", **EXPIRED), PromoEndFailed(promo_id="c1", product_id="serum", code="shop.by_hand"))
    assert "stays" not in {told(host)[0], *(each[1] for each in besides(host))}


def test_what_was_right_after_all_is_said_again(host: Stage) -> None:
    host.given(
        APPROVED, APPLIED, replace(ENDING, why="wrong"), PromoEndFailed(promo_id="p1", product_id="serum", code="shop.away")
    )
    host.given(PromoSaidAgain(promo_id="p1", **ABOUT))
    assert (told(host), host.row("prompter.host", "now").unsaid) == (("applied", "", 148000, 148000), ())


def test_what_was_right_and_is_on_its_way_still_is_waited_for(host: Stage) -> None:
    host.given(APPROVED, replace(ENDING, why="wrong"), PromoEndFailed(promo_id="p1", product_id="serum", code="shop.away"))
    host.given(PromoSaidAgain(promo_id="p1", **ABOUT))
    assert told(host) == ("approved", "price", 148000, 158000)


def test_a_price_that_is_given_again_was_not_taken_off(host: Stage) -> None:
    host.given(APPROVED, APPLIED, ENDING, ENDED)
    assert told(host) == ("ended", "price", 148000, 158000)
    host.given(replace(APPLIED, promo_id="p2", price_minor=138000))
    assert ("ended", 148000) in {(row.state, row.price_minor) for row in host.row("prompter.host", "now").promos_besides} | {
        told(host)[::2]
    }
    host.given(replace(APPLIED, promo_id="p3"))
    assert (told(host), besides(host)) == (("applied", "", 148000, 148000), [])


def test_a_go_by_mistake_takes_no_news_from_the_host(host: Stage) -> None:
    host.given(APPROVED, APPLIED, ENDING, ENDED)
    host.given(went("c2"))
    assert told(host)[0] == ""
    host.given(
        CueWent(cue_id="c1", pass_id="pass-3", via="undo", from_cue_id="c2", resumes=Resumed(went_at=0, added_ms=0, held_ms=0))
    )
    assert told(host) == ("ended", "price", 148000, 158000)
    host.given(went("c2"))
    assert told(host)[0] == ""


def test_the_price_with_a_coupon_is_not_said_while_one_of_the_two_is_wrong(host: Stage) -> None:
    host.given(APPROVED, APPLIED, COUPON)
    assert host.row("prompter.host", "now").coupon_price_minor == 138000
    host.given(PromoEnding(promo_id="c1", why="over", **{**ABOUT, "kind": "coupon", "coupon": VOUCHER}))
    assert host.row("prompter.host", "now").coupon_price_minor == 138000  # buyers have it until the shop answers
    host.given(PromoEnding(promo_id="c1", why="wrong", **{**ABOUT, "kind": "coupon", "coupon": VOUCHER}))
    assert host.row("prompter.host", "now").coupon_price_minor is None
    host.given(PromoSaidAgain(promo_id="c1", **{**ABOUT, "kind": "coupon", "coupon": VOUCHER}))
    assert host.row("prompter.host", "now").coupon_price_minor == 138000
    host.given(replace(ENDING, why="wrong"))
    assert host.row("prompter.host", "now").coupon_price_minor is None
