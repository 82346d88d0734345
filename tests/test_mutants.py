"""The mutator leaves rules out: what it makes of a few lines, and that the code it puts in is what runs."""

import sys
from pathlib import Path
from typing import Any

import pytest

from mutants import __main__ as mutants_main
from mutants import trial
from mutants.__main__ import UNBENT, bent, gone, nowhere, sample
from mutants.bend import Mutant, mutants_of

SOURCE = '''"""A rule or two."""

MOST = 5


class Refused(Exception):
    code = "no"


def decide(state: set[str], name: str, at: int) -> list[str]:
    """What follows."""
    if name in state and at > 0:
        raise Refused
    state.add(name)
    return [name, *other(state)]
'''
CHANGES = {
    "5 → 6",
    "if name in state and at > 0 → if False",
    "name in state and at > 0 → (at > 0)",
    "name in state and at > 0 → (name in state)",
    "name in state → name not in state",
    "at > 0 → at >= 0",
    "0 → 1",
    "without: state.add(name)",
    "[name, *other(state)] → [*other(state)]",
    "[name, *other(state)] → [name]",
}


def test_what_is_left_out_of_a_rule() -> None:
    found = mutants_of("a/rules.py", SOURCE)
    assert {mutant.change for mutant in found} == CHANGES
    assert {mutant.where for mutant in found} == {"", "decide"}
    for mutant in found:
        compile(mutant.source, mutant.path, "exec")


def test_the_same_text_is_drawn_again_also_when_its_lines_move() -> None:
    drawn, moved = sample(mutants_of("a.py", SOURCE), 4, 1), sample(mutants_of("a.py", "\n\n" + SOURCE), 4, 1)
    assert [mutant.name for mutant in drawn] == [mutant.name for mutant in moved]
    assert [mutant.name for mutant in sample(mutants_of("a.py", SOURCE), 4, 2)] != [mutant.name for mutant in drawn]


def test_the_bent_code_is_what_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(trial, "ROOT", tmp_path)
    path = tmp_path / "toy.py"
    path.write_text("def least(a: int, b: int) -> int:\n    return min(a, b)\n")
    space: dict[str, Any] = {}
    exec(compile(path.read_text(), str(path), "exec"), space)  # noqa: S102  the text above
    first: Mutant = mutants_of("toy.py", path.read_text())[0]
    assert (space["least"](2, 1), trial.in_function(first)) == (1, True)
    trial.put_in(first)
    assert space["least"](2, 1) == 2


# which files: a list kept by hand forgets the next one
def house(tmp_path: Path, *names: str) -> Path:
    for name in names:
        path = tmp_path / "kaibo/features" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SOURCE)
    return tmp_path


def test_a_new_file_of_a_feature_is_bent_unless_it_is_named_with_why(tmp_path: Path) -> None:
    root = house(
        tmp_path, "toy/rules.py", "toy/some_new_name.py", "toy/deep/new.py", "toy/tests/test_toy.py", "toy/board_view.py"
    )
    assert [path.relative_to(root / "kaibo/features").as_posix() for path in bent(root)] == [
        "toy/deep/new.py",
        "toy/rules.py",
        "toy/some_new_name.py",
    ]


def test_rules_of_the_house_are_bent_and_no_name_of_the_others_is_idle(tmp_path: Path) -> None:
    names = {path.relative_to(trial.ROOT / "kaibo/features").as_posix() for path in bent()}
    assert {"roster/handing.py", "rundown/backtime.py", "order/cancelling.py", "moderation/words.py", "claim/hands.py"} <= names
    assert nowhere() == []
    assert all(UNBENT.values())
    assert nowhere(house(tmp_path, "toy/rules.py", "toy/view.py")) == [each for each in UNBENT if each != "*/view.py"]


# a reason for a mutant that is none hides nothing, and says that nobody looked
def test_a_reason_for_a_mutant_that_is_none_is_told(tmp_path: Path) -> None:
    root = house(tmp_path, "toy/rules.py", "toy/view.py")
    rules, view = "kaibo/features/toy/rules.py", "kaibo/features/toy/view.py"
    named = [
        f"{rules}::decide: 0 → 1",
        f"{rules}::decide: 0 → 2",
        f"{view}::decide: 0 → 1",
        "kaibo/features/toy/gone.py::a: 0 → 1",
    ]
    assert gone(named, root) == sorted(named[1:])


def test_make_mutants_ends_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "equal.toml"
    listed.write_text('[[equal]]\nmutant = "kaibo/features/taking/rules.py::decide: 7 → 8"\nwhy = "it was so once"\n')
    monkeypatch.setattr(mutants_main, "EQUAL", listed)
    monkeypatch.setattr(sys, "argv", ["mutants", "taking"])
    assert mutants_main.main() == 1
    assert capsys.readouterr().err.endswith(
        "equal.toml names a mutant that is none: kaibo/features/taking/rules.py::decide: 7 → 8\n"
    )
