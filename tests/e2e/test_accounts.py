"""One's own account in a real browser: a code after the password, a passkey instead of it, and ending what is open elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pyotp.totp import TOTP

from tests.e2e.conftest import Demo, confirm
from tests.e2e.standing import measured
from tests.served import do, sign_in

PASSWORD = "long enough 10"
PHONE = {"width": 390, "height": 844}


def account(demo: Demo, browser: Browser, person_id: str, base: str = "", **more: Any) -> Page:
    """A page of a new member with a password, at their account."""
    do(demo.owner, "workspace", "main", "workspace.add_person", person_id=person_id, name=f"人{person_id}", roles=["assistant"])
    link = demo.owner.post(f"/api/people/{person_id}/invitation").json()["link"]
    page = browser.new_context(locale="zh-TW", viewport={"width": 1280, "height": 860}, **more).new_page()
    page.goto(f"{base or demo.base}{link}")
    page.get_by_label(re.compile("新密碼")).fill(PASSWORD)
    page.get_by_role("button", name="設定密碼").click()
    page.wait_for_url(re.compile("#/$"))
    page.goto(f"{base or demo.base}/#/account")
    expect(page.get_by_role("heading", name="我的帳號")).to_be_visible()
    return page


def clean(page: Page) -> None:
    """Nothing that axe finds, and nothing that scrolls sideways, also on a phone."""
    wide = page.viewport_size
    assert wide is not None
    for size in (wide, PHONE):
        page.set_viewport_size(size)
        assert not measured(page, "document.documentElement.scrollWidth > innerWidth")
        found = Axe().run(page).response["violations"]
        assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    page.set_viewport_size(wide)


@pytest.fixture
def pages() -> Iterator[list[Page]]:
    opened: list[Page] = []
    yield opened
    for page in opened:
        page.context.close()


def test_a_code_is_asked_for_after_the_password(demo: Demo, browser: Browser, pages: list[Page]) -> None:
    page = account(demo, browser, "totp")
    pages.append(page)
    clean(page)
    page.get_by_role("button", name="設定兩步驟驗證").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="設定用的 QR 碼")).to_be_visible()
    clean(page)
    dialog.get_by_text("不能掃描時").click()
    secret = dialog.get_by_label("複製").first.input_value()
    dialog.get_by_label("驗證碼").fill("000000")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("驗證碼不對")
    code = TOTP(secret)
    dialog.get_by_label("驗證碼").fill(code.now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(10)
    recovery = page.get_by_role("dialog").get_by_role("listitem").first.inner_text()
    page.get_by_role("button", name="我已經存好了").click()
    expect(page.get_by_text("還有 10 組備用碼")).to_be_visible()
    # out, and in again: by keyboard alone
    page.get_by_role("button", name="選單").click()
    page.get_by_role("menuitem", name="登出").click()
    page.wait_for_url(re.compile("#/sign-in"))  # one's name stands on the page before, too
    page.get_by_label("名字").fill("人totp")
    page.get_by_label("密碼").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="輸入驗證碼")).to_be_visible()
    expect(page.get_by_label("驗證碼")).to_be_focused()
    clean(page)
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("驗證碼不對")
    page.get_by_label("驗證碼").fill(recovery)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#/$"))
    page.goto(f"{demo.base}/#/account")
    expect(page.get_by_text("還有 9 組備用碼")).to_be_visible()


def test_a_passkey_signs_in_without_a_password_and_not_at_a_bare_address(demo: Demo, browser: Browser, pages: list[Page]) -> None:
    bare = account(demo, browser, "bare")
    pages.append(bare)
    expect(bare.get_by_text("不能用在單純的 IP 位址")).to_be_visible()
    expect(bare.get_by_role("button", name="新增通行金鑰")).to_be_disabled()
    base = demo.base.replace("127.0.0.1", "localhost")
    page = account(demo, browser, "pass", base)
    pages.append(page)
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page.get_by_role("button", name="新增通行金鑰").click()
    page.get_by_role("dialog").get_by_label("名稱").fill("工作筆電")
    clean(page)
    page.get_by_role("dialog").get_by_role("button", name="新增通行金鑰").click()
    expect(page.get_by_role("listitem").filter(has_text="工作筆電")).to_contain_text("尚未使用")
    page.get_by_role("button", name="選單").click()
    page.get_by_role("menuitem", name="登出").click()
    page.get_by_role("button", name="用通行金鑰登入").click()
    page.wait_for_url(re.compile("#/$"))
    page.goto(f"{base}/#/account")
    expect(page.get_by_role("listitem").filter(has_text="工作筆電")).to_contain_text("上次使用")
    assert "通行金鑰登入" in demo.owner.get("/api/audit").text
    # one that was let go of opens nothing
    page.get_by_role("button", name="移除「工作筆電」").click()
    confirm(page.get_by_role("dialog").get_by_role("button", name="移除「工作筆電」"))
    expect(page.get_by_text("還沒有通行金鑰")).to_be_visible()
    page.get_by_role("button", name="選單").click()
    page.get_by_role("menuitem", name="登出").click()
    page.get_by_role("button", name="用通行金鑰登入").click()
    expect(page.get_by_role("alert")).to_contain_text("通行金鑰無效")


def test_a_session_that_is_ended_elsewhere_is_out_at_once(demo: Demo, browser: Browser, pages: list[Page]) -> None:
    desk = account(demo, browser, "sess")
    pages.append(desk)
    lost = browser.new_context(locale="zh-TW").new_page()
    pages.append(lost)
    lost.goto(f"{demo.base}/#/sign-in")
    lost.get_by_label("名字").fill("人sess")
    lost.get_by_label("密碼").fill(PASSWORD)
    lost.keyboard.press("Enter")
    lost.wait_for_url(re.compile("#/$"))
    desk.reload()
    lines = desk.get_by_role("listitem").filter(has_text="登入於")
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text="這個裝置")).to_have_count(1)
    clean(desk)
    desk.get_by_role("button", name=re.compile("^登出 ")).click()
    expect(lines).to_have_count(1)
    expect(lost.get_by_role("heading", name="登入")).to_be_visible()
    stays = desk.get_by_role("listitem").filter(has_text="行事曆訂閱網址")
    expect(stays).to_have_count(0)


def test_who_is_called_otherwise_says_so_and_so_does_the_owner(demo: Demo, browser: Browser, pages: list[Page]) -> None:
    page, owner = account(demo, browser, "called"), demo.page_of(browser, "owner")
    pages += [page, owner]
    owner.goto(f"{demo.base}/#/team")
    name = page.get_by_label("名字")
    expect(name).to_have_value("人called")
    name.fill("負責人")
    page.get_by_role("button", name="儲存").click()
    expect(page.get_by_text("大家用名字登入，請換一個").first).to_be_visible()
    name.fill("小名")
    page.get_by_role("button", name="儲存").click()
    expect(owner.get_by_role("listitem").filter(has_text="小名")).to_be_visible()
    clean(page)
    owner.get_by_role("listitem").filter(has_text="小名").get_by_role("button", name="名字與角色").click()
    dialog = owner.get_by_role("dialog")
    expect(dialog.get_by_label("名字")).to_have_value("小名")
    dialog.get_by_label("名字").fill("大名")
    clean(owner)
    dialog.get_by_role("button", name="儲存").click()
    expect(owner.get_by_role("listitem").filter(has_text="大名")).to_be_visible()
    page.reload()
    expect(name).to_have_value("大名")


def test_where_sessions_are_ended_it_is_said_that_the_calendar_goes_on(demo: Demo, browser: Browser, pages: list[Page]) -> None:
    desk = account(demo, browser, "cal")
    pages.append(desk)
    csrf = desk.request.get(f"{demo.base}/api/me").json()["csrf"]
    made = desk.request.post(f"{demo.base}/api/me/calendar", headers={"X-Kaibo-CSRF": csrf})
    old = made.json()["path"]
    desk.reload()
    stays = desk.get_by_role("listitem").filter(has_text="行事曆訂閱網址")
    expect(stays).to_contain_text("登出裝置不會停掉它")
    confirm(stays.get_by_role("button", name="換新網址"))
    expect(stays).to_contain_text("舊網址已失效")
    new = stays.get_by_role("textbox").input_value()
    clean(desk)
    assert desk.request.get(f"{demo.base}{old}").status == 404
    assert desk.request.get(new).status == 200


def test_the_owner_sees_who_is_in_and_reads_the_audit(demo: Demo, browser: Browser, pages: list[Page]) -> None:
    pages.append(account(demo, browser, "seen"))
    owner = demo.page_of(browser, "owner")
    pages.append(owner)
    owner.goto(f"{demo.base}/#/team")
    seen = owner.get_by_role("listitem").filter(has_text="人seen")
    expect(seen).to_contain_text("1 個登入")
    clean(owner)
    seen.get_by_role("button", name="邀請連結").click()
    expect(owner.get_by_role("dialog").get_by_role("img", name="邀請的 QR 碼")).to_be_visible()
    expect(owner.get_by_role("dialog").get_by_role("alert")).to_contain_text("只有這台電腦打得開")
    clean(owner)
    owner.keyboard.press("Escape")
    seen.get_by_role("button", name="人seen 的帳號").click()
    clean(owner)
    confirm(owner.get_by_role("dialog").get_by_role("button", name="登出所有裝置"))
    owner.keyboard.press("Escape")
    expect(seen).to_contain_text("0 個登入")
    expect(pages[0].get_by_role("heading", name="登入")).to_be_visible()
    owner.get_by_role("button", name="設定公司帳號登入").click()
    clean(owner)
    owner.keyboard.press("Escape")
    owner.get_by_role("link", name="稽核紀錄").click()
    first = owner.get_by_role("listitem").first
    expect(first).to_contain_text("結束登入")
    expect(first).to_contain_text("由 負責人")
    clean(owner)


def test_whoever_must_set_a_second_step_up_is_led_to_it_and_nowhere_else(demo: Demo, browser: Browser, pages: list[Page]) -> None:
    do(demo.owner, "workspace", "main", "workspace.add_person", person_id="must", name="人must", roles=["director"])
    link = demo.owner.post("/api/people/must/invitation").json()["link"]
    second = sign_in(demo.base, demo.owner.post("/api/people/owner/invitation").json()["link"].rsplit("/", 1)[1])
    secret = second.post("/api/me/step").json()["secret"]
    codes = second.post("/api/me/step/confirm", json={"code": TOTP(secret).now()}).json()["codes"]
    do(demo.owner, "workspace", "main", "workspace.ask_second_step", asked=True, grace_days=0)
    try:
        page = browser.new_context(locale="zh-TW").new_page()
        pages.append(page)
        page.goto(f"{demo.base}{link}")
        page.get_by_label(re.compile("新密碼")).fill(PASSWORD)
        page.get_by_role("button", name="設定密碼").click()
        expect(page.get_by_role("heading", name="我的帳號")).to_be_visible()
        expect(page.get_by_text("先設定兩步驟驗證或通行金鑰，才能繼續")).to_be_visible()
        page.goto(f"{demo.base}/#/")
        expect(page.get_by_role("heading", name="我的帳號")).to_be_visible()
    finally:
        do(demo.owner, "workspace", "main", "workspace.ask_second_step", asked=False)
        assert second.post("/api/me/step/remove", json={"code": codes[0]}).status_code == 200  # the owner is told of nothing
