"""From no charter to one that binds: drafted from a preset, a finding fixed by one key, published, signed on one's own page, felt at the buttons.

A team's own sheet is looked at before it is taken; the page goes to paper; a missing button says why, and who may.
"""

import io
import re
from collections.abc import Iterator

import openpyxl
import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import confirm, signed_in
from tests.e2e.crew import invited
from tests.served import Served, ask, do, served

SHOW = {"show_id": "s1", "title": "秋裝", "starts_at": 1_760_000_000_000, "ends_at": 1_760_007_200_000, "timezone": "Asia/Taipei"}


@pytest.fixture
def house() -> Iterator[Served]:
    with served() as app:
        yield app


def page_of(browser: Browser, house: Served, link: str) -> Page:
    page = signed_in(browser, house.base, link)
    page.goto(f"{house.base}/#/")
    expect(page.get_by_role("heading", name="所有場次")).to_be_visible()
    return page


def test_from_no_charter_to_one_that_binds(browser: Browser, house: Served) -> None:
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "director", "planner"])
    clients = {
        role: house.person(owner, role, name, role)
        for role, name in (("assistant", "小艾"), ("operations", "阿哲"), ("host", "阿晴"))
    }
    do(owner, "show", "s1", "show.plan", **SHOW, currency="TWD")

    lead = page_of(browser, house, house.app.door.link_for("owner"))
    lead.goto(f"{house.base}/#/charter")
    expect(lead.get_by_text("原廠職責表")).to_be_visible()
    lead.get_by_role("button", name=re.compile("^7 人組")).click()
    expect(lead.locator(".k-badge", has_text="草稿第 1 版")).to_be_visible()
    expect(lead.get_by_text(re.compile(r"顯示 \d+ 條，共 \d+ 條"))).not_to_have_text(re.compile(r"顯示 (\d+) 條，共 \1 條"))

    lead.get_by_role("button", name="逐題回答").click()
    dialog = lead.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile("第 1 題"))
    lead.keyboard.press("6")  # operations does it already
    expect(dialog).to_contain_text(re.compile("第 2 題"))
    lead.keyboard.press("Escape")

    cell = lead.get_by_role("button", name=re.compile("^收喊單與候補・助理：做$"))
    cell.focus()
    lead.keyboard.press("Space")
    gap = lead.locator("li", has_text="沒有人做").filter(has_text="收喊單與候補")
    expect(gap).to_be_visible()
    expect(lead.get_by_text(re.compile("先補 1 項才能發布"))).to_be_visible()
    expect(lead.get_by_role("button", name=re.compile("發布第 1 版"))).to_be_disabled()
    lead.keyboard.press("1")
    expect(gap).to_be_hidden()
    lead.get_by_role("button", name=re.compile("^復原")).click()
    expect(gap).to_be_visible()
    lead.get_by_role("button", name=re.compile("^收喊單與候補・助理")).focus()
    lead.keyboard.press("r")
    expect(gap).to_be_hidden()

    operations = lead.locator("li", has_text="運營").filter(has_text="核准促銷")
    expect(operations).to_have_count(0)  # it could not before, and cannot after
    confirm(lead.get_by_role("button", name=re.compile("發布第 1 版")))
    expect(lead.locator(".k-badge", has_text=re.compile("^✓第 1 版$"))).to_be_visible()

    assert ask(clients["operations"], "show", "s1", "comment.dismiss", comment_ref="1:0").json()["code"] == "core.not_allowed"
    why = clients["operations"].get("/api/shows/s1/why?duty=comment.reply").json()
    assert (why["role"], why["version"], why["rows"][0]["cells"]) == (None, 1, {"operations": "X"})
    assert [each["name"] for each in why["people"]] == ["負責人", "小艾"]

    member = page_of(browser, house, invited(owner, "assistant"))
    member.goto(f"{house.base}/#/charter")
    expect(member.get_by_text("第 1 版等你簽自己那一頁")).to_be_visible()
    member.get_by_role("button", name="看我的一頁").click()
    expect(member.get_by_role("heading", name=re.compile("助理.*小艾"))).to_be_visible()
    expect(member.locator(".never")).to_contain_text("看數據、提調整")
    confirm(member.get_by_role("button", name=re.compile("簽這一頁")))
    expect(member.get_by_text("第 1 版等你簽自己那一頁")).to_be_hidden()
    lead.get_by_role("tab", name="簽名").click()
    expect(lead.locator("li", has_text="小艾")).to_contain_text("已簽第 1 版")
    expect(lead.locator("li", has_text="阿哲")).to_contain_text("第 1 版未簽")


