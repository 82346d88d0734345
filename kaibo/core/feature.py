"""A feature is data handed to the core: facts, commands, state, rules, views, reactions."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from kaibo.core.erasing import Eraser
from kaibo.core.event import Actor, Command, Event, Fact, Mode, StreamKind
from kaibo.core.slice import S, Slice, check_shape

R = TypeVar("R", bound=msgspec.Struct)
Row_co = TypeVar("Row_co", bound=msgspec.Struct, covariant=True)

WORKSPACE = "workspace/main"  # the stream of the workspace: a house has one


Lines = tuple[tuple[str, ...], tuple[str, ...]]
"""The roles that do a duty of the trade, and those that answer for it."""


@dataclass(frozen=True, slots=True)
class Members:
    """Who belongs to the workspace now: the roles they hold, by person_id; by role those that stand in for it.

    `known`: the roles there are, by the charter or because somebody holds them; none where nobody knows. `owners`: by duty of the trade, the
    roles it is of by the charter the house goes by, the first first; `lines`: who of them does it, and who answers for it.
    """

    roles: Mapping[str, frozenset[str]]
    stand_ins: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    known: frozenset[str] = frozenset()
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    lines: Mapping[str, Lines] = field(default_factory=dict[str, Lines])


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know beside its state: the instant (ms UTC), who asks, and where.

    `seq` is the seq of the stream before this command's facts are appended; `roles` are all the roles
    the caller holds in this workspace (`actor.role` is the one that carries the duty). `members`: of the workspace,
    which a show's log does not know; None where a log is played without its house. `taking`: the duty is the caller's by what they took
    in need, by its id.
    """

    stream: str
    seq: int
    at: int
    actor: Actor
    mode: Mode = "live"
    roles: frozenset[str] = frozenset()
    members: Members | None = None
    taking: str | None = None


class Lens(Protocol):
    """A view seen through a question: the rows one screen asked for, kept up to date event by event."""

    def fold(self, event: Event[Fact]) -> Iterable[str]:
        """Take one event in, after the view's own state took it; give the keys of rows that may have changed."""
        ...

    def listed(self) -> Iterable[str]:
        """The keys of the rows there are."""
        ...

    def get(self, key: str) -> msgspec.Struct | None:
        """A row, None when it is gone."""
        ...


class Newest(dict[str, R]):
    """A table of the rows that came last, oldest first: a screen reads so many of them. `most` None keeps all."""

    __slots__ = ("most",)

    def __init__(self, most: int | None = None) -> None:
        """Nothing came yet."""
        super().__init__()
        self.most = most

    def fallen(self) -> list[str]:
        """Let go of the oldest ones beyond `most`; their keys."""
        gone = [] if self.most is None else list(islice(self, max(0, len(self) - self.most)))
        for key in gone:
            del self[key]
        return gone


@dataclass(frozen=True)
class Whole:
    """How a view that shows only its newest rows is read in full, out of the log: its state without the limit.

    `most` rows reach a screen. `texts(key, row)` are what is looked for in a row: names, ids, words.
    """

    most: int
    state: Callable[[], object]
    texts: Callable[[str, Any], Iterable[str]]


@dataclass(frozen=True)
class View(Generic[Row_co]):
    """A table of rows by key, folded from events: what a screen shows.

    `fold` mutates its state in place and returns the keys of rows that may have changed (a removed row
    too); `get` gives a row or None when it is gone; `keys` lists the rows there are. `reads` of `Fact` itself is every event. Rows are frozen
    Structs that are never mutated. `pace_ms` lets the live channel merge patches of a busy view.
    Law: snapshot at any seq + patches after it == snapshot at the end.

    `lens(state, question)` opens the view through a question: a screen asks for `name?question` (a query string). It raises
    Invalid for one it does not understand. `beside`: other kinds of rows it has, such as a line of counters. The law holds for what a lens shows too, whenever it was opened.

    `over`: slices it reads and never changes: `state` is called with their states, and `fold(state, event, touched)` also when an
    event touched one of them. So what several tables rest on is counted once.

    `whole`: it shows its newest rows alone, and this is how one reaches the rest; only for a view that stands over no slice.
    """

    name: str
    row: type[Row_co]
    reads: tuple[type[Fact], ...]
    state: Callable[..., object]
    fold: Callable[..., Iterable[str]]
    keys: Callable[[Any], Iterable[str]]
    get: Callable[[Any, str], Row_co | None]
    duty: str
    pace_ms: int = 0
    lens: Callable[[Any, str], Lens] | None = None
    beside: tuple[type[msgspec.Struct], ...] = ()
    over: tuple[Slice[object], ...] = ()
    whole: Whole | None = None

    def __post_init__(self) -> None:
        """Its functions take what they will be called with."""
        check_shape(f"view {self.name}", self.over, state=self.state, fold=self.fold)


