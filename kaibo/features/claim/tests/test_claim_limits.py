"""Stories of what a buyer may have: counted over batches, queues, orders and limits that change."""

from kaibo.core.stage import CURTAIN_AT
from kaibo.features.claim.commands import OpenWindow, SetKeywords, SetLimit, SetStock, SettleClaims, TendClaims
from kaibo.features.claim.deciding import TEXT_KEPT
from kaibo.features.claim.facts import ClaimRestocked, ClaimsOffered, ClaimSoldOut, ClaimsReleased, Policy
from kaibo.features.claim.feature import FEATURE
from kaibo.features.claim.rules import ClaimKeywordTaken, ClaimVariantUnknown
from kaibo.features.claim.tests.room import AI, MINUTE, SYSTEM, Room, order, settle
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine
from kaibo.features.product.facts import ProductAdded, ProductRemoved, ProductSheet


# the limit
def test_what_one_waits_for_counts_in_later_batches_too(room: Room) -> None:
    room.stage.when(SetLimit(product_id="A01", limit=2))
    room.say(("bob", "A01+2"), ("cat", "A01+2"), ("dan", "A01+1"))
    assert room.got(("ann", "A01+2"), at=CURTAIN_AT + 5000) == [("waitlisted", 0, 2)]
    assert room.got(("ann", "A01 +1"), at=CURTAIN_AT + 10_000) == [("over_limit", 0, 0)]


def test_a_limit_that_is_lowered_takes_nothing_back_and_gives_no_more(room: Room) -> None:
    room.say(("ann", "A01+3"))
    room.stage.when(SetLimit(product_id="A01", limit=1))
    assert room.got(("ann", "A01 +1"), at=CURTAIN_AT + 9000) == [("over_limit", 0, 0)]
    assert room.stock("A01/").held == 3


def test_what_is_in_an_order_counts_until_the_order_is_cancelled(room: Room) -> None:
    room.stage.when(SetLimit(product_id="A01", limit=2))
    room.say(("ann", "A01+2"))
    settle(room, order("o1", "ann", "A01", 2))
    assert room.got(("ann", "A01 +1"), at=CURTAIN_AT + 9000) == [("over_limit", 0, 0)]
    room.stage.given(OrderCancelled(order_id="o1", platform="live", lines=order("o1", "ann", "A01", 2).lines, platform_at=0))
    room.stage.when(SettleClaims(platform="live", order_id="o1", stage="cancelled"), by=SYSTEM)
    assert room.got(("ann", "A01  +3"), at=CURTAIN_AT + 20_000) == [("limit_cut", 2, 0)]


def test_what_one_waits_for_counts_in_the_same_batch(room: Room) -> None:
    room.stage.when(SetLimit(product_id="A01", limit=2))
    room.say(("bob", "A01+2"), ("cat", "A01+2"), ("dan", "A01+1"))
    assert room.got(("ann", "A01+2"), ("ann", "A01 +1"), at=CURTAIN_AT + 5000) == [("waitlisted", 0, 2), ("over_limit", 0, 0)]


# orders
def cancelled(room: Room, order_id: str, buyer: str) -> None:
    lines = order(order_id, buyer, "A01", 1).lines
    room.stage.given(OrderCancelled(order_id=order_id, platform="live", lines=lines, platform_at=0))
    room.stage.when(SettleClaims(platform="live", order_id=order_id, stage="cancelled"), by=SYSTEM)


def test_each_order_is_called_off_by_itself(room: Room) -> None:
    room.say(("ann", "A01+1"), ("bob", "A01+1"))
    for order_id, buyer in (("o1", "ann"), ("o2", "bob")):
        settle(room, order(order_id, buyer, "A01", 1))
    for order_id, buyer in (("o1", "ann"), ("o2", "bob")):
        cancelled(room, order_id, buyer)
    assert (room.stock("A01/").left, room.numbers().cancelled) == (5, 2)


