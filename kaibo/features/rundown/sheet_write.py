"""The rundown as a workbook in the trade's usual columns; reading it back gives the same cues."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from kaibo.core.money import to_major
from kaibo.features.product.facts import ProductSheet
from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.sheet_words import (
    HEADERS,
    MUST_NOT_SAY_MARKS,
    OPTIONAL,
    START_MODES,
    TYPE_NAMES,
    cue_type_of,
)
from kaibo.features.rundown.timing import TimedCue, walk
from kaibo.kit.cells import written
from kaibo.kit.item_types import ITEM_TYPES
from kaibo.kit.sheet_values import joined
from kaibo.kit.workbook import workbook_bytes

HEADER_ROW = 4
DAY_MS = 86_400_000
HALF_DAY_MS = DAY_MS // 2
FAR_MS = DAY_MS // 4
WIDE = {"title": 16, "span": 16, "product_name": 24, "host_lines": 36}


def write_rundown_xlsx(
    cues: Sequence[Cue],
    *,
    title: str,
    starts_at: int,
    ends_at: int,
    zone: str,
    currency: str,
    goal_gmv_minor: int = 0,
    products: Mapping[str, ProductSheet],
) -> bytes:
    """An xlsx of the cues in order, with planned starts; instants ms UTC, amounts minor units."""
    rows = _rows(cues, starts_at, zone, currency, products)
    names, extras = _columns(cues, rows)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "直播腳本"
    _put(sheet, 1, 1, f"{title} 直播腳本")
    start, end = _local(starts_at, zone), _local(ends_at, zone)
    head: list[object] = ["日期", start.strftime("%Y-%m-%d"), "開播", start.strftime("%H:%M"), "下播", end.strftime("%H:%M")]
    head += ["目標成交額", _major(goal_gmv_minor, currency), "幣別", currency]
    _put_row(sheet, 2, head)
    _put_row(sheet, HEADER_ROW, [*(HEADERS[name] for name in names), *extras])
    for number, (row, extra) in enumerate(rows, start=HEADER_ROW + 1):
        values = [*(extra.get(HEADERS[name], row.get(name)) for name in names), *(extra.get(key) for key in extras)]
        _put_row(sheet, number, values)
    _dress(sheet, names, len(extras))
    return workbook_bytes(book)


def _columns(cues: Sequence[Cue], rows: Sequence[tuple[dict[str, object], dict[str, str]]]) -> tuple[list[str], list[str]]:
    names = [name for name in HEADERS if name not in OPTIONAL or any(name in row for row, _ in rows)]
    labels = set(HEADERS.values())
    return names, list(dict.fromkeys(key for cue in cues for key in cue.extra if key not in labels))


def _rows(
    cues: Sequence[Cue], starts_at: int, zone: str, currency: str, products: Mapping[str, ProductSheet]
) -> list[tuple[dict[str, object], dict[str, str]]]:
    course = walk([TimedCue(cue.cue_id, cue.duration_ms, cue.start_mode, cue.start_at) for cue in cues], starts_at)
    modes = any(cue.start_mode != "soft" for cue in cues)
    found: list[tuple[dict[str, object], dict[str, str]]] = []
    day = _local(course.starts[0] if course.starts else starts_at, zone).date()
    above, free = starts_at - HALF_DAY_MS, starts_at
    for number, (cue, start) in enumerate(zip(cues, course.starts, strict=True), start=1):
        row = _row(cue, currency, products)
        row["number"] = number
        # A bare time is the first one after the row above: what is earlier, or half a day off, is told with its date.
        astray = start < above or start > free + FAR_MS
        row["span"] = f"{_clock(start, day, zone, dated=astray)}-{_clock(start + cue.duration_ms, day, zone)}"
        if modes:
            row["start_mode"] = START_MODES[cue.start_mode][0]
        if cue.start_mode != "soft" and cue.start_at is not None and (cue.start_at != start or astray):
            row["start_at"] = _clock(cue.start_at, day, zone, dated=astray)
        above, free = start if start >= above - HALF_DAY_MS else above, start + cue.duration_ms
        found.append((row, cue.extra))
    return found


def _row(cue: Cue, currency: str, products: Mapping[str, ProductSheet]) -> dict[str, object]:
    product = products.get(cue.product_id or "")
    row: dict[str, object] = {
        "duration": _minutes(cue.duration_ms),
        "title": cue.title,
        "item_type": ITEM_TYPES[cue.item_type][0] if cue.item_type in ITEM_TYPES else cue.item_type,
        "product_id": cue.product_id,
        "product_name": _named(product, cue.proof) if product else None,
        "list_price": _major(product.list_price_minor, currency) if product else None,
        "live_price": _major(product.live_price_minor, currency) if product else None,
        "mechanism": cue.mechanism,
        "host_lines": joined(cue.host_lines, "；"),
        "assistant_action": cue.assistant_action,
        "operations_action": cue.operations_action,
        "tech_action": cue.tech_action,
        "must_not_say": joined(cue.must_not_say, "、", MUST_NOT_SAY_MARKS),
        "fallback": cue.fallback,
    }
    if cue.proof and product is None:
        row["proof"] = cue.proof
    if cue.goal_gmv_minor is not None:
        row["goal"] = _major(cue.goal_gmv_minor, currency)
    if cue.cue_type != cue_type_of(cue.title, has_product=cue.product_id is not None):
        row["cue_type"] = TYPE_NAMES[cue.cue_type]
    return row


def _named(product: ProductSheet, proof: str) -> str:
    """`修護精華液 30ml（檢驗報告 SGS）`, as the trade writes what to show beside a product."""
    return f"{product.name}（{proof}）" if proof else product.name


def _put_row(sheet: Any, number: int, values: Iterable[object]) -> None:
    for at, value in enumerate(values, start=1):
        _put(sheet, number, at, value)


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    """A value; a text that looks like a formula stays a text."""
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = written(value)[:32_767]
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"
    else:
        cell.value = value


def _dress(sheet: Any, names: Sequence[str], extras: int) -> None:
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)
    for at in range(1, len(names) + extras + 1):
        name = names[at - 1] if at <= len(names) else ""
        sheet.column_dimensions[get_column_letter(at)].width = WIDE.get(name, 14)
        cell = sheet.cell(HEADER_ROW, at)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE8E8E8")
        for number in range(HEADER_ROW + 1, sheet.max_row + 1):
            sheet.cell(number, at).alignment = Alignment(wrap_text=True, vertical="top")


def _local(at: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(zone))


def _clock(at: int, first_day: date, zone: str, *, dated: bool = False) -> str:
    """`20:10`, past midnight of the plan's first day `25:10`, on any other day with its date; with seconds where there are any."""
    local = _local(at, zone)
    days = (local.date() - first_day).days
    bare = days in (0, 1) and not dated
    hours = local.hour + 24 * days if bare else local.hour
    day = "" if bare else f"{local.date().isoformat()} "
    return f"{day}{hours:02d}:{local.minute:02d}" + (f":{local.second:02d}" if local.second else "")


def _minutes(ms: int) -> int | float:
    return ms // 60_000 if ms % 60_000 == 0 else ms / 60_000


def _major(minor: int | None, currency: str) -> int | float | None:
    if minor is None:
        return None
    major = to_major(minor, currency)
    return int(major) if major == major.to_integral_value() else float(major)
