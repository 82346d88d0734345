"""Figures by flow source: where viewers came from, and what those who came that way did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.commands import Flow
from kaibo.features.audience.facts import (
    CLICK,
    ENTER,
    FLOW_CODE,
    AudienceBatch,
    AudienceShown,
    unpack,
)
from kaibo.features.audience.facts import FLOWS as FLOW_NAMES
from kaibo.features.metric.board import Board
from kaibo.features.metric.people import grown
from kaibo.features.metric.sales import OPEN, Bounds, counts_paid, moves, person_of
from kaibo.features.metric.slices import BOARD, BOUNDS
from kaibo.features.metric.tally import MINUTE_MS
from kaibo.features.order.facts import OrderEdited, OrderPaid, OrderRestated
from kaibo.features.order.slices import Order, Place
from kaibo.features.show.slices import STAGE, ShowNow

UNKNOWN = 0
OF_BUYERS = ("buyers", "orders_paid", "gmv_paid")
LATER = np.iinfo(np.int64).max
Numbers = NDArray[np.int64]
FlowName = Flow | Literal["none"]


class FlowRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.flows`, key = flow (`none` where nobody said), see docs/metrics.md for the ratios.

    A viewer belongs to the flow of their earliest item that names one; a buyer to the viewer of the same platform and name,
    and to `none` when no such viewer is known. `views` count by the flow of each entry.
    None is what no source tells of: so what buyers of a flow come to, while no buyer is a viewer that is known.
    """

    flow: FlowName
    impressions: int | None
    views: int | None
    uv: int | None
    clicks: int | None
    buyers: int | None
    orders_paid: int | None
    gmv_paid_minor: int | None
    enter_rate: float | None
    conversion: float | None
    uv_value_minor: float | None


@dataclass(slots=True)
class Sums:
    """By code of a flow."""

    uv: Numbers
    clicks: Numbers
    buyers: Numbers
    orders: Numbers
    gmv: Numbers
    linked: bool  # whether any buyer is known to be a viewer; without any, no flow but the unknown one has buyers to speak of


@dataclass(slots=True)
class Doors:
    """Per viewer of the board: their flow, when it was first named, their clicks. Per buyer by fingerprint: (orders, minor)."""

    board: Board
    bounds: Bounds = OPEN
    aired_at: int = 0
    waiting: Counter[tuple[int, int]] = field(default_factory=Counter[tuple[int, int]])  # shown before air, by minute and code
    flow: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    named_at: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    clicks: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, np.uint32))
    views: Numbers = field(default_factory=lambda: np.zeros(len(FLOW_NAMES), np.int64))
    shown: dict[int, int] = field(default_factory=dict[int, int])
    seen: set[int] = field(default_factory=set[int])
    paid: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    sums: Sums | None = None


def fold_flows(doors: Doors, event: Event[Fact], below: Touched) -> Iterable[str]:
    """All rows there are: a buyer's orders may belong to any."""
    doors.sums = None
    if BOUNDS in below.of(BOARD):
        _air(doors)
        _turn(doors)
        return _keys(doors)
    match event.fact:
        case AudienceBatch() as batch:
            _fold_batch(doors, batch)
        case AudienceShown(parts=parts):
            for part in parts:
                if part.minute < doors.board.aired_at // MINUTE_MS:
                    continue
                code = FLOW_CODE.get(part.flow, UNKNOWN)
                doors.shown[code] = doors.shown.get(code, 0) + part.count
                if not doors.aired_at:
                    doors.waiting[part.minute, code] += part.count
                doors.seen.add(code)
        case _:
            pass
    for change in doors.board.ledger.changes(event.fact, below):
        _count(doors, change.place, change.before, doors.bounds, -1)
        _count(doors, change.place, change.after, doors.bounds, 1)
    return _keys(doors)


def _air(doors: Doors) -> None:
    """It went on air: what came in before it is none of its own. Impressions are told by minute."""
    if doors.aired_at == doors.board.aired_at:
        return
    doors.aired_at = doors.board.aired_at
    doors.views[:], doors.clicks[:] = 0, 0
    doors.shown.clear()
    for (minute, code), count in doors.waiting.items():
        if minute >= doors.aired_at // MINUTE_MS:
            doors.shown[code] = doors.shown.get(code, 0) + count
    for batch in doors.board.waiting.ahead:
        _fold_batch(doors, batch)


def _turn(doors: Doors) -> None:
    """It is planned, went on air, or off: which orders are its own is known better now."""
    before, doors.bounds = doors.bounds, doors.board.bounds
    for place, order in doors.board.ledger.orders.items():
        if moves(order, before, doors.bounds):
            _count(doors, place, order, before, -1)
            _count(doors, place, order, doors.bounds, 1)


def _count(doors: Doors, place: Place, order: Order, bounds: Bounds, sign: int) -> None:
    """What a buyer paid; a buyer of no order is none."""
    if not counts_paid(order, bounds):
        return
    doors.seen.add(UNKNOWN)
    person = person_of(place, order)
    orders, minor = doors.paid.pop(person, (0, 0))
    if orders + sign:
        doors.paid[person] = orders + sign, minor + sign * order.paid_minor


