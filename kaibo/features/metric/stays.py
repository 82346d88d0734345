"""How long people stay: of those who came in a minute, how many left after how many minutes."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kaibo.features.metric.people import NEVER, each_once, grown

MINUTES_MAX = 180  # stays longer than three hours are counted together
Numbers = NDArray[np.int64]


class Stays:
    """A stay begins when somebody who was not in the room comes in, and ends when they leave.

    It belongs to the minute it began in. Steps come as `steps_of` gives them: by viewer and time, coming and going in turn.
    """

    def __init__(self) -> None:
        """Nobody came."""
        self.begun: dict[int, int] = {}
        self._left: dict[int, Numbers] = {}
        self._brief: dict[int, Numbers] = {}  # by the second they began in, those that ended within a minute
        self._began: Numbers = np.zeros(0, np.int64)  # second the open stay of a viewer began, NEVER for none
        self._lately: tuple[int, int, Numbers] | None = None  # of this very state; see _newest
        self.touched: set[int] = set()  # minutes that changed since whoever counts here cleared it

    def __getstate__(self) -> dict[str, object]:
        """What was found so far is found again."""
        return {**vars(self), "_lately": None}

    def take(self, viewers: NDArray[np.uint32], seconds: Numbers, deltas: Numbers) -> None:
        """Comings and goings."""
        if not len(viewers):
            return
        self._lately = None
        self._began = grown(self._began, int(viewers.max()) + 1, NEVER)  # pyright: ignore[reportAttributeAccessIssue]
        last = np.ones(len(viewers), np.bool_)
        last[:-1] = viewers[1:] != viewers[:-1]
        self._count(viewers, seconds, deltas, 1)
        self._began[viewers[last]] = np.where(deltas[last] > 0, seconds[last], NEVER)

    def take_back(self, viewers: NDArray[np.uint32], seconds: Numbers, deltas: Numbers) -> None:
        """All comings and goings of these viewers never were: they will be told again."""
        if not len(viewers):
            return
        self._lately = None
        self._began[viewers] = NEVER
        self._count(viewers, seconds, deltas, -1)

    def _count(self, viewers: NDArray[np.uint32], seconds: Numbers, deltas: Numbers, sign: int) -> None:
        comes = deltas > 0
        self._add(seconds[comes] // 60, sign)
        goes = np.flatnonzero(~comes)
        if not len(goes):
            return
        before = np.maximum(goes - 1, 0)
        here = (goes > 0) & (viewers[before] == viewers[goes])
        start = np.where(here, seconds[before], self._began[viewers[goes]])
        cohort, length = start // 60, np.minimum((seconds[goes] - start) // 60, MINUTES_MAX)
        cells, counts = np.unique(cohort * (MINUTES_MAX + 1) + length, return_counts=True)
        self._add_brief(start[length == 0], sign)
        for cell, count in zip(cells.tolist(), counts.tolist(), strict=True):
            minute, stayed = divmod(cell, MINUTES_MAX + 1)
            left = self._left.setdefault(minute, np.zeros(MINUTES_MAX + 1, np.int64))
            left[stayed] += sign * count
            self.touched.add(minute)

    def _add_brief(self, seconds: Numbers, sign: int) -> None:
        minutes = seconds // 60
        for minute in each_once(minutes).tolist():
            brief = np.bincount(seconds[minutes == minute] % 60, minlength=60)
            self._brief[minute] = self._brief.get(minute, 0) + sign * brief

    def _add(self, minutes: Numbers, sign: int) -> None:
        found, counts = np.unique(minutes, return_counts=True)
        for minute, count in zip(found.tolist(), counts.tolist(), strict=True):
            self.begun[minute] = self.begun.get(minute, 0) + sign * count
            self.touched.add(minute)

    def clear(self) -> None:
        """All that is known will be told again."""
        self.touched |= self.begun.keys()
        self.begun.clear()
        self._left.clear()
        self._brief.clear()
        self._began[:] = NEVER

    # reading
    def reached(self, minute: int, minutes: int) -> int:
        """Stays begun in this minute that lasted so many whole minutes, or go on."""
        left = self._left.get(minute)
        gone = 0 if left is None else int(left[:minutes].sum())
        return self.begun.get(minute, 0) - gone

    def _young(self, minutes: Sequence[int], second: int) -> tuple[int, int]:
        """Stays begun in these minutes, but less than a minute before this second: those that go on, and those that are over."""
        over = (
            brief[max(0, second - 59 - minute * 60) :].sum()
            for minute in minutes
            if (brief := self._brief.get(minute)) is not None
        )
        late = [minute for minute in minutes if minute * 60 + 60 > second - 60]
        young = 0
        if late:
            first, began = self._newest(second)
            young = sum(int(began[max(0, minute * 60 - first) : minute * 60 + 60 - first].sum()) for minute in late)
        return young, int(sum(over))

    def _newest(self, second: int) -> tuple[int, Numbers]:
        """From which second on, and for each how many open stays of the last minute before this second began in it.

        One look at everybody for all who ask at once.
        """
        if self._lately is None or self._lately[0] != second:
            first = max(second - 60, NEVER) + 1
            self._lately = second, first, np.bincount(self._began[self._began >= first] - first)
        return self._lately[1:]

    def total(self, minutes: Iterable[int], second: int) -> tuple[int, int]:
        """Stays begun in these minutes, and those among them that lasted a minute.

        Not those begun less than a minute before this second: of who stays it cannot be known, and of who left alone it would count against them.
        """
        known = [minute for minute in minutes if minute in self.begun]
        young, over = self._young(known, second)
        begun, reached = sum(self.begun[minute] for minute in known), sum(self.reached(minute, 1) for minute in known)
        return begun - young - over, reached - young
