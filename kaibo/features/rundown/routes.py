"""The rundown from a file, and as one."""

from collections.abc import Mapping, Sequence
from functools import partial

from litestar import Response, get, post

from kaibo.core.errors import NotFound
from kaibo.core.stream import StreamFold
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.shown import CARDS
from kaibo.features.rundown.commands import ImportRundown
from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.sheet import read_rundown
from kaibo.features.rundown.show_cues import CUES
from kaibo.features.show.shown import HEAD, ShowRow
from kaibo.kit.apart import Apart
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation, Schema
from kaibo.kit.sheets import ImportReport
from kaibo.kit.uploads import IMPORT_QUERY, flag_of, understood

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOW = "/api/streams/show/{stream_id}"
QUERY: dict[str, Schema] = {**IMPORT_QUERY, "replace": {"type": "boolean"}}
OPERATIONS = (
    Operation(
        "post", f"{SHOW}/imports/rundown", "Read a rundown from a sheet; `dry_run` only reports, `replace` removes what was planned.",
        answer=ImportReport, query=QUERY, upload=True,
    ),
    Operation("get", f"{SHOW}/exports/rundown.xlsx", "The rundown as a workbook.", answer=XLSX),
)  # fmt: skip


def _head(fold: StreamFold) -> ShowRow:
    head = fold.row(HEAD, "show")
    if head is None:
        raise NotFound(kind="stream", id=fold.stream)
    return head


def _products(fold: StreamFold) -> Mapping[str, ProductSheet]:
    """The show's products, as their own view tells."""
    names = ProductSheet.__struct_fields__
    return {key: ProductSheet(**{name: getattr(card, name) for name in names}) for key, card in fold.rows(CARDS).items()}


@post("/api/streams/show/{stream_id:str}/imports/rundown", status_code=200)
async def import_rundown(request: AnyRequest, stream_id: str) -> Json:
    """Read a rundown from a sheet; `dry_run` only reports, `replace` removes what was planned."""
    caller = await caller_of(request)
    engine = engine_of(request)
    stream = f"show/{stream_id}"
    fold = await engine.fold(stream)
    engine.role_for(caller, ImportRundown.duty, fold)
    head = _head(fold)
    replace = flag_of(request, "replace")
    read = partial(
        read_rundown,
        starts_at=head.starts_at,
        ends_at=head.ends_at,
        zone=head.timezone,
        currency=head.currency,
        products=_products(fold),
        salt=f"{fold.seq:x}-",
    )
    found = await understood(request, read)
    if found.reading is not None and found.reading.cues:
        report = found.reading.report
        command = ImportRundown(filename=report.filename, cues=found.reading.cues, notes=report.lines(), replace=replace)
        await engine.submit(stream, command, caller)
    return Json(found.report)


def rundown_workbook(cues: Sequence[Cue], head: ShowRow, products: Mapping[str, ProductSheet]) -> bytes:
    """The rundown as an xlsx. Called apart from the server, which never loads what fills workbooks."""
    from kaibo.features.rundown.sheet_write import write_rundown_xlsx  # noqa: PLC0415

    return write_rundown_xlsx(
        cues,
        title=head.title,
        starts_at=head.starts_at,
        ends_at=head.ends_at,
        zone=head.timezone,
        currency=head.currency,
        goal_gmv_minor=head.goal_gmv_minor,
        products=products,
    )


@get("/api/streams/show/{stream_id:str}/exports/rundown.xlsx")
async def export_rundown(request: AnyRequest, stream_id: str) -> Response[bytes]:
    """The rundown as a workbook, with planned starts."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{stream_id}")
    engine.role_for(caller, "rundown.read", fold)
    cues = [row.cue for row in sorted(fold.rows(CUES).values(), key=lambda row: row.rank)]
    apart: Apart = request.app.state.reports
    body = await apart(rundown_workbook, cues, _head(fold), _products(fold))
    headers = {"Content-Disposition": 'attachment; filename="rundown.xlsx"'}
    return Response(body, media_type=XLSX, headers=headers)


ROUTES = [import_rundown, export_rundown]
