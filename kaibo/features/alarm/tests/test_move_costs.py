"""Stories of what moves brought while they were on, and of what was really spent for them."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.alarm.facts import AlarmMoveApproved, AlarmMoveProposed
from kaibo.features.alarm.feature import FEATURE
from kaibo.features.metric.facts import MetricSpendEntered, MetricSpendRemoved, SpendRow
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.promo.facts import PromoApplied, PromoEnded
from kaibo.features.show.facts import ShowAired, ShowPlanned

START = CURTAIN_AT - CURTAIN_AT % 10_000
APPLIED_AT = START + 300_000
MEI = Actor(id="mei", role="operations")
ENDED = PromoEnded(promo_id="p1", product_id="serum", kind="price", why="over", was_on=True)
ADS = SpendRow(spend_id="a1", at=START, channel="千川", cost_minor=30_000, move_id="m1")


@pytest.fixture
def stage() -> Stage:
    """A show on air."""
    plan = ShowPlanned(
        show_id="s1", title="專場", starts_at=START, ends_at=START + 7_200_000, timezone="Asia/Taipei", currency="TWD"
    )
    return Stage(FEATURE).given(plan, ShowAired(show_id="s1"), at=START)


def orders(stage: Stage, *seconds: int) -> None:
    for second in seconds:
        at = START + second * 1000
        line = OrderLine(product_id="serum", quantity=1, price_minor=100)
        order = OrderCreated(
            order_id=f"o{second}", platform="x", buyer="", lines=(line,), amount_minor=100, currency="TWD", platform_at=at
        )
        stage.given(order, at=max(at, stage.at))


def effect(stage: Stage) -> Any:
    return stage.row("alarm.effects", "promo:p1")


# promos that end


def test_a_promo_is_measured_over_the_time_it_was_on(stage: Stage) -> None:
    applied = PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=90, currency="TWD")
    orders(stage, *range(0, 300, 15))
    stage.given(applied, at=APPLIED_AT)
    orders(stage, *range(300, 420, 5))
    assert not effect(stage).measured
    stage.given(ENDED, at=APPLIED_AT + 120_000)
    orders(stage, *range(420, 600, 5))
    row = effect(stage)
    assert (row.measured, row.after_ms, row.orders_before, row.orders_after, row.exposure_after) == (True, 120_000, 20, 24, 120)
    assert row.verdict == "up"
    assert row.alongside == ()


def test_a_promo_that_another_replaced_is_measured_until_then(stage: Stage) -> None:
    applied = PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=90, currency="TWD")
    stage.given(applied, at=APPLIED_AT)
    stage.given(replace(applied, promo_id="g1", kind="gift", gift="袋"), at=APPLIED_AT + 5_000)  # beside it, not after it
    stage.given(replace(applied, promo_id="p2", price_minor=80), at=APPLIED_AT + 13_000)
    stage.given(ENDED, at=APPLIED_AT + 60_000)
    assert (effect(stage).measured, effect(stage).after_ms) == (True, 13_000)


def test_the_end_of_another_promo_may_be_the_cause(stage: Stage) -> None:
    applied = PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=90, currency="TWD")
    stage.given(replace(applied, promo_id="p0"), at=START).given(replace(ENDED, promo_id="p0"), at=START + 200_000)
    stage.given(applied, at=APPLIED_AT)
    assert "promo_end:p0" in effect(stage).alongside


def test_what_was_taken_back_in_time_brought_nothing(stage: Stage) -> None:
    stage.given(replace(ENDED, why="wrong", was_on=False), at=START)
    assert effect(stage) is None


# what was spent


def spent(stage: Stage) -> Any:
    return stage.row("alarm.moves", "m1").spent


@pytest.fixture
def ads(stage: Stage) -> Stage:
    stage.given(AlarmMoveProposed(move_id="m1", raise_id="r1", move="ads", evidence=(), text="加投"), by=MEI)
    return stage.given(AlarmMoveApproved(move_id="m1", raise_id="r1", move="ads", text="加投"))


def test_a_move_says_what_was_spent_for_it(ads: Stage) -> None:
    assert spent(ads) is None
    ads.given(MetricSpendEntered(rows=(ADS, replace(ADS, spend_id="a2", move_id=""))), by=MEI)
    assert spent(ads) == ADS
    corrected = replace(ADS, cost_minor=31_000)
    ads.given(MetricSpendEntered(rows=(corrected,)), by=MEI)
    assert spent(ads) == corrected


@pytest.mark.parametrize("gone", [MetricSpendRemoved(spend_id="a1"), MetricSpendEntered(rows=(replace(ADS, move_id=""),))])
def test_what_was_taken_out_was_not_spent(ads: Stage, gone: Any) -> None:
    ads.given(MetricSpendEntered(rows=(ADS,)), by=MEI).given(gone, by=MEI)
    assert spent(ads) is None
