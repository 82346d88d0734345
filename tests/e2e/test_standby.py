"""Nobody says GO without knowing whether the others are ready."""

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Demo
from tests.served import do


def planned(demo: Demo, show: str) -> str:
    now = demo.rows("show.head")["show"]["starts_at"]
    crew = [
        {"person_id": person, "name": person, "roles": [role]}
        for person, role in (("aqing", "host"), ("azhe", "operations"), ("xiaolin", "director"))
    ]
    do(demo.owner, "show", show, "show.plan", show_id=show, title="預備", starts_at=now, ends_at=now + 3_600_000, crew=crew)
    for number, (title, action) in enumerate((("開場", ""), ("護手霜改價", "改成 169"), ("收尾", ""))):
        cue = {"cue_id": f"c{number}", "title": title, "duration_ms": 300_000, "operations_action": action}
        do(demo.owner, "show", show, "rundown.add_cue", cue=cue, after_cue_id=f"c{number - 1}" if number else None)
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="c0")
    return show


def test_a_cue_asks_whom_it_needs_each_answers_with_one_key_and_go_is_never_blocked(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "ready")
    lin = demo.open(demo.page_of(browser, "xiaolin"), "director", show)
    ops = demo.open(demo.page_of(browser, "azhe"), "operations", show)
    host = demo.open(demo.page_of(browser, "aqing"), "host", show)
    go = lin.locator("button.go")
    expect(go).to_contain_text("護手霜改價")
    expect(lin.get_by_text("下一段還沒問預備")).to_be_visible()
    lin.keyboard.press("s")
    row = lin.locator("footer .standby")
    expect(row).to_contain_text("0 / 2 就緒")
    strip = ops.get_by_role("alert").filter(has_text="護手霜改價")
    expect(strip).to_contain_text("護手霜改價：改成 169")  # and what one is to be ready for
    expect(row.locator("li", has_text="運營")).to_contain_text("已看")  # it was drawn, and the page was in front
    ops.keyboard.press("Shift+F6")
    ops.get_by_role("textbox", name="等什麼？").fill("後台還在轉")
    ops.keyboard.press("Enter")
    expect(row.locator("li", has_text="運營")).to_contain_text("等我：後台還在轉")
    ops.keyboard.press("F6")
    expect(row).to_contain_text("1 / 2 就緒")
    expect(row.locator("li", has_text="運營")).to_contain_text("就緒")
    host.get_by_role("button", name="就緒").click()  # one big touch
    expect(row).to_contain_text("2 / 2 就緒")
    lin.keyboard.press("Shift+S")
    expect(lin.get_by_text("下一段還沒問預備")).to_be_visible()
    expect(strip).to_have_count(0)
    lin.keyboard.press("s")
    expect(row).to_contain_text("0 / 2 就緒")
    expect(go).to_contain_text("還沒就緒：主播、運營")
    lin.keyboard.press("Space")  # nobody is ready: it goes all the same
    expect(go).to_contain_text("收尾")
    board = demo.rows("standby.board", show)["c1"]
    assert (board["state"], board["missing"]) == ("went", ["host", "operations"])
    for page in (lin, ops, host):
        page.context.close()


def test_what_is_answered_is_not_lost_to_a_second_press_a_dialog_or_another_page(demo: Demo, browser: Browser) -> None:
    show = planned(demo, "ready-twice")
    lin = demo.open(demo.page_of(browser, "xiaolin"), "director", show)
    ops = demo.open(demo.page_of(browser, "azhe"), "operations", show)
    host = demo.open(demo.page_of(browser, "aqing"), "host", show)
    go, row = lin.locator("button.go"), lin.locator("footer .standby")
    expect(go).to_contain_text("護手霜改價")
    expect(ops.locator("main h1, main section").first).to_be_visible()
    ops.keyboard.press("?")  # a sheet stands before the page
    expect(ops.get_by_role("dialog")).to_be_visible()
    lin.keyboard.press("s")
    expect(row.locator("li", has_text="主播")).to_contain_text("已看")
    expect(row.locator("li", has_text="運營")).to_contain_text("還沒看")  # behind the sheet nobody saw it
    top = go.bounding_box()
    ops.keyboard.press("F6")
    expect(row).to_contain_text("1 / 2 就緒")
    assert go.bounding_box() == top  # GO stays where the hand expects it
    lin.keyboard.press("s")  # asked already
    host.get_by_role("button", name="等我").click()
    expect(go).to_contain_text("❚❚ 還沒就緒：主播（等我）")
    expect(row).to_contain_text("1 / 2 就緒")
    ops.keyboard.press("Escape")
    expect(ops.get_by_role("dialog")).to_have_count(0)
    ops.keyboard.press("Shift+F6")  # ready after all not
    box = ops.get_by_role("textbox", name="等什麼？")
    box.fill("後台")
    lin.keyboard.press("Shift+S")
    expect(ops.get_by_text("已解除、重問或開始")).to_be_visible()
    expect(box).to_have_value("後台")
    expect(box).to_be_focused()  # what is typed on goes nowhere else
    ops.keyboard.press("Escape")
    expect(box).to_have_count(0)

    ops.goto(f"{demo.base}/#/tasks")
    lin.keyboard.press("s")
    strip = ops.get_by_role("alert").filter(has_text="護手霜改價")
    expect(strip).to_contain_text("預備")
    expect(row.locator("li", has_text="運營")).to_contain_text("已看")
    strip.get_by_role("button", name="就緒").click()
    expect(row).to_contain_text("1 / 2 就緒")
    change = {"field": "operations_action", "was": "改成 169", "to": "改成 149"}
    do(demo.owner, "show", show, "rundown.edit_cue", cue_id="c1", changes=[change])
    expect(row.locator("li", has_text="運營")).to_contain_text("內容改了")  # asked again for what it says now
    expect(strip).to_be_visible()
    for page in (lin, ops, host):
        page.context.close()
    do(demo.owner, "show", show, "standby.end")
