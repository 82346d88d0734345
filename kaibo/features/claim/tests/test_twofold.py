"""Stories of comments that may be meant in two ways: nothing is held and nothing given back, and it is asked."""

import pytest

from kaibo.features.claim.grammar import heard
from kaibo.features.claim.tokens import Catalogue

SHOP = Catalogue({"A01": [], "A12": [], "B2": ["粉", "白", "黑"], "洋裝": ["M", "L"], "P1": []})


def told(text: str, on_air: str | None = None) -> list[tuple[str, str]]:
    """What is done with what, in the order of the letters."""
    return sorted({(op.op, f"{op.keyword}{op.variant or ''}") for op in heard(text, SHOP, on_air)})


BOTH = [("ask", "A01"), ("ask", "A12")]
COLOUR = [("ask", "B2")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("要A12 不要A01", BOTH),
        ("A12+1不要A01", BOTH),
        ("A12+1不要A01+1", BOTH),
        ("A01 A12不要 B2粉+1", [*BOTH, ("ask", "B2")]),
        ("B2要白不要黑", COLOUR),
        ("B2 白+1 不要黑", COLOUR),
        ("不要A01 要A12", BOTH),
        ("cancel A01 order A12", BOTH),
        ("不要B2粉 要白", COLOUR),
        ("取消A01 我要A12+1", BOTH),
        ("取消A01 A12+1", BOTH),
        ("A01跟A12都不要", BOTH),
        ("A01、A12不要了", BOTH),
        ("A01 A12 取消", BOTH),
        ("洋裝不要M要L", [("ask", "洋裝")]),
        ("A01不要 要A12", BOTH),
        ("A01+1 重複下單 取消一單", [("ask", "A01")]),
    ],
)
def test_which_of_them_is_given_up_is_asked(text: str, asked: list[tuple[str, str]]) -> None:
    assert told(text) == asked


def test_this_one_is_not_the_one_that_is_named_next() -> None:
    assert told("這個不要 A12+1", "P1") == [("ask", "A12")]
    assert told("不要了", "P1") == [("cancel", "P1")]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("取消A01，A12+1", [("add", "A12"), ("cancel", "A01")]),
        ("A01不要，A12+1", [("add", "A12"), ("cancel", "A01")]),
        ("cancel A01, want A12", [("ask", "A12"), ("cancel", "A01")]),
        ("A01取消A12+1", [("add", "A12"), ("cancel", "A01")]),
        ("B2粉不要 白+1", [("add", "B2白"), ("cancel", "B2粉")]),
        ("A01+1 A12不要", [("add", "A01"), ("cancel", "A12")]),
        ("B2白的+1 黑的不要", [("add", "B2白"), ("cancel", "B2黑")]),
        ("取消A01跟A12", [("cancel", "A01"), ("cancel", "A12")]),
        ("取消A01+1 A12+1", [("cancel", "A01"), ("cancel", "A12")]),
        ("取消A01+1", [("cancel", "A01")]),
        ("我要取消A01", [("cancel", "A01")]),
        ("A01取消2件", [("cancel", "A01")]),
        ("A01 好看", []),
    ],
)
def test_what_is_plain_is_done(text: str, done: list[tuple[str, str]]) -> None:
    assert told(text) == done


@pytest.mark.parametrize(
    "text",
    [
        "A01+1或A12+1", "A01或A12+1", "A01+1或者A12+1", "A01+1 還是 A12+1", "A01+1 不然A12+1", "A01+1 or A12+1", "A01 or A12+1",
        "A01+1 otherwise A12+1", "A01+1 if none A12+1", "A01+1或我要A12+1",
    ],
)  # fmt: skip
def test_this_or_that_holds_neither(text: str) -> None:
    assert told(text) == BOTH


@pytest.mark.parametrize("text", ["B2粉+1或白+1", "B2粉或白+1"])
def test_nor_does_one_colour_or_another(text: str) -> None:
    assert told(text) == COLOUR


@pytest.mark.parametrize("text", ["A01+1 or 2", "A01+1或2"])
def test_nor_one_number_or_another(text: str) -> None:
    assert told(text) == [("ask", "")]


@pytest.mark.parametrize("text", ["A01 還是+1", "A01還是要+1", "我還是要A01+1"])
def test_who_still_wants_it_chooses_nothing(text: str) -> None:
    assert told(text) == [("add", "A01")]


def test_several_things_are_several_orders() -> None:
    assert told("A01+1 A12+1") == told("A01+1 還要A12+1") == [("add", "A01"), ("add", "A12")]
