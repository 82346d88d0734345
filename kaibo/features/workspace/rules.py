"""When people, roles and tokens may change."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.script import written
from kaibo.core.stream import SYSTEM
from kaibo.features.workspace.commands import (
    AddPerson,
    AskSecondStep,
    ChangeRoles,
    IssueToken,
    MarkStaff,
    OpenWorkspace,
    RemovePerson,
    RenamePerson,
    ResetSecondStep,
    RevokeToken,
    SetProvider,
    SettleWarning,
    WarnHouse,
)
from kaibo.features.workspace.facts import (
    MACHINES,
    MONITOR,
    SOURCE,
    HouseWarned,
    PersonAdded,
    PersonRemoved,
    PersonRenamed,
    ProviderSet,
    RolesChanged,
    SecondStepAsked,
    SecondStepReset,
    StaffMarked,
    TokenIssued,
    TokenRevoked,
    WarningSettled,
    WorkspaceOpened,
)
from kaibo.features.workspace.state import WorkspaceState

WorkspaceCommand = (
    AskSecondStep
    | ResetSecondStep
    | OpenWorkspace
    | AddPerson
    | ChangeRoles
    | RenamePerson
    | RemovePerson
    | IssueToken
    | RevokeToken
    | MarkStaff
    | WarnHouse
    | SettleWarning
    | SetProvider
)


GIVEN_BY_OWNERS = {"owner"}  # what nobody gives themselves
DAY_MS = 86_400_000


class WorkspaceOpenAlready(Refusal):
    """The workspace is made once."""

    code = "workspace.already_open"
    name: str


class PersonUnknown(Refusal):
    """No such person here."""

    code = "workspace.person_unknown"
    status = 404
    person_id: str


class PersonIdTaken(Refusal):
    """Another person has this id."""

    code = "workspace.person_id_taken"
    person_id: str


class NameBlank(Refusal):
    """A name of spaces is no name."""

    code = "workspace.name_blank"
    status = 422


class NameTaken(Refusal):
    """People sign in by name, so two do not share one."""

    code = "workspace.name_taken"
    name: str


class NameOfAnother(Refusal):
    """What somebody else is called, an owner says."""

    code = "workspace.name_of_another"
    status = 403
    person_id: str


class RoleUnknown(Refusal):
    """The charter knows no such role for people."""

    code = "workspace.unknown_role"
    status = 422
    role: str


class LastOwner(Refusal):
    """A workspace without an owner could never be mended."""

    code = "workspace.last_owner"
    person_id: str


class TokenUnknown(Refusal):
    """No such token."""

    code = "workspace.token_unknown"
    status = 404
    token_id: str


class TokenIdTaken(Refusal):
    """Another token has, or had, this id."""

    code = "workspace.token_id_taken"
    token_id: str


class TokenExpired(Refusal):
    """A token that has ended before it begins opens nothing."""

    code = "workspace.token_expired"
    status = 422
    expires_at: int


class MonitorTakesOne(Refusal):
    """A monitor's link shows one show and can do nothing else: whoever finds it must find no more."""

    code = "workspace.monitor_takes_one"
    status = 422


class DomainWithoutRoles(Refusal):
    """Whoever makes an account of their own needs a role to hold."""

    code = "workspace.domain_without_roles"
    status = 422


class DomainOwner(Refusal):
    """Nobody makes themselves an owner."""

    code = "workspace.domain_owner"
    status = 422


