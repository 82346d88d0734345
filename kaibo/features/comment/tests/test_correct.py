"""Stories of corrections, of the model in the log, and of answers at hand."""

import pytest

import kaibo.features.comment.suggest as suggest_module
from kaibo.core.errors import NotFound
from kaibo.core.stage import Stage
from kaibo.features.comment.commands import AnswerComment, ChooseModel, CorrectComment, GiveAnswers, RememberAnswer
from kaibo.features.comment.facts import (
    AnswerRemembered,
    AnswersGiven,
    CommentCorrected,
    KnownAnswer,
    ModelChosen,
)
from kaibo.features.comment.feature import FEATURE
from kaibo.features.comment.model import Model
from kaibo.features.comment.rules import CommentModelBroken, CommentProductUnknown, CommentUnknown
from kaibo.features.comment.suggest import AnswerBook, suggest
from kaibo.features.comment.tests.test_comment import SERUM, WASH, batch
from kaibo.features.comment.training import shipped
from kaibo.features.comment.triage import tidy
from kaibo.features.product.facts import Doubt, ProductAdded, ProductSheet
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded
from kaibo.features.show.facts import ShowEnded

MODEL = shipped()
CHOSEN = ModelChosen(version=MODEL.version, digest=MODEL.digest, weights=MODEL.packed)


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=WASH, currency="TWD"), ProductAdded(product=SERUM, currency="TWD"))


def counts(stage: Stage) -> tuple[int, ...]:
    row = stage.row("comment.counts", "all")
    return (row.questions, row.orders, row.aftersales, row.praise, row.spam)


def questions(stage: Stage) -> list[str]:
    return [row.text for key, row in stage.rows("comment.questions").items() if key != "tally"]


# corrections
def test_a_correction_shows_at_once_everywhere(stage: Stage) -> None:
    stage.given(batch("味道重嗎", "哈囉"))
    assert (questions(stage), counts(stage)) == (["味道重嗎"], (1, 0, 0, 0, 0))
    stage.when(CorrectComment(comment_ref="3:1", kind="question", product_id="B01"))
    stage.then(CommentCorrected(comment_ref="3:1", kind="question", product_id="B01"))
    row = stage.row("comment.window", "3:1")
    assert (row.kind, row.product_id, row.corrected) == ("question", "B01", True)
    assert stage.row("comment.stream", "3:1") == row
    assert (questions(stage), counts(stage)) == (["味道重嗎", "哈囉"], (2, 0, 0, 0, 0))
    assert {row.text for row in stage.rows("comment.topics").values()} == {"味道重嗎", "哈囉"}
    stage.when(CorrectComment(comment_ref="3:0", kind="aftersales")).then(CommentCorrected(comment_ref="3:0", kind="aftersales"))
    assert (questions(stage), counts(stage)) == (["哈囉"], (1, 0, 1, 0, 0))
    assert {row.text for row in stage.rows("comment.topics").values()} == {"哈囉"}


def test_the_same_correction_is_no_news_and_the_last_word_counts(stage: Stage) -> None:
    stage.given(batch("哈囉"))
    stage.when(CorrectComment(comment_ref="3:0", kind="spam")).when(CorrectComment(comment_ref="003:00", kind="spam")).then()
    stage.when(CorrectComment(comment_ref="3:0", kind="praise", product_id="A01"))
    stage.when(CorrectComment(comment_ref="3:0", kind="order"))
    stage.then(CommentCorrected(comment_ref="3:0", kind="order", product_id="A01"))
    assert counts(stage) == (0, 1, 0, 0, 0)


def test_what_all_asked_is_corrected_for_all_who_wait(stage: Stage) -> None:
    stage.given(batch("多少錢", "請問多少錢", "有貨嗎"))
    stage.when(CorrectComment(comment_ref="3:0", kind="other", also=True))
    stage.then(CommentCorrected(comment_ref="3:0", kind="other"), CommentCorrected(comment_ref="3:1", kind="other"))
    assert questions(stage) == ["有貨嗎"]


