"""Stories of orders told without their time, when the money is final, or by a clock that is off."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.audience.facts import AudienceOrdersTold
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import (
    OrderOddity,
)
from kaibo.features.order.slices import Order
from kaibo.features.order.tests.said import (
    AT,
    CANCEL,
    CREATED,
    LINES,
    ONE,
    PAID,
    PAYMENT,
    PLACED,
    REFUND,
    REFUNDED,
    THREE,
    TWO,
    order_of,
    told,
)
from kaibo.features.show.facts import ShowEnded

# told without its time, or when the money is final


def test_a_part_given_back_without_its_time_and_told_again_counts_once_and_says_so(stage: Stage) -> None:
    stage.given(replace(CREATED, lines=THREE, amount_minor=89700))
    stage.when(told(PAYMENT))
    part = replace(REFUND, at=0, lines=ONE)
    stage.when(told(part), at=AT + 6_000)
    stage.when(told(part), at=AT + 16_000).then(
        OrderOddity(platform="mo", order_id="o1", kind="refunded", why="told_again", platform_at=AT + 16_000, lines=ONE)
    )
    assert order_of(stage).refunded_minor == 29900
    stage.when(told(replace(part, at=AT + 17_000)))
    assert order_of(stage).refunded_minor == 59800


@pytest.mark.parametrize("item", [PLACED, PAYMENT, replace(PAYMENT, lines=LINES), CANCEL, REFUND])
def test_what_is_told_again_without_its_time_changes_nothing(stage: Stage, item: OrderItem) -> None:
    stage.when(told(PLACED, replace(item, at=0)), at=AT + 10_000)
    stage.when(told(replace(item, at=0)), at=AT + 20_000).then()


def test_an_order_told_without_its_time_and_with_other_goods_is_an_edit(stage: Stage) -> None:
    stage.when(told(replace(PLACED, at=0, lines=ONE)), at=AT + 1_000)
    stage.when(told(replace(PLACED, at=0, lines=TWO)), at=AT + 2_000)
    assert (order_of(stage).lines, order_of(stage).placed_at) == (TWO, AT + 1_000)


FINAL = ShowEnded(show_id="s1")
LATE_AT = AT + 60_000 + 8 * 86_400_000


def test_an_order_told_when_the_money_is_final_is_kept_and_told_as_an_oddity(stage: Stage) -> None:
    stage.given(FINAL, at=AT + 60_000)
    odd = OrderOddity(platform="mo", order_id="o1", kind="created", why="after_final", platform_at=AT + 2000, buyer="b1")
    stage.when(told(PLACED), at=LATE_AT).then(odd, replace(CREATED, late=True))
    stage.when(told(PAYMENT)).then(replace(odd, kind="paid", platform_at=AT + 3000), replace(PAID, late=True))
    stage.when(told(REFUND)).then(REFUNDED)
    assert stage.row("order.latest", "mo/o1").state == "refunded"


def test_what_the_final_figures_have_stays_as_they_have_it(stage: Stage) -> None:
    stage.given(CREATED, PAID).given(FINAL, at=AT + 60_000)
    before = order_of(stage)
    stage.when(told(replace(PLACED, at=AT + 2500, lines=ONE)), at=LATE_AT).then(
        OrderOddity(platform="mo", order_id="o1", kind="created", why="after_final", platform_at=AT + 2500, buyer="b1")
    )
    stage.when(told(replace(PAYMENT, at=AT + 2600)), at=LATE_AT).then(
        OrderOddity(platform="mo", order_id="o1", kind="paid", why="after_final", platform_at=AT + 2600, buyer="b1")
    )
    assert replace_odd(order_of(stage)) == replace_odd(before)
    stage.when(told(REFUND), at=LATE_AT).then(REFUNDED)


def test_what_happened_when_the_money_was_final_is_no_oddity(stage: Stage) -> None:
    stage.given(CREATED).given(FINAL, at=AT + 60_000)
    stage.when(told(replace(PAYMENT, at=LATE_AT)), at=LATE_AT).then(replace(PAID, platform_at=LATE_AT))


def replace_odd(order: Order) -> Order:
    return replace(order, odd=())


# clocks


def test_a_clock_that_is_behind_puts_no_order_before_the_show(stage: Stage) -> None:
    behind = 600_000
    for n in range(2):
        newest = AT + n * 30_000 - behind
        stage.given(AudienceOrdersTold(source="mo", room="", count=1, newest_at=newest), at=AT + n * 30_000)
    stage.when(told(replace(PLACED, at=AT + 29_000 - behind), replace(PAYMENT, at=AT + 29_500 - behind)))
    placed, settled = (event.fact for event in stage.events[-2:])
    assert (placed.platform_at, placed.cue_id, settled.platform_at) == (AT + 29_000, "c1", AT + 29_500)
    other = RecordOrders(platform="fb", items=(replace(PLACED, at=AT - behind),))
    assert stage.when(other).events[-1].fact.platform_at == AT - behind  # of another source nothing is known


def test_a_refund_told_again_when_its_clock_is_known_better_counts_once(stage: Stage) -> None:
    behind = 600_000
    part = replace(REFUND, at=AT + 5_000 - behind, lines=ONE)
    stage.given(replace(CREATED, platform_at=AT - behind), replace(PAID, platform_at=AT - behind))
    stage.when(told(part), at=AT + 6_000)
    for n in range(2):
        newest = AT + n * 30_000 - behind
        stage.given(AudienceOrdersTold(source="mo", room="", count=1, newest_at=newest), at=AT + n * 30_000)
    stage.when(told(part), at=AT + 40_000).then()
    assert order_of(stage).refunded_minor == 29900


def test_a_clock_a_little_ahead_does_not_put_the_last_orders_behind_the_end(stage: Stage) -> None:
    stage.when(told(replace(PLACED, at=AT + 28_000), replace(PAYMENT, at=AT + 30_000)))
    assert [event.fact.platform_at for event in stage.events[-2:]] == [AT - 2_000, AT]
    stage.when(told(replace(PLACED, order_id="o2", at=AT), replace(PLACED, order_id="o3", at=AT + 600_000)))
    assert [event.fact.platform_at for event in stage.events[-2:]] == [AT, AT]


@pytest.mark.parametrize("ahead_ms", [30_000, 300_000])
def test_what_is_told_again_by_a_clock_that_is_ahead_counts_once(stage: Stage, ahead_ms: int) -> None:
    def later(item: OrderItem) -> OrderItem:
        return replace(item, at=item.at + ahead_ms)

    stage.when(told(later(replace(PLACED, lines=ONE)))).when(told(later(replace(PLACED, at=AT + 2500, lines=THREE))))
    stage.when(told(later(replace(PLACED, lines=ONE)))).then()
    stage.when(told(later(PAYMENT))).when(told(later(replace(REFUND, lines=ONE))))
    stage.when(told(later(replace(REFUND, lines=ONE))))
    order = order_of(stage)
    assert (order.paid_minor, order.refunded_minor) == (3 * 29900, 29900)
