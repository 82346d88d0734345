"""Tables out of files: xlsx, CSV, TSV of any usual encoding; and the report of what was understood of one."""

import hashlib
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import msgspec

from kaibo.core.errors import Refusal
from kaibo.kit.cells import CONTROL, CellValue, mask_of, text_of, value_of
from kaibo.kit.charset import decode
from kaibo.kit.delimited import split
from kaibo.kit.spans import RANGE_CELLS_MAX, letters_of, spanned

ROWS_MAX = 5000
COLUMNS_MAX = 200
BYTES_MAX = 8 * 1024 * 1024
XML_BYTES_MAX = 48 * 1024 * 1024  # 5,000 rows of 200 cells are well under this once unpacked
PARTS_MAX = 2000
FILENAME_MAX = 120

# What openpyxl and zipfile raise over broken or hostile files; whatever it is, the file is not a sheet.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
)
_MARKUP = re.compile(rb"\s*(<!doctype|<html|<head|<table|<\?xml|<svg|%pdf|\{\\rtf)", re.IGNORECASE)


class NotASheet(Refusal):
    """Not a table: an image, a page, a broken or another program's file. Data {filename}."""

    code = "sheet.not_a_sheet"
    status = 422
    filename: str


class LegacyExcel(Refusal):
    """The Excel format of before 2007, or an xlsx with a password. Data {filename}."""

    code = "sheet.legacy_excel"
    status = 422
    filename: str


class EmptySheet(Refusal):
    """No cell has anything in it. Data {filename}."""

    code = "sheet.empty"
    status = 422
    filename: str


class SheetTooLarge(Refusal):
    """More than a team's sheet can be. Data {filename, rows_max, columns_max}."""

    code = "sheet.too_large"
    status = 422
    filename: str
    rows_max: int
    columns_max: int


class UnknownEncoding(Refusal):
    """Text in no encoding we can tell. Data {filename}."""

    code = "sheet.encoding"
    status = 422
    filename: str


class ImportNote(msgspec.Struct, frozen=True, kw_only=True):
    """What was not understood, or decided, about one cell (`B5`; "" for a whole row). `text` is what stands there."""

    cell: str
    code: str
    text: str = ""
    message: str = ""
    data: dict[str, Any] = {}


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the file: `status` is ok, partial (something in it was not understood) or skipped."""

    row: int
    status: Literal["ok", "partial", "skipped"]
    title: str
    notes: tuple[ImportNote, ...] = ()


class ImportColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A header as written, and the field it fills; None when it is kept under its own name or not read."""

    header: str
    field: str | None


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood of a file, row by row."""

    filename: str
    sheet: str
    header_row: int
    columns: tuple[ImportColumn, ...]
    rows: tuple[ImportRow, ...]
    imported: int
    head: dict[str, Any] = {}

    def in_words(self, say: Callable[[str, Mapping[str, object]], str]) -> "ImportReport":
        """The same with a message in every note."""
        return msgspec.structs.replace(self, rows=tuple(_row_in_words(row, say) for row in self.rows))

    def lines(self) -> tuple[str, ...]:
        """Every note on a line, for the log: cell, code and what stands there."""
        return tuple(
            f"{note.cell or row.row} {note.code}" + (f": {note.text}" if note.text else "")
            for row in self.rows
            for note in row.notes
        )


def _row_in_words(row: ImportRow, say: Callable[[str, Mapping[str, object]], str]) -> ImportRow:
    notes = tuple(msgspec.structs.replace(note, message=say(note.code, note.data)) for note in row.notes)
    return msgspec.structs.replace(row, notes=notes)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it.

    `value` keeps its type; `percent`: a number shown as per cent; `spread`: the value of a cell merged down over this one;
    `wide`: how many columns it is merged over; `unread`: a code of something wrong with it (an error, a formula without value);
    `struck`: its text is crossed out; `mask`: the figures a number is shown in, where its format is one of zeros.
    """

    row: int
    column: int
    value: CellValue
    percent: bool = False
    spread: bool = False
    wide: int = 1
    unread: str = ""
    struck: bool = False
    mask: str = ""

    @property
    def address(self) -> str:
        """`B5`."""
        return f"{letters_of(self.column)}{self.row}"

    @property
    def raw(self) -> str:
        """The value as text, its outer blanks kept."""
        return text_of(self.value, percent=self.percent, mask=self.mask)

    @property
    def text(self) -> str:
        """The value as text."""
        return self.raw.strip()


