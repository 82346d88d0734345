"""Stories of promos on the host's screen: on their way, on, ending, over; the host is told what not to say any more."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductPinned, ProductSheet
from kaibo.features.product.feature import FEATURE as PRODUCT
from kaibo.features.promo.facts import (
    Coupon,
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoFailed,
    PromoUnsaid,
)
from kaibo.features.prompter.feature import FEATURE
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent

SERUM = ProductSheet(product_id="serum", name="保濕精華", list_price_minor=198000, live_price_minor=158000)
ABOUT: dict[str, Any] = {"product_id": "serum", "kind": "price", "price_minor": 148000, "currency": "TWD"}
APPROVED = PromoApproved(promo_id="p1", price_was_minor=158000, **ABOUT)
APPLIED = PromoApplied(promo_id="p1", **ABOUT)
ENDING = PromoEnding(promo_id="p1", why="over", **ABOUT)
ENDED = PromoEnded(promo_id="p1", product_id="serum", kind="price", why="over", was_on=True)
GIFT = PromoApplied(promo_id="g1", product_id="serum", kind="gift", price_minor=158000, currency="TWD", gift="旅行組")
VOUCHER = Coupon(name="週年券", amount_minor=10000, min_spend_minor=100000)
COUPON = PromoApplied(promo_id="c1", product_id="serum", kind="coupon", price_minor=158000, currency="TWD", coupon=VOUCHER)


def went(cue_id: str) -> CueWent:
    return CueWent(cue_id=cue_id, pass_id=f"pass-{cue_id}", via="go", from_cue_id=None)


@pytest.fixture
def host() -> Stage:
    """The serum is on air at NT$1,580; another cue of it comes next."""
    cues = [Cue(cue_id=name, title=name, duration_ms=600_000, product_id="serum") for name in ("c1", "c2")]
    return Stage(FEATURE).given(
        ProductAdded(product=SERUM, currency="TWD"),
        CueAdded(cue=cues[0], after_cue_id=None, rank="a0"),
        CueAdded(cue=cues[1], after_cue_id="c1", rank="a1"),
        went("c1"),
    )


def told(host: Stage) -> tuple[Any, ...]:
    """The promo line, and the price that is true."""
    row = host.row("prompter.host", "now")
    return row.promo_state, row.promo_kind, row.promo_price_minor, row.price_minor


def test_a_price_ends_before_the_hosts_eyes_and_is_said_until_the_next_cue(host: Stage) -> None:
    host.given(APPROVED, APPLIED)
    assert told(host) == ("applied", "", 148000, 148000)
    host.given(ENDING)
    assert told(host) == ("ending", "price", 148000, 148000)
    host.given(ENDED)
    assert told(host) == ("ended", "price", 148000, 158000)
    host.given(went("c2"))
    assert told(host) == ("", "", None, 158000)


def test_what_is_taken_back_is_said_before_the_shop_answers(host: Stage) -> None:
    host.given(APPROVED, APPLIED, replace(ENDING, why="wrong"))
    assert told(host) == ("taking_back", "price", 148000, 148000)
    host.given(replace(ENDED, why="wrong"))
    assert told(host) == ("taken_back", "price", 148000, 158000)


def test_what_is_taken_back_on_its_way_is_said_whatever_the_shop_says(host: Stage) -> None:
    host.given(APPROVED, replace(ENDING, why="wrong"))
    assert told(host)[0] == "taking_back"
    host.given(APPLIED)
    assert told(host) == ("taking_back", "price", 148000, 148000)
    host.given(replace(ENDED, why="wrong"))
    assert told(host) == ("taken_back", "price", 148000, 158000)


def test_where_the_shop_refused_it_meanwhile_it_has_failed(host: Stage) -> None:
    host.given(APPROVED, replace(ENDING, why="wrong"), PromoFailed(promo_id="p1", product_id="serum", code="shop.away"))
    assert told(host) == ("failed", "price", 148000, 158000)


def test_where_the_shop_did_not_end_it_the_host_is_told_that_it_stays(host: Stage) -> None:
    host.given(APPROVED, APPLIED, ENDING, PromoEndFailed(promo_id="p1", product_id="serum", code="shop.away"))
    assert told(host) == ("stays", "price", 148000, 148000)
    host.given(went("c2"))
    assert told(host) == ("applied", "", 148000, 148000)


def test_a_cue_does_not_hide_what_is_still_ending(host: Stage) -> None:
    host.given(APPROVED, APPLIED, ENDING, went("c2"))
    assert told(host)[0] == "ending"


def test_an_older_promo_ends_in_silence(host: Stage) -> None:
    host.given(APPROVED, APPLIED, replace(APPROVED, promo_id="p2", price_minor=138000))
    host.given(replace(APPLIED, promo_id="p2", price_minor=138000), ENDING, ENDED)
    assert told(host) == ("applied", "", 138000, 138000)


def test_a_gift_goes_with_its_promo_and_the_price_stays(host: Stage) -> None:
    host.given(APPLIED, GIFT, PromoEnding(promo_id="g1", why="over", **{**ABOUT, "kind": "gift", "gift": "旅行組"}))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_kind, row.promo_gift, row.gift) == ("ending", "gift", "旅行組", "旅行組")
    host.given(replace(ENDED, promo_id="g1", kind="gift"))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_gift, row.gift, row.price_minor) == ("ended", "旅行組", "", 148000)


def test_what_stands_is_seen_while_something_else_ends(host: Stage) -> None:
    host.given(APPLIED, GIFT, ENDING, ENDED)
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_gift, row.gift) == ("ended", "", "旅行組")


def test_a_coupon_is_said_beside_the_price_and_not_taken_off_it(host: Stage) -> None:
    host.given(COUPON)
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_coupon, row.price_minor, row.coupon_price_minor) == ("applied", VOUCHER, 158000, 148000)


def test_two_on_their_way_are_both_waited_for(host: Stage) -> None:
    host.given(APPROVED, PromoApproved(promo_id="g1", price_was_minor=158000, **{**ABOUT, "kind": "gift", "gift": "旅行組"}))
    assert host.row("prompter.host", "now").promo_gift == "旅行組"
    host.given(GIFT)
    assert told(host)[:3] == ("approved", "price", 148000)


def besides(host: Stage) -> list[tuple[Any, ...]]:
    """What else moves: of which product, how, and what it is."""
    row = host.row("prompter.host", "now")
    return [(one.product_name, one.state, one.kind, one.gift or one.price_minor) for one in row.promos_besides]


def test_the_end_of_the_price_does_not_hide_that_the_gift_was_taken_back(host: Stage) -> None:
    gift = PromoEnding(promo_id="g1", why="wrong", **{**ABOUT, "kind": "gift", "gift": "旅行組"})
    host.given(APPLIED, GIFT, gift, replace(ENDED, promo_id="g1", kind="gift", why="wrong"), ENDING)
    assert (told(host)[:2], besides(host)) == (("ending", "price"), [("", "taken_back", "gift", "旅行組")])
    host.given(ENDED)
    assert (told(host)[:2], besides(host)) == (("ended", "price"), [("", "taken_back", "gift", "旅行組")])
    host.given(went("c2"))
    assert (told(host)[0], besides(host)) == ("", [])


def test_what_is_on_now_comes_before_older_news_and_after_what_is_on_its_way(host: Stage) -> None:
    host.given(APPLIED, ENDING, ENDED)
    host.at += 1_000
    host.given(GIFT)
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_gift, row.price_minor) == ("applied", "旅行組", 158000)
    assert besides(host) == [("", "ended", "price", 148000)]
    host.given(PromoApproved(promo_id="p2", price_was_minor=158000, **ABOUT))
    assert (told(host)[:2], besides(host)) == (("approved", "price"), [])


def test_what_is_taken_back_of_a_product_that_is_no_longer_on_air_is_said_by_its_name(host: Stage) -> None:
    host.given(ProductAdded(product=ProductSheet(product_id="mask", name="面膜", live_price_minor=39000), currency="TWD"))
    host.given(APPLIED, ProductPinned(product_id="mask"), ENDING)
    assert (told(host)[0], besides(host)) == ("", [])  # what has run its course is no news of another product
    host.given(ENDED, replace(APPLIED, promo_id="p2"), replace(ENDING, promo_id="p2", why="wrong"))
    assert besides(host) == [("保濕精華", "taking_back", "price", 148000)]
    host.given(replace(ENDED, promo_id="p2", why="wrong"))
    assert besides(host) == [("保濕精華", "taken_back", "price", 148000)]
    host.given(replace(APPLIED, promo_id="p3"), replace(ENDING, promo_id="p3", why="wrong"))
    host.given(PromoEndFailed(promo_id="p3", product_id="serum", code="shop.away"))
    assert ("保濕精華", "not_taken_back", "price", 148000) in besides(host)  # it is not solved by being nobody's turn
    host.given(replace(ENDED, promo_id="p3", why="wrong"), went("c2"))
    assert besides(host) == []


def test_whose_the_points_are_is_said_while_another_product_is_pinned(host: Stage) -> None:
    mask = ProductSheet(product_id="mask", name="面膜", live_price_minor=39000)
    host.given(ProductAdded(product=mask, currency="TWD"))
    assert host.row("prompter.host", "now").points_of == ""
    host.given(ProductPinned(product_id="mask"))
    assert host.row("prompter.host", "now").points_of == "保濕精華"
    host.given(ProductPinned(product_id="serum"))
    assert host.row("prompter.host", "now").points_of == ""


@pytest.mark.parametrize(
    ("stock", "sold", "few"), [(20, 1, False), (20, 10, True), (100, 79, False), (100, 80, True), (5, 0, True), (None, 0, False)]
)
def test_few_are_left_where_most_are_gone(host: Stage, stock: int | None, sold: int, few: bool) -> None:
    host.given(ProductEdited(product=replace(SERUM, stock=stock), fields=("stock",)))
    line = OrderLine(product_id="serum", quantity=max(1, sold), price_minor=158000)
    order = OrderCreated(
        order_id="o", platform="x", buyer="", lines=(line,), amount_minor=158000, currency="TWD", platform_at=host.at
    )
    if sold:
        host.given(order)
    assert host.row("prompter.host", "now").stock_few is few
    bag = Stage(PRODUCT)
    for event in host.events:
        bag.given(event.fact, at=event.at)
    assert bag.row("product.cards", "serum").stock_few is few


EXPIRED: dict[str, Any] = {**ABOUT, "promo_id": "c1", "kind": "coupon", "price_minor": 158000, "coupon": VOUCHER}


def test_a_coupon_whose_time_is_up_is_an_offer_nowhere_and_said_once(host: Stage) -> None:
    host.given(COUPON)
    assert host.row("prompter.host", "now").coupon_price_minor == 148000
    host.given(PromoEnding(why="expired", **EXPIRED))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_kind, row.coupon, row.coupon_price_minor) == ("expired", "coupon", None, None)
    host.given(PromoEndFailed(promo_id="c1", product_id="serum", code="shop.busy"))
    assert host.row("prompter.host", "now").promo_state == "expired"
    host.given(PromoEnding(why="over", **EXPIRED))  # somebody ends it in the back office, which does not let them
    assert host.row("prompter.host", "now").promo_state == "expired"
    host.given(PromoEndFailed(promo_id="c1", product_id="serum", code="shop.busy"))
    assert host.row("prompter.host", "now").promo_state == "expired"
    host.given(went("c2"))
    assert host.row("prompter.host", "now").promo_state == "expired"  # the shop has it still
    host.given(PromoEnded(promo_id="c1", product_id="serum", kind="coupon", why="expired", was_on=True))
    assert host.row("prompter.host", "now").promo_state == "ended"


def test_a_coupon_whose_time_is_up_is_said_no_more_after_another_one_failed(host: Stage) -> None:
    host.given(COUPON, PromoEnding(why="expired", **EXPIRED), PromoEndFailed(promo_id="c1", product_id="serum", code="shop.busy"))
    other: dict[str, Any] = {**EXPIRED, "promo_id": "c2"}
    host.given(PromoApproved(price_was_minor=158000, **other), PromoFailed(promo_id="c2", product_id="serum", code="shop.busy"))
    host.given(went("c2"))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.coupon) == ("expired", None)  # the shop has it still


def test_what_is_wrong_is_unsaid_while_its_correction_is_on_its_way(host: Stage) -> None:
    host.given(APPROVED, APPLIED, replace(APPROVED, promo_id="p2", price_minor=138000))
    host.given(PromoUnsaid(promo_id="p1", why="wrong", **ABOUT))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_price_minor, row.unsaid) == ("taking_back", 148000, ("price",))
    assert [(one.state, one.price_minor) for one in row.promos_besides] == [("approved", 138000)]
    host.given(PromoFailed(promo_id="p2", product_id="serum", code="shop.busy"), replace(ENDING, why="wrong"))
    assert told(host)[:3] == ("taking_back", "price", 148000)


def test_the_correction_takes_the_place_of_what_was_wrong(host: Stage) -> None:
    host.given(APPROVED, APPLIED, replace(APPROVED, promo_id="p2", price_minor=138000))
    host.given(PromoUnsaid(promo_id="p1", why="wrong", **ABOUT), replace(APPLIED, promo_id="p2", price_minor=138000))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_price_minor, row.unsaid) == ("taken_back", 148000, ())
    assert row.price_minor == 138000
    host.given(went("c2"))
    assert told(host) == ("applied", "", 138000, 138000)


def test_a_coupon_whose_time_is_up_while_another_is_on_its_way_is_offered_no_more(host: Stage) -> None:
    host.given(
        COUPON, PromoApproved(price_was_minor=158000, **{**EXPIRED, "promo_id": "c2"}), PromoUnsaid(why="expired", **EXPIRED)
    )
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.coupon, [one.state for one in row.promos_besides]) == ("expired", None, ["approved"])


def test_a_coupon_that_the_shop_has_on_after_its_time_is_not_said(host: Stage) -> None:
    late: dict[str, Any] = {**EXPIRED, "coupon": replace(VOUCHER, until=host.at - 1)}
    host.given(PromoApproved(price_was_minor=158000, **late), PromoApplied(**late))
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.coupon) == ("expired", None)


def test_one_that_is_taken_back_is_that_whatever_its_time_is(host: Stage) -> None:
    late: dict[str, Any] = {**EXPIRED, "coupon": replace(VOUCHER, until=host.at - 1)}
    host.given(PromoApproved(price_was_minor=158000, **late), PromoEnding(why="wrong", **late), PromoApplied(**late))
    assert (host.row("prompter.host", "now").promo_state, host.row("prompter.host", "now").coupon) == ("taking_back", None)


def test_one_that_came_on_although_it_was_taken_back_is_no_more_said_than_before(host: Stage) -> None:
    host.given(
        APPROVED, replace(ENDING, why="wrong"), PromoEndFailed(promo_id="p1", product_id="serum", code="shop.busy"), APPLIED
    )
    assert told(host)[0] == "not_taken_back"


def test_what_is_wrong_and_was_not_taken_back_is_not_said_in_the_next_cue_either(host: Stage) -> None:
    """What somebody called wrong is wrong whatever the shop can do, until it ends or another takes its place."""
    host.given(
        APPROVED, APPLIED, replace(ENDING, why="wrong"), PromoEndFailed(promo_id="p1", product_id="serum", code="shop.away")
    )
    assert told(host) == ("not_taken_back", "price", 148000, 148000)
    host.given(went("c2"))
    assert told(host)[0] == "not_taken_back"
    host.given(replace(APPLIED, promo_id="p2", price_minor=138000))
    row = host.row("prompter.host", "now")
    assert (row.price_minor, row.promo_state, row.promo_price_minor) == (138000, "taken_back", 148000)  # which price it was
    host.given(went("c1"))
    assert told(host) == ("applied", "", 138000, 138000)


def test_what_is_taken_back_before_it_was_on_and_was_not_stopped_is_wrong_when_it_comes_on(host: Stage) -> None:
    host.given(APPROVED, replace(ENDING, why="wrong"))
    assert told(host)[0] == "taking_back"
    host.given(PromoEndFailed(promo_id="p1", product_id="serum", code="shop.busy"))
    assert told(host)[:3] == ("not_taken_back", "price", 148000)
    host.given(went("c2"))
    assert told(host)[0] == "not_taken_back"  # it may come on yet
    host.given(APPLIED)
    assert told(host) == ("not_taken_back", "price", 148000, 148000)
    host.given(PromoFailed(promo_id="p1", product_id="serum", code="shop.busy"))
    assert told(host)[0] == "failed"


def test_what_is_given_again_was_not_taken_off(host: Stage) -> None:
    gift: dict[str, Any] = {"product_id": "serum", "kind": "gift", "price_minor": 158000, "currency": "TWD", "gift": "旅行組"}
    host.given(PromoApplied(promo_id="g1", **gift), PromoEnding(promo_id="g1", why="wrong", **gift))
    host.given(PromoEnded(promo_id="g1", product_id="serum", kind="gift", why="wrong", was_on=True))
    assert told(host)[:2] == ("taken_back", "gift")
    host.given(PromoApplied(promo_id="g2", **{**gift, "gift": "面膜"}))
    assert ("", "taken_back", "gift", "旅行組") in [
        *besides(host),
        ("", *told(host)[:2], host.row("prompter.host", "now").promo_gift),
    ]
    host.given(PromoApplied(promo_id="g3", **gift))
    assert (told(host)[0], besides(host)) == ("applied", [])


def test_a_coupon_that_never_went_on_is_taken_off_the_hosts_lips(host: Stage) -> None:
    host.given(PromoApproved(price_was_minor=158000, **EXPIRED))
    lapsed = PromoEnded(promo_id="c1", product_id="serum", kind="coupon", why="expired", was_on=False)
    host.given(lapsed)
    row = host.row("prompter.host", "now")
    assert (row.promo_state, row.promo_coupon, row.coupon) == ("lapsed", VOUCHER, None)
    host.given(PromoApplied(**EXPIRED))  # the shop had it on all the same
    assert host.row("prompter.host", "now").promo_state == "applied"
