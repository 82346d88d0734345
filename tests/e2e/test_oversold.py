"""More was sold than there is: the same number on every screen, to whom it happened, and what is done about it."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.standing import measured
from tests.e2e.test_claims import say, selling
from tests.served import do

Seat = Callable[..., Page]


def sold(demo: Demo, show: str, *orders: tuple[str, str, int], product: str = "K9") -> None:
    """The shop sells on its own account: (order, buyer, units), a second apart."""
    now = int(time.time() * 1000)
    token = demo.owner.post("/api/tokens", json={"label": "shop", "roles": ["source"]}).json()["token"]
    items = [
        {"kind": "created", "order_id": order, "at": now + place * 1000, "buyer": buyer, "currency": "TWD",
         "lines": [{"product_id": product, "quantity": units, "price_minor": 99000}]}
        for place, (order, buyer, units) in enumerate(orders)
    ]  # fmt: skip
    answer = demo.owner.post(
        f"/api/streams/show/{show}/commands/order.record",
        json={"platform": "fb", "items": items},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text


def test_every_screen_says_the_same_number_and_the_last_are_put_right_first(
    demo: Demo, stage: Callable[..., str], seat: Seat
) -> None:
    show = stage("oversold")
    selling(demo, show)  # two there are
    cue = {"cue_id": "pot", "title": "手沖壺講解", "duration_ms": 600_000, "product_id": "K9", "host_lines": ["三分鐘一杯"]}
    do(demo.owner, "show", show, "rundown.add_cue", cue=cue, after_cue_id=None)
    do(demo.owner, "show", show, "rundown.jump", cue_id="pot")
    screens = [seat("aqing", "host", show=show), seat("xiaolin", "director", show=show), seat("azhe", "operations", show=show)]
    assistant = seat("xiaoai", "assistant", show=show)
    sold(demo, show, ("o1", "amy", 1))
    say(demo, show, ("安安", "+1"))
    expect(assistant.locator(".desk").get_by_text("安安")).to_be_visible()
    sold(demo, show, ("o2", "bob", 3), ("o3", "cat", 1))
    for page in (*screens, assistant):
        expect(page.get_by_text("超賣 4").first).to_be_visible()
        expect(page.get_by_text("剩 0 件")).to_have_count(0)
    assistant.locator("button.over").click()
    people = assistant.get_by_role("list", name="超出庫存的人").get_by_role("listitem")
    expect(people).to_have_count(2)
    expect(people.first).to_contain_text("cat")
    expect(people.nth(1)).to_contain_text("bob")
    people.first.get_by_role("button", name="道歉").click()
    sorry = assistant.get_by_role("dialog")
    expect(sorry.get_by_label("道歉的話")).to_have_value(re.compile("cat 您好.*手沖壺 1 件"))
    assistant.keyboard.press("Escape")
    expect(people.first.get_by_text("說已送出道歉")).to_have_count(0)  # the words alone say nothing
    people.first.get_by_role("button", name="道歉").click()
    sorry.get_by_role("button", name="已送給買家").click()
    expect(people.first.get_by_text("說已送出道歉")).to_be_visible()
    people.first.get_by_role("button", name="還沒送").click()
    expect(people.first.get_by_text("說已送出道歉")).to_have_count(0)
    assistant.get_by_role("button", name="補貨 4 件").click()
    for page in (*screens, assistant):
        expect(page.get_by_text("超賣 4")).to_have_count(0)
    assert demo.rows("claim.stock", show)["K9/"]["left"] == 0


def test_without_a_clipboard_the_words_are_shown_and_selected(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage("oversold-plain")
    selling(demo, show)
    assistant = seat("xiaoai", "assistant", show=show)
    assistant.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    assistant.evaluate("document.execCommand = () => false")  # the oldest way is closed, too
    sold(demo, show, ("o1", "amy", 3))
    assistant.locator("button.over").click()
    person = assistant.get_by_role("list", name="超出庫存的人").get_by_role("listitem").first
    person.get_by_role("button", name="複製訂單號").click()
    dialog = assistant.get_by_role("dialog", name="複製")
    selected = "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"
    expect(dialog.get_by_role("textbox")).to_have_value("o1")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    assert measured(assistant, selected, until=lambda text: text == "o1") == "o1"
    assistant.keyboard.press("Escape")
    person.get_by_role("button", name="道歉").click()
    expect(assistant.get_by_role("dialog").get_by_text("請按 Ctrl+C")).to_be_visible()
    assert measured(assistant, selected, until=lambda text: text.startswith("amy 您好")).startswith("amy 您好")


def test_who_holds_beyond_the_stock_waits_instead(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage("oversold-wait")
    selling(demo, show)
    assistant = seat("xiaoai", "assistant", show=show)
    sold(demo, show, ("o0", "eve", 1))
    say(demo, show, ("安安", "+1"))
    expect(assistant.locator(".desk").get_by_text("安安")).to_be_visible()
    time_of_claim = next(iter(demo.rows("claim.claims", show).values()))["at"]
    assert time_of_claim
    late = {"kind": "created", "order_id": "o1", "at": time_of_claim - 60_000, "buyer": "bob", "currency": "TWD",
            "lines": [{"product_id": "K9", "quantity": 1, "price_minor": 99000}]}  # fmt: skip
    token = demo.owner.post("/api/tokens", json={"label": "late", "roles": ["source"]}).json()["token"]
    demo.owner.post(
        f"/api/streams/show/{show}/commands/order.record",
        json={"platform": "fb", "items": [late]},
        headers={"Authorization": f"Bearer {token}"},
    )
    assistant.locator("button.over").click()
    assistant.get_by_role("button", name="1 件改為候補").click()
    expect(assistant.locator("button.over")).to_have_count(0)
    row = demo.rows("claim.stock", show)["K9/"]
    assert (row["held"], row["waits"], row["left"], row["oversold"]) == (0, 1, 0, 0)
