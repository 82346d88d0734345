"""Stories of tables that do not hold all there is: each says so, with how much."""

import io

import pypdf

from kaibo.features.order.facts import OrderOddity
from kaibo.features.report.paper import write_paper
from kaibo.features.report.report import Report
from kaibo.features.report.tests.test_report import Evening, planned, read
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
