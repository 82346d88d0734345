"""Files of any team are read or refused in words, never with a server error; what a cell shows is what is read."""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from kaibo.core.errors import Refusal
from kaibo.core.money import EXPONENTS, SIGNS, exponent, to_major
from kaibo.kit.sheet_amounts import amount_minor
from kaibo.kit.sheet_values import count_cell, points
from kaibo.kit.sheets import Book, Cell, EmptySheet, LegacyExcel, NotASheet, SheetTooLarge, UnknownEncoding, read_book
from kaibo.kit.spans import column_of, letters_of

UI = Path(__file__).parents[1] / "web" / "src" / "ui"
TRADITIONAL = "序號,時間段,商品名稱,直播價\n1,20:00-20:10,玻尿酸保濕面膜,299\n2,20:10-20:30,「限量」茶具組,1490\n"
SIMPLIFIED = "序号,时间段,商品名称,直播价\n1,20:00-20:10,玻尿酸保湿面膜,299\n2,20:10-20:30,“限量”茶具组,1490\n"


def written(change: Callable[[Any, Any], None]) -> bytes:
    book = Workbook()
    change(book, book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(book: Book) -> list[list[str]]:
    return [[cell.text for _, cell in sorted(cells.items())] for _, cells in sorted(book.tables[0].rows.items())]


def cells(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("500", 500), ("１，２００", 1200), ("1,000,000", 1_000_000), ("1 200", 1200), ("1'200", 1200), ("1,200 件", 1200), ("500,00", None),
        ("9,99", None), ("12,5", None), ("1,5", None), ("10 20", None), ("1,,000", None), (",500", None), ("1200,00", None), ("1,000 000", None),
    ],
)  # fmt: skip
def test_a_mark_in_a_count_parts_thousands_or_it_is_none(text: str, count: int | None) -> None:
    assert count_cell(Cell(1, 1, text)) == count


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp950", "gb18030"])
def test_traditional_text_in_every_usual_encoding(encoding: str) -> None:
    assert shown(read_book(TRADITIONAL.encode(encoding), "a.csv")) == cells(TRADITIONAL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gbk", "gb18030"])
def test_simplified_text_in_every_usual_encoding(encoding: str) -> None:
    assert shown(read_book(SIMPLIFIED.encode(encoding), "a.csv")) == cells(SIMPLIFIED)


@pytest.mark.parametrize(
    ("text", "encoding"), [("商品,價格\nA1,1\n", "cp950"), ("商品,价格\nA1,1\n", "gbk"), ("名稱\n茶\n", "cp950")]
)
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert shown(read_book(text.encode(encoding), "a.csv")) == cells(text)


def test_utf8_cut_in_a_character_stays_utf8_and_says_so() -> None:
    book = read_book(TRADITIONAL.encode()[:-12] + b"\xe8", "a.csv")
    assert shown(book)[0] == cells(TRADITIONAL)[0]
    assert [note.code for row in book.asides for note in row.notes] == ["sheet.bytes_unread"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiter_quotes_and_line_breaks_in_cells(delimiter: str) -> None:
    rows = (("環節", "話術", "備註"), ("開場", f'"問候\n""大家""好{delimiter}三點"', "粉"), ("收尾", "感謝", "白"))
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert shown(read_book(text.encode(), "a.txt"))[1] == ["開場", f'問候\n"大家"好{delimiter}三點', "粉"]


def test_excel_may_tell_the_delimiter() -> None:
    assert shown(read_book(b"sep=;\na,b;c\n1,2;3\n", "a.csv")) == [["a,b", "c"], ["1,2", "3"]]


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    book = read_book('環節,話術\n開場,"問候\n講解,成分\n'.encode(), "a.csv")
    assert [row[0] for row in shown(book)] == ["環節", "開場", "講解"]
    assert book.asides[0].notes[0].code == "sheet.quote_open"


def test_excel_cells_keep_what_they_show() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.append([time(20, 0), datetime(2027, 3, 5, 20, 30), timedelta(hours=25, minutes=10), 0.3, 1490.0, "文字"])
        sheet["D1"].number_format = "0%"
        sheet["A2"] = "=1+1"
        sheet["B2"] = "#REF!"
        sheet["B2"].data_type = "e"

    book = read_book(written(fill), "a.xlsx")
    assert shown(book)[0] == ["20:00", "2027-03-05 20:30", "25:10", "30%", "1490", "文字"]
    assert [(cell.address, cell.unread) for cell in book.tables[0].row(2).values()] == [
        ("A2", "sheet.formula_without_value"),
        ("B2", "sheet.error_value"),
    ]


def test_merged_cells_speak_for_the_rows_they_cover_and_hidden_sheets_are_told() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in (["標題", None, None], ["甲", "一", "x"], [None, "二", "y"]):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A3")
        sheet.row_dimensions[3].hidden = True
        hidden = book.create_sheet("舊的")
        hidden["A1"] = "x"
        hidden.sheet_state = "hidden"

    book = read_book(written(fill), "a.xlsx")
    table = book.tables[0]
    assert (table.row(1)[1].wide, table.row(3)[1].text, table.row(3)[1].spread, table.hidden_rows) == (3, "甲", True, {3})
    assert [row.title for row in book.asides] == ["舊的"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    return out.getvalue()


def merged_whole() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        sheet.append(["a", "b"])
        sheet.merge_cells("A1:B1")

    whole = written(fill)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'mergeCell ref="A1:B1"', b'mergeCell ref="A1:XFD1048576"'))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptySheet),
        (b"\xef\xbb\xbf \r\n", EmptySheet),
        (written(lambda book, sheet: None), EmptySheet),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotASheet),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", NotASheet),
        (b"%PDF-1.7", NotASheet),
        (b"PK\x03\x04 not a zip", NotASheet),
        (written(lambda book, sheet: sheet.append([1]))[:-40], NotASheet),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", LegacyExcel),
        (b"a,b\n" + b"1,2\n" * 5001, SheetTooLarge),
        (b",".join([b"x"] * 201), SheetTooLarge),
        (bomb(), SheetTooLarge),
        (merged_whole(), SheetTooLarge),
        (b"x" * (8 * 1024 * 1024 + 1), SheetTooLarge),
    ],
)
def test_what_is_no_sheet_is_refused(data: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        read_book(data, "檔案.xlsx")
    assert caught.value.status == 422


def two_rows(book: Any, sheet: Any) -> None:
    sheet.append(["環節", "時間"])
    sheet.append(["開場", time(20, 0)])


WHOLE = written(two_rows)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.integers(0, len(WHOLE)).map(lambda end: WHOLE[:end]))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_book(data, "a")
    except Refusal as refusal:
        assert refusal.status == 422


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_xlsx_with_damaged_parts_is_read_or_refused(data: st.DataObject) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as source, zipfile.ZipFile(out, "w") as target:
        damaged = data.draw(st.sampled_from(source.namelist()))
        for name in source.namelist():
            part = bytearray(source.read(name))
            if name == damaged:
                at = data.draw(st.integers(0, len(part) - 1))
                part[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
            target.writestr(name, bytes(part))
    try:
        read_book(out.getvalue(), "a.xlsx")
    except Refusal as refusal:
        assert refusal.status == 422


def test_text_that_no_encoding_makes_sense_of_is_refused() -> None:
    with pytest.raises((UnknownEncoding, NotASheet)):
        read_book(bytes(range(128, 256)) * 20, "a.csv")


@pytest.mark.parametrize(
    ("text", "minor"),
    [("1,490元", 149000), ("NT$1,490", 149000), ("$99.9", 9990), ("￥99.9", None), ("１４９０", 149000), ("18萬", 18000000), ("1.5k", 150000),
     ("299-399", None), ("面議", None), ("-5", None), ("1.234", None), ("", None)],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, minor: int | None) -> None:
    assert amount_minor(text, "TWD") == minor


@pytest.mark.parametrize(("currency", "text", "minor"), json.loads((UI / "amount.cases.json").read_text("utf-8")))
def test_amounts_by_their_currency(currency: str, text: str, minor: int | None) -> None:
    """The same cases as the grid of the web, where people type them."""
    assert amount_minor(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("US$12", "TWD", None), ("12 EUR", "TWD", None), ("RM 45.90", "MYR", 4590), ("12,50 €", "EUR", 1250), ("12,-", "EUR", 1200), ("5.000 Ft", "HUF", None),
     ("1 234", "TWD", 123400), ("12 34", "TWD", None), ("Rp 25.000", "IDR", None), ("99 kr", "SEK", 9900), ("1.234萬", "TWD", 1234000)],
)  # fmt: skip
def test_an_amount_in_another_currency_or_of_two_readings_is_left(text: str, currency: str, minor: int | None) -> None:
    assert amount_minor(text, currency) == minor


