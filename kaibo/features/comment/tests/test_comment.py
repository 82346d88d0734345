"""Stories of the comment desk."""

from typing import Any

import pytest
from msgspec import structs

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.columns import pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch, AudienceRepeated
from kaibo.features.comment.commands import (
    AnswerComment,
    ConfirmReply,
    DismissComment,
    FailReply,
    ReplyToComment,
    SettleQuestion,
    SettleReplyByHand,
)
from kaibo.features.comment.facts import (
    CommentAnswered,
    CommentDismissed,
    CommentReplyAsked,
    CommentReplyFailed,
    CommentReplySent,
)
from kaibo.features.comment.feature import FEATURE
from kaibo.features.comment.questions import GROUPS_MAX, REFS_MAX, OpenQuestionRow, QuestionTallyRow
from kaibo.features.comment.rules import CommentUnknown, ReplyNotAsked, ReplyUnderWay, ReplyUnknown, SourceTakesNoReply
from kaibo.features.comment.suggest import Suggestion
from kaibo.features.comment.view import CommentCountRow, CommentRow
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.product.facts import Doubt, ProductAdded, ProductEdited, ProductPinned, ProductSheet
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent
from kaibo.features.show.facts import ShowEnded

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


def open_refs(stage: Stage) -> list[str]:
    return [key for key in stage.rows("comment.questions") if key != "tally"]


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
            last_at=AT,
            name="小鹿",
            text="潔面乳敏感肌可以用嗎",
            product_id="A01",
            answer="可以，無皂基",
            count=1,
            askers=("小鹿",),
            source="shop",
            state="open",
            suggestions=(Suggestion(answer="可以，無皂基", question="敏感肌可以用嗎", source="sheet", product_id="A01"),),
        ),
        "tally": QuestionTallyRow(open=1, asked=1),
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
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), batch("這個味道重嗎", "哈囉", at=CURTAIN_AT))
    assert [row.product_id for row in stage.rows("comment.window").values()] == ["B01", ""]
    stage.given(ProductPinned(product_id="A01"), batch("this one?", at=CURTAIN_AT, base=1))
    assert stage.row("comment.window", "7:0").product_id == "A01"


def test_what_was_said_late_is_about_what_was_on_air_when_it_was_said(stage: Stage) -> None:
    stage.given(ProductPinned(product_id="A01"), at=CURTAIN_AT)
    stage.given(ProductPinned(product_id="B01"), at=CURTAIN_AT + 60_000)
    stage.given(batch("這個多少錢", at=CURTAIN_AT + 59_999), batch("這個多少錢", at=CURTAIN_AT + 60_000, base=1))
    assert [row.product_id for row in stage.rows("comment.window").values()] == ["A01", "B01"]
    stage.given(ShowEnded(show_id="s1"), at=CURTAIN_AT + 120_000)
    stage.given(batch("這個多少錢", at=CURTAIN_AT + 119_999, base=1), batch("這個多少錢", at=CURTAIN_AT + 120_000, base=1))
    assert [row.product_id for row in stage.rows("comment.window").values()][2:] == ["B01", ""]


def test_a_question_that_names_nothing_is_tried_on_the_product_on_air(stage: Stage) -> None:
    stage.given(ProductPinned(product_id="A01"), batch("敏感肌能用嗎", "什麼時候發貨"))
    rows = [stage.row("comment.questions", ref) for ref in open_refs(stage)]
    assert [(row.product_id, row.answer) for row in rows] == [("A01", "可以，無皂基"), ("", "")]


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
    assert set(open_refs(stage)) == {"3:1"}
    stage.given(QuestionFinished(question_id="q1", outcome="withdrawn"))
    assert stage.row("comment.window", "3:0").state == "open"
    assert set(open_refs(stage)) == {"3:0", "3:1"}
    stage.given(handed("q2", "3:0"), QuestionFinished(question_id="q2", outcome="answered"))
    assert stage.row("comment.window", "3:0").state == "answered"
    assert set(open_refs(stage)) == {"3:1"}
    assert stage.row("comment.counts", "all").answered == 1


def test_what_was_dismissed_while_the_host_had_it_stays_dismissed(stage: Stage) -> None:
    stage.given(batch("多少錢"), handed("q1", "3:0"), CommentDismissed(comment_ref="3:0"))
    stage.given(QuestionFinished(question_id="q1", outcome="withdrawn"))
    assert stage.row("comment.window", "3:0").state == "dismissed"
    assert open_refs(stage) == []


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


def asked_by(text: str, name: str) -> AudienceBatch:
    said = (AudienceItem(kind="comment", at=AT, viewer="v1", name=name, text=text),)
    return AudienceBatch(
        source="shop", room="", count=1, comments=1, first_at=AT, last_at=AT, viewer_base=1, columns=pack(said, {"v1": 0}, 1)
    )


