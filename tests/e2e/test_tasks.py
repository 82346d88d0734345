"""Work before a show: filled from the template, seen and ticked by whose it is, the stuck one first; by keyboard and on a phone."""

import re
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import signed_in
from tests.e2e.standing import measured
from tests.served import Served, do, served

DAY_MS = 86_400_000
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def house() -> Iterator[Served]:
    with served() as app:
        yield app


def page_of(browser: Browser, house: Served, link: str, **more: object) -> Page:
    page = signed_in(browser, house.base, link, **more)
    page.goto(f"{house.base}/#/")
    page.get_by_role("heading", name="所有場次").wait_for()
    return page


def planned(owner: httpx.Client) -> None:
    """A show in twenty days, of which nothing is ready."""
    starts_at = int(time.time() * 1000) + 20 * DAY_MS
    plan = {"title": "聖誕預熱", "starts_at": starts_at, "ends_at": starts_at + 3_600_000, "timezone": "Asia/Taipei"}
    do(owner, "show", "s1", "show.plan", show_id="s1", **plan, currency="TWD")


def test_work_before_a_show(browser: Browser, house: Served) -> None:
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner"])
    house.person(owner, "ai", "小艾", "assistant")
    planned(owner)

    lead = page_of(browser, house, house.app.door.link_for("owner"))
    lead.goto(f"{house.base}/#/show/s1/planner")
    lead.get_by_role("tab", name=re.compile("^任務")).click()
    lead.get_by_role("button", name="用範本補齊").click()
    samples = lead.locator("li", has_text="點樣品：數量與包裝")
    expect(samples).to_contain_text("助理 · 開播前 5 天")
    expect(lead.locator("li", has_text="訂目標與策略")).to_contain_text("運營（沒有人擔任）")
    lead.keyboard.press("n")
    form = lead.get_by_role("dialog", name="新增任務")
    form.get_by_label("要做什麼").fill("寄樣品給主播")
    form.get_by_label("指定的人").select_option(label="小艾")
    form.get_by_label("期限：離開播").fill("2")
    form.get_by_role("button", name="儲存").click()
    expect(lead.locator("li", has_text="寄樣品給主播")).to_contain_text("助理 · 小艾 · 開播前 2 天")
    lead.get_by_role("tab", name=re.compile("^場次與檢查")).click()
    expect(lead.get_by_text(re.compile(r"必要任務還有 \d+ 項沒做完"))).to_be_visible()

    phone = page_of(browser, house, owner.post("/api/people/ai/invitation").json()["link"].rsplit("/", 1)[1], viewport=PHONE)
    phone.goto(f"{house.base}/#/tasks")
    later = phone.locator("section", has=phone.get_by_role("heading", name="之後"))
    send = later.locator("li", has_text="寄樣品給主播")
    expect(send).to_contain_text("聖誕預熱")
    expect(phone.get_by_text("訂目標與策略")).to_have_count(0)  # of another role
    tick = send.get_by_role("button", name="做完：寄樣品給主播")
    box = tick.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    tick.click()
    expect(phone.locator("section", has=phone.get_by_role("heading", name="剛做完"))).to_contain_text("寄樣品給主播")
    expect(send).to_have_count(0)

    goods = later.locator("li", has_text="商品、手卡、道具上桌")
    goods.locator(".what").click()
    expect(phone.get_by_text("要先做完：點樣品：數量與包裝")).to_be_visible()
    phone.get_by_role("button", name="卡住了…").click()
    phone.get_by_label("為什麼").fill("價格牌還沒印")
    phone.get_by_label("或團隊以外的人").fill("印刷廠")
    phone.get_by_role("button", name="說卡住了").click()
    phone.get_by_role("dialog").get_by_role("button", name="關閉").click()
    first = phone.locator("li[data-key]").first
    expect(phone.get_by_role("heading", name=re.compile("卡住與逾期"))).to_be_visible()
    expect(first).to_contain_text("商品、手卡、道具上桌")
    expect(first).to_contain_text("卡在 印刷廠：價格牌還沒印")
    assert not measured(phone, "document.documentElement.scrollWidth > innerWidth")

    lead.get_by_role("button", name=re.compile("項任務卡住")).click()
    expect(lead.locator("li", has_text="商品、手卡、道具上桌")).to_contain_text("卡在 印刷廠：價格牌還沒印")


def test_who_may_not_plan_is_told_why_beside_the_dead_button(browser: Browser, house: Served) -> None:
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner"])
    house.person(owner, "zhe", "阿哲", "operations")
    planned(owner)
    task = {"title": "看燈", "role_id": "planner", "offset_s": -3600}
    do(owner, "show", "s1", "task.add", task_id="t", task=task)
    page = page_of(browser, house, owner.post("/api/people/zhe/invitation").json()["link"].rsplit("/", 1)[1])
    page.goto(f"{house.base}/#/show/s1/planner")
    for tab, dead in (("任務", "新增任務"), ("場次", "＋ 加人")):
        page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
        page.get_by_role("button", name=f"{dead}：為什麼不能").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("策劃")
        dialog.get_by_role("button", name="關閉").click()
    page.get_by_role("button", name="＋ 加一班：為什麼不能").wait_for()
    page.get_by_role("tab", name=re.compile("^任務")).click()
    page.locator("li", has_text="看燈").locator(".what").click()
    expect(page.get_by_role("dialog")).to_contain_text("由「策劃」做（負責人）；要換人請改派")


def test_who_plans_sees_the_work_on_a_board_and_along_the_time(browser: Browser, house: Served) -> None:
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner"])
    planned(owner)
    do(owner, "show", "s1", "task.use_template")
    lead = page_of(browser, house, house.app.door.link_for("owner"))
    lead.goto(f"{house.base}/#/show/s1/planner")
    lead.get_by_role("tab", name=re.compile("^任務")).click()
    lead.get_by_role("tab", name="看板").click()
    begun = lead.get_by_role("region", name="在做")
    expect(begun.get_by_role("listitem")).to_have_count(0)
    lead.get_by_role("region", name="還沒開始").get_by_role("button", name="寫腳本與流程").click()
    lead.get_by_role("dialog").get_by_role("button", name="我來做").click()
    lead.keyboard.press("Escape")
    expect(begun.get_by_role("listitem")).to_have_count(1)
    lead.keyboard.press("v")
    table = lead.get_by_role("region", name="時間軸")
    expect(table.get_by_role("row", name=re.compile("^策劃"))).to_contain_text("寫腳本與流程")
    expect(table.get_by_role("columnheader", name=re.compile("^開播時"))).to_be_visible()
    expect(table.get_by_role("columnheader", name=re.compile("現在"))).to_have_count(1)
    lead.keyboard.press("v")
    expect(lead.locator("li", has_text="寫腳本與流程")).to_be_visible()
