"""Stories of giving up by comment: what is one's own word, what keeps an order, and what a person must ask."""

import pytest

from kaibo.features.claim.policy import Policy
from kaibo.features.claim.tests.room import Room
from kaibo.features.product.facts import ProductPinned


@pytest.fixture
def room() -> Room:
    """Buyers have three of A01, which is on air."""
    room = Room(Policy(capture="always", cancel_by_comment=True))
    room.stage.given(ProductPinned(product_id="A01"))
    room.say(("ann", "A01+3"))
    return room


@pytest.mark.parametrize(
    "text",
    [
        "不要取消", "請不要取消", "A01不要取消", "千萬不要取消A01", "拜託不要取消我的A01", "不要幫我取消", "不用取消", "dont cancel A01",
        "取消的A01給我", "取消A01那組給我", "有人A01不要我收", "取消了A01那位讓我接",
        "A01取消1", "A01取消一個", "取消2個A01", "A01 取消 x1", "取消 A01+2", "前面那個取消 A01+2", "取消，A01+2",
    ],
)  # fmt: skip
def test_what_keeps_an_order_or_gives_up_part_of_it_changes_nothing_and_is_asked(room: Room, text: str) -> None:
    assert [one.rule for one in room.say(("ann", text))] == ["ask_quantity"]
    assert room.stock("A01/").held == 3


def test_a_plea_in_english_says_nothing(room: Room) -> None:
    assert room.say(("ann", "Please do not cancel A01")) == []
    assert room.stock("A01/").held == 3


@pytest.mark.parametrize("text", ["A01取消", "取消A01", "A01+3 取消", "取消A01+3", "A01 取消3個", "那組A01我不要了", "我不要了"])
def test_all_of_it_in_whatever_words_is_given_back(room: Room, text: str) -> None:
    assert [one.rule for one in room.say(("ann", text))] == ["cancelled"]
    assert room.stock("A01/").held == 0


def test_money_is_no_number_of_pieces(room: Room) -> None:
    for text in ("A01+100塊", "A01+50元", "A01+1打"):
        assert [one.rule for one in room.say(("bob", text))] == ["ask_quantity"]
    assert room.stock("A01/").held == 3
    room.say(("bob", "A01+2塊"))
    assert room.stock("A01/").held == 5
