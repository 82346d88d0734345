"""What is measured of some people is no share of others: sources that tell who comes, sources that only tell what people do, shops with names of their own."""

import pytest
from msgspec.structs import replace

from kaibo.core.stage import Stage
from kaibo.features.metric.commands import SampleFigures, SummariseShow
from kaibo.features.metric.facts import MetricHistoryTaken, MetricSampled, MetricSummarised, ShowSummary
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_house import SYSTEM, tile
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, did, paid
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowAired, ShowEnded

LATER = START + 5 * MINUTE
OF_SOME = ("engagement", "comment_rate", "conversion", "uv_value", "gpm")
AIR = (PLANNED, ShowAired(show_id="s1"))


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def stage(room: Room) -> Stage:
    """Ten come into a room that tells it, and one of them speaks; of another platform's ninety nothing is told but what they say."""
    stage = Stage(FEATURE).given(*AIR, at=START)
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), at=START)
    stage.given(room.batch(*(did("enter", f"x{n}", START) for n in range(10)), did("comment", "x0", LATER)), at=LATER)
    stage.given(created("o1", "x1", LATER, "c1"), paid("o1", "x1", LATER, "c1"), at=LATER)
    return stage


def chat(room: Room, at: int = LATER) -> object:
    return replace(room.batch(*(did("comment", f"y{n}", at + n) for n in range(90))), source="fb", tells_leaves=False)


def test_nobody_stays_shorter_because_others_are_not_told_of(stage: Stage, room: Room) -> None:
    before = tile(stage, "stay_s")
    stage.given(chat(room), at=LATER + 100)
    stay = tile(stage, "stay_s")
    assert (stay.value, stay.denominator, stay.last_10) == (before.value, 10, before.last_10)
    assert (before.value, before.partly, stay.partly) == (301, False, True)


def test_what_all_did_is_no_share_of_those_who_are_told_to_come(stage: Stage, room: Room) -> None:
    assert [tile(stage, name).mixed for name in OF_SOME] == [()] * len(OF_SOME)
    stage.given(chat(room), at=LATER + 100)
    for name in OF_SOME:
        row = tile(stage, name)
        assert (row.value, row.last_10, row.untold) == (None, None, ("everybody",)), name
        assert row.mixed == ("value", "last_10"), name
    engagement = tile(stage, "engagement")
    assert (engagement.numerator, engagement.denominator) == (91, 100)
    cue = stage.row("metric.cues", "c1")
    assert (cue.uv, cue.buyers, cue.conversion, cue.mixed) == (100, 1, None, True)
    flow = stage.row("metric.flows", "none")
    assert (flow.uv, flow.conversion, flow.uv_value_minor) == (100, None, None)


def test_people_who_did_something_have_a_name_of_their_own_and_what_is_of_some_says_so(stage: Stage, room: Room) -> None:
    assert (tile(stage, "uv").value, tile(stage, "uv").instead) == (10, "")
    stage.given(chat(room), at=LATER + 100)
    assert (tile(stage, "uv").value, tile(stage, "uv").last_10, tile(stage, "uv").instead) == (100, 100, "did_u")
    assert {name: tile(stage, name).partly for name in ("online", "pv", "stay_60", "comments", "gmv_paid")} == {
        "online": True, "pv": True, "stay_60": True, "comments": False, "gmv_paid": False,
    }  # fmt: skip
    assert (tile(stage, "online").value, tile(stage, "pv").value) == (10, 10)
    stage.given(replace(room.batch(did("enter", "y0", LATER + MINUTE)), source="fb"), at=LATER + MINUTE)
    assert (tile(stage, "uv").instead, tile(stage, "uv").value, tile(stage, "stay_s").denominator) == ("", 100, 100)
    assert (tile(stage, "engagement").value, tile(stage, "engagement").mixed) == (0.91, ())


