"""Comment-to-order: the published vectors, others of the same kind, and laws over any text at all."""

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaibo.core.script import said
from kaibo.features.claim.grammar import BARE_MAX, careful, may_order, parse, read
from kaibo.features.claim.reading import Op
from kaibo.features.claim.tokens import Catalogue

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "comment-orders.json"
GOODS = {
    "A01": [], "A1": [], "DM1": [], "499": [], "T3": ["38", "39", "40"], "圍巾": ["駝", "灰"], "小熊": ["S", "M", "L", "XL"],
    "B2": ["粉", "白", "黑"], "唇釉": ["#01", "#02"], "C10": ["紅", "紅白"], "短靴": ["23", "23.5", "24"], "茶": ["150g", "300g"], "褲": ["L", "2XL"],
    "戒指": ["#1", "#2", "#10"],
}  # fmt: skip
SHOP = Catalogue(GOODS)


def told(ops: Sequence[Op]) -> str:
    """`A01 2`, `B2/粉 1`, `B2? 1` (ask), `-A01` (cancel), joined by a comma."""
    words: list[str] = []
    for op in ops:
        variant = f"/{op.variant}" if op.variant else ""
        match op.op:
            case "add":
                words.append(f"{op.keyword}{variant} {op.qty}")
            case "ask":
                words.append(f"{op.keyword}? {op.qty}")
            case "cancel":
                words.append(f"-{op.keyword}{variant}")
    return ", ".join(words)


def published() -> list[Any]:
    if not PUBLISHED.exists():
        return [pytest.param(None, None, marks=pytest.mark.skip(reason="the published vectors are not beside this tree"))]
    told_cases = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return [pytest.param(told_cases["catalogue"], case, id=case["id"]) for case in told_cases["cases"]]


def plain(op: Op) -> str:
    fields: dict[str, Any] = {"op": op.op, "keyword": op.keyword}
    if op.op != "ask":
        fields["variant"] = op.variant
    if op.op != "cancel":
        fields["qty"] = op.qty
    return json.dumps(fields, sort_keys=True)


@pytest.mark.parametrize(("catalogue", "case"), published())
def test_the_published_vectors(catalogue: dict[str, list[str]], case: dict[str, Any]) -> None:
    found = sorted(plain(op) for op in read(case["text"], catalogue, case["on_air"]))
    assert found == sorted(json.dumps(each, sort_keys=True) for each in case["expect"])