def test_an_order_that_is_told_again_takes_up_no_other_claim(room: Room) -> None:
    room.say(("ann", "A01+1"))
    placed = order("o1", "ann", "A01", 1)
    settle(room, placed)
    room.say(("ann", "A01 +1"), at=CURTAIN_AT + 9000)
    again = SettleClaims(platform="live", order_id="o1", stage="checked_out", buyer="ann", lines=placed.lines)
    room.stage.when(again, by=SYSTEM).then()
    assert room.stock("A01/").held == 1


def test_an_order_that_names_the_variant_of_its_claim_counts_there_once(room: Room) -> None:
    room.say(("ann", "B2粉+2"))
    settle(room, order("o1", "ann", "B2", 2, "粉"))
    assert (room.stock("B2/粉").held, room.stock("B2/粉").ordered, room.stock("B2/").ordered) == (0, 2, 2)
    goods = room.stage.state.shelf.goods["B2"]
    assert {variant: goods.ordered(variant) for variant in goods.slots} == {"粉": 2, "白": 0}


def test_orders_of_one_comment_have_their_own_names(room: Room) -> None:
    seq = room.stage.seq + 1
    assert [each.claim_id for each in room.say(("ann", "A01+1, B2包+1"))] == [f"{seq}:0", f"{seq}:0:1", f"{seq}:0:2"]


# the queue
def test_a_place_in_the_queue_can_be_given_up() -> None:
    room = Room(Policy(capture="always", cancel_by_comment=True))
    room.say(("ann", "A01+5"), ("bob", "A01+2"))
    assert room.stock("A01/").waits == 2
    assert room.got(("bob", "A01取消")) == [("cancelled", 0, 0)]
    assert room.stock("A01/").waits == 0


def test_so_can_one_of_the_same_breath() -> None:
    room = Room(Policy(capture="always", cancel_by_comment=True))
    assert room.got(("ann", "A01+5"), ("bob", "A01+2"), ("bob", "A01取消"))[1:] == [("waitlisted", 0, 2), ("cancelled", 0, 0)]
    assert (room.stock("A01/").waits, room.stock("A01/").held) == (0, 5)


def test_what_comes_free_by_time_is_offered_in_the_same_moment(room: Room) -> None:
    room.say(("ann", "A01+5"), ("bob", "A01+2"))
    room.stage.when(TendClaims(), by=SYSTEM).then(ClaimSoldOut(product_id="A01"))
    room.stage.when(TendClaims(), by=SYSTEM, at=CURTAIN_AT + 10 * MINUTE)
    released, offered, restocked = (event.fact for event in room.stage.events[-3:])
    assert isinstance(released, ClaimsReleased)
    assert isinstance(offered, ClaimsOffered)
    assert [(move.buyer, move.units) for move in offered.items] == [("live/bob", 2)]
    assert restocked == ClaimRestocked(product_id="A01")


def test_where_holds_have_no_end_neither_has_an_offer() -> None:
    room = Room(Policy(capture="always", hold_minutes=0))
    room.say(("ann", "A01+5"), ("bob", "A01+2"))
    room.stage.when(SetStock(product_id="A01", stock=7), by=AI)
    room.tend()
    assert [row.hold_until for row in room.stage.rows("claim.claims").values()] == [0, 0]
    room.tend(CURTAIN_AT + 600 * MINUTE)
    assert room.stock("A01/").held == 7


def test_the_timer_is_told_when_it_became_necessary_and_by_what(room: Room) -> None:
    room.stage.at += 5000
    room.say(("ann", "A01+5"))
    assert FEATURE.due is not None
    assert FEATURE.due(room.stage.state) == (CURTAIN_AT + 5000, TendClaims(since=room.stage.seq))


# the window
def test_a_window_begins_at_its_very_millisecond() -> None:
    room = Room(Policy(capture="window"))
    room.stage.when(OpenWindow(), by=AI, at=CURTAIN_AT + 1000)
    assert room.got(("ann", "A01+1"), at=CURTAIN_AT + 999) == [("window_closed", 0, 0)]
    assert room.got(("bob", "A01+1"), at=CURTAIN_AT + 1000) == [("claimed", 1, 0)]


