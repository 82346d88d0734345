"""The default store: one SQLite file in WAL mode, every commit on disk before the answer (synchronous=FULL)."""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Collection, Generator, Mapping, Sequence
from pathlib import Path

from kaibo.stores.contract import Append, Conflict, Lag, Record

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, tag TEXT NOT NULL, key TEXT, body BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS events_key ON events (stream, key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS cursors (
    reader TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (reader, stream)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wakes (stream TEXT PRIMARY KEY, wake_at INTEGER NOT NULL) WITHOUT ROWID;
"""
# From one stream's name to the next by the key of the table: a look at each stream, and none at its events.
STREAMS = """
WITH RECURSIVE streams (stream) AS (
    SELECT min(stream) FROM events
    UNION ALL
    SELECT (SELECT min(later.stream) FROM events later WHERE later.stream > streams.stream) FROM streams WHERE stream IS NOT NULL
), heads (stream, head) AS (
    SELECT stream, (SELECT max(seq) FROM events WHERE events.stream = streams.stream) FROM streams WHERE stream IS NOT NULL
)
SELECT stream, head FROM heads ORDER BY stream
"""
INSERT = "INSERT INTO events (stream, seq, at, tag, key, body) VALUES (?, ?, ?, ?, ?, ?)"
MARK = "INSERT OR REPLACE INTO cursors (reader, stream, seq) SELECT key, ?, value FROM json_each(?)"
READ = "SELECT seq, at, tag, body, key FROM events WHERE stream = ?1 AND seq > ?2 ORDER BY seq LIMIT ?4"
# The tag stands before the body in the table: of events of other facts no large body is read.
READ_TAGGED = """
SELECT seq, at, tag, body, key FROM events
WHERE stream = ?1 AND seq > ?2 AND tag IN (SELECT value FROM json_each(?3)) ORDER BY seq LIMIT ?4
"""
CHECKPOINT_PAGES = 4000  # 16 MB of WAL between checkpoints: fewer stalls of the writer than SQLite's 1,000 pages


class SqliteStore:
    """A LogStore in one file. One writer connection; one reading connection per thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._writer = self._connect()
        self._writer.executescript(SCHEMA)
        self._marker = self._connect("NORMAL")  # a cursor lost with the power is events looked at again: no commit waits for it
        self._writing = threading.Lock()
        self._heads: dict[str, int] = {}
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._idle = threading.Condition()
        self._inside = 0
        self._closed = False

    def append(self, appends: Sequence[Append]) -> list[Conflict | None]:
        with self._open(), self._writing:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                answers = [self._append_one(each) for each in appends]
                self._writer.execute("COMMIT")
            except BaseException:
                self._heads.clear()
                if self._writer.in_transaction:  # on a full disk SQLite has rolled back by itself
                    self._writer.execute("ROLLBACK")
                raise
            return answers

    def _append_one(self, each: Append) -> Conflict | None:
        head = self._head(each.stream)
        if head != each.expect or any(r.seq != head + 1 + place for place, r in enumerate(each.records)):
            return Conflict(each.stream, each.expect, head)
        if any(self._has_key(each.stream, r.key) for r in each.records if r.key is not None):
            return Conflict(each.stream, each.expect, head)
        self._writer.executemany(INSERT, [(each.stream, r.seq, r.at, r.tag, r.key, r.body) for r in each.records])
        self._heads[each.stream] = head + len(each.records)
        return None

    def _head(self, stream: str) -> int:
        """Kept in memory: this process is the file's only writer (a second `kaibo serve` on it is refused by the lock file)."""
        head = self._heads.get(stream)
        if head is None:
            head = _max_seq(self._writer, stream)
            self._heads[stream] = head
        return head

    def _has_key(self, stream: str, key: str) -> bool:
        return self._writer.execute("SELECT 1 FROM events WHERE stream = ? AND key = ?", (stream, key)).fetchone() is not None

    def read(self, stream: str, after: int = 0, limit: int = 1000, tags: Collection[str] = ()) -> list[Record]:
        with self._open():
            rows = self._reader().execute(READ_TAGGED if tags else READ, (stream, after, json.dumps(list(tags)), limit))
            return [Record(*row) for row in rows]

    def head(self, stream: str) -> int:
        with self._open():
            return _max_seq(self._reader(), stream)

    def find(self, stream: str, key: str) -> int | None:
        with self._open():
            row = self._reader().execute("SELECT seq FROM events WHERE stream = ? AND key = ?", (stream, key)).fetchone()
        return int(row[0]) if row else None

    def streams(self, prefix: str = "") -> list[str]:
        with self._open():
            return [name for name, _ in self._reader().execute(STREAMS) if name.startswith(prefix)]

    def cursor(self, reader: str, stream: str) -> int:
        with self._open():
            row = self._reader().execute("SELECT seq FROM cursors WHERE reader = ? AND stream = ?", (reader, stream)).fetchone()
        return int(row[0]) if row else 0

    def set_cursor(self, reader: str, stream: str, seq: int) -> None:
        self.set_cursors(stream, {reader: seq})

    def set_cursors(self, stream: str, seqs: Mapping[str, int]) -> None:
        with self._open(), self._writing:
            self._marker.execute(MARK, (stream, json.dumps(dict(seqs))))

    def lagging(self, readers: Collection[str]) -> list[Lag]:
        with self._open():
            heads: dict[str, int] = dict(self._reader().execute(STREAMS).fetchall())
            seqs = {(reader, stream): seq for reader, stream, seq in self._reader().execute("SELECT * FROM cursors")}
        lags = (
            Lag(reader, stream, seqs.get((reader, stream), 0), heads[stream]) for stream in heads for reader in sorted(readers)
        )
        return [lag for lag in lags if lag.cursor < lag.head]

    def set_wake(self, stream: str, wake_at: int | None) -> None:
        with self._open(), self._writing:
            if wake_at is None:
                self._marker.execute("DELETE FROM wakes WHERE stream = ?", (stream,))
            else:
                self._marker.execute("INSERT OR REPLACE INTO wakes VALUES (?, ?)", (stream, wake_at))

    def wakes(self) -> dict[str, int]:
        with self._open():
            return dict(self._reader().execute("SELECT stream, wake_at FROM wakes ORDER BY stream").fetchall())

    @contextlib.contextmanager
    def _open(self) -> Generator[None]:
        """A thread that was given up by its waiter still runs: a connection closed under it would crash the process."""
        with self._idle:
            if self._closed:
                raise sqlite3.ProgrammingError("the store is closed")
            self._inside += 1
        try:
            yield
        finally:
            with self._idle:
                self._inside -= 1
                self._idle.notify_all()

    def close(self) -> None:
        with self._idle:
            self._closed = True
            self._idle.wait_for(lambda: self._inside == 0)
        for connection in (*self._readers, self._marker, self._writer):
            connection.close()

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            self._readers.append(connection)
        return connection

    def _connect(self, synchronous: str = "FULL") -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        return connection


def _max_seq(connection: sqlite3.Connection, stream: str) -> int:
    row = connection.execute("SELECT max(seq) FROM events WHERE stream = ?", (stream,)).fetchone()
    return int(row[0] or 0)
