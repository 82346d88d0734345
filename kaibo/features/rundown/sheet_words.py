"""The words of the trade's sheets: headers, kinds of cues and items, ways to start. Each word in one writing, see `squash`."""

from collections.abc import Mapping

from kaibo.core.headers import Words, squash

# The columns of our own export, in the trade's usual order; the last five only where something is in them.
MUST_NOT_SAY_MARKS = ("\n；;|｜、,，/／",)  # between things that must not be said, read and written
HEADERS: Mapping[str, str] = {
    "number": "序號",
    "span": "時間段",
    "duration": "時長(分)",
    "title": "環節",
    "item_type": "款型",
    "product_id": "商品編號",
    "product_name": "商品",
    "list_price": "原價",
    "live_price": "直播價",
    "mechanism": "優惠機制",
    "host_lines": "主播話術重點",
    "assistant_action": "助理動作",
    "operations_action": "場控/運營動作",
    "tech_action": "技術動作",
    "must_not_say": "禁語",
    "fallback": "備用方案",
    "proof": "佐證",
    "goal": "環節目標成交額",
    "cue_type": "類型",
    "start_mode": "開始方式",
    "start_at": "固定開始時間",
}
OPTIONAL = ("proof", "goal", "cue_type", "start_mode", "start_at")

# One meaning a line, however many words.
# fmt: off
HEAD = Words(
    {
        "title": ("標題", "直播主題", "場次", "場次名稱", "專場", "活動名稱", "直播標題", "直播名稱", "主題", "Title", "Show", "Event", "Show title"),
        "date": ("日期", "直播日期", "開播日期", "Date", "Show date"),
        "starts": ("開播", "開播時間", "直播開始", "開始", "開始時間", "上播", "上播時間", "Start", "Start time", "On air"),
        "ends": ("下播", "下播時間", "直播結束", "結束", "結束時間", "End", "End time", "Off air"),
        "span": ("直播時間", "時間", "直播時段", "時段", "Time"),
        "goal": ("目標成交額", "目標", "目標GMV", "GMV目標", "銷售目標", "目標銷售額", "Target", "Goal", "Target GMV", "GMV target"),
        "currency": ("幣別", "幣種", "貨幣", "Currency"),
    }
)

CUE_TYPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("draw", ("抽獎", "福袋", "開獎", "紅包", "draw", "giveaway", "lottery", "raffle")),
    ("break", ("休息", "中場", "過場", "break", "intermission")),
    ("promo", ("秒殺", "促銷", "限時", "搶購", "限量", "flash", "promo", "sale")),
    ("product", ("商品", "講解", "過款", "產品", "返場", "product", "demo")),
    (
        "interaction",
        ("開場", "暖場", "互動", "收尾", "結尾", "預告", "問答", "答疑", "感謝", "聊天", "下播", "謝幕", "opening", "warmup", "intro", "welcome", "interaction", "interactive", "qa", "q&a", "closing", "outro", "wrap", "thank"),
    ),
)
TYPE_NAMES: Mapping[str, str] = {"product": "商品", "interaction": "互動", "promo": "促銷", "draw": "抽獎", "break": "休息"}
START_MODES: Mapping[str, tuple[str, ...]] = {
    "soft": ("接續", "接上", "軟", "順延", "soft", "flexible"),
    "hard": ("固定", "定點", "硬", "準時", "准時", "准时", "hard", "fixed"),
    "gap": ("間隔", "空檔", "gap"),
    "count_to_end": ("補足", "補足到時間", "倒數到結束", "count_to_end", "count to end"),
}
REST = "（其餘）"
TITLE_ENDS = ("直播腳本", "直播脚本", "直播流程表", "直播流程", "腳本", "脚本", "流程表", "rundown", "run of show")

_MODES = {squash(word): name for name, words in START_MODES.items() for word in words}
_TYPES = tuple((name, tuple(squash(word) for word in words)) for name, words in CUE_TYPES)
_NAMED_TYPES = {squash(word): name for name, word in TYPE_NAMES.items()} | {name: name for name in TYPE_NAMES}
_TOTALS = {
    squash(word)
    for word in ("合計", "合计", "總計", "总计", "小計", "小计", "共計", "共计", "總時長", "总时长", "Total", "Sum", "Subtotal")
}


def start_mode_of(text: str) -> str | None:
    """`固定` -> hard; None for another word."""
    return _MODES.get(squash(text))


def named_type_of(text: str) -> str | None:
    """A word of the column of types, or what a longer one speaks of; None when it speaks of none."""
    return _NAMED_TYPES.get(squash(text)) or spoken_type_of(text)


def spoken_type_of(title: str) -> str | None:
    """What a title speaks of: `互動抽獎` -> draw; None when no word of it tells."""
    bare = squash(title)
    return next((name for name, words in _TYPES if any(word in bare for word in words)), None)


def cue_type_of(title: str, *, has_product: bool) -> str:
    """The type a cue has when its sheet does not say: by its title, else by whether it is about a product."""
    return spoken_type_of(title) or ("product" if has_product else "interaction")


def is_total(text: str) -> bool:
    """`合計`, `Total`."""
    return squash(text) in _TOTALS
# fmt: on
