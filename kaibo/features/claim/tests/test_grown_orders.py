"""Stories of orders that get more units, or other ones, after their claims were taken up: nothing is counted twice."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.stage import CURTAIN_AT
from kaibo.features.claim.react import answer
from kaibo.features.claim.tests.room import SYSTEM, Room, order
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderLine, OrderPaid

LATER = CURTAIN_AT + 60_000


def lines(quantity: int, product_id: str = "A01", variant: str = "") -> tuple[OrderLine, ...]:
    return order("", "", product_id, quantity, variant).lines


def placed(quantity: int, product_id: str = "A01", variant: str = "", buyer: str = "ann") -> OrderCreated:
    return replace(order("o1", buyer, product_id, quantity, variant), platform_at=LATER)


def edited(quantity: int, product_id: str = "A01", variant: str = "") -> OrderEdited:
    told: dict[str, Any] = {"order_id": "o1", "platform": "live", "buyer": "ann", "amount_minor": 1, "currency": "TWD"}
    return OrderEdited(lines=lines(quantity, product_id, variant), platform_at=LATER, edited_at=LATER + 1, **told)


def paid(quantity: int, buyer: str = "ann") -> OrderPaid:
    return OrderPaid(
        order_id="o1", platform="live", buyer=buyer, lines=lines(quantity), amount_minor=1, currency="TWD", platform_at=LATER + 1
    )


def told(room: Room, *facts: Fact) -> None:
    """These happen, and what they lead to."""
    for fact in facts:
        room.stage.given(fact)
        led_to(room, fact)


def led_to(room: Room, fact: Fact) -> None:
    event = Event(stream=room.stage.stream, seq=room.stage.seq, at=room.stage.at, actor=SYSTEM, fact=fact, mode="live")
    for _, command in answer(event):
        room.stage.when(command, by=SYSTEM)


def counted(room: Room, key: str = "A01/") -> tuple[int, int, int, int]:
    row = room.stock(key)
    return (row.held, row.ordered, row.left, row.oversold)


@pytest.mark.parametrize("more", [edited(3), paid(3)], ids=["an edit", "a payment"])
def test_what_an_order_gets_more_comes_out_of_its_buyers_claims(room: Room, more: Fact) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(1))
    assert counted(room) == (2, 1, 2, 0)
    room.stage.given(more)
    assert counted(room) == (0, 3, 2, 0)  # also before its claims are looked at
    led_to(room, more)
    assert counted(room) == (0, 3, 2, 0)
    room.say(("bob", "A01+2"))
    assert (room.stock("A01/").left, room.stock("A01/").waits) == (0, 0)


def test_of_an_order_told_and_edited_at_once_claims_are_taken_up_once(room: Room) -> None:
    room.say(("ann", "A01+3"))
    first, second = placed(1), edited(3)
    room.stage.given(first, second)
    for fact in (first, second):
        led_to(room, fact)
    assert counted(room) == (0, 3, 2, 0)


def test_an_order_that_becomes_the_variant_that_was_claimed_takes_the_claim_up(room: Room) -> None:
    room.say(("ann", "B2粉+1"))
    told(room, placed(1, "B2", "白"))
    assert (room.stock("B2/粉").held, room.stock("B2/").left) == (1, 2)
    told(room, edited(1, "B2", "粉"))
    assert (room.stock("B2/粉").held, room.stock("B2/").left) == (0, 3)


def test_what_is_claimed_after_the_order_is_wanted_beside_it(room: Room) -> None:
    room.say(("ann", "A01+1"))
    told(room, placed(1))
    room.say(("ann", "A01+1"), at=LATER + 20_000)
    told(room, paid(1))
    assert counted(room) == (1, 1, 3, 0)


def test_what_it_got_more_is_paid_with_it_and_once(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(1), paid(1))
    assert (room.numbers().claimed, room.numbers().checked_out, room.numbers().paid) == (3, 1, 1)
    assert counted(room) == (2, 1, 2, 0)


def test_what_a_payment_tells_of_more_is_paid_once(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(1), paid(3), paid(3))
    assert (room.numbers().claimed, room.numbers().checked_out, room.numbers().paid) == (3, 3, 3)


def test_what_it_got_more_is_taken_out_of_claims_once(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(1), edited(3))
    room.say(("ann", "A01+1"), at=LATER + 20_000)
    told(room, paid(3))
    assert counted(room) == (1, 3, 1, 0)
