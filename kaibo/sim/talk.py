"""What simulated viewers say: invented lines in the ways people of this trade write."""

from random import Random

NAMES = (
    "小鹿", "momo醬", "阿凱", "Joanna", "高雄阿明", "貓奴日記", "晴天娃娃", "老王賣瓜", "Kevin_TW", "寶島小姐", "海風", "豆花妹",
    "阿嬤也瘋狂", "林媽媽", "Amy Chen", "柚子", "小美要努力", "台中大樹", "Lulu", "半糖去冰", "阿貴", "米粒", "科技宅", "花蓮小山",
)  # fmt: skip

ABOUT = (
    "{name}敏感肌可以用嗎？", "{name}還有貨嗎", "{name}現在多少錢？", "{name} 孕婦能用嗎", "請問{name}有效期限到什麼時候", "{name}怎麼用比較好",
    "{name}有沒有試用包", "想問{name}跟上次的有什麼不一樣", "is {name} ok for sensitive skin?", "{name} 有附贈品嗎？", "{name}會不會黏",
    "{name}+1", "已下單{name}", "{name}回購第三次了，很好用", "這個{name}味道重嗎？", "{name}可以跟酸類一起用嗎", "{name} 什么时候发货？",
)  # fmt: skip

SMALL_TALK = (
    "剛進來，在介紹哪一款？", "哈囉大家好", "主播今天好漂亮", "❤️❤️❤️", "衝啊", "聲音有點小聲", "畫面有點卡", "優惠券領不到", "已下單，期待到貨",
    "什麼時候發貨？", "可以貨到付款嗎", "來了來了", "+1", "運費多少", "上次買的還沒收到，可以幫我查嗎", "谢谢主播", "好便宜！", "等等還有抽獎嗎？",
    "first time here, hi!", "👍👍", "晚安大家", "可以開發票統編嗎？", "哪裡領券", "太會講了", "今天的燈光好看",
)  # fmt: skip

ORDERS = ("{code}+1", "{code}+1", "{code} +1", "{low}+1", "{code}+2", "{code}➕1", "{code}加二", "我要{code}兩個", "{code}＋１", "老闆 {code}+1 謝謝", "cf {low}", "{code} 1個")  # fmt: skip
BARE = ("+1", "+1", "加一", "＋２", "我也要+1", "+1🔥")  # means the product on air
# What no room is spared: people who lure away, cheat and curse, spelled so that lists miss them.
NUISANCE = (
    "加賴領紅包 ok88", "＋賴 abc123 有好康", "加 L I N E 私聊更便宜", "看我頭像 有驚喜", "兼職日結 三百起", "薇信加我 便宜一半", "嘉賴 免運",
    "https://bit.ly/abc", "刷·單 日結", "主播智 障喔", "垃圾主播", "這家是詐騙吧",
)  # fmt: skip


def comment_about(random: Random, name: str) -> str:
    """A line about a product."""
    return random.choice(ABOUT).format(name=name.split(" ", maxsplit=1)[0])


def small_talk(random: Random) -> str:
    """A line about anything else."""
    return random.choice(SMALL_TALK)


def nuisance(random: Random) -> str:
    """A line that nobody needs."""
    return random.choice(NUISANCE)


def order_words(random: Random, code: str, variants: tuple[str, ...], *, on_air: bool) -> str:
    """An order by comment; now and then somebody forgets the variant, and is asked."""
    if on_air and not variants and random.random() < 0.4:
        return random.choice(BARE)
    said = code + (random.choice(variants) if variants and random.random() < 0.85 else "")
    return random.choice(ORDERS).format(code=said, low=said.lower())
