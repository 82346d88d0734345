"""What an order and a claim have in common is counted once, on every screen."""

from typing import Any

import pytest

from kaibo.features.claim.commands import CancelClaim, ClaimByHand, PolicyAsked, SetPolicy, SetStock
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from tests.laws.studio import Studio


def placed(studio: Studio, buyer: str, quantity: int, *, product_id: str = "T1", variant: str = "", settle: bool = True) -> str:
    order_id = studio.next()
    line = OrderLine(product_id=product_id, quantity=quantity, price_minor=1000, variant=variant)
    first = len(studio.events)
    items = (OrderItem(kind="created", order_id=order_id, at=studio.at, buyer=buyer, lines=(line,)),)
    studio.ask(RecordOrders(platform="sim", items=items))
    if settle:
        studio.hear(first)
    return order_id


def hold(studio: Studio, buyer: str, quantity: int, product_id: str = "T1", variant: str = "") -> None:
    studio.next()
    studio.ask(ClaimByHand(product_id=product_id, variant=variant, buyer=f"sim/{buyer}", quantity=quantity))


def settled(studio: Studio, order_id: str, buyer: str, quantity: int) -> None:
    line = OrderLine(product_id="T1", quantity=quantity, price_minor=1000)
    studio.settle("sim", order_id, "checked_out", buyer, (line,))


def test_a_claim_that_became_an_order_is_counted_once_also_before_it_is_settled() -> None:
    studio = Studio()
    hold(studio, "ann", 30)
    hold(studio, "bob", 10)
    assert studio.left("T1") == {10}
    order_id = placed(studio, "ann", 30, settle=False)
    assert studio.left("T1") == {10}
    row: Any = studio.fold.row("claim.stock", "T1/")
    assert (row.held, row.ordered) == (10, 30)
    settled(studio, order_id, "ann", 30)
    row = studio.fold.row("claim.stock", "T1/")
    assert (row.held, row.ordered, row.left) == (10, 30, 10)


def test_more_than_was_held_is_taken_from_what_is_left() -> None:
    studio = Studio()
    hold(studio, "ann", 3)
    order_id = placed(studio, "ann", 5, settle=False)
    assert studio.left("T1") == {45}
    settled(studio, order_id, "ann", 5)
    assert studio.left("T1") == {45}


def test_a_hold_given_back_before_its_order_is_settled_gives_nothing_twice() -> None:
    studio = Studio()
    hold(studio, "ann", 4)
    order_id = placed(studio, "ann", 4, settle=False)
    studio.ask(CancelClaim(claim_id="h1"))
    assert studio.left("T1") == {46}
    settled(studio, order_id, "ann", 4)
    assert studio.left("T1") == {46}
    row: Any = studio.fold.row("claim.stock", "T1/")
    assert (row.held, row.ordered) == (0, 4)


def test_a_refund_gives_back_the_variant_the_claim_was_of() -> None:
    studio = Studio()
    studio.go("T3")
    studio.ask(SetStock(product_id="T3", variant="粉", stock=5))
    hold(studio, "ann", 4, "T3", "粉")
    order_id = placed(studio, "ann", 4, product_id="T3")
    assert studio.fold.row("claim.stock", "T3/粉").left == 1  # type: ignore[union-attr]
    for kind in ("paid", "refunded"):
        studio.order("T3", 4, "", kind, order_id)
    assert studio.fold.row("claim.stock", "T3/粉").left == 5  # type: ignore[union-attr]
    assert studio.fold.row("claim.stock", "T3/白").left == 45  # type: ignore[union-attr]


def test_orders_that_name_no_variant_come_out_of_the_total_where_every_variant_has_its_own_stock() -> None:
    studio = Studio()
    studio.go("T3")
    studio.ask(SetStock(product_id="T3", variant="粉", stock=5))
    studio.ask(SetStock(product_id="T3", variant="白", stock=6))
    studio.order("T3", 3)
    assert studio.left("T3") == {8}
    studio.order("T3", 9, "黑")
    assert studio.left("T3") == {-1}
    assert [each.rule for each in studio.say("T3粉+1")] == ["waitlisted"]


def test_what_was_held_of_a_variant_there_was_comes_out_of_the_product() -> None:
    studio = Studio()
    studio.go("T3")
    studio.ask(SetStock(product_id="T3", variant="粉", stock=5))
    hold(studio, "ann", 3, "T3", "粉")
    studio.once_edited("T3", "variants", ("白",))
    assert studio.left("T3") == {47}
    assert studio.ask(SetStock(product_id="T3", variant="粉", stock=None))
    assert studio.left("T3") == {47}


@pytest.mark.parametrize("paid", [3, 5, 8])
def test_no_order_gives_back_more_than_it_took(paid: int) -> None:
    studio = Studio()
    order_id = studio.order("T1", 5)
    studio.order("T1", paid, "", "paid", order_id)
    assert studio.left("T1") == {50 - paid}
    studio.order("T1", 99, "", "refunded", order_id)
    assert studio.left("T1") == {50}


def test_those_who_wait_are_served_by_hand_too_where_comments_are_no_orders() -> None:
    studio = Studio()
    studio.ask(SetPolicy(policy=PolicyAsked(capture="off")))
    studio.ask(SetStock(product_id="T1", stock=1))
    hold(studio, "ann", 1)
    hold(studio, "bob", 1)
    assert studio.fold.row("claim.stock", "T1/").waits == 1  # type: ignore[union-attr]
    studio.ask(SetStock(product_id="T1", stock=5))
    studio.ring()
    assert studio.fold.row("claim.stock", "T1/").waits == 0  # type: ignore[union-attr]
    assert studio.left("T1") == {3}


def test_nobody_waits_behind_a_variant_that_is_gone() -> None:
    studio = Studio()
    studio.ask(SetStock(product_id="T3", stock=1))
    hold(studio, "ann", 1, "T3", "粉")
    hold(studio, "bob", 1, "T3", "粉")
    studio.once_edited("T3", "variants", ("白",))
    studio.ask(SetStock(product_id="T3", stock=9))
    assert [each.rule for each in studio.say("T3白+1")] == ["claimed"]
