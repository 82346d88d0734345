"""Stories of whose money it is: the show's in which the order was placed, paid until seven days after its end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate, figure
from kaibo.core.stage import Stage
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, did, paid, value
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderLine, OrderPaid, OrderRefunded
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded

END = START + 20 * MINUTE
DAY = 86_400_000
AIRED, ENDED = ShowAired(show_id="s1"), ShowEnded(show_id="s1")
TWO = OrderLine(product_id="serum", quantity=2, price_minor=10_000)


def placed(order_id: str, at: int, cue_id: str = "") -> OrderCreated:
    return created(order_id, f"b-{order_id}", at, cue_id)


def settled(order_id: str, at: int) -> OrderPaid:
    return replace(paid(order_id, f"b-{order_id}", at), platform="shop")


def back(order_id: str, at: int, minor: int) -> OrderRefunded:
    return OrderRefunded(order_id=order_id, lines=(), amount_minor=minor, platform_at=at, platform="shop")


@pytest.fixture
def stage() -> Stage:
    """On air."""
    return Stage(FEATURE).given(PLANNED, AIRED, at=START)


@pytest.fixture
def room() -> Room:
    return Room()


def values(stage: Stage, *names: str) -> list[float | None]:
    return [value(stage, name) for name in names]


def test_what_was_placed_on_air_and_paid_within_seven_days_is_the_shows(stage: Stage) -> None:
    stage.given(placed("a", START + 1), settled("a", START + 2), placed("b", END - 1), placed("c", END - 1)).given(ENDED, at=END)
    names = ("gmv_paid", "gmv_paid_on_air", "orders_paid", "buyers", "after_gmv", "gmv_created")
    assert values(stage, *names) == [20_000, 20_000, 1, 1, 0, 60_000]
    stage.given(settled("b", END + 7 * DAY), at=END + 7 * DAY)
    stage.given(settled("c", END + 7 * DAY + 1), at=END + 8 * DAY)
    assert values(stage, *names) == [40_000, 20_000, 2, 2, 0, 60_000]
    tile = stage.row("metric.tiles", "gmv_paid")
    assert (tile.as_of, tile.final_at) == (END + 7 * DAY, END + 7 * DAY)


def test_what_is_placed_after_the_end_is_told_apart_and_moves_nothing_of_the_show(stage: Stage) -> None:
    stage.given(placed("a", START + 1), settled("a", START + 2)).given(ENDED, at=END)
    views = ("metric.minutes", "metric.cues", "metric.products", "metric.retention")
    before = {view: stage.rows(view) for view in views}
    per_hour = value(stage, "gmv_per_hour")
    stage.given(placed("k", END + 60_000), settled("k", END + 70_000), at=END + 70_000)
    assert values(stage, "gmv_paid", "gmv_created", "orders_created", "buyers", "after_gmv") == [20_000, 20_000, 1, 1, 20_000]
    assert value(stage, "gmv_per_hour") == per_hour
    assert {view: stage.rows(view) for view in views} == before


def test_an_order_told_before_anybody_knew_when_the_show_ends_is_sorted_out_at_the_end(stage: Stage) -> None:
    stage.given(CueWent(cue_id="c1", pass_id="p", via="go", from_cue_id=None))
    stage.given(placed("a", END - 1, "c1"), placed("k", END + 1, "c1"), settled("k", END + 2), at=END - 1)
    assert values(stage, "orders_created", "gmv_paid") == [2, 20_000]
    stage.given(ENDED, at=END)
    assert values(stage, "orders_created", "gmv_paid", "created_u", "after_gmv") == [1, 0, 1, 20_000]
    assert (stage.row("metric.cues", "c1").orders_created, stage.row("metric.cues", "c1").gmv_paid_minor) == (1, 0)
    assert (stage.row("metric.products", "serum").orders_created, stage.row("metric.products", "serum").buyers) == (1, 0)
    assert sum(row.gmv_paid_minor for row in stage.rows("metric.minutes").values()) == 0
    assert stage.row("metric.flows", "none").orders_paid == 0


BEFORE = ("orders_created", "created_u", "gmv_paid", "before_orders", "before_gmv")


def test_what_was_placed_before_the_show_is_told_apart_the_same_before_air_as_on_it() -> None:
    stage = Stage(FEATURE).given(PLANNED, at=START - MINUTE)
    stage.given(placed("early", START - 1), settled("early", START + 1), placed("a", START), at=START + 1)
    before = values(stage, *BEFORE)
    assert before == [1, 1, 0, 1, 20_000]
    stage.given(AIRED, at=START + 5 * MINUTE)
    assert values(stage, *BEFORE) == before
    stage.given(ENDED, at=END)
    assert values(stage, *BEFORE, "after_gmv") == [*before, 0]


def test_a_show_that_is_planned_for_later_takes_nothing_of_before_with_it() -> None:
    stage = Stage(FEATURE).given(PLANNED, placed("a", START), settled("a", START + 1), at=START + 1)
    assert values(stage, "gmv_paid", "before_gmv") == [20_000, 0]
    stage.given(ShowEdited(starts_at=START + 30 * MINUTE))
    assert values(stage, "gmv_paid", "before_gmv") == [0, 20_000]
    assert stage.rows("metric.minutes") == {}
    assert sum(row.orders_paid for row in stage.rows("metric.products").values()) == 0
    stage.given(ShowEdited(starts_at=START - MINUTE))
    assert values(stage, "gmv_paid", "before_gmv") == [20_000, 0]
    assert sum(row.orders_paid for row in stage.rows("metric.minutes").values()) == 1
    stage.given(ShowEdited(starts_at=START + 30 * MINUTE)).given(AIRED, at=START + 10 * MINUTE)
    assert values(stage, "gmv_paid", "before_gmv") == [0, 20_000]


def test_what_is_told_when_the_money_is_final_moves_no_figure(stage: Stage) -> None:
    stage.given(placed("a", START + 1), settled("a", START + 2), placed("b", START + 3)).given(ENDED, at=END)
    views = ("metric.minutes", "metric.cues", "metric.products", "metric.flows")
    before = {view: stage.rows(view) for view in views}
    money = [row.value for row in stage.rows("metric.tiles").values()]
    late = END + 8 * DAY
    stage.given(replace(placed("k", START + 5), late=True), replace(settled("k", START + 6), late=True), at=late)
    stage.given(replace(settled("b", START + 7), late=True), at=late)
    assert {view: stage.rows(view) for view in views} == before
    assert [row.value for row in stage.rows("metric.tiles").values()] == money


def test_windows_and_curves_stop_at_the_end(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1", START + MINUTE)), placed("a", END - MINUTE), at=END - MINUTE).given(ENDED, at=END)
    stage.given(settled("a", END + DAY), at=END + DAY)
    tile = stage.row("metric.tiles", "uv")
    assert (tile.at, tile.last_10) == (END, 1)
    stage.given(room.batch(did("comment", "v2", END - 1)), at=END + MINUTE)
    assert stage.row("metric.tiles", "uv").last_10 == 2
    assert max(int(key) for key in stage.rows("metric.minutes")) <= END // MINUTE


def test_live_time_is_air_time_whatever_was_heard(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1", START + 2_000)), at=START + 2_000).given(ENDED, at=END)
    tile = stage.row("metric.tiles", "acu")
    assert tile.denominator == 20 * 60
    silent = Stage(FEATURE).given(PLANNED, AIRED, at=START).given(ENDED, at=END)
    assert silent.row("metric.tiles", "gmv_per_hour").denominator == 20 * 60


def test_refunds_of_the_shows_payments_come_off_whenever_they_come(stage: Stage) -> None:
    stage.given(placed("a", START + 1), settled("a", START + 2), placed("b", START + 1), settled("b", START + 2))
    stage.given(back("a", START + 3, 5_000), back("a", START + 4, 5_000)).given(ENDED, at=END)
    names = ("net_sales", "refunded", "refund_rate", "refund_amount_rate")
    assert values(stage, *names) == [30_000, 10_000, 0.5, 0.25]
    stage.given(back("b", END + 30 * DAY, 20_000), at=END + 30 * DAY)
    assert values(stage, *names) == [10_000, 30_000, 1.0, 0.75]
    stage.given(placed("k", END + 1), settled("k", END + 2), back("k", END + 3, 20_000))
    assert values(stage, *names) == [10_000, 30_000, 1.0, 0.75]


def test_an_order_that_reads_otherwise_is_counted_otherwise_everywhere(stage: Stage) -> None:
    stage.given(CueWent(cue_id="c1", pass_id="p", via="go", from_cue_id=None))
    stage.given(replace(placed("a", START + 5 * MINUTE, "c2"), buyer="", assumed=True), at=START + 6 * MINUTE)
    stage.given(replace(settled("a", START + 5 * MINUTE), buyer="", own_lines=True, cue_id="c2"))
    assert values(stage, "created_u", "buyers") == [1, 1]
    three = (replace(TWO, quantity=3),)
    stage.given(
        OrderEdited(
            order_id="a", platform="shop", buyer="gil", lines=three, amount_minor=30_000, currency="TWD",
            platform_at=START + MINUTE, edited_at=START + MINUTE, cue_id="c1", told=three,
        )
    )  # fmt: skip
    stage.given(replace(placed("b", START + 2 * MINUTE), buyer="gil"))
    assert values(stage, "created_u", "buyers", "gmv_created", "gmv_paid") == [1, 1, 50_000, 20_000]
    assert stage.row("metric.cues", "c1").gmv_created_minor == 30_000
    assert stage.row("metric.cues", "c2").orders_created == 0
    assert stage.row("metric.minutes", str(START // MINUTE + 1)).gmv_created_minor == 30_000
    assert stage.row("metric.products", "serum").gmv_created_minor == 50_000


def test_who_sits_and_watches_is_a_viewer_of_the_window(stage: Stage, room: Room) -> None:
    stage.given(room.batch(*(did("enter", f"v{n}", START) for n in range(30))), at=START)
    stage.given(room.batch(did("leave", "v0", START + 5 * MINUTE)), at=START + 5 * MINUTE)
    stage.given(room.batch(did("comment", "v7", START + 24 * MINUTE)), at=START + 24 * MINUTE)
    uv, stay = stage.row("metric.tiles", "uv"), stage.row("metric.tiles", "stay_s")
    assert (uv.last_10, uv.prev_10) == (29, 30)
    assert stay.last_10 is not None
    assert stay.last_10 <= 600
    assert stage.row("metric.tiles", "engagement").last_10 == pytest.approx(1 / 29)


def test_who_was_gone_before_the_window_is_none_of_it_also_when_that_is_told_late(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1", START), did("enter", "v2", START)), at=START)
    stage.given(room.batch(did("comment", "v2", START + 25 * MINUTE)), at=START + 25 * MINUTE)
    assert stage.row("metric.tiles", "uv").last_10 == 2
    stage.given(room.batch(did("leave", "v1", START + 3 * MINUTE)))
    assert (stage.row("metric.tiles", "uv").last_10, stage.row("metric.tiles", "uv").prev_10) == (1, 1)


def test_rates_of_a_window_are_of_one_cohort(stage: Stage) -> None:
    stage.given(*(placed(f"o{n}", START + MINUTE) for n in range(4)), at=START + MINUTE)
    late = START + 13 * MINUTE
    stage.given(placed("new", late), *(settled(f"o{n}", late) for n in range(3)), at=late)
    tile = stage.row("metric.tiles", "pay_rate")
    assert (tile.value, tile.last_10, tile.prev_10) == (0.6, 0.0, 0.75)


def test_a_share_of_more_than_all_is_none_and_says_so(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1", START)), *(settled(f"o{n}", START) for n in range(3)))
    tile = stage.row("metric.tiles", "conversion")
    assert (tile.value, tile.numerator, tile.denominator, tile.mixed) == (None, 3, 1, ("value", "last_10"))
    assert stage.row("metric.tiles", "uv_value").value == 60_000  # no share: it may be what it is
    assert evaluate(DEFINED["ctor"], {"buyers": 2, "pclk_u": 2}) == 1.0
    assert not figure(DEFINED["ctor"], {"buyers": 2, "pclk_u": 2}).mixed
    assert stage.row("metric.tiles", "pay_rate").mixed == ()


# where it was placed, in minutes from going on air; whether its payment is told, and of two units what is given back: (units, money)
BOUGHT = st.tuples(
    st.sampled_from([-5, 0, 7, 20, 26]), st.booleans(), st.lists(st.tuples(st.integers(0, 1), st.integers(1, 5_000)), max_size=2)
)


@settings(max_examples=100, deadline=None)
@given(st.lists(BOUGHT, max_size=6))
def test_what_went_back_in_money_alone_is_a_part_of_the_shows_refunds(
    orders: list[tuple[int, bool, list[tuple[int, int]]]],
) -> None:
    """One base for refunds, what of them left the goods sold, and net sales; counted again from what was played."""
    stage = Stage(FEATURE).given(PLANNED, AIRED, at=START).given(ENDED, at=END)
    paid_minor = refunded = kept = 0
    for number, (minute, is_paid, returns) in enumerate(orders):
        at, name = START + minute * MINUTE, f"o{number}"
        stage.given(placed(name, at), at=END + DAY)
        if not is_paid:
            continue
        stage.given(settled(name, at + 1))
        for units, minor in returns:
            lines = (replace(TWO, quantity=units),) if units else ()
            stage.given(replace(back(name, END + DAY, minor), lines=lines))
        if 0 <= minute <= 20:
            paid_minor += 20_000
            refunded += sum(minor for _, minor in returns)
            kept += sum(minor for units, minor in returns if not units)
    assert values(stage, "refunded", "kept", "net_sales") == ([refunded, kept, paid_minor - refunded] if orders else [None] * 3)


def test_what_is_paid_or_given_back_in_the_minute_of_the_end_but_after_it_is_of_no_window(stage: Stage) -> None:
    for order_id in ("a", "b"):
        stage.given(placed(order_id, END - 3 * MINUTE))
    stage.given(settled("a", END - 2 * MINUTE)).given(replace(ENDED), at=END)
    before = [stage.row("metric.tiles", name).last_10 for name in ("gmv_paid", "orders_paid", "refunded")]
    stage.given(settled("b", END + 2_000), back("a", END + 3_000, 5_000), at=END + 4_000)
    assert [stage.row("metric.tiles", name).last_10 for name in ("gmv_paid", "orders_paid", "refunded")] == before
    assert stage.row("metric.tiles", "orders_paid").value == 2


def test_a_refund_of_after_the_end_that_is_told_before_it_leaves_the_windows_with_the_end(stage: Stage) -> None:
    stage.given(placed("a", END - 3 * MINUTE), settled("a", END - 2 * MINUTE), back("a", END + 1_000, 5_000), at=END - 1_000)
    stage.given(ENDED, at=END)
    assert (stage.row("metric.tiles", "refunded").last_10, stage.row("metric.tiles", "refunded").value) == (0, 5_000)
    stage.given(back("a", END + 9_000, 5_000), at=END + 10_000)
    assert (stage.row("metric.tiles", "refunded").last_10, stage.row("metric.tiles", "refunded").value) == (0, 10_000)