def test_the_same_question_is_one_row_with_who_asked_it(stage: Stage) -> None:
    stage.given(batch("潔面乳孕婦可以用嗎", at=AT), asked_by("請問潔面乳孕婦可以用嗎？", "阿凱"))
    stage.given(asked_by("潔面乳 孕婦可以用嗎!!", "豆花妹"), asked_by("精華液孕婦可以用嗎", "阿凱"))
    assert open_refs(stage) == ["3:0", "6:0"]
    row: Any = stage.row("comment.questions", "3:0")
    assert (row.count, row.askers, row.text) == (3, ("小鹿", "阿凱", "豆花妹"), "潔面乳孕婦可以用嗎")
    assert stage.row("comment.questions", "tally") == QuestionTallyRow(open=2, asked=4)


def test_one_answer_is_for_all_who_asked(stage: Stage) -> None:
    stage.given(batch("多少錢", "多少錢？", "有貨嗎", "多少錢!"))
    stage.when(AnswerComment(comment_ref="3:0", answer="299", also=True))
    stage.then(CommentAnswered(comment_ref="3:0", answer="299", also=("3:1", "3:3"), question="多少錢"))
    assert open_refs(stage) == ["3:2"]
    assert stage.row("comment.window", "3:3").state == "answered"
    assert stage.row("comment.counts", "all").answered == 3
    stage.when(AnswerComment(comment_ref="3:0", also=True)).then()


def test_one_answer_to_one_of_them_leaves_the_others_waiting(stage: Stage) -> None:
    stage.given(batch("多少錢", "多少錢？")).when(AnswerComment(comment_ref="3:0"))
    row: Any = stage.row("comment.questions", "3:1")
    assert (open_refs(stage), row.count) == (["3:1"], 1)
    stage.when(DismissComment(comment_ref="3:0", also=True))
    assert open_refs(stage) == ["3:1"]


def test_all_who_asked_are_dismissed_together(stage: Stage) -> None:
    stage.given(batch("在嗎", "在嗎？")).when(DismissComment(comment_ref="3:1", also=True))
    stage.then(CommentDismissed(comment_ref="3:1", also=("3:0",)))
    assert open_refs(stage) == []


def test_the_oldest_unanswered_question_never_slips_away(stage: Stage) -> None:
    stage.given(batch(*[f"第{n}款有貨嗎" for n in range(GROUPS_MAX + 30)]))
    refs = open_refs(stage)
    assert (refs[0], len(refs)) == ("3:0", GROUPS_MAX)
    assert stage.row("comment.questions", "tally") == QuestionTallyRow(open=GROUPS_MAX, asked=GROUPS_MAX, unlisted=30)


def test_a_pressing_question_gets_into_a_full_list_in_place_of_the_newest_asked_once(stage: Stage) -> None:
    stage.given(batch(*[f"第{n}款有貨嗎" for n in range(GROUPS_MAX)]), asked_by(f"第{GROUPS_MAX - 1}款有貨嗎", "阿凱"))
    stage.given(asked_by("可以開統編嗎", "阿凱"), asked_by("可以開統編嗎", "豆花妹"))
    assert "7:0" not in open_refs(stage)
    stage.given(asked_by("可以開統編嗎", "momo"))
    refs = open_refs(stage)
    assert (refs[0], refs[-1], len(refs)) == ("3:0", "7:0", GROUPS_MAX)
    assert f"3:{GROUPS_MAX - 2}" not in refs  # the newest asked once; the one after it was asked twice
    assert f"3:{GROUPS_MAX - 1}" in refs
    assert stage.row("comment.questions", "tally").unlisted == 3


def test_a_question_asked_a_thousand_times_is_counted_in_full(stage: Stage) -> None:
    stage.given(batch(*["多少錢"] * 1000))
    assert stage.row("comment.questions", "3:0").count == 1000
    stage.when(AnswerComment(comment_ref="3:0", also=True))
    assert (open_refs(stage), stage.row("comment.questions", "tally")) == ([], QuestionTallyRow())
    assert stage.row("comment.counts", "all").answered == REFS_MAX


def test_what_the_host_answers_is_answered_for_all_who_asked(stage: Stage) -> None:
    stage.given(batch("多少錢", "多少錢？", "多少錢!"), handed("q1", "3:0"))
    assert open_refs(stage) == []
    stage.given(QuestionFinished(question_id="q1", outcome="answered"))
    stage.when(SettleQuestion(question_id="q1")).then(CommentAnswered(comment_ref="3:1", also=("3:2",)))
    assert open_refs(stage) == []
    stage.when(SettleQuestion(question_id="q1")).then()


def from_a_platform_that_takes_replies(*texts: str) -> AudienceBatch:
    return structs.replace(batch(*texts), replies=True)


