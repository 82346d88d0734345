"""A refusal speaks to people: what a rule names by an id is said by its title or name."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kaibo.core.event import Command
from kaibo.core.feature import Feature, Named
from kaibo.core.stream import StreamFold


def named(data: Mapping[str, object], fold: StreamFold, features: Iterable[Feature]) -> dict[str, object]:
    """The data of a refusal with names for ids that this stream knows (`cue_id`, and `next_cue_id` too); the rest as it is."""
    names = {key: name for feature in features for key, name in feature.names.items() if name.view.name in fold.views()}
    found = dict(data)
    for field, value in data.items():
        key = next((key for key in names if field == key or field.endswith(f"_{key}")), "")
        if key and isinstance(value, str):
            found[field] = _name(fold, names, key, value)
    return found


def _name(fold: StreamFold, names: Mapping[str, Named], key: str, ref: str) -> str:
    name = names[key]
    row = fold.row(name.view, ref)
    if row is None:
        return ref
    said = name.text(row)
    return _name(fold, names, name.then, said) if name.then in names else said or ref


ABOUT_MAX, TEXT_MAX = 4, 60  # what fits a line that is read at a glance


def about(command: Command, fold: StreamFold, features: Iterable[Feature]) -> tuple[str, ...]:
    """What a command is about, for whoever is asked about it: the things it names, and what was written; nothing of its ids."""
    body: dict[str, object] = msgspec.to_builtins(command)
    body.pop("type", None)
    return tuple(dict.fromkeys(_told(body, fold, tuple(features))))[:ABOUT_MAX]


def _told(body: Mapping[str, object], fold: StreamFold, features: tuple[Feature, ...]) -> Iterator[str]:
    called = named(body, fold, features)
    for field, value in body.items():
        if isinstance(value, dict):
            yield from _told(value, fold, features)  # pyright: ignore[reportUnknownArgumentType]
        elif isinstance(value, str) and value and (not field.endswith(("_id", "_key")) or called[field] != value):
            yield str(called[field])[:TEXT_MAX]
