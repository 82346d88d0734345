"""Comments and orders lead to decisions about claims."""

from collections.abc import Sequence

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Reaction
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.commands import DecideClaims, SettleClaims
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderEdited, OrderPaid, OrderRestated


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
            paid = SettleClaims(platform=order.platform, order_id=order.order_id, stage="paid")
            return [_known_better(event, order), (event.stream, paid)]
        case OrderEdited() as order:
            return [_known_better(event, order)]
        case OrderRestated() as order:
            return [_known_better(event, order), *_stands(event, order)]
        case OrderCancelled() as order:
            command = SettleClaims(platform=order.platform, order_id=order.order_id, stage="cancelled")
        case _:
            return []
    return [(event.stream, command)]


def _known_better(event: Event[Fact], order: OrderEdited | OrderPaid | OrderRestated) -> tuple[str, Command]:
    """Who bought may be known only now, and how much."""
    late = SettleClaims(platform=order.platform, order_id=order.order_id, stage="checked_out", buyer=order.buyer, late=True)
    return event.stream, late


def _stands(event: Event[Fact], order: OrderRestated) -> Sequence[tuple[str, Command]]:
    """Told late that it was paid, or cancelled and never paid."""
    if order.paid_at is not None:
        return [(event.stream, SettleClaims(platform=order.platform, order_id=order.order_id, stage="paid"))]
    if order.cancelled_at is not None:
        return [(event.stream, SettleClaims(platform=order.platform, order_id=order.order_id, stage="cancelled"))]
    return []


ANSWERING = Reaction(
    name="answer", reads=(AudienceBatch, OrderCreated, OrderEdited, OrderPaid, OrderCancelled, OrderRestated), decide=answer
)
