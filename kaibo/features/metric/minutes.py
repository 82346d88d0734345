"""The curves: what happened in each minute of the show, with the cues and promos that began or ended in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.metric.board import Board
from kaibo.features.metric.slices import BOARD
from kaibo.features.metric.tally import MINUTE_MS, Tally, order_tally, stretches
from kaibo.features.order.facts import OrderCreated, OrderPaid
from kaibo.features.promo.facts import PromoApplied, PromoEnded
from kaibo.features.rundown.facts import CueWent


class MinuteRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.minutes`, key = minute since 1970 as text.

    `marks` are cues and promos that began in it, and promos that ended: `cue:<id>`, `promo:<id>`, `promo_end:<id>`. `online` is that at the end of the minute. A minute in which nothing happened has no row.
    """

    minute: int
    gmv_paid_minor: int
    gmv_created_minor: int
    orders_created: int
    orders_paid: int
    online: int
    enters: int
    comments: int
    likes: int
    clicks: int
    marks: tuple[str, ...]


@dataclass(slots=True)
class Curves:
    """Counters and marks by minute, and the board that knows who is online."""

    board: Board
    minutes: dict[int, Tally] = field(default_factory=dict[int, Tally])
    marks: dict[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])


def fold_minutes(curves: Curves, event: Event[Fact], below: Touched) -> Iterable[str]:
    """The minutes touched; and when somebody's move came late, all after it, because online changes there."""
    del below
    match event.fact:
        case AudienceBatch() as batch:
            return _fold_batch(curves, batch)
        case OrderCreated() | OrderPaid() as fact:
            minute = fact.platform_at // MINUTE_MS
            curves.minutes.setdefault(minute, Tally()).add(order_tally(fact))
            return (str(minute),)
        case CueWent(cue_id=cue_id):
            return _mark(curves, event.at // MINUTE_MS, f"cue:{cue_id}")
        case PromoApplied(promo_id=promo_id):
            return _mark(curves, event.at // MINUTE_MS, f"promo:{promo_id}")
        case PromoEnded(promo_id=promo_id, was_on=True):
            return _mark(curves, event.at // MINUTE_MS, f"promo_end:{promo_id}")
        case _:
            return ()


def _fold_batch(curves: Curves, batch: AudienceBatch) -> Iterable[str]:
    touched: set[int] = set()
    for stretch in stretches(batch.columns):
        curves.minutes.setdefault(stretch.minute, Tally()).add(stretch.tally)
        touched.add(stretch.minute)
    earliest = curves.board.moved_from
    if earliest is not None:
        touched.update(minute for minute in curves.minutes if minute >= earliest)
    return [str(minute) for minute in touched]


def _mark(curves: Curves, minute: int, mark: str) -> Iterable[str]:
    curves.minutes.setdefault(minute, Tally())
    curves.marks[minute] = (*curves.marks.get(minute, ()), mark)
    return (str(minute),)


def _keys(curves: Curves) -> Iterable[str]:
    return [str(minute) for minute in curves.minutes]


def _get(curves: Curves, key: str) -> MinuteRow | None:
    if not key.isdecimal() or (tally := curves.minutes.get(minute := int(key))) is None:
        return None
    return MinuteRow(
        minute=minute,
        gmv_paid_minor=tally.gmv_paid,
        gmv_created_minor=tally.gmv_created,
        orders_created=tally.orders_created,
        orders_paid=tally.orders_paid,
        online=curves.board.crowd.at_end_of((minute,))[0],
        enters=tally.pv,
        comments=tally.comments,
        likes=tally.likes,
        clicks=tally.clicks,
        marks=curves.marks.get(minute, ()),
    )


def _begin(board: Board) -> Curves:
    return Curves(board)


MINUTES = View(
    name="metric.minutes",
    row=MinuteRow,
    reads=(AudienceBatch, OrderCreated, OrderPaid, CueWent, PromoApplied, PromoEnded),
    state=_begin,
    fold=fold_minutes,
    keys=_keys,
    get=_get,
    duty="metric.read",
    pace_ms=250,
    over=(BOARD,),
)
