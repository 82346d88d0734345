"""Whatever is told of orders, and in whatever order it arrives: the same figures, the same stock, the same states."""

from collections.abc import Sequence
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from kaibo.core.event import Actor, Event, Fact
from kaibo.core.feature import Context
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.audience.columns import pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.order.commands import OrderItem, RecordOrders
from kaibo.features.order.facts import OrderLine
from kaibo.features.order.slices import LEDGER, TAKEN
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.promo.facts import PromoApplied, PromoApproved, PromoProposed
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned

START = 1_760_000_000_000
SECOND = 1_000
STREAM = "show/s1"
SHOP = Actor(id="shop", role="system", duty="order.ingest")
OWNER = Actor(id="lin", role="owner")
PLANNED = ShowPlanned(
    show_id="s1", title="週年慶", starts_at=START, ends_at=START + 7_200_000, timezone="Asia/Taipei", currency="TWD"
)
OFFER: dict[str, Any] = {"promo_id": "p1", "product_id": "P1", "kind": "price", "price_minor": 9_000, "currency": "TWD"}
PROMO = (PromoProposed(**OFFER, price_was_minor=10_000), PromoApproved(**OFFER, price_was_minor=10_000), PromoApplied(**OFFER))
TOLD_AT = START + 3_000 * SECOND
WATCHED = AudienceItem(kind="enter", viewer="bo", at=TOLD_AT)  # so that windows end where the show does, whatever was told last
HEARD = AudienceBatch(
    source="shop", room="", count=1, comments=0, first_at=TOLD_AT, last_at=TOLD_AT, viewer_base=0, columns=pack([WATCHED], {}, 0)
)
MONEY = ("metric.products", "metric.cues", "metric.minutes", "alarm.effects", "report.effects", "product.cards", "claim.stock")


class Show:
    """On air, with stock, two cues and a promo; told of orders long after they happened."""

    def __init__(self) -> None:
        """Nothing was told yet."""
        self.fold = StreamFold(STREAM, FEATURES)
        sheets = (
            ProductSheet(product_id="P1", name="小熊", list_price_minor=10_000, stock=100),
            ProductSheet(product_id="P2", name="耳環", list_price_minor=10_000, stock=100),
        )
        self.happen(START, PLANNED, *(ProductAdded(product=sheet, currency="TWD") for sheet in sheets))
        for cue_id in ("c1", "c2"):
            cue = Cue(cue_id=cue_id, title=cue_id, duration_ms=600_000, product_id="P1")
            self.happen(START, CueAdded(cue=cue, after_cue_id=None, rank=cue_id))
        self.happen(START, ShowAired(show_id="s1"), CueWent(cue_id="c1", pass_id="x", via="go", from_cue_id=None))
        self.happen(START + 600 * SECOND, CueWent(cue_id="c2", pass_id="y", via="go", from_cue_id="c1"), *PROMO)

    def happen(self, at: int, *facts: Fact) -> None:
        """These became durable."""
        for fact in facts:
            self._keep(Event(stream=STREAM, seq=self.fold.seq + 1, at=at, actor=OWNER, fact=fact, mode="live"))

    def tell(self, item: OrderItem, at: int = TOLD_AT) -> "Show":
        """One item in a request of its own."""
        ctx = Context(stream=STREAM, seq=self.fold.seq, at=at, actor=SHOP, mode="live", roles=frozenset({"system"}))
        for event in self.fold.decide(RecordOrders(platform="shop", items=(item,)), ctx):
            self.fold.project(event)
        return self

    def _keep(self, event: Event[Fact]) -> None:
        self.fold.apply(event)
        self.fold.project(event)

    def says(self) -> dict[str, Any]:
        """What anybody is told of these orders once the show is over, also what of it does not fit; not that it was told again."""
        self.happen(TOLD_AT, HEARD, ShowEnded(show_id="s1"))
        orders = self.fold.slice(LEDGER).orders
        found: dict[str, Any] = {f"order {place[1]}": _stands(order) for place, order in orders.items()}
        found |= {view: _figures(self.fold.rows(view)) for view in MONEY}
        found["tiles"] = {key: row.value for key, row in self.fold.rows("metric.tiles").items()}
        latest = self.fold.rows("order.latest")
        found["order.latest"] = {
            key: asdict(replace(row, seq=0)) for key, row in latest.items()
        }  # when it was told is of the telling
        counts = self.fold.row("order.counts", "all")
        found["order.counts"] = asdict(replace(counts, odd=0)) if counts else None
        found["odd"] = {
            place: {(odd.kind, odd.why, odd.at) for odd in order.misfits if odd.why != "told_again"}
            for place, order in orders.items()
        }
        found["taken"] = {
            key: {name: each for name, each in units.items() if each} for key, units in self.fold.slice(TAKEN).units.items()
        }
        return found


def _stands(order: Any) -> tuple[object, ...]:
    return (
        order.placed_at, order.lines, order.paid_at, order.paid_lines, order.cancelled_at, order.refunds, order.has(), order.cue_id,
    )  # fmt: skip


def _figures(rows: dict[str, Any]) -> dict[str, Any]:
    """All but when a pace was last looked at, and how many took some lately: that is as it was told, and not as it was."""
    return {key: asdict(row) | {"paced_at": 0, "buyers": 0} for key, row in rows.items()}


