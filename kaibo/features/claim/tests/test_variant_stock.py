"""Stories of stock by variant: what one has of its own comes out of the product's, and one thing has one spelling."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.features.claim.commands import ClaimByHand, Restock, SetStock
from kaibo.features.claim.facts import ClaimStockSet
from kaibo.features.claim.rules import ClaimStockBelowVariants, ClaimStockOfVariants, ClaimVariantUnknown
from kaibo.features.claim.slices import STOCK
from kaibo.features.claim.tests.room import AI, Room, order, settle
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductSheet

SHIRT = ProductSheet(product_id="P1", name="襯衫", variants=("S", "M", "L"), live_price_minor=10000, stock=10)


@pytest.fixture
def shop() -> Room:
    return Room(goods=(ProductAdded(product=SHIRT, currency="TWD"),))


def left(shop: Room) -> tuple[int, ...]:
    """Of S, M, L, and of all."""
    return tuple(shop.stock(f"P1/{variant}").left for variant in ("S", "M", "L", ""))


def by_variants(shop: Room) -> int | None:
    return shop.stage.fold.slice(STOCK).goods["P1"].by_variants()


def own(shop: Room, **stocks: int) -> None:
    for variant, stock in stocks.items():
        shop.stage.when(SetStock(product_id="P1", variant=variant, stock=stock), by=AI)


def test_the_total_is_never_more_than_the_sheet_said(shop: Room) -> None:
    own(shop, S=3)
    assert left(shop) == (3, 7, 7, 10)
    own(shop, M=7)
    assert left(shop) == (3, 7, 0, 10)
    assert shop.got(("ann", "P1 L+1")) == [("waitlisted", 0, 1)]


def test_variants_that_all_have_their_own_are_the_total(shop: Room) -> None:
    own(shop, S=1, M=2, L=3)
    assert (shop.stock("P1/").stock, *left(shop)) == (6, 1, 2, 3, 6)


def test_more_of_a_variant_than_the_sheet_has_in_all_leaves_nothing_to_the_others(shop: Room) -> None:
    own(shop, S=12)
    assert (shop.stock("P1/").stock, *left(shop)) == (12, 12, 0, 0, 12)


def test_a_product_has_no_less_than_its_variants_have_of_their_own(shop: Room) -> None:
    own(shop, S=3)
    shop.stage.when(SetStock(product_id="P1", stock=2), by=AI).refused(
        ClaimStockBelowVariants, product_id="P1", stock=2, variants=3
    )
    shop.stage.when(SetStock(product_id="P1", stock=5), by=AI)
    assert left(shop) == (3, 2, 2, 5)


def test_a_sheet_written_anew_for_less_than_its_variants_is_believed(shop: Room) -> None:
    own(shop, S=3)
    shop.stage.given(ProductEdited(fields=("stock",), product=replace(SHIRT, stock=20)))
    assert left(shop) == (3, 17, 17, 20)
    shop.stage.given(ProductEdited(fields=("stock",), product=replace(SHIRT, stock=2)))
    assert left(shop) == (2, 2, 2, 2)


def test_orders_that_name_no_variant_come_out_of_what_is_shared_then_of_the_fullest(shop: Room) -> None:
    own(shop, S=3)
    settle(shop, order("o1", "ann", "P1", 8))
    assert (*left(shop), shop.stock("P1/").oversold) == (2, 0, 0, 2, 0)
    settle(shop, order("o2", "bob", "P1", 3))
    assert (shop.stock("P1/").left, shop.stock("P1/").oversold) == (-1, 1)


def test_what_is_restocked_of_one_variant_is_not_taken_from_the_others(shop: Room) -> None:
    own(shop, S=3)
    settle(shop, order("o1", "ann", "P1", 5, "S"))
    assert (*left(shop), shop.stock("P1/").oversold) == (-2, 7, 7, 7, 2)
    shop.stage.when(Restock(product_id="P1"), by=AI).then(
        ClaimStockSet(product_id="P1", variant="S", stock=5), ClaimStockSet(product_id="P1", variant="", stock=12)
    )
    assert (*left(shop), shop.stock("P1/").oversold) == (0, 7, 7, 7, 0)


@pytest.mark.parametrize(("product_id", "variant"), [("p1", "s"), ("Ｐ１", "Ｓ"), ("P1 ", " s")])
def test_ids_and_variants_in_another_case_or_width_are_the_same(shop: Room, product_id: str, variant: str) -> None:
    shop.stage.when(SetStock(product_id=product_id, variant=variant, stock=3), by=AI).then(
        ClaimStockSet(product_id="P1", variant="S", stock=3)
    )
    shop.stage.when(ClaimByHand(buyer="live/ann", product_id=product_id, variant=variant, quantity=2), by=AI)
    assert left(shop) == (1, 7, 7, 8)
    shop.stage.when(ClaimByHand(buyer="live/ann", product_id=product_id, variant="XS"), by=AI)
    shop.stage.refused(ClaimVariantUnknown, product_id="P1", variant="XS")


def test_what_orders_name_that_is_nowhere_on_the_list_is_told(shop: Room) -> None:
    settle(shop, order("o1", "ann", "P9", 2))
    settle(shop, order("o2", "bob", "P1", 3, "XL"))
    settle(shop, order("o3", "cat", "P1", 1, "S"))
    settle(shop, order("o4", "dan", "P1", 1))
    rows: dict[str, Any] = shop.stage.rows("claim.unlisted")
    assert {key: (row.name, row.units, row.why) for key, row in rows.items()} == {
        "P9/": ("", 2, "product"),
        "P1/XL": ("襯衫", 3, "variant"),
    }
    shop.stage.given(ProductAdded(product=ProductSheet(product_id="P9", name="新品", stock=5), currency="TWD"))
    assert set(shop.stage.rows("claim.unlisted")) == {"P1/XL"}


def test_a_number_for_the_product_is_refused_where_each_variant_has_its_own(shop: Room) -> None:
    own(shop, S=1, M=2)
    assert by_variants(shop) is None
    own(shop, L=3)
    assert by_variants(shop) == 6
    for stock in (6, 20):
        shop.stage.when(SetStock(product_id="P1", stock=stock), by=AI)
        shop.stage.refused(ClaimStockOfVariants, product_id="P1", variants=6)
    shop.stage.when(SetStock(product_id="P1", stock=5), by=AI).refused(ClaimStockBelowVariants, stock=5)
    shop.stage.when(SetStock(product_id="P1", variant="L", stock=None), by=AI)
    shop.stage.when(SetStock(product_id="P1", stock=20), by=AI)
    assert (left(shop), by_variants(shop)) == ((1, 2, 17, 20), None)


def test_the_sheet_written_anew_says_nothing_of_the_total_while_the_variants_do(shop: Room) -> None:
    own(shop, S=1, M=2, L=3)
    shop.stage.given(ProductEdited(fields=("stock",), product=replace(SHIRT, stock=20)))
    assert (left(shop), by_variants(shop)) == ((1, 2, 3, 6), 6)
