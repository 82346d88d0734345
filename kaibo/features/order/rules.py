"""What a platform may say of orders, and what becomes of what it says; what a person may ask of one stands in `cancelling.py`."""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.variants import variant_of
from kaibo.features.order.cancelling import Asking, cancelling
from kaibo.features.order.commands import CancelOrder, ConfirmCancel, OrderItem, RecordOrders, RefuseCancel
from kaibo.features.order.facts import OrderLine
from kaibo.features.order.flaws import flaw
from kaibo.features.order.lines import cut, taken, understood
from kaibo.features.order.slices import UNKNOWN, Order, Place
from kaibo.features.order.state import OrderState
from kaibo.features.order.told import Told
from kaibo.features.product.slices import Offers


class OrderShowUnknown(Refusal):
    """There is no such show to take orders for."""

    code = "order.show_unknown"
    status = 404


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
        right = _named(_after_own(_in_order(item, asked, known), asked, known, by), state.offers)
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


def _named(item: OrderItem, offers: Offers) -> OrderItem:
    """The same with the product and the variant of each line in the list's spelling; what is not on the list stays as it came."""
    lines = tuple(_line(line, offers) for line in item.lines)
    return item if lines == item.lines else replace(item, lines=lines)


def _line(line: OrderLine, offers: Offers) -> OrderLine:
    product_id = offers.named(line.product_id)
    if product_id is None:
        return line
    variant = variant_of(line.variant, offers.offers[product_id].sheet.variants) or line.variant
    same = (product_id, variant) == (line.product_id, line.variant)
    return line if same else replace(line, product_id=product_id, variant=variant)
