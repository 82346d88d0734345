"""HOUSE_CHARTER: what is drafted and published; HOLDING: who held which roles when; both on the workspace's stream. IN_FORCE: which charter a show goes by."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Lines
from kaibo.core.slice import Slice, Touched
from kaibo.features.charter.facts import (
    Cell,
    CellChange,
    CellsChanged,
    Charter,
    CharterAdopted,
    CharterDrafted,
    CharterDuty,
    CharterPublished,
    CharterSigned,
    DraftDropped,
    DutyStruck,
    DutyWritten,
    Phase,
    RoleStruck,
    RoleWritten,
)
from kaibo.features.charter.lint import LIVE_DUTIES_MAX
from kaibo.features.charter.shipped import fixed, seven
from kaibo.features.charter.table import (
    ANSWERS,
    DOES,
    FIXED,
    GRANTED,
    HOUSE_WIDE,
    MAY,
    PEOPLE_DUTIES,
    PHASES,
    READING,
    Table,
    cells_of,
    compile_charter,
)
from kaibo.features.show.slices import STAGE, ShowNow
from kaibo.features.workspace.facts import PersonAdded, PersonRemoved, PersonRenamed, RolesChanged

T = TypeVar("T")

DRAFT, PUBLISHED, SIGNED = "draft", "published", "signed"  # what is touched


@dataclass(slots=True)
class HouseCharter:
    """`draft` and `preset` it was begun from: None while nobody drafts. `published` None while the house goes by its fixed table, version 0.

    `begun`: the draft as it was begun, when nothing is published that it could be compared with. `signed`: the version each member signed last, and for which roles. `versions`: from when (ms UTC) the house went by
    which charter. `changed_seq`: of the last change of the draft.
    """

    draft: Charter | None = None
    preset: str = ""
    begun: Charter | None = None
    published: Charter | None = None
    table: Table = FIXED
    signed: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict[str, tuple[int, tuple[str, ...]]])
    changed_seq: int = 0
    versions: list[tuple[int, Charter | None, Table]] = field(default_factory=lambda: [(0, None, FIXED)])

    def at(self, instant: int) -> tuple[Charter | None, Table]:
        """What the house went by at an instant (ms UTC)."""
        _, charter, table = next(each for each in reversed(self.versions) if each[0] <= instant)
        return charter, table

    def has_signed(self, person_id: str, roles: tuple[str, ...]) -> bool:
        """Whether a member signed the version that stands, as it reads for these roles."""
        return self.version > 0 and self.signed.get(person_id) == (self.version, roles)

    @property
    def version(self) -> int:
        """0 for the table the house came with."""
        return self.table.version

    @property
    def stands(self) -> Charter:
        """What the house goes by."""
        return fixed() if self.published is None else self.published


def fold_charter(house: HouseCharter, event: Event[Fact]) -> Iterable[str]:
    """Drafted, changed, published, signed."""
    match event.fact:
        case CharterDrafted(preset=preset, charter=charter):
            house.draft, house.preset, house.begun = charter, preset, house.published or charter
        case DraftDropped():
            house.draft = None
        case CharterPublished(version=version, charter=charter):
            house.draft, house.published, house.table = None, charter, compile_charter(charter, version)
            house.versions.append((event.at, charter, house.table))
            return (DRAFT, PUBLISHED)
        case CharterSigned(person_id=person_id, version=version, roles=roles):
            house.signed[person_id] = (version, roles)
            return (SIGNED,)
        case _ if house.draft is not None:
            house.draft = edited(house.draft, event.fact)
        case _:
            return ()
    house.changed_seq = event.seq
    return (DRAFT,)


def edited(charter: Charter, fact: Fact) -> Charter:
    """The charter as it reads after a change."""
    match fact:
        case CellsChanged(changes=changes):
            return with_cells(charter, changes)
        case DutyWritten(duty=duty):
            return replace(charter, duties=_put(charter.duties, duty, lambda each: each.duty_id))
        case DutyStruck(duty_id=duty_id):
            return replace(charter, duties=tuple(each for each in charter.duties if each.duty_id != duty_id))
        case RoleWritten(role=role):
            return replace(charter, roles=_put(charter.roles, role, lambda each: each.role_id))
        case RoleStruck(role_id=role_id):
            return _without_role(charter, role_id)
        case _:
            return charter


def _without_role(charter: Charter, role_id: str) -> Charter:
    roles = tuple(each for each in charter.roles if each.role_id != role_id)
    return replace(charter, roles=roles, duties=tuple(_without(each, role_id) for each in charter.duties))


def with_cells(charter: Charter, changes: Iterable[CellChange]) -> Charter:
    """The charter with these cells; a change of a duty it has not is nothing."""
    by_duty: dict[str, list[CellChange]] = {}
    for change in changes:
        by_duty.setdefault(change.duty_id, []).append(change)
    return replace(charter, duties=tuple(_set(each, by_duty.get(each.duty_id, ())) for each in charter.duties))


def _set(duty: CharterDuty, changes: Iterable[CellChange]) -> CharterDuty:
    cells = dict(duty.cells)
    for change in changes:
        cells.pop(change.role_id, None)
        if change.cell is not None:
            cells[change.role_id] = change.cell
    return duty if cells == duty.cells else replace(duty, cells=cells)


def _without(duty: CharterDuty, role_id: str) -> CharterDuty:
    return replace(duty, cells={role: cell for role, cell in duty.cells.items() if role != role_id})


def _put(rows: tuple[T, ...], row: T, key: Callable[[T], str]) -> tuple[T, ...]:
    found = tuple(row if key(each) == key(row) else each for each in rows)
    return found if row in found else (*found, row)


def stand_ins(charter: Charter) -> dict[str, frozenset[str]]:
    """By role, the roles that take its work when nobody else can."""
    covered = dict.fromkeys(other for each in charter.roles for other in each.stands_in)
    return {role: frozenset(each.role_id for each in charter.roles if role in each.stands_in) for role in covered}


def owners(charter: Charter) -> dict[str, tuple[str, ...]]:
    """By duty of the trade (duty_id of the shipped charter), the roles it is of by this one: who does it, who answers for it, who is asked.

    Where a charter does not speak of it, it is of whom the trade gives it to; has it no such role, of whoever may give its commands, and
    of work without any, of whoever plans tasks.
    """
    by_id, here = {each.duty_id: each for each in charter.duties}, {each.role_id for each in charter.roles}
    found: dict[str, tuple[str, ...]] = {}
    for duty in seven().duties:
        own = by_id.get(duty.duty_id)
        trade = tuple(role for role in _of(seven(), [duty]) if role in here)
        found[duty.duty_id] = (
            _of(charter, [own])
            if own is not None
            else trade or _of(charter, [each for each in charter.duties if (*duty.grants, "task.plan")[0] in each.grants])
        )
    return found


def lines(charter: Charter) -> dict[str, Lines]:
    """By duty of the trade, the roles that do it and those that answer for it; as the trade has it where a charter does not speak of it."""
    rows, here = {each.duty_id: each for each in (*seven().duties, *charter.duties)}, [each.role_id for each in charter.roles]
    return {
        duty_id: (tuple(role for role in here if role in doing(row)), tuple(role for role in here if role in answerable(row)))
        for duty_id, row in rows.items()
    }


def _of(charter: Charter, rows: Collection[CharterDuty]) -> tuple[str, ...]:
    kinds: tuple[frozenset[Cell], ...] = (DOES, ANSWERS, frozenset({"C"}))
    ranks = [frozenset[str]().union(*(cells_of(row, kind) for row in rows)) for kind in kinds]
    return tuple(dict.fromkeys(each.role_id for rank in ranks for each in charter.roles if each.role_id in rank))


def wanted_roles(charter: Charter, phase: Phase) -> dict[str, tuple[str, ...]]:
    """The roles that do something in this phase of a show or a later one, each with these duties; who owns the house needs no seat."""
    ahead = frozenset(PHASES[PHASES.index(phase) :])
    due = [duty for duty in charter.duties if ahead.intersection(duty.phases)]
    wanted = {each.role_id: tuple(duty.duty_id for duty in due if duty.cells.get(each.role_id) in DOES) for each in charter.roles}
    return {role: duties for role, duties in wanted.items() if duties and role != "owner"}


def giving(charter: Charter, duty: str, phase: Phase) -> list[CharterDuty]:
    """The duties of a charter that give a command's duty in a phase."""
    return [each for each in charter.duties if duty in each.grants and phase in each.phases]


