"""When somebody may be put on duty, hand their role over, take one in need, or be said to be absent. Work moves by acceptance, never silently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context
from kaibo.core.slice import Touched
from kaibo.features.charter.slices import InForce, stand_ins
from kaibo.features.roster.commands import (
    AcceptRole,
    AssignPerson,
    CheckIn,
    DeclineRole,
    LeaveDuty,
    MarkAbsent,
    OfferRole,
    TakeRole,
    UnassignPerson,
    WithdrawOffer,
)
from kaibo.features.roster.facts import (
    RosterAbsent,
    RosterAccepted,
    RosterAssigned,
    RosterCheckedIn,
    RosterDeclined,
    RosterOffered,
    RosterTaken,
    RosterUnassigned,
    RosterWithdrawn,
)
from kaibo.features.roster.slices import Offer, OnDuty, Post
from kaibo.features.show.slices import ShowNow

RosterCommand = (
    AssignPerson
    | UnassignPerson
    | MarkAbsent
    | CheckIn
    | LeaveDuty
    | OfferRole
    | AcceptRole
    | DeclineRole
    | WithdrawOffer
    | TakeRole
)


class RosterShowEnded(Refusal):
    """The show is over: nobody goes on or off duty."""

    code = "roster.show_ended"


class RosterOnAir(Refusal):
    """What is running is not taken from anybody: it is handed over, taken in need, or they are absent."""

    code = "roster.on_air"


class RosterNoDuty(Refusal):
    """Not on duty in any role of this show."""

    code = "roster.no_duty"


class RosterNotOnDuty(Refusal):
    """Not on duty in this role."""

    code = "roster.not_on_duty"
    role: str


class RosterPersonUnknown(Refusal):
    """Nobody of the workspace."""

    code = "roster.person_unknown"
    status = 404
    person: str


class RosterRoleNotHeld(Refusal):
    """The person does not hold this role in the workspace."""

    code = "roster.role_not_held"
    role: str


class RosterMayNotTake(Refusal):
    """Neither holds the role nor one that stands in for it."""

    code = "roster.may_not_take"
    status = 403
    role: str


class RosterToOneself(Refusal):
    """Nobody hands over to, takes from or stands in for themselves."""

    code = "roster.to_oneself"


class RosterOfferOpen(Refusal):
    """One's role is offered to somebody already."""

    code = "roster.offer_open"
    role: str


class RosterOfferIdTaken(Refusal):
    """Another offer had this id."""

    code = "roster.offer_id_taken"
    offer_id: str


class RosterOfferGone(Refusal):
    """The offer was settled, or is void: somebody accepted, declined, withdrew, took it or went."""

    code = "roster.offer_gone"
    offer_id: str


class RosterOfferNotYours(Refusal):
    """An offer is answered by whom it was made to, and withdrawn by who made it."""

    code = "roster.offer_not_yours"
    status = 403


class RosterNothingSaid(Refusal):
    """What is handed over, said back, or the reason is not said."""

    code = "roster.nothing_said"
    status = 422


class RosterSomebodyElse(Refusal):
    """Another one is on duty in the role now than was seen: look again."""

    code = "roster.somebody_else"
    role: str


@dataclass(slots=True)
class RosterState:
    """The show, who is on duty, and the charter the show goes by."""

    show: ShowNow
    on_duty: OnDuty
    in_force: InForce


