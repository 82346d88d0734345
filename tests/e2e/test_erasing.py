"""An owner erases what a viewer wrote, from the comment, and reads on the team page how far it came."""

import re

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Demo, confirm


def test_an_owner_erases_a_viewer_and_is_told_what_waits(browser: Browser, demo: Demo) -> None:
    page = demo.page_of(browser, "owner")
    page.goto(f"{demo.base}/#/team")
    panel = page.locator("section", has_text="觀眾的資料刪除").last
    expect(panel).to_contain_text("還沒有刪除過")
    row = next(iter(demo.rows("comment.window").values()))
    panel.get_by_role("button", name="刪除一位觀眾寫過的話…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("正在直播的場次播完後才刪")
    dialog.get_by_role("textbox").nth(0).fill(row["source"])
    dialog.get_by_role("textbox").nth(1).fill(row["viewer"])
    dialog.get_by_role("textbox").nth(2).fill("本人要求")
    confirm(dialog.get_by_role("button", name=re.compile("刪除，無法復原")))
    expect(panel).to_contain_text("場播完後刪", timeout=20_000)
    expect(panel).to_contain_text("本人要求")
    expect(panel).not_to_contain_text(row["viewer"])
