"""The doors of a feature, `facts`, `commands`, `slices` and `shown`: what stands behind them does not pass through.

A door is told what it may lean on of its own feature. Whatever file a rule moves to, it stays behind: no list of files to hide is kept.
"""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.served import ROOT
from tests.test_arrows import imports_of

# Facts and commands are below all, a slice is below views (decision 0016), and what is shown is above them. A view goes by `view` or `…_view`.
MAY: dict[str, frozenset[str]] = {
    "facts": frozenset(),
    "commands": frozenset({"facts"}),
    "slices": frozenset({"facts"}),
    "shown": frozenset({"facts", "commands", "slices", "view"}),
}
# What else a door leans on, and why that is no rule that passes through it.
KNOWN = {
    "alarm/shown.py: effects": "a view in a file of its own",
    "audience/facts.py: columns": "how the fact is written in the log",
    "audience/facts.py: script": "how the texts of the fact are spelled",
    "audience/shown.py: script": "the spelling of its facts, for whoever tells them",
    "audience/shown.py: timing": "asked by the door that instants come through, before the rules",
    "charter/slices.py: lint": "a bound that the slice checks its table against",
    "charter/slices.py: shipped": "the charter that holds until one is written",
    "charter/slices.py: table": "the table that the slice holds",
    "claim/slices.py: attempt": "words that the slice reads orders by",
    "claim/slices.py: goods": "a part of the slice's state",
    "claim/slices.py: shop": "a part of the slice's state",
    "claim/slices.py: slot": "a part of the slice's state",
    "claim/slices.py: takers": "a part of the slice's state",
    "comment/shown.py: erasing": "what carries erasing out, outside of all features, goes by it",
    "comment/shown.py: questions": "a view in a file of its own",
    "comment/shown.py: stream": "a view in a file of its own",
    "comment/shown.py: topics": "a view in a file of its own",
    "comment/slices.py: reading": "how the slice reads a batch",
    "comment/slices.py: triage": "the order of the kinds that the slice counts",
    "draw/shown.py: lot": "how a keyword is spelled",
    "draw/shown.py: state": "which draws' keywords an erased comment had: asked once in a while, and no view stands on it",
    "draw/slices.py: lot": "how a keyword is spelled",
    "erasure/shown.py: found": "rows of an answer of its routes",
    "erasure/shown.py: state": "what carries erasing out, outside of all features, goes by what this one remembers",
    "metric/slices.py: board": "the slice's state",
    "order/shown.py: flaws": "asked by the door that orders come through, before the rules",
    "order/slices.py: ledger": "a part of the slice's state",
    "order/slices.py: reading": "how the slice puts in order what is told",
    "roster/shown.py: figures": "a view's rows, worked out for the report",
    "roster/slices.py: shifts": "a slice in a file of its own",
    "rundown/shown.py: show_clock": "a view in a file of its own",
    "rundown/shown.py: show_cues": "a view in a file of its own",
    "rundown/slices.py: columns": "what the columns are called that the slice remembers",
    "rundown/slices.py: timing": "the times that the slice holds",
    "workspace/shown.py: changes": "a view in a file of its own",
    "workspace/shown.py: charter": "the table that every guard of the house reads",
}


def leaking(file: Path) -> list[str]:
    """`order/shown.py: rules` for each file of its own feature that this door may not lean on, `order/shown.py: *` for all of them."""
    feature, door = file.parent.name, file.stem
    imported = imports_of(ast.parse(file.read_text("utf-8")), ("kaibo", "features", feature))
    behind = {own for name in imported for own in _own(name, feature) if own not in MAY[door] and not _is_view(own, door)}
    return [f"{feature}/{file.name}: {name}" for name in sorted(behind)]


