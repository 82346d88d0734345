"""What a charter could say otherwise, so that it says what was done: to be thought about, edited and signed by people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from kaibo.features.charter.facts import Cell, CellChange, Charter, CharterDuty
from kaibo.features.charter.slices import doing
from kaibo.features.review.shapes import DutyDone, Proposed

OFTEN: Final = 5  # so often it is no accident
MOST: Final = 0.6  # of all that was done: it is theirs by now


def proposed(charter: Charter, duties: Iterable[DutyDone]) -> tuple[Proposed, ...]:
    """For each duty that one role did most of, and that is written to another: it does it, and whoever did nothing of it is told."""
    held = {each.duty_id: each for each in charter.duties}
    kept_apart = {duty_id for each in charter.separations for duty_id in each.duties}
    return tuple(each for duty in duties if duty.duty_id in held.keys() - kept_apart for each in _of(held[duty.duty_id], duty))


def _of(duty: CharterDuty, done: DutyDone) -> Sequence[Proposed]:
    by = _by_role(done)
    if not by:
        return ()
    role, times = by.most_common(1)[0]
    cell = duty.cells.get(role)
    if role in doing(duty) or cell == "X" or times < OFTEN or times < MOST * done.done:
        return ()
    takes: Cell = "RA" if cell == "A" else "R"
    told = [each for each in duty.cells if each in doing(duty) and not by[each]]
    changes = [_change(duty, role, takes), *(_change(duty, each, "A" if duty.cells[each] == "RA" else "I") for each in told)]
    return [Proposed(change=each, done=by[each.role_id], of=done.done) for each in changes]


def _by_role(done: DutyDone) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in done.by:
        found[each.role] += each.done.count
    return found


def _change(duty: CharterDuty, role: str, cell: Cell) -> CellChange:
    return CellChange(duty_id=duty.duty_id, role_id=role, was=duty.cells.get(role), cell=cell)
