"""Stories of orders: told once, told twice, told wrongly."""

import pytest
from msgspec.structs import replace

from kaibo.core.event import Fact
from kaibo.core.slice import Touched
from kaibo.core.stage import Stage
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import (
    OrderLine,
    OrderOddity,
)
from kaibo.features.order.feature import FEATURE
from kaibo.features.order.flaws import OrderBadLine, OrderWrongCurrency
from kaibo.features.order.latest import LATEST_MAX
from kaibo.features.order.rules import OrderShowUnknown
from kaibo.features.order.slices import Ledger, Taken, fold_ledger, fold_taken
from kaibo.features.order.tests.said import (
    AT,
    CANCEL,
    CANCELLED,
    CREATED,
    EARLY,
    EDITED,
    LINES,
    PAID,
    PAYMENT,
    PLACED,
    PLANNED,
    REFUND,
    REFUNDED,
    SHOP,
    WENT,
    told,
)
from kaibo.features.order.view import OrderCountRow
from kaibo.features.show.facts import ShowEnded


def test_an_order_is_placed_then_paid_in_the_cue_it_was_placed_in(stage: Stage) -> None:
    stage.when(told(PLACED), by=SHOP).then(CREATED)
    stage.given(replace(WENT, cue_id="c2", pass_id="y", from_cue_id="c1"))
    stage.when(told(PAYMENT), by=SHOP).then(PAID)


def test_what_was_told_before_is_left_out_within_one_breath_and_across(stage: Stage) -> None:
    stage.when(told(PLACED, PLACED, PAYMENT, PAYMENT, REFUND, REFUND)).then(CREATED, PAID, REFUNDED)
    stage.when(told(PLACED, PAYMENT, REFUND)).then()


def test_an_unpaid_order_is_cancelled(stage: Stage) -> None:
    stage.when(told(PLACED, CANCEL, CANCEL)).then(CREATED, CANCELLED)


def test_a_payment_that_carries_lines_brings_its_order_with_it(stage: Stage) -> None:
    own = replace(PAID, own_lines=True)
    stage.when(told(replace(PAYMENT, lines=LINES))).then(replace(CREATED, platform_at=AT + 3000, assumed=True), own)
    stage.when(told(replace(PAYMENT, lines=LINES))).then()


def test_an_order_told_after_its_payment_says_when_it_was_placed_by_whom_and_for_how_much(stage: Stage) -> None:
    stage.when(told(replace(PAYMENT, buyer="", lines=LINES[:1])))
    stage.when(told(PLACED)).then(EDITED)
    stage.when(told(PLACED)).then()
    row = stage.row("order.latest", "mo/o1")
    assert (row.buyer, row.created_at, row.amount_minor, row.state) == ("b1", AT + 2000, 69700, "paid")
    counts = stage.row("order.counts", "all")
    assert (counts.created, counts.created_minor, counts.paid, counts.paid_minor) == (1, 69700, 1, 59800)


def test_a_payment_without_lines_waits_for_its_order(stage: Stage) -> None:
    stage.when(told(PAYMENT, PAYMENT)).then(EARLY)
    counts = stage.row("order.counts", "all")
    assert (counts.paid, counts.odd) == (0, 1)
    stage.when(told(PAYMENT)).then()
    stage.when(told(PLACED)).then(CREATED, PAID)
    assert stage.row("order.counts", "all").odd == 0  # it was only early


def test_a_waiting_payment_told_again_with_lines_waits_no_longer(stage: Stage) -> None:
    stage.given(EARLY)
    own = replace(PAID, own_lines=True)
    stage.when(told(replace(PAYMENT, lines=LINES))).then(replace(CREATED, platform_at=AT + 3000, assumed=True), own)


def test_a_payment_counts_what_it_says(stage: Stage) -> None:
    stage.given(CREATED)
    stage.when(told(replace(PAYMENT, lines=LINES[:1]))).then(replace(PAID, lines=LINES[:1], amount_minor=59800, own_lines=True))


@pytest.mark.parametrize(
    ("before", "item", "why"),
    [
        ((), CANCEL, "unknown_order"),
        ((), REFUND, "unknown_order"),
        ((EARLY,), CANCEL, "unknown_order"),
        ((CREATED,), REFUND, "not_paid"),
        ((CREATED, CANCELLED), REFUND, "cancelled_already"),
        ((CREATED, PAID, replace(REFUNDED, platform_at=AT + 4000)), replace(CANCEL, at=AT + 5000), "refunded_already"),
    ],
)
def test_what_cannot_follow_is_noted_once(stage: Stage, before: tuple[Fact, ...], item: OrderItem, why: str) -> None:
    stage.given(*before)
    counts = stage.row("order.counts", "all")
    odd = OrderOddity(platform="mo", order_id="o1", kind=item.kind, why=why, platform_at=item.at, buyer=item.buyer)
    stage.when(told(item, item)).then(odd)
    stage.when(told(item)).then()
    assert stage.row("order.counts", "all") == replace(counts, odd=counts.odd + 1)


def test_a_cancellation_that_came_early_is_applied_when_its_order_is_told(stage: Stage) -> None:
    stage.when(told(CANCEL))
    stage.when(told(PLACED)).then(CREATED, CANCELLED)
    stage.when(told(CANCEL)).then()


def test_who_buys_may_be_told_before_the_order_is(stage: Stage) -> None:
    stage.when(told(PAYMENT))
    stage.when(told(replace(PLACED, buyer=""))).then(CREATED, PAID)


