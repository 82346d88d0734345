"""From no charter to one that binds: drafted from a preset, a finding fixed by one key, published, signed on one's own page, felt at the buttons."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import confirm
from tests.served import Served, ask, do, served

SHOW = {"show_id": "s1", "title": "秋裝", "starts_at": 1_760_000_000_000, "ends_at": 1_760_007_200_000, "timezone": "Asia/Taipei"}


@pytest.fixture
def house() -> Iterator[Served]:
    with served() as app:
        yield app


def page_of(browser: Browser, house: Served, link: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-TW").new_page()
    page.goto(f"{house.base}/#/link/{link}")
    page.get_by_role("button", name="以後再說").click()
    expect(page.get_by_text("已連線")).to_be_visible()
    return page


def invited(owner: httpx.Client, person_id: str) -> str:
    return owner.post(f"/api/people/{person_id}/invitation").json()["link"].rsplit("/", 1)[1]


def test_from_no_charter_to_one_that_binds(browser: Browser, house: Served) -> None:
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "director", "planner"])
    clients = {
        role: house.person(owner, role, name, role)
        for role, name in (("assistant", "小艾"), ("operations", "阿哲"), ("host", "阿晴"))
    }
    do(owner, "show", "s1", "show.plan", **SHOW, currency="TWD")

    lead = page_of(browser, house, house.app.door.link_for("owner"))
    lead.goto(f"{house.base}/#/charter")
    expect(lead.get_by_text("原廠職責表")).to_be_visible()
    lead.get_by_role("button", name=re.compile("^7 人組")).click()
    expect(lead.locator(".k-badge", has_text="草稿第 1 版")).to_be_visible()
    expect(lead.get_by_text(re.compile(r"顯示 \d+ 條，共 \d+ 條"))).not_to_have_text(re.compile(r"顯示 (\d+) 條，共 \1 條"))

    cell = lead.get_by_role("button", name=re.compile("^收喊單與候補・助理：做$"))
    cell.focus()
    lead.keyboard.press("Space")
    gap = lead.locator("li", has_text="沒有人做").filter(has_text="收喊單與候補")
    expect(gap).to_be_visible()
    expect(lead.get_by_text(re.compile("先補 1 項才能發布"))).to_be_visible()
    expect(lead.get_by_role("button", name=re.compile("發布第 1 版"))).to_be_disabled()
    lead.keyboard.press("1")
    expect(gap).to_be_hidden()
    lead.get_by_role("button", name=re.compile("^復原")).click()
    expect(gap).to_be_visible()
    lead.get_by_role("button", name=re.compile("^收喊單與候補・助理")).focus()
    lead.keyboard.press("r")
    expect(gap).to_be_hidden()

    operations = lead.locator("li", has_text="運營").filter(has_text="核准促銷")
    expect(operations).to_have_count(0)  # it could not before, and cannot after
    confirm(lead.get_by_role("button", name=re.compile("發布第 1 版")))
    expect(lead.locator(".k-badge", has_text=re.compile("^✓第 1 版$"))).to_be_visible()

    assert ask(clients["operations"], "show", "s1", "comment.dismiss", comment_ref="1:0").json()["code"] == "core.not_allowed"
    why = clients["operations"].get("/api/shows/s1/why?duty=comment.reply").json()
    assert (why["role"], why["version"], why["rows"][0]["cells"]) == (None, 1, {"operations": "X"})
    assert [each["name"] for each in why["people"]] == ["負責人", "小艾"]

    member = page_of(browser, house, invited(owner, "assistant"))
    member.goto(f"{house.base}/#/charter")
    expect(member.get_by_text("第 1 版等你簽自己那一頁")).to_be_visible()
    member.get_by_role("button", name="看我的一頁").click()
    expect(member.get_by_role("heading", name=re.compile("助理.*小艾"))).to_be_visible()
    expect(member.locator(".never")).to_contain_text("看數據、提調整")
    confirm(member.get_by_role("button", name=re.compile("簽這一頁")))
    expect(member.get_by_text("第 1 版等你簽自己那一頁")).to_be_hidden()
    lead.get_by_role("tab", name="簽名").click()
    expect(lead.locator("li", has_text="小艾")).to_contain_text("已簽第 1 版")
    expect(lead.locator("li", has_text="阿哲")).to_contain_text("第 1 版未簽")
