"""Stories of limits that count time, and of moves that are carried to their end."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.alarm.commands import ApproveMove, ChooseAlarm, EvaluateAlarms, RejectMove
from kaibo.features.alarm.facts import AlarmChosen, AlarmMoveApproved, AlarmMoveProposed
from kaibo.features.alarm.feature import FEATURE
from kaibo.features.alarm.rules import AlarmMoveSettled
from kaibo.features.alarm.tests.seen import LIN, LOW, MEI, PLANNED, START, cue, pin, raised, see, show
from kaibo.features.metric.facts import MetricHistoryTaken, MetricTargetSet
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowAired, ShowEdited


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)


# limits
def test_the_last_ten_minutes_may_be_held_against_earlier_shows(stage: Stage) -> None:
    rule = replace(LOW, against="median_7", threshold=0.5)
    stage.when(ChooseAlarm(rule=rule)).then(AlarmChosen(rule=rule))


def test_the_target_of_a_share_is_the_same_at_any_time(stage: Stage) -> None:
    stage.given(MetricTargetSet(metric="conversion", value=0.06))
    stage.given(AlarmChosen(rule=replace(LOW, against="target", threshold=0.5)))
    see(stage, 60, 9)
    assert stage.row("alarm.board", "low").limit == 0.03


def test_a_sum_of_ten_minutes_is_not_compared_before_they_are_over(stage: Stage) -> None:
    stage.given(MetricHistoryTaken(shows=(show(gmv_paid=7200.0, live_s=3600.0),)))
    stage.given(AlarmChosen(rule=replace(LOW, metric="gmv_paid", against="median_7", threshold=0.5, hold_s=0)))
    see(stage, 20, 1, last_10={"gmv_paid": 5.0, "live_s": 400.0})
    assert stage.row("alarm.board", "low").state == "armed"
    see(stage, 40, 1, last_10={"gmv_paid": 5.0, "live_s": 540.0})
    assert stage.row("alarm.board", "low").state == "raised"


def test_a_show_that_was_never_on_air_is_no_measure(stage: Stage) -> None:
    stage.given(MetricHistoryTaken(shows=(show(gmv_paid=7200.0),)))
    stage.given(AlarmChosen(rule=replace(LOW, metric="gmv_paid", against="median_7", threshold=0.5)))
    see(stage, 20, 1, last_10={"gmv_paid": 5.0, "live_s": 600.0})
    assert stage.row("alarm.board", "low").limit is None


def test_the_goal_of_the_show_is_the_target_of_its_money(stage: Stage) -> None:
    stage = Stage(FEATURE).given(replace(PLANNED, goal_gmv_minor=120_000), ShowAired(show_id="s1"), at=START)
    stage.given(AlarmChosen(rule=replace(LOW, metric="gmv_paid", against="target", threshold=1.0)))
    ten_minutes = {"gmv_paid": 5.0, "live_s": 600.0}
    see(stage, 20, 1, last_10=ten_minutes)
    assert stage.row("alarm.board", "low").limit == 10_000.0
    stage.given(ShowEdited(goal_gmv_minor=240_000))
    see(stage, 40, 1, last_10=ten_minutes)
    assert stage.row("alarm.board", "low").limit == 20_000.0
    stage.given(ShowEdited(title="改名"), MetricTargetSet(metric="gmv_paid", value=60_000.0))
    see(stage, 60, 1, last_10=ten_minutes)
    assert stage.row("alarm.board", "low").limit == 5_000.0


def test_what_is_now_is_held_against_a_value(stage: Stage) -> None:
    rule = replace(LOW, metric="idle_s", window="now", side="above", against="value", threshold=300.0)
    stage.when(ChooseAlarm(rule=rule)).then(AlarmChosen(rule=rule))


def test_an_alarm_that_is_asked_too_early_is_silent(stage: Stage) -> None:
    stage.given(AlarmChosen(rule=LOW))
    see(stage, 20, 3)
    stage.when(EvaluateAlarms(), at=START + 79_999).then()
    assert stage.when(EvaluateAlarms(), at=START + 80_000).events[-1].fact.alarm_id == "low"


def test_the_evidence_of_an_alarm_says_what_it_was_held_against(stage: Stage) -> None:
    stage.given(MetricHistoryTaken(shows=(show(buyers=20.0, uv=100.0),)))
    stage.given(AlarmChosen(rule=replace(LOW, against="median_7", threshold=0.5, hold_s=0)))
    see(stage, 20, 1)
    found = {each.metric: each.value for each in stage.events[-1].fact.evidence}
    assert found == {"conversion": 0.01, "buyers": 1.0, "uv": 100.0, "conversion.median_7": 0.2}


# moves
def test_a_proposal_keeps_all_that_was_said_with_it(stage: Stage) -> None:
    raised(stage)
    ask = pin(stage, move="answer", product_id="", text="會黏嗎", answer="不會", expected="少問一次")
    stage.when(ask, by=MEI)
    evidence = stage.row("alarm.raises", ask.raise_id).evidence
    stage.then(
        AlarmMoveProposed(
            move_id="m1",
            raise_id=ask.raise_id,
            move="answer",
            evidence=evidence,
            text="會黏嗎",
            answer="不會",
            expected="少問一次",
        )
    )
    stage.when(ApproveMove(move_id="m1"), by=LIN)
    stage.then(AlarmMoveApproved(move_id="m1", raise_id=ask.raise_id, move="answer", text="會黏嗎", answer="不會"))


def test_the_evidence_of_a_proposal_goes_before_the_alarms(stage: Stage) -> None:
    raised(stage)
    ask = pin(stage)
    mine = stage.row("alarm.raises", ask.raise_id).evidence[:1]
    stage.when(replace(ask, evidence=mine), by=MEI)
    stage.then(AlarmMoveProposed(move_id="m1", raise_id=ask.raise_id, move="pin", evidence=mine, product_id="serum"))


def test_a_cue_comes_next_when_somebody_else_says_so(stage: Stage) -> None:
    stage.given(cue("c1"), cue("c2"), CueWent(cue_id="c1", pass_id="p", via="go", from_cue_id=None))
    ask = pin(raised(stage), move="reorder", product_id="", cue_id="c2")
    stage.when(ask, by=MEI)
    stage.when(ApproveMove(move_id="m1"), by=LIN)
    stage.then(AlarmMoveApproved(move_id="m1", raise_id=ask.raise_id, move="reorder", cue_id="c2", after_cue_id="c1"))


def test_what_was_rejected_stays_rejected(stage: Stage) -> None:
    raised(stage).when(pin(stage), by=MEI)
    stage.when(RejectMove(move_id="m1"), by=LIN)
    stage.when(ApproveMove(move_id="m1"), by=LIN).refused(AlarmMoveSettled, move_id="m1")
