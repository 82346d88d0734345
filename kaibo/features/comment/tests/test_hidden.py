"""Stories of questions that were hidden and are shown again, and of what a full list lets go."""

import pytest

from kaibo.core.stage import Stage
from kaibo.features.comment import memory, topics
from kaibo.features.comment.facts import AnswerRemembered, KnownAnswer
from kaibo.features.comment.feature import FEATURE
from kaibo.features.comment.suggest import AnswerBook
from kaibo.features.comment.tests.test_comment import SERUM, WASH, batch, handed, open_refs
from kaibo.features.moderation.facts import CommentsCaught, CommentsHidden, CommentsReleased, Hit, Said
from kaibo.features.product.facts import ProductAdded
from kaibo.features.prompter.facts import QuestionFinished

SHOWN_AGAIN = CommentsReleased(action_id="a2", comment_refs=("3:0",), source="shop")


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=WASH, currency="TWD"), ProductAdded(product=SERUM, currency="TWD"))


def hidden(*refs: str) -> CommentsHidden:
    comments = tuple(Said(ref=ref, viewer="v1", name="小鹿", text="?", at=0) for ref in refs)
    return CommentsHidden(action_id="a1", comments=comments, source="shop")


def test_a_hidden_question_waits_for_nobody_and_shown_again_it_asks_once(stage: Stage) -> None:
    stage.given(batch("味道重嗎"), hidden("3:0"))
    assert open_refs(stage) == []
    stage.given(SHOWN_AGAIN, SHOWN_AGAIN)
    assert open_refs(stage) == ["3:0"]
    assert (stage.row("comment.questions", "3:0").count, stage.row("comment.questions", "tally").asked) == (1, 1)


def test_shown_again_and_marked_since_it_asks_once(stage: Stage) -> None:
    stage.given(batch("味道重嗎"), hidden("3:0"), SHOWN_AGAIN)
    stage.given(
        CommentsCaught(
            action_id="a3",
            batch=3,
            hits=(Hit(ref="3:0", viewer="v1", name="小鹿", text="?", at=0, why="word", does="mark"),),
            source="shop",
        )
    )
    assert (stage.row("comment.questions", "3:0").count, stage.row("comment.questions", "tally").asked) == (1, 1)


def test_of_two_the_host_has_only_the_hidden_one_is_taken_back(stage: Stage) -> None:
    stage.given(batch("多少錢", "有貨嗎"), handed("q1", "3:0"), handed("q2", "3:1"), hidden("3:0"))
    assert open_refs(stage) == []
    stage.given(QuestionFinished(question_id="q2", outcome="returned"))
    assert open_refs(stage) == ["3:1"]


def test_of_too_many_topics_the_rarest_of_the_older_ones_goes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "TOPICS_MAX", 4)
    stage.given(batch("味道重嗎", "味道重嗎", "有貨嗎", "孕婦可以用嗎", "怎麼退貨"))
    stage.given(batch("多少錢", "有贈品嗎"))
    assert [row.text for row in stage.rows("comment.topics").values()] == ["味道重嗎", "孕婦可以用嗎", "多少錢", "有贈品嗎"]


def known(question: str, answer: str) -> KnownAnswer:
    return KnownAnswer(question=question, answer=answer, product_id="A01", show_id="s1", show_title="一")


def test_a_full_memory_lets_the_oldest_answer_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MEMORY_MAX", 2)
    workspace = Stage(FEATURE, "workspace/main")
    for question in ("一", "二", "三"):
        workspace.given(AnswerRemembered(known=known(question, "可以")))
    assert [row.question for row in workspace.rows("comment.memory").values()] == ["二", "三"]


def test_this_evenings_newer_answer_counts_and_no_other_shows_takes_its_place() -> None:
    book = AnswerBook()
    assert book.add(known("敏感肌可以用嗎", "上一場"), "team")
    assert book.add(known("敏感肌可以用嗎", "今晚"), "show")
    assert book.add(known("敏感肌可以用嗎", "今晚又說"), "show")
    assert not book.add(known("敏感肌可以用嗎", "上一場"), "team")
    assert [one.answer for one in book.entries.values()] == ["今晚又說"]
