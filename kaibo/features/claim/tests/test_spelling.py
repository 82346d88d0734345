"""Stories of how buyers write what they want: parts of a variant, names of products, and what nobody understands."""

import pytest

from kaibo.features.claim.commands import BlockBuyer, OpenWindow
from kaibo.features.claim.facts import Policy
from kaibo.features.claim.tests.room import AI, Room
from kaibo.features.comment.triage import triage
from kaibo.features.product.facts import ProductAdded, ProductPinned, ProductSheet


def goods(product_id: str, name: str, *variants: str) -> ProductAdded:
    return ProductAdded(product=ProductSheet(product_id=product_id, name=name, variants=variants), currency="TWD")


LIST = (
    goods("T02", "T恤", "黑 S", "黑 M", "白 S", "白 M"),
    goods("T03", "保溫瓶", "600ml"),
    goods("T04", "茶壺"),
    goods("T05", "馬克杯"),
    goods("T06", "馬克杯"),
    goods("T07", "洋裝", "紅色 L", "藍色 L", "藍色 XL"),
    goods("T08", "手沖 茶壺 大"),
    goods("T11", "龜背芋", "L", "2XL"),
    goods("T09", "夾克", "黑/S", "深黑-M", "黑M", "黑M 加絨"),
)


def shop(on_air: str = "T02", policy: Policy | None = None) -> Room:
    room = Room(policy, goods=LIST)
    if on_air:
        room.stage.given(ProductPinned(product_id=on_air))
    return room