def decide(state: WorkspaceState, command: WorkspaceCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case OpenWorkspace():
            return [_open(state, command)]
        case AddPerson():
            return [_add(state, command)]
        case ChangeRoles() | RenamePerson() | RemovePerson():
            return _person_moves(state, command, ctx)
        case IssueToken():
            return [_issue(state, command, ctx)]
        case RevokeToken():
            return _revoke(state, command)
        case MarkStaff():
            return _mark(state, command)
        case AskSecondStep() | ResetSecondStep() | SetProvider():
            return _step(state, command, ctx)
        case WarnHouse() | SettleWarning():
            return _warn(state, command)
        case _:
            assert_never(command)


def _open(state: WorkspaceState, command: OpenWorkspace) -> WorkspaceOpened:
    if state.name is not None:
        raise WorkspaceOpenAlready(name=state.name)
    return WorkspaceOpened(name=_named(command.name))


def _add(state: WorkspaceState, command: AddPerson) -> PersonAdded:
    if command.person_id in state.names.members or command.person_id == SYSTEM.id:
        raise PersonIdTaken(person_id=command.person_id)
    name = _named(command.name)
    if state.is_taken(name):
        raise NameTaken(name=name)
    return PersonAdded(person_id=command.person_id, name=name, roles=_roles(command.roles, (*state.roles(), SOURCE)))


def _person_moves(state: WorkspaceState, command: ChangeRoles | RenamePerson | RemovePerson, ctx: Context) -> Sequence[Fact]:
    match command:
        case ChangeRoles():
            return _change(state, command)
        case RenamePerson():
            return _rename(state, command, ctx)
        case RemovePerson():
            return _remove(state, command)


def _rename(state: WorkspaceState, command: RenamePerson, ctx: Context) -> Sequence[Fact]:
    _person(state, command.person_id)
    if ctx.actor.id != command.person_id and ctx.actor.id not in state.owners():
        raise NameOfAnother(person_id=command.person_id)
    name, before = _named(command.name), state.names.members[command.person_id].name
    if name == before:
        return []
    if state.is_taken(name, but=command.person_id):
        raise NameTaken(name=name)
    return [PersonRenamed(person_id=command.person_id, name=name)]


def _change(state: WorkspaceState, command: ChangeRoles) -> Sequence[Fact]:
    before = _person(state, command.person_id)
    roles = _roles(command.roles, (*state.roles(), SOURCE))
    if roles == before:
        return []
    if "owner" not in roles:
        _check_not_last_owner(state, command.person_id)
    return [RolesChanged(person_id=command.person_id, roles=roles)]


def _remove(state: WorkspaceState, command: RemovePerson) -> Sequence[Fact]:
    _person(state, command.person_id)
    _check_not_last_owner(state, command.person_id)
    theirs = [token_id for token_id, token in state.tokens.items() if token.alive and token.made_by == command.person_id]
    return [PersonRemoved(person_id=command.person_id), *(TokenRevoked(token_id=token_id) for token_id in theirs)]


def _issue(state: WorkspaceState, command: IssueToken, ctx: Context) -> TokenIssued:
    if command.token_id in state.tokens or command.token_id == SYSTEM.id:
        raise TokenIdTaken(token_id=command.token_id)
    # A token may act as the system: that is how a platform's orders and comments come in.
    if MONITOR in command.roles and (len(set(command.roles)) > 1 or not command.show_id):
        raise MonitorTakesOne
    if command.expires_at is not None and command.expires_at <= ctx.at:
        raise TokenExpired(expires_at=command.expires_at)
    return TokenIssued(
        token_id=command.token_id,
        label=_named(command.label),
        roles=_roles(command.roles, (*MACHINES, *state.roles())),
        show_id=command.show_id,
        expires_at=command.expires_at,
    )


def _revoke(state: WorkspaceState, command: RevokeToken) -> Sequence[Fact]:
    token = state.tokens.get(command.token_id)
    if token is None:
        raise TokenUnknown(token_id=command.token_id)
    return [TokenRevoked(token_id=command.token_id)] if token.alive else []


def _mark(state: WorkspaceState, command: MarkStaff) -> Sequence[Fact]:
    source, viewer, staff = command.source, command.viewer, command.staff
    if ((source, viewer) in state.staff) is staff:
        return []
    return [StaffMarked(source=source, viewer=viewer, name=command.name.strip(), staff=staff)]


def _warn(state: WorkspaceState, command: WarnHouse | SettleWarning) -> Sequence[Fact]:
    standing = state.warnings.get(command.warning)
    match command:
        case WarnHouse(warning=warning, data=data):
            return [] if standing == data else [HouseWarned(warning=warning, data=data)]
        case SettleWarning(warning=warning):
            return [] if standing is None else [WarningSettled(warning=warning)]


def _step(state: WorkspaceState, command: AskSecondStep | ResetSecondStep | SetProvider, ctx: Context) -> Sequence[Fact]:
    """Asked again, the time to get ready is counted anew; that nobody is asked, twice, is no news."""
    if isinstance(command, ResetSecondStep):
        _person(state, command.person_id)
        return [SecondStepReset(person_id=command.person_id)]
    if isinstance(command, SetProvider):
        return [_provider(state, command)]
    if command.asked:
        return [SecondStepAsked(from_at=ctx.at + command.grace_days * DAY_MS)]
    return [SecondStepAsked()] if state.entry.step_from is not None else []


def _provider(state: WorkspaceState, command: SetProvider) -> ProviderSet:
    roles = _roles(command.roles, state.roles())
    if command.domains and not roles:
        raise DomainWithoutRoles
    if GIVEN_BY_OWNERS & set(roles):
        raise DomainOwner
    return ProviderSet(
        issuer=command.issuer,
        client_id=command.client_id.strip(),
        label=command.label.strip(),
        domains=tuple(each.strip().casefold().removeprefix("@") for each in command.domains),
        roles=roles if command.domains else (),
        groups=command.groups,
    )


def _person(state: WorkspaceState, person_id: str) -> tuple[str, ...]:
    member = state.names.members.get(person_id)
    if member is None:
        raise PersonUnknown(person_id=person_id)
    return member.roles


def _roles(roles: tuple[str, ...], known: Sequence[str]) -> tuple[str, ...]:
    """The same roles once each, in the charter's order. Raises RoleUnknown."""
    for role in roles:
        if role not in known:
            raise RoleUnknown(role=role)
    return tuple(role for role in known if role in roles)


def _named(name: str) -> str:
    if not (called := written(name)):
        raise NameBlank
    return called


def _check_not_last_owner(state: WorkspaceState, person_id: str) -> None:
    if state.owners() == {person_id}:
        raise LastOwner(person_id=person_id)
