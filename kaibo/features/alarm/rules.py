"""When alarms are chosen, raised and cleared, and when a move may be proposed and approved."""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from kaibo.analysis.definitions import DEFINED
from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.proposal import open_for_others
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
    Move,
    Window,
)
from kaibo.features.alarm.presets import USUAL
from kaibo.features.alarm.state import Alarm, AlarmState

AlarmCommand = ChooseAlarm | ChooseUsualAlarms | DropAlarm | EvaluateAlarms | ProposeMove | ApproveMove | RejectMove | AnswerAlarm
ALARMS_MAX = 40  # more than anybody reads
HOLD_S_MAX = 3600


class AlarmNoShow(Refusal):
    """There is no planned show here."""

    code = "alarm.no_show"


class AlarmShowEnded(Refusal):
    """The show is over: nothing is watched, proposed or decided any more."""

    code = "alarm.show_ended"


class AlarmFigureUnknown(Refusal):
    """No such figure can be watched in this window."""

    code = "alarm.figure_unknown"
    status = 422
    metric: str
    window: Window


class AlarmLimitWrong(Refusal):
    """A threshold is no share or no value of this figure, or the times are out of bounds."""

    code = "alarm.limit_wrong"
    status = 422
    alarm_id: str


class AlarmTooMany(Refusal):
    """There are as many alarms as anybody can follow."""

    code = "alarm.too_many"
    most: int


class AlarmUnknown(Refusal):
    """No such alarm, or it was never raised."""

    code = "alarm.unknown"
    status = 404
    id: str


class AlarmMoveTaken(Refusal):
    """The id was used for another move."""

    code = "alarm.move_taken"
    move_id: str


class AlarmMoveIncomplete(Refusal):
    """The move lacks what it needs."""

    code = "alarm.move_incomplete"
    status = 422
    move: Move
    needs: str


class AlarmMoveSettled(Refusal):
    """The move is no longer open."""

    code = "alarm.move_settled"
    move_id: str


class AlarmSelfApproval(Refusal):
    """Nobody settles their own move."""

    code = "alarm.self_approval"
    move_id: str


