"""The claims, for readers outside: routes, followers, connectors, the report, the archive; and the words that triage and claims share."""

from kaibo.features.claim.attempt import BOUGHT_WORDS, ORDER_WORDS
from kaibo.features.claim.stock_view import STOCK, StockRow
from kaibo.features.claim.view import CLAIMS, ClaimRow

__all__ = ["BOUGHT_WORDS", "CLAIMS", "ORDER_WORDS", "STOCK", "ClaimRow", "StockRow"]
