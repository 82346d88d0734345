"""When a charter may be drafted, changed, published, signed and taken up by a show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context
from kaibo.core.slice import Touched
from kaibo.core.stream import SYSTEM
from kaibo.features.charter.commands import (
    AdoptCharter,
    ChangeCells,
    DraftCharter,
    DropDraft,
    PublishCharter,
    SignCharter,
    StrikeDuty,
    StrikeRole,
    TakeCharter,
    WriteDuty,
    WriteRole,
)
from kaibo.features.charter.facts import (
    DUTIES_MAX,
    ROLES_MAX,
    CellsChanged,
    Charter,
    CharterAdopted,
    CharterDrafted,
    CharterDuty,
    CharterPublished,
    CharterSigned,
    CharterTaken,
    DraftDropped,
    DutyStruck,
    DutyWritten,
    RoleStruck,
    RoleWritten,
)
from kaibo.features.charter.lint import Finding, Team, lint
from kaibo.features.charter.shipped import charter_of
from kaibo.features.charter.slices import HouseCharter, InForce
from kaibo.features.charter.table import GRANTED, NOT_PEOPLE, READING
from kaibo.features.workspace.slices import Names

CharterCommand = (
    DraftCharter
    | ChangeCells
    | WriteDuty
    | StrikeDuty
    | WriteRole
    | StrikeRole
    | DropDraft
    | PublishCharter
    | SignCharter
    | TakeCharter
    | AdoptCharter
)
OWNER = "owner"


class CharterNoDraft(Refusal):
    """Nobody drafts a charter now."""

    code = "charter.no_draft"


class CharterCellMoved(Refusal):
    """Somebody else changed this cell meanwhile: what is seen and what stands are both told."""

    code = "charter.cell_moved"
    duty: str
    role: str
    seen: str
    stands: str


class CharterRowMoved(Refusal):
    """Somebody else changed this duty or role meanwhile."""

    code = "charter.row_moved"
    id: str


class CharterDutyUnknown(Refusal):
    """The draft has no such duty."""

    code = "charter.duty_unknown"
    status = 404
    duty: str


class CharterRoleUnknown(Refusal):
    """The draft has no such role."""

    code = "charter.role_unknown"
    status = 404
    role: str


class CharterGrantUnknown(Refusal):
    """The program knows no such command or view that people have, or it is the owner's alone."""

    code = "charter.grant_unknown"
    status = 422
    duty: str


class CharterFull(Refusal):
    """More roles or duties than anybody looks after."""

    code = "charter.full"
    most: int


class CharterRoleReserved(Refusal):
    """The owner's role stays, and what machines act in is no role of people."""

    code = "charter.role_reserved"
    role: str


class CharterDraftMoved(Refusal):
    """Somebody changed the draft after it was last seen."""

    code = "charter.draft_moved"


class CharterOnAirOnly(Refusal):
    """A planned show goes by the charter of the house anyway, and one that ended keeps what it went by."""

    code = "charter.on_air_only"


class CharterOfTheHouse(Refusal):
    """Only the house hands a charter to a show: nobody brings one of their own."""

    code = "charter.of_the_house"
    status = 403


class CharterStops(Refusal):
    """Findings that publishing waits for."""

    code = "charter.stops"
    count: int


class CharterVersionPassed(Refusal):
    """It is not the version that comes next, or that stands: somebody published meanwhile."""

    code = "charter.version_passed"
    version: int
    expected: int


@dataclass(slots=True)
class CharterState:
    """On the workspace's stream `house` and `names` move, on a show's `in_force`; what does not happen on a stream stays as it began."""

    house: HouseCharter
    names: Names
    in_force: InForce


