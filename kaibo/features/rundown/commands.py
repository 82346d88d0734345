"""What may be asked of a rundown: planning it, and running it."""

from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.rundown.facts import Cue, CueType

CueId = Annotated[str, Meta(min_length=1, max_length=64)]


class CueChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field of a cue: what the editor saw and what it shall be."""

    field: str
    was: Any
    to: Any


class AddCue(Command, frozen=True, kw_only=True, tag="rundown.add_cue"):
    """Put a cue after another (None: first)."""

    duty: ClassVar = "rundown.edit"
    cue: Cue
    after_cue_id: CueId | None = None


class EditCue(Command, frozen=True, kw_only=True, tag="rundown.edit_cue"):
    """Change fields of a cue. A stale `was` is refused with both values (rundown.edit_conflict)."""

    duty: ClassVar = "rundown.edit"
    cue_id: CueId
    changes: Annotated[tuple[CueChange, ...], Meta(min_length=1, max_length=20)]


class MoveCue(Command, frozen=True, kw_only=True, tag="rundown.move_cue"):
    """Put a cue after another (None: first)."""

    duty: ClassVar = "rundown.edit"
    cue_id: CueId
    after_cue_id: CueId | None


class RemoveCue(Command, frozen=True, kw_only=True, tag="rundown.remove_cue"):
    """Take a cue out; not the one on air."""

    duty: ClassVar = "rundown.edit"
    cue_id: CueId


class ImportRundown(Command, frozen=True, kw_only=True, tag="rundown.import"):
    """Append cues read from a file; `replace` first removes cues that have not been on air."""

    duty: ClassVar = "rundown.edit"
    filename: str
    cues: Annotated[tuple[Cue, ...], Meta(max_length=2000)]
    notes: tuple[str, ...] = ()
    replace: bool = False


class ShiftStarts(Command, frozen=True, kw_only=True, tag="rundown.shift"):
    """Move every fixed time of cues that have not been on air as much later (earlier when negative) as the show now begins.

    `was`: the fixed times by cue_id as whoever asks saw them; two people pressing at once move them once (rundown.shift_stale). Without it
    they are moved from wherever they are.
    """

    duty: ClassVar = "rundown.edit"
    later_ms: Annotated[int, Meta(ge=-(10**11), le=10**11)]
    was: Annotated[dict[CueId, int], Meta(max_length=10_000)] | None = None


class CueLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a cue's kept words name: the product, and what of them is left; it stands while they still read `extra_was`."""

    cue_id: CueId
    product_id: str
    cue_type: CueType
    proof: str
    extra: dict[str, str]
    extra_was: dict[str, str]


class LinkCues(Command, frozen=True, kw_only=True, tag="rundown.link"):
    """Give cues of an earlier import the products they name (by what follows products that came, not by people)."""

    duty: ClassVar = "rundown.edit"
    links: Annotated[tuple[CueLink, ...], Meta(max_length=5000)]


class GoCue(Command, frozen=True, kw_only=True, tag="rundown.go"):
    """Go to the next cue. `expect_cue_id` is the cue the button showed: two people pressing GO at once fire once."""

    duty: ClassVar = "rundown.run"
    expect_cue_id: CueId


class UndoGo(Command, frozen=True, kw_only=True, tag="rundown.undo"):
    """Take the last GO (or jump) back within five seconds: the cue before it goes on as if nothing had been. `expect_cue_id`: what went."""

    duty: ClassVar = "rundown.run"
    expect_cue_id: CueId


class JumpToCue(Command, frozen=True, kw_only=True, tag="rundown.jump"):
    """Go to any cue, forward or back."""

    duty: ClassVar = "rundown.run"
    cue_id: CueId


class SkipCue(Command, frozen=True, kw_only=True, tag="rundown.skip"):
    """Pass over a cue that is not on air (or take that back)."""

    duty: ClassVar = "rundown.run"
    cue_id: CueId
    skipped: bool = True


class HoldCue(Command, frozen=True, kw_only=True, tag="rundown.hold"):
    """Stop the countdown of the cue on air."""

    duty: ClassVar = "rundown.run"


class ResumeCue(Command, frozen=True, kw_only=True, tag="rundown.resume"):
    """Let the countdown run on."""

    duty: ClassVar = "rundown.run"


class AddTime(Command, frozen=True, kw_only=True, tag="rundown.add_time"):
    """Give the cue on air more time, or less."""

    duty: ClassVar = "rundown.run"
    delta_ms: Annotated[int, Meta(ge=-3_600_000, le=3_600_000)]


class AdLibCue(Command, frozen=True, kw_only=True, tag="rundown.ad_lib"):
    """Put an unplanned cue after the one on air and go to it at once."""

    duty: ClassVar = "rundown.run"
    cue_id: CueId
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    duration_ms: Annotated[int, Meta(ge=0, le=14_400_000)]
    product_id: str | None = None
