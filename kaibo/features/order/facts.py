"""Orders as the platform told them. Created and paid are two series, never mixed. No contact data of buyers, ever.

`said_at` of a fact: the instant as its source said it (ms UTC), where its clock was set right, else 0; what is told again is known by it.
`told_by`: the source that said so, where it is another than `platform`.
"""

from typing import Literal

import msgspec

from kaibo.core.event import Fact

ORDER_MINOR_MAX = 10**13  # of one order: nearly a million of these in one show are still a number of 64 bits
OrderKind = Literal["created", "paid", "cancelled", "refunded"]


class OrderLine(msgspec.Struct, frozen=True):
    """One product of an order; `price_minor` is per unit, as charged.

    A line without units is money alone, all of its `price_minor`: given back while the goods stay, or what no other line of its order
    explains (below nought: taken off). Such a one may name no product. `currency` as told, "" for the show's: what counts has no other.
    """

    product_id: str
    price_minor: int
    quantity: int = 0
    variant: str = ""
    currency: str = ""

    @property
    def worth_minor(self) -> int:
        """What it comes to."""
        return saturated(self.price_minor * self.quantity if self.quantity else self.price_minor)


def saturated(minor: int) -> int:
    """No more than an order can come to: logs of before hold some that no sum of a show has room for."""
    return max(-ORDER_MINOR_MAX, min(ORDER_MINOR_MAX, minor))


class OrderCreated(Fact, frozen=True, kw_only=True, tag="order.created"):
    """A buyer placed an order (下單). `cue_id` is the cue on air at that moment, "" outside the rundown.

    `room`: where it was placed, as far as its source says; there its id means one order, whoever tells of it. `assumed`: only its
    payment was told, so it stands as the payment says until somebody tells of the order itself. `late`: told when the money of the
    show was final; no figure of the show counts it. `people`: the source whose pseudonyms the room goes by, where it is another one
    than `platform`: its buyer is that source's viewer of this name.
    """

    order_id: str
    platform: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    platform_at: int
    cue_id: str = ""
    room: str = ""
    assumed: bool = False
    late: bool = False
    said_at: int = 0
    told_by: str = ""
    people: str = ""


class OrderEdited(Fact, frozen=True, kw_only=True, tag="order.edited"):
    """What is known of an order now reads so: it was told again before its payment, earlier than it was known, or with its buyer.

    `platform_at` is when it was placed first. A payment that said nothing of its own paid for this. `edited_at`: the instant of
    what was told now, `told` its lines; both are remembered, because what counts is the newest before the payment.
    """

    order_id: str
    platform: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    platform_at: int
    edited_at: int
    cue_id: str = ""
    told: tuple[OrderLine, ...] = ()
    said_at: int = 0
    told_by: str = ""


class OrderPaid(Fact, frozen=True, kw_only=True, tag="order.paid"):
    """The order was paid (付款); says again what it was worth and for which products, so that figures need no history.

    `cue_id` is the cue that was on air when the order was placed. `own_lines`: the payment itself said for what; else it paid for
    the order as it was placed. `late`: told when the money of the show was final; no figure of the show counts it. `told`: it
    said how much and not for what; of `lines` one of money alone says what that is more or less than the order. `payment_id`: what its
    platform calls it; then `told` is what it said, and `lines` what all payments of the order come to by now.
    """

    order_id: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    platform_at: int
    cue_id: str = ""
    platform: str = ""
    own_lines: bool = False
    late: bool = False
    said_at: int = 0
    told_by: str = ""
    told: tuple[OrderLine, ...] = ()
    payment_id: str = ""


class OrderCancelled(Fact, frozen=True, kw_only=True, tag="order.cancelled"):
    """An unpaid order was cancelled; its goods are free again."""

    order_id: str
    lines: tuple[OrderLine, ...]
    platform_at: int
    platform: str = ""
    said_at: int = 0
    told_by: str = ""


