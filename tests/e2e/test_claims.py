"""Orders by comment as the desk lives them: from what a viewer writes to why somebody got nothing."""

import time
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo, confirm
from tests.served import do

Seat = Callable[..., Page]
POLICY: dict[str, Any] = {"capture": "always", "hold_minutes": 10}
GOODS: dict[str, Any] = {"product_id": "K9", "name": "手沖壺", "live_price_minor": 99000, "stock": 2}


def selling(demo: Demo, show: str) -> None:
    """A product of two, on air."""
    do(demo.owner, "show", show, "product.add", product=GOODS)
    do(demo.owner, "show", show, "claim.set_policy", policy=POLICY)
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "product.pin", product_id="K9")


def say(demo: Demo, show: str, *said: tuple[str, str]) -> None:
    """Viewers write, through the door of every platform."""
    now = int(time.time() * 1000)
    items = [
        {"kind": "comment", "at": now + place, "viewer": who, "name": who, "text": text, "message_id": f"{who}{text}{now}"}
        for place, (who, text) in enumerate(said)
    ]
    token = demo.owner.post("/api/tokens", json={"label": "fb", "roles": ["source"]}).json()["token"]
    answer = demo.owner.post(
        f"/api/streams/show/{show}/commands/audience.seal",
        json={"source": "fb", "items": items},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text


def test_from_plus_one_to_why_i_got_none(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("claims")
    selling(demo, show)
    assistant = seat("xiaoai", "assistant", show=show)
    care = seat("peipei", "care", show=show)
    host = seat("aqing", "host", show=show)
    say(demo, show, ("安安", "+1"), ("小鹿", "我要K9兩個"), ("阿凱", "好看+1"), ("露露", "Ｋ９＋１"))
    desk = assistant.locator(".desk")
    expect(desk.get_by_role("list", name="喊單").get_by_text("安安")).to_be_visible()
    partly = desk.get_by_role("list", name="喊單").get_by_role("listitem").filter(has_text="小鹿")
    for part in ("×2", "保留 1", "候補 1"):
        expect(partly).to_contain_text(part)
    praise = desk.get_by_role("list", name="喊單").get_by_role("listitem").filter(has_text="阿凱")
    expect(praise).to_contain_text("看不懂要什麼")  # its badge says order: it is asked about, never passed over
    expect(praise).not_to_contain_text("保留")
    desk.get_by_role("tab", name="候補").click()
    waiting = desk.get_by_role("list", name="候補").get_by_role("listitem")
    expect(waiting).to_have_count(2)
    expect(waiting.first).to_contain_text("小鹿")
    expect(host.get_by_text("小鹿")).to_have_count(0)
    care.get_by_label("找買家").fill("露露")
    care.locator(".pick", has_text="露露").click()
    expect(care.get_by_text("留言時已無庫存或有人排在前面，1 件依留言時間候補")).to_be_visible()
    # 安安 gives hers back, and 小鹿, who waited longest, gets it
    care.get_by_role("button", name="回到名單").click()
    care.get_by_label("找買家").fill("")
    confirm(care.get_by_role("button", name="取消 安安 的 手沖壺 ×1"))
    care.locator(".pick", has_text="小鹿").click()
    expect(care.get_by_text("有貨釋出，遞補 1 件")).to_be_visible()
    assert demo.rows("claim.stock", show)["K9/"]["held"] == 2


def test_the_host_reads_sold_out_at_once(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("gone")
    do(demo.owner, "show", show, "product.add", product=GOODS)
    cue = {"cue_id": "pot", "title": "手沖壺講解", "duration_ms": 600_000, "product_id": "K9", "host_lines": ["三分鐘一杯"]}
    do(demo.owner, "show", show, "rundown.add_cue", cue=cue, after_cue_id=None)
    do(demo.owner, "show", show, "claim.set_policy", policy=POLICY)
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="pot")
    host = seat("aqing", "host", show=show)
    director = seat("xiaolin", "director", show=show)
    expect(host.get_by_text("剩 2 件")).to_be_visible()
    say(demo, show, ("安安", "+2"))
    expect(host.get_by_text("已售完", exact=False).first).to_be_visible()
    expect(host.get_by_text("剩 2 件")).to_have_count(0)
    expect(director.get_by_text("已售完，別再承諾")).to_be_visible()


def test_a_comment_becomes_a_claim_by_hand(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("hand")
    selling(demo, show)
    assistant = seat("xiaoai", "assistant", show=show)
    say(demo, show, ("安安", "那個壺幫我留一個啦"))
    expect(assistant.get_by_text("那個壺幫我留一個啦").first).to_be_visible()
    assistant.keyboard.press("2")
    expect(assistant.locator(".line", has_text="那個壺幫我留一個啦").first).to_be_visible()
    assistant.keyboard.press("k")
    expect(assistant.locator(".line.chosen")).to_have_count(1)
    assistant.keyboard.press("+")
    dialog = assistant.get_by_role("dialog")
    expect(dialog.get_by_text("那個壺幫我留一個啦")).to_be_visible()
    dialog.get_by_role("button", name="加單 1 件").click()
    expect(assistant.locator(".desk").get_by_text("人工加單").first).to_be_visible()
    assert {row["buyer"] for row in demo.rows("claim.claims", show).values()} == {"fb/安安"}


def test_every_pane_and_dialog_of_the_desk_passes_axe(demo: Demo, seat: Seat) -> None:
    page = seat("owner", "assistant")
    desk = page.locator(".desk")
    expect(desk.get_by_role("tab", name="庫存")).to_be_visible()
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        page.wait_for_timeout(400)
        results = Axe().run(page).response["violations"]
        serious = [f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in results if one["impact"] in ("serious", "critical")]
        if serious:
            found[name] = serious

    for tab in ("候補", "庫存", "為什麼"):
        desk.get_by_role("tab", name=tab).click()
        look(tab)
    desk.locator(".pick").first.click()
    look("history")
    for button in ("人工加單", "設定"):
        desk.get_by_role("button", name=button).click()
        look(button)
        page.keyboard.press("Escape")
    assert found == {}


def test_care_begins_with_a_buyer_who_only_ordered(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("care-orders")
    selling(demo, show)
    now = int(time.time() * 1000)
    token = demo.owner.post("/api/tokens", json={"label": "shop", "roles": ["source"]}).json()["token"]
    lines = [{"product_id": "k9", "quantity": 1, "price_minor": 99000}]
    items = [
        {"kind": kind, "order_id": "o3", "at": now, "buyer": "b3", "currency": "TWD", "lines": lines}
        for kind in ("created", "paid")
    ]
    path = f"/api/streams/show/{show}/commands/order.record"
    headers = {"Authorization": f"Bearer {token}"}
    assert demo.owner.post(path, json={"platform": "fb", "items": items}, headers=headers).status_code == 200
    care = seat("peipei", "care", show=show)
    order = care.get_by_role("list", name="訂單").get_by_role("listitem")
    expect(order).to_contain_text("b3")
    expect(order).to_contain_text("手沖壺 ×1")
    for words in ("b3", "o3"):
        care.get_by_label("找買家").fill(words)
        care.locator(".pick", has_text="fb/b3").click()
        expect(care.get_by_text("這位買家沒有喊單")).to_be_visible()
        expect(order).to_contain_text("付款")
        care.get_by_role("button", name="回到名單").click()


def test_who_says_that_a_comment_is_an_order_enters_it(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("claims-said")
    selling(demo, show)
    assistant = seat("xiaoai", "assistant", show=show)
    say(demo, show, ("安安", "那個壺留給我吧"))
    assistant.locator(".comments .line", has_text="那個壺留給我吧").click()
    assistant.keyboard.press("t")
    assistant.get_by_role("dialog").get_by_role("button", name="訂單").click()
    dialog = assistant.get_by_role("dialog")
    expect(dialog).to_contain_text("那個壺留給我吧")
    dialog.get_by_role("button", name="加單").click()
    mine = assistant.locator(".desk").get_by_role("list", name="喊單").get_by_role("listitem").filter(has_text="安安")
    expect(mine).to_contain_text("保留 1")
