"""Minutes that stand out, and what the team did near each rise. Near is not because: the report says which rule it used."""

from collections.abc import Sequence
from statistics import median

from kaibo.features.report.shapes import Mark, Peak, PeakRule, ReportMinute, Series, Where

MINUTE_MS = 60_000
KNOWN_LEAST = 5  # minutes that must lie before a peak, so that there is something it stands out from
PEAKS_MAX = 6
TO_DEVIATION = 1.4826  # a median absolute deviation times this is a standard deviation, where values scatter evenly
RULE = PeakRule(back_minutes=10, gmv_times=1.5, online_times=1.2, deviations=2.0, apart_minutes=3, near_minutes=2)


def peaks_of(minutes: Sequence[ReportMinute]) -> tuple[Peak, ...]:
    """The peaks of paid GMV and of online, in the order of time."""
    if not minutes:
        return ()
    marks = [mark for minute in minutes for mark in minute.marks]
    first, gmv, online = _curves(minutes)
    found = [
        *_peaks("gmv_paid", first, gmv, RULE.gmv_times, marks),
        *_peaks("online", first, online, RULE.online_times, marks),
    ]
    return tuple(sorted(found, key=lambda peak: (peak.minute, peak.series)))


def _curves(minutes: Sequence[ReportMinute]) -> tuple[int, list[int], list[int]]:
    """(first minute, paid GMV, online), one value for every minute: nothing sold where none was told, and nobody moved.

    No online where no source told who came in.
    """
    by_minute = {row.minute: row for row in minutes}
    first, last = min(by_minute), max(by_minute)
    gmv: list[int] = []
    online: list[int] = []
    for minute in range(first, last + 1):
        row = by_minute.get(minute)
        gmv.append((row.gmv_paid_minor if row else 0) or 0)
        there = row.online if row else online[-1] if online else None
        online += [] if there is None else [there]
    return first, gmv, online


def _peaks(series: Series, first: int, values: Sequence[int], times: float, marks: Sequence[Mark]) -> list[Peak]:
    """The highest rises over what was usual in the minutes before."""
    found: list[Peak] = []
    for place in range(KNOWN_LEAST, len(values)):
        before = values[max(0, place - RULE.back_minutes) : place]
        usual = median(before)
        scatter = TO_DEVIATION * median(abs(value - usual) for value in before)
        stands_out = values[place] > max(times * usual, usual + RULE.deviations * scatter)
        if stands_out and _is_top(values, place):
            found.append(_peak(series, first, values, place, usual, marks))
    found.sort(key=lambda peak: (peak.usual - peak.value, peak.minute))
    return found[:PEAKS_MAX]


def _is_top(values: Sequence[int], place: int) -> bool:
    """The highest around; of equals the earliest. More minutes are known before it than those it is held against."""
    before = values[place - RULE.apart_minutes : place]
    after = values[place + 1 : place + 1 + RULE.apart_minutes]
    return all(value < values[place] for value in before) and all(value <= values[place] for value in after)


def _peak(series: Series, first: int, values: Sequence[int], place: int, usual: float, marks: Sequence[Mark]) -> Peak:
    start = place
    # No more than half of the minutes before lie above their median: a rise is of five minutes at most, a slower one is a trend.
    while usual < values[start - 1] < values[start]:
        start -= 1
    rise_from = first + start
    begins, ends = rise_from * MINUTE_MS, (first + place + 1) * MINUTE_MS
    near = begins - RULE.near_minutes * MINUTE_MS
    types = "order.created,order.paid" if series == "gmv_paid" else "audience.batch"
    return Peak(
        series=series,
        minute=first + place,
        value=values[place],
        usual=usual,
        rise_from=rise_from,
        causes=tuple(mark for mark in marks if near <= mark.at < ends),
        events=Where(types=types, from_at=begins, to_at=ends),
    )
