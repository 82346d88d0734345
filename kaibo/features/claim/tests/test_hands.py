"""Stories of claims entered by hand: one for each comment, of comments that exist, and no bar is passed unseen."""

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.features.claim.commands import BlockBuyer, CancelClaim, ClaimByHand, DecideClaims, OpenProduct, TakeMissed
from kaibo.features.claim.facts import Policy
from kaibo.features.claim.hands import ClaimCommentUnknown, ClaimHandAgain, ClaimHandBlocked, ClaimHandClosed
from kaibo.features.claim.rules import ClaimShowEnded
from kaibo.features.claim.tests.room import AI, SYSTEM, Room, order, settle
from kaibo.features.show.facts import ShowEnded

BO = Actor(id="xiaobo", role="assistant")


def entering(room: Room, place: int = 0, **more: object) -> ClaimByHand:
    """A claim of a comment of the last batch."""
    command = ClaimByHand(buyer="live/ann", product_id="B2", variant="粉", comment_ref=f"{room.mark()}:{place}")
    return replace(command, **more)


def test_a_comment_is_entered_once_and_the_second_hand_hears_by_whom_and_when(room: Room) -> None:
    room.say(("ann", "B2+1"))
    room.stage.when(entering(room), by=AI)
    room.stage.when(entering(room, variant="白", comment_ref=f"00{room.mark()}:00"), by=BO)
    room.stage.refused(ClaimHandAgain, entered_by="xiaoai", clock="08:53")
    room.stage.when(entering(room, product_id="A01", variant=""), by=BO).refused(
        ClaimHandAgain, entered_by="xiaoai", clock="08:53"
    )
    assert (room.numbers().claimed, room.stock("B2/粉").held) == (1, 1)


def test_who_means_another_one_of_the_same_comment_says_so(room: Room) -> None:
    room.say(("ann", "粉的白的各一條+1"))
    room.stage.when(entering(room), by=AI)
    room.stage.when(entering(room, variant="白", again=True), by=AI)
    assert (room.stock("B2/粉").held, room.stock("B2/白").held) == (1, 1)


def test_what_a_comment_was_read_as_is_not_entered_once_more_and_what_it_asked_besides_is(room: Room) -> None:
    room.say(("ann", "A01+2 B2+1"))
    room.stage.when(entering(room, product_id="A01", variant=""), by=AI).refused(
        ClaimHandAgain, entered_by="system", clock="08:53"
    )
    room.stage.when(entering(room), by=AI)
    assert (room.stock("A01/").held, room.stock("B2/粉").held) == (2, 1)


def test_an_order_is_an_answer_too(room: Room) -> None:
    room.say(("ann", "A01+2"))
    settle(room, order("o1", "ann", "A01", 2))
    room.stage.when(entering(room, product_id="A01", variant=""), by=AI).refused(
        ClaimHandAgain, entered_by="system", clock="08:53"
    )


def test_what_was_given_back_may_be_entered_anew(room: Room) -> None:
    room.say(("ann", "B2+1"))
    room.stage.when(entering(room), by=AI)
    room.stage.when(CancelClaim(claim_id=room.decisions()[-1].claim_id), by=AI)
    room.stage.when(entering(room, variant="白"), by=BO)
    assert (room.stock("B2/粉").held, room.stock("B2/白").held) == (0, 1)


def test_without_a_comment_a_buyer_may_have_as_many_as_they_say(room: Room) -> None:
    for _ in range(2):
        room.stage.when(entering(room, comment_ref=""), by=AI)
    assert room.stock("B2/粉").held == 2


def test_who_takes_in_what_was_missed_passes_over_what_was_entered_by_hand() -> None:
    room = Room(Policy())
    room.say(("ann", "A01+1"), ("bob", "A01+1"))
    room.stage.when(entering(room, product_id="A01", variant=""), by=AI)
    room.stage.when(CancelClaim(claim_id=room.decisions()[-1].claim_id), by=AI)
    room.stage.when(TakeMissed(), by=AI)
    assert [(each.buyer, each.rule) for each in room.decisions() if not each.claim_id.startswith("h")] == [
        ("live/bob", "claimed")
    ]
    assert room.stock("A01/").held == 1
    room.stage.when(entering(room, 1, buyer="live/bob", product_id="A01", variant=""), by=AI)
    room.stage.refused(ClaimHandAgain, entered_by="system", clock="08:53")


def test_a_hand_that_is_quicker_than_the_house_is_the_one(room: Room) -> None:
    room.write(("ann", "A01+1"))
    room.stage.when(entering(room, product_id="A01", variant=""), by=AI)
    room.stage.when(DecideClaims(batch=room.mark()), by=SYSTEM)
    assert room.stock("A01/").held == 1


@pytest.mark.parametrize("ref", ["999:7", "1:0", "{mark}:1"])
def test_a_comment_that_is_not_there_is_refused(room: Room, ref: str) -> None:
    room.say(("ann", "B2+1"))
    ref = ref.format(mark=room.mark())
    room.stage.when(entering(room, comment_ref=ref), by=AI).refused(ClaimCommentUnknown, comment_ref=ref)


def test_a_closed_product_and_who_is_left_out_are_said_first_and_entered_when_it_is_meant(room: Room) -> None:
    room.say(("ann", "B2+1"))
    room.stage.when(OpenProduct(product_id="B2", open=False), by=AI)
    room.stage.when(entering(room), by=AI).refused(ClaimHandClosed, product_id="B2")
    room.stage.when(BlockBuyer(buyer="live/ann", blocked=True), by=AI)
    room.stage.when(entering(room, product_id="A01", variant=""), by=AI).refused(ClaimHandBlocked, buyer="live/ann")
    room.stage.when(entering(room, anyway=True), by=AI)
    assert room.stock("B2/粉").held == 1


def test_after_the_end_nothing_is_entered(room: Room) -> None:
    room.say(("ann", "B2+1"))
    room.stage.given(ShowEnded(show_id="s1"))
    room.stage.when(entering(room, again=True, anyway=True), by=AI).refused(ClaimShowEnded)
