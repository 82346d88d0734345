"""The reference store: lists in memory. For tests, simulations and replays."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from kaibo.stores.contract import Append, Conflict, Erased, Lag, Nothing, NotTheSame, Record, head_of


class MemoryStore:
    """A LogStore that forgets when the process ends."""

    def __init__(self) -> None:
        self._logs: dict[str, list[Record]] = {}
        self._keys: dict[tuple[str, str], int | Nothing] = {}
        self._cursors: dict[tuple[str, str], int] = {}
        self._wakes: dict[str, int] = {}
        self._erased: dict[str, list[Erased]] = {}

    def append(self, appends: Sequence[Append]) -> list[Conflict | None]:
        return [self._append_one(each) for each in appends]

    def _append_one(self, each: Append) -> Conflict | None:
        log = self._logs.get(each.stream, [])
        keys: dict[tuple[str, str], int | Nothing]
        keys = {(each.stream, record.key): record.seq for record in each.records if record.key is not None}
        if each.nothing is not None:
            keys[each.stream, each.nothing.key] = each.nothing
        if len(log) != each.expect or any(key in self._keys for key in keys) or not _gapless(each):
            return Conflict(each.stream, each.expect, len(log))
        self._logs.setdefault(each.stream, log).extend(each.records)
        self._keys.update(keys)
        return None

    def read(self, stream: str, after: int = 0, limit: int = 1000, tags: Collection[str] = ()) -> list[Record]:
        log = self._logs.get(stream, [])
        if not tags:
            return log[after : after + limit]
        return list(islice((record for record in islice(log, after, None) if record.tag in tags), limit))

    def head(self, stream: str) -> int:
        return len(self._logs.get(stream, []))

    def find(self, stream: str, key: str) -> int | Nothing | None:
        return self._keys.get((stream, key))

    def streams(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self._logs if name.startswith(prefix))

    def cursor(self, reader: str, stream: str) -> int:
        return self._cursors.get((reader, stream), 0)

    def set_cursor(self, reader: str, stream: str, seq: int) -> None:
        self._cursors[reader, stream] = seq

    def set_cursors(self, stream: str, seqs: Mapping[str, int]) -> None:
        for reader, seq in seqs.items():
            self.set_cursor(reader, stream, seq)

    def lagging(self, readers: Collection[str]) -> list[Lag]:
        pairs = [(reader, stream) for stream in self.streams() for reader in sorted(readers)]
        lags = [Lag(reader, stream, self.cursor(reader, stream), self.head(stream)) for reader, stream in pairs]
        return [lag for lag in lags if lag.cursor < lag.head]

    def set_wake(self, stream: str, wake_at: int | None) -> None:
        if wake_at is None:
            self._wakes.pop(stream, None)
        else:
            self._wakes[stream] = wake_at

    def wakes(self) -> dict[str, int]:
        return dict(self._wakes)

    def rewrite(self, stream: str, records: Sequence[Record], digests: Mapping[int, str], *, at: int, note: str) -> None:
        log = self._logs.get(stream, [])
        for record in records:
            if not 1 <= record.seq <= len(log) or head_of(log[record.seq - 1]) != head_of(record):
                raise NotTheSame(f"{stream} {record.seq}")
        for record in records:
            log[record.seq - 1] = record
            self._erased.setdefault(stream, []).append(Erased(record.seq, at, note, digests[record.seq]))

    def sweep(self) -> None:
        """What was replaced is gone."""

    def erased(self, stream: str) -> list[Erased]:
        return sorted(self._erased.get(stream, ()), key=lambda one: one.seq)

    def check(self) -> None:
        """There is always room."""

    def check_room(self) -> None:
        """There is always room."""

    def shortened(self) -> list[Lag]:
        return []

    def close(self) -> None:
        """Nothing to let go of."""


def _gapless(each: Append) -> bool:
    return all(record.seq == each.expect + 1 + place for place, record in enumerate(each.records))
