"""Stories of claims: who gets what and by which rule."""

import pytest

from kaibo.core.stage import CURTAIN_AT
from kaibo.features.claim.commands import (
    BlockBuyer,
    CancelClaim,
    ClaimByHand,
    CloseWindow,
    OpenProduct,
    OpenWindow,
    SetLimit,
    SetStock,
    TendClaims,
)
from kaibo.features.claim.facts import (
    ClaimRestocked,
    ClaimSoldOut,
    ClaimStockSet,
    ClaimWindowOpened,
    Policy,
)
from kaibo.features.claim.rules import (
    ClaimShowEnded,
    ClaimStockStale,
    ClaimWindowStands,
)
from kaibo.features.claim.stock_view import StockRow
from kaibo.features.claim.tests.room import AI, CREAM, MINUTE, SYSTEM, Room
from kaibo.features.product.facts import ProductAdded, ProductPinned, ProductSheet
from kaibo.features.promo.facts import PromoApplied
from kaibo.features.show.facts import ShowEnded


# who gets what
def test_first_come_first_served_and_the_rest_waits_in_the_order_of_platform_time(room: Room) -> None:
    assert room.got(("ann", "A01+3"), ("bob", "A01+1"), ("cat", "A01+2"), ("dan", "A01+1")) == [
        ("claimed", 3, 0),
        ("claimed", 1, 0),
        ("claimed_part", 1, 1),
        ("waitlisted", 0, 1),
    ]
    row = room.stock("A01/")
    assert (row.stock, row.held, row.left, row.waits) == (5, 5, 0, 2)


def test_a_newcomer_does_not_pass_those_who_wait(room: Room) -> None:
    room.say(("ann", "A01+5"), ("bob", "A01+1"))
    ann = room.stage.events[-1].fact.decisions[0].claim_id  # type: ignore[attr-defined]
    room.stage.when(CancelClaim(claim_id=ann), by=AI)
    assert room.got(("eve", "A01+1"), at=CURTAIN_AT + 50) == [("waitlisted", 0, 1)]
    room.tend()
    assert [row.held for row in room.stage.rows("claim.claims").values()] == [0, 1, 1]


def test_a_late_batch_waits_where_its_platform_time_puts_it(room: Room) -> None:
    room.say(("ann", "A01+5"))
    room.say(("bob", "A01+1"), at=CURTAIN_AT + 5000)
    room.say(("cat", "A01+1"), at=CURTAIN_AT + 1000)
    room.tend(CURTAIN_AT + 10 * MINUTE)
    offered = [row.name for row in room.stage.rows("claim.claims").values() if row.state == "held"]
    assert offered == ["BOB", "CAT"]
    room.stage.when(SetStock(product_id="A01", stock=1))  # nothing more to give: the order of service is what counts
    first = next(event.fact for event in room.stage.events if type(event.fact).__name__ == "ClaimsOffered")
    assert [move.buyer for move in first.items] == ["live/cat", "live/bob"]


def test_without_a_waitlist_what_is_gone_is_refused() -> None:
    room = Room(Policy(capture="always", waitlist=False))
    assert room.got(("ann", "A01+4"), ("bob", "A01+2"), ("cat", "A01+1")) == [
        ("claimed", 4, 0),
        ("claimed_part", 1, 0),
        ("sold_out", 0, 0),
    ]


def test_a_limit_of_a_buyer_counts_what_they_have_and_wait_for(room: Room) -> None:
    room.stage.when(SetLimit(product_id="A01", limit=2))
    assert room.got(("ann", "A01+3"), ("ann", "A01+1")) == [("limit_cut", 2, 0), ("over_limit", 0, 0)]


def test_the_same_words_within_three_seconds_count_once(room: Room) -> None:
    assert room.got(("ann", "A01+1"), ("ann", "A01+1")) == [("claimed", 1, 0), ("repeated", 0, 0)]
    assert room.got(("ann", "A01+1"), at=CURTAIN_AT + 2900) == [("repeated", 0, 0)]
    assert room.got(("ann", "A01+1"), at=CURTAIN_AT + 6000) == [("claimed", 1, 0)]