def fold(state: RosterState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slices."""
    del state, event, touched


def decide(state: RosterState, command: RosterCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    if state.show.ended:
        raise RosterShowEnded
    match command:
        case AssignPerson() | UnassignPerson() | MarkAbsent():
            return _planned(state, command, ctx)
        case LeaveDuty(reason=reason):
            return _absent(state, ctx.actor.id, reason, ctx)
        case CheckIn():
            return _check_in(state, ctx.actor.id)
        case OfferRole():
            return [_offer(state, command, ctx)]
        case TakeRole():
            return [_take(state, command, ctx)]
        case AcceptRole() | DeclineRole() | WithdrawOffer():
            return [_settle(state, command, ctx)]
        case _:
            assert_never(command)


def _planned(state: RosterState, command: AssignPerson | UnassignPerson | MarkAbsent, ctx: Context) -> Sequence[Fact]:
    match command:
        case AssignPerson():
            return _assign(state, command, ctx)
        case UnassignPerson(role_id=role, person_id=person):
            _post(state, role, person)
            if state.show.live:
                raise RosterOnAir
            return [RosterUnassigned(role_id=role, person_id=person)]
        case MarkAbsent(person_id=person, reason=reason):
            return _absent(state, person, reason, ctx)
        case _:
            assert_never(command)


def _assign(state: RosterState, command: AssignPerson, ctx: Context) -> Sequence[Fact]:
    role, person, stand_in = command.role_id, command.person_id, command.stand_in_id
    _check_holds(person, role, ctx)
    if stand_in == person:
        raise RosterToOneself
    if stand_in and not _able(state, stand_in, role, ctx):
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
    """Every role they are on duty in: to the stand-in who can come, or to nobody, and that is shown."""
    posts = state.on_duty.of(person)
    if not posts:
        raise RosterNoDuty
    return [
        RosterAbsent(
            role_id=post.role_id, person_id=person, stand_in_id=_comes(state, post, ctx), reason=" ".join(reason.split())
        )
        for post in posts
    ]


def _comes(state: RosterState, post: Post, ctx: Context) -> str:
    """The stand-in, unless they left, lost the role, were said to be absent, or are on duty in it anyway."""
    person, role = post.stand_in_id, post.role_id
    here = person and person not in state.on_duty.absent and state.on_duty.post(role, person) is None
    return person if here and _able(state, person, role, ctx) else ""


def _offer(state: RosterState, command: OfferRole, ctx: Context) -> Fact:
    role, giver, taker = command.role_id, ctx.actor.id, command.to_person_id
    _post(state, role, giver)
    if taker == giver:
        raise RosterToOneself
    _check_holds(taker, role, ctx)
    if state.on_duty.offer_of(role, giver) is not None:
        raise RosterOfferOpen(role=role)
    if command.offer_id in state.on_duty.offered:
        raise RosterOfferIdTaken(offer_id=command.offer_id)
    lines = _said(command.lines)
    return RosterOffered(offer_id=command.offer_id, role_id=role, from_person_id=giver, to_person_id=taker, lines=lines)


def _settle(state: RosterState, command: AcceptRole | DeclineRole | WithdrawOffer, ctx: Context) -> Fact:
    offer = state.on_duty.offers.get(command.offer_id)
    if offer is None:
        raise RosterOfferGone(offer_id=command.offer_id)
    answers = offer.from_person_id if isinstance(command, WithdrawOffer) else offer.to_person_id
    if ctx.actor.id != answers:
        raise RosterOfferNotYours
    match command:
        case AcceptRole(said_back=said_back):
            return _accept(offer, said_back, ctx)
        case DeclineRole(reason=reason):
            return RosterDeclined(offer_id=offer.offer_id, reason=" ".join(reason.split()))
        case WithdrawOffer():
            return RosterWithdrawn(offer_id=offer.offer_id)
        case _:
            assert_never(command)


def _accept(offer: Offer, said_back: Iterable[str], ctx: Context) -> Fact:
    _check_holds(ctx.actor.id, offer.role_id, ctx)
    return RosterAccepted(
        offer_id=offer.offer_id,
        role_id=offer.role_id,
        from_person_id=offer.from_person_id,
        to_person_id=offer.to_person_id,
        said_back=_said(said_back),
    )


def _take(state: RosterState, command: TakeRole, ctx: Context) -> Fact:
    role, giver, taker = command.role_id, command.from_person_id, ctx.actor.id
    if taker == giver:
        raise RosterToOneself
    if not _able(state, taker, role, ctx):
        raise RosterMayNotTake(role=role)
    if giver not in (state.on_duty.people_in(role) or ("",)):
        raise RosterSomebodyElse(role=role)
    (reason,) = _said((command.reason,))
    return RosterTaken(role_id=role, person_id=taker, from_person_id=giver, reason=reason)


def _post(state: RosterState, role: str, person: str) -> Post:
    post = state.on_duty.post(role, person)
    if post is None:
        raise RosterNotOnDuty(role=role)
    return post


def _said(lines: Iterable[str]) -> tuple[str, ...]:
    """Without the lines that say nothing. Raises RosterNothingSaid when none is left."""
    said = tuple(text for text in (" ".join(line.split()) for line in lines) if text)
    if not said:
        raise RosterNothingSaid
    return said


def _check_holds(person: str, role: str, ctx: Context) -> None:
    if ctx.members is None:
        return
    held = ctx.members.roles.get(person)
    if held is None:
        raise RosterPersonUnknown(person=person)
    if role not in held:
        raise RosterRoleNotHeld(role=role)


def _able(state: RosterState, person: str, role: str, ctx: Context) -> bool:
    """Holds the role, or one that stands in for it by the charter this show goes by."""
    if ctx.members is None:
        return True
    charter = state.in_force.charter
    others = (ctx.members.stand_ins if charter is None else stand_ins(charter)).get(role, frozenset())
    return not ctx.members.roles.get(person, frozenset()).isdisjoint({role} | others)
