"""Did a move change how often something happens? A rate after against a rate before, with an interval one may believe."""

import math
from collections.abc import Sequence
from typing import Literal

import msgspec

Verdict = Literal["up", "down", "no_clear_effect", "too_little"]
Z95 = 1.959964
EVENTS_LEAST = 8  # in both windows together: below that any interval is so wide that it says nothing


class RateRatio(msgspec.Struct, frozen=True, kw_only=True):
    """`ratio` of the rate after to the rate before, between `low` and `high` with 95 % confidence; None when nobody can say.

    `dispersion` is how much burstier than chance the counts were (1: as chance): the interval is widened by its root.
    """

    verdict: Verdict
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    dispersion: float = 1.0


def rate_ratio(before: Sequence[float], after: Sequence[float], exposure_before: float, exposure_after: float) -> RateRatio:
    """Compare counts in equal short buckets of the time before and after, per exposure (seconds, or seconds watched).

    The log of the ratio is taken for normal with half an event added to each side; its variance is that of Poisson
    counts times the dispersion of the buckets, because orders come in bursts.
    """
    first, second = sum(before), sum(after)
    if exposure_before <= 0 or exposure_after <= 0 or first + second < EVENTS_LEAST:
        return RateRatio(verdict="too_little")
    spread = max(1.0, _dispersion(before, after))
    middle = math.log((second + 0.5) / exposure_after) - math.log((first + 0.5) / exposure_before)
    half = Z95 * math.sqrt(spread * (1 / (first + 0.5) + 1 / (second + 0.5)))
    low, high = math.exp(middle - half), math.exp(middle + half)
    verdict: Verdict = "up" if low > 1 else "down" if high < 1 else "no_clear_effect"
    return RateRatio(verdict=verdict, ratio=math.exp(middle), low=low, high=high, dispersion=spread)


def _dispersion(*windows: Sequence[float]) -> float:
    """Pearson's chi-square of the buckets around their own window's mean, per degree of freedom."""
    chi, free = 0.0, 0
    for counts in windows:
        mean = sum(counts) / len(counts) if counts else 0.0
        if mean > 0 and len(counts) > 1:
            chi += sum((count - mean) ** 2 for count in counts) / mean
            free += len(counts) - 1
    return chi / free if free else 1.0
