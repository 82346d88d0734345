"""Stories of the room as one reads it: a sample for the eye, exact counters, and whatever question is asked."""

from typing import Any

import pytest

from kaibo.core.errors import Invalid
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.comment import stream
from kaibo.features.comment.facts import CommentAnswered
from kaibo.features.comment.feature import FEATURE
from kaibo.features.comment.question import understood
from kaibo.features.comment.stream import ROWS_MAX, SAMPLE_MAX, TallyRow
from kaibo.features.comment.tests.test_comment import WASH, batch
from kaibo.features.product.facts import ProductAdded


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=WASH, currency="TWD"))


def texts(stage: Stage, question: str = "") -> list[str]:
    rows = asked(stage, question)
    return [row.text for key, row in rows.items() if key != "tally"]


def asked(stage: Stage, question: str) -> dict[str, Any]:
    return dict(stage.fold.rows(f"comment.stream?{question}" if question else "comment.stream"))


def test_a_quiet_room_is_shown_whole(stage: Stage) -> None:
    stage.given(batch("哈囉", "多少錢", "+1"))
    assert texts(stage) == ["哈囉", "多少錢", "+1"]
    assert asked(stage, "")["tally"] == TallyRow(count=3, since_at=CURTAIN_AT, matched=3, sampled=3)


def test_a_loud_room_is_sampled_and_counted_in_full(stage: Stage) -> None:
    stage.given(batch(*[f"衝{n}" for n in range(5000)]), at=CURTAIN_AT)
    stage.given(batch(*[f"啊{n}" for n in range(500)], base=1), at=CURTAIN_AT + 250)
    tally = asked(stage, "")["tally"]
    assert (tally.count, tally.sampled) == (5500, 24 + 6)
    assert len(texts(stage)) == 30


def test_no_pause_makes_one_batch_flood_the_screen(stage: Stage) -> None:
    stage.given(batch("哈囉"), at=CURTAIN_AT)
    stage.given(batch(*[f"衝{n}" for n in range(500)], base=1), at=CURTAIN_AT + 600_000)
    assert len(texts(stage)) == 1 + SAMPLE_MAX


def test_what_the_team_must_act_on_is_shown_before_the_rest(stage: Stage) -> None:
    crowd = [f"衝{n}" for n in range(400)]
    crowd[200:200] = ["我要退貨", "多少錢", "+1"]
    stage.given(batch(*crowd))
    shown = texts(stage)
    assert len(shown) == 24
    assert {"我要退貨", "多少錢", "+1"} <= set(shown)
    assert shown == sorted(shown, key=crowd.index)


def test_a_question_is_asked_of_everything_and_not_of_the_sample(stage: Stage) -> None:
    stage.given(batch(*[f"衝{n}" for n in range(400)], "要退貨怎麼辦"))
    stage.given(batch(*[f"啊{n}" for n in range(400)], base=1))
    assert texts(stage, "kind=aftersales") == ["要退貨怎麼辦"]
    assert asked(stage, "kind=aftersales")["tally"].count == 1


def test_two_characters_find_what_holds_them_in_either_script(stage: Stage) -> None:
    stage.given(batch("敏感肌可以用嗎", "敏感的颜色", "感敏", "ＳＰＦ多少"))
    assert texts(stage, "text=敏感") == ["敏感肌可以用嗎", "敏感的颜色"]
    assert texts(stage, "text=顏色") == ["敏感的颜色"]
    assert texts(stage, "text=spf") == ["ＳＰＦ多少"]
    assert len(texts(stage, "text=小鹿")) == 4  # who said it is found too


def test_kinds_products_words_and_viewers_narrow_each_other(stage: Stage) -> None:
    stage.given(batch("潔面乳多少錢", "潔面乳+1", "多少錢"))
    assert texts(stage, "product=A01") == ["潔面乳多少錢", "潔面乳+1"]
    assert texts(stage, "product=A01&kind=question") == ["潔面乳多少錢"]
    assert texts(stage, "viewer=v1&kind=order") == ["潔面乳+1"]
    assert texts(stage, "viewer=v2") == []
    assert asked(stage, "product=nowhere")["tally"].count == 0


def test_a_screen_keeps_its_newest_rows(stage: Stage) -> None:
    for n in range(ROWS_MAX // 20 + 3):
        stage.given(batch(*[f"{n}-{m}" for m in range(20)], base=min(n, 1)), at=CURTAIN_AT + n * 1000)
    shown = texts(stage)
    assert (len(shown), shown[-1]) == (ROWS_MAX, f"{ROWS_MAX // 20 + 2}-19")


def test_what_was_done_with_a_comment_shows_through_every_question(stage: Stage) -> None:
    stage.given(batch("多少錢"), CommentAnswered(comment_ref="2:0"))
    assert asked(stage, "")["2:0"].state == "answered"
    assert asked(stage, "kind=question")["2:0"].state == "answered"


def test_words_are_kept_of_the_newest_comments_and_counts_of_all(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "WINDOW_COMMENTS", 10)
    for n in range(5):
        stage.given(batch(*[f"多少錢{n}"] * 4, base=min(n, 1)), at=CURTAIN_AT + n * 1000)
    assert texts(stage) == [f"多少錢{n}" for n in (3, 4) for _ in range(4)]
    assert asked(stage, "kind=question")["tally"] == TallyRow(count=20, since_at=CURTAIN_AT, matched=8, sampled=8)
    assert asked(stage, "text=多少")["tally"] == TallyRow(count=8, since_at=CURTAIN_AT + 3000, matched=8, sampled=8)
    room = stage.fold.shown("comment.stream").room
    assert (len(room.recent), len(room.heard)) == (2, 5)


@pytest.mark.parametrize("query", ["colour=red", "kind=order&colour=", "&&", "text=" + "長" * 300])
def test_what_is_no_question_is_said_with_what_is_wrong(query: str) -> None:
    with pytest.raises(Invalid) as told:
        understood(query)
    assert told.value.where == "question"
    assert "colour" not in query or "colour" in told.value.why