class OrderRefunded(Fact, frozen=True, kw_only=True, tag="order.refunded"):
    """A paid order was given back, or a part of it: never more than was left of its payment.

    `rest`: all that was left; `cancelled`: because the paid order was cancelled. `told`: the lines as the platform said them, where
    they are more than was left, or money alone; `lines` are the units that came back. `refund_id`: what its platform calls it.
    """

    order_id: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    platform_at: int
    platform: str = ""
    rest: bool = False
    cancelled: bool = False
    told: tuple[OrderLine, ...] = ()
    said_at: int = 0
    told_by: str = ""
    refund_id: str = ""


class OrderTelling(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was told of an order, as it was told."""

    kind: OrderKind
    at: int
    lines: tuple[OrderLine, ...] = ()
    said_at: int = 0
    told_by: str = ""
    refund_id: str = ""
    payment_id: str = ""


class OrderReturn(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was given back: `lines` and `amount_minor` are what it came to, `told` the lines as told, none for all that was left."""

    at: int
    lines: tuple[OrderLine, ...]
    amount_minor: int
    told: tuple[OrderLine, ...] = ()
    cancelled: bool = False


class OrderRestated(Fact, frozen=True, kw_only=True, tag="order.restated"):
    """Something was told late that changes what was counted already: all of the order reads so now, as if it had been told in time.

    `platform_at` is the instant of what was told now; `tellings` is all that was told and may still matter.
    """

    order_id: str
    platform: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    platform_at: int
    placed_at: int
    cue_id: str = ""
    paid_at: int | None = None
    paid_lines: tuple[OrderLine, ...] = ()
    own_lines: bool = False
    cancelled_at: int | None = None
    returns: tuple[OrderReturn, ...] = ()
    tellings: tuple[OrderTelling, ...] = ()


class OrderOddity(Fact, frozen=True, kw_only=True, tag="order.oddity"):
    """A platform said something of an order that does not fit what is known; written down, not counted.

    `kind` is what was told (paid, cancelled, refunded). `why`: unknown_order (nobody told of its creation yet), not_paid
    (refunded before it was paid), cancelled_already (paid or refunded after it was cancelled), refunded_already (cancelled after
    all of it was refunded), above_payment (more given back than was paid: the part beyond is left out), told_again (a refund that
    does not say when, and is like one told before: taken for the same), after_final (told when the show's money was final: the
    figures stay as they were), edited_after_payment (told anew with other goods after it was paid: what was paid counts), paid_otherwise
    (its payment says more or less than the order, and not why: what was paid counts), paid_again (another payment, and one of the two has
    no name: nobody can tell a correction from a further part, so it is not added), line_unread
    (these `lines` of it make no sense and are left out, the others count); in logs of before also paid_already. The first two are applied by themselves when what is missing arrives. Told once for an order, kind and
    reason; refunds (`lines`) one by one. Of an early payment, and of another one, `lines` is what it says.
    """

    platform: str
    order_id: str
    kind: str
    why: str
    platform_at: int
    buyer: str = ""
    lines: tuple[OrderLine, ...] = ()
    room: str = ""
    said_at: int = 0
    told_by: str = ""
    refund_id: str = ""
    payment_id: str = ""


Traded = OrderCreated | OrderEdited | OrderPaid | OrderCancelled | OrderRefunded | OrderRestated
TRADED = (OrderCreated, OrderEdited, OrderPaid, OrderCancelled, OrderRefunded, OrderRestated)

BY_HAND = "by_hand"  # who told of it: a person, who did it in the shop's back office


class OrderCancelAsked(Fact, frozen=True, kw_only=True, tag="order.cancel_asked"):
    """Somebody wants an order cancelled in its shop, and says why. Nothing is cancelled by it: that is told when it was done."""

    platform: str
    order_id: str
    reason: str


class OrderCancelConfirmed(Fact, frozen=True, kw_only=True, tag="order.cancel_confirmed"):
    """Whoever cancelled it in the shop's back office says so; what it did to the order is the fact beside it."""

    platform: str
    order_id: str


class OrderCancelRefused(Fact, frozen=True, kw_only=True, tag="order.cancel_refused"):
    """The back office did not let them cancel it, for this reason: the order stands as it is."""

    platform: str
    order_id: str
    reason: str


Cancelling = OrderCancelAsked | OrderCancelConfirmed | OrderCancelRefused
CANCELLING = (OrderCancelAsked, OrderCancelConfirmed, OrderCancelRefused)
