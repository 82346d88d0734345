"""A small feature of both sides costs few files; whatever is forgotten of it is told with the file and line where it is added.

The feature `note` is built a second time in a copy of the house, under another name: what had to be written is counted, the guards
and the types are asked, and then each piece is taken away in turn.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import ROOT

FILES_MAX = 14
OWN = ("kaibo/features/note", "web/src/features/note")
LINES_IN = ("kaibo/features/__init__.py", "kaibo/features/workspace/charter.py", "docs/glossary.md")
TOLD = {  # what names the feature and is no part of it
    "docs/duties.md", "docs/slices.md", "web/src/api/seam.ts",  # written by `make api`
    "kaibo/features/charter/shipped_table.py",  # a line a feature need not have: who may is derived
    "tests/test_unsaid.py", "kaibo/features/asking/tests/test_asking.py",  # a law of what is erased; a command somebody must agree to
    "kaibo/features/roster/handover.py", "tests/flows/test_shifts.py", "tests/e2e/test_shifts.py",  # read what it shows
    "web/src/shell/factWords.test.ts",  # a word of a small feature
    "docs/tiny-feature.md", "docs/walkthrough-web.md", "docs/decisions/0022-shell-slots.md",  # speak of it
    "tests/e2e/test_glass.py", "tests/test_tiny_feature.py", "web/tests/shell.test.ts", "web/tests/strips.test.ts",  # tell of the slots with it
}  # fmt: skip
SAYS = re.compile(r"\bnote\.(?:un)?pin|features[./]note\b|\bFEATURE as NOTE\b|^    NOTE,|[|] `note` [|]", re.MULTILINE)
BIN = Path(sys.executable).parent
# Of the row below that of `note`, where the other name's stands in the copy.
BELOW = (
    next(at for at, line in enumerate((ROOT / "docs/glossary.md").read_text("utf-8").splitlines(), 1) if "| `note` |" in line) + 1
)


def written_by_hand() -> list[str]:
    """Every file of the house that had to be made or edited for the feature."""
    made = [path for folder in OWN for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted([*(path.relative_to(ROOT).as_posix() for path in made), *LINES_IN])


def texts() -> Iterator[tuple[str, str]]:
    for folder, endings in (("kaibo", ("py", "toml", "md")), ("docs", ("md",)), ("tests", ("py",)), ("web/src", ("ts", "vue", "json")), ("web/tests", ("ts",))):  # fmt: skip
        for path in (ROOT / folder).rglob("*"):
            if path.suffix[1:] in endings and "web_dist" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def test_a_small_feature_of_both_sides_costs_few_files_and_no_other_file_knows_of_it() -> None:
    written = written_by_hand()
    own = [name for name in written if not name.endswith("/shown.py")]  # made for whoever reads it from outside
    assert len(own) <= FILES_MAX, own
    assert {name for name, text in texts() if SAYS.search(text)} - TOLD <= set(written)


def renamed(text: str) -> str:
    return re.sub(r"note(?!s)|Note|NOTE", lambda found: {"note": "nudge", "Note": "Nudge", "NOTE": "NUDGE"}[found[0]], text)


def build(copy: Path) -> None:
    """The feature `nudge`, from the files of `note` and the lines that name it."""
    for name in written_by_hand():
        text = (ROOT / name).read_text("utf-8")
        if name in LINES_IN:
            text = "".join(
                line + (renamed(line) if SAYS.search(line) or '"note.pin"' in line else "")
                for line in text.splitlines(keepends=True)
            )
        path = copy / (name if name in LINES_IN else name.replace("/note/", "/nudge/").replace("test_note", "test_nudge"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if name in LINES_IN else renamed(text), "utf-8")


def python(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=copy, check=False, capture_output=True, text=True, env=env(copy))


def tool(copy: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / name), *arguments], cwd=copy, check=False, capture_output=True, text=True, env=env(copy))


def node(copy: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    beside = BIN / "node"
    command = [str(beside) if beside.exists() else shutil.which("node") or "node", f"node_modules/{script}", *arguments]
    quiet = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run(command, cwd=copy / "web", check=False, capture_output=True, text=True, env=quiet)


def env(copy: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(copy), "PATH": f"{BIN}:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}


def make_api(copy: Path) -> None:
    """What `make api` writes."""
    (copy / "web/src/api/seam.ts").write_text(python(copy, "-m", "kaibo", "seam").stdout, "utf-8")
    duties = "from kaibo.features.workspace.charter import print_duties as p; print(p(), end='')"
    (copy / "docs/duties.md").write_text(python(copy, "-c", duties).stdout, "utf-8")
    slices = "from kaibo.features import FEATURES as f; from kaibo.kit.slice_page import print_slices as p; print(p(f), end='')"
    (copy / "docs/slices.md").write_text(python(copy, "-c", slices).stdout, "utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house in which the feature stands."""
    copy = tmp_path_factory.mktemp("house")
    for folder in ("kaibo", "bench", "tests", "docs", "words", "web/src", "web/tests", "web/public"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("web_dist", "__pycache__"))
    for name in (
        "pyproject.toml",
        "web/package.json",
        "web/package-lock.json",
        "web/tsconfig.json",
        "web/vite.config.ts",
        "web/arrows.js",
    ):
        shutil.copy(ROOT / name, copy / name)
    (copy / "web/node_modules").symlink_to((ROOT / "web/node_modules").resolve())
    build(copy)
    make_api(copy)
    return copy


