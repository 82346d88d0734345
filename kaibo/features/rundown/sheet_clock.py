"""Times and durations as people write them in sheets: `19:30～19:40`, `翌日01:10`, `8:00 PM`, `10分`, `1h`, `00:10`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kaibo.core.headers import plain
from kaibo.core.numeral import FIGURES_HAN, numeral
from kaibo.core.script import ONE_SCRIPT
from kaibo.features.rundown.wallclock import plan_instant, second_pass
from kaibo.kit.sheets import Cell

YEARS = range(2000, 2100)
DAY_S = 86_400
DAY_MS = 86_400_000
HALF_DAY_MS = DAY_MS // 2
LENGTH_TEXT_MAX = 30
MMSS_FROM_MS = 4 * 3_600_000  # a cue "05:00" long is five minutes, not five hours

_NEXT_DAY = r"翌日|次日|隔日|隔天|第二天|明日|明天|d\+1|\+1"
_HALF = r"上午|早上|清晨|凌晨|中午|下午|傍晚|晚上|晚間|晚间|夜間|夜间|半夜|午夜|深夜|夜裡|夜里|晚|早|a\.?m\.?|p\.?m\.?"
_CLOCK = re.compile(
    rf"(?P<date>\d{{4}}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}日?[t\s]*)?"
    rf"(?P<day>{_NEXT_DAY})?\s*(?P<half>{_HALF})?\s*"
    rf"(?:(?P<h>\d{{1,2}})\s*[:.點点時时h]\s*(?:(?P<m>[0-5]?\d)|(?P<m30>半))?(?:\s*[:分]\s*(?P<s>[0-5]?\d)?)?\s*[分秒]?"
    rf"|(?P<hhmm>[0-4]\d[0-5]\d)(?!\d)|(?P<ho>\d{{1,2}})(?=\s*(?:a|p)\.?m))"
    rf"\s*(?P<half2>a\.?m\.?|p\.?m\.?)?\s*(?P<day2>\(\s*(?:{_NEXT_DAY})\s*\)|\+1)?"
)
_BETWEEN = re.compile(r"(?:[\s~\-–—―→>約约]|至|到|左右|to|起)*")
_NIGHT = ("晚上", "晚間", "晚间", "夜間", "夜间", "半夜", "午夜", "深夜", "夜裡", "夜里", "晚")
_LATE = ("下午", "傍晚", *_NIGHT, "p")
_SMALL = 6  # one to five at night are the small hours

_SECONDS = {"h": 3600, "q": 900, "m": 60, "s": 1}
_BELOW = {"h": "m", "m": "s"}  # 1h30, 5分30: what has no unit is of the next one
_WORDS = {
    "half": "0.5", "半": "0.5", "a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8",
    "ten": "10", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "forty-five": "45", "sixty": "60", "ninety": "90",
}  # fmt: skip
_COUNT = rf"\d+(?:\.\d+)?|[{FIGURES_HAN}]+|{'|'.join(sorted(_WORDS, key=len, reverse=True))}"
# In one script and small letters.
_LENGTH = re.compile(
    rf"(?P<n>{_COUNT})\s*(?:an?\s+|个)?(?P<half>半|and a half)?\s*"
    r"(?:(?P<h>hours?|hrs?|h|小时|钟头|时)|(?P<q>刻钟?)|(?P<s>seconds?|secs?|s|秒钟|秒|\"|''|′′|″)|(?P<m>minutes?|mins?|m|分钟|分|'|′))"
    r"(?![a-z])\.?(?P<after>半钟?)?(?:\s*(?:and|,|&|又)\s*(?=.))?"
)
_ABOUT = re.compile(r"^(?:大约|大概|约莫|约|~|about|approx(?:imately|\.)?|around|ca?\.|circa)\s*|\s*(?:左右|上下)$")
_REMARK = re.compile(r"\s*[(\[【（]([^()\[\]【】（）]+)[)\]】）]\s*$")
_PARTS = re.compile(r"(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: `seconds` since midnight; `days` after the first day of the plan, or `day` itself, where written.

    `half` tells that the half of the day was written (8:00 PM), so that 8:00 alone may still be the evening.
    """

    seconds: int
    days: int | None = None
    day: date | None = None
    half: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Start and end of a row, as far as written."""

    start: Clock
    end: Clock | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration, ms; `or_ms`: what it is when two parts are minutes and seconds instead of hours and minutes.

    `remark`: what stands in brackets behind it; `rows`: how many rows it is of, merged over them.
    """

    ms: int
    or_ms: int | None = None
    remark: str = ""
    rows: int = 1


