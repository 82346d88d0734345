"""What happened to a rundown: how it was planned, and how it was run."""

from typing import Any, Literal

import msgspec

from kaibo.core.event import Fact

CueType = Literal["product", "interaction", "promo", "draw", "break"]
StartMode = Literal["soft", "hard", "gap", "count_to_end"]
CueStatus = Literal["planned", "live", "done", "skipped"]
Via = Literal["go", "jump", "skip", "adlib", "undo"]


LAST_INSTANT = 32_503_680_000_000  # ms UTC: the year 3000 begins; calendars end not far beyond


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the rundown.

    `start_mode`: soft follows the cue above, earlier or later; hard starts at `start_at` whatever happens above;
    gap has a planned `start_at`, absorbs lateness in the gap above it and is never pulled earlier; count_to_end is soft
    at its start, but ends at `start_at + duration_ms` of the plan and absorbs what the cues above lost.
    `start_at` is an instant (ms UTC), given for hard, gap and (as the planned start) count_to_end; None for soft.
    """

    cue_id: str
    title: str
    duration_ms: int
    cue_type: CueType = "product"
    start_mode: StartMode = "soft"
    start_at: int | None = None
    product_id: str | None = None
    item_type: str = ""
    mechanism: str = ""
    host_lines: tuple[str, ...] = ()
    proof: str = ""
    assistant_action: str = ""
    operations_action: str = ""
    tech_action: str = ""
    must_not_say: tuple[str, ...] = ()
    fallback: str = ""
    goal_gmv_minor: int | None = None
    extra: dict[str, str] = {}


class CueAdded(Fact, frozen=True, kw_only=True, tag="rundown.cue_added"):
    """A cue stands after `after_cue_id` (None: first). `rank` orders cues as text."""

    cue: Cue
    after_cue_id: str | None
    rank: str


class CueEdited(Fact, frozen=True, kw_only=True, tag="rundown.cue_edited"):
    """Fields of a cue now have these values."""

    cue_id: str
    values: dict[str, Any]


class CueMoved(Fact, frozen=True, kw_only=True, tag="rundown.cue_moved"):
    """A cue now stands after `after_cue_id`."""

    cue_id: str
    after_cue_id: str | None
    rank: str


class CueRemoved(Fact, frozen=True, kw_only=True, tag="rundown.cue_removed"):
    """A cue left the plan."""

    cue_id: str


class RundownImported(Fact, frozen=True, kw_only=True, tag="rundown.imported"):
    """A file was read into the rundown: how many cues, and every cell that was not understood."""

    filename: str
    rows: int
    notes: tuple[str, ...] = ()


class Resumed(msgspec.Struct, frozen=True, kw_only=True):
    """How a cue stood that is on air again as if it had never left: see OnAir."""

    went_at: int
    added_ms: int = 0
    held_ms: int = 0
    held_at: int | None = None


class CueWent(Fact, frozen=True, kw_only=True, tag="rundown.cue_went"):
    """A cue is on air now; the one before it ended in the same instant. `via` is go, jump, skip, adlib or undo.

    `resumes`: the cue goes on from there; the one before it went by mistake, and its time was this cue's.
    """

    cue_id: str
    pass_id: str
    via: Via
    from_cue_id: str | None
    resumes: Resumed | None = None

    @property
    def takes_back(self) -> str:
        """The cue that went by mistake and was never on air, "" for none."""
        return "" if self.resumes is None else self.from_cue_id or ""


class CueSkipped(Fact, frozen=True, kw_only=True, tag="rundown.cue_skipped"):
    """A cue that is not on air will be passed over (or, `skipped=False`, no longer)."""

    cue_id: str
    skipped: bool


class CueHeld(Fact, frozen=True, kw_only=True, tag="rundown.cue_held"):
    """The countdown of the cue on air stands still."""

    cue_id: str


class CueResumed(Fact, frozen=True, kw_only=True, tag="rundown.cue_resumed"):
    """The countdown runs on; it stood for `held_ms`."""

    cue_id: str
    held_ms: int


class TimeAdded(Fact, frozen=True, kw_only=True, tag="rundown.time_added"):
    """The cue on air got `delta_ms` more (less when negative)."""

    cue_id: str
    delta_ms: int
