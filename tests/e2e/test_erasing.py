"""An owner erases what a viewer wrote, from the comment, and reads on the team page how far it came."""

import re
import secrets
import time
from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Demo, confirm
from tests.served import do


def test_an_owner_erases_a_viewer_and_is_told_what_waits(browser: Browser, demo: Demo, stage: Callable[[str], str]) -> None:
    show = stage("erasing")
    do(demo.owner, "show", show, "show.air")
    page = demo.page_of(browser, "owner")
    page.goto(f"{demo.base}/#/team")
    panel = page.locator("section", has_text="觀眾的資料刪除").last
    expect(panel).to_contain_text("還沒有刪除過")
    row = {"source": "fb", "viewer": secrets.token_hex(6), "name": f"小{secrets.token_hex(3)}"}
    token = demo.owner.post("/api/tokens", json={"label": "fb", "roles": ["source"]}).json()["token"]
    item = {"kind": "comment", "at": int(time.time() * 1000), "viewer": row["viewer"], "name": row["name"], "text": "好看"}
    sealed = demo.owner.post(
        f"/api/ingest/{show}", json={"source": "fb", "items": [item]}, headers={"Authorization": f"Bearer {token}"}
    )
    assert sealed.status_code == 200, sealed.text
    panel.get_by_role("button", name="刪除一位觀眾寫過的話…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("正在直播的場次播完後才刪")
    fire = dialog.get_by_role("button", name=re.compile("刪除，無法復原"))
    dialog.get_by_role("textbox").nth(0).fill("facebook")
    dialog.get_by_role("textbox").nth(1).fill(row["viewer"])
    expect(dialog).to_contain_text("還沒有留言來自「facebook」；有的是：")
    expect(fire).to_be_disabled()
    dialog.get_by_role("textbox").nth(0).fill(row["source"])
    dialog.get_by_role("textbox").nth(1).fill(row["name"])
    dialog.locator(".alike button", has_text=row["viewer"]).first.click()
    expect(dialog).to_contain_text(re.compile(r"會刪：\d+ 則留言"))
    expect(dialog).to_contain_text("團隊自己寫的句子")
    dialog.get_by_role("textbox").nth(2).fill("本人要求")
    confirm(dialog.get_by_role("button", name=re.compile("刪除，無法復原")))
    expect(panel).to_contain_text("場播完後刪")
    expect(panel).to_contain_text("本人要求")
    expect(panel).not_to_contain_text(row["viewer"])


def test_to_erase_with_nobody_chosen_says_what_to_do_first(browser: Browser, demo: Demo) -> None:
    page = demo.open(demo.page_of(browser, "owner"), "assistant")
    box = page.locator("input[role=combobox]").first
    box.fill("/刪")
    offered = page.locator("ul[role=listbox] [role=option]")
    expect(offered).to_have_count(1)
    expect(offered).to_contain_text("/刪除")
    expect(offered).not_to_contain_text("erase")
    box.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="先選這位觀眾的一則留言")).to_be_visible()
