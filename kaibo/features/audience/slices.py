"""ROOMS: whose pseudonyms the people of a room go by. CLOCKS: which sources have a clock that is behind, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.audience.facts import AudienceBatch, AudienceOrdersTold


@dataclass(slots=True)
class Rooms:
    """By room the source whose pseudonyms it uses: the first that told of its viewers. `tellers`: all that told of it."""

    hosts: dict[str, str] = field(default_factory=dict[str, str])
    tellers: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def people_of(self, source: str, room: str) -> str:
        """The source that the pseudonyms of this source's people belong to: its room's, else its own."""
        return self.hosts.get(room, source) if room else source


def fold_rooms(rooms: Rooms, event: Event[Fact]) -> Iterable[str]:
    """Touches a room that is heard of first, or by another source."""
    fact = event.fact
    if not isinstance(fact, AudienceBatch | AudienceOrdersTold) or not fact.room:
        return ()
    tellers = rooms.tellers.setdefault(fact.room, set())
    known = fact.source in tellers and (fact.room in rooms.hosts or isinstance(fact, AudienceOrdersTold))
    tellers.add(fact.source)
    if isinstance(fact, AudienceBatch):
        rooms.hosts.setdefault(fact.room, fact.people_of)
    return () if known else (fact.room,)


ROOMS: Slice[Rooms] = Slice(name="audience.rooms", reads=(AudienceBatch, AudienceOrdersTold), state=Rooms, fold=fold_rooms)


BEHIND_MS_MIN = 60_000  # what is younger than that may be on its way
JITTER_MS = 10_000  # so far apart may be the ages of what a clock that is behind says
WATCHED_MS = 10_000  # a clock is judged by what it says over as long
STEADY = 4  # over a time that is so many times as long as their ages are apart: what is told again and again only grows older
KEPT_MS = 600_000

Place = tuple[str, str]  # source, room


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """How old the newest was whenever a source spoke, between `least` and `most` ms, since an instant; `behind_ms`: so far behind is its clock.

    What is on its way is some time late and some time not. Who always says of the newest that it is as old has a clock that is behind.
    """

    since: int
    told_at: int
    least: int
    most: int
    behind_ms: int = 0

    def after(self, now: int, lag_ms: int) -> "ClockSeen":
        """What is known once it spoke again."""
        if self.behind_ms and lag_ms >= self.behind_ms - JITTER_MS:
            return replace(self, told_at=now)
        least, most = min(self.least, lag_ms), max(self.most, lag_ms)
        if least < BEHIND_MS_MIN or most - least > JITTER_MS or now - self.told_at > KEPT_MS:
            return begun(now, lag_ms)
        watched = now - self.since
        sure = watched >= WATCHED_MS and (most - least) * STEADY <= watched
        return ClockSeen(self.since, now, least, most, least if sure else 0)


def begun(now: int, lag_ms: int) -> ClockSeen:
    """The first word says nothing of a clock."""
    return ClockSeen(now, now, lag_ms, lag_ms)


@dataclass(slots=True)
class Clocks:
    """By source and room."""

    lags: dict[Place, ClockSeen] = field(default_factory=dict[Place, ClockSeen])

    def heard(self, place: Place, now: int, newest_at: int) -> ClockSeen:
        """What is known of a clock that says now that the newest was at `newest_at` (ms UTC)."""
        known, lag_ms = self.lags.get(place), max(0, now - newest_at)
        return begun(now, lag_ms) if known is None else known.after(now, lag_ms)

    def behind_ms(self, source: str, room: str) -> int:
        """How far behind the clock of a source is, 0 for a right one, and for one that nothing is known of."""
        known = self.lags.get((source, room))
        return 0 if known is None else known.behind_ms


def fold_clocks(clocks: Clocks, event: Event[Fact]) -> Iterable[str]:
    """Every word of a source that says when its newest was."""
    match event.fact:
        case AudienceBatch(last_at=last_at, skew_ms=skew_ms, behind_ms=behind_ms) as fact:
            newest_at = last_at + skew_ms - behind_ms
        case AudienceOrdersTold(newest_at=newest_at) as fact if newest_at:
            pass
        case _:
            return ()
    place = (fact.source, fact.room)
    clocks.lags[place] = clocks.heard(place, event.at, newest_at)
    return ()


CLOCKS: Slice[Clocks] = Slice(name="audience.clocks", reads=(AudienceBatch, AudienceOrdersTold), state=Clocks, fold=fold_clocks)
