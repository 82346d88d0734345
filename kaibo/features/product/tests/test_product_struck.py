"""Rows of a shop's sheet that are struck through, and columns that nobody sees."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from kaibo.features.product.sheet import ProductReading, read_products
from kaibo.kit.sheets import read_book

ROWS = (("商品編號", "商品名稱", "直播價", "成本"), ("U1", "砧板", 590, 200), ("U2", "鍋鏟", 199, 60), ("U3", "湯勺", 149, 40))


def reading(struck: str, hidden: str = "") -> ProductReading:
    """`struck`: cells from the left of row 3 that are crossed out, `A3:D3` as letters; `hidden`: a column."""
    book = Workbook()
    sheet: Any = book.active
    for row in ROWS:
        sheet.append(row)
    for letter in struck:
        sheet[f"{letter}3"].font = Font(strike=True)
    if hidden:
        sheet.column_dimensions[hidden].hidden = True
    data = io.BytesIO()
    book.save(data)
    return read_products(read_book(data.getvalue(), "p.xlsx"), "TWD")


def notes(found: ProductReading) -> list[tuple[str, str]]:
    return [(note.cell, note.code) for row in found.report.rows for note in row.notes]


def test_a_row_that_is_struck_through_is_no_product() -> None:
    found = reading("ABCD")
    assert [product.product_id for product in found.products] == ["U1", "U3"]
    assert notes(found) == [("A3", "sheet.struck_row")]


def test_a_cell_that_is_struck_through_is_read_and_said() -> None:
    found = reading("C")
    assert [product.live_price_minor for product in found.products] == [59000, 19900, 14900]
    assert notes(found) == [("C3", "sheet.struck_cell")]


def test_a_hidden_column_is_named() -> None:
    assert notes(reading("", "D")) == [("D1", "sheet.hidden_column")]
