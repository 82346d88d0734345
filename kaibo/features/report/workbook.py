"""The report as a workbook: one sheet per table, numbers as numbers, in the reader's language."""

import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from kaibo.core.money import exponent, to_major
from kaibo.features.report.sections import TIMES_MAX, TIMES_MIN, apart, sections, span, times, title_of
from kaibo.features.report.shapes import Report
from kaibo.features.report.table import Column, Kind, Say, Section
from kaibo.kit.cells import written

HEAD = PatternFill("solid", fgColor="E8EDF5")
WIDTH_MAX = 40
SHEET_NAME_MAX = 31  # Excel's


def write_workbook(report: Report, say: Say, language: str) -> bytes:
    """Report -> xlsx. `say` turns a code `report.<word>` into a word of `language`."""
    book = Workbook()
    book.remove(book.active)  # pyright: ignore[reportArgumentType]
    currency, zone = report.show.currency, ZoneInfo(report.show.timezone)
    for section in sections(report, say, language):
        rows = [
            [_cell(value, column.kind, currency, zone) for value, column in zip(row, section.columns, strict=True)]
            for row in section.rows
        ]
        sheet = _sheet(book, section, rows, say, currency)
        _format(sheet, section, currency)
    first: Any = book.worksheets[0]
    first.insert_rows(2)
    first["A2"], first["B2"] = say("report.title"), _safe(title_of(report, say))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Any, kind: Kind, currency: str, zone: ZoneInfo) -> object:
    if value is None:
        return "" if kind == "instant" else None
    match kind:
        case "money":
            return float(to_major(round(value), currency))
        case "instant":
            return datetime.fromtimestamp(value / 1000, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        case "minutes":
            return round(value / 60_000, 2)
        case "length" | "apart":
            return (apart if kind == "apart" else span)(value)
        case "figure":
            return _cell(value[0], "money" if value[1] == "minor" else "count", currency, zone)
        case "text":
            return _safe(value)
        case "times":
            return value if TIMES_MIN <= value < TIMES_MAX else times(value)
        case "count" | "ratio":
            return value


def _head(column: Column, say: Say, currency: str) -> str:
    word = say(f"report.{column.word}", minutes=column.minutes)
    return f"{word} ({currency})" if column.kind == "money" else word


def _format(sheet: Any, section: Section, currency: str) -> None:
    """Numbers stay numbers and read as what they are: money with the digits of its currency, shares as percent."""
    for cells, row in zip(sheet.iter_rows(min_row=2), section.rows, strict=False):  # below the rows there may be a remark
        for cell, value, column in zip(cells, row, section.columns, strict=False):
            cell.number_format = _format_of(value, column.kind, currency)


def _format_of(value: Any, kind: Kind, currency: str) -> str:
    money = "#,##0" + f".{'0' * exponent(currency)}".rstrip(".")
    if kind == "figure":
        unit = FIGURES.get(value[1], "General")
        return f'{money} "{currency}"' if value[1] == "minor" else unit
    return {"money": money, "ratio": "0.0%", "minutes": "0.00"}.get(kind, "General")


FIGURES = {"ratio": "0.0%", "seconds": '#,##0.0 "s"', "times": '0.00"×"'}


def _sheet(book: Workbook, section: Section, rows: list[list[object]], say: Say, currency: str) -> Any:
    sheet: Any = book.create_sheet(section.title[:SHEET_NAME_MAX])
    sheet.append([_head(column, say, currency) for column in section.columns])
    for row in rows:
        sheet.append(row)
    if section.more:
        sheet.append([say("report.more_unlisted", count=f"{section.more:,}")])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), HEAD
    sheet.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, 1):
        widest = max((_width(cell.value) for cell in column), default=8)
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDTH_MAX, widest + 2)
    if section.note:
        sheet["A1"].comment = Comment(section.note, "Kaibo", width=420, height=120)  # beside the rows, so that they stay a table
    return sheet


def _width(value: object) -> int:
    """In letters; a number is shown with commas, digits after the point and its unit."""
    text = f"{value:,.0f}.000 TWD" if isinstance(value, int | float) else str(value or "")
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def _safe(value: object) -> object:
    """A viewer's words must stay words: a spreadsheet would run a text that begins like a formula."""
    if not isinstance(value, str):
        return value
    text = written(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
