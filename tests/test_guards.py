"""The guards of the house, each with a violation planted in a copy: a guard that finds nothing wrong in wrong code guards nothing."""

import re
import shutil
import string
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from kaibo.core.errors import Refusal
from kaibo.features import FEATURES
from kaibo.features.workspace.charter import CHARTER
from kaibo.kit.words import LANGUAGES, words
from tests.served import ROOT

T = TypeVar("T")
BIN = Path(sys.executable).parent
LINES_MAX = 400
VAGUE = ("utils", "helpers", "manager", "common", "misc")
PURE = ("facts", "commands", "rules", "state", "view", "report")
PURE_FORBIDS = re.compile(
    r"^\s*(?:import|from)\s+(?:time|random|secrets|uuid|asyncio|socket|sqlite3|os|kaibo\.kit|kaibo\.stores|litestar)\b",
    re.MULTILINE,
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Python half of the house, to be broken."""
    shutil.copytree(ROOT / "kaibo", tmp_path / "kaibo", ignore=shutil.ignore_patterns("web_dist", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(where: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=where, check=False, capture_output=True, text=True)


def plant(copy: Path, file: str, line: str) -> None:
    path = copy / file
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")


def python_files(root: Path) -> Iterator[Path]:
    yield from (path for path in (root / "kaibo").rglob("*.py") if "tests" not in path.parts)


def known(base: type[T]) -> set[type[T]]:
    """Every class of the house under this one."""
    import kaibo.app  # noqa: F401, PLC0415  every module is in memory after it

    found: set[type[T]] = set()
    waiting: list[type[T]] = [base]
    while waiting:
        for child in waiting.pop().__subclasses__():
            waiting.append(child)
            if child.__module__.startswith("kaibo.") and ".tests" not in child.__module__:
                found.add(child)
    return found


# import arrows
@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("kaibo/core/money.py", "import kaibo.kit.vault"),
        ("kaibo/kit/words.py", "import kaibo.features.show.facts"),
        ("kaibo/features/show/state.py", "import kaibo.connectors.gather"),
        ("kaibo/stores/memory.py", "import kaibo.kit.engine"),
        ("kaibo/sim/talk.py", "import kaibo.connectors.gather"),
        ("kaibo/archive/tables.py", "import kaibo.kit.vault"),
        ("kaibo/features/report/report.py", "import kaibo.archive.tables"),
    ],
)
def test_an_arrow_that_turns_back_is_seen(copy: Path, file: str, line: str) -> None:
    plant(copy, file, line)
    answer = run(copy, "lint-imports", "--no-cache")
    assert answer.returncode != 0
    assert "BROKEN" in answer.stdout


def test_the_arrows_hold() -> None:
    assert run(ROOT, "lint-imports").returncode == 0


# one feature knows of another only what is public
def intrusions(root: Path) -> list[str]:
    found: list[str] = []
    for path in python_files(root):
        parts = path.relative_to(root).parts
        if parts[:2] != ("kaibo", "archive") and (parts[:2] != ("kaibo", "features") or len(parts) < 4):
            continue
        for other, module in re.findall(r"from kaibo\.features\.(\w+)\.(\w+) import", path.read_text("utf-8")):
            if other != parts[2] and module not in ("facts", "commands"):
                found.append(f"{'/'.join(parts)} -> {other}.{module}")
    return found


def test_features_meet_only_through_facts_and_commands(copy: Path) -> None:
    assert intrusions(ROOT) == []
    plant(copy, "kaibo/features/promo/state.py", "from kaibo.features.order.state import fold as other")
    assert intrusions(copy) == ["kaibo/features/promo/state.py -> order.state"]
    plant(copy, "kaibo/archive/tables.py", "from kaibo.features.order.rules import decide")
    assert "kaibo/archive/tables.py -> order.rules" in intrusions(copy)


# purity
def impure(root: Path) -> list[str]:
    return [
        path.name
        for path in python_files(root)
        if "features" in path.parts and path.stem in PURE and PURE_FORBIDS.search(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("line", ["import time", "from random import choice", "import kaibo.kit.vault", "from uuid import uuid4"])
def test_pure_modules_have_no_clock_no_chance_and_no_machine(copy: Path, line: str) -> None:
    assert impure(ROOT) == []
    plant(copy, "kaibo/features/promo/rules.py", line)
    assert impure(copy) == ["rules.py"]


@pytest.mark.parametrize(
    "line",
    [
        "import time\nNOW = time.time()",
        "from datetime import datetime\nNOW = datetime.now()",
        "import uuid\nID = uuid.uuid4()",
        "import random\nN = random.random()",
    ],
)
def test_time_and_chance_come_in_by_the_door(copy: Path, line: str) -> None:
    assert run(copy, "ruff", "check", "--no-cache", "kaibo/kit/words.py").returncode == 0
    plant(copy, "kaibo/kit/words.py", line)
    answer = run(copy, "ruff", "check", "--no-cache", "--output-format=concise", "kaibo/kit/words.py")
    assert "TID251" in answer.stdout


# tidiness
def too_long(root: Path) -> list[str]:
    return [path.name for path in python_files(root) if len(path.read_text("utf-8").splitlines()) > LINES_MAX]


def test_no_file_is_longer_than_a_sitting(copy: Path) -> None:
    assert too_long(ROOT) == []
    plant(copy, "kaibo/core/money.py", "#\n" * LINES_MAX)
    assert too_long(copy) == ["money.py"]


def vague(root: Path) -> list[str]:
    return [path.name for path in (root / "kaibo").rglob("*") if path.stem in VAGUE]


def test_nothing_has_a_name_that_says_nothing(copy: Path) -> None:
    assert vague(ROOT) == []
    (copy / "kaibo/kit/utils.py").write_text("", "utf-8")
    assert vague(copy) == ["utils.py"]


# names and types that stand for one thing
def twice_named(kinds: Iterable[type[msgspec.Struct]]) -> set[str]:
    """Structs are known by their name alone in the API's description and in the web's types."""
    count = Counter(kind.__name__ for kind in kinds)
    return {name for name, times in count.items() if times > 1}


def structs() -> set[type[msgspec.Struct]]:
    """Those that stand in a module; the HTTP library makes some of its own for each handler."""
    return {kind for kind in known(msgspec.Struct) if vars(sys.modules[kind.__module__]).get(kind.__name__) is kind}


def test_no_two_structs_have_one_name() -> None:
    assert twice_named(structs()) == set()
    assert twice_named({*structs(), msgspec.defstruct("Problem", [])}) == {"Problem"}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('NotFound(kind="a", id="b")', ""),
        ('NotFound(kind="a", idd="b")', 'No parameter named "idd"'),
        ('NotFound(kind="a")', 'Argument missing for parameter "id"'),
        ('NotFound(kind="a", id=1)', 'is not assignable to "str"'),
    ],
)
def test_a_refusal_takes_the_data_that_it_declares(copy: Path, line: str, wrong: str) -> None:
    plant(copy, "kaibo/core/money.py", f"from kaibo.core.errors import NotFound\n\nAGAIN = {line}")
    answer = run(copy, "pyright", "--pythonpath", sys.executable, "kaibo/core/money.py")
    assert wrong in answer.stdout
    assert (answer.returncode == 0) is (wrong == ""), answer.stdout


# the charter
def test_every_command_and_every_view_has_its_duty_in_the_charter() -> None:
    asked = {command.duty for feature in FEATURES for command in feature.commands}
    shown = {view.duty for feature in FEATURES for view in feature.views}
    assert (asked | shown) - set(CHARTER) == set()
    assert all(CHARTER[duty] for duty in asked | shown)


# words
def refusals() -> set[type[Refusal]]:
    return known(Refusal)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(language: str) -> None:
    said = words(language)
    assert {kind.code for kind in refusals()} - set(said) == set()
    assert all(text.strip() for text in said.values())


def undeclared(kinds: set[type[Refusal]], said: Mapping[str, str]) -> dict[str, set[str]]:
    """Holes in the words of a refusal that its data cannot fill."""
    holes = {kind.code: fields(said[kind.code]) - set(kind.declared()) for kind in kinds}
    return {code: names for code, names in holes.items() if names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_refusal_use_only_data_that_it_declares(language: str) -> None:
    said = dict(words(language))
    assert undeclared(refusals(), said) == {}
    said["promo.unknown"] = "{promo_id} {promo}"
    assert undeclared(refusals(), said) == {"promo.unknown": {"promo"}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_say_the_same_things_with_the_same_data(language: str) -> None:
    source = words("zh-Hant")
    said = words(language)
    assert set(said) == set(source)
    assert {code for code in source if fields(source[code]) != fields(said[code])} == set()


def test_words_stand_in_no_two_files() -> None:
    folder = ROOT / "kaibo/locales/zh-Hant"
    seen: dict[str, str] = {}
    twice: list[Any] = []
    for path in sorted(folder.glob("*.toml")):
        for key in tomllib.loads(path.read_text("utf-8")):
            if key in seen:
                twice.append((key, seen[key], path.name))
            seen[key] = path.name
    assert twice == []
