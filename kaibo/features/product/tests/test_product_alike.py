"""Stories of products whose ids no comment could tell apart."""

import pytest
from msgspec.structs import replace

from kaibo.core.feature import Copying
from kaibo.core.stage import Stage
from kaibo.features.product.carry import carried
from kaibo.features.product.commands import AddProduct, ImportProducts
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved, ProductSheet
from kaibo.features.product.feature import FEATURE
from kaibo.features.product.rules import ProductBadValue, ProductIdAlike
from kaibo.features.product.sheet import read_products
from kaibo.kit.sheets import read_book

POT = ProductSheet(product_id="P1", name="壺", live_price_minor=99000)
ALIKE = ["p1", "Ｐ１", "ｐ1", " P1", "P 1", "P1\u3000", "P\u200b1", "P1\ufe0f"]


@pytest.fixture
def shelf() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=POT, currency="TWD"))


@pytest.mark.parametrize("product_id", ALIKE)
def test_beside_a_product_there_is_none_that_is_written_alike(shelf: Stage, product_id: str) -> None:
    other = replace(POT, product_id=product_id)
    shelf.when(AddProduct(product=other)).refused(ProductIdAlike, product_id=product_id, like="P1")
    batch = ImportProducts(filename="a.csv", currency="TWD", products=(replace(POT, product_id="P2"), other))
    shelf.when(batch).refused(ProductIdAlike, like="P1")
    assert set(shelf.rows("product.cards")) == {"P1"}


def test_what_comments_can_tell_apart_is_added_and_so_is_what_was_taken_away(shelf: Stage) -> None:
    shelf.when(AddProduct(product=replace(POT, product_id="P10")))
    shelf.when(AddProduct(product=replace(POT, product_id="P-1")))
    assert set(shelf.rows("product.cards")) == {"P1", "P10", "P-1"}
    shelf.given(ProductRemoved(product_id="P1")).when(AddProduct(product=replace(POT, product_id="p1")))
    shelf.then(ProductAdded(product=replace(POT, product_id="p1"), currency="TWD"))
    shelf.when(AddProduct(product=replace(POT, product_id="\u3000 "))).refused(ProductBadValue, field="product_id")


def test_two_of_one_import_are_refused_as_well(shelf: Stage) -> None:
    pair = (replace(POT, product_id="A"), replace(POT, product_id="ａ"))
    shelf.when(ImportProducts(filename="a.csv", currency="TWD", products=pair)).refused(ProductIdAlike, product_id="ａ", like="A")


def test_a_sheet_keeps_the_good_rows_and_says_which_were_left_out() -> None:
    text = "商品編號,商品名稱,直播價\nP1,壺,980\np1,杯,299\nＢ2,盤,100\nb 2,碗,50\nC3,匙,20\n"
    reading = read_products(read_book(text.encode(), "shop.csv"), "TWD", known={"P1": POT})
    assert [product.product_id for product in reading.products] == ["P1", "B2", "C3"]
    notes = [(row.row, row.status, note.code, note.data["like"]) for row in reading.report.rows for note in row.notes]
    assert notes == [(3, "skipped", "product.id_alike", "P1"), (5, "skipped", "product.id_alike", "B2")]


def test_products_of_before_are_still_edited_and_the_first_comes_along_to_another_show(shelf: Stage) -> None:
    old = replace(POT, product_id="p1", name="舊")
    shelf.given(ProductAdded(product=old, currency="TWD"))
    new = replace(old, name="新")
    shelf.when(ImportProducts(filename="a.csv", currency="TWD", products=(new,)))
    assert shelf.events[-2].fact == ProductEdited(product=new, fields=("name",))
    (batch,) = carried(shelf.state, Copying("再一場", 0))
    assert (batch.products, batch.notes) == ((POT,), ("p1",))


def test_a_sheet_that_names_no_currency_is_of_the_show(shelf: Stage) -> None:
    shelf.when(ImportProducts(filename="a.csv", currency="", products=(POT,)))
    assert shelf.row("product.cards", POT.product_id).currency == "TWD"