@pytest.mark.parametrize(
    ("text", "on_air", "expected"),
    [
        # signs, digits and numerals
        ("A01➕1️⃣", None, "A01 1"),
        ("Ａ０１　＋　２", None, "A01 2"),
        ("a01：２", None, "A01 2"),
        ("A01×3", None, "A01 3"),
        ("A01✖️2", None, "A01 2"),
        ("A01 ②", None, "A01 2"),
        ("A01+🔟", None, "A01 10"),
        ("A01加 3 組", None, "A01 3"),
        ("A01+廿三", None, "A01 23"),
        ("A01+一百零五", None, "A01 105"),
        ("A01+一百二", None, "A01 120"),
        ("A01兩個", None, "A01 2"),
        ("A01 俩", None, "A01 2"),
        ("A01+999", None, "A01 999"),
        ("A01+02", None, "A01 2"),
        ("A01++", None, "A01 1"),
        ("A01+2包", None, "A01 2"),
        ("A01+2塊分開裝", None, "A01 2"),
        ("A01 +2 pcs", None, "A01 2"),
        # words around it
        ("老闆我要A01+1 謝謝~", None, "A01 1"),
        ("兩個A01", None, "A01 2"),
        ("我要2個小熊L", None, "小熊/L 2"),
        ("A01我要三件", None, "A01 3"),
        ("SOLD A01 2", None, "A01 2"),
        ("sold B2 2 粉", None, "B2/粉 2"),
        ("團購A01+3", None, "A01 3"),
        ("A01🔥🔥+1🔥", None, "A01 1"),
        ("A01+1 電話0912345678", None, "A01 1"),
        ("cf 499", None, "499 1"),
        ("499+2", None, "499 2"),
        ("A01 499", None, ""),
        # variants
        ("B2粉色+1", None, "B2/粉 1"),
        ("小熊M號+1", None, "小熊/M 1"),
        ("小熊sx2", None, "小熊/S 2"),
        ("围巾驼+1", None, "圍巾/駝 1"),
        ("唇釉02+1", None, "唇釉/#02 1"),
        ("T3 39 +2", None, "T3/39 2"),
        ("C10红白+1", None, "C10/紅白 1"),
        ("B2包色+1", None, "B2/* 1"),
        ("B2*+1", None, "B2/* 1"),
        ("B2要包色", None, "B2/* 1"),
        ("B2[666]包色+1", None, "B2/* 1"),
        ("B2**2", None, "B2? 2"),
        ("B2+2包", None, "B2? 2"),
        ("B2*2", None, "B2? 2"),
        ("B2紫色+1", None, "B2? 1"),
        ("B2白[好評]x2", None, "B2/白 2"),
        ("小熊~cute+1", None, "小熊? 1"),
        ("小熊", None, "小熊? 1"),
        # several in one comment
        ("A01+1B2黑+2", None, "A01 1, B2/黑 2"),
        ("B2粉+1白+2", None, "B2/粉 1, B2/白 2"),
        ("B2粉白各1", None, "B2/粉 1, B2/白 1"),
        ("A01、DM1各2", None, "A01 2, DM1 2"),
        ("A01+1\nB2白+1", None, "A01 1, B2/白 1"),
        ("A01+1；DM1=3／A1", None, "A01 1, DM1 3, A1 1"),
        ("小熊 XL 2 L 1", None, "小熊/XL 2, 小熊/L 1"),
        # the product on air
        ("我也要+1", "A01", "A01 1"),
        ("加二", "A01", "A01 2"),
        ("🐻+1", "A01", "A01 1"),
        ("+1個", "A01", "A01 1"),
        ("要粉", "B2", "B2/粉 1"),
        ("mine", "A01", "A01 1"),
        ("+2 A01", "B2", "A01 2"),
        ("+499", "A01", "A01 499"),
        ("A01+1", "B2", "A01 1"),
        ("+1", "ZZ9", ""),
        # taking it back
        ("取消A01", None, "-A01"),
        ("A01 -", None, "-A01"),
        ("B2粉不要了", None, "-B2/粉"),
        ("不想要A01了", None, "-A01"),
        ("A01+1取消", None, "-A01"),
        ("取消A01，B2黑+1", None, "-A01, B2/黑 1"),
        ("pass", "A01", "-A01"),
        ("取消", "A01", "-A01"),
        # talk
        ("要不要A01", None, ""),
        ("A01+1多少錢", None, ""),
        ("沒搶到A01", None, ""),
        ("A01第一次買", None, ""),
        ("已下單A01+1", None, ""),
        ("A01不要錢", None, ""),
        ("不要停", "A01", ""),
        ("好看 +1", "A01", ""),
        ("+1 好看", "A01", ""),
        ("一起+1", "A01", ""),
        ("小熊貓+1", "A01", ""),
        ("大小熊+1", None, ""),
        ("粉嫩+1", "B2", ""),
        ("粉", "B2", ""),
        ("2個", "A01", ""),
        ("1+1=2", "A01", ""),
        # numbers that are something else
        ("+1000人", "A01", ""),
        ("+1人", "A01", ""),
        ("A01+100元", None, ""),
        ("A01 299元", None, ""),
        ("$299", "A01", ""),
        ("A01 20:30", None, ""),
        ("11/28 A01", None, ""),
        ("A01 0912-345-678", None, ""),
        ("0912345678", "A01", ""),
        ("A01+1.5", None, ""),
        ("A01+1,000", None, ""),
        ("A01+１２３４", None, ""),
        ("A01+零", None, ""),
        ("A01-2", None, ""),
        ("+10086", "A01", ""),
        # dashes and dots without a product
        (".- .- .-", "A01", ""),
        ("---", "A01", ""),
        ("- 好看", "A01", ""),
        ("❌", "A01", "-A01"),
        # a size is no quantity
        ("小熊3XL+1", None, "小熊? 1"),
        ("小熊 XXS x2", None, "小熊? 2"),
        ("5L 小熊+1", None, "小熊? 1"),
        ("褲2XL+1", None, "褲/2XL 1"),
        ("褲XL+1", None, "褲? 1"),
        ("小熊L+1XL+2", None, "小熊/L 1, 小熊/XL 2"),
        ("小熊 S 36 +1", None, ""),
        ("小熊 L 38", None, ""),
        ("小熊 M 162cm 48kg +1", None, "小熊/M 1"),
        ("短靴23.5+1", None, "短靴/23.5 1"),
        ("短靴24.5+1", None, "短靴? 1"),
        ("短靴24號半+1", None, ""),
        ("短靴25號 +2", None, "短靴? 2"),
        ("茶 600g+2", None, "茶? 2"),
        ("茶150+1", None, "茶? 1"),
        ("A01 2L+1", None, "A01? 1"),
        ("3XL+1", "小熊", ""),
        ("24.5+1", "短靴", ""),
        # an unknown variant beside a known one is not understood
        ("B2粉 紫+1", None, ""),
        ("B2紫 粉+2", None, ""),
        ("B2粉、紫、白各1", None, ""),
        ("C10紅、白+1", None, ""),
        ("B2咖啡+1", None, "B2? 1"),
        ("圍巾 M 灰 +1", None, ""),
        # several quantities contradict each other
        ("+2+1", "DM1", ""),
        ("DM1x3+1", None, ""),
        ("DM1 +2 +2", None, ""),
        ("加二加三", "DM1", ""),
        ("2個DM1+1", None, ""),
        ("+1 DM1+2", None, ""),
        ("DM1+1或2", None, ""),
        ("DM1+1、DM1+2", None, ""),
        ("B2白+1+3", None, ""),
        ("DM1 兩三個", None, ""),
        ("DM1 我要DM1+2", None, "DM1 2"),
        # an x or a star alone is as good as a plus
        ("x4", "DM1", "DM1 4"),
        ("×２", "DM1", "DM1 2"),
        ("＊5", "B2", "B2? 5"),
        ("X 3個", "DM1", "DM1 3"),
        ("x4 B2粉+1", "DM1", "B2/粉 1"),
        ("x4", None, ""),
        ("x4好看", "DM1", ""),
        ("vx 4", "DM1", ""),
        ("x1000", "DM1", ""),
        # emotes, faces and laughs say nothing
        ("+1[玫瑰]", "DM1", "DM1 1"),
        ("[888]+2", "DM1", "DM1 2"),
        ("+1 【比心】", "DM1", "DM1 1"),
        ("+3 :fire::fire:", "DM1", "DM1 3"),
        ("+1 (´・ω・`)", "DM1", "DM1 1"),
        ("+1 (づ￣3￣)づ", "DM1", "DM1 1"),
        ("o(≧▽≦)o +2", "DM1", "DM1 2"),
        ("+1 ^o^", "DM1", "DM1 1"),
        ("呵呵+1", "DM1", "DM1 1"),
        ("+1 XDDD", "DM1", "DM1 1"),
        ("粉+1 QQ", "B2", "B2/粉 1"),
        ("[小熊]L+1", None, "小熊/L 1"),
        ("小熊[XL]+1", None, "小熊/XL 1"),
        ("[玫瑰][玫瑰]", "DM1", ""),
        ("[+1]", "DM1", ""),
        (":+1::+1:", "DM1", ""),
        ("DM1[2]", None, ""),
        ("DM1 <3", None, ""),
        ("DM1+1 <3", None, "DM1 1"),
        ("好笑+1", "DM1", ""),
        # two variants and one number
        ("小熊 M L +1", None, "小熊? 1"),
        ("M/XL+2", "小熊", "小熊? 2"),
        ("B2粉白+1", None, "B2? 1"),
        ("T3 38 39 各2", None, "T3/38 2, T3/39 2"),
        # a number behind a sign that is another variant, too
        ("T3 38+39", None, "T3? 1"),
        ("T3 38+40+1", None, ""),
        ("38+39", "T3", "T3? 1"),
        ("+40", "T3", "T3? 1"),
        ("T3 38+39雙", None, "T3/38 39"),
        ("唇釉01+02", None, "唇釉? 1"),
        ("唇釉01 02 各1", None, "唇釉/#01 1, 唇釉/#02 1"),
        ("戒指10+1", None, "戒指/#10 1"),
        ("戒指1+1", None, "戒指/#1 1"),
        ("戒指#1+2", None, "戒指? 1"),
        ("戒指1+10", None, "戒指? 1"),
        ("1+1", "戒指", "戒指/#1 1"),
        # a size in two pieces
        ("小熊 2 XL", None, "小熊? 1"),
        ("小熊 3 L +1", None, "小熊? 1"),
        ("小熊 2 s", None, "小熊? 1"),
        ("褲 2 XL+1", None, "褲? 1"),
        ("小熊XL 2 L 1", None, "小熊/XL 2, 小熊/L 1"),
        ("小熊+2 XL", None, "小熊/XL 2"),
        ("小熊 2件 XL", None, "小熊/XL 2"),
        ("我要2 XL", "小熊", ""),
        ("小熊2XL", None, "小熊? 1"),
        ("2XL A01 讚 +1", None, ""),
        # Latin letters behind a code may be part of another one's
        ("A01A+1", None, ""),
        ("A01 A+1", None, ""),
        ("a01 a +1", None, ""),
        ("A01a款+1", None, ""),
        ("A01 Pro+2", None, ""),
        ("A01/A+1", None, ""),
        ("B2 A+1", None, "B2? 1"),
        ("I want a A01", None, "A01 1"),
        ("A01 and DM1 +1", None, "A01 1, DM1 1"),
        # a number without a sign that tells a price, or what is in a pack
        ("A01 100", None, ""),
        ("A01 50片", None, ""),
        ("A01 3入", None, ""),
        ("50片A01", None, ""),
        ("100 A01", None, ""),
        ("A01 299", "A01", ""),
        ("A01 20個", None, "A01 20"),
        ("A01 19", None, "A01 19"),
        ("A01+50片", None, "A01 50"),
        ("我要A01 100", None, "A01 100"),
        ("B2粉 100", None, ""),
        # talk around a number
        ("A01 兩件好便宜", None, ""),
        ("A01兩件很夠用", None, ""),
        ("兩個A01好重", None, ""),
        ("B2粉2盒 吃完了", None, ""),
        ("A01+2 好便宜", None, "A01 2"),
        ("我要兩個A01 王小明", None, "A01 2"),
        ("A01+2送1", None, ""),
        # who tells of an order, or takes a word back
        ("DM1+1過了", None, ""),
        ("DM1 喊過+1", None, ""),
        ("我剛DM1+1", None, ""),
        ("+1過了", "DM1", ""),
        ("DM1早就+1", None, ""),
        ("DM1+1 打錯", None, ""),
        ("DM1+1寫錯了", None, ""),
        ("DM1+3 手滑", None, ""),
        ("更正 DM1+3", None, ""),
        ("DM1+1改+2", None, ""),
        ("DM1 如果便宜 +1", None, ""),
        ("DM1 下次 +1", None, ""),
        ("不錯 DM1+1", None, "DM1 1"),
        ("DM1+1 剛好需要", None, "DM1 1"),
        # part of a longer word
        ("BA01+1", None, ""),
        ("A01b+1", None, ""),
        ("DM12", None, ""),
        ("@小編A01+1", None, ""),
    ],
)
def test_others_of_the_same_kind(text: str, on_air: str | None, expected: str) -> None:
    assert told(parse(text, SHOP, on_air)) == expected


