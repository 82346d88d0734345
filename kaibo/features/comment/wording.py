"""How a question asks, and what about, whatever verb, particle or courtesy stands around it. Pure, on tidied text.

One answer is given to all who asked the same, so in doubt two questions are two: a word is left out only where nothing hangs on
it, the order of the others counts, and whether one *may*, *must* or *has* something keeps questions apart.
"""

import re
from dataclasses import dataclass, field

from kaibo.core.naming import GAPS, HAN, HAN_BLOCKS, HOLLOW_LATIN
from kaibo.features.comment.triage import MEASURES

_INTO = r"(?:(?:拿?去|直接)?(?:放进?|丢进?|塞进?|进|过|上|用|使用|入)到?)?"
_ABROAD = "香港|澳门|新加坡|马来西亚|大陆|中国|海外|国外|离岛|外岛|金门|澎湖|马祖|绿岛|兰屿|日本|韩国|美国|加拿大|澳洲|英国|泰国"
_BEFORE_END = r"(?=[吗嘛么呢吧不]|\W|$)"
_WHOM = "妇孩宝婴儿人生肌猫咪狗物乳期辈"  # the ends of words for who uses it: that they may is that they may use it
# One thing or deed has many names, and verbs in front of it: 進洗碗機, 放洗碗機, 用洗碗機洗, dishwasher.
ONE_NAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(names), name)
    for names, name in (
        (rf"{_INTO}洗碗机(?:里面?)?(?:清?洗)?|(?<![a-z])dish ?washers?(?![a-z])", "洗碗机"),
        (rf"{_INTO}微波炉?(?:里面?)?(?:加热)?|(?<![a-z])microwav(?:es?|ed|e?able)(?![a-z])", "微波"),
        (rf"{_INTO}洗衣机(?:里面?)?(?:清?洗)?|机洗", "机洗"),
        (rf"{_INTO}烘[衣干]机(?:里面?)?(?:烘干?)?|烘干", "烘干"),
        (rf"{_INTO}(烤箱|气炸锅|电锅|电磁炉|冰箱|冷冻|冷藏)(?:里面?)?", r"\1"),
        (r"[用刷]?信用卡(?:付款|支付|付|刷)?|刷卡(?:付款)?", "刷卡"),
        (r"[用刷] ?(?=(?:line|apple|google|samsung) ?pay|街口|全支付|悠游付|支付宝|微信支付)", ""),
        (r"[用到]?超商(?:取货|取件|自取|取)|超取", "超取"),
        (r"分期(?:付款|付)?", "分期"),
        (rf"(?:寄送|配送|运送|寄|送|运)[到去往]?(?={_ABROAD})", "寄"),
        (r"小朋友|小孩[子儿]|(?<!小)孩子|儿童", "小孩"),
        (r"怀孕的?(?:人|妈妈|妈咪)?|孕妈[妈咪]?", "孕妇"),
        (rf"适[合用]给?([{HAN}]{{2,4}}?)(?:使?用)?(?=[吗嘛么呢吧]|\W|$)", r"\1可以"),
        (rf"适合使?用|适用|(?<!不)适合(?={_BEFORE_END[3:-1]})", "可以用"),
        (rf"(?:使用|[用擦抹涂]){_BEFORE_END}", "用"),
        (rf"(?:食用|服用){_BEFORE_END}", "吃"),
    )
)
ANY_NAME = re.compile("|".join(names.pattern for names, _ in ONE_NAME))
# A sign of each of them: a text without any has none of the names, and this look is ten times as quick.
NAME_SIGN = re.compile(r"dish|microwav|[洗微烘烤气电冰冷卡刷用到超分寄送运小孩儿怀孕适使擦抹涂食服]")


def _latin(*words: str) -> str:
    return rf"(?<![a-z])(?:{'|'.join(words)})(?![a-z])"