def test_a_word_before_air_makes_nobody_a_viewer_that_nobody_sees_come(room: Room) -> None:
    stage = Stage(FEATURE).given(PLANNED, at=START)
    stage.given(replace(room.batch(did("comment", "y1", START)), source="fb"), at=START)
    stage.given(room.batch(did("enter", "x1", START), did("comment", "x1", START + 1)), at=START + 1)
    assert tile(stage, "uv").instead == "did_u"
    stage.given(ShowAired(show_id="s1"), at=START + MINUTE)
    assert (tile(stage, "uv").value, tile(stage, "uv").instead, tile(stage, "online").partly) == (1, "", False)


def test_two_sources_that_tell_of_one_room_are_one_crowd(stage: Stage, room: Room) -> None:
    stage.given(replace(room.batch(did("comment", "x2", LATER)), source="second", platform="shop"), at=LATER)
    assert (tile(stage, "engagement").value, tile(stage, "uv").instead) == (0.2, "")


def test_neither_sample_nor_summary_takes_them_for_viewers(stage: Stage, room: Room) -> None:
    stage.given(chat(room), at=LATER + 100)
    stage.when(SampleFigures(), by=SYSTEM, at=LATER + MINUTE)
    sample = stage.events[-1].fact
    assert isinstance(sample, MetricSampled)
    assert "uv" not in sample.whole
    assert (sample.whole["did_u"], sample.whole["came_u"], sample.whole["online"]) == (100, 10, 10)
    stage.given(ShowEnded(show_id="s1"), at=LATER + 2 * MINUTE)
    stage.when(SummariseShow(), by=SYSTEM, at=LATER + 10 * MINUTE)
    found = stage.events[-1].fact
    assert isinstance(found, MetricSummarised)
    assert ("uv" in found.summary.raw, found.summary.raw["came_u"]) == (False, 10)


def summary(show_id: str, **raw: float) -> ShowSummary:
    return ShowSummary(show_id=show_id, title="", ended_at=1, currency="TWD", raw=raw)


def test_who_did_something_in_earlier_shows_makes_no_median_of_viewers(room: Room) -> None:
    """And the other way round: the viewers of a show are not what those who said something are compared with."""
    acted, whole = summary("a", did_u=5.0, comments=5.0), summary("b", uv=1000.0, came_u=1000.0, comments=5.0, engaged_u=5.0)
    stage = Stage(FEATURE).given(*AIR, MetricHistoryTaken(shows=(acted, whole)), at=START)
    stage.given(room.batch(did("comment", "x1", START)), at=START + 1)
    assert (tile(stage, "uv").median_7, tile(stage, "uv").median_shows, tile(stage, "uv").instead) == (5, 1, "did_u")
    stage.given(room.batch(did("enter", "x1", START)), at=START + 2)
    assert (tile(stage, "uv").median_7, tile(stage, "uv").median_shows) == (1000, 1)
    assert (tile(stage, "engagement").median_7, tile(stage, "comments").median_7) == (0.005, 5)


def test_a_mixed_show_makes_no_median_of_shares(room: Room) -> None:
    mixed = summary("a", did_u=100.0, came_u=10.0, pv=10.0, engaged_u=91.0, gmv_paid=500.0, watch_s=100.0)
    stage = Stage(FEATURE).given(*AIR, MetricHistoryTaken(shows=(mixed,)), at=START)
    assert [tile(stage, name).median_7 for name in (*OF_SOME, "stay_s")] == [*([None] * len(OF_SOME)), 10]


def test_buyers_whom_no_source_of_viewers_knows_are_a_share_with_a_mark(stage: Stage) -> None:
    """All who come are told, so they may well be of them; but a shop says it by names of its own."""
    assert tile(stage, "conversion").mixed == ()
    order = replace(created("o2", "z1", LATER, "c1"), platform="store"), replace(paid("o2", "z1", LATER, "c1"), platform="store")
    stage.given(*order, at=LATER)
    cue, conversion = stage.row("metric.cues", "c1"), tile(stage, "conversion")
    assert (cue.conversion, cue.mixed) == (0.2, True)
    assert (conversion.value, conversion.mixed, conversion.untold) == (0.2, ("value", "last_10"), ())
    assert (tile(stage, "uv_value").mixed, tile(stage, "value_per_buyer").mixed, tile(stage, "engagement").mixed) == ((), (), ())
    known = replace(created("o3", "x1", LATER, "c1"), platform="store", people="shop")
    fresh = Stage(FEATURE).given(*AIR, at=START).given(Room().batch(did("enter", "x1", START)), known, at=LATER)
    assert tile(fresh, "conversion").mixed == ()


