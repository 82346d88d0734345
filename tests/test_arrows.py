"""Who may import whom, each with a violation planted in a copy: a guard that finds nothing wrong in wrong code guards nothing."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kaibo.features import FEATURES
from tests.planted import copied, plant, run
from tests.served import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copied(tmp_path)


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
        ("kaibo/kit/words.py", "from kaibo.stores.memory import MemoryStore"),
        ("kaibo/kit/words.py", "from kaibo.stores import sqlite"),
        ("kaibo/kit/words.py", "from kaibo.stores import heads"),
        ("kaibo/kit/words.py", "from kaibo.beside import Beside"),
        ("kaibo/kit/words.py", "import kaibo.team"),
        ("kaibo/kit/words.py", "from kaibo import permits, server"),
        ("kaibo/kit/words.py", "from kaibo.analysis import hll"),
        ("kaibo/connectors/gather.py", "from kaibo.stores.memory import MemoryStore"),
        ("kaibo/connectors/gather.py", "import kaibo.stores.sqlite"),
        ("kaibo/connectors/gather.py", "import kaibo.permits"),
        ("kaibo/sim/talk.py", "from kaibo import team"),
    ],
)
def test_an_arrow_that_turns_back_is_seen(copy: Path, file: str, line: str) -> None:
    plant(copy, file, line)
    answer = run(copy, "lint-imports", "--no-cache")
    assert answer.returncode != 0
    assert "BROKEN" in answer.stdout


# what is tested knows nothing of its tests
def leaning(root: Path) -> list[str]:
    """`kaibo/core/money.py: tests.world` for each import of tests, its own or the house's, by what is no test."""
    found: list[str] = []
    for path in sorted((root / "kaibo").rglob("*.py")):
        parts = path.relative_to(root).parts
        if "tests" not in parts:
            names = imports_of(ast.parse(path.read_text("utf-8")), parts[:-1])
            found += [f"{'/'.join(parts)}: {name}" for name in names if {"tests", "conftest"} & set(name.split("."))]
    return found


def imports_of(tree: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """Full names of what is imported, also by a name in a text."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = (*(package[: len(package) - level + 1] if level else ()), *([module] if module else ()))
                yield from (".".join((*base, alias.name)) for alias in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name
            case _:
                pass


@pytest.mark.parametrize(
    "line",
    [
        "import tests.world",
        "from tests import world",
        "from tests.world import CODEC as C",
        "from kaibo.features.promo.tests.test_promo import given",
        "from kaibo.features.promo import tests",
        "from .tests import test_promo",
        "from . import tests",
        "from ..order.tests.test_order import given",
        "def late() -> None:\n    import tests.world",
        "import importlib\nimportlib.import_module('tests.world')",
        "from importlib import import_module\nX = import_module('tests')",
        "X = __import__('tests.world')",
    ],
)
def test_what_is_tested_knows_nothing_of_its_tests(copy: Path, line: str) -> None:
    plant(copy, "kaibo/features/promo/rules.py", line)
    assert [found.partition(":")[0] for found in leaning(copy)] == ["kaibo/features/promo/rules.py"]


def test_no_program_leans_on_tests() -> None:
    assert leaning(ROOT) == []


# what is imported by a text, nobody draws an arrow for
LATE = {
    "kaibo/cli.py": "the seam tells of refusals that the server never loads",
    "kaibo/kit/slice_page.py": "a page of the documents looks where loaded modules say what they need",
    "kaibo/kit/snapshot.py": "classes of the states that a file keeps, by the names it keeps",
}


def late(root: Path) -> list[str]:
    """Files that may import what no `import` of theirs names."""
    paths = (path for path in sorted((root / "kaibo").rglob("*.py")) if "tests" not in path.relative_to(root).parts)
    return [
        path.relative_to(root).as_posix()
        for path in paths
        if any(map(_imports_late, ast.walk(ast.parse(path.read_text("utf-8")))))
    ]


def _imports_late(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(alias.name in {"builtins", "imp", "importlib", "importlib.util", "pkgutil", "runpy"} for alias in names)
        case ast.ImportFrom(module="importlib", names=names):
            return any(alias.name not in {"metadata", "resources"} for alias in names)
        case ast.ImportFrom(module="builtins" | "importlib.util" | "pkgutil" | "runpy"):
            return True
        case ast.ImportFrom(module="sys", names=names):
            return any(alias.name == "modules" for alias in names)
        case ast.Attribute(value=ast.Name(id="sys"), attr="modules"):
            return True
        case ast.Name(id=name):
            return name in {"__import__", "__builtins__", "__loader__", "eval", "exec"}
        case _:
            return False


@pytest.mark.parametrize(
    "line",
    [
        "import importlib\nimportlib.import_module('kaibo.features.order.rules')",
        "import importlib as i\ni.import_module('kaibo.features.' + name)",
        "from importlib import import_module as get\nget('kaibo.features.order.rules')",
        "from importlib import util\nutil.find_spec('kaibo.features.order.rules')",
        "import pkgutil\npkgutil.resolve_name('kaibo.features.order.rules')",
        "from runpy import run_module\nrun_module('kaibo.features.order.rules')",
        "X = __import__('kaibo.features.order.rules')",
        "get = __import__",
        "import sys\nX = sys.modules['kaibo.features.order.rules']",
        "from sys import modules",
        "def late() -> None:\n    exec('import kaibo.features.order.rules')",
    ],
)
def test_nobody_imports_by_a_text_but_who_is_named_with_why(copy: Path, line: str) -> None:
    files = ("kaibo/features/promo/routes.py", "kaibo/kit/words.py", "kaibo/stores/sqlite.py")
    for file in files:
        plant(copy, file, line)
    assert late(copy) == sorted([*files, *LATE])


def test_who_is_named_imports_by_a_text() -> None:
    assert late(ROOT) == sorted(LATE)


def unseen(root: Path) -> list[str]:
    """Folders with programs that are no package: whoever draws the arrows does not look into them."""
    folders = {path.parent for path in (root / "kaibo").rglob("*.py") if "tests" not in path.relative_to(root).parts}
    return sorted(folder.relative_to(root).as_posix() for folder in folders if not (folder / "__init__.py").exists())


def test_the_arrows_are_drawn_in_every_folder(copy: Path) -> None:
    assert unseen(ROOT) == []
    for folder in ("kaibo/kit/late", "kaibo/features/promo/inner/most"):
        (copy / folder).mkdir(parents=True)
        plant(copy, f"{folder}/new.py", "import kaibo.app")
    assert unseen(copy) == ["kaibo/features/promo/inner/most", "kaibo/kit/late"]


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
    inner = {f"kaibo.stores.{path.stem}" for path in (ROOT / "kaibo/stores").glob("*.py")}
    inner -= {f"kaibo.stores.{name}" for name in ("__init__", "contract", "private", "trouble")}
    below = {"kaibo.config", "kaibo.core", "kaibo.kit", "kaibo.stores"}
    assert set(contracts["kit"]["forbidden_modules"]) == tops(ROOT) - below | inner
    below |= {"kaibo.analysis", "kaibo.connectors", "kaibo.features", "kaibo.sim"}
    assert set(contracts["connectors"]["forbidden_modules"]) == tops(ROOT) - below | inner
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
