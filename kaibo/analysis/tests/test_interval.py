"""The interval keeps its word: it holds the truth about as often as it says, and cries wolf seldom."""

import numpy as np
import pytest

from kaibo.analysis.interval import RateRatio, rate_ratio

BUCKETS, SHOWS = 30, 1500


@pytest.mark.parametrize("truth", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("mean", [0.6, 5.0])
@pytest.mark.parametrize("burst", [1.0, 3.0])
def test_the_truth_lies_inside_about_95_times_in_a_hundred(truth: float, mean: float, burst: float) -> None:
    chance = np.random.default_rng(7)
    inside = said = 0
    for _ in range(SHOWS):
        before, after = counts(chance, mean, burst), counts(chance, mean * truth, burst)
        effect = rate_ratio(before, after, 300, 300)
        if effect.low is None or effect.high is None:
            continue
        said += 1
        inside += effect.low <= truth <= effect.high
    assert said > SHOWS / 2
    assert 0.92 < inside / said < 0.99


def counts(chance: np.random.Generator, mean: float, burst: float) -> list[float]:
    """Counts of buckets; above 1 `burst` is variance / mean (negative binomial)."""
    if burst == 1.0:
        return chance.poisson(mean, BUCKETS).tolist()
    share = 1 / burst
    return chance.negative_binomial(mean * share / (1 - share), share, BUCKETS).tolist()


def test_few_events_say_nothing_and_no_difference_is_said_to_be_none() -> None:
    assert rate_ratio([1, 0], [2, 1], 60, 60) == RateRatio(verdict="too_little")
    assert rate_ratio([5, 5], [5, 5], 0, 60).verdict == "too_little"
    assert rate_ratio([5, 4, 6], [5, 6, 5], 60, 60).verdict == "no_clear_effect"


def test_a_clear_change_is_called_and_more_viewers_alone_are_no_effect() -> None:
    assert rate_ratio([10] * 10, [30] * 10, 300, 300).verdict == "up"
    assert rate_ratio([30] * 10, [10] * 10, 300, 300).verdict == "down"
    assert rate_ratio([10] * 10, [30] * 10, 300, 900).verdict == "no_clear_effect"
