"""What may be asked of alarms."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.alarm.facts import AlarmRule, Move
from kaibo.features.promo.facts import Evidence

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Ref = Annotated[str, Meta(max_length=64)]
Line = Annotated[str, Meta(max_length=300)]


class ChooseAlarm(Command, frozen=True, kw_only=True, tag="alarm.choose"):
    """Watch a figure."""

    duty: ClassVar = "alarm.choose"
    rule: AlarmRule


class ChooseUsualAlarms(Command, frozen=True, kw_only=True, tag="alarm.choose_usual"):
    """Watch what the trade watches: those of the usual alarms that are not chosen yet."""

    duty: ClassVar = "alarm.choose"


class DropAlarm(Command, frozen=True, kw_only=True, tag="alarm.drop"):
    """Watch it no more."""

    duty: ClassVar = "alarm.choose"
    alarm_id: Id


class EvaluateAlarms(Command, frozen=True, kw_only=True, tag="alarm.evaluate"):
    """Raise and clear what is due (a timer's command)."""

    duty: ClassVar = "alarm.keep"


class ProposeMove(Command, frozen=True, kw_only=True, tag="alarm.propose_move"):
    """Propose a move that is no promo, of a raised alarm or of one's own accord ("").

    Ads say with `cost_minor` what they may cost, and the `channel`.
    """

    duty: ClassVar = "alarm.propose"
    move_id: Id
    raise_id: Ref = ""
    move: Move
    expected: Annotated[str, Meta(max_length=200)] = ""
    product_id: Ref = ""
    cue_id: Ref = ""
    text: Line = ""
    answer: Line = ""
    cost_minor: Annotated[int, Meta(ge=0, le=10**12)] | None = None
    channel: Annotated[str, Meta(max_length=80)] = ""
    evidence: Annotated[tuple[Evidence, ...], Meta(max_length=12)] = ()


class ApproveMove(Command, frozen=True, kw_only=True, tag="alarm.approve_move"):
    """Approve somebody else's move; it is carried out at once."""

    duty: ClassVar = "alarm.approve"
    move_id: Id


class RejectMove(Command, frozen=True, kw_only=True, tag="alarm.reject_move"):
    """Say no, with a reason."""

    duty: ClassVar = "alarm.approve"
    move_id: Id
    reason: Line = ""


class AnswerAlarm(Command, frozen=True, kw_only=True, tag="alarm.answer"):
    """Note that a promo was proposed because of this alarm."""

    duty: ClassVar = "alarm.propose"
    raise_id: Id
    promo_id: Id
