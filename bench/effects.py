"""How often a move that did nothing is called an effect, and one that did something is seen: seeded shows, the product's own judgement.

`python -m bench effects` plays two-hour shows in which orders come one by one, in bursts, at a wandering rate, or both; looks once, and
every ten seconds; and starts moves at any time, early, or because of a slump.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaibo.analysis.placebo import Course, Effect, Windows, judge

BIN_MS = 10_000
HOURS = 2.0
WINDOW_MS = 300_000
SLUMP = 0.7
SHOWS = int(os.environ.get("KAIBO_BENCH_SHOWS", "500"))
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scenario:
    """How orders come.

    `mean` in ten seconds; `burst` is the shape of a gamma that multiplies each ten seconds (None: one by one), for `run` of them at once;
    `wander` the deviation of the log of the rate, whose neighbours are like each other by `memory`.
    """

    name: str
    mean: float = 2.0
    burst: float | None = None
    run: int = 1
    wander: float = 0.0
    memory: float = 0.95


SCENARIOS = (
    Scenario("one by one"),
    Scenario("seldom", mean=0.4),
    Scenario("bursts", burst=1.5),
    Scenario("long bursts", burst=0.5, run=6),
    Scenario("wander", wander=0.35),
    Scenario("slow wander", wander=0.5, memory=0.985),
    Scenario("both", burst=1.5, wander=0.35),
)


@dataclass(frozen=True)
class Told:
    """Of a hundred shows: called an effect at the end, called one at any look, and called rightly."""

    once: float
    ever: float


def orders_of(chance: np.random.Generator, scenario: Scenario, effect: float = 1.0, at: int = 0) -> Floats:
    """Instants (ms) of the orders of one show; the rate is `effect` times as high in the five minutes from `at` on."""
    bins = int(HOURS * 3_600_000 / BIN_MS)
    rate = np.full(bins, scenario.mean)
    if scenario.wander:
        rate *= _wandering(chance, bins, scenario)
    if scenario.burst is not None:
        waves = chance.gamma(scenario.burst, 1 / scenario.burst, -(-bins // scenario.run))
        rate *= np.repeat(waves, scenario.run)[:bins]
    if at:
        rate[at // BIN_MS : (at + WINDOW_MS) // BIN_MS] *= effect
    counts = chance.poisson(rate)
    return np.sort(np.repeat(np.arange(bins) * BIN_MS, counts) + chance.uniform(0, BIN_MS, counts.sum()))


def _wandering(chance: np.random.Generator, bins: int, scenario: Scenario) -> Floats:
    steps = chance.normal(0, scenario.wander * np.sqrt(1 - scenario.memory**2), bins)
    level, path = chance.normal(0, scenario.wander), np.empty(bins)
    for place in range(bins):
        level = scenario.memory * level + steps[place]
        path[place] = level
    return np.exp(path - scenario.wander**2 / 2)


def course_of(orders: Floats, now: int, changes: tuple[int, ...]) -> Course:
    """What is known of a show by `now`."""
    line = np.array([0.0, float(now)])
    over = now >= HOURS * 3_600_000
    return Course(orders=orders[orders < now], air=(0, now), exposure_at=line, exposure=line, changes=changes, over=over)


def looks(orders: Floats, at: int) -> Iterator[Effect]:
    """What the screens say every ten seconds while the window is open, and at last when the show is over."""
    windows = Windows(WINDOW_MS, WINDOW_MS)
    for reached in range(60_000, WINDOW_MS + 1, BIN_MS):
        yield judge(course_of(orders, at + reached, (at, at + WINDOW_MS)), at, windows, reached)
    yield judge(course_of(orders, int(HOURS * 3_600_000), (at, at + WINDOW_MS)), at, windows)


def slump_of(orders: Floats, chance: np.random.Generator) -> int | None:
    """A moment at which somebody acts because the last five minutes were poor; None when there was none."""
    moments = np.arange(1_200_000, int(HOURS * 3_600_000) - WINDOW_MS, BIN_MS)
    late = np.searchsorted(orders, moments) - np.searchsorted(orders, moments - WINDOW_MS)
    poor = moments[late / WINDOW_MS < SLUMP * np.searchsorted(orders, moments) / moments]
    return int(chance.choice(poor)) if len(poor) else None


def play(
    scenario: Scenario,
    shows: int,
    seed: int,
    *,
    effect: float = 1.0,
    slump: bool = False,
    between_s: tuple[int, int] = (600, 6_600),
) -> Told:
    """The share of shows called an effect; moves start between these seconds, or in a slump."""
    chance = np.random.default_rng([seed, int(slump)])
    once = ever = told = 0
    for _ in range(shows):
        at = int(chance.integers(*between_s)) * 1000
        orders = orders_of(chance, scenario, effect, 0 if slump else at)
        if slump:
            found = slump_of(orders, chance)
            if found is None:
                continue
            at = found
        verdicts = [seen.verdict in ("up", "down") for seen in looks(orders, at)]
        told += 1
        once += verdicts[-1]
        ever += any(verdicts)
    return Told(100 * once / max(1, told), 100 * ever / max(1, told))


def measure() -> dict[str, Any]:
    """A campaign of every scenario: percent called an effect at any look, where there was none and where there was."""
    found: dict[str, Any] = {"shows": SHOWS}
    for scenario in SCENARIOS:
        shows = {
            "nothing": play(scenario, SHOWS, 1),
            "nothing, early": play(scenario, SHOWS, 2, between_s=(180, 1_200)),
            "nothing, slump": play(scenario, SHOWS, 3, slump=True),
            "half more": play(scenario, SHOWS, 4, effect=1.5),
            "twice": play(scenario, SHOWS, 5, effect=2.0),
        }
        found |= {f"{scenario.name}: {name}": round(told.ever, 1) for name, told in shows.items()}
        print(json.dumps({scenario.name: {name: [told.once, told.ever] for name, told in shows.items()}}), file=sys.stderr)
    return found