def test_another_claim_adds_replaces_or_is_ignored_as_the_show_says() -> None:
    for duplicate, expected in (
        ("add", [("claimed", 1, 0)]),
        ("ignore", [("already_claimed", 0, 0)]),
        ("replace", [("claimed", 1, 0)]),
    ):
        room = Room(Policy(capture="always", duplicate=duplicate))  # type: ignore[arg-type]
        room.say(("ann", "A01+2"))
        assert room.got(("ann", "A01 +1"), at=CURTAIN_AT + 9000) == expected
        assert room.stock("A01/").held == {"add": 3, "ignore": 2, "replace": 1}[duplicate]


def test_comments_outside_the_window_are_told_so() -> None:
    room = Room(Policy(capture="window"))
    assert room.got(("ann", "A01+1")) == [("window_closed", 0, 0)]
    room.stage.when(OpenWindow(), by=AI, at=CURTAIN_AT + 1000)
    assert room.got(("ann", "A01 +1"), at=CURTAIN_AT + 1500) == [("claimed", 1, 0)]
    room.stage.when(CloseWindow(), by=AI, at=CURTAIN_AT + 2000)
    assert room.got(("bob", "A01+1"), at=CURTAIN_AT + 1900) == [("claimed", 1, 0)]  # late to arrive, but written in time
    assert room.got(("cat", "A01+1"), at=CURTAIN_AT + 2000) == [("window_closed", 0, 0)]
    room.stage.when(CloseWindow(), by=AI)
    room.stage.refused(ClaimWindowStands, open=False)


def test_the_window_closes_with_the_show_and_nobody_opens_it_again() -> None:
    room = Room(Policy(capture="window"))
    room.stage.when(OpenWindow(), by=AI, at=CURTAIN_AT + 1000)
    desk = room.stage.row("claim.desk", "all")
    assert (desk.window_open, desk.taking) == (True, True)
    room.stage.given(ShowEnded(show_id="s1"), at=CURTAIN_AT + 5000)
    desk = room.stage.row("claim.desk", "all")
    assert (desk.window_open, desk.taking, desk.since) == (False, False, room.stage.at)
    assert room.got(("ann", "A01+1"), at=CURTAIN_AT + 1500) == [("claimed", 1, 0)]  # told late
    assert room.got(("bob", "A01+1"), at=room.stage.at) == [("window_closed", 0, 0)]
    room.stage.when(CloseWindow(), by=AI)
    room.stage.refused(ClaimWindowStands, open=False)
    room.stage.when(OpenWindow(), by=AI)
    room.stage.refused(ClaimShowEnded)
    room.stage.given(ClaimWindowOpened())  # as older logs have it
    desk = room.stage.row("claim.desk", "all")
    assert (desk.window_open, desk.taking) == (False, False)
    assert room.got(("cat", "A01+1"), at=room.stage.at) == [("window_closed", 0, 0)]


def test_a_product_may_be_closed_by_itself(room: Room) -> None:
    room.stage.when(OpenProduct(product_id="A01", open=False), by=AI)
    assert room.got(("ann", "A01+1"), ("ann", "B2粉+1")) == [("product_closed", 0, 0), ("claimed", 1, 0)]


def test_a_missing_variant_is_asked_for_and_holds_nothing(room: Room) -> None:
    assert room.got(("ann", "B2+2")) == [("ask_variant", 0, 0)]
    assert room.stock("B2/").held == 0


def test_all_variants_are_one_claim_each(room: Room) -> None:
    assert [(each.variant, each.got) for each in room.say(("ann", "B2包+1"))] == [("粉", 1), ("白", 1)]


def test_a_variants_own_stock_comes_out_of_the_products(room: Room) -> None:
    room.stage.when(SetStock(product_id="B2", variant="粉", stock=1))
    assert (room.stock("B2/粉").stock, room.stock("B2/白").stock, room.stock("B2/").stock) == (1, 3, 4)
    assert room.got(("ann", "B2粉+2"), ("bob", "B2白+4")) == [("claimed_part", 1, 1), ("claimed_part", 3, 1)]
    assert (room.stock("B2/粉").left, room.stock("B2/白").left, room.stock("B2/").stock) == (0, 0, 4)


