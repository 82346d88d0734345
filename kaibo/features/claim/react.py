"""Comments and orders lead to decisions about claims."""

from collections.abc import Sequence
from typing import Any

from kaibo.core.event import Command, Event
from kaibo.core.feature import Reaction
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.commands import DecideClaims, SettleClaims
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderPaid


def decide_batch(event: Event[Any]) -> Sequence[tuple[str, Command]]:
    """One command for a whole batch; its rule has the columns, folded from the log."""
    match event.fact:
        case AudienceBatch(comments=comments) if comments:
            return [(event.stream, DecideClaims(batch=event.seq))]
        case _:
            return []


def settle(event: Event[Any]) -> Sequence[tuple[str, Command]]:
    """What an order took up."""
    match event.fact:
        case OrderCreated() as order:
            command = SettleClaims(
                platform=order.platform, order_id=order.order_id, stage="checked_out", buyer=order.buyer, lines=order.lines
            )
        case OrderPaid() as order:
            command = SettleClaims(platform=order.platform, order_id=order.order_id, stage="paid")
        case OrderCancelled() as order:
            command = SettleClaims(platform=order.platform, order_id=order.order_id, stage="cancelled")
        case _:
            return []
    return [(event.stream, command)]


DECIDING = Reaction(name="decide", reads=(AudienceBatch,), decide=decide_batch)
SETTLING = Reaction(name="settle", reads=(OrderCreated, OrderPaid, OrderCancelled), decide=settle)
