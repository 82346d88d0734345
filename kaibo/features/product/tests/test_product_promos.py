"""Products while promos of them are on, on their way, or ending."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.product.commands import (
    ImportProducts,
    RemoveProduct,
)
from kaibo.features.product.facts import (
    ProductAdded,
    ProductEdited,
    ProductRemoved,
)
from kaibo.features.product.feature import FEATURE
from kaibo.features.product.rules import (
    ProductPricePromoted,
    ProductPromoted,
)
from kaibo.features.product.sheet import read_products
from kaibo.features.product.tests.said import CUP, PLAN, POT, edit
from kaibo.features.promo.facts import (
    Coupon,
    PromoApplied,
    PromoApproved,
    PromoEnded,
    PromoEndFailed,
    PromoEnding,
    PromoFailed,
    PromoKind,
)
from kaibo.kit.sheets import read_book


@pytest.fixture
def shelf() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=POT, currency="TWD"))


PRICE_ON = PromoApplied(promo_id="p", product_id="K1", kind="price", price_minor=88000, currency="TWD")
GIFT_ON = PromoApplied(promo_id="g", product_id="K1", kind="gift", price_minor=99000, currency="TWD", gift="濾紙")
PRICE_OVER = PromoEnded(promo_id="p", product_id="K1", kind="price", why="over", was_on=True)


def approved(kind: PromoKind) -> PromoApproved:
    """The shop was asked."""
    return PromoApproved(promo_id="p", product_id="K1", kind=kind, price_was_minor=99000, price_minor=88000, currency="TWD")


def test_the_sheet_asks_no_other_price_while_a_promo_price_is_on(shelf: Stage) -> None:
    shelf.given(PRICE_ON)
    shelf.when(edit("list_price_minor", 129000, 139000), by=PLAN)  # what it cost before the show: nobody pays it
    shelf.when(edit("stock", 20, 30), by=PLAN)
    assert shelf.row("product.cards", "K1").price_minor == 88000
    for to in (None, 90000):  # without a live price the list price is what is asked
        refusal = shelf.when(edit("live_price_minor", 99000, to), by=PLAN)
        refusal.refused(ProductPricePromoted, product_id="K1", price_minor=88000, currency="TWD", price="NT$880")
    shelf.given(PRICE_OVER)
    shelf.when(edit("live_price_minor", 99000, 90000), by=PLAN)
    assert shelf.row("product.cards", "K1").price_minor == 90000


def test_where_there_is_no_live_price_the_list_price_waits_for_the_promo(shelf: Stage) -> None:
    shelf.given(ProductEdited(product=replace(POT, live_price_minor=None), fields=("live_price_minor",)), PRICE_ON)
    shelf.when(edit("list_price_minor", 129000, 139000), by=PLAN).refused(ProductPricePromoted)


def test_a_price_waits_for_the_shops_answer_and_a_refusal_frees_it(shelf: Stage) -> None:
    shelf.given(approved("price"))
    assert shelf.row("product.cards", "K1").promo_kinds == ("price",)
    shelf.when(edit("live_price_minor", 99000, 90000), by=PLAN).refused(ProductPricePromoted, price="NT$880")
    shelf.given(PromoFailed(promo_id="p", product_id="K1", code="shop.busy"))
    assert shelf.row("product.cards", "K1").promo_kinds == ()
    shelf.when(edit("live_price_minor", 99000, 90000), by=PLAN)
    assert shelf.row("product.cards", "K1").price_minor == 90000


def test_a_promo_that_was_taken_back_in_time_holds_nothing(shelf: Stage) -> None:
    shelf.given(approved("price"), PromoEnded(promo_id="p", product_id="K1", kind="price", why="wrong", was_on=False))
    shelf.when(edit("live_price_minor", 99000, 90000), by=PLAN)
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).then(ProductRemoved(product_id="K1"))


def test_where_the_shop_cannot_end_a_promo_the_sheet_may_say_what_to_go_back_to(shelf: Stage) -> None:
    """A sheet's price below cost, say: the shop refuses to go back to it."""
    shelf.given(PRICE_ON, PromoEndFailed(promo_id="p", product_id="K1", code="shop.price_below_cost"))
    shelf.when(edit("live_price_minor", 99000, 95000), by=PLAN)
    card = shelf.row("product.cards", "K1")
    assert (card.price_minor, card.promo_kinds) == (88000, ("price",))
    shelf.given(PRICE_OVER)
    assert shelf.row("product.cards", "K1").price_minor == 95000


