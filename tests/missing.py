"""What a feature still lacks, each as the file and line where it is added: `python -m tests.missing`.

A feature is a folder on each side and a few lines elsewhere. Nobody has to know by heart which: whatever is forgotten is told here
with the line to write. What can be derived (routes, the API's description, rows in TypeScript, the page of duties) is not asked for.
"""

import inspect
import json
import string
import sys
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

import kaibo.cli
import kaibo.feed  # noqa: F401
from kaibo.app import OPERATIONS
from kaibo.core.errors import Refusal, refusals
from kaibo.core.event import Fact
from kaibo.core.feature import Feature, tag_of
from kaibo.features import FEATURES
from kaibo.features.workspace.charter import CHARTER, print_duties
from kaibo.kit.slice_page import print_slices
from kaibo.kit.typescript import seam
from kaibo.kit.words import words
from tests.laws.test_words_of_viewers import ours
from tests.laws.test_words_of_viewers import unsaid as unspoken
from words import astray, flat, pages
from words.places import server_place

ROOT = Path(__file__).parent.parent
FOLDERS = "kaibo/features"
LIST, CHARTER_FILE, GLOSSARY, WORLD = (
    f"{FOLDERS}/__init__.py",
    f"{FOLDERS}/workspace/charter.py",
    "docs/glossary.md",
    "tests/world.py",
)
FACT_WORDS = "web/src/shell/fact/locales"
WEB_FEATURES = "web/src/features"
OURS_FILE = "tests/laws/test_words_of_viewers.py"
BY_HAND = ("zh-Hant", "en")  # the third is written by the house
MAKE_API, MAKE_WORDS = (f"run `make {what}` and commit it" for what in ("api", "words"))


def missing() -> list[str]:
    """Everything that is missing, as `file:line: add …`."""
    return [
        *unlisted(),
        *unfinished(),
        *unheld(),
        *(line for language in BY_HAND for line in (*unsaid(language), *unheard(language))),
        *unfilled(),
        *astray(ROOT),
        *unerased(),
        *unnamed(),
        *stale(),
    ]


def at(file: str, after: Iterable[str]) -> str:
    """`file:line`, the line below the last one that says any of `after`; the end of the file when none does."""
    path = ROOT / file
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    found = [place for place, line in enumerate(lines, 1) if any(word in line for word in after)]
    return f"{file}:{(found[-1] if found else len(lines)) + 1}"


def folders() -> Iterator[Path]:
    yield from sorted(path.parent for path in (ROOT / FOLDERS).glob("*/feature.py"))


def unlisted() -> list[str]:
    """Folders of features that nobody lists."""
    listed = {feature.name for feature in FEATURES}
    return [
        f"{at(LIST, ['    REPORT,', 'FEATURE as'])}: add `from kaibo.features.{name}.feature import FEATURE as {name.upper()}`"
        f" above and `{name.upper()},` to FEATURES"
        for name in (folder.name for folder in folders())
        if name not in listed
    ]


def unfinished() -> list[str]:
    """Features without stories, without an `__init__.py`, or that say nowhere in people's words who uses them for what."""
    wanted = {
        "__init__.py": "an empty one: whoever imports its facts gets nothing else",
        "README.md": "who uses it, commands and facts, rules, views",
        "tests/test_*.py": "its stories",
    }
    return [
        f"{folder.relative_to(ROOT)}/{name.replace('*', folder.name)}:1: add {what}"
        for folder in folders()
        for name, what in wanted.items()
        if not any(folder.glob(name))
    ]


def duties() -> dict[str, str]:
    """Every duty that a command or a view asks for, and the feature that does."""
    asked = [(one.duty, each.name) for each in FEATURES for one in (*each.commands, *each.views)]
    return dict(reversed(asked))


def unheld() -> list[str]:
    """Duties that nobody holds."""
    return [
        f'{at(CHARTER_FILE, [f"{chr(34)}{name}.", *_before("# reading")])}: add `"{duty}": _held("owner", …),` to CHARTER'
        for duty, name in duties().items()
        if not CHARTER.get(duty)
    ]


def _before(mark: str) -> list[str]:
    """The line above a mark of the charter, to stand after."""
    lines = (ROOT / CHARTER_FILE).read_text("utf-8").splitlines()
    return [lines[next(place for place, line in enumerate(lines) if mark in line) - 1]]


