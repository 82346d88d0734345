"""What the rules of a roster stand on, and what they all check."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kaibo.core.event import Event
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line
from kaibo.core.slice import Touched
from kaibo.features.charter.slices import InForce
from kaibo.features.roster.refusals import RosterNothingSaid, RosterNotOnDuty, RosterPersonUnknown, RosterRoleNotHeld
from kaibo.features.roster.shifts import Shifts
from kaibo.features.roster.slices import OnDuty, Post
from kaibo.features.show.slices import ShowNow


@dataclass(slots=True)
class RosterState:
    """The show, its shifts, who is on duty, and the charter the show goes by."""

    show: ShowNow
    shifts: Shifts
    on_duty: OnDuty
    in_force: InForce


def fold(state: RosterState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slices."""
    del state, event, touched


def post_of(state: RosterState, role: str, person: str) -> Post:
    """Their place in a role. Raises RosterNotOnDuty."""
    post = state.on_duty.post(role, person)
    if post is None:
        raise RosterNotOnDuty(role=role)
    return post


def said_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Without the lines that say nothing. Raises RosterNothingSaid when none is left."""
    said = tuple(text for text in map(in_one_line, lines) if text)
    if not said:
        raise RosterNothingSaid
    return said


def check_holds(person: str, role: str, ctx: Context) -> None:
    """Belongs to the workspace and holds the role. Raises RosterPersonUnknown, RosterRoleNotHeld."""
    if ctx.members is None:
        return
    held = ctx.members.roles.get(person)
    if held is None:
        raise RosterPersonUnknown(person=person)
    if role not in held:
        raise RosterRoleNotHeld(role=role)


def able(state: RosterState, person: str, role: str, ctx: Context) -> bool:
    """Holds the role, or one that stands in for it by the charter this show goes by."""
    if ctx.members is None:
        return True
    others = state.in_force.covers(ctx.members.stand_ins).get(role, frozenset[str]())
    return not ctx.members.roles.get(person, frozenset()).isdisjoint({role} | others)
