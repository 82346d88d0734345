"""When two questions are one: the same price or stock asked of a product in whatever words, or the same words but for hollow ones."""

import re
from functools import lru_cache
from typing import Literal

from kaibo.features.audience.facts import tidy
from kaibo.features.comment.suggest import gist
from kaibo.features.comment.topics import topic_of
from kaibo.features.comment.triage import HOLLOW_LATIN
from kaibo.features.product.facts import ProductSheet

Asks = Literal["", "price", "stock"]
# On tidied text. What stands beside them, but for the product's name and hollow words, makes it another question: 運費多少錢, 兩件多少錢.
PRICE = re.compile(
    r"多少(?:钱|元|块钱?|米)|几多钱|几(?:块钱?|元|钱)|(?:什么|啥)价(?:格|钱|位)?|价(?:格|钱|位)(?:是?多少)?|售价(?:多少)?|怎么(?:卖|算)|咋卖|卖多少|"
    r"(?<![a-z])(?:how much(?: is| does)?(?: it| this)?(?: cost)?|what'?s the price|what is the price|price)(?![a-z])"
)
STOCK = re.compile(
    r"还?有(?:没有)?(?:现)?货|还有(?:吗|嘛|么|没|没有)|还?剩(?:下|余)?(?:几|多少)[件个组盒瓶罐包条张支台份只套片双]?|还有(?:几|多少)[件个组盒瓶罐包条张支台份只套片双]?|"
    r"库存(?:多少|还有)?|(?:卖|抢|售)(?:完|光|罄)了?(?:吗|没|没有)?|缺货(?:了?吗)?|没货(?:了?吗)?|"
    r"(?<![a-z])(?:in stock|sold out|still available|available|any left|how many (?:are )?left)(?![a-z])"
)
CODES = re.compile(r"[a-z0-9]+")
# What kind of answer is wanted: 孕婦要用多久 is not 孕婦可以用嗎, though both are about 孕婦.
WANTS = re.compile(
    r"怎么|怎样|如何|多久|几点|几天|什么时候|何时|多少|几|哪|为什么|为何|谁|什么|(?<![a-z])(?:how long|how many|how|when|where|which|why|who|what)(?![a-z])"
)
ALIKE = {"怎样": "怎么", "如何": "怎么", "何时": "什么时候", "几点": "什么时候", "为何": "为什么", "几": "多少", "几天": "多久"}


def asks_of(tidied: str, name: str, product_id: str) -> Asks:
    """Whether a tidied question asks the price or the stock of a product and nothing else; `name` and `product_id` tidied."""
    text = tidied.replace(product_id, "|") if product_id else tidied
    if _only(PRICE, text, name):
        return "price"
    return "stock" if _only(STOCK, text, name) else ""


def _only(words: re.Pattern[str], text: str, name: str) -> bool:
    rest = words.sub("|", text)
    return rest != text and not gist(rest, name) and not _codes(rest, name)


def _codes(text: str, name: str) -> list[str]:
    """Sizes, numbers and Latin words beside the name's own, which pairs of characters do not tell apart: S, 2, 38."""
    known = CODES.findall(name)
    return [code for code in CODES.findall(text) if code not in HOLLOW_LATIN and code not in known]


def question_key(tidied: str, sheet: ProductSheet | None) -> tuple[Asks, str]:
    """What it asks that a sheet can answer, and the key under which like questions of a product wait as one."""
    return _key(tidied, *(_spelt(sheet.name, sheet.product_id) if sheet else ("", "")))


@lru_cache(maxsize=4096)
def _spelt(name: str, product_id: str) -> tuple[str, str]:
    name, product_id = tidy((name, product_id))
    return name, product_id


# A room asks the same in the same words all evening.
@lru_cache(maxsize=16_384)
def _key(tidied: str, name: str, product_id: str) -> tuple[Asks, str]:
    asks = asks_of(tidied, name, product_id)
    if asks:
        return asks, f"\0{asks}"
    words, codes = sorted(gist(tidied, name)), sorted(_codes(tidied, name))
    if not words and not codes:
        return "", topic_of(tidied)
    found: list[str] = WANTS.findall(tidied)
    wants = sorted({ALIKE.get(word, word) for word in found})
    return "", "\0".join((*words, "", *codes, "", *wants))
