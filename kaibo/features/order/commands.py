"""What a source may say of orders, and what a person may ask of one."""

from typing import Annotated, ClassVar, get_args

import msgspec
from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.order.facts import OrderKind, OrderLine

AMOUNT_MINOR_MAX = 10**15  # of one order: far below what a log and a screen can say exactly
ORDER_KINDS: tuple[str, ...] = get_args(OrderKind)


class OrderItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to an order on its platform; `lines` are required for `created`. `currency` "": the show's.

    `at` is platform time (ms UTC), 0 or left out: the moment it is told; the same told again without it is a retry, so two like
    partial refunds of one order need their times. `created` told again before the payment is an edit; a
    payment without lines pays for the order as it stood then; a refund without lines gives back all that is left.
    `amount_minor` of a payment without lines: what was paid, in money. `amount_minor`: what a refund gives back in money; with no lines, or lines of no `quantity`, the goods stay sold. Of an order or a
    payment with lines: its total, where that is another than their sum. `refund_id`: what the platform calls a refund: told again, by
    whomever and whenever, it is the same. `payment_id`: what it calls a payment, likewise: those of one order with names of their own
    add up, a deposit and the balance; of those without a name one counts.
    """

    kind: OrderKind
    order_id: Annotated[str, Meta(min_length=1, max_length=64)]
    at: int = 0
    buyer: Annotated[str, Meta(max_length=128)] = ""
    lines: Annotated[tuple[OrderLine, ...], Meta(max_length=100)] = ()
    currency: Annotated[str, Meta(pattern=r"^([A-Z]{3})?(?!\n)$")] = ""
    amount_minor: Annotated[int, Meta(ge=0, le=AMOUNT_MINOR_MAX)] | None = None
    refund_id: Annotated[str, Meta(max_length=64)] = ""
    payment_id: Annotated[str, Meta(max_length=64)] = ""


class RecordOrders(Command, frozen=True, kw_only=True, tag="order.record"):
    """Write down what a platform said of orders. What was told before is left out.

    An order is one by (room, order_id) where a room is named, else by (platform, order_id).
    """

    duty: ClassVar = "order.ingest"
    platform: Annotated[str, Meta(min_length=1, max_length=64)]
    room: Annotated[str, Meta(max_length=64)] = ""
    items: Annotated[tuple[OrderItem, ...], Meta(min_length=1, max_length=5000)]


Platform = Annotated[str, Meta(min_length=1, max_length=64)]
OrderId = Annotated[
    str, Meta(min_length=1, max_length=130)
]  # as the house names it: with its room, where two rooms have that number
CancelReason = Annotated[str, Meta(max_length=300)]


class CancelOrder(Command, frozen=True, kw_only=True, tag="order.cancel"):
    """Ask that an order be cancelled in its shop, and say why. It waits until somebody did it there, or the shop says that it is so."""

    duty: ClassVar = "order.cancel"
    platform: Platform
    order_id: OrderId
    reason: CancelReason


class ConfirmCancel(Command, frozen=True, kw_only=True, tag="order.confirm_cancel"):
    """Say that it was cancelled in the shop's back office: from now on it counts as cancelled."""

    duty: ClassVar = "order.cancel"
    platform: Platform
    order_id: OrderId


class RefuseCancel(Command, frozen=True, kw_only=True, tag="order.refuse_cancel"):
    """Say that the back office does not let it be cancelled, and why: it is waited for no more."""

    duty: ClassVar = "order.cancel"
    platform: Platform
    order_id: OrderId
    reason: CancelReason
