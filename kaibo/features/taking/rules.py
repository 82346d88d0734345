"""When somebody may take a duty that is not theirs, for how long, and who ends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line
from kaibo.core.slice import Touched
from kaibo.features.charter.slices import InForce, answering
from kaibo.features.roster.slices import OnDuty
from kaibo.features.taking.commands import GiveBack, LapseTaking, TakeDuty
from kaibo.features.taking.facts import DutyGivenBack, DutyLapsed, DutyTaken
from kaibo.features.taking.slices import Bar, DutiesTaken, StandIn, Taking, bar_to, stand_in

TakingCommand = TakeDuty | GiveBack | LapseTaking
MINUTE_MS = 60_000


class TakingNotOnAir(Refusal):
    """Need is of a show on air; before and after there is time to ask, or to change the charter."""

    code = "taking.not_on_air"


class TakingHeld(Refusal):
    """It is theirs anyway, by a role or because they took it already."""

    code = "taking.held"
    duty: str


class TakingKept(Refusal):
    """Nobody takes what is the owner's alone, a machine's, or of the whole house."""

    code = "taking.kept"
    status = 422
    duty: str


class TakingForbidden(Refusal):
    """The charter forbids it to one of their roles (禁): need does not change that."""

    code = "taking.forbidden"
    status = 403
    duty: str


class TakingSeparated(Refusal):
    """With it one person would hold what the charter gives to two: nobody approves their own, in need either."""

    code = "taking.separated"
    status = 403
    duty: str


class TakingNotCrew(Refusal):
    """Only people of the workspace take a duty: no token does."""

    code = "taking.not_crew"
    status = 403


class TakingNothingSaid(Refusal):
    """Everybody is told why, so something must be said."""

    code = "taking.nothing_said"
    status = 422


class TakingIdTaken(Refusal):
    """Another taking had this id."""

    code = "taking.id_taken"
    taking_id: str


class TakingOver(Refusal):
    """There is no such taking, or it ended already."""

    code = "taking.over"
    taking_id: str


class TakingNotYours(Refusal):
    """It is ended by who took it, or by who answers for it."""

    code = "taking.not_yours"
    status = 403


@dataclass(slots=True)
class TakingState:
    """The charter the show goes by, who is on duty, what is taken."""

    in_force: InForce
    on_duty: OnDuty
    taken: DutiesTaken


def fold(state: TakingState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slices."""
    del state, event, touched


def decide(state: TakingState, command: TakingCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case TakeDuty():
            return [_take(state, command, ctx)]
        case GiveBack(taking_id=taking_id):
            taking = _open(state, taking_id)
            if ctx.actor.id != taking.taken.person_id and _here(state, ctx).all_roles.isdisjoint(taking.taken.answers):
                raise TakingNotYours
            return [DutyGivenBack(taking_id=taking_id)]
        case LapseTaking(taking_id=taking_id):
            return [DutyLapsed(taking_id=taking_id)] if ctx.at >= _open(state, taking_id).taken.until else []
        case _:
            assert_never(command)


def due(state: TakingState) -> tuple[int, Command] | None:
    """The first one whose time is over."""
    first = min(state.taken.open(), key=lambda each: each.taken.until, default=None)
    return None if first is None else (first.taken.until, LapseTaking(taking_id=first.taken.taking_id))


def _open(state: TakingState, taking_id: str) -> Taking:
    taking = state.taken.takings.get(taking_id)
    if taking is None or taking.ended_at is not None:
        raise TakingOver(taking_id=taking_id)
    return taking


def _take(state: TakingState, command: TakeDuty, ctx: Context) -> Fact:
    duty, person = command.taken, ctx.actor.id
    if ctx.members is not None and person not in ctx.members.roles:
        raise TakingNotCrew
    if barred := bar_to(state.taken, _here(state, ctx), duty):
        _refuse(barred, duty)
    if any(each.duty == duty for each in state.taken.of(person, ctx.at)):
        raise TakingHeld(duty=duty)
    if command.taking_id in state.taken.takings:
        raise TakingIdTaken(taking_id=command.taking_id)
    reason = in_one_line(command.reason)
    if not reason:
        raise TakingNothingSaid
    charter = state.in_force.charter
    return DutyTaken(
        taking_id=command.taking_id,
        duty=duty,
        person_id=person,
        role_id=ctx.actor.role,
        reason=reason,
        until=ctx.at + command.minutes * MINUTE_MS,
        answers=() if charter is None else answering(charter, duty, state.in_force.phase),
        on_duty=_who_could(state, duty),
    )


def _here(state: TakingState, ctx: Context) -> StandIn:
    """With the roles they stand in for: what is kept apart is so from these too."""
    show = state.in_force
    return stand_in(state.on_duty, state.taken, (show.phase, show.charter, show.kept), ctx.actor.id, ctx.roles, ctx.at)


def _who_could(state: TakingState, duty: str) -> tuple[str, ...]:
    """The people on duty to whom the charter gives it."""
    table = state.in_force.kept
    held = table.held(duty, state.in_force.phase)
    people = [person for role in table.roles if role in held for person in state.on_duty.people_in(role)]
    return tuple(dict.fromkeys(people))


def _refuse(barred: Bar, duty: str) -> NoReturn:
    match barred:
        case "not_on_air":
            raise TakingNotOnAir
        case "kept":
            raise TakingKept(duty=duty)
        case "forbidden":
            raise TakingForbidden(duty=duty)
        case "separated":
            raise TakingSeparated(duty=duty)
        case "held" | "":
            raise TakingHeld(duty=duty)
        case _:
            assert_never(barred)
