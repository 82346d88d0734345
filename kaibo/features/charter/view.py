"""The charter as leads and members see it: the draft with its findings and effects, what is published, who signed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself
from kaibo.core.slice import Touched
from kaibo.features.charter.effects import effects
from kaibo.features.charter.facts import CellChange, CharterDrafted, CharterDuty, CharterPublished, CharterRole, Phase
from kaibo.features.charter.lint import Finding, FindingKind
from kaibo.features.charter.rules import findings_of
from kaibo.features.charter.slices import DRAFT, HOLDING, HOUSE_CHARTER, IN_FORCE, Holding, HouseCharter, InForce
from kaibo.features.charter.table import compile_charter
from kaibo.features.workspace.slices import NAMES, Names

HEAD_KEY = "charter"


class CharterHeadRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `charter.head`, one row, key `charter`: the version the house goes by, and whether a draft stands; by whom and when (ms UTC)."""

    version: int
    summary: str
    published_by: str
    published_at: int
    drafting: bool
    preset: str
    drafted_by: str
    drafted_at: int
    changed_seq: int
    stops: int
    unsigned: int


class CharterDutyRow(msgspec.Struct, frozen=True, kw_only=True):
    """Views `charter.draft` and `charter.duties`, key duty_id: a duty at its `place`.

    `changed`: roles whose cell differs from what is published, or from the preset while nothing is; `written`: the duty is new.
    """

    place: int
    duty: CharterDuty
    changed: tuple[str, ...] = ()
    written: bool = False


class CharterRoleRow(msgspec.Struct, frozen=True, kw_only=True):
    """Views `charter.draft_roles` and `charter.roles`, key role_id: a role at its `place`, and who holds it."""

    place: int
    role: CharterRole
    people: tuple[str, ...] = ()


class CharterFindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `charter.findings`, key the finding's: what is wrong with the draft, or, while nobody drafts, with what stands. `cells` are (duty_id, role_id); `fix` empty where people must think."""

    place: int
    kind: FindingKind
    stops: bool
    duties: tuple[str, ...]
    roles: tuple[str, ...]
    people: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    phase: Phase | None
    number: int
    fix: tuple[CellChange, ...]


class CharterEffectRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `charter.effects`, key `role/duty/sign`: what people of a role gain or lose when the draft is published."""

    role: str
    duty: str
    gained: bool
    phases: tuple[Phase, ...]


class SignatureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `charter.signatures`, key person_id: whether a member signed the page of the version that stands, as it reads for their roles."""

    person_id: str
    version: int
    signed: bool


class InForceRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `charter.in_force` of a show, key `charter`: the version it keeps, None while it goes by that of the house; the phase it is in."""

    version: int | None
    phase: Phase


@dataclass(slots=True)
class Head:
    """Who published and drafted, when."""

    house: HouseCharter
    names: Names
    holding: Holding
    published: tuple[str, int, str] = ("", 0, "")
    drafted: tuple[str, int] = ("", 0)


def fold_head(head: Head, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Whatever is drafted, published or signed, and whoever comes or goes."""
    match event.fact:
        case CharterPublished(summary=summary):
            head.published = (event.actor.id, event.at, summary)
        case _ if DRAFT in touched.of(HOUSE_CHARTER):
            head.drafted = (event.actor.id, event.at)
        case _:
            pass
    return (HEAD_KEY,)


def _head_keys(state: object) -> Iterable[str]:
    del state
    return (HEAD_KEY,)


def _head_row(head: Head, key: str) -> CharterHeadRow | None:
    if key != HEAD_KEY:
        return None
    house = head.house
    by, at, summary = head.published
    stops = [] if house.draft is None else [each for each in findings_of(house.draft, head.names) if each.stops]
    return CharterHeadRow(
        version=house.version,
        summary=summary,
        published_by=by,
        published_at=at,
        drafting=house.draft is not None,
        preset=house.preset,
        drafted_by=head.drafted[0],
        drafted_at=head.drafted[1],
        changed_seq=house.changed_seq,
        stops=len(stops),
        unsigned=sum(not _signed(house, head.names, person) for person in head.names.members) if house.version else 0,
    )


def _signed(house: HouseCharter, names: Names, person_id: str) -> bool:
    return house.has_signed(person_id, names.members[person_id].roles)


@dataclass(slots=True)
class Sheet:
    """Rows that are worked out anew when the charter or the people change: they are few, and each may follow from all."""

    house: HouseCharter
    names: Names
    rows: dict[str, msgspec.Struct] = field(default_factory=dict[str, msgspec.Struct])


Rows = Mapping[str, msgspec.Struct]


def _sheet(
    name: str, row: type[msgspec.Struct], rows: Callable[[Sheet], Rows], duty: str = "charter.read"
) -> View[msgspec.Struct]:
    def fold_sheet(sheet: Sheet, event: Event[Fact], touched: Touched) -> Iterable[str]:
        del event, touched
        before, sheet.rows = sheet.rows, dict(rows(sheet))
        return {key for key in before.keys() | sheet.rows.keys() if before.get(key) != sheet.rows.get(key)}

    return View(
        name=name,
        row=row,
        reads=(),
        state=Sheet,
        fold=fold_sheet,
        keys=lambda sheet: sheet.rows.keys(),
        get=lambda sheet, key: sheet.rows.get(key),
        duty=duty,
        over=(HOUSE_CHARTER, NAMES),
    )


