"""The vault: what it takes to try a password says nothing about who exists."""

import sqlite3
from contextlib import closing
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


def test_what_is_over_is_cleared_whenever_something_is_made_and_at_the_start(tmp_path: Path) -> None:
    now, path = [0], tmp_path / "vault.db"
    house = Vault(path, lambda: now[0])
    gone = [house.issue(kind, "w", lifetime_ms=10) for kind in ("screen", "session", "link")]
    stays = house.issue("screen", "w", lifetime_ms=1_000)
    assert (house.count("screen", "w"), rows(path)) == (2, 4)
    now[0] = 10
    assert (house.count("screen", "w"), rows(path)) == (1, 4)
    house.issue("token", "w", lifetime_ms=10)
    assert rows(path) == 2
    assert [house.find("screen", each) for each in gone] == [None] * 3
    assert house.find("screen", stays) is not None
    house.close()
    now[0] = 1_000
    Vault(path, lambda: now[0]).close()
    assert rows(path) == 1  # the token: people see on their page that it is over


def rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT COUNT(*) FROM secrets").fetchone()[0])
