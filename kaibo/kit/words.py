"""Every word the server says, in three languages. zh-Hant is the source; a missing key is a failing test, not a blank."""

import functools
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources

from kaibo.kit.misread import misread

LANGUAGES = ("zh-Hant", "zh-Hans", "en")


@functools.cache
def words(language: str) -> Mapping[str, str]:
    """All texts of a language by code: every file of kaibo/locales/<language>/, and each feature's own words.toml."""
    found: dict[str, str] = {}
    for _, tables in own_words():
        found.update(_flat(tables.get(language, {})))
    for file in sorted(resources.files("kaibo").joinpath("locales", language).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            found.update(_flat(tomllib.loads(file.read_text("utf-8"))))
    return found


def own_words() -> Iterator[tuple[str, Mapping[str, Mapping[str, object]]]]:
    """The features that keep their words beside their rules, in all languages: its name, and a table for each language."""
    for folder in sorted(resources.files("kaibo").joinpath("features").iterdir(), key=lambda each: each.name):
        file = folder.joinpath("words.toml")
        if file.is_file():
            yield folder.name, tomllib.loads(file.read_text("utf-8"))


def say(code: str, data: Mapping[str, object], language: str) -> str:
    """The text of a code with its data filled in; a code without words falls back to zh-Hant, then to the code itself.

    Data that has words of its own is said in them: `{duty}` of `promo.approve` by the key `duty.promo.approve`,
    and each of a list `{roles}` or `{able_roles}` by `role.<name>`; an empty list by `able_roles.none`.
    """
    text = words(language).get(code) or words("zh-Hant").get(code) or code
    return text.format_map(_Lenient({name: _worded(name, value, words(language)) for name, value in data.items()}))


def _worded(name: str, value: object, known: Mapping[str, str]) -> object:
    if name == "why" and isinstance(value, str):
        return misread(value, known)
    if isinstance(value, str):
        return known.get(f"{name}.{value}") or known.get(f"{name.rpartition('_')[2]}.{value}", value)
    if isinstance(value, list | tuple):
        each: list[object] = list(value)  # pyright: ignore[reportUnknownArgumentType]
        if not each:
            return known.get(f"{name}.none", "")
        return known["core.comma"].join(str(_worded(name.removesuffix("s"), one, known)) for one in each)
    return value


def choose(accept_language: str) -> str:
    """The best of our languages for an Accept-Language header; zh-Hant when nothing fits."""
    ranked = sorted(_ranges(accept_language), key=lambda pair: -pair[1])
    for tag, weight in ranked:
        if weight > 0 and (language := _language_for(tag)) is not None:
            return language
    return "zh-Hant"


def _ranges(header: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            found.append((tag.strip().lower(), float(weight) if weight else 1.0))
        except ValueError:
            continue
    return found


def _language_for(tag: str) -> str | None:
    if tag.startswith("en"):
        return "en"
    if tag.startswith(("zh-hans", "zh-cn", "zh-sg")):
        return "zh-Hans"
    if tag.startswith("zh"):
        return "zh-Hant"
    return None


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found.update(_flat(value, f"{prefix}{key}."))  # pyright: ignore[reportUnknownArgumentType]
        else:
            found[f"{prefix}{key}"] = str(value)
    return found


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"
