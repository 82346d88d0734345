"""Who belongs to a workspace and which tokens open it: what the rules must remember."""

from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.workspace.facts import (
    PersonAdded,
    PersonRemoved,
    RolesChanged,
    StaffMarked,
    TokenIssued,
    TokenRevoked,
    WorkspaceOpened,
)


@dataclass(slots=True)
class WorkspaceState:
    """`name` is None before the workspace is open; `names` and `roles` by person_id, `tokens` (alive or not) by token_id.

    `signs` are the names as sign-in compares them; `owners` are person_ids; `staff` accounts of platforms (source, pseudonym).
    """

    name: str | None = None
    names: dict[str, str] = field(default_factory=dict[str, str])
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    signs: set[str] = field(default_factory=set[str])
    owners: set[str] = field(default_factory=set[str])
    tokens: dict[str, bool] = field(default_factory=dict[str, bool])
    staff: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])


def fold(state: WorkspaceState, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case WorkspaceOpened(name=name):
            state.name = name
        case PersonAdded(person_id=person_id, name=name, roles=roles):
            state.names[person_id] = name
            state.signs.add(sign(name))
            _hold(state, person_id, roles)
        case RolesChanged(person_id=person_id, roles=roles):
            _hold(state, person_id, roles)
        case PersonRemoved(person_id=person_id):
            state.signs.discard(sign(state.names.pop(person_id)))
            del state.roles[person_id]
            state.owners.discard(person_id)
        case TokenIssued(token_id=token_id):
            state.tokens[token_id] = True
        case TokenRevoked(token_id=token_id):
            state.tokens[token_id] = False
        case StaffMarked(source=source, viewer=viewer, staff=staff):
            (state.staff.add if staff else state.staff.discard)((source, viewer))
        case _:
            pass


def sign(name: str) -> str:
    """A name as people may type it to sign in: without outer spaces, small and capital letters alike."""
    return name.strip().casefold()


def _hold(state: WorkspaceState, person_id: str, roles: tuple[str, ...]) -> None:
    state.roles[person_id] = roles
    if "owner" in roles:
        state.owners.add(person_id)
    else:
        state.owners.discard(person_id)
