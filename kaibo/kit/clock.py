"""The time of the house: the machine's clock as it stood at the start, carried on by one that nobody can set.

A clock that is set while shows are on air would put their facts hours apart. Small corrections are followed, and time never
goes back; a large one is told to people, and taken over at the next start.
"""

import time
from collections.abc import Callable

FOLLOWED_MS = 2_000  # what a machine corrects of itself; more than that was somebody, or a clock that was wrong before


STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady_ms() -> int:
    """Milliseconds that go on whatever the clock is set to, where the system has such a clock also while the machine sleeps."""
    return time.clock_gettime_ns(STEADY) // 1_000_000


class SteadyClock:
    """Gives ms UTC."""

    def __init__(self, wall: Callable[[], int], steady: Callable[[], int] = steady_ms) -> None:
        self._stepped: Callable[[int], object] | None = None
        self._wall = wall
        self._steady = steady
        self._start = wall() - steady()
        self._last = 0
        self._told = 0

    def watch(self, stepped: Callable[[int], object]) -> None:
        """Call `stepped(ms)` once when the machine's clock is set by so much, ahead (+) or back (-)."""
        self._stepped = stepped

    def __call__(self) -> int:
        """Now; never before what was said last."""
        now = self._start + self._steady()
        off = self._wall() - now
        if off or self._told:
            now += self._follow(off)
        self._last = max(self._last, now)
        return self._last

    def _follow(self, off: int) -> int:
        """By how much the machine's clock is followed: by what it corrects of itself. More than that is told."""
        if -FOLLOWED_MS <= off <= FOLLOWED_MS:
            self._start += off
            self._told = 0
            return off
        if abs(off - self._told) > FOLLOWED_MS:
            self._told = off
            if self._stepped is not None:
                self._stepped(off)
        return 0
