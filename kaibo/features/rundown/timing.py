"""When cues start and end, by the plan and by what happened: a pure function over instants (ms UTC).

The rules in words and why they are so: docs/decisions/0002-rundown-timing.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kaibo.features.rundown.facts import StartMode

Phase = Literal["default", "warning", "danger", "overtime"]
NEVER_MOVES = -1


@dataclass(frozen=True, slots=True)
class TimedCue:
    """What timing needs of a cue. `start_at` (ms UTC) is given unless soft; `lead_ms` is planned time above it that has no cue any more."""

    cue_id: str
    duration_ms: int
    mode: StartMode = "soft"
    start_at: int | None = None
    skipped: bool = False
    lead_ms: int = 0


@dataclass(frozen=True, slots=True)
class OnAir:
    """The cue on air: since when (ms UTC), time added, length of finished holds, and since when it is held."""

    cue_id: str
    went_at: int
    added_ms: int = 0
    held_ms: int = 0
    held_at: int | None = None


UNDO_MS = 5_000  # a GO may be taken back for so long


@dataclass(slots=True)
class Course:
    """Columns over the cues in rank order, ms UTC and ms.

    `slacks[i]`: lateness absorbed above cue i before it moves, NEVER_MOVES below a hard start. `overlaps[i]`: by how much
    the cues above run into the hard start i. `end_at`: when the last cue ends; `end_slack` is the slack of that end.
    """

    starts: list[int] = field(default_factory=list[int])
    lengths: list[int] = field(default_factory=list[int])
    slacks: list[int] = field(default_factory=list[int])
    overlaps: list[int] = field(default_factory=list[int])
    end_at: int = 0
    end_slack: int = 0


def walk(cues: Sequence[TimedCue], begins_at: int, shift_ms: int = 0) -> Course:
    """The course of the whole plan from `begins_at`. `shift_ms` moves gap starts (never hard ones): a plan against a late start."""
    course = Course()
    _run_on(course, cues, 0, begins_at, shift_ms)
    return course


def extend(course: Course, cue: TimedCue) -> None:
    """One more cue at the end of a course."""
    _run_on(course, (cue,), 0, course.end_at, 0)


def project(
    cues: Sequence[TimedCue],
    begins_at: int,
    on_air: OnAir | None,
    ran: Mapping[str, tuple[int, int]],
    now: int | None = None,
    shift_ms: int = 0,
) -> Course:
    """The course as it will be: above the cue on air as it ran, below it as planned from its end.

    `ran` gives (went_at, ended_at) of the last finished pass of a cue. A cue above that never ran is zero long. With `now`,
    a cue on air past its end ends now; without it, when due (readers then add their overrun beyond the slack).
    """
    live = next((i for i, cue in enumerate(cues) if on_air and cue.cue_id == on_air.cue_id), None)
    if on_air is None or live is None:
        return walk(cues, begins_at, shift_ms)
    course = Course()
    free = min((ran[cue.cue_id][0] for cue in cues[:live] if cue.cue_id in ran), default=on_air.went_at)
    for cue in cues[:live]:
        went_at, ended_at = ran.get(cue.cue_id, (free, free))
        _note(course, went_at, ended_at - went_at, NEVER_MOVES)
        free = max(free, ended_at)
    end = max(due_at(cues[live], on_air, now), on_air.went_at if now is None else max(now, on_air.went_at))
    _note(course, on_air.went_at, end - on_air.went_at, NEVER_MOVES)
    _run_on(course, cues, live + 1, end, shift_ms)
    return course


def _note(course: Course, start: int, length: int, slack: int, overlap: int = 0) -> None:
    course.starts.append(start)
    course.lengths.append(length)
    course.slacks.append(slack)
    course.overlaps.append(overlap)


def _run_on(course: Course, cues: Sequence[TimedCue], first: int, free: int, shift_ms: int) -> None:
    """Append cues[first:] to the course, the first of them free to start at `free`. O(n), no calls: 500 cues in a fraction of a ms."""
    starts, lengths, slacks, overlaps = course.starts, course.lengths, course.slacks, course.overlaps
    slack = course.end_slack
    for i in range(first, len(cues)):
        cue = cues[i]
        free += cue.lead_ms
        start, length, overlap = free, cue.duration_ms, 0
        own_slack = slack
        if cue.skipped:
            length = 0
        elif cue.start_at is not None and cue.mode != "soft":
            if cue.mode == "hard":
                start, overlap = cue.start_at, max(0, free - cue.start_at)
                slack = own_slack = NEVER_MOVES
            elif cue.mode == "gap":
                start = max(free, cue.start_at + shift_ms)
                if slack != NEVER_MOVES:
                    slack += start - free
                    own_slack = slack
            else:
                length = max(0, cue.start_at + cue.duration_ms - free)
                if slack != NEVER_MOVES:
                    slack += length
        starts.append(start)
        lengths.append(length)
        slacks.append(own_slack)
        overlaps.append(overlap)
        free = start + length
    course.end_at, course.end_slack = free, slack


def due_at(cue: TimedCue, on_air: OnAir, now: int | None = None) -> int:
    """When the cue on air should end (ms UTC).

    A hold pushes it (with `now`, the running hold too), added time shifts it; a count-to-end cue keeps its end whatever was
    held, and moves only by added time.
    """
    if cue.mode == "count_to_end" and cue.start_at is not None:
        return max(cue.start_at + cue.duration_ms, on_air.went_at) + on_air.added_ms
    holding = now - on_air.held_at if now is not None and on_air.held_at is not None else 0
    return on_air.went_at + cue.duration_ms + on_air.added_ms + on_air.held_ms + holding


def left_ms(cue: TimedCue, on_air: OnAir | None, now: int) -> int:
    """What the countdown shows; negative in overtime. Not on air: the planned length."""
    if on_air is None:
        return cue.duration_ms
    return due_at(cue, on_air, now) - now


def elapsed_ms(on_air: OnAir, now: int) -> int:
    """Time on air without holds; added time never counts."""
    until = now if on_air.held_at is None else min(now, on_air.held_at)
    return until - on_air.went_at - on_air.held_ms


def offset_ms(planned_end_at: int, cue: TimedCue, on_air: OnAir | None, now: int) -> int:
    """Over or under (+ = behind): when the cue on air will really end against its planned end. Nothing on air: 0."""
    if on_air is None:
        return 0
    return max(due_at(cue, on_air, now), now) - planned_end_at


def relative_ms(offset: int, planned_start_at: int, started_at: int) -> int:
    """The same offset against the actual start of the show: a late show start is forgotten."""
    return offset - (started_at - planned_start_at)


def phase(left: int, warning_ms: int, danger_ms: int) -> Phase:
    """How pressing a countdown is. Limits are inclusive; exactly 0 left is danger, not yet overtime."""
    if left < 0:
        return "overtime"
    if left <= danger_ms:
        return "danger"
    return "warning" if left <= warning_ms else "default"


def cue_at(spans: Sequence[tuple[int, int]], now: int) -> tuple[int, bool] | None:
    """Which cue the clock stands in: (index, waiting). `spans` are (start, end) in ms UTC in rank order.

    A shared boundary belongs to the later cue, in an overlap the earlier in order wins, and a cue without length is never
    stood in. Between cues: the next one to start, waiting. After the last: None.
    """
    for i, (start, end) in enumerate(spans):
        if start <= now < end:
            return i, False
    coming = [(start, i) for i, (start, end) in enumerate(spans) if start > now and end > start]
    return (min(coming)[1], True) if coming else None
