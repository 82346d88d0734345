"""Stories of money that goes back while the goods stay, of totals, and of lines that make no sense."""

import pickle
from itertools import permutations

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine, OrderOddity
from kaibo.features.order.feature import FEATURE
from kaibo.features.order.flaws import OrderBadLine
from kaibo.features.order.reading import Refund, Word
from kaibo.features.order.tests.said import (
    AT,
    CANCEL,
    CREATED,
    LINES,
    ONE,
    PAID,
    PAYMENT,
    PLACED,
    PLANNED,
    REFUND,
    THREE,
    TWO,
    WENT,
    order_of,
    told,
)  # fmt: skip

LATER = AT + 10_000
MONEY = replace(REFUND, amount_minor=10_000)
BY_LINE = replace(REFUND, lines=(OrderLine(product_id="serum", price_minor=10_000),))


def stands(stage: Stage) -> tuple[int, int, dict[tuple[str, str], int]]:
    order = order_of(stage)
    return order.refunded_minor, order.left_minor, dict(order.has())


def test_an_order_that_nobody_placed_is_none(stage: Stage) -> None:
    """Money given back of an unknown order does not make it one."""
    stage.when(told(MONEY), at=LATER)
    row = stage.row("order.odd", "mo/o1")
    assert ([each.why for each in row.misfits], row.placed) == (["unknown_order"], False)


@pytest.mark.parametrize("item", [MONEY, BY_LINE, replace(BY_LINE, amount_minor=10_000)])
def test_money_goes_back_and_the_goods_stay_sold(stage: Stage, item: OrderItem) -> None:
    stage.given(CREATED, PAID).when(told(item), at=LATER)
    assert stands(stage) == (10_000, 59_700, {("serum", ""): 2, ("soap", ""): 1})
    stage.when(told(item), at=LATER).then()
    row = stage.row("order.latest", "mo/o1")
    assert (row.state, row.refunded_minor) == ("refunded", 10_000)


def test_more_money_than_was_paid_is_an_oddity_and_no_more_goes_back(stage: Stage) -> None:
    stage.given(CREATED, PAID).when(told(replace(MONEY, amount_minor=70_000)), at=LATER)
    assert stands(stage) == (69_700, 0, {("serum", ""): 2, ("soap", ""): 1})
    assert stage.row("order.counts", "all").odd == 1


def test_a_refund_says_how_much_of_the_price_of_its_goods_goes_back(stage: Stage) -> None:
    stage.given(CREATED, PAID).when(told(replace(REFUND, lines=ONE, amount_minor=20_000)), at=LATER)
    assert stands(stage) == (20_000, 49_700, {("serum", ""): 1, ("soap", ""): 1})
    assert stage.row("order.counts", "all").odd == 0


def test_a_refund_of_nothing_is_no_refund_of_all(stage: Stage) -> None:
    stage.given(CREATED, PAID).when(told(replace(REFUND, amount_minor=0)), at=LATER).refused(OrderBadLine)
    stage.when(told(replace(REFUND, lines=(replace(ONE[0], quantity=-1),))), at=LATER).refused(OrderBadLine)


@pytest.mark.parametrize(
    "items",
    [
        (replace(PLACED, lines=THREE), PAYMENT, MONEY, replace(REFUND, at=AT + 6000, lines=ONE)),
        (replace(PLACED, lines=THREE), PAYMENT, replace(REFUND, lines=ONE), replace(MONEY, at=AT + 6000)),
        (replace(PLACED, lines=THREE), PAYMENT, MONEY, replace(MONEY, at=AT + 6000), replace(REFUND, at=AT + 7000)),
        (replace(PLACED, lines=THREE), PAYMENT, replace(MONEY, amount_minor=80_000), replace(CANCEL, at=AT + 6000)),
        (replace(PLACED, lines=THREE, amount_minor=80_000), PAYMENT, MONEY, replace(REFUND, at=AT + 6000, lines=ONE)),
        (replace(PLACED, lines=THREE), replace(PAYMENT, lines=(*ONE, replace(ONE[0], product_id="soap", quantity=-1))), MONEY),
        (replace(PLACED, lines=THREE), replace(PAYMENT, amount_minor=50_000), MONEY, replace(PLACED, at=AT + 2500, lines=TWO)),
        (PLACED, PAYMENT, replace(PAYMENT, at=AT + 3100, amount_minor=50_000), REFUND),
    ],
)
def test_money_and_goods_in_any_order_of_telling_come_to_the_same(items: tuple[OrderItem, ...]) -> None:

    found: set[object] = set()
    for shuffled in permutations(items):
        stage = Stage(FEATURE).given(PLANNED, WENT, at=AT)
        for item in shuffled:
            stage.when(told(item), at=LATER)
        order = order_of(stage)
        found.add((order.paid_minor, order.refunds, tuple(order.has().items()), order.state))
    assert len(found) == 1


