"""What nobody measured is never shown as a number: no source tells of it, and that is not nothing."""

import pytest

from kaibo.analysis.definitions import TILED
from kaibo.core.event import Fact
from kaibo.core.stage import Stage
from kaibo.features.audience.facts import AudienceOrdersTold
from kaibo.features.metric.commands import SampleFigures
from kaibo.features.metric.facts import MetricHistoryTaken, MetricSampled
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_house import SYSTEM, summary, tile
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, did, paid
from kaibo.features.order.facts import OrderOddity
from kaibo.features.order.feature import FEATURE as ORDERS
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowAired

ROOM_FIGURES = (
    "online",
    "pcu",
    "acu",
    "pv",
    "stay_s",
    "stay_per_view_s",
    "stay_60",
    "gpm",
    "uv_value",
    "conversion",
    "engagement",
)


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def stage(room: Room) -> Stage:
    """A source that tells of orders and comments alone."""
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), at=START)
    stage.given(room.batch(did("comment", "v1"), did("comment", "v2", START + 1)), at=START + 1)
    return stage.given(created("o1", "v1", START + 2, "c1"), paid("o1", "v1", START + 2, "c1"), at=START + 3)


def test_what_no_source_tells_has_no_value_in_any_window(stage: Stage) -> None:
    for name in ROOM_FIGURES:
        row = tile(stage, name)
        assert (row.value, row.last_10, row.prev_10) == (None, None, None), name
        assert row.untold == ("enter",), name
    assert (tile(stage, "clicks").value, tile(stage, "clicks").untold) == (None, ("click",))
    assert (tile(stage, "comments").value, tile(stage, "orders_paid").value, tile(stage, "uv").value) == (2, 1, 2)
    assert not tile(stage, "uv").untold
    assert (minute := next(iter(stage.rows("metric.minutes").values()))).comments == 2
    assert (minute.online, minute.enters, minute.clicks, minute.likes) == (None, None, None, None)
    cue = stage.row("metric.cues", "c1")
    assert (cue.comments, cue.enters, cue.clicks, cue.conversion) == (2, None, None, None)
    product = stage.row("metric.products", "serum")
    assert (product.orders_paid, product.clicks, product.views, product.clickers) == (1, None, None, None)
    flow = stage.row("metric.flows", "none")
    assert (flow.impressions, flow.views, flow.clicks, flow.conversion) == (None, None, None, None)


def test_a_source_that_tells_nothing_but_orders_knows_no_viewers() -> None:
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(created("o1", "b1", START), paid("o1", "b1", START))
    assert (tile(stage, "uv").value, tile(stage, "uv").untold, tile(stage, "comments").value) == (None, ("enter",), None)
    assert (tile(stage, "buyers").value, tile(stage, "conversion").value) == (1, None)


OF_ORDERS = ("gmv_paid", "gmv_created", "orders_paid", "orders_created", "aov", "buyers", "net_sales")


def test_money_that_no_source_tells_of_is_neither_nought_nor_behind(room: Room) -> None:
    """Comments alone: no figure of orders has a value, wherever it is shown, and no alarm is told how long nobody ordered."""
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), at=START)
    stage.given(room.batch(did("comment", "v1"), did("click", "v1", product_id="serum")), at=START + 1)
    assert {name: (tile(stage, name).value, tile(stage, name).untold[:1]) for name in OF_ORDERS} == dict.fromkeys(
        OF_ORDERS, (None, ("order",))
    )
    minute, cue = next(iter(stage.rows("metric.minutes").values())), stage.row("metric.cues", "c1")
    product, flow = stage.row("metric.products", "serum"), stage.row("metric.flows", "none")
    assert {row.gmv_paid_minor for row in (minute, cue, product, flow)} == {None}
    assert {row.orders_paid for row in (minute, cue, product, flow)} == {None}
    assert (cue.gmv_per_hour_minor, product.buyers, flow.buyers) == (None, None, None)
    stage.when(SampleFigures(), by=SYSTEM, at=START + MINUTE)
    sample = stage.events[-1].fact
    assert isinstance(sample, MetricSampled)
    assert not {"gmv_paid", "orders_paid", "idle_s", "pace_10"} & sample.whole.keys()


def test_buyers_whom_nobody_knows_in_the_room_are_of_no_flow(room: Room) -> None:
    """A shop tells of buyers by names of its own: that a flow brought none of them is not known."""
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(room.batch(did("enter", "v1", flow="ads"), did("enter", "v2", flow="feed")), at=START + 1)
    ads = stage.row("metric.flows", "ads")
    assert (ads.uv, ads.buyers) == (1, None)
    stage.given(created("o1", "z1", START + 2), paid("o1", "z1", START + 2), at=START + 3)
    ads, unknown = stage.row("metric.flows", "ads"), stage.row("metric.flows", "none")
    assert (ads.buyers, ads.orders_paid, ads.gmv_paid_minor, ads.conversion, ads.uv_value_minor) == (None,) * 5
    assert (unknown.buyers, unknown.gmv_paid_minor) == (1, 20_000)
    stage.given(created("o2", "v2", START + 4), paid("o2", "v2", START + 4), at=START + 4)
    assert (stage.row("metric.flows", "ads").conversion, stage.row("metric.flows", "feed").conversion) == (0, 1)


