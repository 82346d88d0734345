"""Who is in the room is known while all who tell who comes in tell who goes; and nobody stays longer than the time that is looked at."""

from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from kaibo.analysis.definitions import DEFINED
from kaibo.analysis.evaluate import evaluate, measured
from kaibo.core.stage import Stage
from kaibo.features.audience.commands import Kind
from kaibo.features.metric.commands import SampleFigures
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_house import SYSTEM, tile
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, did, paid
from kaibo.features.metric.tests.test_metric_laws import Recount, nights, played
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowAired, ShowEnded

ASSUMED = {"online": 40, "pcu": 40}  # as if nobody left
UNKNOWN = ("stay_per_view_s", "stay_60")
LATER = START + 15 * MINUTE


@pytest.fixture
def room() -> Room:
    """A source that does not say whether it tells who goes."""
    return Room(tells_leaves=False)


@pytest.fixture
def stage(room: Room) -> Stage:
    """Forty come in the first minute; a quarter of an hour later four of them say something, and one buys."""
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None), at=START)
    stage.given(room.batch(*(did("enter", f"v{n}", START + n * 1000) for n in range(40))), at=START + MINUTE)
    stage.given(CueWent(cue_id="c2", pass_id="p2", via="go", from_cue_id="c1"), at=START + 12 * MINUTE)
    stage.given(room.batch(*(did("comment", f"v{n}", LATER + n) for n in range(4))), at=LATER + 4)
    return stage.given(created("o1", "v1", LATER, "c2"), paid("o1", "v1", LATER, "c2"), at=LATER + 5)


def unsure(stage: Stage) -> bool:
    """Whether what stands on who goes says so: with a value as if nobody did, and without one where that says nothing."""
    rows = stage.rows("metric.tiles")
    told = {rows[name].untold for name in (*ASSUMED, "acu", "stay_s", *UNKNOWN)}
    assert len(told) == 1
    assert all(rows[name].value is not None for name in (*ASSUMED, "acu", "stay_s"))
    assert all((rows[name].value is None) == (told == {("leave",)}) for name in UNKNOWN)
    assert (stage.rows("metric.retention") == {}) == (told == {("leave",)})
    return told == {("leave",)}


def test_of_a_source_that_never_tells_who_goes_all_who_came_are_there_and_it_says_so(stage: Stage) -> None:
    assert unsure(stage)
    assert {name: tile(stage, name).value for name in ASSUMED} == ASSUMED
    assert [tile(stage, name).value for name in ("uv", "pv", "conversion")] == [40, 40, 1 / 40]
    assert tile(stage, "uv").untold == ()


def test_who_sits_and_watches_is_a_viewer_of_a_window_and_stays_no_longer_than_it(stage: Stage) -> None:
    assert tile(stage, "uv").last_10 == 40
    stay = tile(stage, "stay_s").last_10
    assert stay is not None
    assert 540 <= stay <= 600
    conversion = tile(stage, "conversion")
    assert (conversion.last_10, conversion.untold, conversion.untold_windows) == (1 / 40, (), ("leave",))
    cue = stage.row("metric.cues", "c2")
    assert (cue.uv, cue.buyers, cue.conversion) == (40, 1, 1 / 40)


def test_a_sample_says_nothing_of_it_so_neither_alarm_nor_proposal_nor_a_later_show_can(stage: Stage) -> None:
    stage.when(SampleFigures(), by=SYSTEM, at=LATER + MINUTE)
    sample = stage.events[-1].fact
    assert isinstance(sample, MetricSampled)
    assert sample.last_10 is not None
    assert not {"online", "pcu", "watch_s", "visits", "stays", "stays_60s"} & (sample.whole.keys() | sample.last_10.keys())