PIECES = ["A01", "a01", "2XL", "38.5", "[666]", ":+1:", "x2", "+1", "或", "B2", "小熊", "粉", "XL", "+", "➕", "加", "1", "２", "十二", "999", "x", "*", "包", "-", "取消", "不要了", "各", " ", "，", "\n",
          "個", "元", "@小編", "cf", "我要", "嗎", "🔥", "1️⃣", "　", "0912345678", "谢谢", "好看", "\u200b"]  # fmt: skip
CHATTER = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
AIRS = st.sampled_from([None, "A01", "B2", "小熊", "nothing"])


@given(CHATTER, AIRS)
def test_no_comment_orders_one_thing_twice(text: str, on_air: str | None) -> None:
    ops = [(op.keyword, op.variant) for op in parse(text, SHOP, on_air) if op.op == "add"]
    assert len(set(ops)) == len(ops)


SIZES = st.one_of(
    st.sampled_from(["2XL", "3XL", "5L", "XXL", "XS", "25.5", "41", "42.5", "44號", "750ml", "1L", "90cm"]),
    st.integers(41, 48).map(str),
)


@given(
    st.sampled_from(["小熊", "T3", "短靴", "茶"]),
    SIZES,
    st.sampled_from(["", " "]),
    st.sampled_from(["+", "＋", " x", "➕"]),
    st.integers(1, 9),
)
def test_a_size_the_product_does_not_have_is_asked_about(keyword: str, size: str, gap: str, sign: str, number: int) -> None:
    assert told(parse(f"{keyword}{gap}{size}{sign}{number}", SHOP)) in (f"{keyword}? {number}", "")


