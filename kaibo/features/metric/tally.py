"""Batches and orders counted by minute: the ground all figures stand on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Self

import numpy as np

from kaibo.core.event import Event, Fact
from kaibo.features.audience.facts import (
    CLICK,
    COMMENT,
    ENTER,
    FOLLOW,
    KINDS,
    LEAVE,
    LIKE,
    SHARE,
    VIEW,
    AudienceBatch,
    AudienceRepeated,
    AudienceShown,
    unpack,
)
from kaibo.features.metric.crowd import Crowd
from kaibo.features.metric.facts import MetricSampled
from kaibo.features.order.facts import OrderCreated, OrderPaid, OrderRefunded, OrderRestated
from kaibo.features.show.facts import ShowEnded
from kaibo.features.show.slices import ShowNow

MINUTE_MS = 60_000
DAY_MS = 86_400_000  # what claims to be older than this when it is told makes no show longer
WINDOW_AHEAD_MS_MAX = 60_000  # a platform's clock may run ahead so far; what claims to be later must not move the windows


@dataclass(slots=True)
class Tally:
    """Counters of one minute, or of all."""

    gmv_paid: int = 0
    gmv_created: int = 0
    orders_created: int = 0
    orders_paid: int = 0
    pv: int = 0
    comments: int = 0
    likes: int = 0
    clicks: int = 0
    follows: int = 0
    shares: int = 0
    pimp: int = 0
    imp: int = 0
    units_paid: int = 0
    orders_refunded: int = 0
    refunded: int = 0
    kept: int = 0
    gmv_paid_on_air: int = 0
    placed_paid: int = 0
    paid_back: int = 0
    paid_back_minor: int = 0
    gmv_placed_on_air: int = 0

    def add(self, other: Self, sign: int = 1) -> None:
        """Add another tally to this one, or take it back (`sign` -1)."""
        for name in COUNTERS:
            if more := getattr(other, name):
                setattr(self, name, getattr(self, name) + sign * more)


COUNTERS = Tally.__slots__


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a batch that falls in one minute: items `start` to `end`, and what they come to."""

    minute: int
    start: int
    end: int
    tally: Tally


# Two views count the same batch; see `unpack`. Readers must not change the tallies.
@lru_cache(maxsize=8)
def stretches(columns: bytes, since: int = 0) -> Sequence[Stretch]:
    """A batch cut by minute of platform time, without what is before an instant (ms UTC)."""
    batch = unpack(columns)
    minutes = batch.at // MINUTE_MS
    begins = int(np.searchsorted(batch.at, since))
    if begins == len(minutes):
        return ()
    cuts = [begins, *(np.flatnonzero(np.diff(minutes[begins:])) + 1 + begins).tolist(), len(minutes)]
    found: list[Stretch] = []
    for start, end in pairwise(cuts):
        kinds = np.bincount(batch.kind[start:end], minlength=len(KINDS)).tolist()
        likes = int(batch.count[start:end][batch.kind[start:end] == LIKE].sum()) if kinds[LIKE] else 0
        tally = Tally(
            pv=kinds[ENTER],
            comments=kinds[COMMENT],
            likes=likes,
            clicks=kinds[CLICK],
            follows=kinds[FOLLOW],
            shares=kinds[SHARE],
            pimp=kinds[VIEW],
        )
        found.append(Stretch(int(minutes[start]), start, end, tally))
    return found


def move_crowd(crowd: Crowd, columns: bytes) -> int | None:
    """Take the enters and leaves of a batch in; the earliest minute whose curve may have changed."""
    batch = unpack(columns)
    moves = (batch.kind == ENTER) | (batch.kind == LEAVE)
    return crowd.move(batch.viewer[moves], batch.at[moves], batch.kind[moves] == LEAVE)


class Clock:
    """Up to when the show has come (ms UTC): the newest instant heard of, platform time, but hardly ahead of the server's.

    While it is on air it goes on though nobody says anything: at every sample and every sign of life of a source; and it stops
    at the end of the show. It begins with the first thing heard.
    """

    def __init__(self, show: ShowNow) -> None:
        """Nothing heard yet."""
        self._show = show
        self.at = 0
        self.first_minute: int | None = None

    @property
    def minute(self) -> int:
        """The newest minute since 1970."""
        return self.at // MINUTE_MS

    def hear(self, event: Event[Fact]) -> bool:
        """Take an event's time in; True when a new minute began."""
        match event.fact:
            case AudienceBatch(first_at=first, last_at=last):
                pass
            case (
                OrderCreated(platform_at=first)
                | OrderPaid(platform_at=first)
                | OrderRefunded(platform_at=first)
                | OrderRestated(platform_at=first)
            ):
                if self._show.ended_at is not None:  # payments come for days, and move no window of the show
                    return False
                last = first
            case AudienceShown(parts=parts) if parts:
                first, last = parts[0].minute * MINUTE_MS, parts[-1].minute * MINUTE_MS
            # The end is here as an instant among others, up to which time goes on; how the show stands, STAGE says.
            case MetricSampled() | AudienceRepeated() | ShowEnded():
                return self._tick(event.at)
            case _:
                return False
        before = self.minute
        latest = event.at + WINDOW_AHEAD_MS_MAX
        if self._show.ended_at is not None:
            latest = min(latest, self._show.ended_at)
        self.at = max(self.at, min(last, latest))
        earliest = min(max(first, event.at - DAY_MS), latest) // MINUTE_MS
        self.first_minute = earliest if self.first_minute is None else min(self.first_minute, earliest)
        return self.minute != before

    def _tick(self, now: int) -> bool:
        before, show = self.minute, self._show
        if self.first_minute is not None and (show.live or show.ended_at == now):
            self.at = max(self.at, now)
        return self.minute != before


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    found = Tally()
    for tally in tallies:
        found.add(tally)
    return found
