"""The stock that is true now: what is held, ordered and left of each product and variant, how fast it goes, and how claims stand."""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.claim.facts import (
    ClaimPolicySet,
    ClaimsDecided,
    ClaimsMissed,
    ClaimsMissedSettled,
    Policy,
)
from kaibo.features.claim.goods import Goods
from kaibo.features.claim.slices import MOVES, Shelf
from kaibo.features.claim.slices import STOCK as SHELF
from kaibo.features.claim.window import WINDOW, Windows
from kaibo.features.order.slices import LEDGER, TAKEN, Change, Ledger, Order, Place, Taken
from kaibo.features.show.slices import STAGE, TURN, ShowNow

PACE_MS = 60_000
# What one or two buyers take in their first minute says nothing of the hour: a forecast wants so many, over so long.
BASIS_MS = 120_000
BUYERS_LEAST = 5
BUYERS_KEPT = 20  # more make a forecast no truer
ALL = "all"


class StockRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `claim.stock`, key `product_id/variant`; `product_id/` is the product as a whole.

    Units: `stock` there were, `held` by claims, `ordered`, `left` (None: without end; below nought when more was promised than there
    is), `oversold` (promised beyond what each pool has), `claimed` ever, `waits`.
    `limit`: how many a buyer may have (None: as many as there are). `pace` units that went in the minute before `paced_at` (ms UTC); `empty_at`: when nothing will be left at that pace,
    None once the show is over, and while fewer than five buyers took some in the last two minutes or nobody did before them. `buyers` of those two
    minutes, twenty at most.
    """

    product_id: str
    variant: str
    name: str
    keywords: tuple[str, ...]
    price_minor: int | None
    currency: str
    stock: int | None
    held: int
    ordered: int
    left: int | None
    claimed: int
    waits: int
    limit: int | None
    pace: int
    paced_at: int
    empty_at: int | None
    sold_out: bool
    open: bool
    oversold: int = 0
    buyers: int = 0


class DeskRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `claim.desk`, key `all`: how this show takes claims, and whether comments are orders at this moment.

    `chosen`: somebody said how. `missed` comments ordered something while the show took no claims, the first at `missed_at`; `early`
    ordered before it went on air, `unkept` on air but beyond what is kept.
    """

    policy: Policy
    window_open: bool
    taking: bool
    since: int
    chosen: bool = False
    missed: int = 0
    missed_at: int | None = None
    early: int = 0
    unkept: int = 0


@dataclass(slots=True)
class Stock:
    """Rows over the shelf, and by product what went lately: (at, units), newest last, and their sum; `since` when it sells, and who took some last, when."""

    shelf: Shelf
    show: ShowNow
    rows: dict[str, StockRow] = field(default_factory=dict[str, StockRow])
    keys_of: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    left: dict[str, int] = field(default_factory=dict[str, int])
    went: dict[str, deque[tuple[int, int]]] = field(default_factory=dict[str, deque[tuple[int, int]]])
    lately: dict[str, int] = field(default_factory=dict[str, int])
    since: dict[str, int] = field(default_factory=dict[str, int])
    buyers: dict[str, OrderedDict[str, int]] = field(default_factory=dict[str, OrderedDict[str, int]])


def _begin(shelf: Shelf, taken: Taken, show: ShowNow, ledger: Ledger) -> Stock:
    del taken, ledger  # whether it was touched is all that is asked of it
    return Stock(shelf, show)


