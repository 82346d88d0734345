"""SQL over an archived show: DuckDB reads the Parquet files and nothing else."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import duckdb

from kaibo.archive.kept import read_about
from kaibo.archive.tables import TABLES

# What may be asked: reading (SELECT, FROM, DESCRIBE, SUMMARIZE, SHOW TABLES). Everything else is refused before it runs, EXPLAIN too:
# with ANALYZE it would run what it explains.
READING = frozenset({duckdb.StatementType.SELECT})
CELL_MAX = 60
# Controls of C0 and C1 but tab and the ends of lines, and signs that turn the direction of what follows: a viewer's words could
# otherwise drive the terminal of whoever reads them.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class NoArchive(Exception):
    """There is no archive in this folder."""


class WrongSql(Exception):
    """DuckDB did not take the statement; the text says where."""


class Desk:
    """An archive opened: its tables as views with comments, instants in the show's time zone."""

    def __init__(self, folder: Path) -> None:
        """Open the newest archive in `folder`. Raises NoArchive."""
        self.folder = folder.resolve()  # the link may be turned while we read; the files we opened stay ours
        about = read_about(self.folder)
        if about is None:
            raise NoArchive(str(folder))
        self.about = about
        self._base = _open(self.folder)

    def ask(self, sql: str) -> "Answer":
        """Run one statement that reads. Raises WrongSql."""
        try:
            statements = self._base.extract_statements(sql)
            if len(statements) != 1:
                raise WrongSql("one statement at a time")
            if statements[0].type not in READING:
                raise WrongSql(f"only reading is possible here, not {statements[0].type.name}")
            found: Any = self._base.sql(statements[0].query)
        except duckdb.Error as error:
            raise WrongSql(_told(error)) from error
        if found is None:
            return Answer((), ())
        try:
            table = found.to_arrow_table()
        except duckdb.Error as error:
            raise WrongSql(_told(error)) from error
        columns = [column.to_pylist() for column in table.columns]
        return Answer(tuple(table.column_names), tuple(zip(*columns, strict=True)))

    def describe(self) -> "Answer":
        """Every table and column with its type and comment."""
        return self.ask(
            'SELECT table_name AS "table", column_name AS "column", data_type AS "type", comment FROM duckdb_columns() '
            "WHERE NOT internal ORDER BY table_oid, column_index"
        )

    def close(self) -> None:
        """Let the files go."""
        self._base.close()


class Answer:
    """Rows of an answer, to be printed in three ways."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Column names and rows of Python values."""
        self.names = names
        self.rows = rows

    def as_csv(self, *, for_sheets: bool = False) -> str:
        """With a line of names, as RFC 4180. `for_sheets`: what a spreadsheet would run is quoted, so that it stays words."""
        out = io.StringIO()
        writer = csv.writer(out)
        cell = _quoted if for_sheets else _plain
        writer.writerow([cell(name) for name in self.names])
        writer.writerows([cell(value) for value in row] for row in self.rows)
        return out.getvalue()

    def as_json(self) -> str:
        """A list of objects, one to a line."""
        lines = [json.dumps(dict(zip(self.names, row, strict=True)), ensure_ascii=False, default=str) for row in self.rows]
        return "[" + ",\n ".join(UNSEEN.sub(_escaped, line) for line in lines) + "]\n"

    def as_table(self) -> str:
        """Columns set under one another; Chinese counts two."""
        cells = [[_short(value) for value in row] for row in self.rows]
        widths = [max([_wide(_shown(name)), *(_wide(row[place]) for row in cells)]) for place, name in enumerate(self.names)]
        right = [all(isinstance(row[place], (int, float)) for row in self.rows) for place in range(len(self.names))]
        names = [_shown(name) for name in self.names]
        lines = [_line(names, widths, right), "  ".join("─" * width for width in widths)]
        lines += [_line(row, widths, right) for row in cells]
        lines.append(f"({len(self.rows):,} rows)")
        return "\n".join(lines) + "\n"


def _open(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory that can see this folder only, and can be changed no more."""
    base = duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "2"}
    )
    for table in TABLES:
        # names and comments are this program's own; the path is quoted as SQL asks
        base.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet({_text(f'{folder}/{table.name}.parquet')})")  # noqa: S608
        base.execute(f"COMMENT ON VIEW {table.name} IS {_text(table.comment)}")
        for column in table.columns:
            base.execute(f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_text(column.comment)}')
    zone = base.execute("SELECT timezone FROM shows").fetchone()
    base.execute(f"SET TimeZone = {_text(zone[0] if zone else 'UTC')}")
    base.execute(f"SET allowed_directories = [{_text(str(folder))}]")
    base.execute("SET enable_external_access = false")
    base.execute("SET lock_configuration = true")
    return base


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _told(error: Exception) -> str:
    return UNSEEN.sub(_picture, str(error).strip())


def _plain(value: object) -> object:
    """A number stays one; of text, what a terminal would obey is shown as a sign."""
    if value is None:
        return ""
    return value if isinstance(value, (int, float, Decimal)) else UNSEEN.sub(_picture, str(value))


def _quoted(value: object) -> object:
    text = _plain(value)
    return f"'{text}" if isinstance(text, str) and text.lstrip(" \t\r\n").startswith(RUN) else text


def _shown(text: str) -> str:
    """On one line, with nothing in it that a terminal would obey."""
    return UNSEEN.sub(_picture, re.sub(r"[\n\r\t]+", " ", text))


def _picture(found: re.Match[str]) -> str:
    """The sign of a control character: ␛ for escape."""
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _short(value: object) -> str:
    text = "" if value is None else f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    text = _shown(text)
    return text if len(text) <= CELL_MAX else f"{text[: CELL_MAX - 1]}…"


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _line(cells: Iterable[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    set_ = [
        " " * (width - _wide(cell)) + cell if is_right else cell + " " * (width - _wide(cell))
        for cell, width, is_right in zip(cells, widths, right, strict=True)
    ]
    return "  ".join(set_).rstrip()
