"""What the report needs beside the figures of the show: each pass of a cue, and what happened around each promo."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import numpy as np

from kaibo.analysis.windows import WINDOW_MS, around
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, keys_of, row_of
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import CLICK, AudienceBatch, unpack
from kaibo.features.draw.facts import DrawOpened
from kaibo.features.order.facts import TRADED, OrderLine
from kaibo.features.order.slices import LEDGER, Change, Ledger, Order, Place
from kaibo.features.product.facts import ProductPinned
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoEnded, PromoEnding, PromoUnsaid
from kaibo.features.report.shapes import Around, MarkKind
from kaibo.features.rundown.facts import CueWent, Via
from kaibo.features.show.slices import STAGE, TURN, ShowNow, just_ended

BUCKET_MS = 10_000


class PassRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `report.passes`, key pass_id: one time a cue was on air. `ended_at` None while it is. `seq` is its CueWent."""

    pass_id: str
    cue_id: str
    via: Via
    went_at: int
    ended_at: int | None
    seq: int


class EffectRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `report.effects`, key promo_id: the product `WINDOW_MS` before and after the shop confirmed the promo (approval while it has not).

    An order counts in the window in which it was placed, as in the verdict beside it, whenever it was paid or told.
    A promo that ended sooner is compared over the time it was on, as long before. No window reaches before going on air or past the end.
    """

    promo_id: str
    product_id: str
    approved_at: int
    applied_at: int | None
    seq: int
    before: Around
    after: Around
    ended_at: int | None = None


class MarkRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `report.marks`, key seq as text: what the team did that viewers noticed. `kind` is cue, promo, promo_end, pin or draw."""

    kind: MarkKind
    id: str
    product_id: str
    at: int
    seq: int


def fold_marks(rows: dict[str, MarkRow], event: Event[Fact]) -> Iterable[str]:
    """Each of these facts is a mark."""
    match event.fact:
        case CueWent(takes_back=mistaken) if mistaken:
            return _unmark(rows, mistaken)
        case CueWent(cue_id=cue_id):
            kind, name, product_id = "cue", cue_id, ""
        case PromoApplied(promo_id=promo_id, product_id=product_id):
            kind, name = "promo", promo_id
        case PromoEnded(promo_id=promo_id, product_id=product_id, was_on=True):
            kind, name = "promo_end", promo_id
        case ProductPinned(product_id=product_id) if product_id:
            kind, name = "pin", product_id
        case DrawOpened(draw_id=draw_id):
            kind, name, product_id = "draw", draw_id, ""
        case _:
            return ()
    key = str(event.seq)
    rows[key] = MarkRow(kind=kind, id=name, product_id=product_id, at=event.at, seq=event.seq)
    return (key,)


def _unmark(rows: dict[str, MarkRow], cue_id: str) -> tuple[str, ...]:
    """It went by mistake; that the one before it goes on is no mark."""
    key = next(key for key in reversed(rows) if (rows[key].kind, rows[key].id) == ("cue", cue_id))
    del rows[key]
    return (key,)


@dataclass(slots=True)
class Passes:
    """Passes by id, and the one on air."""

    show: ShowNow
    rows: dict[str, PassRow] = field(default_factory=dict[str, PassRow])
    on_air: str = ""


def fold_passes(state: Passes, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """A cue that goes ends the one before; one that went by mistake was never on air."""
    match event.fact:
        case CueWent(takes_back=mistaken) if mistaken:
            return _take_back(state)
        case CueWent() as went:
            ended = _end(state, event.at)
            state.on_air = went.pass_id
            state.rows[went.pass_id] = PassRow(
                pass_id=went.pass_id, cue_id=went.cue_id, via=went.via, went_at=event.at, ended_at=None, seq=event.seq
            )
            return (*ended, went.pass_id)
        case _:
            return _end(state, event.at) if just_ended(state.show, touched) else ()


def _take_back(state: Passes) -> tuple[str, ...]:
    gone = state.on_air
    del state.rows[gone]
    state.on_air = next(reversed(state.rows))
    state.rows[state.on_air] = msgspec.structs.replace(state.rows[state.on_air], ended_at=None)
    return gone, state.on_air


def _end(state: Passes, at: int) -> tuple[str, ...]:
    pass_id, state.on_air = state.on_air, ""
    if not pass_id:
        return ()
    state.rows[pass_id] = msgspec.structs.replace(state.rows[pass_id], ended_at=at)
    return (pass_id,)


class Placed(NamedTuple):
    """One order of a product: when it was placed (ms UTC), what it was worth then, and what was paid of it, None while nothing was."""

    at: int
    place: Place
    created_minor: int
    paid_minor: int | None


@dataclass(slots=True)
class Effects:
    """Promos, and which of a product and kind was applied last; per product what its orders came to, and clicks in each ten seconds of platform time."""

    ledger: Ledger
    show: ShowNow
    promos: dict[str, EffectRow] = field(default_factory=dict[str, EffectRow])
    by_product: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    orders: dict[str, list[Placed]] = field(default_factory=dict[str, list[Placed]])  # by when they were placed
    clicks: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    clicked: bool = False  # whether any source told of a click
    standing: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])


