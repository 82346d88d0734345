"""Why somebody may or may not do something, and who can: the cell, the version, who holds the duty; at any second."""

from collections.abc import Mapping

import msgspec

from kaibo.features.charter.facts import Cell, Charter, CharterDuty, Phase
from kaibo.features.charter.shipped import fixed
from kaibo.features.charter.slices import Held
from kaibo.features.charter.table import ANSWERS, DOES, KEPT, NOT_PEOPLE, Table, cells_of
from kaibo.features.taking.slices import Bar


class WhyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A duty of the charter that is about it in that phase: `cells` of the roles of who asks, `does` and `answers` the roles that hold it."""

    duty_id: str
    title: str
    cells: dict[str, Cell]
    does: tuple[str, ...]
    answers: tuple[str, ...]
    elsewhere: tuple[Phase, ...]


class Able(msgspec.Struct, frozen=True, kw_only=True):
    """A person who can, in which role; `on_duty` in it, None where the show had no roster."""

    person_id: str
    name: str
    role: str
    on_duty: bool | None = None


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """Whether somebody with `roles` may give the commands of `duty`: `role` the one that carries it, or that who asks stands in for; None when none does.

    `version` of the charter (0: the table the house came with), the `phase` it is asked for, None of the house. `rows` are the duties
    of the charter behind it, in this phase or (`elsewhere`) in others; `people` who can.
    `kept`: no charter decides it, it is the owner's. `need`: what keeps who asks from taking it in need now, "" nothing does; None where
    it was asked for another role or a past second.
    """

    duty: str
    roles: tuple[str, ...]
    role: str | None
    version: int
    phase: Phase | None
    kept: bool
    rows: tuple[WhyRow, ...]
    holders: tuple[str, ...]
    people: tuple[Able, ...]
    need: Bar | None = None


def explain(
    duty: str,
    roles: frozenset[str],
    phase: Phase | None,
    charter: Charter | None,
    table: Table,
    people: Mapping[str, Held],
    on_duty: Mapping[str, frozenset[str]] | None = None,
) -> Why:
    """Why these roles may or may not, under a charter (None: the fixed table), among these people, of whom some are `on_duty` (by role)."""
    holders = table.held(duty, phase) - NOT_PEOPLE
    able = {person: table.role(frozenset(held.roles), duty, phase) for person, held in people.items()}
    return Why(
        duty=duty,
        roles=tuple(sorted(roles)),
        role=table.role(roles, duty, phase),
        version=table.version,
        phase=phase,
        kept=duty in KEPT,
        rows=_rows(charter or fixed(), duty, roles, phase),
        holders=tuple(role for role in table.roles if role in holders),
        people=tuple(
            Able(
                person_id=person,
                name=people[person].name,
                role=role,
                on_duty=None if on_duty is None else person in on_duty.get(role, ()),
            )
            for person, role in able.items()
            if role is not None
        ),
    )


def _rows(charter: Charter, duty: str, roles: frozenset[str], phase: Phase | None) -> tuple[WhyRow, ...]:
    found = [each for each in charter.duties if duty in (*each.grants, *each.reads)]
    now = [each for each in found if phase is None or phase in each.phases]
    return tuple(_row(each, roles, () if now else each.phases) for each in now or found)


def _row(duty: CharterDuty, roles: frozenset[str], elsewhere: tuple[Phase, ...]) -> WhyRow:
    return WhyRow(
        duty_id=duty.duty_id,
        title=duty.title,
        cells={role: cell for role, cell in duty.cells.items() if role in roles},
        does=tuple(role for role in duty.cells if role in cells_of(duty, DOES)),
        answers=tuple(role for role in duty.cells if role in cells_of(duty, ANSWERS)),
        elsewhere=elsewhere,
    )
