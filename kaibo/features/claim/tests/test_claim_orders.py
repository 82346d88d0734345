"""Stories of claims after they were made: given back, entered by hand, checked out, and asked about."""

import gc

from kaibo.core.stage import CURTAIN_AT
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.claim.commands import (
    CancelClaim,
    ClaimByHand,
    DecideClaims,
    PolicyAsked,
    SetKeywords,
    SetLimit,
    SetPolicy,
    SettleClaims,
)
from kaibo.features.claim.facts import (
    ClaimsDecided,
    Policy,
)
from kaibo.features.claim.rules import (
    ClaimKeywordBad,
    ClaimKeywordTaken,
    ClaimNothingHeld,
    ClaimProductUnknown,
    ClaimUnknown,
    ClaimVariantUnknown,
)
from kaibo.features.claim.tests.room import AI, MINUTE, SYSTEM, Room, batch, order, settle
from kaibo.features.order.facts import OrderCancelled, OrderLine


# giving back
def test_cancelling_by_comment_is_off_unless_the_show_allows_it(room: Room) -> None:
    room.say(("ann", "A01+2"))
    assert room.got(("ann", "A01取消")) == [("cancel_off", 0, 0)]
    room.stage.when(SetPolicy(policy=PolicyAsked(capture="always", cancel_by_comment=True)))
    assert room.got(("ann", "A01-"), ("bob", "A01-")) == [("cancelled", 0, 0), ("nothing_to_cancel", 0, 0)]
    assert room.stock("A01/").left == 5
    assert (room.numbers().cancelled, room.numbers().refused) == (2, 0)


def test_a_claim_of_the_same_batch_can_be_taken_back() -> None:
    room = Room(Policy(capture="always", cancel_by_comment=True))
    assert room.got(("ann", "A01+5"), ("ann", "A01取消"), ("ann", "A01+1")) == [
        ("claimed", 5, 0),
        ("cancelled", 0, 0),
        ("waitlisted", 0, 1),
    ]
    room.tend()
    assert room.stock("A01/").held == 1


def test_taken_back_twice_in_one_breath_it_is_free_once() -> None:
    room = Room(Policy(capture="always", cancel_by_comment=True))
    room.say(("ann", "A01+3"))
    assert room.got(("ann", "A01取消"), ("ann", "A01取消")) == [("cancelled", 0, 0), ("nothing_to_cancel", 0, 0)]
    row = room.stock("A01/")
    assert (row.held, row.left, row.stock) == (0, 5, 5)
    assert room.got(("bob", "A01+4"), ("bob", "A01取消"), ("bob", "A01取消"))[1:] == [
        ("cancelled", 0, 0),
        ("nothing_to_cancel", 0, 0),
    ]
    assert (room.stock("A01/").held, room.numbers().cancelled) == (0, 7)


def test_the_team_gives_back_what_a_claim_holds(room: Room) -> None:
    claim_id = room.say(("ann", "A01+2"))[0].claim_id
    room.stage.when(CancelClaim(claim_id=claim_id), by=AI)
    assert room.stock("A01/").left == 5
    room.stage.when(CancelClaim(claim_id=claim_id), by=AI)
    room.stage.refused(ClaimNothingHeld)
    room.stage.when(CancelClaim(claim_id="zz"), by=AI)
    room.stage.refused(ClaimUnknown)


# by hand
def test_the_team_enters_what_the_grammar_did_not_read(room: Room) -> None:
    room.say(("bob", "好看"), ("ann", "粉紅的兩條"))
    ref = f"{room.mark()}:1"
    ask = ClaimByHand(buyer="live/ann", name="Ann", product_id="B2", variant="粉", quantity=2, comment_ref=ref, text="粉紅的兩條")
    room.stage.when(ask, by=AI)
    assert [(each.rule, each.got, each.ref) for each in room.decisions()] == [("by_hand", 2, ref)]
    room.stage.when(ClaimByHand(buyer="live/ann", product_id="B2"), by=AI)
    room.stage.refused(ClaimVariantUnknown)
    room.stage.when(ClaimByHand(buyer="live/ann", product_id="Z"), by=AI)
    room.stage.refused(ClaimProductUnknown)


def test_a_hand_may_pass_the_limit_but_never_the_stock(room: Room) -> None:
    room.stage.when(SetLimit(product_id="A01", limit=1))
    room.stage.when(ClaimByHand(buyer="live/ann", product_id="A01", quantity=9, beyond_limit=True), by=AI)
    assert [(each.rule, each.got, each.waits) for each in room.decisions()] == [("claimed_part", 5, 4)]


# keywords
def test_keywords_replace_the_number_and_belong_to_one_product(room: Room) -> None:
    room.stage.when(SetKeywords(product_id="A01", keywords=("手霜", "HC")))
    assert room.got(("ann", "手霜+1"), ("bob", "hc+1"), ("cat", "A01+1")) == [
        ("claimed", 1, 0),
        ("claimed", 1, 0),
        ("ask_order", 0, 0),
    ]
    room.stage.when(SetKeywords(product_id="B2", keywords=("ＨＣ",)))
    room.stage.refused(ClaimKeywordTaken, product_id="A01")
    for bad in ("+1", "手 霜", " "):
        room.stage.when(SetKeywords(product_id="B2", keywords=(bad,)))
        room.stage.refused(ClaimKeywordBad)


