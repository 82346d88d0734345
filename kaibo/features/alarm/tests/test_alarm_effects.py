"""Stories of what moves brought."""

from typing import Any

from kaibo.core.stage import Stage
from kaibo.features.alarm.tests.seen import (
    START,
    sample,
)
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.promo.facts import PromoApplied
from kaibo.features.rundown.facts import CueWent, Resumed
from kaibo.features.show.facts import ShowEnded


def orders(stage: Stage, start_s: int, count: int, product_id: str = "serum") -> None:
    for number in range(count):
        at = START + start_s * 1000 + number * 300_000 // count
        line = OrderLine(product_id=product_id, quantity=1, price_minor=100)
        stage.given(
            OrderCreated(
                order_id=f"{start_s}-{number}",
                platform="x",
                buyer="",
                lines=(line,),
                amount_minor=100,
                currency="TWD",
                platform_at=at,
            ),
            at=max(at, stage.at),
        )


def applied(stage: Stage) -> Stage:
    return stage.given(
        PromoApplied(promo_id="p1", product_id="serum", kind="price", price_minor=90, currency="TWD"), at=START + 300_000
    )


def effect(stage: Stage) -> Any:
    return stage.row("alarm.effects", "promo:p1")


def test_a_clear_effect_is_called_so_and_only_once_its_window_is_over(stage: Stage) -> None:
    orders(stage, 0, 20)
    applied(stage)
    assert (effect(stage).measured, effect(stage).orders_before, effect(stage).orders_after) == (False, 20, 0)
    orders(stage, 300, 60)
    stage.given(ShowEnded(show_id="s1"), at=START + 600_000)
    row = effect(stage)
    assert (row.measured, row.verdict, row.orders_after, row.per) == (True, "up", 60, "seconds")
    assert row.low > 1 < row.ratio < row.high


def test_no_clear_effect_and_too_little_are_said_as_such(stage: Stage) -> None:
    orders(stage, 0, 2)
    applied(stage)
    orders(stage, 300, 2)
    assert effect(stage).verdict == "too_little"
    orders(stage, 1, 10)
    orders(stage, 301, 11)
    stage.given(ShowEnded(show_id="s1"), at=START + 600_000)
    assert effect(stage).verdict == "no_clear_effect"


def test_twice_the_orders_of_twice_the_viewers_are_no_effect(stage: Stage) -> None:
    stage.given(sample(START, 0.0, whole={"watch_s": 0.0}), at=START)
    orders(stage, 0, 30)
    stage.given(sample(START + 300_000, 0.0, whole={"watch_s": 3000.0}), at=START + 300_000)
    applied(stage)
    orders(stage, 300, 60)
    stage.given(sample(START + 600_000, 0.0, whole={"watch_s": 9000.0}), at=START + 600_000)
    row = effect(stage)
    assert (row.per, row.exposure_before, row.exposure_after, row.verdict) == ("watch_s", 3000, 6000, "no_clear_effect")


def test_seconds_watched_go_on_for_a_little_as_they_went_between_the_last_two_samples(stage: Stage) -> None:
    for second in (0, 300, 580):
        at = START + second * 1000
        stage.given(sample(at, 0.0, whole={"watch_s": 10.0 * second}), at=at)
        if second == 300:
            applied(stage)
    orders(stage, 300, 20)
    stage.given(CueWent(cue_id="c3", pass_id="p", via="go", from_cue_id=None), at=START + 600_000)
    assert (effect(stage).per, effect(stage).exposure_after) == ("watch_s", 3000)


def test_what_else_began_in_the_same_minutes_is_named(stage: Stage) -> None:
    stage.given(CueWent(cue_id="far", pass_id="o", via="go", from_cue_id=None), at=START - 600_000)
    stage.given(CueWent(cue_id="c2", pass_id="p", via="go", from_cue_id="far"), at=START + 200_000)
    applied(stage)
    assert effect(stage).alongside == ("cue:c2",)
    back = CueWent(cue_id="far", pass_id="u", via="undo", from_cue_id="c2", resumes=Resumed(went_at=START - 600_000))
    stage.given(back, at=START + 204_000)
    assert effect(stage).alongside == ()  # it was taken back: nothing began


def test_while_nobody_knows_who_watches_orders_are_counted_by_the_second(stage: Stage) -> None:
    """Samples that do not know how long people watched are no samples of nobody watching; the first that knows tells it all."""
    stage.given(sample(START, 0.0, whole={"pv": 9.0}), sample(START + 200_000, 0.0, whole={"pv": 9.0}), at=START + 200_000)
    orders(stage, 0, 30)
    applied(stage)
    orders(stage, 300, 60)
    stage.given(sample(START + 590_000, 0.0, whole={"pv": 9.0}), at=START + 590_000)
    assert (effect(stage).per, effect(stage).exposure_before) == ("seconds", 300)
    stage.given(sample(START + 600_000, 0.0, whole={"watch_s": 9000.0}), at=START + 600_000)
    row = effect(stage)
    assert (row.per, row.exposure_before, row.exposure_after) == ("watch_s", 4500, 4500)
