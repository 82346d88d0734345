"""The report says what the team did beside the rundown, on screen, workbook and paper; and nothing of what there was not."""

import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from tests.flows.test_stand_in import on_air
from tests.served import Served, do, served


@pytest.fixture
def app() -> Iterator[Served]:
    with served() as found:
        yield found


def report(client: httpx.Client, lang: str = "zh-Hant") -> dict[str, Any]:
    return client.get("/api/shows/s1/report", params={"lang": lang}).json()


def test_of_a_show_where_nothing_moved_nothing_is_said(app):
    told = report(on_air(app).lin)
    assert (told["claims"], told["posts"], told["parts"], told["takings"], told["team"]) == (None, [], [], [], [])


def test_who_took_over_who_was_absent_and_what_was_taken_in_need_stand_in_it(app):
    house = on_air(app)
    do(house.min, "show", "s1", "roster.take", role_id="director", from_person_id="lin", reason="小林斷線")
    do(house.ai, "show", "s1", "roster.leave", reason="發燒")
    do(house.pei, "show", "s1", "duty.take", taking_id="k1", taken="product.pin", reason="沒人切商品")
    do(house.pei, "show", "s1", "duty.give_back", taking_id="k1")
    told = report(house.min)
    assert [(each["role_id"], each["person_id"], each["came"], each["left"], each["after"]) for each in told["posts"]] == [
        ("director", "lin", "assigned", "taken", ""),
        ("director", "min", "taken", "", "lin"),
        ("assistant", "ai", "assigned", "absent", ""),
    ]
    assert [(each["duty"], each["person_id"], each["reason"]) for each in told["takings"]] == [
        ("product.pin", "pei", "沒人切商品")
    ]
    tables = {each["title"]: each for each in told["team"]}
    assert tables.keys() == {"換手、代班與缺席", "應急代行"}
    assert [row[1:] for row in tables["換手、代班與缺席"]["rows"]] == [
        ["導播", "小林", "被接手", "", "小林斷線"],
        ["導播", "小敏", "緊急接手", "小林", "小林斷線"],
        ["助理", "小艾", "缺席，沒有值", "", "發燒"],
    ]
    assert tables["應急代行"]["rows"][0][1:4] == ["佩佩", "切換講解商品", "沒人切商品"]
    book = load_workbook(io.BytesIO(house.min.get("/api/shows/s1/report.xlsx").content))
    words = {cell.value for sheet in book.worksheets for line in sheet.iter_rows() for cell in line}
    assert {"小林斷線", "發燒", "沒人切商品"} <= words
    assert house.min.get("/api/shows/s1/report.pdf").content.startswith(b"%PDF")
    assert {each["title"] for each in report(house.min, "en")["team"]} == {
        "Hand-overs, stand-ins and absences",
        "Duties taken in need",
    }


def test_comment_orders_stand_in_it_by_their_units(app):
    house = on_air(app)
    product = {"product_id": "A1", "name": "面霜", "live_price_minor": 20000, "stock": 1}
    do(house.lin, "show", "s1", "product.add", product=product)
    do(house.ai, "show", "s1", "claim.claim", buyer="shop/b1", name="豆花妹", product_id="A1")
    told = report(house.lin)
    assert told["claims"]["claimed"] == 1
    assert [each["title"] for each in told["team"]] == ["喊單"]
