"""Ids that a spreadsheet keeps as numbers: what people see is the id, and what is lost is said."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from kaibo.features.product.sheet import ProductReading, read_products
from kaibo.features.rundown.sheet import read_rundown
from kaibo.kit.sheets import Book, read_book


def numbered(number_format: str, *values: float, header: tuple[str, ...] = ("商品編號", "商品名稱", "直播價", "庫存")) -> Book:
    """Rows whose first cell and last one are numbers in this format."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(header)
    for place, value in enumerate(values, start=2):
        sheet.append((value, f"杯{place}", 990, 12))
        sheet.cell(place, 1).number_format = sheet.cell(place, 4).number_format = number_format
    data = io.BytesIO()
    book.save(data)
    return read_book(data.getvalue(), "p.xlsx")


def notes(found: ProductReading) -> list[tuple[str, str]]:
    return [(note.cell, note.code) for row in found.report.rows for note in row.notes]


@pytest.mark.parametrize(
    ("number_format", "value", "product_id"),
    [
        ("00000", 12, "00012"),
        ("00000", 1234567, "1234567"),
        ("[$-404]00000;-00000", 7, "00007"),
        ('"K"000', 12, "K012"),
        ("000-000", 12345, "012-345"),
        ("0000\\-00", 1234567, "12345-67"),
        ("0", 12, "12"),
        ("General", 12, "12"),
        ("#,##0", 1200, "1200"),
        ("0000000000000", 4710012345678, "4710012345678"),
    ],
)
def test_an_id_is_what_is_seen(number_format: str, value: int, product_id: str) -> None:
    found = read_products(numbered(number_format, value), "TWD")
    assert [(each.product_id, each.stock) for each in found.products] == [(product_id, 12)]
    assert notes(found) == []


def test_a_rundown_names_a_product_by_the_id_that_is_seen() -> None:
    products = {each.product_id: each for each in read_products(numbered("00000", 12), "TWD").products}
    book = numbered("00000", 12, header=("商品編號", "環節", "直播價", "時長"))
    (cue,) = read_rundown(book, starts_at=0, ends_at=1, zone="UTC", currency="TWD", products=products).cues
    assert (cue.product_id, cue.duration_ms) == ("00012", 12 * 60_000)


def test_an_id_that_lost_its_last_digits_is_said_in_any_column() -> None:
    text = "商品編號,商品名稱,條碼\n4.71E+12,壺,4.71001E+12\nB2,杯,4710012345678\n１Ｅ３,盤,1E5\n"
    found = read_products(read_book(text.encode(), "a.csv"), "TWD")
    assert [each.product_id for each in found.products] == ["4.71E+12", "B2", "1E3"]
    lost = [(cell, code) for cell, code in notes(found) if code == "sheet.digits_lost"]
    assert lost == [("A2", "sheet.digits_lost"), ("C2", "sheet.digits_lost")]


def test_a_number_longer_than_a_spreadsheet_keeps_is_said() -> None:
    assert notes(read_products(numbered("0", 4.71001234567890e18), "TWD")) == [("A2", "sheet.digits_lost")]


def test_a_rundown_says_it_too() -> None:
    book = read_book("環節,商品編號,條碼,時長\n講解,4.71E+12,4.71E+12,5\n".encode(), "a.csv")
    rows = read_rundown(book, starts_at=0, ends_at=1, zone="UTC", currency="TWD", products={}).report.rows
    told = [note.cell for row in rows for note in row.notes if note.code == "sheet.digits_lost"]
    assert told == ["B2", "C2"]