def span_of(cell: Cell) -> Span | None:
    """What a time cell says; None when it is no time."""
    match cell.value:
        case datetime() as at:
            at = _whole(at)
            return Span(Clock(_seconds(at.time()), day=at.date() if at.year in YEARS else None))
        case time() as at:
            at = _whole(datetime(2000, 1, 2, at.hour, at.minute, at.second, at.microsecond))  # noqa: DTZ001  a sheet knows no zone
            return Span(Clock(_seconds(at.time())))
        case timedelta() as since:
            return Span(_clock(round(since.total_seconds())))
        case float() as share if 0 <= share < 2 and not share.is_integer():
            return Span(_clock(round(share * DAY_S)))
        case _:
            return span_in(cell.text)


def _whole(at: datetime) -> datetime:
    """Excel keeps times as shares of a day: 19:59:59.999 is 20:00."""
    return at.replace(microsecond=0) + timedelta(seconds=at.microsecond >= 500_000)


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _clock(seconds: int) -> Clock:
    days, rest = divmod(seconds, DAY_S)
    return Clock(rest, days=days or None)


def span_in(text: str) -> Span | None:
    """`20:00-20:10`, `晚上8點半`, `25:10`, `8:00-8:10 PM`; None when there is anything else in it."""
    bare = plain(text).lower()
    found = list(_CLOCK.finditer(bare))
    if not 1 <= len(found) <= 2 or not _BETWEEN.fullmatch(_CLOCK.sub(" ", bare)):
        return None
    clocks = [_read(match) for match in found]
    start = clocks[0]
    if start is None or None in clocks:
        return None
    end = clocks[1] if len(clocks) == 2 else None
    return Span(start if end is None else _of_the_same_half(start, end), end)


