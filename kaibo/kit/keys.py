"""Idempotency keys of one stream: what was answered to a key is answered to it again, however long ago it was."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaibo.core.codec import Codec
from kaibo.core.errors import KeyReused
from kaibo.core.event import Event, Fact
from kaibo.core.stream import Receipt
from kaibo.stores.contract import LogStore

RECENT_MAX = 2_000  # keys in memory: whoever asks twice does so within moments
PAGE = 100


@dataclass(frozen=True, slots=True)
class _Kept:
    digest: str
    first: int
    last: int


class Keys:
    """The keys of the newest commands, and the way to all the others in the store."""

    def __init__(self, stream: str, store: LogStore, codec: Codec) -> None:
        self._stream = stream
        self._store = store
        self._codec = codec
        self._recent: dict[str, _Kept] = {}

    def remember(self, events: Sequence[Event[Fact]], durable: int) -> None:
        """What came of one command. A key that is not yet `durable` is never forgotten: no store knows it."""
        key, digest = events[0].key, events[0].digest
        if key is None or digest is None:
            return
        self._recent[key] = _Kept(digest, events[0].seq, events[-1].seq)
        while len(self._recent) > RECENT_MAX and next(iter(self._recent.values())).last <= durable:
            del self._recent[next(iter(self._recent))]

    def receipt(self, key: str, digest: str) -> Receipt | None:
        """What this key was answered before, if it was. Raises KeyReused when it came with another command."""
        kept = self._recent.get(key) or self._stored(key)
        if kept is None:
            return None
        if kept.digest != digest:
            raise KeyReused(key=key)
        return Receipt(stream=self._stream, seq=kept.last, events=tuple(range(kept.first, kept.last + 1)))

    def _stored(self, key: str) -> _Kept | None:
        """Looked up on the loop: one probe of an index, some microseconds; a wait here would let a later command overtake."""
        first = self._store.find(self._stream, key)
        if first is None:
            return None
        last, digest = first - 1, ""
        while events := [self._codec.unpack(record.body) for record in self._store.read(self._stream, last, PAGE)]:
            for event in events:
                if event.key != key:
                    return _Kept(digest, first, last)
                last, digest = event.seq, digest or event.digest or ""
        return _Kept(digest, first, last)
