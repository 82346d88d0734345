"""Stories of the comment desk."""

from typing import Any

import pytest

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.columns import pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment import FEATURE
from kaibo.features.comment.commands import AnswerComment, DismissComment
from kaibo.features.comment.facts import CommentAnswered, CommentDismissed
from kaibo.features.comment.questions import OpenQuestionRow
from kaibo.features.comment.rules import CommentUnknown
from kaibo.features.comment.suggest import Suggestion
from kaibo.features.comment.view import CommentCountRow, CommentRow
from kaibo.features.product.facts import Doubt, ProductAdded, ProductEdited, ProductPinned, ProductSheet
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent

AT = CURTAIN_AT - 1000
WASH = ProductSheet(
    product_id="A01", name="胺基酸潔面乳 120ml", doubts=(Doubt(question="敏感肌可以用嗎", answer="可以，無皂基"),)
)
SERUM = ProductSheet(product_id="B01", name="修護精華液 30ml", doubts=(Doubt(question="味道重嗎"),))


def batch(*texts: str, at: int = AT, base: int = 0, extra: tuple[AudienceItem, ...] = ()) -> AudienceBatch:
    said = [AudienceItem(kind="comment", at=at, viewer="v1", name="小鹿", text=text) for text in texts]
    items = sorted([*said, *extra], key=lambda item: item.at)
    return AudienceBatch(
        source="shop",
        room="",
        count=len(items),
        comments=len(texts),
        first_at=items[0].at,
        last_at=items[-1].at,
        viewer_base=base,
        columns=pack(items, {"v1": 0} if base else {}, base),
    )


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=WASH, currency="TWD"), ProductAdded(product=SERUM, currency="TWD"))


def test_a_comment_appears_with_what_it_is_and_what_it_is_about(stage: Stage) -> None:
    stage.given(batch("潔面乳敏感肌可以用嗎"))
    assert stage.rows("comment.window") == {
        "3:0": CommentRow(
            at=AT,
            viewer="v1",
            name="小鹿",
            text="潔面乳敏感肌可以用嗎",
            source="shop",
            kind="question",
            product_id="A01",
            state="open",
        )
    }
    assert stage.rows("comment.questions") == {
        "3:0": OpenQuestionRow(
            at=AT,
            name="小鹿",
            text="潔面乳敏感肌可以用嗎",
            product_id="A01",
            answer="可以，無皂基",
            suggestions=(Suggestion(answer="可以，無皂基", question="敏感肌可以用嗎", source="sheet", product_id="A01"),),
        )
    }


def test_an_address_counts_comments_only(stage: Stage) -> None:
    early = AudienceItem(kind="enter", at=AT - 5, viewer="v9")
    stage.given(batch("哈囉", extra=(early,)))
    stage.when(AnswerComment(comment_ref="3:0", answer="嗨")).then(CommentAnswered(comment_ref="3:0", answer="嗨"))
    assert stage.row("comment.window", "3:0").viewer == "v1"
    stage.when(AnswerComment(comment_ref="3:1")).refused(CommentUnknown, comment_ref="3:1")


@pytest.mark.parametrize("ref", ["3:0", "1:0", "0:0", "999:0"])
def test_what_is_no_comment_cannot_be_answered(stage: Stage, ref: str) -> None:
    stage.when(AnswerComment(comment_ref=ref)).refused(CommentUnknown, comment_ref=ref)


def test_an_address_has_one_spelling(stage: Stage) -> None:
    stage.given(batch("在嗎")).when(DismissComment(comment_ref="003:00")).then(CommentDismissed(comment_ref="3:0"))


def test_what_stands_so_already_is_no_news(stage: Stage) -> None:
    stage.given(batch("在嗎", "多少錢"))
    stage.when(AnswerComment(comment_ref="3:0")).when(AnswerComment(comment_ref="3:0")).then()
    stage.when(DismissComment(comment_ref="3:0")).then()
    stage.when(DismissComment(comment_ref="3:1")).when(DismissComment(comment_ref="3:1")).then()
    stage.when(AnswerComment(comment_ref="3:1", answer="299")).then(CommentAnswered(comment_ref="3:1", answer="299"))
    assert stage.row("comment.counts", "all").answered == 2


def test_this_one_is_the_product_on_air(stage: Stage) -> None:
    stage.given(CueAdded(cue=Cue(cue_id="c1", title="精華", duration_ms=1, product_id="B01"), after_cue_id=None, rank="a"))
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), batch("這個味道重嗎", "哈囉"))
    assert [row.product_id for row in stage.rows("comment.window").values()] == ["B01", ""]
    stage.given(ProductPinned(product_id="A01"), batch("this one?", base=1))
    assert stage.row("comment.window", "7:0").product_id == "A01"


