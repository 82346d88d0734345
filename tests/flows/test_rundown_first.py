"""The rundown is imported before the products are: the cues get them when they come."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.served import Served, do, served

START = 1_764_331_200_000
RUNDOWN = "時間,環節,商品,直播價,時長(分)\n,開場,,,5\n,主推,保溫杯（W20）兩入,590,10\n,主推,玻璃杯（SGS 報告）,290,10\n,加碼,隨行杯,,5\n"
PRODUCTS = "商品編號,商品名稱,直播價,庫存\nW20,不鏽鋼杯,590,20\nW21,隨行杯 小,390,9\nW22,隨行杯 大,490,9\nW23,玻璃杯,290,9\n"
PATIENCE_S = 10


@pytest.fixture
def house() -> Iterator[Served]:
    with served() as running:
        yield running


def imported(owner: httpx.Client, kind: str, text: str) -> None:
    answer = owner.post(f"/api/streams/show/s1/imports/{kind}", files={"file": (f"{kind}.csv", text.encode())})
    assert answer.status_code == 200, answer.text


def cues(owner: httpx.Client) -> list[dict[str, Any]]:
    rows = owner.get("/api/streams/show/s1/views/rundown.cues").json()["rows"]
    return [row["cue"] for row in sorted(rows.values(), key=lambda row: row["rank"])]


def linked(owner: httpx.Client) -> list[str | None]:
    return [cue["product_id"] for cue in cues(owner)]


def test_products_that_come_after_the_rundown_are_linked(house: Served) -> None:
    owner = house.owner()
    do(owner, "show", "s1", "show.plan", show_id="s1", title="杯", starts_at=START, ends_at=START + 3_600_000, currency="TWD")
    imported(owner, "rundown", RUNDOWN)
    assert linked(owner) == [None] * 4
    imported(owner, "products", PRODUCTS)
    until = time.monotonic() + PATIENCE_S
    as_named = [None, "W20", "W23", None]  # one after the other
    while linked(owner) != as_named and time.monotonic() < until:
        owner.get("/api/streams/show/s1/views/show.head")
    assert linked(owner) == as_named
    told = cues(owner)
    assert (told[1]["extra"]["商品"], told[2]["proof"], told[2]["extra"]) == ("保溫杯（W20）兩入", "SGS 報告", {})
