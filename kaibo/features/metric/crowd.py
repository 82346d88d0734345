"""Who is online, second by second, and how long they stay: exact, from moves in any order."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kaibo.features.metric.here import Here
from kaibo.features.metric.people import NEVER, each_once, grown
from kaibo.features.metric.stays import Stays

Steps = tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]  # viewer, second, +1 or -1: by viewer and time


class Crowd:
    """Who is online, second by second. The same moves give the same curve in whatever order they arrive.

    A move is a viewer and a key `2 * at + leaves`: at one instant leaving counts after entering. Online at a time are
    the viewers whose last move until then was to enter; so a second enter changes nothing, nor does leaving twice.

    Once it is on air (`begin`), stays and who was here begin there: who is in the room then comes in at that instant, and what
    they did before is theirs alone. The curve goes further back.
    """

    def __init__(self, stays: Stays | None = None) -> None:
        """An empty room. `stays`, when given, learns of every coming and going."""
        self.online = 0
        self.here = Here()
        self._stays = stays
        self.there: NDArray[np.bool_] = np.zeros(0, np.bool_)  # by number: who was in the room when it went on air
        self._begins = 0  # key of going on air, 0 before
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
        late = (keys < self._last[viewers]) | (keys < self._begins)
        touched: list[int] = []
        if late.any():
            again = self._among(viewers, viewers[late])
            touched += self._move_late(viewers[again], keys[again])
            viewers, keys = viewers[~again], keys[~again]
        if len(viewers):
            touched += self._move_on(viewers, keys)
        return min(touched, default=None)

    def begin(self, at: int) -> None:
        """It goes on air at an instant (ms UTC)."""
        self._begins = 2 * at
        everybody = np.flatnonzero(self._last >= 0).astype(np.uint32)
        self._look(everybody)
        self.here.forget(everybody)
        if self._stays is not None:
            self._stays.clear()
        self._tell(steps_of(*self._on_air(*self._moves_of(everybody))))

    def _look(self, viewers: NDArray[np.integer]) -> None:
        """Who of these was in the room when it went on air."""
        self.there = grown(self.there, len(self._last))  # pyright: ignore[reportAttributeAccessIssue]  same dtype as it had
        self.there[viewers] = self.inside_at(viewers, self._begins // 2 - 1)

    def _on_air(self, viewers: NDArray[np.uint32], keys: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """These moves as the show has them: of those before air each viewer's last alone, and of those who came then, at that instant."""
        early = keys < self._begins
        if not early.any():
            return viewers, keys
        order = np.lexsort((keys[early], viewers[early]))
        who, key = viewers[early][order], keys[early][order]
        last = np.append(who[1:] != who[:-1], True)
        came = who[last & ((key & 1) == 0)]
        return np.concatenate([came, viewers[~early]]), np.concatenate([np.full(len(came), self._begins), keys[~early]])

    def _tell(self, steps: Steps) -> None:
        """Who was here, and stays, learn of comings and goings; who comes in on going on air was here in all of that minute."""
        viewers, seconds, deltas = steps
        begins = self._begins // 2000
        at_air = (seconds == begins) & (deltas > 0) & (begins > 0)
        self.here.take(viewers, np.where(at_air, begins // 60 * 60 - 1, seconds), deltas)
        if self._stays is not None:
            self._stays.take(*steps)

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
        self._tell(steps)
        return self._add(*steps[1:], 1)

    def _move_late(self, viewers: NDArray[np.uint32], keys: NDArray[np.int64]) -> list[int]:
        """A move older than one known of the same viewer: take back that viewer's steps and count them anew."""
        known_viewers, known_keys = self._moves_of(viewers)
        known, told = (known_viewers, known_keys), (np.append(known_viewers, viewers), np.append(known_keys, keys))
        self._remember(viewers, keys)
        self.here.forget(viewers)
        if self._begins:
            self._look(each_once(viewers))
        if self._stays is not None:
            self._stays.take_back(*steps_of(*self._on_air(*known)))
        self._tell(steps_of(*self._on_air(*told)))
        return self._add(*steps_of(*known)[1:], -1) + self._add(*steps_of(*told)[1:], 1)

    def _moves_of(self, viewers: NDArray[np.integer]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        if not self._viewers:
            return np.zeros(0, np.uint32), np.zeros(0, np.int64)
        all_viewers, all_keys = np.concatenate(self._viewers), np.concatenate(self._keys)
        self._viewers, self._keys = [all_viewers], [all_keys]
        wanted = self._among(all_viewers, viewers)
        return all_viewers[wanted], all_keys[wanted]

    def _among(self, viewers: NDArray[np.uint32], some: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which of these are among some: numbers are dense, so a look at each is enough and nothing is sorted."""
        found = np.zeros(max(len(self._last), int(some.max(initial=0)) + 1), np.bool_)
        found[some] = True
        return found[viewers]

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

    def peak(self, since: int = 0) -> int:
        """The most online at the end of any second from this one on."""
        order, _ = self.curve()
        return self.peak_within(since, 60 * order[-1] + 59) if order else 0

    def at_end_of(self, minutes: Iterable[int]) -> list[int]:
        """Online at the end of each of these minutes."""
        order, curve = self.curve()
        if not order:
            return [0 for _ in minutes]
        places = np.searchsorted(np.array(order), np.fromiter(minutes, np.int64), side="right") - 1
        return np.where(places >= 0, curve[np.maximum(places, 0), 59], 0).tolist()

    def peak_within(self, first_second: int, last_second: int) -> int:
        """The most online at the end of any second from first to last, both included; the last ends a minute."""
        order, curve = self.curve()
        start, end = bisect_right(order, first_second // 60), bisect_left(order, last_second // 60 + 1)
        peaks = [self._at(curve, first_second)]
        if start and order[start - 1] == first_second // 60:
            peaks.append(int(curve[start - 1, first_second % 60 :].max()))
        return max(*peaks, int(curve[start:end].max()) if end > start else 0)

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
