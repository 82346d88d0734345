"""ROOMS: whose pseudonyms the people of a room go by. CLOCKS: which sources have a clock that is ahead or behind, and by how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.audience.facts import AudienceBatch, AudienceOrdersTold
from kaibo.features.show.slices import SURELY_AHEAD_MS


@dataclass(slots=True)
class Rooms:
    """By room the source whose pseudonyms it uses: the first that told of its viewers. `tellers`: all that told of it.

    While nobody told of viewers it is the first of the tellers by name, whoever of them came first.
    """

    hosts: dict[str, str] = field(default_factory=dict[str, str])
    tellers: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def people_of(self, source: str, room: str) -> str:
        """The source that the pseudonyms of this source's people belong to: its room's, else its own."""
        return self.host_of(room) or source

    def host_of(self, room: str) -> str | None:
        """Whose pseudonyms the room goes by; None of no room, and of one that nobody told of."""
        return self.hosts.get(room) or min(self.tellers.get(room, ()), default=None)


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
SKEW_KEPT_MS = 300_000  # a clock that was ahead is held to be ahead for so long, also when it speaks of older news

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


@dataclass(frozen=True, slots=True)
class Going:
    """How the clock of a source goes while it speaks, in ms: ahead (`skew_ms`) or behind; `future`: so much of what it says is yet to be even so."""

    now: int
    skew_ms: int = 0
    behind_ms: int = 0
    future: int = 0

    @property
    def off(self) -> bool:
        """Whether anything it says is to be set right."""
        return bool(self.skew_ms or self.behind_ms or self.future)

    def right(self, at: int) -> int:
        """An instant as it says it (ms UTC), set right; what is yet to be even then is of the moment it is told."""
        right = at - self.skew_ms
        if right > self.now + SURELY_AHEAD_MS:
            return self.now
        return min(self.now, right + self.behind_ms) if self.behind_ms else right


@dataclass(slots=True)
class Clocks:
    """By source and room; `skews`: how far ahead, and since when that is known. Whatever a source tells, of viewers or of orders, is set right here."""

    lags: dict[Place, ClockSeen] = field(default_factory=dict[Place, ClockSeen])
    skews: dict[Place, tuple[int, int]] = field(default_factory=dict[Place, tuple[int, int]])

    def going(self, place: Place, instants: Sequence[int], now: int) -> Going:
        """The clock of a source that says these instants `now`, with what was known of it before.

        When nearly all of them lie ahead it is the clock, and all it says is set back by as much, so that it keeps its order and the time
        between; when it is a few, these are of the moment they are told.
        """
        ahead_ms = max(instants, default=now) - now
        known_ms = self.skew_ms(place, now)
        skew_ms = known_ms if 2 * ahead_ms > known_ms else 0  # else somebody put it right
        if ahead_ms <= SURELY_AHEAD_MS and not skew_ms:
            return Going(now, behind_ms=self.behind_ms(*place))
        future = sum(at > now + SURELY_AHEAD_MS for at in instants)
        if 4 * future > 3 * len(instants):
            skew_ms = max(skew_ms, ahead_ms)
        return Going(now, skew_ms, future=sum(at - skew_ms > now + SURELY_AHEAD_MS for at in instants))

    def speaking(self, place: Place, instants: Sequence[int], now: int) -> Going:
        """The same, with what these very instants tell of it."""
        going = self.going(place, instants, now)
        if going.skew_ms or going.future or not instants:
            return going
        return replace(going, behind_ms=self.heard(place, now, max(instants)).behind_ms)

    def skew_ms(self, place: Place, now: int) -> int:
        """How far ahead the clock of a source was seen to be of late."""
        skew_ms, seen_at = self.skews.get(place, (0, 0))
        return skew_ms if now - seen_at <= SKEW_KEPT_MS else 0

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
        case AudienceOrdersTold(newest_at=newest_at, skew_ms=skew_ms) as fact if newest_at:
            pass
        case _:
            return ()
    place = (fact.source, fact.room)
    if skew_ms and skew_ms != clocks.skew_ms(place, event.at):
        clocks.skews[place] = skew_ms, event.at
    clocks.lags[place] = clocks.heard(place, event.at, newest_at)
    return ()


CLOCKS: Slice[Clocks] = Slice(name="audience.clocks", reads=(AudienceBatch, AudienceOrdersTold), state=Clocks, fold=fold_clocks)