def test_a_question_about_another_product_joins_those_who_ask_of_it(stage: Stage) -> None:
    stage.given(batch("味道重嗎", "精華液味道重嗎"))
    stage.when(CorrectComment(comment_ref="3:0", kind="question", product_id="B01"))
    assert {row.product_id for key, row in stage.rows("comment.questions").items() if key != "tally"} == {"B01"}


def test_nobody_corrects_what_is_not_there(stage: Stage) -> None:
    stage.given(batch("哈囉"))
    stage.when(CorrectComment(comment_ref="3:1", kind="spam")).refused(CommentUnknown, comment_ref="3:1")
    refused = CorrectComment(comment_ref="3:0", kind="order", product_id="Z9")
    stage.when(refused).refused(CommentProductUnknown, product_id="Z9")


# the model
def test_a_log_without_a_model_is_read_by_the_rules_alone_and_one_with_a_model_from_there_on(stage: Stage) -> None:
    stage.given(batch("客服都已讀不回我", "色號很襯你"))
    before = [row.kind for row in stage.rows("comment.window").values()]
    stage.given(CHOSEN)
    assert [row.kind for row in stage.rows("comment.window").values()] == before == ["aftersales", "other"]
    stage.given(batch("客服都已讀不回我", "色號很襯你", base=1))
    assert [stage.row("comment.window", ref).kind for ref in ("5:0", "5:1")] == ["aftersales", "praise"]


def test_a_model_is_chosen_once_and_not_for_a_show_that_is_over(stage: Stage) -> None:
    stage.when(ChooseModel(version=MODEL.version, weights=MODEL.packed)).then(CHOSEN)
    stage.when(ChooseModel(version=MODEL.version, weights=MODEL.packed)).then()
    over = Stage(FEATURE).given(ShowEnded(show_id="s1"))
    over.when(ChooseModel(version=MODEL.version, weights=MODEL.packed)).then()


@pytest.mark.parametrize("weights", ["", "nothing", MODEL.packed[:-40], "é"])
def test_weights_that_do_not_open_never_reach_a_log(stage: Stage, weights: str) -> None:
    stage.when(ChooseModel(version="9", weights=weights)).refused(CommentModelBroken, version="9")


def test_each_lesson_in_its_own_log(stage: Stage) -> None:
    known = KnownAnswer(question="可以寄澎湖嗎", answer="可以")
    workspace = Stage(FEATURE, "workspace/main")
    workspace.when(RememberAnswer(known=known)).then(AnswerRemembered(known=known))
    workspace.when(RememberAnswer(known=known)).then()
    (row,) = workspace.rows("comment.memory").values()
    assert (row.question, row.answer) == ("可以寄澎湖嗎", "可以")
    other = KnownAnswer(question="可以寄澎湖嗎", answer="可以，三天")
    workspace.when(RememberAnswer(known=other)).then(AnswerRemembered(known=other))  # the last word counts
    assert [row.answer for row in workspace.rows("comment.memory").values()] == ["可以，三天"]
    workspace.when(GiveAnswers(answers=(known,))).refused(NotFound, kind="command", id="comment.give_answers")
    workspace.when(ChooseModel(version="1", weights="x")).refused(NotFound, kind="command")
    stage.when(RememberAnswer(known=known)).refused(NotFound, kind="command")
    stage.when(GiveAnswers(answers=(known,))).then(AnswersGiven(answers=(known,)))
    stage.when(GiveAnswers(answers=(known,))).then()


# answers at hand
def at_hand(stage: Stage, ref: str) -> list[tuple[str, str]]:
    return [(one.answer, one.source) for one in stage.row("comment.questions", ref).suggestions]


def test_an_answer_of_this_evening_serves_whoever_asks_the_same(stage: Stage) -> None:
    stage.given(batch("可以寄澎湖嗎", "澎湖要運費嗎"))
    stage.when(AnswerComment(comment_ref="3:0", answer="澎湖免運"))
    assert at_hand(stage, "3:1") == [("澎湖免運", "show")]
    stage.given(batch("有寄澎湖？", base=1))
    assert at_hand(stage, f"{stage.seq}:0") == [("澎湖免運", "show")]


