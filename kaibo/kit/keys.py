"""Idempotency keys of one stream: what was answered to a key is answered to it again, however long ago it was.

Everybody has a space of keys of their own: nobody can spend another's key, and least of all the system's, whose keys follow
from what happened and could be guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kaibo.core.codec import Codec
from kaibo.core.errors import KeyReused
from kaibo.core.event import Event, Fact
from kaibo.core.stream import Receipt
from kaibo.stores.contract import LogStore, Nothing

RECENT_MAX = 2_000  # keys in memory: whoever asks twice does so within moments
PAGE = 100
BETWEEN = "\x1f"  # parts whose key it is from the key: it stands in no id and in no header


@dataclass(frozen=True, slots=True)
class _Kept:
    """The digest of what was asked, and the seqs it led to: none where `first` is after `last`."""

    digest: str
    first: int
    last: int


def kept_as(actor_id: str, key: str) -> str:
    """The key as the store knows it: of this actor alone."""
    return f"{actor_id}{BETWEEN}{key}"


class Keys:
    """The keys of the newest commands, and the way to all the others in the store."""

    def __init__(self, stream: str, store: LogStore, codec: Codec) -> None:
        self._stream = stream
        self._store = store
        self._codec = codec
        self._recent: dict[tuple[str, str], _Kept] = {}

    def remember(self, events: Sequence[Event[Fact]], durable: int) -> None:
        """What came of one command. A key that is not yet `durable` is never forgotten: no store knows it."""
        key, digest = events[0].key, events[0].digest
        if key is not None and digest is not None:
            self._keep(events[0].actor.id, key, _Kept(digest, events[0].seq, events[-1].seq), durable)

    def remember_nothing(self, actor_id: str, key: str, digest: str, seq: int, durable: int) -> Nothing:
        """Nothing came of a command at `seq`: its key is spent all the same. What the store must know of it."""
        self._keep(actor_id, key, _Kept(digest, seq + 1, seq), durable)
        return Nothing(kept_as(actor_id, key), digest, seq)

    def receipt(self, actor_id: str, key: str, digest: str) -> Receipt | None:
        """What this key of theirs was answered before, if it was. Raises KeyReused when it came with another command."""
        kept = self._recent.get((actor_id, key)) or self._stored(actor_id, key)
        if kept is None:
            return None
        if kept.digest != digest:
            raise KeyReused(key=key)
        return Receipt(stream=self._stream, seq=kept.last, events=tuple(range(kept.first, kept.last + 1)))

    def _keep(self, actor_id: str, key: str, kept: _Kept, durable: int) -> None:
        self._recent[actor_id, key] = kept
        while len(self._recent) > RECENT_MAX and next(iter(self._recent.values())).last <= durable:
            del self._recent[next(iter(self._recent))]

    def _stored(self, actor_id: str, key: str) -> _Kept | None:
        """Looked up on the loop: some probes of an index, microseconds; a wait here would let a later command overtake."""
        found = self._store.find(self._stream, kept_as(actor_id, key))
        if isinstance(found, Nothing):
            return _Kept(found.digest, found.seq + 1, found.seq)
        if found is None:  # a log of before keys were a space for each has them as they came
            found = self._store.find(self._stream, key)
        return self._read(found, actor_id, key) if isinstance(found, int) else None

    def _read(self, first: int, actor_id: str, key: str) -> _Kept | None:
        last, digest = first - 1, ""
        while events := [self._codec.unpack(record.body) for record in self._store.read(self._stream, last, PAGE)]:
            for event in events:
                if event.key != key or event.actor.id != actor_id:
                    return _Kept(digest, first, last) if last >= first else None
                last, digest = event.seq, digest or event.digest or ""
        return _Kept(digest, first, last)
