"""Stories of orders at their corners: who bought, what is told again with more of it, and what happens in one instant."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.audience.facts import AudienceOrdersTold
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine, OrderOddity, OrderRestated
from kaibo.features.order.lines import PRODUCT_ID_LENGTH_MAX, VARIANT_LENGTH_MAX
from kaibo.features.order.slices import LEDGER
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
    THREE,
    TWO,
    order_of,
    told,
)

LATER = AT + 60_000


def test_a_payment_says_who_bought_where_the_order_did_not(stage: Stage) -> None:
    stage.when(told(replace(PLACED, buyer="")))
    stage.when(told(replace(PAYMENT, buyer="b2")))
    assert order_of(stage).buyer == "b2"
    stage.given(replace(CREATED, order_id="o2", buyer=""), replace(PAID, order_id="o2"))
    assert order_of(stage, ("mo", "o2")).buyer == "b1"


def test_an_order_told_anew_says_who_bought(stage: Stage) -> None:
    anew = OrderRestated(
        order_id="o1", platform="mo", buyer="b2", lines=LINES, amount_minor=69700, currency="TWD", platform_at=AT + 3000,
        placed_at=AT + 2000, cue_id="c1",
    )  # fmt: skip
    stage.given(replace(CREATED, buyer=""), anew)
    assert order_of(stage).buyer == "b2"


def test_a_payment_of_an_old_log_that_stands_alone_is_of_its_own_cue(stage: Stage) -> None:
    stage.given(PAID)
    assert order_of(stage).cue_id == "c1"
    stage.given(replace(CREATED, order_id="o2", cue_id="c0"), replace(PAID, order_id="o2"))
    assert order_of(stage, ("mo", "o2")).cue_id == "c0"


def test_an_order_without_its_time_after_its_payment_is_news_all_the_same(stage: Stage) -> None:
    stage.when(told(replace(PAYMENT, buyer="", lines=LINES)))
    stage.when(told(replace(PLACED, at=0)), at=LATER)
    assert (order_of(stage).buyer, {word.kind for word in order_of(stage).words}) == ("b1", {"created", "paid"})
    stage.when(told(replace(PLACED, at=0)), at=LATER).then()


@pytest.mark.parametrize("longest", [{"product_id": "s" * PRODUCT_ID_LENGTH_MAX}, {"variant": "M" * VARIANT_LENGTH_MAX}])
def test_a_name_of_full_length_is_read(stage: Stage, longest: dict[str, str]) -> None:
    stage.when(told(replace(PLACED, lines=(replace(ONE[0], **longest),))))
    assert not [event for event in stage.events if isinstance(event.fact, OrderOddity)]
    assert order_of(stage).lines == (replace(ONE[0], **longest),)


def test_goods_in_foreign_money_count_for_nothing_in_the_money_of_the_show(stage: Stage) -> None:
    stage.when(told(replace(PLACED, lines=(*ONE, replace(ONE[0], product_id="soap", currency="USD")))))
    assert order_of(stage).lines == (*ONE, OrderLine(product_id="soap", quantity=1, price_minor=0))


@pytest.mark.parametrize("named_first", [True, False])
def test_a_refund_told_again_with_its_number_counts_once(stage: Stage, named_first: bool) -> None:
    part = replace(REFUND, lines=ONE)
    stage.given(CREATED, PAID)
    for each in sorted((part, replace(part, refund_id="r1")), key=lambda item: bool(item.refund_id) is not named_first):
        stage.when(told(each), at=LATER)
    assert order_of(stage).refunded_minor == ONE[0].price_minor


def test_a_cancellation_by_another_source_is_no_refund_told_again(stage: Stage) -> None:
    stage.when(RecordOrders(platform="mo", room="88", items=(PLACED, PAYMENT, replace(REFUND, lines=ONE))), at=LATER)
    stage.when(RecordOrders(platform="bridge", room="88", items=(replace(CANCEL, at=AT + 5000, lines=ONE),)), at=LATER)
    assert (order_of(stage).refunded_minor, order_of(stage).cancelled_at) == (69_700, AT + 5000)


def test_what_was_told_in_the_instant_of_the_payment_was_paid(stage: Stage) -> None:
    stage.when(told(replace(PLACED, lines=ONE), replace(PLACED, at=PAYMENT.at, lines=THREE), PAYMENT), at=LATER)
    assert order_of(stage).paid_minor == 3 * ONE[0].price_minor


def test_more_than_was_paid_is_odd_once_and_counts_when_more_was_paid_than_was_known(stage: Stage) -> None:
    more = OrderItem(kind="refunded", order_id="o1", at=AT + 6000, lines=ONE)
    stage.when(told(replace(PLACED, lines=ONE), PAYMENT, replace(REFUND, lines=ONE), more), at=LATER)
    odd = [event.fact for event in stage.events if isinstance(event.fact, OrderOddity)]
    assert [(each.kind, each.why) for each in odd] == [("refunded", "above_payment")]
    assert not [event for event in stage.events if isinstance(event.fact, OrderRestated)]
    stage.when(told(more), at=LATER).then()
    assert order_of(stage).refunded_minor == ONE[0].price_minor
    stage.when(told(replace(PAYMENT, lines=TWO)), at=LATER)
    assert order_of(stage).refunded_minor == 2 * ONE[0].price_minor


def test_whose_people_buy_in_a_room_is_known_when_the_room_is(stage: Stage) -> None:
    stage.when(RecordOrders(platform="mo", room="88", items=(PLACED,)))
    assert stage.fold.slice(LEDGER).people_of(("mo", "o1")) == "mo"
    stage.given(AudienceOrdersTold(source="bridge", room="88", count=1))
    assert stage.fold.slice(LEDGER).people_of(("mo", "o1")) == "bridge"
