"""The live channel: views pushed to browsers as snapshots and patches.

Readers of the same views of one stream form a group: one message, encoded once, for all of them. What changed
within a tick leaves together, so now, next and offset can never be seen torn. A reader that lags is skipped
and gets a snapshot when it has drained; it never slows the others. A view may be asked through a question
(`comment.stream?kind=question`): who asks the same shares its rows and its bytes too.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact
from kaibo.core.stream import StreamFold
from kaibo.kit.engine import Engine
from kaibo.kit.frames import Wire, text_frame
from kaibo.kit.messages import CaughtUp, Patch, Snapshot, Table, Tables

TICK_S = 0.01  # patches of one stream leave at most 100 times a second: far above what an eye can follow
LINGER_S = 30.0  # a question nobody asks any more is kept so long, for whoever lost the line and comes back
LAGGING_S = 0.25  # how often a reader that lagged is looked at again while nothing else happens
RING_FLUSHES = 4096  # how many past flushes of a view a returning reader can catch up on before it gets a snapshot

_encode = msgspec.json.Encoder().encode


@dataclass(eq=False)
class Reader:
    """One subscription of one client to some views of one stream."""

    wire: Wire
    stream: str
    views: frozenset[str]
    lagging: bool = False


@dataclass
class _Past:
    """Which keys of a view left in which flush, to answer a returning reader."""

    floor: int
    flushes: deque[tuple[int, frozenset[str]]] = field(default_factory=deque[tuple[int, frozenset[str]]])

    def remember(self, seq: int, keys: frozenset[str]) -> None:
        self.flushes.append((seq, keys))
        if len(self.flushes) > RING_FLUSHES:
            self.floor = self.flushes.popleft()[0] + 1

    def since(self, seq: int) -> set[str] | None:
        """Keys that left at `seq` or after it; None when that is too long ago to know.

        At it too: another view's message may have said `seq` before this view's rows of the same event left.
        """
        if seq < self.floor:
            return None
        found: set[str] = set()
        for flushed, keys in reversed(self.flushes):
            if flushed < seq:
                break
            found |= keys
        return found


@dataclass
class _Group:
    readers: set[Reader] = field(default_factory=set[Reader])
    sent: int = 0


@dataclass
class _Channel:
    fold: StreamFold
    groups: dict[frozenset[str], _Group] = field(default_factory=dict[frozenset[str], _Group])
    dirty: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    past: dict[str, _Past] = field(default_factory=dict[str, _Past])
    flushed: dict[str, float] = field(default_factory=dict[str, float])
    timer: asyncio.TimerHandle | None = None
    due: float = 0.0
    again: asyncio.TimerHandle | None = None
    left_at: float = 0.0


class LiveHub:
    """Follows the engine and serves the readers. Lives on the event loop."""

    def __init__(self, engine: Engine, clock: Callable[[], int]) -> None:
        self._engine = engine
        self._clock = clock
        self._channels: dict[str, _Channel] = {}
        engine.listen(self._on_news)
        engine.keeper.admit(self)

    async def subscribe(self, wire: Wire, stream: str, views: dict[str, int | None]) -> Reader:
        """Join; first comes `caught_up` with the views that can be continued from the seq given, then `snapshot` with the others.

        Raises NotFound for a stream or view that does not exist.
        """
        fold = await self._engine.fold(stream)
        channel = self._channel(fold)
        try:
            for name in views:
                fold.open(name)
        except Refusal:
            self._forget_questions(channel, frozenset(views))
            self._linger(channel)
            raise
        self._flush(channel, everything=True)
        for view in views:
            self._past(channel, view)  # from here on it is known what left, for a reader who comes back
        reader = Reader(wire, stream, frozenset(views))
        group = channel.groups.setdefault(reader.views, _Group(sent=fold.view_seq))
        group.sent = max(group.sent, fold.view_seq) if not group.readers else group.sent
        self._greet(channel, reader, views)
        group.readers.add(reader)
        return reader

    def leave(self, reader: Reader) -> None:
        """Stop sending to a reader."""
        channel = self._channels.get(reader.stream)
        if channel is None:
            return
        group = channel.groups.get(reader.views)
        if group is not None:
            group.readers.discard(reader)
            if not group.readers:
                del channel.groups[reader.views]
                if any("?" in view for view in reader.views):
                    asyncio.get_running_loop().call_later(LINGER_S, self._forget_questions, channel, reader.views)
                if not channel.groups:
                    self._linger(channel)

    def _forget_questions(self, channel: _Channel, views: frozenset[str]) -> None:
        asked = set[str]().union(*channel.groups)
        for view in views - asked:
            if "?" in view and view.partition("?")[0] in channel.fold.views():
                channel.fold.close(view)
                for table in (channel.past, channel.dirty, channel.flushed):
                    table.pop(view, None)

    def _linger(self, channel: _Channel) -> None:
        channel.left_at = asyncio.get_running_loop().time()
        asyncio.get_running_loop().call_later(LINGER_S, self._close, channel)

    def _close(self, channel: _Channel) -> None:
        """Nobody came back: what left and when need not be known any more, and the stream may rest."""
        lingers = asyncio.get_running_loop().time() < channel.left_at + LINGER_S * 0.99
        if channel.groups or lingers or self._channels.get(channel.fold.stream) is not channel:
            return
        for handle in (channel.timer, channel.again):
            if handle is not None:
                handle.cancel()
        del self._channels[channel.fold.stream]

    # a tenant of the keeper
    def may_rest(self, fold: StreamFold) -> bool:
        """No screen shows it, and none has just lost the line."""
        return fold.stream not in self._channels

    async def before_rest(self, fold: StreamFold) -> None:
        """Who comes back after so long gets a snapshot."""

    def rested(self, stream: str) -> None:
        """There is no channel of it."""

    def fold(self, stream: str) -> StreamFold:
        """The fold that readers of this stream are shown. Raises KeyError when nobody ever subscribed to it."""
        return self._channels[stream].fold

    def readers(self) -> int:
        """How many subscriptions there are."""
        return sum(len(group.readers) for channel in self._channels.values() for group in channel.groups.values())

    # news
    def _on_news(self, fold: StreamFold, _: Sequence[Event[Fact]], changed: dict[str, set[str]]) -> None:
        channel = self._channels.get(fold.stream)
        if channel is None or not changed:
            return
        if channel.fold is not fold:
            self._replace(channel, fold)
        for view, keys in changed.items():
            channel.dirty.setdefault(view, set()).update(keys)
        self._schedule(channel)

    def _replace(self, channel: _Channel, fold: StreamFold) -> None:
        """The stream was folded anew (after a failed write): what readers hold may differ, so all of them start afresh."""
        channel.fold = fold
        channel.dirty.clear()
        channel.past.clear()
        for view in set[str]().union(*channel.groups):
            fold.open(view)
        for group in channel.groups.values():
            for reader in group.readers:
                self._lag(channel, reader)

    def _schedule(self, channel: _Channel) -> None:
        loop = asyncio.get_running_loop()
        due = min(self._due(channel, view) for view in channel.dirty)
        if channel.timer is not None:
            if channel.due <= due:
                return
            channel.timer.cancel()
        channel.due = due
        channel.timer = loop.call_at(due, self._tick, channel)

    def _due(self, channel: _Channel, view: str) -> float:
        pace = max(TICK_S, channel.fold.view(view).pace_ms / 1000)
        return channel.flushed.get(view, 0.0) + pace

    def _tick(self, channel: _Channel) -> None:
        channel.timer = None
        self._flush(channel, everything=False)
        if channel.dirty:
            self._schedule(channel)

    # sending
    def _flush(self, channel: _Channel, *, everything: bool) -> None:
        now = asyncio.get_running_loop().time()
        ready = [v for v in channel.dirty if everything or self._due(channel, v) <= now + 0.0005]
        if not ready:
            return
        fold = channel.fold
        bodies: dict[str, msgspec.Raw] = {}
        for view in ready:
            keys = channel.dirty.pop(view)
            channel.flushed[view] = now
            self._past(channel, view).remember(fold.view_seq, frozenset(keys))
            bodies[view] = _rows(fold, view, keys)
        for views, group in channel.groups.items():
            shown = {view: bodies[view] for view in ready if view in views}
            if shown:
                patch = Patch(stream=fold.stream, after=group.sent, seq=fold.view_seq, at=self._clock(), views=_tables(shown))
                group.sent = fold.view_seq
                self._broadcast(channel, group, _encode(patch))

    def _broadcast(self, channel: _Channel, group: _Group, payload: bytes) -> None:
        frame = text_frame(payload)
        for reader in group.readers:
            if reader.lagging:
                self._recover(channel, reader)
            elif not reader.wire.write(payload, frame):
                self._lag(channel, reader)

    def _lag(self, channel: _Channel, reader: Reader) -> None:
        """Skip this reader from now on; it is looked at again even when no news come."""
        reader.lagging = True
        if channel.again is None:
            channel.again = asyncio.get_running_loop().call_later(LAGGING_S, self._look_again, channel)

    def _look_again(self, channel: _Channel) -> None:
        channel.again = None
        for group in channel.groups.values():
            for reader in group.readers:
                if reader.lagging:
                    self._lag(channel, reader)
                    self._recover(channel, reader)

    def _recover(self, channel: _Channel, reader: Reader) -> None:
        if reader.wire.drained():
            reader.lagging = False
            self._greet(channel, reader, dict.fromkeys(reader.views))

    def _greet(self, channel: _Channel, reader: Reader, views: dict[str, int | None]) -> None:
        """What was missed of the views that can be continued, and the others whole."""
        fold, at = channel.fold, self._clock()
        known, missed = self._missed(channel, views)
        if missed:
            after = min(known.values())
            gap = fold.view_seq - after
            back = CaughtUp(stream=fold.stream, after=after, missed=gap, seq=fold.view_seq, at=at, views=_tables(missed))
            self._say(channel, reader, back)
        whole = {view: _rows(fold, view, fold.rows(view)) for view in views if view not in missed}
        if whole or not views:
            self._say(channel, reader, Snapshot(stream=fold.stream, seq=fold.view_seq, at=at, views=_tables(whole)))

    def _missed(self, channel: _Channel, views: dict[str, int | None]) -> tuple[dict[str, int], dict[str, msgspec.Raw]]:
        """By view that can be continued: where it stood, and the rows that changed since."""
        fold = channel.fold
        known: dict[str, int] = {}
        missed: dict[str, msgspec.Raw] = {}
        for view, seq in views.items():
            keys = self._past(channel, view).since(seq) if seq is not None and seq <= fold.view_seq else None
            if seq is not None and keys is not None:
                known[view], missed[view] = seq, _rows(fold, view, keys)
        return known, missed

    def _say(self, channel: _Channel, reader: Reader, message: CaughtUp | Snapshot) -> None:
        payload = _encode(message)
        if not reader.wire.write(payload, text_frame(payload)):
            self._lag(channel, reader)

    def _channel(self, fold: StreamFold) -> _Channel:
        channel = self._channels.get(fold.stream)
        if channel is None:
            channel = self._channels[fold.stream] = _Channel(fold)
        elif channel.fold is not fold:
            self._replace(channel, fold)
        return channel

    def _past(self, channel: _Channel, view: str) -> _Past:
        past = channel.past.get(view)
        if past is None:
            past = channel.past[view] = _Past(floor=channel.fold.view_seq)
        return past


def _tables(bodies: dict[str, msgspec.Raw]) -> Tables:
    return {view: Table(rows) for view, rows in bodies.items()}


def _rows(fold: StreamFold, view: str, keys: Iterable[str]) -> msgspec.Raw:
    return msgspec.Raw(_encode({key: fold.row(view, key) for key in keys}))
