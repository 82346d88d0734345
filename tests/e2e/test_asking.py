"""A command that somebody must agree to first waits on two screens: one sees how long, the other says yes or no."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.crew import invited, page_of, strip
from tests.flows.test_asking import asks
from tests.flows.test_taking import do, publish, wait
from tests.served import Served, served


@pytest.fixture
def house() -> Iterator[SimpleNamespace]:
    with served() as app:
        yield on_air(app)


def on_air(app: Served) -> SimpleNamespace:
    """The director does `tell.host` and needs the yes of operations; the owner answers for it."""
    owner = app.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner"])
    crew = (("lin", "小林", "director"), ("zhe", "阿哲", "operations"), ("ai", "小艾", "assistant"))
    people = {person_id: app.person(owner, person_id, name, role) for person_id, name, role in crew}
    cells = [
        {"duty_id": "run.rundown", "role_id": "director", "was": "RA", "cell": "R"},
        {"duty_id": "run.rundown", "role_id": "owner", "was": None, "cell": "A"},
        asks("run.rundown", "operations", "I"),
    ]
    publish(owner, 1, "seven", *cells)
    now = app.app.engine.clock()
    show = {"show_id": "s1", "title": "秋裝", "starts_at": now, "ends_at": now + 7_200_000, "timezone": "Asia/Taipei"}
    do(owner, "show", "s1", "show.plan", **show, currency="TWD")
    for place in (1, 2):
        cue = {"cue_id": f"c{place}", "title": f"環節{place}", "duration_ms": 60_000}
        do(owner, "show", "s1", "rundown.add_cue", cue=cue)
    do(people["lin"], "show", "s1", "show.air")
    wait(owner, 1)
    house = SimpleNamespace(app=app, owner=owner, **people)
    house.before = went(house)
    return house


def console(browser: Browser, house: SimpleNamespace, person_id: str, name: str) -> Page:
    return page_of(browser, house.app, invited(house.owner, person_id), name)


def went(house: SimpleNamespace) -> list[str]:
    page = house.owner.get("/api/streams/show/s1/events", params={"types": "rundown.cue_went"}).json()
    return [event["actor"]["id"] for event in page["events"]]


def test_it_waits_on_both_screens_and_runs_at_the_yes(browser: Browser, house: SimpleNamespace) -> None:
    director, operations = console(browser, house, "lin", "director"), console(browser, house, "zhe", "operations")
    assistant = console(browser, house, "ai", "assistant")
    expect(director.locator(".asks").first).to_contain_text("要先問運營")
    director.locator("button.go").click()
    expect(director.get_by_text("還沒做：已經送去問")).to_be_visible()  # first, for it does not stay
    waiting = strip(director, "等運營同意：走流程・環節2")
    expect(waiting).to_contain_text("剩 0:")
    assert went(house) == house.before
    wanted = strip(operations, "小林要走流程・環節2")
    expect(wanted).to_contain_text("先問你")
    waiting.get_by_role("button", name="補上原因").click()
    dialog = director.get_by_role("dialog")
    dialog.get_by_label("原因").fill("主播先試穿")
    dialog.get_by_role("button", name="補上原因").click()
    for each in (wanted, waiting):
        expect(each).to_contain_text("原因：主播先試穿")
    wanted.get_by_role("button", name="同意", exact=True).click()
    expect(assistant.get_by_text("小林做了「走流程」")).to_be_visible()
    expect(director.get_by_text("已照做：走流程・環節2")).to_be_visible()
    for page in (director, operations):
        expect(page.locator(".k-strip", has_text="環節2")).to_have_count(0)
    assert went(house) == [*house.before, "lin"]


def test_a_no_says_why_and_what_is_withdrawn_leaves_both_screens(browser: Browser, house: SimpleNamespace) -> None:
    director, operations = console(browser, house, "lin", "director"), console(browser, house, "zhe", "operations")
    director.locator("button.go").click()
    strip(operations, "先問你").get_by_role("button", name="不同意").click()
    dialog = operations.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="不同意")).to_be_disabled()
    dialog.get_by_label("原因").fill("還沒上架")
    dialog.get_by_role("button", name="不同意").click()
    said = strip(director, "阿哲不同意走流程・環節2：還沒上架")
    expect(said).to_be_visible()
    said.get_by_role("button", name="關閉").click()
    expect(said).to_have_count(0)
    director.locator("button.go").click()
    strip(director, "等運營同意").get_by_role("button", name="收回").click()
    expect(strip(operations, "先問你")).to_have_count(0)
    assert went(house) == house.before


def test_need_does_not_wait(browser: Browser, house: SimpleNamespace) -> None:
    director = console(browser, house, "lin", "director")
    director.locator("button.go").click()
    strip(director, "等運營同意").get_by_role("button", name="應急代行").click()
    dialog = director.get_by_role("dialog")
    dialog.get_by_label("原因").fill("主播念錯價")
    dialog.get_by_role("button", name="我來接").click()
    expect(director.locator(".asks")).to_have_count(0)
    director.locator("button.go").click()
    expect(director.locator("button.go")).to_be_disabled()
    assert went(house) == [*house.before, "lin"]
