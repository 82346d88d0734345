"""The words of both sides that nobody writes by hand: zh-Hans, and what the web says in the server's words.

zh-Hans is what OpenCC makes of zh-Hant, save what stands in zh-Hans.toml. A text of the web that is `@:server.<code>` is
the server's text of that code (a link in the way of vue-i18n; `@.capitalize:` where the server's English begins small); the linked
texts are copied to web/src/words/server. `make words` writes it all; tests/test_words.py sees that it is as written.
"""

import functools
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

import opencc
import tomlkit
from tomlkit.items import Comment, Table, Whitespace

ROOT = Path(__file__).resolve().parent.parent
OVERRIDES = "words/zh-Hans.toml"
SERVER = "kaibo/locales"
FEATURES = "kaibo/features"
WEB = "web/src"
COPIED = "web/src/words/server/locales"
HEAD = f"# Written by `make words` from zh-Hant: change it there, or in {OVERRIDES}.\n"
LANGUAGES = ("zh-Hant", "zh-Hans", "en")
LINE = re.compile(r"\bline (\d+)")  # in what is said of a file that cannot be read
LINK = re.compile(r"@(?:\.capitalize)?:server\.([\w.]+)")

Tree: TypeAlias = "Mapping[str, str | Tree]"
Said: TypeAlias = "Callable[[str, str], str]"


class Overrides(NamedTuple):
    """Where zh-Hans is not what OpenCC makes of zh-Hant: words wherever they stand, and whole texts of a side by key."""

    words: Mapping[str, str]
    server: Mapping[str, str]
    web: Mapping[str, str]


class Unreadable(Exception):
    """A file of words that cannot be read as such: where, and what is wrong with it."""


def overrides(root: Path = ROOT) -> Overrides:
    tables = read(root, root / OVERRIDES, Overrides._fields)
    broken = next((key for table in tables.values() for key, said in table.items() if not isinstance(said, str)), "")
    if broken:
        raise Unreadable(f"{OVERRIDES}: {broken}: is no text; a key with dots stands in quotes")
    return Overrides(**{name: tables.get(name, {}) for name in Overrides._fields})


def read(root: Path, path: Path, tables: Sequence[str] = ()) -> Mapping[str, Any]:
    """What stands in a file: texts, or tables of them; with `tables` no others. Raises Unreadable, with the line where that is known."""
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_text("utf-8")
        if text.startswith("\ufeff"):
            raise Unreadable(f"{name}:1: begins with a byte order mark; save it without")
        tree = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text, object_pairs_hook=_once)
    except ValueError as error:
        line = LINE.search(str(error))
        raise Unreadable(f"{name}{f':{line[1]}' if line else ''}: {error}") from error
    if not isinstance(tree, dict):
        raise Unreadable(f"{name}: is no table of texts")
    tree = cast("Mapping[str, object]", tree)
    if astray := next((key for key in tree if tables and key not in tables), ""):
        raise Unreadable(f"{name}: [{astray}] is none of {', '.join(f'[{table}]' for table in tables)}")
    if flaw := next(_no_texts(tree), ""):
        raise Unreadable(f"{name}: {flaw}: is no text")
    if flaw := next((key for key in tables if isinstance(tree.get(key), str)), ""):
        raise Unreadable(f"{name}: {flaw}: is a text and no table of them")
    return tree


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError(f"{next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))} stands twice")
    return made


def _no_texts(tree: Mapping[str, object], before: str = "") -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _no_texts(cast("Mapping[str, object]", value), f"{before}{key}.")
        elif not isinstance(value, str):
            yield before + key


# what stands where
def server_files(root: Path, language: str) -> Iterator[tuple[Path, Tree]]:
    for path in sorted((root / SERVER / language).glob("*.toml")):
        yield path, read(root, path)
    for path in sorted((root / FEATURES).glob("*/words.toml")):  # a small feature's words of all languages
        yield path, read(root, path, LANGUAGES).get(language, {})


def web_files(root: Path, language: str) -> Iterator[tuple[Path, Tree]]:
    for path in sorted((root / WEB).rglob(f"locales/{language}.json")):
        if path.parent != root / COPIED:
            yield path, read(root, path)
    for path in sorted((root / WEB).rglob("words.json")):
        yield path, read(root, path, LANGUAGES).get(language, {})


