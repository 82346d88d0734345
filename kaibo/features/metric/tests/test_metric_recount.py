"""The figures told another way: a naive count of the same events, item by item, must agree with the arrays."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.core.event import Fact
from kaibo.core.stage import Stage
from kaibo.features.audience.columns import KINDS
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, paid
from kaibo.features.order.facts import OrderCreated, OrderPaid

ITEM: st.SearchStrategy[AudienceItem] = st.builds(
    AudienceItem,
    kind=st.sampled_from(KINDS),
    at=st.integers(0, 24 * 60).map(lambda second: START + second * 1000),
    viewer=st.sampled_from([f"v{n}" for n in range(6)]),
    product_id=st.sampled_from(["", "serum", "mask"]),
    count=st.integers(1, 9),
)
ORDER = st.tuples(st.integers(0, 99), st.sampled_from(["", "b1", "b2"]), st.integers(0, 24 * 60), st.booleans())
BATCHES = st.lists(st.lists(ITEM, min_size=1, max_size=25), min_size=1, max_size=6)
ORDERS = st.lists(ORDER, max_size=8, unique_by=lambda order: order[0])


def orders_of(drawn: Sequence[tuple[int, str, int, bool]]) -> list[OrderCreated | OrderPaid]:
    facts: list[OrderCreated | OrderPaid] = []
    for number, buyer, second, is_paid in drawn:
        make = paid if is_paid else created
        facts.append(make(f"o{number}", buyer, START + second * 1000))
    return facts


def play(batches: Sequence[Sequence[AudienceItem]], orders: Sequence[Fact]) -> Stage:
    stage, room = Stage(FEATURE), Room()
    stage.given(PLANNED, at=START + 25 * MINUTE)
    for items in batches:
        stage.given(room.batch(*items))
    return stage.given(*orders)


class Recount:
    """Everything counted one by one."""

    def __init__(self, items: Sequence[AudienceItem], orders: Sequence[OrderCreated | OrderPaid]) -> None:
        self.items, self.orders = items, orders
        instants = [item.at for item in items] + [order.platform_at for order in orders]
        self.newest_at, self.first = max(instants), min(instants) // MINUTE
        self.newest = self.newest_at // MINUTE
        self.online_by_second = self._online_by_second()

    def _online_by_second(self) -> dict[int, int]:
        moves = [item for item in self.items if item.kind in ("enter", "leave")]
        moves.sort(key=lambda item: (item.at, item.kind == "leave"))
        here: set[str] = set()
        curve: dict[int, int] = {}
        place = 0
        for second in range(START // 1000, self.newest_at // 1000 + 60):
            while place < len(moves) and moves[place].at // 1000 == second:
                (here.add if moves[place].kind == "enter" else here.discard)(moves[place].viewer)
                place += 1
            curve[second] = len(here)
        return curve

    def known(self, online: int | None) -> int | None:
        """Nobody knows who is there while no source tells who comes in."""
        return online if any(item.kind == "enter" for item in self.items) else None

    def here_at(self, minute: int) -> set[str]:
        """Who was in the room when a minute began."""
        moves = [item for item in self.items if item.kind in ("enter", "leave") and item.at < minute * MINUTE]
        here: set[str] = set()
        for move in sorted(moves, key=lambda item: (item.at, item.kind == "leave")):
            (here.add if move.kind == "enter" else here.discard)(move.viewer)
        return here

    def window(self, first: int | None, last: int | None) -> dict[str, float | None]:
        def inside(at: int) -> bool:
            return (first is None or at // MINUTE >= first) and (last is None or at // MINUTE <= last)

        items = [item for item in self.items if inside(item.at)]
        bought = [order for order in self.orders if inside(order.platform_at)]
        paid_for = [order for order in bought if isinstance(order, OrderPaid)]
        placed = [order for order in bought if isinstance(order, OrderCreated)]
        uv = len({item.viewer for item in items} | (set() if first is None else self.here_at(first)))
        buyers = len({order.buyer or ("", order.order_id) for order in paid_for})
        gmv = sum(order.amount_minor for order in paid_for)
        told = Counter(item.kind for item in self.items)  # of what no source tells nobody knows
        return {
            "gmv_paid": gmv if self.orders else None,
            "gmv_created": sum(order.amount_minor for order in placed) if self.orders else None,
            "orders_paid": len(paid_for) if self.orders else None,
            "orders_created": len(placed) if self.orders else None,
            "uv": uv if self.items else None,
            "buyers": buyers if self.orders else None,
            "pv": sum(item.kind == "enter" for item in items) if told["enter"] else None,
            "comments": sum(item.kind == "comment" for item in items) if told["comment"] else None,
            "follows": sum(item.kind == "follow" for item in items) if told["follow"] else None,
            "clicks": sum(item.kind == "click" for item in items) if told["click"] else None,
            "likes": sum(item.count for item in items if item.kind == "like") if told["like"] else None,
            "conversion": buyers / uv if uv and buyers <= uv and told["enter"] and self.orders else None,
            "value_per_buyer": gmv / buyers if buyers else None,
        }

    def mean_online(self, first: int, last: int) -> float:
        seconds = range(max(first, self.first) * 60, min(last * 60 + 59, self.newest_at // 1000) + 1)
        return sum(self.online_by_second[second] for second in seconds) / len(seconds)


@settings(max_examples=80, deadline=None)
@given(batches=BATCHES, drawn=ORDERS)
def test_the_tiles_agree_with_a_naive_recount(batches: list[list[AudienceItem]], drawn: Any) -> None:
    orders = orders_of(drawn)
    tiles = play(batches, orders).rows("metric.tiles")
    recount = Recount([item for items in batches for item in items], orders)
    for name, expected in recount.window(None, None).items():
        assert tiles[name].value == expected, name
    assert tiles["online"].value == recount.known(list(recount.online_by_second.values())[-1])
    assert tiles["pcu"].value == recount.known(max(recount.online_by_second.values()))
    for field, back in (("last_10", 0), ("prev_10", 1)):
        last = recount.newest - 10 * back
        if recount.first > last:
            assert all(getattr(tile, field) is None for tile in tiles.values())
            continue
        for name, expected in recount.window(last - 9, last).items():
            assert getattr(tiles[name], field) == expected, (name, field)
        assert getattr(tiles["online"], field) == (
            pytest.approx(recount.mean_online(last - 9, last)) if recount.known(1) else None
        )


@settings(max_examples=60, deadline=None)
@given(batches=BATCHES, drawn=ORDERS)
def test_the_minutes_agree_with_a_naive_recount(batches: list[list[AudienceItem]], drawn: Any) -> None:
    orders = orders_of(drawn)
    rows = play(batches, orders).rows("metric.minutes")
    recount = Recount([item for items in batches for item in items], orders)
    wanted = {item.at // MINUTE for item in recount.items} | {order.platform_at // MINUTE for order in orders}
    assert {row.minute for row in rows.values()} == wanted
    for row in rows.values():
        expected = recount.window(row.minute, row.minute)
        found = (
            row.gmv_paid_minor,
            row.gmv_created_minor,
            row.orders_created,
            row.orders_paid,
            row.enters,
            row.comments,
            row.likes,
        )
        names = ("gmv_paid", "gmv_created", "orders_created", "orders_paid", "pv", "comments", "likes")
        assert found == tuple(expected[name] for name in names)
        assert row.online == recount.known(recount.online_by_second.get(row.minute * 60 + 59))


@settings(max_examples=60, deadline=None)
@given(batches=BATCHES, drawn=ORDERS)
def test_products_agree_with_a_naive_recount(batches: list[list[AudienceItem]], drawn: Any) -> None:
    orders = orders_of(drawn)
    rows = play(batches, orders).rows("metric.products")
    clicks: dict[str, int] = defaultdict(int)
    for items in batches:
        for item in items:
            clicks[item.product_id] += item.kind == "click"
    assert {key: row.clicks for key, row in rows.items() if row.clicks} == {key: n for key, n in clicks.items() if n and key}
    if orders:
        settled = [order for order in orders if isinstance(order, OrderPaid)]
        assert rows["serum"].gmv_paid_minor == sum(order.amount_minor for order in settled)
        assert rows["serum"].orders_created == len(orders) - len(settled)


@settings(max_examples=60, deadline=None)
@given(batches=BATCHES, drawn=ORDERS, data=st.data())
def test_the_order_of_arrival_does_not_matter(batches: list[list[AudienceItem]], drawn: Any, data: st.DataObject) -> None:
    orders = orders_of(drawn)
    shuffled = data.draw(st.permutations(batches))
    one, other = play(batches, orders), play(shuffled, list(reversed(orders)))
    for view in ("metric.tiles", "metric.minutes", "metric.products", "metric.cues"):
        assert one.rows(view) == other.rows(view)
