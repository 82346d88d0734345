"""What publishing changes for people: which role gains or loses which command in which phase. From the compiled tables, never from cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaibo.features.charter.facts import Phase
from kaibo.features.charter.table import NOT_PEOPLE, PEOPLE_DUTIES, PHASES, Table


@dataclass(frozen=True, slots=True)
class Effect:
    """A role gains (`gained`) or loses what a duty of the program allows, in these phases."""

    role: str
    duty: str
    gained: bool
    phases: tuple[Phase, ...]


def effects(before: Table, after: Table) -> list[Effect]:
    """Everything people can do after that they could not before, and the other way round; by duty, then role."""
    return [effect for duty in sorted(PEOPLE_DUTIES) for effect in _of_duty(before, after, duty)]


def _of_duty(before: Table, after: Table, duty: str) -> Iterator[Effect]:
    was: dict[Phase, frozenset[str]] = {phase: before.held(duty, phase) - NOT_PEOPLE for phase in PHASES}
    now: dict[Phase, frozenset[str]] = {phase: after.held(duty, phase) - NOT_PEOPLE for phase in PHASES}
    for role in sorted(frozenset[str]().union(*was.values(), *now.values())):
        gained: tuple[Phase, ...] = tuple(phase for phase in PHASES if role in now[phase] - was[phase])
        lost: tuple[Phase, ...] = tuple(phase for phase in PHASES if role in was[phase] - now[phase])
        if gained:
            yield Effect(role, duty, gained=True, phases=gained)
        if lost:
            yield Effect(role, duty, gained=False, phases=lost)
