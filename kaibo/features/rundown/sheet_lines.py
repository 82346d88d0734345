"""The rows of a sheet that are cues, their cells by field; and why the other rows are none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kaibo.features.product.facts import ProductSheet
from kaibo.features.rundown.columns import COLUMNS
from kaibo.features.rundown.sheet_clock import Span, length_of, span_of
from kaibo.features.rundown.sheet_times import TimedRow
from kaibo.features.rundown.sheet_words import is_total
from kaibo.kit.sheet_values import Header, known_headers, lost_digits
from kaibo.kit.sheets import Cell, ImportNote, ImportRow, Table

TEXT_MAX = 4000
TIME_FIELDS = ("span", "start", "end", "duration", "start_at")


@dataclass
class Line:
    """A row of the sheet that is a cue: its cells by field, the others by header, and what there is to say of it."""

    number: int
    cells: dict[str, Cell]
    extra: dict[str, str]
    time: TimedRow
    notes: list[ImportNote] = field(default_factory=list[ImportNote])

    def text(self, name: str) -> str:
        """The text of a field, "" when its cell is empty."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def note(self, name: str, code: str, /, **data: object) -> None:
        """Say something about the cell of a field, or about the row when it has none."""
        cell = self.cells.get(name)
        text = cell.text[:200] if cell else ""
        self.notes.append(ImportNote(cell=cell.address if cell else "", code=code, text=text, data=data))


@dataclass(frozen=True)
class Sheet:
    """Everything reading a cue needs: the table, its header, and what the show knows."""

    table: Table
    header: Header
    currency: str
    products: Mapping[str, ProductSheet]

    def header_of(self, name: str) -> str:
        """The header of a field as the sheet writes it."""
        return next((column.header for column in self.header.columns if column.field == name), name)

    def keep(self, line: Line, name: str) -> None:
        """What a field cannot take stays with the cue, under the sheet's own header."""
        if line.text(name):
            line.extra.setdefault(self.header_of(name), line.cells[name].text[:TEXT_MAX])


def read_lines(sheet: Sheet) -> tuple[list[Line], list[ImportRow]]:
    """The rows that are cues, and a report row for each that is not."""
    lines: list[Line] = []
    passed: list[ImportRow] = []
    for number in range(sheet.header.row + 1, sheet.table.last_row + 1):
        cells = sheet.table.row(number)
        why = _not_a_cue(sheet, cells)
        if why is None:
            lines.append(_line(sheet, number, cells))
        else:
            cell = next((each for each in cells.values() if not each.spread), None)
            note = ImportNote(cell=cell.address if cell else "", code=why, text=cell.text[:200] if cell else "")
            passed.append(ImportRow(row=number, status="skipped", title=note.text, notes=(note,)))
    _share(lines)
    return lines, passed


def _not_a_cue(sheet: Sheet, cells: Mapping[int, Cell]) -> str | None:
    own = [cell for cell in cells.values() if not cell.spread]
    if not own:
        return "sheet.blank_row"
    if sheet.table.struck(own[0].row):
        return "sheet.struck_row"
    if known_headers(cells, COLUMNS) >= max(2, sheet.header.score // 2):
        return "sheet.heading_row"
    named = {column.field: cells[column.at] for column in sheet.header.columns if column.field and column.at in cells}
    if any(is_total(cell.text) for cell in own[:3]):
        return "sheet.total_row"
    if set(named) <= {"number", *TIME_FIELDS} and not any(
        column.field is None and column.at in cells for column in sheet.header.columns
    ):
        return "sheet.nothing_but_time" if set(named) & set(TIME_FIELDS) else "sheet.section_row"
    alone = len(own) == 1 and len(cells) == 1
    return "sheet.section_row" if alone and (own[0].wide > 1 or named.get("title") is not own[0]) else None


def _line(sheet: Sheet, number: int, cells: Mapping[int, Cell]) -> Line:
    named: dict[str, Cell] = {}
    extra: dict[str, str] = {}
    for column in sheet.header.columns:
        cell = cells.get(column.at)
        if cell is not None and column.field is not None:
            named[column.field] = cell
        elif cell is not None and column.at not in sheet.table.hidden_columns:
            key = column.header if column.header not in extra else f"{column.header} ({cell.address.rstrip('0123456789')})"
            extra[key] = cell.text[:TEXT_MAX]
    line = Line(number, named, extra, TimedRow())
    for at, cell in cells.items():
        if all(column.at != at for column in sheet.header.columns):
            extra[cell.address.rstrip("0123456789")] = cell.text[:TEXT_MAX]
        line.notes += [ImportNote(cell=cell.address, code=code, text=cell.text[:200]) for code in _wrong(sheet, at, cell)]
    if number in sheet.table.hidden_rows:
        line.notes.append(ImportNote(cell="", code="sheet.hidden_row"))
    _read_time(sheet, line)
    return line


def _wrong(sheet: Sheet, at: int, cell: Cell) -> Iterator[str]:
    """Codes of what is wrong with a cell, whatever it says."""
    fields = {column.at: column.field for column in sheet.header.columns}
    if at not in fields:
        yield "sheet.no_column"
    if cell.struck and not cell.spread:
        yield "sheet.struck_cell"
    if cell.unread:
        yield cell.unread
    if fields.get(at) in (None, "product_id", "product_name") and not cell.spread and lost_digits(cell):
        yield "sheet.digits_lost"


def _read_time(sheet: Sheet, line: Line) -> None:
    for name in ("span", "start", "end"):
        cell = line.cells.get(name)
        if cell is None or cell.spread:
            continue
        span = span_of(cell)
        if span is None:
            line.note(name, "sheet.time_unread")
            sheet.keep(line, name)
        elif name == "end":
            if line.time.span is not None:
                line.time.span = Span(line.time.span.start, span.start)
        elif line.time.span is None or name == "start":
            line.time.span = span if span.end or line.time.span is None else Span(span.start, line.time.span.end)
    _read_length(sheet, line)


def _read_length(sheet: Sheet, line: Line) -> None:
    cell = line.cells.get("duration")
    if cell is None or cell.spread:
        return
    line.time.length = length_of(cell, sheet.header_of("duration"))
    if line.time.length is None:
        line.note("duration", "sheet.duration_unread")
    if line.time.length is None or line.time.length.remark:
        sheet.keep(line, "duration")


def _share(lines: list[Line]) -> None:
    """One time merged over several rows is one stretch of time for all of them, and so is one length."""
    first: Line | None = None
    for line in lines:
        cell = line.cells.get("span") or line.cells.get("start")
        if cell is not None and cell.spread and first is not None:
            line.time.shares = 0
            first.time.shares += 1
        else:
            first = line
    _share_lengths(lines)


def _share_lengths(lines: list[Line]) -> None:
    first: Line | None = None
    for line in lines:
        cell = line.cells.get("duration")
        if cell is None or not cell.spread:
            first = line
        elif first is not None and (length := first.time.length) is not None:
            first.time.length = replace(length, rows=length.rows + 1)
            line.time.covered = True
