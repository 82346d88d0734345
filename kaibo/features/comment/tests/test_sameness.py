"""Stories of questions that are one in other words, and of ones that only look like it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.columns import pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch, tidy
from kaibo.features.comment.commands import AnswerComment
from kaibo.features.comment.facts import CommentAnswered, CommentCorrected
from kaibo.features.comment.feature import FEATURE
from kaibo.features.comment.questions import QUESTIONS
from kaibo.features.comment.sameness import question_key
from kaibo.features.comment.tests.test_sameness_pairs import ONE, TWO
from kaibo.features.comment.topics import TOPICS
from kaibo.features.product.facts import Doubt, ProductAdded, ProductPinned, ProductSheet

CREAM = ProductSheet(product_id="A1", name="修護面霜 50ml", live_price_minor=15_900, stock=7)
SERUM = ProductSheet(product_id="B2", name="精華液")


def key(text: str) -> tuple[str, str]:
    return question_key(tidy((text,))[0], CREAM)


def said(*texts: str, at: int = CURTAIN_AT) -> AudienceBatch:
    items = [AudienceItem(kind="comment", at=at + place, viewer="v", name="小鹿", text=text) for place, text in enumerate(texts)]
    return AudienceBatch(
        source="shop",
        room="",
        count=len(items),
        comments=len(items),
        first_at=at,
        last_at=at + len(items) - 1,
        viewer_base=0,
        columns=pack(items, {}, 0),
    )


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=CREAM, currency="TWD"), ProductAdded(product=SERUM, currency="TWD"))


@pytest.mark.parametrize(
    "text",
    ["多少錢", "請問面霜多少錢呀？", "這款怎麼賣", "面霜 50ml 價格", "A1多少錢", "How much is it?", "现在多少钱", "幾元？"],
)
def test_a_price_is_asked_in_many_words(text: str) -> None:
    assert key(text) == key("多少錢")
    assert key(text)[0] == "price"


@pytest.mark.parametrize("text", ["還有貨嗎", "面霜還有嗎", "剩幾件", "賣完了嗎", "有現貨嗎", "any left?"])
def test_a_stock_is_asked_in_many_words(text: str) -> None:
    assert key(text) == key("有貨嗎")
    assert key(text)[0] == "stock"


@pytest.mark.parametrize(
    "text",
    [
        "運費多少錢",
        "兩件多少錢",
        "2件多少錢",
        "原價多少",
        "券後多少錢",
        "S號還有嗎",
        "38的有貨嗎",
        "什麼時候有貨",
        "會補貨嗎",
        "有貨嗎會黏嗎",
    ],
)
def test_what_asks_more_than_the_price_or_the_stock_is_another_question(text: str) -> None:
    assert key(text)[0] == ""


def test_the_same_words_but_for_hollow_ones_are_one_question() -> None:
    assert key("孕婦可以用嗎") == key("請問孕婦能不能用？") == key("這款孕婦會不會可以用呢")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("孕婦可以用嗎", "孕婦要用多久"),
        ("孕婦可以用嗎", "孕婦怎麼用"),
        ("第3款有貨嗎", "第13款有貨嗎"),
        ("M號有嗎", "L號有嗎"),
        ("38號有嗎", "39號有嗎"),
    ],
)
def test_what_wants_another_answer_is_another_question(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_price_is_of_the_product_on_air_when_it_was_asked(stage: Stage) -> None:
    stage.given(ProductPinned(product_id="A1"))
    stage.given(said("多少錢", "怎麼賣", "精華液多少錢", at=stage.at), ProductPinned(product_id="B2"))
    rows = {row.product_id: row for key, row in stage.rows("comment.questions").items() if key != "tally"}
    assert {(one, row.asks, row.count) for one, row in rows.items()} == {("A1", "price", 2), ("B2", "price", 1)}


@pytest.mark.parametrize("text", ["這個多少？", "這件多少錢", "現在這個多少", "how much is this", "這雙怎麼賣", "多少"])
def test_a_price_of_this_one_is_that_of_the_product_on_air(stage: Stage, text: str) -> None:
    stage.given(ProductPinned(product_id="A1"))
    stage.given(said(text, at=stage.at), ProductPinned(product_id="B2"))
    row = stage.row("comment.questions", "4:0")
    assert (row.asks, row.product_id, row.named) == ("price", "A1", False)


def test_who_names_the_product_is_told_from_who_does_not(stage: Stage) -> None:
    stage.given(ProductPinned(product_id="A1"))
    stage.given(said("面霜多少錢", at=stage.at))
    assert stage.row("comment.questions", "4:0").named
    stage.given(said("這個多少", at=stage.at))
    row = stage.row("comment.questions", "4:0")
    assert (row.count, row.named) == (2, False)


def test_a_price_of_this_one_waits_for_a_product_while_none_is_on_air(stage: Stage) -> None:
    stage.given(said("這個多少？"))
    row = stage.row("comment.questions", "3:0")
    assert (row.asks, row.product_id, row.named) == ("price", "", False)
    stage.given(ProductPinned(product_id="B2"))
    assert stage.row("comment.questions", "3:0").product_id == "B2"
    stage.when(AnswerComment(comment_ref="3:0", answer="精華液 NT$1"))
    stage.then(CommentAnswered(comment_ref="3:0", answer="精華液 NT$1", question="這個多少？", product_id="B2"))


ROOM = sorted({text for pair in (*ONE, *TWO) for text in pair} | {"面霜多少錢", "這個多少", "精華液還有嗎", "A1多少"})
HEARD = st.lists(st.one_of(st.sampled_from(ROOM), st.sampled_from(["pin A1", "pin B2", "pin ", "was A1", "was "])), max_size=24)


@given(HEARD)
def test_the_desk_and_the_report_group_the_same_questions(heard: list[str]) -> None:
    stage = Stage(FEATURE).given(ProductAdded(product=CREAM, currency="TWD"), ProductAdded(product=SERUM, currency="TWD"))
    refs: list[str] = []
    for text in heard:
        if text.startswith("pin "):
            stage.given(ProductPinned(product_id=text[4:]))
        elif not text.startswith("was "):
            stage.given(said(text, at=stage.at))
            refs.append(f"{stage.seq}:0")
        elif refs:
            stage.given(CommentCorrected(comment_ref=refs[len(refs) // 2], kind="question", product_id=text[4:]))
    desk, report = stage.fold.shown(QUESTIONS).of, stage.fold.shown(TOPICS).of
    assert _groups({ref: group.lead for ref, group in desk.items()}) == _groups(report)
    counts = [row.count for row in stage.rows("comment.topics").values()]
    assert sorted(counts) == sorted(row.count for key, row in stage.rows("comment.questions").items() if key != "tally")


def _groups(of: Mapping[str, str]) -> set[frozenset[str]]:
    return {frozenset(ref for ref in of if of[ref] == group) for group in of.values()}


def test_one_answer_serves_all_who_asked_in_other_words(stage: Stage) -> None:
    stage.given(ProductPinned(product_id="A1"))
    stage.given(said("多少錢", "孕婦可以用嗎", "怎麼賣", at=stage.at))
    stage.when(AnswerComment(comment_ref="4:0", answer="現在 NT$159", also=True))
    stage.then(CommentAnswered(comment_ref="4:0", answer="現在 NT$159", also=("4:2",), question="多少錢", product_id="A1"))


def test_a_price_that_was_told_once_is_not_suggested_later(stage: Stage) -> None:
    stage.given(ProductPinned(product_id="A1"))
    stage.given(said("多少錢", "孕婦可以用嗎", at=stage.at))
    stage.when(AnswerComment(comment_ref="4:0", answer="現在 NT$159"))
    stage.when(AnswerComment(comment_ref="4:1", answer="可以"))
    stage.given(said("面霜怎麼賣", "孕婦能用嗎", at=stage.at))
    rows = {row.asks: row for key, row in stage.rows("comment.questions").items() if key != "tally"}
    assert [one.answer for one in rows["price"].suggestions] == []
    assert [one.answer for one in rows[""].suggestions] == ["可以"]


def test_a_stock_that_nobody_keeps_is_answered_by_the_sheet_or_not_at_all(stage: Stage) -> None:
    """What was said of a like question, or of another thing of the sheet, says nothing of what is left."""
    like = Doubt(question="面膜還有優惠嗎", answer="還有兩天")
    mask = ProductSheet(product_id="C3", name="面膜", doubts=(like, Doubt(question="有貨嗎", answer="現貨")))
    stage.given(
        ProductAdded(product=mask, currency="TWD"),
        ProductAdded(product=replace(mask, product_id="D4", doubts=(like,)), currency="TWD"),
    )
    stage.given(ProductPinned(product_id="D4"), said("還有贈品嗎", at=stage.at))
    stage.when(AnswerComment(comment_ref="6:0", answer="還有五組"))
    stage.given(said("還有嗎", at=stage.at), ProductPinned(product_id="C3"), said("還有嗎", at=stage.at + 10))
    rows = {row.product_id: row for key, row in stage.rows("comment.questions").items() if key != "tally" and row.asks}
    assert {product_id: [one.answer for one in row.suggestions] for product_id, row in rows.items()} == {"D4": [], "C3": ["現貨"]}
