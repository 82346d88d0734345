"""The newest orders, and what became of them."""

import msgspec

from kaibo.features.order.facts import OrderLine


class OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.latest`, key order_id, newest 200. `state` is created, paid, cancelled or refunded."""

    order_id: str
    platform: str
    buyer: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    state: str
    created_at: int
    changed_at: int


class OrderCountRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.counts`, key `all`: four numbers, never one."""

    created: int
    paid: int
    cancelled: int
    refunded: int
    created_minor: int
    paid_minor: int
