"""All rows of a view that shows only its newest ones, out of the log: nobody is told "none" because a list is short."""

import asyncio
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from litestar import get

from kaibo.core.errors import NotFound
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, Whole, tag_of
from kaibo.core.stream import StreamFold
from kaibo.kit.engine import Engine
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of, number_of
from kaibo.kit.openapi import Operation, Schema
from kaibo.kit.pace import Pace

PAGE = 500
FOUND_MAX = 200  # rows of one answer: a screen asks for more
KEPT_MAX = 4  # tables that stay in memory, so that who asks again waits only for what is new


class WholeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Rows by key, newest first, of a table without its limit, at `seq` of the log. `total` rows there are, `found` of them fit."""

    seq: int
    total: int
    found: int
    rows: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` stand somewhere in a row's texts, however they are spelt; `exactly` is one of them. "" asks for nothing."""

    words: str = ""
    exactly: str = ""
    skip: int = 0
    limit: int = FOUND_MAX

    @classmethod
    def of(cls, request: AnyRequest) -> "Wanted":
        """As the query asks. Raises Invalid."""
        asked = request.query_params
        limit = max(1, min(number_of(request, "limit", FOUND_MAX), FOUND_MAX))
        return cls(plain(asked.get("q", "")), asked.get("exactly", ""), number_of(request, "skip", 0), limit)

    def fits(self, texts: Iterable[str]) -> bool:
        """Whether a row with these texts is wanted."""
        told = [text for text in texts if text]
        if self.exactly and self.exactly not in told:
            return False
        return not self.words or any(self.words in plain(text) for text in told)


@dataclass(slots=True)
class Table:
    """A view without its limit, folded up to `seq`."""

    view: View[msgspec.Struct]
    whole: Whole
    state: object
    seq: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fold(self, event: Event[Fact]) -> None:
        """Take one event in."""
        self.view.fold(self.state, event)
        self.seq = event.seq

    def answer(self, wanted: Wanted) -> WholeAnswer:
        """What is wanted of it."""
        keys = list(self.view.keys(self.state))
        rows = ((key, row) for key in reversed(keys) if (row := self.view.get(self.state, key)) is not None)
        found = [(key, row) for key, row in rows if wanted.fits(self.whole.texts(key, row))]
        page = dict(found[wanted.skip : wanted.skip + wanted.limit])
        return WholeAnswer(seq=self.seq, total=len(keys), found=len(found), rows=page)


class Wholes:
    """The tables somebody asked for of late."""

    def __init__(self, engine: Engine) -> None:
        """Nobody asked yet."""
        self._engine = engine
        self._tables: OrderedDict[tuple[str, str], Table] = OrderedDict()
        engine.listen(self._on_news)

    def _on_news(self, fold: StreamFold, events: Sequence[Event[Fact]], _: object) -> None:
        """What stands in a log was rewritten: what was made of it is thrown away."""
        if not events:
            for place in [place for place in self._tables if place[0] == fold.stream]:
                del self._tables[place]

    async def ask(self, stream: str, view: View[msgspec.Struct], until: int, wanted: Wanted) -> WholeAnswer:
        """Rows of the whole log up to `until`. Raises NotFound for a view that shows all there is."""
        if view.whole is None:
            raise NotFound(kind="view", id=view.name)
        table = self._tables.setdefault((stream, view.name), Table(view, view.whole, view.whole.state()))
        self._tables.move_to_end((stream, view.name))
        while len(self._tables) > KEPT_MAX:
            self._tables.popitem(last=False)
        try:
            return await asyncio.to_thread(self._look, stream, table, until, wanted)
        except BaseException:
            self._tables.pop((stream, view.name), None)  # it may have taken an event in by half
            raise

    def _look(self, stream: str, table: Table, until: int, wanted: Wanted) -> WholeAnswer:
        pace, tags = Pace(), [tag_of(fact) for fact in table.view.reads]
        with table.lock:
            while page := self._engine.store.read(stream, table.seq, PAGE, tags):
                for record in page:
                    table.fold(self._engine.codec.unpack(record.body))
                    pace()
            table.seq = max(table.seq, until)
            return table.answer(wanted)


def plain(text: str) -> str:
    """As it is looked for: however wide, large or spaced."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def wholes_of(request: AnyRequest) -> Wholes:
    """The tables of this app."""
    wholes: Wholes = request.app.state.wholes
    return wholes


QUERY: dict[str, Schema] = {
    "q": {"type": "string", "description": "words that stand in a name, an id or a text of the row"},
    "exactly": {"type": "string", "description": "one of these texts as a whole, such as `platform/buyer` or a state"},
    "skip": {"type": "integer", "minimum": 0},
    "limit": {"type": "integer", "minimum": 1, "maximum": FOUND_MAX},
}
OPERATION = Operation(
    "get",
    "/api/streams/show/{stream_id}/views/{view}/all",
    "Rows beyond the newest, of a view that shows no more.",
    answer=WholeAnswer,
    query=QUERY,
)


@get("/api/streams/show/{stream_id:str}/views/{view:str}/all")
async def read_whole(request: AnyRequest, stream_id: str, view: str) -> Json:
    """The rest of a view with a limit."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{stream_id}")
    asked = fold.view(view)
    engine.role_for(caller, asked.duty, fold)
    return Json(await wholes_of(request).ask(fold.stream, asked, fold.view_seq, Wanted.of(request)))
