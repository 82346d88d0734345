"""Stories of tables that do not hold all there is: each says so, with how much."""

import io
from typing import Any

import pypdf
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from kaibo.features.order.facts import OrderCreated, OrderLine, OrderOddity, OrderPaid
from kaibo.features.report.paper import write_paper
from kaibo.features.report.report import Report
from kaibo.features.report.sections import called, name_of
from kaibo.features.report.tests.test_report import MINUTE, START, Evening, planned, read
from kaibo.features.report.workbook import write_workbook
from kaibo.features.show.facts import ShowAired
from kaibo.kit.words import say


def paper_of(made: Report) -> str:
    pages = pypdf.PdfReader(io.BytesIO(write_paper(made, lambda code, **data: say(code, data, "zh-Hant"), "zh-Hant"))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def strange(orders: int) -> Evening:
    evening = planned().at(0, ShowAired(show_id="r"))
    for number in range(orders):
        evening.at(1, OrderOddity(platform="shop", order_id=f"o{number}", kind="paid", why="unknown_order", platform_at=1))
    return evening


def test_a_list_that_is_cut_says_how_many_more_there_are() -> None:
    made = strange(203).report()
    assert (len(made.oddities), made.oddities_more) == (200, 3)
    assert read(made)["oddities"][-1][0] == "more_unlisted"
    assert "另有163筆沒有列在這裡" in paper_of(made)  # forty on paper


def test_a_list_that_is_whole_says_nothing_of_more() -> None:
    made = strange(41).report()
    assert (len(made.oddities), made.oddities_more) == (41, 0)
    assert read(made)["oddities"][-1][0] == "o0"
    assert "另有1列，見試算表" in paper_of(made)


def coupons() -> Evening:
    """Goods of 200 for 150 with shipping of 30 more in another order; paid less still, and one for nothing."""
    evening = planned().at(0, ShowAired(show_id="r"))
    goods = OrderLine(product_id="A", quantity=2, price_minor=10_000)
    for number, over in enumerate((-5_000, 3_000, -20_000)):
        lines = (goods, OrderLine(product_id="", price_minor=over))
        more: dict[str, Any] = {
            "order_id": f"o{number}",
            "buyer": "b",
            "currency": "TWD",
            "platform_at": START + MINUTE,
            "platform": "shop",
        }
        evening.at(1, OrderCreated(lines=lines, amount_minor=20_000 + over, **more))
        evening.at(1, OrderPaid(lines=lines, amount_minor=20_000 + over, **more))
    return evening


def test_the_money_of_the_products_adds_up_to_that_of_the_show() -> None:
    made = coupons().report()
    assert (made.summary["gmv_paid"].value, sum(each.gmv_paid_minor or 0 for each in made.products)) == (38_000, 60_000)
    assert (made.beyond_created_minor, made.beyond_paid_minor) == (-22_000, -22_000)
    head, *rows = read(made)["products"]
    assert rows[-1][1] == "beyond_lines"
    for column, figure in (("gmv_created", "gmv_created"), ("gmv_paid", "gmv_paid")):
        place = [str(word).split()[0] for word in head].index(column)
        assert sum(row[place] or 0 for row in rows) == (made.summary[figure].value or 0) / 100
    paper = paper_of(made)
    assert "與商品單價的差" in paper
    assert "−NT$220" in paper


def test_where_the_prices_of_the_goods_are_all_there_is_nothing_beyond_them() -> None:
    made = planned().at(0, ShowAired(show_id="r")).buys(1, "1").report()
    assert (made.beyond_created_minor, made.beyond_paid_minor) == (0, 0)
    assert len(read(made)["products"]) == 1 + len(made.products)


@pytest.mark.parametrize(("currency", "digits"), [("TWD", ".00"), ("JPY", ""), ("KWD", ".000")])
def test_the_workbook_says_the_currency_and_shows_numbers_as_what_they_are(currency: str, digits: str) -> None:
    made = planned().at(0, ShowAired(show_id="r")).buys(1, "1").clicks(1, 3).report()
    made = replace(made, show=replace(made.show, currency=currency))
    book: Any = load_workbook(io.BytesIO(write_workbook(made, lambda code, **_: code.removeprefix("report."), "en")))
    products = {cell.value: book["products"].cell(2, cell.column).number_format for cell in book["products"][1]}
    assert products[f"gmv_paid ({currency})"] == f"#,##0{digits}"
    assert products["clicks"] == "General"
    said = {row[0].value: row[1].number_format for row in book["summary"].iter_rows(min_row=3)}
    assert said[name_of("gmv_paid", "en")] == f'#,##0{digits} "{currency}"'
    assert {said[name_of(name, "en")] for name, each in made.summary.items() if each.unit == "ratio"} == {"0.0%"}
    assert said[called("uv", made.summary["uv"], "en")] == "General"
    assert book["funnel"].cell(2, 4).number_format == "0.0%"