def answering(charter: Charter, duty: str, phase: Phase) -> tuple[str, ...]:
    """The roles that answer for a command's duty in a phase, in the charter's order."""
    answers = {role for each in giving(charter, duty, phase) for role in cells_of(each, ANSWERS)}
    return tuple(each.role_id for each in charter.roles if each.role_id in answers)


def forbidden(charter: Charter, duty: str, phase: Phase) -> frozenset[str]:
    """The roles that may not give a command's duty in a phase, or see a view's, whatever the need (禁)."""
    rows = [*giving(charter, duty, phase), *(each for each in charter.duties if duty in each.reads)]
    return frozenset(role for each in rows for role in cells_of(each, frozenset[Cell]({"X"})))


def parted(charter: Charter, duty: str, roles: Collection[str], others: Collection[str]) -> bool:
    """Whether who has these roles, and took the duties `others` besides, would be alone with all that is kept apart, had they this one too."""
    by_id = {each.duty_id: each for each in charter.duties}

    def theirs(row: CharterDuty) -> bool:
        return not cells_of(row, MAY).isdisjoint(roles) or not {duty, *others}.isdisjoint(row.grants)

    whole = [each for each in charter.separations if all(one in by_id for one in each.duties)]
    apart = [[by_id[one] for one in each.duties] for each in whole]
    return any(all(map(theirs, rows)) and any(duty in row.grants for row in rows) for rows in apart)


