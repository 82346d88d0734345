"""What is wrong with what is told of an order, for the door it comes through, and what does not fit, for the report. No rule and no view stands on it."""

from kaibo.features.order.flaws import OrderBroken, OrderLineUnread, Tiring, flaw, in_parts, line_flaws
from kaibo.features.order.view import COUNTS, ODD, OddRow, OrderCountRow

__all__ = [
    "COUNTS",
    "ODD",
    "OddRow",
    "OrderBroken",
    "OrderCountRow",
    "OrderLineUnread",
    "Tiring",
    "flaw",
    "in_parts",
    "line_flaws",
]
