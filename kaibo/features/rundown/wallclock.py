"""From what planners write (20:00, 25:10) to instants: wall-clock plans in an IANA zone."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

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


def second_pass(at: int, zone: str) -> int:
    """When the clocks of a zone show again what they show at an instant (ms UTC), where they go back; else the same instant."""
    local = datetime.fromtimestamp(at // 1000, ZoneInfo(zone))
    return int(local.replace(fold=1).timestamp()) * 1000


def _instant(naive: datetime, place: ZoneInfo, fold: int) -> int:
    whole = naive.replace(tzinfo=place, fold=fold)
    if fold and whole.utcoffset() == naive.replace(tzinfo=place).utcoffset():
        return _instant(naive, place, 0)
    return int(whole.timestamp()) * 1000
