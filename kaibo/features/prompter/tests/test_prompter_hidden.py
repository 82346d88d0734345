"""Stories of questions whose comments moderation hides: the host never reads them out."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import Stage
from kaibo.features.moderation.facts import CommentsHidden, CommentsReleased, Said
from kaibo.features.prompter.commands import FinishQuestion, HandQuestion
from kaibo.features.prompter.facts import QuestionHanded
from kaibo.features.prompter.feature import FEATURE
from kaibo.features.prompter.rules import CommentKeptAway, QuestionOver

AI = Actor(id="ai", role="assistant")
HOST = Actor(id="host", role="host")


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE)


def hand(number: int) -> HandQuestion:
    return HandQuestion(question_id=f"q{number}", text=f"第{number}問", comment_ref=f"3:{number}")


def hidden(*refs: str) -> CommentsHidden:
    return CommentsHidden(action_id=f"h-{refs[0]}", comments=tuple(Said(ref=ref) for ref in refs), source="sim")


def released(ref: str) -> CommentsReleased:
    return CommentsReleased(action_id=f"r-{ref}", comment_refs=(ref,), source="sim")


def test_a_question_whose_comment_is_hidden_waits_no_more_and_the_others_do(stage: Stage) -> None:
    for number in (1, 2):
        stage.when(hand(number), by=AI)
    stage.given(hidden("3:1"))
    stage.when(FinishQuestion(question_id="q1", outcome="answered"), by=HOST).refused(QuestionOver, question_id="q1")
    stage.when(FinishQuestion(question_id="q2", outcome="answered"), by=HOST)
    assert stage.state.waiting == {}


def test_what_is_hidden_is_not_handed_until_it_is_shown_again(stage: Stage) -> None:
    stage.when(hand(1), by=AI)
    stage.given(hidden("3:1"))
    again = HandQuestion(question_id="q9", text="第1問", comment_ref="3:1")
    stage.when(again, by=AI).refused(CommentKeptAway, comment_ref="3:1")
    stage.given(released("3:1"))
    stage.when(again, by=AI).then(QuestionHanded(question_id="q9", text="第1問", answer="", comment_ref="3:1"))
