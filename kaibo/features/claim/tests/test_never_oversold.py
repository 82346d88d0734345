"""Stock is never oversold: a machine that tries everything, and a thousand buyers at once on a real engine and store."""

import asyncio
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from kaibo.core.feature import Feature
from kaibo.features import FEATURES
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.claim.commands import CancelClaim, ClaimByHand, PolicyAsked, SetPolicy, SetStock, SettleClaims
from kaibo.features.claim.facts import ClaimsDecided, Policy
from kaibo.features.claim.rules import ClaimStockBelowVariants, ClaimStockOfVariants
from kaibo.features.claim.tests.room import AI, MINUTE, SYSTEM, Room, order, settle
from kaibo.features.claim.tests.test_grown_orders import told
from kaibo.features.order.facts import OrderCancelled, OrderEdited, OrderPaid
from kaibo.features.product.commands import AddProduct
from kaibo.features.product.facts import ProductSheet
from kaibo.features.show.commands import AirShow, PlanShow
from kaibo.features.workspace.charter import role_allowing
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.react import Following, reactions_of
from kaibo.kit.timers import Timers
from kaibo.stores.sqlite import SqliteStore

BUYERS = ("ann", "bob", "cat", "dan", "eve")
TEXTS = ("A01+1", "A01+3", "B2粉+1", "B2白+2", "B2包+1", "B2+1", "A01取消", "A01 x2", "B2粉-", "你好")