@given(
    st.sampled_from(["[玫瑰]", "[666]", ":heart:", "(≧▽≦)", "哈哈", "XD", "🎉", "~", "！", "^^"]),
    st.integers(1, 9),
    st.booleans(),
)
def test_what_decorates_a_plus_changes_nothing(decoration: str, number: int, before: bool) -> None:
    text = f"{decoration}+{number}" if before else f"+{number}{decoration}"
    assert told(parse(text, SHOP, "DM1")) == f"DM1 {number}"


@given(CHATTER, AIRS)
def test_no_text_breaks_it_and_every_order_is_one_the_shop_has(text: str, on_air: str | None) -> None:
    for op in parse(text, SHOP, on_air):
        variants = GOODS[op.keyword]
        assert op.variant is None or op.variant in (*variants, "*")
        assert (op.op != "cancel") <= op.qty <= 999
        if op.op == "add":
            assert (op.variant is None) is (not variants)


BARE = ["粉", "灰", "駝", "S", "XL", "38", "+", "加", "-", "1", "２", "十二", "=", "x", "*", "包", "全包", "all", "各", "取消", "不要", "pass", "cf",
        "sold", "mine", "我要", "要", "喊", "買", "來", "個", " ", "，", "的", "嗎", "好看", "好", "A0", "amazing", "ok"]  # fmt: skip