def takeable(duty: str) -> bool:
    """Whether the commands of a duty may ever be somebody else's on a show: neither the owner's alone, nor a machine's, nor everybody's."""
    return duty in GRANTED - HOUSE_WIDE


def stood_in(duty: str) -> bool:
    """Whether it goes along with a role that somebody stands in for on a show: what may be taken, and what one must see for it."""
    return takeable(duty) or duty in READING


def of_people() -> frozenset[str]:
    """Every command and view that a charter gives to people, or could."""
    return PEOPLE_DUTIES


def written_as(charter: Charter | None) -> Charter:
    """None stands for the table the house came with."""
    return fixed() if charter is None else charter


def doing(duty: CharterDuty) -> frozenset[str]:
    """The roles that do it."""
    return cells_of(duty, DOES)


def answerable(duty: CharterDuty) -> frozenset[str]:
    """The roles that answer for it."""
    return cells_of(duty, ANSWERS)


def too_many(duties: int) -> bool:
    """More duties at once on air than anybody looks after."""
    return duties > LIVE_DUTIES_MAX


HOUSE_CHARTER: Slice[HouseCharter] = Slice(
    name="charter.house",
    reads=(
        CharterDrafted,
        CellsChanged,
        DutyWritten,
        DutyStruck,
        RoleWritten,
        RoleStruck,
        DraftDropped,
        CharterPublished,
        CharterSigned,
    ),
    state=HouseCharter,
    fold=fold_charter,
)

_PHASE: Final[dict[str, Phase]] = {"planned": "before", "live": "on_air", "ended": "after"}


