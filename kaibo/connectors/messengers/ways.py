"""Where the messengers are and what opens them: kept in the vault, shown to nobody; and the links by which a letter is acknowledged."""

import secrets
from collections.abc import Callable, Iterable

import msgspec

from kaibo.connectors.messengers.shape import Way
from kaibo.kit.passkeys import Holder
from kaibo.kit.vault import Vault

SCHEMA = """
CREATE TABLE IF NOT EXISTS ways (
    bridge_id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, target TEXT NOT NULL, set_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS acks (
    token TEXT PRIMARY KEY, subject TEXT NOT NULL, since INTEGER NOT NULL, stream TEXT NOT NULL, message_id TEXT NOT NULL,
    letter_id TEXT NOT NULL, expires_at INTEGER NOT NULL
) WITHOUT ROWID;
"""
ACK_MS = 3_600_000  # a link is good for an hour
ACK_BYTES = 16


class Ack(msgspec.Struct, frozen=True, kw_only=True):
    """What a link stands for: one person (who belongs to the house since that seq) takes one message of a show; whoever has the link, in their name."""

    subject: str
    since: int
    stream: str
    message_id: str
    letter_id: str
    expires_at: int


class Ways:
    """The ways to messengers by bridge_id, and the links that were sent over them."""

    def __init__(self, vault: Vault, clock: Callable[[], int]) -> None:
        self._vault = vault
        self._clock = clock
        vault.hold(SCHEMA, "acks")

    def put(self, bridge_id: str, way: Way) -> None:
        """From now on it leads there."""
        statement = "INSERT OR REPLACE INTO ways (bridge_id, url, secret, target, set_at) VALUES (?, ?, ?, ?, ?)"
        self._vault.change(statement, bridge_id, way.url, way.secret, way.target, self._clock())

    def of(self, bridge_id: str) -> Way | None:
        """Where it leads; None where nobody said."""
        found = self._vault.rows("SELECT url, secret, target FROM ways WHERE bridge_id = ?", bridge_id)
        return Way(url=found[0][0], secret=found[0][1], target=found[0][2]) if found else None

    def set_at(self) -> dict[str, int]:
        """When each was set last (ms UTC)."""
        return dict(self._vault.rows("SELECT bridge_id, set_at FROM ways"))

    def forget(self, bridge_id: str) -> None:
        """It leads nowhere any more."""
        self._vault.change("DELETE FROM ways WHERE bridge_id = ?", bridge_id)

    def pace(self, way: Way) -> tuple[list[int], int]:
        """When something was sent to that address lately, and until when it rests, as it was known last; also after a restart."""
        kept = self._vault.kept(self._pace_key(way))
        return ([], 0) if kept is None else msgspec.json.decode(kept, type=tuple[list[int], int])

    def put_pace(self, way: Way, sent: Iterable[int], rests_until: int) -> None:
        """Know that after a restart, too: a robot that is asked too often is shut for ten minutes."""
        self._vault.put(self._pace_key(way), msgspec.json.encode((list(sent), rests_until)).decode())

    def _pace_key(self, way: Way) -> str:
        return f"pace/{self.address(way)}"

    def address(self, way: Way) -> str:
        """The same for all bridges that share a robot or a token, and tells nothing of it."""
        return self._vault.digest("way", way.url, way.secret if "?" not in way.url else "")[:32]

    def link(self, holder: Holder, stream: str, message_id: str, letter_id: str) -> str:
        """A new link by which that message is taken in the name of that person, within an hour: what stands behind the address of the page."""
        token, now = secrets.token_urlsafe(ACK_BYTES), self._clock()
        self._vault.change("DELETE FROM acks WHERE expires_at <= ?", now)
        row = self._vault.digest("ack", token), *holder, stream, message_id, letter_id, now + ACK_MS
        self._vault.change(
            "INSERT INTO acks (token, subject, since, stream, message_id, letter_id, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            *row,
        )
        return token

    def ack(self, token: str) -> Ack | None:
        """What a link stands for; None for one that is unknown or too old."""
        where = "SELECT subject, since, stream, message_id, letter_id, expires_at FROM acks WHERE token = ? AND expires_at > ?"
        found = self._vault.rows(where, self._vault.digest("ack", token), self._clock())
        return Ack(**dict(zip(Ack.__struct_fields__, found[0], strict=True))) if found else None
