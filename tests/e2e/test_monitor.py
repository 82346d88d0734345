"""A screen on the studio's wall, by a link: nobody signs in, nothing can be pressed, and it reads from across the room."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Demo
from tests.e2e.standing import measured
from tests.e2e.test_oversold import sold
from tests.served import do

SIZES = ((1920, 1080), (1440, 900), (1024, 768), (390, 844))


def test_the_owner_makes_a_link_and_the_wall_shows_the_show(demo: Demo, stage: Callable[[str], str], browser: Browser) -> None:
    show = stage("wall")
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.go", expect_cue_id="c0")
    owner = demo.page_of(browser, "owner")
    owner.goto(f"{demo.base}/#/team")
    owner.get_by_role("button", name="建立權杖").click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_label("螢幕（只看）").check()  # the rest of the form follows
    expect(dialog.get_by_label("資料來源")).not_to_be_checked()
    expect(dialog.get_by_label("用途")).to_have_value("棚內螢幕")
    expect(dialog.get_by_label("用於哪一場")).not_to_have_value("")
    dialog.get_by_label("用於哪一場").select_option(show)
    dialog.get_by_role("button", name="建立").click()
    made = owner.get_by_role("dialog").get_by_label("複製").first
    expect(made).to_have_value(re.compile("#/monitor/kb_"))
    link = made.input_value()
    owner.context.close()
    wall = browser.new_context(locale="zh-TW", viewport={"width": 1440, "height": 900}).new_page()
    wall.goto(link)
    wall.get_by_role("link", name="流程大螢幕").click()
    expect(wall.get_by_role("heading", name="1／4　開場")).to_be_visible()
    coming = wall.locator(".coming li")
    expect(coming.first).to_contain_text("介紹面霜 · 測試面霜")
    expect(coming.first).not_to_contain_text("已售完")
    sold(demo, show, ("o1", "bob", 50), product="A1")
    expect(coming.first).to_contain_text("已售完")
    do(demo.owner, "show", show, "prompter.message", message_id="m", text="講快一點，還有三分鐘")
    expect(wall.get_by_text("講快一點，還有三分鐘")).to_be_visible()
    expect(wall.locator(".toast")).to_have_count(0)
    for width, height in SIZES:
        wall.set_viewport_size({"width": width, "height": height})
        assert not measured(
            wall, "document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"
        )
        for part in (".count", "footer", ".coming", "header"):
            box = wall.locator(f".wall {part}").bounding_box()
            assert box is not None
            assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height, (part, width, box)
    do(demo.owner, "show", show, "show.end")
    expect(wall.get_by_role("heading", name="場次已結束")).to_be_visible()
    expect(coming).to_have_count(0)
    expect(wall.get_by_text("講快一點，還有三分鐘")).to_have_count(0)
    wall.go_back()
    wall.get_by_role("link", name="主播提詞").click()
    expect(wall.get_by_text("直播已結束，辛苦了")).to_be_visible()
    expect(wall.locator(".toast")).to_have_count(0)
    wall.context.close()
