"""Questions that wait for too long are told, once for each change."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.comment.commands import AnswerComment, TellLateQuestions
from kaibo.features.comment.facts import QuestionsLate
from kaibo.features.comment.feature import FEATURE
from kaibo.features.comment.state import due
from kaibo.features.comment.tests.test_comment import AT, batch
from kaibo.features.comment.waiting import LATE_MS, TELL_MS
from kaibo.features.prompter.facts import QuestionHanded
from kaibo.features.show.facts import ShowAired, ShowEnded

SYSTEM = Actor(id="system", role="system")
FIRST = AT + LATE_MS
TELL = TellLateQuestions()


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(ShowAired(show_id="s1"), batch("敏感肌可以用嗎", "什麼時候出貨？", "孕婦可以用嗎"))


def test_a_question_is_late_after_a_minute(stage: Stage) -> None:
    assert due(stage.state) == (FIRST, TELL)
    stage.when(TELL, by=SYSTEM, at=FIRST - 1).then()
    stage.when(TELL, by=SYSTEM, at=FIRST).then(QuestionsLate(count=3))
    assert due(stage.state) is None


def test_the_same_question_again_counts_once_from_the_first_time(stage: Stage) -> None:
    stage.given(batch("敏感肌可以用嗎", at=AT + 5000, base=1))
    stage.when(TELL, by=SYSTEM, at=FIRST).then(QuestionsLate(count=3))
    assert due(stage.state) is None


def test_a_question_waits_since_its_own_time_and_not_since_that_of_one_that_was_answered(stage: Stage) -> None:
    stage.given(batch("敏感肌可以用嗎", at=AT + 5000, base=1))
    stage.when(AnswerComment(comment_ref="2:0", answer="可以"))
    row = stage.row("comment.questions", "3:0")
    assert (row.at, row.last_at) == (AT + 5000, AT + 5000)
    stage.when(TELL, by=SYSTEM, at=FIRST).then(QuestionsLate(count=2))


def test_news_of_a_change_waits_until_the_last_news_is_twenty_seconds_old(stage: Stage) -> None:
    stage.given(batch("有沒有贈品嗎", at=AT + 1000, base=1))
    stage.when(TELL, by=SYSTEM, at=FIRST)
    assert due(stage.state) == (FIRST + TELL_MS, TELL)
    stage.when(AnswerComment(comment_ref="2:0", answer="可以"), at=FIRST + 10)
    stage.when(AnswerComment(comment_ref="2:1", answer="明天"), at=FIRST + 20)
    stage.when(TELL, by=SYSTEM, at=FIRST + TELL_MS).then(QuestionsLate(count=2))


def test_what_the_host_has_waits_for_nobody_here(stage: Stage) -> None:
    stage.given(QuestionHanded(question_id="q", text="敏感肌可以用嗎", comment_ref="2:0", answer="", product_id=None))
    stage.when(TELL, by=SYSTEM, at=FIRST).then(QuestionsLate(count=2))


def test_a_timer_that_comes_late_is_not_asked_again_for_the_same_instant(stage: Stage) -> None:
    stage.when(TELL, by=SYSTEM, at=FIRST)
    stage.when(AnswerComment(comment_ref="2:0", answer="可以"), at=FIRST + 10)
    stage.given(batch("有沒有贈品嗎", at=AT + TELL_MS + 1, base=1), at=FIRST + 20)
    stage.when(TELL, by=SYSTEM, at=FIRST + TELL_MS + 1).then(QuestionsLate(count=3))
    assert due(stage.state) is None


def test_nothing_is_late_before_the_show_nor_after_it(stage: Stage) -> None:
    stage.given(ShowEnded(show_id="s1"))
    assert due(stage.state) is None
    stage.when(TELL, by=SYSTEM, at=CURTAIN_AT + LATE_MS).then()
