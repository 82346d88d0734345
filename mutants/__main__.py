"""`make mutants`: bend the rules of all features, one at a time, and see whether a test goes red.

python -m mutants [feature …] [--count 480] [--seed 1] [--again] [--views] [--own]
"""

import argparse
import difflib
import hashlib
import json
import sys
import time
import tomllib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path

from mutants.bend import Mutant, mutants_of
from mutants.trial import LAWS, ROOT, Trial, in_function, told

COUNT = 480  # some are stillborn: four hundred are left
SEED = 1
LEAST = 0.9  # of what may be killed
FEATURES = "kaibo/features"
UNBENT = {  # files of a feature that are not bent, each with why; every other one is, and nobody has to list it
    "*/__init__.py": "empty",
    "*/feature.py": "the feature as data; the types and the guards hold it",
    "*/facts.py": "what is said; old logs hold it",
    "*/commands.py": "what may be asked; the seam holds it",
    "*/refusals.py": "why not; the words hold it",
    "*/shown.py": "names a view for readers outside",
    "*/view.py": "rows, and no rules: the stories of their feature hold them, and the figure is not of them; `--views` draws them alone",
    "*/*_view.py": "the same",
    "*/routes.py": "doors, not rules; the stories of the product hold them",
    "*/sheet*.py": "how a sheet is read; the cases of sheets hold it",
    "*/shop_sheet.py": "the same",
    "*/paper.py": "what is printed",
    "*/workbook.py": "the same as a workbook",
    "*/shapes.py": "how what is printed looks on the wire",
    "*/shipped*.py": "words and tables that the house ships",
    "*/presets.py": "the same",
    "rundown/columns.py": "words of the trade",
    "moderation/usual.py": "words that the house ships",
    "claim/words.py": "the same",
}
ELSEWHERE = {  # what a feature's tests do not say again
    "claim": ("tests/conformance/test_comment_orders.py",),
    "comment": ("tests/flows/test_comments.py", "tests/triage/test_train.py"),
    "roster": ("tests/flows/test_roster.py", "tests/flows/test_shifts.py"),
    "task": ("tests/flows/test_task_files.py", "tests/flows/test_tasks.py"),
}
VIEWS = ("*/view.py", "*/*_view.py")
EQUAL = ROOT / "mutants" / "equal.toml"  # mutants that are no other program, each with why
TOLD = ROOT / ".stamps" / "mutants.json"


def all_mutants(features: Sequence[str], *, views: bool = False) -> list[Mutant]:
    """Of the files where rules stand, or of those of views, of these features (none: of all)."""
    found: list[Mutant] = []
    for path in views_of() if views else bent():
        if not features or path.relative_to(ROOT / FEATURES).parts[0] in features:
            found += mutants_of(str(path.relative_to(ROOT)), path.read_text())
    return found


def bent(root: Path = ROOT) -> list[Path]:
    """The files of all features where rules stand: all but those that are named with why, and tests."""
    files = ((path, path.relative_to(root / FEATURES)) for path in sorted((root / FEATURES).rglob("*.py")))
    return [
        path
        for path, name in files
        if len(name.parts) > 1 and "tests" not in name.parts and not any(fnmatch(name.as_posix(), each) for each in UNBENT)
    ]


def views_of(root: Path = ROOT) -> list[Path]:
    """The files of all features where rows of views are made."""
    files = ((path, path.relative_to(root / FEATURES)) for path in sorted((root / FEATURES).rglob("*.py")))
    return [path for path, name in files if "tests" not in name.parts and any(fnmatch(name.as_posix(), each) for each in VIEWS)]


def nowhere(root: Path = ROOT) -> list[str]:
    """Names of files that are said not to be bent, and are no file."""
    names = [path.relative_to(root / FEATURES).as_posix() for path in (root / FEATURES).rglob("*.py")]
    return [each for each in UNBENT if not any(fnmatch(name, each) for name in names)]


