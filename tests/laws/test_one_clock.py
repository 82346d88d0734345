"""A source has one clock: a comment and an order that it puts into the same second stand in the same second here."""

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kaibo.core.event import Actor, Event, Fact
from kaibo.core.feature import Context
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.audience.commands import AudienceItem, HearOrders, SealBatch
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.order.slices import LEDGER
from kaibo.features.show.facts import ShowAired, ShowPlanned
from kaibo.features.show.slices import SURELY_AHEAD_MS

START = 1_760_000_000_000
STREAM = "show/s1"
SHOP = Actor(id="shop", role="system")
PLANNED = ShowPlanned(
    show_id="s1", title="週年慶", starts_at=START, ends_at=START + 7_200_000, timezone="Asia/Taipei", currency="TWD"
)
LINES = (OrderLine(product_id="P1", quantity=1, price_minor=100),)


class Room:
    """On air; one source tells of viewers and orders as its clock has it."""

    def __init__(self) -> None:
        """Nothing was told yet."""
        self.fold = StreamFold(STREAM, FEATURES)
        self.batches: list[AudienceBatch] = []
        for fact in (PLANNED, ShowAired(show_id="s1")):
            self._keep(Event(stream=STREAM, seq=self.fold.seq + 1, at=START, actor=SHOP, fact=fact, mode="live"))

    def comment(self, now: int, *said: int) -> int:
        """Comments of these instants; where the first of them landed."""
        items = tuple(AudienceItem(kind="comment", at=at, viewer="ann", text="嗨") for at in said)
        self._do(SealBatch(source="shop", items=items), now)
        return int(unpack(self.batches[-1].columns).at[0])

    def order(self, now: int, said: int, *others: int) -> int:
        """An order of this instant, as the door tells it: `others` are told with it. Where it landed."""
        order_id = f"o{self.fold.seq}"
        self._do(HearOrders(source="shop", count=1, instants=(said, *others)), now)
        item = OrderItem(kind="created", order_id=order_id, at=said, lines=LINES, buyer="ann")
        self._do(RecordOrders(platform="shop", items=(item,)), now)
        return self.fold.slice(LEDGER).orders["shop", order_id].placed_at or 0

    def _do(self, command: SealBatch | HearOrders | RecordOrders, now: int) -> None:
        ctx = Context(stream=STREAM, seq=self.fold.seq, at=now, actor=SHOP, mode="live", roles=frozenset({"system"}))
        for event in self.fold.decide(command, ctx):
            self.fold.project(event)
            if isinstance(event.fact, AudienceBatch):
                self.batches.append(event.fact)

    def _keep(self, event: Event[Fact]) -> None:
        self.fold.apply(event)
        self.fold.project(event)


WORDS = st.lists(st.tuples(st.integers(1, 20_000), st.integers(0, 3_000), st.booleans()), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.integers(-1_500_000, 1_700_000), WORDS)
@example(30_000, [(1_000, 0, True)])
@example(90_000, [(1_000, 0, False), (9_000, 2_000, True)])
@example(150_000, [(20_000, 0, True), (20_000, 0, True)])
@example(-600_000, [(20_000, 0, True), (20_000, 0, True), (20_000, 0, False)])
def test_what_one_clock_puts_into_one_second_stands_in_one_second(off_ms: int, words: list[tuple[int, int, bool]]) -> None:
    """`words`: so long after the one before, so late, and whether the order is told first."""
    room, now = Room(), START
    for after_ms, late_ms, order_first in words:
        now += after_ms
        said = now + off_ms - late_ms
        if order_first:
            ordered, wrote = room.order(now, said), room.comment(now, said)
        else:
            wrote, ordered = room.comment(now, said), room.order(now, said)
        assert abs(ordered - wrote) < 1_000


@settings(max_examples=40, deadline=None)
@given(st.integers(5_001, 1_700_000), st.integers(0, 4_000))
def test_an_order_told_with_newer_comments_is_set_back_as_they_are(off_ms: int, newer_ms: int) -> None:
    assume(
        2 * newer_ms < off_ms and off_ms - newer_ms > SURELY_AHEAD_MS
    )  # what is hardly ahead may be of a clock that somebody put right
    room, now = Room(), START + 60_000
    said = now + off_ms - newer_ms
    ordered = room.order(now, said, said + newer_ms)
    wrote = room.comment(now, said, said + newer_ms)
    assert abs(ordered - wrote) < 1_000
    assert ordered <= now
