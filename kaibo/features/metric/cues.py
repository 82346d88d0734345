"""Figures by cue: what happened while it was on air."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import CLICK, COMMENT, ENTER, LEAVE, AudienceBatch, Columns, unpack
from kaibo.features.metric.board import Board
from kaibo.features.metric.people import Distinct, each_once
from kaibo.features.metric.sales import OPEN, Bounds, counts_created, counts_paid, moves, person_of
from kaibo.features.metric.slices import BOARD, BOUNDS, TOLD
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderPaid, OrderRestated
from kaibo.features.order.slices import Order, Place
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowEnded
from kaibo.features.show.slices import STAGE, ShowNow


class CueFigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.cues`, key cue_id: what was created and paid while the cue was on air, over all its passes.

    Orders belong to the cue that was on air when they were placed, whenever they are told or paid. Comments and viewers count by platform
    time; `uv` are those who were in the room while it was on air, or did anything then; while nobody tells who goes, as if nobody did. `on_air_ms` of the cue on air runs to the newest event.
    None is what no source tells of.
    """

    cue_id: str
    orders_created: int | None
    orders_paid: int | None
    gmv_created_minor: int | None
    gmv_paid_minor: int | None
    comments: int | None
    uv: int | None
    on_air_ms: int
    enters: int | None = None
    clicks: int | None = None
    buyers: int | None = 0
    conversion: float | None = None
    gmv_per_hour_minor: float | None = None


@dataclass(slots=True)
class Part:
    """Counters of one cue. `seen`: who did anything; `inside`: for each pass, a bit for each viewer who was in the room when it began."""

    seen: Distinct
    inside: dict[int, NDArray[np.uint8]] = field(default_factory=dict[int, NDArray[np.uint8]])
    orders_created: int = 0
    orders_paid: int = 0
    gmv_created: int = 0
    gmv_paid: int = 0
    comments: int = 0
    enters: int = 0
    clicks: int = 0
    on_air_ms: int = 0
    buyers: Counter[int] = field(default_factory=Counter[int])

    def uv(self) -> int:
        """Who was in the room while it was on air, or did anything then: who comes in during a pass does something."""
        size = 8 * max(map(len, self.inside.values()), default=0)
        there = np.zeros(size, np.bool_)
        for bits in self.inside.values():
            there[: 8 * len(bits)] |= np.unpackbits(bits).view(np.bool_)
        return self.seen.count(there)


@dataclass(slots=True)
class Passes:
    """`starts[i]`: when `cue_ids[i]` went on air ("" after the end). `now`: the newest event, ms UTC."""

    board: Board
    bounds: Bounds = OPEN
    starts: list[int] = field(default_factory=list[int])
    cue_ids: list[str] = field(default_factory=list[str])
    now: int = 0
    parts: dict[str, Part] = field(default_factory=dict[str, Part])

    def of(self, cue_id: str) -> Part:
        """The counters of a cue, new ones when it was not on air before."""
        found = self.parts.get(cue_id)
        if found is None:
            found = self.parts[cue_id] = Part(Distinct(self.board.viewers))
        return found

    @property
    def on_air(self) -> str:
        """The cue on air, "" for none."""
        return self.cue_ids[-1] if self.cue_ids else ""


def fold_cues(passes: Passes, event: Event[Fact], below: Touched) -> Iterable[str]:
    """The cues touched, and the one on air, because its time runs."""
    passes.now = max(passes.now, event.at)
    running = passes.on_air
    match event.fact:
        case CueWent(cue_id=cue_id):
            touched = _go(passes, event.at, cue_id)
        case ShowEnded():
            touched = _go(passes, event.at, "")
        case AudienceBatch() as batch:
            touched = _fold_batch(passes, batch)
        case _:
            touched = set[str]()
    for change in passes.board.ledger.changes(event.fact, below):
        touched |= _count(passes, change.place, change.before, passes.bounds, -1)
        touched |= _count(passes, change.place, change.after, passes.bounds, 1)
    if BOUNDS in below.of(BOARD):
        touched = touched | _turn(passes)
    if TOLD in below.of(BOARD):
        touched = touched | passes.parts.keys()
    return touched | {running} if running else touched


def _turn(passes: Passes) -> set[str]:
    """It is planned, went on air, or off: which orders are its own is known better now."""
    before, passes.bounds = passes.bounds, passes.board.bounds
    touched: set[str] = set()
    for place, order in passes.board.ledger.orders.items():
        if moves(order, before, passes.bounds):
            touched |= _count(passes, place, order, before, -1) | _count(passes, place, order, passes.bounds, 1)
    return touched


def _count(passes: Passes, place: Place, order: Order, bounds: Bounds, sign: int) -> set[str]:
    if not order.cue_id:
        return set()
    part = passes.of(order.cue_id)
    if counts_created(order, bounds):
        part.orders_created += sign
        part.gmv_created += sign * order.created_minor
    if counts_paid(order, bounds):
        person = person_of(place, order)
        part.orders_paid += sign
        part.gmv_paid += sign * order.paid_minor
        part.buyers[person] += sign
        if not part.buyers[person]:
            del part.buyers[person]
    return {order.cue_id}