def _fold_batch(doors: Doors, batch: AudienceBatch) -> None:
    columns = unpack(batch.columns)
    size = doors.board.viewers.size
    doors.flow = grown(doors.flow, size)  # pyright: ignore[reportAttributeAccessIssue]  same dtypes as they had
    doors.named_at = grown(doors.named_at, size, LATER)  # pyright: ignore[reportAttributeAccessIssue]
    doors.clicks = grown(doors.clicks, size)  # pyright: ignore[reportAttributeAccessIssue]
    flows, on_air = columns.flow, columns.at >= doors.board.aired_at
    np.add.at(doors.clicks, columns.viewer[on_air & (columns.kind == CLICK)], 1)
    enters = np.bincount(flows[on_air & (columns.kind == ENTER)], minlength=len(FLOW_NAMES))
    doors.views += enters
    doors.seen.update(flows.tolist())
    doors.seen.add(UNKNOWN)
    named = np.flatnonzero(flows)[::-1]  # backwards, so that the earliest of one viewer is written last
    viewers, at = columns.viewer[named], columns.at[named]
    earlier = at < doors.named_at[viewers]
    doors.flow[viewers[earlier]] = flows[named][earlier]
    doors.named_at[viewers[earlier]] = at[earlier]


def _sums(doors: Doors) -> Sums:
    """Everything by flow, as known now."""
    if doors.sums is not None:
        return doors.sums
    count, size = len(FLOW_NAMES), doors.board.viewers.size
    flow = doors.flow[:size]
    people = np.array(list(doors.paid), np.uint64)
    of_person, linked = np.zeros(len(people), np.intp), not len(people)
    if len(people) and size:
        order = np.argsort(people)
        place = np.minimum(np.searchsorted(people[order], doors.board.viewers.hashes[:size]), len(people) - 1)
        found = people[order][place] == doors.board.viewers.hashes[:size]
        of_person[order[place[found]]] = flow[found]
        linked = bool(found.any())
    trade = np.array(list(doors.paid.values()), np.int64).reshape(-1, 2)
    doors.sums = Sums(
        uv=np.bincount(flow[doors.board.of_show()], minlength=count),
        clicks=_weighed(flow, doors.clicks[:size], count),
        buyers=np.bincount(of_person, minlength=count),
        orders=_weighed(of_person, trade[:, 0], count),
        gmv=_weighed(of_person, trade[:, 1], count),
        linked=linked,
    )
    return doors.sums


def _weighed(codes: NDArray[np.generic], weights: NDArray[np.generic], count: int) -> Numbers:
    """Sums by code; exact, because amounts are integers far below 2^53."""
    return np.bincount(codes, weights=weights, minlength=count).astype(np.int64)


def _key(code: int) -> FlowName:
    return FLOW_NAMES[code] or "none"


def _keys(doors: Doors) -> Iterable[str]:
    return [_key(code) for code in sorted(doors.seen)]


def _get(doors: Doors, key: str) -> FlowRow | None:
    code = FLOW_CODE.get("" if key == "none" else key)
    if code is None or code not in doors.seen:
        return None
    sums = _sums(doors)
    counts = {
        "pv": int(doors.views[code]),
        "uv": int(sums.uv[code]),
        "did_u": int(sums.uv[code]),
        "clicks": int(sums.clicks[code]),
        "buyers": int(sums.buyers[code]),
        "orders_paid": int(sums.orders[code]),
        "gmv_paid": int(sums.gmv[code]),
    }
    told = doors.board.all_told(counts)
    if not sums.linked and code != UNKNOWN:
        told = {name: count for name, count in told.items() if name not in OF_BUYERS}
    impressions = doors.board.told_of("imp", doors.shown.get(code, 0))
    if doors.seen - {UNKNOWN} and not doors.shown.keys() - {
        UNKNOWN
    }:  # where the room was shown, nobody says: of no flow is it known
        impressions = impressions if code == UNKNOWN else None
    elif code in doors.shown:
        told["imp"] = doors.shown[code]
    return FlowRow(
        flow=_key(code),
        impressions=impressions,
        views=told.get("pv"),
        uv=told.get("did_u"),
        clicks=told.get("clicks"),
        buyers=told.get("buyers"),
        orders_paid=told.get("orders_paid"),
        gmv_paid_minor=told.get("gmv_paid"),
        enter_rate=evaluate(DEFINED["enter_rate"], told),
        conversion=evaluate(DEFINED["conversion"], told),
        uv_value_minor=evaluate(DEFINED["uv_value"], told),
    )


def _begin(board: Board, _: ShowNow) -> Doors:
    return Doors(board)


FLOWS = View(
    name="metric.flows",
    row=FlowRow,
    reads=(AudienceBatch, AudienceShown, OrderEdited, OrderPaid, OrderRestated),
    state=_begin,
    fold=fold_flows,
    keys=_keys,
    get=_get,
    duty="metric.read",
    pace_ms=1000,
    over=(BOARD, STAGE),
)
