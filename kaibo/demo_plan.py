"""The demo show's plan: invented products, cues and people."""

import msgspec

from kaibo.features.claim.commands import PolicyAsked
from kaibo.features.product.facts import Doubt, ProductSheet
from kaibo.features.rundown.facts import Cue

TITLE = "山茶工房 週年慶"
MINUTE_MS = 60_000

CREW = (
    ("xiaolin", "導播小林", ("director", "planner")),
    ("aqing", "主播阿晴", ("host",)),
    ("xiaoai", "助理小艾", ("assistant",)),
    ("azhe", "運營阿哲", ("operations",)),
    ("dawei", "技術大維", ("tech",)),
    ("peipei", "客服佩佩", ("care",)),
)

PRODUCTS = (
    ProductSheet(
        product_id="T01",
        name="山茶護手霜 30ml",
        item_type="traffic",
        cost_minor=4500,
        list_price_minor=29000,
        live_price_minor=16900,
        stock=800,
        per_buyer_limit=6,
        selling_points=("山茶籽油，擦完不黏", "口袋大小，通勤帶著走", "三種香味任選"),
        doubts=(
            Doubt(question="會不會黏手", answer="不會，約一分鐘吸收"),
            Doubt(question="孕婦可以用嗎", answer="可以，不含精油"),
        ),
        must_not_say=("最好用", "根治乾裂"),
    ),
    ProductSheet(
        product_id="H01",
        name="青柚洗髮露 500ml",
        variants=("清爽", "潤澤"),
        item_type="hero",
        cost_minor=21000,
        list_price_minor=88000,
        live_price_minor=59900,
        stock=240,
        per_buyer_limit=4,
        selling_points=("弱酸性，頭皮不緊繃", "青柚香，留香四小時", "補充包更省"),
        doubts=(
            Doubt(question="敏感肌可以用嗎", answer="可以，無矽靈、pH 5.5；建議先在耳後測試"),
            Doubt(question="油性頭皮選哪個", answer="選清爽款"),
        ),
        certificates=("SGS-DEMO-0117.pdf",),
        must_not_say=("生髮", "治療"),
    ),
    ProductSheet(
        product_id="P01",
        name="燕麥身體乳 250ml",
        item_type="profit",
        cost_minor=15000,
        list_price_minor=68000,
        live_price_minor=45000,
        stock=180,
        per_buyer_limit=5,
        selling_points=("燕麥仁萃取，洗完澡三分鐘內擦", "無香精", "按壓瓶好取用"),
        doubts=(
            Doubt(question="小孩可以用嗎", answer="三歲以上可以"),
            Doubt(question="有效期限多久", answer="未開封三年，開封後半年"),
        ),
        must_not_say=("醫療級",),
    ),
    ProductSheet(
        product_id="W01",
        name="玫瑰鹽牙膏 100g",
        item_type="welfare",
        cost_minor=3800,
        list_price_minor=19900,
        live_price_minor=9900,
        stock=1200,
        per_buyer_limit=10,
        selling_points=("喜馬拉雅玫瑰鹽", "泡沫細、不辣口"),
        doubts=(Doubt(question="小朋友能用嗎", answer="六歲以上可以，請大人協助"),),
        must_not_say=("美白保證",),
    ),
    ProductSheet(
        product_id="I01",
        name="晨光禮盒",
        variants=("山茶", "青柚"),
        item_type="image",
        cost_minor=62000,
        list_price_minor=198000,
        live_price_minor=158000,
        stock=60,
        per_buyer_limit=2,
        selling_points=("四件正貨一次帶走", "手工紙盒，可寫卡片", "送禮免運"),
        doubts=(Doubt(question="可以開發票統編嗎", answer="可以，結帳時填寫統編"),),
    ),
)

CLAIM_POLICY = PolicyAsked(capture="always", hold_minutes=5, cancel_by_comment=True)


def _cue(cue_id: str, title: str, minutes: int, product_id: str | None = None, **more: object) -> Cue:
    values: dict[str, object] = {"cue_type": "product" if product_id else "interaction", **more}
    return msgspec.convert(
        {"cue_id": cue_id, "title": title, "duration_ms": minutes * MINUTE_MS, "product_id": product_id, **values}, Cue
    )


CUES = (
    _cue(
        "c1",
        "開場暖場",
        4,
        host_lines=["歡迎進來的朋友，今晚是週年慶", "三個整點各抽一份晨光禮盒", "先點關注，等一下領券"],
        assistant_action="置頂活動公告",
        operations_action="看在線人數",
        tech_action="確認聲音與備用網路",
        must_not_say=["全網最低"],
    ),
    _cue(
        "c2",
        "引流款：山茶護手霜",
        20,
        "T01",
        item_type="traffic",
        mechanism="兩條 299",
        host_lines=["擦完馬上可以滑手機，不黏", "口袋大小，通勤帶著走", "今晚 169，平常 290"],
        proof="現場試擦",
        assistant_action="講解 T01、回覆香味問題",
        operations_action="每 2 分鐘看點擊率",
        must_not_say=["最好用", "根治乾裂"],
        fallback="缺貨或斷訊時，先播第 4 環節的抽獎",
        goal_gmv_minor=5_000_000,
    ),
    _cue(
        "c3",
        "主推款：青柚洗髮露",
        25,
        "H01",
        item_type="hero",
        mechanism="買 2 送補充包",
        host_lines=["弱酸性 pH 5.5，洗完不緊繃", "SGS 檢驗報告給大家看", "兩瓶送補充包，只到這一段結束"],
        proof="SGS 報告、現場起泡",
        assistant_action="講解 H01、置頂檢驗報告",
        operations_action="庫存低於 60 時提案加量",
        must_not_say=["生髮", "治療"],
        goal_gmv_minor=12_000_000,
    ),
    _cue("c4", "互動：抽晨光禮盒", 9, cue_type="draw", host_lines=["留言「週年慶」就能抽", "中獎名單由助理唱名"], assistant_action="開抽獎、公布名單"),
    _cue(
        "c5",
        "利潤款：燕麥身體乳",
        20,
        "P01",
        item_type="profit",
        host_lines=["洗完澡三分鐘內擦", "無香精，全家都能用", "三歲以上可以"],
        assistant_action="講解 P01",
        operations_action="看轉化率",
        must_not_say=["醫療級"],
        goal_gmv_minor=6_000_000,
    ),
    _cue("c6", "福利款：玫瑰鹽牙膏", 12, "W01", cue_type="promo", item_type="welfare", host_lines=["99 元帶走一條", "泡沫細、不辣口"], goal_gmv_minor=2_000_000),
    _cue("c7", "形象款：晨光禮盒", 20, "I01", item_type="image", host_lines=["四件正貨一次帶走", "可以寫卡片，送禮免運"], goal_gmv_minor=5_000_000),
    _cue("c8", "返場與結尾預告", 10, host_lines=["最後三分鐘，還沒下單的抓緊", "下一場是週五晚上八點"], assistant_action="置頂下一場預告"),
)  # fmt: skip


def cue_of(cue: Cue, began: int) -> Cue:
    """The cue as planned for a show that begins at `began` (ms UTC): the image item starts at a fixed time."""
    if cue.cue_id == "c7":
        return msgspec.structs.replace(cue, start_mode="hard", start_at=began + 90 * MINUTE_MS)
    return cue