def test_a_cue_is_marked_by_who_bought_in_it(stage: Stage, room: Room) -> None:
    """A shop's buyers count where they ordered: more than all is no share there, and the cue before keeps its own."""
    assert (stage.row("metric.cues", "c1").conversion, stage.row("metric.cues", "c1").mixed) == (0.1, False)
    stage.given(CueWent(cue_id="c2", pass_id="p2", via="go", from_cue_id="c1"), at=LATER)
    at = LATER + MINUTE
    for n in range(11):
        stage.given(
            replace(created(f"s{n}", f"z{n}", at, "c2"), platform="store"),
            replace(paid(f"s{n}", f"z{n}", at, "c2"), platform="store"),
            at=at,
        )
        cue = stage.row("metric.cues", "c2")
        assert (cue.conversion, cue.mixed) == (None if n == 10 else (n + 1) / 10, True)
    assert (stage.row("metric.cues", "c1").conversion, stage.row("metric.cues", "c1").mixed) == (0.1, False)
    late = (
        replace(created("s99", "z1", LATER - 1, "c1"), platform="store"),
        replace(paid("s99", "z1", LATER - 1, "c1"), platform="store"),
    )
    stage.given(*late, at=at)
    assert (stage.row("metric.cues", "c1").conversion, stage.row("metric.cues", "c1").mixed) == (0.2, True)
    stage.given(replace(room.batch(did("enter", "z1", at)), source="store"), at=at)
    assert [stage.row("metric.cues", cue_id).mixed for cue_id in ("c1", "c2")] == [False, False]


def sold(order_id: str, buyer: str, platform: str) -> tuple[object, object]:
    return replace(created(order_id, buyer, LATER), platform=platform), replace(paid(order_id, buyer, LATER), platform=platform)


def test_buyers_whose_source_tells_no_clicks_are_a_share_of_clickers_with_a_mark(room: Room) -> None:
    """Of two rooms that both tell who comes in: twenty click in one and two of them buy, ten buy in the other."""
    clicks = [did(kind, f"v{n}", START) for n in range(20) for kind in ("enter", "click")]
    stage = Stage(FEATURE).given(*AIR, room.batch(*clicks), at=START)
    stage.given(replace(room.batch(*(did("enter", f"w{n}", START) for n in range(20))), source="b"), at=START)
    for n in range(2):
        stage.given(*sold(f"a{n}", f"v{n}", "shop"), at=LATER)
    assert (tile(stage, "ctor").value, tile(stage, "ctor").mixed) == (0.1, ())
    for n in range(10):
        stage.given(*sold(f"b{n}", f"w{n}", "b"), at=LATER)
    assert (tile(stage, "ctor").value, tile(stage, "ctor").mixed) == (0.6, ("value", "last_10"))
    assert (tile(stage, "conversion").value, tile(stage, "conversion").mixed) == (0.3, ())
    stage.given(replace(room.batch(did("click", "w0", LATER)), source="b"), at=LATER)
    assert tile(stage, "ctor").mixed == ()


def test_clicks_of_a_source_that_tells_not_what_it_shows_are_a_share_with_a_mark(room: Room) -> None:
    shown = [did("view", f"v{n}", START, product_id="serum") for n in range(10)]
    stage = Stage(FEATURE).given(*AIR, room.batch(*shown, did("click", "v0", START, product_id="serum")), at=START)
    assert (tile(stage, "click_rate").value, tile(stage, "click_rate").mixed) == (0.1, ())
    stage.given(replace(room.batch(did("click", "w0", START, product_id="serum")), source="b"), at=START)
    assert (tile(stage, "click_rate").value, tile(stage, "click_rate").mixed) == (0.2, ("value", "last_10"))
    stage.given(replace(room.batch(did("view", "w0", START, product_id="serum")), source="b"), at=START)
    assert tile(stage, "click_rate").mixed == ()
