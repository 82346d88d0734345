"""Stories of refunds that say otherwise than their order, and of orders that come to more than one can."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.order.facts import ORDER_MINOR_MAX, OrderKind, OrderLine
from kaibo.features.order.flaws import OrderAboveLimit
from kaibo.features.order.tests.said import AT, CREATED, PAID, PAYMENT, PLACED, REFUND, order_of, told

LATER = AT + 60_000


def odds(stage: Stage) -> set[tuple[str, str]]:
    return {(odd.kind, odd.why) for odd in order_of(stage).misfits}


# what a refund says otherwise than the order


def lines_of(variant: str, quantity: int, price_minor: int = 100) -> tuple[OrderLine, ...]:
    return (OrderLine(product_id="serum", price_minor=price_minor, quantity=quantity, variant=variant),)


@pytest.mark.parametrize(("bought", "named"), [("S", ""), ("", "S"), ("S", "S")])
def test_a_refund_that_leaves_out_the_variant_is_of_the_one_that_was_bought(stage: Stage, bought: str, named: str) -> None:
    stage.when(told(replace(PLACED, lines=lines_of(bought, 2)), PAYMENT, replace(REFUND, lines=lines_of(named, 1))), at=LATER)
    counts = stage.row("order.counts", "all")
    assert (counts.refunded_minor, counts.kept_minor, counts.odd) == (100, 0, 0)
    assert order_of(stage).has() == {("serum", bought): 1}


def test_a_refund_of_a_variant_that_was_not_bought_gives_money_alone_and_is_odd(stage: Stage) -> None:
    stage.when(told(replace(PLACED, lines=lines_of("S", 2)), PAYMENT, replace(REFUND, lines=lines_of("M", 1))), at=LATER)
    assert odds(stage) == {("refunded", "above_payment")}
    assert order_of(stage).has() == {("serum", "S"): 2}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_a_refund_that_was_put_right_the_newest_word_counts(stage: Stage, order: tuple[int, int]) -> None:
    words = [
        replace(REFUND, at=AT + 5000 + n, amount_minor=minor, refund_id="i2", lines=()) for n, minor in enumerate((100, 150))
    ]
    stage.given(CREATED, PAID).when(told(*(words[place] for place in order)), at=LATER)
    assert order_of(stage).refunded_minor == 150
    stage.when(told(*words), at=LATER).then()


@pytest.mark.parametrize("parts", [(2,), (1, 1)])
def test_all_goods_of_an_order_with_a_coupon_come_back_by_their_prices(stage: Stage, parts: tuple[int, ...]) -> None:
    back = [replace(REFUND, at=AT + 5000 + n, lines=lines_of("", units, 1_000)) for n, units in enumerate(parts)]
    stage.when(told(replace(PLACED, lines=lines_of("", 2, 1_000), amount_minor=1_800), PAYMENT, *back), at=LATER)
    counts = stage.row("order.counts", "all")
    assert (counts.paid_minor, counts.refunded_minor, counts.odd) == (1_800, 1_800, 0)


def test_more_than_a_coupon_explains_is_odd(stage: Stage) -> None:
    placed = replace(PLACED, lines=lines_of("", 2, 1_000), amount_minor=1_800)
    stage.when(told(placed, PAYMENT, replace(REFUND, lines=lines_of("", 2, 1_001))), at=LATER)
    assert odds(stage) == {("refunded", "above_payment")}


@pytest.mark.parametrize("kind", ["created", "paid", "refunded"])
def test_an_order_above_the_limit_is_refused(stage: Stage, kind: OrderKind) -> None:
    absurd = tuple(OrderLine(product_id=f"p{n}", quantity=999_999, price_minor=10**12) for n in range(10))
    stage.when(told(replace(PLACED, kind=kind, lines=absurd))).refused(
        OrderAboveLimit, order_id="o1", limit_minor=ORDER_MINOR_MAX
    )
    stage.when(told(replace(PLACED, kind=kind, amount_minor=ORDER_MINOR_MAX + 1))).refused(OrderAboveLimit)


def test_a_refund_of_money_alone_above_the_limit_is_refused(stage: Stage) -> None:
    money = (OrderLine(product_id="", quantity=0, price_minor=10**12),) * 11
    stage.given(CREATED, PAID).when(told(replace(REFUND, lines=money))).refused(OrderAboveLimit, limit_minor=ORDER_MINOR_MAX)


def test_an_old_log_with_such_an_order_still_says_its_figures(stage: Stage) -> None:
    absurd = (OrderLine(product_id="serum", quantity=999_999, price_minor=10**12),)
    stage.given(replace(CREATED, lines=absurd), replace(PAID, lines=absurd))
    assert stage.row("order.counts", "all").paid_minor == ORDER_MINOR_MAX
