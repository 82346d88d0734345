"""Closing a gap or overlap at a hard start: what can be changed, and to what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from kaibo.features.rundown.timing import TimedCue, walk

Strategy = Literal["move_hard_start", "move_governing_start", "change_duration"]
Impossible = Literal["not_a_hard_start", "nothing_to_close", "no_governing_start", "not_in_segment", "too_short", "no_effect"]


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """One edit that closes it: for `change_duration` the value is a length in ms, else a start (ms UTC)."""

    strategy: Strategy
    cue_id: str
    value: int


class CannotClose(Exception):
    """The edit would not close the gap: `why` says the reason."""

    def __init__(self, why: Impossible) -> None:
        super().__init__(why)
        self.why: Impossible = why


@dataclass(frozen=True, slots=True)
class Segment:
    """The cues from the governing hard start (or the top) to the anchor.

    `difference_ms` > 0 is a gap above the anchor, < 0 an overlap; `governing` is None when no hard start stands above.
    """

    first: int
    anchor: int
    governing: str | None
    difference_ms: int


def segment(cues: Sequence[TimedCue], begins_at: int, anchor_id: str) -> Segment:
    """The segment that ends at a hard start. Raises CannotClose("not_a_hard_start") for any other cue."""
    anchor = next((i for i, cue in enumerate(cues) if cue.cue_id == anchor_id), None)
    if anchor is None or not _is_hard(cues[anchor]):
        raise CannotClose("not_a_hard_start")
    governing = next((i for i in range(anchor - 1, -1, -1) if _is_hard(cues[i])), None)
    start_at = cues[anchor].start_at or 0
    free = walk(cues[governing or 0 : anchor], begins_at).end_at + cues[anchor].lead_ms
    return Segment(governing or 0, anchor, None if governing is None else cues[governing].cue_id, start_at - free)


def close(cues: Sequence[TimedCue], begins_at: int, anchor_id: str, strategy: Strategy, cue_id: str | None = None) -> Fix:
    """The one edit by which the cues above end exactly at the hard start. Raises CannotClose rather than offer a silent no-op."""
    part = segment(cues, begins_at, anchor_id)
    if part.difference_ms == 0:
        raise CannotClose("nothing_to_close")
    anchor_start = cues[part.anchor].start_at or 0
    if strategy == "move_hard_start":
        return Fix(strategy=strategy, cue_id=anchor_id, value=anchor_start - part.difference_ms)
    if strategy == "move_governing_start":
        if part.governing is None:
            raise CannotClose("no_governing_start")
        start_at = (cues[part.first].start_at or 0) + part.difference_ms
        fixed = replace(cues[part.first], start_at=start_at)
        _check(cues, begins_at, anchor_id, part.first, fixed)
        return Fix(strategy=strategy, cue_id=part.governing, value=start_at)
    return _change_duration(cues, begins_at, part, cue_id)


def _change_duration(cues: Sequence[TimedCue], begins_at: int, part: Segment, cue_id: str | None) -> Fix:
    place = next((i for i in range(part.first, part.anchor) if cues[i].cue_id == cue_id), None)
    if place is None or cues[place].skipped:
        raise CannotClose("not_in_segment")
    cue = cues[place]
    course = walk(cues[part.first : part.anchor], begins_at)
    # Waits below the cue swallow what it grows before the anchor sees any of it.
    waits = sum(
        course.starts[i + 1] - course.starts[i] - course.lengths[i] for i in range(place - part.first, len(course.starts) - 1)
    )
    duration_ms = cue.duration_ms + part.difference_ms + (waits if part.difference_ms > 0 else 0)
    if duration_ms < 0:
        raise CannotClose("too_short")
    _check(cues, begins_at, cues[part.anchor].cue_id, place, replace(cue, duration_ms=duration_ms))
    return Fix(strategy="change_duration", cue_id=cue.cue_id, value=duration_ms)


def _check(cues: Sequence[TimedCue], begins_at: int, anchor_id: str, place: int, changed: TimedCue) -> None:
    """The edit must really close it."""
    after = [*cues[:place], changed, *cues[place + 1 :]]
    if segment(after, begins_at, anchor_id).difference_ms != 0:
        raise CannotClose("no_effect")


def _is_hard(cue: TimedCue) -> bool:
    return cue.mode == "hard" and not cue.skipped and cue.start_at is not None


def fixes(cues: Sequence[TimedCue], begins_at: int, anchor_id: str, most: int = 5) -> tuple[Fix, ...]:
    """The edits worth offering at a hard start: both starts, then the `most` longest cues that can take all of it."""
    part = segment(cues, begins_at, anchor_id)
    longest = sorted(cues[part.first : part.anchor], key=lambda cue: -cue.duration_ms)[:most]
    asks: list[tuple[Strategy, str | None]] = [("move_hard_start", None), ("move_governing_start", None)]
    asks.extend(("change_duration", cue.cue_id) for cue in longest)
    found: list[Fix] = []
    for strategy, cue_id in asks:
        try:
            found.append(close(cues, begins_at, anchor_id, strategy, cue_id))
        except CannotClose:
            continue
    return tuple(found)
