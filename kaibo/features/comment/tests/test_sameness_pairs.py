"""Pairs of questions from the trade: one, or two. Nothing that wants another answer is one; what is one in other words mostly is."""

import re
from functools import partial
from time import process_time
from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaibo.features.audience.facts import tidy
from kaibo.features.comment.sameness import question_key
from kaibo.features.comment.wording import ANY_NAME, NAME_SIGN, wording
from kaibo.features.product.facts import ProductSheet

BOWL = ProductSheet(product_id="G10", name="玻璃保鮮盒 三入", live_price_minor=49_900, stock=40)

ONE = (
    ("可以進洗碗機嗎", "能放洗碗機嗎"),
    ("可以進洗碗機嗎", "洗碗機OK？"),
    ("可以進洗碗機嗎", "這個可以用洗碗機洗嗎"),
    ("可以進洗碗機嗎", "請問保鮮盒能不能丟洗碗機呢"),
    ("可以進洗碗機嗎", "可上洗碗機？"),
    ("dishwasher safe?", "Can I put this in the dishwasher?"),
    ("dishwasher safe?", "can this one goes into the dishwasher?"),
    ("可以微波嗎", "能微波"),
    ("可以微波嗎", "可微波嗎"),
    ("可以微波嗎", "微波？"),
    ("可以微波嗎", "能進微波爐嗎"),
    ("可以微波嗎", "可不可以用微波爐加熱"),
    ("可以微波嗎", "有辦法微波嗎"),
    ("可以放烤箱嗎", "能進烤箱嗎"),
    ("可以放冷凍嗎", "能不能冷凍"),
    ("能機洗嗎", "可以丟洗衣機嗎"),
    ("可以烘嗎", "能烘嗎"),
    ("防水嗎", "有防水嗎"),
    ("防水嗎", "可以防水嗎"),
    ("防水嗎", "這款是防水的嗎"),
    ("會不會漏水", "會漏水嗎"),
    ("會掉色嗎", "會不會掉色呀"),
    ("有色差嗎", "會有色差嗎"),
    ("孕婦可以用嗎", "懷孕能用嗎"),
    ("孕婦可以用嗎", "孕婦適用嗎"),
    ("孕婦可以用嗎", "孕婦可以嗎"),
    ("孕婦可以用嗎", "適合孕婦用嗎"),
    ("小孩可以用嗎", "小朋友能使用嗎"),
    ("小孩可以用嗎", "大概小孩也可以用吧"),
    ("敏感肌可以用嗎", "敏感肌能不能擦"),
    ("可以刷卡嗎", "能用信用卡嗎"),
    ("可以分期嗎", "有分期付款嗎"),
    ("可以超取嗎", "能超商取貨嗎"),
    ("可以貨到付款嗎", "有貨到付款嗎"),
    ("可以寄香港嗎", "能送到香港嗎"),
    ("有黑色嗎", "有沒有黑色"),
    ("有黑色嗎", "黑色有嗎"),
    ("有M號嗎", "M號有沒有"),
    ("怎麼用", "這個怎麼使用呢"),
    ("保固多久", "請問保固是多久呢"),
    ("什麼時候出貨", "何時會出貨"),
    ("是純棉嗎", "純棉的嗎"),
    ("會員有折扣嗎", "會員有沒有折扣"),
    ("這個多少？", "這件多少錢"),
    ("這個多少？", "how much is this"),
    ("現在這個多少", "G10怎麼賣"),
    ("還有貨嗎", "這組賣完了嗎"),
)
TWO = (
    ("防水嗎", "會不會漏水"),
    ("防水嗎", "需要防水嗎"),
    ("防水嗎", "可以水洗嗎"),
    ("有防水的嗎", "這個防水嗎"),
    ("可以微波嗎", "需要微波嗎"),
    ("可以微波嗎", "可以微波多久"),
    ("可以微波嗎", "可以進烤箱嗎"),
    ("可以微波嗎", "蓋子可以微波嗎"),
    ("可以進洗碗機嗎", "可以進洗衣機嗎"),
    ("可以進洗碗機嗎", "洗碗機有賣嗎"),
    ("要冷藏嗎", "可以冷藏嗎"),
    ("可以冷藏嗎", "可以冷凍嗎"),
    ("可以放多久", "要放多久"),
    ("有加熱嗎", "可以加熱嗎"),
    ("會熱嗎", "可以熱嗎"),
    ("孕婦可以用嗎", "孕婦可以吃嗎"),
    ("孕婦可以用嗎", "孕婦要用多久"),
    ("孕婦多久可以用", "孕婦可以用多久"),
    ("孕婦可以用嗎", "哺乳可以用嗎"),
    ("小孩可以用大人的嗎", "大人可以用小孩的嗎"),
    ("幾歲可以用", "小孩可以用嗎"),
    ("敏感肌可以用嗎", "會過敏嗎"),
    ("有黑色嗎", "黑色還有嗎"),
    ("有黑色嗎", "這件是黑色嗎"),
    ("有什麼顏色", "這件什麼顏色"),
    ("有M號嗎", "有L號嗎"),
    ("38號有嗎", "39號有嗎"),
    ("買2送1嗎", "買1送2嗎"),
    ("一起洗可以嗎", "洗可以嗎"),
    ("高跟嗎", "高嗎"),
    ("跟高幾公分", "高幾公分"),
    ("是和牛嗎", "是牛嗎"),
    ("會員有折扣嗎", "有折扣嗎"),
    ("是有機的嗎", "有機器嗎"),
    ("不鏽鋼嗎", "鏽鋼嗎"),
    ("有加糖嗎", "有沒有不加糖的"),
    ("可以不要香菜嗎", "可以要香菜嗎"),
    ("主播穿幾號", "穿幾號"),
    ("出貨了嗎", "什麼時候出貨"),
    ("出貨了嗎", "會出貨嗎"),
    ("什麼時候到貨", "哪裡到貨"),
    ("可以刷卡嗎", "可以分期嗎"),
    ("可以寄香港嗎", "可以寄澳門嗎"),
    ("送香包嗎", "寄香包嗎"),
    ("需要電池嗎", "有電池嗎"),
    ("要買幾個", "可以買幾個"),
    ("保固多久", "有保固嗎"),
    ("多重", "多大"),
    ("會重嗎", "多重"),
    ("這個多少", "那件運費多少"),
    ("這個多少", "剛剛那件多少"),
    ("這個多少", "下一個多少"),
    ("這個多少", "多少ml"),
    ("這個多少", "還有多少"),
    ("這個多少", "主播身高多少"),
    ("這個多少", "M號多少錢"),
    ("這個多少", "兩件多少錢"),
    ("這個多少", "原價多少"),
    ("有吸管的嗎", "有吸管嗎"),
    ("還有貨嗎", "黑色還有貨嗎"),
    ("還有貨嗎", "什麼時候有貨"),
    ("怎麼用", "怎麼洗"),
    ("怎麼買", "哪裡買"),
    ("穿起來會癢嗎", "穿起來會熱嗎"),
    ("A跟B哪個好", "B跟A哪個便宜"),
)  # fmt: skip


def key(text: str) -> tuple[str, str]:
    return question_key(tidy((text,))[0], BOWL)


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_question_in_other_words(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_what_wants_another_answer_is_another_question(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize("junk", ["呢", " ", "想", "不，", "可以", "a.1-"])
def test_what_is_said_ten_times_as_long_is_read_about_ten_times_as_long(junk: str) -> None:
    """A look behind a sign that reads the rest of the text would make it a hundred."""
    short, long = (
        min(timeit(partial(wording, junk * (size // len(junk)) + "a"), timer=process_time, number=1) for _ in range(5))
        for size in (1_000, 10_000)
    )
    assert long < short * 40 + 0.01


SPOKEN = sorted({*re.findall(r"[\u4e00-\u9fff]+|[a-z]{2,}", ANY_NAME.pattern), *"去来放丢塞进过上用", "吗", " "})


@given(st.lists(st.sampled_from(SPOKEN), max_size=5).map("".join))
def test_no_name_of_a_thing_is_missed_by_the_quick_look(text: str) -> None:
    assert NAME_SIGN.search(text) or not ANY_NAME.search(text)