# What a piece of a question is, in the order in which it is looked for. `kept`: it only looks like one of those after it.
KINDS = {
    "kept": "会员|会费|机会|有机|有效|有限|有氧|有线|有声|可可|可乐|可爱|可丽|可是|可惜|许可|能量|功能|性能|智能|节能|热能|机能|主要|重要|必要|"
    "要素|要是|只要|想要|还是|还有|目的|的确|了解|为了|给皂|在地|在线|就医|就业|都市|毛呢|不[锈沾粘织]|一起",
    "aside": r"[想再请先借求]{0,4}(?:请问|请教|询问|求问|想问|问)(?:一下|下|看看)?|麻烦|谢谢|感谢|不好意思|拜托|哈[喽啰]|你们家?|你家|"
    rf"[这那此本呢](?:一?[{MEASURES}])|这(?=[多怎卖价可能]|\W|$)|现在(?:[讲介][绍解]?)?|目前|真的(?=[会能可有要不])|应该|到底|大概|大约|一下|"
    rf"(?<=[a-z0-9|])号|(?<=\|)[{MEASURES}]|我们?(?=[0-9会能可要])",
    "not": r"(?<=可以)不(?!可以|\W|$)[要用会]?|(?<=能)不(?!能|\W|$)[要用会]?",
    "can": r"可不可以?|可以不可以|能不能|能否|可否|是否可以|是否能|不可以|不能|可以|能够|能|(?:有没有|有|没)(?:办法|可能)|行不行|不?行(?=吗|不|\W|$)|可|"
    + _latin("can", "could", "may", "safe", "ok", "okay", "able", "allowed"),
    "need": "需不需要?|要不要|用不用|不需要|需要|不用|不必|必须|一定要|非得|需|不?要(?!求)|"
    + _latin("needs?", "must", "should", "have to", "has to"),
    "have": r"有没有|有无|有木有|是否有|没有|有没(?=\W|$)|有(?!多[大长重高宽厚深远])|" + _latin("have", "has", "any", "there"),
    "be": "会不会|会否|不会|会|是不是|是否|不是|是|有(?=多)|" + _latin("is", "are", "does", "do", "will", "would", "be"),
    "want": "怎么|怎样|如何|多久|几点|几天|什么时候|何时|多少|几|哪|为什么|为何|谁|什么|多[大长重高宽厚深远]|"
    + _latin("how long", "how many", "how much", "how", "when", "where", "which", "why", "who", "what"),
    "one": r"的(?=吗|\W|$)",
    "done": r"了(?=吗|没|\W|$)",
    "hollow": r"[吗的了给在也都很蛮]|[嘛么呢吧啊呀喔哦耶欸咧捏齁哈啦啰咯诶](?=[嘛么呢吧啊呀喔哦耶欸咧捏齁哈啦啰咯诶吗不没]|\W|$)|[不没](?=\W{0,9}$)",
    "latin": r"[a-z0-9]+(?:[./-][a-z0-9]+)*",
    "sign": rf"[{HAN}]",
    "gap": r"[\W_]",
}
HOLLOW_ENGLISH = HOLLOW_LATIN | {
    "i",
    "we",
    "a",
    "me",
    "put",
    "go",
    "goes",
    "please",
    "pls",
    "plz",
    "these",
    "one",
    "its",
    "into",
    "just",
    "also",
}
IDLE = ("gap", "hollow", "aside", "be")  # these say nothing of what is asked, or how


def _plain(words: str) -> str:
    """Runs of Chinese signs that stand in none of these words, and so begin none: most of a text, and looked for first."""
    stops = sorted({ord(sign) for sign in words})
    ranges: list[str] = []
    for first, last in HAN_BLOCKS:
        for stop in (*(stop for stop in stops if first <= stop <= last), last + 1):
            ranges += [f"{chr(first)}-{chr(stop - 1)}"] if first < stop else []
            first = stop + 1  # noqa: PLW2901  the rest of the block
    return f"[{''.join(ranges)}]+"


