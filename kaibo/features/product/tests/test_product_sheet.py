"""A shop's sheet becomes products; what is not understood is named by its cell."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kaibo.core.errors import Refusal
from kaibo.features.product.sheet import ProductReading, read_products
from kaibo.kit.item_types import item_words
from kaibo.kit.sheets import read_book


def read(text: str, encoding: str = "utf-8", currency: str = "TWD") -> ProductReading:
    return read_products(read_book(text.encode(encoding), "shop.csv"), currency)


def codes(reading: ProductReading) -> set[tuple[str, str]]:
    return {(note.cell, note.code) for row in reading.report.rows for note in row.notes}


def test_reads_a_traditional_sheet_of_any_encoding() -> None:
    text = '商品編號,商品名稱,款型,原價,直播價,庫存,賣點,禁語\nK1,手沖咖啡壺,引流款,"NT$1,290",990元,５０,耐熱；好洗,最強\n'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp950"):
        (product,) = read(text, encoding).products
        assert (product.product_id, product.item_type, product.list_price_minor) == ("K1", "traffic", 129000)
        assert (product.live_price_minor, product.stock, product.selling_points) == (99000, 50, ("耐熱", "好洗"))


@pytest.mark.parametrize("word", item_words())
def test_every_word_for_what_a_product_is_there_for_is_read(word: str) -> None:
    (product,) = read(f"商品編號,商品名稱,款型\nK1,手沖咖啡壺,{word}\n").products
    assert product.item_type == item_words()[word]


def test_reads_a_simplified_sheet() -> None:
    text = "商品编号\t商品名称\t直播价\t限购\nK1\t手冲咖啡壶\t￥99.9\t2件\n"
    (product,) = read(text, "gb18030", "CNY").products
    assert (product.live_price_minor, product.per_buyer_limit) == (9990, 2)


def test_a_limit_of_nought_is_none_and_a_mark_that_parts_no_thousands_is_told() -> None:
    reading = read('商品編號,商品名稱,庫存,限購\nK1,杯,"9,99",0\nK2,壺,"1,200",2\n')
    assert [(product.stock, product.per_buyer_limit) for product in reading.products] == [(None, None), (1200, 2)]
    assert codes(reading) == {("C2", "sheet.count_unread"), ("D2", "product.limit_none")}


def test_the_sign_of_another_currency_is_told_at_its_cell() -> None:
    reading = read("商品編號,商品名稱,直播價\nK1,杯,￥299\nK2,壺,$299\nK3,盤,299円\n")
    assert [product.live_price_minor for product in reading.products] == [None, 29900, None]
    assert codes(reading) == {("C2", "sheet.amount_unread"), ("C4", "sheet.amount_unread")}


def workbook(*prices: float) -> bytes:
    book = Workbook()
    rows = book.worksheets[0]
    rows.append(["商品編號", "商品名稱", "直播價"])
    for place, price in enumerate(prices):
        rows.append([f"K{place}", f"商品{place}", price])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_number_with_more_decimals_than_its_currency_is_told_at_its_cell() -> None:
    yen = read_products(read_book(workbook(299, 299.5, 0.3, 299.00000000000006), "a.xlsx"), "JPY")
    assert [product.live_price_minor for product in yen.products] == [299, None, None, 299]
    assert codes(yen) == {("C3", "sheet.amount_unread"), ("C4", "sheet.amount_unread")}
    dollars = read_products(read_book(workbook(0.1 + 0.2, 299.999, 100 / 3, 33333333.1 * 3), "a.xlsx"), "TWD")
    assert [product.live_price_minor for product in dollars.products] == [30, None, None, 9999999930]


def test_reads_an_english_sheet_with_questions() -> None:
    (product,) = read('SKU,Product name,Live price,Question,Answer\nK1,Kettle,99,"Safe?\nHeavy?","Yes.\nNo."\n').products
    assert [(each.question, each.answer) for each in product.doubts] == [("Safe?", "Yes."), ("Heavy?", "No.")]


def test_names_every_cell_it_did_not_understand() -> None:
    reading = read("商品編號,商品名稱,款型,成本,庫存,產地\nK1,杯,神秘,待定,很多,台南\n,無編號,,1,1,\nK1,又一個,,,,\n")
    assert {("C2", "sheet.choice_unread"), ("D2", "sheet.amount_unread"), ("E2", "sheet.count_unread")} <= codes(reading)
    assert {("F1", "sheet.column_unread"), ("A4", "product.id_repeated")} <= codes(reading)
    assert [row.status for row in reading.report.rows if row.row > 1] == ["partial", "skipped", "skipped"]
    assert len(reading.products) == reading.report.imported == 1


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_products(read_book(data, "x"), "TWD")
    except Refusal as refusal:
        assert refusal.status == 422
