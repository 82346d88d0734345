"""Stories of claims: who gets what and by which rule."""

import gc
from typing import Any

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.columns import in_order, pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim import FEATURE
from kaibo.features.claim.commands import (
    BlockBuyer,
    CancelClaim,
    ClaimByHand,
    CloseWindow,
    DecideClaims,
    OpenProduct,
    OpenWindow,
    SetKeywords,
    SetLimit,
    SetPolicy,
    SetStock,
    SettleClaims,
    TendClaims,
)
from kaibo.features.claim.facts import (
    ClaimRestocked,
    ClaimSoldOut,
    ClaimStockSet,
    Policy,
)
from kaibo.features.claim.rules import (
    ClaimKeywordBad,
    ClaimKeywordTaken,
    ClaimNothingHeld,
    ClaimProductUnknown,
    ClaimUnknown,
    ClaimVariantUnknown,
    ClaimWindowStands,
)
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine
from kaibo.features.product.facts import ProductAdded, ProductPinned, ProductSheet
from kaibo.features.promo.facts import PromoApplied
from kaibo.features.show.facts import ShowAired

SYSTEM = Actor(id="system", role="system")
AI = Actor(id="xiaoai", role="assistant")
MINUTE = 60_000
CREAM = ProductAdded(product=ProductSheet(product_id="A01", name="護手霜", live_price_minor=16900, stock=5), currency="TWD")
SCARF = ProductAdded(
    product=ProductSheet(product_id="B2", name="圍巾", variants=("粉", "白"), live_price_minor=59000, stock=4), currency="TWD"
)


class Room:
    """A show whose viewers write comments; `say` gives the decisions that came of them."""

    def __init__(self, policy: Policy | None = None, *, goods: tuple[ProductAdded, ...] = (CREAM, SCARF)) -> None:
        self.stage = Stage(FEATURE)
        self.stage.given(*goods, ShowAired(show_id="s1"))
        self.stage.when(SetPolicy(policy=policy or Policy(capture="always", hold_minutes=10)))
        self.viewers: dict[str, int] = {}

    def say(self, *comments: tuple[str, str], at: int | None = None, spread_ms: int = 10) -> list[Any]:
        """(who, what), in this order of platform time."""
        now = self.stage.at if at is None else at
        items = [
            AudienceItem(kind="comment", at=now + place * spread_ms, viewer=who, name=who.upper(), text=text)
            for place, (who, text) in enumerate(comments)
        ]
        self.stage.given(batch(items, self.viewers))
        seq = self.stage.seq
        self.stage.when(DecideClaims(batch=seq), by=SYSTEM)
        return self.decisions()

    def decisions(self) -> list[Any]:
        """Of the last command."""
        last = self.stage.events[-6:]
        return [each for event in last if event.seq > self.mark() for each in getattr(event.fact, "decisions", ())]

    def mark(self) -> int:
        batches = [event.seq for event in self.stage.events if isinstance(event.fact, AudienceBatch)]
        return batches[-1] if batches else 0

    def got(self, *comments: tuple[str, str], at: int | None = None) -> list[tuple[str, int, int]]:
        """(rule, held, waiting) of each decision."""
        return [(each.rule, each.got, each.waits) for each in self.say(*comments, at=at)]

    def tend(self, at: int | None = None) -> None:
        """What is due by then happens."""
        if at is not None:
            self.stage.at = at
        for _ in range(3):
            wanted = FEATURE.due(self.stage.state) if FEATURE.due else None
            if wanted is None or wanted[0] > self.stage.at:
                return
            self.stage.when(wanted[1], by=SYSTEM)
        raise AssertionError("what is due does not come to rest")

    def stock(self, key: str) -> Any:
        return self.stage.row("claim.stock", key)

    def numbers(self, key: str = "all") -> Any:
        return self.stage.row("claim.numbers", key)


def batch(items: list[AudienceItem], known: dict[str, int]) -> AudienceBatch:
    base = len(known)
    ordered = in_order(items)
    columns = pack(ordered, known, base)
    for item in ordered:
        known.setdefault(item.viewer, len(known))
    return AudienceBatch(
        source="live",
        room="r",
        count=len(items),
        comments=len(items),
        first_at=ordered[0].at,
        last_at=ordered[-1].at,
        viewer_base=base,
        columns=columns,
    )


