"""A promo whose time is up: one that never went on has nothing to end, and one that was on is an offer nowhere."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo
from tests.served import do

Seat = Callable[..., Page]


def coupon(demo: Demo, show: str, lasts_ms: int) -> None:
    """Proposed by somebody else, approved by the owner; its time runs from then on."""
    operator = demo.owner.post("/api/tokens", json={"label": "ops", "roles": ["operations"]}).json()["token"]
    body: dict[str, Any] = {"promo_id": "c", "product_id": "A1", "kind": "coupon", "coupon": {"name": "回購券", "amount_minor": 5000, "lasts_ms": lasts_ms}}  # fmt: skip
    answer = demo.owner.post(
        f"/api/streams/show/{show}/commands/promo.propose", json=body, headers={"Authorization": f"Bearer {operator}"}
    )
    assert answer.status_code == 200, answer.text
    do(demo.owner, "show", show, "promo.approve", promo_id="c")


def aired(demo: Demo, stage: Callable[..., str], name: str) -> str:
    """A real show on air at the cream: nobody made up answers for its shop."""
    show = stage(f"{name}-{time.time_ns() % 100_000}")
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="c1")
    return show


def test_a_coupon_that_never_went_on_is_said_to_be_over_and_there_is_nothing_to_end(
    demo: Demo, stage: Callable[..., str], seat: Seat
) -> None:
    show = aired(demo, stage, "never")
    host, director = seat("aqing", "host", show=show), seat("xiaolin", "director", show=show)
    expect(director.get_by_text("測試面霜").first).to_be_visible()
    coupon(demo, show, 6_000)
    card = director.locator("article", has_text="回購券")
    expect(card.get_by_text("時間從核准起算")).to_be_visible()
    expect(host.get_by_text("等後台").first).to_be_visible()
    expect(card.get_by_text("到期，沒有人說上架過")).to_be_visible()
    expect(card.get_by_text("不用結束")).to_be_visible()
    expect(card.get_by_role("button")).to_have_count(0)
    expect(host.get_by_text("優惠時間已過")).to_be_visible()
    expect(host.get_by_text("「回購券」減 NT$50 時間已過，別說")).to_be_visible()
    expect(host.locator(".promo")).to_have_count(1)
    director.get_by_role("button", name="結束場次").click()
    expect(director.get_by_role("dialog")).to_be_visible()
    expect(director.get_by_role("dialog").get_by_text("回購券")).to_have_count(0)
    do(demo.owner, "show", show, "show.end")
    expect(director.get_by_text("看報表").first).to_be_visible()
    expect(director.get_by_text("買家現在還買得到")).to_have_count(0)
    report = seat("xiaolin", "report", show=show)
    expect(report.locator("article.promo").get_by_text("到期，沒有人說上架過")).to_be_visible()
    expect(report.get_by_text("結束中")).to_have_count(0)


def test_what_waits_when_the_show_ends_never_went_on(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = aired(demo, stage, "waits")
    coupon(demo, show, 600_000)
    director = seat("xiaolin", "director", show=show)
    director.get_by_role("button", name="結束場次").click()
    expect(director.get_by_role("dialog").get_by_text("還在等後台，買家沒有看到")).to_be_visible()
    expect(director.get_by_role("dialog").get_by_text("還在商店上")).to_have_count(0)
    do(demo.owner, "show", show, "show.end")
    expect(director.locator("article", has_text="回購券").get_by_text("場次結束，沒有人說上架過")).to_be_visible()


def test_a_coupon_whose_time_is_up_is_said_once_and_offered_nowhere(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = aired(demo, stage, "over")
    host, assistant = seat("aqing", "host", show=show), seat("xiaoai", "assistant", show=show)
    expect(host.locator(".product h2")).to_be_visible()
    coupon(demo, show, 6_000)
    do(demo.owner, "show", show, "promo.settle_by_hand", promo_id="c", now="on")
    expect(host.get_by_text("券後 NT$150")).to_be_visible()
    expect(host.get_by_text("到期，等後台結束")).to_be_visible()
    expect(host.get_by_text("「回購券」減 NT$50，別再說")).to_be_visible()
    expect(host.locator(".promo")).to_have_count(1)
    for page in (host, assistant):
        expect(page.get_by_text("券後")).to_have_count(0)
    expect(host.get_by_text("另有")).to_have_count(0)
