"""A calendar as other programs subscribe to it (RFC 5545): events with their zone, what a line may hold, where it is folded. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LINE_BYTES: Final = 75
YEAR: Final = timedelta(days=366)
ESCAPES: Final = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))


@dataclass(frozen=True, slots=True)
class Entry:
    """An event: `uid` for good, `changed` grows with every change (seq of its log), instants in ms UTC told in `zone`; `ends_at` None for a moment."""

    uid: str
    changed: int
    stamp: int
    title: str
    starts_at: int
    zone: str
    ends_at: int | None = None
    note: str = ""


def write_feed(name: str, entries: Sequence[Entry]) -> bytes:
    """The whole calendar, the same bytes for the same entries."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kaibo//Kaibo//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M"]
    for zone in sorted({each.zone for each in entries}):
        told = [at for each in entries if each.zone == zone for at in (each.starts_at, each.ends_at or each.starts_at)]
        lines += _zone(zone, _utc(min(told)) - YEAR, _utc(max(told)) + YEAR)
    for each in entries:
        lines += _event(each)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"SEQUENCE:{entry.changed}"
    yield f"DTSTAMP:{_utc(entry.stamp):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={entry.zone}:{_local(entry.starts_at, entry.zone)}"
    if entry.ends_at is not None:
        yield f"DTEND;TZID={entry.zone}:{_local(entry.ends_at, entry.zone)}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.note:
        yield f"DESCRIPTION:{_text(entry.note)}"
    yield "END:VEVENT"


def _zone(name: str, start: datetime, end: datetime) -> Iterator[str]:
    """Each turn of the zone's clocks between two instants, one by one: no rule of years to get wrong."""
    zone = ZoneInfo(name)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{name}"
    yield from _turn(start.astimezone(zone), start.astimezone(zone))
    for before, after in _turns(zone, start, end):
        yield from _turn(before, after)
    yield "END:VTIMEZONE"


def _turns(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """A second before and the second at which the offset is another; found day by day, then by halves."""
    day = start
    while day < end:
        early, late = day, day + timedelta(days=1)
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset():
            while late - early > timedelta(seconds=1):
                middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
                same = middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset()
                early, late = (middle, late) if same else (early, middle)
            yield early.astimezone(zone), late.astimezone(zone)
        day += timedelta(days=1)


def _turn(before: datetime, after: datetime) -> Iterable[str]:
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    was, now = before.utcoffset() or timedelta(), after.utcoffset() or timedelta()
    wall = after.astimezone(UTC) + was  # when it happens, by the clock as it stood before
    return (
        f"BEGIN:{kind}",
        f"DTSTART:{wall:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(was)}",
        f"TZOFFSETTO:{_offset(now)}",
        f"TZNAME:{after.tzname()}",
        f"END:{kind}",
    )


def _offset(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC)


def _local(at: int, zone: str) -> str:
    return f"{_utc(at).astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}"


def _text(text: str) -> str:
    for sign, said in ESCAPES:
        text = text.replace(sign, said)
    return "".join(each for each in text if each >= " " and each != "\x7f")


def _folded(line: str) -> bytes:
    """At most 75 bytes a line, and never within a letter."""
    parts, part = list[bytes](), b""
    for letter in line:
        more = letter.encode("utf-8", "replace")
        if len(part) + len(more) > LINE_BYTES - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += more
    return b"\r\n ".join((*parts, part)) + b"\r\n"
