"""Alarms chosen before the show: they speak up when a figure leaves its own history, and offer a move."""

from kaibo.core.feature import Feature
from kaibo.features.alarm.carry import carried
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
from kaibo.features.alarm.erasing import ERASES
from kaibo.features.alarm.facts import (
    AlarmAnswered,
    AlarmChosen,
    AlarmCleared,
    AlarmDropped,
    AlarmMoveApproved,
    AlarmMoveProposed,
    AlarmMoveRejected,
    AlarmRaised,
)
from kaibo.features.alarm.react import MOVES as CARRIED_OUT
from kaibo.features.alarm.rules import decide
from kaibo.features.alarm.state import READS, begin, due, fold
from kaibo.features.alarm.view import BOARD, EFFECTS, MOVES, RAISES
from kaibo.features.metric.slices import TARGETS
from kaibo.features.rundown.slices import COURSE
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="alarm",
    streams=("show",),
    facts=(
        AlarmChosen,
        AlarmDropped,
        AlarmRaised,
        AlarmCleared,
        AlarmMoveProposed,
        AlarmMoveApproved,
        AlarmMoveRejected,
        AlarmAnswered,
    ),
    commands=(
        ChooseAlarm,
        ChooseUsualAlarms,
        DropAlarm,
        EvaluateAlarms,
        ProposeMove,
        ApproveMove,
        RejectMove,
        AnswerAlarm,
    ),
    state=begin,
    fold=fold,
    decide=decide,
    reads=READS,
    over=(STAGE, COURSE, TARGETS),
    views=(BOARD, RAISES, MOVES, EFFECTS),
    reactions=(CARRIED_OUT,),
    due=due,
    carries=carried,
    erases=ERASES,
)
