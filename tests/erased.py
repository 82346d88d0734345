"""How a log or a screen differs once a viewer's words were erased, and all the words of an event."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from kaibo.core.erasing import ERASED
from kaibo.core.event import Event
from kaibo.features.audience.facts import AudienceBatch, unpack
from tests.world import CODEC

# Rows that stand by their words: where a question is erased it is one question with all that are, and no more than the sums stay.
BY_WORDS = {"comment.topics", "comment.questions"}


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Where two values differ otherwise than by words that were erased."""
    if isinstance(before, str) and isinstance(after, str):
        if before != after and ERASED not in after:
            yield f"{path}: {before!r} {after!r}"
    elif isinstance(before, dict) and isinstance(after, dict):
        if before.keys() != after.keys():
            yield f"{path}: {before.keys() ^ after.keys()}"
        for key in before.keys() & after.keys():
            yield from differences(before[key], after[key], f"{path}.{key}")
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}.{place}")
    elif before != after:
        yield f"{path}: {before!r} {after!r}"


def readable(event: Event[Any]) -> bytes:
    """An event with all its words, those of packed columns too."""
    if isinstance(event.fact, AudienceBatch):
        columns = unpack(event.fact.columns)
        return msgspec.json.encode([columns.texts, columns.names, replace(event.fact, columns=b"")])
    return CODEC.to_json(event)
