"""How many orders there are, and those that do not fit."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import Newest, View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceOrdersTold
from kaibo.features.order.facts import (
    TRADED,
    OrderLine,
    OrderOddity,
)
from kaibo.features.order.ledger import OrderStage
from kaibo.features.order.slices import LEDGER, Ledger, Order

ODD_MAX = 200
ALL = "all"


class OrderCountRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.counts`, key `all`: four numbers, never one, of all that was ever told.

    `odd`: what platforms said that does not fit; what was only early does, once the rest was told.
    `refunded` are orders of which anything was given back, `refunded_minor` how much, `kept_minor` how much of it in money alone: the
    goods stayed sold. A paid order that is cancelled is refunded; `cancelled` are those that were not paid. `told`: a source tells of
    orders; before that all of it is unknown, and not nothing.
    """

    created: int = 0
    paid: int = 0
    cancelled: int = 0
    refunded: int = 0
    created_minor: int = 0
    paid_minor: int = 0
    odd: int = 0
    refunded_minor: int = 0
    kept_minor: int = 0
    told: bool = False


class Misfit(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was told of an order and does not fit: what (`kind`), why, when; `lines`: which of a refund, or which make no sense."""

    kind: str
    why: str
    at: int
    lines: tuple[OrderLine, ...] = ()


class OddRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `order.odd`, key `platform/order_id`, newest 200: an order of which something does not fit, and how it is counted now.

    It leaves the list when what was missing is told. `placed`: it was, as far as anybody told; else there is no such order.
    """

    order_id: str
    platform: str
    buyer: str
    state: OrderStage
    misfits: tuple[Misfit, ...]
    changed_at: int
    seq: int
    placed: bool = True


@dataclass(slots=True)
class Odds:
    """Orders to be looked at, over the ledger."""

    ledger: Ledger
    rows: Newest[OddRow] = field(default_factory=lambda: Newest[OddRow](ODD_MAX))


@dataclass(slots=True)
class Counts:
    """The one row, over the ledger."""

    ledger: Ledger
    row: OrderCountRow = field(default_factory=OrderCountRow)


def fold_counts(counts: Counts, event: Event[Fact], _: Touched) -> Iterable[str]:
    """Exact over the whole show; a refund takes nothing back from what was paid."""
    row = counts.row
    if isinstance(event.fact, AudienceOrdersTold):
        counts.row = msgspec.structs.replace(row, told=True)
        return (ALL,)
    change = counts.ledger.newest
    if change is None:
        return ()
    had, has = _counted(change.before), _counted(change.after)
    named = msgspec.structs.asdict(row)
    more = {name: named[name] + has[name] - had[name] for name in has}
    counts.row = msgspec.structs.replace(row, **more, told=row.told or isinstance(event.fact, TRADED))
    return (ALL,)


def fold_odd(odds: Odds, event: Event[Fact], _: Touched) -> Iterable[str]:
    """An order stands where it became strange first."""
    change = odds.ledger.newest
    if change is None or not change.after.odd:
        return ()
    (platform, order_id), order = change.place, change.after
    key, misfits = f"{platform}/{order_id}", order.misfits
    known = odds.rows.get(key)
    if not misfits:
        return () if odds.rows.pop(key, None) is None else (key,)
    odds.rows[key] = OddRow(
        order_id=order_id,
        platform=platform,
        buyer=order.buyer,
        state=order.state,
        misfits=tuple(Misfit(kind=odd.kind, why=odd.why, at=odd.at, lines=odd.lines) for odd in misfits),
        changed_at=event.at if known is None or len(known.misfits) < len(misfits) else known.changed_at,
        seq=event.seq if known is None else known.seq,
        placed=order.placed_at is not None,
    )
    return (key, *odds.rows.fallen())


def _counted(order: Order) -> dict[str, int]:
    """What one order adds to each number."""
    return {
        "created": int(order.placed_at is not None),
        "paid": int(order.paid_at is not None),
        "cancelled": int(order.state == "cancelled"),
        "refunded": int(bool(order.refunds)),
        "created_minor": order.created_minor,
        "paid_minor": order.paid_minor,
        "refunded_minor": order.refunded_minor,
        "kept_minor": order.kept_minor,
        "odd": len(order.misfits),
    }


COUNTS = View(
    name="order.counts",
    row=OrderCountRow,
    reads=(*TRADED, OrderOddity, AudienceOrdersTold),
    state=Counts,
    fold=fold_counts,
    keys=lambda _: (ALL,),
    get=lambda counts, key: counts.row if key == ALL else None,
    duty="order.read",
    pace_ms=100,
    over=(LEDGER,),
)
ODD = View(
    name="order.odd",
    row=OddRow,
    reads=(*TRADED, OrderOddity),
    state=Odds,
    fold=fold_odd,
    keys=lambda odds: odds.rows.keys(),
    get=lambda odds, key: odds.rows.get(key),
    duty="order.read",
    pace_ms=250,
    over=(LEDGER,),
)
