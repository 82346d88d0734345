"""SHIFTS: the shifts of a long show in the order they come, and who of a crew did not."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.roster.facts import Shift, ShiftDropped, ShiftPlanned, SuccessorLate
from kaibo.features.show.slices import PLAN, STAGE, ShowNow

Missed = tuple[str, str]  # (role_id, person_id)


@dataclass(slots=True)
class Shifts:
    """`shifts` by shift_id; `late`: who of a shift's crew was noted not to be there, whether they were said to be absent, by (role, person)."""

    show: ShowNow
    shifts: dict[str, Shift] = field(default_factory=dict[str, Shift])
    late: dict[str, dict[Missed, bool]] = field(default_factory=dict[str, dict[Missed, bool]])

    def starts_at(self, shift: Shift) -> int:
        """Ms UTC."""
        return self._anchor(shift) + shift.from_s * 1000

    def ends_at(self, shift: Shift) -> int:
        """Ms UTC."""
        return self._anchor(shift) + shift.to_s * 1000

    def _anchor(self, shift: Shift) -> int:
        return self.show.starts_at if shift.anchor_at is None else shift.anchor_at

    def ordered(self) -> list[Shift]:
        """As they come."""
        return sorted(self.shifts.values(), key=lambda shift: (self.starts_at(shift), shift.shift_id))

    def at(self, instant: int) -> Shift | None:
        """The shift that an instant (ms UTC) belongs to."""
        return next((shift for shift in self.ordered() if self.starts_at(shift) <= instant < self.ends_at(shift)), None)

    def after(self, instant: int) -> list[Shift]:
        """Those that begin after an instant (ms UTC), as they come."""
        return [shift for shift in self.ordered() if self.starts_at(shift) > instant]

    def crosses(self, shift: Shift) -> Shift | None:
        """Another shift that shares time with this one."""
        others = (each for each in self.ordered() if each.shift_id != shift.shift_id)
        start, end = self.starts_at(shift), self.ends_at(shift)
        return next((each for each in others if self.starts_at(each) < end and start < self.ends_at(each)), None)


def fold_shifts(state: Shifts, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """One is planned or dropped, somebody did not come; all of them when the show is planned for another time."""
    match event.fact:
        case ShiftPlanned(shift=shift):
            state.shifts[shift.shift_id] = shift
            return (shift.shift_id,)
        case ShiftDropped(shift_id=shift_id):
            state.shifts.pop(shift_id, None)
            state.late.pop(shift_id, None)
            return (shift_id,)
        case SuccessorLate() as late:
            state.late.setdefault(late.shift_id, {})[late.role_id, late.person_id] = late.absent
            return (late.shift_id,)
        case _:
            return tuple(state.shifts) if PLAN in touched.of(STAGE) else ()


SHIFTS: Slice[Shifts] = Slice(
    name="roster.shifts",
    reads=(ShiftPlanned, ShiftDropped, SuccessorLate),
    state=Shifts,
    fold=fold_shifts,
    over=(STAGE,),
)
