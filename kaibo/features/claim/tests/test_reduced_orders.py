"""Stories of orders that are made smaller, or paid for less, after their claims were taken up: nobody is said to have bought what they did not."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.features.claim.facts import ClaimsSettled, Policy
from kaibo.features.claim.tests.room import Room, order
from kaibo.features.claim.tests.test_grown_orders import LATER, counted, edited, led_to, lines, paid, placed, told
from kaibo.features.order.facts import OrderCancelled, OrderEdited, OrderRefunded


def numbers(room: Room) -> tuple[int, int, int, int]:
    """Claimed, checked out, paid, come back."""
    row = room.numbers()
    return (row.claimed, row.checked_out, row.paid, row.cancelled)


def claim(room: Room) -> tuple[str, int, int, int]:
    (row,) = room.stage.rows("claim.claims").values()
    return (row.state, row.out, row.paid, row.released)


@pytest.mark.parametrize("buyer", ["ann", ""])
def test_an_order_made_smaller_gives_back_what_it_has_no_more(room: Room, buyer: str) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(3), replace(edited(1), buyer=buyer))
    assert (claim(room), numbers(room)) == (("checked_out", 1, 0, 2), (3, 3, 0, 2))
    assert counted(room) == (0, 1, 4, 0)
    told(room, paid(1))
    assert (claim(room), numbers(room)) == (("paid", 1, 1, 2), (3, 3, 1, 2))
    history = room.stage.row("claim.buyers", "live/ann").entries
    assert [(each.rule, each.units, each.order_id) for each in history[:2]] == [("paid", 1, "o1"), ("order_reduced", 2, "o1")]


def test_paid_for_less_is_so_much_paid(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(3), paid(1))
    assert (claim(room), numbers(room)) == (("paid", 1, 1, 2), (3, 3, 1, 2))
    assert counted(room) == (0, 1, 4, 0)


def test_what_was_put_right_after_it_was_paid_was_not_paid(room: Room) -> None:
    """Of two payments the earlier counts, also when it is told later."""
    room.say(("ann", "A01+3"))
    told(room, placed(3), replace(paid(3), platform_at=LATER + 9))
    assert numbers(room) == (3, 3, 3, 0)
    told(room, replace(paid(1), platform_at=LATER + 1))
    assert (claim(room), numbers(room)) == (("paid", 1, 1, 2), (3, 3, 1, 2))


def test_whoever_bought_less_may_order_up_to_the_limit_again() -> None:
    room = Room(Policy(capture="always", hold_minutes=10, per_buyer_limit=3))
    room.say(("ann", "A01+3"))
    told(room, placed(3))
    assert room.got(("ann", "A01+1"), at=LATER + 20_000) == [("over_limit", 0, 0)]
    told(room, edited(1))
    assert room.got(("ann", "A01+2"), at=LATER + 40_000) == [("claimed", 2, 0)]


def test_what_is_given_back_is_told_once(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(3), edited(1), edited(1), paid(1))
    assert [fact.stage for event in room.stage.events if isinstance(fact := event.fact, ClaimsSettled)] == [
        "checked_out",
        "reduced",
        "paid",
    ]


def test_an_order_that_is_cancelled_after_it_was_made_smaller_gives_back_the_rest(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(3), edited(1), OrderCancelled(order_id="o1", platform="live", lines=lines(1), platform_at=LATER + 2))
    assert (claim(room), numbers(room)) == (("gone", 0, 0, 3), (3, 3, 0, 3))
    told(room, edited(1))
    assert numbers(room) == (3, 3, 0, 3)


def test_another_variant_is_no_less(room: Room) -> None:
    room.say(("ann", "B2粉+2"))
    told(room, placed(2, "B2"), edited(2, "B2", "粉"))
    assert numbers(room) == (2, 2, 0, 0)
    told(room, edited(2, "B2", "白"))
    assert (numbers(room), claim(room)) == ((2, 2, 0, 0), ("checked_out", 2, 0, 0))


def test_of_two_variants_the_one_that_it_has_no_more_is_given_back(room: Room) -> None:
    room.say(("ann", "B2粉+1"), ("ann", "B2白+1"))
    both = replace(placed(1, "B2", "粉"), lines=(*lines(1, "B2", "粉"), *lines(1, "B2", "白")))
    told(room, both, edited(1, "B2", "白"))
    rows = {row.variant: (row.state, row.out) for row in room.stage.rows("claim.claims").values()}
    assert rows == {"粉": ("gone", 0), "白": ("checked_out", 1)}


def test_of_several_claims_the_newest_is_given_back_first(room: Room) -> None:
    room.say(("ann", "A01+1"), ("ann", "A01+2"), spread_ms=30_000)
    told(room, placed(3), edited(2))
    assert sorted((row.asked, row.out, row.released) for row in room.stage.rows("claim.claims").values()) == [
        (1, 1, 0),
        (2, 1, 1),
    ]


def test_what_was_refunded_was_bought(room: Room) -> None:
    room.say(("ann", "A01+3"))
    back = OrderRefunded(order_id="o1", platform="live", lines=lines(1), amount_minor=1, platform_at=LATER + 5)
    told(room, placed(3), paid(3), back, edited(3))
    assert numbers(room) == (3, 3, 3, 0)


def test_a_payment_in_parts_is_no_smaller_order(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(3), replace(paid(1), payment_id="p1"))
    assert (claim(room)[1], numbers(room)[3]) == (3, 0)


def test_an_order_that_took_up_nothing_gives_nothing_back(room: Room) -> None:
    told(room, order("o1", "bob", "A01", 3), OrderEdited(**{**_told(edited(1)), "buyer": "bob"}))
    assert numbers(room) == (0, 0, 0, 0)


def _told(fact: OrderEdited) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in fact.__struct_fields__}


def test_what_an_order_gave_back_and_has_again_is_bought(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(3), edited(1), edited(3), paid(3))
    assert (claim(room), numbers(room)) == (("paid", 3, 3, 0), (3, 3, 3, 0))
    assert counted(room) == (0, 3, 2, 0)


def test_what_it_has_again_counts_up_to_the_limit() -> None:
    room = Room(Policy(capture="always", hold_minutes=10, per_buyer_limit=3))
    room.say(("ann", "A01+3"))
    told(room, placed(3), edited(1), edited(3))
    assert room.got(("ann", "A01+1"), at=LATER + 20_000) == [("over_limit", 0, 0)]


def test_a_payment_that_is_told_after_a_later_edit_counts_as_it_was_made(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(3), replace(edited(1), edited_at=LATER + 50), replace(paid(3), platform_at=LATER + 20))
    assert (claim(room), numbers(room)) == (("paid", 3, 3, 0), (3, 3, 3, 0))


def test_another_product_and_back_again(room: Room) -> None:
    room.say(("ann", "A01+2"), ("ann", "B2粉+1"))
    both = replace(placed(2), lines=(*lines(2), *lines(1, "B2", "粉")))
    told(room, both, edited(2), replace(edited(2), lines=(*lines(2), *lines(1, "B2", "粉"))))
    assert numbers(room) == (3, 3, 0, 0)
    assert (room.stock("B2/粉").held, room.stock("B2/").left) == (0, 3)


def test_what_one_waits_for_and_bought_all_the_same_is_not_served_again(room: Room) -> None:
    room.say(("bob", "A01+3"), ("ann", "A01+4"), ("cat", "A01+2"))
    told(room, placed(4))
    assert counted(room) == (3, 4, -2, 2)
    rows = {row.buyer: (row.state, row.held, row.waits, row.out) for row in room.stage.rows("claim.claims").values()}
    assert rows == {"live/bob": ("held", 3, 0, 0), "live/ann": ("checked_out", 0, 0, 4), "live/cat": ("waiting", 0, 2, 0)}
    assert (numbers(room), room.numbers().waits) == ((7, 4, 0, 0), 2)
    told(room, paid(4), OrderCancelled(order_id="o1", platform="live", lines=lines(4), platform_at=LATER + 9))
    assert claim_of(room, "live/ann") == ("gone", 0, 4, 4)


def claim_of(room: Room, buyer: str) -> tuple[str, int, int, int]:
    return next(
        (row.state, row.out, row.paid, row.released) for row in room.stage.rows("claim.claims").values() if row.buyer == buyer
    )


def test_of_two_claimed_variants_the_order_takes_up_the_one_it_has_now(room: Room) -> None:
    room.say(("ann", "B2粉+1"), ("ann", "B2白+1"))
    told(room, placed(1, "B2", "粉"), edited(1, "B2", "白"))
    rows = {row.variant: (row.state, row.out) for row in room.stage.rows("claim.claims").values()}
    assert rows == {"粉": ("gone", 0), "白": ("checked_out", 1)}


def test_what_is_paid_after_it_was_cancelled_is_paid_as_far_as_it_was(room: Room) -> None:
    room.say(("ann", "A01+3"))
    gone = OrderCancelled(order_id="o1", platform="live", lines=lines(3), platform_at=LATER + 1)
    told(room, placed(3), gone, edited(1), replace(paid(1), platform_at=LATER + 5))
    assert (claim(room), numbers(room)) == (("paid", 1, 1, 2), (3, 3, 1, 2))


def test_a_payment_before_the_cancellation_that_is_told_after_it_was_made(room: Room) -> None:
    room.say(("ann", "A01+3"))
    gone = OrderCancelled(order_id="o1", platform="live", lines=lines(3), platform_at=LATER + 9)
    told(room, placed(3), gone, replace(paid(3), platform_at=LATER + 5))
    assert (claim(room), numbers(room)) == (("paid", 3, 3, 0), (3, 3, 3, 0))


def test_an_order_paid_in_parts_has_taken_all_of_it_and_is_not_paid_with_the_first(room: Room) -> None:
    room.say(("ann", "A01+3"), ("bob", "A01+4"))
    told(room, placed(3), replace(paid(1), payment_id="a"))
    assert (counted(room)[1], numbers(room)) == (3, (5, 3, 0, 0))


def test_what_it_has_again_goes_no_further_than_the_limit() -> None:
    room = Room(Policy(capture="always", hold_minutes=10, per_buyer_limit=3))
    room.say(("ann", "A01+3"))
    told(room, placed(3), edited(1))
    room.say(("ann", "A01+2"), at=LATER + 20_000)
    other = replace(placed(2), order_id="o2", platform_at=LATER + 25_000)
    told(room, other, replace(edited(3), edited_at=LATER + 30_000))
    assert (numbers(room), counted(room)[:2]) == ((5, 5, 0, 2), (0, 5)), "of five that she bought three are claims"


def test_a_cancelled_order_was_cancelled_and_not_made_smaller(room: Room) -> None:
    """Also when both are told before anybody looks at its claims."""
    room.say(("ann", "A01+3"))
    told(room, placed(3))
    facts = (edited(1), OrderCancelled(order_id="o1", platform="live", lines=lines(1), platform_at=LATER + 2))
    room.stage.given(*facts)
    for fact in facts:
        led_to(room, fact)
    settled = [event.fact.stage for event in room.stage.events if isinstance(event.fact, ClaimsSettled)]
    assert settled == ["checked_out", "cancelled"]


def test_what_it_has_again_is_of_the_variant_that_was_claimed(room: Room) -> None:
    room.say(("ann", "B2粉+2"))
    told(room, placed(2, "B2"))
    before = room.stage.rows("claim.stock")
    told(room, edited(1, "B2"), edited(2, "B2"))
    assert room.stage.rows("claim.stock") == before


def test_of_a_variant_that_it_has_too_much_of_the_claim_is_given_back(room: Room) -> None:
    room.say(("ann", "B2粉+2"), ("ann", "B2白+1"))
    lined = [(*lines(units, "B2", "粉"), *lines(1, "B2", "白")) for units in (2, 1)]
    told(room, replace(placed(2, "B2", "粉"), lines=lined[0]), replace(edited(1), lines=lined[1]))
    rows = {row.variant: (row.out, row.released) for row in room.stage.rows("claim.claims").values()}
    assert rows == {"粉": (1, 1), "白": (1, 0)}


def test_what_it_has_now_of_another_variant_is_not_what_it_gave_back(room: Room) -> None:
    room.say(("ann", "B2粉+2"))
    told(room, placed(2, "B2", "粉"), edited(1), edited(2, "B2", "白"))
    takers = room.stage.state.shelf.takers
    assert sum(taker.units for variant in takers.variants("B2") for taker in takers.latest("B2", [variant])) == 2
    assert numbers(room) == (2, 2, 0, 2)


def test_a_line_that_names_its_variant_has_the_first_choice(room: Room) -> None:
    room.say(("ann", "B2粉+1"), ("ann", "B2白+1"))
    told(room, replace(placed(1, "B2"), lines=(*lines(1, "B2"), *lines(1, "B2", "粉"))))
    assert [row.state for row in room.stage.rows("claim.claims").values()] == ["checked_out", "checked_out"]


def test_what_was_given_back_and_restored_is_given_back_again(room: Room) -> None:
    room.say(("ann", "A01+3"))
    told(room, placed(3), edited(1), edited(3), edited(1, "B2", "粉"))
    assert (claim(room), numbers(room)) == (("gone", 0, 0, 3), (3, 3, 0, 3))
