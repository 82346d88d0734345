"""Ad spend from a file."""

from litestar import post

from kaibo.core.errors import NotFound
from kaibo.features.metric.commands import EnterSpend
from kaibo.features.metric.sheet import read_spend
from kaibo.features.show.shown import HEAD
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.sheets import ImportReport
from kaibo.kit.uploads import IMPORT_QUERY, book_of, flag_of
from kaibo.kit.words import choose, say

PATH = "/api/streams/show/{stream_id}/imports/spend"
OPERATIONS = (
    Operation("post", PATH, "Read ad spend from a sheet; `dry_run` only reports.", answer=ImportReport, query=IMPORT_QUERY, upload=True),
)  # fmt: skip


@post("/api/streams/show/{stream_id:str}/imports/spend", status_code=200)
async def import_spend(request: AnyRequest, stream_id: str) -> Json:
    """Read ad spend from a sheet; `dry_run` only reports."""
    caller = await caller_of(request)
    engine = engine_of(request)
    stream = f"show/{stream_id}"
    engine.role_for(caller, EnterSpend.duty)
    fold = await engine.fold(stream)
    head = fold.row(HEAD, "show")
    if head is None:
        raise NotFound(kind="show", id=stream_id)
    dry_run = flag_of(request, "dry_run")
    reading = read_spend(await book_of(request), head.currency, head.timezone, head.aired_at or head.starts_at)
    if not dry_run and reading.rows:
        await engine.submit(stream, EnterSpend(rows=reading.rows, filename=reading.report.filename[:120]), caller)
    language = choose(request.headers.get("accept-language", ""))
    return Json(reading.report.in_words(lambda code, data: say(code, data, language)))


ROUTES = [import_spend]
