"""Lamps of the sources that feed the audience stream."""

import msgspec


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
