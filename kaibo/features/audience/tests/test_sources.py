"""Stories of the lamps: how a source does, whose clock is off, and what was set aside."""

from typing import Any

import pytest

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.columns import unpack
from kaibo.features.audience.commands import BeatSource, CountRefused, FinishSource, HearOrders, SealBatch
from kaibo.features.audience.facts import (
    AudienceOrdersTold,
    AudienceRefused,
    AudienceRepeated,
    AudienceSourceFinished,
)
from kaibo.features.audience.feature import FEATURE
from kaibo.features.audience.rules import AudienceShowUnknown
from kaibo.features.audience.tests.said import AT, PLANNED, batches, comment, enter, lamp_of, seal
from kaibo.features.show.facts import ShowAired, ShowEnded


def test_a_lamp_tells_how_much_came_how_late_and_how_often_twice(stage: Stage) -> None:
    stage.when(seal(comment("一", message_id="m1"), enter("v2", AT + 100, "m2")))
    stage.when(seal(comment("一", message_id="m1"), enter("v3", AT - 900)))
    lamp = lamp_of(stage)
    assert (lamp.events, lamp.comments, lamp.duplicates, lamp.late) == (3, 1, 1, 1)
    assert (lamp.lag_ms, lamp.last_at, lamp.sealed_at) == (1400, AT + 100, CURTAIN_AT)


def test_late_is_what_is_older_than_what_its_own_source_had_sealed(stage: Stage) -> None:
    stage.when(seal(enter("v1", AT + 50), enter("v2", AT)))
    stage.when(seal(enter("v3", AT + 49), enter("v4", AT + 50), enter("v5", AT + 10)))
    stage.when(seal(enter("v6", AT), room="r2"))
    assert [batch.late for batch in batches(stage)] == [0, 2, 0]
    assert [batch.count for batch in batches(stage)] == [2, 3, 1]


def test_one_clock_far_ahead_does_not_make_all_the_rest_late(stage: Stage) -> None:
    stage.when(seal(enter("v1", CURTAIN_AT + 50_000)))
    stage.when(seal(enter("v2", CURTAIN_AT - 1)))
    stage.when(seal(enter("v3", CURTAIN_AT + 4_999)))
    assert [batch.late for batch in batches(stage)] == [0, 1, 0]


def test_a_batch_says_what_its_source_can_do(stage: Stage) -> None:
    stage.when(SealBatch(source="shop", items=(enter("v1"),), replies=True, moderates=True, lag_ms=70))
    stage.when(seal(enter("v2")))
    assert [(batch.replies, batch.moderates) for batch in batches(stage)] == [(True, True), (False, False)]
    assert batches(stage)[0].lag_ms == 70


def test_nothing_comes_before_it_was_said(stage: Stage) -> None:
    stage.when(seal(enter("v1", CURTAIN_AT + 3_000)))
    assert batches(stage)[0].lag_ms == 0
    stage.when(seal(enter("v2", CURTAIN_AT - 3_000)))
    assert batches(stage)[1].lag_ms == 3_000


def test_what_a_source_knows_it_lost_is_added_up_and_silence_about_it_is_not_zero(stage: Stage) -> None:
    stage.when(seal(enter("v1")))
    assert lamp_of(stage).missed is None
    stage.when(SealBatch(source="shop", room="r1", items=(enter("v2"),), missed=40))
    stage.when(SealBatch(source="shop", room="r1", items=(enter("v3"),), missed=2))
    stage.when(seal(enter("v4")))
    assert lamp_of(stage).missed == 42


def told(at: int, source: str = "shop") -> AudienceRepeated:
    return AudienceRepeated(source=source, room="r1", duplicates=0)


def test_an_outage_is_a_silence_out_of_the_sources_own_rhythm(stage: Stage) -> None:
    at = CURTAIN_AT
    for _ in range(60):
        at += 250
        stage.given(told(at), at=at)
    lamp = lamp_of(stage)
    assert (lamp.quiet_after_ms, lamp.outages, lamp.silent_ms) == (5_000, 0, 0)
    stage.given(told(at), at=at + 5_000)
    assert lamp_of(stage).outages == 0
    stage.given(told(at), at=at + 17_000)
    assert (lamp_of(stage).outages, lamp_of(stage).silent_ms) == (1, 12_000)