def test_the_guards_the_laws_and_the_types_take_it(house: Path) -> None:
    assert python(house, "-m", "tests.missing").stdout == ""
    asked = (
        tool(house, "ruff", "check", "--no-cache", "kaibo/features"),
        tool(house, "lint-imports", "--no-cache"),
        tool(house, "pyright", "--pythonpath", sys.executable, "kaibo/features/nudge"),
        python(house, "-m", "pytest", "kaibo/features/nudge", "tests/laws/test_views.py", "-k", "nudge or worlds"),
        node(house, "vue-tsc/bin/vue-tsc.js", "--noEmit"),
        node(house, "vitest/vitest.mjs", "run", "tests/words.test.ts"),
    )
    assert [answer.stdout + answer.stderr for answer in asked if answer.returncode != 0] == []


def take(house: Path, name: str, line: str) -> str:
    """Take the lines that say this out of a file, or the whole file away; gives what it was."""
    path = house / name
    was = path.read_text("utf-8")
    if line:
        path.write_text("".join(each for each in was.splitlines(keepends=True) if line not in each), "utf-8")
    else:
        path.unlink()
    return was


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("kaibo/features/__init__.py", "NUDGE", r"^kaibo/features/__init__.py:\d+: add `from kaibo.features.nudge.feature import FEATURE as NUDGE`"),
        ("kaibo/features/workspace/charter.py", "nudge.pin", r'^kaibo/features/workspace/charter.py:\d+: add `"nudge.pin": _held'),
        ("kaibo/features/nudge/words.toml", "nudge.gone", r'^kaibo/features/nudge/words.toml:\d+: below `\[zh-Hant\]`: add `"nudge.gone"'),
        ("kaibo/features/nudge/words.toml", "这一行已经换掉", r"^kaibo/features/nudge/words.toml:17: run `make words` and commit it"),
        ("web/src/features/nudge/words.json", '"pinned": "Line', r'^web/src/features/nudge/words.json:51: add `"pinned": "…"` to "fact" of en for the fact nudge.pinned'),
        ("web/src/features/nudge/words.json", '"pinned": "釘選一行"', r'^web/src/features/nudge/words.json:15: add `"pinned": "…"` to "fact" of zh-Hant'),
        ("web/src/features/nudge/words.json", "", r'^web/src/features/nudge/words.json:1: add `"pinned": "…"` to "fact" of zh-Hant for the fact nudge.pinned'),
        ("kaibo/features/nudge/feature.py", "erases=ERASES", r"^kaibo/features/nudge/facts.py:15: `text` of nudge.pinned: erase .* OURS of tests/laws/test_words_of_viewers.py"),
        ("kaibo/features/nudge/words.toml", "duty.nudge.pin", r'^kaibo/features/nudge/words.toml:\d+: below `\[en\]`: add `"duty.nudge.pin"'),
        ("kaibo/features/nudge/words.toml", "", r'^kaibo/features/nudge/words.toml:1: below `\[en\]`: add `"nudge.gone"'),
        ("kaibo/features/nudge/README.md", "", r"^kaibo/features/nudge/README.md:1: add who uses it"),
        ("kaibo/features/nudge/tests/test_nudge.py", "", r"^kaibo/features/nudge/tests/test_nudge.py:1: add its stories"),
        ("kaibo/features/nudge/__init__.py", "", r"^kaibo/features/nudge/__init__.py:1: add an empty one"),
        ("docs/glossary.md", "`nudge`", rf"^docs/glossary.md:{BELOW}: add `\| 中文 \| nudge \| `nudge` \| what it means \|` below `note`, which"),
        ("docs/duties.md", "nudge.pin", r"^docs/duties.md:\d+: run `make api`"),
        ("web/src/api/seam.ts", "nudge.pin", r"^web/src/api/seam.ts:\d+: run `make api`"),
    ],
)  # fmt: skip
def test_what_is_forgotten_is_told_with_the_file_and_line(house: Path, name: str, line: str, told: str) -> None:
    was = take(house, name, line)
    try:
        answer = python(house, "-m", "tests.missing")
    finally:
        (house / name).write_text(was, "utf-8")
    assert answer.returncode == 1
    assert re.search(told, answer.stdout, re.MULTILINE), answer.stdout + answer.stderr


