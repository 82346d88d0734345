"""Numbers in Chinese characters."""

DIGITS = {
    "零": 0, "一": 1, "壹": 1, "二": 2, "两": 2, "俩": 2, "贰": 2, "三": 3, "参": 3, "叁": 3, "四": 4, "肆": 4,
    "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
FIGURES_HAN = "".join(DIGITS) + "".join(TENS) + "廿卅"
FIGURES_MAX = 3


def numeral(figures: str) -> int | None:
    """Numerals up to hundreds in the simplified script: 两 is 2, 十二 is 12, 一百二 is 120, 廿三 is 23; None for what is no number."""
    text = figures.replace("廿", "二十").replace("卅", "三十")
    if len(text) > 1 and all(character in DIGITS for character in text):
        return _by_digits(text)
    total, digit, place = 0, None, 1000
    for character in text:
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
        elif character in TENS and TENS[character] < place:
            place = TENS[character]
            total += (1 if digit is None else digit) * place
            digit = None
        else:
            return None
    if digit and place == max(TENS.values()) and "零" not in text:
        digit *= 10
    return total + (digit or 0)


def _by_digits(text: str) -> int | None:
    """一零五 is 105; 一兩 and 兩三 are about so many, and no number."""
    return int("".join(str(DIGITS[character]) for character in text)) if "零" in text and len(text) <= FIGURES_MAX else None
