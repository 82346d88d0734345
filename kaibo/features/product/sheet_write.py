"""The list of products as a workbook in the trade's usual columns; reading it back gives the same products."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kaibo.core.money import to_major
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.sheet_row import LIST_MARKS, WORD_MARKS
from kaibo.features.product.sheet_variants import in_one_cell
from kaibo.kit.cells import written
from kaibo.kit.sheet_values import joined
from kaibo.kit.workbook import workbook_bytes

HEADERS = (
    "商品編號", "商品名稱", "規格", "款型", "成本", "原價", "直播價", "庫存", "限購", "賣點", "常見疑問", "標準回答", "證書", "禁語",
)  # fmt: skip
ITEM_NAMES = {"traffic": "引流", "welfare": "福利", "hero": "主推", "profit": "利潤", "image": "形象"}


def write_products_xlsx(products: Sequence[ProductSheet], currency: str) -> bytes:
    """An xlsx of the products in order; amounts in major units of the currency."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "商品"
    for number, row in enumerate((HEADERS, *(_row(product, currency) for product in products)), start=1):
        for at, value in enumerate(row, start=1):
            _put(sheet, number, at, value)
    sheet.freeze_panes = "C2"
    for at in range(1, len(HEADERS) + 1):
        sheet.cell(1, at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = 24 if at in (2, 10, 11, 12) else 12
    return workbook_bytes(book)


def _row(product: ProductSheet, currency: str) -> tuple[object, ...]:
    asked = [doubt.question for doubt in product.doubts]
    answered = [doubt.answer for doubt in product.doubts]
    return (
        product.product_id,
        product.name,
        in_one_cell(product.variants),
        ITEM_NAMES.get(product.item_type, ""),
        _major(product.cost_minor, currency),
        _major(product.list_price_minor, currency),
        _major(product.live_price_minor, currency),
        product.stock,
        product.per_buyer_limit,
        joined(product.selling_points, "；", LIST_MARKS),
        "\n".join(asked) + ("\n" if len(asked) == 1 and any(mark in asked[0] for mark in "；;") else ""),
        "\n".join(answered),
        joined(product.certificates, "；", WORD_MARKS),
        joined(product.must_not_say, "；", WORD_MARKS),
    )


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    """A value; a text that looks like a formula stays a text."""
    if value is None or value == "":
        return
    cell = sheet.cell(row, column, written(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _major(minor: int | None, currency: str) -> Decimal | int | None:
    if minor is None:
        return None
    major = to_major(minor, currency)
    return int(major) if major == major.to_integral_value() else major
