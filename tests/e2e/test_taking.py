"""A dead button says why, and in need it is taken: all screens tell it, the one who answers for it may end it."""

import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.crew import invited, page_of, strip
from tests.served import Served, do, row, served


@pytest.fixture
def house() -> Iterator[Served]:
    with served() as app:
        yield app


def planned(house: Served) -> tuple[httpx.Client, dict[str, httpx.Client]]:
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner"])
    crew = (("min", "小敏", "planner"), ("zhe", "阿哲", "operations"), ("lin", "小林", "director"))
    people = {person_id: house.person(owner, person_id, name, role) for person_id, name, role in crew}
    do(owner, "workspace", "main", "charter.draft", preset="seven")
    seen = row(owner, "workspace/main", "charter.head", "charter")["changed_seq"]
    do(owner, "workspace", "main", "charter.publish", version=1, seen=seen)
    now = int(time.time() * 1000)
    show = {"show_id": "s1", "title": "秋裝", "starts_at": now, "ends_at": now + 7_200_000, "timezone": "Asia/Taipei"}
    do(people["min"], "show", "s1", "show.plan", **show, currency="TWD")
    do(people["min"], "show", "s1", "roster.assign", role_id="director", person_id="lin")
    return owner, people


def test_who_may_not_sees_why_takes_it_in_need_and_gives_it_back(browser: Browser, house: Served) -> None:
    owner, people = planned(house)
    for place in (1, 2):
        cue = {"cue_id": f"c{place}", "title": f"環節{place}", "duration_ms": 60_000}
        do(people["min"], "show", "s1", "rundown.add_cue", cue=cue)
    do(people["lin"], "show", "s1", "show.air")
    for _ in range(500):
        if row(people["lin"], "show/s1", "charter.in_force", "charter")["version"] == 1:
            break
    planner = page_of(browser, house, invited(owner, "min"), "director")
    director = page_of(browser, house, invited(owner, "lin"), "director")
    operations = page_of(browser, house, invited(owner, "zhe"), "operations")

    planner.get_by_role("button", name="GO：切到下一個環節：為什麼不能").click()
    dialog = planner.get_by_role("dialog")
    expect(dialog).to_contain_text("做的是導播")
    expect(dialog.locator(".people li", has_text="小林")).to_contain_text("值班中")
    take = dialog.get_by_role("button", name="我來接")
    expect(take).to_be_disabled()
    dialog.get_by_label("原因").fill("小林斷線")
    take.click()
    for page in (planner, director, operations):
        expect(strip(page, "小敏代行「走流程」：小林斷線")).to_be_visible()
    planner.locator("button.go").click()
    expect(planner.locator("button.go")).to_contain_text("環節1")
    taken = people["lin"].get("/api/streams/show/s1/views/duty.takings").json()["rows"].values()
    assert [each["events"] for each in taken] == [1]
    expect(strip(operations, "小敏代行").get_by_role("button")).to_have_count(0)
    expect(strip(director, "你當責").get_by_role("button", name="收回代行")).to_be_visible()
    strip(planner, "小敏代行").get_by_role("button", name="結束代行").click()
    for page in (planner, director, operations):
        expect(strip(page, "小敏代行")).to_have_count(0)
    expect(planner.locator("button.go")).to_have_count(0)


def test_need_opens_nothing_that_is_forbidden(browser: Browser, house: Served) -> None:
    owner, _ = planned(house)
    planner = page_of(browser, house, invited(owner, "min"), "director")
    planner.get_by_role("button", name="開播…：為什麼不能").click()
    expect(planner.get_by_role("dialog")).to_contain_text("現在不是直播")
    expect(planner.get_by_role("dialog").get_by_role("button", name="我來接")).to_have_count(0)


def test_a_role_is_taken_in_need_with_what_it_may_do(browser: Browser, house: Served) -> None:
    owner, people = planned(house)
    do(people["min"], "show", "s1", "rundown.add_cue", cue={"cue_id": "c1", "title": "環節1", "duration_ms": 60_000})
    do(people["lin"], "show", "s1", "show.air")
    planner = page_of(browser, house, invited(owner, "min"), "director")
    expect(
        planner.get_by_role("button", name="GO：切到下一個環節：為什麼不能")
    ).to_be_visible()  # it is known that the show is on air
    expect(planner.locator("button.go")).to_have_count(0)
    planner.keyboard.press("Shift+T")
    dialog = planner.get_by_role("dialog")
    dialog.get_by_label("接哪一個").select_option("導播 · 小林")
    expect(dialog).to_contain_text("你不是導播")
    expect(dialog).to_contain_text("編輯詞庫")  # of the whole house: no show's need opens it
    expect(dialog).to_contain_text("這件事不能代行")
    dialog.get_by_text("你不是導播").click()
    expect(dialog).to_contain_text("走流程")
    dialog.get_by_label("原因").fill("小林斷線")
    dialog.get_by_role("button", name="我來接").click()
    planner.locator("button.go").click()
    expect(planner.locator("button.go")).to_contain_text("最後一個環節了")