def passed_over(text: str, target: str | None) -> Sequence[Op]:
    """What a careful look finds in a text that the quick look passes over."""
    spelt = said(text).strip()
    return () if len(spelt) > BARE_MAX or may_order(spelt, SHOP, target) else careful(spelt, SHOP, target)


@pytest.mark.parametrize("target", ["A01", "B2", "小熊"])
def test_no_two_words_without_a_product_order_it_unseen(target: str) -> None:
    texts = [*BARE, *(first + second for first in BARE for second in BARE)]
    assert {text: passed_over(text, target) for text in texts if passed_over(text, target)} == {}


@given(st.one_of(CHATTER, st.lists(st.sampled_from(BARE), max_size=8).map("".join)), AIRS)
def test_what_the_quick_look_passes_over_orders_nothing(text: str, on_air: str | None) -> None:
    assert passed_over(text, on_air if on_air in GOODS else None) == ()


@given(CHATTER, AIRS)
def test_a_text_and_its_compatibility_form_order_the_same(text: str, on_air: str | None) -> None:
    normal = unicodedata.normalize("NFKC", text)
    assert parse(normal[:400], SHOP, on_air) == parse(unicodedata.normalize("NFKC", normal[:400]), SHOP, on_air)
    if len(text) < 100:
        assert parse(text, SHOP, on_air) == parse(normal, SHOP, on_air)


@given(
    st.sampled_from(["A01", "a01", "Ａ０１"]),
    st.sampled_from(["+", "＋", "➕", " + ", "x", "*", "=", ":", "加", " 我要 "]),
    st.integers(0, 2000),
)
def test_a_keyword_a_sign_and_a_number_is_an_order_from_1_to_999(keyword: str, sign: str, number: int) -> None:
    expected = f"A01 {number}" if 1 <= number <= 999 else ""
    assert told(parse(f"{keyword}{sign}{number}", SHOP)) == expected
