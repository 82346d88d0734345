"""All screens name one price, one gift, one stock and one product on air, whatever happened before."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.core.event import Event
from kaibo.features.claim.commands import CancelClaim, ClaimByHand, SetStock
from kaibo.features.metric.commands import SetTarget
from kaibo.features.product.commands import AddProduct, PinProduct, RemoveProduct
from kaibo.features.product.facts import ProductRemoved, ProductSheet
from kaibo.features.promo.commands import (
    ApprovePromo,
    ConfirmPromo,
    ConfirmPromoEnd,
    FailPromo,
    FailPromoEnd,
    ProposePromo,
    TakeBackPromo,
)
from kaibo.features.promo.facts import Coupon
from kaibo.features.rundown.commands import CueChange, EditCue
from kaibo.features.show.commands import EditShow, EndShow
from tests.laws.studio import PRODUCTS, Studio, differences
from tests.world import MEI, World, folded, played

SEEDS = (1, 2, 3)


# stories
@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ([("show", 2)], 2),
        ([("show", 2), ("sheet", 6)], 6),
        ([("sheet", 6), ("desk", 2)], 2),
        ([("desk", 3), ("sheet", 6), ("show", 2), ("desk", None)], 6),
        ([("show", 2), ("show", None)], None),
    ],
)
def test_a_buyer_gets_as_many_as_every_screen_says(said: list[tuple[str, int | None]], limit: int | None) -> None:
    studio = Studio()
    for where, units in said:
        studio.limit("T1", where, units)
        assert differences(studio.fold) == []
    assert studio.fold.row("product.cards", "T1").limit == limit  # type: ignore[union-attr]
    assert studio.say("T1+9")[0].got == (9 if limit is None else limit)


def test_stock_set_after_an_order_is_what_all_screens_count_down_from() -> None:
    studio = Studio()
    studio.order(quantity=3)
    studio.edit("T1", "stock", 10)
    assert studio.left("T1") == {7}


def test_stock_that_is_first_told_after_an_order_counts_that_order() -> None:
    studio = Studio()
    studio.edit("T1", "stock", None)
    studio.order(quantity=3)
    assert studio.left("T1") == {None}
    studio.edit("T1", "stock", 10)
    assert studio.left("T1") == {7}


def test_who_said_last_how_many_there_are_is_believed() -> None:
    studio = Studio()
    studio.order(quantity=3)
    studio.ask(SetStock(product_id="T1", stock=5))
    assert studio.left("T1") == {2}
    studio.edit("T1", "name", "新名")
    assert studio.left("T1") == {2}
    studio.edit("T1", "stock", 12)
    assert studio.left("T1") == {9}
    studio.ask(SetStock(product_id="T1", stock=6))
    assert studio.left("T1") == {3}


def test_stock_set_by_the_order_desk_is_everybodys() -> None:
    studio = Studio()
    studio.ask(SetStock(product_id="T1", stock=5))
    assert studio.left("T1") == {5}
    studio.order(quantity=2)
    studio.ask(ClaimByHand(product_id="T1", buyer="sim/ann", quantity=1))
    assert studio.left("T1") == {2}


def test_what_one_variant_lacks_another_cannot_give() -> None:
    studio = Studio()
    studio.go("T3")
    studio.ask(SetStock(product_id="T3", variant="粉", stock=2))
    studio.ask(SetStock(product_id="T3", variant="白", stock=3))
    studio.order("T3", 7, "粉")
    assert studio.left("T3") == {3}
    assert studio.fold.row("claim.stock", "T3/粉").left == -5  # type: ignore[union-attr]
    assert not studio.fold.row("prompter.host", "now").sold_out  # type: ignore[union-attr]
    studio.order("T3", 3, "白")
    assert studio.left("T3") == {-5}
    assert studio.fold.row("prompter.host", "now").sold_out  # type: ignore[union-attr]


def test_a_product_that_comes_back_remembers_what_is_held_and_ordered() -> None:
    studio = Studio()
    sheet = ProductSheet(product_id="T9", name="回來", live_price_minor=1000, stock=9)
    studio.ask(AddProduct(product=sheet))
    studio.ask(ClaimByHand(product_id="T9", buyer="sim/ann", quantity=4))
    studio.ask(RemoveProduct(product_id="T9"))
    assert "T9/" in studio.fold.rows("claim.stock")  # what viewers hold is not taken off the list; logs of before have it
    fold = studio.fold
    gone = Event(stream=fold.stream, seq=fold.seq + 1, at=fold.at, actor=MEI, fact=ProductRemoved(product_id="T9"))
    fold.apply(gone)
    fold.project(gone)
    assert "T9/" not in studio.fold.rows("claim.stock")
    studio.ask(AddProduct(product=sheet))
    studio.pin("T9")
    assert studio.left("T9") == {5}


def test_a_confirmed_gift_survives_a_price_edit() -> None:
    studio = Studio()
    studio.promo("T1", kind="gift", gift="小樣")
    studio.promo("T1", kind="price", price_minor=800)
    host: Any = studio.fold.row("prompter.host", "now")
    assert (host.promo_state, host.promo_price_minor, host.promo_gift) == ("applied", 800, "小樣")
    studio.edit("T1", "live_price_minor", 900)
    assert studio.fold.row("product.cards", "T1").live_price_minor != 900  # type: ignore[union-attr]
    studio.end(0, ConfirmPromoEnd)
    studio.edit("T1", "live_price_minor", 900)
    studio.go("T2")
    studio.go("T1")
    host = studio.fold.row("prompter.host", "now")
    card: Any = studio.fold.row("product.cards", "T1")
    assert (host.price_minor, host.promo_state, host.promo_price_minor, host.promo_gift) == (900, "applied", None, "小樣")
    assert (card.price_minor, card.gift) == (900, "小樣")


def test_a_promos_price_survives_an_edit_of_the_name() -> None:
    studio = Studio()
    studio.promo("T1", kind="price", price_minor=800)
    studio.edit("T1", "name", "新名字")
    assert differences(studio.fold) == []
    assert studio.fold.row("prompter.host", "now").price_minor == 800  # type: ignore[union-attr]
    assert studio.say("+1")[0].price_minor == 800


def test_a_pin_wins_over_the_cue_on_every_screen() -> None:
    studio = Studio()
    assert studio.on_air() == {"T1"}
    studio.pin("T2")
    assert studio.on_air() == {"T2"}
    host: Any = studio.fold.row("prompter.host", "now")
    assert (host.cue_id, host.product_name, host.pinned) == ("cT1", "商品T2", True)


def test_without_its_pin_the_cue_speaks_again() -> None:
    studio = Studio()
    studio.pin("T2")
    studio.pin("")
    assert studio.on_air() == {"T1"}
    assert not studio.fold.row("prompter.host", "now").pinned  # type: ignore[union-attr]


def test_the_next_cue_ends_a_pin() -> None:
    studio = Studio()
    studio.pin("T2")
    studio.go("T3")
    assert differences(studio.fold) == []
    assert studio.fold.row("prompter.host", "now").product_id == "T3"  # type: ignore[union-attr]
    studio.pin("T2")
    assert studio.on_air() == {"T2"}
    studio.go("")
    assert studio.on_air() == {""}


def test_a_late_batch_means_what_was_on_air_when_it_was_written() -> None:
    studio = Studio()
    then = studio.at
    studio.go("T2")
    second = studio.at
    studio.at += 60_000
    assert [each.product_id for each in studio.say("+1", at=then)] == ["T1"]
    assert studio.about("這個多少錢", at=then) == "T1"
    studio.ask(EndShow())
    studio.at += 60_000
    assert [(each.product_id, each.rule) for each in studio.say("+1", at=second)] == [("T2", "claimed")]
    assert studio.about("這個多少錢", at=second) == "T2"


def test_who_ordered_before_a_price_changed_ordered_at_the_price_of_then() -> None:
    studio = Studio()
    then = studio.at
    studio.promo("T1", kind="price", price_minor=800)
    middle = studio.at
    studio.end(0, ConfirmPromoEnd)
    studio.edit("T1", "live_price_minor", 1500)
    assert [studio.say("T1+1", at=at)[0].price_minor for at in (then, middle, studio.at)] == [1000, 800, 1500]


def test_nothing_is_pinned_after_the_end() -> None:
    studio = Studio()
    studio.next()
    studio.ask(EndShow())
    assert not studio.ask(PinProduct(product_id="T2"))
    assert differences(studio.fold) == []


def test_after_the_end_nothing_is_on_air_and_nothing_pinned() -> None:
    studio = Studio()
    studio.pin("T2")
    studio.next()
    studio.ask(EndShow())
    assert differences(studio.fold) == []
    host: Any = studio.fold.row("prompter.host", "now")
    assert (host.product_id, host.pinned) == (None, False)


# the law
@cache
def world(seed: int) -> World:
    return played(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_screens_agree_after_every_event_of_a_world(seed: int) -> None:
    fold = folded([])
    for event in world(seed).events:
        fold.project(event)
        assert differences(fold) == [], event


PRODUCT = st.sampled_from(PRODUCTS[:3])
STEPS = st.one_of(
    st.tuples(st.just("go"), st.sampled_from(PRODUCTS)),
    st.tuples(st.just("pin"), st.sampled_from(PRODUCTS)),
    st.tuples(st.just("price"), PRODUCT, st.sampled_from([None, 900, 1000, 1200])),
    st.tuples(st.just("list_price"), PRODUCT, st.sampled_from([None, 1500])),
    st.tuples(st.just("name"), PRODUCT, st.sampled_from(["甲", "乙"])),
    st.tuples(st.just("stock"), PRODUCT, st.sampled_from([None, 0, 3, 10])),
    st.tuples(st.just("desk"), PRODUCT, st.sampled_from(["", "粉", "白"]), st.sampled_from([None, 0, 2, 5])),
    st.tuples(st.just("limit"), PRODUCT, st.sampled_from(["sheet", "desk", "show"]), st.sampled_from([None, 2, 5])),
    st.tuples(st.just("promo"), PRODUCT, st.sampled_from([800, 700])),
    st.tuples(st.just("gift"), PRODUCT, st.sampled_from(["小樣", "袋子"])),
    st.tuples(st.just("coupon"), PRODUCT, st.sampled_from([50, 300]), st.sampled_from([0, 900])),
    st.tuples(st.just("end"), st.integers(0, 2), st.sampled_from([ConfirmPromoEnd, ConfirmPromoEnd, FailPromoEnd, None])),
    st.tuples(st.just("take_back"), PRODUCT, st.sampled_from([600, 500]), st.permutations([ConfirmPromo, ConfirmPromoEnd])),
    st.tuples(st.just("refused"), PRODUCT),
    st.tuples(st.just("say"), st.sampled_from(["+1", "T1+2", "T3粉+1", "T3+4", "T1取消", "T2+9"])),
    st.tuples(st.just("hand"), PRODUCT, st.sampled_from(["", "粉"]), st.integers(1, 4)),
    st.tuples(st.just("back"), st.integers(1, 12)),
    st.tuples(st.just("order"), PRODUCT, st.sampled_from(["", "粉", "黑"]), st.integers(1, 4)),
    st.tuples(st.just("undo"), st.sampled_from(["cancelled", "paid", "refunded"]), st.integers(0, 4)),
    st.tuples(st.just("cue"), st.sampled_from(PRODUCTS), st.sampled_from([None, "T1", "T2"])),
)


def step(studio: Studio, orders: list[tuple[str, str, str, int]], what: str, *more: Any) -> None:
    match what, *more:
        case "go", product_id:
            studio.go(product_id)
        case "pin", product_id:
            studio.pin(product_id)
        case (("price" | "list_price" | "name" | "stock"), product_id, to):
            field = {"price": "live_price_minor", "list_price": "list_price_minor"}.get(what, what)
            studio.edit(product_id, field, to)
        case "desk", product_id, variant, stock:
            studio.ask(SetStock(product_id=product_id, variant=variant, stock=stock))
        case "limit", product_id, where, limit:
            studio.limit(product_id, where, limit)
        case "promo", product_id, price:
            studio.promo(product_id, kind="price", price_minor=price)
        case "gift", product_id, gift:
            studio.promo(product_id, kind="gift", gift=gift)
        case "coupon", product_id, off, least:
            studio.promo(product_id, kind="coupon", coupon=Coupon(name="券", amount_minor=off, min_spend_minor=least))
        case "end", place, answer:
            studio.end(min(place, len(studio.fold.rows("promo.board"))), answer)
        case "take_back", product_id, price, answers:
            promo_id = studio.next()
            studio.ask(ProposePromo(promo_id=promo_id, product_id=product_id, kind="price", price_minor=price), by=MEI)
            studio.ask(ApprovePromo(promo_id=promo_id))
            studio.ask(TakeBackPromo(promo_id=promo_id), by=MEI)
            for said in answers:
                studio.ask(said(promo_id=promo_id))
        case "refused", product_id:
            promo_id = studio.next()
            studio.ask(ProposePromo(promo_id=promo_id, product_id=product_id, kind="price", price_minor=650), by=MEI)
            studio.ask(ApprovePromo(promo_id=promo_id))
            studio.ask(FailPromo(promo_id=promo_id, code="shop.sold_out"))
        case "say", text:
            studio.say(text)
        case "hand", product_id, variant, quantity:
            studio.ask(ClaimByHand(product_id=product_id, variant=variant, buyer=f"sim/{studio.next()}", quantity=quantity))
        case "back", number:
            studio.ask(CancelClaim(claim_id=f"h{number}"))
        case "order", product_id, variant, quantity:
            orders.append((studio.order(product_id, quantity, variant), product_id, variant, quantity))
        case "undo", kind, place:
            if place < len(orders):
                order_id, product_id, variant, quantity = orders[place]
                studio.order(product_id, quantity, variant, kind, order_id)
        case "cue", cue, product_id:
            row: Any = studio.fold.row("rundown.cues", f"c{cue}")
            change = CueChange(field="product_id", was=row.cue.product_id, to=product_id)
            studio.ask(EditCue(cue_id=f"c{cue}", changes=(change,)))
        case _:
            raise AssertionError(what)
    studio.ring()


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_all_screens_agree_after_any_history(steps: list[tuple[Any, ...]]) -> None:
    studio = Studio()
    orders: list[tuple[str, str, str, int]] = []
    for each in steps:
        step(studio, orders, *each)
        assert differences(studio.fold) == [], each
    host: Any = studio.fold.row("prompter.host", "now")
    assert {each.product_id for each in studio.say("+1")} - {""} == ({host.product_id} if host.product_id else set())
    assert studio.about("這個多少錢") == (host.product_id or "")
    assert studio.sampled().product_id == (host.product_id or "")
    assert studio.sampled().whole.get("stock_left") == studio.fold.row("prompter.host", "now").stock_left  # type: ignore[union-attr]


def test_a_target_that_somebody_set_outlives_the_goal_of_the_show_for_tiles_and_alarms() -> None:
    studio = Studio()
    studio.ask(EditShow(goal_gmv_minor=100))
    assert targets(studio) == {100.0}
    studio.ask(SetTarget(metric="gmv_paid", value=70))
    studio.ask(EditShow(goal_gmv_minor=200))
    assert targets(studio) == {70.0}
    studio.ask(SetTarget(metric="gmv_paid", value=None))
    assert targets(studio) == {200.0}


def targets(studio: Studio) -> set[float | None]:
    tile: Any = studio.fold.row("metric.tiles", "gmv_paid")
    return {tile.target, studio.fold.state("alarm").known.targets.get("gmv_paid")}
