"""Stories of orders told in the wrong order, by two sources, or in parts: they come to the same."""

from collections.abc import Iterable
from itertools import permutations

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import (
    OrderOddity,
)
from kaibo.features.order.feature import FEATURE
from kaibo.features.order.tests.said import (
    AT,
    CANCEL,
    CANCELLED,
    CREATED,
    EARLY,
    EDITED,
    LINES,
    ONE,
    PAID,
    PAYMENT,
    PLACED,
    PLANNED,
    REFUND,
    REFUNDED,
    THREE,
    TWO,
    WENT,
    order_of,
    told,
)
from kaibo.features.show.slices import ToldAhead, ToldInSeconds, ToldTooOld


def figures(items: Iterable[OrderItem]) -> tuple[object, ...]:
    """What is known of one order once all of this was told, one by one; its minutes, money, units and buyer."""
    stage = Stage(FEATURE).given(PLANNED, WENT, at=AT)
    for item in items:
        stage.when(told(item))
    order = order_of(stage)
    return (
        order.placed_at, order.buyer, order.created_minor, order.paid_at, order.paid_minor, order.refunded_minor,
        bool(order.refunds), dict(order.has()), order.cue_id,
    )  # fmt: skip


@pytest.mark.parametrize(
    "items",
    [
        (PLACED, PAYMENT, CANCEL),
        (PLACED, PAYMENT, REFUND),
        (PLACED, PAYMENT, CANCEL, REFUND),
        (replace(PLACED, lines=ONE), replace(PLACED, at=AT + 2500, lines=THREE), PAYMENT),
        (replace(PLACED, lines=ONE), replace(PLACED, at=AT + 3500, lines=THREE), PAYMENT),
        (replace(PLACED, lines=THREE), replace(PAYMENT, lines=TWO), replace(REFUND, lines=ONE)),
        (replace(PLACED, lines=THREE), PAYMENT, replace(REFUND, lines=ONE), replace(REFUND, at=AT + 5100, lines=TWO)),
        (replace(PLACED, lines=THREE), PAYMENT, replace(REFUND, lines=TWO), replace(REFUND, at=AT + 5100, lines=TWO)),
        (replace(PLACED, lines=THREE), PAYMENT, replace(REFUND, lines=ONE), replace(REFUND, at=AT + 5100)),
        (replace(PLACED, buyer=""), replace(PAYMENT, buyer="b1")),
        (replace(PLACED, lines=ONE), replace(PLACED, at=AT + 2500, lines=TWO), CANCEL),
    ],
)
def test_the_same_messages_in_any_order_come_to_the_same(items: tuple[OrderItem, ...]) -> None:
    expected = figures(items)
    for shuffled in permutations(items):
        assert figures(shuffled) == expected, [(item.kind, item.at) for item in shuffled]


def test_every_refund_counts_and_one_told_again_counts_once(stage: Stage) -> None:
    stage.given(replace(CREATED, lines=THREE, amount_minor=89700))
    stage.when(told(PAYMENT))
    first, second = replace(REFUND, lines=ONE), replace(REFUND, at=AT + 5001, lines=ONE)
    stage.when(told(first, first, second))
    assert stage.when(told(first)).then() is stage
    order = order_of(stage)
    assert (order.refunded_minor, order.left_minor, dict(order.has())) == (59800, 29900, {("serum", ""): 1})


def test_no_more_goes_back_than_was_paid_and_the_rest_is_told(stage: Stage) -> None:
    stage.given(replace(CREATED, lines=ONE, amount_minor=29900))
    stage.when(told(PAYMENT))
    stage.when(told(replace(REFUND, lines=THREE))).then(
        OrderOddity(platform="mo", order_id="o1", kind="refunded", why="above_payment", platform_at=AT + 5000, lines=THREE),
        replace(REFUNDED, lines=ONE, amount_minor=29900, rest=False, told=THREE),
    )
    stage.when(told(replace(REFUND, lines=THREE))).then()
    stage.when(told(replace(REFUND, at=AT + 6000, lines=ONE)))
    assert stage.row("order.counts", "all").refunded_minor == 29900
    assert stage.row("order.counts", "all").odd == 2


def test_a_paid_order_that_is_cancelled_is_refunded(stage: Stage) -> None:
    stage.given(CREATED, PAID)
    stage.when(told(CANCEL)).then(replace(REFUNDED, platform_at=AT + 4000, cancelled=True))
    stage.when(told(CANCEL, REFUND)).then()


def test_a_cancelled_order_that_was_paid_before_gives_the_money_back_and_is_no_oddity(stage: Stage) -> None:
    stage.given(CREATED, CANCELLED)
    stage.when(told(PAYMENT)).then(PAID, replace(REFUNDED, platform_at=AT + 4000, cancelled=True))


