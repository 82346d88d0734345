"""Figures by product."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import CLICK, VIEW, AudienceBatch, unpack
from kaibo.features.metric.board import Board
from kaibo.features.metric.people import Distinct
from kaibo.features.metric.sales import OPEN, Bounds, counts_created, counts_paid, moves, person_of
from kaibo.features.metric.slices import BOARD, BOUNDS, TOLD
from kaibo.features.metric.tally import MINUTE_MS
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderLine, OrderPaid, OrderRestated
from kaibo.features.order.slices import Change, Order, Place
from kaibo.features.show.slices import STAGE, ShowNow

SPARK_MINUTES = 30


class ProductFigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `metric.products`, key product_id. `spark` is paid GMV per minute for the last 30 minutes.

    `views` times shown, `clickers` distinct viewers who clicked. `click_rate` and `ctor` are the figures of docs/metrics.md
    of this product alone. None is what no source tells of.
    """

    product_id: str
    clicks: int | None
    orders_created: int | None
    orders_paid: int | None
    units_paid: int | None
    gmv_created_minor: int | None
    gmv_paid_minor: int | None
    buyers: int | None
    last_order_at: int | None
    spark: tuple[int, ...]
    views: int | None = None
    clickers: int | None = None
    click_rate: float | None = None
    ctor: float | None = None


@dataclass(slots=True)
class Goods:
    """Counters of one product; `paid_by_minute` in minor units."""

    clickers: Distinct
    clicks: int = 0
    views: int = 0
    orders_created: int = 0
    orders_paid: int = 0
    units_paid: int = 0
    gmv_created: int = 0
    gmv_paid: int = 0
    buyers: Counter[int] = field(default_factory=Counter[int])
    placed: list[int] = field(default_factory=list[int])  # instants of its orders, in order
    paid_by_minute: dict[int, int] = field(default_factory=dict[int, int])

    def heard_of(self) -> bool:
        """Whether anybody saw it, clicked it or has it in an order that counts: an order may have read otherwise before."""
        return bool(self.clicks or self.views or self.placed or self.buyers)

    def begin(self, clickers: Distinct) -> None:
        """It goes on air: nobody saw it or clicked it yet."""
        self.clicks, self.views, self.clickers = 0, 0, clickers


@dataclass(slots=True)
class Shelf:
    """All products that were clicked or ordered, over the board, up to a minute."""

    board: Board
    minute: int = 0
    bounds: Bounds = OPEN
    goods: dict[str, Goods] = field(default_factory=dict[str, Goods])

    def of(self, product_id: str) -> Goods:
        """The counters of a product, new ones when it was not heard of."""
        found = self.goods.get(product_id)
        if found is None:
            found = self.goods[product_id] = Goods(Distinct(self.board.viewers))
        return found


def fold_products(shelf: Shelf, event: Event[Fact], below: Touched) -> Iterable[str]:
    """The products touched; all of them when a new minute began, because every spark moves on."""
    before, shelf.minute = shelf.minute, shelf.board.clock.minute
    if BOUNDS in below.of(BOARD):
        return _turn(shelf)
    match event.fact:
        case AudienceBatch() as batch:
            touched = _click(shelf, batch)
        case _:
            touched: set[str] = set()
    for change in shelf.board.ledger.changes(event.fact, below):
        touched |= _trade(shelf, change)
    return list(shelf.goods) if shelf.minute != before or TOLD in below.of(BOARD) else touched


def _turn(shelf: Shelf) -> Iterable[str]:
    """It is planned, went on air, or off: which orders are its own is known better now, and people count from going on air on."""
    before, shelf.bounds = shelf.bounds, shelf.board.bounds
    if shelf.bounds.airs != before.airs:
        _air(shelf)
    for place, order in shelf.board.ledger.orders.items():
        if moves(order, before, shelf.bounds):
            _count(shelf, place, order, before, -1)
            _count(shelf, place, order, shelf.bounds, 1)
    return list(shelf.goods)


def _air(shelf: Shelf) -> None:
    """What was clicked and shown before air is theirs who waited, and none of the show's; what a clock that runs ahead told of it is."""
    for goods in shelf.goods.values():
        goods.begin(Distinct(shelf.board.viewers))
    for batch in shelf.board.waiting.ahead:
        _click(shelf, batch)


