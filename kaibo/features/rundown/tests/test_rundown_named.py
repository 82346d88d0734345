"""Stories of rows that name a product: by a code beside its name, struck through, in hidden columns, and before it is on the list."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.styles import Font

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.rundown.commands import CueLink, ImportRundown, LinkCues
from kaibo.features.rundown.facts import Cue, CueAdded, CueEdited
from kaibo.features.rundown.feature import FEATURE
from kaibo.features.rundown.sheet import RundownReading, read_rundown
from kaibo.features.rundown.sheet_clock import length_of
from kaibo.features.rundown.sheet_link import links
from kaibo.features.show.facts import ShowPlanned
from kaibo.kit.sheets import Cell, read_book

SIX = int(datetime(2026, 12, 12, 10, tzinfo=UTC).timestamp()) * 1000  # 18:00 in Taipei
HOUR = 3_600_000
GOODS = {
    "W20": ProductSheet(product_id="W20", name="不鏽鋼保溫杯", live_price_minor=59000),
    "W21": ProductSheet(product_id="W21", name="隨行杯 小", live_price_minor=39000),
    "W22": ProductSheet(product_id="W22", name="隨行杯 大", live_price_minor=49000),
    "W23": ProductSheet(product_id="W23", name="雙層玻璃杯", live_price_minor=29000),
    "W24": ProductSheet(product_id="W24", name="杯刷", live_price_minor=9900),
}
HEADERS = ("時間", "環節", "商品", "直播價", "話術", "時長(分)")


def book(
    rows: Sequence[Sequence[Any]], headers: Sequence[str] = HEADERS, struck: Sequence[int] = (), hidden: Sequence[str] = ()
) -> Any:
    workbook = Workbook()
    sheet: Any = workbook.active
    for row in (headers, *rows):
        sheet.append(list(row))
    for number in struck:
        for cell in sheet[number]:
            cell.font = Font(strike=True)
    for letter in hidden:
        sheet.column_dimensions[letter].hidden = True
    data = io.BytesIO()
    workbook.save(data)
    return read_book(data.getvalue(), "杯.xlsx")


def reading(told: Any, products: dict[str, ProductSheet] = GOODS) -> RundownReading:
    return read_rundown(
        told, starts_at=SIX, ends_at=SIX + 2 * HOUR, zone="Asia/Taipei", currency="TWD", products=products, salt="s-"
    )


def named(text: str) -> tuple[str | None, set[str], Cue]:
    found = reading(book([("18:00", "主推", text, None, "好看", 10)]))
    [cue] = found.cues
    return cue.product_id, {note.code for row in found.report.rows for note in row.notes if note.cell == "C2"}, cue


@pytest.mark.parametrize(
    ("text", "product_id", "kept"),
    [
        ("雙層玻璃杯（W20）兩入", "W20", "兩入"),  # W23 is called so; the code is written
        ("隨行杯（W22）限量 40 個", "W22", "限量 40 個"),
        ("隨行杯 [w21] 送杯刷", "W21", "送杯刷"),  # 杯刷 is W24
        ("杯刷【Ｗ２３】", "W23", "杯刷"),
        ("W24 贈品", "W24", "贈品"),
        ("加購 W24", "W24", "加購"),
    ],
)
def test_a_code_beside_a_name_is_the_product_and_the_rest_stays(text: str, product_id: str, kept: str) -> None:
    found, codes, cue = named(text)
    assert (found, cue.proof) == (product_id, "")
    assert kept in cue.extra["商品"]
    assert codes == {"sheet.product_name_differs"}


@pytest.mark.parametrize(("text", "proof"), [("不鏽鋼保溫杯（W20）", ""), ("W23 雙層玻璃杯", ""), ("W20：不鏽鋼保溫杯", ""), ("雙層玻璃杯（W23）（SGS 報告）", "SGS 報告"), ("雙層玻璃杯（SGS 報告）", "SGS 報告")])  # fmt: skip
def test_a_code_and_its_own_name_leave_nothing_over(text: str, proof: str) -> None:
    found, codes, cue = named(text)
    assert (found is not None, codes - {"sheet.product_named"}, cue.extra, cue.proof) == (True, set(), {}, proof)


@pytest.mark.parametrize(("text", "code"), [("雙層玻璃杯（W77）明年到", "sheet.product_unknown"), ("隨行杯", "sheet.product_ambiguous"), ("W20、W21", "sheet.product_several")])  # fmt: skip
def test_what_names_no_product_or_several_is_said_and_kept(text: str, code: str) -> None:
    found, codes, cue = named(text)
    assert codes == {code}
    assert cue.extra["商品"] == text
    assert (found is None) is (code != "sheet.product_several")


def test_brackets_that_hold_no_code_are_no_code() -> None:
    assert named("雙層玻璃杯（300ml）")[2].proof == "300ml"


def test_a_row_that_is_struck_through_is_no_cue_and_says_so() -> None:
    rows = [
        ("18:00", "開場", None, None, None, 5),
        ("18:05", "主推", "杯刷（W24）", 99, "停賣", 10),
        (None, "收尾", None, None, "謝謝", 5),
    ]
    found = reading(book(rows, struck=(3,)))
    assert [cue.title for cue in found.cues] == ["開場", "收尾"]
    assert [(row.row, note.code) for row in found.report.rows for note in row.notes if row.row == 3] == [(3, "sheet.struck_row")]


def test_what_stands_in_a_hidden_column_is_in_no_cue_and_the_column_is_named() -> None:
    headers = ("時間", "環節", "商品", "內部成本", "時長(分)")
    found = reading(book([("18:00", "主推", "杯刷", 37, 10)], headers, hidden=("D",)))
    assert found.cues[0].extra == {}
    assert [(note.cell, note.code, note.text) for row in found.report.rows for note in row.notes] == [
        ("D1", "sheet.hidden_column", "內部成本")
    ]


# lengths
@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12 min", 12), ("7 mins", 7), ("20 minutes", 20), ("3 hours", 180), ("1 hr", 60), ("2.5 hours", 150), ("40 secs", 40 / 60), ("75 sec", 1.25),
        ("1 hour and 5 minutes", 65), ("2h 15 min", 135), ("1h20", 80), ("half an hour", 30), ("an hour", 60), ("one and a half hours", 90), ("9 min.", 9),
        ("about 12 min", 12), ("approx. 8 mins", 8), ("十五分鐘", 15), ("兩小時", 120), ("兩個半小時", 150), ("2個半小時", 150), ("半個小時", 30), ("四分半", 4.5), ("四分半鐘", 4.5),
        ("一小時零五分", 65), ("一小時三十", 90), ("三刻鐘", 45), ("四十秒", 40 / 60), ("約20分鐘左右", 20), ("１２分", 12), ("5′30″", 5.5), ("二十", 20),
        ("12分（含抽獎）", 12), ("1:20:00", 80),
        ("5-10 min", None), ("5~10分", None), ("十到十五分", None), ("兩三分鐘", None), ("TBD", None), ("看現場", None), ("10分10分", None), ("5分1小時", None),
        ("a few minutes", None), ("99 hours", None), ("", None),
    ],
)  # fmt: skip
def test_lengths_as_people_write_them(text: str, minutes: float | None) -> None:
    found = length_of(Cell(1, 1, text), "時長")
    assert (found.ms if found else None) == (None if minutes is None else round(minutes * 60_000))


def test_a_length_that_is_not_read_is_said_and_a_remark_beside_one_is_kept() -> None:
    found = reading(book([("18:00", "開場", None, None, "好", "10~15分"), (None, "主推", "杯刷", None, "好", "12分（含抽獎）")]))
    first, second = found.cues
    assert (first.extra["時長(分)"], second.duration_ms, second.extra["時長(分)"]) == ("10~15分", 720_000, "12分（含抽獎）")
    assert [(note.cell, note.code) for row in found.report.rows for note in row.notes if note.cell.startswith("F")] == [
        ("F2", "sheet.duration_unread"), ("F2", "sheet.duration_missing")
    ]  # fmt: skip


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_a_length_in_words_is_that_length(hours: int, minutes: int, seconds: int) -> None:
    whole = ((hours * 60 + minutes) * 60 + seconds) * 1000
    for text in (
        f"{hours} hours {minutes} mins {seconds} secs",
        f"{hours}小時{minutes}分{seconds}秒",
        f"{hours}h{minutes}m{seconds}s",
    ):
        found = length_of(Cell(1, 1, text), "Duration")
        assert found is not None
        assert found.ms == whole


# before the products came
ROWS = [
    ("18:00", "開場", None, None, "歡迎", 5),
    ("18:05", "主推", "不鏽鋼保溫杯（W20）兩入", 590, "保溫", 15),
    (None, "主推", "雙層玻璃杯（SGS 報告）", 350, "耐熱", 15),
    (None, "加碼", "隨行杯", None, "問", 5),
    (None, None, "杯刷（W77）", None, "下週", 5),
]


def imported(cues: Sequence[Cue]) -> Stage:
    head = ShowPlanned(show_id="s1", title="杯", starts_at=SIX, ends_at=SIX + HOUR, timezone="Asia/Taipei", currency="TWD")
    stage = Stage(FEATURE).given(head, at=CURTAIN_AT)
    return stage.when(ImportRundown(filename="杯.xlsx", cues=tuple(cues)))


def come(stage: Stage, *product_ids: str, guess: bool) -> Stage:
    """Products come, and the follower acts."""
    stage.given(*(ProductAdded(product=GOODS[each], currency="TWD") for each in product_ids))
    products = {product_id: offer.sheet for product_id, offer in stage.state.offers.offers.items()}
    return stage.when(LinkCues(links=links(stage.state.course.cues.values(), products, "TWD", guess=guess)))


def cues_of(stage: Stage) -> list[Cue]:
    return [stage.state.course.cues[cue_id] for _, cue_id in stage.state.course.order]


def test_a_rundown_before_its_products_is_in_the_end_the_one_after_them() -> None:
    told = book(ROWS)
    stage = come(imported(reading(told, {}).cues), *GOODS, guess=True)
    assert cues_of(stage) == list(reading(told).cues)
    assert [cue.product_id for cue in cues_of(stage)] == [None, "W20", "W23", None, None]


def test_products_that_come_one_by_one_are_not_guessed() -> None:
    stage = come(imported(reading(book(ROWS), {}).cues), "W21", guess=False)
    stage.then()  # 隨行杯 alone fits W21 now, and W22 may be about to come
    come(stage, "W20", guess=False)
    assert [cue.product_id for cue in cues_of(stage)] == [None, "W20", None, None, None]


def test_a_cue_that_was_changed_meanwhile_is_left_alone() -> None:
    stage = imported(
        [Cue(cue_id="c1", title="主推", duration_ms=1, extra={"商品": "W20"}), Cue(cue_id="c2", title="主推", duration_ms=1)]
    )
    stage.given(ProductAdded(product=GOODS["W20"], currency="TWD"))
    link = CueLink(cue_id="c1", product_id="W20", cue_type="product", proof="", extra={}, extra_was={"商品": "W20"})
    late = [replace(link, cue_id="c9"), replace(link, cue_id="c2"), replace(link, product_id="W99"), replace(link, extra_was={})]
    stage.when(LinkCues(links=tuple(late))).then()
    given = Cue(cue_id="c3", title="主推", duration_ms=1, product_id="W20", extra={"商品": "W20"})
    stage.given(CueAdded(cue=given, after_cue_id=None, rank="a9"))
    stage.when(LinkCues(links=(replace(link, cue_id="c3"),))).then()
    stage.when(LinkCues(links=(link,))).then(CueEdited(cue_id="c1", values={"product_id": "W20", "extra": {}}))