def unsaid(language: str) -> list[str]:
    """Refusals and duties without words in a language."""
    said = words(language)
    wanted = {kind.code: owner(kind) for kind in of_the_house()} | {f"duty.{duty}": duties().get(duty, "") for duty in CHARTER}
    lacking = ((code, name) for code, name in wanted.items() if code not in said)
    if language not in BY_HAND:
        return [f"{_words_of(name, code, language)}: {MAKE_WORDS}, which says {code}" for code, name in lacking]
    return [f'{_words_of(name, code, language)}: add `"{code}" = "…"`' for code, name in lacking]


def owner(kind: type[Refusal]) -> str:
    """The feature of a refusal, "" for one of the house."""
    parts = kind.__module__.split(".")
    return parts[2] if parts[1] == "features" else ""


def _words_of(name: str, code: str, language: str) -> str:
    old = f"kaibo/locales/{language}/{'charter' if code.startswith('duty.') else name or code.split('.', maxsplit=1)[0]}.toml"
    own = f"{FOLDERS}/{name}/words.toml"
    if not (ROOT / own).exists() and (ROOT / old).exists():
        return at(old, [])
    lines = (ROOT / own).read_text("utf-8").splitlines() if (ROOT / own).exists() else []
    if f"[{language}]" not in lines:
        return f"{own}:{len(lines) + 1}: below `[{language}]`"
    start = lines.index(f"[{language}]") + 1
    stop = next((place for place in range(start, len(lines)) if not lines[place].strip()), len(lines))
    return f"{own}:{stop + 1}: below `[{language}]`"


def unfilled(kinds: Iterable[type[Refusal]] | None = None, languages: Iterable[str] = BY_HAND) -> list[str]:
    """Holes in the words of refusals that their data cannot fill."""
    return [
        f"{server_place(kind.code, language)}: {kind.code} says {{{hole}}}, which {kind.__name__} does not declare: {_declares(kind)}"
        for language in languages
        for kind in kinds or of_the_house()
        for hole in sorted(holes(words(language).get(kind.code, "")) - set(kind.declared()))
    ]


def holes(text: str) -> set[str]:
    """The names of what is filled into a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _declares(kind: type[Refusal]) -> str:
    names = ", ".join(f"{{{name}}}" for name in kind.declared())
    return f"it has {names}" if names else "it has no data"


def fact_words(language: str) -> tuple[set[str], set[str]]:
    """Tags of facts that have a word for the log: in the shell's locales, and in words of features of their own."""
    shell = dict(flat(json.loads((ROOT / f"{FACT_WORDS}/{language}.json").read_text("utf-8"))))
    own = {path.parent.name: json.loads(path.read_text("utf-8")) for path in (ROOT / "web/src").rglob("words.json")}
    return set(shell), {f"{name}.{fact}" for name, said in own.items() for fact in said.get(language, {}).get("fact", {})}


def unheard(language: str) -> list[str]:
    """Facts that the log and the page of events have no word for."""
    shell, own = fact_words(language)
    lacking = (tag_of(fact) for feature in FEATURES for fact in feature.facts)
    return [f"{_fact_word_of(tag, language)} for the fact {tag}" for tag in lacking if tag not in shell | own]


def _fact_word_of(tag: str, language: str) -> str:
    name, _, fact = tag.partition(".")
    file = f"{WEB_FEATURES}/{name}/words.json"
    shell = f"{FACT_WORDS}/{language}.json"
    if not (ROOT / file).exists() and not _in_the_shell(name, language):
        return f'{file}:1: add `"{fact}": "…"` to "fact" of {language}'
    if not (ROOT / file).exists():
        return f'{at(shell, [f"{chr(34)}{tag}{chr(34)}", f"{chr(34)}{name}{chr(34)}: {{"])}: add `"{fact}": "…"` to "{name}"'
    lines = (ROOT / file).read_text("utf-8").splitlines()
    start = next((place for place, line in enumerate(lines, 1) if line.startswith(f'  "{language}"')), len(lines))
    heads = (place for place, line in enumerate(lines, 1) if place > start and line.startswith('    "fact"'))
    return f'{file}:{next(heads, start) + 1}: add `"{fact}": "…"` to "fact" of {language}'


def _in_the_shell(name: str, language: str) -> bool:
    """Whether the shell says this feature's facts: so do those with a file for each language, and a small one says its own."""
    said = any(tag.startswith(f"{name}.") for tag in fact_words(language)[0])
    return said or (ROOT / WEB_FEATURES / name / "locales").exists()


def unerased() -> list[str]:
    """Texts of facts of which nobody said whether a viewer may speak in them."""
    kinds = {tag_of(fact): fact for feature in FEATURES for fact in feature.facts}
    advice = f"erase what a viewer said in it (`erases` of the feature), or name it in OURS of {OURS_FILE} when it is the team's"
    return [
        f"{_field(kinds[tag], path)}: `{path}` of {tag}: {advice}"
        for tag, _, path in (place.partition(" ") for place in unspoken(FEATURES, ours()))
    ]


