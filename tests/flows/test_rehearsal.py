"""A rehearsal is a real show that nobody outside hears of: every event says so, and so does whatever shows it."""

import io
import json

import httpx
import pytest
from openpyxl import load_workbook

from tests.live_client import Screen
from tests.served import Served, do, served

START = 1_764_331_200_000


@pytest.fixture(scope="module")
def house():
    with served() as running:
        yield running


def events(owner: httpx.Client, show_id: str) -> list[dict[str, object]]:
    return owner.get(f"/api/streams/show/{show_id}/events", params={"limit": 1000}).json()["events"]


@pytest.mark.parametrize(
    ("rehearsal", "simulated", "mode"), [(True, False, "rehearsal"), (False, False, "live"), (False, True, "simulated")]
)
def test_a_show_is_one_or_the_other_from_its_first_event_to_its_last(
    house: Served, rehearsal: bool, simulated: bool, mode: str
) -> None:
    owner, show_id = house.owner(), f"m-{mode}"
    plan = {"show_id": show_id, "title": "走一遍", "starts_at": START, "ends_at": START + 3_600_000}
    plan |= {"rehearsal": rehearsal, "simulated": simulated}
    do(owner, "show", show_id, "show.plan", **plan)
    token = owner.post("/api/tokens", json={"label": "s", "roles": ["source"]}).json()["token"]
    source = httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {token}"})
    do(owner, "show", show_id, "product.add", product={"product_id": "A", "name": "杯", "live_price_minor": 9000})
    do(owner, "show", show_id, "show.air")
    items = [{"kind": "enter", "at": START, "viewer": "v1", "message_id": "1"}]
    orders = [
        {
            "kind": "created",
            "order_id": "o1",
            "at": START,
            "buyer": "v1",
            "lines": [{"product_id": "A", "quantity": 1, "price_minor": 9000}],
        }
    ]
    answer = source.post(f"/api/ingest/{show_id}", json={"source": "s", "items": items, "orders": orders}).json()
    assert answer["mode"] == mode  # who sends is told
    with Screen(owner) as screen:
        screen.subscribe(f"show/{show_id}", "show.head")
        assert screen.rows["show.head"]["show"]["rehearsal"] is rehearsal  # and every screen
        screen.until(do(owner, "show", show_id, "show.end")["seq"])
        assert screen.rows["show.head"]["show"]["rehearsal"] is rehearsal
    told = events(owner, show_id)
    assert len(told) >= 6
    assert {event.get("mode", "live") for event in told} == {mode}
    listed = owner.get("/api/streams/workspace/main/views/show.list").json()["rows"][show_id]
    assert (listed["rehearsal"], listed["simulated"]) == (rehearsal, simulated)
    assert {e.get("mode", "live") for e in owner.get("/api/streams/workspace/main/events").json()["events"]} == {"live"}
    assert owner.get(f"/api/shows/{show_id}/report").json()["show"]["rehearsal"] is rehearsal
    book = load_workbook(io.BytesIO(owner.get(f"/api/shows/{show_id}/report.xlsx?lang=zh-Hant").content))
    title = str(book.worksheets[0]["B2"].value)
    assert ("彩排" in title, "模擬" in title) == (rehearsal, simulated)
    line = json.dumps(told[-1])
    assert ('"mode": "rehearsal"' in line) is rehearsal
