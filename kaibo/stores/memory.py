"""The reference store: lists in memory. For tests, simulations and replays."""

from collections.abc import Sequence

from kaibo.stores.contract import Append, Conflict, Record


class MemoryStore:
    """A LogStore that forgets when the process ends."""

    def __init__(self) -> None:
        self._logs: dict[str, list[Record]] = {}
        self._keys: set[tuple[str, str]] = set()
        self._cursors: dict[tuple[str, str], int] = {}

    def append(self, appends: Sequence[Append]) -> list[Conflict | None]:
        return [self._append_one(each) for each in appends]

    def _append_one(self, each: Append) -> Conflict | None:
        log = self._logs.get(each.stream, [])
        keys = [(each.stream, record.key) for record in each.records if record.key is not None]
        if len(log) != each.expect or any(key in self._keys for key in keys) or not _gapless(each):
            return Conflict(each.stream, each.expect, len(log))
        self._logs.setdefault(each.stream, log).extend(each.records)
        self._keys.update(keys)
        return None

    def read(self, stream: str, after: int = 0, limit: int = 1000) -> list[Record]:
        return self._logs.get(stream, [])[after : after + limit]

    def head(self, stream: str) -> int:
        return len(self._logs.get(stream, []))

    def streams(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self._logs if name.startswith(prefix))

    def cursor(self, reader: str, stream: str) -> int:
        return self._cursors.get((reader, stream), 0)

    def set_cursor(self, reader: str, stream: str, seq: int) -> None:
        self._cursors[reader, stream] = seq

    def close(self) -> None:
        """Nothing to let go of."""


def _gapless(each: Append) -> bool:
    return all(record.seq == each.expect + 1 + place for place, record in enumerate(each.records))
