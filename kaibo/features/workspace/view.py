"""The people of a workspace and its tokens, as the team page shows them."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself, row_of
from kaibo.core.slice import Touched
from kaibo.features.workspace.facts import (
    HouseWarned,
    StaffMarked,
    TokenIssued,
    TokenRevoked,
    WarningSettled,
    WorkspaceOpened,
)
from kaibo.features.workspace.slices import ENTRY, NAMES, Entry, Names

HEAD_KEY = "workspace"


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person; key is person_id."""

    person_id: str
    name: str
    roles: tuple[str, ...]


class TokenRow(msgspec.Struct, frozen=True, kw_only=True):
    """One API token; key is token_id. Revoked tokens leave the table. `show_id` "" for all, `expires_at` None for no end."""

    token_id: str
    label: str
    roles: tuple[str, ...]
    issued_at: int
    show_id: str = ""
    expires_at: int | None = None


class WorkspaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.head`, one row, key `workspace`: the name people see."""

    name: str


class NameRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.names`, key person_id or token_id: who that was, for ever, also after they left. `kind` is person or token."""

    name: str
    kind: Literal["person", "token"]


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.entry`, one row, key `entry`: from when (ms UTC) on a second step is asked, None of nobody.

    And the provider of the company's accounts, `issuer` "" for none.
    """

    step_from: int | None
    issuer: str = ""
    client_id: str = ""
    label: str = ""
    domains: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class StaffRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.staff`, key `source/pseudonym`: an account of somebody of the team; `by` marked it at `at`."""

    source: str
    viewer: str
    name: str
    by: str
    at: int


class WarningRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `workspace.warnings`, key `warning`: what the house noticed about itself and nobody has seen to; `times` since it first came, newest `at`."""

    warning: str
    data: dict[str, str]
    times: int
    at: int


def fold_warnings(warnings: dict[str, WarningRow], event: Event[Fact]) -> Iterable[str]:
    """It comes, comes again, or was seen to."""
    match event.fact:
        case HouseWarned(warning=warning, data=data):
            times = warnings[warning].times + 1 if warning in warnings else 1
            warnings[warning] = WarningRow(warning=warning, data=data, times=times, at=event.at)
            return (warning,)
        case WarningSettled(warning=warning):
            warnings.pop(warning, None)
            return (warning,)
        case _:
            return ()


def fold_staff(staff: dict[str, StaffRow], event: Event[StaffMarked]) -> Iterable[str]:
    """An account is the team's, or is not after all."""
    fact = event.fact
    key = f"{fact.source}/{fact.viewer}"
    if fact.staff:
        staff[key] = StaffRow(source=fact.source, viewer=fact.viewer, name=fact.name, by=event.actor.id, at=event.at)
    else:
        staff.pop(key, None)
    return (key,)


def fold_head(head: dict[str, WorkspaceRow], event: Event[WorkspaceOpened]) -> Iterable[str]:
    """The name is given once."""
    head[HEAD_KEY] = WorkspaceRow(name=event.fact.name)
    return (HEAD_KEY,)


def fold_who(names: Names, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Whoever something was said of."""
    del names, event
    return touched.of(NAMES)


def name_row(names: Names, key: str) -> NameRow | None:
    """Nobody is ever taken out."""
    known = names.ever.get(key)
    return None if known is None else NameRow(name=known.name, kind=known.kind)


def person_row(names: Names, key: str) -> PersonRow | None:
    """Somebody who belongs here now."""
    member = names.members.get(key)
    return None if member is None else PersonRow(person_id=key, name=member.name, roles=member.roles)


def fold_entry_view(entry: Entry, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The rule changed."""
    del entry, event
    return touched.of(ENTRY)


def entry_keys(entry: Entry) -> Iterable[str]:
    """One."""
    del entry
    return ("entry",)


def entry_row(entry: Entry, key: str) -> EntryRow | None:
    """There is one."""
    if key != "entry":
        return None
    provider = entry.provider
    values = {name: getattr(provider, name) for name in provider.__struct_fields__} if provider else {}
    return EntryRow(step_from=entry.step_from, **values)


def fold_tokens(tokens: dict[str, TokenRow], event: Event[Fact]) -> Iterable[str]:
    """One token comes or goes."""
    fact = event.fact
    match fact:
        case TokenIssued():
            values = {name: getattr(fact, name) for name in fact.__struct_fields__}
            tokens[fact.token_id] = TokenRow(**values, issued_at=event.at)
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
EVERYBODY = View(
    name="workspace.names",
    row=NameRow,
    reads=(),
    state=itself,
    fold=fold_who,
    keys=lambda names: names.ever.keys(),
    get=name_row,
    duty="people.read",
    over=(NAMES,),
)
PEOPLE = View(
    name="workspace.people",
    row=PersonRow,
    reads=(),
    state=itself,
    fold=fold_who,
    keys=lambda names: names.members.keys(),
    get=person_row,
    duty="people.read",
    over=(NAMES,),
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
WARNINGS = View(
    name="workspace.warnings",
    row=WarningRow,
    reads=(HouseWarned, WarningSettled),
    state=dict,
    fold=fold_warnings,
    keys=list,
    get=row_of,
    duty="house.watch",
)
ENTRY_VIEW = View(
    name="workspace.entry",
    row=EntryRow,
    reads=(),
    state=itself,
    fold=fold_entry_view,
    keys=entry_keys,
    get=entry_row,
    duty="people.manage",
    over=(ENTRY,),
)