def test_what_nobody_writes_by_hand_is_not_asked_of_a_hand(house: Path) -> None:
    name = "kaibo/features/nudge/words.toml"
    was = (house / name).read_text("utf-8")
    (house / name).write_text(was[: was.index("[zh-Hans]")] + was[was.index("[en]") :], "utf-8")
    try:
        told = python(house, "-m", "tests.missing").stdout
        made = python(house, "-m", "words")
        assert (house / name).read_text("utf-8") == was, made.stdout + made.stderr
    finally:
        (house / name).write_text(was, "utf-8")
    assert told == f"{name}:12: run `make words` and commit it\n"


def test_a_fact_that_no_world_writes_is_told(house: Path) -> None:
    was = take(house, "tests/world.py", "self.others()")
    try:
        answer = python(house, "-m", "pytest", "tests/laws/test_views.py", "-k", "worlds")
    finally:
        (house / "tests/world.py").write_text(was, "utf-8")
    assert re.search(r"tests/world.py:\d+: add a job that leads to nudge.pinned", answer.stdout), answer.stdout


def test_a_word_of_the_web_that_is_forgotten_is_told(house: Path) -> None:
    name = "web/src/features/nudge/words.json"
    was = (house / name).read_text("utf-8")
    lines = was.splitlines(keepends=True)
    (house / name).write_text(
        "".join(line for line in lines if '"title": "Pinned"' not in line and '"line":' not in line), "utf-8"
    )
    try:
        answer = node(house, "vitest/vitest.mjs", "run", "tests/words.test.ts")
    finally:
        (house / name).write_text(was, "utf-8")
    told = answer.stdout + answer.stderr
    assert re.search(r'src/features/nudge/words.json:\d+: add \\?"title\\?": \\?"…\\?" to en', told), told
    assert re.search(
        r'src/features/nudge/words.json:\d+: add \\?"line\\?": \\?"…\\?", which src/features/nudge/ShellStrip.vue says', told
    ), told
