"""Stories of alarms: chosen, holding, raised, cleared; the moves they lead to; what those brought."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.analysis.definitions import DEFINED
from kaibo.core.event import Actor, Event
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.alarm.commands import (
    AnswerAlarm,
    ApproveMove,
    ChooseAlarm,
    ChooseUsualAlarms,
    DropAlarm,
    EvaluateAlarms,
    ProposeMove,
    RejectMove,
)
from kaibo.features.alarm.facts import (
    AlarmAnswered,
    AlarmChosen,
    AlarmCleared,
    AlarmDropped,
    AlarmMoveApproved,
    AlarmMoveProposed,
    AlarmMoveRejected,
    AlarmRaised,
    AlarmRule,
)
from kaibo.features.alarm.feature import FEATURE
from kaibo.features.alarm.presets import USUAL
from kaibo.features.alarm.react import carry_out
from kaibo.features.alarm.rules import (
    AlarmFigureUnknown,
    AlarmLimitWrong,
    AlarmMoveIncomplete,
    AlarmMoveSettled,
    AlarmMoveTaken,
    AlarmNoShow,
    AlarmSelfApproval,
    AlarmTooMany,
    AlarmUnknown,
)
from kaibo.features.alarm.state import due
from kaibo.features.metric.facts import MetricHistoryTaken, MetricSampled, MetricTargetSet, ShowSummary
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.product.commands import PinProduct
from kaibo.features.promo.facts import Evidence, PromoApplied
from kaibo.features.prompter.commands import HandQuestion, MessageHost
from kaibo.features.rundown.commands import MoveCue
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned

START = CURTAIN_AT - CURTAIN_AT % 10_000
MEI = Actor(id="mei", role="operations")
LIN = Actor(id="lin", role="director")
SYSTEM = Actor(id="system", role="system")
PLANNED = ShowPlanned(
    show_id="s1", title="場", starts_at=START, ends_at=START + 7_200_000, timezone="Asia/Taipei", currency="TWD"
)
LOW = AlarmRule(
    alarm_id="low", metric="conversion", window="last_10", side="below", against="value", threshold=0.05,
    hold_s=60, cool_s=120, move="answer",
)  # fmt: skip


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)


def sample(at: int, buyers: float, uv: float = 100.0, **more: Any) -> MetricSampled:
    raw = {"buyers": buyers, "uv": uv, "live_s": 600.0}
    return MetricSampled(**{"at": at, "whole": raw, "last_10": raw, "prev_10": None, "product_id": "serum", **more})


def see(stage: Stage, second: int, buyers: float, **more: Any) -> Stage:
    """A sample, and whatever the timers do with it at once."""
    at = START + second * 1000
    stage.given(sample(at, buyers, **more), at=at)
    return ring(stage, second)


def ring(stage: Stage, second: int) -> Stage:
    at = START + second * 1000
    wanted = due(stage.state)
    if wanted is not None and wanted[0] <= at:
        stage.when(wanted[1], by=SYSTEM, at=at)
    return stage


def state(stage: Stage) -> str:
    return stage.row("alarm.board", "low").state


def raised(stage: Stage) -> Stage:
    """With alarm `low` raised."""
    stage.given(AlarmChosen(rule=LOW))
    see(stage, 20, 3)
    return see(stage, 80, 3)


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
def show(**raw: float) -> ShowSummary:
    return ShowSummary(show_id="s0", title="上一場", ended_at=1, currency="TWD", raw=raw)


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


@pytest.mark.parametrize(("window", "limit"), [("whole", 3000.0), ("last_10", 2900.0)])
def test_a_sum_is_held_against_earlier_shows_at_the_same_time_of_them(stage: Stage, window: Any, limit: float) -> None:
    grew = replace(show(gmv_paid=9000.0, live_s=3600.0), course={"gmv_paid": (50.0, 100.0, 1000.0, 3000.0, 9000.0)})
    stage.given(MetricHistoryTaken(shows=(grew,)))
    stage.given(AlarmChosen(rule=replace(LOW, metric="gmv_paid", window=window, against="median_7", threshold=1.0)))
    see(stage, 60, 1, whole={"gmv_paid": 5.0, "live_s": 1200.0}, last_10={"gmv_paid": 5.0, "live_s": 600.0})
    assert stage.row("alarm.board", "low").limit == limit


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
    stage.when(ChooseAlarm(rule=LOW)).refused(AlarmNoShow)
    Stage(FEATURE).when(ChooseUsualAlarms()).refused(AlarmNoShow)


# moves
def pin(stage: Stage, move_id: str = "m1", **more: Any) -> ProposeMove:
    raise_id = next(iter(stage.rows("alarm.raises")))
    return ProposeMove(**{"move_id": move_id, "raise_id": raise_id, "move": "pin", "product_id": "serum", **more})


def test_a_move_is_proposed_with_the_alarms_evidence_and_approved_by_another(stage: Stage) -> None:
    raised(stage)
    ask = pin(stage)
    evidence = stage.row("alarm.raises", ask.raise_id).evidence
    stage.when(ask, by=MEI)
    stage.then(AlarmMoveProposed(move_id="m1", raise_id=ask.raise_id, move="pin", evidence=evidence, product_id="serum"))
    stage.when(ask, by=MEI).refused(AlarmMoveTaken)
    stage.when(ApproveMove(move_id="m1"), by=MEI).refused(AlarmSelfApproval)
    stage.when(RejectMove(move_id="m1"), by=MEI).refused(AlarmSelfApproval)
    stage.when(ApproveMove(move_id="m1"), by=LIN)
    stage.then(AlarmMoveApproved(move_id="m1", raise_id=ask.raise_id, move="pin", product_id="serum"))
    assert (stage.row("alarm.moves", "m1").stage, stage.row("alarm.moves", "m1").settled_by) == ("approved", "lin")
    stage.when(RejectMove(move_id="m1"), by=LIN).refused(AlarmMoveSettled)


def test_a_move_is_rejected_with_a_reason(stage: Stage) -> None:
    raised(stage).when(pin(stage), by=MEI)
    stage.when(RejectMove(move_id="m1", reason="再等等"), by=LIN).then(AlarmMoveRejected(move_id="m1", reason="再等等"))
    assert stage.row("alarm.moves", "m1").reason == "再等等"
    stage.when(ApproveMove(move_id="nothing"), by=LIN).refused(AlarmUnknown)


@pytest.mark.parametrize(
    ("more", "needs"),
    [
        ({"product_id": ""}, "product_id"),
        ({"move": "reorder", "cue_id": "c9"}, "cue_id"),
        ({"move": "reorder", "cue_id": "c1"}, "cue_id"),
        ({"move": "coupon", "text": " "}, "text"),
        ({"move": "answer"}, "text"),
        ({"move": "promo"}, "promo.propose"),
    ],
)
def test_a_move_without_what_it_needs_is_refused(stage: Stage, more: dict[str, Any], needs: str) -> None:
    stage.given(cue("c1"), CueWent(cue_id="c1", pass_id="p", via="go", from_cue_id=None))
    raised(stage).when(pin(stage, **more), by=MEI).refused(AlarmMoveIncomplete, needs=needs)


def cue(cue_id: str) -> CueAdded:
    return CueAdded(cue=Cue(cue_id=cue_id, title=cue_id, duration_ms=1), after_cue_id=None, rank=cue_id)


def test_a_cue_that_went_on_air_meanwhile_cannot_come_next(stage: Stage) -> None:
    stage.given(cue("c1"), cue("c2"), CueWent(cue_id="c1", pass_id="p", via="go", from_cue_id=None))
    raised(stage).when(pin(stage, move="reorder", cue_id="c2"), by=MEI)
    stage.given(CueWent(cue_id="c2", pass_id="q", via="go", from_cue_id="c1"))
    stage.when(ApproveMove(move_id="m1"), by=LIN).refused(AlarmMoveIncomplete, needs="cue_id")


def test_money_is_approved_with_its_amount_and_where_it_goes(stage: Stage) -> None:
    raised(stage)
    ask = pin(stage, move="ads", text="加投", channel=" Meta ", cost_minor=300_000)
    for lack in ({"cost_minor": None}, {"cost_minor": 0}, {"channel": " "}, {"text": ""}, {"text": " "}):
        stage.when(replace(ask, **lack), by=MEI).refused(AlarmMoveIncomplete, needs=next(iter(lack)))
    stage.when(ask, by=MEI)
    row = stage.row("alarm.moves", "m1")
    assert (row.channel, row.cost_minor, row.product_id) == ("Meta", 300_000, "")  # it is of the room
    stage.when(ApproveMove(move_id="m1"), by=LIN)
    stage.then(
        AlarmMoveApproved(
            move_id="m1",
            raise_id=ask.raise_id,
            move="ads",
            text="加投",
            cost_minor=300_000,
            channel="Meta",
        )
    )


def test_a_promo_is_linked_to_the_alarm_it_answers(stage: Stage) -> None:
    raised(stage)
    raise_id = next(iter(stage.rows("alarm.raises")))
    stage.when(AnswerAlarm(raise_id=raise_id, promo_id="p1"), by=MEI).then(AlarmAnswered(raise_id=raise_id, promo_id="p1"))
    assert stage.row("alarm.raises", raise_id).promo_ids == ("p1",)
    stage.when(AnswerAlarm(raise_id="nothing", promo_id="p1")).refused(AlarmUnknown)


def test_what_was_approved_is_carried_out_by_the_commands_people_use() -> None:
    def told(**more: Any) -> Any:
        fact = AlarmMoveApproved(**{"move_id": "m1", "raise_id": "r1", **more})
        found = carry_out(Event(stream="show/s1", seq=9, at=START, actor=LIN, fact=fact))
        return [command for stream, command in found if stream == "show/s1"]

    assert told(move="pin", product_id="serum") == [PinProduct(product_id="serum")]
    assert told(move="reorder", cue_id="c2", after_cue_id="c1") == [MoveCue(cue_id="c2", after_cue_id="c1")]
    assert told(move="coupon", text="發券") == [MessageHost(message_id="m1", text="發券")]
    assert told(move="answer", text="會黏嗎", answer="不會") == [HandQuestion(question_id="m1", text="會黏嗎", answer="不會")]
    assert told(move="ads", text="加一檔") == []


# effects
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


def test_what_else_began_in_the_same_minutes_is_named(stage: Stage) -> None:
    stage.given(CueWent(cue_id="far", pass_id="o", via="go", from_cue_id=None), at=START - 600_000)
    stage.given(CueWent(cue_id="c2", pass_id="p", via="go", from_cue_id="far"), at=START + 200_000)
    applied(stage)
    assert effect(stage).alongside == ("cue:c2",)
