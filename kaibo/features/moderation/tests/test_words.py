"""What the lists find and what they leave alone: spelled to slip through, and everyday words that only look like it."""

import csv
import pickle
from pathlib import Path

import pytest

from kaibo.features.audience.facts import tidy
from kaibo.features.moderation.facts import WordRule
from kaibo.features.moderation.spelling import alike
from kaibo.features.moderation.usual import USUAL
from kaibo.features.moderation.words import PatternBroken, PatternCatchesAll, Rulebook, WordEmpty, _whole, check

LABELLED = Path(__file__).parents[4] / "tests" / "triage" / "comments.csv"


def rule(text: str, **more: object) -> WordRule:
    return WordRule(**{"rule_id": text, "text": text, **more})


def found(rules: list[WordRule], text: str, allowed: tuple[str, ...] = ()) -> str:
    """How the text was caught, "" when it was not."""
    caught = Rulebook(rules, allowed).screen(tidy((text,)))
    return caught[0].how if caught else ""


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("加賴", "加賴 領券"), ("加賴", "加赖"), ("加賴", "加 賴"), ("加賴", "加.賴"), ("加賴", "加*賴"), ("加賴", "加❤賴"),
        ("加賴", "加\u200b賴"), ("加賴", "＋賴"), ("加賴", "➕賴 abc"), ("加賴", "力口賴"), ("加賴", "加LINE"), ("加賴", "加 l.i.n.e"),
        ("加微信", "加V信"), ("加微信", "加vx"), ("加微信", "加 wechat"), ("加微信", "加薇信"), ("加微信", "加 徽 信"), ("加微信", "加WX"),
        ("娛樂城", "娱樂·城"), ("娛樂城", "娛～樂～城"), ("智障", "智---障"), ("加賴", "加加加加賴賴賴"),
        ("scam", "s c a m"), ("scam", "S.C.A.M"), ("scam", "sc4m"), ("scam", "ｓｃａｍ"), ("scam", "ѕсаm"), ("idiot", "1d10t"), ("idiot", "idioooot"),
        ("idiot", "ïdíot"),
    ],
)  # fmt: skip
def test_gaps_and_look_alikes_do_not_hide_a_word(word: str, text: str) -> None:
    assert found([rule(word)], text) in ("exact", "loose")


@pytest.mark.parametrize(
    ("word", "text"), [("加賴", "嘉賴"), ("加賴", "家 籟"), ("看我頭像", "看我投相"), ("百家樂", "百佳樂"), ("智障", "治障")]
)
def test_what_sounds_the_same_is_found_where_the_list_says_so(word: str, text: str) -> None:
    assert found([rule(word, match="sound")], text) in ("loose", "sound")
    assert found([rule(word, match="exact")], text) == ""


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("加賴", "大家來看"), ("加賴", "再加來一組好了"), ("加賴", "參加來抽獎"), ("加賴", "佳萊"), ("加賴", "我要加。賴床也要買"),
        ("加賴", "A01+1"), ("加賴", "online 也可以加購嗎"), ("加群", "裙子可以加長嗎"), ("兼職", "簡直太好用"),
        ("兼職", "堅持用一個月"), ("scam", "his camera"), ("scam", "scampi 好吃"), ("ass", "class"), ("ass", "as soon as possible"),
        ("ass", "pass 兩件"), ("line", "online only"), ("智障", "治裝費"), ("智障", "紙張"), ("加賴", "多加，賴床"),
    ],
)  # fmt: skip
def test_everyday_words_are_left_alone(word: str, text: str) -> None:
    assert found([rule(word, match="sound")], text) == ""


def test_a_word_that_sounds_like_an_everyday_one_is_looked_for_loosely_only() -> None:
    assert found([rule("騙子", match="sound")], "這片子好看") == "sound"
    assert found([rule("騙子", match="loose")], "這片子好看") == ""


def test_exact_is_only_what_is_written_in_either_script() -> None:
    assert found([rule("詐騙", match="exact")], "诈骗") == "exact"
    assert found([rule("詐騙", match="exact")], "詐 騙") == ""


def test_what_stands_in_an_allowed_phrase_is_not_meant_and_outside_of_it_still_is() -> None:
    rules = [rule("媽的")]
    assert found(rules, "媽媽的奶粉") == "exact"
    assert found(rules, "媽媽的奶粉", ("媽媽的",)) == ""
    assert found(rules, "妈 妈 的 奶粉", ("媽媽的",)) == ""
    assert found(rules, "媽媽的奶粉，他媽的", ("媽媽的",)) == "exact"


def test_the_gravest_rule_counts() -> None:
    rules = [rule("主播", does="mark"), rule("垃圾主播", does="mute")]
    caught = Rulebook(rules, ()).screen(tidy(("垃圾主播",)))
    assert caught[0].rule.does == "mute"