def _of_the_same_half(start: Clock, end: Clock) -> Clock:
    """`8:00-8:10 PM`, `11:50-12:10 AM`: where the end alone says its half of the day, the start is the one nearer to it."""
    other = (start.seconds + DAY_S // 2) % DAY_S
    twelve = start.seconds < 13 * 3600  # 13:00 is written by whoever has no halves
    if end.half and not start.half and twelve and (end.seconds - other) % DAY_S < (end.seconds - start.seconds) % DAY_S:
        return Clock(other, start.days, start.day, half=True)
    return start


def _hours_of_day(hours: int, half: str) -> int:
    """Eight in the evening is twenty; twelve at night is none."""
    if half.startswith(_NIGHT) and (hours == 12 or hours < _SMALL):
        return hours % 12
    late = half.startswith(_LATE) and hours < 12
    noon = half == "中午" and hours < 3
    if half.startswith(("a", "凌晨")) and hours == 12:
        return 0
    return hours + 12 if late or noon else hours


def _read(match: re.Match[str]) -> Clock | None:
    hours, minutes, seconds = _digits(match)
    half = match["half"] or match["half2"] or ""
    if half and hours > 12 and not half.startswith(_LATE):
        return None
    hours = _hours_of_day(hours, half)
    days, hours = divmod(hours, 24)
    if days > 1:
        return None
    days += bool(match["day"] or match["day2"])
    day = _date(match["date"]) if match["date"] else None
    if match["date"] and day is None:
        return None
    return Clock(hours * 3600 + minutes * 60 + seconds, days or None, day, half=bool(half))


def _digits(match: re.Match[str]) -> tuple[int, int, int]:
    if match["hhmm"]:
        return int(match["hhmm"][:2]), int(match["hhmm"][2:]), 0
    if match["ho"]:
        return int(match["ho"]), 0, 0
    return int(match["h"]), 30 if match["m30"] else int(match["m"] or 0), int(match["s"] or 0)


def _date(text: str) -> date | None:
    year, month, day = (int(part) for part in re.findall(r"\d+", text)[:3])
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def length_of(cell: Cell, header: str) -> Length | None:
    """What a duration cell says; a bare number is in the unit of its header, minutes by custom. None when it is none."""
    match cell.value:
        case time() as at:
            return _two_ways(at.hour, at.minute, at.second) if not at.second else Length(_seconds(at) * 1000)
        case timedelta() as length:
            minutes, seconds = divmod(round(length.total_seconds()), 60)
            return _capped(_two_ways(minutes // 60, minutes % 60, 0) if not seconds else Length((minutes * 60 + seconds) * 1000))
        case int() | float() as number:
            return None if cell.percent or number < 0 else _capped(Length(round(number * 1000 * _unit(header))))
        case _:
            return _written(cell.text, _unit(header))


def _unit(header: str) -> int:
    bare = plain(header).lower()
    if "秒" in bare or "sec" in bare:
        return 1
    return 3600 if "小時" in bare or "小时" in bare or "hour" in bare else 60


def _length_in(text: str, unit: int) -> Length | None:
    bare = _ABOUT.sub("", plain(text).lower().translate(ONE_SCRIPT))
    parts = _PARTS.fullmatch(bare)
    if parts is not None:
        return (
            Length((int(parts[1]) * 3600 + int(parts[2]) * 60 + int(parts[3])) * 1000)
            if parts[3]
            else _two_ways(int(parts[1]), int(parts[2]), 0)
        )
    if len(bare) > LENGTH_TEXT_MAX:
        return None
    count = _number(bare)
    return Length(round(count * unit * 1000)) if count is not None else _in_words(bare)


def _written(text: str, unit: int) -> Length | None:
    """A length in words, and a remark in brackets behind it."""
    found = _REMARK.search(text)
    length = _capped(_length_in(text[: found.start()] if found else text, unit))
    return replace(length, remark=found[1].strip()) if length and found else length


def _in_words(bare: str) -> Length | None:
    """`1h 30 min`, `一個半小時`, `1h30`: each unit once, from the largest down; None when anything is left over."""
    pieces = [(next(unit for unit in _SECONDS if match[unit]), _piece(match)) for match in _LENGTH.finditer(bare)]
    units = [unit for unit, _ in pieces]
    if not pieces or units != sorted(set(units), key="hqms".index):
        return None
    rest = _LENGTH.sub("", bare).strip()
    if rest:
        pieces.append((_BELOW.get(units[-1], ""), _number(rest) if bare.endswith(rest) else None))
    return _summed(pieces)


def _summed(pieces: Sequence[tuple[str, Decimal | None]]) -> Length | None:
    seconds = Decimal(0)
    for unit, count in pieces:
        if count is None or unit not in _SECONDS:
            return None
        seconds += count * _SECONDS[unit]
    return Length(round(seconds * 1000))


def _number(text: str) -> Decimal | None:
    """Figures, or Chinese numerals."""
    if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text):
        return Decimal(text)
    number = numeral(text) if text and all(sign in FIGURES_HAN for sign in text) else None
    return None if number is None else Decimal(number)


def _piece(match: re.Match[str]) -> Decimal | None:
    count = Decimal(_WORDS[match["n"]]) if match["n"] in _WORDS else _number(match["n"])
    return None if count is None else count + Decimal("0.5") * (bool(match["half"]) + bool(match["after"]))


def _two_ways(hours: int, minutes: int, seconds: int) -> Length:
    return Length((hours * 3600 + minutes * 60 + seconds) * 1000, (hours * 60 + minutes) * 1000)


def _capped(length: Length | None) -> Length | None:
    if length is None or length.ms <= DAY_MS:
        return length
    return Length(length.or_ms) if length.or_ms is not None and length.or_ms <= DAY_MS else None


@dataclass(frozen=True, slots=True)
class DayOne:
    """The first day of a plan in its zone; instants of clocks are counted from it.

    `days_off`: how many days every date of the sheet lies behind the plan's own.
    """

    day: date
    zone: str
    days_off: int = 0

    def instant(self, clock: Clock, after: int | None = None) -> int:
        """The instant (ms UTC); a bare time is the first one not before `after`, and of the first day without it."""
        day = self.day + timedelta(days=self.days_off)
        hours, rest = divmod(clock.seconds, 3600)
        text = f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
        days = clock.days if clock.day is None else (clock.day - self.day).days
        if days is None:
            return plan_instant(day, text, self.zone, after)
        return plan_instant(day + timedelta(days=days), text, self.zone)

    def again(self, at: int) -> int:
        """The second pass of an hour lived twice, where the clocks go back; any other instant is its own."""
        return second_pass(at, self.zone)

    def nearest(self, at: int, to: int) -> int:
        """Of an hour lived twice the pass that is nearer to an instant."""
        return min((at, self.again(at)), key=lambda each: abs(each - to))

    def text(self, at: int, after: int | None = None) -> str:
        """The shortest writing that `instant` gives back as `at`, to the second."""
        local = datetime.fromtimestamp(at // 1000, ZoneInfo(self.zone))
        clock = local.strftime("%H:%M:%S" if local.second else "%H:%M")
        for text in (clock, f"翌日{clock}"):
            span = span_in(text)
            if span and self.instant(span.start, after) == at // 1000 * 1000:
                return text
        return f"{local:%Y-%m-%d} {clock}"
