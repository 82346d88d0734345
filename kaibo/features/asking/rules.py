"""When a command waits, who may say yes or no to it, and what happens when nobody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line
from kaibo.core.slice import Touched
from kaibo.features.asking.commands import (
    BODY_MAX,
    AgreeToAsked,
    AskFirst,
    DeclineAsked,
    ExplainAsked,
    LapseAsked,
    SettleAsked,
    WithdrawAsked,
)
from kaibo.features.asking.facts import (
    AskingAgreed,
    AskingAsked,
    AskingDeclined,
    AskingExplained,
    AskingOverdue,
    AskingSettled,
    AskingWithdrawn,
)
from kaibo.features.asking.slices import Request, Requests
from kaibo.features.charter.slices import InForce
from kaibo.features.roster.slices import OnDuty
from kaibo.features.taking.slices import roles_here

AskingCommand = AskFirst | AgreeToAsked | DeclineAsked | WithdrawAsked | ExplainAsked | LapseAsked | SettleAsked
OPEN_MAX = 50  # at once on one stream: more is looked at by nobody
SECOND_MS = 1000


class AskingCannotWait(Refusal):
    """Somebody must agree first, and what came this way (a file, a sheet, a program) cannot wait for them: says who need not ask."""

    code = "asking.cannot_wait"
    duty: str
    roles: tuple[str, ...]
    able_roles: tuple[str, ...]


class AskingTooLong(Refusal):
    """Nobody reads so much before they agree."""

    code = "asking.too_long"
    status = 422
    duty: str


class AskingFull(Refusal):
    """So much waits already that nobody looks at it."""

    code = "asking.full"
    most: int


class AskingWaits(Refusal):
    """The very same was asked by the same person and still waits."""

    code = "asking.waits"
    request_id: str


class AskingOver(Refusal):
    """There is no such request, or it was answered, withdrawn or ended meanwhile."""

    code = "asking.over"
    request_id: str


class AskingNotAsked(Refusal):
    """Neither one of the roles that are waited for, nor, after their time, one that answers for it."""

    code = "asking.not_asked"
    status = 403
    roles: tuple[str, ...]


class AskingOwn(Refusal):
    """Nobody agrees to what they asked for themselves, while others are waited for."""

    code = "asking.own"
    status = 403


class AskingNotYours(Refusal):
    """Only who asked withdraws it, or says what it is for."""

    code = "asking.not_yours"
    status = 403


class AskingNothingSaid(Refusal):
    """Who asked is told why not, so something must be said."""

    code = "asking.nothing_said"
    status = 422


class AskingErased(Refusal):
    """Words in it were erased with the viewer who wrote them: it can no longer be carried out as it was meant."""

    code = "asking.erased"


@dataclass(slots=True)
class AskingState:
    """What waits; who is on duty, and the charter the show goes by."""

    requests: Requests
    on_duty: OnDuty
    in_force: InForce


def fold(state: AskingState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slice."""
    del state, event, touched


def decide(state: AskingState, command: AskingCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    requests = state.requests
    match command:
        case AskFirst():
            return [_ask(requests, command, ctx)]
        case AgreeToAsked(request_id=request_id):
            return [_agree(state, _open(requests, request_id), ctx)]
        case DeclineAsked():
            return [_decline(state, _open(requests, command.request_id), command, ctx)]
        case WithdrawAsked(request_id=request_id):
            _own(requests, request_id, ctx)
            return [AskingWithdrawn(request_id=request_id)]
        case ExplainAsked(request_id=request_id):
            why = in_one_line(command.why)
            return [] if _own(requests, request_id, ctx).why == why else [AskingExplained(request_id=request_id, why=why)]
        case LapseAsked(request_id=request_id):
            request = _open(requests, request_id)
            return [AskingOverdue(request_id=request_id)] if ctx.at >= request.asked.until and not request.overdue else []
        case SettleAsked():
            return _settle(requests, command)
        case _:
            assert_never(command)


def due(state: AskingState) -> tuple[int, Command] | None:
    """The first whose time is over."""
    open_ones = (each for each in state.requests.open() if not each.overdue)
    first = min(open_ones, key=lambda each: each.asked.until, default=None)
    return None if first is None else (first.asked.until, LapseAsked(request_id=first.asked.request_id))


def _ask(requests: Requests, command: AskFirst, ctx: Context) -> Fact:
    roles = tuple(each for each in command.roles if each not in ctx.roles)
    if not command.body:
        raise AskingCannotWait(duty=command.given, roles=roles, able_roles=command.answers)
    if len(command.body) > BODY_MAX:
        raise AskingTooLong(duty=command.given)
    waiting = requests.open()
    for each in waiting:
        if (each.asked.person_id, each.asked.command, each.asked.body) == (ctx.actor.id, command.command, command.body):
            raise AskingWaits(request_id=each.asked.request_id)
    if len(waiting) >= OPEN_MAX:
        raise AskingFull(most=OPEN_MAX)
    return AskingAsked(
        request_id=str(ctx.seq + 1),
        command=command.command,
        body=command.body,
        duty=command.given,
        person_id=ctx.actor.id,
        role_id=ctx.actor.role,
        roles=roles,
        answers=command.answers,
        until=ctx.at + command.within_s * SECOND_MS,
        key=command.key,
        about=command.about,
    )


def _open(requests: Requests, request_id: str) -> Request:
    request = requests.requests.get(request_id)
    if request is None or request.state != "open":
        raise AskingOver(request_id=request_id)
    return request


def _own(requests: Requests, request_id: str, ctx: Context) -> Request:
    request = _open(requests, request_id)
    if request.asked.person_id != ctx.actor.id:
        raise AskingNotYours
    return request


def _agree(state: AskingState, request: Request, ctx: Context) -> Fact:
    here = roles_here(state.on_duty, state.in_force, ctx)
    decides = _check_asked(request, here, ctx)
    roles = tuple(each for each in request.waiting if each in here)
    return AskingAgreed(request_id=request.asked.request_id, roles=roles, runs=decides or len(roles) == len(request.waiting))


def _decline(state: AskingState, request: Request, command: DeclineAsked, ctx: Context) -> Fact:
    _check_asked(request, roles_here(state.on_duty, state.in_force, ctx), ctx)
    reason = in_one_line(command.reason)
    if not reason:
        raise AskingNothingSaid
    return AskingDeclined(request_id=command.request_id, reason=reason)


def _check_asked(request: Request, here: frozenset[str], ctx: Context) -> bool:
    """Whether it is theirs to decide alone: from that instant who answers for it does, also of their own; a late timer keeps nobody waiting."""
    asked = request.asked
    if ctx.at >= asked.until and not here.isdisjoint(asked.answers):
        return True
    if here.isdisjoint(request.waiting):
        raise AskingNotAsked(roles=request.waiting)
    if ctx.actor.id == asked.person_id:
        raise AskingOwn
    return False


def _settle(requests: Requests, command: SettleAsked) -> Sequence[Fact]:
    request = requests.requests.get(command.request_id)
    if request is None or request.state != "agreed":
        return []
    return [AskingSettled(request_id=command.request_id, seqs=command.seqs, code=command.code, data=command.data)]
