"""Stories of what is easily counted twice or forgotten: orders that share claims, batches in a row, lamps of a show without claims."""

from msgspec.structs import replace

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.claim.commands import DecideClaims, RelieveProduct, SettleClaims
from kaibo.features.claim.facts import ClaimsMissed, ClaimsSettled, ClaimsWaitlisted, Move, Policy
from kaibo.features.claim.feature import FEATURE
from kaibo.features.claim.state import due
from kaibo.features.claim.tests.room import AI, CREAM, SYSTEM, Room, batch, order
from kaibo.features.order.facts import OrderCancelled, OrderLine
from kaibo.features.show.facts import ShowAired, ShowPlanned

OFF = Policy()
PLANNED = ShowPlanned(
    show_id="s1", title="夜場", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT + 7_200_000, timezone="Asia/Taipei", currency="TWD"
)


# orders that take up claims
def test_two_orders_that_are_not_settled_yet_share_what_their_buyer_holds(room: Room) -> None:
    room.say(("ann", "A01+3"))
    room.stage.given(order("o1", "ann", "A01", 2))
    assert (room.stock("A01/").ordered, room.stock("A01/").left) == (2, 2)  # two of three held stand in it
    room.stage.given(order("o2", "ann", "A01", 2))
    assert (room.stock("A01/").ordered, room.stock("A01/").left) == (4, 1)  # one held, one more


def test_lines_of_one_order_take_up_no_unit_twice(room: Room) -> None:
    claim_id = room.say(("ann", "A01+3"))[0].claim_id
    line = OrderLine(product_id="A01", quantity=2, price_minor=16900)
    lines = (line, replace(line, price_minor=15900), replace(line, quantity=9))
    room.stage.when(SettleClaims(platform="live", order_id="o1", stage="checked_out", buyer="ann", lines=lines), by=SYSTEM)
    settled = room.stage.events[-1].fact
    assert isinstance(settled, ClaimsSettled)
    assert [(move.claim_id, move.units) for move in settled.items] == [(claim_id, 2), (claim_id, 1)]
    assert room.stock("A01/").held == 0


def test_who_is_put_back_on_the_list_waits_for_what_was_held_and_no_more(room: Room) -> None:
    room.say(("ann", "A01+4"), ("bob", "A01+3"))
    room.stage.given(order("o1", "cat", "A01", 1))
    room.stage.when(RelieveProduct(product_id="A01", how="waitlist"), by=AI)
    fact = room.stage.events[-1].fact
    assert isinstance(fact, ClaimsWaitlisted)
    assert [(move.buyer, move.units, move.waits) for move in fact.items] == [("live/bob", 1, 0)]


def test_a_log_that_speaks_of_a_claim_nobody_knows_goes_on(room: Room) -> None:
    stranger = Move(claim_id="9:9", buyer="live/zoe", product_id="Z9", variant="", units=1, waits=0)
    room.stage.given(ClaimsWaitlisted(items=(stranger,)))
    assert room.got(("ann", "A01+1")) == [("claimed", 1, 0)]


# batches
def entering(room: Room, who: str) -> None:
    room.stage.given(batch([AudienceItem(kind="enter", at=room.stage.at, viewer=who)], room.viewers))


def test_who_only_comes_in_leaves_nothing_to_decide(room: Room) -> None:
    entering(room, "ann")
    assert room.stage.state.pending == {}
    off = Room(OFF)
    entering(off, "ann")
    assert off.stage.state.unheard == {}


def test_a_batch_that_is_looked_through_leaves_those_that_came_after_it() -> None:
    room = Room(OFF)
    marks: list[int] = []
    for who in ("ann", "bob"):
        comment = AudienceItem(kind="comment", at=room.stage.at, viewer=who, name=who, text="A01+1")
        room.stage.given(batch([comment], room.viewers))
        marks.append(room.stage.seq)
    for mark in marks:
        room.stage.when(DecideClaims(batch=mark), by=SYSTEM)
    assert room.stage.row("claim.desk", "all").missed == 2


def test_what_is_ordered_before_a_show_ever_went_on_air_was_early() -> None:
    stage = Stage(FEATURE).given(PLANNED, CREAM)
    comment = AudienceItem(kind="comment", at=CURTAIN_AT, viewer="ann", name="ANN", text="A01+1")
    stage.given(batch([comment], {}))
    stage.when(DecideClaims(batch=stage.seq), by=SYSTEM)
    missed = stage.events[-1].fact
    assert isinstance(missed, ClaimsMissed)
    assert (missed.comments, missed.early) == ((), 1)
    stage.given(ShowAired(show_id="s1"))
    assert stage.row("claim.desk", "all").missed == 0


# lamps
def test_a_show_that_takes_no_claims_says_nothing_of_what_is_sold_out() -> None:
    for policy, rings in ((OFF, False), (Policy(capture="always"), True)):
        room = Room(policy)
        placed = order("o1", "ann", "A01", 5)
        room.stage.given(placed)
        assert (due(room.stage.state) is not None) is rings
        room.tend()
        assert room.stage.state.shelf.goods["A01"].announced is rings
        room.stage.given(OrderCancelled(order_id="o1", platform="live", lines=placed.lines, platform_at=0))
        room.tend()
        assert room.stage.state.shelf.goods["A01"].announced is False
