"""Stories of a quiet room: the show goes on though nobody says anything, and all tables tell of the same show."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from kaibo.core.stage import Stage
from kaibo.features.audience.facts import AudienceRepeated
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.minutes import _unmark
from kaibo.features.metric.retention import STEPS
from kaibo.features.metric.tests.test_metric import MINUTE, PLANNED, START, Room, created, did, paid
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import ShowAired, ShowEnded

END = START + 25 * MINUTE
HEARTBEAT = AudienceRepeated(source="fb", room="", duplicates=0)


def sample(at: int) -> MetricSampled:
    return MetricSampled(at=at, whole={}, last_10=None, prev_10=None)


@pytest.fixture
def stage() -> Stage:
    """Fifty come in the first minute and stay; one order; nobody says anything more."""
    room = Room()
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None))
    stage.given(room.batch(*[did("enter", f"v{n}", START + n * 1000) for n in range(50)]), at=START + 50_000)
    return stage.given(created("a", "b1", START + MINUTE), paid("a", "b1", START + MINUTE + 1000), at=START + MINUTE + 1000)


def windows(stage: Stage, name: str) -> tuple[float | None, float | None]:
    row = stage.row("metric.tiles", name)
    return row.last_10, row.prev_10


@pytest.mark.parametrize("sign", [lambda _at: HEARTBEAT, sample], ids=["a heartbeat", "the timer"])
def test_windows_move_on_though_nothing_comes(stage: Stage, sign: Any) -> None:
    stage.given(sign(START + 12 * MINUTE), at=START + 12 * MINUTE)
    assert windows(stage, "orders_paid") == (0, 1)
    assert windows(stage, "uv") == (50, 50)
    stage.given(sign(START + 24 * MINUTE), at=START + 24 * MINUTE)
    assert (windows(stage, "orders_paid"), windows(stage, "online")) == ((0, 0), (50, 50))
    assert stage.row("metric.tiles", "stay_s").last_10 == pytest.approx(541)
    assert stage.row("metric.cues", "c1").on_air_ms == 24 * MINUTE
    assert sum(stage.row("metric.products", "serum").spark) == paid("a", "b1", START).amount_minor
    assert len(stage.rows("metric.minutes")) == 25


def test_a_show_that_is_not_on_air_does_not_go_on_by_itself() -> None:
    stage = Stage(FEATURE).given(PLANNED, Room().batch(did("enter", "v1", START)), at=START)
    stage.given(HEARTBEAT, at=START + 12 * MINUTE)
    assert windows(stage, "uv") == (1, None)


def test_after_the_end_nothing_contradicts_anything(stage: Stage) -> None:
    stage.given(ShowEnded(show_id="s1"), at=END)
    stage.given(HEARTBEAT, at=END + 10 * MINUTE)
    tile = stage.row("metric.tiles", "stay_60")
    assert (tile.at, tile.value) == (END, 1.0)
    assert stage.row("metric.tiles", "stay_s").value == pytest.approx(1500 - 24.5)
    assert windows(stage, "gmv_paid") == (0, 0)
    every = stage.row("metric.retention", "all")
    assert every.share == (1.0,) * 7 + (None,) * 3  # 1 to 20 minutes are known, half an hour is not
    minutes = stage.rows("metric.minutes")
    assert sorted(map(int, minutes)) == list(range(START // MINUTE, END // MINUTE + 1))
    assert {row.online for row in minutes.values()} == {50}
    assert sum(row.orders_paid for row in minutes.values()) == 1


def test_who_sits_and_watches_is_a_viewer_of_the_cue(stage: Stage) -> None:
    stage.given(CueWent(cue_id="c2", pass_id="p2", via="go", from_cue_id="c1"), at=START + 5 * MINUTE)
    row = stage.row("metric.cues", "c2")
    assert (row.uv, row.comments) == (50, None)  # no source tells of comments
    assert stage.row("metric.cues", "c1").uv == 50


def test_a_move_told_late_stands_right_in_every_cue() -> None:
    room = Room()
    stage = Stage(FEATURE).given(PLANNED, ShowAired(show_id="s1"), at=START)
    stage.given(room.batch(did("enter", "v1"), did("enter", "v2", START + 1)))
    for minute, cue_id in ((1, "c1"), (2, "c2"), (3, "c1")):
        stage.given(CueWent(cue_id=cue_id, pass_id=f"p{minute}", via="go", from_cue_id=None), at=START + minute * MINUTE)
    assert [stage.row("metric.cues", cue_id).uv for cue_id in ("c1", "c2")] == [2, 2]
    stage.given(room.batch(did("leave", "v1", START + MINUTE - 1), did("enter", "v3", START + MINUTE + 1)))
    stage.given(room.batch(did("leave", "v3", START + 2 * MINUTE)))
    assert [stage.row("metric.cues", cue_id).uv for cue_id in ("c1", "c2")] == [2, 2]  # v2 and v3; v2, and v3 who leaves in it


def test_a_go_that_was_undone_is_unmarked_where_it_stood_though_more_was_marked_since() -> None:
    curves = SimpleNamespace(marks={1: ("cue:a", "cue:b", "cue:a"), 2: ("pin:x",)})
    assert list(_unmark(cast("Any", curves), "cue:a")) == ["1"]
    assert curves.marks == {1: ("cue:a", "cue:b"), 2: ("pin:x",)}


def test_retention_is_read_at_the_minutes_the_book_names() -> None:
    assert STEPS == (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)
