"""Stories of orders whose buyer is told only after they came: their claims become orders all the same, and stock is counted once."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Fact
from kaibo.features.claim.react import answer
from kaibo.features.claim.tests.room import SYSTEM, Room, order
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderEdited, OrderPaid, OrderRefunded, OrderRestated

NAMELESS = order("o1", "", "A01", 2)


def told(room: Room, *facts: Fact) -> None:
    """Each becomes durable, and what follows from it is asked."""
    for fact in facts:
        room.stage.given(fact)
        for _, command in answer(room.stage.events[-1]):
            room.stage.when(command, by=SYSTEM)


def edited(buyer: str = "ann", of: OrderCreated = NAMELESS, quantity: int = 2) -> OrderEdited:
    lines = tuple(replace(line, quantity=quantity) for line in of.lines)
    return OrderEdited(
        order_id=of.order_id,
        platform="live",
        buyer=buyer,
        lines=lines,
        amount_minor=0,
        currency="TWD",
        platform_at=0,
        edited_at=0,
    )


def paid(buyer: str = "") -> OrderPaid:
    return OrderPaid(
        order_id="o1", buyer=buyer, lines=NAMELESS.lines, amount_minor=0, currency="TWD", platform_at=0, platform="live"
    )


def restated(**more: Any) -> OrderRestated:
    return OrderRestated(
        order_id="o1", platform="live", buyer="ann", lines=NAMELESS.lines, amount_minor=0, currency="TWD", platform_at=0, placed_at=0,
        **more,
    )  # fmt: skip


def stands(room: Room) -> tuple[int, int, int]:
    """Held by claims, in orders, left of five."""
    row = room.stock("A01/")
    return row.held, row.ordered, row.left


def states(room: Room) -> list[str]:
    return [claim.state for claim in room.stage.rows("claim.claims").values()]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ((edited(),), "checked_out"),
        ((restated(),), "checked_out"),
        ((paid("ann"),), "paid"),
        ((paid(), edited()), "paid"),
        ((edited(), paid()), "paid"),
        ((restated(paid_at=0, paid_lines=NAMELESS.lines),), "paid"),
        ((edited(), edited(), restated()), "checked_out"),
    ],
)
def test_a_claim_becomes_the_order_whose_buyer_is_told_later(room: Room, facts: tuple[Fact, ...], state: str) -> None:
    room.say(("ann", "A01+2"))
    told(room, NAMELESS)
    assert stands(room) == (2, 2, 1)  # nobody can know that these are the same
    told(room, *facts)
    assert (stands(room), states(room)) == ((0, 2, 3), [state])
    told(room, *facts)
    assert (stands(room), states(room)) == ((0, 2, 3), [state])


def test_stock_is_counted_once_before_the_claims_are_looked_at_as_well(room: Room) -> None:
    room.say(("ann", "A01+2"))
    told(room, NAMELESS)
    room.stage.given(edited())
    assert stands(room) == (0, 2, 3)


def test_what_the_order_has_no_more_is_not_taken_up(room: Room) -> None:
    room.say(("ann", "A01+2"))
    told(room, NAMELESS, OrderCancelled(order_id="o1", platform="live", lines=NAMELESS.lines, platform_at=0), edited())
    assert (stands(room), states(room)) == ((2, 0, 3), ["held"])
    one = tuple(replace(line, quantity=1) for line in NAMELESS.lines)
    told(room, order("o2", "", "A01", 2), replace(paid(), order_id="o2"))
    told(room, OrderRefunded(order_id="o2", platform="live", lines=one, amount_minor=0, platform_at=0))
    told(room, edited(of=order("o2", "", "A01", 2)))
    assert stands(room) == (1, 1, 3)


def test_a_claim_made_after_its_buyer_was_known_is_another(room: Room) -> None:
    told(room, order("o1", "ann", "A01", 2))
    room.say(("ann", "A01+1"))
    told(room, edited(), paid("ann"))
    assert (stands(room), states(room)) == ((1, 2, 2), ["held"])
    told(room, order("o2", "", "A01", 1), edited("ann", order("o2", "", "A01", 1), 1))
    assert (stands(room), states(room)) == ((0, 3, 2), ["checked_out"])
    room.say(("ann", "A01+2"))
    told(room, edited("ann", order("o2", "", "A01", 1), 1))
    assert stands(room) == (2, 3, 0)


def test_an_order_cancelled_late_gives_its_claims_back(room: Room) -> None:
    room.say(("ann", "A01+2"))
    told(room, order("o1", "ann", "A01", 2), restated(cancelled_at=0))
    assert (stands(room), states(room)) == ((0, 0, 5), ["gone"])


def test_who_was_named_before_they_claimed_holds_the_claim(room: Room) -> None:
    told(room, NAMELESS, edited())
    room.say(("ann", "A01+1"))
    told(room, edited(), paid("ann"))
    assert (stands(room), states(room)) == ((1, 2, 2), ["held"])


def test_an_order_told_by_another_source_of_the_room_is_its_viewers_own() -> None:
    """`live` told of the room's viewers first: its people go by these names, whoever tells of their orders."""
    room = Room()
    room.say(("ann", "A01+2"))
    told(room, replace(order("o1", "ann", "A01", 2), platform="shop", room="r", people="live"))
    assert (room.stock("A01/").held, room.stock("A01/").left) == (0, 3)
    told(room, replace(paid(), platform="shop"))
    row = next(iter(room.stage.rows("claim.claims").values()))
    assert (row.held, row.paid) == (0, 2)


def test_an_order_of_another_room_is_somebody_elses() -> None:
    room = Room()
    room.say(("ann", "A01+2"))
    told(room, replace(order("o1", "ann", "A01", 2), platform="shop", room="elsewhere"))
    assert (room.stock("A01/").held, room.stock("A01/").left) == (2, 1)


def test_who_buys_follows_all_that_is_told_of_an_order(room: Room) -> None:
    """The clock of what is nearly sold out counts buyers: by who placed it, by what an edit added, and not by what was given back."""
    placed = order("o1", "", "A01", 1)
    room.stage.given(placed)
    assert (room.stock("A01/").buyers, room.stock("B2/").buyers) == (1, 0)
    room.stage.given(edited("ann", placed, 1))
    assert room.stock("A01/").buyers == 1  # the one who was nameless is ann, not another
    room.say(("ann", "A01+1"), ("bob", "A01+1"))
    assert room.stock("A01/").buyers == 2
    added = order("o2", "cat", "B2", 1)
    room.stage.given(order("o2", "cat", "A01", 1))
    room.stage.given(edited("cat", added, 1))
    assert (room.stock("A01/").buyers, room.stock("B2/").buyers) == (2, 1)
    room.stage.given(OrderCancelled(order_id="o2", platform="live", lines=added.lines, platform_at=0))
    assert (room.stock("A01/").buyers, room.stock("B2/").buyers) == (2, 0)
