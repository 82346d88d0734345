"""Why somebody got nothing: any buyer of a show, found in its log, however long ago."""

import msgspec
from litestar import get

from kaibo.core.errors import Invalid
from kaibo.features.claim.view import BUYERS, BuyerRow
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.whole import Wanted, plain, wholes_of

FOUND_MAX = 20


class WhyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Buyers by `source/pseudonym` whose name or id holds the words, heard last first, 20 at most of `found`; `seq` of the log it was read at."""

    seq: int
    found: int
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
    """Out of the log from its beginning: complete."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{stream_id}")
    engine.role_for(caller, BUYERS.duty, fold)
    asked = plain(request.query_params.get("q") or "")
    if not asked:
        raise Invalid(where="q", why="a name or an id is needed")
    answer = await wholes_of(request).ask(fold.stream, BUYERS, fold.view_seq, Wanted(words=asked, limit=FOUND_MAX))
    return Json(WhyAnswer(seq=answer.seq, found=answer.found, buyers=answer.rows))


ROUTES = [read_why]
