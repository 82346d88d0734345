"""The figures of an archived show in one pass over its columns, beside nobody and in bounded memory."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from kaibo.analysis.windows import around
from kaibo.features.audience.facts import KINDS

compute: Any = pc  # pyarrow says nothing of its types
parquet: Any = pq

MINUTE_MS = 60_000
WINDOW_MINUTES = 5
KEPT = (1, 5, 10, 30)  # minutes after which those who stayed are counted
STEPS = ("enter", "view", "click")  # of the funnel, before orders
Ints = NDArray[np.int64]
Reach = tuple[int, int, int]  # ms: where the window before begins, the instant, where the window after ends


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """Stays begun in a minute (since 1970), and how many of them lasted `KEPT` minutes or go on."""

    minute: int
    stays: int
    kept: tuple[int, ...]


class Sold(msgspec.Struct, frozen=True, kw_only=True):
    """What one product sold, and how often it was clicked."""

    product_id: str
    clicks: int
    units_paid: int
    gmv_paid_minor: int


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """Clicks and paid units of a promo's product in the five minutes before and after the shop confirmed it.

    Neither window reaches before going on air or past the end of the show; one that ended sooner is compared over the time it was on, as
    long before.
    """

    promo_id: str
    clicks: tuple[int, int]
    units_paid: tuple[int, int]


class ShowFigures(msgspec.Struct, frozen=True, kw_only=True):
    """`gmv_paid` and `pv` by minute, `uv_windows` by five minutes (both since 1970); `funnel` in distinct people."""

    uv: int
    gmv_paid: dict[int, int]
    pv: dict[int, int]
    uv_windows: dict[int, int]
    funnel: dict[str, int]
    retention: tuple[Cohort, ...]
    products: tuple[Sold, ...]
    promos: tuple[Moved, ...]


def figures_of(folder: Path) -> ShowFigures:
    """Read the archive in `folder` once."""
    promos = [row for row in _read(folder / "promos.parquet").to_pylist() if row["applied_at"] is not None]
    promos.sort(key=lambda row: row["promo_id"])
    reaches = _reaches(folder, promos)
    room = Room(promos, reaches)
    for group in _groups(folder / "audience.parquet"):
        room.take(*group)
    till = _till(folder, promos, reaches)
    return ShowFigures(
        uv=int(np.count_nonzero(room.did.any(axis=0))),
        gmv_paid=till.gmv,
        pv=room.pv,
        uv_windows={window: int(np.count_nonzero(bits)) for window, bits in sorted(room.windows.items())},
        funnel={**{step: int(np.count_nonzero(room.did[KINDS.index(step)])) for step in STEPS}, **till.people},
        retention=room.retention(),
        products=tuple(
            Sold(product_id=name, clicks=room.clicks.get(name, 0), units_paid=units, gmv_paid_minor=minor)
            for name, (units, minor) in sorted(till.products.items(), key=lambda pair: (-pair[1][1], pair[0]))
        ),
        promos=tuple(
            Moved(promo_id=row["promo_id"], clicks=room.around[row["promo_id"]], units_paid=till.around[row["promo_id"]])
            for row in promos
        ),
    )


# the audience
def _groups(path: Path) -> Iterator[tuple[Ints, NDArray[np.uint8], NDArray[np.int32], NDArray[np.int32], list[str]]]:
    """(instants, kinds as indices into KINDS, viewers, product codes with -1 for none, product names) of each row group."""
    file: Any = parquet.ParquetFile(path, read_dictionary=["kind", "product_id"])
    for number in range(file.num_row_groups):
        table = file.read_row_group(number, columns=["platform_at", "kind", "viewer", "product_id"]).combine_chunks()
        kinds, products = (_one(table.column(name)) for name in ("kind", "product_id"))
        codes = np.array([KINDS.index(word) for word in kinds.dictionary.to_pylist()] or [0], np.uint8)
        yield (
            _one(table.column("platform_at")).view("int64").to_numpy(),
            codes[kinds.indices.to_numpy()],
            _one(table.column("viewer")).to_numpy(),
            compute.fill_null(products.indices, -1).to_numpy(zero_copy_only=False),
            products.dictionary.to_pylist(),
        )


def _one(column: Any) -> Any:
    return column.chunk(0)


def _read(path: Path, columns: list[str] | None = None) -> Any:
    """A small table, whole. (`read_table` would load half a second of pyarrow that nothing here needs.)"""
    return parquet.ParquetFile(path).read(columns=columns)


def _grown(bits: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """Room for viewers below `size` in the last axis."""
    known = bits.shape[-1]
    if size <= known:
        return bits
    larger = np.zeros((*bits.shape[:-1], max(size, 2 * known, 1024)), np.bool_)
    larger[..., :known] = bits
    return larger


class Room:
    """What viewers did."""

    def __init__(self, promos: list[dict[str, Any]], reaches: Mapping[str, Reach]) -> None:
        """Nobody yet. `promos` are those the shop confirmed, `reaches` their windows."""
        self.did = np.zeros((len(KINDS), 0), np.bool_)
        self.windows: dict[int, NDArray[np.bool_]] = {}
        self.pv: dict[int, int] = {}
        self.clicks: dict[str, int] = {}
        self.around: dict[str, tuple[int, int]] = {row["promo_id"]: (0, 0) for row in promos}
        self._promos, self._reaches = promos, reaches
        self._moves: list[tuple[NDArray[np.int32], Ints]] = []

    def take(
        self, at: Ints, kind: NDArray[np.uint8], viewer: NDArray[np.int32], product: NDArray[np.int32], names: list[str]
    ) -> None:
        """One group of rows."""
        size = int(viewer.max()) + 1
        self.did = _grown(self.did, size)
        self.did[kind, viewer] = True
        minute = at // MINUTE_MS
        enters, leaves = kind == KINDS.index("enter"), kind == KINDS.index("leave")
        self._take_windows(minute // WINDOW_MINUTES, viewer, size)
        for each, count in zip(*(part.tolist() for part in np.unique(minute[enters], return_counts=True)), strict=True):
            self.pv[each] = self.pv.get(each, 0) + count
        moves = enters | leaves
        self._moves.append((viewer[moves], 2 * at[moves] + leaves[moves]))
        clicked = (kind == KINDS.index("click")) & (product >= 0)
        self._take_clicks(at[clicked], product[clicked], names)

    def _take_windows(self, window: Ints, viewer: NDArray[np.int32], size: int) -> None:
        each: int
        for each in np.unique(window).tolist():  # those there are: one instant far away must not make the show longer
            bits = self.windows[each] = _grown(self.windows.get(each, np.zeros(0, np.bool_)), size)
            bits[viewer[window == each]] = True

    def _take_clicks(self, at: Ints, product: NDArray[np.int32], names: list[str]) -> None:
        counts: list[int] = np.bincount(product, minlength=len(names)).tolist() if len(product) else []
        for name, count in zip(names, counts, strict=False):
            self.clicks[name] = self.clicks.get(name, 0) + count
        for row in self._promos:
            if row["product_id"] in names:
                mine = at[product == names.index(row["product_id"])]
                before, after = self.around[row["promo_id"]]
                more = _before_after(mine, self._reaches[row["promo_id"]])
                self.around[row["promo_id"]] = before + more[0], after + more[1]

    def retention(self) -> tuple[Cohort, ...]:
        """A stay begins when somebody who was not in the room enters, and ends when they leave."""
        if not self._moves:
            return ()
        viewer, key = (np.concatenate(parts) for parts in zip(*self._moves, strict=True))
        order = np.lexsort((key, viewer))
        viewer, key = viewer[order], key[order]
        enters = (key & 1) == 0
        first = np.ones(len(key), np.bool_)
        first[1:] = viewer[1:] != viewer[:-1]
        was = np.zeros(len(key), np.bool_)
        was[1:] = enters[:-1] & ~first[1:]
        turns = enters != was
        viewer, key, enters = viewer[turns], key[turns], enters[turns]
        begins = np.flatnonzero(enters)
        ends = np.minimum(begins + 1, len(key) - 1)
        left = (ends > begins) & (viewer[ends] == viewer[begins])
        length = np.where(left, ((key[ends] >> 1) - (key[begins] >> 1)) // MINUTE_MS, KEPT[-1])
        minutes, place = np.unique((key[begins] >> 1) // MINUTE_MS, return_inverse=True)
        stays = np.bincount(place, minlength=len(minutes)).tolist()
        kept = [np.bincount(place[length >= each], minlength=len(minutes)).tolist() for each in KEPT]
        return tuple(
            Cohort(minute=minute, stays=stays[row], kept=tuple(counts[row] for counts in kept))
            for row, minute in enumerate(minutes.tolist())
        )


# the orders
class Till:
    """What was ordered and paid."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.gmv: dict[int, int] = {}
        self.people: dict[str, int] = {}
        self.products: dict[str, tuple[int, int]] = {}
        self.around: dict[str, tuple[int, int]] = {}


