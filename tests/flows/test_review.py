"""The month over HTTP: read out of the logs by whoever may read them, opened, printed, gone through; refusals are written down."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.served import Served, ask, do, row, served

NOW = 1_764_331_200_000  # 2025-11-28 20:00 in Taipei
DAY_MS = 86_400_000


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served(clock=lambda: NOW) as running:
        yield running


def plan(client: httpx.Client, show_id: str, starts_at: int, **said: Any) -> None:
    body = {"show_id": show_id, "title": show_id, "starts_at": starts_at, "ends_at": starts_at + 3_600_000, **said}
    do(client, "show", show_id, "show.plan", **body)


def review(client: httpx.Client, **query: str) -> dict[str, Any]:
    answer = client.get("/api/review", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_month_is_read_opened_printed_and_gone_through(house: Served) -> None:
    owner = house.owner()
    mei, ai = house.person(owner, "mei", "小美", "operations"), house.person(owner, "ai", "小艾", "assistant")
    plan(owner, "here", NOW)
    plan(owner, "practice", NOW, rehearsal=True)
    plan(owner, "next", NOW + 9 * DAY_MS)
    do(owner, "show", "here", "show.air")
    do(mei, "show", "here", "product.add", product={"product_id": "P1", "name": "甲", "live_price_minor": 100})
    for _ in range(3):
        refused = ask(mei, "show", "here", "show.end")
        assert (refused.status_code, refused.json()["code"]) == (403, "core.not_allowed")
    assert ask(ai, "workspace", "main", "review.hold", month="2025-11").status_code == 403

    month = review(owner)
    assert (month["month"], month["version"], [each["show_id"] for each in month["shows"]]) == ("2025-11", 0, ["here"])
    assert (month["rehearsals"], month["names"]["mei"]) == (1, "小美")
    added = next(each for each in month["duties"] if each["duty_id"] == "product.edit")
    assert [(each["person_id"], each["done"]["count"], each["as_written"]) for each in added["by"]] == [("mei", 1, True)]
    [opened] = added["by"][0]["done"]["events"]
    page = owner.get("/api/streams/show/here/events", params={"after": opened["seq"] - 1, "limit": 1}).json()["events"]
    assert (page[0]["fact"]["type"], page[0]["actor"]["id"]) == ("product.added", "mei")
    assert [(each["person_id"], each["command"], each["times"]["count"]) for each in month["refused"]] == [
        ("ai", "review.hold", 1),
        ("mei", "show.end", 1),
    ]
    assert [each["show_id"] for each in review(owner, month="2025-12")["shows"]] == ["next"]

    paper = mei.get("/api/review.pdf", params={"lang": "zh-Hant"})
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    do(owner, "workspace", "main", "review.hold", month="2025-11")
    assert row(owner, "workspace/main", "review.now", "now")["month"] == "2025-11"


def test_whoever_may_not_read_the_log_reads_no_month_and_a_month_that_is_none_is_told(house: Served) -> None:
    owner = house.owner()
    yu = house.person(owner, "yu", "小魚", "assistant")
    assert yu.get("/api/review").status_code == 403
    for query in ({"month": "2025-13"}, {"month": "x"}, {"month": "99999-01"}, {"zone": "Mars/Olympus"}, {"zone": "../etc"}):
        answer = owner.get("/api/review", params=query)
        assert (answer.status_code, answer.json()["code"]) == (422, "core.invalid"), query
    early = ask(owner, "workspace", "main", "review.hold", month="2030-01")
    assert (early.status_code, early.json()["code"]) == (422, "review.too_early")