def _click(shelf: Shelf, batch: AudienceBatch) -> set[str]:
    """Clicks and views of a batch; once it is on air those from then on, whenever they are told."""
    columns = unpack(batch.columns)
    if not columns.products:
        return set()
    touched: set[str] = set()
    size, counts = len(columns.products) + 1, columns.at >= (shelf.bounds.airs or 0)
    clicks, views = counts & (columns.kind == CLICK), counts & (columns.kind == VIEW)
    clicked = np.bincount(columns.product[clicks], minlength=size).tolist()
    shown = np.bincount(columns.product[views], minlength=size).tolist()
    for place, product_id in enumerate(columns.products, 1):
        if not clicked[place] and not shown[place]:
            continue
        goods = shelf.of(product_id)
        goods.clicks += clicked[place]
        goods.views += shown[place]
        if clicked[place]:
            goods.clickers.see(columns.viewer[clicks & (columns.product == place)])
        touched.add(product_id)
    return touched


def _by_product(lines: Sequence[OrderLine]) -> dict[str, tuple[int, int]]:
    """(units, minor) by product: one order may hold several variants of it."""
    found: dict[str, tuple[int, int]] = {}
    for line in lines:
        if line.product_id:  # what an order's total says beyond its lines is of no product
            units, minor = found.get(line.product_id, (0, 0))
            found[line.product_id] = units + line.quantity, minor + line.worth_minor
    return found


def _trade(shelf: Shelf, change: Change) -> set[str]:
    """What an order added before is taken back, and what it adds now is added."""
    return _count(shelf, change.place, change.before, shelf.bounds, -1) | _count(
        shelf, change.place, change.after, shelf.bounds, 1
    )


def _count(shelf: Shelf, place: Place, order: Order, bounds: Bounds, sign: int) -> set[str]:
    touched: set[str] = set()
    if counts_created(order, bounds) and order.placed_at is not None:
        for product_id, (_, minor) in _by_product(order.lines).items():
            goods = shelf.of(product_id)
            goods.orders_created += sign
            goods.gmv_created += sign * minor
            if sign > 0:
                insort(goods.placed, order.placed_at)
            else:
                del goods.placed[bisect_left(goods.placed, order.placed_at)]
            touched.add(product_id)
    if counts_paid(order, bounds) and order.paid_at is not None:
        for product_id, (units, minor) in _by_product(order.paid_lines).items():
            _pay(shelf.of(product_id), person_of(place, order), order.paid_at // MINUTE_MS, sign * units, sign * minor, sign)
            touched.add(product_id)
    return touched


def _pay(goods: Goods, person: int, minute: int, units: int, minor: int, sign: int) -> None:
    goods.orders_paid += sign
    goods.units_paid += units
    goods.gmv_paid += minor
    goods.buyers[person] += sign
    if not goods.buyers[person]:
        del goods.buyers[person]
    goods.paid_by_minute[minute] = goods.paid_by_minute.get(minute, 0) + minor


def _keys(shelf: Shelf) -> Iterable[str]:
    return [product_id for product_id, goods in shelf.goods.items() if goods.heard_of()]


def _get(shelf: Shelf, key: str) -> ProductFigureRow | None:
    goods = shelf.goods.get(key)
    if goods is None or not goods.heard_of():
        return None
    newest = shelf.minute
    counts = {"clicks": goods.clicks, "pimp": goods.views, "pclk_u": goods.clickers.count(), "buyers": len(goods.buyers)}
    counts |= {name: getattr(goods, name) for name in ("orders_created", "orders_paid", "units_paid", "gmv_created", "gmv_paid")}
    told = shelf.board.all_told(counts)
    return ProductFigureRow(
        product_id=key,
        clicks=told.get("clicks"),
        orders_created=told.get("orders_created"),
        orders_paid=told.get("orders_paid"),
        units_paid=told.get("units_paid"),
        gmv_created_minor=told.get("gmv_created"),
        gmv_paid_minor=told.get("gmv_paid"),
        buyers=told.get("buyers"),
        last_order_at=goods.placed[-1] if goods.placed else None,
        spark=tuple(goods.paid_by_minute.get(minute, 0) for minute in range(newest - SPARK_MINUTES + 1, newest + 1)),
        views=told.get("pimp"),
        clickers=told.get("pclk_u"),
        click_rate=evaluate(DEFINED["click_rate"], told),
        ctor=evaluate(DEFINED["ctor"], told),
    )


def _begin(board: Board, _: ShowNow) -> Shelf:
    return Shelf(board)


PRODUCTS = View(
    name="metric.products",
    row=ProductFigureRow,
    reads=(AudienceBatch, OrderCreated, OrderEdited, OrderPaid, OrderRestated),
    state=_begin,
    fold=fold_products,
    keys=_keys,
    get=_get,
    duty="metric.read",
    pace_ms=250,
    over=(BOARD, STAGE),
)
