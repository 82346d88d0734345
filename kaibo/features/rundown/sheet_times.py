"""Rows of a sheet set in time: blank times follow the row above, midnights are passed, gaps and overlaps are told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kaibo.features.rundown.sheet_clock import (
    DAY_MS,
    DAY_S,
    HALF_DAY_MS,
    MMSS_FROM_MS,
    Clock,
    DayOne,
    Length,
    Span,
)

HOUR_MS = 3_600_000
NEAR_MS = 60_000  # sheets are written to the minute: what is closer than one is the same time
GUESS_MS = 300_000  # a row that says nothing of its length; noted, for somebody must look
LAST_MS_MAX = 4 * 3_600_000  # the last row may fill the show to its end, but hardly longer than this


@dataclass
class TimedRow:
    """What a row says of its time, and (from `start` on) what came of it; `notes` are (what, code, data), what: time or duration.

    `said`: the instant of its own time, None when it has none or a senseless one; `start` may be up to a minute off it.
    `shares`: how many rows one merged time covers, from its first row on (1: its own; 0: covered by the one above); `covered`: the
    length of a row above is merged over this one as well.
    """

    span: Span | None = None
    length: Length | None = None
    shares: int = 1
    covered: bool = False
    start: int = 0
    duration_ms: int = 0
    above_end: int | None = None
    said: int | None = None
    notes: list[tuple[str, str, dict[str, object]]] = field(default_factory=list[tuple[str, str, dict[str, object]]])

    @property
    def follows(self) -> bool:
        """Whether it has neither time nor length of its own, only its part of what is merged."""
        return self.length is None and (self.shares == 0 or (self.covered and self.span is None))


def settle(rows: Sequence[TimedRow], *, starts_at: int, ends_at: int, zone: str) -> DayOne:
    """Give every row its start and duration; the first day is the one that puts the first time nearest to the show's start."""
    _evening(rows, starts_at, zone)
    ends = _timed_blocks(rows)
    first = next((row.span.start for row in rows if row.span), None)
    day_one = _day_one(first, starts_at, zone)
    minutes = _in_minutes([row.length for row in rows if row.length and row.length.or_ms is not None])
    free: int | None = None
    before: int | None = None
    share_ms = 0
    for place, row in enumerate(rows):
        row.above_end = free
        _start(row, day_one, before, starts_at if free is None else free)
        if place in ends and row.length is None and row.span is not None and row.span.end is None:
            top, total_ms = ends[place]
            row.length = Length(left_ms) if (left_ms := rows[top].start + total_ms - row.start) > 0 else None
        if row.follows:
            row.duration_ms = share_ms
        else:
            following = rows[place + 1] if place + 1 < len(rows) else None
            row.duration_ms = share_ms = _duration(row, day_one, following, minutes, ends_at)
        before, free = before if row.said is None else row.said, row.start + row.duration_ms
    return day_one


def _timed_blocks(rows: Sequence[TimedRow]) -> dict[int, tuple[int, int]]:
    """Rows under one merged length that have times of their own need no share of it: it only says where the last of them ends.

    By the place of each last row: the place of the first, and the length.
    """
    ends: dict[int, tuple[int, int]] = {}
    for place, row in enumerate(rows):
        length = row.length
        if length is None or length.rows == 1:
            continue
        under = rows[place + 1 : place + length.rows]
        if any(each.span is not None for each in under):
            row.length = None
            ends[place + length.rows - 1] = (place, length.ms)
    return ends


def _day_one(first: Clock | None, starts_at: int, zone: str) -> DayOne:
    day = datetime.fromtimestamp(starts_at / 1000, ZoneInfo(zone)).date()
    if first is None:
        return DayOne(day, zone)
    if first.day is not None:
        # Sheets are copied from one show to the next: the first date of a sheet is the day of this show, whatever it says.
        nearest = min((-1, 0, 1), key=lambda days: abs(_bare(first, DayOne(day + timedelta(days=days), zone)) - starts_at))
        offset = day + timedelta(days=nearest) - first.day
        return DayOne(first.day, zone, offset.days)
    return min(
        (DayOne(day + timedelta(days=days), zone) for days in (0, -1, 1)), key=lambda one: _far(one.instant(first), starts_at)
    )


def _far(at: int, starts_at: int) -> tuple[int, int]:
    """Exactly half a day before the start is nearer than exactly half a day after it."""
    return abs(at - starts_at), at


def _bare(clock: Clock, day_one: DayOne) -> int:
    return day_one.instant(Clock(clock.seconds))


