"""Stories of what the room is shown as an order and nobody at the desk can read: it is asked about, counted or refused, never lost."""

import msgspec
import pytest

from kaibo.features.audience.commands import AudienceItem
from kaibo.features.claim.commands import DecideClaims, TakeMissed
from kaibo.features.claim.facts import Policy
from kaibo.features.claim.grammar import TEXT_MAX, UNREAD, Catalogue, shown_as_order
from kaibo.features.claim.tests.room import AI, CREAM, SCARF, SYSTEM, Room, batch
from kaibo.features.comment.facts import ModelChosen
from kaibo.features.comment.training import shipped
from kaibo.features.product.facts import ProductAdded, ProductRemoved, ProductSheet
from kaibo.features.show.facts import ShowEnded

FRYER = ProductAdded(product=ProductSheet(product_id="G7", name="氣炸鍋", live_price_minor=169000, stock=3), currency="TWD")
MODEL = ModelChosen(version="1", digest=shipped().digest, weights=shipped().packed)


def room(policy: Policy | None = None) -> Room:
    """A show that was taught which comments are orders."""
    shop = Room(policy, goods=(CREAM, SCARF, FRYER))
    shop.stage.given(MODEL)
    return shop


def asked(shop: Room, *comments: str) -> list[tuple[str, str]]:
    return [(each.rule, each.product_id) for each in shop.say(*(("ann", text) for text in comments))]


@pytest.mark.parametrize("text", ["這個我要", "先來兩盒試試", "幫我保留一個", "2 pcs please", "我要改成兩個", "紅色一件"])
def test_an_order_that_only_the_model_knows_is_asked_about(text: str) -> None:
    assert asked(room(), text) == [("ask_order", "")]


def test_and_with_the_product_it_speaks_of() -> None:
    assert asked(room(), "我要訂氣炸鍋") == [("ask_order", "G7")]


@pytest.mark.parametrize(
    "text",
    [
        "已匯款 末五碼 20913",
        "付完款了",
        "落咗單",
        "買咗兩樽",
        "下好單了",
        "刷卡成功",
        "added to cart",
        "已下單 坐等",
        "好看",
        "多少錢",
    ],
)
def test_who_tells_of_an_order_asks_or_talks_is_not(text: str) -> None:
    assert asked(room(), text) == []


def test_without_a_model_nobody_knows() -> None:
    assert asked(Room(), "這個我要") == []


def test_what_is_closed_over_or_barred_is_told_by_its_rule() -> None:
    shop = room(Policy(capture="window"))
    assert asked(shop, "這個我要") == [("window_closed", "")]
    shop = room()
    shop.stage.given(ShowEnded(show_id="s1"), at=shop.stage.at + 1000)
    assert asked(shop, "這個我要", "A01+1") == [("window_closed", ""), ("window_closed", "A01")]


def test_another_source_is_heard_as_the_first() -> None:
    shop = room()
    one = batch([AudienceItem(kind="comment", at=shop.stage.at, viewer="z", name="Z", text="這個我要")], shop.viewers)
    shop.stage.given(msgspec.structs.replace(one, source="mall"))
    shop.stage.when(DecideClaims(batch=shop.stage.seq), by=SYSTEM)
    assert [(each.rule, each.buyer) for each in shop.decisions()] == [("ask_order", "mall/z")]


def test_while_none_are_taken_whatever_orders_is_counted_and_asked_about_once_they_are() -> None:
    shop = room(Policy())
    shop.say(
        ("ann", "這個我要"), ("bob", "T99+1"), ("cat", "A01 100"), ("dan", "A01+1"), ("eve", "A01取消"), ("fay", "取消2個A01")
    )
    assert shop.stage.row("claim.desk", "all").missed == 4
    shop.stage.when(TakeMissed(), by=AI)
    assert [each.rule for each in shop.stage.events[-2].fact.decisions] == ["ask_order", "ask_order", "ask_quantity", "claimed"]


def test_what_left_the_list_before_it_was_decided_is_asked_about() -> None:
    shop = room()
    shop.write(("ann", "A01+1"))
    heard = shop.stage.seq
    shop.stage.given(ProductRemoved(product_id="A01"))
    shop.stage.when(DecideClaims(batch=heard), by=SYSTEM)
    assert [(each.rule, each.product_id, each.got) for each in shop.decisions()] == [("ask_order", "A01", 0)]


def test_what_stands_far_behind_in_an_essay_is_not_what_is_ordered() -> None:
    catalogue = Catalogue({"G7": ()}, {"氣炸鍋": "G7"})
    assert [each.seems for each in shown_as_order("我要訂氣炸鍋", catalogue)] == ["G7"]
    assert shown_as_order("好" * TEXT_MAX + "我要訂氣炸鍋", catalogue) == (UNREAD,)
