"""What a platform may say of orders, and what becomes of what it says."""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.naming import named
from kaibo.features.order.slices import UNKNOWN, Order, Place
from kaibo.features.order.state import OrderState
from kaibo.features.order.told import Told
from kaibo.features.show.slices import AHEAD_MS, SURELY_AHEAD_MS, ShowNow

QUANTITY_MAX = 1_000_000
PRICE_MINOR_MAX = 10**12  # sums of a whole show stay far below what a log and a screen can say exactly


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
    """A line is missing, names no product, or its quantity or price is none: below one or nought, or beyond all measure."""

    code = "order.bad_line"
    status = 422
    order_id: str
    product_id: str


def decide(state: OrderState, command: RecordOrders, ctx: Context) -> Sequence[Fact]:
    """The facts that are new in what was told; all of it is refused when one item cannot be taken."""
    match command:
        case RecordOrders():
            return _record(state, command, ctx.at)
        case _:
            assert_never(command)


def flaw(item: OrderItem, show: ShowNow, now: int) -> Refusal | None:
    """Why an item that is told `now` cannot be taken; None when it can."""
    if item.kind == "created" and not item.lines:
        return OrderBadLine(order_id=item.order_id, product_id="")
    for line in item.lines:
        if not line.product_id or not 0 < line.quantity <= QUANTITY_MAX or not 0 <= line.price_minor <= PRICE_MINOR_MAX:
            return OrderBadLine(order_id=item.order_id, product_id=line.product_id)
    # Without lines there is no amount, and so no currency to be wrong.
    if item.lines and item.currency not in ("", show.currency):
        return OrderWrongCurrency(order_id=item.order_id, currency=item.currency, show_currency=show.currency)
    return show.doubt(item.at, now) if item.at else None


def _record(state: OrderState, command: RecordOrders, now: int) -> Sequence[Fact]:
    if not state.show.currency:
        raise OrderShowUnknown
    for item in command.items:
        wrong = flaw(item, state.show, now)
        if wrong is not None:
            raise wrong
    facts: list[Fact] = []
    behind_ms = state.clocks.behind_ms(command.platform, command.room)
    changed: dict[Place, Order] = {}
    for asked, item in zip(command.items, _in_time(command.items, now, behind_ms), strict=True):
        place = state.ledger.address(command.platform, command.room, item.order_id)
        known = changed.get(place) or state.ledger.orders.get(place, UNKNOWN)
        by = "" if place[0] == command.platform else command.platform
        right = named(_after_own(_in_order(item, asked, known), asked, known, by), state.offers)
        moved = bool(asked.at) and item.at < asked.at
        timed, said_at = bool(asked.at) and not moved, asked.at if asked.at != right.at else 0
        told = Told(state, place, command.room, right, known, now, timed=timed, moved=moved, said_at=said_at, by=by)
        told.follow()
        facts += told.facts
        changed[place] = told.order
    return facts


def _in_time(items: Sequence[OrderItem], now: int, behind_ms: int) -> Sequence[OrderItem]:
    """With no instant in the future: one that does not say when it was, or says it is yet to be, is of the moment it is told.

    Where the clock runs ahead a little, orders and payments are set back by as much, so that they keep their order: the last ones of a
    show must not fall behind its end. A clock that is `behind_ms` is set forward. Refunds stay: by its instant one that is told again is
    known, and what is known of a clock changes.
    """
    instants = [min(item.at + behind_ms, now) if item.at < now else item.at for item in items]
    ahead_ms = max((at - now for at, item in zip(instants, items, strict=True) if item.at and at <= now + AHEAD_MS), default=0)
    back_ms = ahead_ms if ahead_ms > SURELY_AHEAD_MS else 0
    return [_at(item, at, now, back_ms) for item, at in zip(items, instants, strict=True)]


def _in_order(item: OrderItem, asked: OrderItem, known: Order) -> OrderItem:
    """One that was set back stays behind what was told before it, unless the source itself has it earlier."""
    after = max((word.at for word in known.words), default=0) + 1
    return replace(item, at=min(asked.at, after)) if item.at < min(asked.at, after) else item


def _after_own(item: OrderItem, asked: OrderItem, known: Order, by: str) -> OrderItem:
    """What a source has later than what it told before stays behind that, however its clock was set right then and is now."""
    before = [word.at for word in known.words if word.by == by and (word.said_at or word.at) < asked.at]
    after = max(before, default=0) + 1
    return replace(item, at=after) if item.kind != "refunded" and item.at < after else item


def _at(item: OrderItem, at: int, now: int, back_ms: int) -> OrderItem:
    if not item.at or at > now + AHEAD_MS:
        return replace(item, at=now)
    right = item.at if item.kind == "refunded" else at - back_ms
    return item if right == item.at else replace(item, at=right)