def server_texts(root: Path, language: str) -> dict[str, str]:
    """Everything the server says, by code."""
    return {code: text for _, tree in server_files(root, language) for code, text in flat(tree)}


def web_texts(root: Path, language: str) -> dict[str, str]:
    """Everything the web says that people write, by the name of its folder and its key."""
    return {key: text for path, tree in web_files(root, language) for key, text in flat(tree, namespace(path))}


def namespace(path: Path) -> str:
    folder = path.parent if path.name == "words.json" else path.parent.parent
    return f"{folder.name}."


def flat(tree: Tree, before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, str):
            yield before + key, value
        else:
            yield from flat(value, f"{before}{key}.")


def mapped(tree: Tree, say: Said, before: str = "") -> Tree:
    """The same tree with each text said anew, by its key and itself."""
    return {
        key: say(before + key, value) if isinstance(value, str) else mapped(value, say, f"{before}{key}.")
        for key, value in tree.items()
    }


# zh-Hans
@functools.cache
def converter() -> opencc.OpenCC:
    return opencc.OpenCC("tw2sp")


def simplifier(words: Mapping[str, str]) -> Callable[[str], str]:
    """Says a text in zh-Hans: the words as given, the longest that fits first, and what stands between them by OpenCC."""
    known = re.compile("|".join(["(?!)", *sorted(map(re.escape, words), key=len, reverse=True)]))

    def simplified(text: str) -> str:
        between = [converter().convert(piece) for piece in known.split(text)]
        return between[0] + "".join(words[word] + rest for word, rest in zip(known.findall(text), between[1:], strict=True))

    return simplified


def sayer(words: Mapping[str, str], texts: Mapping[str, str]) -> Said:
    """Says the text of a key in zh-Hans: as given for the key, or simplified."""
    simplified = simplifier(words)
    return lambda key, text: texts.get(key) or simplified(text)


# what is written
def pages(root: Path = ROOT) -> dict[Path, str]:
    """Every written file with its text."""
    said = overrides(root)
    by_server, by_web = sayer(said.words, said.server), sayer(said.words, said.web)
    server = {path: dict(flat(mapped(tree, by_server))) for path, tree in server_files(root, "zh-Hant")}
    return {
        **dict(server_page(path, texts) for path, texts in server.items()),
        **dict(web_page(path, mapped(tree, by_web, namespace(path))) for path, tree in web_files(root, "zh-Hant")),
        **copies(root, {code: text for texts in server.values() for code, text in texts.items()}),
    }


def server_page(path: Path, texts: Mapping[str, str]) -> tuple[Path, str]:
    """The file that says these texts in zh-Hans: one of its own, or the part of a feature's own words."""
    if path.name != "words.toml":
        return path.parent.parent / "zh-Hans" / path.name, toml(texts)
    told = tomlkit.parse(path.read_text("utf-8"))
    if not texts:
        if "zh-Hans" in told:
            told.remove("zh-Hans")
        return path, told.as_string()
    part, known = tomlkit.table(), "zh-Hans" in told
    for code, text in texts.items():
        part.add(code, text)
    for after in _after(told, "zh-Hans" if known else "zh-Hant"):
        part.add(after)
    if known:
        told["zh-Hans"] = part
        return path, told.as_string()
    return path, _with(told, part)


def _after(told: tomlkit.TOMLDocument, language: str) -> list[Comment | Whitespace]:
    """What stands between the last text of a language and the next one: blank lines, and what people note there."""
    body = cast("Table", told[language]).value.body
    last = max((at for at, (key, _) in enumerate(body) if key is not None), default=-1)
    return [item for _, item in body[last + 1 :] if isinstance(item, Comment | Whitespace)]


def _with(told: tomlkit.TOMLDocument, part: Table) -> str:
    """The file with the part right behind zh-Hant."""
    made = tomlkit.document()
    for key, item in told.body:
        made.add(key, item) if key is not None else made.add(item)
        if key == "zh-Hant":
            said = made.as_string().rstrip("\n")
            made = tomlkit.parse(f"{said}\n\n")
            made.add("zh-Hans", part)
    return made.as_string()


def web_page(path: Path, tree: Tree) -> tuple[Path, str]:
    """The same for the web."""
    if path.name != "words.json":
        return path.with_name("zh-Hans.json"), dumped(tree)
    return path, dumped({**cast("Mapping[str, Tree]", json.loads(path.read_text("utf-8"))), "zh-Hans": tree})


