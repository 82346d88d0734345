"""Amounts as people write them into cells: `NT$1,490`, `12,50 €`, `1.490,00`, `１２８０元`, `1.2萬`."""

import re
from collections.abc import Mapping
from decimal import Decimal

from kaibo.core.headers import plain
from kaibo.core.money import exponent
from kaibo.core.script import ONE_SCRIPT
from kaibo.kit.sheets import Cell

AMOUNT_LENGTH_MAX = 24
DUST = Decimal("1e-6")  # of a minor unit: far more than a calculation leaves, far less than anybody writes
FLOAT_ERROR = Decimal("1e-14")  # of the amount: what a few steps of floating-point arithmetic leave of a large one
THOUSAND = 3  # digits between two marks of thousands
# What a currency is called beside an amount, in one spelling. What stands under "" may be said of any, a sign of SHARED of those that
# write it; an amount in the name or with the sign of another currency is not read.
NAMES: Mapping[str, tuple[str, ...]] = {
    "TWD": ("nt$", "nt", "ntd", "新台币", "台币"), "USD": ("us$", "美元", "美金"), "HKD": ("hk$", "港币", "港元"), "SGD": ("s$", "新币"),
    "CNY": ("rmb", "人民币", "cn¥"), "JPY": ("日元", "日币", "jp¥"), "MYR": ("rm", "马币", "令吉"), "EUR": ("€", "欧元", "euro", "euros"),
    "GBP": ("£", "英镑"), "KRW": ("₩", "韩元", "韩币", "원"), "THB": ("฿", "泰铢"), "VND": ("₫", "越南盾"), "PHP": ("₱",), "INR": ("₹", "rs", "rs."),
    "IDR": ("rp", "rp."), "CHF": ("fr.", "sfr."), "AUD": ("a$", "au$", "澳元", "澳币"), "CAD": ("c$", "ca$"), "NZD": ("nz$",), "BRL": ("r$",),
    "PLN": ("zł",), "TRY": ("₺",), "UAH": ("₴",), "ILS": ("₪",), "RUB": ("₽",), "MOP": ("mop$", "澳门元", "葡币"),
    "": ("元", "圆", "块", "块钱", "塊", "整", "元整"),
}  # fmt: skip
DOLLARS = frozenset([
    "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "CUP", "DOP", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD", "MOP", "MXN",
    "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "UYU", "XCD",
])  # fmt: skip
KRONER = frozenset({"SEK", "NOK", "DKK", "ISK", "CZK"})
SHARED: Mapping[str, frozenset[str]] = {
    "$": DOLLARS, "dollars": DOLLARS, "¥": frozenset({"CNY", "JPY"}), "円": frozenset({"JPY"}), "kr": KRONER, "kr.": KRONER,
}  # fmt: skip
_TENS = {"万": 10_000, "w": 10_000, "k": 1000, "千": 1000, "亿": 10**8}
_TEXT = re.compile(
    r"((?:[^\d.,'\s-]+\.?)?)\s*(\d(?:[\d.,' ]*\d)?|\.\d{1,2})(?:[.,][-–—])?\s*((?:[万千亿]|[wk](?![a-z]))?)\s*([^\d,'\s-]*)"
)
_GAPS = re.compile(r"(?<=[^\d\s.,'])\s+(?=[^\d\s.,'])")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´", "'"))
_SPACED = re.compile(r"(\d{1,3}(?:[ ']\d{3})+)(?:[.,](\d+))?")


def amount_minor(text: str, currency: str) -> int | None:
    """What a text says, in minor units of the currency; None when it is no single amount, or one that can be read in two ways.

    A comma or a point before one or two last digits is the decimal mark, as is the last one of both. Before exactly three digits
    a comma parts thousands where the currency has fewer decimals, and a point is read only where it has as many.
    """
    bare = _GAPS.sub("", " ".join(plain(text).translate(_APOSTROPHES).lower().translate(ONE_SCRIPT).split()))
    found = _TEXT.fullmatch(bare)
    if found is None or len(bare) > AMOUNT_LENGTH_MAX:
        return None
    before, figures, tens, after = found.groups()
    amount = _amount(figures, exponent(currency), short=tens != "") if _of(currency, before, after) else None
    if amount is None:
        return None
    minor = (amount * _TENS.get(tens, 1)).scaleb(exponent(currency))
    return int(minor) if minor == minor.to_integral_value() else None


def _of(currency: str, *names: str) -> bool:
    """Whether all that stands beside the figures may be said of this currency."""
    own = (currency.lower(), *NAMES.get(currency, ()), *NAMES[""], "")
    return all(name in own or currency in SHARED.get(name, ()) for name in names)


def _amount(figures: str, decimals: int, *, short: bool) -> Decimal | None:
    """`short`: 萬 or k follows, so that a point parts decimals whatever comes after it, and a comma never does."""
    spaced = _SPACED.fullmatch(figures)
    if spaced is not None:
        return _parted(re.sub("[ ']", "", spaced[1]), spaced[2] or "", decimals)
    if figures.isdigit():
        return Decimal(figures)
    return _marked(figures, decimals, short=short)


def _marked(figures: str, decimals: int, *, short: bool) -> Decimal | None:
    mark = max(",.", key=figures.rfind)
    whole, _, part = figures.rpartition(mark)
    if mark in whole:
        return _whole(figures)
    if whole and not whole.isdigit():
        return _parted(_whole(whole), part, decimals)
    if short:
        return (
            _whole(figures)
            if mark == "," and len(part) == THOUSAND
            else _parted(whole or "0", part, len(part))
            if mark == "."
            else None
        )
    return _at_three(whole, mark, part, decimals) if len(part) == THOUSAND else _parted(whole or "0", part, decimals)


def _parted(whole: str | Decimal | None, part: str, decimals: int) -> Decimal | None:
    """A whole number and the digits behind its decimal mark, at most as many as the currency has; two noughts say nothing."""
    if whole is None or len(part) > max(decimals, 2) or not (part or "0").isdecimal():
        return None
    return Decimal(whole) + Decimal(part or 0).scaleb(-len(part))


def _at_three(whole: str, mark: str, part: str, decimals: int) -> Decimal | None:
    """A mark before exactly three digits."""
    if decimals < THOUSAND:
        return _whole(whole + mark + part) if mark == "," else None
    return _parted(whole or "0", part, decimals) if mark == "." else None


def _whole(figures: str) -> Decimal | None:
    """`1,234,567` or `1.234.567`: parted by one mark, always three digits."""
    first, *rest = re.split("[.,]", figures)
    good = 1 <= len(first) <= THOUSAND and first[0] != "0" and all(len(part) == THOUSAND for part in rest)
    return Decimal(first + "".join(rest)) if good and len(set(re.findall("[.,]", figures))) == 1 else None


def amount_cell(cell: Cell, currency: str) -> int | None:
    """The amount in a cell, minor units; None where amount_minor has none, and for a number with more decimals than the currency.

    A number of a calculation carries the dust of its floats: 99.90000000000001 is 99.9.
    """
    if isinstance(cell.value, (int, float)):
        if cell.percent or not 0 <= cell.value < 10**13:
            return None
        exact = Decimal(repr(cell.value)).scaleb(exponent(currency))
        minor = round(exact)
        return minor if abs(exact - minor) <= max(DUST, exact * FLOAT_ERROR) else None
    return amount_minor(cell.text, currency)