def _own(name: str, feature: str) -> Iterator[str]:
    """The files of its own feature that an import opens: `*` where it takes a folder whole, through which each file of it is at hand."""
    home = ("kaibo", "features", feature)
    parts = tuple(name.split("."))
    if parts in {home[:1], home[:2], home, (*home[:1], "*"), (*home[:2], "*")}:
        yield "*"
    elif parts[:3] == home:
        yield parts[3]
        if parts[-1] == "*":
            yield "*"  # with what is in it comes whatever that one imports


def _is_view(name: str, door: str) -> bool:
    return "view" in MAY[door] and name.endswith("_view")


def doors() -> list[Path]:
    return [file for door in MAY for file in sorted((ROOT / "kaibo/features").glob(f"*/{door}.py"))]


def test_nothing_behind_a_door_passes_through_it() -> None:
    leaks = {leak for file in doors() for leak in leaking(file)}
    assert leaks - KNOWN.keys() == set()
    assert KNOWN.keys() - leaks == set(), "strike out what is known no longer"


# Written out a second time, so that a door opened by mistake is seen here.
CLOSED = {
    "facts": {"facts", "commands", "slices", "shown", "view", "stock_view"},
    "commands": {"commands", "slices", "shown", "view", "stock_view"},
    "slices": {"commands", "slices", "shown", "view", "stock_view"},
    "shown": {"shown"},
}
BEHIND = (
    "rules", "state", "react", "routes", "feature", "erasing", "ending", "coin", "way", "sheet", "board",
    "stock_rules", "stock_slices", "viewer", "overview",
)  # fmt: skip
PAIRS = [(door, name) for door in CLOSED for name in (*sorted(CLOSED[door]), *BEHIND)]
OPEN = [
    (door, name)
    for door, name in product(CLOSED, ("facts", "commands", "slices", "view", "stock_view"))
    if name not in CLOSED[door]
]
FORMS = (
    "from kaibo.features.toy.{} import decide",
    "from kaibo.features.toy import {} as r",
    "import kaibo.features.toy.{}",
    "from .{} import Toys",
    "from . import {}",
    "from ..toy.{} import Toys",
    "if True:\n    from .{} import followers",
    "def late() -> None:\n    from .{} import followers",
)
WHOLE = (
    "import kaibo.features.toy as t",
    "import kaibo.features as f",
    "import kaibo",
    "from kaibo import features",
    "from kaibo.features import toy",
    "from kaibo.features.toy import *",
    "from kaibo.features import *",
    "from kaibo import *",
    "from . import *",
    "from .. import toy",
)


def leaks_of(tmp_path: Path, door: str, line: str) -> list[str]:
    file = tmp_path / "toy" / f"{door}.py"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"from kaibo.features.show.rules import decide\nfrom kaibo.core.event import Fact\n{line}\n", "utf-8")
    return leaking(file)


@pytest.mark.parametrize(("door", "name"), PAIRS)
def test_whatever_a_door_may_not_lean_on_is_seen(tmp_path: Path, door: str, name: str) -> None:
    for form in FORMS:
        assert leaks_of(tmp_path, door, form.format(name)) == [f"toy/{door}.py: {name}"], form


@pytest.mark.parametrize(("door", "line"), product(CLOSED, WHOLE))
def test_a_feature_taken_whole_is_seen(tmp_path: Path, door: str, line: str) -> None:
    assert leaks_of(tmp_path, door, line) == [f"toy/{door}.py: *"]


def test_a_file_emptied_into_a_door_is_seen(tmp_path: Path) -> None:
    assert leaks_of(tmp_path, "shown", "from .view import *") == ["toy/shown.py: *"]


@pytest.mark.parametrize(("door", "name"), OPEN)
def test_what_a_door_may_lean_on_is_let_through(tmp_path: Path, door: str, name: str) -> None:
    assert [leak for form in FORMS for leak in leaks_of(tmp_path, door, form.format(name))] == []


def test_each_door_is_looked_at() -> None:
    assert MAY.keys() == CLOSED.keys()
    assert {file.stem for file in doors()} == set(CLOSED)