# totals and lines

ODD = OrderLine(product_id="soap", quantity=-1, price_minor=9900)
FOREIGN = OrderLine(product_id="soap", quantity=1, price_minor=9900, currency="USD")
LONG = OrderLine(product_id="s" * 65, quantity=1, price_minor=9900)


@pytest.mark.parametrize(
    ("bad", "has"),
    [
        (ODD, {("serum", ""): 1}),
        (replace(ODD, quantity=0), {("serum", ""): 1}),
        (LONG, {("serum", ""): 1}),
        (FOREIGN, {("serum", ""): 1, ("soap", ""): 1}),
        (replace(ODD, quantity=1, price_minor=-5), {("serum", ""): 1, ("soap", ""): 1}),
    ],
)
def test_a_line_that_makes_no_sense_leaves_the_others(stage: Stage, bad: OrderLine, has: dict[tuple[str, str], int]) -> None:
    items = (replace(PLACED, lines=(*ONE, bad)), PAYMENT)
    stage.when(told(*items), at=LATER)
    assert (order_of(stage).paid_minor, dict(order_of(stage).has())) == (29_900, has)
    odd = [event.fact for event in stage.events if isinstance(event.fact, OrderOddity)]
    assert [(each.kind, each.why, each.lines[0].product_id) for each in odd] == [("created", "line_unread", bad.product_id[:64])]
    stage.when(told(*items), at=LATER).then()


def test_an_order_whose_total_is_known_counts_it_whole(stage: Stage) -> None:
    stage.when(told(replace(PLACED, lines=(*ONE, ODD), amount_minor=39_800), PAYMENT), at=LATER)
    assert (order_of(stage).created_minor, order_of(stage).paid_minor) == (39_800, 39_800)
    assert dict(order_of(stage).has()) == {("serum", ""): 1}
    stage.when(told(replace(PLACED, order_id="o2", lines=(ODD,), amount_minor=500)), at=LATER)
    assert order_of(stage, ("mo", "o2")).created_minor == 500
    stage.when(told(replace(PLACED, order_id="o3", lines=LINES, amount_minor=60_000)), at=LATER)  # a coupon, say
    assert order_of(stage, ("mo", "o3")).created_minor == 60_000


@pytest.mark.parametrize("first", [True, False])
def test_a_payment_that_is_only_partly_understood_pays_for_the_order_as_it_stood(stage: Stage, first: bool) -> None:
    partly = replace(PAYMENT, lines=(*ONE, ODD))
    stage.when(told(*((partly, PLACED) if first else (PLACED, partly))), at=LATER)
    assert (order_of(stage).paid_minor, dict(order_of(stage).has())) == (69_700, {("serum", ""): 2, ("soap", ""): 1})


def test_a_payment_that_is_only_partly_understood_stands_in_for_an_order_nobody_told_of(stage: Stage) -> None:
    stage.when(told(replace(PAYMENT, lines=(*ONE, ODD))), at=LATER)
    assert (order_of(stage).paid_minor, dict(order_of(stage).has())) == (29_900, {("serum", ""): 1})


# two sources


def part(after: int, source: str = "mo", refund_id: str = "", units: int = 1) -> RecordOrders:
    lines = (replace(ONE[0], quantity=units),)
    item = OrderItem(kind="refunded", order_id="o1", at=AT + after, lines=lines, refund_id=refund_id)
    return RecordOrders(platform=source, room="88", items=(item,))