def _field(kind: type[Fact], path: str) -> str:
    """Where the field of a fact stands."""
    lines, first = inspect.getsourcelines(kind)
    field = path.partition(".")[0]
    file = Path(inspect.getfile(kind)).relative_to(ROOT).as_posix()
    return f"{file}:{next((place for place, line in enumerate(lines, first) if line.strip().startswith(f'{field}:')), first)}"


def unnamed() -> list[str]:
    """Features whose name is no word of the house yet."""
    known = (ROOT / GLOSSARY).read_text("utf-8")
    return [
        f"{at(GLOSSARY, [f'| `{before}`'])}: add `| 中文 | {feature.name} | `{feature.name}` | what it means |`"
        f" below `{before}`, which FEATURES lists before it, or beside the word that is nearest to it"
        for before, feature in zip(["show", *(each.name for each in FEATURES)], FEATURES, strict=False)
        if f"`{feature.name}`" not in known
    ]


def stale() -> list[str]:
    """What is written by the house, and is older than it."""
    api = {
        "docs/duties.md": print_duties(),
        "docs/slices.md": print_slices(FEATURES),
        "web/src/api/seam.ts": seam(FEATURES, OPERATIONS, of_the_house()),
    }
    said = {path.relative_to(ROOT).as_posix(): text for path, text in pages(ROOT).items()}
    return [
        f"{file}:{_first_difference(file, text)}: {advice}"
        for advice, written in ((MAKE_API, api), (MAKE_WORDS, said))
        for file, text in written.items()
        if _read(file) != text
    ]


def _read(file: str) -> str:
    path = ROOT / file
    return path.read_text("utf-8") if path.exists() else ""


def of_the_house() -> list[type[Refusal]]:
    return [kind for kind in refusals() if kind.__module__.startswith("kaibo.") and ".tests." not in kind.__module__]


def _first_difference(file: str, text: str) -> int:
    pairs = zip_longest(_read(file).splitlines(), text.splitlines())
    return next((place for place, (old, new) in enumerate(pairs, 1) if old != new), 1)


# What chance brings too seldom for three worlds, or another stream than a show's: said by hand in stories of its feature.
SELDOM = {
    "alarm.dropped", "audience.repeated", "claim.window_closed", "claim.buyer_blocked",
    "comment.reply_sent", "comment.reply_failed", "comment.answer_remembered", "metric.show_noted",
    "metric.history_handed", "moderation.words_added", "moderation.words_removed", "moderation.phrases_allowed",
    "moderation.phrases_disallowed", "moderation.skipped", "prompter.signal_set", "show.listed", "task.file_removed",
    # of the workspace's log, where its own law plays them
    "charter.drafted", "charter.cells_changed", "charter.duty_written", "charter.duty_struck", "charter.role_written",
    "charter.role_struck", "charter.draft_dropped", "charter.published", "charter.signed",
    # handed from one person to another, or by the house alone: their own stories play them
    "charter.adopted", "roster.unassigned", "roster.declined",

}  # fmt: skip


def unwritten(written: set[type[Fact]], features: Iterable[Feature] = FEATURES) -> list[str]:
    """Facts of shows that no world of the laws writes: a law over a feature that is not in the world proves nothing."""
    said = {tag_of(fact) for fact in written}
    tags = said | SELDOM
    never = [tag_of(fact) for feature in features if "show" in feature.streams for fact in feature.facts]
    return [
        *(f"{at(WORLD, ['jobs = ['])}: add a job that leads to {tag}, as `self.talk` does" for tag in never if tag not in tags),
        *needless(said),
    ]


def needless(said: set[str]) -> list[str]:
    """What is listed as seldom, and a world writes it by now, or it is no fact."""
    facts = {tag_of(fact) for feature in FEATURES for fact in feature.facts}
    return [
        f"tests/missing.py:{_line_of(tag)}: take {tag} out of SELDOM: {'a world writes it' if tag in said else 'it is no fact'}"
        for tag in sorted(SELDOM)
        if tag in said or tag not in facts
    ]


def _line_of(tag: str) -> int:
    lines = (ROOT / "tests/missing.py").read_text("utf-8").splitlines()
    return next(place for place, line in enumerate(lines, 1) if f'"{tag}"' in line)


if __name__ == "__main__":
    found = missing()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.exit(bool(found))