def _till(folder: Path, promos: list[dict[str, Any]], reaches: Mapping[str, Reach]) -> Till:
    till = Till()
    orders: Any = _read(folder / "orders.parquet", ["what", "platform_at", "platform", "buyer", "order_id", "amount_minor"])
    for what, step in (("created", "ordered"), ("paid", "paid")):
        part = orders.filter(compute.equal(orders.column("what"), what))
        till.people[step] = _people(part)
    paid = orders.filter(compute.equal(orders.column("what"), "paid"))
    minute = paid.column("platform_at").cast("int64").to_numpy() // MINUTE_MS
    till.gmv = _summed(minute, paid.column("amount_minor").to_numpy())
    lines: Any = _read(folder / "order_lines.parquet", ["what", "platform_at", "product_id", "quantity", "price_minor"])
    lines = lines.filter(compute.equal(lines.column("what"), "paid"))
    names, codes = np.unique(
        lines.column("product_id").cast("string").to_numpy(zero_copy_only=False).astype(str), return_inverse=True
    )
    units, price = lines.column("quantity").to_numpy().astype(np.int64), lines.column("price_minor").to_numpy()
    at = lines.column("platform_at").cast("int64").to_numpy()
    for code, name in enumerate(names.tolist()):
        mine = codes == code
        till.products[name] = int(units[mine].sum()), int((units[mine] * price[mine]).sum())
    for row in promos:
        mine = (
            np.flatnonzero(codes == names.tolist().index(row["product_id"]))
            if row["product_id"] in names
            else np.zeros(0, np.int64)
        )
        till.around[row["promo_id"]] = _before_after(at[mine], reaches[row["promo_id"]], units[mine])
    return till


