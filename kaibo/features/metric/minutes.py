"""The curves: what happened in each minute of the show, with the cues and promos that began or ended in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.metric.board import Board
from kaibo.features.metric.people import NEVER
from kaibo.features.metric.sales import OPEN, Bounds, moves, parts_on_air
from kaibo.features.metric.slices import BOARD, BOUNDS, TOLD
from kaibo.features.metric.tally import DAY_MS, MINUTE_MS, WINDOW_AHEAD_MS_MAX, Stretch, Tally, stretches
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderPaid, OrderRefunded, OrderRestated
from kaibo.features.order.slices import Order
from kaibo.features.promo.facts import PromoApplied, PromoEnded
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.slices import STAGE, TURN, ShowNow

NOTHING = Tally()
OF_VIEWERS = ("pv", "comments", "likes", "clicks", "follows", "shares", "pimp")


class MinuteRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.minutes`, key = minute since 1970 as text.

    That of going on air begins there, and that of the end ends there: together they are what the tiles of the whole show say (paid: of
    `gmv_paid_on_air`). What viewers did in minutes before is of the waiting room.

    `marks` are cues and promos that began in it, and promos that ended: `cue:<id>`, `promo:<id>`, `promo_end:<id>`. `online` is that at the end of the minute.
    None is what no source tells of.
    From going on air on every minute has a row, also one in which nothing happened, up to the newest and to the end.
    """

    minute: int
    gmv_paid_minor: int | None
    gmv_created_minor: int | None
    orders_created: int | None
    orders_paid: int | None
    online: int | None
    enters: int | None
    comments: int | None
    likes: int | None
    clicks: int | None
    marks: tuple[str, ...]


