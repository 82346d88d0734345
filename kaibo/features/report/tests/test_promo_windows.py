"""A promo is told of over the time it stood."""

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoEnded
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
