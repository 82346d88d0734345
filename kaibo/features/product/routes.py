"""Products from a file."""

from collections.abc import Mapping, Sequence
from functools import partial

from litestar import Response, get, post

from kaibo.core.errors import NotFound
from kaibo.core.money import amount
from kaibo.core.stream import StreamFold
from kaibo.features.claim.shown import STOCK
from kaibo.features.product.commands import ImportProducts
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.sheet import read_products
from kaibo.features.product.view import CARDS
from kaibo.features.show.shown import HEAD, ShowRow
from kaibo.kit.apart import Apart
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.sheets import ImportReport
from kaibo.kit.uploads import IMPORT_QUERY, understood

PATH = "/api/streams/show/{stream_id}/imports/products"
EXPORT = "/api/streams/show/{stream_id}/exports/products.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPERATIONS = (
    Operation("post", PATH, "Read products from a sheet; `dry_run` only reports.", answer=ImportReport, query=IMPORT_QUERY, upload=True),
    Operation("get", EXPORT, "The products as a workbook.", answer=XLSX),
)  # fmt: skip


def _known(fold: StreamFold) -> Mapping[str, ProductSheet]:
    """The products the show has already."""
    names = ProductSheet.__struct_fields__
    return {key: ProductSheet(**{name: getattr(card, name) for name in names}) for key, card in fold.rows(CARDS).items()}


def _taken(fold: StreamFold) -> Mapping[str, tuple[str, ...]]:
    """The variants that claims hold or wait for, or that orders have."""
    taken: dict[str, tuple[str, ...]] = {}
    for row in fold.rows(STOCK).values():
        if row.variant and (row.held or row.waits or row.ordered):
            taken[row.product_id] = (*taken.get(row.product_id, ()), row.variant)
    return taken


def _promoted(fold: StreamFold) -> Mapping[str, str]:
    """The promo prices that the sheet cannot change, in words."""
    cards = fold.rows(CARDS).values()
    return {
        card.product_id: amount(card.promo_price_minor, card.currency) for card in cards if card.promo_price_minor is not None
    }


def _head(fold: StreamFold) -> ShowRow:
    head = fold.row(HEAD, "show")
    if head is None:
        raise NotFound(kind="stream", id=fold.stream)
    return head


@post("/api/streams/show/{stream_id:str}/imports/products", status_code=200)
async def import_products(request: AnyRequest, stream_id: str) -> Json:
    """Read products from a sheet; `dry_run` only reports."""
    caller = await caller_of(request)
    engine = engine_of(request)
    stream = f"show/{stream_id}"
    fold = await engine.fold(stream)
    engine.role_for(caller, ImportProducts.duty, fold)
    head = _head(fold)
    found = await understood(
        request,
        partial(read_products, currency=head.currency, known=_known(fold), promoted=_promoted(fold), taken=_taken(fold)),
    )
    if found.reading is not None and found.reading.products:
        report = found.reading.report
        command = ImportProducts(
            filename=report.filename, currency=head.currency, products=found.reading.products, notes=report.lines()
        )
        await engine.submit(stream, command, caller)
    return Json(found.report)


def products_workbook(products: Sequence[ProductSheet], currency: str) -> bytes:
    """The products as an xlsx. Called apart from the server, which never loads what fills workbooks."""
    from kaibo.features.product.sheet_write import write_products_xlsx  # noqa: PLC0415

    return write_products_xlsx(products, currency)


@get("/api/streams/show/{stream_id:str}/exports/products.xlsx")
async def export_products(request: AnyRequest, stream_id: str) -> Response[bytes]:
    """The products as a workbook, in the order of their ids."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{stream_id}")
    engine.role_for(caller, "product.read", fold)
    products = [sheet for _, sheet in sorted(_known(fold).items())]
    headers = {"Content-Disposition": 'attachment; filename="products.xlsx"'}
    apart: Apart = request.app.state.reports
    body = await apart(products_workbook, products, _head(fold).currency)
    return Response(body, media_type=XLSX, headers=headers)


ROUTES = [import_products, export_products]