def test_a_pattern_reads_both_scripts_and_any_case() -> None:
    rules = [rule(r"買.{0,4}送.{0,2}外掛", kind="pattern"), rule(r"Promo-\d+", kind="pattern")]
    assert found(rules, "买一年送你外挂") == "pattern"
    assert found(rules, "PROMO-77") == "pattern"
    assert found(rules, "買一送一") == ""


@pytest.mark.parametrize("text", [r"(a+)+$", r"(x+x+)+y", r"(?:a|a)*b"])
def test_no_expression_takes_the_room_hostage(text: str) -> None:
    """Written to go on for ever elsewhere; here the search is linear, so this returns."""
    assert found([rule(text, kind="pattern")], "x" * 2000 + "a" * 2000 + "!") in ("", "pattern")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("(", PatternBroken), (r"(?=a)", PatternBroken), (r"(a)\1", PatternBroken), (".", PatternCatchesAll), (r"\w*", PatternCatchesAll),
     ("a{1000}{1000}", PatternBroken)],
)  # fmt: skip
def test_an_expression_that_cannot_serve_is_refused(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check(rule(text, kind="pattern"))


def test_a_word_of_spaces_is_no_word() -> None:
    with pytest.raises(WordEmpty):
        check(rule("　 "))


def test_a_batch_gives_what_its_comments_give_one_by_one() -> None:
    texts = tidy(("加賴", "你好", "加 賴", "！？", "", "嘉賴", "scam", "A01+1\n加賴", "https://x.y"))
    book = Rulebook(USUAL, ())
    whole = book.screen(texts)
    assert {place: one.rule.text for place, one in whole.items()} == {
        place: one.rule.text for place, text in enumerate(texts) if (one := book.closely(text)) is not None
    }
    assert sorted(whole) == [0, 2, 5, 6, 7, 8]


def test_the_usual_words_serve_and_leave_the_trade_alone() -> None:
    """On the labelled comments of the trade: what is hidden is nearly always spam or abuse, and praise and orders never are."""
    for one in USUAL:
        check(one)
    assert len({one.rule_id for one in USUAL}) == len(USUAL)
    with LABELLED.open(encoding="utf-8") as file:
        rows = [(row["kind"], row["text"]) for row in csv.DictReader(file)]
    caught = Rulebook(USUAL, ()).screen(tidy([text for _, text in rows]))
    hidden = [rows[place] for place, one in caught.items() if one.rule.does != "mark"]
    wrong = [(kind, text) for kind, text in hidden if kind != "spam"]
    assert wrong == []
    assert len(hidden) >= 25


def test_what_is_hidden_in_a_class_of_everyday_sentences() -> None:
    sentences = (
        "媽媽的生日禮物", "媽媽的話要聽", "這個娛樂效果不錯", "我媽的皮膚很敏感", "家裡有小孩可以用嗎", "家來一組", "大家來搶", "賴床專用枕頭", "很依賴這個保濕",
        "微信支付可以嗎", "可以加我的購物車嗎", "白吃白喝", "頭像換成主播了", "看我推薦的", "網路貸款的不要來問", "互相關心一下", "刷卡單筆滿千", "刷牙單買",
        "免費領取運費券嗎", "兼顧保濕與美白", "日本製的嗎", "去使用看看", "簡訊收到了", "智慧手錶", "智商稅啦哈哈", "腦袋空空就下單", "class 有打折", "assorted colors",
        "蘋果用網袋套好", "兩個人相互關懷", "一個個死去，死神沒有來", "洗頭癢到要去死了", "店家刷單的吧",
    )  # fmt: skip
    caught = Rulebook(USUAL, ()).screen(tidy(sentences))
    hidden = {sentences[place]: one.rule.text for place, one in caught.items() if one.rule.does != "mark"}
    assert hidden == {"免費領取運費券嗎": "免費領取"}  # the one price this list has; 「免費領取運費」 is what a team allows


def test_a_letter_that_differs_makes_two_words_of_one_sound() -> None:
    assert (alike("a賴", "a賴"), alike("a賴", "b賴")) == (1.0, 0.0)


def test_a_latin_word_needs_edges_and_a_text_without_any_has_none() -> None:
    assert (_whole("scam", "s c a m", "scam", 0, 4), _whole("scam", "。。", "scam", 0, 4)) == (True, False)


def test_a_book_that_was_put_away_finds_what_it_found() -> None:
    kept = pickle.loads(pickle.dumps(Rulebook([rule("免費領取")], ("領取碼",))))  # noqa: S301  our own
    assert [list(kept.screen(tidy((text,)))) for text in ("免費領取", "領取碼")] == [[0], []]