def told(room: Room, text: str) -> str:
    """`T02/黑 M 1` for what is held, the rule and what is asked about for the rest, joined by a comma."""
    found: list[str] = []
    for each in room.say(("ann", text)):
        what = f"{each.product_id}/{each.variant}" if each.variant else each.product_id
        found.append(f"{what} {each.got}" if each.rule == "claimed" else f"{each.rule} {what}".strip())
    return ", ".join(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, "T02/黑 M 1") for text in (
            "黑M+1", "黑 M+1", "黑M +1", "黑m＋１", "黑-M+1", "黑/M+1", "黑_M+1", "黑·M+1", "黑色M+1", "黑色 M號 +1", "黑的M+1", "M黑+1", "M號黑色+1",
            "黑M1", "黑M 一件", "一件黑M", "+1黑M", "我要黑M", "T02 黑M+1", "T02黑M+1", "T02 +1 黑M", "T02-黑M+1", "T02_黑-M +1", "T恤黑M+1",
            "T02 T恤 黑M+1", "黑M+1 謝謝", "黑M+1[愛心]", "黑M各1", "黑M*1",
        )),
        ("白M*2", "T02/白 M 2"),
        ("兩件白S", "T02/白 S 2"),
        ("黑S黑M各1", "T02/黑 S 1, T02/黑 M 1"),
        ("黑S+1、白M+2", "T02/黑 S 1, T02/白 M 2"),
        ("包色+1", "T02/黑 S 1, T02/黑 M 1, T02/白 S 1, T02/白 M 1"),
        # several may be meant, or none is
        *((text, "ask_variant T02") for text in (
            "M+1", "黑+1", "黑色一件", "T02 M+1", "S/M+1", "黑/白M+1", "黑S、M各1", "黑M白M+1", "黑，M+1", "T恤+1",
        )),
        ("黑S~黑M各1", "ask_quantity T02"),
        ("T02 黑S~白M各一", "ask_quantity T02"),
        ("T02黑S至黑M各1", "ask_quantity T02"),
        # the whole names of products
        ("茶壺+1", "T04 1"),
        ("我要茶壺兩個", "T04 2"),
        ("兩個茶壺", "T04 2"),
        ("手沖茶壺大+1", "T08 1"),
        ("手沖 茶壺 大 x2", "T08 2"),
        ("保溫瓶+1", "T03/600ml 1"),
        ("我要茶壺", "ask_quantity T04"),
        ("茶壺 2", "ask_quantity T04"),
        ("馬克杯+1", "ask_order"),
        ("馬克杯兩個", "ask_order"),
        ("取消馬克杯+1", "ask_order"),
        # one variant leaves nothing to choose
        ("T03+1", "T03/600ml 1"),
        ("T03 x2", "T03/600ml 2"),
        ("T03 500ml+1", "ask_variant T03/500ml"),
        ("T03 36+1", "ask_variant T03/36"),
        ("黑2XL+1", "ask_variant T02/2XL"),
        ("T恤 XXL 兩件", "ask_variant T02/XXL"),
        ("T02 xl+1", "ask_variant T02/XL"),
        ("白L+1", "ask_variant T02/L"),
        ("T02+1", "ask_variant T02"),
        ("T02 均碼+1", "ask_variant T02"),
        ("T03 600+1", "ask_variant T03"),
        # a size in front of its product is its variant, and never how many
        *((text, "T11/2XL 1") for text in (
            "2XL 龜背芋+1", "2XL龜背芋+1", "2XL號 龜背芋 +1", "龜背芋2XL+1", "龜背芋 2XL號 +1", "T11 2XL+1", "2XL T11+1", "+1 龜背芋 2XL",
        )),
        *((text, "T11/L 1") for text in ("L號 龜背芋 +1", "L號龜背芋+1", "l 龜背芋+1", "龜背芋L號+1")),
        ("L 龜背芋+2", "T11/L 2"),
        ("L 龜背芋+1 XL T07+1", "T11/L 1, T07/藍色 XL 1"),
        *((text, "ask_variant T11/3XL") for text in ("3XL 龜背芋+1", "3XL號龜背芋+1", "龜背芋3XL+1", "3XL T11+1")),
        ("2L 龜背芋+1", "ask_variant T11/2L"),
        ("L 2XL 龜背芋+1", "ask_variant T11"),
        # and of one that does not come in sizes it is asked
        *((text, "ask_variant T04/2XL") for text in ("2XL T04+1", "T04 2XL+1", "2XL 茶壺+1", "茶壺2XL+1")),
        ("T04+1 2XL", "ask_order T04"),
        ("2XL+1 T04+1", "ask_order T04"),
        ("T11 L+1 3XL", "ask_order T11"),
        # what was said before its name, while it is on air
        ("黑M T恤+1", "T02/黑 M 1"),
        ("黑M T02+1", "T02/黑 M 1"),
        ("黑M T07+1", "ask_variant T07"),
        ("黑M T04+1", "T04 1"),
        ("黑M 白S T恤+1", "ask_variant T02"),
        # a part that one variant alone has
        ("T07紅+1", "T07/紅色 L 1"),
        ("T07 XL+1", "T07/藍色 XL 1"),
        ("T07藍+1", "ask_variant T07"),
        ("T07紅XL+1", "ask_variant T07"),
        ("T09黑S+1", "T09/黑/S 1"),
        ("T09黑M+1", "T09/黑M 1"),
        ("T09黑 M加絨+1", "T09/黑M 加絨 1"),
        ("T09深黑M+1", "T09/深黑-M 1"),
        # talk
        *((text, "") for text in (
            "M號會不會太大", "M號", "M", "黑M", "黑M好看", "黑色好看", "黑M 38", "黑M有嗎", "黑M多少錢", "茶壺", "茶壺好看", "茶壺多少錢", "茶壺100",
            "茶壺來了", "茶壺兩個好便宜", "so smart", "已下單黑M+1", "黑M+1了嗎", "我拍了 +1",
        )),
        # it sounds like an order and is none that anybody could read
        *((text, "ask_order") for text in (
            "好看+1", "+1+2", "T99+1", "紅M+1", "L+1", "大茶壺+1", "茶壺蓋+1", "茶壺 很漂亮 +1", "想買", "想買黑M", "下單", "留給我", "黑M+1+2",
        )),
        ("深黑M+1", "ask_order T09"),
    ],
)  # fmt: skip
def test_what_is_written_while_a_shirt_of_four_variants_is_on_air(text: str, expected: str) -> None:
    assert told(shop(), text) == expected


@pytest.mark.parametrize("text", ["+1", "黑M+1", "T99+1", "我要買兩盒", "I want two"])
def test_an_order_of_nobody_knows_what_is_asked_about_and_counts_as_refused(text: str) -> None:
    room = shop("")
    assert told(room, text) == "ask_order"
    assert room.numbers().refused == 1
    assert not any(key.endswith("/") for key in room.stage.rows("claim.numbers"))


def test_on_air_with_one_variant_a_bare_plus_one_is_that() -> None:
    assert told(shop("T03"), "+1") == "T03/600ml 1"


