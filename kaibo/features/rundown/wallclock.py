"""From what planners write (20:00, 25:10) to instants: wall-clock plans in an IANA zone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

DAY_MS = 86_400_000
HALF_DAY_MS = DAY_MS // 2
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")


def plan_instant(day: date, clock: str, zone: str, after: int | None = None) -> int:
    """The instant (ms UTC) of a wall-clock time of the day a show begins, in an IANA zone.

    Hours to 47 count on past midnight: 25:10 is 01:10 of the next day. With `after` (ms UTC), a time below 24:00 is the first
    one not before it, so 01:10 after 20:00 is the next day's, and of an hour lived twice the second where needed.
    A time that the clocks jump over lies as far behind the jump. Raises ValueError for no such time or zone.
    """
    found = _CLOCK.fullmatch(clock.strip())
    hours = int(found[1]) if found else 99
    if found is None or hours > 47:
        raise ValueError(clock)
    try:
        place = ZoneInfo(zone)
    except (OSError, ValueError, LookupError) as error:
        raise ValueError(zone) from error
    days, hour = divmod(hours, 24)
    naive = datetime(day.year, day.month, day.day, hour, int(found[2]), int(found[3] or 0))  # noqa: DTZ001  on the wall
    naive += timedelta(days=days)
    at = _instant(naive, place, 0)
    while after is not None and days == 0 and at < after:
        at = _instant(naive, place, 1)  # the second pass of an hour lived twice, else the same instant
        if at < after:
            naive += timedelta(days=1)
            at = _instant(naive, place, 0)
    return at


def _instant(naive: datetime, place: ZoneInfo, fold: int) -> int:
    whole = naive.replace(tzinfo=place, fold=fold)
    if fold and whole.utcoffset() == naive.replace(tzinfo=place).utcoffset():
        return _instant(naive, place, 0)
    return int(whole.timestamp()) * 1000


def day_of(planned_ms: int, clock_ms: int) -> int:
    """Which day of the plan a bare clock time belongs to: -1, 0 or 1, the one nearest to the plan (both in ms of the day).

    Exactly half a day before the plan is the same day, exactly half a day after it is the day before.
    """
    return -((clock_ms - planned_ms + HALF_DAY_MS) // DAY_MS)


def unroll(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Clock ranges (ms of the day) in rank order -> (start, end) on one line; ends at or before starts lie in the next day.

    A range that starts before the one above it is of the next day; the very same range again is, too.
    """
    spans: list[tuple[int, int]] = []
    day = 0
    above: tuple[int, int] | None = None
    for start, end in ranges:
        if above is not None and (start < above[0] or ((start, end) == above and start != end)):
            day += DAY_MS
        spans.append((day + start, day + (end if end >= start else end + DAY_MS)))
        above = (start, end)
    return spans


@dataclass(frozen=True, slots=True)
class Times:
    """Start and end as ms of the day, and the length in ms."""

    start: int
    end: int
    duration: int


def reconcile(
    start: int | None, end: int | None, duration: int | None, keep: Literal["end", "duration"] | None = None
) -> Times | None:
    """One consistent triple from what a sheet says; None when fewer than two are known.

    In conflict the end wins unless the length is kept. An end before the start is the next day's.
    """
    known = sum(x is not None for x in (start, end, duration))
    if known < 2:
        return None
    if start is None:
        return Times(((end or 0) - (duration or 0)) % DAY_MS, end or 0, duration or 0)
    if end is None or (keep == "duration" and duration is not None):
        return Times(start, (start + (duration or 0)) % DAY_MS, duration or 0)
    return Times(start, end, end - start if end >= start else end - start + DAY_MS)


def chain_ends(rows: Sequence[tuple[int, int, bool]]) -> list[Times]:
    """Rows of (start, end, follows): a row that follows starts where the one above ends, its end stands, its length gives way."""
    settled: list[Times] = []
    for start, end, follows in rows:
        begin = settled[-1].end if follows and settled else start
        settled.append(Times(begin, end, end - begin if end >= begin else end - begin + DAY_MS))
    return settled


def carry_delays(slots: Sequence[tuple[int, int, int]]) -> tuple[list[int], list[int]]:
    """What planned delays do to slots of (delay_ms put right above, start, end): (delay of each slot, gap above each slot).

    A gap eats lateness carried into it, never earliness, and never a delay put behind it.
    """
    delays: list[int] = []
    gaps: list[int] = []
    carried, free = 0, slots[0][1] if slots else 0
    for put, start, end in slots:
        gap = max(0, start - free)
        if carried > 0:
            carried = max(0, carried - gap)
        carried += put
        delays.append(carried)
        gaps.append(gap)
        free = end
    return delays, gaps