def decide(state: AlarmState, command: AlarmCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case EvaluateAlarms():
            return _evaluate(state, ctx)
        case _ if state.show.plan is None or state.show.ended:
            raise AlarmShowEnded if state.show.ended else AlarmNoShow
        case ChooseAlarm(rule=rule):
            return _choose(state, rule)
        case ChooseUsualAlarms():
            return [AlarmChosen(rule=rule) for rule in USUAL if rule.alarm_id not in state.alarms]
        case DropAlarm(alarm_id=alarm_id):
            return _drop(state, alarm_id)
        case ProposeMove():
            return [_propose(state, command)]
        case ApproveMove(move_id=move_id):
            return [_approve(state, move_id, ctx)]
        case RejectMove(move_id=move_id, reason=reason):
            _open_for_others(state, move_id, ctx)
            return [AlarmMoveRejected(move_id=move_id, reason=reason)]
        case AnswerAlarm(raise_id=raise_id, promo_id=promo_id):
            _raised(state, raise_id)
            return [AlarmAnswered(raise_id=raise_id, promo_id=promo_id)]
        case _:
            assert_never(command)


def _choose(state: AlarmState, rule: AlarmRule) -> Sequence[Fact]:
    definition = DEFINED.get(rule.metric)
    windows = {"all": ("last_10", "whole"), "whole": ("whole",), "now": ("now",)}
    if definition is None or rule.window not in windows.get(definition.window, ()):
        raise AlarmFigureUnknown(metric=rule.metric, window=rule.window)
    if (rule.window == "now" and rule.against != "value") or (rule.window == "whole" and rule.against == "prev_10"):
        raise AlarmFigureUnknown(metric=rule.metric, window=rule.window)
    if rule.threshold < 0 or not rule.alarm_id or not 0 <= rule.hold_s <= HOLD_S_MAX or not 0 <= rule.cool_s <= HOLD_S_MAX:
        raise AlarmLimitWrong(alarm_id=rule.alarm_id)
    rule = replace(rule, threshold=float(rule.threshold))  # as it comes back from the log
    known = state.alarms.get(rule.alarm_id)
    if known is None and len(state.alarms) >= ALARMS_MAX:
        raise AlarmTooMany(most=ALARMS_MAX)
    if known is not None and known.rule == rule:
        return []
    return [*_silence(known), AlarmChosen(rule=rule)]


def _drop(state: AlarmState, alarm_id: str) -> Sequence[Fact]:
    known = state.alarms.get(alarm_id)
    if known is None:
        raise AlarmUnknown(id=alarm_id)
    return [*_silence(known), AlarmDropped(alarm_id=alarm_id)]


def _silence(alarm: Alarm | None) -> Sequence[Fact]:
    """A raised alarm that is changed or dropped is raised no more."""
    if alarm is None or not alarm.raise_id:
        return []
    return [AlarmCleared(alarm_id=alarm.rule.alarm_id, raise_id=alarm.raise_id, value=None)]


def _evaluate(state: AlarmState, ctx: Context) -> Sequence[Fact]:
    if not state.show.live:
        return []
    found: list[Fact] = []
    for alarm_id, alarm in state.alarms.items():
        if alarm.raise_at is not None and alarm.raise_at <= ctx.at:
            found.append(_raise(state, alarm))
        elif alarm_id in state.clears:
            value = state.known.value(alarm.rule)
            found.append(AlarmCleared(alarm_id=alarm_id, raise_id=alarm.raise_id, value=value))
    return found


def _raise(state: AlarmState, alarm: Alarm) -> AlarmRaised:
    rule, known = alarm.rule, state.known
    value, limit = known.value(rule), known.limit(rule)
    assert value is not None
    assert limit is not None
    assert alarm.since is not None
    return AlarmRaised(
        alarm_id=rule.alarm_id,
        raise_id=f"{rule.alarm_id}-{known.seq}",
        metric=rule.metric,
        value=value,
        limit=limit,
        compared=known.compared(rule),
        since=alarm.since,
        move=rule.move,
        evidence=known.evidence(rule),
        product_id=known.sample.product_id if known.sample else "",
    )


def _raised(state: AlarmState, raise_id: str) -> AlarmRaised:
    raised = state.raises.get(raise_id)
    if raised is None:
        raise AlarmUnknown(id=raise_id)
    return raised


def _propose(state: AlarmState, command: ProposeMove) -> AlarmMoveProposed:
    seen = _raised(state, command.raise_id).evidence if command.raise_id else ()
    if command.move_id in state.moves:
        raise AlarmMoveTaken(move_id=command.move_id)
    _check(state, command)
    return AlarmMoveProposed(
        move_id=command.move_id,
        raise_id=command.raise_id,
        move=command.move,
        evidence=command.evidence or seen,
        expected=command.expected,
        product_id="" if command.move == "ads" else command.product_id,
        cue_id=command.cue_id,
        text=command.text,
        answer=command.answer,
        cost_minor=command.cost_minor if command.move == "ads" else None,
        channel=command.channel.strip() if command.move == "ads" else "",
    )


def _check(state: AlarmState, command: ProposeMove) -> None:
    match command.move:
        case "reorder":
            lacks = "" if command.cue_id in state.course.cues and command.cue_id != state.course.last_cue_id else "cue_id"
        case "pin":
            lacks = "" if command.product_id else "product_id"
        case "answer" | "coupon":
            lacks = "" if command.text.strip() else "text"
        case "ads":
            lacks = "" if command.text.strip() else "text"
            lacks = lacks or ("" if command.channel.strip() else "channel") or ("" if command.cost_minor else "cost_minor")
        case "promo":
            lacks = "promo.propose"
    if lacks:
        raise AlarmMoveIncomplete(move=command.move, needs=lacks)


def _open_for_others(state: AlarmState, move_id: str, ctx: Context) -> AlarmMoveProposed:
    move = state.moves.get(move_id)
    if move is None:
        raise AlarmUnknown(id=move_id)
    taken = open_for_others(
        move, ctx, settled=lambda: AlarmMoveSettled(move_id=move_id), own=lambda: AlarmSelfApproval(move_id=move_id)
    )
    return taken.proposed


def _approve(state: AlarmState, move_id: str, ctx: Context) -> AlarmMoveApproved:
    proposed = _open_for_others(state, move_id, ctx)
    if proposed.move == "reorder" and (proposed.cue_id not in state.course.cues or proposed.cue_id == state.course.last_cue_id):
        raise AlarmMoveIncomplete(move=proposed.move, needs="cue_id")
    return AlarmMoveApproved(
        move_id=move_id,
        raise_id=proposed.raise_id,
        move=proposed.move,
        product_id=proposed.product_id,
        cue_id=proposed.cue_id,
        after_cue_id=state.course.last_cue_id or "",
        text=proposed.text,
        answer=proposed.answer,
        cost_minor=proposed.cost_minor,
        channel=proposed.channel,
    )
