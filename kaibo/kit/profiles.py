"""What people say of themselves: which languages they speak, and how to reach them when something is wrong. In the vault, and gone when they leave."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kaibo.kit.passkeys import Holder
from kaibo.kit.vault import Vault

SCHEMA = """
CREATE TABLE IF NOT EXISTS profiles (
    subject TEXT PRIMARY KEY, since INTEGER NOT NULL, languages TEXT NOT NULL, contact TEXT NOT NULL
) WITHOUT ROWID;
"""
KEEP = "INSERT OR REPLACE INTO profiles (subject, since, languages, contact) VALUES (?, ?, ?, ?)"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In people's own words: `languages` they speak, and `contact`, how to reach them for alerts ("" not said)."""

    languages: Annotated[str, Meta(max_length=200)] = ""
    contact: Annotated[str, Meta(max_length=200)] = ""


class Profiles:
    """Keeps them."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        vault.hold(SCHEMA, "profiles")

    def of(self, holder: Holder) -> Profile:
        """Somebody's; an empty one where they said nothing."""
        found = self._vault.rows("SELECT languages, contact FROM profiles WHERE subject = ? AND since = ?", *holder)
        return Profile(languages=str(found[0][0]), contact=str(found[0][1])) if found else Profile()

    def keep(self, holder: Holder, profile: Profile) -> None:
        """In place of what they said before."""
        self._vault.change(KEEP, *holder, profile.languages.strip(), profile.contact.strip())

    def everybody(self) -> dict[str, Profile]:
        """By person_id, of all who said something."""
        found = self._vault.rows("SELECT subject, languages, contact FROM profiles")
        return {str(row[0]): Profile(languages=str(row[1]), contact=str(row[2])) for row in found}
