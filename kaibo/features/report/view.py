"""What the report needs beside the figures of the show: each pass of a cue, and what happened around each promo."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
import numpy as np

from kaibo.analysis.windows import WINDOW_MS, around
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, keys_of, row_of
from kaibo.features.audience.facts import CLICK, AudienceBatch, unpack
from kaibo.features.draw.facts import DrawOpened
from kaibo.features.order.facts import OrderPaid
from kaibo.features.product.facts import ProductPinned
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoEnded
from kaibo.features.report.shapes import Around, MarkKind
from kaibo.features.rundown.facts import CueWent, Via
from kaibo.features.show.facts import ShowAired, ShowEnded

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


@dataclass(slots=True)
class Passes:
    """Passes by id, and the one on air."""

    rows: dict[str, PassRow] = field(default_factory=dict[str, PassRow])
    on_air: str = ""


def fold_passes(state: Passes, event: Event[Fact]) -> Iterable[str]:
    """A cue that goes ends the one before."""
    match event.fact:
        case CueWent() as went:
            ended = _end(state, event.at)
            state.on_air = went.pass_id
            state.rows[went.pass_id] = PassRow(
                pass_id=went.pass_id, cue_id=went.cue_id, via=went.via, went_at=event.at, ended_at=None, seq=event.seq
            )
            return (*ended, went.pass_id)
        case ShowEnded():
            return _end(state, event.at)
        case _:
            return ()


def _end(state: Passes, at: int) -> tuple[str, ...]:
    pass_id, state.on_air = state.on_air, ""
    if not pass_id:
        return ()
    state.rows[pass_id] = msgspec.structs.replace(state.rows[pass_id], ended_at=at)
    return (pass_id,)


@dataclass(slots=True)
class Effects:
    """Promos, and which of a product and kind was applied last; per product each paid order (its instant and what it paid for the product), and clicks in each ten seconds of platform time."""

    promos: dict[str, EffectRow] = field(default_factory=dict[str, EffectRow])
    by_product: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    paid: dict[str, list[tuple[int, int]]] = field(default_factory=dict[str, list[tuple[int, int]]])
    clicks: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    standing: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    aired_at: int | None = None
    ended_at: int | None = None


def fold_effects(state: Effects, event: Event[Fact]) -> Iterable[str]:
    """Clicks and payments fill the buckets; a promo reads those around it."""
    match event.fact:
        case PromoApproved() as approved:
            state.by_product.setdefault(approved.product_id, []).append(approved.promo_id)
            nothing = Around(window_ms=WINDOW_MS, orders_paid=0, gmv_paid_minor=0, clicks=0)
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
        case PromoEnded(promo_id=promo_id, was_on=True):
            return _over(state, promo_id, event.at)
        case OrderPaid() as paid:
            return _paid(state, paid)
        case AudienceBatch() as batch:
            return _clicked(state, batch)
        case ShowAired():
            state.aired_at = event.at
        case ShowEnded():
            state.ended_at = event.at
        case _:
            return ()
    return list(state.promos)


def _over(state: Effects, promo_id: str, at: int) -> tuple[str, ...]:
    """It ended, or another took its place: what comes first."""
    row = state.promos[promo_id]
    state.promos[promo_id] = row if row.ended_at is not None else msgspec.structs.replace(row, ended_at=at)
    return (promo_id,)


def _paid(state: Effects, paid: OrderPaid) -> set[str]:
    """An order of two lines of a product is one order."""
    touched: set[str] = set()
    sums = Counter[str]()
    for line in paid.lines:
        sums[line.product_id] += line.price_minor * line.quantity
    for product_id, minor in sums.items():
        insort(state.paid.setdefault(product_id, []), (paid.platform_at, minor))
        touched.update(state.by_product.get(product_id, ()))
    return touched


def _clicked(state: Effects, batch: AudienceBatch) -> set[str]:
    columns = unpack(batch.columns)
    clicks = np.flatnonzero(columns.kind == CLICK)
    if not clicks.size:
        return set()
    touched: set[str] = set()
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
    before, after = around(middle, state.aired_at, state.ended_at, row.ended_at)
    return msgspec.structs.replace(
        row,
        before=_around(state, row.product_id, middle - before, middle),
        after=_around(state, row.product_id, middle, middle + after),
    )


def _around(state: Effects, product_id: str, start: int, end: int) -> Around:
    paid = state.paid.get(product_id, [])
    found = paid[bisect_left(paid, (start, 0)) : bisect_left(paid, (end, 0))]
    return Around(
        window_ms=end - start,
        orders_paid=len(found),
        gmv_paid_minor=sum(minor for _, minor in found),
        clicks=sum(state.clicks[product_id, bucket] for bucket in range(start // BUCKET_MS, end // BUCKET_MS)),
    )


PASSES = View(
    name="report.passes",
    row=PassRow,
    reads=(CueWent, ShowEnded),
    state=Passes,
    fold=fold_passes,
    keys=lambda state: state.rows.keys(),
    get=lambda state, key: state.rows.get(key),
    duty="rundown.read",
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
    reads=(PromoApproved, PromoApplied, PromoEnded, OrderPaid, AudienceBatch, ShowAired, ShowEnded),
    state=Effects,
    fold=fold_effects,
    keys=lambda state: state.promos.keys(),
    get=_effect,
    duty="metric.read",
    pace_ms=1000,
)
