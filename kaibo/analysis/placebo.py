"""Did a move change how often something is ordered? Its change is ranked among the changes of the same show where nothing was done.

Orders come in bursts and their rate wanders: errors worked out from single orders call half of all moves that did nothing a
success. A show that runs for an hour holds dozens of moments that nobody touched; what such moments "bring" says what
chance brings, whatever its nature. The largest change on the way is ranked, not the last one, so that one may look as often
as one likes.
"""

import math
from dataclasses import dataclass
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.analysis.interval import EVENTS_LEAST, Z95, Verdict

Floats = NDArray[np.float64]
Basis = Literal["placebo", "slumps", "spread"]

STEP_MS = 10_000  # from one placebo to the next, and from one look to the next
FIRST_LOOK_MS = 60_000  # in the first minute a single order is a large change
SLUMP = 0.7  # of the rate of the show so far: who acts below it acts because of it, and most slumps end by themselves
SLUMP_AFTER_MS = 600_000  # before that there is no rate so far to speak of
APART_LEAST = 12.0  # so many windows side by side: among fewer, the largest change says little
SHARE = 0.05
CLUMPED = 0.4  # neighbouring moments are alike, so the largest of few are less large than they look; found by `bench effects`
Z_SPREAD = 2.5  # looks every ten seconds make 1.96 too narrow
WANDER = 0.3  # standard deviation of the log of a ratio of two neighbouring windows, by the wandering of the rate alone
BLOCKS = (1, 3, 6, 10)  # of ten seconds: bursts are looked for at each length
FOUND_EFFECT = math.log(1.5)  # what "how many more would tell" speaks of,
NEEDED_MAX = 200  # a team makes a few in a show
FOUND_Z = 1.959964 + 0.841621  # seen four times in five


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """`ratio` of the rate after to the rate before, between `low` and `high`; None when nobody can say, or nothing was ordered before.

    Over nothing there is no ratio, however clear the verdict is.

    `basis`: placebo (ranked among `placebos` moments of the show where nothing was done), slumps (among slumps, because it was
    started in one) or spread (too few of them: a wide interval from bursts and wandering rates as shows have them). `standard` is the
    log of the ratio in units of what chance does, None for spread: such numbers of several shows may be averaged. `needed`: like
    moves in all that would tell an effect of one half more; None where so many that nobody makes them.
    """

    verdict: Verdict
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    dispersion: float = 1.0
    basis: Basis = "spread"
    placebos: int = 0
    slump: bool = False
    standard: float | None = None
    needed: int | None = None


@dataclass(frozen=True)
class Course:
    """What a show tells: instants of orders in order, the time on air, and the exposure by an instant on a straight line between two points.

    All instants are ms. `changes`: where something was done, or ended, that may have moved these orders. `over`: the show has ended.
    """

    orders: Floats
    air: tuple[int, int]
    exposure_at: Floats
    exposure: Floats
    changes: tuple[int, ...] = ()
    over: bool = False

    def by(self, at: Floats) -> Floats:
        """Orders before each of these instants."""
        return np.searchsorted(self.orders, at, side="left").astype(np.float64)

    def exposed(self, at: Floats) -> Floats:
        """Exposure up to each of these instants."""
        return np.interp(at, self.exposure_at, self.exposure)


@dataclass(frozen=True)
class Windows:
    """So long before and after an instant, ms."""

    before_ms: int
    after_ms: int

    def looks(self) -> Floats:
        """Lengths of the time after at which somebody may look."""
        steps = np.arange(FIRST_LOOK_MS, self.after_ms, STEP_MS, dtype=np.float64)
        return np.append(steps, float(self.after_ms))