class Shop(RuleBasedStateMachine):
    """Comments, cancellations, orders, time and stock in any order."""

    @initialize(
        duplicate=st.sampled_from(["add", "replace", "ignore"]),
        waitlist=st.booleans(),
        limit=st.sampled_from([None, 2]),
        minutes=st.sampled_from([0, 1, 10]),
    )
    def begin(self, duplicate: Any, waitlist: bool, limit: int | None, minutes: int) -> None:
        policy = Policy(
            capture="always",
            hold_minutes=minutes,
            per_buyer_limit=limit,
            duplicate=duplicate,
            waitlist=waitlist,
            cancel_by_comment=True,
        )
        self.room = Room(policy)
        self.placed: list[Any] = []
        self.limit = limit

    @rule(
        said=st.lists(st.tuples(st.sampled_from(BUYERS), st.sampled_from(TEXTS), st.integers(1, 3)), min_size=1, max_size=8),
        late_s=st.integers(0, 5),
    )
    def talk(self, said: list[tuple[str, str, int]], late_s: int) -> None:
        """People say the same twice and thrice, in one breath."""
        before = self.given()
        words = [(who, text) for who, text, times in said for _ in range(times)]
        self.room.say(*words, at=self.room.stage.at - late_s * 1000)
        self.nobody_was_given_more_than_there_was(before)

    @rule(quantity=st.integers(1, 5), buyer=st.sampled_from(BUYERS))
    def hand(self, quantity: int, buyer: str) -> None:
        before = self.given()
        self.room.stage.when(ClaimByHand(buyer=f"live/{buyer}", product_id="A01", quantity=quantity), by=AI)
        self.nobody_was_given_more_than_there_was(before)

    @rule(pick=st.integers(0, 50))
    def cancel(self, pick: int) -> None:
        held = [key for key, row in self.room.stage.rows("claim.claims").items() if row.held or row.waits]
        if held:
            self.room.stage.when(CancelClaim(claim_id=held[pick % len(held)]), by=AI)

    @rule(
        buyer=st.sampled_from(BUYERS), quantity=st.integers(1, 3), what=st.sampled_from([("A01", ""), ("B2", ""), ("B2", "粉")])
    )
    def check_out(self, buyer: str, quantity: int, what: tuple[str, str]) -> None:
        self.check_out_of(buyer, quantity, what)

    def check_out_of(self, buyer: str, quantity: int, what: tuple[str, str]) -> None:
        placed = order(f"o{len(self.placed)}", buyer, what[0], quantity, what[1])
        settle(self.room, placed)
        self.placed.append(placed)

    @rule(pick=st.integers(0, 50))
    def buy(self, pick: int) -> None:
        """Who holds something orders it."""
        held = [row for row in self.room.stage.rows("claim.claims").values() if row.held]
        if held:
            row = held[pick % len(held)]
            self.check_out_of(row.buyer.removeprefix("live/"), row.held, (row.product_id, row.variant))

    @rule(
        pick=st.integers(0, 50),
        quantity=st.sampled_from([1, 1, 2, 5]),
        variant=st.sampled_from(["", "粉", "白"]),
        pays=st.booleans(),
    )
    def put_right(self, pick: int, quantity: int, variant: str, pays: bool) -> None:
        """It has more or less now, or is paid for so much."""
        if self.placed:
            placed = self.placed[pick % len(self.placed)]
            line = replace(placed.lines[0], quantity=quantity, variant=variant if placed.lines[0].product_id == "B2" else "")
            said: dict[str, Any] = {"order_id": placed.order_id, "platform": "live", "buyer": placed.buyer, "lines": (line,)}
            kind = (
                partial(OrderPaid, platform_at=1) if pays else partial(OrderEdited, platform_at=0, edited_at=self.room.stage.at)
            )
            told(self.room, kind(amount_minor=line.worth_minor, currency="TWD", **said))

    @rule()
    def call_off(self) -> None:
        if self.placed:
            placed = self.placed.pop()
            self.room.stage.given(OrderCancelled(order_id=placed.order_id, platform="live", lines=placed.lines, platform_at=0))
            self.room.stage.when(SettleClaims(platform="live", order_id=placed.order_id, stage="cancelled"), by=SYSTEM)

    @rule(minutes=st.integers(0, 12))
    def wait(self, minutes: int) -> None:
        before = self.given()
        self.room.tend(self.room.stage.at + minutes * MINUTE)
        self.nobody_was_given_more_than_there_was(before)

    @rule(stock=st.one_of(st.none(), st.integers(0, 8)), variant=st.sampled_from(["", "粉"]))
    def restock(self, stock: int | None, variant: str) -> None:
        goods = self.room.stage.state.shelf.goods["B2"]
        owned, total = goods.owned(), goods.by_variants()
        whole = not variant and stock is not None and stock != goods.own.get("")  # saying it again changes nothing
        self.room.stage.when(SetStock(product_id="B2", variant=variant, stock=stock), by=AI)
        if whole and stock < owned:
            self.room.stage.refused(ClaimStockBelowVariants, product_id="B2", stock=stock, variants=owned)
        elif whole and total is not None:
            self.room.stage.refused(ClaimStockOfVariants, product_id="B2", variants=total)

    def given(self) -> dict[str, int]:
        """Units left of each pool."""
        goods = self.room.stage.state.shelf.goods
        return {f"{key}/{pool}": each.free(pool) for key, each in goods.items() for pool in each.pools()}

    def nobody_was_given_more_than_there_was(self, before: dict[str, int]) -> None:
        for pool, left in self.given().items():
            assert left >= min(0, before[pool]), f"{pool}: {before[pool]} were left, now {left}"

    @invariant()
    def the_counters_are_those_of_the_claims(self) -> None:
        if not hasattr(self, "room"):
            return
        book, shelf = self.room.stage.state.book, self.room.stage.state.shelf
        for product_id, goods in shelf.goods.items():
            for variant, slot in goods.slots.items():
                mine = [c for c in book.claims.values() if (c.decision.product_id, c.decision.variant) == (product_id, variant)]
                assert slot.held == sum(claim.held for claim in mine)
                assert slot.waiting == sum(claim.waits for claim in mine)
                assert min(slot.held, slot.waiting, *(c.held for c in mine), *(c.waits for c in mine), 0) == 0
        numbers = self.room.numbers()
        now = sum(claim.held + claim.out for claim in book.claims.values())
        assert numbers.claimed - numbers.cancelled == now
        assert numbers.waits == sum(claim.waits for claim in book.claims.values())

    @invariant()
    def nothing_held_is_less_than_nothing_and_no_more_is_left_than_there_was(self) -> None:
        if hasattr(self, "room"):
            for goods in self.room.stage.state.shelf.goods.values():
                assert all(slot.held >= 0 and slot.waiting >= 0 for slot in goods.slots.values())
                for pool in goods.pools():
                    stock, left = goods.stock(pool), goods.free(pool)
                    assert stock is None or left <= stock
                whole, left = goods.whole(), goods.left()
                assert left is None or whole is None or left <= max(whole, goods.owned()), "more than the team or the sheet said"
                counted = goods.counted_anew()
                assert (goods.left(), goods.lacking()) == (counted.left, counted.lacking), "counted before something happened"

    @invariant()
    def nobody_has_more_than_the_limit(self) -> None:
        if hasattr(self, "room") and self.limit is not None:
            assert all(units <= self.limit for units in self.room.stage.state.book.units.values())

    @invariant()
    def no_order_has_less_than_it_took_up_of_claims(self) -> None:
        if not hasattr(self, "room"):
            return
        book, ledger = self.room.stage.state.book, self.room.stage.state.shelf.taken.ledger
        for place, moves in book.orders.items():
            taken, bought = Counter[str](), Counter[str]()
            for move in moves:
                taken[move.product_id] += move.units
            for (product_id, _), units in ledger.orders[place].bought().items():
                bought[product_id] += units
            assert (*place, "cancelled") in book.settled or taken <= bought
        numbers = self.room.numbers()
        assert 0 <= numbers.paid <= numbers.checked_out <= numbers.claimed

    @invariant()
    def every_screen_is_true(self) -> None:
        if hasattr(self, "room"):
            for view in ("claim.claims", "claim.buyers", "claim.stock", "claim.numbers", "claim.desk"):
                self.room.stage.rows(view)


