"""Files and folders of the house that cannot be used: one sentence in each language, what to do, and never a traceback."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaibo.cli import main
from kaibo.core.errors import VaultDamaged
from kaibo.kit.vault import Vault
from kaibo.kit.words import LANGUAGES, words
from kaibo.stores.sqlite import SqliteStore
from kaibo.stores.trouble import TROUBLES
from tests.served import ROOT


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A data folder in which everything is as it should be."""
    data = tmp_path / "data"
    SqliteStore(data / "log.db").close()
    vault = Vault(data / "vault.db", lambda: 0)
    vault.issue("token", "t", lifetime_ms=1)
    vault.close()
    return data


def garbage(data: Path) -> None:
    (data / "vault.db").write_bytes(b"not a database at all, " * 400)


def torn(data: Path) -> None:
    content = bytearray((data / "vault.db").read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 2048] = b"\xa5" * 2048
    (data / "vault.db").write_bytes(content)


def cut(data: Path) -> None:
    (data / "vault.db").write_bytes(b"")


def a_folder(name: str) -> Callable[[Path], None]:
    def put(data: Path) -> None:
        (data / name).unlink(missing_ok=True)
        (data / name).mkdir()

    return put


def a_file(data: Path) -> None:
    shutil.rmtree(data)
    data.write_text("x")


def told(data: Path, *command: str) -> str:
    answer = CliRunner().invoke(main, [*(command or ("serve", "--port", "0")), "--data", str(data)])
    assert answer.exit_code == 1, answer.output
    assert isinstance(answer.exception, SystemExit)
    lines = answer.output.removeprefix("Error: ").splitlines()
    assert len(lines) == 2
    return lines[1]


@pytest.mark.parametrize("break_it", [garbage, torn, cut])
def test_a_vault_that_is_not_what_was_written_is_told_with_what_to_do(break_it: Callable[[Path], None], house: Path) -> None:
    break_it(house)
    with pytest.raises(VaultDamaged):  # asked first, so that a house that would start all the same does not
        Vault(house / "vault.db", lambda: 0)
    assert "backup" in told(house)
    assert f"{house / 'vault.db'}" in told(house)


@pytest.mark.parametrize(
    ("break_it", "name", "trouble"),
    [
        (a_folder("vault.db"), "vault.db", "a_folder"), (a_folder("log.db"), "log.db", "a_folder"),
        (a_folder("lock"), "lock", "a_folder"), (a_file, "log.db", "no_folder"),
    ],
)  # fmt: skip
def test_what_is_no_file_or_no_folder_is_told_by_its_name(
    break_it: Callable[[Path], None], name: str, trouble: str, house: Path
) -> None:
    break_it(house)
    said = told(house)
    assert str(house / name) in said
    assert words("en")[f"trouble.{trouble}"] in said


@pytest.mark.parametrize(
    "command", [("export", "a"), ("views", "a"), ("archive", "a"), ("snapshot", "show/a"), ("sql", "a"), ("train",)]
)
def test_every_command_says_that_its_folder_cannot_be_made(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert str(tmp_path / "file" / "data") in told(tmp_path / "file" / "data", *command)


# What the sentence needs is read before the user changes: Python itself may stand in a home nobody else may read.
AS_NOBODY = """
import os, pwd
from kaibo.cli import main
from kaibo.kit.words import LANGUAGES, words
for language in LANGUAGES:
    words(language)
if os.geteuid() == 0:
    os.setuid(pwd.getpwnam("nobody").pw_uid)
main()
"""


def test_what_may_not_be_written_is_told(house: Path) -> None:
    """By another user where the tests run as root, whom nothing is forbidden."""
    house.chmod(0o500)
    (house / "vault.db").chmod(0o400)
    for folder in (house, *house.parents[:3]) if os.geteuid() == 0 else ():
        folder.chmod(0o555 if folder == house else 0o755)
    command = [sys.executable, "-c", AS_NOBODY, "serve", "--port", "0", "--data", str(house)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 1, answer.stderr
    assert "Traceback" not in answer.stderr
    assert words("en")["trouble.no_permission"] in answer.stderr


def test_every_trouble_has_words_and_any_other_is_told_as_the_system_says_it(tmp_path: Path) -> None:
    assert all(f"trouble.{trouble}" in words(language) for trouble in TROUBLES.values() for language in LANGUAGES)
    assert os.strerror(errno.ENAMETOOLONG) in told(tmp_path / ("x" * 300))


def test_a_port_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for port in ("abc", "-1", "70000", "８０００"):
        monkeypatch.setenv("KAIBO_PORT", port)
        assert port in told(tmp_path, "export", "a")


def test_a_vault_that_breaks_while_it_is_used_is_refused_and_no_bug(house: Path) -> None:
    vault = Vault(house / "vault.db", lambda: 0)
    vault.issue("token", "t", lifetime_ms=1)
    vault._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    vault.close()
    vault = Vault(house / "vault.db", lambda: 0)
    torn(house)
    with pytest.raises(VaultDamaged):
        vault.issue("token", "u", lifetime_ms=1)
    vault.close()
