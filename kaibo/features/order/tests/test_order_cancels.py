"""Cancelled from the house: asked for, done in the back office by somebody who says so, and counted as if the shop had told it."""

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.stage import Stage
from kaibo.features.order.cancelling import CancelNoReason, CancelNotAsked, CancelWaits, OrderGone, OrderUnknown
from kaibo.features.order.commands import CancelOrder, ConfirmCancel, OrderItem, RecordOrders, RefuseCancel
from kaibo.features.order.facts import (
    OrderCancelAsked,
    OrderCancelConfirmed,
    OrderCancelled,
    OrderCancelRefused,
    OrderRefunded,
)
from kaibo.features.order.slices import LEDGER
from kaibo.features.order.tests.said import AT, CANCEL, LINES, PAYMENT, PLACED, REFUND, SHOP, order_of, told

CARE = Actor(id="mei", role="care")
OPERATIONS = Actor(id="azhe", role="operations")
ASK = CancelOrder(platform="mo", order_id="o1", reason="超賣")
DONE = ConfirmCancel(platform="mo", order_id="o1")
CANNOT = RefuseCancel(platform="mo", order_id="o1", reason="已出貨")
LATER = AT + 60_000


@pytest.fixture
def placed(stage: Stage) -> Stage:
    """An order that nobody paid yet."""
    stage.when(told(PLACED), by=SHOP, at=AT + 2500)
    return stage


def row(stage: Stage) -> tuple[str, str, str]:
    """How the wish stands, who settled it, and how the order itself stands."""
    found = stage.row("order.cancels", "mo/o1")
    return found.stage, found.settled_by, found.state


def test_asked_for_is_not_cancelled(placed: Stage) -> None:
    placed.when(ASK, by=CARE, at=LATER)
    placed.then(OrderCancelAsked(platform="mo", order_id="o1", reason="超賣"))
    waits = placed.row("order.cancels", "mo/o1")
    assert (waits.stage, waits.asked_by, waits.asked_at, waits.reason, waits.lines) == ("waiting", "mei", LATER, "超賣", LINES)
    assert placed.row("order.latest", "mo/o1").state == "created"
    assert placed.row("order.counts", "all").cancelled == 0
    assert order_of(placed).has()


def test_done_by_hand_it_counts_as_if_the_shop_had_told_it(placed: Stage) -> None:
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(DONE, by=OPERATIONS, at=LATER + 1000)
    placed.then(
        OrderCancelConfirmed(platform="mo", order_id="o1"),
        OrderCancelled(order_id="o1", lines=LINES, platform_at=LATER + 1000, platform="mo", told_by="by_hand"),
    )
    assert row(placed) == ("done", "azhe", "cancelled")
    assert placed.row("order.counts", "all").cancelled == 1
    assert not order_of(placed).has()


@pytest.mark.parametrize("at", [LATER - 500, LATER + 5000])
def test_what_the_shop_tells_of_it_later_counts_once(placed: Stage, at: int) -> None:
    placed.when(ASK, by=CARE, at=LATER - 1000)
    placed.when(DONE, by=OPERATIONS, at=LATER)
    placed.when(told(replace(CANCEL, at=at)), by=SHOP, at=LATER + 6000)
    placed.then()
    assert placed.row("order.counts", "all").cancelled == 1
    assert row(placed) == ("done", "azhe", "cancelled")


def test_the_shop_settles_it_too(placed: Stage) -> None:
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(told(replace(CANCEL, at=LATER + 1000)), by=SHOP, at=LATER + 2000)
    assert row(placed) == ("done", "", "cancelled")
    placed.when(DONE, by=OPERATIONS, at=LATER + 3000)
    placed.refused(CancelNotAsked, order_id="o1")


def test_a_payment_that_comes_after_is_strange_as_ever(placed: Stage) -> None:
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(DONE, by=OPERATIONS, at=LATER + 1000)
    placed.when(told(replace(PAYMENT, at=LATER + 2000)), by=SHOP, at=LATER + 3000)
    order = order_of(placed)
    assert [(odd.kind, odd.why) for odd in order.misfits] == [("paid", "cancelled_already")]
    assert (order.state, order.left_minor) == ("refunded", 0)
    assert row(placed) == ("done", "azhe", "refunded")


@pytest.mark.parametrize("refunded_at", [LATER + 500, LATER + 5000])
def test_a_paid_one_goes_back_once_whatever_the_shop_calls_it(placed: Stage, refunded_at: int) -> None:
    placed.when(told(PAYMENT), by=SHOP, at=AT + 3500)
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(DONE, by=OPERATIONS, at=LATER + 1000)
    assert placed.row("order.counts", "all").refunded_minor == 69_700
    placed.when(told(replace(REFUND, at=refunded_at)), by=SHOP, at=LATER + 6000)
    order = order_of(placed)
    assert (order.state, order.refunded_minor, order.misfits) == ("refunded", 69_700, ())
    assert placed.row("order.counts", "all").refunded_minor == 69_700