def copies(root: Path, hans: Mapping[str, str]) -> dict[Path, str]:
    """The server's texts that the web links to, a file for each language."""
    languages = {"zh-Hant": server_texts(root, "zh-Hant"), "zh-Hans": hans, "en": server_texts(root, "en")}
    codes = sorted({code for text in web_texts(root, "zh-Hant").values() for code in LINK.findall(text)})
    return {
        root / COPIED / f"{language}.json": dumped({code: said[code] for code in codes if code in said})
        for language, said in languages.items()
    }


def toml(texts: Mapping[str, str]) -> str:
    return HEAD + "".join(f"{quoted(code)} = {quoted(text)}\n" for code, text in texts.items())


def dumped(tree: Tree) -> str:
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# what is wrong
def stale(root: Path = ROOT) -> list[str]:
    """Written files that are not what would be written, with what to do about it."""
    return [
        f"{path.relative_to(root)} is written from zh-Hant: change it there or in {OVERRIDES}, then run `make words`"
        for path, text in pages(root).items()
        if not path.exists() or path.read_text("utf-8") != text
    ]


def wrong(root: Path = ROOT) -> list[str]:
    """What `make words` cannot mend."""
    return [*shared(root), *twice(root), *astray(root), *idle(root)]


def shared(root: Path) -> list[str]:
    """Files of the web whose keys are one another's, for their folders are called the same."""
    files: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for path, _ in web_files(root, language):
            files.setdefault(namespace(path), set()).add(namesake(path).relative_to(root).as_posix())
    return [
        f"{' and '.join(sorted(paths))} are both {name.rstrip('.')} to the web: call one of the folders otherwise"
        for name, paths in files.items()
        if len(paths) > 1
    ]


def namesake(path: Path) -> Path:
    """The file of a folder's words, or the folder of its files for each language."""
    return path if path.name == "words.json" else path.parent


def twice(root: Path) -> list[str]:
    """Texts of the web that the server says too, the same in zh-Hant and in English, with the link to write instead."""
    from words.places import web_place  # noqa: PLC0415  it reads the files by what stands here

    hant, en = server_texts(root, "zh-Hant"), server_texts(root, "en")
    links: dict[tuple[str, str], str] = {}
    for code, text in hant.items():
        if code not in en:
            continue  # another test misses it
        links.setdefault((text, en[code]), f"@:server.{code}")
        links.setdefault((text, en[code][:1].upper() + en[code][1:]), f"@.capitalize:server.{code}")
    english = web_texts(root, "en")
    return [
        f'{web_place(key, "zh-Hant", root)}: {key} of the web is a text of the server: say "{links[text, english[key]]}", in English too'
        for key, text in web_texts(root, "zh-Hant").items()
        if (text, english.get(key)) in links
    ]


def astray(root: Path) -> list[str]:
    """Links of the web that lead to no text of the server."""
    from words.places import web_place  # noqa: PLC0415  it reads the files by what stands here

    known = server_texts(root, "zh-Hant")
    return [
        f"{web_place(key, language, root)}: {key} of the web links to {code}, which the server does not say"
        for language in ("zh-Hant", "en")
        for key, text in web_texts(root, language).items()
        for code in LINK.findall(text)
        if code not in known
    ]


def idle(root: Path) -> list[str]:
    """Overrides that change nothing."""
    said = overrides(root)
    sides = {"server": (said.server, server_texts(root, "zh-Hant")), "web": (said.web, web_texts(root, "zh-Hant"))}
    simplified = simplifier(said.words)
    rest = [text for mine, texts in sides.values() for key, text in texts.items() if key not in mine]
    return [
        *(f"{OVERRIDES}: the word {word} changes no text" for word in said.words if not matters(said.words, word, rest)),
        *(
            f"{OVERRIDES}: {side} {key} says nothing else than would be written"
            for side, (mine, texts) in sides.items()
            for key, text in mine.items()
            if key not in texts or LINK.search(texts[key]) or simplified(texts[key]) == text
        ),
    ]


def matters(words: Mapping[str, str], word: str, texts: list[str]) -> bool:
    with_it, without = simplifier(words), simplifier({key: text for key, text in words.items() if key != word})
    return any(with_it(text) != without(text) for text in texts if word in text)
