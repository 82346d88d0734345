"""A feature small enough to see through: words are added to a stream, in order, and no word twice."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, ClassVar

import msgspec

from kaibo.core.errors import Refusal
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Context, Feature, View
from kaibo.kit.engine import Caller, Engine
from kaibo.stores.contract import Append, Conflict, LogStore
from kaibo.stores.memory import MemoryStore

AMY = Caller(id="amy", name="Amy", roles=frozenset({"director"}))


class WordAdded(Fact, frozen=True, kw_only=True, tag="toy.added"):
    word: str


class AddWord(Command, frozen=True, kw_only=True, tag="toy.add"):
    duty: ClassVar = "toy.add"
    opens: ClassVar = True
    word: str


class EnsureWord(Command, frozen=True, kw_only=True, tag="toy.ensure"):
    """Add the word unless it is there: then nothing happens."""

    duty: ClassVar = "toy.add"
    opens: ClassVar = True
    word: str


class WordTaken(Refusal):
    code = "toy.taken"
    word: str


class WordRow(msgspec.Struct, frozen=True, kw_only=True):
    words: tuple[str, ...]


def decide(words: list[str], command: Any, ctx: Context) -> Sequence[Fact]:
    if command.word in words:
        if isinstance(command, EnsureWord):
            return []
        raise WordTaken(word=command.word)
    return [WordAdded(word=command.word)]


def fold(words: list[str], event: Event[Any]) -> None:
    words.append(event.fact.word)


def fold_view(words: list[str], event: Event[Any]) -> Iterable[str]:
    words.append(event.fact.word)
    return ("all",)


TOY = Feature(
    name="toy",
    streams=("show",),
    facts=(WordAdded,),
    commands=(AddWord, EnsureWord),
    state=list,
    fold=fold,
    decide=decide,
    views=(
        View(
            name="toy.words",
            row=WordRow,
            reads=(WordAdded,),
            state=list,
            fold=fold_view,
            keys=lambda words: ("all",) if words else (),
            get=lambda words, key: WordRow(words=tuple(words)),
            duty="toy.read",
        ),
    ),
)


class Gate(MemoryStore):
    """A store whose commits wait while it is shut, and fail as often as they are told to. `commits` are the sizes that came."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()
        self.open.set()
        self.arrived = threading.Event()
        self.failures: list[Exception] = []
        self.commits: list[int] = []

    def append(self, appends: Sequence[Append]) -> list[Conflict | None]:
        self.commits.append(len(appends))
        self.arrived.set()
        assert self.open.wait(10)
        if self.failures:
            raise self.failures.pop(0)
        return super().append(appends)


def engine_on(store: LogStore, clock: Callable[[], int] = lambda: 1000) -> Engine:
    return Engine((TOY,), store, clock=clock, allows=lambda roles, duty, fold: "director")


def told(story: Callable[[Engine], Awaitable[None]], store: LogStore | None = None) -> None:
    """Run a story on a started engine."""

    async def run() -> None:
        engine = engine_on(store or MemoryStore())
        engine.start()
        try:
            async with asyncio.timeout(20):
                await story(engine)
        finally:
            await engine.stop()

    asyncio.run(run())


def words_in(store: LogStore, engine: Engine, stream: str = "show/a") -> list[str]:
    """What is in the store."""
    return [engine.codec.unpack(record.body).fact.word for record in store.read(stream, 0, 100_000)]
