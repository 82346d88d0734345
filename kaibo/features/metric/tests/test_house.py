"""Stories of targets, spend, samples, summaries and what earlier shows leave; of sources, funnels and stays."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor, Event
from kaibo.core.stage import Stage
from kaibo.features.alarm.facts import AlarmMoveApproved
from kaibo.features.audience.facts import AudienceShown, Shown
from kaibo.features.comment.facts import QuestionsLate
from kaibo.features.metric.commands import (
    EnterSpend,
    HandHistory,
    NoteShow,
    RemoveSpend,
    SampleFigures,
    SetTarget,
    SummariseShow,
    TakeHistory,
)
from kaibo.features.metric.facts import (
    MetricHistoryHanded,
    MetricHistoryTaken,
    MetricSampled,
    MetricShowNoted,
    MetricSpendEntered,
    MetricSummarised,
    MetricTargetSet,
    ShowSummary,
    SpendRow,
)
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.people import opened
from kaibo.features.metric.react import carry
from kaibo.features.metric.rules import MetricMoveSpent, MetricMoveUnknown, MetricNoShow, MetricSpendUnknown, MetricUnknown
from kaibo.features.metric.state import LATE_BUYERS_MS, SAMPLE_MS, due
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, did, paid
from kaibo.features.order.facts import OrderRefunded
from kaibo.features.product.facts import ProductAdded, ProductSheet
from kaibo.features.rundown.facts import Cue, CueAdded, CueWent
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned

PLANNER = Actor(id="lin", role="planner")
SYSTEM = Actor(id="system", role="system")
AIRED = ShowAired(show_id="s1")
ENDED = ShowEnded(show_id="s1")
ADS = SpendRow(spend_id="a1", at=START, channel="千川", cost_minor=10_000, impressions=2000, clicks=100, gmv_minor=30_000)
DAY = 86_400_000


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def stage() -> Stage:
    return Stage(FEATURE).given(PLANNED, at=START)


def tile(stage: Stage, name: str) -> Any:
    return stage.row("metric.tiles", name)


def summary(show_id: str, ended_at: int, **raw: float) -> ShowSummary:
    return ShowSummary(show_id=show_id, title=show_id, ended_at=ended_at, currency="TWD", raw=raw)


# targets
def test_a_target_is_set_and_cleared_and_the_shows_goal_is_the_first(stage: Stage) -> None:
    stage.given(replace(PLANNED, goal_gmv_minor=5_000_000))
    assert tile(stage, "gmv_paid").target == 5_000_000
    stage.when(SetTarget(metric="conversion", value=0.05), by=PLANNER).then(MetricTargetSet(metric="conversion", value=0.05))
    assert tile(stage, "conversion").target == 0.05
    stage.when(SetTarget(metric="conversion", value=None), by=PLANNER).then(MetricTargetSet(metric="conversion", value=None))
    assert tile(stage, "conversion").target is None


def test_no_target_for_a_figure_that_is_not_there_or_before_the_show_is(stage: Stage) -> None:
    stage.when(SetTarget(metric="luck", value=1.0)).refused(MetricUnknown, metric="luck")
    stage.when(SetTarget(metric="retention", value=1.0)).refused(MetricUnknown)
    Stage(FEATURE).when(SetTarget(metric="uv", value=1.0)).refused(MetricNoShow)


def test_what_was_spent_for_a_move_is_counted_once(stage: Stage) -> None:
    top_up = replace(ADS, spend_id="move-m1", move_id="m1")
    stage.when(EnterSpend(rows=(top_up,))).refused(MetricMoveUnknown, move_id="m1")
    stage.given(
        AlarmMoveApproved(move_id="m0", raise_id="r1", move="pin"), AlarmMoveApproved(move_id="m1", raise_id="r1", move="ads")
    )
    stage.when(EnterSpend(rows=(replace(top_up, move_id="m0"),))).refused(MetricMoveUnknown, move_id="m0")
    stage.when(EnterSpend(rows=(top_up, replace(ADS, move_id="m1")))).refused(MetricMoveSpent, move_id="m1", spend_id="move-m1")
    stage.when(EnterSpend(rows=(top_up,))).then(MetricSpendEntered(rows=(top_up,)))
    stage.when(EnterSpend(rows=(replace(ADS, move_id="m1"),))).refused(MetricMoveSpent, move_id="m1", spend_id="move-m1")
    dearer = replace(top_up, cost_minor=12_000)
    stage.when(EnterSpend(rows=(dearer,))).then(MetricSpendEntered(rows=(dearer,)))
    assert stage.row("metric.tiles", "ad_cost").value == 12_000
    assert stage.row("metric.spend", "move-m1").move_id == "m1"


def test_an_unknown_row_is_not_removed(stage: Stage) -> None:
    stage.when(RemoveSpend(spend_id="a1")).refused(MetricSpendUnknown, spend_id="a1")


# the way to the order
def test_impressions_are_unknown_until_told_and_then_the_first_step_of_the_funnel(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("enter", "v1"), did("enter", "v2")))
    assert (tile(stage, "imp").value, tile(stage, "enter_rate").value) == (None, None)
    stage.given(AudienceShown(source="shop", room="", parts=(Shown(minute=START // MINUTE, count=40, flow="feed"),)))
    assert (tile(stage, "imp").value, tile(stage, "enter_rate").value) == (40, 0.05)


def test_the_funnel_counts_people_once_at_each_step(stage: Stage, room: Room) -> None:
    seen = [did("view", "v1", product_id="serum"), did("view", "v1", product_id="serum"), did("view", "v2", product_id="mask")]
    clicked = [did("click", "v1", product_id="serum"), did("click", "v1", product_id="serum")]
    stage.given(room.batch(did("enter", "v1"), did("enter", "v2"), did("enter", "v3"), *seen, *clicked))
    stage.given(created("o1", "v1", START), created("o2", "v1", START), paid("o1", "v1", START))
    steps = ("pv", "uv", "pimp", "pimp_u", "clicks", "pclk_u", "orders_created", "created_u", "orders_paid", "buyers")
    assert [tile(stage, name).value for name in steps] == [3, 3, 3, 2, 2, 1, 2, 1, 1, 1]
    assert [tile(stage, name).value for name in ("product_reach", "click_rate", "ctor", "pay_rate")] == [2 / 3, 2 / 3, 1, 0.5]


def test_refunds_come_off_net_sales_and_into_their_rate(stage: Stage) -> None:
    stage.given(paid("o1", "b1", START), paid("o2", "b2", START))
    line = paid("o1", "b1", START).lines
    stage.given(OrderRefunded(order_id="o1", lines=line, amount_minor=5_000, platform_at=START, platform="shop"))
    figures = [tile(stage, name).value for name in ("gmv_paid", "net_sales", "refund_rate", "refund_amount_rate")]
    assert figures == [40_000, 35_000, 0.5, 0.125]


def test_engagement_counts_whoever_did_one_of_four_things(stage: Stage, room: Room) -> None:
    did_it = [did("comment", "v1"), did("like", "v1", count=9), did("share", "v2"), did("follow", "v3"), did("click", "v4")]
    stage.given(room.batch(*did_it, did("enter", "v5"), did("join", "v5")))
    assert [tile(stage, name).value for name in ("engagement", "comment_rate", "follow_rate", "fans_rate")] == [
        0.6,
        0.2,
        0.2,
        0.2,
    ]


# sources
def test_a_viewer_belongs_to_the_source_named_first_and_brings_the_orders(stage: Stage, room: Room) -> None:
    late = did("enter", "v1", START + 5, flow="ads")
    stage.given(room.batch(late, did("enter", "v2", flow="feed"), did("click", "v1", START + 9, product_id="serum")))
    stage.given(AudienceShown(source="shop", room="", parts=(Shown(minute=START // MINUTE, count=10, flow="feed"),)))
    stage.given(paid("o1", "v1", START + 10), paid("o2", "stranger", START + 10))
    rows = stage.rows("metric.flows")
    assert (rows["ads"].uv, rows["ads"].clicks, rows["ads"].buyers, rows["ads"].gmv_paid_minor) == (1, 1, 1, 20_000)
    assert (rows["feed"].views, rows["feed"].enter_rate, rows["feed"].conversion) == (1, 0.1, 0.0)
    assert (rows["none"].uv, rows["none"].buyers, rows["none"].orders_paid) == (0, 1, 1)
    stage.given(room.batch(did("enter", "v1", START + 1, flow="search")))
    rows = stage.rows("metric.flows")
    assert (rows["ads"].buyers, rows["search"].buyers, rows["search"].gmv_paid_minor) == (0, 1, 20_000)


# stays
def test_the_retention_curve_leaves_open_what_is_too_young_to_know(stage: Stage, room: Room) -> None:
    come = [did("enter", f"v{n}", START + n) for n in range(4)]
    stage.given(room.batch(*come, did("leave", "v0", START + 30_000), did("leave", "v1", START + 90_000)), at=START + 90_000)
    stage.given(room.batch(did("like", "v3", START + 3 * MINUTE)), at=START + 3 * MINUTE)
    row = stage.row("metric.retention", str(START // MINUTE))
    assert (row.entrants, row.share[:3]) == (4, (0.75, 0.5, None))
    assert stage.row("metric.retention", "all").share[:3] == (0.75, 0.5, None)


def test_a_late_leave_is_put_where_it_belongs_in_the_stays(stage: Stage, room: Room) -> None:
    told = Stage(FEATURE).given(PLANNED, at=START)
    moves = [
        did("enter", "v1"),
        did("leave", "v1", START + 30_000),
        did("enter", "v1", START + 60_000),
        did("leave", "v1", START + 4 * MINUTE),
    ]
    told.given(Room().batch(*moves, did("like", "v2", START + 8 * MINUTE)), at=START + 8 * MINUTE)
    for item in (moves[3], moves[0], moves[2], moves[1], did("like", "v2", START + 8 * MINUTE)):
        stage.given(room.batch(item), at=START + 8 * MINUTE)
    assert stage.rows("metric.retention") == told.rows("metric.retention")
    assert tile(stage, "stay_60").value == tile(told, "stay_60").value == 0.5


def test_watching_is_counted_in_seconds_of_the_show(stage: Stage, room: Room) -> None:
    stage.given(AIRED, at=START)
    stage.given(
        room.batch(did("enter", "v1"), did("leave", "v1", START + 30_000), did("enter", "v2", START + 10_000)), at=START + 40_000
    )
    stage.given(room.batch(did("like", "v2", START + 59_999)), at=START + 59_999)
    assert (tile(stage, "acu").numerator, tile(stage, "acu").denominator) == (80, 60)
    assert tile(stage, "stay_s").value == 40


# samples, summaries, history
def test_a_sample_is_due_every_so_often_while_the_show_is_heard_of(stage: Stage, room: Room) -> None:
    assert due(stage.state) is None
    stage.given(AIRED, at=START)
    assert due(stage.state) == (START + SAMPLE_MS, SampleFigures())
    assert SAMPLE_MS == 20_000  # the timing of alarms is written for it
    stage.when(SampleFigures(), by=SYSTEM, at=START + 5).then()
    stage.given(room.batch(did("enter", "v1")), at=START + 100)
    stage.when(SampleFigures(), by=SYSTEM, at=START + SAMPLE_MS)
    sampled: MetricSampled = stage.events[-1].fact
    assert (sampled.at, sampled.whole["uv"], sampled.prev_10) == (START + SAMPLE_MS, 1.0, None)
    assert due(stage.state) == (START + 2 * SAMPLE_MS, SampleFigures())
    quiet = START + 100 + 15 * MINUTE  # it was heard of last a tenth of a second after it began
    stage.given(sampled, at=quiet)
    assert due(stage.state) == (quiet + SAMPLE_MS, SampleFigures())
    stage.given(sampled, at=quiet + 1)
    assert due(stage.state) == (quiet + 1 + MINUTE, SampleFigures())
    stage.given(sampled, at=START + 3_600_000)
    assert due(stage.state) == (START + 3_660_000, SampleFigures())
    stage.given(sampled, at=START + 7 * 3_600_000)
    assert due(stage.state) is None


def test_a_sample_tells_the_last_ten_minutes_by_themselves(stage: Stage, room: Room) -> None:
    later = START + 12 * MINUTE
    stage.given(AIRED, room.batch(did("comment", "v1", START)), at=START)
    stage.given(room.batch(did("comment", "v2", later)), at=later)
    stage.when(SampleFigures(), by=SYSTEM, at=later)
    sampled: MetricSampled = stage.events[-1].fact
    assert sampled.last_10 is not None
    assert (sampled.whole["comments"], sampled.last_10["comments"]) == (2, 1)


def test_a_sample_says_how_long_nobody_ordered_and_how_long_the_stock_lasts(stage: Stage) -> None:
    sheet = ProductSheet(product_id="serum", name="精華", stock=10)
    stage.given(
        ProductAdded(product=sheet, currency="TWD"),
        CueAdded(cue=Cue(cue_id="c1", title="一", duration_ms=1, product_id="serum"), after_cue_id=None, rank="a"),
    )
    stage.given(AIRED, CueWent(cue_id="c1", pass_id="p", via="go", from_cue_id=None), at=START)
    stage.given(created("o1", "b1", START + 1000), at=START + 1000)
    stage.when(SampleFigures(), by=SYSTEM, at=START + 61_000)
    whole = stage.events[-1].fact.whole
    assert (whole["idle_s"], whole["stock_left"], whole["pace_10"]) == (60, 8, 2)


def test_a_sample_says_how_many_questions_wait_for_too_long(stage: Stage) -> None:
    stage.given(AIRED, QuestionsLate(count=4), at=START)
    stage.when(SampleFigures(), by=SYSTEM, at=START + SAMPLE_MS)
    assert stage.events[-1].fact.whole["questions_late"] == 4.0


def test_a_show_is_summed_up_at_its_end_and_once_more_seven_days_later(stage: Stage) -> None:
    stage.given(AIRED, paid("o1", "b1", START), at=START)
    stage.given(ENDED, at=START + MINUTE)
    assert due(stage.state) == (START + MINUTE, SummariseShow())
    stage.when(SummariseShow(), by=SYSTEM)
    first: MetricSummarised = stage.events[-1].fact
    assert (first.summary.show_id, first.summary.raw["gmv_paid"], len(opened(first.buyers)), first.final) == (
        "s1",
        20_000,
        1,
        False,
    )
    assert due(stage.state) == (START + MINUTE + 7 * DAY, SummariseShow())
    stage.when(SummariseShow(), by=SYSTEM).then()
    stage.given(created("o2", "b2", START + 2 * MINUTE), paid("o2", "b2", START + DAY), at=START + DAY)
    assert tile(stage, "after_gmv").value == 20_000
    stage.when(SummariseShow(), by=SYSTEM, at=START + MINUTE + 7 * DAY)
    assert stage.events[-1].fact.final
    assert due(stage.state) is None


def test_who_pays_after_the_end_is_noted_for_the_shows_after_it(stage: Stage) -> None:
    stage.given(AIRED, paid("o1", "b1", START), ENDED, at=START + MINUTE).when(SummariseShow(), by=SYSTEM)
    stage.given(created("o2", "b2", START), paid("o2", "b2", START + 2 * MINUTE), at=START + 2 * MINUTE)
    stage.given(created("o3", "b3", START), paid("o3", "b3", START + 3 * MINUTE), at=START + 3 * MINUTE)
    soon = START + 2 * MINUTE + LATE_BUYERS_MS
    assert due(stage.state) == (soon, SummariseShow())
    stage.when(SummariseShow(), by=SYSTEM, at=soon)
    noted: MetricSummarised = stage.events[-1].fact
    assert (len(opened(noted.buyers)), noted.final) == (3, False)
    assert due(stage.state) == (START + MINUTE + 7 * DAY, SummariseShow())


def test_the_workspace_hands_a_new_show_its_last_seven(stage: Stage) -> None:
    house = Stage(FEATURE, "workspace/main")
    stage.given(AIRED, paid("o1", "b1", START), ENDED, at=START).when(SummariseShow(), by=SYSTEM)
    told: MetricSummarised = stage.events[-1].fact
    for number in range(9):
        note = NoteShow(summary=summary(f"s{number}", number), buyers=told.buyers)
        house.when(note, by=SYSTEM).then(MetricShowNoted(summary=note.summary, buyers=note.buyers))
        house.when(note, by=SYSTEM).then()
    house.when(HandHistory(show_id="s3"), by=SYSTEM)
    handed: MetricHistoryHanded = house.events[-1].fact
    assert [show.show_id for show in handed.shows] == ["s8", "s7", "s6", "s5", "s4", "s2", "s1"]
    assert (opened(handed.buyers).tolist(), handed.buyers_shows) == (opened(told.buyers).tolist(), 8)


def test_history_gives_medians_and_tells_old_buyers_from_new(stage: Stage) -> None:
    stage.given(paid("o0", "b0", START))
    assert tile(stage, "buyers_old").value is None
    before = Stage(FEATURE).given(PLANNED, AIRED, paid("o1", "b1", START), ENDED, at=START).when(SummariseShow(), by=SYSTEM)
    buyers = before.events[-1].fact.buyers
    shows = tuple(summary(f"s{n}", n, gmv_paid=float(n * 100), uv=10.0, buyers=float(n)) for n in (1, 2, 4))
    stage.when(TakeHistory(shows=shows, buyers=buyers, buyers_shows=3), by=SYSTEM)
    stage.then(MetricHistoryTaken(shows=shows, buyers=buyers, buyers_shows=3))
    stage.given(paid("o2", "b1", START), paid("o3", "b9", START), paid("o4", "", START))
    assert (tile(stage, "buyers_old").value, tile(stage, "buyers_new").value, tile(stage, "buyers").value) == (1, 1, 4)
    gmv, rate = tile(stage, "gmv_paid"), tile(stage, "conversion")
    assert (gmv.median_7, gmv.median_shows, rate.median_7) == (200, 3, 0.2)


def test_a_sum_is_compared_with_earlier_shows_after_as_long_on_air(stage: Stage) -> None:
    early, late = START + MINUTE, START + 12 * MINUTE
    before = Stage(FEATURE).given(PLANNED, at=START).given(AIRED, at=START)
    before.given(paid("o1", "b1", early), at=early).given(paid("o2", "b2", late), at=late)
    before.given(ENDED, at=START + 20 * MINUTE).when(SummariseShow(), by=SYSTEM, at=START + 20 * MINUTE)
    course = before.events[-1].fact.summary.course
    assert course["gmv_paid"] == (20_000.0, 20_000.0, 40_000.0, 40_000.0)  # twenty minutes on air, whatever was heard
    assert "buyers" not in course
    older = replace(summary("s2", 2, gmv_paid=999.0, uv=10.0, buyers=1.0))
    stage.given(MetricHistoryTaken(shows=(before.events[-1].fact.summary, older)), AIRED, at=START)
    stage.given(paid("o9", "b9", START + 6 * MINUTE - 1), at=START + 6 * MINUTE - 1)
    gmv = tile(stage, "gmv_paid")
    assert (gmv.median_7, gmv.median_shows, gmv.median_same_time) == (20_000, 1, True)
    assert (tile(stage, "buyers").median_same_time, tile(stage, "conversion").median_same_time) == (False, False)
    stage.given(paid("o8", "b8", START + 15 * MINUTE - 1), at=START + 15 * MINUTE - 1)
    assert tile(stage, "gmv_paid").median_7 == 40_000


def test_a_show_in_another_currency_lends_its_ratios_but_not_its_money(stage: Stage) -> None:
    other = replace(summary("s9", 9, gmv_paid=1.0, uv=10.0, buyers=5.0), currency="USD")
    stage.given(MetricHistoryTaken(shows=(other,)))
    assert (tile(stage, "gmv_paid").median_7, tile(stage, "conversion").median_7) == (None, 0.5)


def test_the_chain_from_a_shows_end_to_the_next_show() -> None:
    def event(fact: Any, mode: Any = "live") -> Event[Any]:
        return Event(stream="show/s1", seq=1, at=START, actor=SYSTEM, fact=fact, mode=mode)

    told = MetricSummarised(summary=summary("s1", 1))
    assert carry(event(told)) == [("workspace/main", NoteShow(summary=told.summary))]
    assert carry(event(told, "rehearsal")) == []
    assert carry(event(PLANNED)) == carry(event(AIRED)) == [("workspace/main", HandHistory(show_id="s1"))]
    handed = MetricHistoryHanded(show_id="s2", shows=(told.summary,), buyers_shows=1)
    assert carry(event(handed)) == [("show/s2", TakeHistory(shows=(told.summary,), buyers_shows=1))]
    assert isinstance(PLANNED, ShowPlanned)
