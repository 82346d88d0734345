"""Stories of a show's products: written, changed, kept while somebody needs them, shown at the price that is true."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kaibo.core.script import likeness
from kaibo.core.stage import Stage
from kaibo.features.claim.facts import ClaimsDecided, ClaimsReleased, ClaimStockSet, Decision, Move
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderRefunded
from kaibo.features.product.commands import (
    AddProduct,
    EditProduct,
    ImportProducts,
    PinProduct,
    ProductChange,
    RemoveProduct,
)
from kaibo.features.product.facts import (
    Doubt,
    ProductAdded,
    ProductEdited,
    ProductPinned,
    ProductRemoved,
    ProductSheet,
    SheetImported,
)
from kaibo.features.product.feature import FEATURE
from kaibo.features.product.rules import (
    ProductBadValue,
    ProductClaimed,
    ProductEditConflict,
    ProductIdTaken,
    ProductInUse,
    ProductOnAir,
    ProductUnknown,
    ProductVariantTaken,
    ProductWrongCurrency,
)
from kaibo.features.product.sheet import read_products
from kaibo.features.product.sheet_write import write_products_xlsx
from kaibo.features.product.tests.said import CUP, PLAN, POT, edit
from kaibo.features.promo.facts import (
    PromoApplied,
)
from kaibo.features.rundown.facts import Cue, CueAdded, CueEdited, CueRemoved, CueWent
from kaibo.features.show.facts import ShowPlanned
from kaibo.kit.sheets import read_book


@pytest.fixture
def shelf() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=POT, currency="TWD"))


def order(order_id: str, quantity: int) -> OrderCreated:
    line = OrderLine(product_id="K1", quantity=quantity, price_minor=99000)
    return OrderCreated(
        order_id=order_id, platform="p", buyer="b", lines=(line,), amount_minor=quantity * 99000, currency="TWD", platform_at=1
    )


def test_a_product_is_added_once(shelf: Stage) -> None:
    shelf.when(AddProduct(product=CUP), by=PLAN).then(ProductAdded(product=CUP, currency="TWD"))
    shelf.when(AddProduct(product=CUP), by=PLAN).refused(ProductIdTaken, product_id="K2")


def test_an_edit_says_the_whole_sheet_and_what_changed(shelf: Stage) -> None:
    shelf.when(edit("live_price_minor", 99000, 89000), by=PLAN)
    shelf.then(ProductEdited(product=replace(POT, live_price_minor=89000), fields=("live_price_minor",)))
    shelf.when(edit("live_price_minor", 89000, 89000), by=PLAN).then()


def test_a_stale_edit_shows_both_values(shelf: Stage) -> None:
    shelf.when(edit("name", "舊名", "新名"), by=PLAN).refused(
        ProductEditConflict, field="name", yours="新名", theirs="手沖咖啡壺"
    )


@pytest.mark.parametrize("item_type", ["", "traffic", "welfare", "hero", "profit", "image"])
def test_a_product_has_a_part_in_the_show_or_none(shelf: Stage, item_type: str) -> None:
    cup = replace(CUP, item_type=item_type)
    shelf.when(AddProduct(product=cup), by=PLAN).then(ProductAdded(product=cup, currency="TWD"))


def test_a_sheet_may_be_as_long_as_it_says_and_no_longer(shelf: Stage) -> None:
    longest = replace(CUP, product_id="K" * 64, name="杯" * 200, must_not_say=("最" * 1000,), selling_points=("好" * 1000,))
    shelf.when(AddProduct(product=longest), by=PLAN).then(ProductAdded(product=longest, currency="TWD"))
    for field, too_long in (
        ("product_id", "K" * 65),
        ("name", "杯" * 201),
        ("must_not_say", ("最" * 1001,)),
        ("selling_points", ("好" * 1001,)),
        ("variants", ("粉" * 1001,)),
        ("certificates", ("證" * 1001,)),
        ("doubts", (Doubt(question="嗎" * 1001),)),
        ("doubts", (Doubt(question="嗎", answer="是" * 1001),)),
    ):
        shelf.when(AddProduct(product=replace(CUP, **{field: too_long})), by=PLAN).refused(ProductBadValue)


@pytest.mark.parametrize(
    ("field", "was", "to"),
    [("stock", 20, -1), ("live_price_minor", 99000, -5), ("per_buyer_limit", None, -1), ("name", "手沖咖啡壺", " "),
     ("item_type", "", "star"), ("stock", 20, "many"), ("product_id", "K1", "K9"), ("colour", None, "red")],
)  # fmt: skip
def test_senseless_values_are_refused(shelf: Stage, field: str, was: object, to: object) -> None:
    assert shelf.when(edit(field, was, to), by=PLAN).refused(ProductBadValue, field=field).status == 422


def test_a_product_stays_while_a_cue_names_it(shelf: Stage) -> None:
    shelf.given(CueAdded(cue=Cue(cue_id="c1", title="講解", duration_ms=1, product_id="K1"), after_cue_id=None, rank="a"))
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).refused(ProductInUse, cues=1, orders=0)
    shelf.given(CueEdited(cue_id="c1", values={"product_id": None}), CueEdited(cue_id="c1", values={"product_id": "K1"}))
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).refused(ProductInUse)
    shelf.given(CueRemoved(cue_id="c1"))
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).then(ProductRemoved(product_id="K1"))
    assert shelf.rows("product.cards") == {}


def test_a_product_that_was_ordered_stays(shelf: Stage) -> None:
    shelf.given(order("o1", 2))
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).refused(ProductInUse, orders=1)


def test_a_product_that_viewers_hold_or_wait_for_stays(shelf: Stage) -> None:
    about: dict[str, Any] = {
        "ref": "1:0",
        "buyer": "x/ann",
        "name": "Ann",
        "product_id": "K1",
        "variant": "",
        "asked": 3,
        "text": "",
        "at": 0,
        "hold_until": 0,
    }
    decision = Decision(claim_id="c", rule="claimed_part", got=1, waits=2, price_minor=None, currency="TWD", **about)
    shelf.given(ClaimsDecided(batch=0, decisions=(decision,)))
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).refused(ProductClaimed, held=1, waiting=2)


SHIRT = ProductSheet(product_id="K5", name="上衣", variants=("S", "M", "L"), stock=20)


@pytest.fixture
def worn(shelf: Stage) -> Stage:
    """Ann holds one S and waits for two, and Bo ordered an M."""
    about: dict[str, Any] = {
        "ref": "1:0",
        "buyer": "x/ann",
        "name": "Ann",
        "product_id": "K5",
        "text": "",
        "at": 0,
        "hold_until": 0,
    }
    decision = Decision(
        claim_id="c", rule="claimed_part", variant="S", asked=3, got=1, waits=2, price_minor=None, currency="TWD", **about
    )
    line = OrderLine(product_id="K5", variant="M", quantity=1, price_minor=1)
    order = OrderCreated(order_id="o", buyer="bo", lines=(line,), amount_minor=1, currency="TWD", platform_at=0, platform="x")
    return shelf.given(ProductAdded(product=SHIRT, currency="TWD"), ClaimsDecided(batch=0, decisions=(decision,)), order)


def variants(*to: str) -> EditProduct:
    return EditProduct(product_id="K5", changes=(ProductChange(field="variants", was=list(SHIRT.variants), to=list(to)),))


def test_a_variant_that_buyers_have_is_not_edited_away(worn: Stage) -> None:
    worn.when(variants("M", "L"), by=PLAN).refused(ProductVariantTaken, variants="S", held=1, waiting=2, ordered=0)
    worn.when(variants("小", "中", "L"), by=PLAN).refused(ProductVariantTaken, variants="S、M", held=1, waiting=2, ordered=1)
    sheet = replace(SHIRT, variants=("S/M/L",))
    worn.when(ImportProducts(filename="a.csv", currency="TWD", products=(sheet,)), by=PLAN).refused(ProductVariantTaken)


def test_a_variant_that_nobody_has_may_go_and_others_come(worn: Stage) -> None:
    after = replace(SHIRT, variants=("M", "XL", "S"))
    worn.when(variants("M", "XL", "S"), by=PLAN).then(ProductEdited(product=after, fields=("variants",)))


def test_only_a_product_on_the_list_is_pinned(shelf: Stage) -> None:
    shelf.when(PinProduct(product_id="K9"), by=PLAN).refused(ProductUnknown, product_id="K9")
    shelf.when(PinProduct(product_id="K1"), by=PLAN).then(ProductPinned(product_id="K1"))
    assert shelf.row("product.cards", "K1").pinned
    shelf.when(PinProduct(product_id="K1"), by=PLAN).then()
    shelf.when(PinProduct(product_id=""), by=PLAN).then(ProductPinned(product_id=""))
    assert not shelf.row("product.cards", "K1").pinned


def test_a_pin_outlives_an_edit_and_ends_with_the_next_cue(shelf: Stage) -> None:
    shelf.given(ProductPinned(product_id="K1"))
    shelf.when(edit("name", "手沖咖啡壺", "壺"), by=PLAN)
    assert (shelf.row("product.cards", "K1").pinned, shelf.row("product.cards", "K1").name) == (True, "壺")
    shelf.given(
        CueAdded(cue=Cue(cue_id="c1", title="開場", duration_ms=1), after_cue_id=None, rank="a"),
        CueWent(cue_id="c1", pass_id="p", via="go", from_cue_id=None),
    )
    assert (shelf.row("product.cards", "K1").pinned, shelf.row("product.cards", "K1").on_air) == (False, False)


def test_an_import_adds_and_replaces_by_id(shelf: Stage) -> None:
    cheaper = replace(POT, live_price_minor=79000)
    shelf.when(ImportProducts(filename="a.csv", currency="TWD", products=(cheaper, CUP), notes=("B2",)), by=PLAN)
    shelf.then(
        ProductEdited(product=cheaper, fields=("live_price_minor",)),
        ProductAdded(product=CUP, currency="TWD"),
        SheetImported(filename="a.csv", rows=2, notes=("B2",)),
    )


def test_the_card_shows_what_a_buyer_pays_and_what_is_left(shelf: Stage) -> None:
    def card() -> Any:
        return shelf.row("product.cards", "K1")

    shelf.given(PromoApplied(promo_id="p", product_id="K1", kind="price", price_minor=88000, currency="TWD"), order("o1", 3))
    assert (card().price_minor, card().live_price_minor, card().stock_left) == (88000, 99000, 17)
    shelf.given(ProductEdited(product=replace(POT, name="壺"), fields=("name",)))
    assert card().price_minor == 88000
    shelf.given(OrderCancelled(order_id="o1", lines=order("o1", 3).lines, platform_at=2), order("o2", 1))
    shelf.given(OrderRefunded(order_id="o2", lines=order("o2", 1).lines, amount_minor=99000, platform_at=3))
    assert card().stock_left == 20
    shelf.given(ProductEdited(product=replace(POT, live_price_minor=90000), fields=("live_price_minor",)))
    assert card().price_minor == 90000


def test_stock_that_is_set_anew_counts_what_was_sold_before(shelf: Stage) -> None:
    shelf.given(order("o1", 3), held("K1", 2))
    shelf.when(edit("stock", 20, 30), by=PLAN)
    assert (shelf.row("product.cards", "K1").stock, shelf.row("product.cards", "K1").stock_left) == (30, 25)
    shelf.when(edit("stock", 30, 4), by=PLAN)
    assert (shelf.row("product.cards", "K1").stock_left, shelf.row("product.cards", "K1").sold_out) == (-1, True)


def test_a_list_of_prices_takes_no_answers_away() -> None:
    known = replace(POT, doubts=(Doubt(question="漏水嗎", answer="不會"),), must_not_say=("最好",))
    book = read_book("商品編號,商品名稱,直播價\nK1,手沖咖啡壺,880\n".encode(), "a.csv")
    assert read_products(book, "TWD", {"K1": known}).products == (replace(known, live_price_minor=88000),)


def test_a_price_that_is_not_understood_leaves_the_price_there_was() -> None:
    book = read_book("商品編號,商品名稱,直播價,庫存\nK1,手沖咖啡壺,三百,5\n".encode(), "a.csv")
    reading = read_products(book, "TWD", {"K1": POT})
    assert reading.products == (replace(POT, stock=5),)
    assert [note.code for row in reading.report.rows for note in row.notes] == ["sheet.amount_unread"]


@pytest.mark.parametrize(
    ("asked", "answered", "doubts"),
    [
        ("漏水嗎", "不會；附墊圈", [("漏水嗎", "不會；附墊圈")]),
        ("漏水嗎；耐熱嗎", "不會；可以", [("漏水嗎", "不會"), ("耐熱嗎", "可以")]),
        ("漏水嗎\n耐熱嗎", "不會\n", [("漏水嗎", "不會"), ("耐熱嗎", "")]),
        ("漏水嗎；耐熱嗎", "", [("漏水嗎", ""), ("耐熱嗎", "")]),
        ("漏水嗎；耐熱嗎", "都好", [("漏水嗎；耐熱嗎", "都好")]),
    ],
)
def test_questions_find_their_answers(asked: str, answered: str, doubts: list[tuple[str, str]]) -> None:
    text = f'商品編號,商品名稱,常見疑問,標準回答\nK1,壺,"{asked}","{answered}"\n'
    (product,) = read_products(read_book(text.encode(), "a.csv"), "TWD").products
    assert [(doubt.question, doubt.answer) for doubt in product.doubts] == doubts


WORD = st.text("壺水溫AB；、=+9", min_size=1, max_size=6).map(lambda text: text.strip("；、")).filter(bool)
PLAIN = st.text("壺水溫AB=+", min_size=1, max_size=6)
AMOUNT = st.none() | st.integers(0, 10**9)
SHEETS = st.builds(
    ProductSheet,
    product_id=st.text("ABK-12", min_size=1, max_size=6),
    name=PLAIN,
    variants=st.lists(PLAIN, max_size=3, unique_by=likeness).map(tuple),  # twice the same is once
    item_type=st.sampled_from(("", "traffic", "welfare", "hero", "profit", "image")),
    cost_minor=AMOUNT,
    list_price_minor=AMOUNT,
    live_price_minor=AMOUNT,
    stock=AMOUNT,
    per_buyer_limit=st.none() | st.integers(1, 10**9),  # nought is read as no limit
    selling_points=st.lists(WORD, max_size=3).map(tuple),
    doubts=st.lists(st.builds(Doubt, question=WORD, answer=st.just("") | WORD), max_size=3).map(tuple),
    certificates=st.lists(PLAIN, max_size=2).map(tuple),
    must_not_say=st.lists(PLAIN, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SHEETS, min_size=1, max_size=4, unique_by=lambda sheet: sheet.product_id))
def test_what_is_written_reads_the_same(products: list[ProductSheet]) -> None:
    """read(write(x)) == x, and the same list is the same file."""
    data = write_products_xlsx(products, "TWD")
    assert data == write_products_xlsx(products, "TWD")
    reading = read_products(read_book(data, "a.xlsx"), "TWD")
    assert reading.products == tuple(products)


def test_amounts_are_in_the_currency_of_the_show() -> None:
    stage = Stage(FEATURE).given(
        ShowPlanned(show_id="s1", title="US", starts_at=1, ends_at=2, timezone="America/New_York", currency="USD")
    )
    told = {"currency": "TWD", "show_currency": "USD"}
    stage.when(AddProduct(product=POT, currency="TWD"), by=PLAN).refused(ProductWrongCurrency, **told)
    batch = ImportProducts(filename="a.csv", currency="TWD", products=(POT,))
    stage.when(batch, by=PLAN).refused(ProductWrongCurrency, **told)
    stage.when(AddProduct(product=POT, currency="USD"), by=PLAN).then(ProductAdded(product=POT, currency="USD"))
    stage.when(AddProduct(product=CUP), by=PLAN).then(ProductAdded(product=CUP, currency="USD"))  # whoever says none means it


def test_a_log_that_took_a_pinned_product_off_the_list_has_nothing_on_air(shelf: Stage) -> None:
    shelf.given(ProductPinned(product_id="K1"), ProductRemoved(product_id="K1"), ProductAdded(product=POT, currency="TWD"))
    card = shelf.row("product.cards", "K1")
    assert (card.pinned, card.on_air) == (False, False)


def test_a_pinned_product_is_not_taken_from_under_the_host(shelf: Stage) -> None:
    shelf.given(ProductPinned(product_id="K1"))
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).refused(ProductOnAir, product_id="K1")
    shelf.when(PinProduct(product_id=""), by=PLAN)
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).then(ProductRemoved(product_id="K1"))


def held(product_id: str, units: int) -> ClaimsDecided:
    """Somebody's claim took so many."""
    decision = Decision(
        claim_id="h1", ref="", buyer="live/ann", name="", product_id=product_id, variant="", asked=units, got=units, waits=0,
        rule="by_hand", price_minor=None, currency="TWD", at=0, hold_until=0, text="",
    )  # fmt: skip
    return ClaimsDecided(batch=0, decisions=(decision,))