def test_a_shop_whose_clock_is_ahead_was_heard_before(placed: Stage) -> None:
    placed.when(told(replace(PAYMENT, at=LATER + 1500)), by=SHOP, at=LATER)
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(DONE, by=OPERATIONS, at=LATER + 1000)
    order = order_of(placed)
    assert (order.state, order.misfits, order.cancelled_at) == ("refunded", (), LATER + 1501)


def test_what_the_back_office_refuses_ends_it_with_the_reason(placed: Stage) -> None:
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(CANNOT, by=OPERATIONS, at=LATER + 1000)
    placed.then(OrderCancelRefused(platform="mo", order_id="o1", reason="已出貨"))
    assert row(placed) == ("refused", "azhe", "created")
    assert placed.row("order.cancels", "mo/o1").why == "已出貨"
    placed.when(DONE, by=OPERATIONS, at=LATER + 2000)
    placed.refused(CancelNotAsked, order_id="o1")
    placed.when(ASK, by=CARE, at=LATER + 3000)
    assert row(placed) == ("waiting", "", "created")


def test_an_order_that_left_after_it_was_refused_is_cancelled(placed: Stage) -> None:
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(CANNOT, by=OPERATIONS, at=LATER + 1000)
    placed.when(told(replace(CANCEL, at=LATER + 2000)), by=SHOP, at=LATER + 3000)
    assert row(placed) == ("done", "", "cancelled")


def test_a_part_that_goes_back_leaves_the_rest_to_be_cancelled(placed: Stage) -> None:
    placed.when(told(PAYMENT), by=SHOP, at=AT + 3500)
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(told(replace(REFUND, at=LATER + 1000, lines=LINES[:1])), by=SHOP, at=LATER + 1500)
    assert row(placed) == ("waiting", "", "refunded")
    assert not placed.row("order.latest", "mo/o1").gone
    placed.when(DONE, by=OPERATIONS, at=LATER + 2000)
    placed.then(
        OrderCancelConfirmed(platform="mo", order_id="o1"),
        OrderRefunded(
            order_id="o1", lines=LINES[1:], amount_minor=9_900, platform_at=LATER + 2000, platform="mo", rest=True,
            cancelled=True, told_by="by_hand",
        ),
    )  # fmt: skip


def test_an_order_nobody_told_of_is_not_cancelled(stage: Stage) -> None:
    stage.when(told(PAYMENT), by=SHOP, at=AT + 3500)
    stage.when(ASK, by=CARE, at=LATER)
    stage.refused(OrderUnknown, order_id="o1")


@pytest.mark.parametrize("items", [(CANCEL,), (PAYMENT, REFUND), (PAYMENT, CANCEL)])
def test_of_what_is_gone_there_is_nothing_to_cancel(placed: Stage, items: tuple[OrderItem, ...]) -> None:
    assert not placed.row("order.latest", "mo/o1").gone
    placed.when(told(*items), by=SHOP, at=AT + 6000)
    assert placed.row("order.latest", "mo/o1").gone  # so that no console offers what is refused
    placed.when(ASK, by=CARE, at=LATER)
    placed.refused(OrderGone, order_id="o1")


def test_it_is_asked_for_once(placed: Stage) -> None:
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(ASK, by=OPERATIONS, at=LATER + 1000)
    placed.refused(CancelWaits, order_id="o1")


@pytest.mark.parametrize("settle", [DONE, CANNOT])
def test_nobody_settles_what_nobody_asked(placed: Stage, settle: ConfirmCancel | RefuseCancel) -> None:
    placed.when(settle, by=OPERATIONS, at=LATER)
    placed.refused(CancelNotAsked, order_id="o1")


@pytest.mark.parametrize("reason", ["", " 　", "\u200b", "\ufeff\u2800"])
def test_why_is_said(placed: Stage, reason: str) -> None:
    placed.when(replace(ASK, reason=reason), by=CARE, at=LATER)
    placed.refused(CancelNoReason, order_id="o1")
    placed.when(ASK, by=CARE, at=LATER)
    placed.when(replace(CANNOT, reason=reason), by=OPERATIONS, at=LATER)
    placed.refused(CancelNoReason, order_id="o1")


def test_one_number_in_two_rooms_is_two_orders(stage: Stage) -> None:
    for room in ("r1", "r2"):
        stage.when(RecordOrders(platform="mo", room=room, items=(PLACED,)), by=SHOP, at=AT + 2500)
    other = next(place for place in stage.fold.slice(LEDGER).orders if place != ("mo", "o1"))
    stage.when(CancelOrder(platform=other[0], order_id=other[1], reason="超賣"), by=CARE, at=LATER)
    stage.when(ConfirmCancel(platform=other[0], order_id=other[1]), by=CARE, at=LATER)
    assert [order_of(stage, place).state for place in (("mo", "o1"), other)] == ["created", "cancelled"]


def test_old_oddities_stay_what_they_were(placed: Stage) -> None:
    """Where the shop itself cancels what it gave back, somebody looks at it."""
    placed.when(told(PAYMENT, REFUND, replace(CANCEL, at=AT + 6000)), by=SHOP, at=AT + 7000)
    assert ("cancelled", "refunded_already") in [(odd.kind, odd.why) for odd in order_of(placed).misfits]