def judge(course: Course, at: int, windows: Windows, reached_ms: int | None = None) -> Effect:
    """What became of the orders after `at`, as far as it is known (`reached_ms` of the time after; None: all of it)."""
    reached = windows.after_ms if reached_ms is None else reached_ms
    middle = np.array([float(at)])
    change = _change(course, middle, windows.before_ms, np.array([float(reached)]))
    if windows.before_ms <= 0 or reached < max(1, min(FIRST_LOOK_MS, windows.after_ms)) or not change.tells():
        return Effect(verdict="too_little")
    slump = bool(_slump(course, middle, windows.before_ms)[0])
    log, error = float(change.log[0, 0]), float(change.error[0, 0])
    others = _others(course, at, windows, slump=slump)
    if others.apart < APART_LEAST:
        return _by_spread(course, at, windows.before_ms, reached, change, slump=slump)
    typical, chance = others.usual(error)
    said = Effect(
        verdict="too_little",
        basis="slumps" if slump else "placebo",
        placebos=len(others.largest),
        slump=slump,
        standard=(log - typical) / chance,
        needed=_needed(chance),
    )
    return _effect((log, _critical(others.largest, others.apart) * error), error, said, based=change.based())


@dataclass(frozen=True)
class _Others:
    """Moments to compare with: the largest change on the way and the log of the last one, and how many they are side by side."""

    largest: Floats
    logs: Floats
    apart: float

    def usual(self, error: float) -> tuple[float, float]:
        """What chance brings on the whole, and how far it scatters: no less than single orders do."""
        if not len(self.logs):
            return 0.0, error
        typical = float(np.median(self.logs))
        return typical, max(error, float(np.sqrt(np.mean((self.logs - typical) ** 2))))


def _others(course: Course, at: int, windows: Windows, *, slump: bool) -> _Others:
    """Those before it, which stay as they are; those after it too where these are too few and the show is over."""
    largest, logs, apart = changes_of(course, windows, slump=slump, until=at)
    if course.over and apart < APART_LEAST:
        largest, logs, apart = changes_of(course, windows, slump=slump)
    return _Others(largest, logs, apart)


def changes_of(course: Course, windows: Windows, *, slump: bool, until: int | None = None) -> tuple[Floats, Floats, float]:
    """Of moments where nothing was done, in a slump or out of one, whose windows end by `until`.

    The largest change on the way, in units of single orders; the log of the last one; and how many windows side by side they are.
    """
    begin, end = course.air[0], course.air[1] if until is None else until
    middles = np.arange(begin + windows.before_ms, end - windows.after_ms + 1, STEP_MS, dtype=np.float64)
    for change in course.changes:
        middles = middles[(middles + windows.after_ms <= change) | (middles - windows.before_ms >= change)]
    middles = middles[_slump(course, middles, windows.before_ms) == slump]
    if not len(middles):
        return np.zeros(0), np.zeros(0), 0.0
    found = _change(course, middles, windows.before_ms, windows.looks())
    known = found.known[:, -1] & (found.events[:, -1] >= 1)
    sizes = np.where(found.known, np.abs(found.log) / found.error, 0.0)[known]
    apart = _apart(middles[known], windows)
    return sizes.max(axis=1) if len(sizes) else np.zeros(0), found.log[known, -1], apart


def _apart(middles: Floats, windows: Windows) -> float:
    """How many windows these moments are, were they side by side: neighbours ten seconds apart say the same."""
    length = (windows.before_ms + windows.after_ms) / 2
    gaps = np.minimum(np.diff(middles), length)
    return float(gaps.sum() / length + 1) if len(middles) else 0.0


@dataclass(frozen=True)
class _Change:
    """By moment and look: events in both windows and in the one before, the log of the ratio, its error were orders single; `known` where both are exposed."""

    events: Floats
    before: Floats
    log: Floats
    error: Floats
    known: NDArray[np.bool_]

    def based(self) -> bool:
        """Whether anything was ordered before the first of them."""
        return self.before[0, 0] > 0

    def tells(self) -> bool:
        """Whether the first of them saw enough to say anything."""
        return bool(self.known[0, 0]) and self.events[0, 0] >= EVENTS_LEAST


