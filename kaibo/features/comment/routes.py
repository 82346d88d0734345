"""The history of comments as JSON."""

from urllib.parse import parse_qsl, urlencode

from litestar import get

from kaibo.core.errors import Invalid
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.heard import Leaf
from kaibo.features.comment.history import (
    PAGE_MAX,
    CommentPage,
    Place,
    Search,
    end_of,
    neighbours,
    place_at,
    start_of,
    understood_place,
)
from kaibo.features.comment.question import understood
from kaibo.features.comment.stream import STREAM, Room
from kaibo.kit.engine import Engine
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of, number_of
from kaibo.kit.openapi import Operation, Schema

BATCHES_READ = 40  # ten seconds of a source in one read
EVENTS_READ_MAX = 400
PAGING = ("before", "after", "at", "limit")
QUERY: dict[str, Schema] = {
    "kind": {"type": "string", "description": "question, order, aftersales, praise, spam, other; several with commas"},
    "product": {"type": "string"},
    "text": {"type": "string"},
    "viewer": {"type": "string"},
    "before": {"type": "string", "description": "seq:index; the page that ends there. Without a place: the newest page"},
    "after": {"type": "string", "description": "seq:index; the page that starts there; `start` for the first minute"},
    "at": {"type": "integer", "minimum": 0, "description": "ms UTC; the page that starts there"},
    "limit": {"type": "integer", "minimum": 1, "maximum": PAGE_MAX},
}
OPERATIONS = (
    Operation("get", "/api/shows/{show_id}/comments", "A page of the comments of a show.", answer=CommentPage, query=QUERY),
)


@get("/api/shows/{show_id:str}/comments")
async def read_comments(request: AnyRequest, show_id: str) -> Json:
    """A page of the comments of a show, out of its log."""
    caller = await caller_of(request)
    engine = engine_of(request)
    stream = f"show/{show_id}"
    fold = await engine.fold(stream)
    engine.role_for(caller, STREAM.duty, fold)
    room: Room = fold.shown(STREAM).room
    search = _asked(request, room)
    await _fill(engine, stream, search)
    return Json(search.page())


def _asked(request: AnyRequest, room: Room) -> Search:
    fields = [(name, value) for name, value in parse_qsl(request.url.query, keep_blank_values=True) if name not in PAGING]
    start, back = _start(request, room)
    limit = max(1, min(number_of(request, "limit", 100), PAGE_MAX))
    return Search(room, understood(urlencode(fields)), start, back, limit, [])


def _start(request: AnyRequest, room: Room) -> tuple[Place, bool]:
    given = {name: value for name in ("before", "after", "at") if (value := request.query_params.get(name))}
    if len(given) > 1:
        raise Invalid(where="before, after, at", why="one of them")
    match given:
        case {"before": place}:
            return understood_place(place), True
        case {"after": "start"}:
            return start_of(room), False
        case {"after": place}:
            return understood_place(place), False
        case {"at": _}:
            return place_at(room, number_of(request, "at", 0)), False
        case _:
            return end_of(room), True


async def _fill(engine: Engine, stream: str, search: Search) -> None:
    """Open batch after batch until the page is full or enough was looked at; batches of one neighbourhood are read together."""
    read: dict[int, bytes] = {}
    for leaf in search.leaves():
        if not search.wants(leaf):
            continue
        if leaf.seq not in read:
            read = await _read(engine, stream, search, leaf)
        if not search.open(leaf, read[leaf.seq]):
            return


async def _read(engine: Engine, stream: str, search: Search, leaf: Leaf) -> dict[int, bytes]:
    first, last = neighbours(search.room.heard, leaf, search.back, BATCHES_READ)
    if last - first > EVENTS_READ_MAX:
        first = last = leaf.seq
    events = await engine.events(stream, first - 1, last - first + 1)
    return {event.seq: event.fact.columns for event in events if isinstance(event.fact, AudienceBatch)}


ROUTES = [read_comments]
