"""Who came in, from where, and who was turned away: what those who answer for a house look through. In the vault, as an address is of a person.

It is bounded in number and age. Refusals are counted apart from all else, so that whoever knocks often drives out nothing but knocks.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from kaibo.kit.vault import Vault

TRAIL_MAX = 10_000  # of what was refused, and as many of all else
TRAIL_DAYS = 180
TRAIL_MS = TRAIL_DAYS * 86_400_000
PRUNED_EVERY = 200

SCHEMA = """
CREATE TABLE IF NOT EXISTS trail (
    entry INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, since INTEGER NOT NULL,
    by TEXT NOT NULL, address TEXT NOT NULL, device TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS trail_subject ON trail (subject);
"""
ADD = "INSERT INTO trail (at, what, subject, since, by, address, device) VALUES (?, ?, ?, ?, ?, ?, ?)"
KEPT = "DELETE FROM trail WHERE entry IN (SELECT entry FROM trail WHERE (what LIKE 'refused%') = ? ORDER BY entry DESC LIMIT -1 OFFSET ?)"
READ = "SELECT entry, at, what, subject, by, address, device FROM trail WHERE at < ? AND (? = '' OR subject = ?) ORDER BY at DESC, entry DESC LIMIT ?"

What = Literal[
    "signed_in.password",
    "signed_in.link",
    "signed_in.passkey",
    "signed_in.provider",
    "signed_out",
    "refused.password",
    "refused.code",
    "refused.link",
    "refused.passkey",
    "refused.provider",
    "sessions.ended",
    "password.set",
    "step.set",
    "step.removed",
    "step.recovered",
    "step.reset",
    "passkey.added",
    "passkey.removed",
    "invited",
    "token.used",
]


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request comes from: a network address, and what program sent it as far as it says ("" not known)."""

    address: str = ""
    device: str = ""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: `subject` (person or token id, "" nobody that is known here), by whom (person id), from where; `at` ms UTC."""

    entry: int
    at: int
    what: str
    subject: str
    by: str
    address: str
    device: str


class Trail:
    """Writes entries, and reads them newest first."""

    def __init__(self, vault: Vault, clock: Callable[[], int]) -> None:
        self._vault = vault
        self._clock = clock
        self._added = 0
        vault.hold(SCHEMA)

    def note(self, what: What, subject: str, visit: Visit, *, since: int = 0, by: str = "") -> None:
        """Write down what just happened to somebody, or nobody that is known; `by` is another who did it."""
        self._vault.change(ADD, self._clock(), what, subject, since, by or subject, visit.address, visit.device)
        self._added += 1
        if self._added % PRUNED_EVERY == 0:
            self.prune()

    def read(self, before: int, limit: int, subject: str = "") -> list[Step]:
        """So many entries from before that instant (ms UTC), of one subject or of all. Call it off the event loop."""
        names = Step.__struct_fields__
        found = self._vault.rows(READ, before, subject, subject, limit)
        return [Step(**dict(zip(names, row, strict=True))) for row in found]

    def reset(self, subject: str) -> Step | None:
        """That another took somebody's second step away; None where nobody did, or they have set one since."""
        told = "SELECT entry, at, what, subject, by, address, device FROM trail WHERE subject = ? AND what IN ('step.reset', 'step.set') ORDER BY entry DESC LIMIT 1"
        found = self._vault.rows(told, subject)
        step = Step(**dict(zip(Step.__struct_fields__, found[0], strict=True))) if found else None
        return step if step and step.what == "step.reset" else None

    def prune(self) -> None:
        """Let go of what is too old or too much."""
        self._vault.change("DELETE FROM trail WHERE at < ?", self._clock() - TRAIL_MS)
        for refused in (0, 1):
            self._vault.change(KEPT, refused, TRAIL_MAX)

    def forget(self, person_id: str, left_at: int) -> None:
        """Of who left at that seq: what happened stays, from where and by which device goes."""
        blank = "UPDATE trail SET address = '', device = '' WHERE subject = ? AND since < ?"
        self._vault.change(blank, person_id, left_at)