def test_a_reply_goes_out_and_answers_all_who_asked_once_the_platform_took_it(stage: Stage) -> None:
    stage.given(from_a_platform_that_takes_replies("多少錢", "多少錢？"))
    stage.when(ReplyToComment(reply_id="r1", comment_ref="3:0", text="299 元", also=True))
    stage.then(
        CommentReplyAsked(reply_id="r1", comment_ref="3:0", source="shop", text="299 元", also=("3:1",), question="多少錢")
    )
    assert stage.row("comment.questions", "3:0").state == "replying"
    stage.when(ReplyToComment(reply_id="r2", comment_ref="3:0", text="299 元")).refused(ReplyUnderWay, comment_ref="3:0")
    stage.when(ConfirmReply(reply_id="r1"))
    stage.then(CommentReplySent(reply_id="r1", comment_ref="3:0", text="299 元", also=("3:1",), question="多少錢"))
    assert open_refs(stage) == []
    assert stage.row("comment.window", "3:1").state == "answered"


def test_a_reply_the_platform_refuses_puts_the_question_back_and_says_so(stage: Stage) -> None:
    stage.given(from_a_platform_that_takes_replies("多少錢"))
    stage.when(ReplyToComment(reply_id="r1", comment_ref="3:0", text="加 LINE"))
    stage.when(FailReply(reply_id="r1", code="reply.blocked"))
    stage.then(CommentReplyFailed(reply_id="r1", comment_ref="3:0", code="reply.blocked"))
    assert stage.row("comment.questions", "3:0").state == "reply_failed"
    stage.when(ConfirmReply(reply_id="r1")).refused(ReplyUnknown, reply_id="r1")
    stage.when(AnswerComment(comment_ref="3:0")).then(CommentAnswered(comment_ref="3:0"))


def test_where_nobody_can_write_back_the_reply_is_refused(stage: Stage) -> None:
    stage.given(batch("多少錢"))
    stage.when(ReplyToComment(reply_id="r1", comment_ref="3:0", text="299")).refused(SourceTakesNoReply, source="shop")


def test_a_platform_clock_far_ahead_does_not_stop_the_minute(stage: Stage) -> None:
    stage.given(batch("一", at=CURTAIN_AT + 10**10), at=CURTAIN_AT)
    stage.given(batch("二", "三", at=CURTAIN_AT, base=1), at=CURTAIN_AT)
    row: Any = stage.row("comment.counts", "all")
    assert (row.comments, row.last_minute) == (3, 2)


@pytest.mark.parametrize(
    "sign",
    [
        AudienceRepeated(source="shop", room="", duplicates=0),
        MetricSampled(at=CURTAIN_AT + 70_000, whole={}, last_10=None, prev_10=None),
    ],
    ids=["heartbeat", "sample"],
)
def test_the_last_minute_falls_when_the_chat_is_quiet(stage: Stage, sign: Any) -> None:
    stage.given(batch("一", "二", at=CURTAIN_AT), batch("三", at=CURTAIN_AT + 20_000, base=2), at=CURTAIN_AT + 20_000)
    for second, count in ((59, 3), (60, 1), (80, 0)):
        stage.given(sign, at=CURTAIN_AT + second * 1000)
        assert stage.row("comment.counts", "all").last_minute == count


def test_like_questions_gather(stage: Stage) -> None:
    stage.given(batch("多少錢？", "請問多少錢", "哈囉"))
    rows = list(stage.rows("comment.topics").values())
    assert [(row.text, row.count, row.sample_refs) for row in rows] == [("多少錢？", 2, ("3:0", "3:1"))]


def test_where_no_platform_answers_who_wrote_the_reply_there_says_so(stage: Stage) -> None:
    stage.given(structs.replace(batch("多少錢", "多少錢"), replies=True))
    stage.when(SettleReplyByHand(comment_ref="3:0")).refused(ReplyNotAsked, comment_ref="3:0")
    stage.when(ReplyToComment(reply_id="r1", comment_ref="3:0", text="299 元", also=True))
    stage.when(SettleReplyByHand(comment_ref="3:1"))
    stage.then(CommentReplySent(reply_id="r1", comment_ref="3:0", text="299 元", also=("3:1",), question="多少錢", by_hand=True))
    assert open_refs(stage) == []


def test_a_reply_that_nobody_wrote_leaves_the_question_open(stage: Stage) -> None:
    stage.given(structs.replace(batch("多少錢"), replies=True))
    stage.when(ReplyToComment(reply_id="r1", comment_ref="3:0", text="299 元"))
    stage.when(SettleReplyByHand(comment_ref="3:0", done=False))
    stage.then(CommentReplyFailed(reply_id="r1", comment_ref="3:0", code="reply.by_hand"))
    assert stage.row("comment.questions", "3:0").state == "reply_failed"
