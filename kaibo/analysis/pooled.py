"""Like moves of many shows together: each in units of what chance does in its own show, so that they may be averaged."""

import math
from collections.abc import Sequence

import msgspec

from kaibo.analysis.interval import Z95, Verdict
from kaibo.analysis.placebo import FOUND_EFFECT, FOUND_Z

LEAST = 2  # one alone has its own verdict


class Pooled(msgspec.Struct, frozen=True, kw_only=True):
    """`count` moves, the geometric mean of their ratios, and about how many `more` would tell an increase by half; None where they tell."""

    count: int
    ratio: float
    verdict: Verdict
    more: int | None


def pooled(logs: Sequence[float], standards: Sequence[float]) -> Pooled:
    """From the logs of the ratios and the same in units of chance; there is at least one."""
    count = len(logs)
    size = sum(standards) / math.sqrt(count)
    verdict: Verdict = "no_clear_effect"
    if count >= LEAST and abs(size) > Z95:
        verdict = "up" if size > 0 else "down"
    chances = [abs(log / standard) for log, standard in zip(logs, standards, strict=True) if abs(standard) > TINY]
    chance = sum(chances) / len(chances) if chances else 1.0
    wanted = math.ceil((FOUND_Z * chance / FOUND_EFFECT) ** 2)
    more = max(1, wanted - count) if verdict == "no_clear_effect" else None
    return Pooled(count=count, ratio=math.exp(sum(logs) / count), verdict=verdict, more=more)


TINY = 1e-6
