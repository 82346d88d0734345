"""The mutator leaves rules out: what it makes of a few lines, and that the code it puts in is what runs."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mutants import __main__ as mutants_main
from mutants import trial
from mutants.__main__ import ELSEWHERE, UNBENT, bent, gone, nowhere, sample, views_of
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


def test_views_are_drawn_alone_where_somebody_asks_for_them(tmp_path: Path) -> None:
    root = house(tmp_path, "toy/rules.py", "toy/view.py", "toy/board_view.py", "toy/tests/test_view.py")
    assert [path.name for path in views_of(root)] == ["board_view.py", "view.py"]
    assert {mutant.path for mutant in mutants_main.all_mutants(["taking"], views=True)} == {"kaibo/features/taking/view.py"}
    assert "kaibo/features/taking/view.py" not in {mutant.path for mutant in mutants_main.all_mutants(["taking"])}


def test_no_tests_are_named_that_are_none() -> None:
    assert [file for files in ELSEWHERE.values() for file in files if not (trial.ROOT / file).exists()] == []


# the gate: what lets a run end well
@pytest.mark.parametrize(
    ("lived", "why", "stillborn", "ends"),
    [(0, 0, 0, 0), (1, 1, 0, 0), (2, 2, 0, 1), (1, 0, 0, 1), (1, 1, 1, 1)],
    ids=["all killed", "nine of ten", "eight of ten", "nobody said why", "eight of nine, one stillborn"],
)
def test_nine_of_ten_are_killed_and_the_others_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lived: int, why: int, stillborn: int, ends: int
) -> None:
    (tmp_path / "toy.py").write_text(SOURCE)
    mutants = mutants_of("toy.py", SOURCE)
    told = ["lived"] * lived + ["stillborn"] * stillborn
    told += ["killed"] * (len(mutants) - len(told))
    monkeypatch.setattr(mutants_main, "ROOT", tmp_path)
    monkeypatch.setattr(mutants_main, "equal", lambda: {mutant.name: "it is the same" for mutant in mutants[:why]})
    assert len(mutants) == 10
    assert mutants_main._sum_up(mutants, dict(zip((mutant.name for mutant in mutants), told, strict=True))) == ends


def test_what_lived_without_a_reason_is_tried_again() -> None:
    one = mutants_of("toy.py", SOURCE)[0]
    verdicts = ({}, {one.name: "lived"}, {one.name: "killed"}, {one.name: "hung"})
    assert [mutants_main._open(one, each, {}) for each in verdicts] == [True, True, False, False]
    assert [mutants_main._open(one, each, {one.name: "why"}) for each in verdicts[:2]] == [True, False]


def item(does: Callable[[], None]) -> Any:
    """A test of pytest, as far as a trial asks for it."""
    hook = SimpleNamespace(pytest_runtest_protocol=lambda item, nextitem: does())
    return SimpleNamespace(nodeid="a", config=SimpleNamespace(hook=hook, pluginmanager=SimpleNamespace(register=lambda _: None)))


@pytest.mark.parametrize(("took", "waits"), [({"a": 2.0}, 20.0), ({}, 60.0)])
def test_a_test_is_waited_for_five_times_as_long_and_ten_seconds(
    monkeypatch: pytest.MonkeyPatch, took: dict[str, float], waits: float
) -> None:
    alarms: list[float] = []
    monkeypatch.setattr(trial.signal, "setitimer", lambda _, after: alarms.append(after))
    trial.Watch().run([item(lambda: None)], took)
    assert alarms == [waits]


def test_what_has_no_end_is_hung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "PATIENCE_S", 0.1)
    assert trial._apart([item(lambda: time.sleep(60))], {"a": 0.0}) == ("hung", "")
    assert trial._apart([item(lambda: None)], {"a": 60.0}) == ("lived", "")


# a reason for a mutant that is none hides nothing, and says that nobody looked
def test_a_reason_for_a_mutant_that_is_none_is_told(tmp_path: Path) -> None:
    root = house(tmp_path, "toy/rules.py", "toy/view.py", "toy/routes.py")
    assert gone(["kaibo/features/toy/view.py::decide: 0 → 1"], root) == []  # `--views` makes it
    rules, routes = "kaibo/features/toy/rules.py", "kaibo/features/toy/routes.py"
    named = [
        f"{rules}::decide: 0 → 1",
        f"{rules}::decide: 0 → 2",
        f"{routes}::decide: 0 → 1",
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
