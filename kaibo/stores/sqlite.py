"""The default store: one SQLite file in WAL mode, every commit on disk before the answer (synchronous=FULL)."""

import contextlib
import errno
import json
import shutil
import sqlite3
import threading
import time
import zlib
from collections.abc import Collection, Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kaibo.core.errors import LogDamaged
from kaibo.stores.contract import Append, Conflict, Erased, Lag, Nothing, NotTheSame, Record, head_of
from kaibo.stores.heads import Heads
from kaibo.stores.private import make_private
from kaibo.stores.trouble import is_damage, unusable

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, tag TEXT NOT NULL, key TEXT, body BLOB NOT NULL, sum INTEGER,
    PRIMARY KEY (stream, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS events_key ON events (stream, key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS nothings (
    stream TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (stream, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cursors (
    reader TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (reader, stream)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, note TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS erased_stream ON erased (stream, seq);
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
INSERT = "INSERT INTO events (stream, seq, at, tag, key, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?)"
READ = "SELECT seq, at, tag, body, key, sum FROM events WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?"
REMEMBER = "INSERT INTO nothings (stream, key, digest, seq) VALUES (?, ?, ?, ?)"
MARK = "INSERT OR REPLACE INTO cursors (reader, stream, seq) SELECT key, ?, value FROM json_each(?)"
LOWER = "UPDATE cursors SET seq = ? WHERE stream = ? AND seq > ?"
REWRITE = "UPDATE events SET body = ?, sum = ? WHERE stream = ? AND seq = ?"
STANDS = "SELECT seq, at, tag, body, key FROM events WHERE stream = ? AND seq = ?"
FORGOTTEN = "INSERT INTO erased (stream, seq, at, note, digest) VALUES (?, ?, ?, ?, ?)"
ROOM_BYTES = 32 * 1024 * 1024  # kept free: a checkpoint of the WAL, and whatever else must end in order, needs room too
# The tag stands before the body in the table: of events of other facts no large body is read.
READ_TAGGED = """
SELECT seq, at, tag, body, key, sum FROM events
WHERE stream = ?1 AND seq > ?2 AND tag IN (SELECT value FROM json_each(?4)) ORDER BY seq LIMIT ?3
"""
EMPTY_TRIES, EMPTY_S = 40, 0.05  # another process that closes the log empties it too, for a moment
CHECKPOINT_PAGES = 4000  # 16 MB of WAL between checkpoints: fewer stalls of the writer than SQLite's 1,000 pages


class SqliteStore:
    """A LogStore in one file. One writer connection; one reading connection per thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            make_private(path)
            self._writer = self._connect()
            self._writer.executescript(SCHEMA)
            if "sum" not in {row[1] for row in self._writer.execute("PRAGMA table_info(events)")}:
                self._writer.execute("ALTER TABLE events ADD COLUMN sum INTEGER")  # a log of before: its old events have none
        except OSError as error:
            raise unusable(Path(error.filename or path), error) from error
        except sqlite3.DatabaseError as error:
            raise LogDamaged(stream=path.name, seq=0) if is_damage(error) else unusable(path, error) from error
        self._ends = Heads(path.with_suffix(".heads"))
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
                answers = self._append(appends)
                self._writer.execute("COMMIT")
            except BaseException:
                self._heads.clear()
                if self._writer.in_transaction:  # on a full disk SQLite has rolled back by itself
                    self._writer.execute("ROLLBACK")
                raise
            streams = {each.stream for each in appends}
            self._ends.tell({stream: self._heads[stream] for stream in streams if stream in self._heads})
            return answers

    def _append(self, appends: Sequence[Append]) -> list[Conflict | None]:
        """One statement for the rows of all: most of what a small row costs is the way to SQLite and back."""
        rows: list[tuple[object, ...]] = []
        keys: set[tuple[str, str]] = set()
        answers = [self._take(each, rows, keys) for each in appends]
        self._writer.executemany(INSERT, rows)
        return answers

    def _take(self, each: Append, rows: list[tuple[object, ...]], keys: set[tuple[str, str]]) -> Conflict | None:
        """Add what is to be inserted to the `rows` and `keys` of this commit."""
        stream, head = each.stream, self._head(each.stream)
        if head != each.expect or [r.seq for r in each.records] != list(range(head + 1, head + 1 + len(each.records))):
            return Conflict(stream, each.expect, head)
        asked = {(stream, r.key) for r in each.records if r.key is not None}
        if each.nothing is not None:
            asked.add((stream, each.nothing.key))
        if asked and (not keys.isdisjoint(asked) or any(_found(self._writer, *key) is not None for key in asked)):
            return Conflict(stream, each.expect, head)
        keys |= asked
        if each.nothing is not None:
            self._writer.execute(REMEMBER, (stream, each.nothing.key, each.nothing.digest, each.nothing.seq))
        rows.extend([_row(stream, r) for r in each.records])
        self._heads[stream] = head + len(each.records)
        return None

    def _head(self, stream: str) -> int:
        """Kept in memory: this process is the file's only writer (a second `kaibo serve` on it is refused by the lock file)."""
        head = self._heads.get(stream)
        if head is None:
            head = _max_seq(self._writer, stream)
            self._heads[stream] = head
        return head

    def read(self, stream: str, after: int = 0, limit: int = 1000, tags: Collection[str] = ()) -> list[Record]:
        with self._open():
            try:
                rows = self._rows(stream, after, limit, tags)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                if limit > 1:  # what stands before it is still told
                    return self.read(stream, after, limit // 2, tags)
                raise LogDamaged(stream=stream, seq=after + 1) from error
        records = [Record(*row[:5]) for row in rows]
        wanted = [record.seq for record in records] if tags else range(after + 1, after + 1 + len(records))
        whole = [_is_whole(stream, seq, record, row[5]) for seq, record, row in zip(wanted, records, rows, strict=True)]
        if whole and not whole[0]:
            raise LogDamaged(stream=stream, seq=wanted[0])
        return records if all(whole) else records[: whole.index(False)]  # whoever reads on comes to it

    def _rows(self, stream: str, after: int, limit: int, tags: Collection[str]) -> list[tuple[Any, ...]]:
        if tags:
            return self._reader().execute(READ_TAGGED, (stream, after, limit, json.dumps(list(tags)))).fetchall()
        return self._reader().execute(READ, (stream, after, limit)).fetchall()

    def head(self, stream: str) -> int:
        with self._open():
            return _max_seq(self._reader(), stream)

    def find(self, stream: str, key: str) -> int | Nothing | None:
        with self._open():
            return _found(self._reader(), stream, key)

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

    def rewrite(self, stream: str, records: Sequence[Record], digests: Mapping[int, str], *, at: int, note: str) -> None:
        with self._open(), self._writing, contextlib.closing(self._connect()) as eraser:
            eraser.execute("PRAGMA secure_delete = ON")
            eraser.execute("BEGIN IMMEDIATE")
            try:
                for record in records:
                    _rewrite_one(eraser, stream, record)
                    eraser.execute(FORGOTTEN, (stream, record.seq, at, note, digests[record.seq]))
                eraser.execute("COMMIT")
            except BaseException:
                if eraser.in_transaction:
                    eraser.execute("ROLLBACK")
                raise
            _let_go(eraser)

    def sweep(self) -> None:
        # When pages split and are packed anew, bytes of old rows stay behind in them, out of reach of secure_delete: only new pages have none.
        with self._open(), self._writing, contextlib.closing(self._connect()) as eraser:
            eraser.execute("VACUUM")
            if not _let_go(eraser):
                raise OSError(errno.EBUSY, "the write-ahead log could not be emptied")

    def erased(self, stream: str) -> list[Erased]:
        with self._open():
            rows = self._reader().execute("SELECT seq, at, note, digest FROM erased WHERE stream = ? ORDER BY seq", (stream,))
            return [Erased(*row) for row in rows]

    def check(self) -> None:
        self.check_room()
        with self._open(), self._writing:
            self._writer.execute(MARK, ("", json.dumps({"check": 0})))

    def check_room(self) -> None:
        if shutil.disk_usage(self._path.parent).free < ROOM_BYTES:
            raise OSError(errno.ENOSPC, "the disk is all but full")

    def shortened(self) -> list[Lag]:
        with self._open():
            heads: dict[str, int] = dict(self._reader().execute(STREAMS).fetchall())
        kept = dict(self._ends.kept)
        self._ends.tell({stream: head for stream, head in heads.items() if head > kept.get(stream, 0)})
        short = [Lag("log", stream, end, heads.get(stream, 0)) for stream, end in kept.items() if heads.get(stream, 0) < end]
        with self._open(), self._writing:  # who looked at what is gone would be deaf to what comes in its place
            self._marker.executemany(LOWER, [(lag.head, lag.stream, lag.head) for lag in short])
        return short

    @contextlib.contextmanager
    def _open(self) -> Generator[None]:
        """A thread that was given up by its waiter still runs: a connection closed under it would crash the process."""
        with self._idle:
            if self._closed:
                raise sqlite3.ProgrammingError("the store is closed")
            self._inside += 1
        try:
            yield
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise LogDamaged(stream=self._path.name, seq=0) from error
            raise
        finally:
            with self._idle:
                self._inside -= 1
                self._idle.notify_all()

    def close(self) -> None:
        with self._idle:
            self._closed = True
            self._idle.wait_for(lambda: self._inside == 0)
        self._ends.close()
        with contextlib.suppress(sqlite3.Error):  # whoever copies the file alone has all of it, also while others still read
            self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
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


def _rewrite_one(connection: sqlite3.Connection, stream: str, record: Record) -> None:
    row = connection.execute(STANDS, (stream, record.seq)).fetchone()
    if row is None or head_of(Record(*row)) != head_of(record):
        raise NotTheSame(f"{stream} {record.seq}")
    connection.execute(REWRITE, (record.body, _sum(stream, record), stream, record.seq))


def _let_go(connection: sqlite3.Connection) -> bool:
    """The WAL holds what stood there before until it is emptied. False when somebody else reads or empties it for longer than we wait."""
    for _ in range(EMPTY_TRIES):
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return True
        time.sleep(EMPTY_S)
    return False


def _row(stream: str, record: Record) -> tuple[object, ...]:
    return stream, record.seq, record.at, record.tag, record.key, record.body, _sum(stream, record)


def _sum(stream: str, record: Record) -> int:
    """Of all that stands in a row; it tells a slip of the disk, not somebody who means to."""
    head = f"{stream}\0{record.seq}\0{record.at}\0{record.tag}\0{record.key}\0"
    return zlib.crc32(record.body, zlib.crc32(head.encode("utf-8", "surrogatepass")))


def _is_whole(stream: str, seq: int, record: Record, told: int | None) -> bool:
    """Whether the record that should stand at `seq` does, as it was written; an old one has no sum to tell."""
    return record.seq == seq and told in (None, _sum(stream, record))


def _found(connection: sqlite3.Connection, stream: str, key: str) -> int | Nothing | None:
    row = connection.execute("SELECT seq FROM events WHERE stream = ? AND key = ?", (stream, key)).fetchone()
    if row is not None:
        return int(row[0])
    row = connection.execute("SELECT digest, seq FROM nothings WHERE stream = ? AND key = ?", (stream, key)).fetchone()
    return None if row is None else Nothing(key, *row)


def _max_seq(connection: sqlite3.Connection, stream: str) -> int:
    row = connection.execute("SELECT max(seq) FROM events WHERE stream = ?", (stream,)).fetchone()
    return int(row[0] or 0)