def order(order_id: str, buyer: str, product_id: str, quantity: int, variant: str = "") -> OrderCreated:
    line = OrderLine(product_id=product_id, quantity=quantity, price_minor=16900, variant=variant)
    return OrderCreated(
        order_id=order_id,
        platform="live",
        buyer=buyer,
        lines=(line,),
        amount_minor=16900 * quantity,
        currency="TWD",
        platform_at=0,
    )


def settle(room: Room, fact: OrderCreated) -> None:
    room.stage.given(fact)
    room.stage.when(
        SettleClaims(platform="live", order_id=fact.order_id, stage="checked_out", buyer=fact.buyer, lines=fact.lines), by=SYSTEM
    )


@pytest.fixture
def room() -> Room:
    return Room()


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


def test_a_product_may_be_closed_by_itself(room: Room) -> None:
    room.stage.when(OpenProduct(product_id="A01", open=False), by=AI)
    assert room.got(("ann", "A01+1"), ("ann", "B2粉+1")) == [("product_closed", 0, 0), ("claimed", 1, 0)]


def test_a_missing_variant_is_asked_for_and_holds_nothing(room: Room) -> None:
    assert room.got(("ann", "B2+2")) == [("ask_variant", 0, 0)]
    assert room.stock("B2/").held == 0


def test_all_variants_are_one_claim_each(room: Room) -> None:
    assert [(each.variant, each.got) for each in room.say(("ann", "B2包+1"))] == [("粉", 1), ("白", 1)]


def test_a_variant_with_its_own_stock_takes_nothing_from_the_others(room: Room) -> None:
    room.stage.when(SetStock(product_id="B2", variant="粉", stock=1))
    assert room.got(("ann", "B2粉+2"), ("bob", "B2白+4")) == [("claimed_part", 1, 1), ("claimed", 4, 0)]
    assert (room.stock("B2/粉").left, room.stock("B2/白").left, room.stock("B2/").stock) == (0, 0, 5)


def test_staff_and_barred_accounts_get_nothing(room: Room) -> None:
    room.stage.when(BlockBuyer(buyer="live/ann", blocked=True), by=AI)
    assert room.got(("ann", "A01+1")) == [("blocked", 0, 0)]
    room.stage.when(BlockBuyer(buyer="live/ann", blocked=False), by=AI)
    assert room.got(("ann", "A01+2")) == [("claimed", 2, 0)]


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


def test_the_time_to_empty_follows_from_what_went_in_the_last_minute(room: Room) -> None:
    room.say(("ann", "A01+3"))
    row = room.stock("A01/")
    assert (row.pace, row.left, row.empty_at) == (3, 2, CURTAIN_AT + 40_000)


# giving back
def test_cancelling_by_comment_is_off_unless_the_show_allows_it(room: Room) -> None:
    room.say(("ann", "A01+2"))
    assert room.got(("ann", "A01取消")) == [("cancel_off", 0, 0)]
    room.stage.when(SetPolicy(policy=Policy(capture="always", cancel_by_comment=True)))
    assert room.got(("ann", "A01-"), ("bob", "A01-")) == [("cancelled", 0, 0), ("nothing_to_cancel", 0, 0)]
    assert room.stock("A01/").left == 5
    assert room.numbers().cancelled == 2


def test_a_claim_of_the_same_batch_can_be_taken_back() -> None:
    room = Room(Policy(capture="always", cancel_by_comment=True))
    assert room.got(("ann", "A01+5"), ("ann", "A01取消"), ("ann", "A01+1")) == [
        ("claimed", 5, 0),
        ("cancelled", 0, 0),
        ("waitlisted", 0, 1),
    ]
    room.tend()
    assert room.stock("A01/").held == 1


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
    ask = ClaimByHand(
        buyer="live/ann", name="Ann", product_id="B2", variant="粉", quantity=2, comment_ref="7:1", text="我要兩條粉紅的"
    )
    room.stage.when(ask, by=AI)
    assert [(each.rule, each.got, each.ref) for each in room.decisions()] == [("by_hand", 2, "7:1")]
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
    assert room.got(("ann", "手霜+1"), ("bob", "hc+1"), ("cat", "A01+1")) == [("claimed", 1, 0), ("claimed", 1, 0)]
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
    assert all(slot.ordered == 0 for slot in room.stage.state.shelf.goods["B2"].slots.values())


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
    for place in range(70):
        room.say(("ann", f"你好{place}"))
    assert len(room.stage.state.pending) < 64


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
    assert len(gc.get_objects()) - before < 1000  # some for each batch, none for each claim


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
