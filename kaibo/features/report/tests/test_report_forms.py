"""The report of a whole show: on the screen, in a workbook and on paper, in three languages, with the same figures."""

import inspect
import io
import re
from itertools import pairwise
from typing import Any

import msgspec
import openpyxl
import pypdf
import pytest

from kaibo.features.audience.facts import FLOWS
from kaibo.features.comment.triage import QUESTION
from kaibo.features.order.facts import OrderOddity
from kaibo.features.report.paper import write_paper
from kaibo.features.report.report import report
from kaibo.features.report.rows import rows_of
from kaibo.features.report.sections import sections
from kaibo.features.report.shapes import Report, ReportOddity
from kaibo.features.report.viewers import FUNNEL
from kaibo.features.report.workbook import write_workbook
from kaibo.kit.words import LANGUAGES, say, words
from tests.world import World, evening

WORDS = {
    "zh-Hant": ("成交金額", "觀看人數", "提問"),
    "zh-Hans": ("成交金额", "观看人数", "提问"),
    "en": ("GMV paid", "Viewers (UV)", "Questions"),
}


@pytest.fixture(scope="module")
def world() -> World:
    return evening(1)


@pytest.fixture(scope="module")
def made(world: World) -> Report:
    return report(rows_of(world.fold, {}))


def saying(language: str) -> Any:
    return lambda code, **data: say(code, data, language)


def text_of(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)


def dense(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_of_words_holds_no_bare_number(made: Report, language: str) -> None:
    """An instant of the machine, such as 1796528280000, is no word of anybody."""
    for section in sections(made, saying(language), language):
        for place, column in enumerate(section.columns):
            if column.kind == "text":
                assert all(row[place] is None or isinstance(row[place], str) for row in section.rows), (
                    section.title,
                    column.word,
                )


# what it says
def test_every_question_is_listed_with_its_count(world: World, made: Report) -> None:
    topics: dict[str, Any] = dict(world.fold.rows("comment.topics"))
    counts: Any = world.fold.row("comment.counts", "all")
    assert len(made.questions) == len(topics) > 10
    heard = world.fold.shown("comment.stream").room.heard
    hidden = sum(heard.kinds[heard.number(ref)] == QUESTION for ref in world.fold.state("moderation").hidden)
    assert sum(question.count for question in made.questions) == counts.questions - hidden
    assert [question.count for question in made.questions] == sorted((q.count for q in made.questions), reverse=True)


def test_an_answered_question_says_by_whom_and_after_how_long(made: Report) -> None:
    answered = [question for question in made.questions if question.answered]
    assert answered
    for question in made.questions:
        assert (question.answered_at is not None) == (question.answered > 0)
    for question in answered:
        assert question.answered_by == "lin"
        assert question.took_ms == max(0, (question.answered_at or 0) - question.first_at)


def test_every_cause_is_a_mark_near_its_peak(world: World, made: Report) -> None:
    marks = {int(key) for key in world.fold.rows("report.marks")}
    assert made.peaks
    for peak in made.peaks:
        for cause in peak.causes:
            assert cause.seq in marks
            assert peak.rise_from * 60_000 - 120_000 <= cause.at < (peak.minute + 1) * 60_000


def test_pins_promos_cues_and_draws_are_marks_in_the_order_of_the_log(made: Report) -> None:
    marks = [mark for minute in made.minutes for mark in minute.marks]
    assert {mark.kind for mark in marks} == {"cue", "pin", "promo", "promo_end", "draw"}
    assert [mark.seq for mark in marks] == sorted(mark.seq for mark in marks)


# on paper
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_carries_title_figures_and_words(made: Report, language: str) -> None:
    text = text_of(write_paper(made, saying(language), language))
    told = dense(text)
    for word in (made.show.title, *WORDS[language]):
        assert dense(word) in told, word
    gmv = made.summary["gmv_paid"].value or 0
    assert f"NT${round(gmv) // 100:,}" in told
    assert f"{round(made.summary['uv'].value or 0):,}" in told
    assert dense(made.questions[0].text) in told
    assert "report." not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_tables_is_known(made: Report, language: str) -> None:
    known = words(language)
    for section in sections(made, saying(language), language):
        assert not section.title.startswith("report.")
        for column in section.columns:
            assert f"report.{column.word}" in known
        for row in section.rows:
            assert not [cell for cell in row if isinstance(cell, str) and cell.startswith("report.")]


def test_the_paper_brings_its_letters_and_is_small(made: Report) -> None:
    paper = write_paper(made, saying("zh-Hant"), "zh-Hant")
    reader = pypdf.PdfReader(io.BytesIO(paper))
    fonts: dict[str, bool] = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # pyright: ignore[reportIndexIssue, reportAttributeAccessIssue]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"]] = "/FontFile3" in inner["/FontDescriptor"].get_object()
    assert fonts
    assert all(fonts.values()), fonts
    assert all("NotoSansCJK" in name for name in fonts), fonts
    width, height = (round(float(each) / 72 * 25.4) for each in reader.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
    assert len(paper) < 600_000


def test_the_same_report_is_the_same_paper(made: Report) -> None:
    assert write_paper(made, saying("en"), "en") == write_paper(made, saying("en"), "en")


def test_what_a_viewer_wrote_is_never_read_as_markup(made: Report) -> None:
    nasty = "#panic(1) *b* $x$ <img src=x> ]] \\ \" 'é ➊ 😀 @here // `code` =1+1"
    question = msgspec.structs.replace(made.questions[0], text=nasty)
    minute = made.minutes[0]
    mark = msgspec.structs.replace(
        next(m for row in made.minutes for m in row.marks), title="<\"&'>", kind="promo", at=minute.minute * 60_000
    )
    changed = msgspec.structs.replace(
        made, questions=(question,), minutes=(msgspec.structs.replace(minute, marks=(mark,)), *made.minutes[1:])
    )
    told = dense(text_of(write_paper(changed, saying("en"), "en")))
    assert dense("#panic(1) *b* $x$ <img src=x> ]]") in told
    assert "[emoji]@here" in told  # the letters have no emoji; an empty box says nothing
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(changed, saying("en"), "en")))
    assert book["Questions"]["A2"].value == nasty


