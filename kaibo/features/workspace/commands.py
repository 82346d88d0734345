"""What may be asked of a workspace."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command

Name = Annotated[str, Meta(min_length=1, max_length=80)]
Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+(?!\n)$")]
Roles = Annotated[tuple[str, ...], Meta(min_length=1, max_length=10)]

ShowId = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_.:-]*(?!\n)$")]
Instant = Annotated[int, Meta(ge=0, le=10**15)]


class OpenWorkspace(Command, frozen=True, kw_only=True, tag="workspace.open"):
    """Make the workspace; only once."""

    duty: ClassVar = "workspace.open"
    opens: ClassVar = True
    name: Name


class AddPerson(Command, frozen=True, kw_only=True, tag="workspace.add_person"):
    """Add a person with roles; the invitation link is made by the sign-in routes."""

    duty: ClassVar = "people.manage"
    person_id: Id
    name: Name
    roles: Roles


class ChangeRoles(Command, frozen=True, kw_only=True, tag="workspace.change_roles"):
    """Set the roles a person may hold. The last owner keeps `owner`."""

    duty: ClassVar = "people.manage"
    person_id: Id
    roles: Roles


class RenamePerson(Command, frozen=True, kw_only=True, tag="workspace.rename_person"):
    """Call a person otherwise: oneself, or, as an owner, anybody. They sign in by the new name."""

    duty: ClassVar = "name.own"
    person_id: Id
    name: Name


class RemovePerson(Command, frozen=True, kw_only=True, tag="workspace.remove_person"):
    """Remove a person, and revoke the tokens they made; the last owner stays."""

    duty: ClassVar = "people.manage"
    person_id: Id


class IssueToken(Command, frozen=True, kw_only=True, tag="workspace.issue_token"):
    """Note a new API token; its secret is made and shown by the token route. `show_id` "" for all shows, `expires_at` None for no end."""

    duty: ClassVar = "token.manage"
    token_id: Id
    label: Name
    roles: Roles
    show_id: ShowId = ""
    expires_at: Instant | None = None


class RevokeToken(Command, frozen=True, kw_only=True, tag="workspace.revoke_token"):
    """End an API token at once."""

    duty: ClassVar = "token.manage"
    token_id: Id


class MarkStaff(Command, frozen=True, kw_only=True, tag="workspace.mark_staff"):
    """Say that an account of a platform is one of the team's (`staff`), which wins no draw, or that it is not."""

    duty: ClassVar = "staff.mark"
    source: Annotated[str, Meta(min_length=1, max_length=64)]
    viewer: Annotated[str, Meta(min_length=1, max_length=128)]
    name: Annotated[str, Meta(max_length=80)] = ""
    staff: bool = True


class WarnHouse(Command, frozen=True, kw_only=True, tag="workspace.warn"):
    """Tell those who watch over the house what it noticed about itself; what stands already with the same data is not told again."""

    duty: ClassVar = "house.warn"
    warning: Id
    data: dict[str, str]


class SettleWarning(Command, frozen=True, kw_only=True, tag="workspace.settle_warning"):
    """Take a warning down: somebody has seen to it. It comes back when it happens again."""

    duty: ClassVar = "house.watch"
    warning: Id


class AskSecondStep(Command, frozen=True, kw_only=True, tag="workspace.ask_second_step"):
    """Ask a second step of all who may pay or manage people, so many days from now; or (`asked` False) of nobody."""

    duty: ClassVar = "people.manage"
    asked: bool
    grace_days: Annotated[int, Meta(ge=0, le=90)] = 7


class ResetSecondStep(Command, frozen=True, kw_only=True, tag="workspace.reset_second_step"):
    """Take away the second step and the passkeys of a person who lost them."""

    duty: ClassVar = "people.manage"
    person_id: Id


Words = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=120)], ...], Meta(max_length=20)]


class SetProvider(Command, frozen=True, kw_only=True, tag="workspace.set_provider"):
    """Let people sign in with accounts of a provider, or (`issuer` "") of none; by its route, which asks the provider and keeps its secret."""

    duty: ClassVar = "people.manage"
    routed: ClassVar = True
    issuer: Annotated[str, Meta(max_length=400)]
    client_id: Annotated[str, Meta(max_length=200)] = ""
    label: Annotated[str, Meta(max_length=80)] = ""
    domains: Words = ()
    roles: Annotated[tuple[str, ...], Meta(max_length=10)] = ()
    groups: Words = ()
