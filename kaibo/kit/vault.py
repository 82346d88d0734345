"""What must never be in a log: password hashes, session and token secrets. One SQLite file, erasable; only hashes of secrets are kept.

What must stay unknown for a while (the seed of a draw) is kept as it is, by name.
"""

import contextlib
import hashlib
import hmac
import secrets
import sqlite3
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Literal

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kaibo.core.errors import VaultDamaged
from kaibo.stores.private import make_private
from kaibo.stores.trouble import is_damage, unusable

Kind = Literal["session", "link", "token", "screen", "step", "calendar"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS secrets (
    hash TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, extra TEXT NOT NULL, expires_at INTEGER NOT NULL,
    since INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS secrets_subject ON secrets (kind, subject);
CREATE INDEX IF NOT EXISTS secrets_ends ON secrets (expires_at);
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passwords (
    subject TEXT PRIMARY KEY, hash TEXT NOT NULL, since INTEGER NOT NULL DEFAULT 0, set_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""
OWNED = ("secrets", "passwords")  # tables whose rows belong to a subject as it was `since` a seq; 0: made before that was known
USES = {"made_at": "INTEGER NOT NULL DEFAULT 0", "seen_at": "INTEGER NOT NULL DEFAULT 0", "device": "TEXT NOT NULL DEFAULT ''", "address": "TEXT NOT NULL DEFAULT ''", "how": "TEXT NOT NULL DEFAULT ''"}  # columns that older files lack  # fmt: skip
USES_EVERY_MS = 60_000  # of one secret: its uses are written down no oftener
ID_LENGTH = 16  # of a secret's hash: enough to tell it from others, and no way to use it


OWN_KEY = "house/digests"
FIND = "SELECT kind, subject, extra, expires_at, since, made_at, how FROM secrets WHERE hash = ?"
HELD = "SELECT hash, subject, made_at, seen_at, device, address, expires_at FROM secrets WHERE kind = ? AND expires_at > ? ORDER BY seen_at DESC"
Value = str | int | bytes


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    """What a secret opens: its subject (a person or token id), `extra` (a session's CSRF value) and when it ends (ms UTC).

    `since`: the seq at which the person it was made for had come; 0 where that is not known. `id` names it and opens nothing.
    `made_at` (ms UTC, 0 not known), and of a session `how` its person had shown who they are ("" not known).
    """

    kind: str
    subject: str
    extra: str
    expires_at: int
    since: int = 0
    id: str = ""
    made_at: int = 0
    how: str = ""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A secret as people see it: where and by what it was made, and when it last opened something, from where (ms UTC; 0 not known)."""

    id: str
    subject: str
    made_at: int
    seen_at: int
    device: str
    address: str
    expires_at: int


class Vault:
    """Passwords (argon2id) and secrets by hash. Thread-safe; sessions are cached in memory."""

    def __init__(self, path: Path | None, clock: Callable[[], int]) -> None:
        """Raises VaultDamaged or FileUnusable."""
        self._path = path
        self._lock = threading.Lock()
        self._clock = clock
        self._hasher = PasswordHasher()
        self._cache: dict[str, Secret] = {}
        self._own_key = b""
        self._uses: dict[str, tuple[int, str]] = {}
        self._written: dict[str, int] = {}
        self._owned: list[str] = list(OWNED)
        if path is not None:
            self._make_sure(path)
        with self._sound():
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
            self._prepare()
        self._clear_expired()

    def _make_sure(self, path: Path) -> None:
        """Raises VaultDamaged or FileUnusable."""
        try:
            if path.is_file() and path.stat().st_size == 0 and not path.with_name(f"{path.name}-wal").exists():
                raise VaultDamaged(path=str(path))  # it was cut off: as a new one it would forget everybody in silence
            make_private(path)
        except OSError as error:
            raise unusable(Path(error.filename or path), error) from error

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.executescript(SCHEMA)
        for table in OWNED:
            if "since" not in {row[1] for row in self._db.execute(f"PRAGMA table_info({table})")}:
                self._db.execute(f"ALTER TABLE {table} ADD COLUMN since INTEGER NOT NULL DEFAULT 0")
        known = {row[1] for row in self._db.execute("PRAGMA table_info(secrets)")}
        for name, kind in USES.items():
            if name not in known:
                self._db.execute(f"ALTER TABLE secrets ADD COLUMN {name} {kind}")
        if "set_at" not in {row[1] for row in self._db.execute("PRAGMA table_info(passwords)")}:
            self._db.execute("ALTER TABLE passwords ADD COLUMN set_at INTEGER NOT NULL DEFAULT 0")

    @contextlib.contextmanager
    def _sound(self) -> Generator[None]:
        """One at a time. Raises VaultDamaged when the file is not what was written, FileUnusable when it cannot be reached."""
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                path = self._path or Path("vault.db")
                raise VaultDamaged(path=str(path)) if is_damage(error) else unusable(path, error) from error

    def hold(self, schema: str, *owned: str) -> None:
        """Make more tables; the rows of those `owned` have a subject and its `since`, and go when the person does."""
        with self._sound():
            self._db.executescript(schema)
        self._owned.extend(owned)

    def rows(self, query: str, *values: Value) -> list[tuple[Any, ...]]:
        """What a query of constant text finds."""
        with self._sound():
            return self._db.execute(query, values).fetchall()

    def change(self, statement: str, *values: Value) -> int:
        """Carry out a statement of constant text; how many rows it changed."""
        with self._sound():
            return self._db.execute(statement, values).rowcount

    def issue(
        self,
        kind: Kind,
        subject: str,
        *,
        lifetime_ms: int,
        extra: str = "",
        since: int = 0,
        device: str = "",
        address: str = "",
        how: str = "",
    ) -> str:
        """Make a secret of 256 random bits and give it; only its hash is kept. Those whose time is over go first."""
        self._clear_expired()
        secret, now = secrets.token_urlsafe(32), self._clock()
        seen_at = now if kind == "session" else 0
        row = (_hash(secret), kind, subject, extra, now + lifetime_ms, since, now, seen_at, device, address, how)
        names = "hash, kind, subject, extra, expires_at, since, made_at, seen_at, device, address, how"
        self.change(f"INSERT INTO secrets ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *row)  # noqa: S608  constant names
        return secret

    def used(self, found: Secret, address: str) -> bool:
        """Note in memory that a secret opened something now, from there. True: it is time to write such notes down (`write_uses`)."""
        now = self._clock()
        self._uses[found.id] = (now, address)
        return now - self._written.get(found.id, 0) >= USES_EVERY_MS

    def write_uses(self) -> None:
        """Write down what was noted; it touches the file, so call it off the event loop."""
        taken, self._uses = self._uses, {}
        uses, recent = list(taken.items()), self._clock() - USES_EVERY_MS
        self._written = {each: at for each, at in self._written.items() if at > recent} | {each: at for each, (at, _) in uses}
        for each, (at, address) in uses:
            self.change("UPDATE secrets SET seen_at = ?, address = ? WHERE substr(hash, 1, 16) = ?", at, address, each)

    def held(self, kind: Kind, subject: str | None = None) -> list[Held]:
        """The secrets of a kind that open something now, of one subject or of all; the newest used first. Call it off the event loop."""
        self.write_uses()
        found = [
            Held(
                id=row[0][:ID_LENGTH],
                subject=row[1],
                made_at=row[2],
                seen_at=row[3],
                device=row[4],
                address=row[5],
                expires_at=row[6],
            )
            for row in self.rows(HELD, kind, self._clock())
        ]
        return found if subject is None else [each for each in found if each.subject == subject]

    def end(self, kind: Kind, subject: str, secret_id: str) -> bool:
        """End one secret of a subject by its id. False where there is none."""
        return self._drop("kind = ? AND subject = ? AND substr(hash, 1, 16) = ?", kind, subject, secret_id) > 0

    def count(self, kind: Kind, subject: str) -> int:
        """How many secrets of a kind open something for a subject now."""
        with self._sound():
            counted = "SELECT COUNT(*) FROM secrets WHERE kind = ? AND subject = ? AND expires_at > ?"
            return int(self._db.execute(counted, (kind, subject, self._clock())).fetchone()[0])

    def find(self, kind: Kind, secret: str) -> Secret | None:
        """What this secret opens, or None when it is unknown, of another kind or expired."""
        key = _hash(secret)
        found = self._cache.get(key)
        if found is None:
            with self._sound():
                row = self._db.execute(FIND, (key,)).fetchone()
            if row is None:
                return None
            names = ("kind", "subject", "extra", "expires_at", "since", "made_at", "how")
            found = Secret(**dict(zip(names, row, strict=True)), id=key[:ID_LENGTH])
            self._cache[key] = found
        return found if found.kind == kind and found.expires_at > self._clock() else None

    def take(self, kind: Kind, secret: str) -> Secret | None:
        """Like find, but the secret works only this once."""
        found = self.find(kind, secret)
        if found is not None and not self._drop("hash = ?", _hash(secret)):
            return None
        return found

    def forget(self, kind: Kind, secret: str) -> None:
        """End one secret."""
        if self.find(kind, secret) is not None:
            self._drop("hash = ?", _hash(secret))

    def forget_all(self, kind: Kind, subject: str, *, keep: str | None = None) -> None:
        """End every secret of a kind that belongs to a subject, but the one to `keep`."""
        self._drop("kind = ? AND subject = ? AND hash <> ?", kind, subject, _hash(keep) if keep else "")

    def forget_begun(self, subject: str) -> None:
        """How somebody proves who they are has changed: a link or half a sign-in from before opens nothing."""
        self._drop("kind IN ('link', 'step') AND subject = ?", subject)

    def forget_person(self, person_id: str, left_at: int) -> None:
        """End and erase all that is kept of who had this id and left at that seq."""
        self._drop("kind IN ('session', 'link', 'step', 'calendar') AND subject = ? AND since < ?", person_id, left_at)
        for table in self._owned:
            if table != "secrets":
                self.change(f"DELETE FROM {table} WHERE subject = ? AND since < ?", person_id, left_at)  # noqa: S608  constant names

    def keep(self, name: str, value: str) -> str:
        """Keep a value until its time has come; whoever was first stays. The value that is kept."""
        with self._sound():
            self._db.execute("INSERT OR IGNORE INTO kept (name, value) VALUES (?, ?)", (name, value))
            return str(self._db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()[0])

    def put(self, name: str, value: str) -> None:
        """Keep a value in place of the one before."""
        self.change("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", name, value)

    def kept(self, name: str) -> str | None:
        """A value that was kept, or None."""
        with self._sound():
            row = self._db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def digest(self, *parts: str | bytes) -> str:
        """HMAC-SHA-256 under a key of this house that is nowhere but here: what it is of is known again, and guessed by nobody who lacks the key."""
        if not self._own_key:
            self._own_key = bytes.fromhex(self.keep(OWN_KEY, secrets.token_hex(32)))
        told = hmac.new(self._own_key, digestmod="sha256")
        for part in parts:
            body = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
            told.update(len(body).to_bytes(8) + body)
        return told.hexdigest()

    def set_password(self, subject: str, password: str, since: int = 0) -> None:
        """Store an argon2id hash for who came at seq `since`; slow on purpose, call it off the event loop."""
        hashed = self._hasher.hash(password)
        with self._sound():
            row = (subject, hashed, since, self._clock())
            self._db.execute("INSERT OR REPLACE INTO passwords (subject, hash, since, set_at) VALUES (?, ?, ?, ?)", row)

    def password_set(self, subject: str, since: int = 0) -> int | None:
        """When they gave themselves the password they have (ms UTC, 0 not known); None: they have none."""
        found = self.rows("SELECT set_at FROM passwords WHERE subject = ? AND since IN (0, ?)", subject, since)
        return int(found[0][0]) if found else None

    def check_password(self, subject: str, password: str, since: int = 0) -> bool:
        """Compare; takes as long for an unknown person as for a known one. Not of who had the id before `since`. Call it off the event loop."""
        with self._sound():
            row = self._db.execute("SELECT hash, since FROM passwords WHERE subject = ?", (subject,)).fetchone()
        try:
            right = self._hasher.verify(row[0] if row else _DECOY, password)
        except (VerificationError, InvalidHashError):
            return False
        return right and row is not None and row[1] in (0, since)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _clear_expired(self) -> None:
        """Not tokens: they are few, and people see when each ends."""
        self._drop("kind <> 'token' AND expires_at <= ?", self._clock())

    def _drop(self, where: str, *values: str | int) -> int:
        with self._sound():
            dropped = self._db.execute(f"DELETE FROM secrets WHERE {where}", values).rowcount  # noqa: S608  constant clauses
            self._cache.clear()
        return dropped


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# Of a password nobody has, made once with the hasher's own costs: making it takes a quarter of a second of every start.
_DECOY = "$argon2id$v=19$m=65536,t=3,p=4$d4D02RikUB1yjddeoX7RRQ$/vSKfFB+si6wbJGo5UhnyjzvIVoMdfQXQNiWdhd+o1E"
