"""Why somebody got nothing: any buyer of a show, found in its log, however long ago."""

import unicodedata

import msgspec
from litestar import get

from kaibo.core.errors import Invalid
from kaibo.core.feature import fact_of
from kaibo.features.claim.view import BUYERS, BuyerRow, Buyers
from kaibo.kit.engine import Engine
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation

PAGE = 1000
FOUND_MAX = 20
ENTRIES_MAX = 200


class WhyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Buyers by `source/pseudonym` whose name or id holds the words, heard last first, 20 at most; `seq` of the log it was read at."""

    seq: int
    buyers: dict[str, BuyerRow]


OPERATIONS = (
    Operation(
        "get",
        "/api/streams/show/{stream_id}/claims/why",
        "Every decision about a buyer's claims, each with its rule, read from the log.",
        answer=WhyAnswer,
        query={"q": {"type": "string", "description": "a name or an id, or a part of it"}},
    ),
)


@get("/api/streams/show/{stream_id:str}/claims/why")
async def read_why(request: AnyRequest, stream_id: str) -> Json:
    """Read the log from its beginning: rare, and complete."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{stream_id}")
    engine.role_for(caller, BUYERS.duty)
    asked = _plain(request.query_params.get("q") or "")
    if not asked:
        raise Invalid(where="q", why="a name or an id is needed")
    seq = fold.view_seq
    buyers = await _histories(engine, fold.stream, seq)
    fitting = [(row.last_at, key) for key, row in buyers.rows.items() if asked in _plain(key) or asked in _plain(row.name)]
    found = [key for _, key in sorted(fitting, reverse=True)[:FOUND_MAX]]
    return Json(WhyAnswer(seq=seq, buyers={key: buyers.rows[key] for key in found}))


async def _histories(engine: Engine, stream: str, until: int) -> Buyers:
    buyers = Buyers(entries_max=ENTRIES_MAX)
    after = 0
    while after < until and (page := await engine.events(stream, after, PAGE)):
        for event in page:
            if fact_of(event) in BUYERS.reads:
                BUYERS.fold(buyers, event)
        after = page[-1].seq
    return buyers


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


ROUTES = [read_why]
