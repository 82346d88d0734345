"""When somebody may be put on duty, hand their role over, take one in need, or be said to be absent. Work moves by acceptance, never silently."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line, written
from kaibo.features.roster.commands import (
    AcceptRole,
    AnswerLine,
    AskLine,
    AssignPerson,
    CheckIn,
    CloseRole,
    DeclineRole,
    DropShift,
    LeaveDuty,
    MarkAbsent,
    NoteLate,
    OfferRole,
    PlanShift,
    StandBy,
    TakeRole,
    TickSheetLine,
    UnassignPerson,
    WithdrawOffer,
)
from kaibo.features.roster.facts import (
    RosterAbsent,
    RosterAssigned,
    RosterCheckedIn,
    RosterDeclined,
    RosterOffered,
    RosterTaken,
    RosterUnassigned,
    RosterWithdrawn,
)
from kaibo.features.roster.handing import accepted, closed, line_said, offer_to, stood_by
from kaibo.features.roster.planning import late, planned
from kaibo.features.roster.refusals import (
    RosterMayNotTake,
    RosterNoDuty,
    RosterOfferIdTaken,
    RosterOfferOpen,
    RosterOnAir,
    RosterRoleNotHeld,
    RosterShiftUnknown,
    RosterShowEnded,
    RosterSomebodyElse,
    RosterToOneself,
)
from kaibo.features.roster.slices import Post
from kaibo.features.roster.state import RosterState, able, check_holds, post_of, said_of

Planning = AssignPerson | UnassignPerson | MarkAbsent | PlanShift | DropShift
Handing = OfferRole | AcceptRole | DeclineRole | WithdrawOffer | TickSheetLine | AskLine | AnswerLine | StandBy | CloseRole
RosterCommand = Planning | Handing | CheckIn | LeaveDuty | TakeRole | NoteLate


def decide(state: RosterState, command: RosterCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of `refusals`."""
    if state.show.ended and not isinstance(command, CloseRole):
        raise RosterShowEnded
    match command:
        case AssignPerson() | UnassignPerson() | MarkAbsent() | PlanShift() | DropShift():
            return _planned(state, command, ctx)
        case LeaveDuty(reason=reason):
            return _absent(state, ctx.actor.id, reason, ctx)
        case CheckIn():
            return _check_in(state, ctx.actor.id)
        case TakeRole():
            return [_take(state, command, ctx)]
        case NoteLate():
            return late(state, ctx.at)
        case _:
            return _handed(state, command, ctx)


def _planned(state: RosterState, command: Planning, ctx: Context) -> Sequence[Fact]:
    match command:
        case AssignPerson():
            return _assign(state, command, ctx)
        case UnassignPerson(role_id=role, person_id=person):
            post_of(state, role, person)
            if state.show.live:
                raise RosterOnAir
            return [RosterUnassigned(role_id=role, person_id=person)]
        case MarkAbsent(person_id=person, reason=reason, role_id=role):
            return _absent(state, person, reason, ctx) if not role else [_off(state, post_of(state, role, person), reason, ctx)]
        case PlanShift() | DropShift():
            return planned(state, command, ctx)
        case _:
            assert_never(command)


def _handed(state: RosterState, command: Handing, ctx: Context) -> Sequence[Fact]:
    match command:
        case OfferRole():
            return [_offer(state, command, ctx)]
        case AcceptRole(offer_id=offer_id):
            return [accepted(offer_to(state, offer_id, ctx), command, ctx)]
        case DeclineRole(offer_id=offer_id, reason=reason):
            offer = offer_to(state, offer_id, ctx)
            return [RosterDeclined(offer_id=offer.offer_id, reason=in_one_line(reason))]
        case WithdrawOffer(offer_id=offer_id):
            return [RosterWithdrawn(offer_id=offer_to(state, offer_id, ctx, giver=True).offer_id)]
        case TickSheetLine() | AskLine() | AnswerLine():
            return line_said(state, command, ctx)
        case StandBy():
            return stood_by(state, command, ctx)
        case CloseRole():
            return [closed(state, command, ctx)]
        case _:
            assert_never(command)


