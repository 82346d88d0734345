"""The second step of signing in: a code of an app that counts time (TOTP), and ten codes to recover with, each good once."""

import hmac
import secrets
import unicodedata
from collections.abc import Callable
from typing import Literal

from pyotp import random_base32
from pyotp.totp import TOTP

from kaibo.kit.vault import Vault

PERIOD_S = 30
DRIFT = (0, -1, 1)  # a phone's clock may be half a minute off, either way
RECOVERY_CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another
RECOVERY_LENGTH = 10  # 50 bits: nobody guesses one, with as many tries as there are
CODE_LENGTH_MAX = 40

SCHEMA = """
CREATE TABLE IF NOT EXISTS steps (
    subject TEXT PRIMARY KEY, since INTEGER NOT NULL, secret TEXT NOT NULL, confirmed_at INTEGER NOT NULL, last INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery (
    subject TEXT NOT NULL, since INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (subject, hash)
) WITHOUT ROWID;
"""
FIND = "SELECT secret, last FROM steps WHERE subject = ? AND since = ? AND (confirmed_at > 0) = ?"
BEGIN = "INSERT OR REPLACE INTO steps (subject, since, secret, confirmed_at, last) VALUES (?, ?, ?, 0, 0)"
CONFIRM = "UPDATE steps SET confirmed_at = ? WHERE subject = ? AND confirmed_at = 0"
SPEND = "UPDATE steps SET last = ? WHERE subject = ? AND secret = ? AND last < ?"
HELD = "SELECT subject FROM steps WHERE subject = ? AND since = ? AND confirmed_at > 0"


class SecondSteps:
    """Who has a second step, and whether a code is theirs. A code that was taken is never taken again."""

    def __init__(self, vault: Vault, clock: Callable[[], int]) -> None:
        self._vault = vault
        self._clock = clock
        self._has: dict[tuple[str, int], bool] = {}
        vault.hold(SCHEMA, "steps", "recovery")

    def has(self, subject: str, since: int) -> bool:
        """Whether a code is asked of them after the password."""
        key = (subject, since)
        if key not in self._has:
            self._has[key] = bool(self._vault.rows(HELD, subject, since))
        return self._has[key]

    def everybody(self) -> set[str]:
        """The person_ids of all who have one."""
        return {row[0] for row in self._vault.rows("SELECT subject FROM steps WHERE confirmed_at > 0")}

    def changed(self) -> None:
        """Something was taken out of the vault: look again."""
        self._has.clear()

    def begin(self, subject: str, since: int, name: str, house: str) -> tuple[str, str]:
        """A secret for the app, and the same as an address that a phone takes from a QR code. Nothing is asked before it is confirmed."""
        secret = random_base32()
        self._vault.change(BEGIN, subject, since, secret)
        return secret, TOTP(secret).provisioning_uri(name=name, issuer_name=house)

    def confirm(self, subject: str, since: int, code: str) -> tuple[str, ...] | None:
        """From now on it is asked, if the code is of the secret that was begun; the codes to recover, shown this once. None: it is not."""
        found = self._vault.rows(FIND, subject, since, 0)
        if not found or not self._spend(subject, str(found[0][0]), int(found[0][1]), _typed(code)):
            return None
        self._vault.change(CONFIRM, self._clock(), subject)
        self.changed()
        return self.renew(subject, since)

    def renew(self, subject: str, since: int) -> tuple[str, ...]:
        """Ten new codes to recover with; those from before are over."""
        codes = tuple("".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES))
        self._vault.change("DELETE FROM recovery WHERE subject = ?", subject)
        for code in codes:
            self._vault.change(
                "INSERT INTO recovery (subject, since, hash) VALUES (?, ?, ?)", subject, since, self._hash(subject, code)
            )
        return tuple(f"{code[:5]}-{code[5:]}" for code in codes)

    def take(self, subject: str, since: int, code: str) -> Literal["app", "recovery"] | None:
        """What kind of code of theirs this is, and it is spent; None: none."""
        typed = _typed(code)
        for secret, last in self._vault.rows(FIND, subject, since, 1):
            if self._spend(subject, secret, last, typed):
                return "app"
            spent = "DELETE FROM recovery WHERE subject = ? AND since = ? AND hash = ?"
            if self._vault.change(spent, subject, since, self._hash(subject, typed)):
                return "recovery"
        return None

    def left(self, subject: str) -> int:
        """How many codes to recover with are left."""
        return len(self._vault.rows("SELECT hash FROM recovery WHERE subject = ?", subject))

    def remove(self, subject: str, set_before: int = 10**15) -> bool:
        """No second step is asked any more, if it was set before that instant (ms UTC). False: none was."""
        removed = self._vault.change("DELETE FROM steps WHERE subject = ? AND confirmed_at < ?", subject, set_before)
        if removed:
            self._vault.change("DELETE FROM recovery WHERE subject = ?", subject)
        self.changed()
        return removed > 0

    def _spend(self, subject: str, secret: str, last: int, typed: str) -> bool:
        """Whether it is a code of now that was not used: one of two who bring the same at once is refused."""
        now, totp = self._clock() // 1000 // PERIOD_S, TOTP(secret)
        for drift in DRIFT:
            step = now + drift
            if step > last and hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
                return self._vault.change(SPEND, step, subject, secret, step) > 0
        return False

    def _hash(self, subject: str, code: str) -> str:
        return self._vault.digest("recovery", subject, code)


def _typed(code: str) -> str:
    """A code as people type it: with gaps, hyphens, capitals and full-width digits."""
    plain = unicodedata.normalize("NFKC", code[:CODE_LENGTH_MAX]).casefold()
    return "".join(each for each in plain if each.isalnum())
