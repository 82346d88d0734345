"""`make mutants`: bend the rules of all features, one at a time, and see whether a test goes red.

python -m mutants [feature …] [--count 480] [--seed 1] [--again lived]
"""

import argparse
import difflib
import hashlib
import json
import sys
import time
import tomllib
from collections.abc import Sequence

from mutants.bend import Mutant, mutants_of
from mutants.trial import LAWS, ROOT, Trial, in_function, told

COUNT = 480  # some are stillborn: four hundred are left
SEED = 1
LEAST = 0.9  # of what may be killed
RULES = (
    "rules", "slices", "state", "deciding", "tending", "book", "goods", "takers", "grammar", "tokens", "window", "policy", "beyond",
    "undoing", "screening", "watch", "effects", "lot", "peaks", "coin", "coupon", "ending", "way", "told", "ledger", "reading", "timing",
    "sameness", "wording", "lines", "table", "lint", "why",
)  # fmt: skip
ELSEWHERE = {"claim": ("tests/conformance/test_comment_orders.py",)}  # what a feature's tests do not say again
EQUAL = ROOT / "mutants" / "equal.toml"  # mutants that are no other program, each with why
TOLD = ROOT / ".stamps" / "mutants.json"


def all_mutants(features: Sequence[str]) -> list[Mutant]:
    """Of the files where rules stand, of these features (none: of all)."""
    found: list[Mutant] = []
    for path in sorted((ROOT / "kaibo" / "features").glob("*/*.py")):
        if path.stem in RULES and (not features or path.parent.name in features):
            found += mutants_of(str(path.relative_to(ROOT)), path.read_text())
    return found


def sample(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many of them, drawn by name: where the text did not change the same ones are drawn again."""
    drawn = sorted(mutants, key=lambda mutant: hashlib.blake2b(f"{seed} {mutant.name}".encode()).digest())[:count]
    return sorted(drawn, key=lambda mutant: (mutant.path, mutant.line, mutant.change))


def equal() -> dict[str, str]:
    """Why a mutant is no other program, by its name."""
    return {each["mutant"]: each["why"] for each in tomllib.loads(EQUAL.read_text()).get("equal", [])} if EQUAL.exists() else {}


def main() -> int:
    """Try a sample. 1 when less than nine of ten are killed, or one lives and nobody said why."""
    options = _options()
    mutants = sample(all_mutants(options.features), options.count, options.seed)
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
