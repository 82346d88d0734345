"""Who belongs to a workspace and which tokens open it: what the rules must remember."""

from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.charter.slices import HouseCharter
from kaibo.features.workspace.charter import ROLES
from kaibo.features.workspace.facts import (
    HouseWarned,
    StaffMarked,
    TokenIssued,
    TokenRevoked,
    WarningSettled,
    WorkspaceOpened,
)
from kaibo.features.workspace.slices import Entry, Names


@dataclass(slots=True)
class Token:
    """Who made a token, and whether it still opens anything."""

    made_by: str
    alive: bool = True


@dataclass(slots=True)
class WorkspaceState:
    """`name` is None before the workspace is open; `tokens` by token_id; `staff` accounts of platforms (source, pseudonym).

    `warnings` are those that stand, with what they were told with; `charter` says which roles the team has made.
    """

    names: Names
    charter: HouseCharter
    entry: Entry
    name: str | None = None
    tokens: dict[str, Token] = field(default_factory=dict[str, Token])
    staff: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    warnings: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    def roles(self) -> tuple[str, ...]:
        """The roles people may hold: those of the published charter, in the order of the house, then the team's own."""
        known = [each.role_id for each in self.charter.stands.roles]
        return (*(role for role in ROLES if role in known), *(role for role in known if role not in ROLES))

    def owners(self) -> set[str]:
        """The person_ids of those who may do everything."""
        return {person_id for person_id, member in self.names.members.items() if "owner" in member.roles}

    def is_taken(self, name: str, but: str = "") -> bool:
        """Whether a member signs in by this name already; `but`: other than this one."""
        return sign(name) in {sign(member.name) for person_id, member in self.names.members.items() if person_id != but}


def fold(state: WorkspaceState, event: Event[Fact], touched: Touched) -> None:
    """Take one event in."""
    del touched
    match event.fact:
        case WorkspaceOpened(name=name):
            state.name = name
        case TokenIssued(token_id=token_id):
            state.tokens[token_id] = Token(event.actor.id)
        case TokenRevoked(token_id=token_id):
            state.tokens[token_id].alive = False
        case HouseWarned(warning=warning, data=data):
            state.warnings[warning] = data
        case WarningSettled(warning=warning):
            state.warnings.pop(warning, None)
        case StaffMarked(source=source, viewer=viewer, staff=staff):
            (state.staff.add if staff else state.staff.discard)((source, viewer))
        case _:
            pass


def sign(name: str) -> str:
    """A name as people may type it to sign in: without outer spaces, small and capital letters alike."""
    return name.strip().casefold()