def test_a_source_that_speaks_seldom_is_given_time(stage: Stage) -> None:
    for minute in range(40):
        stage.given(told(0), at=CURTAIN_AT + minute * 30_000)
    lamp = lamp_of(stage)
    assert (lamp.quiet_after_ms, lamp.outages) == (60_000, 1)


def test_a_source_is_not_missed_when_the_show_is_over(stage: Stage) -> None:
    stage.when(seal(enter("v1"))).given(ShowEnded(show_id="s1"))
    assert lamp_of(stage).open is False
    stage.given(ShowAired(show_id="s1"))
    assert lamp_of(stage).open is True


# a source at its end
def lamp(stage: Stage) -> Any:
    return stage.row("audience.sources", "file/chat")


FINISH = FinishSource(source="file", room="chat")


def test_a_source_at_its_end_rests_and_is_no_outage_when_it_speaks_again(stage: Stage) -> None:
    stage.when(seal(comment("嗨"), source="file", room="chat"), at=CURTAIN_AT)
    stage.when(FINISH, at=CURTAIN_AT + 1000).then(AudienceSourceFinished(source="file", room="chat"))
    assert (lamp(stage).finished_at, lamp(stage).events) == (CURTAIN_AT + 1000, 1)
    stage.when(FINISH, at=CURTAIN_AT + 2000).then()
    usual = lamp(stage).usual_ms
    stage.when(seal(comment("又來", at=AT + 9), source="file", room="chat"), at=CURTAIN_AT + 600_000)
    row = lamp(stage)
    assert (row.finished_at, row.outages, row.silent_ms, row.usual_ms) == (None, 0, 0, usual)
    stage.when(FINISH, at=CURTAIN_AT + 601_000).then(AudienceSourceFinished(source="file", room="chat"))


def test_another_room_of_the_source_goes_on(stage: Stage) -> None:
    stage.when(seal(comment("嗨"), source="file", room="chat")).when(seal(comment("嗨"), source="file", room="other"))
    stage.when(FINISH)
    assert stage.row("audience.sources", "file/other").finished_at is None  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]


def test_nothing_finishes_before_the_show_is_planned_nor_after_it(stage: Stage) -> None:
    Stage(FEATURE).when(FINISH).refused(AudienceShowUnknown)
    stage.given(ShowEnded(show_id="s1")).when(FINISH).then()


def test_a_source_that_says_it_is_there_is_quiet_and_not_out(stage: Stage) -> None:
    stage.when(seal(enter("v1", AT)))
    for beat in range(1, 20):
        stage.when(BeatSource(source="shop", room="r1"), at=CURTAIN_AT + beat * 10_000)
    row = lamp_of(stage)
    assert (row.events, row.duplicates, row.outages, row.beats, row.misses) == (1, 0, 1, True, True)
    assert row.sealed_at == CURTAIN_AT + 190_000
    stage.when(BeatSource(source="shop", room="r1"), at=CURTAIN_AT + 900_000)
    assert lamp_of(stage).outages == 2


def test_the_silence_of_a_source_that_seldom_speaks_and_never_beats_is_no_outage(stage: Stage) -> None:
    for word in range(30):
        stage.when(seal(enter(f"v{word}", AT + word)), at=CURTAIN_AT + word * 12_000)
    before = lamp_of(stage)
    assert not before.misses
    stage.when(seal(enter("late", AT + 99)), at=CURTAIN_AT + 1_200_000)
    assert lamp_of(stage).outages == before.outages


def test_a_sign_of_life_of_no_show_is_refused_and_of_one_that_is_over_says_nothing(stage: Stage) -> None:
    Stage(FEATURE).when(BeatSource(source="shop", room="r1")).refused(AudienceShowUnknown)
    stage.given(ShowEnded(show_id="s1")).when(BeatSource(source="shop", room="r1")).then()


