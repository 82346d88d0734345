"""The guards of the house, each with a violation planted in a copy: a guard that finds nothing wrong in wrong code guards nothing."""

import ast
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from kaibo.features import FEATURES
from tests.missing import SELDOM, missing, needless
from tests.purity import MACHINE, impure, impure_below
from tests.served import ROOT

T = TypeVar("T")
BIN = Path(sys.executable).parent
LINES_MAX = 400
VAGUE = ("utils", "helpers", "manager", "common", "misc")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Python half of the house, to be broken."""
    shutil.copytree(ROOT / "kaibo", tmp_path / "kaibo", ignore=shutil.ignore_patterns("web_dist", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(where: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=where, check=False, capture_output=True, text=True)


def plant(copy: Path, file: str, line: str) -> None:
    with (copy / file).open("a", encoding="utf-8") as code:
        code.write(f"\n{line}\n")


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
        ("kaibo/core/money.py", "import kaibo.config"),
    ],
)
def test_an_arrow_that_turns_back_is_seen(copy: Path, file: str, line: str) -> None:
    plant(copy, file, line)
    answer = run(copy, "lint-imports", "--no-cache")
    assert answer.returncode != 0
    assert "BROKEN" in answer.stdout


def tops(root: Path) -> set[str]:
    """Every module and package at the top of the house."""
    python = {path.stem for path in (root / "kaibo").glob("*.py")} - {"__init__"}
    return {f"kaibo.{name}" for name in python | {path.parent.name for path in (root / "kaibo").glob("*/__init__.py")}}


def test_the_contracts_know_every_part_of_the_house() -> None:
    """A list kept by hand forgets the next file: nobody would see what that one imports."""
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    contracts = {each["id"]: each for each in lint["contracts"]}
    assert set(contracts["outside"]["source_modules"]) == tops(ROOT) - {"kaibo.features"}
    assert set(contracts["core"]["forbidden_modules"]) == tops(ROOT) - {"kaibo.core"}
    assert set(contracts["stores"]["forbidden_modules"]) == tops(ROOT) - {"kaibo.core", "kaibo.stores"}
    above = {
        "kaibo.app",
        "kaibo.archive",
        "kaibo.archiving",
        "kaibo.cli",
        "kaibo.__main__",
        "kaibo.demo",
        "kaibo.feed",
        "kaibo.server",
    }
    assert set(contracts["unarchived"]["source_modules"]) == tops(ROOT) - above


def test_the_arrows_hold() -> None:
    assert run(ROOT, "lint-imports").returncode == 0


# one feature knows of another only what is public
OTHERS_STATE = (
    "from kaibo.features.order.state import OrderState",
    "from kaibo.features.order import state",
    "import kaibo.features.order.state as other",
    "from ..order.state import OrderState",
    "from ..order import state",
    "def late() -> None:\n    from kaibo.features.order.state import OrderState",
)


@pytest.mark.parametrize("line", OTHERS_STATE)
@pytest.mark.parametrize("file", ["promo/rules.py", "promo/routes.py", "promo/slices.py", "report/report.py"])
def test_features_meet_only_through_what_is_public(copy: Path, file: str, line: str) -> None:
    plant(copy, f"kaibo/features/{file}", line)
    answer = run(copy, "lint-imports", "--no-cache", "--contract", "independence")
    assert answer.returncode != 0
    assert f"kaibo.features.{file[:-3].replace('/', '.')} -> kaibo.features.order.state" in answer.stdout


@pytest.mark.parametrize("module", ["facts", "commands", "slices", "shown"])
def test_what_is_public_may_be_known(copy: Path, module: str) -> None:
    plant(copy, f"kaibo/features/order/{module}.py", "")
    plant(copy, "kaibo/features/promo/routes.py", f"from kaibo.features.order import {module}")
    assert run(copy, "lint-imports", "--no-cache", "--contract", "independence").returncode == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("kaibo/archive/tables.py", "from kaibo.features.order.rules import decide"),
        ("kaibo/archive/tables.py", "from ..features.order import rules"),
        ("kaibo/sim/talk.py", "from kaibo.features.order import state"),
        ("kaibo/connectors/gather.py", "import kaibo.features.order.view as view"),
        ("kaibo/app.py", "from kaibo.features.order import routes"),
        ("kaibo/app.py", "from kaibo.features.comment.react import teacher"),
        ("kaibo/beside.py", "import kaibo.features.order.rules"),
        ("kaibo/demo_plan.py", "from kaibo.features.order.state import OrderState"),
    ],
)
def test_outside_a_feature_is_known_by_the_same_doors(copy: Path, file: str, line: str) -> None:
    plant(copy, "kaibo/features/order/routes.py", "")
    plant(copy, file, line)
    assert run(copy, "lint-imports", "--no-cache", "--contract", "outside").returncode != 0


@pytest.mark.parametrize("line", ["from kaibo.features.order.feature import FEATURE", "from kaibo.features.order import feature"])
@pytest.mark.parametrize("file", ["kaibo/app.py", "kaibo/features/order/rules.py", "kaibo/kit/words.py"])
def test_only_the_list_of_features_knows_them_whole(copy: Path, file: str, line: str) -> None:
    plant(copy, file, line)
    assert run(copy, "lint-imports", "--no-cache", "--contract", "listed").returncode != 0


def loud(root: Path) -> list[str]:
    return [path.parent.name for path in (root / "kaibo/features").glob("*/__init__.py") if path.read_bytes()]


def test_a_feature_says_nothing_by_being_there(copy: Path) -> None:
    """Whoever imports its facts must not get its rules with them: else features that read each other's slices are a circle."""
    folders = [path for path in (ROOT / "kaibo/features").iterdir() if (path / "feature.py").exists()]
    assert len(folders) == len(FEATURES)
    assert all((folder / "__init__.py").exists() for folder in folders)
    assert loud(ROOT) == []
    plant(copy, "kaibo/features/promo/__init__.py", "from kaibo.features.promo.feature import FEATURE")
    assert loud(copy) == ["promo"]