TWO_TELL = [
    ((part(5_000), part(5_000, "bridge")), 1),
    ((part(5_000), part(35_000, "bridge")), 1),
    ((part(35_000), part(5_000, "bridge")), 1),
    ((part(5_000), part(15_000), part(30_000, "bridge"), part(40_000, "bridge")), 2),  # two like parts, each told by both
    ((part(5_000), part(5_000, "bridge"), part(30_000, "bridge")), 2),
    ((part(5_000), part(66_000, "bridge")), 2),  # too far apart
    ((part(5_000, refund_id="r1"), part(5_000, refund_id="r2")), 2),
    ((part(5_000, refund_id="r1"), part(90_000, "bridge", "r1")), 1),
    ((part(5_000, refund_id="r1"), part(5_000, "bridge", "r2")), 2),
    ((part(5_000, refund_id="r1"), part(20_000, "bridge")), 1),
    ((part(5_000), part(5_000, "bridge", units=2)), 3),
]


@pytest.mark.parametrize(("says", "units"), TWO_TELL)
def test_what_two_sources_tell_of_one_refund_is_one_in_any_order(says: tuple[RecordOrders, ...], units: int) -> None:

    many = (replace(ONE[0], quantity=9),)
    placed = RecordOrders(platform="mo", room="88", items=(replace(PLACED, lines=many), PAYMENT))
    for shuffled in permutations(says):
        stage = Stage(FEATURE).given(PLANNED, WENT, at=AT).when(placed, at=AT + 200_000)
        for each in (*shuffled, *shuffled):  # and all of it again
            stage.when(each, at=AT + 200_000)
        assert order_of(stage).refunded_minor == units * 29_900, [(each.platform, each.items[0].at - AT) for each in shuffled]


# what is strange


def odds(stage: Stage) -> list[tuple[str, str]]:
    return [(event.fact.kind, event.fact.why) for event in stage.events if isinstance(event.fact, OrderOddity)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (0, 2, 1)])
def test_an_edit_after_the_payment_is_an_oddity_whichever_was_told_first(stage: Stage, order: tuple[int, ...]) -> None:
    items = (PLACED, PAYMENT, replace(PLACED, at=AT + 3500, lines=ONE))
    for place in order:
        stage.when(told(items[place]), at=LATER)
    assert ("created", "edited_after_payment") in odds(stage)
    assert order_of(stage).paid_minor == 69_700
    stage.when(told(*items), at=LATER).then()


def test_an_order_told_again_as_it_is_after_its_payment_is_no_edit(stage: Stage) -> None:
    stage.when(told(PLACED, PAYMENT, replace(PLACED, at=AT + 3500)), at=LATER)
    assert odds(stage) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 1, 0)])
def test_a_payment_after_the_cancellation_is_an_oddity_whichever_was_told_first(stage: Stage, order: tuple[int, ...]) -> None:
    items = (PLACED, replace(CANCEL, at=AT + 2500), PAYMENT)
    for place in order:
        stage.when(told(items[place]), at=LATER)
    assert ("paid", "cancelled_already") in odds(stage)
    stage.when(told(*items), at=LATER).then()


def test_a_paid_order_that_is_cancelled_is_refunded_and_nothing_else(stage: Stage) -> None:
    stage.when(told(PLACED, PAYMENT, CANCEL), at=LATER)
    counts = stage.row("order.counts", "all")
    assert (counts.paid, counts.cancelled, counts.refunded, counts.refunded_minor) == (1, 0, 1, 69_700)
    assert stage.row("order.latest", "mo/o1").state == order_of(stage).state == "refunded"


def test_what_went_back_in_money_alone_is_counted_apart(stage: Stage) -> None:
    stage.given(CREATED, PAID).when(told(MONEY, replace(REFUND, at=AT + 6000, lines=ONE)), at=LATER)
    counts = stage.row("order.counts", "all")
    assert (counts.refunded_minor, counts.kept_minor) == (39_900, 10_000)


