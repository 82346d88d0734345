"""The doors of a feature, `facts`, `commands`, `slices` and `shown`: what stands behind them does not pass through."""

import ast
from pathlib import Path

import pytest

from tests.served import ROOT
from tests.test_arrows import imports_of

BEHIND = frozenset({"rules", "state", "react", "routes", "feature"})
# What each door must not know of its own feature. A slice is below views (decision 0016), facts and commands are below all.
CLOSED = {
    "facts": BEHIND | {"view", "slices", "shown", "commands"},
    "commands": BEHIND | {"view", "slices", "shown"},
    "slices": BEHIND | {"view", "shown"},
    "shown": BEHIND,
}
KNOWN = {
    "draw/shown.py: state": "which draws' keywords an erased comment had: asked once in a while, and no view stands on it",
    "erasure/shown.py: state": "what carries erasing out, outside of all features, goes by what this one remembers",
}


def leaking(file: Path) -> list[str]:
    """`order/shown.py: rules` for each file behind a door that this door leans on."""
    feature, door = file.parent.name, file.stem
    home = f"kaibo.features.{feature}."
    package = ("kaibo", "features", feature)
    names = {
        name.removeprefix(home).split(".")[0]
        for name in imports_of(ast.parse(file.read_text("utf-8")), package)
        if name.startswith(home)
    }
    views = {"view"} if "view" in CLOSED[door] else set[str]()
    behind = {name for name in names if name in CLOSED[door] or (views and name.endswith("_view"))}
    return [f"{feature}/{file.name}: {name}" for name in sorted(behind)]


def test_nothing_behind_a_door_passes_through_it() -> None:
    doors = [file for door in CLOSED for file in sorted((ROOT / "kaibo/features").glob(f"*/{door}.py"))]
    assert [leak for file in doors for leak in leaking(file) if leak not in KNOWN] == []
    assert {leak for file in doors for leak in leaking(file)} >= KNOWN.keys(), "strike out what is known no longer"


@pytest.mark.parametrize(
    ("door", "line", "behind"),
    [
        ("facts", "from kaibo.features.toy.rules import decide", "rules"),
        ("facts", "from .state import Toys", "state"),
        ("facts", "from . import slices", "slices"),
        ("commands", "import kaibo.features.toy.view", "view"),
        ("slices", "from kaibo.features.toy.view import BOARD", "view"),
        ("slices", "from kaibo.features.toy.stock_view import BOARD", "stock_view"),
        ("slices", "from kaibo.features.toy import rules as r", "rules"),
        ("shown", "from kaibo.features.toy.rules import decide", "rules"),
        ("shown", "if True:\n    from .react import followers", "react"),
    ],
)
def test_a_leak_is_seen(tmp_path: Path, door: str, line: str, behind: str) -> None:
    file = tmp_path / "toy" / f"{door}.py"
    file.parent.mkdir()
    file.write_text(f"from kaibo.features.show.rules import decide\n{line}\n", "utf-8")
    assert leaking(file) == [f"toy/{door}.py: {behind}"]