def test_a_refund_that_came_early_is_applied_when_its_order_is_paid(stage: Stage) -> None:
    stage.when(told(REFUND, PAYMENT))
    stage.when(told(PLACED)).then(CREATED, PAID, REFUNDED)


def test_a_refund_told_before_the_payment_waits_for_it(stage: Stage) -> None:
    stage.when(told(PLACED, REFUND))
    stage.when(told(PAYMENT)).then(PAID, REFUNDED)


def test_a_part_is_given_back_or_all_that_was_paid(stage: Stage) -> None:
    stage.given(CREATED)
    stage.when(told(replace(PAYMENT, lines=LINES[:1])))
    stage.when(told(REFUND)).then(replace(REFUNDED, lines=LINES[:1], amount_minor=59800))
    other = Stage(FEATURE).given(PLANNED, WENT, CREATED, PAID, at=AT)
    other.when(told(replace(REFUND, lines=LINES[1:]))).then(replace(REFUNDED, lines=LINES[1:], amount_minor=9900, rest=False))


def test_what_orders_took_and_gave_back_is_counted_from_nothing(stage: Stage) -> None:
    taken = Taken(Ledger())
    stage.when(told(PLACED, replace(PLACED, order_id="o2"), replace(CANCEL, order_id="o2"), PAYMENT))
    for event in stage.events:
        fold_ledger(taken.ledger, event)
        fold_taken(taken, event, Touched())
    assert taken.units == {"serum": {"": 2}, "soap": {"": 1}}
    back = stage.when(told(REFUND)).events[-1]
    fold_ledger(taken.ledger, back)
    fold_taken(taken, back, Touched())
    assert taken.units == {"serum": {"": 0}, "soap": {"": 0}}
    assert taken.lines == {"serum": 2, "soap": 2}


def test_two_platforms_may_use_the_same_number(stage: Stage) -> None:
    stage.when(told(PLACED))
    stage.when(RecordOrders(platform="fb", items=(PLACED,))).then(replace(CREATED, platform="fb"))
    assert set(stage.rows("order.latest")) == {"mo/o1", "fb/o1"}


def test_orders_come_in_the_currency_of_the_show(stage: Stage) -> None:
    stage.when(told(replace(PLACED, currency="USD")))
    stage.refused(OrderWrongCurrency, order_id="o1", currency="USD", show_currency="TWD")


def test_what_carries_no_amount_has_no_currency() -> None:
    stage = Stage(FEATURE).given(replace(PLANNED, currency="USD"))
    stage.when(told(replace(PLACED, currency="USD"), replace(CANCEL, currency="EUR")))
    stage.then(replace(CREATED, currency="USD", cue_id=""), CANCELLED)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (OrderLine(product_id="soap", quantity=0, price_minor=1),),
        (OrderLine(product_id="soap", quantity=-1, price_minor=1),),
        (OrderLine(product_id="soap", quantity=1, price_minor=-1),),
        (OrderLine(product_id="", quantity=1, price_minor=1),),
    ],
)
def test_a_bad_line_refuses_the_whole_breath(stage: Stage, lines: tuple[OrderLine, ...]) -> None:
    stage.when(told(replace(PLACED, order_id="o0"), replace(PLACED, lines=lines)))
    stage.refused(OrderBadLine, order_id="o1")
    assert stage.rows("order.latest") == {}


def test_a_gift_costs_nothing(stage: Stage) -> None:
    lines = (OrderLine(product_id="gift", quantity=1, price_minor=0),)
    stage.when(told(replace(PLACED, lines=lines))).then(replace(CREATED, lines=lines, amount_minor=0))


def test_no_orders_without_a_show() -> None:
    stage = Stage(FEATURE).when(told(PLACED))
    stage.refused(OrderShowUnknown)


def test_orders_come_late_and_belong_to_no_cue(stage: Stage) -> None:
    stage.given(CREATED).given(ShowEnded(show_id="s1"), at=AT + 2500)
    late = replace(PLACED, order_id="o2", at=AT + 2600)
    stage.when(told(PAYMENT, late)).then(PAID, replace(CREATED, order_id="o2", platform_at=AT + 2600, cue_id=""))


def test_counts_are_four_series(stage: Stage) -> None:
    stage.when(told(PLACED, PAYMENT, REFUND, replace(PLACED, order_id="o2"), replace(CANCEL, order_id="o2")))
    expected = OrderCountRow(
        created=2, paid=1, cancelled=1, refunded=1, created_minor=139400, paid_minor=69700, refunded_minor=69700, told=True
    )
    assert stage.row("order.counts", "all") == expected
    assert {key: row.state for key, row in stage.rows("order.latest").items()} == {"mo/o1": "refunded", "mo/o2": "cancelled"}
    assert stage.row("order.latest", "mo/o1").changed_at == AT + 5000


def test_only_the_newest_orders_are_shown(stage: Stage) -> None:
    stage.when(told(*(replace(PLACED, order_id=f"n{number}") for number in range(LATEST_MAX + 2))))
    assert set(stage.rows("order.latest")) == {f"mo/n{number}" for number in range(2, LATEST_MAX + 2)}
    came = sorted(stage.rows("order.latest").values(), key=lambda row: row.seq)
    assert [row.order_id for row in came] == [f"n{number}" for number in range(2, LATEST_MAX + 2)]
    stage.when(told(replace(PAYMENT, order_id="n0")))
    assert "mo/n0" not in stage.rows("order.latest")
