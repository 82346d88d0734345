"""The rundown as screens show it: the cues, their clock, what is on air, and which hard starts are run into."""

import msgspec

from kaibo.features.rundown.backtime import Fix
from kaibo.features.rundown.facts import Cue


class CueRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.cues`, key cue_id; sort by `rank`. `status` is planned, live, done or skipped; times of the last pass on air."""

    cue: Cue
    rank: str
    status: str
    skipped: bool
    went_at: int | None
    ended_at: int | None
    passes: int


class ClockRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.clock`, keys `0`, `1`, ... (32 cues each, in rank order) and `bases` (where each block begins).

    Cue i stands in block k = i // 32 at place p = i % 32. Instants in ms UTC, offsets and lengths in ms:
    planned start = bases.planned_base + bases.planned_ms[k] + block.planned_ms[p], and the same with `projected`.
    Blocks have base 0, so that a change above a block moves one number of `bases` and leaves the block alone.
    In a block `projected_ms` is empty when it equals `planned_ms`; `slack_ms` and `overlap_ms` are empty when all are 0.

    `length_ms[p]`: length on air as projected, after count-to-end, added time and skips (0 when skipped; as it ran above the
    cue on air). `slack_ms[p]`: -1 never moves (a hard start above, or done), else bases.slack_ms[k] + slack_ms[p] is how
    much lateness is absorbed above this cue before it moves: a running overrun of `x` ms shows as
    `projected + max(0, x - slack)`. `overlap_ms[p]` > 0: the cues above run into this hard start by so much.
    """

    planned_base: int = 0
    projected_base: int = 0
    planned_ms: tuple[int, ...]
    projected_ms: tuple[int, ...]
    length_ms: tuple[int, ...] = ()
    slack_ms: tuple[int, ...] = ()
    overlap_ms: tuple[int, ...] = ()


class OnAirRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.on_air`, one row, key `now`: everything a countdown needs, in one patch.

    `state` is before, running, held or finished. `due_at`: when the cue on air should end (None when held or
    nothing runs); `left_ms` while held. `offset_ms` (+ = behind) at `due_at`: a screen adds max(0, now - due_at).
    `relative_offset_ms`: the same against the actual start of the show. `planned_end_at` / `projected_end_at` of the show.
    While held (since `held_at`) a screen adds now - held_at to the offset.
    `end_slack_ms`: how much overrun is absorbed before the projected end moves (-1: it never moves).
    """

    state: str
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


class ConflictRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.conflicts`, key cue_id of a hard start that the cues above run into.

    `fixes` are edits that close it, each with the value to set: `move_hard_start` and `move_governing_start` a `start_at`
    (ms UTC), `change_duration` a `duration_ms`.
    """

    cue_id: str
    overlap_ms: int
    fixes: tuple[Fix, ...]
