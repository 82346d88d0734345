"""The charters a team can start from: the trade's division of work for seven, and the same for four and for two, where one role takes another's."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import msgspec
from msgspec.structs import replace

from kaibo.features.charter import shipped_table as table
from kaibo.features.charter.facts import Cell, Charter, CharterDuty, CharterRole, Preset, Separation
from kaibo.features.charter.table import GRANTED, PHASES
from kaibo.features.workspace.charter import CHARTER, CREW, ROLES

# Which role takes the work of another one that a smaller team has not.
MERGED: Final[Mapping[Preset, Mapping[str, str]]] = {
    "four": {"planner": "director", "tech": "director", "care": "assistant"},
    "two": {"planner": "owner", "director": "owner", "tech": "operations", "care": "operations", "assistant": "operations"},
}
_ORDER: Final[tuple[Cell, ...]] = ("X", "I", "C", "CF", "A", "R", "RA")  # of two cells that become one, the later


@cache
def seven() -> Charter:
    """Host, assistant, operations, tech, care, director, planner, and the owner."""
    duties = tuple(_duty(*lines) for lines in _by_three(table.DUTIES.strip().splitlines()))
    spoken = {name for duty in duties for name in duty.grants}
    unspoken = tuple(_derived(name) for name in CHARTER if name in GRANTED - spoken)
    roles = tuple(_role_of(line) for line in table.ROLES.strip().splitlines())
    return Charter(
        roles=roles, duties=(*duties, *unspoken), separations=tuple(map(_separation, table.SEPARATIONS.strip().splitlines()))
    )


def _by_three(lines: Sequence[str]) -> list[tuple[str, str, str]]:
    return list(zip(lines[::3], lines[1::3], lines[2::3], strict=True))


def _duty(head: str, evidence: str, cells: str) -> CharterDuty:
    duty_id, phases, grants, reads, within, flags = (each.strip() for each in head.split("|"))
    return CharterDuty(
        duty_id=duty_id,
        phases=tuple(PHASES["boa".index(letter)] for letter in phases),
        grants=_names(grants),
        reads=_names(reads),
        evidence=_names(evidence),
        proof=duty_id,
        skill=duty_id if "skill" in flags else "",
        split=duty_id if "split" in flags else "",
        within_s=int(within),
        contested="contested" in flags,
        emergency="emergency" in flags,
        cells=msgspec.convert(dict(each.split(":") for each in cells.split()), dict[str, Cell]),
    )


def _names(told: str) -> tuple[str, ...]:
    return () if told.strip() == "-" else tuple(told.split())


def _role_of(line: str) -> CharterRole:
    role_id, consoles, stands_in = (each.strip() for each in line.split("|"))
    return CharterRole(role_id=role_id, consoles=_names(consoles), stands_in=_names(stands_in))


def _separation(line: str) -> Separation:
    separation_id, duties = (each.strip() for each in line.split("|"))
    return Separation(separation_id=separation_id, duties=_names(duties))


def _derived(name: str) -> CharterDuty:
    """A duty for a command that no line speaks of: the first who holds it in the fixed table does it and answers for it; others are told."""
    held = [role for role in ROLES if role in CHARTER[name] & CREW]
    first = next((role for role in held if role != "owner"), held[0])
    cells: dict[str, Cell] = {role: "RA" if role == first else "I" for role in held}
    return CharterDuty(duty_id=name, phases=PHASES, grants=(name,), proof=name, cells=cells)


@cache
def fixed() -> Charter:
    """Version 0 as a charter: whoever holds a duty in the table the house came with does it, in every phase; nobody answers for it."""
    roles = seven().roles
    duties = tuple(
        CharterDuty(
            duty_id=duty,
            phases=PHASES,
            grants=(duty,),
            cells={each.role_id: "R" for each in roles if each.role_id in held & CREW},
        )
        for duty, held in CHARTER.items()
        if duty in GRANTED
    )
    return Charter(roles=roles, duties=duties)


def charter_of(preset: Preset, published: Charter | None) -> Charter:
    """The charter a preset stands for; `published` is that of the house, None for its fixed table."""
    if preset == "published":
        return published or fixed()
    if preset == "fixed":
        return fixed()
    return merged(seven(), MERGED.get(preset, {}))


def merged(charter: Charter, into: Mapping[str, str]) -> Charter:
    """The charter of a team where some roles are taken by others: cells, stand-ins and consoles go along."""
    roles = tuple(_role(charter, each, into) for each in charter.roles if each.role_id not in into)
    return replace(charter, roles=roles, duties=tuple(replace(each, cells=_cells(each, into)) for each in charter.duties))


def _role(charter: Charter, role: CharterRole, into: Mapping[str, str]) -> CharterRole:
    taken = [each for each in charter.roles if into.get(each.role_id) == role.role_id]
    consoles = dict.fromkeys(console for each in (role, *taken) for console in each.consoles)
    stands_in = dict.fromkeys(into.get(other, other) for each in (role, *taken) for other in each.stands_in)
    stands_in.pop(role.role_id, None)
    return replace(role, consoles=tuple(consoles), stands_in=tuple(stands_in))


def _cells(duty: CharterDuty, into: Mapping[str, str]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for role, cell in duty.cells.items():
        holder = into.get(role, role)
        cells[holder] = _both(cells[holder], cell) if holder in cells else cell
    return cells


def _both(one: Cell, other: Cell) -> Cell:
    if {one, other} == {"R", "A"}:
        return "RA"
    return one if _ORDER.index(one) >= _ORDER.index(other) else other
