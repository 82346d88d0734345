"""Stories of the newest ten minutes beside the ten before: a room that stays as it is neither falls nor rises, whatever the second."""

import pytest

from kaibo.core.stage import Stage
from kaibo.features.metric.feature import FEATURE
from kaibo.features.metric.tests.test_house import tile
from kaibo.features.metric.tests.test_metric import PLANNED, START, Room, did
from kaibo.features.show.facts import ShowAired

PEOPLE = 10


def steady(until_s: int, aired_s: int = 0) -> Stage:
    """Ten people are there from the beginning, and each says something every ten seconds."""
    room, stage = Room(), Stage(FEATURE).given(PLANNED, at=START)
    stage.given(ShowAired(show_id="s1"), at=START + aired_s * 1000)
    stage.given(room.batch(*(did("enter", f"v{n}", START + aired_s * 1000) for n in range(PEOPLE))), at=START + aired_s * 1000)
    for second in range(aired_s + 10, until_s + 1, 10):
        at = START + second * 1000
        stage.given(room.batch(*(did("comment", f"v{n}", at) for n in range(PEOPLE))), at=at)
    return stage


@pytest.mark.parametrize("aired_s", [0, 20, 50])
@pytest.mark.parametrize("until_s", [1500, 1530, 1550])
def test_nothing_changed(aired_s: int, until_s: int) -> None:
    stage = steady(until_s, aired_s)
    for name in ("comments", "stay_s", "engagement", "comment_rate", "uv", "online"):
        row = tile(stage, name)
        assert row.change == pytest.approx(0, abs=0.02), name
    comments = tile(stage, "comments")
    assert comments.last_10 < comments.prev_10 or until_s % 60 == 50  # though the newest is shorter


def test_of_a_window_that_was_on_air_for_a_part_nobody_can_say() -> None:
    assert tile(steady(605), "comments").change is None
    assert tile(steady(1190), "comments").change is not None


def test_half_as_many_words_are_half_as_many() -> None:
    stage, room = steady(1200), Room()
    for second in range(1210, 1801, 20):
        stage.given(
            room.batch(*(did("comment", f"v{n}", START + second * 1000) for n in range(PEOPLE))), at=START + second * 1000
        )
    assert tile(stage, "comments").change == pytest.approx(-0.5, abs=0.03)
    assert tile(stage, "ad_roi").change is None