def messy() -> bytes:
    """A sheet as teams keep them: a title, roles under one merged header, full-width letters, ticks, a word in a mark's place."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("職責總表",),
        ("職責", "期限", "角色"),
        (None, None, "導播", "助理", "運營", "場控"),
        ("收喊單與候補", "開播前30分鐘", "Ａ", "Ｒ", "X", "諮詢"),
        ("貼公告", "很快", "當責", "✓", "告知", None),
    ):
        sheet.append(row)
    sheet.merge_cells("C2:F2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_comes_in_a_page_goes_to_paper_and_a_missing_button_says_why(browser: Browser, house: Served) -> None:
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "director"])
    zhe = house.person(owner, "zhe", "阿哲", "operations")
    do(owner, "show", "s1", "show.plan", **SHOW, currency="TWD")
    product = {"product_id": "A1", "name": "山茶精華", "live_price_minor": 1000, "list_price_minor": 1200, "stock": 9}
    do(owner, "show", "s1", "product.add", product=product)
    do(owner, "workspace", "main", "charter.draft", preset="seven")

    lead = page_of(browser, house, house.app.door.link_for("owner"))
    lead.goto(f"{house.base}/#/charter")
    lead.get_by_role("button", name="匯入 xlsx").click()
    lead.locator("input[type=file]").set_input_files(
        {"name": "職責.xlsx", "mimeType": "application/octet-stream", "buffer": messy()}
    )
    told = lead.get_by_role("dialog")
    expect(told.get_by_text("讀懂 2 條職責")).to_be_visible()
    expect(told.locator("li", has_text="E4")).to_contain_text("X")
    expect(told.locator("li", has_text="B5")).to_contain_text("看不懂期限")
    expect(told.locator("li", has_text="加職責")).to_contain_text("貼公告")
    expect(told.locator("li", has_text="改職責")).to_contain_text("開播前 30 分鐘")
    confirm(told.get_by_role("button", name=re.compile("改進草稿：3 項")))
    expect(told).to_be_hidden()
    expect(lead.get_by_role("button", name=re.compile("^貼公告・場控"))).to_be_visible()
    with lead.expect_download() as download:
        lead.get_by_role("link", name="匯出 xlsx").click()
    again = owner.post("/api/charter/import", files={"file": ("c.xlsx", download.value.path().read_bytes())}).json()
    assert (again["roles"], again["duties"], again["cells"]) == ([], [], [])

    do(owner, "workspace", "main", "charter.drop_draft")
    lead.get_by_role("tab", name="我的一頁").click()
    with lead.expect_download() as download:
        lead.get_by_role("link", name="下載 PDF").click()
    paper = pypdf.PdfReader(download.value.path())
    words = "".join("".join(sheet.extract_text().split()) for sheet in paper.pages)
    for line in lead.locator(".paper tbody th").all_inner_texts():
        assert "".join(line.split()) in words

    do(owner, "show", "s1", "show.air")
    do(zhe, "show", "s1", "promo.propose", promo_id="p1", product_id="A1", kind="price", price_minor=900)
    ai = house.person(owner, "ai", "小艾", "operations")
    assert ai is not None
    other = page_of(browser, house, invited(owner, "ai"))
    other.goto(f"{house.base}/#/show/s1/operations")
    other.get_by_role("button", name="核准：為什麼不能").click()
    why = other.get_by_role("dialog")
    expect(why).to_contain_text("原廠職責表")
    expect(why.locator(".people")).to_contain_text("負責人")

    lead.keyboard.press("q")
    asked = lead.get_by_role("dialog")
    asked.get_by_label("做什麼").select_option("promo.approve")
    expect(asked.locator(".people")).to_contain_text("負責人")
    asked.get_by_label("什麼時候").fill("2020-01-01T00:00:00")
    expect(asked).to_contain_text("沒有人可以")
