"""Whom a cue asks, and who may answer for a role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context, Members
from kaibo.core.script import in_one_line
from kaibo.core.slice import Touched
from kaibo.features.roster.slices import OnDuty
from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.slices import Rundown
from kaibo.features.standby.commands import REASON_MAX, AnswerStandby, AskStandby, EndStandby
from kaibo.features.standby.facts import Seat, StandbyAnswered, StandbyAsked, StandbyEnded
from kaibo.features.standby.refusals import (
    StandbyAskedAnew,
    StandbyCueUnknown,
    StandbyHeld,
    StandbyNobody,
    StandbyNoReason,
    StandbyNotAsked,
    StandbyNotYours,
    StandbyOnAir,
    StandbyReasonTooLong,
    StandbyRoleUnknown,
    StandbyShowEnded,
)
from kaibo.features.standby.slices import OF_CUE, Reply, Standing


@dataclass(slots=True)
class StandbyState:
    """What is asked, the rundown, and who is on duty."""

    standing: Standing
    rundown: Rundown
    on_duty: OnDuty


def fold(state: StandbyState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slices."""
    del state, event, touched


def decide(state: StandbyState, command: AskStandby | AnswerStandby | EndStandby, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case AskStandby():
            return _ask(state, command, ctx)
        case AnswerStandby():
            return _answer(state, command, ctx)
        case EndStandby(cue_id=cue_id):
            return [StandbyEnded(cue_id=call.cue_id) for call in state.standing.open() if cue_id in ("", call.cue_id)]
        case _:
            assert_never(command)


def _ask(state: StandbyState, command: AskStandby, ctx: Context) -> Sequence[Fact]:
    if state.rundown.show.ended:
        raise StandbyShowEnded
    members = ctx.members or Members({})
    for role_id in command.roles:
        if role_id not in members.known and not _people(state, members, role_id):
            raise StandbyRoleUnknown(role=role_id)
    asked = [_asked(state, command, cue_id, members) for cue_id in dict.fromkeys(command.cue_ids)]
    return [each for each in asked if not _stands(state.standing, each, command.again)]


def _stands(standing: Standing, asked: StandbyAsked, again: int) -> bool:
    """It is asked already, and nobody who saw how it stands wants it anew; a standby takes the place of a warning, a warning of nothing."""
    call = standing.calls.get(asked.cue_id)
    if call is None or call.state != "open" or call.asked_at == again:
        return False
    return call.word == "standby" or asked.word == "warning"


def _asked(state: StandbyState, command: AskStandby, cue_id: str, members: Members) -> StandbyAsked:
    cue = state.rundown.cues.get(cue_id)
    if cue is None:
        raise StandbyCueUnknown(cue_id=cue_id)
    if state.rundown.on_air is not None and state.rundown.on_air.cue_id == cue_id:
        raise StandbyOnAir(cue_id=cue_id)
    roles = dict.fromkeys(command.roles or roles_of(cue))
    seats = tuple(Seat(role_id, _people(state, members, role_id)) for role_id in roles)
    if not any(seat.people for seat in seats):
        raise StandbyNobody(cue_id=cue_id)
    return StandbyAsked(cue_id=cue_id, word=command.word, seats=seats)


def roles_of(cue: Cue) -> Iterable[str]:
    """The roles that have something to do in a cue."""
    return ("host", *(role for role, column in OF_CUE.items() if getattr(cue, column)))


def _people(state: StandbyState, members: Members, role_id: str) -> tuple[str, ...]:
    """Who is on duty in a role; where nobody is on duty in anything, who holds it."""
    if state.on_duty.anybody():
        return state.on_duty.people_in(role_id)
    return tuple(person for person, held in members.roles.items() if role_id in held)


def _answer(state: StandbyState, command: AnswerStandby, ctx: Context) -> Sequence[Fact]:
    reply, reason = _answered(state.standing, command, ctx.actor.id), _reason(command)
    said = StandbyAnswered(cue_id=command.cue_id, role_id=command.role_id, answer=command.answer, reason=reason)
    if (command.answer == "seen" and reply.seen_at) or (reply.answer, reply.reason) == (said.answer, said.reason):
        return []
    return [said]


def _answered(standing: Standing, command: AnswerStandby, me: str) -> Reply:
    """What was answered so far, where I may answer."""
    call = standing.calls.get(command.cue_id)
    reply = None if call is None or call.state != "open" else call.replies.get(command.role_id)
    if call is None or reply is None:
        raise StandbyNotAsked(role=command.role_id)
    if command.asked_at not in (0, call.asked_at):
        raise StandbyAskedAnew(role=command.role_id)
    if me not in reply.people:
        raise StandbyNotYours(role=command.role_id)
    if reply.answer == "wait" and reply.by != me and command.answer != "seen":
        raise StandbyHeld(person_id=reply.by)
    return reply


def _reason(command: AnswerStandby) -> str:
    """Why everybody must wait, in a line; "" where nobody must."""
    if command.answer != "wait":
        return ""
    reason = in_one_line(command.reason)
    if not reason:
        raise StandbyNoReason
    if len(reason) > REASON_MAX:
        raise StandbyReasonTooLong(length=len(reason), most=REASON_MAX)
    return reason