@dataclass(slots=True)
class InForce:
    """`adopted`: the charter this show goes by; None while it goes by that of the house.

    `turns`: from when (ms UTC) which phase, charter and table.
    """

    show: ShowNow
    adopted: Table | None = None
    charter: Charter | None = None
    turns: list[tuple[int, Phase, Charter | None, Table | None]] = field(default_factory=lambda: [(0, "before", None, None)])

    def at(self, instant: int, house: HouseCharter) -> tuple[Phase, Charter | None, Table]:
        """The phase this show was in at an instant (ms UTC), and what it went by; a charter of None is the table the house came with."""
        _, phase, charter, table = next(each for each in reversed(self.turns) if each[0] <= instant)
        if table is None:
            charter, table = house.at(instant if phase == "before" else self.show.aired_at or instant)
        return phase, charter, table

    @property
    def phase(self) -> Phase:
        """Before, on air or after."""
        return _PHASE[self.show.stage]

    @property
    def kept(self) -> Table:
        """What a show that went on air says by itself that it goes by."""
        return FIXED if self.adopted is None else self.adopted

    def told(self, duty: str) -> frozenset[str]:
        """The roles that are told when a command of the duty was given now. At every fact: most charters tell nobody."""
        kept = self.kept
        return kept.told(duty, self.phase) if kept.tells else frozenset()

    def covers(self, house: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
        """By role those that stand in for it: by what the show adopted, until then as in the house."""
        return house if self.adopted is None else stand_ins(written_as(self.charter))

    def table(self, house: HouseCharter) -> Table:
        """What this show goes by: what it adopted; until then that of the house, of now or of the instant at which it went on air."""
        if self.adopted is not None:
            return self.adopted
        return house.table if self.show.aired_at is None else house.at(self.show.aired_at)[1]


def fold_in_force(state: InForce, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """A version is adopted, or the phase changes."""
    match event.fact:
        case CharterAdopted(version=version, charter=charter):
            state.adopted, state.charter = FIXED if charter is None else compile_charter(charter, version), charter
        case _ if not touched.of(STAGE):
            return ()
        case _:
            pass
    state.turns.append((event.at, state.phase, state.charter, state.adopted))
    return (PUBLISHED,)


IN_FORCE: Slice[InForce] = Slice(
    name="charter.in_force", reads=(CharterAdopted,), state=InForce, fold=fold_in_force, over=(STAGE,)
)


@dataclass(frozen=True, slots=True)
class Held:
    """From `at` (ms UTC) on a person held these roles; none when they left."""

    at: int
    name: str
    roles: tuple[str, ...]


@dataclass(slots=True)
class Holding:
    """Who held which roles when, by person_id, oldest first."""

    people: dict[str, list[Held]] = field(default_factory=dict[str, list[Held]])

    def at(self, instant: int) -> dict[str, Held]:
        """Everybody who belonged to the workspace at an instant (ms UTC), by person_id."""
        last = {
            person: next((held for held in reversed(each) if held.at <= instant), None) for person, each in self.people.items()
        }
        return {person: held for person, held in last.items() if held is not None and held.roles}


def fold_holding(holding: Holding, event: Event[Fact]) -> Iterable[str]:
    """Somebody joins, changes or leaves."""
    match event.fact:
        case PersonAdded(person_id=person_id, name=name, roles=roles):
            holding.people.setdefault(person_id, []).append(Held(event.at, name, roles))
        case RolesChanged(person_id=person_id, roles=roles):
            known = holding.people[person_id]
            known.append(Held(event.at, known[-1].name, roles))
        case PersonRenamed(person_id=person_id, name=name):
            known = holding.people[person_id]
            known.append(Held(event.at, name, known[-1].roles))
        case PersonRemoved(person_id=person_id):
            known = holding.people[person_id]
            known.append(Held(event.at, known[-1].name, ()))
        case _:
            return ()
    return (person_id,)


HOLDING: Slice[Holding] = Slice(
    name="charter.holding", reads=(PersonAdded, RolesChanged, PersonRenamed, PersonRemoved), state=Holding, fold=fold_holding
)
