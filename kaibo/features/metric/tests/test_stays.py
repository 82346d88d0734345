"""How long people stay, at the edges: three hours and more, what changed, and what is told again."""

from typing import TypeAlias

import numpy as np
import pytest

from kaibo.features.metric.crowd import Crowd
from kaibo.features.metric.stays import MINUTES_MAX, Stays

Step: TypeAlias = tuple[int, int, int]  # viewer, second, +1 or -1


def steps(*told: Step) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    viewers, seconds, deltas = zip(*told, strict=True)
    return np.array(viewers, np.uint32), np.array(seconds, np.int64), np.array(deltas, np.int64)


def stayed(*told: Step) -> Stays:
    stays = Stays()
    stays.take(*steps(*told))
    return stays


@pytest.mark.parametrize("minutes", [MINUTES_MAX - 2, MINUTES_MAX - 1, MINUTES_MAX, MINUTES_MAX + 1, 3 * MINUTES_MAX])
def test_a_stay_of_hours_is_counted_up_to_three(minutes: int) -> None:
    stays = stayed((0, 0, 1), (0, minutes * 60, -1))
    reached = [stays.reached(0, each) for each in range(MINUTES_MAX + 1)]
    assert reached == [each <= minutes for each in range(MINUTES_MAX + 1)]


def test_who_goes_changes_the_minute_they_came_in() -> None:
    stays = stayed((0, 30, 1))
    stays.touched.clear()
    stays.take(*steps((0, 600, -1)))
    assert stays.touched == {0}


def test_what_is_told_again_is_counted_once() -> None:
    told: tuple[Step, ...] = ((0, 0, 1), (0, 300, -1), (1, 30, 1), (1, 40, -1))
    stays = stayed(*told)
    once = stays.reached(0, 3), stays.total((0,), 90)
    stays.clear()
    stays.take(*steps(*told))
    assert (stays.reached(0, 3), stays.total((0,), 90)) == once == (1, (2, 1))


def test_who_came_at_the_first_instant_of_all_is_there_on_air() -> None:
    crowd = Crowd()
    crowd.move(np.array([0], np.uint32), np.array([0], np.int64), np.array([False]))
    crowd.begin(60_000)
    assert crowd.there[0]


def test_what_was_asked_of_a_second_is_asked_anew_when_more_of_it_is_told() -> None:
    """Nobody who came less than a minute ago counts, whoever was counted for that second before."""
    stays = stayed((0, 0, 1), (0, 90, -1))
    assert stays.total((0,), 100) == (1, 1)
    stays.take(*steps((1, 50, 1)))
    assert stays.total((0,), 100) == (1, 1)
    stays.take_back(*steps((1, 50, 1)))
    assert stays.total((0,), 100) == (1, 1)
    stays.take(*steps((1, 45, 1)))
    assert stays.total((0,), 100) == (1, 1)