def _draft_rows(sheet: Sheet) -> dict[str, CharterDutyRow]:
    if sheet.house.draft is None:
        return {}
    stood = {each.duty_id: each for each in (sheet.house.begun or sheet.house.draft).duties}
    return {each.duty_id: _duty_row(place, each, stood.get(each.duty_id)) for place, each in enumerate(sheet.house.draft.duties)}


def _duty_row(place: int, duty: CharterDuty, stood: CharterDuty | None) -> CharterDutyRow:
    before = {} if stood is None else stood.cells
    changed = tuple(sorted(role for role in before.keys() | duty.cells.keys() if before.get(role) != duty.cells.get(role)))
    return CharterDutyRow(place=place, duty=duty, changed=changed, written=stood is None)


def _duty_rows(sheet: Sheet) -> dict[str, CharterDutyRow]:
    return {each.duty_id: CharterDutyRow(place=place, duty=each) for place, each in enumerate(sheet.house.stands.duties)}


def _role_rows(sheet: Sheet, roles: Iterable[CharterRole]) -> dict[str, CharterRoleRow]:
    people = {person: member.roles for person, member in sheet.names.members.items()}
    return {
        each.role_id: CharterRoleRow(
            place=place, role=each, people=tuple(person for person, held in people.items() if each.role_id in held)
        )
        for place, each in enumerate(roles)
    }


def _draft_role_rows(sheet: Sheet) -> dict[str, CharterRoleRow]:
    return {} if sheet.house.draft is None else _role_rows(sheet, sheet.house.draft.roles)


def _published_role_rows(sheet: Sheet) -> dict[str, CharterRoleRow]:
    return _role_rows(sheet, sheet.house.stands.roles)


def _finding_rows(sheet: Sheet) -> dict[str, CharterFindingRow]:
    looked_at = sheet.house.draft or sheet.house.published
    if looked_at is None:
        return {}
    found = findings_of(looked_at, sheet.names)
    return {each.key: _finding_row(place, each) for place, each in enumerate(found)}


def _finding_row(place: int, found: Finding) -> CharterFindingRow:
    return CharterFindingRow(
        place=place,
        kind=found.kind,
        stops=found.stops,
        duties=found.duties,
        roles=found.roles,
        people=found.people,
        cells=found.cells,
        phase=found.phase,
        number=found.number,
        fix=found.fix,
    )


def _effect_rows(sheet: Sheet) -> dict[str, CharterEffectRow]:
    house = sheet.house
    if house.draft is None:
        return {}
    told = effects(house.table, compile_charter(house.draft, house.version + 1))
    return {
        f"{each.role}/{each.duty}/{'+' if each.gained else '-'}": CharterEffectRow(
            role=each.role, duty=each.duty, gained=each.gained, phases=each.phases
        )
        for each in told
    }


def _signature_rows(sheet: Sheet) -> dict[str, SignatureRow]:
    house = sheet.house
    if house.version == 0:
        return {}
    return {
        person: SignatureRow(person_id=person, version=house.version, signed=_signed(house, sheet.names, person))
        for person in sheet.names.members
    }


def fold_show(state: InForce, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """It takes a version up, or its phase changes."""
    del state, event
    return (HEAD_KEY,) if touched.of(IN_FORCE) else ()


def _in_force_row(state: InForce, key: str) -> InForceRow | None:
    if key != HEAD_KEY:
        return None
    return InForceRow(version=None if state.adopted is None else state.adopted.version, phase=state.phase)


HEAD = View(
    name="charter.head",
    row=CharterHeadRow,
    reads=(CharterPublished, CharterDrafted),
    state=Head,
    fold=fold_head,
    keys=_head_keys,
    get=_head_row,
    duty="charter.read",
    over=(HOUSE_CHARTER, NAMES, HOLDING),
)
SHOW = View(
    name="charter.in_force",
    row=InForceRow,
    reads=(),
    state=itself,
    fold=fold_show,
    keys=_head_keys,
    get=_in_force_row,
    duty="charter.read",
    over=(IN_FORCE,),
)
DRAFT_DUTIES = _sheet("charter.draft", CharterDutyRow, _draft_rows)
DRAFT_ROLES = _sheet("charter.draft_roles", CharterRoleRow, _draft_role_rows)
DUTIES = _sheet("charter.duties", CharterDutyRow, _duty_rows)
ROLES = _sheet("charter.roles", CharterRoleRow, _published_role_rows)
FINDINGS = _sheet("charter.findings", CharterFindingRow, _finding_rows)
EFFECTS = _sheet("charter.effects", CharterEffectRow, _effect_rows)
SIGNATURES = _sheet("charter.signatures", SignatureRow, _signature_rows)
VIEWS = (HEAD, DRAFT_DUTIES, DRAFT_ROLES, DUTIES, ROLES, FINDINGS, EFFECTS, SIGNATURES, SHOW)