def test_a_cancelled_order_that_is_paid_after_it_is_an_oddity_and_gives_the_money_back(stage: Stage) -> None:
    stage.given(CREATED, replace(CANCELLED, platform_at=AT + 2500))
    stage.when(told(PAYMENT)).then(
        replace(EARLY, why="cancelled_already"), PAID, replace(REFUNDED, platform_at=AT + 3000, cancelled=True)
    )


def test_money_that_nobody_gave_back_is_not_confirmed_until_a_platform_says_so(stage: Stage) -> None:
    stage.given(CREATED, replace(CANCELLED, platform_at=AT + 2500))
    stage.when(told(PAYMENT))
    row = stage.row("order.latest", "mo/o1")
    assert (row.state, row.unconfirmed) == ("refunded", True)
    stage.when(told(replace(PAYMENT, kind="refunded", at=AT + 5000)))
    told_so = stage.row("order.latest", "mo/o1")
    assert (told_so.state, told_so.unconfirmed, told_so.changed_at) == ("refunded", False, row.changed_at)


@pytest.mark.parametrize("first", [PAYMENT, replace(PAYMENT, kind="cancelled", at=AT + 4000)])
def test_what_is_cancelled_after_it_was_paid_is_refunded_as_shops_do(stage: Stage, first: OrderItem) -> None:
    then = replace(PAYMENT, kind="cancelled", at=AT + 4000) if first is PAYMENT else PAYMENT
    stage.given(CREATED)
    stage.when(told(first))
    stage.when(told(then))
    row = stage.row("order.latest", "mo/o1")
    assert (row.state, row.unconfirmed) == ("refunded", False)


def test_an_order_told_again_before_its_payment_reads_as_the_newest_and_stays_where_it_was_placed(stage: Stage) -> None:
    stage.when(told(replace(PLACED, lines=ONE), replace(PLACED, at=AT + 2500, lines=THREE)))
    row = stage.row("order.latest", "mo/o1")
    assert (row.lines, row.amount_minor, row.created_at) == (THREE, 89700, AT + 2000)
    stage.when(told(PAYMENT))
    assert stage.row("order.counts", "all").paid_minor == 89700
    stage.when(told(replace(PLACED, at=AT + 3500, lines=ONE))).then(
        OrderOddity(platform="mo", order_id="o1", kind="created", why="edited_after_payment", platform_at=AT + 3500, buyer="b1"),
        replace(EDITED, lines=THREE, amount_minor=89700, edited_at=AT + 3500, told=ONE),  # remembered; it reads as before
    )
    assert stage.row("order.counts", "all").paid_minor == 89700


def test_an_order_belongs_to_the_cue_on_air_when_it_was_placed(stage: Stage) -> None:
    stage.given(replace(WENT, cue_id="c2", pass_id="y", from_cue_id="c1"), at=AT + 10_000)
    stage.when(told(replace(PLACED, at=AT + 9_999)), at=AT + 55_000).then(replace(CREATED, platform_at=AT + 9_999))
    stage.when(told(replace(PLACED, order_id="o2", at=AT + 10_000)))
    stage.then(replace(CREATED, order_id="o2", platform_at=AT + 10_000, cue_id="c2"))
    stage.when(told(replace(PLACED, order_id="o3", at=AT - 1)))
    stage.then(replace(CREATED, order_id="o3", platform_at=AT - 1, cue_id=""))


def test_two_sources_of_one_room_tell_one_order_and_two_rooms_may_use_one_number(stage: Stage) -> None:
    stage.when(RecordOrders(platform="mo", room="88", items=(PLACED, PAYMENT)))
    stage.when(RecordOrders(platform="helper", room="88", items=(PLACED, PAYMENT))).then()
    stage.when(RecordOrders(platform="helper", room="88", items=(REFUND,))).then(replace(REFUNDED, told_by="helper"))
    stage.when(RecordOrders(platform="mo", room="89", items=(PLACED,)))
    stage.then(replace(CREATED, order_id="o1@89", room="89"))
    stage.when(RecordOrders(platform="helper", room="89", items=(replace(PLACED, lines=LINES),))).then()
    assert set(stage.rows("order.latest")) == {"mo/o1", "mo/o1@89"}


def test_what_cannot_have_happened_is_refused_and_what_is_yet_to_be_is_of_now(stage: Stage) -> None:
    stage.when(told(replace(PLACED, at=AT // 1000))).refused(ToldInSeconds, at=AT // 1000)
    stage.when(told(replace(PLACED, at=AT - 68 * 86_400_000))).refused(ToldTooOld)
    stage.when(told(replace(PLACED, at=AT + 3_600_000))).refused(ToldAhead)
    stage.when(told(replace(PLACED, at=AT + 120_000))).then(replace(CREATED, platform_at=AT, said_at=AT + 120_000))
    stage.when(told(replace(PLACED, order_id="o2", at=0))).then(replace(CREATED, order_id="o2", platform_at=AT))
