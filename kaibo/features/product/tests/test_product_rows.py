"""A sheet with a row for each size: the same code with another variant is a variant of one product, and nothing is lost without a word."""

import io

import pytest
from openpyxl import Workbook

from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.sheet import ProductReading, read_products
from kaibo.kit.sheets import read_book

HEAD = "商品編號,商品名稱,規格,直播價,庫存\n"


def read(text: str, known: dict[str, ProductSheet] | None = None) -> ProductReading:
    return read_products(read_book(text.encode(), "shop.csv"), "TWD", known)


def notes(reading: ProductReading) -> set[tuple[str, str]]:
    return {(note.cell, note.code) for row in reading.report.rows for note in row.notes}


def told(reading: ProductReading) -> list[tuple[str, tuple[str, ...], int | None, int | None]]:
    return [(each.name, each.variants, each.live_price_minor, each.stock) for each in reading.products]


def test_a_row_for_each_size_is_one_product_in_all_of_them() -> None:
    reading = read(HEAD + "K1,上衣,S,299,10\nK1,上衣,M,299,20\nK2,帽子,,99,5\nK1,上衣,L,299,5\n")
    assert told(reading) == [("上衣", ("S", "M", "L"), 29900, 35), ("帽子", (), 9900, 5)]
    assert notes(reading) == {("E3", "product.stock_summed"), ("E5", "product.stock_summed")}
    assert [row.title for row in reading.report.rows] == ["上衣", "上衣 M", "帽子", "上衣 L"]


def test_what_a_product_has_once_is_said_by_its_cell_where_a_size_has_another() -> None:
    reading = read(HEAD + "K1,上衣,S,299,\nK1,上衣,M,329,\nK1,上衣,L,,\n")
    assert told(reading) == [("上衣", ("S", "M", "L"), 29900, None)]
    assert ("D3", "product.variant_keeps") in notes(reading)
    assert {cell for cell, code in notes(reading) if code == "product.variant_keeps"} == {"D3"}


@pytest.mark.parametrize(
    "rows",
    [
        "K1,上衣,S,299,10\n,,M,,20\n,,L,,5\n",  # the rest left blank, as people do
        "K1,上衣,S,299,10\nK1,,M,,20\nK1,,L,,5\n",
        "K1,上衣 S,S,299,10\nK1,上衣 M,M,299,20\nK1,上衣（L）,L,299,5\n",
        "K1,上衣,S、M,299,30\nk1,別的,,1,1\nK1,上衣,L,299,5\n",
    ],
)
def test_however_the_rows_are_written(rows: str) -> None:
    assert told(read(HEAD + rows))[0] == ("上衣", ("S", "M", "L"), 29900, 35)


def test_a_colour_and_a_size_in_two_columns_are_one_variant() -> None:
    reading = read("編號,品名,顏色,尺碼,庫存\nK1,上衣,黑,S,1\nK1,上衣,黑,M,2\nK1,上衣,白,S,3\nK2,帽,紅、藍,F、S,4\n")
    assert reading.products[0].variants == ("黑 S", "黑 M", "白 S")
    assert reading.products[1].variants == ("紅", "藍")
    assert {cell for cell, code in notes(reading) if code in ("sheet.cell_unread", "sheet.column_unread")} == {"D5"}


def test_a_first_row_of_the_whole_product_keeps_its_stock() -> None:
    reading = read(HEAD + "K1,上衣,,299,50\nK1,上衣,S,,20\nK1,上衣,M,,30\n")
    assert told(reading) == [("上衣", ("S", "M"), 29900, 50)]
    assert {("E3", "product.variant_keeps"), ("E4", "product.variant_keeps")} <= notes(reading)
    assert told(read(HEAD + "K1,上衣,,299,\nK1,上衣,S,,20\nK1,上衣,M,,30\n")) == [("上衣", ("S", "M"), 29900, 50)]


def test_a_stock_that_one_size_lacks_is_said() -> None:
    reading = read(HEAD + "K1,上衣,S,299,10\nK1,上衣,M,299,\n")
    assert (told(reading)[0][3], notes(reading)) == (10, {("C3", "product.stock_in_part")})
    reading = read(HEAD + "K1,上衣,S,299,\nK1,上衣,M,299,7\n")
    assert (told(reading)[0][3], notes(reading)) == (7, {("E3", "product.stock_in_part")})


@pytest.mark.parametrize("row", ["K1,褲子,M,299,1\n", "K1,上衣,S,299,1\n", "K1,上衣,,299,1\n", "K1,上衣,ｓ,299,1\n"])
def test_another_product_of_the_code_and_the_same_variant_again_are_left_out_and_said(row: str) -> None:
    reading = read(HEAD + "K1,上衣,S,299,10\n" + row)
    assert told(reading) == [("上衣", ("S",), 29900, 10)]
    assert ("A3", "product.id_repeated") in notes(reading)


def test_a_row_without_code_and_name_below_one_that_was_left_out_is_nobodys() -> None:
    reading = read(HEAD + "K1,上衣,S,299,10\n,別的,,,\n,,M,,5\n")
    assert told(reading) == [("上衣", ("S",), 29900, 10)]
    assert {("C4", "product.row_incomplete")} <= notes(reading)


def test_what_any_row_says_of_the_product_is_of_it() -> None:
    reading = read("編號,品名,規格,禁語,賣點\nK1,上衣,S,最強,透氣\nK1,上衣,M,第一,透氣；涼\n")
    (product,) = reading.products
    assert (product.must_not_say, product.selling_points) == (("最強", "第一"), ("透氣", "涼"))


def test_rows_of_a_product_the_show_has_change_what_they_have_columns_for() -> None:
    before = ProductSheet(product_id="K1", name="上衣", variants=("S",), live_price_minor=100, must_not_say=("最強",))
    reading = read(HEAD + "K1,上衣,S,299,10\nK1,上衣,M,329,x\n", {"K1": before})
    (product,) = reading.products
    assert (product.variants, product.live_price_minor, product.must_not_say) == (("S", "M"), 29900, ("最強",))
    assert product.stock is None  # a cell of the column was not understood: what stood there stays


def test_a_code_and_name_merged_over_the_rows_of_all_sizes() -> None:
    book = Workbook()
    rows = book.worksheets[0]
    for line in (["商品編號", "商品名稱", "規格", "直播價", "庫存"], ["K1", "上衣", "S", 299, 10], [None, None, "M", None, 20]):
        rows.append(line)
    for cells in ("A2:A3", "B2:B3", "D2:D3"):
        rows.merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    reading = read_products(read_book(written.getvalue(), "shop.xlsx"), "TWD")
    assert told(reading) == [("上衣", ("S", "M"), 29900, 30)]
    assert notes(reading) == {("E3", "product.stock_summed")}
