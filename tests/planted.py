"""A copy of the house that guards' stories break, and what they ask of it."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.served import ROOT

BIN = Path(sys.executable).parent


def copied(where: Path) -> Path:
    """The Python half of the house, to be broken."""
    shutil.copytree(ROOT / "kaibo", where / "kaibo", ignore=shutil.ignore_patterns("web_dist", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", where)
    return where


def run(where: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=where, check=False, capture_output=True, text=True)


def plant(copy: Path, file: str, line: str) -> None:
    with (copy / file).open("a", encoding="utf-8") as code:
        code.write(f"\n{line}\n")
