"""The rundown as screens show it: the cues, their clock, what is on air, and which hard starts are run into."""

from typing import Literal

import msgspec

from kaibo.features.rundown.backtime import Fix
from kaibo.features.rundown.facts import Cue, CueStatus


class CueRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.cues`, key cue_id; sort by `rank`. `status` is planned, live, done or skipped; times of the last pass on air."""

    cue: Cue
    rank: str
    status: CueStatus
    skipped: bool
    went_at: int | None
    ended_at: int | None
    passes: int


class ClockRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.clock`: when each cue starts, by the plan and as projected, cut so that an edit tells one block.

    Keys: `0`, `1`, ... carry `length_ms` of 32 cues each in rank order, as projected (0 when skipped; as it ran above the
    cue on air). `projected` carries `begins_at` (ms UTC, where cue 0 starts) and the marks. A screen adds up: each cue
    starts where the one above ends, plus the `wait_ms` of its mark if it has one.
    A mark is (place in rank order, wait_ms, slack_ms, overlap_ms). `slack_ms` holds from that cue down to the next mark (0 above
    the first): how much lateness is absorbed before the cue moves, -1 when it never moves (below a hard start, or done); a running
    overrun of `x` ms shows as `projected + max(0, x - slack)`. `overlap_ms` > 0: the cues above run into this hard start.
    `planned` and `planned 0`, `planned 1`, ... say the same of the plan; a `planned` block that is not there equals the
    projected one. After the first GO the plan is the one that stood then.
    """

    begins_at: int = 0
    length_ms: tuple[int, ...] = ()
    marks: tuple[tuple[int, int, int, int], ...] = ()


class OnAirRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.on_air`, one row, key `now`: everything a countdown needs, in one patch.

    `state` is before, running, held or finished. `due_at`: when the cue on air should end (None when it stands held or
    nothing runs); `left_ms` while it stands. `offset_ms` (+ = behind) at `due_at`: a screen adds max(0, now - due_at).
    `relative_offset_ms`: the same against the actual start of the show. `planned_end_at` / `projected_end_at` of the show: where no cue is planned, the show's own.
    While it stands (since `held_at`) a screen adds now - held_at to the offset, and the overtime it was in; a cue that counts to
    its end does not stand.
    `undo_until`: until when the GO that brought this cue may be taken back, None where there is nothing to go back to.
    `end_slack_ms`: how much overrun is absorbed before the projected end moves (-1: it never moves).
    `begins_at`: when the first cue should go, while the show is on air and nothing went yet; past it a screen adds now - begins_at
    to the overrun, and what `begins_slack_ms` does not absorb of it (a count-to-end cue gets shorter) to the offset.
    """

    state: Literal["before", "running", "held", "finished"]
    cue_id: str | None
    cue_no: int
    cue_count: int
    next_cue_id: str | None
    title: str
    next_title: str
    went_at: int | None
    due_at: int | None
    left_ms: int | None
    length_ms: int
    added_ms: int
    offset_ms: int
    relative_offset_ms: int
    started_at: int | None
    planned_end_at: int
    projected_end_at: int
    pass_id: str
    held_at: int | None = None
    end_slack_ms: int = 0
    undo_until: int | None = None
    begins_at: int | None = None
    begins_slack_ms: int = 0
    next_product_id: str | None = None


class ConflictRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.conflicts`, key cue_id of a hard start that the cues above run into.

    `fixes` are edits that close it, each with the value to set: `move_hard_start` and `move_governing_start` a `start_at`
    (ms UTC), `change_duration` a `duration_ms`.
    """

    cue_id: str
    overlap_ms: int
    fixes: tuple[Fix, ...]
