"""The claims, for readers outside: routes, followers, connectors, the report, the archive."""

from kaibo.features.claim.numbers_view import NUMBERS, ClaimNumbersRow
from kaibo.features.claim.stock_view import STOCK, StockRow
from kaibo.features.claim.view import CLAIMS, ClaimRow

__all__ = ["CLAIMS", "NUMBERS", "STOCK", "ClaimNumbersRow", "ClaimRow", "StockRow"]