@pytest.mark.parametrize(
    "text", ["黑M+1", "白L+1", "好看 +1", "+1+2", "茶壺+1", "馬克杯+1", "T99+1", "想買", "下單", "I'll take it", "留給我"]
)
def test_what_is_shown_as_an_order_is_never_passed_over(text: str) -> None:
    assert triage(text) == "order"
    assert shop().say(("ann", text))


def test_who_is_barred_or_too_early_is_told_so_whatever_they_wrote() -> None:
    room = shop(policy=Policy(capture="window"))
    assert told(room, "好看 +1") == "window_closed"
    room.stage.when(OpenWindow(), by=AI)
    room.stage.when(BlockBuyer(buyer="live/ann", blocked=True), by=AI)
    assert told(room, "好看 +2") == "blocked"


def test_the_same_words_within_seconds_are_asked_about_once() -> None:
    room = shop()
    assert told(room, "好看 +1") == "ask_order"
    assert told(room, "好看 +1") == "repeated"


def test_a_name_that_a_keyword_or_a_variant_has_is_theirs() -> None:
    room = Room(goods=(goods("B1", "粉色"), goods("B2", "圍巾", "粉色", "白色"), goods("B3", "b1")))
    room.stage.given(ProductPinned(product_id="B2"))
    assert told(room, "粉色+1") == "B2/粉色 1"
    assert told(room, "b1+1") == "B1 1"


SPOKEN = (
    goods("P1", "多肉組合", "三入組", "單盆"),
    goods("P2", "純棉毛巾禮盒"),
    goods("P3", "氣炸鍋 5L"),
    goods("P4", "多肉花器"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("多肉三入組 2組", "ask_order P1"),
        ("三入組 2組", "ask_order P1"),
        ("多肉單盆两盆", "ask_order P1"),
        ("我要毛巾 2組", "ask_order P2"),
        ("我要毛巾禮盒兩組送媽媽", "ask_order P2"),
        ("毛巾x2", "ask_order P2"),
        ("毛巾x12", "ask_order P2"),
        ("幫我留毛巾", "ask_order P2"),
        ("搶毛巾一組 面交", "ask_order P2"),
        ("想買毛巾", "ask_order P2"),
        ("氣炸鍋一台 謝謝", "ask_order P3"),
        ("哈哈 毛巾兩條", "ask_order P2"),
        ("多肉 2組", "ask_order"),
        *((text, "") for text in (
            "毛巾 2組多少", "毛巾兩條夠嗎", "買了毛巾 2組", "媽媽說毛巾 2組很划算", "毛巾好看", "毛巾100", "毛巾 2000元", "毛巾兩條好便宜", "哈哈哈毛巾", "毛巾", "2組", "毛巾收到 2組",
        )),
    ],
)  # fmt: skip
def test_what_is_ordered_in_other_words_than_its_name_is_asked_about(text: str, expected: str) -> None:
    assert told(Room(goods=SPOKEN), text) == expected


def test_what_is_asked_about_names_the_product_it_seems_to_mean_and_holds_nothing() -> None:
    room = Room(goods=SPOKEN)
    room.say(("ann", "我要毛巾 2組"))
    (row,) = room.stage.rows("claim.claims").values()
    assert (row.product_id, row.rule, row.held, row.asked) == ("P2", "ask_order", 0, 0)
    (buyer,) = room.stage.rows("claim.buyers").values()
    assert [entry.rule for entry in buyer.entries] == ["ask_order"]


def test_what_is_ordered_in_other_words_while_no_orders_are_taken_is_kept() -> None:
    room = Room(goods=SPOKEN, policy=Policy())
    room.say(("ann", "我要毛巾 2組"))
    assert [missed.text for missed in room.stage.state.missed] == ["我要毛巾 2組"]


def test_a_number_is_the_shade_of_that_number() -> None:
    room = Room(goods=(goods("K2", "口紅", "#02", "#03"),))
    room.stage.given(ProductPinned(product_id="K2"))
    assert told(room, "02 +1") == "K2/#02 1"


def test_half_a_size_is_no_size() -> None:
    room = Room(goods=(goods("K1", "鞋", "38", "39"),))
    room.stage.given(ProductPinned(product_id="K1"))
    assert told(room, "38 +1") == "K1/38 1"
    assert told(room, "38.5 +1") == "ask_order"


def test_half_of_a_variant_is_not_the_variant() -> None:
    room = Room(goods=(goods("T09", "圍巾", "粉", "白"),))
    assert told(room, "圍巾+2白半") == "ask_order T09"
