"""Lamps of the sources that feed the audience stream."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.audience.facts import AudienceBatch


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `audience.sources`, key source: how much came, how late, how often twice."""

    source: str
    room: str
    events: int
    comments: int
    duplicates: int
    lag_ms: int
    last_at: int
    sealed_at: int


@dataclass(slots=True)
class Lamps:
    """The lamp of each source by name."""

    sources: dict[str, SourceRow] = field(default_factory=dict[str, SourceRow])


def fold(state: Lamps, event: Event[Any]) -> Iterable[str]:
    """A batch moves the lamp of its source."""
    match event.fact:
        case AudienceBatch() as batch:
            before = state.sources.get(batch.source)
            state.sources[batch.source] = SourceRow(
                source=batch.source,
                room=batch.room,
                events=batch.count + (before.events if before else 0),
                comments=batch.comments + (before.comments if before else 0),
                duplicates=batch.duplicates + (before.duplicates if before else 0),
                lag_ms=batch.lag_ms,
                last_at=max(batch.last_at, before.last_at if before else 0),
                sealed_at=event.at,
            )
            return (batch.source,)
        case _:
            return ()


def _keys(state: Lamps) -> Iterable[str]:
    return state.sources.keys()


def _get(state: Lamps, key: str) -> SourceRow | None:
    return state.sources.get(key)


SOURCES = View(
    name="audience.sources",
    row=SourceRow,
    reads=(AudienceBatch,),
    state=Lamps,
    fold=fold,
    keys=_keys,
    get=_get,
    duty="audience.read",
    pace_ms=500,
)
