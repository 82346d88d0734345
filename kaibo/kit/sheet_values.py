"""What people write into cells, as values: full-width digits, counts, lists of points; the header row by its words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaibo.core.headers import Words, plain
from kaibo.kit.sheets import Cell, ImportNote, Table
from kaibo.kit.spans import letters_of

POINT_MARKS = ("\n", "；;|｜", "、")
HEADER_WITHIN = 15  # rows from the top in which a header row is looked for
HEADERS_LEAST = 2

_CIRCLED = re.compile("[①-⑳❶-❿]")
_LOST_DIGITS = re.compile(r"\d(?:\.\d+)?e\+\d{2,3}", re.IGNORECASE)
_COUNT = re.compile(
    r"(\d{1,3}(?:(?P<mark>[, '])\d{3}(?:(?P=mark)\d{3})*)?|\d+)\s?(?:件|個|个|組|组|份|盒|片|瓶|套|單|单|支|pcs)?"
)


def count_cell(cell: Cell) -> int | None:
    """A whole number of things: `500`, `５００件`, `1,200`; a mark parts thousands or it is none: `9,99` is a price that slipped."""
    if isinstance(cell.value, float):
        return int(cell.value) if cell.value.is_integer() and 0 <= cell.value < 10**12 else None
    found = _COUNT.fullmatch(plain(cell.text).lower())
    number = re.sub(r"\D", "", found[1]) if found else ""
    return int(number) if 0 < len(number) <= 12 else None


def lost_digits(cell: Cell) -> bool:
    """`4.71E+12`: an id that a spreadsheet took for a number, and of which the last digits are gone."""
    return not cell.percent and _LOST_DIGITS.fullmatch(plain(cell.text)) is not None


def points(raw: str, marks: Sequence[str] = POINT_MARKS) -> tuple[str, ...]:
    """A cell parted into points by the strongest mark that is in it: line breaks, then ；, then 、.

    So a point may hold a weaker mark; a line break after a single point says that it is one, whatever is in it.
    """
    if len(found := [part for part in _CIRCLED.split(raw) if part.strip()]) > 1 and "\n" not in raw:
        return tuple(part.strip(" ；;、") for part in found)
    for group in marks:
        if any(mark in raw for mark in group):
            parts = re.split(f"[{re.escape(group)}]", raw.replace("\r", ""))
            return tuple(part.strip() for part in parts if part.strip())
    return (raw.strip(),) if raw.strip() else ()


def joined(parts: Sequence[str], mark: str, marks: Sequence[str] = POINT_MARKS) -> str:
    """Points in one cell, so that `points` gives them back."""
    everything = "".join(marks)
    if not any(char in part for part in parts for char in everything):
        return mark.join(parts)
    return "\n".join(parts) + ("\n" if len(parts) == 1 else "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header as written and its field (None: unknown, or a second one of the same field)."""

    at: int
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header stands (its last row), its first row, and its columns from the left."""

    row: int
    top: int
    columns: tuple[Column, ...]

    @property
    def score(self) -> int:
        """How many columns are understood."""
        return sum(column.field is not None for column in self.columns)


def find_header(table: Table, words: Words) -> Header | None:
    """The header row among the first rows with something in them; two stacked ones count as one. None when there is none."""
    looked_at = sorted(table.rows)[:HEADER_WITHIN]
    found = [(score, -row) for row in looked_at if (score := known_headers(table.row(row), words)) >= HEADERS_LEAST]
    if not found:
        return None
    row = -max(found)[1]
    below, above = row + 1, row - 1
    if _is_second(table, below, words):
        return Header(below, row, _columns(table, (below, row), words))
    if above in looked_at and _is_second(table, above, words):
        return Header(row, above, _columns(table, (row, above), words))
    return Header(row, row, _columns(table, (row,), words))


def known_headers(cells: Mapping[int, Cell], words: Words) -> int:
    """How many different fields a row names."""
    return len({name for cell in cells.values() if isinstance(cell.value, str) and (name := words.field(cell.text))})


def hidden_columns(table: Table, header: Header) -> tuple[ImportNote, ...]:
    """A note for each hidden column with something below its header: what nobody sees in the sheet is said."""
    filled = {at for row in table.rows if row > header.row for at in table.row(row)}
    return tuple(
        ImportNote(cell=f"{letters_of(column.at)}{header.row}", code="sheet.hidden_column", text=column.header)
        for column in header.columns
        if column.at in table.hidden_columns and column.at in filled
    )


def _is_second(table: Table, row: int, words: Words) -> bool:
    """Whether a row beside the header is a header too: most of its cells are names of columns."""
    cells = [cell for cell in table.row(row).values() if not cell.spread]
    known = sum(isinstance(cell.value, str) and words.field(cell.text) is not None for cell in cells)
    return known >= HEADERS_LEAST and known * 10 >= len(cells) * 6


def _columns(table: Table, rows: Sequence[int], words: Words) -> tuple[Column, ...]:
    taken: set[str] = set()
    columns: list[Column] = []
    for at in sorted({at for row in rows for at in table.row(row)}):
        named = [cell.text for row in rows if (cell := table.row(row).get(at)) is not None]
        name = next((name for text in named if (name := words.field(text)) is not None), None)
        header = next((text for text in named if words.field(text) == name), named[0])
        columns.append(Column(at, header, None if name in taken else name))
        if name is not None:
            taken.add(name)
    return tuple(columns)
