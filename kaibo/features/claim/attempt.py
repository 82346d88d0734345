"""What sounds like an order: the one word on it, for what a comment is shown as and for what becomes of it.

What sounds so is taken, refused, or asked about. It is never passed over.
"""

import re

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
