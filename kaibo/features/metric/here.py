"""Who was in the room in each of the last twenty minutes, whether they did anything or not."""

import numpy as np
from numpy.typing import NDArray

from kaibo.features.metric.people import NEVER, SPAN, grown

ALL = np.uint32((1 << SPAN) - 1)


class Here:
    """One bit per minute for each viewer, bit 0 the newest: in the room when that minute began."""

    def __init__(self) -> None:
        """An empty room."""
        self.bits: NDArray[np.uint32] = np.zeros(0, np.uint32)
        self.newest = NEVER

    def advance(self, minute: int, inside: NDArray[np.bool_]) -> None:
        """Time has come to this minute (never goes back); `inside`: who is in the room, by number."""
        gone = minute - self.newest
        if gone <= 0:
            return
        self.bits = grown(self.bits, len(inside))  # pyright: ignore[reportAttributeAccessIssue]  same dtype as it had
        self.bits[:] = 0 if gone >= SPAN or self.newest == NEVER else (self.bits << np.uint32(gone)) & ALL
        self.bits[: len(inside)][inside] |= _newer(np.array([gone]))[0]
        self.newest = minute

    def take(self, viewers: NDArray[np.uint32], seconds: NDArray[np.int64], deltas: NDArray[np.int64]) -> None:
        """Comings and goings, by viewer and time: they hold for all the minutes that began after them."""
        ages = self.newest - seconds // 60
        if not len(viewers) or int(ages.max()) <= 0 or self.newest == NEVER:
            return
        self.bits = grown(self.bits, int(viewers.max()) + 1)  # pyright: ignore[reportAttributeAccessIssue]
        past = ages > 0
        viewer, mask, comes = viewers[past], _newer(ages[past]), deltas[past] > 0
        first = np.ones(len(viewer), np.bool_)
        first[1:] = viewer[1:] != viewer[:-1]
        turn = np.arange(len(viewer)) - np.maximum.accumulate(np.where(first, np.arange(len(viewer)), 0))
        for each in range(int(turn.max()) + 1 if len(turn) else 0):
            now = turn == each
            who, minutes = viewer[now], mask[now]
            self.bits[who] = np.where(comes[now], self.bits[who] | minutes, self.bits[who] & ~minutes)

    def forget(self, viewers: NDArray[np.uint32]) -> None:
        """All comings and goings of these are told again."""
        self.bits[viewers[viewers < len(self.bits)]] = 0


def _newer(ages: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The minutes that are newer than one of this age."""
    return ((np.int64(1) << np.minimum(ages, SPAN)) - 1).astype(np.uint32)