# stock
def test_a_shop_order_that_names_its_variant_takes_from_that_one(room: Room) -> None:
    room.stage.when(SetStock(product_id="B2", variant="粉", stock=3), by=AI)
    settle(room, order("o1", "zoe", "B2", 2, "粉"))
    assert (room.stock("B2/粉").ordered, room.stock("B2/粉").left, room.stock("B2/白").left) == (2, 1, 1)
    assert room.got(("ann", "B2粉+2")) == [("claimed_part", 1, 1)]


def test_stock_of_ones_own_is_given_up_for_the_sheets_again(room: Room) -> None:
    room.stage.when(SetStock(product_id="A01", stock=2), by=AI)
    assert room.stock("A01/").left == 2
    room.stage.when(SetStock(product_id="A01", stock=None), by=AI)
    assert room.stock("A01/").left == 5


def test_stock_that_stands_so_already_is_no_news(room: Room) -> None:
    room.stage.when(SetStock(product_id="A01", stock=2), by=AI)
    room.stage.when(SetStock(product_id="A01", stock=2), by=AI).then()


def test_a_product_that_comes_back_comes_at_its_new_price(room: Room) -> None:
    room.stage.given(ProductRemoved(product_id="A01"))
    sheet = ProductSheet(product_id="A01", name="護手霜", live_price_minor=12900, stock=5)
    room.stage.given(ProductAdded(product=sheet, currency="TWD"))
    assert [each.price_minor for each in room.say(("ann", "A01+1"))] == [12900]


def test_a_variant_that_is_not_there_has_no_stock(room: Room) -> None:
    room.stage.when(SetStock(product_id="B2", variant="黑", stock=1), by=AI)
    room.stage.refused(ClaimVariantUnknown, product_id="B2", variant="黑")


def test_what_was_ever_claimed_is_counted(room: Room) -> None:
    room.say(("ann", "A01+3"), ("bob", "A01+4"))
    assert room.stock("A01/").claimed == 5
    room.stage.when(SetStock(product_id="A01", stock=9), by=AI)
    room.tend()
    assert room.stock("A01/").claimed == 7


def test_two_lines_of_one_order_take_a_claim_up_once(room: Room) -> None:
    room.say(("ann", "A01+1"))
    lines = (OrderLine(product_id="A01", quantity=1, price_minor=1), OrderLine(product_id="A01", quantity=1, price_minor=1))
    placed = OrderCreated(order_id="o1", platform="live", buyer="ann", lines=lines, amount_minor=2, currency="TWD", platform_at=0)
    settle(room, placed)
    assert (room.stock("A01/").held, room.stock("A01/").ordered, room.stock("A01/").left) == (0, 2, 3)


# words
def test_a_product_may_keep_its_own_words_and_blanks_around_them_are_none(room: Room) -> None:
    room.stage.when(SetKeywords(product_id="A01", keywords=("手霜", "HC")))
    room.stage.when(SetKeywords(product_id="A01", keywords=(" HC ", "手霜")))
    assert room.stage.state.shelf.goods["A01"].keywords == ("HC", "手霜")
    room.stage.when(SetKeywords(product_id="A01", keywords=("b2",)))
    room.stage.refused(ClaimKeywordTaken, keyword="b2", product_id="B2")


def test_a_product_that_is_added_later_can_be_ordered_by_its_number(room: Room) -> None:
    assert room.got(("ann", "C3+1")) == [("ask_order", 0, 0)]
    room.stage.given(
        ProductAdded(product=ProductSheet(product_id="C3", name="茶", live_price_minor=100, stock=1), currency="TWD")
    )
    assert room.got(("ann", "C3 +1"), at=CURTAIN_AT + 9000) == [("claimed", 1, 0)]


def test_of_a_long_comment_the_decision_keeps_what_shows_its_meaning(room: Room) -> None:
    (decision,) = room.say(("ann", "A01+1 " + "謝謝" * 100))
    assert len(decision.text) == TEXT_KEPT == 80
