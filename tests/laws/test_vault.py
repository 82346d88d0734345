"""The vault: what it takes to try a password says nothing about who exists."""

from pathlib import Path

from argon2 import PasswordHasher

from kaibo.kit import vault
from kaibo.kit.vault import Vault


def test_a_name_nobody_has_costs_what_a_password_costs(tmp_path: Path) -> None:
    house = Vault(tmp_path / "vault.db", lambda: 0)
    house.set_password("lin", "a password somebody has")
    assert not PasswordHasher().check_needs_rehash(vault._DECOY)
    assert not house.check_password("nobody", "nobody has this password")
    assert house.check_password("lin", "a password somebody has")
    house.close()