def lines(*units: int, price_minor: int = 10_000) -> tuple[OrderLine, ...]:
    """So many of the first product, of the second."""
    each = zip(("P1", "P2"), units, strict=False)
    return tuple(OrderLine(product_id=key, quantity=count, price_minor=price_minor) for key, count in each if count)


LINES = st.builds(lines, st.integers(1, 3), st.integers(0, 2), price_minor=st.sampled_from((9_000, 10_000)))
GIVEN = st.builds(lambda minor: (OrderLine(product_id="", price_minor=minor),), st.sampled_from((1_000, 25_000)))
KINDS = st.lists(
    st.one_of(
        st.tuples(st.just("created"), LINES),
        st.tuples(st.just("paid"), st.one_of(st.just(()), LINES)),
        st.tuples(st.just("cancelled"), st.just(())),
        st.tuples(st.just("refunded"), st.one_of(st.just(()), LINES, GIVEN)),
    ),
    min_size=2,
    max_size=7,
)


@st.composite
def told(draw: st.DrawFn) -> tuple[Sequence[OrderItem], Sequence[OrderItem]]:
    """What happened to one order in the order of time, and the same as it arrived. No two things of one instant."""
    kinds = draw(KINDS)
    seconds = sorted(draw(st.lists(st.integers(200, 1_500), min_size=len(kinds), max_size=len(kinds), unique=True)))
    order = draw(st.permutations(range(len(kinds))))  # so that a payment before its order is tried as well
    items = [
        OrderItem(kind=kinds[place][0], order_id="o1", at=START + second * SECOND, lines=kinds[place][1], buyer="ann")  # pyright: ignore[reportArgumentType]
        for place, second in zip(order, seconds, strict=True)
    ]
    return items, draw(st.permutations(items))


def at(second: int, kind: Any, *units: int) -> OrderItem:
    return OrderItem(kind=kind, order_id="o1", at=START + second * SECOND, lines=lines(*units), buyer="ann")


def money(second: int, minor: int) -> OrderItem:
    """So much goes back, and the goods stay."""
    return replace(at(second, "refunded"), amount_minor=minor)


def reversed_(*items: OrderItem) -> tuple[Sequence[OrderItem], Sequence[OrderItem]]:
    return items, items[::-1]


def told_as(order: Sequence[int], *items: OrderItem) -> tuple[Sequence[OrderItem], Sequence[OrderItem]]:
    return items, [items[place] for place in order]


@settings(max_examples=120, deadline=None)
@given(told())
@example(reversed_(at(300, "created", 2), at(310, "paid", 2), at(320, "cancelled")))
@example(reversed_(at(300, "created", 2), at(301, "paid"), at(306, "cancelled")))
@example(told_as((0, 2, 1), at(300, "created", 2), at(301, "paid"), at(306, "cancelled")))
@example(told_as((2, 0, 1), at(300, "created", 2), at(301, "paid"), at(306, "cancelled")))
@example(told_as((0, 2, 3, 1), at(300, "created", 2), at(301, "paid"), at(306, "cancelled"), at(308, "refunded")))
@example(told_as((1, 2, 3, 0), at(300, "created", 2), at(310, "created", 1), at(320, "paid"), at(330, "created", 2)))
@example(reversed_(at(300, "paid", 2), at(320, "cancelled")))
@example(reversed_(at(300, "created", 3), at(310, "paid"), at(315, "refunded", 1), at(320, "cancelled")))
@example(reversed_(at(300, "created", 3), at(305, "created", 2), at(310, "paid"), at(315, "refunded")))
@example(reversed_(at(300, "created", 1), at(305, "created", 2), at(310, "paid"), at(315, "refunded", 1), at(316, "refunded", 1)))
@example(reversed_(at(300, "created", 1), at(310, "cancelled"), at(320, "created", 2)))
@example(reversed_(at(300, "created", 1), at(620, "paid", 2)))
@example(reversed_(at(300, "created", 1), at(310, "paid"), at(320, "paid", 2), at(330, "refunded", 2), at(340, "cancelled")))
@example(reversed_(at(300, "created", 3), at(310, "paid"), money(315, 5_000), at(320, "refunded", 1), at(330, "cancelled")))
@example(reversed_(at(300, "created", 1), at(310, "paid"), at(315, "refunded", 1), money(320, 5_000)))
def test_the_same_in_any_order_comes_to_the_same(story: tuple[Sequence[OrderItem], Sequence[OrderItem]]) -> None:
    in_time, as_told = Show(), Show()
    for item in story[0]:
        in_time.tell(item)
    for item in story[1]:
        as_told.tell(item)
    expected, found = in_time.says(), as_told.says()
    assert {key: (found[key], value) for key, value in expected.items() if found[key] != value} == {}


@settings(max_examples=40, deadline=None)
@given(told())
def test_what_is_told_twice_is_told_once(story: tuple[Sequence[OrderItem], Sequence[OrderItem]]) -> None:
    once, again = Show(), Show()
    for item in story[1]:
        once.tell(item)
    for item in (*story[1], *story[0]):
        again.tell(item)
    assert again.says() == once.says()
