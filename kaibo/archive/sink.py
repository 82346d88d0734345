"""One Parquet file, written row group by row group, the same bytes for the same rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kaibo.archive.tables import Column, Table

# pyarrow says nothing of its types
arrow: Any = pa
parquet: Any = pq

# Level 3 of zstd: level 9 is four times slower for a tenth less.
ZSTD_LEVEL = 3
TYPES: dict[str, Any] = {
    "int": arrow.int32(),
    "bigint": arrow.int64(),
    "instant": arrow.timestamp("ms", "UTC"),
    "text": arrow.string(),
    "word": arrow.dictionary(arrow.int32(), arrow.string()),
}
NUMPY: dict[str, Any] = {"int": np.int32, "bigint": np.int64, "instant": np.int64}


class Sink:
    """Rows come in parts (one array or list per column) and leave in groups whose size depends on the rows alone."""

    def __init__(self, table: Table, folder: Path) -> None:
        """Open `folder/<table>.parquet`."""
        self.table = table
        self.rows = 0
        self._schema = arrow.schema([arrow.field(column.name, TYPES[column.kind]) for column in table.columns])
        words = [column.name for column in table.columns if column.kind == "word"]
        self._file = parquet.ParquetWriter(
            folder / f"{table.name}.parquet",
            self._schema,
            compression="zstd",
            compression_level=ZSTD_LEVEL,
            use_dictionary=words,
            column_encoding={c.name: _encoding(c) for c in table.columns if c.kind in NUMPY},
            write_statistics=True,
        )
        self._parts: list[Sequence[Any]] = []
        self._waiting = 0

    def add(self, *columns: Any) -> None:
        """Rows as columns: NumPy arrays, lists, or one value that stands for all rows (the first column must be a list)."""
        self._parts.append(columns)
        self._waiting += len(columns[0])
        self.rows += len(columns[0])
        while self._waiting >= self.table.group:
            self._flush(self.table.group)

    def close(self) -> None:
        """Write what waits and end the file."""
        if self._waiting:
            self._flush(self._waiting)
        self._file.close()

    def _flush(self, count: int) -> None:
        taken: list[Sequence[Any]] = []
        held = 0
        for place, part in enumerate(self._parts):
            if held + len(part[0]) > count:
                cut = count - held
                taken.append([_slice(value, 0, cut) for value in part])
                self._parts = [[_slice(value, cut, None) for value in part], *self._parts[place + 1 :]]
                break
            taken.append(part)
            held += len(part[0])
        else:
            self._parts = []
        self._waiting -= count
        arrays = [self._column(column, place, taken) for place, column in enumerate(self.table.columns)]
        self._file.write_table(arrow.Table.from_arrays(arrays, schema=self._schema), row_group_size=count)

    def _column(self, column: Column, place: int, parts: Sequence[Sequence[Any]]) -> Any:
        """One column of a group, values of all parts after one another."""
        values = [(part[place], len(part[0])) for part in parts]
        if column.kind == "word":
            return _words(values)
        if column.kind in NUMPY and all(isinstance(value, (np.ndarray, int)) for value, _ in values):
            kind = NUMPY[column.kind]
            joined = np.concatenate([np.broadcast_to(np.asarray(value, kind), count) for value, count in values])
            return arrow.array(joined).cast(TYPES[column.kind])
        flat = [each for value, count in values for each in (value if _is_many(value) else [value] * count)]
        return arrow.array(flat, TYPES[column.kind])


class Words:
    """A column of few different words: `codes` index into `words`, -1 for none."""

    def __init__(self, codes: Any, words: Sequence[str]) -> None:
        """Codes as an integer array."""
        self.codes = codes
        self.words = words


def _words(values: Sequence[tuple[Any, int]]) -> Any:
    """Dictionary of a group in the order in which its words first come, so that equal rows give equal bytes."""
    numbers: dict[str | None, int] = {}
    parts: list[Any] = []
    for value, count in values:
        if isinstance(value, Words):
            table = np.array([numbers.setdefault(word, len(numbers)) for word in value.words], np.int32)
            parts.append(np.where(value.codes < 0, -1, table[value.codes]) if len(table) else np.full(count, -1, np.int32))
        elif _is_many(value):
            parts.append(np.array([-1 if word is None else numbers.setdefault(word, len(numbers)) for word in value], np.int32))
        else:
            parts.append(np.full(count, -1 if value is None else numbers.setdefault(value, len(numbers)), np.int32))
    codes = np.concatenate(parts).astype(np.int32)
    return arrow.DictionaryArray.from_arrays(arrow.array(codes, mask=codes < 0), arrow.array(list(numbers), arrow.string()))


def _is_many(value: Any) -> bool:
    return isinstance(value, (list, tuple, np.ndarray))


def _slice(value: Any, start: int, end: int | None) -> Any:
    if isinstance(value, Words):
        return Words(value.codes[start:end], value.words)
    return value[start:end] if _is_many(value) else value


def _encoding(column: Column) -> str:
    return "DELTA_BINARY_PACKED" if column.rising else "BYTE_STREAM_SPLIT"
