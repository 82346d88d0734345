"""Stories of alarms: chosen, holding, raised, cleared."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.analysis.definitions import DEFINED
from kaibo.core.stage import Stage
from kaibo.features.alarm.commands import (
    ChooseAlarm,
    ChooseUsualAlarms,
    DropAlarm,
    EvaluateAlarms,
)
from kaibo.features.alarm.facts import (
    AlarmChosen,
    AlarmCleared,
    AlarmDropped,
    AlarmRaised,
)
from kaibo.features.alarm.feature import FEATURE
from kaibo.features.alarm.presets import USUAL
from kaibo.features.alarm.rules import (
    AlarmFigureUnknown,
    AlarmLimitWrong,
    AlarmNoShow,
    AlarmShowEnded,
    AlarmTooMany,
    AlarmUnknown,
)
from kaibo.features.alarm.state import due
from kaibo.features.alarm.tests.seen import (
    LOW,
    START,
    SYSTEM,
    raised,
    ring,
    sample,
    see,
    show,
    state,
)
from kaibo.features.metric.facts import MetricHistoryTaken, MetricTargetSet
from kaibo.features.promo.facts import Evidence
from kaibo.features.show.facts import ShowEnded


# holding off
def test_an_alarm_speaks_only_when_its_figure_stays_beyond_the_limit(stage: Stage) -> None:
    stage.given(AlarmChosen(rule=LOW))
    see(stage, 0, 9)
    assert (state(stage), due(stage.state)) == ("armed", None)
    see(stage, 20, 4)
    assert (state(stage), due(stage.state)) == ("holding", (START + 80_000, EvaluateAlarms()))
    see(stage, 40, 6)
    assert (state(stage), due(stage.state)) == ("armed", None)
    see(stage, 60, 3)
    see(stage, 80, 2)
    assert state(stage) == "holding"
    ring(stage, 120)
    stage.then(
        AlarmRaised(
            alarm_id="low",
            raise_id=f"low-{stage.seq - 1}",
            metric="conversion",
            value=0.02,
            limit=0.05,
            compared=None,
            since=START + 60_000,
            move="answer",
            evidence=tuple(
                Evidence(metric=name, value=value, unit=unit, seq=stage.seq - 1)
                for name, value, unit in (("conversion", 0.02, "ratio"), ("buyers", 2.0, "count"), ("uv", 100.0, "count"))
            ),
            product_id="serum",
        )
    )
    assert (state(stage), due(stage.state)) == ("raised", None)


def test_it_clears_at_the_first_good_sample_and_then_is_quiet_for_a_while(stage: Stage) -> None:
    raised(stage)
    raise_id = stage.row("alarm.board", "low").raise_id
    see(stage, 100, 8).then(AlarmCleared(alarm_id="low", raise_id=raise_id, value=0.08))
    assert state(stage) == "cooling"
    see(stage, 120, 1)
    see(stage, 200, 1)
    assert state(stage) == "cooling"
    assert due(stage.state) == (START + 220_000, EvaluateAlarms())
    ring(stage, 220)
    assert state(stage) == "raised"
    assert stage.row("alarm.raises", raise_id).cleared_at == START + 100_000


def test_what_nobody_can_know_neither_raises_nor_clears(stage: Stage) -> None:
    raised(stage)
    see(stage, 100, 0, uv=0.0)
    assert state(stage) == "raised"
    relative = replace(LOW, alarm_id="rel", against="median_7", threshold=0.7)
    stage.given(AlarmChosen(rule=relative))
    see(stage, 200, 1)
    assert stage.row("alarm.board", "rel").limit is None
    assert stage.row("alarm.board", "rel").state == "armed"


def test_the_first_minutes_of_a_show_raise_nothing_relative(stage: Stage) -> None:
    stage.given(MetricHistoryTaken(shows=(show(buyers=20.0, uv=100.0),)))
    stage.given(AlarmChosen(rule=replace(LOW, against="median_7", threshold=0.5, hold_s=0)))
    young = {"buyers": 1.0, "uv": 100.0, "live_s": 120.0}
    see(stage, 20, 1, last_10=young)
    assert state(stage) == "armed"
    see(stage, 40, 1)
    assert state(stage) == "raised"


def test_the_same_log_raises_the_same_alarms(stage: Stage) -> None:
    raised(stage)
    again = Stage(FEATURE)
    for event in stage.events:
        again.given(event.fact, by=event.actor, at=event.at)
    assert again.rows("alarm.board") == stage.rows("alarm.board")
    assert again.rows("alarm.raises") == stage.rows("alarm.raises")


# against what
@pytest.mark.parametrize(
    ("rule", "limit"),
    [
        ({"against": "prev_10", "threshold": 0.7}, 700.0),
        ({"against": "median_7", "threshold": 0.5}, 600.0),
        ({"against": "target", "threshold": 1.0}, 10_000.0),
        ({"window": "whole", "against": "target", "threshold": 1.0}, 30_000.0),
        ({"against": "value", "threshold": 42.0}, 42.0),
    ],
)
def test_sums_are_compared_over_equal_time(stage: Stage, rule: dict[str, Any], limit: float) -> None:
    stage.given(
        MetricHistoryTaken(shows=(show(gmv_paid=7200.0, live_s=3600.0),)), MetricTargetSet(metric="gmv_paid", value=120_000.0)
    )
    stage.given(AlarmChosen(rule=replace(LOW, metric="gmv_paid", **rule)))
    before = {"gmv_paid": 1000.0, "live_s": 600.0}
    see(stage, 60, 1, whole={"gmv_paid": 5.0, "live_s": 1800.0}, last_10={"gmv_paid": 5.0, "live_s": 600.0}, prev_10=before)
    assert stage.row("alarm.board", "low").limit == limit


def test_a_newest_window_that_ends_within_a_minute_is_held_against_as_much_of_the_one_before(stage: Stage) -> None:
    stage.given(AlarmChosen(rule=replace(LOW, metric="gmv_paid", against="prev_10", threshold=1.0)))
    see(stage, 60, 1, last_10={"gmv_paid": 900.0, "live_s": 540.0}, prev_10={"gmv_paid": 1000.0, "live_s": 600.0})
    assert (stage.row("alarm.board", "low").limit, state(stage)) == (900.0, "armed")


@pytest.mark.parametrize(("window", "limit"), [("whole", 3000.0), ("last_10", 2900.0)])
def test_a_sum_is_held_against_earlier_shows_at_the_same_time_of_them(stage: Stage, window: Any, limit: float) -> None:
    grew = replace(show(gmv_paid=9000.0, live_s=3600.0), course={"gmv_paid": (50.0, 100.0, 1000.0, 3000.0, 9000.0)})
    stage.given(MetricHistoryTaken(shows=(grew,)))
    stage.given(AlarmChosen(rule=replace(LOW, metric="gmv_paid", window=window, against="median_7", threshold=1.0)))
    see(stage, 60, 1, whole={"gmv_paid": 5.0, "live_s": 1200.0}, last_10={"gmv_paid": 5.0, "live_s": 600.0})
    assert stage.row("alarm.board", "low").limit == limit


@pytest.mark.parametrize(
    ("metric", "against", "limit"), [("pcu", "median_7", 900.0), ("pcu", "target", 400.0), ("online", "target", 400.0)]
)
def test_people_at_an_instant_do_not_grow_with_time(stage: Stage, metric: str, against: Any, limit: float) -> None:
    stage.given(MetricHistoryTaken(shows=(show(pcu=900.0, live_s=3600.0),)), MetricTargetSet(metric=metric, value=400.0))
    stage.given(AlarmChosen(rule=replace(LOW, metric=metric, against=against, threshold=1.0)))
    see(stage, 60, 1, whole={metric: 5.0, "live_s": 1200.0}, last_10={metric: 5.0, "live_s": 600.0})
    assert stage.row("alarm.board", "low").limit == limit


def test_in_the_first_minutes_a_peak_is_yet_to_come(stage: Stage) -> None:
    stage.given(MetricTargetSet(metric="pcu", value=400.0))
    stage.given(AlarmChosen(rule=replace(LOW, metric="pcu", window="whole", against="target", threshold=1.0, hold_s=0)))
    see(stage, 20, 1, whole={"pcu": 5.0, "live_s": 20.0})
    assert state(stage) == "armed"
    see(stage, 320, 1, whole={"pcu": 5.0, "live_s": 320.0})
    assert state(stage) == "raised"


# choosing
def test_alarms_are_chosen_changed_and_dropped(stage: Stage) -> None:
    stage.when(ChooseAlarm(rule=LOW)).then(AlarmChosen(rule=LOW))
    stage.when(ChooseAlarm(rule=LOW)).then()
    stage.when(DropAlarm(alarm_id="low")).then(AlarmDropped(alarm_id="low"))
    stage.when(DropAlarm(alarm_id="low")).refused(AlarmUnknown, id="low")
    assert stage.rows("alarm.board") == {}


def test_a_raised_alarm_that_is_dropped_is_raised_no_more(stage: Stage) -> None:
    raised(stage)
    raise_id = stage.row("alarm.board", "low").raise_id
    stage.when(DropAlarm(alarm_id="low"))
    stage.then(AlarmCleared(alarm_id="low", raise_id=raise_id, value=None), AlarmDropped(alarm_id="low"))


def test_a_raised_alarm_that_is_changed_begins_anew(stage: Stage) -> None:
    raised(stage)
    raise_id = stage.row("alarm.board", "low").raise_id
    stricter = replace(LOW, threshold=0.04)
    stage.when(ChooseAlarm(rule=stricter))
    stage.then(AlarmCleared(alarm_id="low", raise_id=raise_id, value=None), AlarmChosen(rule=stricter))
    assert stage.row("alarm.raises", raise_id).cleared_at == stage.at
    assert state(stage) == "armed"


def test_the_usual_ones_watch_figures_there_are_and_are_chosen_once(stage: Stage) -> None:
    stage.when(ChooseUsualAlarms())
    assert set(stage.rows("alarm.board")) == {rule.alarm_id for rule in USUAL}
    assert all(rule.metric in DEFINED for rule in USUAL)
    stage.when(ChooseUsualAlarms()).then()


def test_questions_that_wait_ring_and_offer_to_answer(stage: Stage) -> None:
    stage.when(ChooseUsualAlarms())
    for second, late in ((0, 2.0), (20, 3.0)):
        assert stage.rows("alarm.raises") == {}
        see(stage, second, 9.0, whole={"questions_late": late})
    (raised,) = stage.rows("alarm.raises").values()
    assert (raised.alarm_id, raised.value, raised.limit, raised.move) == ("questions-late", 3.0, 2.0, "answer")


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"metric": "luck"}, AlarmFigureUnknown),
        ({"metric": "retention"}, AlarmFigureUnknown),
        ({"metric": "roi", "window": "last_10"}, AlarmFigureUnknown),
        ({"window": "whole", "against": "prev_10"}, AlarmFigureUnknown),
        ({"metric": "idle_s", "window": "now", "against": "median_7"}, AlarmFigureUnknown),
        ({"threshold": -1.0}, AlarmLimitWrong),
        ({"hold_s": 9999}, AlarmLimitWrong),
        ({"cool_s": -1}, AlarmLimitWrong),
        ({"alarm_id": ""}, AlarmLimitWrong),
    ],
)
def test_an_alarm_that_could_never_make_sense_is_refused(stage: Stage, wrong: dict[str, Any], refusal: Any) -> None:
    stage.when(ChooseAlarm(rule=replace(LOW, **wrong))).refused(refusal)


def test_there_are_no_more_alarms_than_people_can_follow(stage: Stage) -> None:
    stage.given(*(AlarmChosen(rule=replace(LOW, alarm_id=f"a{n}")) for n in range(40)))
    stage.when(ChooseAlarm(rule=LOW)).refused(AlarmTooMany, most=40)
    stage.when(ChooseAlarm(rule=replace(LOW, alarm_id="a1"))).then()


def test_after_the_end_nothing_is_chosen_and_nothing_rings(stage: Stage) -> None:
    stage.given(AlarmChosen(rule=replace(LOW, hold_s=0)), sample(START, 1.0), ShowEnded(show_id="s1"))
    assert due(stage.state) is None
    stage.when(EvaluateAlarms(), by=SYSTEM).then()
    stage.when(ChooseAlarm(rule=LOW)).refused(AlarmShowEnded)
    Stage(FEATURE).when(ChooseUsualAlarms()).refused(AlarmNoShow)
