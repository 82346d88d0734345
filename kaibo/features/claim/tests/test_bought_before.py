"""Stories of comments that are read after the order they led to: what was said before an order is what the order is for."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT
from kaibo.features.claim.commands import DecideClaims, TakeMissed
from kaibo.features.claim.facts import Policy
from kaibo.features.claim.tests.room import SYSTEM, Room
from kaibo.features.claim.tests.test_grown_orders import LATER, counted, led_to, lines, paid, placed, told
from kaibo.features.claim.tests.test_reduced_orders import numbers
from kaibo.features.order.facts import OrderRefunded

SAID = LATER - 20_000


def claims(room: Room) -> list[tuple[str, str, int, int, int, int]]:
    rows = room.stage.rows("claim.claims").values()
    return sorted((row.buyer, row.state, row.held, row.waits, row.out, row.paid) for row in rows)


def test_a_claim_that_is_read_after_its_order_is_in_it(room: Room) -> None:
    told(room, placed(2))
    room.say(("ann", "A01+2"), at=SAID)
    assert (counted(room), numbers(room)) == ((0, 2, 3, 0), (2, 2, 0, 0))
    told(room, paid(2))
    assert (claims(room), numbers(room)) == ([("live/ann", "paid", 0, 0, 2, 2)], (2, 2, 2, 0))


def test_also_of_an_order_that_is_paid_already(room: Room) -> None:
    told(room, placed(2), paid(2))
    room.say(("ann", "A01+2"), at=SAID)
    assert (counted(room), numbers(room)) == ((0, 2, 3, 0), (2, 2, 2, 0))


def test_whoever_bought_the_last_ones_does_not_wait_for_them_as_well(room: Room) -> None:
    told(room, placed(5))
    room.say(("ann", "A01+5"), ("cat", "A01+2"), at=SAID)
    assert claims(room) == [("live/ann", "checked_out", 0, 0, 5, 0), ("live/cat", "waiting", 0, 2, 0, 0)]
    back = OrderRefunded(order_id="o1", platform="live", lines=lines(5), amount_minor=1, platform_at=LATER + 5)
    told(room, paid(5), back)
    room.tend(room.stage.at)
    assert claims(room) == [("live/ann", "paid", 0, 0, 5, 5), ("live/cat", "held", 2, 0, 0, 0)]


def test_what_is_said_after_the_order_or_by_somebody_else_is_wanted_beside_it(room: Room) -> None:
    told(room, placed(2))
    room.say(("ann", "A01+1"), at=LATER + 1_000)
    room.say(("bob", "A01+1"), at=SAID)
    assert (counted(room), numbers(room)) == ((2, 2, 1, 0), (2, 0, 0, 0))


def test_an_order_is_for_so_much_as_it_has(room: Room) -> None:
    told(room, placed(2))
    room.say(("ann", "A01+1"), at=SAID)
    room.say(("ann", "A01+2"), at=SAID + 5_000)
    assert (counted(room), numbers(room)) == ((1, 2, 2, 0), (3, 2, 0, 0))


@pytest.mark.parametrize(("variant", "held"), [("粉", 0), ("", 0), ("白", 1)])
def test_it_is_for_the_variant_that_was_said(room: Room, variant: str, held: int) -> None:
    told(room, placed(1, "B2", variant))
    room.say(("ann", "B2粉+1"), at=SAID)
    assert room.stock("B2/粉").held == held


def test_one_order_in_the_same_breath_is_taken_up_once() -> None:
    room = Room(Policy(capture="always", hold_minutes=10))
    room.write(("ann", "A01+2"), at=CURTAIN_AT)
    batch = room.stage.seq
    order = replace(placed(2), platform_at=LATER)
    room.stage.given(order)
    room.stage.when(DecideClaims(batch=batch), by=SYSTEM)
    led_to(room, order)
    assert (counted(room), numbers(room)) == ((0, 2, 3, 0), (2, 2, 0, 0))


def test_what_was_given_up_in_the_same_breath_is_not_in_the_order() -> None:
    room = Room(Policy(capture="always", hold_minutes=10, duplicate="replace"))
    told(room, placed(2))
    room.say(("ann", "A01+1"), ("ann", "A01+2"), at=SAID, spread_ms=5_000)
    assert claims(room) == [("live/ann", "checked_out", 0, 0, 2, 0), ("live/ann", "gone", 0, 0, 0, 0)]
    room = Room(Policy(capture="always", hold_minutes=10, cancel_by_comment=True))
    told(room, placed(2))
    room.say(("ann", "A01+2"), ("ann", "A01取消"), at=SAID, spread_ms=5_000)
    assert ("live/ann", "gone", 0, 0, 0, 0) in claims(room)
    assert counted(room) == (0, 2, 3, 0)


@pytest.mark.parametrize("pays", [False, True])
def test_what_was_claimed_before_is_in_it_too_though_its_turn_has_not_come(room: Room, pays: bool) -> None:
    room.say(("ann", "A01+1"), at=CURTAIN_AT)
    facts = (placed(2), paid(2)) if pays else (placed(2),)
    if pays:
        told(room, placed(2))
    room.write(("ann", "A01 +1"), at=CURTAIN_AT + 5_000)
    batch = room.stage.seq
    room.stage.given(facts[-1])
    room.stage.when(DecideClaims(batch=batch), by=SYSTEM)
    led_to(room, facts[-1])
    assert (counted(room), numbers(room)) == ((0, 2, 3, 0), (2, 2, 2 if pays else 0, 0))


def test_missed_orders_that_were_bought_meanwhile_hold_nothing() -> None:
    room = Room(Policy(capture="off"))
    room.say(("ann", "A01+2"), at=SAID)
    told(room, placed(2))
    room.stage.when(TakeMissed(take=True))
    assert counted(room) == (0, 2, 3, 0)


def test_a_deposit_pays_for_nothing_whoever_it_names(room: Room) -> None:
    room.say(("ann", "A01+2"))
    told(room, placed(2, buyer=""), replace(paid(1), payment_id="a"))
    assert numbers(room) == (2, 2, 0, 0)


@pytest.mark.parametrize(("order", "waitlist"), [(("ann", "cat"), False), (("ann", "cat"), True), (("cat", "ann"), False)])
def test_it_takes_nothing_from_those_who_ordered_in_the_same_breath(order: tuple[str, ...], waitlist: bool) -> None:
    """Five are there: ann has bought two of them, and what she said before she did must not take two more from cat for a moment."""
    room = Room(Policy(capture="always", hold_minutes=10, waitlist=waitlist))
    told(room, placed(2))
    wanted = {"ann": ("ann", "A01+2"), "cat": ("cat", "A01+3")}
    assert [(each.got, each.waits) for each in room.say(*(wanted[who] for who in order), at=SAID)] == [
        ({"ann": 2, "cat": 3}[who], 0) for who in order
    ]
    assert counted(room) == (3, 2, 0, 0)


def test_an_order_that_is_for_an_older_claim_is_for_no_newer_one() -> None:
    room = Room(Policy(capture="always", hold_minutes=10, waitlist=False))
    room.say(("ann", "A01+2"), at=CURTAIN_AT)
    room.write(("ann", "A01 +2"), ("cat", "A01+3"), at=SAID, spread_ms=5_000)
    batch = room.stage.seq
    room.stage.given(placed(2))
    room.stage.when(DecideClaims(batch=batch), by=SYSTEM)
    led_to(room, placed(2))
    assert claims(room) == [
        ("live/ann", "checked_out", 0, 0, 2, 0),
        ("live/ann", "held", 2, 0, 0, 0),
        ("live/cat", "held", 1, 0, 0, 0),
    ]


def test_a_limit_holds_also_for_what_is_in_an_order() -> None:
    room = Room(Policy(capture="always", hold_minutes=10, per_buyer_limit=1))
    told(room, placed(2))
    assert [(each.rule, each.got) for each in room.say(("ann", "A01+2"), at=SAID)] == [("limit_cut", 1)]
    assert counted(room) == (0, 2, 3, 0)
