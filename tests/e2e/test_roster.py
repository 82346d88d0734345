"""Who is on duty, in the browser: put on the roster, handed over and said back, taken in need; every screen tells it."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.crew import invited, page_of, strip
from tests.served import Served, do, served


@pytest.fixture
def house() -> Iterator[Served]:
    with served() as app:
        yield app


def post(role: Locator, name: str) -> Locator:
    """Somebody's line in a role; others name them as their stand-in."""
    return role.locator("li.post").filter(has=role.page.locator("b", has_text=name))


def test_two_assistants_hand_over_and_one_takes_it_back_in_need(browser: Browser, house: Served) -> None:
    owner = house.owner()
    for person_id, name in (("ai", "小艾"), ("bao", "阿寶")):
        house.person(owner, person_id, name, "assistant")
    house.person(owner, "lin", "小林", "director", "planner")
    now = int(time.time() * 1000)
    show = {
        "show_id": "s1",
        "title": "秋裝",
        "starts_at": now + 3_600_000,
        "ends_at": now + 10_800_000,
        "timezone": "Asia/Taipei",
    }
    do(owner, "show", "s1", "show.plan", **show, currency="TWD")

    lead = page_of(browser, house, invited(owner, "lin"), "planner")
    lead.get_by_role("tab", name="場次").click()
    assistants = lead.get_by_role("region", name="助理", exact=True)
    expect(assistants).to_contain_text("沒有人")
    for name in ("小艾", "阿寶"):
        assistants.get_by_label("把人加進助理的班").select_option(name)
        expect(post(assistants, name)).to_contain_text("未報到")
    assistants.get_by_label("小艾的到場時間").select_option(value="3600")
    assistants.get_by_label("小艾的代班").select_option("阿寶")

    ai = page_of(browser, house, invited(owner, "ai"), "assistant")
    bao = page_of(browser, house, invited(owner, "bao"), "assistant")
    strip(ai, "你值助理").get_by_role("button", name="報到").click()
    expect(strip(ai, "你值助理")).to_be_hidden()
    expect(post(assistants, "小艾")).to_contain_text("報到")

    do(owner, "show", "s1", "show.air")
    ai.keyboard.press("Shift+o")
    dialog = ai.get_by_role("dialog")
    dialog.get_by_label("交出什麼").fill("三則提問還沒回\n豆花妹第五單請人工確認")
    dialog.get_by_role("button", name="送出，等對方接").click()
    expect(strip(ai, "等阿寶接助理")).to_be_visible()
    offered = strip(bao, "小艾把助理交給你：三則提問還沒回；豆花妹第五單請人工確認")
    offered.get_by_role("button", name="接", exact=True).click()
    accept = bao.get_by_role("dialog").get_by_role("button", name="接", exact=True)
    expect(accept).to_be_disabled()
    bao.get_by_role("dialog").get_by_label("複述").fill("三則提問我來回")
    accept.click()
    expect(offered).to_be_hidden()
    expect(strip(ai, "等阿寶接助理")).to_be_hidden()
    expect(post(assistants, "小艾")).to_contain_text("交出")
    expect(post(assistants, "阿寶")).to_contain_text("複述：三則提問我來回")

    director = page_of(browser, house, invited(owner, "lin"), "director")
    director.locator("details.crew summary").click()
    expect(director.locator("details.crew li", has_text="阿寶")).to_contain_text("助理 · 值班")
    expect(director.locator("details.crew li", has_text="小艾")).not_to_contain_text("值班")

    ai.keyboard.press("Shift+t")
    ai.get_by_role("dialog").get_by_label("原因").fill("阿寶斷線")
    ai.get_by_role("dialog").get_by_role("button", name="我來接").click()
    for page in (ai, bao, lead, director):
        expect(strip(page, "小艾接了阿寶的助理：阿寶斷線")).to_be_visible()
    expect(post(assistants, "阿寶")).to_contain_text("被接手")


def test_the_host_checks_in_where_they_read_and_the_start_names_who_has_not(browser: Browser, house: Served) -> None:
    owner = house.owner()
    house.person(owner, "qing", "阿青", "host")
    house.person(owner, "bao", "阿寶", "assistant")
    house.person(owner, "lin", "小林", "director", "planner")
    now = int(time.time() * 1000)
    show = {"show_id": "s1", "title": "秋裝", "starts_at": now, "ends_at": now + 7_200_000, "timezone": "Asia/Taipei"}
    do(owner, "show", "s1", "show.plan", **show, currency="TWD")
    for person_id, role_id in (("qing", "host"), ("bao", "assistant")):
        do(owner, "show", "s1", "roster.assign", person_id=person_id, role_id=role_id)
    lead = page_of(browser, house, invited(owner, "lin"), "director")
    lead.locator(".switch").get_by_role("button").click()
    start = lead.get_by_role("dialog")
    expect(start).to_contain_text("值班還沒報到：阿青（主播）、阿寶（助理）")
    host = browser.new_context(viewport={"width": 1024, "height": 768}, locale="zh-TW").new_page()
    host.goto(f"{house.base}/#/link/{invited(owner, 'qing')}")
    host.get_by_role("button", name="以後再說").click()
    host.goto(f"{house.base}/#/show/s1/host")
    strip(host, "你值主播").get_by_role("button", name="報到").click()
    expect(strip(host, "你值主播")).to_be_hidden()
    expect(start).to_contain_text("值班還沒報到：阿寶（助理）")


def test_a_role_given_on_air_counts_at_once_and_one_taken_away_too(browser: Browser, house: Served) -> None:
    owner = house.owner()
    house.person(owner, "ai", "小艾", "assistant")
    now = int(time.time() * 1000)
    show = {"show_id": "s1", "title": "秋裝", "starts_at": now, "ends_at": now + 7_200_000, "timezone": "Asia/Taipei"}
    do(owner, "show", "s1", "show.plan", **show, currency="TWD")
    cue = {"cue_id": "c1", "title": "開場", "duration_ms": 600_000}
    do(owner, "show", "s1", "rundown.add_cue", cue=cue, after_cue_id=None)
    do(owner, "show", "s1", "show.air")
    ai = page_of(browser, house, invited(owner, "ai"), "assistant")
    consoles = ai.get_by_role("navigation", name="工作台")
    expect(consoles.get_by_role("link", name="助理")).to_be_visible()
    expect(consoles.get_by_role("link", name="導播")).to_have_count(0)
    do(owner, "workspace", "main", "workspace.change_roles", person_id="ai", roles=["assistant", "director"])
    consoles.get_by_role("link", name="導播").click()
    expect(ai.locator(".go")).to_be_enabled()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="ai", roles=["assistant"])
    expect(consoles.get_by_role("link", name="導播")).to_have_count(0)
    expect(ai.locator(".go")).to_have_count(0)
