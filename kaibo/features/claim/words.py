"""The words of ordering by comment, in one spelling (simplified, lower case): what each may mean at its place."""

import re

from kaibo.core.numeral import FIGURES_HAN, numeral

HAN = "一-鿿㐀-䶿"
QUANTITY_MAX = 999

NUMERAL = FIGURES_HAN + "千万"
# A run of digits, with what may hang on it in prices, times, ranges and telephone numbers: all of it is one number.
FIGURES = re.compile(rf"\d+(?:[.:-]\d+|/\d+(?![a-z{HAN}])|,\d{{3}}(?!\d))*|[{NUMERAL}]+")
MONEY = re.compile(r"(?:nt\$|ntd|twd|rmb|hk\$|us\$|usd|[$¥€£₩])\s*[\d.,]+")
MEASURE = re.compile(
    r"(?:个|件|组|盒|瓶|包|支|枝|条|双|张|只|颗|粒|份|套|袋|罐|台|本|把|串|箱|片|入|排|卷|对|副|顶|朵|斤|束|匹|根|盆|桶|尊|座|款|"
    r"(?:pcs?|pieces?|sets?|ea|box(?:es)?)(?![a-z]))"
)
PIECE = re.compile(r"个|件|组|盒|箱|份|套|双")  # of which somebody may want twenty; fifty sheets are what is in a pack
PACKED = "入"  # so many in a pack, however few
# What makes a number something else than a quantity.
UNIT = re.compile(
    r"\s?(?:元|块|圆|钱|打(?![a-z ])|%|折|点|分|秒|时|小时|天|日|月|年|岁|号|楼|人|位|名|万|千|百|度|公分|公斤|公克|寸|吋|次|倍|票|级|米|"
    r"(?:cm|mm|kg|g|ml|l|km|w|k|am|pm|th|st|nd|rd|hr|min)(?![a-z]))"
)
# Behind a number or its measure: 2個半, 1個月, 2個人 are no pieces. What goes on may be a product's name: 2個月餅, 2個人參.
NO_PIECES = re.compile(rf"(?:半价?|又|月份?|周|星期|礼拜|小时|年|人份?|小孩|大人)(?![{HAN}])")
RANGE = ("~", "到", "至")
MARK = re.compile(r"\++|加(?=[\s0-9" + NUMERAL + r"])|[=:]|[x*](?=\s*[0-9" + NUMERAL + r"])")
EACH = re.compile(r"各")
ALL = re.compile(r"包色|全包|全色|全部颜色|每色|包|\*|all(?![a-z])")
CANCEL = re.compile(
    r"(?:(?:我|先|就|那)?(?:不要|不想要|不用|不买|不需要|不订)了?|取消|放弃|弃标|弃单|弃|删除|删掉|删单|退标|"
    r"(?:pass|cancel|remove|no thanks)(?![a-z]))(?:订单|了)?"
)
# 不要取消 keeps what one has; 取消的給我 wants what another one gives back: neither is one's own word of giving up.
NO_CANCEL = re.compile(
    r"(?:不(?:要|用|想|必|需要?)|勿|莫)\s*(?:帮我?|给我|再|把?我?的?)?\s*(?:取消|放弃|弃|删|退标)|\b(?:don'?t|do not|never)\s+(?:cancel|remove|pass)|"
    r"(?:取消|弃标|放弃|不要)了?的|(?:取消|弃标|放弃|不要).*(?:给我|让给?我|我[收接])"
)
PREFIX = re.compile(
    r"(?:cf|sold|mine|order|buy|get|take|want|i'll take|i want)(?![a-z])|我?想?要|喊|下单|下标|订购?|买|来|收|给我|帮我留?|留"
)
PREFIX_ALONE = re.compile(r"(?:cf|sold|mine)(?![a-z])")
FILLER = re.compile(
    r"谢谢|感谢|感恩|拜托|麻烦|请|老板娘?|小编|主播|主持|店长|姐姐?|哥哥?|亲爱的|亲|哈啰|你好|hi(?![a-z])|hello(?![a-z])|"
    r"我(?:也)?|再|也|还|追加|追|那|和|跟|的|喔|哦|唷|呦|噢|吧|啦|了|啰|喽|呀|啊|耶|哩|欸|诶|嘿|ok(?![a-z])|"
    r"(?:thanks?|thank you|thx|please|pls|plz|me|the|and|of)(?![a-z])"
)
ARTICLE = re.compile(r"a(?![a-z])")  # before a product; behind one it is part of another's name: T12 A
# Whoever asks, complains, tells of an order, takes a word back, or only thinks of it has not ordered by that.
QUESTION = re.compile(
    r"\?|吗|嘛|多少|几|怎|什么|啥|哪|谁|何时|为何|如何|要不要|有没有|有没|还有|是不是|好不好|可不可|可以|能不能|能否|是否|请问|想问|问|呢|"
    r"没|无法|不到|不是|不会|不能|别|昨|上次|上回|之前|刚(?!好|需)|已|早就|明明|过了|过[啦喔哦噢]|过(?![^\s,.;!~])|完了|次了|"
    r"(?<!不)错(?!过)|误[打按喊]|手滑|更正|改|变|不算|算了|作废|如果|要是|假如|下次|下回|考虑|再说|送\s*[\d一二两三四五]|买了|买到|抢到|抢了|收到|到货|付了|付款|出货|寄|退|换|坏|查|订单(?!取消)|"
    r"明天再|开玩笑|买不起|要的[请就]|[请就](?:打|喊|留言)|喊[^,.;!~]{1,8}就(?:好|行)|"
    r"\b(?:never ?mind|nvm|wrong|mistake|oops|jk|kidding|maybe|if possible|next time|don.?t (?:want|need)|changed my mind|instead|no wait|no make)\b|"
    r"\b(?:how|what|when|where|which|why|who|is|are|can|could|does|do|did|any|not|no more|price|stock|left|sold out|shipping)\b"
)
APART_SIZE = re.compile(r"\d{1,2} +x{0,6}[sml](?![a-z])")  # 2 XL: two of XL, or 2XL?
SIZE_LEAST = 20  # 36, 165, 500: a size, a price, what is in a pack; so many pieces are told with a sign or a word of wanting
BODY = re.compile(r"cm|kg|公分|公斤|斤")  # of the buyer, beside the size they want
# Emotes, faces and laughs say nothing, and a digit in them is no quantity.
_ARM = "(?:(?<![a-z0-9])o|[ヽヾノづつっ٩۶ლ╮╭┐┌ʅʃو๑งσ])?"
_HAND = "(?:o(?![a-z0-9])|[ヽヾノづつっ٩۶ლ╮╭┐┌ʅʃو๑งσ])?"
_LAUGH = r"a*(?:h[aeio]){2,}h*|xd+|lo+l|lmao|w{2,}|q[aq]?q+|t[_^.]?t|o[_^.]o|[ou]w[ou]|=w=|orz|yay|yeah"
DECORATION = re.compile(
    r"\[[^\[\]\n]{1,12}\]|【[^【】\n]{1,12}】|:(?:[a-z][a-z0-9_+-]*|[+-]1|100):|"
    rf"{_ARM}\((?![+*-]\))(?:[^(){HAN}a-z0-9\n]{{1,14}}|(?=[^()]*[^\w\s\x00-\x7f])[^(){HAN}\n]{{1,14}}|[otq^_><;=.*' -]{{2,9}})\){_HAND}|"
    r"\((?:笑|哭|汗|羞|泪|害羞|误)\)|\^[_.o-]*\^;*|>[_./]*<|<3+(?!\d)|[:;=]-?[)(](?!\d)|[:;=]-?[dp](?![a-z0-9])|"
    rf"(?<![a-z])(?:{_LAUGH})(?![a-z0-9])|[哈呵嘿嘻呜哇噗ㄏㄎ]+"
)
HARD = re.compile(r"[,;\n/|&]|、|，|；|\.(?!\d)")


def quantity(figures: str) -> int | None:
    """`2`, `02`, `十二`, `一百零五` as 1 … 999; None for anything else."""
    if figures.isascii():
        plain = figures.isdigit() and len(figures) <= len(str(QUANTITY_MAX))
        return int(figures) or None if plain else None
    number = numeral(figures)
    return number if number is not None and 1 <= number <= QUANTITY_MAX else None
