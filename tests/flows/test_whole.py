"""A list that shows its newest rows alone is searched as a whole: nobody is told "none" because a list is short."""

from pathlib import Path
from typing import Any

import pytest

from kaibo.features.order.latest import LATEST_MAX
from tests.served import Served, do, served

ORDERS = LATEST_MAX + 40


def _told(shop: Any, *items: tuple[int, str]) -> None:
    line = {"product_id": "A1", "quantity": 1, "price_minor": 100}
    told = [
        {"order_id": f"o{place:03}", "kind": kind, "at": 1_000 + place, "buyer": f"b{place}", "lines": [line]}
        for place, kind in items
    ]
    do(shop, "show", "s1", "order.record", platform="shop", items=told)


def _sold(house: Served) -> tuple[Any, Any]:
    """The owner and the shop of a show of more orders than a screen gets, all paid."""
    owner = house.owner()
    do(owner, "show", "s1", "show.plan", show_id="s1", title="x", starts_at=0, ends_at=3_600_000, currency="TWD")
    do(owner, "show", "s1", "product.add", product={"product_id": "A1", "name": "茶", "live_price_minor": 100, "stock": 9_000})
    shop = house.person(owner, "shop", "店", "source")
    _told(shop, *((place, kind) for place in range(ORDERS) for kind in ("created", "paid")))
    return owner, shop


@pytest.fixture(params=["memory", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path):
    with served(tmp_path if request.param == "sqlite" else None) as running:
        yield running


def test_a_buyer_who_paid_before_the_newest_orders_is_found(house: Served) -> None:
    owner, _ = _sold(house)
    views = "/api/streams/show/s1/views/order.latest"
    assert "shop/o000" not in owner.get(views).json()["rows"]
    found = owner.get(f"{views}/all", params={"exactly": "shop/b0"}).json()
    assert (found["total"], found["found"]) == (ORDERS, 1)
    assert found["rows"]["shop/o000"]["state"] == "paid"
    page = owner.get(f"{views}/all", params={"q": " O0", "limit": 10, "skip": 95}).json()
    assert (page["found"], list(page["rows"])) == (100, [f"shop/o{place:03}" for place in (4, 3, 2, 1, 0)])


def test_what_happens_between_two_searches_is_in_the_second(house: Served) -> None:
    owner, shop = _sold(house)
    path = "/api/streams/show/s1/views/order.latest/all"
    assert owner.get(path, params={"q": "o900"}).json()["found"] == 0
    _told(shop, (900, "created"), (3, "refunded"))
    assert owner.get(path, params={"q": "o900"}).json()["found"] == 1
    assert owner.get(path, params={"exactly": "refunded"}).json()["rows"].keys() == {"shop/o003"}


def test_only_who_may_read_the_list_may_search_it_and_a_list_without_a_limit_has_no_rest(house: Served) -> None:
    owner = house.owner()
    do(owner, "show", "s1", "show.plan", show_id="s1", title="x", starts_at=0, ends_at=3_600_000)
    path = "/api/streams/show/s1/views/{}/all"
    assert owner.get(path.format("show.head")).json()["code"] == "core.not_found"
    assert owner.get(path.format("order.latest"), params={"skip": "x"}).json()["code"] == "core.invalid"
    shop = house.person(owner, "shop", "店", "source")
    assert shop.get(path.format("order.latest")).status_code == 403