def _assign(state: RosterState, command: AssignPerson, ctx: Context) -> Sequence[Fact]:
    role, person, stand_in = command.role_id, command.person_id, command.stand_in_id
    check_holds(person, role, ctx)
    if stand_in == person:
        raise RosterToOneself
    if stand_in and not able(state, stand_in, role, ctx):
        raise RosterRoleNotHeld(role=role)
    post = state.on_duty.post(role, person)
    if post is not None and (post.call_before_s, post.stand_in_id) == (command.call_before_s, stand_in):
        return []
    return [RosterAssigned(role_id=role, person_id=person, call_before_s=command.call_before_s, stand_in_id=stand_in)]


def _check_in(state: RosterState, person: str) -> Sequence[Fact]:
    posts = state.on_duty.of(person)
    if not posts:
        raise RosterNoDuty
    return [RosterCheckedIn(person_id=person)] if any(post.checked_in_at is None for post in posts) else []


def _absent(state: RosterState, person: str, reason: str, ctx: Context) -> Sequence[Fact]:
    """Every role they are on duty in: to the stand-in who can come, or to nobody, and that is shown; or that of a shift to come."""
    said = in_one_line(reason)
    posts = state.on_duty.of(person)
    if posts:
        return [_off(state, post, said, ctx) for post in posts]
    coming = [each for each in state.shifts.ordered() if state.shifts.ends_at(each) > ctx.at]
    roles = dict.fromkeys(member.role_id for shift in coming for member in shift.crew if member.person_id == person)
    if not roles:
        raise RosterNoDuty
    if person in state.on_duty.absent:
        return []
    return [RosterAbsent(role_id=role, person_id=person, reason=said) for role in roles]


def _off(state: RosterState, post: Post, reason: str, ctx: Context) -> Fact:
    comes = _comes(state, post, ctx)
    return RosterAbsent(role_id=post.role_id, person_id=post.person_id, stand_in_id=comes, reason=in_one_line(reason))


def _comes(state: RosterState, post: Post, ctx: Context) -> str:
    """The stand-in, unless they left, lost the role, were said to be absent, or are on duty in it anyway."""
    person, role = post.stand_in_id, post.role_id
    here = person and person not in state.on_duty.absent and state.on_duty.post(role, person) is None
    return person if here and able(state, person, role, ctx) else ""


def _offer(state: RosterState, command: OfferRole, ctx: Context) -> Fact:
    role, giver, taker = command.role_id, ctx.actor.id, command.to_person_id
    post_of(state, role, giver)
    if taker == giver:
        raise RosterToOneself
    check_holds(taker, role, ctx)
    if state.on_duty.offer_of(role, giver) is not None:
        raise RosterOfferOpen(role=role)
    if command.offer_id in state.on_duty.offered:
        raise RosterOfferIdTaken(offer_id=command.offer_id)
    return RosterOffered(
        offer_id=command.offer_id,
        role_id=role,
        from_person_id=giver,
        to_person_id=taker,
        lines=_lines(state, command),
        shift_id=command.shift_id,
    )


def _lines(state: RosterState, command: OfferRole) -> tuple[str, ...]:
    """In one's own words what goes along; between shifts the log says the rest, and they may be left out."""
    if command.shift_id and command.shift_id not in state.shifts.shifts:
        raise RosterShiftUnknown(shift_id=command.shift_id)
    return said_of(command.lines) if not command.shift_id or any(map(written, command.lines)) else ()


def _take(state: RosterState, command: TakeRole, ctx: Context) -> Fact:
    role, giver, taker = command.role_id, command.from_person_id, ctx.actor.id
    if taker == giver:
        raise RosterToOneself
    if not able(state, taker, role, ctx):
        raise RosterMayNotTake(role=role)
    if giver not in (state.on_duty.people_in(role) or ("",)):
        raise RosterSomebodyElse(role=role)
    (reason,) = said_of((command.reason,))
    return RosterTaken(role_id=role, person_id=taker, from_person_id=giver, reason=reason)