# purity
@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import time", "time"),
        ("import time as t", "time"),
        ("from time import time_ns as instant", "time.time_ns"),
        ("from random import choice", "random.choice"),
        ("import secrets", "secrets"),
        ("from uuid import uuid4", "uuid.uuid4"),
        ("import numpy as np\nX = np.random.default_rng()", "numpy.random.default_rng"),
        ("from numpy import random", "numpy.random"),
        ("from datetime import datetime as d\nX = d.now()", "datetime.datetime.now"),
        ("import datetime\nX = datetime.datetime.now", "datetime.datetime.now"),
        ("from os import path", "os.path"),
        ("import os.path", "os.path"),
        ("from pathlib import Path", "pathlib.Path"),
        ("from importlib import import_module", "importlib.import_module"),
        ("import importlib.resources", "importlib.resources"),
        ("import sys", "sys"),
        ("import asyncio", "asyncio"),
        ("import urllib.request", "urllib.request"),
        ("import sqlite3, socket", "sqlite3"),
        ("import httpx", "httpx"),
        ("X = __import__('time')", "__import__"),
        ("X = open('model.txt')", "open"),
        ("reader = open", "open"),
        ("X = eval('1')", "eval"),
        ("import litestar", "litestar"),
        ("from litestar import get", "litestar.get"),
        ("import kaibo.kit.vault", "kaibo.kit.vault"),
        ("import kaibo.kit.vault as v", "kaibo.kit.vault"),
        ("from kaibo import kit", "kaibo.kit"),
        ("from kaibo.kit import vault", "kaibo.kit.vault"),
        ("from ...kit import vault", "kaibo.kit.vault"),
        ("from ... import kit", "kaibo.kit"),
        ("import kaibo", "kaibo"),
        ("import kaibo.core.money\nX = kaibo.kit.vault", "kaibo.kit.vault"),
        ("from kaibo.stores.memory import MemoryStore", "kaibo.stores.memory.MemoryStore"),
        ("from kaibo import stores", "kaibo.stores"),
        ("from kaibo.config import Settings", "kaibo.config.Settings"),
        ("from kaibo.features import FEATURES", "kaibo.features.FEATURES"),
        ("from kaibo.features.promo.routes import ROUTES", "kaibo.features.promo.routes.ROUTES"),
        ("from . import routes", "kaibo.features.promo.routes"),
        ("from .react import followers", "kaibo.features.promo.react.followers"),
        ("from kaibo.features.product.shown import CARDS", "kaibo.features.product.shown.CARDS"),
        ("from ..product import shown", "kaibo.features.product.shown"),
        ("def late() -> None:\n    import time", "time"),
        ("if TYPE_CHECKING:\n    import time", "time"),
        ("import numpy as np\nX = np.datetime64('now')", "numpy.datetime64"),
        ("import numpy as np\nX = np.loadtxt('rows.txt')", "numpy.loadtxt"),
        ("from numpy import genfromtxt", "numpy.genfromtxt"),
        ("import numpy as np\nnp.savetxt('rows.txt', [1])", "numpy.savetxt"),
        ("import numpy as np\nX = np.rec.fromfile('rows.bin')", "numpy.rec.fromfile"),
        ("import numpy as np\nX = np.zeros(3)\nX.tofile('rows.bin')", "tofile()"),
        ("from array import array\narray('q').tofile(object())", "tofile()"),
        ("import numpy as np\nX = np.lib", "numpy.lib"),
        ("from statistics import NormalDist\nX = NormalDist().samples(3)", "samples()"),
        ("from statistics import random", "statistics.random"),
        ("import statistics\nX = statistics.random.random()", "statistics.random.random"),
        ("from dataclasses import sys", "dataclasses.sys"),
        ("from datetime import datetime\nclock = datetime\nX = clock.now()", "now()"),
        ("def f(t: object) -> object:\n    return type(t).now(None)", "now()"),
        ("from datetime import *", "datetime.*"),
        ("import numpy as np\nX = getattr(np, 'random')", "numpy.*"),
        ("X = hash('a')", "hash"),
        ("X = id([])", "id"),
        ("keys = map(id, ())", "id"),
        ("X = compile('1', '', 'eval')", "compile"),
        ("from kaibo.analysis.book import Path", "kaibo.analysis.book.Path"),
    ],
)
@pytest.mark.parametrize("file", ["rules.py", "view.py", "slices.py", "some_new_name.py"])
def test_a_file_of_a_feature_is_pure_unless_it_is_listed(tmp_path: Path, file: str, line: str, name: str) -> None:
    path = tmp_path / "promo" / file
    path.parent.mkdir()
    path.write_text(f'"""Some rules."""\n\n{line}\n', "utf-8")
    assert f"promo/{file}: {name}" in impure(tmp_path)