def test_what_no_file_can_hold_ends_no_report(made: Report) -> None:
    question = msgspec.structs.replace(made.questions[0], text="多少錢?\x0b謝\x00謝\ufffe")
    changed = msgspec.structs.replace(made, questions=(question,))
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(changed, saying("en"), "en")))
    assert book["Questions"]["A2"].value == "多少錢?謝謝"
    assert dense("多少錢?") in dense(text_of(write_paper(changed, saying("en"), "en")))


def test_a_show_in_which_nothing_happened_has_a_report_too() -> None:
    world = World(1)
    world.plan()
    empty = report(rows_of(world.fold, {}))
    assert empty.peaks == ()
    assert "法則場" in text_of(write_paper(empty, saying("zh-Hant"), "zh-Hant"))
    assert write_workbook(empty, saying("zh-Hant"), "zh-Hant")


# in the workbook
def test_the_workbook_holds_numbers_as_numbers_and_all_questions(made: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(made, saying("zh-Hant"), "zh-Hant")))
    summary = {row[0]: row[1] for row in book["總覽"].iter_rows(values_only=True)}
    assert summary["場次"] == made.show.title
    assert summary["成交金額"] == pytest.approx((made.summary["gmv_paid"].value or 0) / 100)
    assert summary["看播轉化率"] == pytest.approx(made.summary["conversion"].value)
    asked = list(book["提問"].iter_rows(min_row=2, values_only=True))
    assert len(asked) == len(made.questions)
    assert isinstance(asked[0][1], int)
    assert "高峰" in book.sheetnames


# where viewers came from and how far they went
def test_the_funnel_is_that_of_the_figures(world: World, made: Report) -> None:
    tiles: Any = world.fold.rows("metric.tiles")
    steps = {step.step: step for step in made.funnel}
    assert list(steps) == ["shown", "entered", "saw", "clicked", "ordered", "paid"]
    assert (steps["entered"].times, steps["entered"].people) == (tiles["pv"].value, tiles["uv"].value)
    assert (steps["paid"].times, steps["paid"].people) == (tiles["orders_paid"].value, tiles["buyers"].value)
    for before, step in pairwise(made.funnel):
        if step.people is not None and before.people:
            share = step.people / before.people
            assert step.through == (pytest.approx(share) if share <= 1 else None)  # more than all is no share of one crowd


def test_sources_and_retention_are_those_of_the_screens(world: World, made: Report) -> None:
    flows: dict[str, Any] = dict(world.fold.rows("metric.flows"))
    assert {source.flow: source.views for source in made.sources} == {
        key: row.views for key, row in flows.items() if key != "none" or row.uv or row.orders_paid
    }
    rows: dict[str, Any] = dict(world.fold.rows("metric.retention"))
    assert made.retention[0].minute == 0
    assert made.retention[0].share == rows["all"].share
    assert len(made.retention) == len(rows) > 5


