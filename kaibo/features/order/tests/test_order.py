"""Stories of orders: told once, told twice, told in the wrong order, told wrongly."""

import dataclasses
from collections.abc import Iterable
from itertools import permutations

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor, Fact
from kaibo.core.slice import Touched
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.facts import AudienceOrdersTold
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import (
    OrderCancelled,
    OrderCreated,
    OrderEdited,
    OrderLine,
    OrderOddity,
    OrderPaid,
    OrderRefunded,
)
from kaibo.features.order.feature import FEATURE
from kaibo.features.order.rules import OrderBadLine, OrderShowUnknown, OrderWrongCurrency
from kaibo.features.order.slices import LEDGER, Ledger, Order, Taken, fold_ledger, fold_taken
from kaibo.features.order.view import LATEST_MAX, OrderCountRow
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowEnded, ShowPlanned
from kaibo.features.show.slices import ToldAhead, ToldInSeconds, ToldTooOld

AT = CURTAIN_AT
SHOP = Actor(id="shop", role="system")
PLANNED = ShowPlanned(show_id="s1", title="週年慶", starts_at=AT, ends_at=AT + 7_200_000, timezone="Asia/Taipei", currency="TWD")
WENT = CueWent(cue_id="c1", pass_id="x", via="go", from_cue_id=None)
LINES = (
    OrderLine(product_id="serum", quantity=2, price_minor=29900),
    OrderLine(product_id="soap", quantity=1, price_minor=9900),
)
PLACED = OrderItem(kind="created", order_id="o1", at=AT + 2000, buyer="b1", lines=LINES)
PAYMENT = OrderItem(kind="paid", order_id="o1", at=AT + 3000, buyer="b1")
CANCEL = OrderItem(kind="cancelled", order_id="o1", at=AT + 4000)
REFUND = OrderItem(kind="refunded", order_id="o1", at=AT + 5000)
CREATED = OrderCreated(
    order_id="o1", platform="mo", buyer="b1", lines=LINES, amount_minor=69700, currency="TWD", platform_at=AT + 2000, cue_id="c1"
)
PAID = OrderPaid(
    order_id="o1", buyer="b1", lines=LINES, amount_minor=69700, currency="TWD", platform_at=AT + 3000, cue_id="c1", platform="mo"
)
CANCELLED = OrderCancelled(order_id="o1", lines=LINES, platform_at=AT + 4000, platform="mo")
REFUNDED = OrderRefunded(order_id="o1", lines=LINES, amount_minor=69700, platform_at=AT + 5000, platform="mo", rest=True)
EDITED = OrderEdited(
    order_id="o1", platform="mo", buyer="b1", lines=LINES, amount_minor=69700, currency="TWD", platform_at=AT + 2000,
    edited_at=AT + 2000, cue_id="c1", told=LINES,
)  # fmt: skip
EARLY = OrderOddity(platform="mo", order_id="o1", kind="paid", why="unknown_order", platform_at=AT + 3000, buyer="b1")


def told(*items: OrderItem) -> RecordOrders:
    """What the platform says in one breath."""
    return RecordOrders(platform="mo", items=items)


@pytest.fixture
def stage() -> Stage:
    """A show with a cue on air."""
    return Stage(FEATURE).given(PLANNED, WENT, at=AT)


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
        created=2, paid=1, cancelled=1, refunded=1, created_minor=139400, paid_minor=69700, refunded_minor=69700
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


# whatever is told first


ONE = (OrderLine(product_id="serum", quantity=1, price_minor=29900),)
TWO = (OrderLine(product_id="serum", quantity=2, price_minor=29900),)
THREE = (OrderLine(product_id="serum", quantity=3, price_minor=29900),)


def order_of(stage: Stage, place: tuple[str, str] = ("mo", "o1")) -> Order:
    return stage.fold.slice(LEDGER).orders[place]


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


def test_a_cancelled_order_that_is_paid_is_an_oddity_and_gives_the_money_back(stage: Stage) -> None:
    stage.given(CREATED, CANCELLED)
    stage.when(told(PAYMENT)).then(
        replace(EARLY, why="cancelled_already"), PAID, replace(REFUNDED, platform_at=AT + 4000, cancelled=True)
    )


def test_an_order_told_again_before_its_payment_reads_as_the_newest_and_stays_where_it_was_placed(stage: Stage) -> None:
    stage.when(told(replace(PLACED, lines=ONE), replace(PLACED, at=AT + 2500, lines=THREE)))
    row = stage.row("order.latest", "mo/o1")
    assert (row.lines, row.amount_minor, row.created_at) == (THREE, 89700, AT + 2000)
    stage.when(told(PAYMENT))
    assert stage.row("order.counts", "all").paid_minor == 89700
    stage.when(told(replace(PLACED, at=AT + 3500, lines=ONE))).then()


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
    return dataclasses.replace(order, odd=())


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
