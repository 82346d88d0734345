"""Text tables: which delimiter parts the cells, quotes, line breaks inside cells."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DELIMITERS = ("\t", ",", ";", "|")
MARK = "\ufeff"
LOOK_AT = 60  # rows that tell the delimiter


@dataclass(frozen=True, slots=True)
class Parted:
    """Rows of cells; `quote_open`: a quotation mark was never closed, so quotes were taken for plain characters."""

    rows: list[list[str]]
    quote_open: bool = False


def split(text: str) -> Parted | None:
    """Part a text into cells; None when it cannot be. A first line `sep=;`, as Excel knows it, decides the delimiter."""
    told, rest = _told(text)
    best: tuple[int, Parted] | None = None
    for delimiter in (told,) if told else DELIMITERS:
        rows, quote_open = _parse(rest, delimiter)
        if rows is None:
            continue
        evenness = _evenness(rows[:LOOK_AT])
        blank: list[list[str]] = [[]] if told else []
        if best is None or evenness > best[0]:
            best = (evenness, Parted([*blank, *rows], quote_open))
    return best[1] if best else None


def comma_separated(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as a CSV in UTF-8, marked so that spreadsheets take it for that."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return (MARK + out.getvalue()).encode("utf-8", "replace")


def _told(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    return (told[4], rest) if told.startswith("sep=") and len(told) == 5 else ("", text)


def _evenness(rows: list[list[str]]) -> int:
    """How many cells stand in rows of the most usual width: the true delimiter gives many rows of the same width."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _parse(text: str, delimiter: str) -> tuple[list[list[str]] | None, bool]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)), False
    except csv.Error as error:
        quote_open = "unexpected end" in str(error)
    quoting = csv.QUOTE_NONE if quote_open else csv.QUOTE_MINIMAL
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)), quote_open
    except csv.Error:
        return None, quote_open
