"""Figures by cue: what happened while it was on air."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate, figure
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import CLICK, COMMENT, ENTER, LEAVE, AudienceBatch, Columns, unpack
from kaibo.features.metric.board import Board
from kaibo.features.metric.people import Distinct, each_once
from kaibo.features.metric.sales import OPEN, Bounds, counts_created, counts_paid, moves, people_of, person_of
from kaibo.features.metric.slices import BOARD, BOUNDS, TOLD
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderPaid, OrderRestated
from kaibo.features.order.slices import Order, Place
from kaibo.features.rundown.facts import CueWent
from kaibo.features.rundown.slices import COURSE, Rundown
from kaibo.features.show.facts import ShowEnded
from kaibo.features.show.slices import STAGE, ShowNow


class CueFigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.cues`, key cue_id: what was created and paid while the cue was on air, over all its passes.

    Orders belong to the cue that was on air when they were placed, whenever they are told or paid. Comments and viewers count by platform
    time; `uv` are those who were in the room while it was on air, or did anything then; while nobody tells who goes, as if nobody did. `on_air_ms` of the cue on air runs to the newest event.
    None is what no source tells of. `mixed`: `conversion` is of two crowds, as a tile says it: None where it is no share, marked where it is one.
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
    mixed: bool = False


@dataclass(slots=True)
class Part:
    """What people did while one cue was on air. `seen`: who did anything; `inside`: for each pass, a bit for each viewer who was in the room when it began."""

    seen: Distinct
    inside: dict[int, NDArray[np.uint8]] = field(default_factory=dict[int, NDArray[np.uint8]])
    comments: int = 0
    enters: int = 0
    clicks: int = 0

    def uv(self) -> int:
        """Who was in the room while it was on air, or did anything then: who comes in during a pass does something."""
        size = 8 * max(map(len, self.inside.values()), default=0)
        there = np.zeros(size, np.bool_)
        for bits in self.inside.values():
            there[: 8 * len(bits)] |= np.unpackbits(bits).view(np.bool_)
        return self.seen.count(there)

    def take(self, columns: Columns, start: int, end: int) -> None:
        """These items are of a time in which it was on air."""
        kinds = np.bincount(columns.kind[start:end], minlength=CLICK + 1)
        self.comments += int(kinds[COMMENT])
        self.enters += int(kinds[ENTER])
        self.clicks += int(kinds[CLICK])
        self.seen.see(columns.viewer[start:end])

    def copy(self) -> Self:
        """As it stands now."""
        return replace(self, seen=self.seen.copy(), inside=dict(self.inside))

    def join(self, other: Self) -> None:
        """What was counted elsewhere is of this one."""
        self.comments += other.comments
        self.enters += other.enters
        self.clicks += other.clicks
        self.seen.join(other.seen)


@dataclass(slots=True)
class Trade:
    """What was ordered while one cue was on air. `buying`: orders paid, by whose viewers their buyers are."""

    orders_created: int = 0
    orders_paid: int = 0
    gmv_created: int = 0
    gmv_paid: int = 0
    buyers: Counter[int] = field(default_factory=Counter[int])
    buying: Counter[str] = field(default_factory=Counter[str])


@dataclass(slots=True)
class Passes:
    """By cue; `course` says when each was on air. `now`: the newest event, ms UTC.

    `newest`: of the cue on air its newest pass alone, `before`: what was counted of it in those before (None: it had none). By these a pass is taken back.
    `running`: what was on air before the newest event.
    """

    board: Board
    course: Rundown
    bounds: Bounds = OPEN
    now: int = 0
    parts: dict[str, Part] = field(default_factory=dict[str, Part])
    trades: dict[str, Trade] = field(default_factory=dict[str, Trade])
    newest: Part | None = None
    before: Part | None = None
    running: str = ""

    def new_part(self) -> Part:
        """Nothing counted yet."""
        return Part(Distinct(self.board.viewers))

    @property
    def on_air(self) -> str:
        """The cue on air, "" for none."""
        return self.course.aired[-1][1] if self.course.aired else ""

    def on_air_ms(self, cue_id: str) -> int:
        """How long a cue was on air by now."""
        aired = [*self.course.aired, (self.now, "")]
        return sum(end - start for (start, each), (end, _) in pairwise(aired) if each == cue_id)


def fold_cues(passes: Passes, event: Event[Fact], below: Touched) -> Iterable[str]:
    """The cues touched, and the one that was on air, because its time ran."""
    passes.now = max(passes.now, event.at)
    touched = _follow(passes, event.fact)
    for change in passes.board.ledger.changes(event.fact, below):
        touched |= _count(passes, change.place, change.before, passes.bounds, -1)
        touched |= _count(passes, change.place, change.after, passes.bounds, 1)
    if BOUNDS in below.of(BOARD):
        touched = touched | _turn(passes)
    if TOLD in below.of(BOARD):
        touched = touched | _keys(passes)
    running, passes.running = passes.running, passes.on_air
    return touched | {running} if running else touched


def _follow(passes: Passes, fact: Fact) -> set[str]:
    match fact:
        case CueWent(takes_back=mistaken) if mistaken:
            return _take_back(passes, mistaken)
        case CueWent():
            return _go(passes)
        case ShowEnded():
            passes.newest = passes.before = None
            return set()
        case AudienceBatch() as batch:
            return _fold_batch(passes, batch)
        case _:
            return set()


def _turn(passes: Passes) -> set[str]:
    """It is planned, went on air, or off: which orders are its own is known better now."""
    before, passes.bounds = passes.bounds, passes.board.bounds
    touched: set[str] = set()
    for place, order in passes.board.ledger.orders.items():
        if moves(order, before, passes.bounds):
            touched |= _count(passes, place, order, before, -1) | _count(passes, place, order, passes.bounds, 1)
    return touched


def _count(passes: Passes, place: Place, order: Order, bounds: Bounds, sign: int, cue_id: str = "") -> set[str]:
    """An order counts with the cue that its fact names, or with this one."""
    if not order.cue_id:
        return set()
    cue_id = cue_id or passes.course.cue_id_of(order.cue_id, order.placed_at or 0)
    trade = passes.trades.setdefault(cue_id, Trade())
    if counts_created(order, bounds):
        trade.orders_created += sign
        trade.gmv_created += sign * order.created_minor
    if counts_paid(order, bounds):
        person = person_of(place, order)
        trade.orders_paid += sign
        trade.gmv_paid += sign * order.paid_minor
        trade.buyers[person] += sign
        trade.buying[people_of(place, order)] += sign
        if not trade.buyers[person]:
            del trade.buyers[person]
    return {cue_id}


def _go(passes: Passes) -> set[str]:
    at, cue_id = passes.course.aired[-1]
    known, crowd = passes.parts.get(cue_id), passes.board.crowd
    passes.newest, passes.before = passes.new_part(), known and known.copy()
    passes.parts.setdefault(cue_id, passes.new_part()).inside[at] = np.packbits(crowd.inside())
    return {cue_id} | _look_back(passes, crowd.moved_after(at), len(passes.course.aired) - 1)


def _take_back(passes: Passes, mistaken: str) -> set[str]:
    """It was never on air: what people did and ordered meanwhile is of the cue that goes on."""
    first, last, _ = passes.course.undone[-1]
    if passes.newest is not None:
        passes.parts[passes.on_air].join(passes.newest)
    gone = passes.parts.pop(mistaken)
    for place, order in passes.board.ledger.orders.items():
        if order.cue_id == mistaken and order.placed_at is not None and first <= order.placed_at < last:
            _count(passes, place, order, passes.bounds, -1, mistaken)
            _count(passes, place, order, passes.bounds, 1)
    if passes.before is not None:
        passes.before.inside = {at: bits for at, bits in gone.inside.items() if at != first}
        passes.parts[mistaken] = passes.before
    elif passes.trades.get(mistaken) == Trade():
        del passes.trades[mistaken]
    passes.newest = passes.before = None
    return {mistaken, passes.on_air}


def _look_back(passes: Passes, viewers: NDArray[np.integer], first: int) -> set[str]:
    """Of these not only the moves before it were known when a pass began: who of them was in the room then, from the pass `first` on."""
    touched: set[str] = set()
    for at, cue_id in passes.course.aired[first:]:
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
    columns, aired = unpack(batch.columns), passes.course.aired
    first = max(0, bisect_right(aired, batch.first_at, key=_since) - 1)
    last = bisect_right(aired, batch.last_at, key=_since)
    starts = np.array([at for at, _ in aired[first:last]], np.int64)
    cuts = [*np.searchsorted(columns.at, starts).tolist(), len(columns.at)]
    touched: set[str] = set()
    for place, (start, end) in enumerate(pairwise(cuts)):
        cue_id = aired[first + place][1]
        if start == end or not cue_id:
            continue
        newest = first + place == len(aired) - 1
        also = passes.newest if newest else passes.before if cue_id == passes.on_air else None
        for part in filter(None, (passes.parts[cue_id], also)):
            part.take(columns, start, end)
        touched.add(cue_id)
    return touched | _move(passes, columns)


def _since(came: tuple[int, str]) -> int:
    return came[0]


def _move(passes: Passes, columns: Columns) -> set[str]:
    """Comings and goings that are told after a pass began and were before it."""
    moves, aired = (columns.kind == ENTER) | (columns.kind == LEAVE), passes.course.aired
    if not aired or not moves.any() or (earliest := int(columns.at[moves][0])) > aired[-1][0]:
        return set()
    late = moves & (columns.at <= aired[-1][0])
    return _look_back(passes, each_once(columns.viewer[late]), bisect_left(aired, earliest, key=_since))


def _keys(passes: Passes) -> set[str]:
    return passes.parts.keys() | passes.trades.keys()


def _get(passes: Passes, key: str) -> CueFigureRow | None:
    part, trade = passes.parts.get(key), passes.trades.get(key)
    if part is None and trade is None:
        return None
    part, trade = part or passes.new_part(), trade or Trade()
    on_air_ms, uv = passes.on_air_ms(key), part.uv()
    counts = {"comments": part.comments, "did_u": uv, "uv": uv, "pv": part.enters, "clicks": part.clicks}
    counts |= {name: getattr(trade, name) for name in ("orders_created", "orders_paid", "gmv_created", "gmv_paid")}
    told = passes.board.all_told(counts | {"buyers": len(trade.buyers)})
    raw = {"live_s": on_air_ms / 1000, **told}
    conversion = figure(DEFINED["conversion"], raw)
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
        conversion=conversion.value,
        gmv_per_hour_minor=evaluate(DEFINED["gmv_per_hour"], raw),
        mixed=passes.board.mixes(DEFINED["conversion"], conversion, trade.buying),
    )


def _begin(board: Board, _: ShowNow, course: Rundown) -> Passes:
    return Passes(board, course)


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
    over=(BOARD, STAGE, COURSE),
)
