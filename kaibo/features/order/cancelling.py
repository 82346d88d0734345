"""An order that the house wants cancelled: asked for, done in the shop's back office by a person who says so, or not to be done."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.script import written
from kaibo.features.order.commands import CancelOrder, ConfirmCancel, OrderItem, RefuseCancel
from kaibo.features.order.facts import BY_HAND, OrderCancelAsked, OrderCancelConfirmed, OrderCancelRefused
from kaibo.features.order.ledger import Order
from kaibo.features.order.slices import UNKNOWN, Place
from kaibo.features.order.state import OrderState
from kaibo.features.order.told import Told


class OrderUnknown(Refusal):
    """Nobody told of such an order."""

    code = "order.unknown"
    status = 404
    order_id: str


class OrderGone(Refusal):
    """Nothing of it is left: it is cancelled already, or all of it went back."""

    code = "order.gone"
    order_id: str


class CancelWaits(Refusal):
    """Somebody asked for it before, and it waits for the back office."""

    code = "order.cancel_waits"
    order_id: str


class CancelNotAsked(Refusal):
    """It does not wait to be cancelled: nobody asked, or it is settled."""

    code = "order.cancel_not_asked"
    order_id: str


class CancelNoReason(Refusal):
    """Whoever is asked by the buyer must know why."""

    code = "order.cancel_no_reason"
    status = 422
    order_id: str


Asking = CancelOrder | ConfirmCancel | RefuseCancel


def cancelling(state: OrderState, command: Asking, now: int) -> Sequence[Fact]:
    """What it comes to, at `now` (ms UTC); refused when there is nothing to cancel, or nothing was asked."""
    place = (command.platform, command.order_id)
    match command:
        case CancelOrder(reason=reason):
            return [_ask(state, place, _reason(place, reason))]
        case ConfirmCancel():
            _check_waits(state, place)
            return [OrderCancelConfirmed(platform=place[0], order_id=place[1]), *_cancelled(state, place, now)]
        case RefuseCancel(reason=reason):
            _check_waits(state, place)
            return [OrderCancelRefused(platform=place[0], order_id=place[1], reason=_reason(place, reason))]
        case _:
            assert_never(command)


def _ask(state: OrderState, place: Place, reason: str) -> Fact:
    order = state.ledger.orders.get(place, UNKNOWN)
    if order.placed_at is None:
        raise OrderUnknown(order_id=place[1])
    if order.gone:
        raise OrderGone(order_id=place[1])
    if state.cancels.waits(place):
        raise CancelWaits(order_id=place[1])
    return OrderCancelAsked(platform=place[0], order_id=place[1], reason=reason)


def _reason(place: Place, reason: str) -> str:
    if not (said := written(reason)):
        raise CancelNoReason(order_id=place[1])
    return said


def _check_waits(state: OrderState, place: Place) -> None:
    if not state.cancels.waits(place):
        raise CancelNotAsked(order_id=place[1])


def _cancelled(state: OrderState, place: Place, now: int) -> Sequence[Fact]:
    """As if the shop had told it: what it does to the order, and to what is counted, is read by the same rule."""
    known = state.ledger.orders[place]
    item = OrderItem(kind="cancelled", order_id=place[1], at=_after_all(known, now))
    told = Told(state, place, state.ledger.rooms.get(place, ""), item, known, now, by=BY_HAND)
    told.follow()
    return told.facts


def _after_all(known: Order, now: int) -> int:
    """Whoever cancels an order has seen what was told of it, whatever the clock of its shop."""
    return max(now, *(word.at + 1 for word in known.words))