@dataclass(frozen=True)
class Table:
    """One sheet: its cells by row and column (both from 1), only those that have something in them."""

    name: str
    rows: dict[int, dict[int, Cell]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def last_row(self) -> int:
        """The number of the last row with something in it."""
        return max(self.rows, default=0)

    def row(self, number: int) -> dict[int, Cell]:
        """The cells of a row by column."""
        return self.rows.get(number, {})

    def struck(self, number: int) -> bool:
        """Whether a row is crossed out: all that stands in it and in no other."""
        own = [cell for cell in self.row(number).values() if not cell.spread]
        return bool(own) and all(cell.struck for cell in own)


@dataclass(frozen=True)
class Book:
    """A file: its visible tables, `digest` of its bytes (hex), and rows of the report about what was left aside."""

    filename: str
    digest: str
    tables: tuple[Table, ...]
    asides: tuple[ImportRow, ...] = field(default=())


def read_book(data: bytes, filename: str) -> Book:
    """The tables of a file. Raises NotASheet, LegacyExcel, EmptySheet, SheetTooLarge or UnknownEncoding."""
    filename = filename[-FILENAME_MAX:]
    if len(data) > BYTES_MAX:
        raise _too_large(filename)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise EmptySheet(filename=filename)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise LegacyExcel(filename=filename)
    if data.startswith(b"PK"):
        tables, asides = _xlsx(data, filename)
    else:
        tables, asides = _delimited(data, filename)
    filled = tuple(table for table in tables if table.rows)
    if not filled:
        raise EmptySheet(filename=filename)
    digest = hashlib.blake2b(data, digest_size=4).hexdigest()
    return Book(filename, digest, filled, asides)


def _too_large(filename: str) -> SheetTooLarge:
    return SheetTooLarge(filename=filename, rows_max=ROWS_MAX, columns_max=COLUMNS_MAX)


# text
def _rows_of(lines: Sequence[Sequence[str]], filename: str) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for number, values in enumerate(lines, start=1):
        cells = {at: Cell(number, at, value) for at, value in enumerate(values, start=1) if value.strip()}
        if cells:
            if len(rows) >= ROWS_MAX or max(cells) > COLUMNS_MAX:
                raise _too_large(filename)
            rows[number] = cells
    return rows


def _delimited(data: bytes, filename: str) -> tuple[list[Table], tuple[ImportRow, ...]]:
    if _MARKUP.match(data[:200].removeprefix(b"\xef\xbb\xbf")):
        raise NotASheet(filename=filename)
    decoded = decode(data)
    if decoded is None:
        raise (
            NotASheet(filename=filename) if CONTROL.search(data[:4096].decode("latin-1")) else UnknownEncoding(filename=filename)
        )
    text = decoded.text.removeprefix("\ufeff")
    parted = None if CONTROL.search(text) else split(text)
    if parted is None:
        raise NotASheet(filename=filename)
    rows = _rows_of(parted.rows, filename)
    codes = [("sheet.bytes_unread", decoded.unread)] if decoded.unread else []
    codes += [("sheet.quote_open", 1)] if parted.quote_open else []
    notes = tuple(ImportNote(cell="", code=code, data={"count": count, "encoding": decoded.encoding}) for code, count in codes)
    asides = (ImportRow(row=0, status="skipped", title=filename, notes=notes),) if notes else ()
    return [Table("", rows)], asides


# xlsx
def _xlsx(data: bytes, filename: str) -> tuple[list[Table], tuple[ImportRow, ...]]:
    try:
        parts = _sheet_parts(data, filename)
        if spanned(parts) > RANGE_CELLS_MAX:
            raise _too_large(filename)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl cannot keep (validations, drawings) is nothing we read
            book = _opened(data, data_only=True)
            formulas = _formulas(data) if b"<f" in parts else {}
        tables: list[Table] = []
        asides: list[ImportRow] = []
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                tables.append(_table(sheet, formulas.get(sheet.title, {}), filename))
            else:
                note = ImportNote(cell="", code="sheet.hidden", text=sheet.title, data={"sheet": sheet.title})
                asides.append(ImportRow(row=0, status="skipped", title=sheet.title, notes=(note,)))
    except _BROKEN as error:
        raise NotASheet(filename=filename) from error
    return tables, tuple(asides)


def _sheet_parts(data: bytes, filename: str) -> bytes:
    """The XML of all sheets. What would fill the memory is refused unpacked: zipfile reads no more than the sizes it is told."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > XML_BYTES_MAX:
            raise _too_large(filename)
        if "[Content_Types].xml" not in archive.namelist():
            raise NotASheet(filename=filename)
        return b"".join(archive.read(part) for part in parts if part.filename.startswith("xl/worksheets/"))


def _formulas(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Formulas by sheet and (row, column): a formula that was never calculated has no value, but is not nothing."""
    book = _opened(data)
    return {
        sheet.title: {(cell.row, cell.column): str(cell.value) for cell in _cells(sheet) if cell.data_type == "f"}
        for sheet in book.worksheets
    }


def _opened(data: bytes, *, data_only: bool = False) -> Any:
    import openpyxl  # noqa: PLC0415  it is loaded by the process that opens a workbook, by no server

    return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)


