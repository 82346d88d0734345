"""Tables for a spreadsheet: UTF-8 with the mark that Excel looks for, and no cell that it would take for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a file."""
    written = io.StringIO()
    csv.writer(written).writerows([_plain(cell) for cell in row] for row in rows)
    return "\ufeff".encode() + written.getvalue().encode("utf-8", "replace")


def instant_text(at: int) -> str:
    """An instant (ms UTC) as every spreadsheet reads it, with its zone."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _plain(cell: str) -> str:
    """What strangers wrote does not calculate."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
