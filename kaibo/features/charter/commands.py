"""What may be asked of a charter."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.charter.facts import CellChange, Charter, CharterDuty, CharterRole, DutyId, Preset, RoleId

Version = Annotated[int, Meta(ge=0, le=1_000_000)]


class DraftCharter(Command, frozen=True, kw_only=True, tag="charter.draft"):
    """Begin a draft from a preset: a team of seven, four or two, the house's fixed table, or what is published. A draft that stands gives way."""

    duty: ClassVar = "charter.edit"
    streams: ClassVar = ("workspace",)
    preset: Preset


class ChangeCells(Command, frozen=True, kw_only=True, tag="charter.change_cells"):
    """Set cells of the draft, all or none; each says what it was, so that nobody overwrites what they have not seen."""

    duty: ClassVar = "charter.edit"
    streams: ClassVar = ("workspace",)
    changes: Annotated[tuple[CellChange, ...], Meta(min_length=1, max_length=500)]


class WriteDuty(Command, frozen=True, kw_only=True, tag="charter.write_duty"):
    """Add a duty to the draft, or change one; `was` is the duty as it was seen, None for a new one. Its cells are changed with it."""

    duty: ClassVar = "charter.edit"
    streams: ClassVar = ("workspace",)
    row: CharterDuty
    was: CharterDuty | None = None


class StrikeDuty(Command, frozen=True, kw_only=True, tag="charter.strike_duty"):
    """Take a duty out of the draft."""

    duty: ClassVar = "charter.edit"
    streams: ClassVar = ("workspace",)
    duty_id: DutyId


class WriteRole(Command, frozen=True, kw_only=True, tag="charter.write_role"):
    """Add a role to the draft, or change one; `was` is the role as it was seen, None for a new one."""

    duty: ClassVar = "charter.edit"
    streams: ClassVar = ("workspace",)
    role: CharterRole
    was: CharterRole | None = None


class StrikeRole(Command, frozen=True, kw_only=True, tag="charter.strike_role"):
    """Take a role out of the draft, with its cells."""

    duty: ClassVar = "charter.edit"
    streams: ClassVar = ("workspace",)
    role_id: RoleId


class DropDraft(Command, frozen=True, kw_only=True, tag="charter.drop_draft"):
    """Give the draft up."""

    duty: ClassVar = "charter.edit"
    streams: ClassVar = ("workspace",)


class PublishCharter(Command, frozen=True, kw_only=True, tag="charter.publish"):
    """Make the draft the charter of the house, as version `version`; every member is asked to sign their page.

    `seen`: the seq of the last change of the draft that was seen, so that nobody publishes what somebody else wrote meanwhile.
    """

    duty: ClassVar = "charter.publish"
    streams: ClassVar = ("workspace",)
    version: Version
    seen: Annotated[int, Meta(ge=0)]
    summary: Annotated[str, Meta(max_length=2000)] = ""


class SignCharter(Command, frozen=True, kw_only=True, tag="charter.sign"):
    """Sign one's own page of the published version."""

    duty: ClassVar = "charter.sign"
    streams: ClassVar = ("workspace",)
    version: Version


class TakeCharter(Command, frozen=True, kw_only=True, tag="charter.take"):
    """Let a show that goes by an older charter go by the published one from now on."""

    duty: ClassVar = "charter.take"
    streams: ClassVar = ("show",)


class AdoptCharter(Command, frozen=True, kw_only=True, tag="charter.adopt"):
    """The house's answer to going on air, and to `charter.take`: the show goes by this version, all of which is told."""

    duty: ClassVar = "charter.keep"
    streams: ClassVar = ("show",)
    version: Version
    charter: Charter | None = None
