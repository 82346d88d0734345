"""Stories of triage: what people of this trade write, in their scripts and habits."""

import csv
import gzip
from pathlib import Path

import pytest

from kaibo.core.naming import words_of
from kaibo.features.comment.suggest import AnswerBook, suggest
from kaibo.features.comment.triage import catalogue_of, tidy, triage
from kaibo.features.product.facts import Doubt, ProductSheet

SHEETS = {
    sheet.product_id: sheet
    for sheet in (
        ProductSheet(
            product_id="A01", name="胺基酸潔面乳 120ml", doubts=(Doubt(question="敏感肌可以用嗎", answer="可以，無皂基"),)
        ),
        ProductSheet(
            product_id="A02", name="玻尿酸保濕面膜 10 片", doubts=(Doubt(question="孕婦可以用嗎", answer="請先詢問醫師"),)
        ),
        ProductSheet(
            product_id="B01",
            name="修護精華液 30ml",
            doubts=(
                Doubt(question="可以跟 A 醇一起用嗎", answer="早晚分開"),
                Doubt(question="有效期限多久", answer="三年"),
                Doubt(question="味道重嗎"),
            ),
        ),
        ProductSheet(product_id="B02", name="保濕乳霜 50g", doubts=(Doubt(question="油肌選哪個", answer="清爽款"),)),
        ProductSheet(product_id="C1", name="Vitamin C Serum"),
    )
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("敏感肌可以用嗎", "question"),
        ("敏感肌可以用吗？", "question"),
        ("現在多少錢", "question"),
        ("什么时候发货", "question"),
        ("哪裡領券", "question"),
        ("怎麼下單？", "question"),
        ("is it ok for sensitive skin?", "question"),
        ("HOW much", "question"),
        ("ｈｏｗ　ｍｕｃｈ", "question"),
        ("孕婦能用嗎🤰", "question"),
        ("優惠券領不到", "question"),
        ("+1", "order"),
        ("Ａ０１＋１", "order"),
        ("B01+2", "order"),
        ("已下單，期待到貨", "order"),
        ("我要買兩盒", "order"),
        ("I'll take two", "order"),
        ("上次買的還沒收到，可以幫我查嗎", "aftersales"),
        ("我要退貨", "aftersales"),
        ("可以退款吗？", "aftersales"),
        ("瓶子破了怎麼辦", "aftersales"),
        ("where is my order?", "aftersales"),
        ("回購第三次了，很好用", "praise"),
        ("主播好漂亮❤️❤️", "praise"),
        ("谢谢主播", "praise"),
        ("LOVE this", "praise"),
        ("👍👍", "praise"),
        ("哈囉大家好", "other"),
        ("???", "other"),
        ("！！！", "other"),
        ("speed", "other"),
        ("", "other"),
        ("somehow nice", "praise"),
        ("show me", "other"),
    ],
)
def test_a_comment_is_told_apart(text: str, kind: str) -> None:
    assert triage(text) == kind


def test_tidying_gives_as_many_texts_as_came() -> None:
    texts = ["一\n二", "", "Ａ", "a\r\nb", "\u2028x", "潔面乳"]
    assert len(tidy(texts)) == len(texts)
    assert tidy(texts)[2] == "a"
    assert tidy(["潔面乳"]) == tidy(["洁面乳"])
    assert tidy([]) == []


@pytest.mark.parametrize(
    ("text", "product_id"),
    [
        ("潔面乳敏感肌可以用嗎", "A01"),
        ("洁面乳有货吗", "A01"),
        ("a01 還有嗎", "A01"),
        ("Ａ０１＋１", "A01"),
        ("那個玻尿酸的多少", "A02"),
        ("面膜有幾片", "A02"),
        ("精華液怎麼用", "B01"),
        ("乳霜會黏嗎", "B02"),
        ("is the serum ok?", "C1"),
        ("保濕的有嗎", ""),
        ("有貨嗎", ""),
        ("哈囉", ""),
    ],
)
def test_a_comment_is_about_what_it_names(text: str, product_id: str) -> None:
    assert (
        catalogue_of(tuple((name, sheet.name, *sheet.variants) for name, sheet in SHEETS.items())).named(tidy([text])[0])
        == product_id
    )


@pytest.mark.parametrize(
    ("text", "product_id", "answer"),
    [
        ("敏感肌能用嗎？", "A01", "可以，無皂基"),
        ("請問敏感可以用吗", "A01", "可以，無皂基"),
        ("孕婦？", "A02", "請先詢問醫師"),
        ("怀孕 孕妇可以吗", "A02", "請先詢問醫師"),
        ("可以和A醇一起擦嗎", "B01", "早晚分開"),
        ("有效期限到什麼時候", "B01", "三年"),
        ("油肌要選哪一款", "B02", "清爽款"),
        ("味道重嗎", "B01", ""),
        ("什麼時候發貨", "B01", ""),
        ("可以用嗎", "A01", ""),
    ],
)
def test_the_sheet_answers_what_it_was_written_for(text: str, product_id: str, answer: str) -> None:
    found = suggest(tidy([text])[0], SHEETS[product_id], AnswerBook())
    assert [one.answer for one in found[:1]] == [answer] * bool(answer)


def test_words_are_pairs_of_characters_and_whole_latin_words() -> None:
    assert words_of(tidy(["孕婦可以用嗎"])[0]) == {"孕妇"}
    assert words_of("is vitamin ok") == {"vitamin"}


CHAT = Path(__file__).parents[5] / "shared" / "data" / "live-chat-hk-first-20min.csv.gz"


@pytest.mark.skipif(not CHAT.exists(), reason="the recorded chat is not part of the project")
def test_a_real_street_chat_is_mostly_talk_and_never_fails() -> None:
    with gzip.open(CHAT, "rt", encoding="utf-8") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    kinds = [triage(text) for text in texts[:4000]]
    assert kinds.count("other") > len(kinds) / 2
    assert kinds.count("question") > 50


def test_the_same_names_are_learnt_once() -> None:
    """Rules and lists ask the same catalogue, and a price that changes leaves what it found; another name is found anew."""
    names = (("A01", "潔面乳", "小"),)
    assert catalogue_of(names) is catalogue_of((("A01", "潔面乳", "小"),))
    assert catalogue_of((("A01", "面霜"),)).about(tidy(("面霜還有嗎",))[0]) == ("A01", False)
