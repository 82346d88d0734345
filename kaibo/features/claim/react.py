"""Comments and orders lead to decisions about claims."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Reaction
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.commands import DecideClaims, SettleClaims
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderPaid


def answer(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
    """One command for a whole batch (its rule has the columns, folded from the log); one for each step of an order.

    One follower for both, so that a claim is decided before the order that came after it is looked at.
    """
    match event.fact:
        case AudienceBatch(comments=comments) if comments:
            return [(event.stream, DecideClaims(batch=event.seq))]
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


ANSWERING = Reaction(name="answer", reads=(AudienceBatch, OrderCreated, OrderPaid, OrderCancelled), decide=answer)
