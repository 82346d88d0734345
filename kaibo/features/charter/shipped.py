"""The charters a team can start from: the trade's division of work for seven, and the same for four and for two, where one role takes another's."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

import msgspec
from msgspec.structs import replace

from kaibo.features.charter.facts import Cell, Charter, CharterDuty, CharterRole, Preset, Separation
from kaibo.features.charter.table import GRANTED, PHASES
from kaibo.features.workspace.charter import CHARTER, CREW

# Which role takes the work of another one that a smaller team has not.
MERGED: Final[Mapping[Preset, Mapping[str, str]]] = {
    "four": {"planner": "director", "tech": "director", "care": "assistant"},
    "two": {"planner": "owner", "director": "owner", "tech": "operations", "care": "operations", "assistant": "operations"},
}
_ORDER: Final[tuple[Cell, ...]] = ("X", "I", "C", "A", "R", "RA")  # of two cells that become one, the later


class _Shipped(msgspec.Struct, frozen=True, kw_only=True):
    role: tuple[CharterRole, ...]
    duty: tuple[CharterDuty, ...]
    separation: tuple[Separation, ...]


@cache
def seven() -> Charter:
    """Host, assistant, operations, tech, care, director, planner, and the owner."""
    text = resources.files("kaibo.features.charter").joinpath("shipped.toml").read_text("utf-8")
    told = msgspec.convert(tomllib.loads(text), _Shipped)
    return Charter(roles=told.role, duties=told.duty, separations=told.separation)


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