def test_staff_and_barred_accounts_get_nothing(room: Room) -> None:
    room.stage.when(BlockBuyer(buyer="live/ann", blocked=True), by=AI)
    assert room.got(("ann", "A01+1")) == [("blocked", 0, 0)]
    room.stage.when(BlockBuyer(buyer="live/ann", blocked=False), by=AI)
    assert room.got(("ann", "A01+2")) == [("claimed", 2, 0)]


def test_who_is_barred_hears_of_that_and_not_of_the_window() -> None:
    room = Room(Policy(capture="window"))
    room.stage.when(BlockBuyer(buyer="live/ann", blocked=True), by=AI)
    assert room.got(("ann", "A01+1"), ("bob", "A01+1")) == [("blocked", 0, 0), ("window_closed", 0, 0)]


def test_a_bare_plus_one_means_the_product_on_air_when_it_was_written(room: Room) -> None:
    room.stage.given(ProductPinned(product_id="A01"))
    assert [each.product_id for each in room.say(("ann", "+1"))] == ["A01"]


def test_the_price_is_the_one_of_the_moment(room: Room) -> None:
    room.say(("ann", "A01+1"))
    room.stage.given(PromoApplied(promo_id="p", product_id="A01", kind="price", price_minor=9900, currency="TWD"))
    room.say(("bob", "A01+1"))
    assert [row.price_minor for row in room.stage.rows("claim.claims").values()] == [16900, 9900]
    assert room.numbers("currency/TWD").claimed_minor == 16900 + 9900


def test_amounts_of_two_currencies_are_never_one() -> None:
    tea = ProductAdded(product=ProductSheet(product_id="T9", name="茶", live_price_minor=1200, stock=9), currency="JPY")
    room = Room(goods=(CREAM, tea))
    room.say(("ann", "A01+1, T9+2"))
    assert (room.numbers("currency/TWD").claimed_minor, room.numbers("currency/JPY").claimed_minor) == (16900, 2400)
    assert (room.numbers().claimed, room.numbers().claimed_minor) == (3, 0)


# time
def test_a_hold_that_is_over_goes_to_whoever_waited_longest(room: Room) -> None:
    room.say(("ann", "A01+5"), ("bob", "A01+2"))
    room.tend(CURTAIN_AT + 10 * MINUTE - 1)
    assert room.stock("A01/").held == 5
    room.tend(CURTAIN_AT + 10 * MINUTE)
    rows = list(room.stage.rows("claim.claims").values())
    assert [(row.state, row.held) for row in rows] == [("gone", 0), ("held", 2)]
    assert rows[1].hold_until == CURTAIN_AT + 20 * MINUTE
    assert (room.numbers().claimed, room.numbers().cancelled, room.numbers().expired) == (7, 5, 5)


def test_new_stock_is_offered_at_once(room: Room) -> None:
    room.say(("ann", "A01+5"), ("bob", "A01+2"))
    room.stage.when(SetStock(product_id="A01", stock=6), by=AI)
    room.stage.then(ClaimStockSet(product_id="A01", variant="", stock=6))
    room.tend()
    assert room.stock("A01/").waits == 1
    assert room.stock("A01/").held == 6


def test_sold_out_is_said_once_and_taken_back_when_there_is_more(room: Room) -> None:
    room.say(("ann", "A01+5"))
    room.stage.when(TendClaims(), by=SYSTEM)
    room.stage.then(ClaimSoldOut(product_id="A01"))
    assert room.stock("A01/").sold_out
    room.stage.when(TendClaims(), by=SYSTEM)
    room.stage.then()
    room.stage.when(SetStock(product_id="A01", stock=8), by=AI)
    room.stage.when(TendClaims(), by=SYSTEM)
    room.stage.then(ClaimRestocked(product_id="A01"))


def test_stock_that_another_has_changed_since_is_not_written_over_unseen(room: Room) -> None:
    room.stage.when(SetStock(product_id="A01", stock=40, was=5), by=AI)
    room.stage.when(SetStock(product_id="A01", stock=28, was=5), by=AI).refused(
        ClaimStockStale, product_id="A01", was=5, now="40"
    )
    assert room.stock("A01/").stock == 40
    room.stage.when(SetStock(product_id="A01", stock=28, was=40), by=AI)
    room.stage.when(SetStock(product_id="A01", stock=None), by=AI)
    assert room.stock("A01/").stock == 5


