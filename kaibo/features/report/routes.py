"""The report as JSON, as a workbook and on paper."""

import asyncio

import msgspec
from litestar import Response, get

from kaibo.core.feature import WORKSPACE
from kaibo.features.report.paper import write_paper
from kaibo.features.report.report import report
from kaibo.features.report.rows import rows_of
from kaibo.features.report.sections import Say
from kaibo.features.report.shapes import Report
from kaibo.features.report.workbook import write_workbook
from kaibo.features.workspace.shown import EVERYBODY
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.words import choose, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"

OPERATIONS = (
    Operation("get", "/api/shows/{show_id}/report", "The report of a show, as it stands now.", answer=Report),
    Operation("get", "/api/shows/{show_id}/report.xlsx", "The report as a workbook.", answer=XLSX),
    Operation("get", "/api/shows/{show_id}/report.pdf", "The report on A4.", answer=PDF),
)


async def _report(request: AnyRequest, show_id: str) -> Report:
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, "metric.read")
    return report(rows_of(fold, (await engine.fold(WORKSPACE)).rows(EVERYBODY)))


@get("/api/shows/{show_id:str}/report")
async def read_report(request: AnyRequest, show_id: str) -> Json:
    """The report of a show, as it stands now."""
    return Json(msgspec.json.encode(await _report(request, show_id)))


@get("/api/shows/{show_id:str}/report.xlsx")
async def download_report(request: AnyRequest, show_id: str) -> Response[bytes]:
    """The report as a workbook, in the language of the request (or of `?lang=`)."""
    made = await _report(request, show_id)
    say, language = _words(request)
    return _file(await asyncio.to_thread(write_workbook, made, say, language), XLSX, f"{show_id}-report.xlsx")


@get("/api/shows/{show_id:str}/report.pdf")
async def print_report(request: AnyRequest, show_id: str) -> Response[bytes]:
    """The report on A4, in the language of the request (or of `?lang=`)."""
    made = await _report(request, show_id)
    say, language = _words(request)
    return _file(await asyncio.to_thread(write_paper, made, say, language), PDF, f"{show_id}-report.pdf")


def _words(request: AnyRequest) -> tuple[Say, str]:
    language = choose(request.query_params.get("lang") or request.headers.get("accept-language", ""))

    def tell(code: str, **data: object) -> str:
        return say(code, data, language)

    return tell, language


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    return Response(body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = [read_report, download_report, print_report]