def test_orders_are_measured_from_the_first_word_of_them(room: Room) -> None:
    """A source that told of orders, none of which counts here, says that there are none."""
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(room.batch(did("comment", "v1")), at=START + 1)
    stage.given(AudienceOrdersTold(source="shop", room="", count=1), at=START + 2)
    assert (tile(stage, "gmv_paid").value, tile(stage, "orders_paid").value, tile(stage, "gmv_paid").untold) == (0, 0, ())
    assert next(iter(stage.rows("metric.minutes").values())).gmv_paid_minor == 0


PAID = (created("o1", "b1", START), paid("o1", "b1", START))
ODD = OrderOddity(platform="shop", order_id="o1", kind="paid", why="unknown_order", platform_at=START)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ((), False),
        ((ODD,), False),
        ((AudienceOrdersTold(source="shop", room="", count=0),), True),
        (PAID[:1], True),
        (PAID, True),
    ],
)
def test_the_list_of_orders_and_the_figures_know_alike_whether_anybody_tells_of_orders(
    facts: tuple[Fact, ...], told: bool
) -> None:
    figures, orders = (Stage(feature).given(PLANNED, *facts, at=START) for feature in (FEATURE, ORDERS))
    assert ("order" not in tile(figures, "gmv_paid").untold, orders.row("order.counts", "all").told) == (told, told)


def test_nothing_that_was_measured_stays_nothing(stage: Stage, room: Room) -> None:
    """Once one source tells who comes in, all rows say so, and a window without anybody is nought."""
    assert stage.row("metric.minutes", str(START // MINUTE)).online is None
    entered = START + 5 * MINUTE
    stage.given(room.batch(did("enter", "v3", entered), did("leave", "v3", entered + 1)), at=entered + 1)
    stage.given(room.batch(did("comment", "v1", START + 30 * MINUTE)), at=START + 30 * MINUTE)
    online = tile(stage, "online")
    assert (online.value, online.last_10, online.untold) == (0, 0, ())
    assert stage.row("metric.minutes", str(START // MINUTE)).online == 0
    assert (tile(stage, "pv").value, tile(stage, "pv").last_10) == (1, 0)
    assert stage.row("metric.cues", "c1").enters == 1
    assert tile(stage, "clicks").value is None
    stage.given(room.batch(did("click", "v1", START + 30 * MINUTE, product_id="soap")), at=START + 30 * MINUTE)
    assert stage.row("metric.products", "serum").clicks == 0


def test_a_sample_says_nothing_of_it_so_no_alarm_can(stage: Stage) -> None:
    stage.when(SampleFigures(), by=SYSTEM, at=START + MINUTE)
    sample = stage.events[-1].fact
    assert isinstance(sample, MetricSampled)
    assert sample.last_10 is not None
    assert not {"online", "pv", "watch_s", "clicks", "stays", "likes", "uv"} & (sample.whole.keys() | sample.last_10.keys())
    assert (sample.whole["comments"], sample.whole["orders_paid"]) == (2.0, 1.0)


def test_earlier_shows_that_said_nothing_for_unknown_do_not_make_a_median(stage: Stage) -> None:
    """Summaries of before have noughts there."""
    mute = summary(
        "s1", 1, gmv_paid=100.0, uv=5.0, pv=0.0, pcu=0.0, online=0.0, clicks=0.0, buyers=2.0, buyers_old=0.0, buyers_new=0.0
    )
    told = summary("s2", 2, gmv_paid=300.0, uv=5.0, pv=8.0, pcu=4.0, clicks=2.0, buyers=4.0, buyers_old=1.0, buyers_new=3.0)
    stage.given(MetricHistoryTaken(shows=(mute, told)))
    assert [tile(stage, name).median_7 for name in ("pv", "pcu", "clicks", "gmv_paid", "uv")] == [8, 4, 2, 200, 5]
    assert tile(stage, "returning_share").median_7 == 0.25


def test_no_buyer_that_is_known_by_an_id_is_no_returning_buyer_and_no_new_one() -> None:
    stage = Stage(FEATURE).given(PLANNED, MetricHistoryTaken(shows=(), buyers_shows=2), ShowAired(show_id="s1"), at=START)
    stage.given(paid("o1", "", START), paid("o2", "", START))
    for name in ("returning_share", "buyers_old", "buyers_new"):
        assert (tile(stage, name).value, tile(stage, name).untold) == (None, ("buyer",)), name
    stage.given(paid("o3", "b1", START))
    assert [tile(stage, name).value for name in ("returning_share", "buyers_old", "buyers_new", "buyers")] == [0, 0, 1, 3]
    assert (tile(stage, "returning_share").numerator, tile(stage, "returning_share").denominator) == (0, 1)


def test_every_figure_without_a_value_says_what_would_have_to_be_told() -> None:
    """Of a show on air nobody told anything of, each is a ratio over nothing, or says so."""
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    for each in TILED:
        silent = {kind for counter in each.counters for kind in counter.told_by}
        assert set(tile(stage, each.name).untold) == silent, each.name