def test_the_first_who_goes_makes_all_of_it_known_from_the_beginning(stage: Stage, room: Room) -> None:
    stage.rows("metric.retention")
    stage.given(room.batch(did("leave", "v0", LATER + MINUTE)), at=LATER + MINUTE)
    assert not unsure(stage)
    assert (tile(stage, "online").value, tile(stage, "pcu").value, tile(stage, "uv").last_10) == (39, 40, 40)
    assert tile(stage, "stay_60").value == 1
    assert stage.row("metric.cues", "c2").uv == 40
    assert stage.row("metric.minutes", str(START // MINUTE)).online == 40
    assert stage.row("metric.retention", "all").entrants == 40


def test_one_source_that_leaves_it_out_makes_it_unknown_until_it_tells(stage: Stage, room: Room) -> None:
    """Another platform tells who goes: its people alone are not the room."""
    stage.given(room.batch(did("leave", "v0", LATER + MINUTE)), at=LATER + MINUTE)
    other = replace(room.batch(did("enter", "w1", LATER + MINUTE)), source="fb")
    stage.given(other, at=LATER + MINUTE)
    assert unsure(stage)
    stage.given(replace(room.batch(did("leave", "w1", LATER + 2 * MINUTE)), source="fb"), at=LATER + 2 * MINUTE)
    assert tile(stage, "online").value == 39


def test_two_sources_of_one_room_tell_it_together(stage: Stage, room: Room) -> None:
    stage.given(replace(room.batch(did("leave", "v0", LATER)), source="second", platform="shop"), at=LATER + 5)
    assert tile(stage, "online").value == 39


def test_a_source_of_comments_alone_takes_nothing_from_what_others_tell(stage: Stage, room: Room) -> None:
    stage.given(room.batch(did("leave", "v0", LATER)), at=LATER + 5)
    stage.given(replace(room.batch(did("comment", "w1", LATER)), source="fb"), at=LATER + 5)
    assert tile(stage, "online").value == 39


def test_where_all_stayed_to_the_end_a_source_that_says_so_is_believed() -> None:
    room = Room(tells_leaves=True)
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(room.batch(*(did("enter", f"v{n}", START) for n in range(3))), at=START)
    stage.given(ShowEnded(show_id="s1"), at=LATER)
    assert [tile(stage, name).value for name in ("online", "stay_60", "stay_s")] == [3, 1, 900]
    assert stage.row("metric.retention", "all").share[:5] == (1, 1, 1, 1, 1)


def test_a_stay_in_a_window_is_never_longer_than_the_window() -> None:
    """Forty sit there for half an hour, one comes in: it was everybody's time over that one."""
    room = Room()
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(room.batch(*(did("enter", f"v{n}", START) for n in range(40))), at=START)
    stage.given(room.batch(did("enter", "late", START + 28 * MINUTE)), at=START + 28 * MINUTE)
    stay = tile(stage, "stay_per_view_s")
    assert (stay.last_10, stay.prev_10) == (pytest.approx((40 * 541 + 1) / 41), 600)
    assert (stay.denominator, stay.value) == (41, pytest.approx((40 * 1681 + 1) / 41))


def test_who_left_early_and_who_came_just_now_are_alike_too_young_to_say_whether_they_stayed() -> None:
    """Somebody comes every two seconds, and every other leaves after ten: half of them stay, in the newest window as in the whole."""
    room = Room()
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    moves: list[tuple[Kind, str, int]] = []
    for n in range(450):
        came = START + n * 2000
        moves += [("enter", f"v{n}", came), *([("leave", f"v{n}", came + 10_000)] if n % 2 else [])]
    newest = START + 15 * MINUTE
    for batch in (moves[:300], moves[300:]):
        stage.given(room.batch(*(did(kind, who, at) for kind, who, at in batch if at <= newest)), at=newest)
    stay = tile(stage, "stay_60")
    assert (stay.value, stay.denominator) == (pytest.approx(0.5, abs=0.01), 421)
    assert stay.last_10 == pytest.approx(0.5, abs=0.01)
    again = room.batch(
        did("enter", "v449", START), did("leave", "v449", START + 1)
    )  # told late: counted anew, and no longer young
    stage.given(again, at=newest)
    assert tile(stage, "stay_60").denominator == 422


def visits(recount: Recount, first: int, last: int) -> int:
    """Who was in the room when the second `first` began, and every coming after that to the end of `last`; slowly."""
    inside: set[str] = set()
    came = 0
    for at, leaves, viewer in recount.moves:
        came += first <= at // 1000 <= last and not leaves and viewer not in inside
        (inside.discard if leaves else inside.add)(viewer)
    return came + len(recount.inside_at(first * 1000 - 1))


@settings(max_examples=150, deadline=None)
@given(nights)
def test_nobody_stays_longer_than_the_time_that_is_looked_at(night: list[tuple[int, Any]]) -> None:
    """avg stay <= length, of the show and of both windows; and the visits are those that a slow recount finds."""
    house = played(night)
    stay, recount = tile(house.stage, "stay_per_view_s"), Recount(house)
    if not recount.times or not any(each.kind == "enter" for each in house.items):
        return
    first, newest = min(recount.times) // MINUTE * 60, max(recount.times) // 1000
    assert stay.denominator == visits(recount, first, newest)
    assert stay.value is None or 0 <= stay.value <= newest - first + 1
    for back, seconds in ((0, stay.last_10), (10, stay.prev_10)):
        last = min((recount.newest - back) * 60 + 59, newest)
        begins = max(first, (recount.newest - back - 9) * 60)
        assert seconds is None or 0 <= seconds <= last - begins + 1
        stayed = sum(recount.online_at(second) for second in range(begins, last + 1))
        assert seconds == (pytest.approx(stayed / count) if last >= begins and (count := visits(recount, begins, last)) else None)


def test_a_stay_of_two_that_share_a_viewer_is_told_apart() -> None:
    """Coming, going and coming again are two visits; entering twice is one."""
    room = Room()
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    moves = [("enter", 0), ("enter", 1), ("leave", 10), ("enter", 20), ("leave", 29)]
    stage.given(room.batch(*(did(kind, "v1", START + at * 1000) for kind, at in moves)), at=START + MINUTE)
    assert (tile(stage, "stay_per_view_s").denominator, tile(stage, "stay_per_view_s").value) == (2, 9.5)
    assert tile(stage, "pv").value == 3


OLD = {"pv": 40.0, "uv": 40.0, "stays": 40.0, "stays_60s": 40.0, "watch_s": 4000.0, "live_s": 100.0, "pcu": 40.0}


@pytest.mark.parametrize(("online", "stays"), [(40.0, None), (3.0, 100.0)])
def test_summaries_of_before_know_it_where_somebody_had_gone(online: float, stays: float | None) -> None:
    """Where all who ever came were counted as there after the end, no source told who goes."""
    raw = measured(OLD | {"online": online})
    assert evaluate(DEFINED["stay_per_view_s"], raw) == stays
    assert evaluate(DEFINED["pcu"], raw) == (None if stays is None else 40)
    assert evaluate(DEFINED["uv"], raw) == 40
