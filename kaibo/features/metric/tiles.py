"""The tiles: every figure for the whole show, the newest ten minutes and the ten before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.metric.crowd import WINDOW, Crowd, Presence
from kaibo.features.metric.definitions import DEFINITIONS, Definition
from kaibo.features.metric.tally import MINUTE_MS, Clock, Tally, move_crowd, order_tally, stretches, total
from kaibo.features.order.facts import OrderCreated, OrderPaid
from kaibo.features.show.facts import ShowPlanned

NAMES = tuple(definition.name for definition in DEFINITIONS)
Figures = Mapping[str, float]


class TileRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.tiles`, key = metric name (gmv_paid, gmv_created, orders_created, orders_paid, uv, pv, online, pcu, comments,
    likes, clicks, follows, buyers, conversion, value_per_buyer).

    `value` whole show, `last_10` / `prev_10` the two ten-minute windows that end at the newest minute seen (for online: its
    mean there).
    `unit` is minor, count or ratio. Ratios are None when the denominator is 0, windows before the first thing that happened
    are None too. `numerator` / `denominator` are given for ratios. `at` is the newest instant heard of.
    """

    value: float | None
    last_10: float | None
    prev_10: float | None
    unit: str
    currency: str
    at: int
    numerator: float | None = None
    denominator: float | None = None


@dataclass(slots=True)
class Board:
    """Raw counters of the whole show and by minute; the rows are made when somebody looks."""

    clock: Clock = field(default_factory=Clock)
    currency: str = ""
    whole: Tally = field(default_factory=Tally)
    minutes: dict[int, Tally] = field(default_factory=dict[int, Tally])
    crowd: Crowd = field(default_factory=Crowd)
    viewers: Presence = field(default_factory=Presence)
    uv: int = 0
    buyers: Presence = field(default_factory=Presence)
    buyer_numbers: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    rows: dict[str, TileRow] | None = None


def fold_tiles(board: Board, event: Event[Any]) -> Iterable[str]:
    """All tiles carry the newest instant, so all of them change."""
    board.rows = None
    if board.clock.hear(event):
        board.viewers.advance(board.clock.minute)
        board.buyers.advance(board.clock.minute)
    match event.fact:
        case AudienceBatch() as batch:
            _fold_batch(board, batch)
        case OrderCreated() as fact:
            _add(board, fact.platform_at // MINUTE_MS, order_tally(fact))
        case OrderPaid() as fact:
            _add(board, fact.platform_at // MINUTE_MS, order_tally(fact))
            number = board.buyer_numbers.setdefault(buyer_of(fact), len(board.buyer_numbers))
            board.buyers.see(np.array([number]), fact.platform_at // MINUTE_MS, len(board.buyer_numbers))
        case ShowPlanned(currency=currency):
            board.currency = currency
        case _:
            return ()
    return NAMES


def buyer_of(fact: OrderPaid) -> tuple[str, str]:
    """One person on one platform; an order that does not say who bought it stands for a buyer of its own."""
    return (fact.platform, fact.buyer) if fact.buyer else (f"{fact.platform}/", fact.order_id)


def _add(board: Board, minute: int, tally: Tally) -> None:
    board.whole.add(tally)
    board.minutes.setdefault(minute, Tally()).add(tally)


def _fold_batch(board: Board, batch: AudienceBatch) -> None:
    columns = unpack(batch.columns)
    board.uv = max(board.uv, batch.viewer_base + len(columns.new_viewers))
    for stretch in stretches(batch.columns):
        _add(board, stretch.minute, stretch.tally)
        board.viewers.see(columns.viewer[stretch.start : stretch.end], stretch.minute, board.uv)
    move_crowd(board.crowd, batch.columns)


def tile_rows(board: Board) -> dict[str, TileRow]:
    """All tiles as they stand now."""
    if board.rows is None:
        whole = _whole(board)
        last = _window(board, 0)
        before = _window(board, 1)
        board.rows = {each.name: _row(board, each, whole, last, before) for each in DEFINITIONS}
    return board.rows


def _row(board: Board, each: Definition, whole: Figures, last: Figures | None, before: Figures | None) -> TileRow:
    ratio = bool(each.denominator)
    return TileRow(
        value=figure(each, whole),
        last_10=figure(each, last),
        prev_10=figure(each, before),
        unit=each.unit,
        currency=board.currency,
        at=board.clock.at,
        numerator=whole[each.numerator] if ratio else None,
        denominator=whole[each.denominator] if ratio else None,
    )


def figure(each: Definition, raw: Figures | None) -> float | None:
    """A figure from raw counters; None over nothing, and for a window before anything happened."""
    if raw is None:
        return None
    if not each.denominator:
        return raw[each.numerator]
    return raw[each.numerator] / raw[each.denominator] if raw[each.denominator] else None


def _tallied(tally: Tally) -> dict[str, float]:
    return {name: getattr(tally, name) for name in Tally.__slots__}


def _whole(board: Board) -> Figures:
    return {
        **_tallied(board.whole),
        "uv": board.uv,
        "buyers": len(board.buyer_numbers),
        "online": board.crowd.online,
        "pcu": board.crowd.peak(),
    }


def _window(board: Board, back: int) -> Figures | None:
    """The ten minutes that end at the newest one (`back` 0), or the ten before (1)."""
    newest, began = board.clock.minute, board.clock.first_minute
    last = newest - WINDOW * back
    first = last - WINDOW + 1
    if began is None or began > last:
        return None
    tally = total(board.minutes[minute] for minute in range(first, last + 1) if minute in board.minutes)
    ages = WINDOW * back, WINDOW * back + WINDOW - 1
    end = min(last * 60 + 59, board.clock.at // 1000)
    return {
        **_tallied(tally),
        "uv": board.viewers.count(*ages),
        "buyers": board.buyers.count(*ages),
        "online": board.crowd.mean(max(first, began) * 60, end) or 0.0,
        "pcu": board.crowd.peak_within(first, last),
    }


def _keys(board: Board) -> Iterable[str]:
    return NAMES


def _get(board: Board, key: str) -> TileRow | None:
    return tile_rows(board).get(key)


TILES = View(
    name="metric.tiles",
    row=TileRow,
    reads=(ShowPlanned, AudienceBatch, OrderCreated, OrderPaid),
    state=Board,
    fold=fold_tiles,
    keys=_keys,
    get=_get,
    duty="metric.read",
    pace_ms=250,
)
