"""What is counted of the code, so that it does not creep back: each measure fails on a violation in a copy.

`Any` per 1,000 lines; functions of more than ten branches; rules of the linter that are off for everybody and needed by nobody.
"""

import ast
import io
import json
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.served import ROOT

ANY_MAX = 4.5  # per 1,000 lines: what has no types of its own (pyarrow, openpyxl, re2) and what a view hands to its own state
BRANCHES_MAX = 10
MANY_SHARE_MAX = 0.02  # of all functions
PAIRS = {"D203", "D213"}  # the linter leaves out one of a contradicting pair by itself, so that they are never seen


def code(root: Path) -> Iterator[Path]:
    yield from (path for path in sorted((root / "kaibo").rglob("*.py")) if "tests" not in path.parts)


# Any
def any_share(root: Path) -> float:
    """`Any` in code (imports too, comments and texts not) per 1,000 lines."""
    texts = [path.read_text("utf-8") for path in code(root)]
    named = sum(
        token.type == tokenize.NAME and token.string == "Any"
        for text in texts
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
    )
    return 1000 * named / sum(len(text.splitlines()) for text in texts)


def test_any_is_rare() -> None:
    assert any_share(ROOT) <= ANY_MAX


def test_any_is_counted_in_code_alone(tmp_path: Path) -> None:
    (tmp_path / "kaibo").mkdir()
    (tmp_path / "kaibo/a.py").write_text('"""Any."""\n\nfrom typing import Any  # Any\n\nX: dict[str, Any] = {}\n', "utf-8")
    assert any_share(tmp_path) == 1000 * 2 / 5


# branches
class _Branches(ast.NodeVisitor):
    """Ways through one function: those of functions inside it are their own."""

    def __init__(self) -> None:
        self.count = 1

    def generic_visit(self, node: ast.AST) -> None:
        self.count += branches_at(node)
        super().generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        del node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        del node


def branches_at(node: ast.AST) -> int:
    match node:
        case ast.If() | ast.IfExp() | ast.For() | ast.AsyncFor() | ast.While() | ast.ExceptHandler() | ast.Assert():
            return 1
        case ast.BoolOp(values=values):
            return len(values) - 1
        case ast.comprehension(ifs=ifs):
            return 1 + len(ifs)
        case ast.match_case(pattern=pattern, guard=guard):
            return (0 if isinstance(pattern, ast.MatchAs) and pattern.pattern is None else 1) + (guard is not None)
        case _:
            return 0


def branches(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    counted = _Branches()
    for statement in function.body:
        counted.visit(statement)
    return counted.count


def functions(root: Path) -> dict[str, int]:
    """The branches of every function by where it stands."""
    return {
        f"{path.relative_to(root)}:{node.lineno} {node.name}": branches(node)
        for path in code(root)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_functions_of_many_branches_are_rare() -> None:
    found = functions(ROOT)
    many = sorted(((count, where) for where, count in found.items() if count > BRANCHES_MAX), reverse=True)
    assert len(many) <= MANY_SHARE_MAX * len(found), "\n".join(f"{count} {where}" for count, where in many)


def test_branches_are_counted(tmp_path: Path) -> None:
    (tmp_path / "kaibo").mkdir()
    told = (
        "def f(a, b):\n    if a and b or a:\n        return [x for x in a if x]\n    def g():\n        return 1 if a else 2\n"
        "    match a:\n        case 1 | 2:\n            pass\n        case 3 if b:\n            pass\n        case _:\n            pass\n"
    )
    (tmp_path / "kaibo/a.py").write_text(told, "utf-8")
    assert functions(tmp_path) == {"kaibo/a.py:1 f": 9, "kaibo/a.py:4 g": 2}


# the linter
def idle_rules(root: Path) -> set[str]:
    """Codes that are off for everybody, though no code but that of tests needs them off."""
    off = set(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]["ignore"])
    ruff = [
        str(Path(sys.executable).parent / "ruff"),
        "check",
        "--no-cache",
        "--output-format=json",
        "--config",
        "lint.ignore=[]",
    ]
    found = subprocess.run([*ruff, "--select", ",".join(sorted(off)), "."], cwd=root, check=False, capture_output=True, text=True)
    needed = {each["code"] for each in json.loads(found.stdout) if "tests" not in Path(each["filename"]).relative_to(root).parts}
    return off - needed - PAIRS


def test_what_only_tests_need_is_off_for_tests_alone() -> None:
    assert idle_rules(ROOT) == set()


def test_a_rule_that_is_off_for_nobody_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.ruff.lint]\nselect = ["ALL"]\nignore = ["T201", "S101"]\n', "utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_a.py").write_text("print(1)\n", "utf-8")
    (tmp_path / "a.py").write_text("assert True\n", "utf-8")
    assert idle_rules(tmp_path) == {"T201"}
