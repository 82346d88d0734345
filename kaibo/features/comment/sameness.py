"""When two questions are one: the same price or stock asked of a product in whatever words, or the same thing asked in the same way.

The desk, the report and the rules all ask here; nobody else says which questions are one.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from kaibo.features.audience.facts import tidy
from kaibo.features.comment.reading import Triaged
from kaibo.features.comment.shop_sheet import ShopSheet
from kaibo.features.comment.suggest import without_name
from kaibo.features.comment.triage import Asked, Asks
from kaibo.features.comment.wording import wording
from kaibo.features.product.facts import ProductSheet

KEY_LENGTH_MAX = 60
# On tidied text. What stands beside them, but for the product's name and hollow words, makes it another question: 運費多少錢, 兩件多少錢.
PRICE = re.compile(
    r"要?多少(?:钱|元|块钱?|米)|几多钱|几(?:块钱?|元|钱)|(?:什么|啥)价(?:格|钱|位)?|(?:直播|现)?价(?:格|钱|位)?(?:是?多少)?|售价(?:多少)?|怎么(?:卖|算)|咋卖|"
    r"卖多少|要?多少(?![a-z0-9])|"
    r"(?<![a-z])(?:how much(?: is| does| are| for)?(?: it| this| these| that)?(?: one)?(?: cost| now)?|what'?s the price|what is the price|price)(?![a-z])"
)
STOCK = re.compile(
    r"还?有(?:没有)?(?:现)?货|还有(?:吗|嘛|么|没|没有)|还?剩(?:下|余)?(?:几|多少)[件个组盒瓶罐包条张支台份只套片双]?|还有(?:几|多少)[件个组盒瓶罐包条张支台份只套片双]?|"
    r"库存(?:多少|还有)?|(?:卖|抢|售)(?:完|光|罄)了?(?:吗|没|没有)?|缺货(?:了?吗)?|没货(?:了?吗)?|"
    r"(?<![a-z])(?:in stock|sold out|still available|available|any left|how many (?:are )?left)(?![a-z])"
)
# Who is spoken to, when, and one of it: nothing that changes the price or the stock of now.
BESIDE = re.compile(r"主播|老板娘?|小编|亲(?![肤子])|今[天晚]|直播间?|(?<!\d)[一1](?:个|件)(?!月)")
NOISE = re.compile(r"[\W_]+|請問|请问|想問|想问|嗎|吗|呢|喔|哦|啊")


def asked(shop: ShopSheet, tidied: str, at: int, told: str | None = None) -> Asked:
    """What a tidied question of an instant (ms UTC) asks of which product; a price or a stock of nothing named is that of the product on air then.

    `told`: what was told of its product, "" for none.
    """
    catalogue, on_air = shop.catalogue(), shop.offers.on_air_at(at)
    found = catalogue.asked(tidied, on_air, told)
    if found is None:
        found = _asked(shop, tidied, at, told)
        catalogue.learn(tidied, on_air, told, found)
    return found


def asked_each(shop: ShopSheet, read: Triaged, instants: Sequence[int]) -> Sequence[Asked]:
    """The same of all the questions of a batch; `instants` of its comments."""
    times = [instants[index] for index in read.questions]
    on_air = shop.offers.on_air_each(times)
    return shop.catalogue().asked_each(read, on_air, lambda: _asked_each(shop, read, times, on_air))


def _asked_each(shop: ShopSheet, read: Triaged, times: Sequence[int], on_air: Sequence[str]) -> Sequence[Asked]:
    known = shop.catalogue().asked
    found: list[Asked] = []
    for index, at, aired in zip(read.questions, times, on_air, strict=True):
        tidied, told = read.tidied[index], read.about(index) if read.told else None
        found.append(known(tidied, aired, told) or asked(shop, tidied, at, told))
    return found


def _asked(shop: ShopSheet, tidied: str, at: int, told: str | None) -> Asked:
    about = shop.about(tidied, at, told)
    asks, key = question_key(tidied, shop.sheet(about))
    if asks and told is None and not about:
        about = shop.offers.on_air_at(at)
    return Asked(asks, (about, key), not asks or bool(told) or shop.named(tidied) != "")


def asks_of(tidied: str, name: str, product_id: str) -> Asks:
    """Whether a tidied question asks the price or the stock of a product and nothing else; `name` and `product_id` tidied."""
    text = tidied.replace(product_id, "|") if product_id else tidied
    if _only(PRICE, text, name):
        return "price"
    return "stock" if _only(STOCK, text, name) else ""


def _only(words: re.Pattern[str], text: str, name: str) -> bool:
    found = words.search(text)
    if found is None:
        return False
    rest = f"{text[: found.start()]}|{text[found.end() :]}"
    left = wording(without_name(BESIDE.sub("|", words.sub("|", rest)), name), _latin(name))
    return not left.subject.strip("了") and not left.wants and left.modes <= {"have"} and (words is STOCK or not left.modes)


@lru_cache(maxsize=4096)
def _latin(name: str) -> frozenset[str]:
    """Latin words and numbers of a tidied name, 50ml also as 50 and ml."""
    return frozenset(word for words in (r"[a-z0-9]+", "[a-z]+", "[0-9]+") for word in re.findall(words, name))


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
    text = tidied.replace(product_id, "|") if product_id else tidied
    unnamed = wording(without_name(text, name), _latin(name)).key
    return "", unnamed or wording(tidied).key or topic_of(tidied)


def topic_of(tidied: str) -> str:
    """A tidied question without punctuation, spaces and words of politeness."""
    return NOISE.sub("", tidied)[:KEY_LENGTH_MAX] or tidied[:KEY_LENGTH_MAX]