def test_a_question_that_names_nothing_is_tried_on_the_product_on_air(stage: Stage) -> None:
    stage.given(ProductPinned(product_id="A01"), batch("敏感肌能用嗎", "什麼時候發貨"))
    rows = stage.rows("comment.questions")
    assert [(row.product_id, row.answer) for row in rows.values()] == [("A01", "可以，無皂基"), ("", "")]


def test_an_answer_written_later_reaches_the_questions_that_wait(stage: Stage) -> None:
    stage.given(batch("精華液味道重嗎"))
    assert stage.row("comment.questions", "3:0").answer == ""
    known = ProductSheet(product_id="B01", name="修護精華液 30ml", doubts=(Doubt(question="味道重嗎", answer="無香精"),))
    stage.given(ProductEdited(product=known, fields=("doubts",)))
    assert stage.row("comment.questions", "3:0").answer == "無香精"


def handed(question_id: str, ref: str) -> QuestionHanded:
    return QuestionHanded(question_id=question_id, text="?", answer="", comment_ref=ref)


def test_a_question_handed_to_the_host_is_off_the_list_until_it_is_taken_back(stage: Stage) -> None:
    stage.given(batch("多少錢", "有貨嗎"), handed("q1", "3:0"))
    assert stage.row("comment.window", "3:0").state == "handed"
    assert set(stage.rows("comment.questions")) == {"3:1"}
    stage.given(QuestionFinished(question_id="q1", outcome="withdrawn"))
    assert stage.row("comment.window", "3:0").state == "open"
    assert set(stage.rows("comment.questions")) == {"3:0", "3:1"}
    stage.given(handed("q2", "3:0"), QuestionFinished(question_id="q2", outcome="answered"))
    assert stage.row("comment.window", "3:0").state == "answered"
    assert set(stage.rows("comment.questions")) == {"3:1"}
    assert stage.row("comment.counts", "all").answered == 1


def test_what_was_dismissed_while_the_host_had_it_stays_dismissed(stage: Stage) -> None:
    stage.given(batch("多少錢"), handed("q1", "3:0"), CommentDismissed(comment_ref="3:0"))
    stage.given(QuestionFinished(question_id="q1", outcome="withdrawn"))
    assert stage.row("comment.window", "3:0").state == "dismissed"
    assert stage.rows("comment.questions") == {}


def test_the_counters_are_exact_whatever_the_window_holds(stage: Stage) -> None:
    stage.given(batch(*["多少錢"] * 250, *["+1"] * 200, *["我要退貨"] * 100))
    stage.given(batch("哈囉", at=AT + 60_000, base=1), at=AT + 60_000)
    assert stage.row("comment.counts", "all") == CommentCountRow(
        comments=551, questions=250, orders=200, aftersales=100, answered=0, last_minute=1
    )


def test_the_window_holds_the_newest_three_hundred(stage: Stage) -> None:
    stage.given(batch(*[f"第{n}句" for n in range(500)]))
    assert [row.text for row in stage.rows("comment.window").values()] == [f"第{n}句" for n in range(200, 500)]
    stage.given(batch("新的", base=1))
    rows = stage.rows("comment.window")
    assert (len(rows), "3:200" in rows, "4:0" in rows) == (300, False, True)


def test_the_list_of_questions_holds_the_newest_hundred_and_fills_up_again(stage: Stage) -> None:
    stage.given(batch(*["多少錢"] * 150))
    assert set(stage.rows("comment.questions")) == {f"3:{n}" for n in range(50, 150)}
    stage.given(CommentAnswered(comment_ref="3:149"), CommentDismissed(comment_ref="3:148"))
    assert set(stage.rows("comment.questions")) == {f"3:{n}" for n in range(48, 148)}


def test_a_platform_clock_far_ahead_does_not_stop_the_minute(stage: Stage) -> None:
    stage.given(batch("一", at=CURTAIN_AT + 10**10), at=CURTAIN_AT)
    stage.given(batch("二", at=CURTAIN_AT, base=1), at=CURTAIN_AT)
    row: Any = stage.row("comment.counts", "all")
    assert (row.comments, row.last_minute) == (2, 1)


def test_like_questions_gather(stage: Stage) -> None:
    stage.given(batch("多少錢？", "請問多少錢", "哈囉"))
    rows = list(stage.rows("comment.topics").values())
    assert [(row.text, row.count, row.sample_refs) for row in rows] == [("多少錢？", 2, ("3:0", "3:1"))]
