"""What happened to a workspace: its people, their roles, its tokens. Secrets are never here; they live in the vault."""

from typing import Final

from kaibo.core.event import Fact
from kaibo.core.stream import SYSTEM

MONITOR: Final = "monitor"  # hangs on a wall and reads, whatever the charter says of people
SOURCE: Final = "source"  # hands in what viewers wrote and bought; somebody may do it by their own hand
MACHINES: Final = (MONITOR, SOURCE, SYSTEM.role)  # what programs act in: no role of people, and no charter speaks of them


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


class PersonRenamed(Fact, frozen=True, kw_only=True, tag="workspace.person_renamed"):
    """A person is called so from now on, and signs in by this name."""

    person_id: str
    name: str


class PersonRemoved(Fact, frozen=True, kw_only=True, tag="workspace.person_removed"):
    """A person left; their password, sessions and links end, and the tokens they made are revoked beside it."""

    person_id: str


class TokenIssued(Fact, frozen=True, kw_only=True, tag="workspace.token_issued"):
    """An API token exists, known by its label; the secret was shown once and only its hash is in the vault.

    `show_id`: it opens that show alone, "" for all; `expires_at` (ms UTC): it opens nothing from then on, None for no end.
    """

    token_id: str
    label: str
    roles: tuple[str, ...]
    show_id: str = ""
    expires_at: int | None = None


class TokenRevoked(Fact, frozen=True, kw_only=True, tag="workspace.token_revoked"):
    """An API token no longer opens anything."""

    token_id: str


class StaffMarked(Fact, frozen=True, kw_only=True, tag="workspace.staff_marked"):
    """An account of a platform (`source`, its pseudonym there) belongs to somebody of the team, or does not (`staff` False)."""

    source: str
    viewer: str
    name: str
    staff: bool = True


class HouseWarned(Fact, frozen=True, kw_only=True, tag="workspace.warned"):
    """The house noticed something about itself that people must know. `warning` says what; `data` fills the sentence."""

    warning: str
    data: dict[str, str]


class WarningSettled(Fact, frozen=True, kw_only=True, tag="workspace.warning_settled"):
    """Somebody looked after it."""

    warning: str


class SecondStepAsked(Fact, frozen=True, kw_only=True, tag="workspace.second_step_asked"):
    """From `from_at` (ms UTC) on, whoever may pay or manage people needs a second step to sign in; None: it is theirs to choose."""

    from_at: int | None = None


class SecondStepReset(Fact, frozen=True, kw_only=True, tag="workspace.second_step_reset"):
    """Somebody who lost theirs has no second step any more, and no passkey; what those were is in the vault and goes there."""

    person_id: str


class ProviderSet(Fact, frozen=True, kw_only=True, tag="workspace.provider_set"):
    """People may sign in with accounts of this provider (OpenID Connect); `issuer` "": with none. Its secret is in the vault.

    `domains`: whoever has a mail address there may make an account of their own with `roles`. `groups`: one of them is asked for.
    """

    issuer: str
    client_id: str = ""
    label: str = ""
    domains: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
