"""Sheets of eight teams, none like the other: each is understood, and what is not stands in the report by its cell."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from kaibo.core.errors import Refusal
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.sheet import read_products
from kaibo.features.rundown.columns import COLUMNS
from kaibo.features.rundown.facts import Cue
from kaibo.features.rundown.sheet import RundownReading, read_rundown
from kaibo.features.rundown.sheet_write import write_rundown_xlsx
from kaibo.features.rundown.wallclock import plan_instant
from kaibo.kit.sheets import read_book

ZONE = "Asia/Taipei"
DAY = datetime(2027, 3, 5).date()
MINUTE = 60_000
SHARED = Path(__file__).parents[4] / ".." / "shared" / "data"
PRODUCTS = {
    "K1": ProductSheet(product_id="K1", name="手沖咖啡壺 600ml", list_price_minor=129000, live_price_minor=99000),
    "K2": ProductSheet(product_id="K2", name="馬克杯", list_price_minor=39000, live_price_minor=29000),
    "K3": ProductSheet(product_id="K3", name="濾紙組"),
}


def show(start: str = "20:00", minutes: int = 120, currency: str = "TWD") -> dict[str, Any]:
    starts_at = plan_instant(DAY, start, ZONE)
    return {
        "starts_at": starts_at, "ends_at": starts_at + minutes * MINUTE, "zone": ZONE, "currency": currency, "products": PRODUCTS,
    }  # fmt: skip


def xlsx(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merge(*areas: str) -> Callable[[Any], None]:
    return lambda sheet: [sheet.merge_cells(area) for area in areas] and None


def read(data: bytes, **of_show: Any) -> RundownReading:
    return read_rundown(read_book(data, "plan.xlsx"), **show(**of_show))


def codes(reading: RundownReading) -> dict[str, str]:
    return {note.cell or str(row.row): note.code for row in reading.report.rows for note in row.notes}


def plan(reading: RundownReading) -> list[tuple[str, float, str]]:
    return [(cue.title, cue.duration_ms / MINUTE, cue.start_mode) for cue in reading.cues]


def test_merged_title_full_width_digits_and_a_rehearsal_before_the_show() -> None:
    reading = read(
        xlsx(
            [
                ("週年慶寵粉夜 直播流程表",),
                ("直播日期：2027年3月5日", "", "", "目標GMV：18萬"),
                (),
                ("序", "時　間", "環節", "產品", "到手價", "話術要點", "違禁詞"),
                ("１", "１９：３０～１９：４０", "暖場", "", "", "①問候②福利", ""),
                ("２", "", "講解", "手沖咖啡壺 600ml", "990元", "1、材質\n2、手感\n3、用法\n4、逼單", "最好，第一"),
                ("３", "20:00~20:15", "講解", "馬克杯", "ＮＴ＄２９０", "質地", ""),
                ("第二階段：福利",),
                ("４", "20:20", "抽獎"),
                ("", "合計"),
            ],
            merge("A1:G1", "A8:G8"),
        )
    )
    assert reading.head == {"title": "週年慶寵粉夜", "date": "2027-03-05", "goal_gmv_minor": 18000000}
    assert plan(reading) == [("暖場", 10, "hard"), ("講解", 20, "soft"), ("講解", 15, "soft"), ("抽獎", 100, "gap")]
    assert [cue.host_lines for cue in reading.cues[:2]] == [("問候", "福利"), ("1、材質", "2、手感", "3、用法")]
    assert reading.cues[1].extra == {"話術要點（其餘）": "4、逼單\n"}
    assert (reading.cues[1].product_id, reading.cues[1].must_not_say) == ("K1", ("最好", "第一"))
    assert codes(reading) == {
        "B5": "sheet.first_differs", "F6": "sheet.points_rest", "A8": "sheet.section_row", "B9": "sheet.gap", "B10": "sheet.total_row",
    }  # fmt: skip


def test_simplified_sheet_with_durations_only() -> None:
    rows = [
        ("时长", "流程", "产品名称", "货号", "日常价", "直播间价", "主播话术", "中控"),
        ("5分钟", "开场", "", "", "", "", "欢迎；预告", ""),
        ("15", "过款", "手冲咖啡壶", "k1", "￥1,290", "￥990", "", "挂链接"),
        ("1h", "过款", "滤纸组", "K3", "690", "", "", ""),
        ("90s", "休息", "", "", "", "", "", ""),
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    reading = read(out.getvalue().encode("gbk"), currency="CNY")
    assert plan(reading) == [("开场", 5, "soft"), ("过款", 15, "soft"), ("过款", 60, "soft"), ("休息", 1.5, "soft")]
    assert [cue.product_id for cue in reading.cues] == [None, "K1", "K3", None]
    assert reading.cues[2].extra == {"日常价": "690"}  # the product has no price to hold it against
    assert {row.status for row in reading.report.rows} == {"ok"}


def test_english_sheet_with_excel_times_and_a_column_of_its_own() -> None:
    reading = read(
        xlsx(
            [
                ("Show: Coffee Week",),
                ("Start time", "8:00 PM", "End time", "10:00 PM"),
                ("#", "Planned start", "Duration (min)", "Segment", "SKU", "Talking points", "Notes"),
                (1, "8:00 PM", 10, "Opening", "", "Hi; Offers; Teaser", ""),
                (2, time(20, 10), 20, "Demo", "K1", "a;b", "slow"),
                (3, datetime(2020, 1, 1, 20, 30), timedelta(minutes=15), "Giveaway", "", "", ""),
                (4, "20:50", "abc", "Closing", "ZZ9", "", "call back"),
            ]
        )
    )
    assert reading.head["title"] == "Coffee Week"
    assert reading.head["ends_at"] - reading.head["starts_at"] == 120 * MINUTE
    assert [cue.cue_type for cue in reading.cues] == ["interaction", "product", "draw", "interaction"]
    assert [cue.duration_ms // MINUTE for cue in reading.cues] == [10, 20, 15, 70]
    assert reading.cues[3].extra == {"Duration (min)": "abc", "SKU": "ZZ9", "Notes": "call back"}
    assert codes(reading)["E7"] == "sheet.product_unknown"


def test_two_header_rows_and_one_time_for_two_rows() -> None:
    reading = read(
        xlsx(
            [
                ("序號", "時間", "", "環節", "商品資訊", "", "主播"),
                ("", "開始", "結束", "", "商品", "直播價", "話術"),
                (1, "20:00", "20:30", "講解", "手沖咖啡壺", "990", "a"),
                (2, "", "", "講解", "馬克杯", "290", "b"),
                (3, "20:30", "20:40", "抽獎"),
                ("序號", "開始", "結束", "環節", "商品", "直播價", "話術"),
                (4, "20:50", "20:45", "收尾"),
            ],
            merge("B1:C1", "E1:F1", "A1:A2", "D1:D2", "B3:B4", "C3:C4"),
        )
    )
    assert [(title, minutes) for title, minutes, _ in plan(reading)] == [("講解", 15), ("講解", 15), ("抽獎", 10), ("收尾", 70)]
    assert (codes(reading)["A6"], codes(reading)["B3"]) == ("sheet.heading_row", "sheet.time_shared")


def test_past_midnight_in_another_order_of_columns() -> None:
    reading = read(
        xlsx(
            [
                ("環節", "商品編號", "開始時間", "時長"),
                ("開場", "", time(23, 30), time(0, 20)),
                ("講解", "K1", time(23, 50), time(0, 30)),
                ("講解", "K1、K2", "00:20", "00:30"),
                ("講解", "K2", "翌日00:50", "40"),
                ("收尾", "", "25:30", "10:00"),
            ]
        ),
        start="23:30",
    )
    assert [minutes for _, minutes, _ in plan(reading)] == [20, 30, 30, 40, 10]
    assert {cue.start_mode for cue in reading.cues} == {"soft"}
    assert codes(reading) == {"B4": "sheet.product_several", "D6": "sheet.duration_as_minutes"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp950", "gb18030", "utf-16"])
def test_a_sheet_that_counts_from_nought(encoding: str) -> None:
    text = '時間,環節,話術\n00:00-00:05,開場,大家好\n00:05-00:25,講解,"多行\n文字, 逗號"\n'
    reading = read(text.encode(encoding))
    assert plan(reading) == [("開場", 5, "soft"), ("講解", 20, "soft")]
    assert reading.cues[1].host_lines == ("多行", "文字, 逗號")
    assert codes(reading) == {"A2": "sheet.clock_from_zero"}


def test_headers_in_two_languages_and_products_by_name() -> None:
    reading = read(
        xlsx(
            [
                ("時間", "流程", "商品"),
                ("Time", "Segment", "Product"),
                ("20:00-20:10", "開場", ""),
                ("20:10-20:30", "講解", "K1 手沖咖啡壺"),
                ("20:30-20:40", "", "不在表上的茶"),
                ("20:40-20:50", "", ""),
                ("待定", "神秘嘉賓", ""),
            ]
        )
    )
    assert [(cue.title, cue.product_id) for cue in reading.cues] == [
        ("開場", None), ("講解", "K1"), ("不在表上的茶", None), ("神秘嘉賓", None),
    ]  # fmt: skip
    assert codes(reading)["A6"] == "sheet.nothing_but_time"
    assert codes(reading)["C5"] == "sheet.product_unmatched"


def test_a_price_that_is_not_the_products_is_told_and_kept() -> None:
    reading = read(xlsx([("環節", "商品編號", "直播價"), ("講解", "K1", "888")]))
    assert reading.cues[0].extra == {"直播價": "888"}
    assert codes(reading)["C2"] == "sheet.price_differs"


def test_two_imports_of_one_file_do_not_collide() -> None:
    book = read_book(xlsx([("環節", "時長"), ("開場", 5)]), "a.xlsx")
    first, again, salted = (read_rundown(book, **show(), salt=salt).cues[0].cue_id for salt in ("", "", "9-"))
    assert first == again != salted


def test_the_sample_comes_back_cell_for_cell() -> None:
    if not (SHARED / "rundown-sample.xlsx").exists():
        pytest.skip("the sample sheets are not here")
    products = read_products(read_book((SHARED / "products-sample.csv").read_bytes(), "p.csv"), "TWD").products
    data = (SHARED / "rundown-sample.xlsx").read_bytes()
    starts_at = plan_instant(datetime(2026, 11, 28).date(), "20:00", ZONE)
    at: dict[str, Any] = {
        "starts_at": starts_at, "ends_at": starts_at + 120 * MINUTE, "zone": ZONE, "currency": "TWD",
        "products": {product.product_id: product for product in products},
    }  # fmt: skip
    reading = read_rundown(read_book(data, "r.xlsx"), **at)
    assert {row.status for row in reading.report.rows} == {"ok"}
    assert not any(row.notes for row in reading.report.rows)
    again = write_rundown_xlsx(reading.cues, title=reading.head["title"], goal_gmv_minor=reading.head["goal_gmv_minor"], **at)
    assert shown(again) == shown(data)


def shown(data: bytes) -> list[list[str]]:
    """Cells as text; ； and 、 part points alike."""
    sheet: Any = load_workbook(io.BytesIO(data)).active
    return [[str(value or "").replace("；", "、") for value in row] for row in sheet.values]


CELLS = st.text(max_size=8) | st.sampled_from(
    (
        "20:00-20:10",
        "25:10",
        "99:99",
        "0001-01-01 20:00",
        "9999-12-31 23:00",
        "翌日47:00",
        "1e999",
        "٣٠",
        "½",
        "一",
        "nan",
        "K1、K2",
        "1:2:3",
    )
)
HEADERS = ("時間段", "時長", "環節", "商品編號", "商品", "直播價", "話術", "目標", "固定開始時間", "開始方式")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=10), min_size=1, max_size=5))
def test_whatever_stands_in_the_cells_is_read_or_refused(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADERS, *rows])
    try:
        msgspec.json.encode(read(out.getvalue().encode("utf-8", "replace")).report)
    except Refusal as refusal:
        assert refusal.status == 422


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=10).map(str.strip)
LINE = TEXT.filter(bool)
EXTRA = st.dictionaries(LINE.filter(lambda key: COLUMNS.field(key) is None), LINE, max_size=2)


@st.composite
def plans(draw: st.DrawFn) -> list[Cue]:
    """Cues with every way to start, in any order of times, to the second, within ten hours of the show: beyond, 8:00 may mean the evening."""
    starts_at = show()["starts_at"]
    cues: list[Cue] = []
    for _ in range(draw(st.integers(1, 5))):
        mode = draw(st.sampled_from(("soft", "soft", "hard", "gap", "count_to_end")))
        at = starts_at + draw(st.integers(0, 10 * 3600)) * 1000
        cues.append(
            Cue(
                cue_id="x",
                title=draw(LINE),
                duration_ms=draw(st.integers(0, 7200)) * 1000,
                cue_type=draw(st.sampled_from(("product", "interaction", "promo", "draw", "break"))),
                start_mode=mode,  # type: ignore[arg-type]
                start_at=None if mode == "soft" else at,
                product_id=draw(st.sampled_from((None, "K1", "K3"))),
                item_type=draw(st.sampled_from(("", "hero", "image"))),
                mechanism=draw(TEXT),
                host_lines=tuple(draw(st.lists(LINE, max_size=3))),
                proof=draw(TEXT),
                operations_action=draw(TEXT),
                must_not_say=tuple(draw(st.lists(st.text("最好第一", min_size=1, max_size=3), max_size=3))),
                goal_gmv_minor=draw(st.none() | st.integers(0, 10**10)),
                extra=draw(EXTRA),
            )
        )
    return cues


@settings(max_examples=100, deadline=None)
@given(plans())
def test_what_is_written_reads_the_same(cues: list[Cue]) -> None:
    """read(write(x)) == x, but for the ids; and the same plan is the same file."""
    data = write_rundown_xlsx(cues, title="場", **show())
    assert data == write_rundown_xlsx(cues, title="場", **show())
    assert [replace(cue, cue_id="x") for cue in read(data).cues] == cues
