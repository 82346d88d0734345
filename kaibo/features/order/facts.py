"""Orders as the platform told them. Created and paid are two series, never mixed. No contact data of buyers, ever."""

import msgspec

from kaibo.core.event import Fact


class OrderLine(msgspec.Struct, frozen=True, kw_only=True):
    """One product of an order; `price_minor` is per unit, as charged."""

    product_id: str
    quantity: int
    price_minor: int
    variant: str = ""


class OrderCreated(Fact, kw_only=True, tag="order.created"):
    """A buyer placed an order (下單). `cue_id` is the cue on air at that moment, "" outside the rundown."""

    order_id: str
    platform: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    platform_at: int
    cue_id: str = ""


class OrderPaid(Fact, kw_only=True, tag="order.paid"):
    """The order was paid (付款); says again what it was worth and for which products, so that figures need no history."""

    order_id: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    platform_at: int
    cue_id: str = ""


class OrderCancelled(Fact, kw_only=True, tag="order.cancelled"):
    """An unpaid order was cancelled; its goods are free again."""

    order_id: str
    lines: tuple[OrderLine, ...]
    platform_at: int


class OrderRefunded(Fact, kw_only=True, tag="order.refunded"):
    """A paid order was given back."""

    order_id: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    platform_at: int
