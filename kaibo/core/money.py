"""Money: integers in minor units beside an ISO 4217 currency."""

from decimal import Decimal

# Digits after the point where ISO 4217 says other than two, after its List One (SIX Financial Information, the maintenance
# agency, https://www.six-group.com/en/products-services/financial-information/data-standards.html, column "Minor unit").
# All other currencies of the list have two. The web's table is held to this one by a test.
EXPONENTS = {
    **dict.fromkeys(
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"], 0
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}


# How people of the trade write a currency; others keep their code. The web's table is held to this one by a test.
SIGNS = {"TWD": "NT$", "CNY": "¥", "HKD": "HK$", "USD": "US$", "JPY": "JP¥", "SGD": "S$", "MYR": "RM", "EUR": "€"}
MINUS = "\u2212"


def exponent(currency: str) -> int:
    """Digits after the decimal point of a currency, two unless ISO 4217 says other."""
    return EXPONENTS.get(currency, 2)


def to_major(minor: int, currency: str) -> Decimal:
    """149050, `"TWD"` -> Decimal("1490.50")."""
    return Decimal(minor).scaleb(-exponent(currency))


def amount(minor: float, currency: str) -> str:
    """148000, `"TWD"` -> `NT$1,480`, for people; the part after the point only where there is one."""
    digits = exponent(currency)
    whole, part = divmod(round(abs(minor)), 10**digits)
    text = f"{whole:,}.{part:0{digits}d}" if part else f"{whole:,}"
    return f"{MINUS if minor < 0 else ''}{SIGNS.get(currency, currency + ' ')}{text}"
