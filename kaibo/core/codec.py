"""Events as bytes: msgpack in the store, JSON on the wire and in exported files."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Union

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import fact_of, tag_of

Upcaster = Callable[..., Fact]


class Codec:
    """Knows every fact there is, and how to lift an old version to today's.

    `upcasters` maps a retired fact class to a function that gives its successor; folds never see the old one.
    """

    def __init__(self, facts: Sequence[type[Fact]], upcasters: Mapping[type[Fact], Upcaster] | None = None) -> None:
        self._upcasters = dict(upcasters or {})
        kinds = tuple(facts) + tuple(self._upcasters)
        anything: Any = Union[kinds]  # noqa: UP007  a tuple of classes has no `|` form
        union: Any = Event[anything]
        self._unpack = msgspec.msgpack.Decoder(union)
        self._parse = msgspec.json.Decoder(union)
        self._pack = msgspec.msgpack.Encoder()
        self._print = msgspec.json.Encoder(order="deterministic")

    def tags_of(self, kinds: Collection[type[Fact]]) -> list[str]:
        """The tags under which these facts stand in a log; a retired one may be lifted to any of them."""
        return [tag_of(kind) for kind in (*kinds, *self._upcasters)]

    def pack(self, event: Event[Fact]) -> bytes:
        """Event -> msgpack, for the store."""
        return self._pack.encode(event)

    def unpack(self, body: bytes) -> Event[Fact]:
        """Msgpack -> Event in today's version. Raises msgspec.ValidationError for an unknown fact."""
        return self._lift(self._unpack.decode(body))

    def to_json(self, event: Event[Fact]) -> bytes:
        """Event -> one line of JSON, the same bytes for the same event."""
        return self._print.encode(event)

    def from_json(self, line: bytes) -> Event[Fact]:
        """One line of an exported log -> Event. Raises msgspec.ValidationError or DecodeError."""
        return self._lift(self._parse.decode(line))

    def _lift(self, event: Event[Fact]) -> Event[Fact]:
        while (lift := self._upcasters.get(fact_of(event))) is not None:
            event = msgspec.structs.replace(event, fact=lift(event.fact))
        return event


def canonical(value: object) -> bytes:
    """Any Struct or plain value as JSON with sorted keys: equal values give equal bytes."""
    return msgspec.json.encode(value, order="sorted")
