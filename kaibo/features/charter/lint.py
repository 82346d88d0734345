"""What is wrong with a charter, found by looking at every duty, role, phase and person; each finding by name, with its cells and a fix."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from kaibo.features.charter.facts import Cell, CellChange, Charter, CharterDuty, Phase, Separation
from kaibo.features.charter.table import ANSWERS, DOES, GRANTED, MAY, PHASES, cells_of, compile_charter

FindingKind = Literal[
    "gap",
    "overlap",
    "accountable",
    "overload",
    "orphan_command",
    "orphan_duty",
    "separation",
    "too_few",
    "single_point",
    "unreachable",
    "no_evidence",
    "lost",
    "vacant",
]
# Publishing waits for these: a duty nobody does, two who decide, a command nobody may give, a rule of two that one person is both.
STOPS: Final = frozenset[FindingKind]({"gap", "accountable", "orphan_command", "separation", "too_few"})
LIVE_DUTIES_MAX: Final = 12  # of one role at once on air: more is not looked after

Roles = frozenset[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` names it for good; `cells` are (duty_id, role_id); `fix` changes cells so that it is gone, empty where a person must think."""

    kind: FindingKind
    key: str
    duties: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    phase: Phase | None = None
    number: int = 0
    fix: tuple[CellChange, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether publishing must wait for it."""
        return self.kind in STOPS


@dataclass(frozen=True)
class Team:
    """Who holds which roles, by person_id."""

    people: Mapping[str, Roles] = field(default_factory=dict[str, Roles])

    def holding(self, roles: Roles) -> tuple[str, ...]:
        """The people who hold any of these roles."""
        return tuple(person for person, held in self.people.items() if not held.isdisjoint(roles))


def lint(charter: Charter, team: Team, granted: frozenset[str] = GRANTED) -> list[Finding]:
    """Every finding, those that stop publishing first. `granted`: the commands of the program that people give."""
    found = [
        *(finding for duty in charter.duties for finding in _of_duty(charter, duty)),
        *_overloads(charter),
        *_orphan_commands(charter, granted),
        *(finding for each in charter.separations for finding in _separations(charter, each, team)),
        *(finding for duty in charter.duties for finding in _of_people(duty, team)),
        *_lost(charter, team),
        *_vacant(charter, team),
    ]
    return sorted(found, key=lambda finding: not finding.stops)


def _of_duty(charter: Charter, duty: CharterDuty) -> Iterator[Finding]:
    known = frozenset(each.role_id for each in charter.roles)
    does, answers = cells_of(duty, DOES) & known, cells_of(duty, ANSWERS) & known
    if not does:
        yield _gap(charter, duty, answers, known)
    if len(does) > 1 and not duty.split:
        yield _overlap(charter, duty, does)
    if len(answers) != 1:
        yield _accountable(charter, duty, does, answers)
    if not duty.evidence and not duty.proof:
        yield _found("no_evidence" if duty.grants else "orphan_duty", duty)


def _gap(charter: Charter, duty: CharterDuty, answers: Roles, known: Roles) -> Finding:
    return _found("gap", duty, fix=_change(duty, {_first(charter, answers or known): "RA" if answers else "R"}))


def _overlap(charter: Charter, duty: CharterDuty, does: Roles) -> Finding:
    first = _first(charter, does)
    spare: dict[str, Cell | None] = {role: "A" if duty.cells[role] == "RA" else "I" for role in does if role != first}
    return _found("overlap", duty, _in_order(charter, does), fix=_change(duty, spare))


def _accountable(charter: Charter, duty: CharterDuty, does: Roles, answers: Roles) -> Finding:
    if answers:
        keep = _first(charter, answers)
        fewer: dict[str, Cell | None] = {role: "R" if duty.cells[role] == "RA" else "I" for role in answers if role != keep}
        return _found("accountable", duty, _in_order(charter, answers), fix=_change(duty, fewer), number=len(answers))
    fix = _change(duty, {_first(charter, does): "RA"}) if does else ()
    return _found("accountable", duty, fix=fix)


def _overloads(charter: Charter) -> Iterator[Finding]:
    for role in charter.roles:
        for phase in PHASES:
            theirs = [duty for duty in charter.duties if phase in duty.phases and duty.cells.get(role.role_id) in DOES]
            if phase == "on_air" and len(theirs) > LIVE_DUTIES_MAX:
                cells = tuple((duty.duty_id, role.role_id) for duty in theirs)
                yield Finding(
                    "overload",
                    f"overload/{role.role_id}/{phase}",
                    tuple(duty.duty_id for duty in theirs),
                    (role.role_id,),
                    cells=cells,
                    phase=phase,
                    number=len(theirs),
                )


def _orphan_commands(charter: Charter, granted: frozenset[str]) -> Iterator[Finding]:
    """By the compiled table: what is written and then forbidden to all who do it is given to nobody. A gap says so already."""
    table = compile_charter(charter, 0)
    roles = frozenset(each.role_id for each in charter.roles)
    gaps = {name for duty in charter.duties if not cells_of(duty, DOES) & roles for name in duty.grants}
    for name in sorted(granted - gaps):
        if not table.held(name) & roles:
            yield Finding("orphan_command", f"orphan_command/{name}", (name,))


def _lost(charter: Charter, team: Team) -> Iterator[Finding]:
    """People whose every role the charter no longer has: they could only look."""
    roles = frozenset(each.role_id for each in charter.roles)
    for person, held in sorted(team.people.items()):
        if held and not held & roles:
            yield Finding("lost", f"lost/{person}", roles=tuple(sorted(held)), people=(person,))


def _vacant(charter: Charter, team: Team) -> Iterator[Finding]:
    """Roles that nobody holds, where only such do a duty: for people it is a gap as if no cell said who does it."""
    held = frozenset[str]().union(*team.people.values())
    known = frozenset(each.role_id for each in charter.roles)
    undone = [duty for duty in charter.duties if not cells_of(duty, DOES) & known & held]
    for role in charter.roles if team.people else ():
        theirs = tuple(duty.duty_id for duty in undone if duty.cells.get(role.role_id) in DOES)
        if theirs:
            cells = tuple((duty_id, role.role_id) for duty_id in theirs)
            yield Finding("vacant", f"vacant/{role.role_id}", theirs, (role.role_id,), cells=cells, number=len(theirs))


def _separations(charter: Charter, separation: Separation, team: Team) -> Iterator[Finding]:
    duties = [duty for duty in charter.duties if duty.duty_id in separation.duties]
    if len(duties) < len(separation.duties):
        return
    names = tuple(duty.duty_id for duty in duties)
    doing = [frozenset(team.holding(cells_of(duty, DOES))) for duty in duties]
    for person in sorted(doing[0].intersection(*doing[1:])):
        cells = tuple(cell for duty in duties for cell in _cells_held(duty, team.people[person]))
        yield Finding("separation", f"separation/{separation.separation_id}/{person}", names, people=(person,), cells=cells)
    yield from _too_few(duties, names, separation, team)


def _too_few(duties: list[CharterDuty], names: tuple[str, ...], separation: Separation, team: Team) -> Iterator[Finding]:
    able = [frozenset(team.holding(cells_of(duty, MAY))) for duty in duties]
    everybody = frozenset[str]().union(*able)
    if all(able) and len(everybody) < separation.people:
        key = f"too_few/{separation.separation_id}"
        yield Finding("too_few", key, names, people=tuple(sorted(everybody)), number=separation.people)


def _cells_held(duty: CharterDuty, held: Roles) -> list[tuple[str, str]]:
    return [(duty.duty_id, role) for role in sorted(cells_of(duty, DOES) & held)]


def _of_people(duty: CharterDuty, team: Team) -> Iterator[Finding]:
    """What a team can say only when it has people: whoever answers must exist, and an emergency must not hang on one."""
    if not team.people:
        return
    able, answering = team.holding(cells_of(duty, MAY)), team.holding(cells_of(duty, ANSWERS))
    if not answering and cells_of(duty, ANSWERS):
        yield _found("unreachable", duty, tuple(sorted(cells_of(duty, ANSWERS))))
    if duty.emergency and len(able) == 1:
        yield _found("single_point", duty, tuple(sorted(cells_of(duty, MAY))), people=able)


def _found(
    kind: FindingKind,
    duty: CharterDuty,
    roles: tuple[str, ...] = (),
    *,
    people: tuple[str, ...] = (),
    fix: tuple[CellChange, ...] = (),
    number: int = 0,
) -> Finding:
    cells = tuple((duty.duty_id, role) for role in roles) or tuple((change.duty_id, change.role_id) for change in fix)
    return Finding(kind, f"{kind}/{duty.duty_id}", (duty.duty_id,), roles, people, cells, None, number, fix)


def _change(duty: CharterDuty, cells: Mapping[str, Cell | None]) -> tuple[CellChange, ...]:
    return tuple(
        CellChange(duty_id=duty.duty_id, role_id=role, was=duty.cells.get(role), cell=cell)
        for role, cell in cells.items()
        if role
    )


def _first(charter: Charter, roles: Iterable[str]) -> str:
    return next(iter(_in_order(charter, roles)), "")


def _in_order(charter: Charter, roles: Iterable[str]) -> tuple[str, ...]:
    wanted = frozenset(roles)
    return tuple(each.role_id for each in charter.roles if each.role_id in wanted)
