"""Two shifts in the browser: planned, handed over by the sheet the log fills, one question answered, said back, accepted; who is late is told."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.crew import invited, page_of, strip
from tests.served import Served, do, served

HOUR_MS = 3_600_000


@pytest.fixture
def house() -> Iterator[Served]:
    with served() as app:
        owner = app.owner()
        for person_id, name in (("ai", "小艾"), ("bao", "阿寶")):
            app.person(owner, person_id, name, "assistant")
        app.person(owner, "lin", "小林", "director", "planner")
        now = int(time.time() * 1000) // 60_000 * 60_000
        show = {"show_id": "s1", "title": "雙 12 不打烊", "starts_at": now - 2 * HOUR_MS, "ends_at": now + 14 * HOUR_MS}
        do(owner, "show", "s1", "show.plan", **show, timezone="Asia/Taipei", currency="TWD")
        product = {"product_id": "I01", "name": "晨光禮盒（青柚）", "live_price_minor": 45_000, "stock": 11}
        do(owner, "show", "s1", "product.add", product=product)
        yield app


def test_two_shifts_are_planned_and_one_hands_over_to_the_other(browser: Browser, house: Served) -> None:
    owner = house.owner()
    lead = page_of(browser, house, invited(owner, "lin"), "planner")
    lead.get_by_role("tab", name="場次").click()
    shifts = lead.get_by_role("region", name="班次")
    shifts.get_by_label("幾班").fill("2")
    shifts.get_by_role("button", name="排出班次").click()
    for number, who in ((1, "小艾"), (2, "阿寶")):
        shifts.get_by_role("button", name=f"改第 {number} 班").click()
        dialog = lead.get_by_role("dialog")
        dialog.get_by_label("助理排誰").select_option(who)
        dialog.get_by_role("button", name="存這一班").click()
        expect(dialog).to_be_hidden()
        expect(shifts.locator("li", has_text=f"第 {number} 班")).to_contain_text(f"助理 {who}")
    do(owner, "show", "s1", "show.air")
    do(owner, "show", "s1", "note.pin", note_id="n", text="補貨單在道具桌")
    expect(shifts.locator("li", has_text="▶")).to_contain_text("第 1 班")

    ai = page_of(browser, house, invited(owner, "ai"), "assistant")
    bao = page_of(browser, house, invited(owner, "bao"), "assistant")
    ai.keyboard.press("Shift+o")
    giving = ai.get_by_role("dialog")
    expect(giving.get_by_label("交給哪一班")).to_contain_text("第 2 班")
    giving.get_by_label("交出什麼").fill("豆花妹連續喊單不付，第五單請人工確認")
    giving.get_by_role("button", name="送出，等對方接").click()

    strip(bao, "小艾要把助理交給第 2 班的你").get_by_role("button", name="交接單").click()
    sheet = bao.get_by_role("dialog")
    for text in ("晨光禮盒（青柚） 剩 11", "釘住：補貨單在道具桌", "豆花妹連續喊單不付"):
        expect(sheet.locator("li", has_text=text)).to_be_visible()
    sheet.get_by_label("看過：釘住：補貨單在道具桌").check()
    expect(sheet.get_by_role("status")).to_contain_text("看過 1")
    sheet.get_by_role("button", name="問：晨光禮盒（青柚） 剩 11").click()
    sheet.get_by_label("想問什麼").fill("夠賣到幾點？")
    bao.keyboard.press("Enter")
    for place, text in enumerate(("禮盒剩十一", "補貨單在道具桌", "第五單請人確認"), 1):
        sheet.get_by_label(f"複述第 {place} 件").fill(text)
    accept = sheet.get_by_role("button", name="接這個角色")
    expect(accept).to_be_disabled()

    strip(ai, "阿寶接助理前問了 1 件").get_by_role("button", name="交接單").click()
    answering = ai.get_by_role("dialog")
    answering.get_by_role("button", name="回答：晨光禮盒（青柚） 剩 11").click()
    answering.get_by_label("你的回答").fill("到十一點")
    ai.keyboard.press("Enter")
    expect(sheet.locator("li", has_text="夠賣到幾點？")).to_contain_text("答：到十一點")
    accept.click()
    expect(sheet).to_be_hidden()
    duty = lead.get_by_role("region", name="助理", exact=True)
    expect(duty.locator("li.post", has=lead.locator("b", has_text="阿寶"))).to_contain_text("複述：禮盒剩十一")
    expect(duty.locator("li.post", has=lead.locator("b", has_text="小艾"))).to_contain_text("交出")
    expect(shifts.get_by_role("row", name="整場")).to_be_visible()
