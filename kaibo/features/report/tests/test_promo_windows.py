"""A promo is told of over the time it stood."""

from typing import Any

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.promo.facts import Coupon, PromoApplied, PromoApproved, PromoEnded, PromoEnding
from kaibo.features.report.feature import FEATURE
from kaibo.features.show.facts import ShowAired


def test_a_promo_that_another_replaced_is_told_of_until_then() -> None:
    stage = Stage(FEATURE).given(ShowAired(show_id="s1"))
    for promo_id, after_s in (("p1", 600), ("p2", 613)):
        about = {"promo_id": promo_id, "product_id": "serum", "price_minor": 90, "currency": "TWD"}
        stage.given(PromoApproved(kind="price", price_was_minor=100, **about), at=CURTAIN_AT + after_s * 1000)  # type: ignore[arg-type]
        stage.given(PromoApplied(kind="price", **about))  # type: ignore[arg-type]
    ended = PromoEnded(promo_id="p1", product_id="serum", kind="price", why="over", was_on=True)
    stage.given(ended, at=CURTAIN_AT + 700_000)
    assert stage.row("report.effects", "p1").after.window_ms == 13_000


def test_a_coupon_is_told_of_until_its_time_is_up_whenever_the_shop_says_so() -> None:
    coupon = Coupon(amount_minor=10, until=CURTAIN_AT + 690_000)
    about: dict[str, Any] = {"promo_id": "c1", "product_id": "serum", "price_minor": 90, "currency": "TWD", "kind": "coupon"}
    stage = Stage(FEATURE).given(ShowAired(show_id="s1"))
    stage.given(PromoApproved(price_was_minor=100, coupon=coupon, **about), at=CURTAIN_AT + 600_000)
    stage.given(PromoEnding(why="expired", coupon=coupon, **about))  # not on yet: nothing of it is over
    stage.given(PromoApplied(coupon=coupon, **about))
    stage.given(PromoEnding(why="expired", coupon=coupon, **about), at=CURTAIN_AT + 690_000)
    stage.given(PromoEnded(promo_id="c1", product_id="serum", kind="coupon", why="expired", was_on=True), at=CURTAIN_AT + 900_000)
    assert stage.row("report.effects", "c1").after.window_ms == 90_000
