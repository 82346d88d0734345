"""What a comment is by rule, and what it is about: same text, same word. The model weighs what the rules say."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from kaibo.core.naming import Naming
from kaibo.features.audience.facts import tidy
from kaibo.features.claim.slices import SOUNDS_BOUGHT, SOUNDS_ORDERED
from kaibo.features.comment.facts import Kind

# "other" is a greeting, small talk or noise; "spam" is abuse too. The order stands in the weights of models: only add.
CLASSES: tuple[Kind, ...] = ("other", "question", "order", "aftersales", "praise", "spam")
OTHER, QUESTION, ORDER, AFTERSALES, PRAISE, SPAM = range(len(CLASSES))

# One expression for each class, on tidied text. Told in this order: what went wrong with an order outranks a question.
AFTERSALES_WORDS = re.compile(
    r"退货|退款|退钱|退费|换货|没收到|未收到|收不到|还没到|没到货|少寄|漏寄|寄错|漏发|少发|发错|坏了|坏掉|(?<!太)破了|破损|瑕疵|过敏了|客诉|投诉|"
    r"售后|客服|查.{0,4}订单|订单.{0,6}(?:查|问题)|上次买的.{0,8}(?:没|坏|错|漏|少)|等了.{0,4}(?:天|周|礼拜|月)|"
    r"refund|return my|not received|haven't received|never arrived|broken|damaged|wrong item|missing item|where is my order"
)
QUESTION_WORDS = re.compile(
    r"\w ?\?|吗|什么|啥|怎么|怎样|如何|多少|几[点号个岁天盒罐款片颗瓶包组支条]|哪|能不能|可不可以|会不会|有没有|是不是|要不要|好不好|"
    r"请问|想问|求问|多久|为何|为什么|谁|呢$|领不到|"
    r"(?:^|(?<=[^a-z]))(?:how|what|when|where|which|why|who|"
    r"can i|can you|could you|does (?:it|this)|do you|is (?:it|this|there)|are there|any discount)(?![a-z])"
)
PRAISE_WORDS = re.compile(
    r"好用|好看|好美|漂亮|好棒|太棒|真棒|很棒|喜欢|最爱|推荐|回购|无敌|厉害|赞|好吃|好香|好便宜|超值|划算|谢谢|感谢|太会|支持|期待|加油|"
    r"love|great|nice|beautiful|amazing|awesome|good job|thank|❤|♥|👍|💕|😍|🥰|👏|💯"
)
SPAM_WORDS = re.compile(
    r"https?://|www\.|(?:bit\.ly|t\.me|wa\.me|lin\.ee|reurl\.cc)/|加(?:我)?(?:line|赖|微|v(?![a-z])|vx|tg|qq|扣扣)|威信|薇信|日结|兼职|"
    r"看我(?:头像|主页)|点我?(?:头像|主页)|互粉|互关|娱乐城|百家乐|博彩|裸聊|约炮|刷单|网贷|"
    r"傻逼|脑残|智障|操你|干你娘|妈的|贱人|去死|垃圾主播|诈骗|骗子|仆街|"
    r"(?<![a-z])(?:follow back|f4f|onlyfans|telegram|stfu|bitch|scam(?:mer)?|idiot)(?![a-z])"
)
MEASURES = "个款组件瓶盒支罐包双条张只台套顶把片颗块份串对副本杯袋箱枚卷部种样隻"
THIS_ONE = re.compile(
    rf"[这呢此][{MEASURES}]|这一[{MEASURES}]|这(?=多少|怎么|卖|价|可以|能)|现在[讲介]|(?<![a-z])(?:this|it)(?![a-z])"
)


@lru_cache(maxsize=65_536)
def class_of(text: str) -> int:
    """The class of a tidied text: index into CLASSES. A room repeats itself, so most answers are remembered."""
    if SPAM_WORDS.search(text):
        return SPAM
    if AFTERSALES_WORDS.search(text):
        return AFTERSALES
    if QUESTION_WORDS.search(text):
        return QUESTION
    if SOUNDS_ORDERED.search(text) or SOUNDS_BOUGHT.search(text):
        return ORDER
    return PRAISE if PRAISE_WORDS.search(text) else OTHER


def triage(text: str) -> str:
    """What the rules alone say of a text as it came: question, order, aftersales, praise, spam or other."""
    return CLASSES[class_of(tidy((text,))[0])]


Asks = Literal["", "price", "stock"]
Key = tuple[str, str]  # the product it is asked of, "" for none; what is asked


class Asked(NamedTuple):
    """What one comment asks: the price or stock or neither, under which key it waits, and whether it names whose price or stock."""

    asks: Asks
    key: Key
    named: bool


Named = tuple[str, ...]  # a product_id, the product's name, its variants
KNOWN_MAX = 16_384  # texts: what a room says within some minutes


class Catalogue:
    """Finds the product a text names: by id, or by words of its name and variants that no other product has."""

    def __init__(self, names: tuple[Named, ...]) -> None:
        """Learn the names."""
        self._names = names
        self._naming = Naming(
            {tidy((product_id,))[0]: product_id for product_id, *_ in names},
            {product_id: tidy((" | ".join(spelt),))[0] for product_id, *spelt in names},
        )
        self._known: dict[str, tuple[str, bool]] = {}
        self._asked: dict[tuple[str, str, str | None], Asked] = {}
        self._batch: tuple[object, Sequence[str], Sequence[Asked]] = (None, (), ())

    def about(self, text: str) -> tuple[str, bool]:
        """The product a tidied text names, "" for none, and whether it speaks of "this one". Five views ask of each comment."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= KNOWN_MAX:
                self._known.clear()
            found = self._known[text] = self.named(text), THIS_ONE.search(text) is not None
        return found

    def about_each(self, texts: Sequence[str]) -> list[tuple[str, bool]]:
        """The same of all the texts of a batch."""
        known = self._known
        return [known.get(text) or self.about(text) for text in texts]

    def __reduce__(self) -> tuple[type["Catalogue"], tuple[tuple[Named, ...]]]:
        """What was found so far is found again."""
        return Catalogue, (self._names,)

    def asked(self, text: str, on_air: str, told: str | None) -> Asked | None:
        """What a tidied text asks while `on_air` is on air, if that was worked out before."""
        return self._asked.get((text, on_air, told))

    def learn(self, text: str, on_air: str, told: str | None, asked: Asked) -> None:
        """So that it is worked out once."""
        if len(self._asked) >= KNOWN_MAX:
            self._asked.clear()
        self._asked[text, on_air, told] = asked

    def asked_each(self, batch: object, on_air: Sequence[str], work_out: Callable[[], Sequence[Asked]]) -> Sequence[Asked]:
        """What the questions of a batch ask: rules and lists look at it one after the other, and only the first works it out."""
        if self._batch[0] is not batch or self._batch[1] != on_air:
            self._batch = (batch, on_air, work_out())
        return self._batch[2]

    def named(self, text: str) -> str:
        """The product a tidied text names, "" for none or for a tie."""
        return self._naming.named(text)


# Rules and lists both ask, and a price or a stock that changes changes no word: what was found once is found for all of them.
@lru_cache(maxsize=8)
def catalogue_of(names: tuple[Named, ...]) -> Catalogue:
    """The catalogue of these names; `names` in the order of the show."""
    return Catalogue(names)
