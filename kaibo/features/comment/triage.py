"""What a comment wants, by rule: a question, an order, after-sales, praise, or nothing in particular; and which product it is about."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

CommentKind = Literal["question", "order", "aftersales", "praise", "other"]

# Traditional and simplified side by side: viewers of one room write both.
_AFTERSALES = re.compile(
    r"還沒收到|还没收到|沒收到貨|没收到货|退貨|退货|退款|換貨|换货|瑕疵|破損|破损|壞掉|坏掉|客服|投訴|投诉|少寄|寄錯|寄错|缺件|refund|broken|complain"
)
_ORDER = re.compile(r"^[\s@\w]*[+＋➕]\s*[0-9一二三四五六七八九十]+\s*$|已下單|已下单|已拍|下好單|下好单|買了|买了|已購|已购|搶到|抢到|ordered\b|sold\b")
_QUESTION = re.compile(
    r"[?？]|嗎|吗|呢$|多少|怎麼|怎么|怎樣|怎样|如何|什麼|什么|哪裡|哪里|哪個|哪个|哪款|幾[點号號天個]|几[点号天个]|有沒有|有没有|可不可以|能不能|會不會|会不会|是不是"
    r"|請問|请问|想問|想问|求問|求问|when\b|how\b|what\b|where\b|which\b|does\b|is it\b|can i\b|do you\b"
)
_PRAISE = re.compile(r"好用|好看|漂亮|喜歡|喜欢|愛了|爱了|太棒|讚|赞|推薦|推荐|回購|回购|便宜|劃算|划算|超值|❤|👍|😍|love\b|great\b|amazing\b|nice\b")


def normal(text: str) -> str:
    """Full-width to half-width, case folded, runs of one character cut to three."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"(.)\1{3,}", r"\1\1\1", folded)


def kind_of_comment(text: str) -> CommentKind:
    """The first class that fits, in the order of what it costs to miss it: a complaint before a question, a question before an order."""
    if _AFTERSALES.search(text):
        return "aftersales"
    if _QUESTION.search(text):
        return "question"
    if _ORDER.search(text):
        return "order"
    return "praise" if _PRAISE.search(text) else "other"


def aliases(product_id: str, name: str) -> tuple[str, ...]:
    """What viewers may call a product: its id, its name, and the name without its size."""
    short = re.split(r"[\s（(]|\d+\s*(?:ml|g|片|入|組|組合|件)", normal(name))[0]
    found = (normal(product_id), normal(name), short, short[-3:] if len(short) > 4 else "")
    return tuple(dict.fromkeys(alias for alias in found if len(alias) >= 2))


def product_of(text: str, known: Mapping[str, str], on_air: str) -> str:
    """The product a normalised comment is about: the longest alias in it; else the one on air when it says 「這個」; else ""."""
    best = max((alias for alias in known if alias in text), key=len, default="")
    if best:
        return known[best]
    return on_air if on_air and re.search(r"這個|这个|這款|这款|這支|这支|this\b", text) else ""


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters: two-character words are whole in them."""
    letters = re.sub(r"[\W_]+", "", text)
    return frozenset(letters[place : place + 2] for place in range(len(letters) - 1))


def best_answer(text: str, doubts: Iterable[tuple[frozenset[str], str]]) -> str:
    """The approved answer whose question shares most with this one, if they share at least a third; else ""."""
    asked = bigrams(text)
    if not asked:
        return ""
    scored = ((len(asked & grams) / min(len(asked), len(grams)), answer) for grams, answer in doubts if grams and answer)
    score, answer = max(scored, default=(0.0, ""))
    return answer if score >= ANSWER_OVERLAP_MIN else ""


ANSWER_OVERLAP_MIN = 1 / 3