def fold(state: CharterState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slices."""
    del state, event, touched


def decide(state: CharterState, command: CharterCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case DraftCharter(preset=preset):
            return [CharterDrafted(preset=preset, charter=charter_of(preset, state.house.published))]
        case PublishCharter():
            return [_publish(state, command)]
        case SignCharter():
            return _sign(state, command, ctx)
        case TakeCharter():
            if not state.in_force.show.live:
                raise CharterOnAirOnly
            return [CharterTaken()]
        case AdoptCharter():
            return _adopt(state, command, ctx)
        case _:
            return _edit(_draft(state), command)


def _edit(draft: Charter, command: ChangeCells | WriteDuty | StrikeDuty | WriteRole | StrikeRole | DropDraft) -> Sequence[Fact]:
    match command:
        case ChangeCells():
            return _cells(draft, command)
        case WriteDuty():
            return _write_duty(draft, command)
        case StrikeDuty(duty_id=duty_id):
            _known(duty_id, (each.duty_id for each in draft.duties), CharterDutyUnknown(duty=duty_id))
            return [DutyStruck(duty_id=duty_id)]
        case WriteRole():
            return _write_role(draft, command)
        case StrikeRole(role_id=role_id):
            _known(role_id, (each.role_id for each in draft.roles), CharterRoleUnknown(role=role_id))
            if role_id == OWNER:
                raise CharterRoleReserved(role=role_id)
            return [RoleStruck(role_id=role_id)]
        case DropDraft():
            return [DraftDropped()]
        case _:
            assert_never(command)


def _draft(state: CharterState) -> Charter:
    if state.house.draft is None:
        raise CharterNoDraft
    return state.house.draft


def _cells(draft: Charter, command: ChangeCells) -> Sequence[Fact]:
    duties = {each.duty_id: each for each in draft.duties}
    roles = {each.role_id for each in draft.roles}
    for change in command.changes:
        _known(change.duty_id, duties, CharterDutyUnknown(duty=change.duty_id))
        _known(change.role_id, roles, CharterRoleUnknown(role=change.role_id))
        stands = duties[change.duty_id].cells.get(change.role_id)
        if stands not in (change.was, change.cell):
            raise CharterCellMoved(duty=change.duty_id, role=change.role_id, seen=change.was or "", stands=stands or "")
    news = tuple(each for each in command.changes if duties[each.duty_id].cells.get(each.role_id) != each.cell)
    return [CellsChanged(changes=news)] if news else []


def _write_duty(draft: Charter, command: WriteDuty) -> Sequence[Fact]:
    row = command.row
    stands = next((each for each in draft.duties if each.duty_id == row.duty_id), None)
    if stands == row:
        return []
    if stands != command.was:
        raise CharterRowMoved(id=row.duty_id)
    _check_row(draft, row)
    if stands is None and len(draft.duties) >= DUTIES_MAX:
        raise CharterFull(most=DUTIES_MAX)
    return [DutyWritten(duty=row)]


def _check_row(draft: Charter, row: CharterDuty) -> None:
    unknown = [*(name for name in row.grants if name not in GRANTED), *(name for name in row.reads if name not in READING)]
    if unknown:
        raise CharterGrantUnknown(duty=unknown[0])
    roles = {each.role_id for each in draft.roles}
    for role in row.cells:
        _known(role, roles, CharterRoleUnknown(role=role))


def _write_role(draft: Charter, command: WriteRole) -> Sequence[Fact]:
    role = command.role
    stands = next((each for each in draft.roles if each.role_id == role.role_id), None)
    if stands == role:
        return []
    if role.role_id in NOT_PEOPLE:
        raise CharterRoleReserved(role=role.role_id)
    if stands != command.was:
        raise CharterRowMoved(id=role.role_id)
    if stands is None and len(draft.roles) >= ROLES_MAX:
        raise CharterFull(most=ROLES_MAX)
    return [RoleWritten(role=role)]


def _publish(state: CharterState, command: PublishCharter) -> Fact:
    draft = _draft(state)
    if command.version != state.house.version + 1:
        raise CharterVersionPassed(version=command.version, expected=state.house.version + 1)
    if command.seen != state.house.changed_seq:
        raise CharterDraftMoved
    if stops := [each for each in findings_of(draft, state.names) if each.stops]:
        raise CharterStops(count=len(stops))
    charter = replace(draft, knows=tuple(sorted(GRANTED)))
    return CharterPublished(version=command.version, charter=charter, summary=command.summary.strip())


def _sign(state: CharterState, command: SignCharter, ctx: Context) -> Sequence[Fact]:
    if command.version != state.house.version:
        raise CharterVersionPassed(version=command.version, expected=state.house.version)
    member = state.names.members.get(ctx.actor.id)
    roles = () if member is None else member.roles
    if member is None or state.house.has_signed(ctx.actor.id, roles):
        return []
    return [CharterSigned(version=command.version, person_id=ctx.actor.id, roles=roles)]


def _adopt(state: CharterState, command: AdoptCharter, ctx: Context) -> Sequence[Fact]:
    if ctx.actor.id != SYSTEM.id:
        raise CharterOfTheHouse
    adopted = state.in_force.adopted
    if adopted is not None and adopted.version == command.version:
        return []
    return [CharterAdopted(version=command.version, charter=command.charter)]


def _known(name: str, among: Iterable[str], refusal: Refusal) -> None:
    if name not in among:
        raise refusal


def team_of(names: Names) -> Team:
    """Who holds which roles in the workspace."""
    return Team({person_id: frozenset(member.roles) for person_id, member in names.members.items()})


def findings_of(charter: Charter, names: Names) -> list[Finding]:
    """What is wrong with a charter for these people."""
    return lint(charter, team_of(names))
