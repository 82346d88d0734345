"""The guards of the house, each with a violation planted in a copy: a guard that finds nothing wrong in wrong code guards nothing."""

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from kaibo.features import FEATURES
from tests.missing import SELDOM, missing, needless
from tests.planted import copied, plant, run
from tests.served import ROOT

T = TypeVar("T")
LINES_MAX = 400
VAGUE = ("utils", "helpers", "manager", "common", "misc")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copied(tmp_path)


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


# tidiness
GIVEN = {  # files that were longer when tests were asked too: they may become shorter, not longer
    "kaibo/features/roster/tests/test_roster.py": 416,
    "kaibo/features/task/tests/test_task.py": 492,
    "tests/conformance/test_comment_orders.py": 424,
    "tests/flows/test_react.py": 435,
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
