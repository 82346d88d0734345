"""When shifts may be planned and changed; and who of a shift's crew is noted not to have come."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kaibo.core.event import Command, Fact
from kaibo.core.feature import Context
from kaibo.features.roster.commands import DropShift, NoteLate, PlanShift
from kaibo.features.roster.facts import (
    RosterAssigned,
    RosterUnassigned,
    Shift,
    ShiftDropped,
    ShiftMember,
    ShiftPlanned,
    SuccessorLate,
)
from kaibo.features.roster.refusals import (
    RosterShiftBackwards,
    RosterShiftBegun,
    RosterShiftCrosses,
    RosterShiftsTooMany,
    RosterShiftUnknown,
)
from kaibo.features.roster.shifts import Missed
from kaibo.features.roster.slices import key_of
from kaibo.features.roster.state import RosterState, check_holds

SHIFTS_MAX = 12
LATE_MS = 300_000  # five minutes into a shift somebody who is not on duty is late


def planned(state: RosterState, command: PlanShift | DropShift, ctx: Context) -> Sequence[Fact]:
    """The facts of planning; before air the first shift's people are those on duty."""
    if isinstance(command, PlanShift):
        return _plan(state, _tidy(command.shift), ctx)
    shift = state.shifts.shifts.get(command.shift_id)
    if shift is None:
        raise RosterShiftUnknown(shift_id=command.shift_id)
    if _begun(state, shift, ctx.at):
        raise RosterShiftBegun(shift=shift.name)
    left = [each for each in state.shifts.ordered() if each.shift_id != shift.shift_id]
    return [ShiftDropped(shift_id=shift.shift_id), *_first_on_duty(state, left)]


def _plan(state: RosterState, shift: Shift, ctx: Context) -> Sequence[Fact]:
    before = state.shifts.shifts.get(shift.shift_id)
    if shift == before:
        return []
    if shift.to_s <= shift.from_s:
        raise RosterShiftBackwards
    if before is None and len(state.shifts.shifts) >= SHIFTS_MAX:
        raise RosterShiftsTooMany(most=SHIFTS_MAX)
    if (crossed := state.shifts.crosses(shift)) is not None:
        raise RosterShiftCrosses(shift=crossed.name)
    _check_past(state, before, shift, ctx.at)
    for member in shift.crew:
        check_holds(member.person_id, member.role_id, ctx)
    others = [each for each in state.shifts.ordered() if each.shift_id != shift.shift_id]
    ordered = sorted((*others, shift), key=state.shifts.starts_at)
    return [ShiftPlanned(shift=shift), *_first_on_duty(state, ordered)]


def _check_past(state: RosterState, before: Shift | None, shift: Shift, now: int) -> None:
    """What was is not planned again: figures stand on it."""
    shifts = state.shifts
    if not state.show.live:
        return
    kept = before is not None and shifts.starts_at(before) == shifts.starts_at(shift)
    moved = not kept and min(shifts.starts_at(each) for each in (before, shift) if each is not None) < now
    shortened = before is not None and shifts.ends_at(before) != shifts.ends_at(shift)
    if moved or (shortened and before is not None and min(shifts.ends_at(before), shifts.ends_at(shift)) < now):
        raise RosterShiftBegun(shift=shift.name)


def _begun(state: RosterState, shift: Shift, now: int) -> bool:
    return state.show.live and state.shifts.starts_at(shift) <= now


def _tidy(shift: Shift) -> Shift:
    """Each person once in a role, and a name without spaces around it."""
    once = {(each.role_id, each.person_id): each for each in shift.crew}
    return replace(shift, name=" ".join(shift.name.split()), part=" ".join(shift.part.split()), crew=tuple(once.values()))


def _first_on_duty(state: RosterState, ordered: Sequence[Shift]) -> Iterator[Fact]:
    """Before air: the crew of the first shift is on duty, and whoever comes in a later one alone is not yet."""
    if state.show.live or not ordered:
        return
    first = dict.fromkeys(map(_as_missed, ordered[0].crew))
    later = {_as_missed(member) for shift in ordered[1:] for member in shift.crew} - first.keys()
    for role, person in first:
        if state.on_duty.post(role, person) is None:
            yield RosterAssigned(role_id=role, person_id=person)
    for role, person in sorted(later):
        if state.on_duty.post(role, person) is not None:
            yield RosterUnassigned(role_id=role, person_id=person)


def _as_missed(member: ShiftMember) -> Missed:
    return member.role_id, member.person_id


def late(state: RosterState, now: int) -> Sequence[Fact]:
    """Who of a shift that has begun is not on duty, each noted once."""
    begun = [shift for shift in state.shifts.ordered() if state.shifts.starts_at(shift) + LATE_MS <= now]
    return [
        SuccessorLate(shift_id=shift.shift_id, role_id=role, person_id=person, absent=person in state.on_duty.absent)
        for shift in begun
        for role, person in _missing(state, shift)
    ]


def _missing(state: RosterState, shift: Shift) -> Iterator[Missed]:
    """Of its crew, those who never came and of whom it is not noted yet."""
    noted = state.shifts.late.get(shift.shift_id, {})
    for role, person in map(_as_missed, shift.crew):
        post = state.on_duty.posts.get(key_of(role, person))
        came = post is not None and (post.on_duty or (post.left != "absent" and post.since >= state.shifts.starts_at(shift)))
        if not came and (role, person) not in noted:
            yield role, person


def due(state: RosterState) -> tuple[int, Command] | None:
    """Five minutes into the first shift that somebody of its crew may be missing from."""
    if not state.show.live:
        return None
    shift = next((each for each in state.shifts.ordered() if next(_missing(state, each), None) is not None), None)
    return None if shift is None else (state.shifts.starts_at(shift) + LATE_MS, NoteLate())