def test_the_features_are_pure_and_the_list_of_exceptions_is_no_longer_than_it_must_be(copy: Path) -> None:
    features = copy / "kaibo/features"
    assert impure(features) == []
    for pattern in MACHINE:
        for path in features.glob(pattern):
            path.rename(path.with_name(f"listed_no_more_{path.name}"))
    seen = {line.partition(":")[0].replace("listed_no_more_", "") for line in impure(features)}
    assert {pattern for pattern in MACHINE if not any(fnmatch(file, pattern) for file in seen)} == set()


@pytest.mark.parametrize("package", ["core", "analysis"])
def test_what_features_lean_on_whole_is_as_pure(copy: Path, package: str) -> None:
    assert impure_below(copy / "kaibo" / package) == []
    plant(copy, f"kaibo/{package}/new.py", "import time\nfrom pathlib import Path\nfrom kaibo.kit import vault")
    assert [line.partition(": ")[2] for line in impure_below(copy / "kaibo" / package)] == [
        "time",
        "pathlib.Path",
        "kaibo.kit.vault",
    ]


@pytest.mark.parametrize(
    ("file", "line"), [("routes.py", "import sqlite3"), ("sheet.py", "import asyncio"), ("react.py", "import time")]
)
def test_an_exception_is_for_what_it_names_alone(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / "promo" / file
    path.parent.mkdir()
    path.write_text(line, "utf-8")
    assert impure(tmp_path) == [f"promo/{file}: {line.partition(' ')[2]}"]


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
GIVEN = {  # files that were longer when tests were asked too: they may become shorter, not longer
    "kaibo/features/product/tests/test_product.py": 442,
    "kaibo/features/roster/tests/test_roster.py": 416,
    "kaibo/features/task/tests/test_task.py": 492,
    "tests/conformance/test_comment_orders.py": 424,
    "tests/flows/test_react.py": 435,
    "tests/test_guards.py": 427,
    "tests/world.py": 438,
}


def too_long(root: Path, given: Mapping[str, int]) -> list[str]:
    """Files of Python, tests too, of more lines than a sitting, or than they are given."""
    paths = (path for folder in ("kaibo", "tests", "mutants", "words", "bench") for path in (root / folder).rglob("*.py"))
    files = {path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines()) for path in paths}
    return [name for name, lines in files.items() if lines > given.get(name, LINES_MAX)]


