"""The story of an evening, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo, Wire, confirm
from tests.served import ask, do, sign_in

Seat = Callable[..., Page]


def test_the_owner_link_signs_in_once(demo: Demo, browser: Browser) -> None:
    link = demo.owner.post("/api/people/owner/invitation").json()["link"]
    page = browser.new_context(locale="zh-TW").new_page()
    page.goto(demo.base + link)
    page.wait_for_selector("input[type=password]")  # the welcome: one is in
    page.goto(demo.base + "/#/")
    expect(page.get_by_text("山茶工房 週年慶").first).to_be_visible()
    stranger = browser.new_context(locale="zh-TW").new_page()
    stranger.goto(demo.base + link)
    expect(stranger.get_by_text("這個連結不能用了")).to_be_visible()


def test_go_moves_every_screen(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("go")
    do(demo.owner, "show", show, "show.air")
    director = seat("xiaolin", "director", show=show)
    screens = [seat("aqing", "host", show=show), seat("xiaoai", "assistant", show=show), seat("azhe", "operations", show=show)]
    expect(director.get_by_text("GO", exact=True)).to_be_visible()
    expect(director.get_by_text("開場").first).to_be_visible()
    director.keyboard.press("Space")
    for page in (director, *screens):
        expect(page.get_by_text("開場").first).to_be_visible()
    director.wait_for_timeout(800)  # GO is shut for a moment after it was pressed, so that a bounce fires once
    director.keyboard.press("Space")
    for page in screens:
        expect(page.get_by_text("介紹面霜").first).to_be_visible()
    expect(screens[0].get_by_text("介紹面霜的第一點")).to_be_visible()
    director.keyboard.press("h")
    expect(screens[2].get_by_text("保持").first).to_be_visible()
    director.keyboard.press("h")
    expect(screens[2].get_by_text("進行中").first).to_be_visible()


def test_a_closed_lid_opens_on_the_right_thing(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("lid")
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.go", expect_cue_id="c0")
    page = seat("azhe", "operations", show=show)
    wire = Wire(page)
    page.reload()
    expect(page.get_by_text("開場").first).to_be_visible()
    wire.cut()
    do(demo.owner, "show", show, "rundown.jump", cue_id="c2")
    expect(page.get_by_role("alert").get_by_text("連線中斷")).to_be_visible()
    expect(page.get_by_text("1/4").first).to_be_visible()
    wire.mend()
    expect(page.get_by_text("3/4").first).to_be_visible()


def test_a_page_whose_code_did_not_come_is_said_and_opened_again(demo: Demo, browser: Browser) -> None:
    page = demo.page_of(browser, "owner", service_workers="block")
    page.goto(f"{demo.base}/#/team")
    expect(page.get_by_role("heading", name="團隊", level=1)).to_be_visible()
    page.route("**/assets/CharterPage*", lambda route: route.abort())
    page.evaluate("location.hash = '#/charter'")
    said = page.get_by_role("alert").filter(has_text="這一頁沒有打開")
    expect(said).to_be_visible()
    page.unroute("**/assets/CharterPage*")
    said.get_by_role("button", name="重新載入").click()
    expect(page.get_by_role("heading", name="職責", exact=True)).to_be_visible()


def test_a_plan_comes_in_from_a_sheet_and_goes_out_again(demo: Demo, seat: Seat, tmp_path: Path) -> None:
    do(
        demo.owner,
        "show",
        "sheet",
        "show.plan",
        show_id="sheet",
        title="匯入場",
        starts_at=1_795_435_200_000,
        ends_at=1_795_442_400_000,
    )
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["夜間專場 腳本"])
    sheet.append([])
    sheet.append(["時間段", "時長(分)", "環節", "主播話術重點", "怪欄位"])
    sheet.append(["20:00～20:10", "１０分", "開場暖場", "問候；預告", "x"])
    sheet.append(["", "不知道", "商品講解", "三個重點", ""])
    path = tmp_path / "plan.xlsx"
    book.save(path)
    planner = seat("xiaolin", "planner", show="sheet")
    planner.get_by_role("button", name="匯入").first.click()
    planner.locator("input[type=file]").set_input_files(str(path))
    expect(planner.get_by_text("不知道").first).to_be_visible()
    planner.get_by_role("dialog").get_by_role("button", name="匯入").last.click()
    expect(planner.get_by_text("開場暖場").first).to_be_visible()
    answer = demo.owner.get("/api/streams/show/sheet/exports/rundown.xlsx")
    (tmp_path / "out.xlsx").write_bytes(answer.content)
    back: Any = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    words = [str(cell.value) for line in back.iter_rows() for cell in line if cell.value]
    assert {"時間段", "環節", "主播話術重點", "開場暖場"} <= set(words)


def test_two_planners_and_a_stale_edit(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("two")
    planner = seat("xiaolin", "planner", show=show)
    expect(planner.get_by_text("介紹面霜").first).to_be_visible()
    edit = {"cue_id": "c1", "changes": [{"field": "title", "was": "介紹面霜", "to": "介紹新面霜"}]}
    do(demo.owner, "show", show, "rundown.edit_cue", **edit)
    expect(planner.get_by_text("介紹新面霜").first).to_be_visible()
    stale = ask(
        demo.owner, "show", show, "rundown.edit_cue", cue_id="c1", changes=[{"field": "title", "was": "介紹面霜", "to": "別的"}]
    )
    assert stale.status_code == 409
    assert (stale.json()["data"]["theirs"], stale.json()["data"]["yours"]) == ("介紹新面霜", "別的")


def test_a_question_goes_to_the_host_with_its_answer(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("ask")
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="c1")
    token = demo.owner.post("/api/tokens", json={"label": "ask", "roles": ["source"]}).json()["token"]
    assistant, host = seat("xiaoai", "assistant", show=show), seat("aqing", "host", show=show)
    expect(assistant.get_by_text("測試面霜").first).to_be_visible()
    item = {
        "kind": "comment",
        "at": 1_795_400_000_000,
        "viewer": "v1",
        "name": "小鹿",
        "text": "這款敏感肌可以用嗎？",
        "message_id": "m1",
    }
    answer = demo.owner.post(
        f"/api/ingest/{show}", json={"source": "me", "items": [item]}, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200, answer.text
    expect(assistant.get_by_text("這款敏感肌可以用嗎？").first).to_be_visible()
    assistant.keyboard.press("j")
    assistant.keyboard.press("h")
    dialog = assistant.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="交給主播").last.click()
    expect(host.get_by_text("可以，先做局部測試").first).to_be_visible()


def test_a_price_goes_from_figures_to_the_shop(demo: Demo, stage: Callable[..., str], seat: Seat) -> None:
    show = stage("move", simulated=True)
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.jump", cue_id="c1")
    operations, host, director = (
        seat("azhe", "operations", show=show),
        seat("aqing", "host", show=show),
        seat("xiaolin", "director", show=show),
    )
    expect(operations.get_by_text("測試面霜").first).to_be_visible()
    operations.keyboard.press("n")
    operations.get_by_role("dialog").get_by_label("新價格").fill("180")
    operations.get_by_role("dialog").get_by_role("button", name="送出提案").click()
    expect(director.get_by_text("NT$180").first).to_be_visible()
    promo_id = next(iter(demo.rows("promo.board", show)))
    azhe = sign_in(demo.base, demo.owner.post("/api/people/azhe/invitation").json()["link"].rsplit("/", 1)[1])
    assert ask(azhe, "show", show, "promo.approve", promo_id=promo_id).status_code == 403
    confirm(director.locator("button.approve").first)
    expect(host.get_by_text("NT$180").first).to_be_visible()
    expect(host.get_by_text("已上架").first).to_be_visible()
    do(azhe, "show", show, "promo.propose", promo_id="low", product_id="A1", kind="price", price_minor=5000)
    do(demo.owner, "show", show, "promo.approve", promo_id="low")
    expect(operations.get_by_text("商店拒絕").first).to_be_visible()
    assert demo.rows("product.cards", show)["A1"]["price_minor"] == 18000


def test_the_end_of_the_demo_is_a_report(demo: Demo, seat: Seat, tmp_path: Path) -> None:
    do(demo.owner, "show", demo.show, "show.end")
    page = seat("azhe", "report")
    expect(page.get_by_text("賣了什麼").first).to_be_visible()
    tiles = demo.rows("metric.tiles")
    paid = f"NT${tiles['gmv_paid']['value'] / 100:,.0f}"
    expect(page.get_by_text(paid).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_text("下載 xlsx").click()
    download.value.save_as(tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    cells = {str(cell.value) for sheet in book.worksheets for line in sheet.iter_rows() for cell in line}
    assert "引流款：山茶護手霜" in cells
    with page.expect_download() as download:
        page.get_by_text("下載 PDF").click()
    download.value.save_as(tmp_path / "report.pdf")
    text = "".join(each.extract_text() for each in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    assert paid in text
    assert "引流款：山茶護手霜" in "".join(text.split())
    page.get_by_role("link", name=paid).first.click()
    expect(page.get_by_role("button", name="付款").first).to_be_visible()


def test_the_director_decides_without_a_mouse(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("keys")
    do(demo.owner, "show", show, "show.air")
    do(demo.owner, "show", show, "rundown.go", expect_cue_id="c0")
    for promo_id, price in (("one", 18000), ("two", 17000)):
        do(demo.owner, "show", show, "promo.propose", promo_id=promo_id, product_id="A1", kind="price", price_minor=price)
    director = seat("xiaolin", "director", show=show)
    host = seat("aqing", "host", show=show)
    expect(director.locator("button.approve")).to_have_count(2)
    director.keyboard.press("3")
    expect(host.get_by_label("導播燈號")).to_have_text(re.compile("停"))
    director.keyboard.press("p")
    expect(director.locator("button.approve.armed")).to_have_count(1)
    director.keyboard.press("Escape")
    expect(director.locator("button.approve.armed")).to_have_count(0)
    assert {row["stage"] for row in demo.rows("promo.board", show).values()} == {"proposed"}
    director.keyboard.press("x")
    director.keyboard.type("毛利不夠")
    director.keyboard.press("Enter")
    expect(director.locator("form.reject")).to_have_count(0)
    director.keyboard.press("p")
    expect(director.locator("button.approve.armed")).to_have_count(1)
    director.wait_for_timeout(500)  # a double press is one
    director.keyboard.press("Enter")
    expect(director.locator("button.approve")).to_have_count(0)
    assert sorted(row["stage"] for row in demo.rows("promo.board", show).values()) == ["approved", "rejected"]
    director.keyboard.press("p")
    director.keyboard.press("Space")  # GO stays GO, whatever was decided last
    expect(host.get_by_text("介紹面霜的第一點")).to_be_visible()
    director.keyboard.press("Shift+D")
    expect(director.get_by_role("dialog")).to_contain_text("抽獎")
    director.keyboard.press("Escape")
    director.keyboard.press("e")
    end = director.get_by_role("dialog").locator("button.k-confirm")
    confirm(end)
    expect(host.get_by_text("直播已結束").first).to_be_visible()


def test_the_sheet_of_keys_tells_what_the_grid_answers(stage: Callable[[str], str], seat: Seat) -> None:
    planner = seat("xiaolin", "planner", show=stage("grid-keys"))
    expect(planner.get_by_role("grid").first).to_be_visible()
    planner.keyboard.press("?")
    for words in ("改這一格", "貼上（也能從試算表貼）", "上移、下移這幾列"):
        expect(planner.get_by_role("dialog").get_by_text(words)).to_have_count(1)
