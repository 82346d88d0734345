"""Several payments of one order: a deposit and a balance add up by what their platform calls them; without a name nobody can tell."""

from collections.abc import Sequence
from itertools import permutations

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine, OrderPaid, OrderRestated
from kaibo.features.order.feature import FEATURE
from kaibo.features.order.lines import things
from kaibo.features.order.tests.said import (
    AT,
    CREATED,
    LINES,
    PAID,
    PAYMENT,
    PLACED,
    PLANNED,
    REFUND,
    TWO,
    WENT,
    order_of,
    told,
)  # fmt: skip

LATER = AT + 60_000
DEPOSIT = replace(PAYMENT, amount_minor=20_000, payment_id="p1")
BALANCE = replace(PAYMENT, amount_minor=49_700, payment_id="p2", at=AT + 9_000)
NAMELESS = replace(PAYMENT, amount_minor=20_000)
REST = replace(PAYMENT, amount_minor=49_700, at=AT + 9_000)


def after(*items: OrderItem, platform: str = "mo", at: int = LATER) -> Stage:
    """Each told by itself."""
    stage = Stage(FEATURE).given(PLANNED, WENT, at=AT)
    for number, item in enumerate(items):
        stage.when(RecordOrders(platform=platform, items=(item,)), at=at + number)
    return stage


def reads(stage: Stage) -> tuple[int, int | None, dict[tuple[str, str], int], list[str]]:
    order = order_of(stage)
    return order.paid_minor, order.paid_at, dict(order.has()), [odd.why for odd in order.misfits]


MASK = (OrderLine(product_id="mask", quantity=1, price_minor=9_900),)
ALL = {("serum", ""): 2, ("soap", ""): 1}


@pytest.mark.parametrize("items", permutations((PLACED, DEPOSIT, BALANCE)))
def test_a_deposit_and_a_balance_add_up_whichever_is_told_first(items: Sequence[OrderItem]) -> None:
    stage = after(*items)
    assert reads(stage) == (69_700, AT + 3_000, ALL, [])
    assert stage.row("order.counts", "all").paid_minor == 69_700
    again = after(*items, *items, DEPOSIT, replace(BALANCE, at=AT + 12_000))  # told again, and once more at another time
    assert reads(again) == (69_700, AT + 3_000, ALL, [])


def test_until_the_balance_comes_less_was_paid_than_ordered() -> None:
    stage = after(PLACED, DEPOSIT)
    assert reads(stage) == (20_000, AT + 3_000, ALL, ["paid_otherwise"])
    stage.when(told(BALANCE), at=LATER + 10)
    assert isinstance(stage.events[-1].fact, OrderRestated)
    assert reads(stage) == (69_700, AT + 3_000, ALL, [])


def test_a_payment_that_its_platform_puts_right_counts_as_it_was_told_last() -> None:
    stage = after(PLACED, DEPOSIT, BALANCE, replace(DEPOSIT, amount_minor=25_000, at=AT + 5_000))
    assert reads(stage)[0] == 74_700
    late = after(PLACED, replace(DEPOSIT, amount_minor=25_000, at=AT + 5_000), BALANCE, DEPOSIT)
    assert reads(late)[0] == 74_700, "what it says last is what it said of the latest instant"


def test_a_total_pays_for_the_order_as_it_stood_also_when_that_is_told_later() -> None:
    stage = after(PLACED, replace(PAYMENT, amount_minor=60_000))
    assert isinstance(stage.events[-1].fact, OrderPaid), "the payment itself says all"
    stage.when(told(replace(PLACED, at=AT + 2_500, lines=(*LINES, *MASK))), at=LATER + 10)
    assert reads(stage)[:3] == (60_000, AT + 3_000, {**ALL, ("mask", ""): 1})


def test_a_payment_of_an_old_log_that_differs_from_its_order_said_so_itself() -> None:
    stage = Stage(FEATURE).given(PLANNED, WENT, at=AT).given(CREATED, replace(PAID, lines=TWO, amount_minor=59_800))
    stage.when(told(REFUND), at=LATER)
    assert (order_of(stage).paid_minor, order_of(stage).refunded_minor) == (59_800, 59_800)


def test_two_equal_parts_are_two_by_their_names() -> None:
    half = replace(DEPOSIT, amount_minor=34_850)
    assert reads(after(PLACED, half, replace(half, payment_id="p2", at=AT + 9_000)))[0] == 69_700
    assert reads(after(PLACED, half, replace(half, payment_id="p2")))[0] == 69_700


