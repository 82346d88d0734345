"""A coin said now or later: the difference between the two is the move's, whatever bursts, slumps and wandering rates do."""

import math
from collections.abc import Sequence
from itertools import combinations

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.analysis.interval import Z95, Verdict
from kaibo.analysis.placebo import FOUND_EFFECT, FOUND_Z

SHARE = 0.05
DEALS_MAX = 5_000  # ways in which so many coins can fall: beyond that there are enough of them for Student's test
LEAST = 4  # on either side: of eight tosses one way in 35 is as lopsided, of six one in ten


class Tossed(msgspec.Struct, frozen=True, kw_only=True):
    """`now` and `later` are how often the coin said which. `ratio` of the typical change with the move to that without, None while one side is empty.

    `verdict` by the share of all ways in which the same coins could have fallen that differ at least as much (exact, no shape of chance
    is supposed), of many tosses by Welch's test; `more`: about so many further tosses would tell an increase by half, None where they tell.
    """

    now: int
    later: int
    ratio: float | None
    verdict: Verdict
    more: int | None


def compare(now: Sequence[float], later: Sequence[float]) -> Tossed:
    """From the logs of the ratios of orders after to before."""
    if not now or not later:
        return Tossed(
            now=len(now), later=len(later), ratio=None, verdict="too_little", more=max(1, 2 * LEAST - len(now) - len(later))
        )
    difference = float(np.mean(now) - np.mean(later))
    verdict: Verdict = "no_clear_effect"
    if min(len(now), len(later)) < LEAST:
        verdict = "too_little"
    elif _differs(now, later):
        verdict = "up" if difference > 0 else "down"
    more = _more(now, later) if verdict in ("no_clear_effect", "too_little") else None
    return Tossed(now=len(now), later=len(later), ratio=math.exp(difference), verdict=verdict, more=more)


def _differs(now: Sequence[float], later: Sequence[float]) -> bool:
    """Whether chance alone leaves them so far apart at most once in twenty times."""
    if math.comb(len(now) + len(later), len(now)) <= DEALS_MAX:
        return _share(np.array([*now, *later]), len(now)) <= SHARE
    sides = [(float(np.var(side, ddof=1)) / len(side), len(side) - 1) for side in (now, later)]
    error = sum(part for part, _ in sides)
    if error <= TINY:
        return not math.isclose(float(np.mean(now)), float(np.mean(later)))
    free = error**2 / sum(part**2 / each for part, each in sides)
    return abs(float(np.mean(now) - np.mean(later))) > _student(free) * math.sqrt(error)


def _share(logs: NDArray[np.float64], count: int) -> float:
    """Of all ways in which the coin could have fallen, the share that differ by as much."""
    others = len(logs) - count
    each: list[float] = logs.tolist()
    sums = np.array(list(map(math.fsum, combinations(each, count))), np.float64)
    differences = np.abs(sums / count - (logs.sum() - sums) / others)
    return int(np.count_nonzero(differences >= differences[0] - TINY)) / len(sums)  # the first is as they fell


def _student(free: float) -> float:
    """The quantile of 97.5 % of Student's distribution, from the normal one (Cornish and Fisher; to 0.1 % from five degrees of freedom on)."""
    return Z95 + (Z95**3 + Z95) / (4 * free) + (5 * Z95**5 + 16 * Z95**3 + 3 * Z95) / (96 * free**2)


TINY = 1e-9


def _more(now: Sequence[float], later: Sequence[float]) -> int:
    """Of an even coin, from how far the changes scatter."""
    scatter = float(np.concatenate([np.array(now) - np.mean(now), np.array(later) - np.mean(later)]).std())
    wanted = math.ceil((2 * FOUND_Z * max(scatter, 0.1) / FOUND_EFFECT) ** 2)
    return max(1, max(wanted, 2 * LEAST) - len(now) - len(later))