def test_what_the_host_answered_serves_too_and_what_was_taken_back_does_not(stage: Stage) -> None:
    stage.given(batch("精華液會黏嗎", "精華液有香味嗎", "精華液黏膩嗎 會黏嗎", "精華液香味濃嗎"))
    for number, (ref, text, answer, outcome) in enumerate(
        (("3:0", "會黏嗎", "不黏", "answered"), ("3:1", "有香味嗎", "無香", "withdrawn"))
    ):
        stage.given(QuestionHanded(question_id=f"q{number}", text=text, answer=answer, comment_ref=ref, product_id="B01"))
        stage.given(QuestionFinished(question_id=f"q{number}", outcome=outcome))
    assert at_hand(stage, "3:2") == [("不黏", "show")]
    assert at_hand(stage, "3:3") == []


def test_the_sheet_goes_before_others_who_said_as_much_and_the_same_words_stand_once(stage: Stage) -> None:
    others = (
        KnownAnswer(question="敏感肌可以用嗎", answer="先試耳後", product_id="A01", show_title="上一場"),
        KnownAnswer(question="敏感可以用嗎", answer="可以，無皂基", product_id="A01"),
        KnownAnswer(question="敏感肌可以用嗎", answer="別的商品的", product_id="B01"),
    )
    stage.given(AnswersGiven(answers=others), batch("潔面乳敏感肌可以用嗎"))
    assert at_hand(stage, "4:0") == [("可以，無皂基", "sheet"), ("先試耳後", "team")]


def test_this_evenings_answer_is_not_replaced_by_an_earlier_one() -> None:
    book = AnswerBook()
    book.add(KnownAnswer(question="可以寄澎湖嗎", answer="今天免運"), "show")
    book.add(KnownAnswer(question="可以寄澎湖嗎", answer="運費 150"), "team")
    assert [one.answer for one in suggest(tidy(["寄澎湖"])[0], None, book)] == ["今天免運"]


def test_two_characters_are_enough_to_find_an_answer() -> None:
    book = AnswerBook()
    book.add(KnownAnswer(question="孕婦能不能用", answer="請先問醫師"), "team")
    book.add(KnownAnswer(question="保固多久呢", answer="一年"), "team")
    for asked, answer in (("孕婦", "請先問醫師"), ("孕妇？", "請先問醫師"), ("保固", "一年")):
        assert [one.answer for one in suggest(tidy([asked])[0], None, book)] == [answer]
    assert suggest(tidy(["運費"])[0], None, book) == ()


def test_the_name_of_a_product_alone_makes_no_two_questions_alike() -> None:
    sheet = ProductSheet(product_id="P", name="山茶護手霜 30ml")
    book = AnswerBook()
    book.add(KnownAnswer(question="護手霜會黏嗎", answer="不黏", product_id="P"), "team")
    for asked, answers in (("山茶護手霜黏嗎", ["不黏"]), ("會黏嗎", ["不黏"]), ("護手霜多少錢", []), ("山茶護手霜有香味嗎", [])):
        assert [one.answer for one in suggest(tidy([asked])[0], sheet, book)] == answers


def test_what_the_sheet_forbids_is_not_suggested_because_somebody_said_it() -> None:
    sheet = ProductSheet(product_id="P", name="護手霜", doubts=(Doubt(question="乾裂", answer=""),), must_not_say=("根治",))
    book = AnswerBook()
    book.add(KnownAnswer(question="乾裂有效嗎", answer="根治乾裂", product_id="P"), "team")
    assert suggest(tidy(["乾裂有效嗎"])[0], sheet, book) == ()
    assert suggest(tidy(["乾裂有效嗎"])[0], ProductSheet(product_id="P", name="護手霜"), book) != ()


def test_a_book_has_a_last_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest_module, "BOOK_MAX", 2)
    book = AnswerBook()
    for word in ("澎湖", "金門", "馬祖"):
        book.add(KnownAnswer(question=f"可以寄{word}嗎", answer=word), "team")
    assert [one.answer for one in book.entries.values()] == ["金門", "馬祖"]
    assert suggest(tidy(["寄澎湖嗎"])[0], None, book) == ()


def test_a_model_is_known_by_its_weights() -> None:
    assert Model("a", MODEL.packed).digest == Model("b", MODEL.packed).digest == MODEL.digest
