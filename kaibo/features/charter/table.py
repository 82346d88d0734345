"""A charter compiled to what is asked at every command: the roles that may, by duty and phase. A check is one look and one intersection."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kaibo.features.charter.facts import Cell, Charter, CharterDuty, Phase
from kaibo.features.workspace.charter import CHARTER, CREW, ROLES
from kaibo.features.workspace.facts import MACHINES

PHASES: Final[tuple[Phase, ...]] = ("before", "on_air", "after")
MAY: Final = frozenset[Cell]({"R", "A", "RA"})
SEES: Final = frozenset[Cell]({"R", "A", "RA", "C", "CF", "I"})
DOES: Final = frozenset[Cell]({"R", "RA"})
ANSWERS: Final = frozenset[Cell]({"A", "RA"})
ASKED: Final = frozenset[Cell]({"C", "CF"})
AGREES: Final = frozenset[Cell]({"CF"})
TOLD: Final = frozenset[Cell]({"I"})
NOT_PEOPLE: Final = frozenset(MACHINES)
# The way back of who owns the house: no charter takes these away, and none gives them to others.
KEPT: Final = frozenset(
    {"workspace.open", "people.manage", "token.manage", "bridge.manage", "charter.edit", "charter.publish", "erasure.ask"}
)
# Besides whom a charter names: who owns the house ends a show and mends its charter, whatever was published.
LIFELINE: Final = frozenset({"show.run", "charter.take"})
OPEN: Final = frozenset(
    {
        "charter.sign",
        "charter.read",
        "name.own",
        "roster.own",
        "duty.take",
        "asking.answer",
        "channel.post",
        "channel.read",
        "standby.answer",
    }
)  # of every member, whatever they do
PEOPLE_DUTIES: Final = frozenset(duty for duty, roles in CHARTER.items() if roles - NOT_PEOPLE)
READING: Final = frozenset(duty for duty in PEOPLE_DUTIES if duty.endswith(".read"))
# What a charter must give to somebody: every command that a person may ever send.
GRANTED: Final = PEOPLE_DUTIES - READING - KEPT - OPEN
HOUSE_WIDE: Final = frozenset(
    {"house.watch", "moderation.words", "staff.mark"}
)  # of the workspace's log: no show's need opens them

AGREED_WITHIN_S: Final = 60  # where a duty has no time of its own

Holders = tuple[frozenset[str], frozenset[str], frozenset[str]]


Held = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class First:
    """`does` may give the commands of a duty once each of `asked` agreed, or, unanswered for so long, one who `answers`."""

    does: frozenset[str]
    asked: tuple[str, ...]
    answers: tuple[str, ...]
    within_s: int


Firsts = Mapping[str, tuple[First, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """`by_phase`: the roles that carry each duty, in a phase or in any (None); `roles` in the order of precedence.

    `firsts`: the duties of which somebody must agree before a command counts; `tells`: the roles that are told when one was given.
    """

    version: int
    roles: tuple[str, ...]
    by_phase: Mapping[Phase | None, Held]
    firsts: Mapping[Phase | None, Firsts] = field(default_factory=dict[Phase | None, Firsts])
    tells: Mapping[Phase | None, Held] = field(default_factory=dict[Phase | None, Held])

    def role(self, roles: frozenset[str], duty: str, phase: Phase | None = None) -> str | None:
        """The first of `roles` that carries the duty, in a phase or in any (None); None when none does. At every command: under a microsecond."""
        held = self.by_phase[phase].get(duty)
        if held is None:
            return None
        found: str | None = None
        for role in roles:
            if role in held:
                if found is not None:
                    return next(each for each in self.roles if each in held and each in roles)
                found = role
        return found

    def first(self, roles: frozenset[str], duty: str, phase: Phase | None = None) -> First | None:
        """Who must agree first when somebody with these roles gives a command of the duty; None: nobody. At every command.

        Whoever may by another role, or is themselves all who would be asked, asks nobody.
        """
        rows = self.firsts.get(phase, {}).get(duty)
        if rows is None or (roles & self.held(duty, phase)).difference(*(each.does for each in rows)):
            return None
        return next((each for each in rows if not roles.isdisjoint(each.does) and not roles.issuperset(each.asked)), None)

    def told(self, duty: str, phase: Phase | None = None) -> frozenset[str]:
        """The roles that are told when a command of the duty was given."""
        return self.tells.get(phase, {}).get(duty, frozenset())

    def held(self, duty: str, phase: Phase | None = None) -> frozenset[str]:
        """The roles that carry the duty, in a phase or in any (None)."""
        return self.by_phase[phase].get(duty, frozenset())


def _table(version: int, roles: tuple[str, ...], holders: Mapping[str, Holders]) -> Table:
    by_phase: dict[Phase | None, Held] = {
        phase: {duty: held[place] for duty, held in holders.items()} for place, phase in enumerate(PHASES)
    }
    by_phase[None] = {duty: frozenset[str]().union(*held) for duty, held in holders.items()}
    return Table(version, roles, by_phase)


def compile_charter(charter: Charter, version: int) -> Table:
    """The table of a charter. What machines hold, what the owner keeps and what nobody restricts is of the house."""
    roles = tuple(each.role_id for each in charter.roles)
    holders = _without_charter(frozenset(roles) | CREW)
    for name in sorted({name for duty in charter.duties for name in duty.reads} & READING):
        holders[name] = _everywhere(CHARTER[name] & NOT_PEOPLE)
    for duty in charter.duties:
        _give(holders, duty)
    _forbid(holders, charter.duties)
    for name in GRANTED - set(charter.knows) if charter.knows else ():
        holders[name] = _everywhere(CHARTER[name])
    for name in LIFELINE:
        holders[name] = _with(holders[name], frozenset({"owner"}), PHASES)
    table = _table(version, (*roles, *(role for role in ROLES if role not in roles)), holders)
    places: tuple[Phase | None, ...] = (*PHASES, None)
    return replace(
        table,
        firsts={phase: _firsts(charter, phase) for phase in places},
        tells={phase: _tells(charter, phase) for phase in places},
    )


def _without_charter(everybody: frozenset[str]) -> dict[str, Holders]:
    holders = {duty: _everywhere(held) for duty, held in CHARTER.items()}
    for duty in PEOPLE_DUTIES - KEPT:
        machines = CHARTER[duty] & NOT_PEOPLE
        holders[duty] = _everywhere(machines | everybody - NOT_PEOPLE if duty in READING | OPEN else machines)
    return holders


def _give(holders: dict[str, Holders], duty: CharterDuty) -> None:
    may, sees = cells_of(duty, MAY), cells_of(duty, SEES)
    for name in duty.grants:
        if name in GRANTED:
            holders[name] = _with(holders[name], may, duty.phases)
    for name in duty.reads:
        if name in READING:
            holders[name] = _with(holders[name], sees, PHASES)


def _forbid(holders: dict[str, Holders], duties: Iterable[CharterDuty]) -> None:
    """禁 is stronger than what another duty gives."""
    for duty in duties:
        never = cells_of(duty, frozenset[Cell]({"X"}))
        for name in duty.grants if never else ():
            if name in GRANTED:
                holders[name] = _without(holders[name], never, duty.phases)
        for name in duty.reads if never else ():
            if name in READING:
                holders[name] = _without(holders[name], never, PHASES)


def _by_grant(charter: Charter, phase: Phase | None, kinds: frozenset[Cell]) -> dict[str, list[CharterDuty]]:
    """By a command's duty all that give it in a phase (None: in any), where one of them has such a cell."""
    found: dict[str, list[CharterDuty]] = {}
    for duty in charter.duties:
        if phase is None or phase in duty.phases:
            for name in duty.grants:
                found.setdefault(name, []).append(duty)
    return {
        name: rows
        for name, rows in found.items()
        if name in GRANTED and any(not kinds.isdisjoint(each.cells.values()) for each in rows)
    }


