"""An order names products and variants as its platform writes them; the log has them as the list does."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderCreated, OrderLine
from kaibo.features.order.feature import FEATURE
from kaibo.features.product.facts import ProductAdded, ProductRemoved, ProductSheet
from kaibo.features.show.facts import ShowPlanned

AT = 1_764_331_200_000
SHIRT = ProductSheet(product_id="P1", name="襯衫", variants=("S", "M", "紅色"), live_price_minor=10000, stock=10)


@pytest.fixture
def stage() -> Stage:
    plan = ShowPlanned(show_id="s1", title="t", starts_at=AT, ends_at=AT + 3_600_000, timezone="Asia/Taipei", currency="TWD")
    return Stage(FEATURE).given(plan, ProductAdded(product=SHIRT, currency="TWD"), at=AT)


def written(stage: Stage, product_id: str, variant: str) -> tuple[str, str]:
    line = OrderLine(product_id=product_id, quantity=1, price_minor=10000, variant=variant)
    item = OrderItem(kind="created", order_id="o1", at=stage.at, buyer="ann", lines=(line,))
    stage.when(RecordOrders(platform="mo", items=(item,)))
    (fact,) = [event.fact for event in stage.events if isinstance(event.fact, OrderCreated)]
    return fact.lines[0].product_id, fact.lines[0].variant


@pytest.mark.parametrize(
    ("product_id", "variant", "expected"),
    [
        ("P1", "S", ("P1", "S")),
        ("p1", "s", ("P1", "S")),
        ("Ｐ１", "ｍ", ("P1", "M")),
        ("P1", " 红色 ", ("P1", "紅色")),
        ("P1", "", ("P1", "")),
        ("p1", "XL", ("P1", "XL")),
        ("p2", "s", ("p2", "s")),
    ],
)
def test_what_the_list_has_in_another_case_width_or_script_is_that(
    stage: Stage, product_id: str, variant: str, expected: tuple[str, str]
) -> None:
    assert written(stage, product_id, variant) == expected


COAT = replace(SHIRT, product_id="P2", variants=("黑 S", "黑 M", "白 S", "米色"))
SIZES = replace(SHIRT, product_id="P4", variants=("S", "M", "L", "XL", "2XL"))
COLOURS = replace(SHIRT, product_id="P5", variants=("藍", "深藍", "Blue", "White", "F"))
SHOES = replace(SHIRT, product_id="P3", variants=("38", "38.5", "39號"))


@pytest.mark.parametrize(
    ("product", "variant", "expected"),
    [
        (SHIRT, "S碼", "S"),
        (SHIRT, "尺寸：S", "S"),
        (SHIRT, "Size: m", "M"),
        (SHIRT, "Size M", "M"),
        (SHIRT, "顏色:黑色;尺寸:S", "顏色:黑色;尺寸:S"),
        (SIZES, "顏色:黑色;尺寸:S", "S"),
        (SIZES, "黑色,2XL", "2XL"),
        (SIZES, "尺寸：2 XL", "2XL"),
        (SIZES, "S,M", "S,M"),
        (SIZES, "modelS", "modelS"),
        (SIZES, "包裝10,S", "包裝10,S"),
        (SIZES, "L大衣 M", "L大衣 M"),
        (SIZES, "UK S, EU 38", "UK S, EU 38"),
        (SHIRT, "紅", "紅色"),
        (SHIRT, "2XL", "2XL"),
        (SHIRT, "紅色,S", "紅色,S"),
        (COAT, "顏色：黑色；尺碼：M", "黑 M"),
        (COAT, "M/黑", "黑 M"),
        (COAT, "S碼,白色", "白 S"),
        (COAT, "黑", "黑"),
        (COAT, "S", "S"),
        (COAT, "紅,S", "紅,S"),
        (COAT, "米色 S", "米色 S"),
        (COAT, "【黑色】M", "黑 M"),
        (COLOURS, "顏色:深 藍", "深藍"),
        (COLOURS, "淺 藍", "淺 藍"),
        (COLOURS, "Light Blue", "Light Blue"),
        (COLOURS, "White/Red", "White/Red"),
        (COLOURS, "Color: Red; Trim: White", "Color: Red; Trim: White"),
        (COLOURS, "Off White", "Off White"),
        (COLOURS, "F碼", "F"),
        (SHOES, "38號", "38"),
        (SHOES, "尺碼:38.5", "38.5"),
        (SHOES, "39", "39號"),
        (SHOES, "388", "388"),
        (SHOES, "Size: 38 1/2", "Size: 38 1/2"),
        (SHOES, "黑,EU 38", "黑,EU 38"),
        (SHOES, "", ""),
        (SHOES, "：", "："),
    ],
)
def test_a_shop_writes_options_with_labels_and_in_its_own_order(
    stage: Stage, product: ProductSheet, variant: str, expected: str
) -> None:
    """What no one variant fits stays as it came."""
    if product is not SHIRT:
        stage.given(ProductAdded(product=product, currency="TWD"))
    assert written(stage, product.product_id, variant) == (product.product_id, expected)


def test_what_left_the_list_is_named_as_it_came(stage: Stage) -> None:
    stage.given(ProductRemoved(product_id="P1"))
    assert written(stage, "p1", "s") == ("p1", "s")
