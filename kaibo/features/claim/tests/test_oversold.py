"""Stories of a shop that sold more than there is: one number, to whom it happened, and how it is put right in order."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT
from kaibo.features.claim.commands import Apologise, ClaimByHand, RelieveProduct, Restock, SetStock
from kaibo.features.claim.facts import ClaimApologised, ClaimsReleased, ClaimStockSet, ClaimsWaitlisted, Policy
from kaibo.features.claim.rules import ClaimNothingBeyond
from kaibo.features.claim.takers import beyond
from kaibo.features.claim.tests.room import AI, Room, order, settle
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderPaid, OrderRefunded

LATER = CURTAIN_AT + 60_000


def placed(order_id: str, buyer: str, quantity: int, at: int, product_id: str = "A01", variant: str = "") -> OrderCreated:
    return replace(order(order_id, buyer, product_id, quantity, variant), platform_at=at)


def pay(order_id: str, buyer: str, quantity: int) -> OrderPaid:
    lines = order(order_id, buyer, "A01", quantity).lines
    return OrderPaid(
        order_id=order_id, buyer=buyer, lines=lines, amount_minor=1, currency="TWD", platform_at=LATER + 5, platform="live"
    )


def who(room: Room, product_id: str = "A01") -> list[tuple[str, str, int]]:
    """(kind, buyer, units) of everybody beyond the stock, first to be put right first."""
    rows = [row for row in room.stage.rows("claim.oversold").values() if row.product_id == product_id]
    return [(row.kind, row.buyer, row.units) for row in sorted(rows, key=lambda row: row.place)]


@pytest.fixture
def sold(room: Room) -> Room:
    """Five there were: ann holds 2, bob ordered 2 then, the shop sold 4 more to cat, and dan 1 after her."""
    room.say(("ann", "A01+2"))
    room.stage.given(placed("o1", "bob", 2, CURTAIN_AT + 10), placed("o2", "cat", 4, LATER), placed("o3", "dan", 1, LATER + 1))
    return room


def test_one_number_for_every_screen(sold: Room) -> None:
    row = sold.stock("A01/")
    assert (row.stock, row.held, row.ordered, row.left, row.oversold, row.sold_out) == (5, 2, 7, -4, 4, True)


def test_it_happened_to_whoever_took_last(sold: Room) -> None:
    assert who(sold) == [("order", "live/dan", 1), ("order", "live/cat", 3)]
    row = sold.stage.rows("claim.oversold")["A01/order/live/o2"]
    assert (row.order_id, row.units, row.at, row.place) == ("o2", 3, LATER, 2)


def test_an_order_told_late_stands_where_it_was_placed(room: Room) -> None:
    room.say(("ann", "A01+2"), at=CURTAIN_AT + 500)
    room.stage.given(placed("o1", "bob", 5, CURTAIN_AT - 500))
    assert who(room) == [("claim", "live/ann", 2)]
    assert next(iter(room.stage.rows("claim.oversold").values())).name == "ANN"


def test_an_order_that_took_up_a_claim_has_the_place_of_the_claim(room: Room) -> None:
    room.say(("ann", "A01+2"))
    room.stage.given(placed("o1", "bob", 4, CURTAIN_AT + 1000))
    settle(room, placed("o2", "ann", 2, LATER))
    assert room.stock("A01/").oversold == 1
    assert who(room) == [("order", "live/bob", 1)]


def test_what_comes_back_heals(sold: Room) -> None:
    line = (OrderLine(product_id="A01", quantity=4, price_minor=16900),)
    sold.stage.given(OrderCancelled(order_id="o2", lines=line, platform_at=LATER + 5, platform="live"))
    assert who(sold) == []
    assert (sold.stock("A01/").left, sold.stock("A01/").oversold) == (0, 0)


def test_a_refund_of_a_part_gives_back_what_was_taken_last(sold: Room) -> None:
    line = (OrderLine(product_id="A01", quantity=4, price_minor=16900),)
    part = (OrderLine(product_id="A01", quantity=1, price_minor=16900),)
    sold.stage.given(
        OrderPaid(order_id="o2", buyer="cat", lines=line, amount_minor=1, currency="TWD", platform_at=LATER + 5, platform="live"),
        OrderRefunded(order_id="o2", lines=part, amount_minor=1, platform_at=LATER + 9, platform="live"),
    )
    assert who(sold) == [("order", "live/dan", 1), ("order", "live/cat", 2)]


def test_an_order_that_is_cancelled_leaves_the_others_beyond_as_they_were(sold: Room) -> None:
    more = placed("o4", "eve", 3, LATER + 2)
    sold.stage.given(more)
    assert who(sold) == [("order", "live/eve", 3), ("order", "live/dan", 1), ("order", "live/cat", 3)]
    sold.stage.given(OrderCancelled(order_id="o4", lines=more.lines, platform_at=LATER + 5, platform="live"))
    assert who(sold) == [("order", "live/dan", 1), ("order", "live/cat", 3)]


def test_of_two_variants_out_of_one_stock_whoever_took_later_is_beyond(room: Room) -> None:
    room.say(("ann", "B2粉+2"), at=CURTAIN_AT + 500)
    room.stage.given(placed("o1", "bob", 4, CURTAIN_AT - 500, "B2", "白"))
    assert who(room, "B2") == [("claim", "live/ann", 2)]


def test_a_claim_that_waits_for_a_part_is_beyond_again_with_the_rest_alone(room: Room) -> None:
    room.say(("ann", "A01+2"), ("bob", "A01+3"), at=CURTAIN_AT + 500)
    room.stage.given(placed("o1", "cat", 1, CURTAIN_AT - 500))
    room.stage.when(RelieveProduct(product_id="A01", how="waitlist"), by=AI)
    room.tend()
    room.stage.given(placed("o2", "dan", 4, CURTAIN_AT - 400))
    assert who(room) == [("claim", "live/bob", 2), ("claim", "live/ann", 2)]


def test_nothing_is_kept_of_who_gave_all_of_it_back(room: Room) -> None:
    room.say(("ann", "A01+2"))
    room.stage.given(placed("o1", "bob", 1, LATER))
    takers = room.stage.state.shelf.takers
    assert (len(takers.claims), len(takers.orders)) == (1, 1)
    line = placed("o1", "bob", 1, LATER).lines
    room.stage.given(OrderCancelled(order_id="o1", lines=line, platform_at=LATER + 5, platform="live"))
    room.tend(CURTAIN_AT + 3_600_000)
    assert (takers.claims, takers.orders) == ({}, {})


def test_claims_beyond_the_stock_wait_instead_and_are_served_first_when_there_is_more(room: Room) -> None:
    room.say(("ann", "A01+2"), ("bob", "A01+3"), at=CURTAIN_AT + 500)
    room.stage.given(placed("o1", "cat", 4, CURTAIN_AT - 500))
    assert who(room) == [("claim", "live/bob", 3), ("claim", "live/ann", 1)]
    room.stage.when(RelieveProduct(product_id="A01", how="waitlist"), by=AI)
    fact = room.stage.events[-1].fact
    assert isinstance(fact, ClaimsWaitlisted)
    assert [(move.buyer, move.units) for move in fact.items] == [("live/bob", 3), ("live/ann", 1)]
    row = room.stock("A01/")
    assert (row.held, row.waits, row.left, row.oversold) == (1, 4, 0, 0)
    room.tend()
    room.stage.when(SetStock(product_id="A01", stock=7))
    room.tend()
    held = {row.buyer: (row.held, row.waits) for row in room.stage.rows("claim.claims").values()}
    assert held == {"live/ann": (2, 0), "live/bob": (1, 2)}


def test_claims_beyond_the_stock_are_cancelled_in_order_and_nobody_elses(room: Room) -> None:
    room.say(("ann", "A01+2"), ("bob", "A01+3"), at=CURTAIN_AT + 500)
    room.stage.given(placed("o1", "cat", 1, CURTAIN_AT - 500))
    room.stage.when(RelieveProduct(product_id="A01", how="cancel"), by=AI)
    fact = room.stage.events[-1].fact
    assert isinstance(fact, ClaimsReleased)
    assert (fact.why, [(move.buyer, move.units) for move in fact.items]) == ("oversold", [("live/bob", 1)])
    assert (room.stock("A01/").held, room.stock("A01/").oversold) == (4, 0)
    assert room.stage.row("claim.buyers", "live/bob").entries[0].rule == "oversold"
    room.stage.when(RelieveProduct(product_id="A01", how="cancel"), by=AI).refused(ClaimNothingBeyond, product_id="A01")


def test_orders_are_the_shops_to_cancel(sold: Room) -> None:
    for how in ("waitlist", "cancel"):
        sold.stage.when(RelieveProduct(product_id="A01", how=how), by=AI).refused(ClaimNothingBeyond)  # type: ignore[arg-type]


def test_restocking_is_as_much_as_is_lacking(sold: Room) -> None:
    sold.stage.when(Restock(product_id="A01"), by=AI).then(ClaimStockSet(product_id="A01", variant="", stock=9))
    assert (sold.stock("A01/").left, who(sold)) == (0, [])
    sold.stage.when(Restock(product_id="A01"), by=AI).then()


def test_an_apology_says_who_made_it_and_when(sold: Room) -> None:
    sold.stage.when(Apologise(product_id="A01", buyer="live/cat"), by=AI, at=LATER + 9000)
    sold.stage.then(ClaimApologised(product_id="A01", buyer="live/cat"))
    rows = sold.stage.rows("claim.oversold")
    assert (rows["A01/order/live/o2"].sorry_by, rows["A01/order/live/o2"].sorry_at) == (AI.id, LATER + 9000)
    assert rows["A01/order/live/o3"].sorry_by == ""


def test_an_apology_that_was_not_made_is_taken_back(sold: Room) -> None:
    sold.stage.when(Apologise(product_id="A01", buyer="live/cat"), by=AI)
    sold.stage.when(Apologise(product_id="A01", buyer="live/cat", done=False), by=AI)
    sold.stage.then(ClaimApologised(product_id="A01", buyer="live/cat", done=False))
    row = sold.stage.rows("claim.oversold")["A01/order/live/o2"]
    assert (row.sorry_by, row.sorry_at) == ("", None)


def test_whoever_took_last_is_first_whether_they_paid_or_not_and_the_row_says_who_did(sold: Room) -> None:
    sold.stage.given(pay("o3", "dan", 1), pay("o1", "bob", 2))
    assert who(sold) == [("order", "live/dan", 1), ("order", "live/cat", 3)]
    assert {row.order_id: row.paid for row in sold.stage.rows("claim.oversold").values()} == {"o3": True, "o2": False}


def test_a_variant_that_lacks_is_told_though_another_has_enough(room: Room) -> None:
    room.stage.when(SetStock(product_id="B2", variant="粉", stock=1))
    room.stage.when(SetStock(product_id="B2", variant="白", stock=9))
    room.stage.given(placed("o1", "ann", 3, LATER, "B2", "粉"), placed("o2", "bob", 2, LATER + 1, "B2", "白"))
    assert (room.stock("B2/").left, room.stock("B2/").oversold) == (7, 2)
    assert (room.stock("B2/粉").oversold, room.stock("B2/白").oversold) == (2, 0)
    assert who(room, "B2") == [("order", "live/ann", 2)]


def test_whose_variant_nobody_said_is_beyond_only_where_no_variant_had_any_left(room: Room) -> None:
    for variant, stock in (("粉", 1), ("白", 9)):
        room.stage.when(SetStock(product_id="B2", variant=variant, stock=stock))
    room.stage.given(placed("o1", "ann", 3, LATER, "B2", "粉"), placed("o2", "bob", 2, LATER + 1, "B2"))
    assert who(room, "B2") == [("order", "live/ann", 2)]
    room.stage.given(placed("o3", "cat", 8, LATER + 2, "B2"))
    assert who(room, "B2") == [("order", "live/cat", 1), ("order", "live/ann", 2)]


def test_whoever_is_beyond_comes_to_what_is_lacking() -> None:
    """Whatever happens, in any order: the units of those who are named are the units that are lacking, and nobody has more than they took."""
    for seed in range(30):
        random, room, orders = Random(seed), Room(Policy(capture="always", hold_minutes=0, cancel_by_comment=True)), []
        for step in range(60):
            _something(random, room, orders, step)
            for goods in room.stage.state.shelf.goods.values():
                found = beyond(goods, room.stage.state.shelf.takers)
                assert sum(units for _, units in found) == sum(goods.lacking().values()), (seed, step)
                assert all(0 < units <= taker.units for taker, units in found)


def _something(random: Random, room: Room, orders: list[Any], step: int) -> None:
    buyer, at = random.choice(("ann", "bob", "cat")), CURTAIN_AT + random.randrange(90_000)
    product_id, variant = random.choice((("A01", ""), ("B2", ""), ("B2", "粉"), ("B2", "白"), ("B2", "未知")))
    match random.randrange(7):
        case 0:
            room.say((buyer, random.choice(("A01+2", "B2粉+1", "B2白+1", "A01取消"))), at=at)
        case 1 | 2:
            orders.append(placed(f"o{step}", buyer, random.randrange(1, 4), at, product_id, variant))
            settle(room, orders[-1])
        case 3 if orders:
            gone = orders.pop(random.randrange(len(orders)))
            room.stage.given(OrderCancelled(order_id=gone.order_id, lines=gone.lines, platform_at=at, platform="live"))
        case 4 if orders:
            paid = random.choice(orders)
            lines = _fewer(random, paid.lines)
            room.stage.given(
                OrderPaid(
                    order_id=paid.order_id,
                    buyer=paid.buyer,
                    lines=lines,
                    amount_minor=1,
                    currency="TWD",
                    platform_at=at,
                    platform="live",
                )
            )
        case 5:
            room.stage.when(SetStock(product_id="B2", variant=random.choice(("粉", "白")), stock=random.choice((None, 1, 3))))
        case 6:
            room.stage.when(ClaimByHand(buyer=f"live/{buyer}", product_id="A01", quantity=1), by=AI)
        case _:
            room.tend()


def _fewer(random: Random, lines: Sequence[OrderLine]) -> tuple[OrderLine, ...]:
    return tuple(replace(line, quantity=random.randrange(1, line.quantity + 1)) for line in lines)
