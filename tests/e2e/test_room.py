"""What must be seen stands on the glass, whatever else is said: on a desk, a laptop, a tablet and a phone, in both languages."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.standing import measured
from tests.e2e.test_glass import pin_line
from tests.e2e.test_prompter import promo, questions
from tests.served import do

Seat = Callable[..., Page]
SIZES = [(1440, 900), (1280, 800), (1024, 768), (390, 844)]
LONG = "下一段先講組合，再講單件，券快到期了請提醒還沒下單的人先把名額留著，等我換燈再繼續往下走"  # fmt: skip
# Controls of the panel of which a part lies outside it or outside the window.
OUTSIDE = """() => {
  const panel = document.querySelector('.talk').closest('section:not(.talk), .k-panel').getBoundingClientRect()
  return [...document.querySelectorAll('.talk button, .talk input')].filter((each) => {
    const box = each.getBoundingClientRect()
    return box.width === 0 || box.left < panel.left - 0.5 || box.right > Math.min(panel.right, innerWidth) + 0.5 || box.bottom > innerHeight + 0.5
  }).map((each) => each.textContent || each.tagName)
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => {
  const foot = document.querySelector('.prompter .foot').getBoundingClientRect()
  const side = document.querySelector('.prompter .side').getBoundingClientRect()
  return [...document.querySelectorAll('.prompter .question')].map((each) => each.getBoundingClientRect())
    .filter((box) => box.bottom > Math.min(side.bottom, foot.top) + 0.5 || box.top < side.top - 0.5).length
}"""
ELLIPSIS = """() => {
  const side = document.querySelector('.prompter .side')
  const questions = [...side.querySelectorAll('.question')].at(-1).getBoundingClientRect()
  const short = [...side.querySelectorAll('.answer')].filter((each) => each.scrollHeight > each.clientHeight + 1)
  const line = parseFloat(getComputedStyle(side.querySelector('.answer')).lineHeight)
  return short.length > 0 && side.getBoundingClientRect().bottom - questions.bottom > (side.querySelectorAll('.answer').length + 1) * line
}"""
MESSAGE = "() => { const said = document.querySelector('.prompter .message span'); return said.scrollHeight - said.clientHeight + said.scrollWidth - said.clientWidth }"


def size(width: int, height: int, language: str = "zh-TW") -> dict[str, Any]:
    return {"viewport": {"width": width, "height": height}, "locale": language}


@pytest.fixture
def show(demo: Demo, stage: Callable[..., str], request: pytest.FixtureRequest) -> str:
    """A simulated show on air; the cream comes next, then a pot that few are left of."""
    made = stage(f"room-{time.time_ns() % 10_000_000}", simulated=True)
    pot = {"product_id": "K9", "name": "手沖壺 慢工細活陶瓷濾杯組", "live_price_minor": 99000, "stock": 20}
    do(demo.owner, "show", made, "product.add", product=pot)
    cue = {"cue_id": "pot", "title": "手沖壺講解", "duration_ms": 600_000, "product_id": "K9", "host_lines": ["三分鐘一杯"]}
    do(demo.owner, "show", made, "rundown.add_cue", cue=cue, after_cue_id="c1")
    do(demo.owner, "show", made, "show.air")
    do(demo.owner, "show", made, "rundown.jump", cue_id="c0")
    return made


@pytest.mark.parametrize("language", ["zh-TW", "en"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_long_message_leaves_the_directors_lamps_and_buttons_where_they_are(
    demo: Demo, show: str, seat: Seat, width: int, height: int, language: str
) -> None:
    director = seat("xiaolin", "director", show=show, **size(width, height, language))
    if width < 720:
        director.get_by_role("tab").nth(1).click()
    do(demo.owner, "show", show, "prompter.message", message_id="m", text=LONG)
    expect(director.locator(".talk").get_by_text(LONG)).to_be_visible()
    assert measured(director, OUTSIDE) == []
    assert measured(director, SIDEWAYS, until=lambda over: over <= 0) <= 0


@pytest.mark.parametrize("width", [1440, 1280, 1024])
def test_no_english_desk_scrolls_sideways(demo: Demo, show: str, seat: Seat, width: int) -> None:
    director = seat("xiaolin", "director", show=show, **size(width, 800, "en"))
    expect(director.locator(".talk")).to_be_visible()
    assert measured(director, SIDEWAYS, until=lambda over: over <= 0) <= 0
    assistant = seat("xiaoai", "assistant", show=show, **size(width, 800, "en"))
    expect(assistant.get_by_text("測試面霜").first).to_be_visible()
    for name in ("Orders", "Draws", "Moderation", "Claims", "Waitlist", "Stock", "Why"):
        assistant.locator(".orders").get_by_role("tab", name=name).first.click()
        assert measured(assistant, SIDEWAYS, until=lambda over: over <= 0) <= 0, name


def test_what_comes_next_names_its_product(show: str, seat: Seat) -> None:
    for person, console in (("aqing", "host"), ("xiaoai", "assistant"), ("azhe", "operations")):
        expect(seat(person, console, show=show).get_by_text("介紹面霜 · 測試面霜").first).to_be_visible()


def test_before_air_the_host_sees_the_time_to_it_and_no_green_lamp(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    planned = stage(f"toair-{time.time_ns() % 10_000_000}")
    at = int(time.time() * 1000) + 600_000
    do(demo.owner, "show", planned, "show.edit", starts_at=at, ends_at=at + 3_600_000)
    host = seat("aqing", "host", show=planned)
    expect(host.locator(".clock")).to_contain_text("開播")
    expect(host.locator(".clock b")).to_contain_text("9:")
    expect(host.locator(".signal")).to_contain_text("沒有燈號")


def test_a_go_is_taken_back_from_every_tab_of_a_phone(demo: Demo, show: str, seat: Seat) -> None:
    director = seat("xiaolin", "director", show=show, **size(390, 844))
    tabs = director.locator(".tabs [role=tab]")
    expect(tabs.first).to_be_visible()
    for place in range(3):
        tabs.nth(place).click()
        do(demo.owner, "show", show, "rundown.jump", cue_id="c2")
        expect(director.get_by_role("button", name="收回 GO")).to_be_visible()
        director.get_by_role("button", name="收回 GO").click()
        expect(director.locator(".go")).to_contain_text("介紹面霜")
        if place > 0:
            expect(director.get_by_role("button", name="收回 GO")).to_be_hidden()


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_questions_stand_whole_whatever_is_above_them(
    demo: Demo, show: str, seat: Seat, width: int, height: int, count: int
) -> None:
    do(demo.owner, "show", show, "rundown.jump", cue_id="pot")
    host = seat("aqing", "host", show=show, **size(width, height))
    expect(host.locator(".product h2")).to_be_visible()
    promo(demo, show, "cut", kind="price", price_minor=89000)
    promo(demo, show, "gift", kind="gift", gift="濾紙一百張與量匙旅行組")
    promo(
        demo,
        show,
        "coupon",
        kind="coupon",
        coupon={"name": "週年回購券", "code": "KAIBO2026", "amount_minor": 5000, "quantity": 300, "lasts_ms": 600_000},
    )
    pin_line(demo.owner, show, "倉庫說今晚只能出到十一點，之後下單的明天寄")
    do(demo.owner, "show", show, "prompter.message", message_id="m", text=LONG)
    questions(demo, show, count)
    expect(host.locator(".question")).to_have_count(count)
    expect(host.get_by_text("週年回購券").first).to_be_visible()
    assert measured(host, CUT) == 0
    assert not measured(host, ELLIPSIS)
    assert measured(host, MESSAGE, until=lambda over: over <= 1) <= 1


def test_a_question_about_another_product_says_which(demo: Demo, show: str, seat: Seat) -> None:
    do(demo.owner, "show", show, "rundown.jump", cue_id="c1")
    do(demo.owner, "show", show, "prompter.hand_question", question_id="q", text="敏感肌可以用嗎", answer="可以", product_id="A1")
    host = seat("aqing", "host", show=show)
    expect(host.get_by_text("敏感肌可以用嗎")).to_be_visible()
    expect(host.locator(".about")).to_have_count(0)
    do(demo.owner, "show", show, "rundown.jump", cue_id="pot")
    expect(host.locator(".about")).to_contain_text("「測試面霜」")


def test_fixed_times_go_with_a_show_that_is_moved_and_back(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    planned = stage(f"moved-{time.time_ns() % 10_000_000}")
    at = 1_795_437_600_000  # a whole hour, as plans are
    do(demo.owner, "show", planned, "show.edit", starts_at=at, ends_at=at + 3_600_000)
    head = demo.rows("show.head", planned)["show"]
    cue = demo.rows("rundown.cues", planned)["c0"]["cue"]
    changes = [
        {"field": field, "was": cue[field], "to": to} for field, to in (("start_mode", "hard"), ("start_at", head["starts_at"]))
    ]
    do(demo.owner, "show", planned, "rundown.edit_cue", cue_id="c0", changes=changes)
    planner = seat("xiaolin", "planner", show=planned)
    planner.get_by_role("tab", name="場次").click()
    day = planner.locator("input[type=date]")
    day.fill("2026-12-05")
    planner.get_by_role("button", name="存入").click()
    expect(planner.get_by_text("1 個固定時間也跟著開播移動")).to_be_visible()

    def apart() -> int:
        now = demo.rows("show.head", planned)["show"]["starts_at"]
        assert now != head["starts_at"]
        return demo.rows("rundown.cues", planned)["c0"]["cue"]["start_at"] - now

    assert apart() == 0
    planner.get_by_role("button", name="復原").first.click()
    expect(planner.get_by_text("固定時間沒有跟著場次")).to_be_visible()
    assert apart() != 0
    planner.get_by_role("tab", name="流程").click()
    planner.get_by_role("button", name="固定時間一起移到開播").click()
    expect(planner.locator(".timing .apart")).to_have_count(0)
    assert apart() == 0


def test_a_goal_is_read_as_people_write_it_or_its_field_says_why(seat: Seat) -> None:
    page = seat("xiaolin", "planner")
    page.goto(page.url.split("#")[0] + "#/")
    page.get_by_role("button", name="建立場次").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("場次名稱").fill("目標測試")
    dialog.get_by_label("業績目標").fill("很多")
    dialog.get_by_role("button", name="建立並開始策劃").click()
    expect(dialog.get_by_text("看不懂金額：可寫 300000")).to_be_visible()
    dialog.get_by_label("業績目標").fill("30萬")
    expect(dialog.get_by_text("看不懂金額")).to_have_count(0)
    dialog.get_by_role("button", name="建立並開始策劃").click()
    page.get_by_role("tab").nth(2).click()
    expect(page.get_by_label("目標成交額")).to_have_value("300000")