def fold_rows(stock: Stock, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Only products something happened to are counted again; and at the end nothing goes on as it went."""
    changed = _end(stock) if TURN in touched.of(STAGE) and stock.show.ended else set[str]()
    sells = TAKEN.name in touched or isinstance(event.fact, MOVES)
    _buy(stock, event, touched)
    for product_id in sorted(touched.of(SHELF)):
        before = stock.keys_of.pop(product_id, ())
        goods = stock.shelf.goods.get(product_id)
        rows = _rows(stock, goods, event.at, sells=sells) if goods else {}
        for key in before:
            if key not in rows:
                del stock.rows[key]
        changed.update(before, rows)
        stock.rows.update(rows)
        stock.keys_of[product_id] = tuple(rows)
    return changed


def _buy(stock: Stock, event: Event[Fact], touched: Touched) -> None:
    """Remember who takes some, by claims and by all that is told of orders; and forget whose order gave all of it back."""
    if isinstance(event.fact, ClaimsDecided):
        for each in event.fact.decisions:
            if each.got:
                _took(stock, each.product_id, each.buyer, event.at)
        return
    for change in stock.shelf.taken.ledger.changes(event.fact, touched):
        _ordered(stock, change, event.at)


def _ordered(stock: Stock, change: Change, at: int) -> None:
    was, now = _name(stock, change.place, change.before), _name(stock, change.place, change.after)
    had, has = _units(change.before), _units(change.after)
    for product_id in had | has:
        buyers = stock.buyers.get(product_id)
        bought = buyers.pop(was, None) if buyers and (was != now or not has[product_id]) else None
        if has[product_id] > had[product_id]:
            _took(stock, product_id, now, at)
        elif bought is not None and has[product_id]:
            _took(stock, product_id, now, bought)


def _name(stock: Stock, place: Place, order: Order) -> str:
    return stock.shelf.buyer_of(place, order.buyer or f"?{place[1]}")


def _units(order: Order) -> Counter[str]:
    units = Counter[str]()
    for (product_id, _), count in order.has().items():
        units[product_id] += count
    return units


def _took(stock: Stock, product_id: str, buyer: str, at: int) -> None:
    buyers = stock.buyers.get(product_id)
    if buyers is None:
        stock.since[product_id], buyers = at, stock.buyers.setdefault(product_id, OrderedDict[str, int]())
    buyers[buyer] = at
    buyers.move_to_end(buyer)
    if len(buyers) > BUYERS_KEPT:
        buyers.popitem(last=False)


def _buyers(stock: Stock, product_id: str, at: int) -> int:
    """How many took some in the last two minutes."""
    buyers, since = stock.buyers.get(product_id), at - BASIS_MS
    return sum([bought > since for bought in buyers.values()]) if buyers else 0


def _end(stock: Stock) -> set[str]:
    changed = {key: msgspec.structs.replace(row, empty_at=None) for key, row in stock.rows.items() if row.empty_at is not None}
    stock.rows.update(changed)
    return set(changed)


def _stock_of_all(goods: Goods) -> int | None:
    own = sum(goods.own.get(pool, 0) for pool in goods.pools() if pool)
    base = goods.stock("") if "" in goods.pools() else 0
    return None if base is None else base + own


def _empty_at(left: int | None, pace: int, at: int) -> int | None:
    return at + left * PACE_MS // pace if left and left > 0 and pace > 0 else None


def _rows(stock: Stock, goods: Goods, at: int, *, sells: bool) -> dict[str, StockRow]:
    left = goods.left()
    pace = _pace(stock, goods.product_id, left, at, sells=sells)
    limit = stock.shelf.limit_of(goods)
    buyers, sells_since = _buyers(stock, goods.product_id, at), stock.since.get(goods.product_id, at)
    tells = not stock.show.ended and sells_since <= at - BASIS_MS and buyers >= BUYERS_LEAST  # enough of them, over long enough
    empty_at = _empty_at(left, pace, at) if tells else None
    if not goods.variants and goods.slots.keys() <= {""}:  # most products: the product is its one slot
        return {f"{goods.product_id}/": _row(goods, "", at, pace, limit, empty_at, buyers)}
    slots = list(goods.slots.values())
    rows = {
        f"{goods.product_id}/": msgspec.structs.replace(
            _row(goods, "", at, pace, limit, empty_at, buyers),
            stock=_stock_of_all(goods),
            held=sum(slot.held for slot in slots),
            ordered=sum(goods.ordered(variant) for variant in {"", *goods.slots}),
            claimed=sum(slot.claimed for slot in slots),
            waits=sum(slot.waiting for slot in slots),
            left=left,
            oversold=sum(goods.lacking().values()),
        )
    }
    for variant in goods.variants:
        rows[f"{goods.product_id}/{variant}"] = _row(goods, variant, at, 0, limit)
    return rows


def _row(
    goods: Goods, variant: str, at: int, pace: int, limit: int | None, empty_at: int | None = None, buyers: int = 0
) -> StockRow:
    slot = goods.slot(variant) if variant or not goods.variants else None
    pool = goods.pool(variant)
    return StockRow(
        product_id=goods.product_id,
        variant=variant,
        name=goods.offer.sheet.name,
        keywords=goods.words(),
        price_minor=goods.offer.price_minor,
        currency=goods.offer.currency,
        stock=goods.stock(pool),
        held=slot.held if slot else 0,
        ordered=goods.ordered(variant) if slot else 0,
        left=goods.free(pool),
        claimed=slot.claimed if slot else 0,
        waits=slot.waiting if slot else 0,
        limit=limit,
        pace=pace,
        paced_at=at,
        empty_at=empty_at,
        sold_out=goods.empty(),
        open=goods.open,
        oversold=goods.lacking().get(pool, 0) if pool == variant else 0,
        buyers=buyers,
    )


def _pace(stock: Stock, product_id: str, left: int | None, at: int, *, sells: bool) -> int:
    """Units that left the shelf in the last minute; a hold that turns into an order goes out and comes back, and counts once."""
    went, lately = stock.went.setdefault(product_id, deque()), stock.lately.get(product_id, 0)
    before = stock.left.get(product_id)
    if left is None:
        stock.left.pop(product_id, None)
    else:
        stock.left[product_id] = left
        if sells and before is not None and left != before:
            went.append((at, before - left))
            lately += before - left
    while went and went[0][0] <= at - PACE_MS:
        lately -= went.popleft()[1]
    stock.lately[product_id] = lately
    return max(0, lately)


@dataclass(slots=True)
class Desk:
    """The one row."""

    show: ShowNow
    windows: Windows
    row: DeskRow = field(default_factory=lambda: DeskRow(policy=Policy(), window_open=False, taking=False, since=0))


def fold_desk(desk: Desk, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The policy, the window and the show's two ends; and what is missed while no claims are taken."""
    del touched
    if isinstance(event.fact, ClaimsMissed | ClaimsMissedSettled):
        desk.row = _missed(desk.row, event.fact)
        return (ALL,)
    row, policy, is_open = desk.row, desk.row.policy, desk.windows.is_open
    if isinstance(event.fact, ClaimPolicySet):
        policy = event.fact.policy
        row = msgspec.structs.replace(row, chosen=True)
    taking = is_open if policy.capture == "window" else desk.show.live and policy.capture == "always"
    since = event.at if taking is not row.taking else row.since
    desk.row = msgspec.structs.replace(row, policy=policy, window_open=is_open, taking=taking, since=since)
    return (ALL,)


def _missed(row: DeskRow, fact: ClaimsMissed | ClaimsMissedSettled) -> DeskRow:
    match fact:
        case ClaimsMissed(comments=comments):
            first = [at for at in (row.missed_at, *(missed.at for missed in comments)) if at is not None]
            return msgspec.structs.replace(
                row,
                missed=row.missed + len(comments),
                missed_at=min(first, default=None),
                early=row.early + fact.early,
                unkept=row.unkept + fact.unkept,
            )
        case ClaimsMissedSettled():
            return msgspec.structs.replace(row, missed=0, missed_at=None, early=0, unkept=0)


STOCK = View(
    name="claim.stock",
    row=StockRow,
    reads=(ClaimsDecided,),
    state=_begin,
    fold=fold_rows,
    keys=lambda stock: stock.rows.keys(),
    get=lambda stock, key: stock.rows.get(key),
    duty="product.read",
    pace_ms=200,
    over=(SHELF, TAKEN, STAGE, LEDGER),
)
DESK = View(
    name="claim.desk",
    row=DeskRow,
    reads=(ClaimPolicySet, ClaimsMissed, ClaimsMissedSettled),
    state=Desk,
    fold=fold_desk,
    keys=lambda _: (ALL,),
    get=lambda desk, key: desk.row if key == ALL else None,
    duty="product.read",
    over=(STAGE, WINDOW),
)