def test_a_strange_order_stands_in_the_list_until_what_was_missing_is_told(stage: Stage) -> None:
    stage.when(told(PAYMENT), at=LATER)
    row = stage.row("order.odd", "mo/o1")
    assert [(each.kind, each.why) for each in row.misfits] == [("paid", "unknown_order")]
    stage.when(told(PLACED), at=LATER)
    assert "mo/o1" not in stage.rows("order.odd")
    stage.when(told(replace(PLACED, at=AT + 3500, lines=ONE)), at=LATER)
    row = stage.row("order.odd", "mo/o1")
    assert ([each.why for each in row.misfits], row.state) == (["edited_after_payment"], "paid")


@pytest.mark.parametrize(
    "kept",
    [
        Word(
            kind="refunded",
            at=1,
            lines=(OrderLine(product_id="serum", price_minor=2, quantity=3, variant="S", currency="TWD"),),
            said_at=4,
            by="b",
            refund_id="r1",
        ),
        Refund(at=1, lines=(), units=(), amount_minor=2, cancelled=True, refund_id="r1"),
    ],
)
def test_a_snapshot_forgets_nothing_of_what_was_told(kept):
    again = pickle.loads(pickle.dumps(kept))  # noqa: S301  its own
    assert {name: getattr(again, name) for name in kept.__dataclass_fields__} == {
        name: getattr(kept, name) for name in kept.__dataclass_fields__
    }


# a payment that says how much

TOTAL = replace(PAYMENT, amount_minor=40_000)
MORE = replace(PAYMENT, amount_minor=75_000)
NOTHING = replace(PAYMENT, amount_minor=0)


@pytest.mark.parametrize("payment", [TOTAL, MORE, NOTHING])
@pytest.mark.parametrize("turn", [(0, 1), (1, 0)])
def test_a_payment_that_says_another_total_counts_as_it_says_and_is_an_oddity(
    stage: Stage, payment: OrderItem, turn: tuple[int, int]
) -> None:
    for place in turn:
        stage.when(told((PLACED, payment)[place]), at=LATER)
    order = order_of(stage)
    assert (order.created_minor, order.paid_minor) == (69_700, payment.amount_minor)
    assert dict(order.has()) == {("serum", ""): 2, ("soap", ""): 1}
    assert [each.why for each in stage.row("order.odd", "mo/o1").misfits] == ["paid_otherwise"]
    stage.when(told(PLACED, payment, PAYMENT), at=LATER + 1000)
    assert stage.row("order.counts", "all").paid_minor == payment.amount_minor
    assert stage.row("order.counts", "all").odd == 1


def test_a_total_that_the_order_said_already_is_no_oddity(stage: Stage) -> None:
    coupon = replace(PLACED, amount_minor=40_000)
    stage.when(
        told(coupon, TOTAL, replace(PLACED, order_id="o2"), replace(PAYMENT, order_id="o2", amount_minor=69_700)), at=LATER
    )
    assert (order_of(stage).paid_minor, order_of(stage, ("mo", "o2")).paid_minor) == (40_000, 69_700)
    assert odds(stage) == []


def test_a_coupon_that_is_told_later_explains_the_payment(stage: Stage) -> None:
    stage.when(told(PLACED, TOTAL), at=LATER)
    stage.when(told(replace(PLACED, at=AT + 2500, amount_minor=40_000)), at=LATER)
    assert (order_of(stage).created_minor, order_of(stage).paid_minor) == (40_000, 40_000)
    assert "mo/o1" not in stage.rows("order.odd")


def test_a_total_of_lines_that_make_no_sense_counts_all_the_same(stage: Stage) -> None:
    stage.when(told(PLACED, replace(TOTAL, lines=(ODD,))), at=LATER)
    assert (order_of(stage).paid_minor, dict(order_of(stage).has())) == (40_000, {("serum", ""): 2, ("soap", ""): 1})


def test_no_more_goes_back_than_was_paid(stage: Stage) -> None:
    stage.when(told(PLACED, TOTAL, REFUND), at=LATER)
    assert stands(stage) == (40_000, 0, {})
    assert [each.why for each in stage.row("order.odd", "mo/o1").misfits] == ["paid_otherwise"]
