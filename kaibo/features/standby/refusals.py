"""Why it is not asked, or not answered."""

from typing import Literal

from kaibo.core.errors import Refusal


class StandbyShowEnded(Refusal):
    """The show is over: nothing goes any more."""

    code = "standby.show_ended"


class StandbyCueUnknown(Refusal):
    """No such cue in this show."""

    code = "standby.cue_unknown"
    status = 404
    cue_id: str


class StandbyOnAir(Refusal):
    """The cue is on air: there is nothing to be ready for."""

    code = "standby.on_air"
    cue_id: str


class StandbyNobody(Refusal):
    """Nobody on duty has anything to do in it: there is no one to ask."""

    code = "standby.nobody"
    cue_id: str


class StandbyRoleUnknown(Refusal):
    """Nobody holds such a role."""

    code = "standby.role_unknown"
    status = 422
    role: str


class StandbyNotAsked(Refusal):
    """The role is not asked of this cue, or no longer."""

    code = "standby.not_asked"
    role: str


class StandbyAskedAnew(Refusal):
    """What was answered is another call than the one that is open now: its answer counts for nothing here."""

    code = "standby.asked_anew"
    role: str


class StandbyHeld(Refusal):
    """Somebody else of the role makes everybody wait: whoever said so says when it is over."""

    code = "standby.held"
    person_id: str


class StandbyNotYours(Refusal):
    """Only who is in the role answers for it: a confirmation that nobody gave is worth nothing."""

    code = "standby.not_yours"
    role: str


class StandbyNoReason(Refusal):
    """Whoever makes everybody wait says why."""

    code = "standby.no_reason"
    status = 422


class StandbyReasonTooLong(Refusal):
    """Longer than what is read at a glance."""

    code = "standby.reason_too_long"
    status = 422
    length: int
    most: Literal[60]
