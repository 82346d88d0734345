"""The people of a workspace and its tokens, as the team page shows them."""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event
from kaibo.core.feature import View, row_of
from kaibo.features.workspace.facts import (
    PersonAdded,
    PersonRemoved,
    RolesChanged,
    StaffMarked,
    TokenIssued,
    TokenRevoked,
    WorkspaceOpened,
)

HEAD_KEY = "workspace"


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person; key is person_id."""

    person_id: str
    name: str
    roles: tuple[str, ...]


class TokenRow(msgspec.Struct, frozen=True, kw_only=True):
    """One API token; key is token_id. Revoked tokens leave the table."""

    token_id: str
    label: str
    roles: tuple[str, ...]
    issued_at: int


class WorkspaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.head`, one row, key `workspace`: the name people see."""

    name: str


class NameRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.names`, key person_id or token_id: who that was, for ever, also after they left. `kind` is person or token."""

    name: str
    kind: Literal["person", "token"]


class StaffRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.staff`, key `source/pseudonym`: an account of somebody of the team; `by` marked it at `at`."""

    source: str
    viewer: str
    name: str
    by: str
    at: int


def fold_staff(staff: dict[str, StaffRow], event: Event[Any]) -> Iterable[str]:
    """An account is the team's, or is not after all."""
    fact = event.fact
    key = f"{fact.source}/{fact.viewer}"
    if fact.staff:
        staff[key] = StaffRow(source=fact.source, viewer=fact.viewer, name=fact.name, by=event.actor.id, at=event.at)
    else:
        staff.pop(key, None)
    return (key,)


def fold_head(head: dict[str, WorkspaceRow], event: Event[Any]) -> Iterable[str]:
    """The name is given once."""
    head[HEAD_KEY] = WorkspaceRow(name=event.fact.name)
    return (HEAD_KEY,)


def fold_names(names: dict[str, NameRow], event: Event[Any]) -> Iterable[str]:
    """Somebody new acts here; nobody is ever taken out, because the logs of shows go on naming them."""
    match event.fact:
        case PersonAdded(person_id=key, name=name):
            names[key] = NameRow(name=name, kind="person")
        case TokenIssued(token_id=key, label=name):
            names[key] = NameRow(name=name, kind="token")
        case _:
            return ()
    return (key,)


def fold_people(people: dict[str, PersonRow], event: Event[Any]) -> Iterable[str]:
    """One person joins, changes or leaves."""
    fact = event.fact
    match fact:
        case PersonAdded():
            people[fact.person_id] = PersonRow(person_id=fact.person_id, name=fact.name, roles=fact.roles)
        case RolesChanged():
            people[fact.person_id] = replace(people[fact.person_id], roles=fact.roles)
        case PersonRemoved():
            people.pop(fact.person_id, None)
        case _:
            return ()
    return (fact.person_id,)


def fold_tokens(tokens: dict[str, TokenRow], event: Event[Any]) -> Iterable[str]:
    """One token comes or goes."""
    fact = event.fact
    match fact:
        case TokenIssued():
            tokens[fact.token_id] = TokenRow(token_id=fact.token_id, label=fact.label, roles=fact.roles, issued_at=event.at)
        case TokenRevoked():
            tokens.pop(fact.token_id, None)
        case _:
            return ()
    return (fact.token_id,)


HEAD = View(
    name="workspace.head",
    row=WorkspaceRow,
    reads=(WorkspaceOpened,),
    state=dict,
    fold=fold_head,
    keys=list,
    get=row_of,
    duty="show.read",
)
NAMES = View(
    name="workspace.names",
    row=NameRow,
    reads=(PersonAdded, TokenIssued),
    state=dict,
    fold=fold_names,
    keys=list,
    get=row_of,
    duty="people.read",
)
PEOPLE = View(
    name="workspace.people",
    row=PersonRow,
    reads=(PersonAdded, RolesChanged, PersonRemoved),
    state=dict,
    fold=fold_people,
    keys=list,
    get=row_of,
    duty="people.read",
)
TOKENS = View(
    name="workspace.tokens",
    row=TokenRow,
    reads=(TokenIssued, TokenRevoked),
    state=dict,
    fold=fold_tokens,
    keys=list,
    get=row_of,
    duty="token.manage",
)
STAFF = View(
    name="workspace.staff",
    row=StaffRow,
    reads=(StaffMarked,),
    state=dict,
    fold=fold_staff,
    keys=list,
    get=row_of,
    duty="people.read",
)
