"""Money: integers in minor units beside an ISO 4217 currency."""

from decimal import Decimal, InvalidOperation

# Digits after the point where ISO 4217 says other than two; every amount of money in the house passes here.
EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "JOD": 3, "OMR": 3, "TND": 3}


def exponent(currency: str) -> int:
    """Digits after the decimal point of a currency, two unless ISO 4217 says other."""
    return EXPONENTS.get(currency, 2)


def to_minor(amount: str | Decimal | float, currency: str) -> int:
    """`"1,490.5"`, `"TWD"` -> 149050. Raises ValueError for what is no amount or has too many decimals."""
    text = str(amount).replace(",", "").strip()
    try:
        scaled = Decimal(text).scaleb(exponent(currency))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(text)
    return int(scaled)


def to_major(minor: int, currency: str) -> Decimal:
    """149050, `"TWD"` -> Decimal("1490.50")."""
    return Decimal(minor).scaleb(-exponent(currency))