def fold_effects(state: Effects, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Clicks fill buckets, orders stand where they were placed; a promo reads those around it."""
    change = state.ledger.change(event.fact)
    if change is not None:
        return _traded(state, change)
    match event.fact:
        case PromoApproved() as approved:
            state.by_product.setdefault(approved.product_id, []).append(approved.promo_id)
            nothing = Around(window_ms=WINDOW_MS, orders_paid=0, gmv_paid_minor=0, clicks=None)
            state.promos[approved.promo_id] = EffectRow(
                promo_id=approved.promo_id,
                product_id=approved.product_id,
                approved_at=event.at,
                applied_at=None,
                seq=event.seq,
                before=nothing,
                after=nothing,
            )
            return (approved.promo_id,)
        case PromoApplied() as applied:
            row = state.promos[applied.promo_id]
            state.promos[applied.promo_id] = msgspec.structs.replace(row, applied_at=event.at)
            before = state.standing.get((applied.product_id, applied.kind), applied.promo_id)
            state.standing[applied.product_id, applied.kind] = applied.promo_id
            return (applied.promo_id, *(_over(state, before, event.at) if before != applied.promo_id else ()))
        case (
            PromoEnded(promo_id=promo_id, was_on=True)
            | PromoEnding(promo_id=promo_id, why="expired")
            | PromoUnsaid(promo_id=promo_id, why="expired")
        ):
            return _over(state, promo_id, event.at)  # nobody takes what ran out, whenever the shop says so
        case AudienceBatch() as batch:
            return _clicked(state, batch)
        case _:  # no window reaches before going on air or past the end
            return list(state.promos) if TURN in touched.of(STAGE) else ()


def _over(state: Effects, promo_id: str, at: int) -> tuple[str, ...]:
    """It ended, or another took its place: what comes first."""
    row = state.promos[promo_id]
    state.promos[promo_id] = (
        row if row.applied_at is None or row.ended_at is not None else msgspec.structs.replace(row, ended_at=at)
    )
    return (promo_id,)


def _traded(state: Effects, change: Change) -> set[str]:
    """An order of two lines of a product is one order."""
    before, now = _placed(change.place, change.before), _placed(change.place, change.after)
    touched: set[str] = set()
    for product_id in sorted(before.keys() | now.keys()):
        orders = state.orders.setdefault(product_id, [])
        if product_id in before:
            del orders[bisect_left(orders, before[product_id][:2])]
        if product_id in now:
            insort(orders, now[product_id])
        touched.update(state.by_product.get(product_id, ()))
    return touched


def _placed(place: Place, order: Order) -> dict[str, Placed]:
    """By product; what was paid for a product that was not ordered counts with the order as well."""
    if order.placed_at is None:
        return {}
    created, paid = _sums(order.lines), _sums(order.paid_lines)
    return {key: Placed(order.placed_at, place, created.get(key, 0), paid.get(key)) for key in {**created, **paid}}


def _sums(lines: Iterable[OrderLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.product_id] = found.get(line.product_id, 0) + line.worth_minor
    return found


def _clicked(state: Effects, batch: AudienceBatch) -> set[str]:
    columns = unpack(batch.columns)
    clicks = np.flatnonzero(columns.kind == CLICK)
    if not clicks.size:
        return set()
    touched, state.clicked = set[str]() if state.clicked else set(state.promos), True
    pairs = np.stack([columns.product[clicks].astype(np.int64), columns.at[clicks] // BUCKET_MS])
    found, counts = np.unique(pairs, axis=1, return_counts=True)
    rows: list[list[int]] = [*found.tolist(), counts.tolist()]
    for place, bucket, count in zip(rows[0], rows[1], rows[2], strict=True):
        if place:
            product_id = columns.products[place - 1]
            state.clicks[product_id, bucket] += count
            touched.update(state.by_product.get(product_id, ()))
    return touched


def _effect(state: Effects, promo_id: str) -> EffectRow | None:
    row = state.promos.get(promo_id)
    if row is None:
        return None
    middle = row.applied_at or row.approved_at
    before, after = around(middle, state.show.aired_at, state.show.ended_at, row.ended_at)
    return msgspec.structs.replace(
        row,
        before=_around(state, row.product_id, middle - before, middle),
        after=_around(state, row.product_id, middle, middle + after),
    )


def _around(state: Effects, product_id: str, start: int, end: int) -> Around:
    orders = state.orders.get(product_id, [])
    placed = orders[bisect_left(orders, (start,)) : bisect_left(orders, (end,))]
    paid = [each.paid_minor for each in placed if each.paid_minor is not None]
    return Around(
        window_ms=end - start,
        orders_created=len(placed),
        gmv_created_minor=sum(each.created_minor for each in placed),
        orders_paid=len(paid),
        gmv_paid_minor=sum(paid),
        clicks=_clicks(state, product_id, range(start // BUCKET_MS, end // BUCKET_MS)),
    )


def _clicks(state: Effects, product_id: str, buckets: Iterable[int]) -> int | None:
    return sum(state.clicks[product_id, bucket] for bucket in buckets) if state.clicked else None


PASSES = View(
    name="report.passes",
    row=PassRow,
    reads=(CueWent,),
    state=Passes,
    fold=fold_passes,
    keys=lambda state: state.rows.keys(),
    get=lambda state, key: state.rows.get(key),
    duty="rundown.read",
    over=(STAGE,),
    pace_ms=250,
)
MARKS = View(
    name="report.marks",
    row=MarkRow,
    reads=(CueWent, PromoApplied, PromoEnded, ProductPinned, DrawOpened),
    state=dict,
    fold=fold_marks,
    keys=keys_of,
    get=row_of,
    duty="rundown.read",
    pace_ms=250,
)
EFFECTS = View(
    name="report.effects",
    row=EffectRow,
    reads=(PromoApproved, PromoApplied, PromoEnding, PromoUnsaid, PromoEnded, *TRADED, AudienceBatch),
    state=Effects,
    fold=fold_effects,
    keys=lambda state: state.promos.keys(),
    get=_effect,
    duty="metric.read",
    over=(LEDGER, STAGE),
    pace_ms=1000,
)