@dataclass(slots=True)
class Curves:
    """Counters and marks by minute, and the board that knows who is online. The curves end with the show.

    `newest`: the minute the show has come to, NEVER before it is on air and anything was heard.
    """

    board: Board
    show: ShowNow
    bounds: Bounds = OPEN
    minutes: dict[int, Tally] = field(default_factory=dict[int, Tally])
    marks: dict[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    heard: set[int] = field(default_factory=set[int])  # minutes in which something was told of that no counter counts
    newest: int = NEVER

    def on_air(self, earliest: int = 0) -> range:
        """The minutes on air from the earliest on that have a row, whatever happened."""
        aired_at = self.show.aired_at
        return range(0) if aired_at is None else range(max(aired_at // MINUTE_MS, earliest), self.newest + 1)


def fold_minutes(curves: Curves, event: Event[Fact], below: Touched) -> Iterable[str]:
    """The minutes touched; and when somebody's move came late, all after it, because online changes there."""
    before, curves.newest = curves.newest, curves.board.clock.minute or NEVER
    if TURN in below.of(STAGE) or BOUNDS in below.of(BOARD):
        return {*_turn(curves), *map(str, curves.on_air())}
    touched = _take(curves, event)
    if TOLD in below.of(BOARD):
        touched = _keys(curves)
    return {*touched, *map(str, curves.on_air(before + 1))} if curves.newest != before else touched


def _take(curves: Curves, event: Event[Fact]) -> Iterable[str]:
    match event.fact:
        case AudienceBatch() as batch:
            return _fold_batch(curves, batch, event.at)
        case OrderCreated() | OrderEdited() | OrderPaid() | OrderRefunded() | OrderRestated():
            change = curves.board.ledger.change(event.fact)
            if change is None:
                return ()
            return _count(curves, change.before, curves.bounds, -1) | _count(curves, change.after, curves.bounds, 1)
        case CueWent(takes_back=mistaken) if mistaken:
            return _unmark(curves, f"cue:{mistaken}")
        case CueWent(cue_id=cue_id):
            return _mark(curves, event.at // MINUTE_MS, f"cue:{cue_id}")
        case PromoApplied(promo_id=promo_id):
            return _mark(curves, event.at // MINUTE_MS, f"promo:{promo_id}")
        case PromoEnded(promo_id=promo_id, was_on=True):
            return _mark(curves, event.at // MINUTE_MS, f"promo_end:{promo_id}")
        case _:
            return ()


def _count(curves: Curves, order: Order, bounds: Bounds, sign: int) -> set[str]:
    """What an order adds to the minutes in which it was placed and paid."""
    touched: set[str] = set()
    for minute, tally in parts_on_air(order, bounds):
        if tally.orders_created or tally.orders_paid:
            curves.minutes.setdefault(minute, Tally()).add(tally, sign)
            touched.add(str(minute))
    return touched


def _turn(curves: Curves) -> Iterable[str]:
    """It is planned, went on air, or off: which orders are its own is known better now, and no curve goes on after the end."""
    before, curves.bounds = curves.bounds, curves.board.bounds
    if curves.bounds.airs is not None and curves.bounds.airs != before.airs:
        _air(curves, curves.bounds.airs)
    touched = set(_keys(curves)) if curves.show.ended_at is None else {str(minute) for minute in curves.minutes}
    for order in curves.board.ledger.orders.values():
        if moves(order, before, curves.bounds):
            touched |= _count(curves, order, before, -1) | _count(curves, order, curves.bounds, 1)
    return touched


def _air(curves: Curves, aired_at: int) -> None:
    """The minute of going on air holds what viewers did from then on: as the board has it, which the tiles are of."""
    minute = aired_at // MINUTE_MS
    mine, whole = curves.minutes.setdefault(minute, Tally()), curves.board.minutes.get(minute, NOTHING)
    for name in OF_VIEWERS:
        setattr(mine, name, getattr(whole, name))


def _cut(curves: Curves, batch: AudienceBatch) -> Iterable[Stretch]:
    """A batch by minute, without what was in the minute of going on air before that."""
    aired_at = curves.bounds.airs
    if aired_at is None or batch.first_at >= aired_at:
        return stretches(batch.columns)
    early = [stretch for stretch in stretches(batch.columns) if stretch.minute < aired_at // MINUTE_MS]
    return (*early, *stretches(batch.columns, aired_at))


def _fold_batch(curves: Curves, batch: AudienceBatch, told_at: int) -> Iterable[str]:
    touched: set[int] = set()
    first, last = (told_at - DAY_MS) // MINUTE_MS, (told_at + WINDOW_AHEAD_MS_MAX) // MINUTE_MS
    for stretch in _cut(curves, batch):
        if not first <= stretch.minute <= last:  # of a log from before instants were looked at: no curve goes there
            continue
        curves.minutes.setdefault(stretch.minute, Tally()).add(stretch.tally)
        curves.heard.add(stretch.minute)
        touched.add(stretch.minute)
    earliest = curves.board.moved_from
    if earliest is not None:
        touched.update(minute for minute in curves.minutes if minute >= earliest)
        touched.update(curves.on_air(earliest))
    return [str(minute) for minute in touched]


def _mark(curves: Curves, minute: int, mark: str) -> Iterable[str]:
    curves.minutes.setdefault(minute, Tally())
    curves.heard.add(minute)
    curves.marks[minute] = (*curves.marks.get(minute, ()), mark)
    return (str(minute),)


def _unmark(curves: Curves, mark: str) -> Iterable[str]:
    """The newest of these never was."""
    minute = max(minute for minute, marks in curves.marks.items() if mark in marks)
    marks = list(curves.marks[minute])
    del marks[len(marks) - 1 - marks[::-1].index(mark)]
    curves.marks[minute] = tuple(marks)
    return (str(minute),)


def _shown(curves: Curves, minute: int) -> bool:
    """Whether a minute is of the show and anything happened in it: what comes later is told elsewhere."""
    ended_at = curves.show.ended_at
    if ended_at is not None and minute > ended_at // MINUTE_MS:
        return False
    return minute in curves.on_air() or minute in curves.heard or curves.minutes.get(minute, NOTHING) != NOTHING


def _keys(curves: Curves) -> Iterable[str]:
    return [str(minute) for minute in {**curves.minutes, **dict.fromkeys(curves.on_air())} if _shown(curves, minute)]


def _get(curves: Curves, key: str) -> MinuteRow | None:
    if not key.isdecimal() or not _shown(curves, minute := int(key)):
        return None
    tally, told_of = curves.minutes.get(minute, NOTHING), curves.board.told_of
    return MinuteRow(
        minute=minute,
        gmv_paid_minor=told_of("gmv_paid", tally.gmv_paid),
        gmv_created_minor=told_of("gmv_created", tally.gmv_created),
        orders_created=told_of("orders_created", tally.orders_created),
        orders_paid=told_of("orders_paid", tally.orders_paid),
        online=told_of("online", curves.board.crowd.at_end_of((minute,))[0]),
        enters=told_of("pv", tally.pv),
        comments=told_of("comments", tally.comments),
        likes=told_of("likes", tally.likes),
        clicks=told_of("clicks", tally.clicks),
        marks=curves.marks.get(minute, ()),
    )


def _begin(board: Board, show: ShowNow) -> Curves:
    return Curves(board, show)


MINUTES = View(
    name="metric.minutes",
    row=MinuteRow,
    reads=(AudienceBatch, OrderCreated, OrderEdited, OrderPaid, OrderRefunded, OrderRestated, CueWent, PromoApplied, PromoEnded),
    state=_begin,
    fold=fold_minutes,
    keys=_keys,
    get=_get,
    duty="metric.read",
    pace_ms=250,
    over=(BOARD, STAGE),
)
