"""What a platform may say of orders, and what becomes of what it says; what a person may ask of one stands in `cancelling.py`."""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.order.cancelling import Asking, cancelling
from kaibo.features.order.commands import CancelOrder, ConfirmCancel, OrderItem, RecordOrders, RefuseCancel
from kaibo.features.order.facts import ORDER_MINOR_MAX
from kaibo.features.order.lines import cut, taken, understood
from kaibo.features.order.naming import named
from kaibo.features.order.slices import UNKNOWN, Order, Place
from kaibo.features.order.state import OrderState
from kaibo.features.order.told import Told
from kaibo.features.show.slices import ShowNow


class OrderShowUnknown(Refusal):
    """There is no such show to take orders for."""

    code = "order.show_unknown"
    status = 404


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


OrderCommand = RecordOrders | Asking


def decide(state: OrderState, command: OrderCommand, ctx: Context) -> Sequence[Fact]:
    """The facts that are new in what was told; all of it is refused when one item cannot be taken; lines that make no sense are left out."""
    match command:
        case RecordOrders():
            return _record(state, command, ctx.at)
        case CancelOrder() | ConfirmCancel() | RefuseCancel():
            return cancelling(state, command, ctx.at)
        case _:
            assert_never(command)


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


def _record(state: OrderState, command: RecordOrders, now: int) -> Sequence[Fact]:
    if not state.show.currency:
        raise OrderShowUnknown
    for item in command.items:
        wrong = flaw(item, state.show, now)
        if wrong is not None:
            raise wrong
    facts: list[Fact] = []
    instants = [item.at for item in command.items if item.at]
    going = state.clocks.going((command.platform, command.room), instants, now)
    changed: dict[Place, Order] = {}
    for told_item in command.items:
        read = understood(told_item, state.show.currency)
        asked = taken(told_item, read.lines)
        item = replace(asked, at=going.right(asked.at) if asked.at else now)
        place = state.ledger.address(command.platform, command.room, item.order_id)
        known = changed.get(place) or state.ledger.orders.get(place, UNKNOWN)
        by = "" if place[0] == command.platform else command.platform
        right = named(_after_own(_in_order(item, asked, known), asked, known, by), state.offers)
        moved = (
            bool(asked.at) and item.at < asked.at and item.kind != "refunded"
        )  # a part is known by when its source says it was
        timed, said_at = bool(asked.at) and not moved, asked.at if asked.at != right.at else 0
        told = Told(state, place, command.room, right, known, now, timed=timed, moved=moved, said_at=said_at, by=by)
        told.follow()
        told.leave_out(tuple(cut(line) for _, line in read.unread))
        facts += told.facts
        changed[place] = told.order
    return facts


def _in_order(item: OrderItem, asked: OrderItem, known: Order) -> OrderItem:
    """One that was set back stays behind what was told before it, unless the source itself has it earlier."""
    after = max((word.at for word in known.words), default=0) + 1
    return replace(item, at=min(asked.at, after)) if item.at < min(asked.at, after) else item


def _after_own(item: OrderItem, asked: OrderItem, known: Order, by: str) -> OrderItem:
    """What a source has later than what it told before stays behind that, however its clock was set right then and is now."""
    before = [word.at for word in known.words if word.by == by and (word.said_at or word.at) < asked.at]
    after = max(before, default=0) + 1
    return replace(item, at=after) if item.kind != "refunded" and item.at < after else item