def _firsts(charter: Charter, phase: Phase | None) -> Firsts:
    return {name: _first_of(charter, rows) for name, rows in _by_grant(charter, phase, AGREES).items()}


def _first_of(charter: Charter, rows: list[CharterDuty]) -> tuple[First, ...]:
    """Who answers for it asks nobody, and neither does who may by another duty that asks for nothing."""
    asking = [each for each in rows if cells_of(each, AGREES)]
    free = frozenset[str]().union(
        *(cells_of(each, frozenset[Cell]({"A"})) for each in asking),
        *(cells_of(each, MAY) for each in rows if each not in asking),
    )
    return tuple(
        First(
            does=cells_of(each, DOES) - free,
            asked=_in_order(charter, cells_of(each, AGREES)),
            answers=_in_order(charter, cells_of(each, ANSWERS)),
            within_s=each.within_s or AGREED_WITHIN_S,
        )
        for each in asking
    )


def _in_order(charter: Charter, roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(each.role_id for each in charter.roles if each.role_id in roles)


def _tells(charter: Charter, phase: Phase | None) -> Held:
    rows = _by_grant(charter, phase, TOLD)
    return {name: frozenset[str]().union(*(cells_of(each, TOLD) for each in found)) for name, found in rows.items()}


def cells_of(duty: CharterDuty, kinds: frozenset[Cell]) -> frozenset[str]:
    """The roles whose cell is one of these."""
    return frozenset(role for role, cell in duty.cells.items() if cell in kinds)


def _everywhere(roles: frozenset[str]) -> Holders:
    return (roles, roles, roles)


def _with(holders: Holders, roles: frozenset[str], phases: Iterable[Phase]) -> Holders:
    before, on_air, after = (held | roles if phase in phases else held for phase, held in zip(PHASES, holders, strict=True))
    return (before, on_air, after)


def _without(holders: Holders, roles: frozenset[str], phases: Iterable[Phase]) -> Holders:
    before, on_air, after = (held - roles if phase in phases else held for phase, held in zip(PHASES, holders, strict=True))
    return (before, on_air, after)


FIXED: Final = _table(0, ROLES, {duty: _everywhere(held) for duty, held in CHARTER.items()})
"""Version 0: the table the house came with, the same in every phase."""