def test_a_promo_says_what_it_brought_and_how_sure_that_is(world: World, made: Report) -> None:
    (promo,) = [promo for promo in made.promos if promo.promo_id == "half"]
    row: Any = world.fold.row("alarm.effects", "promo:half")
    effect = promo.effect
    assert effect is not None
    assert (effect.ratio, effect.low, effect.high, effect.verdict) == (row.ratio, row.low, row.high, row.verdict)
    assert effect.measured
    assert all(other.effect is None for other in made.promos if other.applied_at is None)
    said = {"up": "上升", "down": "下降", "no_clear_effect": "還看不出來", "too_little": "訂單太少"}[effect.verdict]
    assert said in dense(text_of(write_paper(made, saying("zh-Hant"), "zh-Hant")))


def test_a_promos_row_counts_the_orders_of_its_verdict(made: Report) -> None:
    rows = [promo for promo in made.promos if promo.effect and promo.before and promo.after and promo.ended_at is None]
    assert rows
    for promo in rows:
        assert promo.effect and promo.before and promo.after
        said = (promo.before.orders_created, promo.after.orders_created)
        assert said == (promo.effect.orders_before, promo.effect.orders_after)


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ({"ratio": None, "low": None, "high": None}, "上升（之前沒有訂單，算不出倍數）"),
        ({"ratio": 595.59, "low": 0.0004, "high": 5.0171824943434235e45}, "上升<×0.01–>×1,000"),
        ({"ratio": 5.27e37, "low": 1.5, "high": 5.28e37}, "上升×1.50–>×1,000"),
    ],
)
def test_no_paper_and_no_workbook_says_a_factor_that_nobody_can_mean(made: Report, factors: dict[str, Any], said: str) -> None:
    (promo,) = [promo for promo in made.promos if promo.promo_id == "half"]
    assert promo.effect is not None
    effect = msgspec.structs.replace(promo.effect, verdict="up", **factors)
    strange = msgspec.structs.replace(made, promos=(msgspec.structs.replace(promo, effect=effect),))
    paper = dense(text_of(write_paper(strange, saying("zh-Hant"), "zh-Hant")))
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(strange, saying("zh-Hant"), "zh-Hant")))
    cells = [dense(str(cell.value)) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert said in paper
    assert any(said in text for text in cells)
    assert not [text for text in cells if "e+" in text]


def test_every_flow_and_step_has_words() -> None:
    for language in LANGUAGES:
        known = words(language)
        assert {f"report.flow_{flow or 'none'}" for flow in FLOWS} <= set(known)
        assert {f"report.step_{step}" for step, *_ in FUNNEL} <= set(known)


ODD = ReportOddity(
    order_id="A-7", platform="shop", state="refunded", kind="created", why="edited_after_payment", at=1_760_000_000_000
)


@pytest.mark.parametrize(
    ("language", "why"), [("zh-Hant", "付款之後又改單"), ("zh-Hans", "付款之后又改单"), ("en", "Changed after it was paid")]
)
def test_orders_that_are_strange_stand_in_the_workbook_and_on_paper(made: Report, language: str, why: str) -> None:
    strange = msgspec.structs.replace(made, oddities=(ODD,), kept_minor=10_000, money_as_of=made.money_as_of or ODD.at)
    say_it = saying(language)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(strange, say_it, language)))
    rows = list(book[say_it("report.oddities")].values)
    assert rows[1][0] == "A-7"
    assert why in rows[1][4]
    paper = dense(text_of(write_paper(strange, say_it, language)))
    assert dense(why) in paper
    assert dense(say_it("report.kept_note", amount="NT$100")) in paper
    calm = msgspec.structs.replace(made, oddities=())
    assert say_it("report.oddities") not in openpyxl.load_workbook(io.BytesIO(write_workbook(calm, say_it, language))).sheetnames


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_an_oddity_has_words(language: str) -> None:
    source = inspect.getsource(OrderOddity)
    whys = [why for why in re.findall(r"[a-z]+_[a-z_]+", source) if f"report.odd_{why}" in words("en")]
    assert len(whys) >= 10
    assert all(f"report.odd_{why}" in words(language) for why in whys)
