"""Nobody asks 「有收到嗎」: a tagged message is somebody's at once, and everybody sees how far it is."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo
from tests.served import do


@pytest.fixture(autouse=True)
def nothing_left(demo: Demo) -> Iterator[None]:
    """What one story left open would stand on the screens of the next: whoever is asked is asked everywhere."""
    yield
    for show in PLANNED:
        for message_id, row in demo.rows("channel.calls", show).items():
            do(demo.owner, "show", show, "channel.take", message_id=message_id, after=row["stage_by"])
            do(demo.owner, "show", show, "channel.finish", message_id=message_id, answer="好")
    PLANNED.clear()


PLANNED: list[str] = []


def beside(demo: Demo, browser: Browser, person_id: str, console: str, show: str, **more: object) -> Page:
    """A console with the channel beside it."""
    page = demo.open(demo.page_of(browser, person_id, **more), console, show)
    page.locator("main h1, main section").first.wait_for()
    page.keyboard.press("F9")
    expect(page.get_by_role("region", name="頻道").get_by_role("textbox")).to_be_visible()
    return page


def planned(demo: Demo, show: str) -> str:
    PLANNED.append(show)
    now = demo.rows("show.head")["show"]["starts_at"]
    crew = [
        {"person_id": person, "name": person, "roles": [role]}
        for person, role in (("xiaoai", "assistant"), ("azhe", "operations"), ("xiaolin", "director"), ("peipei", "care"))
    ]
    do(demo.owner, "show", show, "show.plan", show_id=show, title="頻道", starts_at=now, ends_at=now + 3_600_000, crew=crew)
    do(
        demo.owner,
        "show",
        show,
        "product.add",
        product={"product_id": "A01", "name": "山茶花護手霜", "live_price_minor": 16_900, "stock": 40},
    )
    return show


def test_a_tag_reaches_who_does_it_who_takes_it_and_says_how_it_was_done(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "talk")
    ai = beside(demo, browser, "xiaoai", "assistant", show)
    ops = demo.open(demo.page_of(browser, "azhe"), "operations", show)
    box = ai.get_by_role("region", name="頻道")
    field = box.get_by_role("textbox")
    field.fill("A01 標籤寫錯了 #優惠變更")
    expect(box).to_contain_text("會找「優惠變更」的負責人")
    field.press("Enter")
    line = box.get_by_role("article")
    expect(line).to_contain_text("山茶花護手霜")  # as it is now: price and stock
    expect(line).to_contain_text("NT$169")
    expect(line).to_contain_text("剩 40")
    expect(field).to_have_value("")
    strip = ops.locator(".k-strip", has_text="A01 標籤寫錯了")
    expect(strip).to_contain_text("找你 #優惠變更")
    expect(line).to_contain_text("▰▰▱▱ 已看：運營阿哲")
    strip.get_by_role("button", name="我接").click()
    expect(line).to_contain_text("▰▰▰▱ 已接：運營阿哲")
    strip.get_by_role("button", name="看頻道").click()
    own = ops.get_by_role("region", name="頻道").get_by_role("article")
    own.get_by_role("button", name="完成").click()
    own.get_by_role("textbox").fill("後台改好了")
    own.get_by_role("textbox").press("Enter")
    expect(line).to_contain_text("運營阿哲完成：後台改好了")
    expect(strip).to_have_count(0)
    for page in (ai, ops):
        page.context.close()


def test_what_is_urgent_stands_red_until_it_is_taken_and_climbs_to_the_next_one(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "talk-urgent")
    ops = beside(demo, browser, "azhe", "operations", show)
    lin = demo.open(demo.page_of(browser, "xiaolin"), "director", show)
    box = ops.get_by_role("region", name="頻道")
    ops.keyboard.press("Shift+F9")
    expect(box.get_by_role("textbox")).to_be_focused()
    ops.keyboard.press("Alt+u")
    box.get_by_role("textbox").fill("價格掛錯了")
    box.get_by_role("button", name="急送").click()
    strip = lin.get_by_role("alert").filter(has_text="價格掛錯了")
    expect(strip).to_contain_text("急件")
    row = next(iter(demo.rows("channel.messages", show).values()))
    assert [reach["people"] for reach in row["reached"]] == [["xiaolin"]]
    expect(box.get_by_role("article")).to_contain_text(re.compile("所有人"))  # ten seconds, and nobody took it
    strip.get_by_role("button", name="我接").click()
    expect(lin.get_by_role("alert")).to_have_count(0)
    expect(lin.locator(".k-strip", has_text="你接的")).to_contain_text("價格掛錯了")
    for page in (ops, lin):
        page.context.close()


def test_nothing_of_it_stands_on_the_hosts_screen_and_a_draft_outlives_a_reload(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "talk-quiet")
    host = demo.open(demo.page_of(browser, "xiaolin"), "host", show)
    ai = beside(demo, browser, "xiaoai", "assistant", show)
    ai.get_by_role("region", name="頻道").get_by_role("textbox").fill("還沒寫完")
    ai.reload()
    ai.locator("main h1, main section").first.wait_for()
    ai.keyboard.press("F9")
    field = ai.get_by_role("region", name="頻道").get_by_role("textbox")
    expect(field).to_have_value("還沒寫完")
    do(demo.owner, "show", show, "channel.post", message_id="m", channel_id="emergency", text="給導播", urgent=True)
    expect(ai.get_by_role("tab", name="緊急事件")).to_contain_text("1")
    assert "給導播" not in host.locator("body").inner_text()
    expect(host.locator(".k-strip", has_text="給導播")).to_have_count(0)
    for page in (host, ai):
        page.context.close()


def test_writing_begins_in_the_field_and_no_key_of_the_console_is_pressed(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "talk-keys")
    lin = demo.open(demo.page_of(browser, "xiaolin"), "director", show)
    lin.locator("main h1, main section").first.wait_for()
    lin.keyboard.press("Shift+F9")  # the panel was closed
    box = lin.get_by_role("region", name="頻道")
    field = box.get_by_label("說什麼")
    expect(field).to_be_focused()
    lin.keyboard.type("hi all ok")
    expect(field).to_have_value("hi all ok")
    expect(box.get_by_role("tab", name="直播預告")).to_have_attribute("aria-selected", "true")  # not on air yet
    lin.keyboard.press("Enter")
    line = box.get_by_role("article")
    expect(line).to_contain_text("hi all ok")
    lin.keyboard.type("next")
    line.get_by_role("button", name="回覆").click()
    expect(field).to_be_focused()
    expect(field).to_have_value("next")
    line.get_by_role("button", name="改", exact=True).click()
    expect(field).to_have_value("hi all ok")
    field.fill("hi all, ok")
    field.press("Enter")
    expect(line).to_contain_text("hi all, ok")
    expect(field).to_have_value("next")
    lin.context.close()


def test_who_has_it_may_be_relieved_and_a_plain_word_to_somebody_is_a_quiet_strip(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "talk-relief")
    lin = demo.open(demo.page_of(browser, "xiaolin"), "director", show)
    ai = beside(demo, browser, "xiaoai", "assistant", show)
    field = ai.get_by_label("說什麼")
    field.fill("@導播小林 燈可以嗎")
    expect(ai.get_by_role("region", name="頻道")).to_contain_text("會提醒：導播小林；不催")
    field.press("Enter")
    expect(lin.locator(".k-strip", has_text="燈可以嗎")).to_contain_text("提到你")
    lin.locator(".k-strip", has_text="燈可以嗎").get_by_role("button", name="看頻道").click()
    expect(lin.locator(".k-strip", has_text="燈可以嗎")).to_have_count(0)  # read
    do(demo.owner, "show", show, "channel.post", message_id="m", channel_id="before", text="缺貨了", tag="stock")
    do(demo.owner, "show", show, "channel.take", message_id="m")
    line = lin.get_by_role("article").filter(has_text="缺貨了")
    line.get_by_role("button", name="我來接").click()
    expect(line).to_contain_text("已接：導播小林")
    for page in (lin, ai):
        page.context.close()


def test_axe_finds_nothing_serious_in_it_and_it_is_no_wider_than_its_place(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "talk-axe")
    do(demo.owner, "show", show, "channel.post", message_id="m", channel_id="before", text="缺貨了 A01", tag="stock", urgent=True)
    found: dict[str, list[str]] = {}
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        page = beside(demo, browser, "azhe", "operations", show, viewport={"width": width, "height": height})
        expect(page.get_by_role("article")).to_contain_text("缺貨了")
        results = Axe().run(page).response["violations"]
        serious = [f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in results if one["impact"] in ("serious", "critical")]
        wide = page.evaluate(
            "document.documentElement.scrollWidth > innerWidth || document.querySelector('.sides').scrollWidth > document.querySelector('.sides').clientWidth"
        )
        if serious or wide:
            found[str(width)] = [*serious, f"wide: {wide}"]
        page.context.close()
    assert found == {}


def test_who_looks_at_another_show_or_at_the_team_is_reached_all_the_same(demo: Demo, browser: Browser) -> None:
    there, here = planned(demo, "talk-there"), planned(demo, "talk-here")
    ai = demo.open(demo.page_of(browser, "xiaoai"), "assistant", here)
    ai.locator("main h1, main section").first.wait_for()
    ops = demo.page_of(browser, "azhe")
    ops.goto(f"{demo.base}/#/tasks")
    ops.locator("main h1, main section").first.wait_for()
    post = {"message_id": "elsewhere", "channel_id": "emergency", "text": "庫存只剩 3 組", "tag": "stock", "urgent": True}
    do(demo.owner, "show", there, "channel.post", **post)
    strip = ops.get_by_role("alert").filter(has_text="庫存只剩 3 組")
    expect(strip).to_contain_text("急件 #缺貨")
    expect(strip.locator(".who")).to_have_text("頻道")  # the title of its show
    row = next(iter(demo.rows("channel.calls", there).values()))
    assert row["reached"][0]["people"] == ["azhe"]
    do(demo.owner, "show", here, "channel.post", message_id="near", channel_id="on_air", text="留言太多", mentions=["xiaoai"])
    expect(
        ai.locator(".k-strip", has_text="留言太多")
    ).to_be_visible()  # news came after the other; that one asks nothing of them
    expect(ai.locator(".k-strip", has_text="庫存只剩 3 組")).to_have_count(0)
    strip.get_by_role("button", name="看頻道").click()
    ops.wait_for_url(re.compile(f"#/show/{there}/operations"))
    line = ops.get_by_role("region", name="頻道").get_by_role("article").filter(has_text="庫存只剩 3 組")
    expect(line).to_be_visible()
    expect(ops.locator(".k-strip", has_text="庫存只剩 3 組")).to_have_count(1)  # said once
    line.get_by_role("button", name="我接").click()
    expect(ops.get_by_role("alert").filter(has_text="庫存只剩 3 組")).to_have_count(0)
    for page in (ai, ops):
        page.context.close()


def test_what_is_folded_behind_others_was_not_seen(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "talk-folded")
    ops = demo.page_of(browser, "azhe")
    ops.goto(f"{demo.base}/#/tasks")
    ops.locator("main h1, main section").first.wait_for()
    for number in range(3):
        post = {"message_id": f"f{number}", "channel_id": "emergency", "text": f"第 {number} 件", "tag": "stock", "urgent": True}
        do(demo.owner, "show", show, "channel.post", **post)
        expect(ops.get_by_text(f"第 {number} 件")).to_have_count(1)
    third = ops.locator("[data-asks=f2]")
    expect(third).to_have_attribute("data-folded", "")
    expect(third).to_be_hidden()
    looks = poll(demo, show, "f2")
    assert (looks["arrived_at"] > 0, looks["seen_at"]) == (True, 0)
    assert poll(demo, show, "f0")["seen_at"] > 0
    ops.context.close()


def poll(demo: Demo, show: str, message_id: str) -> dict[str, int]:
    """What azhe's screen said of a message, as soon as it said anything."""
    for _ in range(500):
        if found := demo.rows("channel.messages", show)[message_id]["looks"].get("azhe"):
            return found
    raise AssertionError(message_id)
