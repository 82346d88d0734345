"""Orders that are to be cancelled in their shop: which wait for the back office, since when, and what became of the others."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.order.facts import OrderLine
from kaibo.features.order.ledger import OrderStage
from kaibo.features.order.slices import CANCELS, Cancels, CancelStage


class CancelRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.cancels`, key `platform/order_id`: an order that somebody wants cancelled, and how it stands itself (`state`).

    `stage`: waiting (for the back office), done, refused (for the reason `why`). `settled_by` "" of a done one: the shop told so. Times in ms UTC;
    `people` as in `order.latest`.
    """

    platform: str
    order_id: str
    buyer: str
    people: str
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    state: OrderStage
    stage: CancelStage
    reason: str
    asked_by: str
    asked_at: int
    settled_by: str
    settled_at: int | None
    why: str


@dataclass(slots=True)
class Board:
    """Nothing of its own."""

    cancels: Cancels


def fold_board(board: Board, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """What the slice touched."""
    del board, event
    return touched.of(CANCELS)


def _row(board: Board, key: str) -> CancelRow | None:
    platform, _, order_id = key.partition("/")
    place = (platform, order_id)
    cancel, order = board.cancels.of.get(place), board.cancels.ledger.orders.get(place)
    if cancel is None or order is None:
        return None
    return CancelRow(
        platform=platform,
        order_id=order_id,
        buyer=order.buyer,
        people=order.people,
        lines=order.lines if order.paid_at is None else order.paid_lines,
        amount_minor=order.created_minor if order.paid_at is None else order.paid_minor,
        currency=order.currency,
        state=order.state,
        stage=cancel.stage,
        reason=cancel.reason,
        asked_by=cancel.asked_by,
        asked_at=cancel.asked_at,
        settled_by=cancel.settled_by,
        settled_at=cancel.settled_at,
        why=cancel.why,
    )


CANCELLATIONS = View(
    name="order.cancels",
    row=CancelRow,
    reads=(),
    state=Board,
    fold=fold_board,
    keys=lambda board: [f"{platform}/{order_id}" for platform, order_id in board.cancels.of],
    get=_row,
    duty="order.read",
    pace_ms=100,
    over=(CANCELS,),
)
