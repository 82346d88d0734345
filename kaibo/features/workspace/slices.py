"""NAMES: who belongs to a workspace, in which roles, and what everybody who ever acted here is called. ENTRY: how one comes in. On the workspace's stream only."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.workspace.facts import (
    PersonAdded,
    PersonRemoved,
    PersonRenamed,
    ProviderSet,
    RolesChanged,
    SecondStepAsked,
    TokenIssued,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One person who belongs here now, `since` that seq; `lost` are the roles they held since then and hold no longer."""

    name: str
    roles: tuple[str, ...]
    since: int
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody, or a token, that acts here or did."""

    name: str
    kind: Literal["person", "token"]


@dataclass(slots=True)
class Names:
    """Members by person_id; everybody by person_id or token_id, for ever, because the logs of shows go on naming them."""

    members: dict[str, Member] = field(default_factory=dict[str, Member])
    ever: dict[str, Known] = field(default_factory=dict[str, Known])


def fold_names(names: Names, event: Event[Fact]) -> Iterable[str]:
    """Somebody joins, changes or leaves; a token is issued."""
    match event.fact:
        case PersonAdded(person_id=person_id, name=name, roles=roles):
            names.members[person_id] = Member(name, roles, event.seq)
            names.ever[person_id] = Known(name, "person")
            return (person_id,)
        case RolesChanged(person_id=person_id, roles=roles):
            member = names.members[person_id]
            names.members[person_id] = replace(member, roles=roles, lost=(member.lost | {*member.roles}) - {*roles})
            return (person_id,)
        case PersonRenamed(person_id=person_id, name=name):
            names.members[person_id] = replace(names.members[person_id], name=name)
            names.ever[person_id] = Known(name, "person")
            return (person_id,)
        case PersonRemoved(person_id=person_id):
            names.members.pop(person_id, None)
            return (person_id,)
        case TokenIssued(token_id=token_id, label=label):
            names.ever[token_id] = Known(label, "token")
            return (token_id,)
        case _:
            return ()


NAMES: Slice[Names] = Slice(
    name="workspace.names",
    reads=(PersonAdded, RolesChanged, PersonRenamed, PersonRemoved, TokenIssued),
    state=Names,
    fold=fold_names,
)


@dataclass(slots=True)
class Entry:
    """`step_from` (ms UTC): from then on a second step is asked of those whose roles it is asked of; None: of nobody. `provider`: of the company's accounts."""

    step_from: int | None = None
    provider: ProviderSet | None = None


def fold_entry(entry: Entry, event: Event[Fact]) -> Iterable[str]:
    """The house makes it harder to come in, or easier."""
    match event.fact:
        case SecondStepAsked(from_at=from_at):
            entry.step_from = from_at
            return ("entry",)
        case ProviderSet():
            entry.provider = event.fact if event.fact.issuer else None
            return ("entry",)
        case _:
            return ()


ENTRY: Slice[Entry] = Slice(name="workspace.entry", reads=(SecondStepAsked, ProviderSet), state=Entry, fold=fold_entry)
