"""What screens say before the start and after the end: nothing is offered that cannot be done, and what was left is named."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo, confirm
from tests.e2e.standing import measured
from tests.e2e.test_claims import say, selling
from tests.e2e.test_oversold import sold
from tests.served import do

Seat = Callable[..., Page]
CREW = (("xiaolin", "director"), ("aqing", "host"), ("xiaoai", "assistant"), ("azhe", "operations"))
# Words of the field's hint that do not fit into it, and of the bar under the thumb that touch their neighbour.
CUT_HINTS = """() => [...document.querySelectorAll('input[placeholder]')].filter((each) => each.offsetWidth > 0).flatMap((each) => {
  const style = getComputedStyle(each)
  const pen = document.createElement('canvas').getContext('2d')
  pen.font = style.font
  const room = each.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
  return pen.measureText(each.placeholder).width > room ? [`${each.placeholder}: ${Math.round(room)} px`] : []
})"""
TOUCHING = """() => {
  const words = [...document.querySelectorAll('.tabbar span')].map((each) => each.getBoundingClientRect()).filter((box) => box.width > 0)
  return words.slice(1).map((box, place) => Math.round(box.left - words[place].right)).filter((gap) => gap < 3)
}"""


def left_open(demo: Demo, show: str) -> None:
    """A show on air that leaves things open: two cues not aired, two units too many sold, a draw, questions, a proposal."""
    selling(demo, show)
    do(demo.owner, "show", show, "rundown.go", expect_cue_id="c0")
    do(demo.owner, "show", show, "rundown.go", expect_cue_id="c1")
    say(demo, show, ("安安", "可以刷卡嗎"), ("小鹿", "請問保固多久"))
    sold(demo, show, ("o1", "100038811234821", 4))
    do(demo.owner, "show", show, "prompter.hand_question", question_id="q1", text="會過敏嗎", asked_by="阿凱")
    do(demo.owner, "show", show, "prompter.message", message_id="m1", text="先別講價")
    operator = demo.owner.post("/api/tokens", json={"label": "ops", "roles": ["operations"]}).json()["token"]
    answer = demo.owner.post(
        f"/api/streams/show/{show}/commands/promo.propose",
        json={"promo_id": "p1", "product_id": "A1", "kind": "gift", "gift": "小樣"},
        headers={"Authorization": f"Bearer {operator}"},
    )
    assert answer.status_code == 200, answer.text


def test_after_the_end_nothing_is_offered_that_cannot_be_done(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage(f"after-{time.time_ns() % 100_000}")
    left_open(demo, show)
    director, host, assistant, operations = (seat(who, where, show=show) for who, where in CREW)
    for lamp in ("繼續", "換下一段", "停"):
        expect(director.get_by_role("radio", name=lamp)).to_be_visible()
    expect(host.get_by_text("會過敏嗎")).to_be_visible()
    expect(assistant.locator(".questions li")).to_have_count(2)
    do(demo.owner, "show", show, "show.end")
    for page in (director, assistant, operations):
        expect(page.get_by_text("場次已結束，播了").first).to_be_visible()
        expect(page.get_by_text("流程已播完")).to_have_count(0)
    expect(director.get_by_text("2 個環節沒有播")).to_be_visible()
    expect(director.locator(".idle li")).to_have_text([re.compile("互動抽獎"), re.compile("收尾")])
    for gone in (
        director.get_by_role("radio"),
        director.get_by_role("button", name="GO"),
        director.get_by_label("傳一行字給主播（M）"),
    ):
        expect(gone).to_have_count(0)
    expect(director.get_by_role("button", name="核准")).to_have_count(0)
    expect(director.get_by_text("場次已結束，不能再核准")).to_be_visible()
    director.keyboard.press("m")
    director.keyboard.press("Space")
    expect(director.get_by_role("alert")).to_have_count(0)
    expect(host.get_by_text("直播已結束，辛苦了")).to_contain_text("播了")
    for gone in ("會過敏嗎", "先別講價", "繼續", "落後"):
        expect(host.get_by_text(gone)).to_have_count(0)
    expect(operations.get_by_role("button", name="新提案")).to_have_count(0)
    expect(assistant.get_by_role("heading", name="沒有在直播中回答的提問")).to_be_visible()
    expect(assistant.locator(".questions li.urgent")).to_have_count(0)
    expect(assistant.get_by_role("button", name="講解")).to_have_count(0)
    assistant.keyboard.press("j")
    expect(assistant.locator(".questions li.chosen")).to_have_count(1)
    assistant.keyboard.press("h")
    expect(assistant.get_by_role("dialog")).to_have_count(0)  # nothing goes to a host who is gone
    assistant.keyboard.press("y")
    expect(assistant.get_by_role("dialog")).to_be_visible()  # it is answered in writing


def test_care_answers_what_nobody_answered_on_air(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage(f"care-{time.time_ns() % 100_000}")
    left_open(demo, show)
    care = seat("peipei", "care", show=show)
    expect(care.locator(".claims").get_by_text("買家 …4821").first).to_be_visible()  # nobody's name is a number
    expect(care.get_by_role("tab", name="沒回答的提問")).to_have_count(0)
    do(demo.owner, "show", show, "show.end")
    care.get_by_role("tab", name="沒回答的提問").click()
    care.locator(".questions li", has_text="可以刷卡嗎").click()
    care.get_by_role("button", name="已回答").click()
    expect(care.locator(".questions li", has_text="可以刷卡嗎")).to_have_count(0)
    expect(care.locator(".questions li", has_text="請問保固多久")).to_be_visible()
    expect(care.get_by_role("button", name="交給主播")).to_have_count(0)


def test_the_end_is_told_what_it_leaves_open(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage(f"leaves-{time.time_ns() % 100_000}")
    left_open(demo, show)
    director = seat("xiaolin", "director", show=show)
    director.get_by_role("button", name="結束場次").click()
    asked = director.get_by_role("dialog")
    for said in ("2 個環節還沒播：互動抽獎、收尾", "1 項商品超賣：手沖壺", "2 題提問還沒回答", "1 件提案還沒核准"):
        expect(asked.get_by_text(said)).to_be_visible()
    expect(asked.get_by_text("抽獎還沒開獎")).to_have_count(0)  # there is none
    confirm(asked.locator(".k-confirm"))  # and nothing of it stands in the way
    expect(director.get_by_text("看報表").first).to_be_visible()


def test_an_empty_rundown_is_said_before_going_on_air_and_on_every_screen(demo: Demo, seat: Seat) -> None:
    show, start = f"empty-{time.time_ns() % 100_000}", int(time.time() * 1000)
    do(demo.owner, "show", show, "show.plan", show_id=show, title="空的", starts_at=start, ends_at=start + 3_600_000)
    planner = seat("owner", "planner", show=show)
    planner.get_by_role("tab", name="場次與檢查").click()
    planner.get_by_role("button", name="流程是空的").click()
    expect(planner.get_by_role("tab", name="流程", selected=True)).to_be_visible()
    director, host, assistant, operations = (seat(who, where, show=show) for who, where in CREW)
    director.get_by_role("button", name="開播…").click()
    expect(director.get_by_role("dialog").get_by_role("alert")).to_contain_text("流程是空的")
    confirm(director.get_by_role("dialog").locator(".k-confirm"))  # a talk without a plan may go on air all the same
    expect(director.get_by_text("直播中").first).to_be_visible()
    for page in (director, host, assistant, operations):
        expect(page.get_by_text("流程是空的").first).to_be_visible()
        for other in ("流程已播完", "尚未開始", "等待導播開始第一個環節", "最後一個環節"):
            expect(page.get_by_text(other)).to_have_count(0)


@pytest.fixture
def no_words(demo: Demo) -> Iterator[None]:
    """The house has no list of words; afterwards it has its own again."""
    rules = demo.owner.get("/api/streams/workspace/main/views/moderation.words").json()["rows"]
    removal = f"r{time.time_ns()}"
    do(demo.owner, "workspace", "main", "moderation.remove_words", action_id=removal, rule_ids=[*rules])
    yield
    do(demo.owner, "workspace", "main", "moderation.undo_words", action_id=f"u{time.time_ns()}", undoes=removal)


@pytest.mark.usefixtures("no_words")
def test_readiness_asks_for_words_and_leads_to_the_list(stage: Callable[..., str], seat: Seat) -> None:
    planner = seat("owner", "planner", show=stage(f"words-{time.time_ns() % 100_000}"))
    planner.get_by_role("tab", name="場次與檢查").click()
    planner.get_by_role("button", name="禁詞表是空的").click()
    planner.get_by_role("dialog").get_by_label("要擋的字詞").fill("買一送百")
    planner.get_by_role("dialog").get_by_role("button", name="加入", exact=True).click()
    expect(planner.get_by_text("禁詞表是空的")).to_have_count(0)


def test_decisions_have_the_room(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage(f"room-{time.time_ns() % 100_000}")
    left_open(demo, show)
    director = seat("xiaolin", "director", show=show)
    panel = director.locator(".decide")
    expect(panel.locator("button.approve")).to_be_visible()
    share = "document.querySelector('.decide').clientHeight / document.querySelector('.right').clientHeight"
    assert measured(director, share, until=lambda height: height > 0.8) > 0.8
    expect(panel.locator("article").first).to_be_in_viewport(ratio=1)
    director.get_by_text("在場人員").click()
    expect(director.locator(".crew li").first).to_be_visible()
    director.keyboard.press("Space")  # GO, whatever was opened last
    expect(director.get_by_role("heading", name="3　互動抽獎")).to_be_visible()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1024, 768), (390, 844)], ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("language", ["zh-TW", "en-US"])
def test_hints_fit_their_fields_and_words_of_the_bar_do_not_touch(
    demo: Demo, browser: Browser, size: tuple[int, int], language: str
) -> None:
    page = demo.page_of(
        browser, "owner", locale=language, viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 1200
    )
    demo.open(page, "care")
    expect(page.locator(".ask input")).to_be_visible()
    assert measured(page, CUT_HINTS) == []
    assert measured(page, TOUCHING) == []
    page.context.close()
