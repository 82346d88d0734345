"""Who is online, second by second, and how long they stay: exact, from moves in any order."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kaibo.features.metric.here import Here
from kaibo.features.metric.people import NEVER, grown
from kaibo.features.metric.stays import Stays


class Crowd:
    """Who is online, second by second. The same moves give the same curve in whatever order they arrive.

    A move is a viewer and a key `2 * at + leaves`: at one instant leaving counts after entering. Online at a time are
    the viewers whose last move until then was to enter; so a second enter changes nothing, nor does leaving twice.
    """

    def __init__(self, stays: Stays | None = None) -> None:
        """An empty room. `stays`, when given, learns of every coming and going."""
        self.online = 0
        self.here = Here()
        self._stays = stays
        self._last: NDArray[np.int64] = np.zeros(0, np.int64)
        self._viewers: list[NDArray[np.uint32]] = []
        self._keys: list[NDArray[np.int64]] = []
        self._minutes: dict[int, NDArray[np.int64]] = {}  # of each second steps of online, and comings: shape (2, 60)
        self._order: list[int] = []
        self._curves: NDArray[np.int64] | None = None

    def __getstate__(self) -> dict[str, object]:
        """For a snapshot: one array is opened more quickly than one for each batch of an evening."""
        joined = {name: [np.concatenate(parts)] for name in ("_viewers", "_keys") if (parts := getattr(self, name))}
        return {**vars(self), **joined}

    def move(self, viewers: NDArray[np.uint32], at: NDArray[np.int64], leaves: NDArray[np.bool_]) -> int | None:
        """Take moves in; give the earliest minute whose curve may have changed, None when none did."""
        if not len(viewers):
            return None
        keys = 2 * at + leaves
        self._last = grown(self._last, int(viewers.max()) + 1, NEVER)  # pyright: ignore[reportAttributeAccessIssue]
        late = keys < self._last[viewers]
        touched: list[int] = []
        if late.any():
            again = np.isin(viewers, viewers[late])
            touched += self._move_late(viewers[again], keys[again])
            viewers, keys = viewers[~again], keys[~again]
        if len(viewers):
            touched += self._move_on(viewers, keys)
        return min(touched, default=None)

    def advance(self, minute: int) -> None:
        """Time has come to this minute."""
        self.here.advance(minute, self.inside())

    def inside(self) -> NDArray[np.bool_]:
        """Who is in the room after all that was told, by number."""
        return (self._last >= 0) & ((self._last & 1) == 0)

    def moved_after(self, at: int) -> NDArray[np.intp]:
        """Who moved after an instant (ms UTC), by number: a platform's clock may run ahead."""
        return np.flatnonzero(self._last > 2 * at + 1)

    def inside_at(self, viewers: NDArray[np.integer], at: int) -> NDArray[np.bool_]:
        """Which of these, each once and in order, were in the room at an instant (ms UTC)."""
        known, keys = self._moves_of(viewers)
        until = keys <= 2 * at + 1
        last = np.full(len(viewers), NEVER, np.int64)
        np.maximum.at(last, np.searchsorted(viewers, known[until]), keys[until])
        return (last >= 0) & ((last & 1) == 0)

    def _remember(self, viewers: NDArray[np.uint32], keys: NDArray[np.int64]) -> None:
        self._viewers.append(viewers)
        self._keys.append(keys)
        np.maximum.at(self._last, viewers, keys)

    def _move_on(self, viewers: NDArray[np.uint32], keys: NDArray[np.int64]) -> list[int]:
        before = self._last[viewers]
        steps = steps_of(viewers, keys, before)
        self._remember(viewers, keys)
        self.here.take(*steps)
        if self._stays is not None:
            self._stays.take(*steps)
        return self._add(*steps[1:], 1)

    def _move_late(self, viewers: NDArray[np.uint32], keys: NDArray[np.int64]) -> list[int]:
        """A move older than one known of the same viewer: take back that viewer's steps and count them anew."""
        known_viewers, known_keys = self._moves_of(viewers)
        before = steps_of(known_viewers, known_keys)
        self._remember(viewers, keys)
        after = steps_of(np.concatenate([known_viewers, viewers]), np.concatenate([known_keys, keys]))
        self.here.forget(viewers)
        self.here.take(*after)
        if self._stays is not None:
            self._stays.take_back(*before)
            self._stays.take(*after)
        return self._add(*before[1:], -1) + self._add(*after[1:], 1)

    def _moves_of(self, viewers: NDArray[np.integer]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        all_viewers, all_keys = np.concatenate(self._viewers), np.concatenate(self._keys)
        self._viewers, self._keys = [all_viewers], [all_keys]
        wanted = np.isin(all_viewers, viewers)
        return all_viewers[wanted], all_keys[wanted]

    def _add(self, seconds: NDArray[np.int64], deltas: NDArray[np.int64], sign: int) -> list[int]:
        """Add steps to the curve; give the minutes they fall in."""
        self.online += sign * int(deltas.sum())
        self._curves = None
        minutes, place = np.unique(seconds // 60, return_inverse=True)
        if not len(minutes):
            return []
        cell = place * 60 + seconds % 60
        steps = [np.bincount(cell, weights=each, minlength=60 * len(minutes)) for each in (deltas, deltas > 0)]
        curves = np.stack(steps).astype(np.int64).reshape(2, len(minutes), 60)
        for row, minute in enumerate(minutes.tolist()):
            kept = self._minutes.get(minute)
            if kept is None:
                kept = self._minutes[minute] = np.zeros((2, 60), np.int64)
                insort(self._order, minute)
            kept += sign * curves[:, row]
        return minutes.tolist()

    # reading
    def curve(self) -> tuple[list[int], NDArray[np.int64]]:
        """Minutes with moves, in order, and online at the end of each of their 60 seconds: shape (minutes, 60)."""
        return self._order, self._summed()[0]

    def _summed(self) -> NDArray[np.int64]:
        """Online, and how many ever came, at the end of each second of the minutes with moves: shape (2, minutes, 60)."""
        if not self._order:
            return np.zeros((2, 0, 60), np.int64)
        if self._curves is None:
            steps = np.stack([self._minutes[minute] for minute in self._order], axis=1)
            self._curves = np.cumsum(steps.reshape(2, -1), axis=1).reshape(2, -1, 60)
        return self._curves

    def peak(self) -> int:
        """The most online at the end of any second."""
        _, curve = self.curve()
        return int(curve.max()) if curve.size else 0

    def at_end_of(self, minutes: Iterable[int]) -> list[int]:
        """Online at the end of each of these minutes."""
        order, curve = self.curve()
        if not order:
            return [0 for _ in minutes]
        places = np.searchsorted(np.array(order), np.fromiter(minutes, np.int64), side="right") - 1
        return np.where(places >= 0, curve[np.maximum(places, 0), 59], 0).tolist()

    def peak_within(self, first: int, last: int) -> int:
        """The most online at the end of any second of the minutes from first to last, both included."""
        order, curve = self.curve()
        start, end = bisect_left(order, first), bisect_left(order, last + 1)
        before = int(curve[start - 1, 59]) if start else 0
        return max(before, int(curve[start:end].max()) if end > start else 0)

    def visits(self, first_second: int, last_second: int) -> int:
        """Comings in the seconds from first to last, both included, and those who were in the room when they began."""
        online, came = self._summed()
        before = first_second - 1
        return self._at(came, last_second) - self._at(came, before) + self._at(online, before)

    def _at(self, curve: NDArray[np.int64], second: int) -> int:
        """The curve at the end of a second."""
        place = bisect_right(self._order, second // 60) - 1
        if place < 0:
            return 0
        return int(curve[place, second % 60 if self._order[place] == second // 60 else 59])

    def watched(self, first_second: int, last_second: int) -> float:
        """Seconds spent in the room by everybody together, over the seconds from first to last, both included."""
        return float(self._until(last_second + 1) - self._until(first_second)) if last_second >= first_second else 0.0

    def mean(self, first_second: int, last_second: int) -> float | None:
        """Mean online over the seconds from first to last, both included; None when there are none."""
        seconds = last_second - first_second + 1
        return self.watched(first_second, last_second) / seconds if seconds > 0 else None

    def _until(self, second: int) -> int:
        """Seconds spent by everybody before a second; by minutes with moves, so that a year on air costs no more than an evening."""
        order, curve = self.curve()
        rows = bisect_left(order, -(-second // 60))
        if not rows:
            return 0
        starts, ends = np.array(order[:rows]) * 60, curve[:rows, 59]
        after = (
            np.append(starts[1:], max(second, starts[-1] + 60)) - starts - 60
        )  # what lies between them: online as at the end of the one before
        spent = int(curve[:rows].sum() + (ends * after).sum())
        return spent - int(curve[rows - 1, max(0, second - int(starts[-1])) :].sum())


def steps_of(
    viewers: NDArray[np.uint32], keys: NDArray[np.int64], before: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    """(viewer, second, +1 or -1) of each move that changes whether its viewer is online, by viewer and time.

    `before` is each viewer's last key, -1 for none.
    """
    order = np.lexsort((keys, viewers))
    viewer, key = viewers[order], keys[order]
    enters = (key & 1) == 0
    was = np.empty(len(key), np.bool_)
    was[1:] = enters[:-1]
    first = np.ones(len(key), np.bool_)
    first[1:] = viewer[1:] != viewer[:-1]
    known = before[order][first] if before is not None else np.full(int(first.sum()), NEVER, np.int64)
    was[first] = (known >= 0) & ((known & 1) == 0)
    changed = enters != was
    return viewer[changed], (key[changed] >> 1) // 1000, np.where(enters[changed], 1, -1)
