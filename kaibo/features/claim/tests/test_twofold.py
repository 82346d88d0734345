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


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1個A01 2個A12", [1, 2]),
        ("1個A01跟2個A12", [1, 2]),
        ("2個A01，1個A12", [2, 1]),
        ("兩個A01和一個A12", [2, 1]),
        ("2 A01, 1 A12", [2, 1]),
    ],
)
def test_a_list_with_the_numbers_in_front_is_read_like_one_of_them(text: str, numbers: list[int]) -> None:
    found = heard(text, SHOP)
    assert [(op.op, op.keyword, op.qty) for op in found] == [("add", "A01", numbers[0]), ("add", "A12", numbers[1])]


@pytest.mark.parametrize("text", ["1個A01 2個", "2個A01 A12一個", "+1 A01 +2 A12", "1 2 A01"])
def test_what_is_no_such_list_holds_nothing_by_it(text: str) -> None:
    assert not {"A01", "A12"} <= {op.keyword for op in heard(text, SHOP) if op.op == "add"}


@pytest.mark.parametrize(
    "text",
    [
        "A01+1 never mind", "A01+1 wrong", "A01+1 next time", "A01+1 don't want", "A01+1 oops", "A01+1 maybe", "A01+1 no make it two", "A01+1 jk",
        "A01+1明天再買", "A01+1 開玩笑", "A01+1買不起", "喊A01+1就好", "要的請打A01+1",
    ],
)  # fmt: skip
def test_who_takes_it_back_or_tells_others_how_to_order_orders_nothing(text: str) -> None:
    assert [op for op in heard(text, SHOP) if op.op == "add"] == []


def test_who_wants_just_one_orders_it() -> None:
    assert told("A01+1就好") == told("請給我A01+1") == [("add", "A01")]
