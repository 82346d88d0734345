"""Raw counters of the whole show and of the two windows of ten minutes: what tiles and samples are worked out from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, product

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from kaibo.analysis.counters import BY_NAME, COUNTERS, Counter, Telling
from kaibo.analysis.course import STEP_S, Course
from kaibo.analysis.definitions import Definition
from kaibo.analysis.evaluate import measured
from kaibo.core.event import Event, Fact
from kaibo.features.audience.facts import (
    CLICK,
    COMMENT,
    ENTER,
    FOLLOW,
    JOIN,
    KINDS,
    LEAVE,
    LIKE,
    SHARE,
    VIEW,
    AudienceBatch,
    AudienceOrdersTold,
    AudienceRepeated,
    AudienceShown,
    unpack,
)
from kaibo.features.metric.crowd import Crowd
from kaibo.features.metric.facts import (
    MetricHistoryTaken,
    MetricSampled,
    MetricSpendEntered,
    MetricSpendRemoved,
    ShowSummary,
    SpendRow,
)
from kaibo.features.metric.people import WINDOW, Customers, Names, Presence, fingerprint, opened
from kaibo.features.metric.sales import (
    OPEN,
    Bounds,
    after_minor,
    before_parts,
    bounds_of,
    moves,
    parts,
    person_of,
    sightings,
)
from kaibo.features.metric.stays import Stays
from kaibo.features.metric.tally import Clock, Tally, move_crowd, stretches, total
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderPaid, OrderRefunded, OrderRestated
from kaibo.features.order.slices import UNKNOWN, Change, Ledger, Order, Place
from kaibo.features.show.slices import ShowNow

READS = (
    AudienceBatch, AudienceOrdersTold, AudienceRepeated, AudienceShown, OrderCreated, OrderEdited, OrderPaid, OrderRefunded, OrderRestated,
    MetricSampled, MetricSpendEntered, MetricSpendRemoved, MetricHistoryTaken,
)  # fmt: skip
OF_VIEWERS = {"pimp_u": (VIEW,), "pclk_u": (CLICK,), "comment_u": (COMMENT,), "follow_u": (FOLLOW,), "fans_u": (JOIN,)}
OF_CUSTOMERS = ("created_u", "buyers", "buyers_old", "buyers_new", "buyers_known")
TOLD = tuple(counter for counter in COUNTERS if counter.told_by)
ASSUMED = {counter.name: counter.assumes for counter in COUNTERS if counter.assumes}
ENGAGED = np.isin(np.arange(256), (COMMENT, LIKE, SHARE, FOLLOW))  # by code of a kind
Raw = dict[str, float]


@dataclass(slots=True)
class Board:
    """Raw counters, by minute where a window may ask. `rows` is for whoever shows them, and emptied by every event."""

    show: ShowNow
    ledger: Ledger
    clock: Clock = field(init=False)
    bounds: Bounds = OPEN
    told_at: int = 0  # the newest fact of an order, by the clock of the house
    whole: Tally = field(default_factory=Tally)
    minutes: dict[int, Tally] = field(default_factory=dict[int, Tally])
    stays: Stays = field(default_factory=Stays)
    crowd: Crowd = field(init=False)
    viewers: Names = field(default_factory=Names)
    customers: Customers = field(default_factory=Customers)
    people: dict[str, Presence] = field(init=False)
    told: set[str] = field(default_factory=set[str])  # what sources tell, see `Telling`
    comers: set[str] = field(default_factory=set[str])  # whose viewers are told of when they come
    goers: set[str] = field(default_factory=set[str])  # and when they go
    spend: dict[str, SpendRow] = field(default_factory=dict[str, SpendRow])
    history: tuple[ShowSummary, ...] = ()
    known_shows: int = 0
    bought: dict[int, dict[Place, None]] = field(default_factory=dict[int, dict[Place, None]])  # orders by person
    after_gmv: int = 0
    before_orders: int = 0
    before_gmv: int = 0
    moved_from: int | None = None  # the earliest minute whose online curve the last batch may have changed
    _known: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, np.uint32))

    def __post_init__(self) -> None:
        """The groups of people that are counted once each."""
        self.clock = Clock(self.show)
        self.crowd = Crowd(self.stays)
        viewers = ("uv", "engaged_u", *OF_VIEWERS)
        self.people = {name: Presence(self.viewers) for name in viewers}
        self.people |= {name: Presence(self.customers) for name in OF_CUSTOMERS}

    @property
    def currency(self) -> str:
        """The show's, "" before it is planned."""
        return self.show.currency

    def fold(self, event: Event[Fact]) -> None:
        """Take one event in."""
        self._hear(event)
        match event.fact:
            case AudienceBatch() as batch:
                self._batch(batch)
            case AudienceShown() as shown:
                self._show(shown)
            case AudienceOrdersTold():
                self.told.add("order")
            case OrderCreated() | OrderEdited() | OrderPaid() | OrderRefunded() | OrderRestated() as fact:
                self.told_at = event.at
                self.told.add("order")
                change = self.ledger.change(fact)
                if change is not None:
                    self._trade(change)
            case MetricSpendEntered(rows=rows):
                self.spend |= {row.spend_id: row for row in rows}
            case MetricSpendRemoved(spend_id=spend_id):
                self.spend.pop(spend_id, None)
            case MetricHistoryTaken() as taken:
                self._take(taken)
            case _:
                pass

    def turn(self) -> bool:
        """It is planned, went on air, or off: which orders are its own may be known better now; whether it is."""
        before, self.bounds = self.bounds, bounds_of(self.show)
        if before == self.bounds:
            return False
        for place, order in self.ledger.orders.items():
            if moves(order, before, self.bounds):
                self._count(order, before, -1)
                self._count(order, self.bounds, 1)
                self._recount(person_of(place, order))
        return True

    def _add(self, minute: int, tally: Tally, sign: int = 1) -> None:
        self.whole.add(tally, sign)
        self.minutes.setdefault(minute, Tally()).add(tally, sign)

    def _batch(self, batch: AudienceBatch) -> None:
        self.viewers.meet(batch)
        self.stays.touched.clear()
        columns = unpack(batch.columns)
        kinds = np.flatnonzero(np.bincount(columns.kind)).tolist()
        self.told.update(("viewer", *(KINDS[code] for code in kinds)))
        self._follow(batch, kinds)
        for stretch in stretches(batch.columns):
            self._add(stretch.minute, stretch.tally)
            viewers, kinds = columns.viewer[stretch.start : stretch.end], columns.kind[stretch.start : stretch.end]
            self.people["uv"].see(viewers, stretch.minute)
            self.people["engaged_u"].see(viewers[ENGAGED[kinds]], stretch.minute)
            for name, (kind,) in OF_VIEWERS.items():
                self.people[name].see(viewers[kinds == kind], stretch.minute)
        self.moved_from = move_crowd(self.crowd, batch.columns)

    def _follow(self, batch: AudienceBatch, kinds: Sequence[int]) -> None:
        """Who is in the room is known while all who tell who comes in tell who goes: by doing so, or by saying that they do."""
        if ENTER in kinds:
            self.comers.add(batch.people_of)
        if LEAVE in kinds or batch.tells_leaves:
            self.goers.add(batch.people_of)
        self.told.discard("leave")
        if self.comers and self.comers <= self.goers:
            self.told.add("leave")

    def _hear(self, event: Event[Fact]) -> None:
        if self.clock.hear(event):
            self.crowd.advance(self.clock.minute)
            for group in self.people.values():
                group.advance(self.clock.minute)

    def _show(self, fact: AudienceShown) -> None:
        self.told.add("impression")
        for part in fact.parts:
            self._add(part.minute, Tally(imp=part.count))

    def rename(self) -> None:
        """Of these orders it is known better who bought."""
        for change in self.ledger.renamed:
            self._trade(change)

    def _trade(self, change: Change) -> None:
        """An order reads otherwise: what it added before is taken back."""
        if change.after.buyer:
            self.told.add("buyer")
        self._count(change.before, self.bounds, -1)
        self._count(change.after, self.bounds, 1)
        before, now = person_of(change.place, change.before), person_of(change.place, change.after)
        if before != now and change.before != UNKNOWN:
            self.bought.get(before, {}).pop(change.place, None)
            self._recount(before)
        self.bought.setdefault(now, {})[change.place] = None
        self._recount(now)

    def _count(self, order: Order, bounds: Bounds, sign: int) -> None:
        for minute, tally in parts(order, bounds):
            self._add(minute, tally, sign)
        self.after_gmv += sign * after_minor(order, bounds)
        orders, minor = before_parts(order, bounds)
        self.before_orders += sign * orders
        self.before_gmv += sign * minor

    def _recount(self, person: int) -> None:
        """Where a person is counted, from all their orders."""
        orders = list(map(self.ledger.orders.__getitem__, self.bought.get(person, ())))
        seen = list(chain.from_iterable(sightings(order, self.bounds) for order in orders))
        groups = [(self.people[name], minute) for name, minute in seen]
        if self.known_shows and any(order.buyer for order in orders):
            more = "buyers_known", "buyers_old" if self._is_known(person) else "buyers_new"
            groups += [(self.people[each], minute) for each, (name, minute) in product(more, seen) if name == "buyers"]
        self.customers.recount(person, groups, [self.people[name] for name in OF_CUSTOMERS])

    def _is_known(self, person: int) -> bool:
        """Whether an earlier show had them, under any name that their room's people go by."""
        return any(self._has(each) for each in self.names_of(person))

    def _has(self, person: int) -> bool:
        place = int(np.searchsorted(self._known, person >> 32))
        return place < len(self._known) and int(self._known[place]) == person >> 32

    def names_of(self, person: int) -> set[int]:
        """The fingerprints a buyer may have in other shows: several sources may tell of a room, and any of them first."""
        found = {person}
        for place in self.bought.get(person, ()):
            if buyer := self.ledger.orders[place].buyer:
                found |= {fingerprint(source, buyer) for source in self.ledger.names_of(place)}
        return found

    def _take(self, taken: MetricHistoryTaken) -> None:
        """What earlier shows leave. Comes before the first buyer; one that comes later speaks of the buyers after it."""
        self.history = tuple(replace(show, raw=measured(show.raw)) for show in taken.shows)
        self.known_shows = taken.buyers_shows
        self._known = opened(taken.buyers)

    # reading
    def knows(self, counter: Counter) -> bool:
        """Whether any source told of what it counts: what nobody told of is unknown, and not nothing."""
        return not self._silent(counter)

    def _silent(self, counter: Counter) -> tuple[Telling, ...]:
        """What would have to be told for it to be known."""
        if counter.told_by and self.told.isdisjoint(counter.told_by):
            return counter.told_by
        return self._missing(counter.and_by)

    def _missing(self, tellings: Iterable[Telling]) -> tuple[Telling, ...]:
        return tuple(telling for telling in tellings if telling not in self.told)

    def sure(self, raw: Raw) -> Raw:
        """These counters without what stands on an assumption: nothing is decided by them, nor kept for later shows."""
        return {name: value for name, value in raw.items() if not self._missing(ASSUMED.get(name, ()))}

    @property
    def watched(self) -> bool:
        """Whether it is known who is in the room, and so who only watches."""
        return "leave" in self.told

    def told_of(self, name: str, count: int) -> int | None:
        """A count of the counter of this name, None while no source tells of it."""
        return count if self.knows(BY_NAME[name]) else None

    def all_told(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Counts by name of their counter, without what no source tells of."""
        return {name: count for name, count in counts.items() if self.knows(BY_NAME[name])}

    def untold(self, definition: Definition) -> tuple[Telling, ...]:
        """What would have to be told for a figure to be known, or to stand on no assumption, and is not."""
        instead = BY_NAME.get(definition.formerly)
        known = {definition.numerator} if instead is not None and self.knows(instead) else set[str]()
        counters = [each for each in definition.counters if each.name not in known]
        missing = (self._silent(counter) or self._missing(counter.assumes) for counter in counters)
        return tuple(dict.fromkeys(telling for each in missing for telling in each))

    def untold_windows(self, definition: Definition) -> tuple[Telling, ...]:
        """The same of its windows alone: who only watches is a viewer of a window, by who is in the room."""
        lacks = "uv" in (definition.numerator, definition.denominator) and not definition.formerly and not self.watched
        return () if not lacks or self.untold(definition) else ("leave",)

    def measured(self, raw: Raw) -> Raw:
        """These counters without what no source told of."""
        unknown = {counter.name for counter in TOLD if not self.knows(counter)}
        found = {name: value for name, value in raw.items() if name not in unknown}
        if "uv" in raw and "uv" in unknown and "did_u" not in unknown:
            found["did_u"] = raw["uv"]
        return found

    def raw_whole(self) -> Raw:
        """Counters of the whole show; what nobody can know is not there."""
        raw = self._sums(self.whole)
        raw |= {name: group.ever() for name, group in self.people.items() if name not in UNSURE}
        raw |= {"uv": self.viewers.size, "online": self.crowd.online, "pcu": self.crowd.peak()}
        raw["stays"], reached = self.stays.total(self.stays.begun)
        raw["stays_60s"] = reached - self.stays.young(self.clock.at // 1000)
        if self.known_shows:
            raw |= {name: self.people[name].ever() for name in UNSURE}
        raw |= {"before_orders": self.before_orders, "before_gmv": self.before_gmv}
        if self.show.ended_at is not None:
            raw["after_gmv"] = self.after_gmv
        span = self._span()
        if span is not None:
            raw |= self._lived(*span)
        return self.measured(raw) | self._spent()

    def raw_window(self, back: int) -> Raw | None:
        """Of the ten minutes that end at the newest one (`back` 0), or the ten before (1); None before anything happened."""
        newest, began = self.clock.minute, self.clock.first_minute
        last = newest - WINDOW * back
        first = last - WINDOW + 1
        if began is None or began > last:
            return None
        minutes = range(first, last + 1)
        raw = self._sums(total(self.minutes[minute] for minute in minutes if minute in self.minutes))
        ages = WINDOW * back, WINDOW * back + WINDOW - 1
        raw |= {name: group.count(*ages) for name, group in self.people.items() if name not in UNSURE}
        raw["uv"] = self.people["uv"].count(*ages, self.crowd.here.bits)
        end = min(last * 60 + 59, self.clock.at // 1000)
        raw["online"] = self.crowd.mean(max(first, began) * 60, end) or 0.0
        raw["pcu"] = self.crowd.peak_within(first, last)
        raw["stays"], reached = self.stays.total(minutes)
        raw["stays_60s"] = reached if back else reached - self.stays.young(self.clock.at // 1000)
        span = self._span()
        if span is not None:
            raw |= self._lived(max(span[0], first * 60), min(span[1], end))
        return self.measured(raw)

    def course(self) -> Course:
        """How each sum of a show that is over grew, from going on air to its last minute."""
        span = self._span()
        if span is None:
            return {}
        first, steps = span[0] // 60, max(1, -(-(span[1] - span[0]) // STEP_S))
        found: dict[str, list[float]] = {name: [0.0] * steps for name in self.measured(self._sums(self.whole))}
        for minute, tally in self.minutes.items():
            step = min(steps - 1, max(0, (minute - first) * 60 // STEP_S))
            for name, sums in found.items():
                sums[step] += getattr(tally, name)
        return {name: tuple(accumulate(sums)) for name, sums in found.items()}

    @property
    def as_of(self) -> int:
        """Up to when orders are known (ms UTC, by the clock of the house); 0 before the first."""
        final_at = self.final_at
        return self.told_at if final_at is None else min(self.told_at, final_at)

    @property
    def final_at(self) -> int | None:
        """From when on payments change nothing any more, None while the show is not over."""
        return self.show.final_at

    def error(self, name: str) -> float:
        """Relative standard error of a counter: 0 but for crowds beyond a million."""
        group = self.people.get(name)
        return group.error if group is not None and name != "uv" else 0.0

    def _sums(self, tally: Tally) -> Raw:
        return {name: getattr(tally, name) for name in Tally.__slots__}

    def _span(self) -> tuple[int, int] | None:
        """First and last second of the show so far: from going on air, or from the first thing heard, to the end, or the newest."""
        aired_at, ended_at = self.show.aired_at, self.show.ended_at
        if aired_at is not None and ended_at is not None:
            return aired_at // 1000, ended_at // 1000
        if self.clock.first_minute is None:
            return None
        start = self.clock.first_minute * 60 if aired_at is None else aired_at // 1000
        return start, self.clock.at // 1000

    def _lived(self, start: int, end: int) -> Raw:
        seconds = max(0, end - start + 1)
        watched, visits = (self.crowd.watched(start, end), self.crowd.visits(start, end)) if seconds else (0.0, 0)
        return {"live_s": seconds, "watch_s": watched, "visits": visits}

    def _spent(self) -> Raw:
        if not self.spend:
            return {}
        rows = self.spend.values()
        return {
            "ad_cost": sum(row.cost_minor for row in rows),
            "ad_imp": sum(row.impressions for row in rows),
            "ad_clicks": sum(row.clicks for row in rows),
            "ad_gmv": sum(row.gmv_minor for row in rows),
        }


UNSURE = ("buyers_old", "buyers_new", "buyers_known")  # known only beside a history