def selling(room: Room, *buyers: str) -> StockRow:
    """Twenty of A01: one sold first, and two minutes later one to each of these."""
    room.stage.when(SetStock(product_id="A01", stock=20), by=AI)
    room.say(("first", "A01+1"))
    room.stage.at += 121_000
    room.say(*((who, "A01+1") for who in buyers))
    return room.stock("A01/")


def test_the_time_to_empty_follows_from_what_went_in_the_last_minute(room: Room) -> None:
    row = selling(room, "ann", "bob", "cat", "dan", "eve")
    assert (row.pace, row.left, row.buyers, row.empty_at) == (5, 14, 5, room.stage.at + 14 * 60_000 // 5)


def test_what_a_few_buyers_take_or_many_in_their_first_minute_foretells_nothing(room: Room) -> None:
    room.say(("ann", "A01+2"))
    assert (room.stock("A01/").pace, room.stock("A01/").buyers, room.stock("A01/").empty_at) == (2, 1, None)
    room.stage.when(SetStock(product_id="A01", stock=40), by=AI)
    room.say(*((who, "A01+1") for who in ("bob", "cat", "dan", "eve", "fay")))
    assert (room.stock("A01/").buyers, room.stock("A01/").empty_at) == (6, None)


def test_four_buyers_in_two_minutes_foretell_nothing(room: Room) -> None:
    row = selling(room, "ann", "bob", "cat", "dan")
    assert (row.pace, row.buyers, row.empty_at) == (4, 4, None)


def test_once_the_show_is_over_nothing_is_promised_to_be_gone(room: Room) -> None:
    assert selling(room, "ann", "bob", "cat", "dan", "eve").empty_at is not None
    room.stage.given(ShowEnded(show_id="s1"))
    assert (room.stock("A01/").left, room.stock("A01/").empty_at) == (14, None)
    room.stage.when(SetStock(product_id="A01", stock=22), by=AI)
    assert (room.stock("A01/").left, room.stock("A01/").empty_at) == (16, None)


@pytest.mark.parametrize(  # not so many pieces
    "text",
    [
        "A01 100", "A01 1000", "A01+9999", "A01+1+2", "a01　88", "我要A01+99999", "B2 100", "A01 0",
        "A01+2個半", "A01+1份半", "A01+一半", "A01+1個月", "A01+2個月份", "A01+1週", "A01+2個人", "A01+2個小孩", "A01+1組半價",
    ],
)  # fmt: skip
def test_a_code_with_a_number_that_cannot_be_how_many_is_asked(room: Room, text: str) -> None:
    (decision,) = room.say(("ann", text))
    assert (decision.rule, decision.asked, decision.got, decision.text) == ("ask_quantity", 0, 0, text)
    assert room.stock("A01/").held == 0


@pytest.mark.parametrize(
    "text", ["A01 100元?", "A01 是100元", "這個A01 100塊好便宜", "取消A01 100", "100", "護手霜 100", "A01100"]
)
def test_talk_of_numbers_leaves_nothing(room: Room, text: str) -> None:
    assert room.say(("ann", text)) == []


def test_a_claim_by_hand_answers_what_was_asked_of_that_comment_and_no_other(room: Room) -> None:
    first, _ = (*room.say(("ann", "A01 100")), *room.say(("bob", "A01 100")))
    assert [row.rule for row in room.stage.rows("claim.claims").values()] == ["ask_quantity", "ask_quantity"]
    room.say(("ann", "好看"))
    room.stage.when(ClaimByHand(buyer=first.buyer, product_id="A01", comment_ref=f"{room.mark()}:0"), by=AI)
    assert len(room.stage.rows("claim.claims")) == 3, "of another comment nothing is answered"
    room.stage.when(ClaimByHand(buyer=first.buyer, product_id="A01", comment_ref=first.ref), by=AI)
    rows = room.stage.rows("claim.claims").values()
    assert [(row.buyer == first.buyer, row.rule) for row in rows] == [
        (False, "ask_quantity"),
        (True, "by_hand"),
        (True, "by_hand"),
    ]
