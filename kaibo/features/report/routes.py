"""The report as JSON, as a workbook and on paper."""

import re
import zlib
from typing import Literal

import msgspec
from litestar import Response, get
from msgspec.structs import replace

from kaibo.core.feature import WORKSPACE
from kaibo.features.report.report import report
from kaibo.features.report.rows import Rows, rows_of
from kaibo.features.report.shapes import Report
from kaibo.features.report.team_sections import team_tables
from kaibo.features.workspace.shown import EVERYBODY
from kaibo.kit.apart import Apart
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.words import choose, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)  # taken, and not by "not at all"
Form = Literal["json", "packed", "xlsx", "pdf"]  # packed: the JSON of an evening is two hundred kilobytes, gzipped a tenth of it

OPERATIONS = (
    Operation(
        "get",
        "/api/shows/{show_id}/report",
        "The report of a show, as it stands now.",
        answer=Report,
        query={"lang": {"type": "string", "description": "zh-Hant, zh-Hans or en; the request's when left out"}},
    ),
    Operation("get", "/api/shows/{show_id}/report.xlsx", "The report as a workbook.", answer=XLSX),
    Operation("get", "/api/shows/{show_id}/report.pdf", "The report on A4.", answer=PDF),
)


def make_report(rows: Rows, form: Form, language: str) -> bytes:
    """Rows -> the report in a form, its words in a language. Called apart from the server."""
    from kaibo.features.report.paper import write_paper  # noqa: PLC0415  what sets type and fills workbooks is loaded by that process alone
    from kaibo.features.report.workbook import write_workbook  # noqa: PLC0415

    made = report(rows)

    def tell(code: str, **data: object) -> str:
        return say(code, data, language)

    match form:
        case "json" | "packed":
            told = msgspec.json.encode(replace(made, team=team_tables(made, tell)))
            return told if form == "json" else _gzipped(told)
        case "xlsx":
            return write_workbook(made, tell, language)
        case "pdf":
            return write_paper(made, tell, language)


def _gzipped(told: bytes) -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)  # with the head of a .gz
    return packer.compress(told) + packer.flush()


async def _made(request: AnyRequest, show_id: str, form: Form) -> bytes:
    """The report in a form, in the language of the request (or of `?lang=`)."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, "metric.read", fold)
    rows = rows_of(fold, (await engine.fold(WORKSPACE)).rows(EVERYBODY))
    language = choose(request.query_params.get("lang") or request.headers.get("accept-language", ""))
    apart: Apart = request.app.state.reports
    return await apart(make_report, rows, form, language)


@get("/api/shows/{show_id:str}/report")
async def read_report(request: AnyRequest, show_id: str) -> Json:
    """The report of a show, as it stands now."""
    vary = {"Vary": "Accept-Encoding"}
    if GZIP.search(request.headers.get("accept-encoding", "")) is None:
        return Json(await _made(request, show_id, "json"), headers=vary)
    return Json(await _made(request, show_id, "packed"), headers={"Content-Encoding": "gzip", **vary})


@get("/api/shows/{show_id:str}/report.xlsx")
async def download_report(request: AnyRequest, show_id: str) -> Response[bytes]:
    """The report as a workbook."""
    return _file(await _made(request, show_id, "xlsx"), XLSX, f"{show_id}-report.xlsx")


@get("/api/shows/{show_id:str}/report.pdf")
async def print_report(request: AnyRequest, show_id: str) -> Response[bytes]:
    """The report on A4."""
    return _file(await _made(request, show_id, "pdf"), PDF, f"{show_id}-report.pdf")


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    return Response(body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = [read_report, download_report, print_report]
