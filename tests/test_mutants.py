"""The mutator leaves rules out: what it makes of a few lines, and that the code it puts in is what runs."""

from typing import Any

import pytest

from mutants import trial
from mutants.__main__ import sample
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
