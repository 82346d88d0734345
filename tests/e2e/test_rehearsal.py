"""Nobody mistakes a rehearsal for the real thing; and some things one would otherwise look for in vain."""

from collections.abc import Callable
from pathlib import Path

import httpx
import openpyxl
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo
from tests.served import do

Seat = Callable[..., Page]
START = 1_795_400_000_000


def test_a_rehearsal_is_planned_as_one_and_every_screen_says_so(demo: Demo, seat: Seat) -> None:
    page = seat("xiaolin", "director")
    page.goto(f"{demo.base}/#/")
    page.get_by_role("button", name="建立場次").click()
    page.get_by_label("場次名稱").fill("走一遍")
    page.get_by_label("這是彩排").check()
    page.get_by_role("button", name="建立並開始策劃").click()
    page.wait_for_url("**/planner")
    show = page.url.split("/show/")[1].split("/")[0]
    expect(page.get_by_role("banner").get_by_text("彩排")).to_be_visible()
    page.goto(f"{demo.base}/#/")
    listed = page.get_by_role("listitem").filter(has=page.get_by_text("走一遍"))
    expect(listed.get_by_text("彩排")).to_be_visible()
    do(demo.owner, "show", show, "show.air")
    demo.open(page, "director", show)
    expect(page.get_by_role("banner").get_by_text("彩排")).to_be_visible()
    expect(page.get_by_role("banner").get_by_text("直播中")).to_have_count(0)
    expect(seat("aqing", "host", show=show).get_by_text("彩排")).to_be_visible()
    expect(demo.open(page, "director").get_by_role("banner").get_by_text("直播中")).to_be_visible()


def test_a_program_that_proposes_is_called_by_its_label(demo: Demo, stage: Callable[[str], str], seat: Seat) -> None:
    show = stage("robot")
    product = {"product_id": "R1", "name": "機器人的商品", "live_price_minor": 9000}
    do(demo.owner, "show", show, "product.add", product=product)
    token = demo.owner.post("/api/tokens", json={"label": "價格機器人", "roles": ["operations"]}).json()["token"]
    robot = httpx.Client(base_url=demo.base, headers={"Authorization": f"Bearer {token}"})
    do(robot, "show", show, "promo.propose", promo_id="r1", product_id="R1", kind="price", price_minor=8000)
    for person, console in (("xiaolin", "director"), ("azhe", "operations")):
        expect(seat(person, console, show=show).get_by_text("價格機器人").first).to_be_visible()


def test_products_leave_as_a_workbook(demo: Demo, seat: Seat, tmp_path: Path) -> None:
    page = seat("xiaolin", "planner")
    page.get_by_role("tab", name="商品").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="匯出").click()
    download.value.save_as(tmp_path / "products.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "products.xlsx").active
    assert sheet is not None
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} >= {"T01", "H01"}


def test_the_bar_names_the_workspace_and_the_sign_in_page_sends_on(demo: Demo, seat: Seat) -> None:
    page = seat("xiaolin", "director")
    expect(page.get_by_role("banner").get_by_text("開播工作室")).to_be_visible()
    page.goto(f"{demo.base}/#/sign-in?next=/show/{demo.show}/operations")
    page.wait_for_url("**/operations")
