"""By which account of the company somebody is known, and by which mail address the house expects them; in the vault, and gone when they leave."""

from kaibo.core.errors import Refusal
from kaibo.kit.passkeys import Holder
from kaibo.kit.vault import Vault

SCHEMA = """
CREATE TABLE IF NOT EXISTS identities (
    issuer TEXT NOT NULL, sub TEXT NOT NULL, subject TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (issuer, sub)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS expected (address TEXT PRIMARY KEY, subject TEXT NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
"""


class AddressTaken(Refusal):
    """Two people cannot be expected by one mail address."""

    code = "auth.address_taken"


class Identities:
    """Who an account of the company is."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        vault.hold(SCHEMA, "identities", "expected")

    def linked(self, issuer: str, sub: str) -> Holder | None:
        """Who signed in with this account before."""
        found = self._vault.rows("SELECT subject, since FROM identities WHERE issuer = ? AND sub = ?", issuer, sub)
        return Holder(str(found[0][0]), int(found[0][1])) if found else None

    def link(self, issuer: str, sub: str, holder: Holder) -> None:
        """From now on this account is this person, whatever becomes of its address."""
        self._vault.change(
            "INSERT OR REPLACE INTO identities (issuer, sub, subject, since) VALUES (?, ?, ?, ?)", issuer, sub, *holder
        )

    def expected(self, address: str) -> Holder | None:
        """Whom the house expects by this mail address."""
        found = self._vault.rows("SELECT subject, since FROM expected WHERE address = ?", address)
        return Holder(str(found[0][0]), int(found[0][1])) if found and address else None

    def expect(self, address: str, holder: Holder) -> None:
        """Expect somebody by a mail address from now on, "" by none; who was linked by the one before is not any more. Raises AddressTaken."""
        known = self.expected(address)
        if known is not None and known.subject != holder.subject:
            raise AddressTaken
        for table in ("expected", "identities"):
            self._vault.change(f"DELETE FROM {table} WHERE subject = ?", holder.subject)  # noqa: S608  constant names
        if address:
            self._vault.change("INSERT OR REPLACE INTO expected (address, subject, since) VALUES (?, ?, ?)", address, *holder)

    def addresses(self) -> dict[str, str]:
        """Every expected address by person_id."""
        return {str(row[0]): str(row[1]) for row in self._vault.rows("SELECT subject, address FROM expected")}