def test_a_promo_that_comes_on_after_the_shop_could_not_end_it_holds_the_price(shelf: Stage) -> None:
    """Taken back on its way: there was nothing to end yet, and then it came."""
    taken_back = PromoEnding(promo_id="p", product_id="K1", kind="price", price_minor=88000, currency="TWD", why="wrong")
    shelf.given(approved("price"), taken_back, PromoEndFailed(promo_id="p", product_id="K1", code="shop.busy"), PRICE_ON)
    shelf.when(edit("live_price_minor", 99000, 90000), by=PLAN).refused(ProductPricePromoted)
    assert shelf.row("product.cards", "K1").price_minor == 88000


def test_an_old_coupon_that_runs_out_takes_the_newer_one_from_nobody(shelf: Stage) -> None:
    def on(promo_id: str) -> PromoApplied:
        coupon = Coupon(name=promo_id, amount_minor=5000)
        return replace(PRICE_ON, promo_id=promo_id, kind="coupon", price_minor=99000, coupon=coupon)

    over = PromoEnding(promo_id="old", product_id="K1", kind="coupon", price_minor=99000, currency="TWD", why="expired")
    shelf.given(on("old"), on("new"), over)
    assert shelf.row("product.cards", "K1").coupon.name == "new"
    shelf.given(replace(over, promo_id="new"))
    assert shelf.row("product.cards", "K1").coupon is None


def test_a_gift_leaves_the_price_free_and_keeps_the_product(shelf: Stage) -> None:
    shelf.given(GIFT_ON)
    shelf.when(edit("live_price_minor", 99000, 90000), by=PLAN)
    assert (shelf.row("product.cards", "K1").price_minor, shelf.row("product.cards", "K1").gift) == (90000, "濾紙")
    assert shelf.row("product.cards", "K1").promo_kinds == ("gift",)
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).refused(ProductPromoted, product_id="K1")


@pytest.mark.parametrize("kind", ["price", "gift", "coupon"])
def test_a_product_stays_while_a_promo_of_it_waits_for_the_shop(shelf: Stage, kind: PromoKind) -> None:
    shelf.given(approved(kind))
    shelf.when(RemoveProduct(product_id="K1"), by=PLAN).refused(ProductPromoted)


def test_a_file_leaves_a_price_that_a_promo_holds_and_says_so(shelf: Stage) -> None:
    book = read_book("編號,品名,直播價,庫存\nK1,手沖咖啡壺,900,7\nK2,馬克杯,300,5".encode(), "a.csv")
    reading = read_products(book, "TWD", {"K1": POT, "K2": CUP}, {"K1": "NT$880"})
    assert [(each.live_price_minor, each.stock) for each in reading.products] == [(99000, 7), (30000, 5)]
    (row, other) = reading.report.rows
    assert [(note.code, note.data) for note in row.notes] == [("product.price_waits", {"price": "NT$880"})]
    assert (row.status, other.status, other.notes) == ("partial", "ok", ())
    shelf.given(PRICE_ON)
    shelf.when(ImportProducts(filename="a.csv", currency="TWD", products=reading.products), by=PLAN)
    assert shelf.row("product.cards", "K1").stock == 7
    cheaper = ImportProducts(filename="a.csv", currency="TWD", products=(replace(POT, live_price_minor=1),))
    shelf.when(cheaper, by=PLAN).refused(ProductPricePromoted)
