"""Ad spend from a file."""

from functools import partial

from litestar import post

from kaibo.core.errors import NotFound
from kaibo.features.metric.commands import EnterSpend
from kaibo.features.metric.sheet import read_spend
from kaibo.features.show.shown import HEAD
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.sheets import ImportReport
from kaibo.kit.uploads import IMPORT_QUERY, understood

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
    fold = await engine.fold(stream)
    engine.role_for(caller, EnterSpend.duty, fold)
    head = fold.row(HEAD, "show")
    if head is None:
        raise NotFound(kind="show", id=stream_id)
    began_at = head.aired_at or head.starts_at
    found = await understood(request, partial(read_spend, currency=head.currency, zone=head.timezone, at=began_at))
    if found.reading is not None and found.reading.rows:
        command = EnterSpend(rows=found.reading.rows, filename=found.reading.report.filename[:120])
        await engine.submit(stream, command, caller)
    return Json(found.report)


ROUTES = [import_spend]