PIECE = re.compile(
    "|".join(f"(?P<{kind}>{words})" for kind, words in {"plain": _plain("".join(KINDS.values())), **KINDS}.items())
)
ALIKE = {"怎样": "怎么", "如何": "怎么", "何时": "什么时候", "几点": "什么时候", "为何": "为什么", "几": "多少", "几天": "多久"}
# What a thing does by itself: it is one whether one asks that it may, does or has it. 有防水嗎, 可以防水嗎, 防水嗎.
BY_ITSELF = re.compile(
    rf"(?:防|抗|耐)[{HAN}]{{1,2}}|保[温暖冷湿鲜]|遮[瑕光阳]|止[滑汗]|吸[水汗湿]|透[气光明]|显[瘦白高]|掉[色毛漆]|褪色|起[球毛皱]|缩水|色差|变[形色质]|"
    "生锈|漏[水电尿光]|脱[妆线皮]|刺激|异味|过敏|闷热?|勾纱|静电|伸缩|折叠|发热"
)
USED_BY = re.compile(rf"(?<=[{_WHOM}])用$")
# What one does with a thing: asked without a verb, whether one may. 微波？
WITH_IT = re.compile("微波|洗碗机|水洗|手洗|机洗|干洗|烘干|冷藏|冷冻|烤箱|气炸锅|电锅|电磁炉")
# What a shop does: to have it is to be able to. 有分期嗎, 可以分期嗎.
OF_THE_SHOP = re.compile("刷卡|分期|自取|面交|超取|货到付款|宅配|试穿|试吃|寄(?:" + _ABROAD + ")|退换")
# When the shop will do it is one time, whether it may, must or does.
HAPPENS = re.compile("出货|发货|到货|寄出|送到|补货|到|开卖|开播|开始|结束|播到")


@dataclass(slots=True)
class Wording:
    """The parts of a question: `about` in order, how it asks (`modes`), what kind of answer it wants, and whether 可以 came behind that."""

    about: list[str] = field(default_factory=list[str])
    modes: set[str] = field(default_factory=set[str])
    wants: list[str] = field(default_factory=list[str])
    then: bool = False
    one: bool = False

    def take(self, kind: str, piece: str, known: frozenset[str]) -> None:
        """One piece more; Latin words of `known` are the product's own."""
        match kind:
            case "kept" | "not" | "done":
                self.say(piece)
            case "can" | "need" | "have":
                self.modes.add(kind)
                self.then |= bool(self.wants) and kind == "can"
            case "want":
                self.wants.append(ALIKE.get(piece, piece))
            case "latin" if piece not in HOLLOW_ENGLISH and piece not in known:
                self.about.append(f" {piece} ")
            case "one":
                self.one = True
            case _:
                pass

    def say(self, piece: str) -> None:
        """It is about this too."""
        self.about.append(piece)

    @property
    def subject(self) -> str:
        """What it is about, in one piece."""
        about = " ".join("".join(self.about).split())
        return about[:-1] if "can" in self.modes and USED_BY.search(about) else about

    def _mode(self, about: str) -> str:
        """May one, must one, is there; "" for whether it is so."""
        if self.wants:
            return "" if "怎么" in self.wants or HAPPENS.fullmatch(about) else self._asked()
        if BY_ITSELF.fullmatch(about) and not self.one and "need" not in self.modes:
            return ""
        if (not self.modes and WITH_IT.fullmatch(about)) or ("need" not in self.modes and OF_THE_SHOP.fullmatch(about)):
            return "can"
        return self._asked()

    def _asked(self) -> str:
        mode = next((mode for mode in ("need", "can", "have") if mode in self.modes), "")
        return f"{mode} then" if self.then else mode

    @property
    def key(self) -> str:
        """The same for questions that are one, "" for one that is about nothing."""
        about = self.subject
        if not about:
            return ""
        return "\0".join((self._mode(about), about, "的" if self.one and "have" in self.modes else "", *sorted(set(self.wants))))


def wording(text: str, known: frozenset[str] = frozenset()) -> Wording:
    """The parts of a tidied text in which a product's name is "|"; `known`: the Latin words and numbers of that name."""
    if " " in text:
        text = GAPS.sub("", text)
    if NAME_SIGN.search(text) and ANY_NAME.search(text):  # most questions have none of them: one look instead of sixteen
        for names, name in ONE_NAME:
            text = names.sub(name, text)
    found = Wording()
    for piece in PIECE.finditer(text):
        kind = piece.lastgroup or ""
        if kind in ("plain", "sign"):  # nearly always
            found.about.append(piece[0])
        elif kind not in IDLE:
            found.take(kind, piece[0], known)
    return found
