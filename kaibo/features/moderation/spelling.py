"""What a text reads like to somebody who wants to be read by people and not by lists: gaps, look-alikes, sounds.

Works on tidied text (half-width, lower case, simplified). The readings of characters are those of pypinyin.
"""

import re
import unicodedata
from functools import cache, lru_cache

STOP = "\n"  # the end of a sentence or of a part of it: what stands on both sides of it is not one word
STOPS = "。！？!?；;，,、…"
ZERO_WIDTH = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff]")

# Letters of other alphabets that are drawn like Latin ones.
CYRILLIC_AND_GREEK = str.maketrans(
    "авсеніјкморѕтухѵѡгԁԛԝһӏαβεηικμνορτυχωγϲϳ",
    "abcehijkmopstyxvwrdqwhlabenikuvoptuxwycj",
)
# Digits and signs that stand for letters inside a word: 1d10t, sc4m.
LEET = str.maketrans("013456789@$", "oleasgtbgas")
LEET_WORD = re.compile(r"(?<![a-z0-9@$])(?=[0-9@$]*[a-z])(?=[a-z]*[0-9@$])[a-z0-9@$]{3,}(?![a-z0-9@$])")
ONE_STROKE = str.maketrans("i", "l")  # i, l, 1 and | are one stroke: they count as one letter
# Characters that stand in for another by their shape, written in one script. Not 裙 for 群: a skirt is sold here.
SHAPES = {
    ord(sign): meant
    for meant, signs in {
        "微": "薇徽溦癓",
        "信": "伩亻訫",
        "加": "咖珈茄泇迦",
        "赖": "籁懒瀬濑癞",
        "扣": "釦筘",
        "群": "郡羣裠",
        "买": "荬",
        "卖": "賣",
        "骗": "騙谝",
        "钱": "浅戋",
        "赌": "睹",
        "狗": "苟",
        "贱": "溅践",
    }.items()
    for sign in signs
}
# Several signs that are read as one word: split characters, short forms, names of the same thing.
READ_AS = {
    "力口": "加",
    "亻言": "信",
    "女且": "姐",
    "女乃": "奶",
    "走召": "超",
    "贝兼": "赚",
    "➕": "加",
    "✚": "加",
}
READ_AS_PATTERN = re.compile("|".join(re.escape(written) for written in READ_AS))
PLUS_IS_ADD = re.compile(r"\++(?=\s*[^\W\d_])")  # 「+賴」 is read as 加賴, 「+1」 is an order
WECHAT = re.compile(r"(?<![a-z])(?:v[\W_]?x|w[\W_]?x|wei ?xin|we ?chat|v[\W_]*信|w[\W_]*信|微x)(?![a-z])")
LINE = re.compile(r"(?<![a-z])[l1i|][\W_]?[i1l|][\W_]?n[\W_]?e(?![a-z])")
REPEATED = re.compile(r"(.)\1{2,}")
TONE_MARKS = {"̄": 1, "́": 2, "̌": 3, "̀": 4}
HAN_FIRST, HAN_LAST = "㐀", "鿿"
SOUND_BASE = 0xF0000  # one private character for each syllable


@lru_cache(maxsize=65_536)
def squeezed(text: str) -> str:
    """A tidied text without what is put between letters, in plain letters and characters; ends of sentences stay as STOP."""
    plain = _base(ZERO_WIDTH.sub("", text))
    plain = READ_AS_PATTERN.sub(lambda found: READ_AS[found.group()], plain)
    plain = PLUS_IS_ADD.sub("加", plain).translate(CYRILLIC_AND_GREEK)
    plain = WECHAT.sub("微信", LINE.sub("赖", plain))
    plain = LEET_WORD.sub(lambda found: found.group().translate(LEET), plain)
    plain = plain.translate(SHAPES).translate(ONE_STROKE)
    kept = "".join([sign if sign.isalnum() else STOP if sign in STOPS else "" for sign in plain])
    return REPEATED.sub(r"\1", kept)


def _base(text: str) -> str:
    """Letters without their marks: é is e."""
    if text.isascii():
        return text
    return "".join([sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)])


def is_han(sign: str) -> bool:
    """Is this one Chinese character?"""
    return HAN_FIRST <= sign <= HAN_LAST


@cache
def readings(sign: str) -> frozenset[tuple[str, int]]:
    """Every reading of a character as (syllable, tone); tone 0 is the light one. Nothing for what is no character."""
    return frozenset(_spoken(written) for written in _dictionary().get(ord(sign), "").split(",") if written)


@cache
def _spoken(written: str) -> tuple[str, int]:
    letters, tone = "", 0
    for sign in unicodedata.normalize("NFD", written):
        if sign in TONE_MARKS:
            tone = TONE_MARKS[sign]
        else:
            letters += sign
    return unicodedata.normalize("NFC", letters), tone


@cache
def _dictionary() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  a tenth of a second that a house without lists does not pay

    return PINYIN_DICT


@cache
def sound_table() -> dict[int, int]:
    """Character -> a private sign for the syllable it is mostly read as."""
    numbers: dict[str, int] = {}
    table: dict[int, int] = {}
    for code, written in _dictionary().items():
        syllable, _ = _spoken(written.split(",", 1)[0])
        table[code] = numbers.setdefault(syllable, SOUND_BASE + len(numbers))
    return table


def learn_sounds() -> None:
    """Load the readings now (a tenth of a second), so that nobody waits for it later; a second time it costs nothing."""
    sound_table()


def sounded(text: str) -> str:
    """A squeezed text with every character replaced by its syllable, place for place: equal for what sounds alike."""
    return text.translate(sound_table())


def alike(word: str, heard: str) -> float:
    """How much two squeezed texts of one length are the same word, 0 to 1, over their Chinese characters.

    The same character counts 1, the same syllable and tone 0.75, the same syllable 0.5; anything else makes it 0, and so
    does a letter that differs.
    """
    score, characters = 0.0, 0
    for wanted, got in zip(word, heard, strict=True):
        if not is_han(wanted):
            if wanted != got:
                return 0.0
            continue
        characters += 1
        if wanted == got:
            score += 1
        elif readings(wanted) & readings(got):
            score += 0.75
        elif {syllable for syllable, _ in readings(wanted)} & {syllable for syllable, _ in readings(got)}:
            score += 0.5
        else:
            return 0.0
    return score / characters if characters else 1.0