def _people(orders: Any) -> int:
    """Distinct buyers of a platform; an order that hides its buyer stands for a person of its own."""
    if not len(orders):
        return 0
    hidden = compute.equal(orders.column("buyer"), "")
    who = compute.if_else(hidden, compute.binary_join_element_wise("", orders.column("order_id"), "/"), orders.column("buyer"))
    return len(compute.unique(compute.binary_join_element_wise(orders.column("platform").cast("string"), who, "\t")))


def _summed(minute: Ints, amount: Ints) -> dict[int, int]:
    if not len(minute):
        return {}
    minutes, place = np.unique(minute, return_inverse=True)
    sums = np.zeros(len(minutes), np.int64)
    np.add.at(sums, place, amount)
    return dict(zip(minutes.tolist(), sums.tolist(), strict=True))


def _reaches(folder: Path, promos: list[dict[str, Any]]) -> dict[str, Reach]:
    shows = _read(folder / "shows.parquet", ["aired_at", "ended_at"]).to_pylist()
    aired_at, ended_at = (_ms(shows[0][name]) if shows else None for name in ("aired_at", "ended_at"))
    found: dict[str, Reach] = {}
    for row in promos:
        middle = _ms(row["applied_at"]) or 0
        before, after = around(middle, aired_at, ended_at, _ms(row["ended_at"]))
        found[row["promo_id"]] = middle - before, middle, middle + after
    return found


def _ms(at: Any) -> int | None:
    return None if at is None else round(at.timestamp() * 1000)


def _before_after(at: Ints, reach: Reach, weight: Ints | None = None) -> tuple[int, int]:
    """How much of it fell in the window before an instant, and how much in the one from it on."""
    start, middle, end = reach
    before, after = (at >= start) & (at < middle), (at >= middle) & (at < end)
    if weight is None:
        return int(np.count_nonzero(before)), int(np.count_nonzero(after))
    return int(weight[before].sum()), int(weight[after].sum())
