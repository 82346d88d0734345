"""What is wrong with what is told of an order: why it cannot be taken, or not all of it. The door it comes through asks before the rules do."""

from collections.abc import Sequence

from kaibo.core.errors import Refusal
from kaibo.features.order.commands import OrderItem
from kaibo.features.order.facts import ORDER_MINOR_MAX
from kaibo.features.order.lines import cut, understood
from kaibo.features.show.slices import ShowNow


class OrderWrongCurrency(Refusal):
    """Amounts of one show are in one currency."""

    code = "order.wrong_currency"
    status = 422
    order_id: str
    currency: str
    show_currency: str


class OrderBadLine(Refusal):
    """Nothing of it can be counted: no line names a product and has a quantity and a price within measure, and it has no total."""

    code = "order.bad_line"
    status = 422
    order_id: str
    product_id: str


class OrderLineUnread(Refusal):
    """One line of an order makes no sense; the order is taken without it."""

    code = "order.line_unread"
    status = 422
    order_id: str
    product_id: str
    line: int


class OrderBroken(Refusal):
    """A fault of the house at this order alone; the server's log says more under the reference."""

    code = "order.broken"
    status = 500
    order_id: str
    reference: str


class OrderAboveLimit(Refusal):
    """It comes to more than an order can."""

    code = "order.above_limit"
    status = 422
    order_id: str
    limit_minor: int


def flaw(item: OrderItem, show: ShowNow, now: int) -> Refusal | None:
    """Why an item that is told `now` cannot be taken; None when it can, be it without some of its lines."""
    # Without lines and total there is no amount, and so no currency to be wrong.
    if (item.lines or item.amount_minor is not None) and item.currency not in ("", show.currency):
        return OrderWrongCurrency(order_id=item.order_id, currency=item.currency, show_currency=show.currency)
    if _above_limit(item, show):
        return OrderAboveLimit(order_id=item.order_id, limit_minor=ORDER_MINOR_MAX)
    if _counts_nothing(item, show):
        return OrderBadLine(order_id=item.order_id, product_id=item.lines[0].product_id if item.lines else "")
    return show.doubt(item.at, now) if item.at else None


def _above_limit(item: OrderItem, show: ShowNow) -> bool:
    lines = understood(item, show.currency).lines
    goods = sum(line.price_minor * (line.quantity or 1) for line in lines)
    return max(goods, item.amount_minor or 0) > ORDER_MINOR_MAX


def _counts_nothing(item: OrderItem, show: ShowNow) -> bool:
    """A refund that says less than it means must not become one of all that is left."""
    if item.amount_minor is not None and (item.amount_minor or item.lines):
        return False
    said = bool(item.lines) or item.amount_minor is not None
    return (item.kind == "created" or (item.kind == "refunded" and said)) and not understood(item, show.currency).whole


def line_flaws(item: OrderItem, show: ShowNow) -> Sequence[OrderLineUnread]:
    """Why lines of an item that is taken do not count."""
    return [
        OrderLineUnread(order_id=item.order_id, product_id=cut(line).product_id, line=place)
        for place, line in understood(item, show.currency).unread
    ]
