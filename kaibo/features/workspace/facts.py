"""What happened to a workspace: its people, their roles, its tokens. Secrets are never here; they live in the vault."""

from kaibo.core.event import Fact


class WorkspaceOpened(Fact, frozen=True, kw_only=True, tag="workspace.opened"):
    """A workspace was made, with the name people see."""

    name: str


class PersonAdded(Fact, frozen=True, kw_only=True, tag="workspace.person_added"):
    """A person joined, with the roles they may hold."""

    person_id: str
    name: str
    roles: tuple[str, ...]


class RolesChanged(Fact, frozen=True, kw_only=True, tag="workspace.roles_changed"):
    """The roles a person may hold are now these."""

    person_id: str
    roles: tuple[str, ...]


class PersonRemoved(Fact, frozen=True, kw_only=True, tag="workspace.person_removed"):
    """A person left; their sessions end."""

    person_id: str


class TokenIssued(Fact, frozen=True, kw_only=True, tag="workspace.token_issued"):
    """An API token exists, known by its label; the secret was shown once and only its hash is in the vault."""

    token_id: str
    label: str
    roles: tuple[str, ...]


class TokenRevoked(Fact, frozen=True, kw_only=True, tag="workspace.token_revoked"):
    """An API token no longer opens anything."""

    token_id: str


class StaffMarked(Fact, frozen=True, kw_only=True, tag="workspace.staff_marked"):
    """An account of a platform (`source`, its pseudonym there) belongs to somebody of the team, or does not (`staff` False)."""

    source: str
    viewer: str
    name: str
    staff: bool = True