def _evening(rows: Sequence[TimedRow], starts_at: int, zone: str) -> None:
    """A sheet that writes 8:00 for eight in the evening, or counts from 00:00 at the start, means the show's own hours."""
    spans = [row.span for row in rows if row.span]
    clocks = [clock for span in spans for clock in (span.start, span.end) if clock]
    if not clocks or any(clock.half or clock.day or clock.days for clock in clocks):
        return
    local = datetime.fromtimestamp(starts_at / 1000, ZoneInfo(zone))
    show_s = local.hour * 3600 + local.minute * 60
    first_s = clocks[0].seconds
    if (
        all(3600 <= clock.seconds < 13 * 3600 for clock in clocks)
        and abs(first_s + DAY_S // 2 - show_s) <= 3600
        and show_s >= DAY_S // 2
    ):
        shift, code = DAY_S // 2, "sheet.clock_evening"
    elif first_s == 0 and 2 * 3600 <= show_s < 22 * 3600 and clocks[-1].seconds < DAY_S // 2:
        shift, code = show_s, "sheet.clock_from_zero"
    else:
        return
    noted = False
    for row in rows:
        if row.span:
            row.span = Span(_shifted(row.span.start, shift), row.span.end and _shifted(row.span.end, shift))
            if not noted:
                row.notes.append(("time", code, {}))
            noted = True


def _shifted(clock: Clock, seconds: int) -> Clock:
    days, rest = divmod(clock.seconds + seconds, DAY_S)
    return Clock(rest, days or None)


def _start(row: TimedRow, day_one: DayOne, before: int | None, free: int) -> None:
    """A time that would lie half a day on is a slip, not the next evening: such a row follows the one above."""
    row.start = free
    if row.span is None:
        return
    at = day_one.instant(row.span.start, before)
    told = row.span.start.days is not None or row.span.start.day is not None
    if before is not None and not before - HALF_DAY_MS <= at <= free + (7 * DAY_MS if told else HALF_DAY_MS):
        row.notes.append(("time", "sheet.time_backwards", {}))
        row.span = None
        return
    row.said = at = day_one.nearest(at, free)
    near = row.above_end is not None and abs(at - free) < NEAR_MS
    row.start = free if near else at


def _duration(row: TimedRow, day_one: DayOne, following: TimedRow | None, minutes: bool, ends_at: int) -> int:
    spanned = _spanned(row, day_one)
    told = _told(row.length, _until_next(row, day_one, following, ends_at) if spanned is None else spanned, minutes)
    if told is not None and row.length is not None and told != row.length.ms:
        row.notes.append(("duration", "sheet.duration_as_minutes", {"minutes": _minutes(told)}))
    if told is not None and row.length is not None:
        return _part(row, row.length.rows, _agreed(row, row.length.rows, spanned, told))
    if spanned is None:
        spanned = _until_next(row, day_one, following, ends_at)
        if spanned is not None and following is None:
            row.notes.append(("duration", "sheet.duration_to_end", {"minutes": _minutes(spanned)}))
    if spanned is None:
        row.notes.append(("duration", "sheet.duration_missing", {"minutes": GUESS_MS // 60_000}))
        return GUESS_MS
    return _part(row, row.shares, spanned)


def _agreed(row: TimedRow, rows: int, spanned: int | None, told: int) -> int:
    """What a time and a length of the same rows say: the time where they differ, but for whole days."""
    same_rows = rows == row.shares or (rows > 1 and row.shares == 1)
    if spanned is None or not same_rows or abs(spanned - told) < NEAR_MS or spanned % DAY_MS == told % DAY_MS:
        return told
    if abs(spanned - told * rows) >= NEAR_MS:
        row.notes.append(("duration", "sheet.duration_differs", {"minutes": _minutes(spanned), "told": _minutes(told)}))
    return spanned


def _part(row: TimedRow, rows: int, whole_ms: int) -> int:
    """What each of the rows has of a time or a length that is merged over them."""
    if rows < 2:
        return whole_ms
    row.notes.append(("time" if row.shares > 1 else "duration", "sheet.time_shared", {"rows": rows}))
    return whole_ms // rows // 1000 * 1000


def _spanned(row: TimedRow, day_one: DayOne) -> int | None:
    if row.span is None or row.span.end is None or row.said is None:
        return None
    end = day_one.instant(row.span.end, row.said)
    lengths = [length for at in (end, day_one.again(end)) if 0 <= (length := at - row.said) <= HALF_DAY_MS]
    if lengths:
        told = row.length.ms if row.length else lengths[0]  # in the night of the clock change an end may be two instants
        return min(lengths, key=lambda each: abs(each - told))
    row.notes.append(("time", "sheet.end_before_start", {}))
    return None


def _in_minutes(lengths: Sequence[Length]) -> bool:
    """Whether a column of 05:00, 12:00, 10:00 means minutes: as hours one is too long, and none begins with 00."""
    return any(length.ms > MMSS_FROM_MS for length in lengths) and not any(length.ms < HOUR_MS for length in lengths)


def _told(length: Length | None, spanned: int | None, minutes: bool) -> int | None:
    """`10:00` is ten hours or ten minutes: the time it has tells, else its length, else the sheet's other rows."""
    if length is None or length.or_ms is None:
        return length.ms if length else None
    if spanned is not None and spanned in (length.ms, length.or_ms):
        return spanned
    return length.or_ms if minutes or length.ms > MMSS_FROM_MS else length.ms


def _until_next(row: TimedRow, day_one: DayOne, following: TimedRow | None, ends_at: int) -> int | None:
    if following is None:
        return ends_at - row.start if row.said is not None and 0 < ends_at - row.start <= LAST_MS_MAX else None
    if following.span is None:
        return None
    at = day_one.instant(following.span.start, row.start)
    return next((length for each in (at, day_one.again(at)) if 0 < (length := each - row.start) <= HALF_DAY_MS), None)


def _minutes(ms: int) -> float | int:
    return ms // 60_000 if ms % 60_000 == 0 else round(ms / 60_000, 1)
