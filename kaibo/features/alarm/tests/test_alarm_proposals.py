"""Stories of the moves that alarms lead to: proposed, approved by another, carried out."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.core.stage import Stage
from kaibo.features.alarm.commands import (
    AnswerAlarm,
    ApproveMove,
    ProposeMove,
    RejectMove,
)
from kaibo.features.alarm.facts import (
    AlarmAnswered,
    AlarmMoveApproved,
    AlarmMoveProposed,
    AlarmMoveRejected,
)
from kaibo.features.alarm.react import carry_out
from kaibo.features.alarm.rules import (
    AlarmMoveIncomplete,
    AlarmMoveSettled,
    AlarmMoveTaken,
    AlarmSelfApproval,
    AlarmUnknown,
)
from kaibo.features.alarm.tests.seen import (
    LIN,
    MEI,
    START,
    cue,
    pin,
    raised,
)
from kaibo.features.product.commands import PinProduct
from kaibo.features.prompter.commands import HandQuestion, MessageHost
from kaibo.features.rundown.commands import MoveCue
from kaibo.features.rundown.facts import CueWent


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


def test_money_for_ads_needs_no_alarm(stage: Stage) -> None:
    """It goes well, and no alarm rings for that; an alarm that is named was raised."""
    ask = ProposeMove(move_id="m1", move="ads", text="加投", channel="Meta", cost_minor=300_000)
    stage.when(ask, by=MEI)
    stage.then(
        AlarmMoveProposed(move_id="m1", raise_id="", move="ads", evidence=(), text="加投", channel="Meta", cost_minor=300_000)
    )
    stage.when(replace(ask, move_id="m2", raise_id="low-1"), by=MEI).refused(AlarmUnknown, id="low-1")
    stage.when(ApproveMove(move_id="m1"), by=LIN)
    assert stage.row("alarm.moves", "m1").stage == "approved"


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
