"""What is wrong with what is told of an order: why it cannot be taken, or not all of it. The door it comes through asks before the rules do."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kaibo.core.errors import Refusal
from kaibo.features.order.commands import OrderItem
from kaibo.features.order.facts import ORDER_MINOR_MAX
from kaibo.features.order.lines import cut, understood
from kaibo.features.order.slices import Ledger
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


TOLD_MAX = 100  # things that are told of one order, each ten of their lines as one more: every one of them is read again with each new one
ENDING_MAX = 20  # beyond them: that it was paid, cancelled or refunded is still heard, for it is what an order comes to
AT_ONCE_MAX = 50  # of them are taken in before a screen has its turn: some hundredths of a second


class OrderToldTooOften(Refusal):
    """So much was told of this order already that nothing more is taken in."""

    code = "order.told_too_often"
    status = 422
    order_id: str
    most: int


class Tiring:
    """How much was told of each order, in its ledger and in the request that is looked through. What is told again is nothing more."""

    def __init__(self, ledger: Ledger, source: str, room: str) -> None:
        """Nothing was looked at yet."""
        self._ledger, self._of = ledger, (source, room)
        self._told: dict[str, int] = {}
        self._known: dict[str, Counter[tuple[str, int]]] = {}

    def flaw(self, item: OrderItem) -> Refusal | None:
        """Why this one is too much."""
        if item.order_id not in self._told:
            self._look_up(item.order_id)
        known = self._known[item.order_id]
        if known[item.kind, item.at] > 0:  # each excuses one
            known[item.kind, item.at] -= 1
            return None
        told = self._told[item.order_id]
        self._told[item.order_id] = told + _weight(len(item.lines))
        most = TOLD_MAX if item.kind == "created" else TOLD_MAX + ENDING_MAX
        return OrderToldTooOften(order_id=item.order_id, most=TOLD_MAX) if told >= most else None

    def _look_up(self, order_id: str) -> None:
        order = self._ledger.orders.get(self._ledger.address(*self._of, order_id))
        words = order.words if order else ()
        self._told[order_id] = sum(_weight(len(word.lines)) for word in words)
        said = Counter((word.kind, word.said_at or word.at) for word in words)
        untimed = Counter((word.kind, 0) for word in words)  # one that does not say when it was may be any of its kind
        self._known[order_id] = said | untimed


def _weight(lines: int) -> int:
    return 1 + lines // 10


def in_parts(items: Sequence[OrderItem]) -> Iterator[slice]:
    """So much at a time that screens can wait for it."""
    begin = weight = 0
    for place, item in enumerate(items):
        weight += _weight(len(item.lines))
        if weight >= AT_ONCE_MAX:
            yield slice(begin, place + 1)
            begin, weight = place + 1, 0
    if begin < len(items):
        yield slice(begin, len(items))


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
