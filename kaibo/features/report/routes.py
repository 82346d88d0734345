"""The report as JSON and as a workbook."""

from typing import Any

import msgspec
from litestar import Response, get

from kaibo.features.report.report import Report, report
from kaibo.features.report.workbook import write_workbook
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.words import choose, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIEWS = (
    "show.head", "metric.tiles", "metric.minutes", "metric.products", "metric.cues", "rundown.cues", "promo.board",
    "product.cards", "report.passes", "report.effects", "comment.topics",
)  # fmt: skip

WORKSPACE, NAMES = "workspace/main", "workspace.names"

OPERATIONS = (
    Operation("get", "/api/shows/{show_id}/report", "The report of a show, as it stands now.", answer=Report),
    Operation("get", "/api/shows/{show_id}/report.xlsx", "The report as a workbook.", answer=XLSX),
)


async def _report(request: AnyRequest, show_id: str) -> Report:
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, "metric.read")
    rows: dict[str, dict[str, Any]] = {name: dict(fold.rows(name)) for name in VIEWS}
    rows[NAMES] = dict((await engine.fold(WORKSPACE)).rows(NAMES))
    return report(rows, fold.view_seq)


@get("/api/shows/{show_id:str}/report")
async def read_report(request: AnyRequest, show_id: str) -> Json:
    """The report of a show, as it stands now."""
    return Json(msgspec.json.encode(await _report(request, show_id)))


@get("/api/shows/{show_id:str}/report.xlsx")
async def download_report(request: AnyRequest, show_id: str) -> Response[bytes]:
    """The report as a workbook, in the language of the request (or of `?lang=`)."""
    made = await _report(request, show_id)
    wanted = request.query_params.get("lang") or request.headers.get("accept-language", "")
    language = choose(wanted)
    body = write_workbook(made, lambda code: say(code, {}, language))
    headers = {"Content-Disposition": f'attachment; filename="{show_id}-report.xlsx"'}
    return Response(body, media_type=XLSX, headers=headers)


ROUTES = [read_report, download_report]
