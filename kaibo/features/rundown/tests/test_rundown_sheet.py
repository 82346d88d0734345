"""A team's sheet becomes cues, and comes back the same; what is not understood is named by its cell."""

import io
import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from kaibo.core.errors import Refusal
from kaibo.features.product.facts import ProductSheet
from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.sheet import RundownReading, read_rundown
from kaibo.features.rundown.sheet_write import write_rundown_xlsx
from kaibo.features.rundown.wallclock import plan_instant
from kaibo.kit.item_types import item_words
from kaibo.kit.sheets import read_book
from kaibo.kit.words import LANGUAGES, words

ZONE = "Asia/Taipei"
DAY = date(2027, 3, 5)
START = plan_instant(DAY, "20:00", ZONE)
MINUTE = 60_000
PRODUCTS = {"K1": ProductSheet(product_id="K1", name="手沖咖啡壺", list_price_minor=129000, live_price_minor=99000)}
SHOW: dict[str, Any] = {
    "starts_at": START, "ends_at": START + 120 * MINUTE, "zone": ZONE, "currency": "TWD", "products": PRODUCTS,
}  # fmt: skip


def xlsx(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> RundownReading:
    return read_rundown(read_book(data, "plan.xlsx"), **SHOW)


def codes(reading: RundownReading) -> set[tuple[str, str]]:
    return {(note.cell, note.code) for row in reading.report.rows for note in row.notes}


def times(reading: RundownReading) -> list[tuple[str, int]]:
    return [(cue.start_mode, cue.duration_ms // MINUTE) for cue in reading.cues]


def test_traditional_sheet_with_a_gap_and_an_overlap() -> None:
    reading = read(
        xlsx(
            ("時間", "流程", "話術"),
            ("20：00～20：10", "開場", "歡迎；今晚有什麼；規則；抽獎"),
            ("20:15-20:30", "抽獎", None),
            ("20:25-20:40", "收尾", None),
        )
    )
    assert times(reading) == [("soft", 10), ("gap", 15), ("soft", 15)]
    assert reading.cues[1].start_at == START + 15 * MINUTE
    assert len(reading.cues[0].host_lines) == 3 and "抽獎" in reading.cues[0].extra.values()
    assert {("A3", "sheet.gap"), ("A4", "sheet.overlap"), ("C2", "sheet.points_rest")} <= codes(reading)


def test_simplified_sheet_with_lengths_only() -> None:
    reading = read(xlsx(("序号", "时长", "环节"), (1, "10分钟", "暖场"), (2, "１５", "秒杀"), (3, "1h", "休息")))
    assert times(reading) == [("soft", 10), ("soft", 15), ("soft", 60)]
    assert [cue.cue_type for cue in reading.cues] == ["interaction", "promo", "break"]


def test_english_sheet_with_excel_times() -> None:
    reading = read(
        xlsx(("Start", "Duration", "Segment", "Weather"), (time(20, 0), 5, "Opening", "dry"), (time(20, 5), 10, "Demo", None))
    )
    assert times(reading) == [("soft", 5), ("soft", 10)]
    assert reading.cues[0].extra == {"Weather": "dry"}


def test_english_sheet_with_evening_hours() -> None:
    assert times(read(xlsx(("Time", "Segment"), ("8:00 PM - 8:10 PM", "Intro"), ("8:10 PM - 8:30 PM", "Sale")))) == [
        ("soft", 10),
        ("soft", 20),
    ]


def test_sheet_past_midnight() -> None:
    reading = read(xlsx(("時間段", "環節"), ("20:00-25:00", "長講"), ("25:10-25:20", "加場"), ("翌日01:20-01:30", "收尾")))
    assert times(reading) == [("soft", 300), ("gap", 10), ("soft", 10)]


@pytest.mark.parametrize(
    ("times_of", "minutes"),
    [
        (("晚上10點", "晚上11點", "晚上12點", "晚上12點半", "晚上1點", "凌晨1點半"), [60, 60, 30, 30, 30]),
        (("晚上11:00-晚上12:00", "半夜12:00-半夜12:30", "晚12點半-晚1點"), [60, 30, 30]),
        (("11:00 PM-11:50 PM", "11:50-12:10 AM", "12:10-12:30 AM"), [50, 20, 20]),
        (("下午8點-下午9點", "晚上9點-晚上11點"), [60, 120]),
    ],
    ids=["starts", "spans", "the end says its half", "evening"],
)
def test_twelve_at_night_is_midnight_and_what_follows_it_is_small(times_of: Sequence[str], minutes: list[int]) -> None:
    reading = read(xlsx(("環節", "時間"), *((f"第{n}段", at) for n, at in enumerate(times_of))))
    cues = [cue for cue in reading.cues if cue.start_mode != "gap"]
    assert [cue.duration_ms // MINUTE for cue in cues][: len(minutes)] == minutes
    assert not {code for _, code in codes(reading)} & {"sheet.time_backwards", "sheet.end_before_start", "sheet.gap"}


def test_products_by_id_by_name_and_unknown() -> None:
    reading = read(
        xlsx(
            ("時間段", "環節", "商品編號", "商品"),
            ("20:00-20:10", "講解", "K1", None),
            (None, "講解", None, "手沖咖啡壺"),
            (None, "講解", "Z9", None),
        )
    )
    assert [cue.product_id for cue in reading.cues] == ["K1", "K1", None]
    assert reading.cues[2].extra == {"商品編號": "Z9"}
    assert ("C4", "sheet.product_unknown") in codes(reading)


def test_unread_times_and_prices_stay_with_the_cue() -> None:
    reading = read(xlsx(("時間段", "時長", "環節", "直播價"), ("稍後", "看情況", "講解", "待定")))
    assert {("A2", "sheet.time_unread"), ("B2", "sheet.duration_unread"), ("D2", "sheet.amount_unread")} <= codes(reading)
    assert {"稍後", "看情況", "待定"} <= set(reading.cues[0].extra.values())


def test_a_formula_stays_a_text() -> None:
    data = write_rundown_xlsx([Cue(cue_id="a", title='=HYPERLINK("x")', duration_ms=MINUTE)], title="+1", **SHOW)
    sheet: Any = load_workbook(io.BytesIO(data)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert read(data).cues[0].title == '=HYPERLINK("x")'


TEXT = st.text("咖啡壺水溫研磨ABC", min_size=1, max_size=8)
CUES = st.builds(
    Cue,
    cue_id=st.just("x"),
    title=TEXT,
    duration_ms=st.integers(1, 90).map(lambda minutes: minutes * MINUTE),
    cue_type=st.sampled_from(("product", "interaction", "promo", "draw", "break")),
    product_id=st.sampled_from((None, "K1")),
    item_type=st.sampled_from(("", "hero", "image")),
    mechanism=TEXT,
    host_lines=st.lists(TEXT, max_size=3).map(tuple),
    must_not_say=st.lists(TEXT, max_size=3).map(tuple),
    goal_gmv_minor=st.none() | st.integers(0, 10**9),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(CUES, min_size=1, max_size=6))
def test_what_is_written_reads_the_same(cues: list[Cue]) -> None:
    again = read(write_rundown_xlsx(cues, title="場", **SHOW)).cues
    assert [msgspec.structs.replace(cue, cue_id="x") for cue in again] == cues


def test_start_modes_come_back() -> None:
    cues = [
        Cue(cue_id="x", title="甲", duration_ms=10 * MINUTE),
        Cue(cue_id="x", title="乙", duration_ms=10 * MINUTE, start_mode="hard", start_at=START + 15 * MINUTE),
        Cue(cue_id="x", title="丙", duration_ms=10 * MINUTE, start_mode="gap", start_at=START + 20 * MINUTE),
        Cue(cue_id="x", title="丁", duration_ms=10 * MINUTE, start_mode="count_to_end", start_at=START + 40 * MINUTE),
    ]
    again = read(write_rundown_xlsx(cues, title="場", **SHOW)).cues
    assert [msgspec.structs.replace(cue, cue_id="x") for cue in again] == cues


@pytest.mark.parametrize("days", [-2, -1, 1, 2])
def test_a_first_cue_that_stands_on_another_day_is_written_with_its_day(days: int) -> None:
    day = DAY + timedelta(days=days)
    at = plan_instant(day, "20:00", ZONE)
    cues = [
        Cue(cue_id="x", title="開場", duration_ms=10 * MINUTE, start_mode="hard", start_at=at),
        Cue(cue_id="x", title="講解", duration_ms=10 * MINUTE),
    ]
    data = write_rundown_xlsx(cues, title="場", **SHOW)
    sheet: Any = load_workbook(io.BytesIO(data)).active
    written = [str(cell.value) for row in sheet.iter_rows(min_row=5) for cell in row if cell.value is not None]
    assert any(text.startswith(f"{day.isoformat()} 20:00") for text in written), written
    again = read(data).cues  # a sheet's first day is the show's, as with every sheet that was copied
    assert [cue.start_at for cue in again] == [START, None]


WHOLE = xlsx(("時間段", "環節"), ("20:00-20:10", "開場"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.integers(0, len(WHOLE) - 1).map(lambda end: WHOLE[:end]))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read(data)
    except Refusal as refusal:
        assert refusal.status == 422


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"<html></html>", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match=re.escape("sheet.")):
        read(data)


def test_every_language_has_the_same_words() -> None:
    keys = [{key for key in words(language) if key.startswith("sheet.")} for language in LANGUAGES]
    assert keys[0] and keys[0] == keys[1] == keys[2]


def test_a_name_written_otherwise_is_matched_and_told() -> None:
    reading = read(xlsx(("時間段", "環節", "商品"), ("20:00-20:10", "講解", "手沖咖啡壺 加大版")))
    assert reading.cues[0].product_id == "K1"
    assert ("C2", "sheet.product_named") in codes(reading)


@pytest.mark.parametrize("word", item_words())
def test_every_word_for_what_a_product_is_there_for_is_read(word: str) -> None:
    """As in the sheet of the shop: one team writes both."""
    reading = read(f"序號,時間段,商品名稱,款型\n1,20:00-20:10,面膜,{word}\n".encode())
    assert [cue.item_type for cue in reading.cues] == [item_words()[word]]
