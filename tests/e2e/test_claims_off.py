"""Nobody turned comment orders on: the desk says so, going on air asks, and what was written meanwhile is not lost."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo, confirm
from tests.e2e.test_claims import GOODS, say
from tests.served import do

Seat = Callable[..., Page]


def test_what_was_written_while_nobody_took_it_is_taken_in_with_one_key(
    demo: Demo, stage: Callable[..., str], seat: Seat
) -> None:
    show = stage("claims-off")
    do(demo.owner, "show", show, "product.add", product=GOODS)
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "product.pin", product_id="K9")
    assistant = seat("xiaoai", "assistant", show=show)
    desk = assistant.locator(".desk")
    expect(desk.get_by_text("喊單沒有開")).to_be_visible()
    expect(desk.get_by_text("還沒有人喊單")).to_have_count(0)
    say(demo, show, ("安安", "+1"), ("小鹿", "好看"), ("露露", "K9+2"))
    expect(desk.get_by_text("2 則喊單未收")).to_be_visible()
    assistant.keyboard.press("g")
    expect(desk.get_by_text("收單中")).to_be_visible()
    expect(desk.get_by_role("list", name="喊單").get_by_text("安安")).to_be_visible()
    expect(desk.get_by_text("則喊單未收")).to_have_count(0)
    row = demo.rows("claim.stock", show)["K9/"]
    assert (row["held"], row["waits"]) == (2, 1)


def test_what_was_written_before_air_is_told(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage("claims-early")
    do(demo.owner, "show", show, "product.add", product=GOODS)
    assistant = seat("xiaoai", "assistant", show=show)
    say(demo, show, ("安安", "K9+1"), ("小鹿", "早安"), ("露露", "K9+2"))
    expect(assistant.locator(".desk").get_by_text("開播前有 2 則喊單")).to_be_visible()


def test_the_planner_reads_it_and_going_on_air_asks(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage("claims-asked")
    planner = seat("xiaolin", "planner", show=show)
    planner.get_by_role("tab", name="場次").click()
    planner.get_by_role("button", name="喊單還沒決定收不收").click()
    expect(planner.get_by_role("dialog")).to_be_visible()
    planner.keyboard.press("Escape")
    director = seat("xiaolin", "director", show=show)
    expect(director.locator(".switch button")).to_be_visible()
    director.keyboard.press("o")
    dialog = director.get_by_role("dialog")
    dialog.get_by_label("收喊單", exact=True).check()
    confirm(dialog.locator("button.k-confirm"))
    expect(director.get_by_role("banner").get_by_text("直播中")).to_be_visible()
    row = demo.rows("claim.desk", show)["all"]
    assert (row["policy"]["capture"], row["taking"], row["chosen"]) == ("always", True, True)
    expect(planner.get_by_role("button", name="喊單還沒決定收不收")).to_have_count(0)
