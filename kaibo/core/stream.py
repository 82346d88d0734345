"""One log, folded: the states that decide and the views that show. Synchronous and pure."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, overload

import msgspec

from kaibo.core.codec import canonical
from kaibo.core.errors import Invalid, NotFound
from kaibo.core.event import Actor, Command, Event, Fact, Mode, StreamKind
from kaibo.core.feature import Context, Feature, Lens, R, View, fact_of, kind_of, name_of, tag_of
from kaibo.core.slice import Layer, S, Slice

LENSES_MAX = 200  # open at once on one stream: beyond any team, and each costs a little at every event
QUESTION_LENGTH_MAX = 300
Due: TypeAlias = Callable[..., tuple[int, Command] | None]


class Receipt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to a command: the seqs of its events (none when nothing had to change) and the seq of the log after it.

    `asked`: nothing of it has happened, somebody must agree first; the id under which it waits. `message` says so in words.
    """

    stream: str
    seq: int
    events: tuple[int, ...]
    asked: str = ""
    message: str = ""


@dataclass
class _Projection:
    view: View[msgspec.Struct]
    state: object
    lenses: dict[str, Lens] = field(default_factory=dict[str, Lens])


@dataclass
class StreamFold:
    """The folded state of one stream.

    `decide` runs ahead: it folds its events into the deciding states at once, while the views fold (`project`)
    only what the store has made durable, so that no screen ever shows what a crash could take back. Slices are folded
    before whoever stands on them, ahead for the rules and once more, when durable, for the views. One that is not `whole` took
    an event in by half, by a bug: it can no longer be trusted.
    """

    stream: str
    features: Sequence[Feature]
    seq: int = 0
    at: int = 0
    view_seq: int = 0
    mode: Mode = "live"
    whole: bool = True
    kind: StreamKind = field(init=False)
    _states: dict[str, object] = field(default_factory=dict[str, object])
    _deciders: list[Feature] = field(default_factory=list[Feature])
    _folds: dict[type[Fact], list[tuple[Feature, bool]]] = field(default_factory=dict[type[Fact], list[tuple[Feature, bool]]])
    _views: dict[str, _Projection] = field(default_factory=dict[str, _Projection])
    _readers: dict[type[Fact], list[tuple[_Projection, bool]]] = field(
        default_factory=dict[type[Fact], list[tuple[_Projection, bool]]]
    )
    _owner: dict[type[Command], Feature] = field(default_factory=dict[type[Command], Feature])
    _waiting: dict[str, Due] = field(default_factory=dict[str, Due])

    def __post_init__(self) -> None:
        self.kind = kind = kind_of(self.stream)
        self._deciders = [feature for feature in self.features if kind in feature.streams]
        views = [view for feature in self._deciders for view in feature.views]
        self._ahead = Layer(each for feature in self._deciders for each in feature.over)
        self._durable = Layer(each for view in views for each in view.over)
        self._views |= {view.name: _Projection(view, view.state(*self._durable.below(view.over))) for view in views}
        for feature in self._deciders:
            self._take(feature, kind)

    def _take(self, feature: Feature, kind: StreamKind) -> None:
        self._states[feature.name] = feature.state(*self._ahead.below(feature.over))
        if feature.due is not None:
            self._waiting[feature.name] = feature.due
        self._owner |= {command: feature for command in feature.commands if kind in feature.streams_of(command)}

    # deciding
    def decide(
        self, command: Command, ctx: Context, *, key: str | None = None, cause: int | None = None, digest: str = ""
    ) -> list[Event[Fact]]:
        """Ask the owner's rules; give the events, already folded into the deciding states. `digest`: of what came with the key, where the command stands in its place. Raises Refusal."""
        owner = self._owner.get(type(command))
        if owner is None:
            raise NotFound(kind="command", id=tag_of(type(command)))
        facts = owner.decide(self._states[owner.name], command, ctx)
        events = [
            Event(
                stream=self.stream,
                seq=self.seq + 1 + place,
                at=ctx.at,
                actor=ctx.actor,
                fact=fact,
                mode=ctx.mode,
                cause=cause,
                key=key,
                digest=(digest or digest_of(command)) if key is not None and place == 0 else None,
                taking=ctx.taking,
            )
            for place, fact in enumerate(facts)
        ]
        for event in events:
            self.apply(event)
        return events

    def apply(self, event: Event[Fact]) -> None:
        """Fold one event into the deciding states."""
        if event.seq != self.seq + 1 or event.stream != self.stream:
            raise ValueError(f"{self.stream}: {event.stream} {event.seq} after {self.seq}")
        self.whole = False
        touched = self._ahead.fold(event)
        for feature, reads in self._folding(fact_of(event)):
            if not feature.over:
                feature.fold(self._states[feature.name], event)
            elif reads or any(each.name in touched for each in feature.over):
                feature.fold(self._states[feature.name], event, touched)
        if event.seq == 1:
            self.mode = event.mode
        self.seq = event.seq
        self.at = event.at
        self.whole = True

    def _folding(self, kind: type[Fact]) -> list[tuple[Feature, bool]]:
        """Features that a fact of this kind may concern; beside each, whether it reads the fact itself."""
        found = self._folds.get(kind)
        if found is None:
            found = self._folds[kind] = [
                (feature, reads)
                for feature in self._deciders
                if (reads := kind in feature.facts or kind in feature.reads) or self._ahead.reaches(kind, feature.over)
            ]
        return found

    def state(self, feature: str) -> Any:
        """The deciding state of a feature, to be read and never changed."""
        return self._states[feature]

    def due(self) -> dict[str, tuple[int, Command] | None]:
        """For each feature that may wait: the earliest instant (ms UTC) at which it wants a command of the system, and which."""
        return {name: due(self._states[name]) for name, due in self._waiting.items()}

    # showing
    def project(self, event: Event[Fact]) -> dict[str, set[str]]:
        """Fold one durable event into the views; give the keys that may have changed, by view."""
        if event.seq != self.view_seq + 1:
            raise ValueError(f"{self.stream}: view {event.seq} after {self.view_seq}")
        changed: dict[str, set[str]] = {}
        touched = self._durable.fold(event)
        for projection, reads in self._showing(fact_of(event)):
            view = projection.view
            if not view.over:
                keys = set(view.fold(projection.state, event))
            elif reads or any(each.name in touched for each in view.over):
                keys = set(view.fold(projection.state, event, touched))
            else:
                continue
            if keys:
                changed[view.name] = keys
            for name, lens in projection.lenses.items():
                if seen := set(lens.fold(event)):
                    changed[name] = seen
        self.view_seq = event.seq
        return changed

    def _showing(self, kind: type[Fact]) -> list[tuple[_Projection, bool]]:
        """Views that a fact of this kind may concern; beside each, whether it reads the fact itself."""
        found = self._readers.get(kind)
        if found is None:
            found = self._readers[kind] = [
                (each, reads)
                for each in self._views.values()
                if (reads := kind in each.view.reads or Fact in each.view.reads) or self._durable.reaches(kind, each.view.over)
            ]
        return found

    def slice(self, wanted: Slice[S]) -> S:
        """The state of a slice, as far as it is durable, to be read and never changed. Raises KeyError where no view stands on it."""
        state: Any = self._durable.states[wanted.name]
        return state

    def view(self, name: str) -> View[msgspec.Struct]:
        """A view by name, with or without a question. Raises NotFound."""
        return self._projection(name).view

    def views(self) -> Iterable[str]:
        """The names of the views this stream has."""
        return self._views.keys()

    def open(self, name: str) -> None:
        """Keep `view?question` up to date from now on; a view without a question always is. Raises NotFound or Invalid."""
        projection = self._projection(name)
        if "?" in name and name not in projection.lenses:
            if sum(len(each.lenses) for each in self._views.values()) >= LENSES_MAX:
                raise Invalid(where="view", why=f"more than {LENSES_MAX} questions at once")
            projection.lenses[name] = _lens(projection, name)

    def close(self, name: str) -> None:
        """Nobody looks at `view?question` any more."""
        self._projection(name).lenses.pop(name, None)

    def close_all(self) -> None:
        """Nobody looks at any question any more."""
        for projection in self._views.values():
            projection.lenses.clear()

    @overload
    def row(self, view: View[R], key: str) -> R | None: ...
    @overload
    def row(self, view: str, key: str) -> msgspec.Struct | None: ...
    def row(self, view: View[msgspec.Struct] | str, key: str) -> msgspec.Struct | None:
        """One row, None when it is gone."""
        name = name_of(view)
        projection = self._projection(name)
        if "?" in name:
            return _lens(projection, name).get(key)
        return projection.view.get(projection.state, key)

    @overload
    def rows(self, view: View[R]) -> dict[str, R]: ...
    @overload
    def rows(self, view: str) -> dict[str, msgspec.Struct]: ...
    def rows(self, view: View[msgspec.Struct] | str) -> Mapping[str, msgspec.Struct]:
        """A snapshot of a whole view."""
        name = name_of(view)
        projection = self._projection(name)
        if "?" in name:
            lens = _lens(projection, name)
            found = {key: lens.get(key) for key in lens.listed()}
        else:
            found = {key: projection.view.get(projection.state, key) for key in projection.view.keys(projection.state)}
        return {key: row for key, row in found.items() if row is not None}

    def shown(self, view: View[msgspec.Struct] | str) -> Any:
        """The state of a view, to be read and never changed."""
        return self._projection(name_of(view)).state

    def _projection(self, name: str) -> _Projection:
        projection = self._views.get(name.partition("?")[0])
        if projection is None or ("?" in name and projection.view.lens is None):
            raise NotFound(kind="view", id=name)
        return projection


def _lens(projection: _Projection, name: str) -> Lens:
    """The open lens of this name, or one for the moment."""
    lens = projection.lenses.get(name)
    if lens is None:
        make = projection.view.lens
        assert make is not None, name
        question = name.partition("?")[2]
        if len(question) > QUESTION_LENGTH_MAX:
            raise Invalid(where="view", why=f"a question longer than {QUESTION_LENGTH_MAX}")
        lens = make(projection.state, question)
    return lens


def digest_of(command: Command) -> str:
    """A short fingerprint of a command's body, to tell a repeated key from a reused one."""
    return hashlib.blake2b(canonical(command), digest_size=12).hexdigest()


def all_rows(fold: StreamFold) -> Mapping[str, Mapping[str, msgspec.Struct]]:
    """Every view of a stream, whole."""
    return {name: fold.rows(name) for name in sorted(fold.views())}


SYSTEM = Actor(id="system", role="system")
