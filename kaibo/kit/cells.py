"""Values of cells, and the text they read as."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([0#?])|([-+/() :])|(.)')
CellValue = str | int | float | datetime | date | time | timedelta
# What no XML can hold: a sheet with one of these in it cannot be opened, or not be written at all.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def value_of(value: object) -> CellValue | None:
    """What a workbook's cell holds, None for nothing; text without control characters."""
    match value:
        case None:
            return None
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            text = CONTROL.sub("", value)
            return text if text.strip() else None
        case datetime() if value.year < 1901:  # a time of more than a day, in Excel's calendar
            return value - datetime(1899, 12, 31)  # noqa: DTZ001  a sheet knows no zone
        case int() | float() | datetime() | date() | time() | timedelta():
            return value
        case _:
            return str(value)


def written(text: str) -> str:
    """A text as a workbook can hold it."""
    return CONTROL.sub("", text)


def text_of(value: CellValue, *, percent: bool, mask: str = "") -> str:
    """The value as a person would write it; a whole number in the figures its `mask` shows, see `mask_of`."""
    match value:
        case str():
            return value
        case float() | int():
            return f"{value * 100:.6g}%" if percent else _masked(_number(value), mask)
        case datetime():
            return value.strftime("%Y-%m-%d" if value.time() == time(0) else "%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M:%S" if value.second else "%H:%M")
        case timedelta():
            return _span_text(value)


def _span_text(span: timedelta) -> str:
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{clock}:{seconds:02d}" if seconds else clock


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15) else repr(value)


@lru_cache(maxsize=256)
def mask_of(number_format: str) -> str:
    r"""What a format of zeros makes of a whole number: `00000`, `"K"000` -> `K000`, with \0 for a zero; "" for any other format.

    A number in such a format is an id: what is seen is meant.
    """
    mask = ""
    for quoted, escaped, place, sign, other in _TOKEN.findall(
        re.sub(r"\[[^\]]*\]|[_*].", "", number_format.split(";", maxsplit=1)[0])
    ):
        if other:
            return ""
        mask += ("\0" if place == "0" else "") if place else quoted or escaped or sign
    return mask.strip(" ") if mask.count("\0") > 1 else ""


def _masked(figures: str, mask: str) -> str:
    """Figures fill the zeros from the right; what is left over stands before the first."""
    if not mask or not figures.isdigit():
        return figures
    left = list(figures)
    signs = [(left.pop() if left else "0") if sign == "\0" else sign for sign in reversed(mask)]
    first = len(mask) - mask.index("\0")
    return "".join(reversed([*signs[:first], *reversed(left), *signs[first:]]))