def test_payments_for_goods_of_their_own_keep_them_and_for_the_same_goods_only_the_money_adds_up() -> None:
    own = [replace(PAYMENT, payment_id=f"p{n}", lines=(line,), at=AT + 3_000 + n) for n, line in enumerate(LINES)]
    assert reads(after(PLACED, *own)) == (69_700, AT + 3_000, ALL, [])
    whole = [replace(each, lines=LINES) for each in (DEPOSIT, BALANCE)]
    assert reads(after(PLACED, *whole))[:3] == (69_700, AT + 3_000, ALL)
    early = after(*own)
    assert reads(early)[:3] == (69_700, AT + 3_000, ALL)


def test_what_was_paid_in_two_parts_can_all_go_back() -> None:
    stage = after(PLACED, DEPOSIT, BALANCE, replace(REFUND, at=AT + 20_000))
    assert (order_of(stage).refunded_minor, order_of(stage).left_minor) == (69_700, 0)


@pytest.mark.parametrize("items", permutations((PLACED, NAMELESS, REST)))
def test_of_payments_without_a_name_one_counts_and_a_person_sees_that_there_was_another(items: Sequence[OrderItem]) -> None:
    stage = after(*items)
    assert reads(stage)[0] == 20_000
    assert "paid_again" in reads(stage)[3]
    assert "paid_again" in [odd.why for odd in stage.row("order.odd", "mo/o1").misfits]
    before = len(stage.events)
    stage.when(told(*items), at=LATER + 100)
    assert len(stage.events) == before


def test_a_payment_that_is_told_again_is_no_other_one() -> None:
    for again in (NAMELESS, replace(NAMELESS, at=0), PAYMENT, replace(PAYMENT, at=AT + 7_000)):
        assert "paid_again" not in reads(after(PLACED, NAMELESS, again))[3], again
    twice = after(PLACED, NAMELESS, replace(NAMELESS, at=AT + 9_000))  # at another time: it may be the other half
    assert "paid_again" in reads(twice)[3]


def test_a_name_that_comes_later_settles_it() -> None:
    """Its platform tells both anew, now by their names."""
    stage = after(PLACED, NAMELESS, REST)
    assert "paid_again" in reads(stage)[3]
    stage.when(told(DEPOSIT, BALANCE), at=LATER + 100)
    assert reads(stage) == (69_700, AT + 3_000, ALL, [])


def test_another_source_of_the_room_tells_the_same_payments_once() -> None:
    items = (PLACED, DEPOSIT, BALANCE)
    stage = Stage(FEATURE).given(PLANNED, WENT, at=AT)
    for source in ("mo", "shop"):
        for item in items:
            stage.when(RecordOrders(platform=source, room="R", items=(item,)), at=LATER)
    assert order_of(stage, ("mo", "o1")).paid_minor == 69_700
    nameless = Stage(FEATURE).given(PLANNED, WENT, at=AT)
    for source, item in (("mo", PLACED), ("mo", NAMELESS), ("shop", DEPOSIT), ("shop", BALANCE)):
        nameless.when(RecordOrders(platform=source, room="R", items=(item,)), at=LATER)
    assert order_of(nameless, ("mo", "o1")).paid_minor == 69_700


def test_parts_for_units_of_one_product_pay_for_all_of_them() -> None:
    three = replace(PLACED, lines=(replace(LINES[0], quantity=3),))
    first, second = (
        replace(PAYMENT, payment_id=f"p{n}", lines=(replace(LINES[0], quantity=n),), at=AT + 3_000 + n) for n in (1, 2)
    )
    stage = after(three, first)
    assert (order_of(stage).has(), order_of(stage).wholly_paid) == ({("serum", ""): 3}, False)
    assert things(order_of(stage).paid_lines) == {("serum", ""): 1}
    stage.when(told(second), at=LATER + 10)
    assert (order_of(stage).has(), order_of(stage).wholly_paid) == ({("serum", ""): 3}, True)
    assert things(order_of(stage).paid_lines) == {("serum", ""): 3}


def test_the_list_says_what_was_paid_beside_what_was_placed() -> None:
    one = (replace(LINES[0], quantity=1),)
    row = after(PLACED, replace(PAYMENT, lines=one)).row("order.latest", "mo/o1")
    assert (row.state, row.amount_minor, row.paid_minor) == ("paid", 69_700, LINES[0].price_minor)
    assert after(PLACED, DEPOSIT).row("order.latest", "mo/o1").paid_minor == 20_000
    assert after(PLACED).row("order.latest", "mo/o1").paid_minor is None