def _go(passes: Passes, at: int, cue_id: str) -> set[str]:
    if passes.on_air:
        passes.parts[passes.on_air].on_air_ms += at - passes.starts[-1]
    passes.starts.append(at)
    passes.cue_ids.append(cue_id)
    if not cue_id:
        return set()
    crowd = passes.board.crowd
    passes.of(cue_id).inside[at] = np.packbits(crowd.inside())
    return {cue_id} | _look_back(passes, crowd.moved_after(at), len(passes.starts) - 1)


def _look_back(passes: Passes, viewers: NDArray[np.integer], first: int) -> set[str]:
    """Of these not only the moves before it were known when a pass began: who of them was in the room then, from the pass `first` on."""
    touched: set[str] = set()
    for at, cue_id in zip(passes.starts[first:], passes.cue_ids[first:], strict=True):
        if cue_id and len(viewers):
            inside = passes.parts[cue_id].inside
            inside[at] = _marked(inside[at], viewers, passes.board.crowd.inside_at(viewers, at))
            touched.add(cue_id)
    return touched


def _marked(bits: NDArray[np.uint8], viewers: NDArray[np.integer], there: NDArray[np.bool_]) -> NDArray[np.uint8]:
    marks = np.unpackbits(bits)
    wider = np.zeros(max(len(marks), int(viewers.max()) + 1), np.uint8)
    wider[: len(marks)] = marks
    wider[viewers] = there
    return np.packbits(wider)


def _fold_batch(passes: Passes, batch: AudienceBatch) -> set[str]:
    columns = unpack(batch.columns)
    first = max(0, bisect_right(passes.starts, batch.first_at) - 1)
    last = bisect_right(passes.starts, batch.last_at)
    cuts = [*np.searchsorted(columns.at, np.array(passes.starts[first:last], np.int64)).tolist(), len(columns.at)]
    touched: set[str] = set()
    for place, (start, end) in enumerate(pairwise(cuts)):
        cue_id = passes.cue_ids[first + place]
        if start == end or not cue_id:
            continue
        part = passes.parts[cue_id]
        kinds = np.bincount(columns.kind[start:end], minlength=CLICK + 1)
        part.comments += int(kinds[COMMENT])
        part.enters += int(kinds[ENTER])
        part.clicks += int(kinds[CLICK])
        part.seen.see(columns.viewer[start:end])
        touched.add(cue_id)
    return touched | _move(passes, columns)


def _move(passes: Passes, columns: Columns) -> set[str]:
    """Comings and goings that are told after a pass began and were before it."""
    moves = (columns.kind == ENTER) | (columns.kind == LEAVE)
    if not passes.starts or not moves.any() or (earliest := int(columns.at[moves][0])) > passes.starts[-1]:
        return set()
    late = moves & (columns.at <= passes.starts[-1])
    return _look_back(passes, each_once(columns.viewer[late]), bisect_left(passes.starts, earliest))


def _keys(passes: Passes) -> Iterable[str]:
    return passes.parts.keys()


def _get(passes: Passes, key: str) -> CueFigureRow | None:
    part = passes.parts.get(key)
    if part is None:
        return None
    running_ms = passes.now - passes.starts[-1] if key == passes.on_air else 0
    on_air_ms, buyers = part.on_air_ms + running_ms, len(part.buyers)
    uv = part.uv()
    counts = {"comments": part.comments, "did_u": uv, "uv": uv, "pv": part.enters, "clicks": part.clicks, "buyers": buyers}
    counts |= {name: getattr(part, name) for name in ("orders_created", "orders_paid", "gmv_created", "gmv_paid")}
    told = passes.board.all_told(counts)
    raw = {"live_s": on_air_ms / 1000, **told}
    return CueFigureRow(
        cue_id=key,
        orders_created=told.get("orders_created"),
        orders_paid=told.get("orders_paid"),
        gmv_created_minor=told.get("gmv_created"),
        gmv_paid_minor=told.get("gmv_paid"),
        comments=told.get("comments"),
        uv=told.get("did_u"),
        on_air_ms=on_air_ms,
        enters=told.get("pv"),
        clicks=told.get("clicks"),
        buyers=told.get("buyers"),
        conversion=evaluate(DEFINED["conversion"], raw),
        gmv_per_hour_minor=evaluate(DEFINED["gmv_per_hour"], raw),
    )


def _begin(board: Board, _: ShowNow) -> Passes:
    return Passes(board)


CUES = View(
    name="metric.cues",
    row=CueFigureRow,
    reads=(AudienceBatch, OrderCreated, OrderEdited, OrderPaid, OrderRestated, CueWent, ShowEnded),
    state=_begin,
    fold=fold_cues,
    keys=_keys,
    get=_get,
    duty="metric.read",
    pace_ms=250,
    over=(BOARD, STAGE),
)
