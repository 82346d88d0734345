"""What sounds like an order: the one word on it, for what a comment is shown as and for what becomes of it.

What sounds so is taken, refused, or asked about. It is never passed over.
"""

import re

from kaibo.core.naming import Naming
from kaibo.core.variants import KIND_OF, SIZE
from kaibo.features.claim import words

ORDER_WORDS = re.compile(
    r"\+ ?\d{1,3}(?!\d)|下单|我要买|想买|要买|我要\d|我要[一二两三四五六]|要一[组盒个件罐瓶包]|帮我留|留给我|结帐|"
    r"i want (?:one|two|it|this|\d)|i'll take|take my money|add to cart|buying|order (?:one|two|\d)"
)
BOUGHT_WORDS = re.compile(
    r"(?:已|刚|也|我)下单|下单了|已购|已买|买了|已拍|拍了|拍下|已付|付款了|抢到|already bought|just bought|ordered"
)


def attempts(text: str) -> bool:
    """Whether a text in one spelling sounds like an order. Who tells of one, asks or takes a word back orders nothing by that."""
    return ORDER_WORDS.search(text) is not None and not (BOUGHT_WORDS.search(text) or words.QUESTION.search(text))


# Who tells of an order in words that no rule has: paid, carried over, in the cart.
_TOLD = re.compile(
    r"咗|(?:下|付|汇|转|刷|拍|买|加|抢|喊|标)(?:好|完|到|成功|过|了)|[下付](?:好|完)[单款]|刷卡(?:成功|好|了)|(?:汇款|转帐|转账)了|已(?:经)?[汇转刷加付下喊]|"
    r"\b(?:bought|paid|checked out|placed|added|got (?:it|mine|one))\b"
)


def told_of(text: str) -> bool:
    """Whether a text in one spelling tells of an order: it is one by that no more."""
    return BOUGHT_WORDS.search(text) is not None or _TOLD.search(text) is not None


# A quick look before the careful one: without a number or a word of wanting nobody orders in other words.
_WANTS = re.compile(rf"\d|[{words.NUMERAL}]|要|买|留|订")
_COUNTED = re.compile(
    rf"(?:[+x*=:加]\s*(?:\d{{1,3}}(?!\d)|[{words.NUMERAL}]+)|(?:\d{{1,3}}|[{words.NUMERAL}]+)\s*)(?:{words.MEASURE.pattern})?"
)
_MARKED = re.compile(
    rf"[+x*加]\s*(?:\d{{1,3}}(?!\d)|[{words.NUMERAL}])|(?<!\d)(?:\d{{1,3}}|[{words.NUMERAL}]+)\s*(?:{words.MEASURE.pattern})"
)
_FEW = re.compile(rf"(?<![\d.])\d(?![\d.])|[{words.NUMERAL}]")
_WANTED = re.compile(r"要|买|帮我?留|留给我|订")
_OPENS = re.compile(r"\s*(?:我|也|还|再|先|想|请|麻烦)*(?:要|买|帮我?留|订)")
_ORDERLY = re.compile(
    "|".join(
        f"(?:{pattern.pattern})"
        for pattern in (
            _COUNTED, words.DECORATION, SIZE, words.PREFIX, words.FILLER, words.EACH, words.MARK, words.HARD, KIND_OF,
        )
    )
    + rf"|{words.MEASURE.pattern}|抢(?!到)|面交|自取|代收|\d{{2,3}}[a-h](?![a-z])|[\s!~.^_()-]|[^\w\s]"
)  # fmt: skip


def nearly(text: str, naming: Naming) -> str | None:
    """Who is ordered in words that are no order yet, of a text in one spelling: "" where it may be two; None for talk.

    Beside words of the names and of ordering nothing else may stand in it, but behind a plain 「我要 …」 with a quantity.
    """
    if _WANTS.search(text) is None or words.QUESTION.search(text) or BOUGHT_WORDS.search(text):
        return None
    rest = naming.without(text)
    return naming.named(text) if rest != text and _orders(rest) else None


def _orders(rest: str) -> bool:
    """Whether what stands beside a name orders."""
    wanted, marked = _WANTED.search(rest) is not None, _MARKED.search(rest) is not None
    orderly = (wanted or marked or _FEW.search(rest) is not None) and not _ORDERLY.sub("", rest)
    return orderly or (marked and _OPENS.match(rest) is not None)