def test_no_file_is_longer_than_a_sitting(copy: Path) -> None:
    assert too_long(ROOT, GIVEN) == []
    assert set(too_long(ROOT, {})) == set(GIVEN), "whoever is short again is taken off the list"
    plant(copy, "kaibo/core/money.py", "#\n" * LINES_MAX)
    plant(copy, "kaibo/features/draw/tests/test_draw.py", "#\n" * LINES_MAX)
    plant(copy, "kaibo/features/roster/tests/test_roster.py", "#")
    long = {"kaibo/core/money.py", "kaibo/features/draw/tests/test_draw.py", "kaibo/features/roster/tests/test_roster.py"}
    assert set(too_long(copy, GIVEN)) == long


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


# what a feature lacks is told with the file and line where it is added; planted in tests/test_tiny_feature.py
def test_no_feature_lacks_anything() -> None:
    lacking = missing()
    assert not lacking, "\n".join(lacking)


def test_a_fact_that_is_listed_as_seldom_and_is_not_is_told() -> None:
    listed = min(SELDOM)
    assert needless(set()) == []
    assert [line.partition(": ")[2] for line in needless({listed, "promo.applied"})] == [
        f"take {listed} out of SELDOM: a world writes it"
    ]


def test_a_command_is_taken_by_streams_of_its_feature() -> None:
    for feature in FEATURES:
        for command in feature.commands:
            assert feature.streams_of(command), command
            assert set(feature.streams_of(command)) <= set(feature.streams), command


# a public name means one thing
def public_twice(root: Path) -> list[str]:
    """`TAKEN: order, taking` for each slice, or class of one, whose name two features give away in their `slices.py`."""
    owners: dict[str, list[str]] = {}
    for path in sorted((root / "kaibo/features").glob("*/slices.py")):
        for name in _slices_of(ast.parse(path.read_text("utf-8"))):
            owners.setdefault(name, []).append(path.parent.name)
    return [f"{name}: {', '.join(found)}" for name, found in owners.items() if len(found) > 1]


def _slices_of(tree: ast.Module) -> Iterator[str]:
    """`STAGE` and `ShowNow` of `STAGE: Slice[ShowNow] = …`."""
    for node in tree.body:
        match node:
            case ast.AnnAssign(
                target=ast.Name(id=name), annotation=ast.Subscript(value=ast.Name(id="Slice"), slice=ast.Name(id=state))
            ):
                yield from (name, state)
            case _:
                pass


def test_no_two_features_give_one_name_to_a_slice(copy: Path) -> None:
    """Who reads `fold.slice(TAKEN)` must not have to look which of two that is."""
    assert public_twice(ROOT) == []
    plant(copy, "kaibo/features/taking/slices.py", "class Taken: ...\n\n\nTAKEN: Slice[Taken] = Slice(name='taking.taken')")
    assert public_twice(copy) == ["TAKEN: order, taking", "Taken: order, taking"]