def sample(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many of them, drawn by name: where the text did not change the same ones are drawn again."""
    drawn = sorted(mutants, key=lambda mutant: hashlib.blake2b(f"{seed} {mutant.name}".encode()).digest())[:count]
    return sorted(drawn, key=lambda mutant: (mutant.path, mutant.line, mutant.change))


def equal() -> dict[str, str]:
    """Why a mutant is no other program, by its name."""
    return {each["mutant"]: each["why"] for each in tomllib.loads(EQUAL.read_text()).get("equal", [])} if EQUAL.exists() else {}


def gone(names: Iterable[str], root: Path = ROOT) -> list[str]:
    """Of mutants said to be no other program those that nobody makes any more: the rule was mended, or is no more."""
    by_file: dict[str, set[str]] = {}
    for name in names:
        by_file.setdefault(name.partition("::")[0], set()).add(name)
    return sorted(name for path, said in by_file.items() for name in said - _made(path, root))


def _made(path: str, root: Path) -> set[str]:
    file = root / path
    return {mutant.name for mutant in mutants_of(path, file.read_text())} if file in [*bent(root), *views_of(root)] else set()


def main() -> int:
    """Try a sample. 1 when less than nine of ten are killed, one lives and nobody said why, or a why is for none."""
    options = _options()
    if idle := gone(name for name in equal() if not options.features or name.split("/")[2] in options.features):
        sys.stderr.write("".join(f"mutants/{EQUAL.name} names a mutant that is none: {name}\n" for name in idle))
        return 1
    mutants = sample(all_mutants(options.features, views=options.views), options.count, options.seed)
    verdicts: dict[str, str] = json.loads(TOLD.read_text()) if options.again and TOLD.exists() else {}
    settled = equal() if options.again else {}
    todo = [mutant for mutant in mutants if _open(mutant, verdicts, settled)]
    print(f"mutants: {len(mutants)} drawn with seed {options.seed}, {len(todo)} to be tried", flush=True)
    for feature in sorted({mutant.path.split("/")[2] for mutant in todo}):
        own = (f"kaibo/features/{feature}/tests", *ELSEWHERE.get(feature, ()))
        _ask(own, [mutant for mutant in todo if mutant.path.split("/")[2] == feature], verdicts)
    if not options.own:
        _ask(LAWS, [mutant for mutant in todo if verdicts[mutant.name] == "lived" and mutant.name not in equal()], verdicts)
    return _sum_up(mutants, verdicts)


def _open(mutant: Mutant, verdicts: dict[str, str], settled: dict[str, str]) -> bool:
    """Not tried yet, or it lived and nobody said why."""
    verdict = verdicts.get(mutant.name)
    return verdict is None or (verdict == "lived" and mutant.name not in settled)


def _ask(tests: tuple[str, ...], mutants: Sequence[Mutant], verdicts: dict[str, str]) -> None:
    """Try these mutants on these tests."""
    within = tuple(mutant for mutant in mutants if in_function(mutant))
    trials = [Trial(tests, (mutant,), at_import=True) for mutant in mutants if mutant not in within]
    for trial in [Trial(tests, within, near=tests != LAWS), *trials] if within else trials:
        began = time.monotonic()
        for one in told(trial):
            verdicts[one.mutant] = one.verdict
            print(f"{one.verdict:9} {time.monotonic() - began:5.1f}s {one.mutant}  {one.by.rpartition('::')[2]}", flush=True)
            began = time.monotonic()
            TOLD.parent.mkdir(exist_ok=True)
            TOLD.write_text(json.dumps(verdicts, ensure_ascii=False, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m mutants", description=__doc__)
    parser.add_argument("features", nargs="*")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--again", action="store_true", help="only those that lived last time, and nobody said why")
    parser.add_argument("--views", action="store_true", help="bend what makes the rows of views, and no rules")
    parser.add_argument("--own", action="store_true", help="ask the features' own tests alone, not the laws")
    return parser.parse_args()


def _bent_lines(mutant: Mutant) -> str:
    true = (ROOT / mutant.path).read_text().splitlines()
    lines = difflib.unified_diff(true, mutant.source.splitlines(), n=0, lineterm="")
    return "\n".join(f"  {line}" for line in lines if not line.startswith(("---", "+++", "@@")))


def _sum_up(mutants: Sequence[Mutant], verdicts: dict[str, str]) -> int:
    why = equal()
    mutants = [mutant for mutant in mutants if verdicts[mutant.name] != "stillborn"]
    lived = [mutant for mutant in mutants if verdicts[mutant.name] == "lived"]
    unexplained = [mutant for mutant in lived if mutant.name not in why]
    killed = len(mutants) - len(lived)
    for mutant in lived:
        print(f"\n{mutant.name} (line {mutant.line})\n{_bent_lines(mutant)}\n  {why.get(mutant.name, 'nobody said why')}")
    print(
        f"\nmutants: {killed} of {len(mutants)} killed ({killed / len(mutants):.1%}), {len(lived)} lived, {len(unexplained)} unexplained"
    )
    return 1 if unexplained or killed < LEAST * len(mutants) else 0


if __name__ == "__main__":
    sys.exit(main())