def _cells(sheet: Any) -> Iterator[Any]:
    """The cells that are in the file: walking to the far corner would make a million empty ones."""
    return (cell for _, cell in sorted(sheet._cells.items()))  # noqa: SLF001  it has no public name


def _read_cell(cell: Any, formula: str | None, struck: frozenset[int]) -> Cell | None:
    value = value_of(cell.value)
    if value is None and formula is None:
        return None
    wrong = "sheet.formula_without_value" if value is None else "sheet.error_value" if cell.data_type == "e" else ""
    kept: CellValue = formula or "" if value is None else value
    shown = str(cell.number_format) if isinstance(value, (int, float)) else ""
    crossed = bool(struck) and cell._style.fontId in struck  # noqa: SLF001  asking for the font makes one for each cell
    return Cell(
        cell.row, cell.column, kept, "%" in shown, unread=wrong, struck=crossed, mask=mask_of(shown) if "0" in shown else ""
    )


def _table(sheet: Any, formulas: Mapping[tuple[int, int], str], filename: str) -> Table:
    rows: dict[int, dict[int, Cell]] = {}
    fonts = sheet.parent._fonts  # noqa: SLF001  it has no public name
    struck = frozenset(place for place, font in enumerate(fonts) if font.strike)
    for cell in _cells(sheet):
        read = _read_cell(cell, formulas.get((cell.row, cell.column)), struck)
        if read is None:
            continue
        rows.setdefault(cell.row, {})[cell.column] = read
        if cell.column > COLUMNS_MAX or len(rows) > ROWS_MAX:
            raise _too_large(filename)
    _spread(sheet, rows)
    hidden = frozenset(number for number, size in sheet.row_dimensions.items() if size.hidden and number in rows)
    return Table(str(sheet.title), rows, hidden, _hidden_columns(sheet))


def _hidden_columns(sheet: Any) -> frozenset[int]:
    spans = [(size.min, size.max) for size in sheet.column_dimensions.values() if size.hidden]
    return frozenset(at for first, last in spans for at in range(first or 1, min(last or 0, COLUMNS_MAX) + 1))


def _spread(sheet: Any, rows: dict[int, dict[int, Cell]]) -> None:
    """A merged cell speaks for every row it covers, in its first column; it is told how wide it is."""
    last = max(rows, default=0)
    for area in sheet.merged_cells.ranges:
        top = rows.get(area.min_row, {}).get(area.min_col)
        if top is None:
            continue
        wide = area.max_col - area.min_col + 1
        for number in range(area.min_row, min(area.max_row, last) + 1):
            spread = number != area.min_row
            cell = replace(top, row=number, spread=spread, wide=wide)
            if not spread or number in rows:
                rows[number][top.column] = cell
