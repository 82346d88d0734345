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
    expect(strip).to_contain_text("預備")
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
