"""A show planned like another: what comes along, what stays behind, and what a caller may not bring."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.served import Served, do, served

START = 1_764_331_200_000
DAY_MS = 86_400_000
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        yield running


def rows(client: httpx.Client, show: str, view: str) -> dict[str, Any]:
    return client.get(f"/api/streams/show/{show}/views/{view}").json()["rows"]


def copied(client: httpx.Client, show: str, to: str, starts_at: int) -> httpx.Response:
    plan = {"show_id": to, "title": "隔日場", "starts_at": starts_at, "ends_at": starts_at + 4 * HOUR_MS}
    return client.post(f"/api/streams/show/{show}/copies", json=plan)


@pytest.fixture(scope="module")
def evening(house: Served) -> httpx.Client:
    """A show that ran: with products, a rundown, claims, a target, an alarm; and things of that evening alone."""
    owner = house.owner()
    do(owner, "show", "first", "show.plan", show_id="first", title="首場", starts_at=START, ends_at=START + 4 * HOUR_MS)
    product = {"product_id": "A01", "name": "面膜", "list_price_minor": 50_000, "live_price_minor": 29_900, "stock": 10}
    do(owner, "show", "first", "product.add", product=product)
    for cue_id, after, more in (
        ("open", None, {}),
        ("mask", "open", {"product_id": "A01", "start_mode": "hard", "start_at": START + HOUR_MS}),
    ):
        cue = {"cue_id": cue_id, "title": cue_id, "duration_ms": 600_000, **more}
        do(owner, "show", "first", "rundown.add_cue", cue=cue, after_cue_id=after)
    do(owner, "show", "first", "claim.set_policy", policy={"capture": "always", "hold_minutes": 20})
    do(owner, "show", "first", "claim.set_keywords", product_id="A01", keywords=["面膜"])
    do(owner, "show", "first", "claim.set_limit", product_id="A01", limit=2)
    do(owner, "show", "first", "claim.set_stock", product_id="A01", variant="", stock=5)
    do(owner, "show", "first", "metric.set_target", metric="gmv_paid", value=120_000)
    do(owner, "show", "first", "alarm.choose_usual")
    do(owner, "show", "first", "show.air")
    do(owner, "show", "first", "rundown.go", expect_cue_id="open")
    return owner


def test_the_next_evening_begins_with_the_last_ones_plan(evening: httpx.Client) -> None:
    answer = copied(evening, "first", "second", START + DAY_MS)
    assert answer.status_code == 200, answer.text
    assert answer.json()["refused"] == []
    cues = rows(evening, "second", "rundown.cues")
    assert [row["cue"]["cue_id"] for row in sorted(cues.values(), key=lambda row: row["rank"])] == ["open", "mask"]
    assert cues["mask"]["cue"]["start_at"] == START + HOUR_MS + DAY_MS
    assert cues["mask"]["cue"]["product_id"] == "A01"
    card = rows(evening, "second", "product.cards")["A01"]
    assert (card["name"], card["live_price_minor"], card["stock"]) == ("面膜", 29_900, 10)
    desk = rows(evening, "second", "claim.desk")["all"]
    assert (desk["policy"]["capture"], desk["policy"]["hold_minutes"]) == ("always", 20)
    assert rows(evening, "second", "alarm.board").keys() == rows(evening, "first", "alarm.board").keys() != set()
    assert rows(evening, "second", "metric.tiles")["gmv_paid"]["target"] == 120_000
    assert rows(evening, "second", "show.head")["show"]["state"] == "planned"
    assert rows(evening, "first", "show.head")["show"]["state"] == "live"


def test_what_was_of_that_evening_stays_behind(evening: httpx.Client) -> None:
    copied(evening, "first", "third", START + 2 * DAY_MS)
    stock = rows(evening, "third", "claim.stock")["A01/"]
    assert (stock["keywords"], stock["limit"], stock["stock"]) == (["面膜"], 2, 10)
    assert rows(evening, "third", "rundown.on_air")["now"]["cue_id"] is None


def test_what_the_caller_may_not_do_is_told_and_the_rest_comes_along(house: Served, evening: httpx.Client) -> None:
    director = house.person(evening, "dora", "朵拉", "director")
    answer = copied(director, "first", "fourth", START + 3 * DAY_MS).json()
    assert {"command": "product.import", "code": "core.not_allowed"}.items() <= answer["refused"][0].items()
    print(answer)
    assert answer["carried"] >= 2
    assert rows(director, "fourth", "metric.tiles")["gmv_paid"]["target"] == 120_000


def test_nobody_copies_into_a_show_there_is_or_from_one_there_is_not(evening: httpx.Client) -> None:
    assert copied(evening, "nowhere", "fifth", START).status_code == 404
    copied(evening, "first", "sixth", START)
    again = copied(evening, "first", "sixth", START)
    assert (again.status_code, again.json()["code"]) == (409, "show.already_planned")
    assert len(rows(evening, "sixth", "rundown.cues")) == 2


def test_an_assistant_plans_no_show(house: Served, evening: httpx.Client) -> None:
    amy = house.person(evening, "amy", "阿美", "assistant")
    assert copied(amy, "first", "seventh", START).json()["code"] == "core.not_allowed"