# instants


def refused_of(stage: Stage) -> dict[str, int]:
    row = stage.row("audience.sources", "shop/r1")
    return row.refused_codes


def test_what_cannot_have_happened_is_set_aside_and_its_neighbours_are_taken(stage: Stage) -> None:
    far = [enter("a", CURTAIN_AT // 1000), enter("b", CURTAIN_AT - 68 * 86_400_000), enter("c", CURTAIN_AT + 10**13)]
    stage.when(seal(*far, enter("v1"), enter("v2", at=0)))
    (batch,) = batches(stage)
    assert unpack(batch.columns).at.tolist() == [AT, CURTAIN_AT]  # one that does not say when is of this moment
    assert refused_of(stage) == {"show.told_in_seconds": 1, "show.told_too_old": 1, "show.told_ahead": 1}
    assert lamp_of(stage).refused == 3


def test_the_waiting_room_opens_a_day_before_the_plan_or_now_when_that_is_earlier() -> None:
    early = CURTAIN_AT - 3 * 86_400_000
    stage = Stage(FEATURE).given(PLANNED, at=early)
    stage.when(seal(enter("v1", early), enter("v2", early - 86_400_000), enter("v3", early - 86_400_001)))
    assert (lamp_of(stage).events, lamp_of(stage).refused) == (2, 1)


def test_a_source_that_handed_in_nothing_that_could_be_taken_is_no_outage(stage: Stage) -> None:
    stage.given(ShowAired(show_id="s1"))
    stage.when(seal(enter("a", 1))).then(AudienceRefused(source="shop", room="r1", codes={"show.told_too_old": 1}))
    assert lamp_of(stage).open is False
    stage.when(seal(enter("a")))
    assert lamp_of(stage).open is True


def test_a_clock_that_runs_ahead_is_measured_and_all_it_says_is_set_back_in_order(stage: Stage) -> None:
    ahead = 90_000
    stage.when(seal(*(enter(f"v{n}", CURTAIN_AT + ahead - 20_000 + n * 1_000) for n in range(20))))
    (batch,) = batches(stage)
    assert (batch.skew_ms, batch.moved) == (ahead - 1_000, 0)
    assert unpack(batch.columns).at.tolist() == [CURTAIN_AT - 19_000 + n * 1_000 for n in range(20)]
    assert lamp_of(stage).skew_ms == ahead - 1_000
    stage.when(seal(enter("w", CURTAIN_AT + 60_000)), at=CURTAIN_AT + 10_000)  # older news of the same clock
    assert (batches(stage)[1].skew_ms, batches(stage)[1].last_at) == (ahead - 1_000, CURTAIN_AT - 29_000)
    stage.when(seal(enter("x", CURTAIN_AT + 20_000)), at=CURTAIN_AT + 20_000)  # somebody put it right
    assert (batches(stage)[2].skew_ms, lamp_of(stage).skew_ms) == (0, 0)


def test_a_few_items_of_the_future_are_of_the_moment_they_are_told_and_no_clock(stage: Stage) -> None:
    stage.when(seal(enter("v1"), enter("v2"), enter("v3", CURTAIN_AT + 600_000), enter("v4", CURTAIN_AT + 59_000)))
    (batch,) = batches(stage)
    assert unpack(batch.columns).at.tolist() == [AT, AT, CURTAIN_AT, CURTAIN_AT]
    assert (batch.skew_ms, batch.moved, lamp_of(stage).moved, lamp_of(stage).skew_ms) == (0, 2, 2, 0)


LIVE = ShowAired(show_id="s1")


def test_a_clock_that_is_behind_is_measured_and_all_it_says_is_set_forward(stage: Stage) -> None:
    behind = 600_000
    stage.given(LIVE)
    for n in range(3):
        now = CURTAIN_AT + n * 30_000
        stage.when(seal(enter(f"v{n}", now - behind - 1000), enter(f"w{n}", now - behind)), at=now)
    assert [batch.behind_ms for batch in batches(stage)] == [0, behind, behind]  # one word alone may be late news
    assert [batch.last_at for batch in batches(stage)] == [CURTAIN_AT - behind, CURTAIN_AT + 30_000, CURTAIN_AT + 60_000]
    assert unpack(batches(stage)[1].columns).at.tolist() == [CURTAIN_AT + 29_000, CURTAIN_AT + 30_000]
    assert lamp_of(stage).behind_ms == behind
    stage.when(seal(enter("x", CURTAIN_AT + 89_000)), at=CURTAIN_AT + 90_000)  # somebody put it right
    assert (batches(stage)[3].behind_ms, batches(stage)[3].last_at, lamp_of(stage).behind_ms) == (0, CURTAIN_AT + 89_000, 0)


@pytest.mark.parametrize(
    "told",
    [
        [(0, -600_000), (1, -599_000), (2, -598_000), (3, -597_000)],  # a backlog, as quickly as it goes
        [(0, -600_000), (30_000, -300_000), (60_000, 60_000)],  # a backlog, by and by
        [(0, -90_000), (5_000, -90_000), (10_000, -90_000), (15_000, -90_000)],  # the same again and again
        [(0, -50_000), (30_000, -20_000), (60_000, 10_000)],  # on its way for less than a minute
        [(0, -61_000), (60_000, -70_000), (120_000, 45_000), (180_000, 80_000)],  # asked for now and then
    ],
)
def test_news_that_are_late_are_no_clock(stage: Stage, told: list[tuple[int, int]]) -> None:
    stage.given(LIVE)
    for place, (after, at) in enumerate(told):
        stage.when(seal(enter(f"v{place}", CURTAIN_AT + at)), at=CURTAIN_AT + after)
    assert [batch.behind_ms for batch in batches(stage)] == [0] * len(told)


def test_nothing_is_set_forward_past_the_end(stage: Stage) -> None:
    """A backlog told after the end, always as old, reads like a clock that is behind: what it says stays in the show."""
    end = CURTAIN_AT + 1_800_000
    stage.given(LIVE).given(ShowEnded(show_id="s1"), at=end)
    for after in (60_000, 66_000, 72_000, 78_000):
        stage.when(seal(enter(f"v{after}", end + after - 100_000)), at=end + after)
    assert [batch.behind_ms for batch in batches(stage)] == [0, 0, 100_000, 0]
    assert [batch.last_at - end for batch in batches(stage)] == [-40_000, -34_000, -1, -22_000]


def test_a_clock_that_is_behind_is_set_forward_up_to_the_end_after_it_too(stage: Stage) -> None:
    behind, end = 600_000, CURTAIN_AT + 60_000
    stage.given(LIVE)
    for n in range(2):
        stage.when(seal(enter(f"v{n}", CURTAIN_AT + n * 30_000 - behind)), at=CURTAIN_AT + n * 30_000)
    stage.given(ShowEnded(show_id="s1"), at=end)
    stage.when(seal(enter("x", end - behind - 3_000), enter("y", end - behind + 1_000)), at=end + 2_000)
    assert [at - end for at in unpack(batches(stage)[-1].columns).at.tolist()] == [-3_000, -1]


@pytest.mark.parametrize(
    ("after_ms", "ages_apart_ms", "behind_ms"),
    [(10_000, 0, 600_000), (9_999, 0, 0), (40_000, 10_000, 600_000), (39_999, 10_000, 0), (90_000, 10_001, 0)],
)
def test_a_clock_is_judged_over_ten_seconds_and_by_what_it_says_of_itself(
    stage: Stage, after_ms: int, ages_apart_ms: int, behind_ms: int
) -> None:
    stage.given(LIVE).when(seal(enter("v0", CURTAIN_AT - 600_000)))
    stage.when(seal(enter("v1", CURTAIN_AT + after_ms - 600_000 - ages_apart_ms)), at=CURTAIN_AT + after_ms)
    assert batches(stage)[1].behind_ms == behind_ms


def test_what_is_set_back_is_not_set_forward_too_however_a_clock_swings(stage: Stage) -> None:
    stage.given(LIVE)
    for after_ms, off_ms in ((0, 200_000), (10_000, -70_000), (20_000, -70_000), (30_000, 130_000)):
        now = CURTAIN_AT + after_ms
        stage.when(seal(enter(f"v{after_ms}", now + off_ms)), at=now)
    assert [(batch.skew_ms, batch.behind_ms) for batch in batches(stage)] == [(200_000, 0), (0, 0), (0, 70_000), (200_000, 0)]
    assert batches(stage)[3].last_at == CURTAIN_AT + 30_000 - 70_000


def test_a_source_of_orders_alone_has_a_lamp_that_says_what_fell_before_air(stage: Stage) -> None:
    stage.given(LIVE)
    for n, newest in enumerate((-90_000, -60_000, -30_000)):
        hear = HearOrders(source="shop", count=2, newest_at=CURTAIN_AT + newest, placed=(CURTAIN_AT + newest,))
        stage.when(hear, at=CURTAIN_AT + n * 30_000)
    lamp = stage.row("audience.sources", "shop")
    assert (lamp.orders, lamp.before_air, lamp.behind_ms, lamp.open) == (6, 1, 90_000, True)
    assert (lamp.sealed_at, lamp.last_at, lamp.lag_ms) == (CURTAIN_AT + 60_000, CURTAIN_AT + 60_000, 0)
    fast = HearOrders(source="fast", count=2, oldest_at=CURTAIN_AT + 89_000, newest_at=CURTAIN_AT + 90_000)
    stage.when(fast, at=CURTAIN_AT)
    assert stage.row("audience.sources", "fast").skew_ms == 90_000
    mixed = HearOrders(source="mixed", count=2, oldest_at=CURTAIN_AT + 5_000, newest_at=CURTAIN_AT + 90_000)
    stage.when(mixed, at=CURTAIN_AT)  # one of its orders is of now: it is no clock
    assert stage.row("audience.sources", "mixed").skew_ms == 0
    stage.given(ShowEnded(show_id="s1"))
    stage.when(HearOrders(source="shop", count=1)).then()


def test_who_tells_of_a_room_after_the_end_is_known_once_and_its_lamp_rests(stage: Stage) -> None:
    """Whose names its buyers go by is known by all who tell of their room, whenever they do."""
    stage.given(LIVE).given(ShowEnded(show_id="s1"))
    for source, told in (("zerp", 1), ("ashop", 1), ("zerp", 0)):
        said = stage.when(HearOrders(source=source, room="r1", count=1, newest_at=AT))
        said.then(*[AudienceOrdersTold(source=source, room="r1", count=1, newest_at=AT)] * told)
    assert (lamp_of(stage, "zerp/r1").open, lamp_of(stage, "ashop/r1").open) == (False, False)


def test_what_the_door_refused_stands_on_the_lamp(stage: Stage) -> None:
    stage.when(seal(enter("v1"))).when(CountRefused(source="shop", room="r1", codes={"ingest.unread": 2}))
    stage.when(CountRefused(source="shop", room="r1", codes={"ingest.unread": 1, "order.bad_line": 1}))
    assert refused_of(stage) == {"ingest.unread": 3, "order.bad_line": 1}
    assert lamp_of(stage).open is True


def test_a_shop_without_an_order_is_quiet_and_never_broken(stage: Stage) -> None:
    """Orders that came every second say nothing of when the next one comes; what tells of viewers too is cut off."""
    for second in range(60):
        stage.given(AudienceOrdersTold(source="shop", room="", count=1), at=AT + second * 1000)
    stage.given(AudienceOrdersTold(source="shop", room="", count=1), at=AT + 107_000)
    row = stage.row("audience.sources", "shop")
    assert (row.misses, row.outages) == (False, 0)
    stage.given(AudienceRepeated(source="shop", room="", duplicates=0), at=AT + 108_000)
    assert stage.row("audience.sources", "shop").misses  # it says that it is there