@given(st.integers(0, 10**9), st.sampled_from(["TWD", "JPY", "KWD", "EUR", "UGX", "CLF"]), st.booleans())
def test_an_amount_written_plainly_is_that_amount(minor: int, currency: str, grouped: bool) -> None:
    major = to_major(minor, currency)
    text = f"{major:,f}" if grouped else f"{major:f}"
    assert amount_minor(text, currency) == minor or (grouped and exponent(currency) >= 3)


@given(st.text("0123456789.,' $€元kw萬-", max_size=14), st.sampled_from(["TWD", "JPY", "KWD", "EUR"]))
def test_no_text_is_read_as_an_amount_with_other_digits(text: str, currency: str) -> None:
    """Whatever is read has the digits that are written, and noughts: never a part of them."""
    minor = amount_minor(text, currency)
    written = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isdigit()).strip("0")
    assert minor is None or str(minor).strip("0") == written


def test_the_web_knows_the_same_decimals() -> None:
    table = (UI / "currency.ts").read_text("utf-8")
    told = {code: int(digits) for code, digits in re.findall(r"([A-Z]{3}): (\d)", table)}
    assert told == EXPONENTS
    signs = re.search(r"SIGNS: Record<string, string> = (\{.*\})", table)
    assert signs is not None
    assert dict(re.findall(r"(\w+): '([^']+)'", signs[1])) == SIGNS


@pytest.mark.parametrize(
    ("text", "found"),
    [("問候、福利、預告", ("問候", "福利", "預告")), ("起泡；成分、表", ("起泡", "成分、表")), ("甲\n乙；丙", ("甲", "乙；丙")),
     ("①問候②福利", ("問候", "福利")), ("  ", ()), ("一句話，沒有分點", ("一句話，沒有分點",))],
)  # fmt: skip
def test_points_are_parted_by_the_strongest_mark(text: str, found: tuple[str, ...]) -> None:
    assert points(text) == found


def test_columns_are_named_as_workbooks_name_them() -> None:
    for column in (1, 26, 27, 52, 53, 702, 703, 16_384):
        assert letters_of(column) == get_column_letter(column)
        assert column_of(letters_of(column)) == column_index_from_string(get_column_letter(column)) == column
