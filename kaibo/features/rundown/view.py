"""The rundown as screens show it: the cues, their clock, and what is on air."""

import msgspec

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
    """View `rundown.clock`, keys `0`, `1`, ...: planned and projected starts of 32 cues in rank order.

    Cue i stands in row i // 32 at place i % 32. An instant is `base + offsets[place]` seconds: `planned_base` and
    `projected_base` in ms UTC, offsets in ms. `slack_ms[place]`: how much further lateness is absorbed above
    this cue before it moves (-1: it never moves, a hard start). A running overrun of `x` ms shows as
    `projected + max(0, x - slack)`. `overlap_ms[place]` > 0: the cue above would run into this hard start by so much.
    `length_ms[place]`: planned length on air, after count-to-end and skips (0 when skipped).
    """

    planned_base: int
    projected_base: int
    planned_ms: tuple[int, ...]
    projected_ms: tuple[int, ...]
    length_ms: tuple[int, ...]
    slack_ms: tuple[int, ...]
    overlap_ms: tuple[int, ...]


class OnAirRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `rundown.on_air`, one row, key `now`: everything a countdown needs, in one patch.

    `state` is before, running, held or finished. `due_at`: when the cue on air should end (None when held or
    nothing runs); `left_ms` while held. `offset_ms` (+ = behind) at `due_at`: a screen adds max(0, now - due_at).
    `relative_offset_ms`: the same against the actual start of the show. `planned_end_at` / `projected_end_at` of the show.
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