# orders
def test_four_numbers_from_claim_to_payment(room: Room) -> None:
    room.say(("ann", "A01+2"), ("bob", "A01+1"), ("cat", "A01+1"))
    for who, order_id in (("ann", "o1"), ("bob", "o2")):
        settle(room, order(order_id, who, "A01", 2 if who == "ann" else 1))
    room.stage.when(SettleClaims(platform="live", order_id="o1", stage="paid"), by=SYSTEM)
    room.stage.given(OrderCancelled(order_id="o2", platform="live", lines=order("o2", "bob", "A01", 1).lines, platform_at=0))
    room.stage.when(SettleClaims(platform="live", order_id="o2", stage="cancelled"), by=SYSTEM)
    row = room.numbers()
    assert (row.claimed, row.checked_out, row.paid, row.cancelled) == (4, 3, 2, 1)
    stock = room.stock("A01/")
    assert (stock.held, stock.ordered, stock.left) == (1, 2, 2)
    assert [claim.state for claim in room.stage.rows("claim.claims").values()] == ["paid", "gone", "held"]


def test_an_order_of_a_claim_is_not_counted_twice_and_a_shop_order_takes_from_the_same_stock(room: Room) -> None:
    room.say(("ann", "A01+2"))
    settle(room, order("o1", "ann", "A01", 3))  # two of the claim and one more
    settle(room, order("o2", "zoe", "A01", 1))
    assert (room.stock("A01/").held, room.stock("A01/").ordered, room.stock("A01/").left) == (0, 4, 1)
    assert room.got(("bob", "A01+2"), at=CURTAIN_AT + 100) == [("claimed_part", 1, 1)]


def test_what_is_in_an_order_does_not_expire(room: Room) -> None:
    room.say(("ann", "A01+2"))
    settle(room, order("o1", "ann", "A01", 2))
    room.tend(CURTAIN_AT + 30 * MINUTE)
    assert room.numbers().expired == 0
    assert room.stock("A01/").left == 3


def test_an_order_that_does_not_name_the_variant_takes_up_the_buyers_claim(room: Room) -> None:
    room.say(("ann", "B2粉+2"))
    settle(room, order("o1", "ann", "B2", 2))
    assert (room.stock("B2/粉").held, room.stock("B2/粉").ordered, room.stock("B2/").left) == (0, 2, 2)
    room.stage.given(OrderCancelled(order_id="o1", platform="live", lines=order("o1", "ann", "B2", 2).lines, platform_at=0))
    room.stage.when(SettleClaims(platform="live", order_id="o1", stage="cancelled"), by=SYSTEM)
    assert room.stock("B2/").left == 4
    goods = room.stage.state.shelf.goods["B2"]
    assert all(goods.ordered(variant) == 0 for variant in goods.slots)


def test_told_again_nothing_changes(room: Room) -> None:
    room.say(("ann", "A01+1"))
    seq = room.mark()
    room.stage.when(DecideClaims(batch=seq), by=SYSTEM)
    room.stage.then()
    placed = order("o1", "ann", "A01", 1)
    settle(room, placed)
    room.stage.when(SettleClaims(platform="live", order_id="o1", stage="checked_out", buyer="ann", lines=placed.lines), by=SYSTEM)
    room.stage.then()
    for _ in range(2):
        room.stage.when(SettleClaims(platform="live", order_id="o1", stage="paid"), by=SYSTEM)
    room.stage.then()


def test_a_show_that_takes_no_claims_decides_nothing() -> None:
    room = Room(Policy(capture="off"))
    assert room.say(("ann", "A01+1")) == []
    assert room.stage.state.pending == {}


def test_quiet_batches_are_noted_together(room: Room) -> None:
    for place in range(63):
        room.say(("ann", f"你好{place}"))
    assert len(room.stage.state.pending) == 63
    room.say(("ann", "你好"))
    room.stage.then(ClaimsDecided(batch=room.mark()))
    assert room.stage.state.pending == {}


# support
def test_support_reads_why_somebody_got_nothing(room: Room) -> None:
    room.say(("ann", "A01+5"), ("bob", "A01+1"))
    room.tend(CURTAIN_AT + 10 * MINUTE)
    row = room.stage.row("claim.buyers", "live/bob")
    assert [(entry.rule, entry.units, entry.text) for entry in row.entries] == [("offered", 1, ""), ("waitlisted", 0, "A01+1")]
    assert [entry.rule for entry in room.stage.row("claim.buyers", "live/ann").entries] == ["expired", "claimed"]


def test_an_evening_of_claims_is_nothing_for_the_garbage_collector():
    room = Room()
    room.say(("ann", "A01+1"))
    gc.collect()
    before = len(gc.get_objects())
    for evening in range(20):
        room.stage.given(batch([_order(f"v{evening}-{place}", room.stage.at) for place in range(50)], room.viewers))
        room.stage.when(DecideClaims(batch=room.stage.seq), by=SYSTEM)
    gc.collect()
    assert len(room.stage.state.book.claims) == 1001
    assert len(gc.get_objects()) - before < 500  # some for each batch, none for each claim


def _order(who: str, at: int) -> AudienceItem:
    return AudienceItem(kind="comment", at=at, viewer=who, name=who, text="A01+1")


def test_a_buyer_orders_several_times_and_the_order_takes_up_the_oldest_first():
    room = Room(Policy(capture="always", repeat_ms=0))
    first, second, third = (room.say(("ann", "A01+1"))[0].claim_id for _ in range(3))
    room.stage.when(CancelClaim(claim_id=second), by=AI)
    room.stage.when(
        SettleClaims(
            platform="live",
            order_id="o1",
            stage="checked_out",
            buyer="ann",
            lines=(OrderLine(product_id="A01", variant="", quantity=2, price_minor=16900),),
        ),
        by=SYSTEM,
    )
    assert [move.claim_id for move in room.stage.events[-1].fact.items] == [first, third]
