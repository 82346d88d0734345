"""Orders as the platform told them. Created and paid are two series, never mixed. No contact data of buyers, ever."""

import msgspec

from kaibo.core.event import Fact


class OrderLine(msgspec.Struct, frozen=True, kw_only=True):
    """One product of an order; `price_minor` is per unit, as charged."""

    product_id: str
    quantity: int
    price_minor: int
    variant: str = ""


class OrderCreated(Fact, frozen=True, kw_only=True, tag="order.created"):
    """A buyer placed an order (下單). `cue_id` is the cue on air at that moment, "" outside the rundown."""

    order_id: str
    platform: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    platform_at: int
    cue_id: str = ""


class OrderPaid(Fact, frozen=True, kw_only=True, tag="order.paid"):
    """The order was paid (付款); says again what it was worth and for which products, so that figures need no history.

    `cue_id` is the cue that was on air when the order was placed.
    """

    order_id: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    platform_at: int
    cue_id: str = ""
    platform: str = ""


class OrderCancelled(Fact, frozen=True, kw_only=True, tag="order.cancelled"):
    """An unpaid order was cancelled; its goods are free again."""

    order_id: str
    lines: tuple[OrderLine, ...]
    platform_at: int
    platform: str = ""


class OrderRefunded(Fact, frozen=True, kw_only=True, tag="order.refunded"):
    """A paid order was given back."""

    order_id: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    platform_at: int
    platform: str = ""


class OrderOddity(Fact, frozen=True, kw_only=True, tag="order.oddity"):
    """A platform said something of an order that does not fit what is known; written down, not counted.

    `kind` is what was told (paid, cancelled, refunded). `why`: unknown_order (nobody told of its creation yet), not_paid
    (refunded before it was paid), paid_already (cancelled after it was paid), cancelled_already (paid or refunded after it
    was cancelled), refunded_already (cancelled after it was refunded). The first two are applied by themselves when what
    is missing arrives. Told once for an order, kind and reason.
    """

    platform: str
    order_id: str
    kind: str
    why: str
    platform_at: int
    buyer: str = ""
