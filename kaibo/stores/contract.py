"""What every log store promises. The contract tests run on each of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """One stored event: the envelope's `seq`, `at` (ms UTC) and fact tag beside its msgpack body.

    `key` only on the first event of a keyed command; whose key it is, is part of it.
    """

    seq: int
    at: int
    tag: str
    body: bytes
    key: str | None = None


def head_of(record: Record) -> tuple[int, int, str, str | None]:
    """What of an event never changes: its place, instant, tag and key."""
    return record.seq, record.at, record.tag, record.key


@dataclass(frozen=True, slots=True)
class Nothing:
    """A keyed command after which nothing had to change: its `key`, the `digest` of its body, the `seq` of the log then."""

    key: str
    digest: str
    seq: int


@dataclass(frozen=True, slots=True)
class Append:
    """Records to add to a stream whose last seq is `expect`; their seqs are expect+1, expect+2, ... None with a `nothing` to remember."""

    stream: str
    expect: int
    records: tuple[Record, ...]
    nothing: Nothing | None = None


@dataclass(frozen=True, slots=True)
class Lag:
    """A reader that has not looked at all of a stream: it is at `cursor`, the stream at `head`."""

    reader: str
    stream: str
    cursor: int
    head: int


@dataclass(frozen=True, slots=True)
class Erased:
    """An event that was rewritten at `at` (ms UTC) for the reason `note`; `digest` is the keyed digest of the body that stood there before."""

    seq: int
    at: int
    note: str
    digest: str


class NotTheSame(Exception):
    """What is to be rewritten is not there, or would be another event: another instant, fact or key. Nothing was written."""


class Conflict(Exception):
    """The stream is not at the expected seq, or the idempotency key is already in it; nothing of this append was written."""

    def __init__(self, stream: str, expect: int, head: int) -> None:
        super().__init__(f"{stream}: expected {expect}, is at {head}")
        self.stream = stream
        self.head = head


class LogStore(Protocol):
    """Synchronous and used from one writer thread; reads may come from any thread.

    `append` takes many appends as one durable step: on return each is either stored for good (None) or
    answered by its Conflict; one conflict does not harm the others. `find` gives the seq of the event that carries a key,
    or the Nothing that was answered to it.
    `read` with `tags` gives events of these facts alone, and opens no other.

    `shortened` are the streams that end before where they are known to have ended (`cursor`): their last events are missing, and no reader's cursor stands beyond what is left.
    `lagging` is asked once, at the start: which of the readers are behind on which streams, ordered by stream and reader.
    `read` raises LogDamaged where something else stands than was written. `check` raises OSError (or what the store raises) when
    nothing can be written, `check_room` OSError when there is hardly room for it; neither changes what is stored.
    `rewrite` puts other bodies in the place of stored ones, all or none, and remembers each in `erased`; what stood there before is nowhere in the
    store's files after the next `sweep`, which keeps every writer waiting as long as it takes to write them anew. Seqs, instants, tags and keys stay: it raises NotTheSame for anything else. `digests` are those of the bodies of
    before, by seq. It waits for no reader and no reader for it, and may be called from any thread.
    `wake_at` is an instant (ms UTC) for each stream that waits for one; None takes it away.
    """

    def append(self, appends: Sequence[Append]) -> list[Conflict | None]: ...
    def read(self, stream: str, after: int = 0, limit: int = 1000, tags: Collection[str] = ()) -> list[Record]: ...
    def head(self, stream: str) -> int: ...
    def find(self, stream: str, key: str) -> int | Nothing | None: ...
    def streams(self, prefix: str = "") -> list[str]: ...
    def cursor(self, reader: str, stream: str) -> int: ...
    def set_cursor(self, reader: str, stream: str, seq: int) -> None: ...
    def set_cursors(self, stream: str, seqs: Mapping[str, int]) -> None: ...
    def lagging(self, readers: Collection[str]) -> list[Lag]: ...
    def set_wake(self, stream: str, wake_at: int | None) -> None: ...
    def wakes(self) -> dict[str, int]: ...
    def rewrite(self, stream: str, records: Sequence[Record], digests: Mapping[int, str], *, at: int, note: str) -> None: ...
    def sweep(self) -> None: ...
    def erased(self, stream: str) -> list[Erased]: ...
    def check(self) -> None: ...
    def check_room(self) -> None: ...
    def shortened(self) -> list[Lag]: ...
    def close(self) -> None: ...