TestShop = Shop.TestCase
TestShop.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

SKUS = 20
UNITS = 5  # of each: a hundred in all
CROWD = 1000
HOST = Caller(id="boss", name="boss", roles=frozenset({"owner"}))
SOURCE = Caller(id="live", name="live", roles=frozenset({"source"}))


async def crowd(folder: Path) -> tuple[list[Any], Any]:
    """A thousand buyers in fifty tasks, each asking for one or two of twenty products, with hands and cancellations between."""
    clock = [1_764_331_200_000]
    features: tuple[Feature, ...] = FEATURES
    engine = Engine(
        features,
        SqliteStore(folder / "log.db"),
        clock=lambda: clock[0],
        allows=lambda roles, duty, fold: role_allowing(roles, duty),
    )
    engine.start()
    following, timers = Following(engine, reactions_of(features)), Timers(engine, lambda: clock[0])
    await following.start()
    await timers.start()
    stream, chance = "show/rush", Random(7)
    await engine.submit(stream, PlanShow(show_id="rush", title="搶", starts_at=clock[0], ends_at=clock[0] + 3_600_000), HOST)
    for place in range(SKUS):
        sheet = ProductSheet(product_id=f"S{place}", name=f"品{place}", live_price_minor=10_000, stock=UNITS)
        await engine.submit(stream, AddProduct(product=sheet), HOST)
    await engine.submit(stream, AirShow(), HOST)
    await engine.submit(stream, SetPolicy(policy=PolicyAsked(capture="always", hold_minutes=10)), HOST)

    async def task(number: int) -> None:
        for place in range(CROWD // 50):
            buyer = f"b{number * (CROWD // 50) + place}"
            text = f"S{chance.randrange(SKUS)}+{chance.randrange(1, 3)}"
            item = AudienceItem(kind="comment", at=clock[0], viewer=buyer, name=buyer, text=text, message_id=buyer)
            batch = SealBatch(source="live", items=(item,))
            await engine.submit(stream, batch, SOURCE)
            await engine.submit(stream, batch, SOURCE)  # told twice, as platforms do
            if place % 7 == 0:
                by_hand = ClaimByHand(buyer=f"live/h{number}-{place}", product_id=f"S{chance.randrange(SKUS)}", quantity=2)
                await engine.submit(stream, by_hand, HOST)

    await asyncio.gather(*(task(number) for number in range(50)))
    fold = await engine.fold(stream)
    for _ in range(2000):
        state = fold.state("claim")
        if not state.ready and len(state.book.said) >= CROWD and fold.view_seq == fold.seq:
            break
        await asyncio.sleep(0.005)
    events = [event for after in range(0, fold.seq, 1000) for event in await engine.events(stream, after, 1000)]
    await timers.stop()
    await following.stop()
    rows = dict(fold.rows("claim.stock"))
    await engine.stop()
    return events, rows


def test_a_thousand_buyers_in_fifty_tasks_get_a_hundred_units_and_not_one_more(tmp_path: Path) -> None:
    events, rows = asyncio.run(crowd(tmp_path))
    given: dict[str, int] = {}
    heard: set[str] = set()
    for event in events:
        if isinstance(event.fact, ClaimsDecided):
            for decision in event.fact.decisions:
                given[decision.product_id] = given.get(decision.product_id, 0) + decision.got
                heard.add(decision.buyer)
    assert given == {f"S{place}": UNITS for place in range(SKUS)}
    assert len({buyer for buyer in heard if "/h" not in buyer}) == CROWD  # everybody has an answer, each once
    assert all(row.left == 0 and row.held == UNITS and row.sold_out for row in rows.values())