@dataclass(frozen=True, slots=True)
class Copying:
    """A show is planned like another: the other's title, and by how much later (ms) this one begins; `left_ms`: so long from now, None unasked."""

    title: str
    later_ms: int
    left_ms: int | None = None


@dataclass(frozen=True)
class Reaction:
    """An event leads to commands: `decide(event)` gives (stream, command) pairs; run by kit/react with a stored cursor."""

    name: str
    reads: tuple[type[Fact], ...]
    decide: Callable[[Event[Fact]], Sequence[tuple[str, Command]]]


@dataclass(frozen=True)
class Named:
    """What people call a thing: `text` of its row in `view`. `then`: that text is an id itself (`product_id`), to be named in turn."""

    view: View[msgspec.Struct]
    text: Callable[[Any], str]
    then: str = ""


@dataclass(frozen=True)
class Feature:
    """One job of the house. `reads` are other features' facts its state needs; its own facts are always folded.

    `over`: slices its rules stand on: `state` is called with their states, and `fold(state, event, touched)` also when an event
    touched one of them.

    `due` gives the earliest instant (ms UTC) at which the state wants a command of the system, and that command; it is
    asked after every change, so what is waited for stands in the log and nowhere else. Law: once the command was
    decided at its instant, `due` names a later one, or none.

    `carries` gives, of the state of a show, the commands that prepare another one like it, in order.

    What needs the machine is handed on as it is, for the core knows neither HTTP nor the engine: `routes` and `operations`
    are the kit's (`kaibo.kit.openapi.Operation` describes each route); `followers` and `ready` are given the house
    (`kaibo.kit.house.House`). `followers` gives who acts on the log; `ready` loads what takes long, before the first follower runs.

    `names`: by the name of an id in a refusal (`cue_id`), what people call that thing.

    `erases`: for each fact that may hold what a viewer wrote or is called, how it reads without. Law: nothing that counts changes.
    `ours`: texts in which no viewer speaks (`promo.rejected reason`): the team's own words about its own work, which stay.
    """

    name: str
    streams: tuple[StreamKind, ...]
    facts: tuple[type[Fact], ...]
    commands: tuple[type[Command], ...]
    state: Callable[..., object]
    fold: Callable[..., None]
    decide: Callable[..., Sequence[Fact]]
    reads: tuple[type[Fact], ...] = ()
    over: tuple[Slice[object], ...] = ()
    views: tuple[View[msgspec.Struct], ...] = ()
    reactions: tuple[Reaction, ...] = ()
    due: Callable[..., tuple[int, Command] | None] | None = None
    carries: Callable[[Any, Copying], Iterable[Command]] | None = None
    routes: Sequence[Any] = ()
    operations: Sequence[Any] = ()
    followers: Callable[..., Sequence[Any]] | None = None
    ready: Callable[..., Awaitable[None]] | None = None
    names: Mapping[str, Named] = field(default_factory=dict[str, Named])
    erases: Mapping[type[Fact], Eraser] = field(default_factory=dict[type[Fact], Eraser])
    ours: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Its functions take what they will be called with."""
        check_shape(f"feature {self.name}", self.over, state=self.state, fold=self.fold)

    def streams_of(self, command: type[Command]) -> tuple[StreamKind, ...]:
        """The kinds of stream that take a command of this feature."""
        return self.streams if command.streams is None else command.streams


def tag_of(kind: type[msgspec.Struct]) -> str:
    """The public name of a fact or command, such as `promo.propose`."""
    return str(kind.__struct_config__.tag)


def kind_of(stream: str) -> StreamKind:
    """`show/abc` -> `show`. Raises ValueError for a name that is neither a show nor a workspace."""
    kind, _, rest = stream.partition("/")
    if not rest:
        raise ValueError(stream)
    match kind:
        case "show":
            return "show"
        case "workspace":
            return "workspace"
        case _:
            raise ValueError(stream)


def name_of(view: View[msgspec.Struct] | str) -> str:
    """A view, or the name the wire knows it by (`name?question` too), as that name."""
    return view if isinstance(view, str) else view.name


def keys_of(rows: Mapping[str, msgspec.Struct]) -> Iterable[str]:
    """The keys of a view whose state is its table."""
    return rows.keys()


def row_of(rows: Mapping[str, R], key: str) -> R | None:
    """A row of a view whose state is its table."""
    return rows.get(key)


def fact_of(event: Event[Fact]) -> type[Fact]:
    """The class of an event's fact."""
    kind: type[Fact] = event.fact.__class__
    return kind


def itself(state: S) -> S:
    """The state of a view that shows a slice as it is."""
    return state