def let_go(product_id: str, units: int) -> ClaimsReleased:
    """And gave so many back."""
    move = Move(claim_id="h1", buyer="live/ann", product_id=product_id, variant="", units=units, waits=0)
    return ClaimsReleased(why="by_hand", items=(move,))


def test_a_product_of_which_all_is_claimed_or_ordered_is_sold_out(shelf: Stage) -> None:
    shelf.given(held("K1", 20))
    assert (shelf.row("product.cards", "K1").stock_left, shelf.row("product.cards", "K1").sold_out) == (0, True)
    shelf.given(let_go("K1", 3))
    assert (shelf.row("product.cards", "K1").stock_left, shelf.row("product.cards", "K1").sold_out) == (3, False)
    shelf.given(order("o9", 3))
    assert shelf.row("product.cards", "K1").sold_out


def test_a_card_says_when_its_variants_are_the_total(shelf: Stage) -> None:
    shirt = ProductSheet(product_id="S", name="襯衫", variants=("M", "L"), stock=10)
    shelf.given(ProductAdded(product=shirt, currency="TWD"), ClaimStockSet(product_id="S", variant="M", stock=2))
    assert (shelf.row("product.cards", "S").variants_stock, shelf.row("product.cards", "S").stock_left) == (None, 10)
    shelf.given(ClaimStockSet(product_id="S", variant="L", stock=3))
    assert (shelf.row("product.cards", "S").variants_stock, shelf.row("product.cards", "S").stock_left) == (5, 5)