def _change(course: Course, middles: Floats, before_ms: int, looks: Floats) -> _Change:
    start, middle, ends = middles - before_ms, middles, middles[:, None] + looks[None, :]
    before = (course.by(middle) - course.by(start))[:, None]
    after = course.by(ends) - course.by(middle)[:, None]
    first = (course.exposed(middle) - course.exposed(start))[:, None]
    second = course.exposed(ends) - course.exposed(middle)[:, None]
    known = (first > 0) & (second > 0)
    rates = (after + 0.5) / np.where(known, second, 1.0), (before + 0.5) / np.where(known, first, 1.0)
    error = np.sqrt(1 / (after + 0.5) + 1 / (before + 0.5))
    return _Change(after + before, before, np.log(rates[0]) - np.log(rates[1]), error, known)


def _slump(course: Course, middles: Floats, before_ms: int) -> NDArray[np.bool_]:
    """Whether the time just before was poor beside the show so far."""
    begin = np.full_like(middles, float(course.air[0]))
    late = course.by(middles) - course.by(middles - before_ms)
    late_exposed = course.exposed(middles) - course.exposed(middles - before_ms)
    so_far = course.by(middles) - course.by(begin)
    exposed = course.exposed(middles) - course.exposed(begin)
    return (middles - begin >= SLUMP_AFTER_MS) & (late * exposed < SLUMP * so_far * late_exposed)


def _critical(among: Floats, apart: float) -> float:
    """What is passed by chance once in twenty times: (1 + as large) / (1 + all) <= 5 %, where `apart` say how many there are in truth."""
    place = math.ceil((1 - SHARE) * (1 + CLUMPED / apart) * len(among)) - 1
    return float(np.sort(among)[min(place, len(among) - 1)])


def _needed(chance: float) -> int | None:
    needed = math.ceil((FOUND_Z * chance / FOUND_EFFECT) ** 2)
    return needed if needed <= NEEDED_MAX else None


def _by_spread(course: Course, at: int, before_ms: int, reached: int, change: _Change, *, slump: bool) -> Effect:
    log, error = float(change.log[0, 0]), float(change.error[0, 0])
    sides = ((at - before_ms, at), (at, at + reached))
    spread = max(_dispersion(course, *side, size) for size in BLOCKS for side in sides)
    chance = math.sqrt(WANDER**2 + max(1.0, spread) * error**2)
    half = Z_SPREAD * chance
    if slump:  # most slumps end by themselves: without others to compare with, no change after one says anything
        half = max(half, abs(log) + error)
    said = Effect(verdict="too_little", slump=slump, needed=_needed(chance))
    return _effect((log, half), error, said, based=change.based())


def _dispersion(course: Course, start: int, end: int, blocks: int) -> float:
    """Pearson's chi-square of equal blocks around their mean, per degree of freedom; more where few blocks make it uncertain; 1 for too few."""
    edges = np.arange(start, end + 1, blocks * STEP_MS, dtype=np.float64)
    counts = np.diff(course.by(edges))
    mean = counts.mean() if len(counts) > 1 else 0.0
    free = len(counts) - 1
    return float(((counts - mean) ** 2).sum() / mean / free * (1 + 2 / free)) if mean > 0 else 1.0


def _effect(interval: tuple[float, float], error: float, said: Effect, *, based: bool) -> Effect:
    """`said` with what the interval (middle and half, in logs) says."""
    middle, half = interval
    verdict: Verdict = "up" if middle > half else "down" if middle < -half else "no_clear_effect"
    spread = (half / (Z95 * error)) ** 2
    if not based:
        return msgspec.structs.replace(said, verdict=verdict, dispersion=spread)
    low, high = math.exp(middle - half), math.exp(middle + half)
    return msgspec.structs.replace(said, verdict=verdict, ratio=math.exp(middle), low=low, high=high, dispersion=spread)
