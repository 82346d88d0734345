"""One workspace, shows in several currencies: every amount stands in its own, and none is added to another."""

import time
from typing import Any

import pytest

from tests.served import Served, ask, do, row, served

SHOWS = {"tw": ("TWD", 16900), "jp": ("JPY", 1200), "kw": ("KWD", 4500)}


def sell(house: Served, show: str, currency: str, price_minor: int) -> None:
    """A claim by comment, its order and its payment, in a show of this currency."""
    owner, now = house.owner(), int(time.time() * 1000)
    plan = {"show_id": show, "title": show, "starts_at": now, "ends_at": now + 3_600_000, "currency": currency}
    do(owner, "show", show, "show.plan", **plan)
    do(
        owner,
        "show",
        show,
        "product.add",
        product={"product_id": "A1", "name": "茶", "live_price_minor": price_minor, "stock": 9},
    )
    do(owner, "show", show, "show.air")
    do(owner, "show", show, "claim.set_policy", policy={"capture": "always"})
    do(owner, "show", show, "claim.claim", buyer="fb/ann", name="Ann", product_id="A1", quantity=2)
    line = {"product_id": "A1", "quantity": 2, "price_minor": price_minor}
    created = {"kind": "created", "order_id": "o1", "at": now, "buyer": "ann", "lines": [line]}
    token = owner.post("/api/tokens", json={"label": show, "roles": ["source"]}).json()["token"]
    owner.headers["Authorization"] = f"Bearer {token}"
    do(owner, "show", show, "order.record", platform="fb", items=[created, {"kind": "paid", "order_id": "o1", "at": now + 1}])
    other = {**created, "order_id": "o2", "currency": "USD"}
    refused = ask(owner, "show", show, "order.record", platform="fb", items=[other])
    assert (refused.status_code, refused.json()["code"]) == (422, "order.wrong_currency")
    del owner.headers["Authorization"]


@pytest.fixture(scope="module")
def house() -> Any:
    with served() as house:
        for show, (currency, price_minor) in SHOWS.items():
            sell(house, show, currency, price_minor)
        yield house


@pytest.mark.parametrize(("show", "currency", "price_minor"), [(show, *money) for show, money in SHOWS.items()])
def test_every_amount_stands_in_the_currency_of_its_show(house: Served, show: str, currency: str, price_minor: int) -> None:
    owner, stream = house.owner(), f"show/{show}"
    assert row(owner, stream, "product.cards", "A1")["currency"] == currency
    order = row(owner, stream, "order.latest", "fb/o1")
    assert (order["currency"], order["amount_minor"]) == (currency, 2 * price_minor)
    assert row(owner, stream, "order.counts", "all")["paid_minor"] == 2 * price_minor
    wanted = {"claimed": 2, "checked_out": 2, "paid": 2, "cancelled": 0}
    deadline = time.monotonic() + 10
    while True:  # the claim is settled by a follower of the log, at its own pace
        numbers = row(owner, stream, "claim.numbers", f"currency/{currency}")
        if {name: numbers[name] for name in wanted} == wanted or time.monotonic() > deadline:
            break
    assert {name: numbers[name] for name in wanted} == wanted
    assert numbers["paid_minor"] == 2 * price_minor
    rows = owner.get(f"/api/streams/{stream}/views/claim.numbers").json()["rows"]
    assert [key for key in rows if key.startswith("currency/")] == [f"currency/{currency}"]
