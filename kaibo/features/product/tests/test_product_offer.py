"""Stories of what buyers pay: at an instant, with a coupon, and when the coupon's time is up."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.product.commands import PinProduct
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductPinned, ProductRemoved, ProductSheet
from kaibo.features.product.feature import FEATURE
from kaibo.features.product.rules import ProductShowEnded
from kaibo.features.product.slices import OFFER, Offer, Offers, after_coupon
from kaibo.features.promo.facts import Coupon, PromoApplied, PromoApproved, PromoEnded, PromoEndFailed, PromoEnding
from kaibo.features.show.facts import ShowAired, ShowEnded

POT = ProductSheet(product_id="K1", name="手沖咖啡壺", list_price_minor=129000, live_price_minor=99000, stock=20)
AT = CURTAIN_AT


@pytest.fixture
def shelf() -> Stage:
    return Stage(FEATURE).given(ProductAdded(product=POT, currency="TWD"), at=AT)


def offers(shelf: Stage) -> Offers:
    return shelf.fold.slice(OFFER)


def offer(shelf: Stage) -> Offer:
    return offers(shelf).offers["K1"]


def test_who_ordered_before_a_price_changed_pays_what_it_was_then(shelf: Stage) -> None:
    assert offer(shelf).price_at(AT - 1) == 99000
    for after, price in ((1000, 89000), (2000, 79000)):
        shelf.given(ProductEdited(product=replace(POT, live_price_minor=price), fields=("live_price_minor",)), at=AT + after)
    asked = [offer(shelf).price_at(AT + after) for after in (-1, 0, 999, 1000, 1999, 2000, 9999)]
    assert asked == [99000, 99000, 99000, 89000, 89000, 79000, 79000]


@pytest.mark.parametrize(
    ("coupon", "comes_to"),
    [
        (Coupon(amount_minor=10000), 89000),
        (Coupon(percent_bp=1500), 84150),
        (Coupon(percent_bp=1), 98991),  # 9.9 off: the broken unit is not taken off
        (Coupon(amount_minor=100000), None),
        (Coupon(amount_minor=10000, min_spend_minor=99000), 89000),
        (Coupon(amount_minor=10000, min_spend_minor=99001), None),
    ],
)
def test_what_one_comes_to_with_a_coupon(coupon: Coupon, comes_to: int | None) -> None:
    assert after_coupon(99000, coupon) == comes_to


def test_a_coupon_whose_time_is_up_is_nothing_buyers_have_though_the_shop_has_not_answered(shelf: Stage) -> None:
    about: dict[str, Any] = {
        "promo_id": "p1", "product_id": "K1", "kind": "coupon", "price_minor": 99000, "currency": "TWD",
        "coupon": Coupon(amount_minor=10000, until=AT + 1000),
    }  # fmt: skip
    shelf.given(PromoApproved(price_was_minor=99000, **about), PromoApplied(**about))
    assert offer(shelf).coupon_price_minor == 89000
    shelf.given(PromoEnding(why="wrong", **about))
    assert offer(shelf).coupon_price_minor == 89000  # taken back: until the shop answers they have it
    shelf.given(PromoEnding(why="expired", **about), at=AT + 1000)
    assert (offer(shelf).coupon, offer(shelf).coupon_price_minor, offer(shelf).holds("p1")) == (None, None, True)
    assert not offer(shelf).stands("p1")


def test_what_is_taken_back_is_unsaid_while_buyers_have_it(shelf: Stage) -> None:
    about: dict[str, Any] = {"promo_id": "p1", "product_id": "K1", "kind": "price", "price_minor": 89000, "currency": "TWD"}
    over: dict[str, Any] = {"promo_id": "p1", "product_id": "K1"}
    shelf.given(PromoApproved(price_was_minor=99000, **about), PromoEnding(why="wrong", **about))
    assert offer(shelf).unsaid == ()  # nobody has it yet
    shelf.given(PromoApplied(**about))
    assert (offer(shelf).unsaid, shelf.row("product.cards", "K1").unsaid) == (("price",), ("price",))
    shelf.given(PromoEndFailed(code="shop.busy", **over))
    assert offer(shelf).unsaid == ("price",)  # buyers have it, and it is wrong all the same
    shelf.given(PromoEnding(why="over", **about))
    assert offer(shelf).unsaid == ()
    shelf.given(PromoEnding(why="wrong", **about))
    assert offer(shelf).unsaid == ("price",)
    shelf.given(PromoEnded(kind="price", why="wrong", was_on=True, **over))
    assert (offer(shelf).unsaid, offer(shelf).price_minor) == ((), 99000)


def test_with_the_show_the_pin_is_over(shelf: Stage) -> None:
    """It need not be taken off: what was told late is of what was on air then, and of nothing since."""
    shelf.given(ShowAired(show_id="s1"), ProductPinned(product_id="K1"), at=AT + 1000)
    assert (offers(shelf).pinned, offers(shelf).on_air) == ("K1", "K1")
    shelf.given(ShowEnded(show_id="s1"), at=AT + 2000)
    assert (offers(shelf).pinned, offers(shelf).on_air) == ("", "")
    assert [offers(shelf).on_air_at(AT + after) for after in (999, 1000, 1999, 2000)] == ["", "K1", "K1", ""]


def test_a_product_is_named_in_any_spelling_while_it_is_on_the_list(shelf: Stage) -> None:
    assert [offers(shelf).named(written) for written in ("K1", "k1", "Ｋ１", " k1 ", "K2")] == ["K1", "K1", "K1", "K1", None]
    shelf.given(ProductRemoved(product_id="K1"))
    assert [offers(shelf).named(written) for written in ("K1", "k1")] == [None, None]
    shelf.given(ProductAdded(product=replace(POT, product_id="k1"), currency="TWD"))
    assert [offers(shelf).named(written) for written in ("K1", "k1")] == ["k1", "k1"]


def test_after_the_show_nothing_is_pinned(shelf: Stage) -> None:
    shelf.given(ShowAired(show_id="s1"), ShowEnded(show_id="s1"))
    shelf.when(PinProduct(product_id="K1")).refused(ProductShowEnded)
    shelf.when(PinProduct(product_id="")).then()
