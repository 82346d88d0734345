"""The lines above a rundown's header: title, date, start, end, goal, currency."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kaibo.core.headers import plain
from kaibo.features.rundown.sheet_clock import Clock, DayOne, Span, span_of
from kaibo.features.rundown.sheet_words import HEAD, TITLE_ENDS
from kaibo.kit.sheet_amounts import amount_cell
from kaibo.kit.sheets import Cell, ImportNote, ImportRow, Table

_DATE = re.compile(
    r"(?:(\d{2,4})\s*[-/.年])?\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s*[(]?(?:週|周|星期|禮拜|礼拜)?[一二三四五六日天]?[)]?)?"
)
_LABELLED = re.compile(r"^([^:：]{1,14})[:：]\s*(.+)$", re.DOTALL)
_CURRENCIES = {
    "台幣": "TWD",
    "臺幣": "TWD",
    "新台幣": "TWD",
    "新臺幣": "TWD",
    "nt$": "TWD",
    "ntd": "TWD",
    "人民幣": "CNY",
    "人民币": "CNY",
    "rmb": "CNY",
    "港幣": "HKD",
    "港币": "HKD",
    "hk$": "HKD",
    "美元": "USD",
    "美金": "USD",
    "us$": "USD",
}


@dataclass
class Head:
    """What the head says, `values` by name (title, date, starts_at, ends_at in ms UTC, goal_gmv_minor, currency), and rows of notes."""

    values: dict[str, object] = field(default_factory=dict[str, object])
    rows: list[ImportRow] = field(default_factory=list[ImportRow])


def read_head(table: Table, above: int, *, starts_at: int, zone: str, currency: str) -> Head:
    """Read the rows above row `above`. Times without a date are of the show's own day."""
    head = Head()
    clocks: dict[str, Span] = {}
    for number in sorted(row for row in table.rows if row < above):
        notes: list[ImportNote] = []
        for label, cell in _pairs(table.row(number)):
            name = HEAD.field(label) if label else None
            if not _take(head.values, clocks, name, cell, currency) and not _title(head.values, label, cell):
                notes.append(ImportNote(cell=cell.address, code="sheet.head_unread", text=cell.text[:200], data={"label": label}))
        if notes:
            head.rows.append(ImportRow(row=number, status="skipped", title="", notes=tuple(notes)))
    _set_times(head.values, clocks, starts_at, zone)
    return head


def _pairs(cells: dict[int, Cell]) -> Iterator[tuple[str, Cell]]:
    """(label, value) of a row: a label's value stands behind a colon, or in the next cell; a cell without a label has ""."""
    waiting: Cell | None = None
    for cell in (cells[at] for at in sorted(cells)):
        if cell.spread:
            continue
        labelled = _LABELLED.match(plain(cell.text)) if isinstance(cell.value, str) else None
        if waiting is not None:
            yield waiting.text.rstrip(":："), cell
            waiting = None
        elif labelled and HEAD.field(labelled[1]):
            yield labelled[1], Cell(cell.row, cell.column, labelled[2])
        elif isinstance(cell.value, str) and cell.wide == 1 and (HEAD.field(cell.text) or cell.text.endswith((":", "："))):
            waiting = cell
        else:
            yield "", cell
    if waiting is not None and HEAD.field(waiting.text) is None:
        yield "", waiting


def _title(values: dict[str, object], label: str, cell: Cell) -> bool:
    """The first line without a label is the title of the sheet."""
    if label or "title" in values or not isinstance(cell.value, str):
        return False
    title = cell.text
    for end in TITLE_ENDS:
        if title.lower().endswith(end) and len(title) > len(end):
            title = title[: -len(end)].rstrip(" -－—｜|:：_")
            break
    values["title"] = title[:200]
    return True


def _take(values: dict[str, object], clocks: dict[str, Span], name: str | None, cell: Cell, currency: str) -> bool:
    match name:
        case "title":
            values["title"] = cell.text[:200]
        case "date":
            values["date"] = _day(cell)
        case "starts" | "ends" | "span":
            span = span_of(cell)
            if span is not None:
                clocks[name] = span
            return span is not None
        case "goal":
            values["goal_gmv_minor"] = amount_cell(cell, currency)
        case "currency":
            values["currency"] = _currency(cell.text)
        case _:
            return False
    key = {"goal": "goal_gmv_minor"}.get(name or "", name or "")
    if values[key] is None:
        del values[key]
        return False
    return True


def _currency(text: str) -> str | None:
    bare = plain(text)
    return (
        bare.upper() if re.fullmatch(r"[A-Za-z]{3}", bare) and bare.lower() not in _CURRENCIES else _CURRENCIES.get(bare.lower())
    )


def _day(cell: Cell) -> str | None:
    """`2026-11-28`, `2026年11月28日`, `11/28` (year unknown: `--11-28`)."""
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    found = _DATE.fullmatch(plain(cell.text))
    if found is None:
        return None
    year = int(found[1]) if found[1] else 2000
    year += 1911 if 100 <= year < 200 else 2000 if year < 100 else 0  # 115 is the year of the Republic of China
    try:
        day = date(year, int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day.isoformat() if found[1] else f"--{day:%m-%d}"


def _ends_of(clocks: Mapping[str, Span]) -> tuple[Clock | None, Clock | None]:
    span = clocks.get("span")
    start = clocks["starts"].start if "starts" in clocks else span.start if span else None
    end = clocks["ends"].start if "ends" in clocks else span.end if span else None
    return start, end


def _set_times(values: dict[str, object], clocks: dict[str, Span], starts_at: int, zone: str) -> None:
    own = datetime.fromtimestamp(starts_at / 1000, ZoneInfo(zone)).date()
    said = str(values.get("date", ""))
    if said.startswith("--"):
        said = values["date"] = f"{own.year}{said[1:]}"
    start, end = _ends_of(clocks)
    try:
        day_one = DayOne(date.fromisoformat(said) if said else _named_day(start) or own, zone)
        begins = None if start is None else day_one.instant(start)
        if begins is not None:
            values["starts_at"] = begins
        if end is not None:
            values["ends_at"] = day_one.instant(end, begins)
    except (ValueError, OverflowError):
        values.pop("date", None)


def _named_day(clock: Clock | None) -> date | None:
    return clock.day if clock else None
