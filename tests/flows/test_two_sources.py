"""Two programs tell of one room: whoever of them tells of an order, its buyer is one viewer, and one unit is sold once."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.served import Served, do, served

LOOKS = 5_000


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as running:
        yield running


def tell(
    owner: httpx.Client, source: str, *, items: tuple[dict[str, Any], ...] = (), orders: tuple[dict[str, Any], ...] = ()
) -> None:
    token = owner.post("/api/tokens", json={"label": f"{source}{time.time_ns()}", "roles": ["source"]}).json()["token"]
    body = {"source": source, "room": "R", "items": list(items), "orders": list(orders)}
    answer = httpx.post(f"{owner.base_url}/api/ingest/s1", json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text


def rows(owner: httpx.Client, view: str) -> dict[str, Any]:
    found: dict[str, Any] = owner.get(f"/api/streams/show/s1/views/{view}").json()["rows"]
    return found


def test_the_buyer_of_a_source_that_came_second_is_the_rooms_own_viewer(house: Served) -> None:
    owner, now = house.owner(), time.time_ns() // 1_000_000
    do(owner, "show", "s1", "show.plan", show_id="s1", title="兩個來源", starts_at=now, ends_at=now + 3_600_000)
    do(
        owner,
        "show",
        "s1",
        "product.add",
        product={"product_id": "A1", "name": "商品甲", "live_price_minor": 10_000, "stock": 10},
    )
    do(owner, "show", "s1", "claim.set_policy", policy={"capture": "always"})
    do(owner, "show", "s1", "show.air")
    at = time.time_ns() // 1_000_000
    tell(owner, "first", items=({"kind": "enter", "at": at, "viewer": "v0"},))
    tell(owner, "second", items=({"kind": "comment", "at": at, "viewer": "ann", "name": "安", "text": "A1+1"},))
    assert any(rows(owner, "claim.stock")["A1/"]["held"] == 1 for _ in range(LOOKS))
    about = {"order_id": "o1", "buyer": "ann", "at": at, "lines": [{"product_id": "A1", "quantity": 1, "price_minor": 10_000}]}
    tell(owner, "second", orders=({"kind": "created", **about}, {"kind": "paid", **about}))
    assert any(next(iter(rows(owner, "claim.claims").values()))["paid"] == 1 for _ in range(LOOKS))
    stock = rows(owner, "claim.stock")["A1/"]
    assert (stock["held"], stock["left"]) == (0, 9)
    again = {**about, "order_id": "o2"}
    tell(owner, "first", orders=({"kind": "created", **again}, {"kind": "paid", **again}))
    tiles = rows(owner, "metric.tiles")
    assert any(rows(owner, "metric.tiles")["orders_paid"]["value"] == 2 for _ in range(LOOKS)), tiles["orders_paid"]
    assert rows(owner, "metric.tiles")["buyers"]["value"] == 1


def test_the_buyer_of_an_order_that_came_before_all_viewers_is_the_rooms_own_viewer(house: Served) -> None:
    owner, now = house.owner(), time.time_ns() // 1_000_000
    do(owner, "show", "s1", "show.plan", show_id="s1", title="先有訂單", starts_at=now, ends_at=now + 3_600_000)
    do(owner, "show", "s1", "product.add", product={"product_id": "A1", "name": "商品甲", "live_price_minor": 10_000, "stock": 1})
    do(owner, "show", "s1", "show.air")
    at = time.time_ns() // 1_000_000
    about = {"order_id": "o1", "buyer": "ann", "at": at, "lines": [{"product_id": "A1", "quantity": 2, "price_minor": 10_000}]}
    tell(owner, "second", orders=({"kind": "created", **about}, {"kind": "paid", **about}))
    assert any(rows(owner, "claim.oversold") for _ in range(LOOKS))
    assert [row["buyer"] for row in rows(owner, "claim.oversold").values()] == ["second/ann"]
    tell(owner, "first", items=({"kind": "enter", "at": at, "viewer": "ann"},))
    assert any(rows(owner, "metric.tiles")["pv"]["value"] == 1 for _ in range(LOOKS))
    assert [row["buyer"] for row in rows(owner, "claim.oversold").values()] == ["second/ann"]
    again = {**about, "order_id": "o2"}
    tell(owner, "first", orders=({"kind": "created", **again}, {"kind": "paid", **again}))
    assert any(rows(owner, "metric.tiles")["orders_paid"]["value"] == 2 for _ in range(LOOKS))
    assert (rows(owner, "metric.tiles")["buyers"]["value"], rows(owner, "metric.tiles")["conversion"]["value"]) == (1, 1)
