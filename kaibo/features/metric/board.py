"""Raw counters of the whole show and of the two windows of ten minutes: what tiles and samples are worked out from."""

from dataclasses import dataclass, field
from itertools import accumulate, chain, product

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from kaibo.analysis.counters import BATCH, COUNTERS, SHOWN
from kaibo.analysis.course import STEP_S, Course
from kaibo.analysis.evaluate import measured
from kaibo.core.event import Event, Fact
from kaibo.features.audience.facts import (
    CLICK,
    COMMENT,
    FOLLOW,
    JOIN,
    KINDS,
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
from kaibo.features.metric.people import WINDOW, Customers, Names, Presence, fingerprint, grown, opened
from kaibo.features.metric.sales import (
    OPEN,
    Bounds,
    after_minor,
    before_parts,
    bounds_of,
    moves,
    parts,
    people_of,
    person_of,
    sightings,
)
from kaibo.features.metric.spend import spent
from kaibo.features.metric.stays import Stays
from kaibo.features.metric.tally import MINUTE_MS, Clock, Tally, move_crowd, stretches, total
from kaibo.features.metric.told import Raw, Speaking, Told
from kaibo.features.metric.waiting import Waiting
from kaibo.features.order.facts import OrderCreated, OrderEdited, OrderPaid, OrderRefunded, OrderRestated
from kaibo.features.order.slices import UNKNOWN, Change, Ledger, Order, Place
from kaibo.features.show.slices import ShowNow

READS = (
    AudienceBatch, AudienceOrdersTold, AudienceRepeated, AudienceShown, OrderCreated, OrderEdited, OrderPaid, OrderRefunded, OrderRestated,
    MetricSampled, MetricSpendEntered, MetricSpendRemoved, MetricHistoryTaken,
)  # fmt: skip
OF_VIEWERS = {"pimp_u": (VIEW,), "pclk_u": (CLICK,), "comment_u": (COMMENT,), "follow_u": (FOLLOW,), "fans_u": (JOIN,)}
OF_CUSTOMERS = ("created_u", "buyers", "buyers_old", "buyers_new", "buyers_known")
OF_PEOPLE = {counter.name for counter in COUNTERS if not {*BATCH, *SHOWN}.isdisjoint(counter.sources)}
ENGAGED = np.isin(np.arange(256), (COMMENT, LIKE, SHARE, FOLLOW))  # by code of a kind


@dataclass(slots=True)
class Board(Told):
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
    waiting: Waiting = field(default_factory=Waiting)
    aired_at: int = 0  # from when on people count (ms UTC), 0 before air: then all do
    came: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))  # by number: who did anything from then on
    customers: Customers = field(default_factory=Customers)
    people: dict[str, Presence] = field(init=False)
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
                self._batch(batch, event.at)
            case AudienceShown() | AudienceOrdersTold() | AudienceRepeated() as spoke:
                self._speak(spoke)
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
        aired_at = self.show.aired_at or 0
        if aired_at != self.aired_at:
            self._air(aired_at)
        elif before == self.bounds:
            return False
        for place, order in self.ledger.orders.items():
            if moves(order, before, self.bounds):
                self._count(place, order, before, -1)
                self._count(place, order, self.bounds, 1)
                self._recount(person_of(place, order))
        return True

    def _add(self, minute: int, tally: Tally, sign: int = 1) -> None:
        self.whole.add(tally, sign)
        self.minutes.setdefault(minute, Tally()).add(tally, sign)

    def _air(self, aired_at: int) -> None:
        """From now on people count from now on."""
        self.aired_at = aired_at
        for minute, tally in self.waiting.over(aired_at):
            self._add(minute, tally, -1)
        for group in ("uv", "engaged_u", *OF_VIEWERS):
            self.people[group].clear()
        self.came = np.zeros(self.viewers.size, np.bool_)
        self.crowd.begin(aired_at)
        self.doers.clear()
        for batch in self.waiting.ahead:
            self._see(batch)
        self.settle()

    def _batch(self, batch: AudienceBatch, told_at: int) -> None:
        self.viewers.meet(batch)
        self.stays.touched.clear()
        columns = unpack(batch.columns)
        kinds = np.flatnonzero(np.bincount(columns.kind)).tolist()
        self.told.update(("viewer", *(KINDS[code] for code in kinds)))
        self.follow(batch, kinds)
        if not self.aired_at:
            self.waiting.take(batch, told_at)
        self._see(batch)
        self.settle()
        self.moved_from = move_crowd(self.crowd, batch.columns)

    def _see(self, batch: AudienceBatch) -> None:
        columns = unpack(batch.columns)
        self.came = grown(self.came, self.viewers.size)  # pyright: ignore[reportAttributeAccessIssue]  same dtype as it had
        for stretch in stretches(batch.columns, self.aired_at):
            self.doers.add(batch.people_of)
            self._add(stretch.minute, stretch.tally)
            viewers, kinds = columns.viewer[stretch.start : stretch.end], columns.kind[stretch.start : stretch.end]
            self.came[viewers] = True
            self.people["uv"].see(viewers, stretch.minute)
            self.people["engaged_u"].see(viewers[ENGAGED[kinds]], stretch.minute)
            for name, (kind,) in OF_VIEWERS.items():
                self.people[name].see(viewers[kinds == kind], stretch.minute)

    def _hear(self, event: Event[Fact]) -> None:
        if self.clock.hear(event):
            self.crowd.advance(self.clock.minute)
            for group in self.people.values():
                group.advance(self.clock.minute)

    def _speak(self, fact: Speaking) -> None:
        if isinstance(fact, AudienceShown):
            self._show(fact)
        if isinstance(fact, AudienceOrdersTold):
            self.told.add("order")
        self.declare(fact)

    def _show(self, fact: AudienceShown) -> None:
        self.told.add("impression")
        if not self.aired_at:
            self.waiting.show(fact)
        for part in fact.parts:
            if part.minute >= self.aired_at // MINUTE_MS:
                self._add(part.minute, Tally(imp=part.count))

    def rename(self) -> None:
        """Of these orders it is known better who bought."""
        for change in self.ledger.renamed:
            self._trade(change)

    def _trade(self, change: Change) -> None:
        """An order reads otherwise: what it added before is taken back."""
        if change.after.buyer:
            self.told.add("buyer")
        self._count(change.place, change.before, self.bounds, -1)
        self._count(change.place, change.after, self.bounds, 1)
        before, now = person_of(change.place, change.before), person_of(change.place, change.after)
        if before != now and change.before != UNKNOWN:
            self.bought.get(before, {}).pop(change.place, None)
            self._recount(before)
        self.bought.setdefault(now, {})[change.place] = None
        self._recount(now)

    def _count(self, place: Place, order: Order, bounds: Bounds, sign: int) -> None:
        self.buying[people_of(place, order)] += sign * len(sightings(order, bounds))
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
    def of_show(self) -> NDArray[np.bool_]:
        """Who is a viewer of the show, by number: before air everybody, then who was in the room at air or did anything from then on."""
        size = self.viewers.size
        if not self.aired_at:
            return np.ones(size, np.bool_)
        found = np.zeros(size, np.bool_)
        for some in (self.came[:size], self.crowd.there[:size]):
            found[: len(some)] |= some
        return found

    def raw_whole(self) -> Raw:
        """Counters of the whole show; what nobody can know is not there."""
        raw = self._sums(self.whole)
        raw |= {name: group.ever() for name, group in self.people.items() if name not in UNSURE}
        viewers, pcu = self.of_show(), self.crowd.peak(self.aired_at // 1000)
        uv = int(np.count_nonzero(viewers))
        came = int(np.count_nonzero(viewers & self.come(viewers.size))) if self.partly else uv
        raw |= {"uv": uv, "came_u": came, "online": self.crowd.online, "pcu": pcu}
        raw["stays"], raw["stays_60s"] = self.stays.total(self.stays.begun, self.clock.at // 1000)
        if self.known_shows:
            raw |= {name: self.people[name].ever() for name in UNSURE}
        raw |= {"before_orders": self.before_orders, "before_gmv": self.before_gmv}
        if self.show.ended_at is not None:
            raw["after_gmv"] = self.after_gmv
        span = self._span()
        if span is not None:
            raw |= self._lived(*span)
        return self.measured(raw) | spent(self.spend.values())

    def raw_window(self, back: int) -> Raw | None:
        """Of the ten minutes that end at the newest one (`back` 0), or the ten before (1); None before anything happened."""
        newest, began = self.clock.minute, self.clock.first_minute
        last = newest - WINDOW * back
        first = last - WINDOW + 1
        if began is None or max(began, (self.bounds.begins or 0) // MINUTE_MS if self.aired_at else 0) > last:
            return None
        minutes = range(first, last + 1)
        raw = self._sums(total(self.minutes[minute] for minute in minutes if minute in self.minutes))
        ages = WINDOW * back, WINDOW * back + WINDOW - 1
        raw |= {name: group.count(*ages) for name, group in self.people.items() if name not in UNSURE}
        raw["uv"] = raw["came_u"] = self.people["uv"].count(*ages, self.crowd.here.bits)
        if self.partly:
            raw["came_u"] = self.people["uv"].count(*ages, self.crowd.here.bits, self.come(self.viewers.size))
        end = min(last * 60 + 59, self.clock.at // 1000)
        since = max(first * 60, self.aired_at // 1000 or began * 60)
        raw["online"] = self.crowd.mean(since, end) or 0.0
        raw["pcu"] = self.crowd.peak_within(since, last * 60 + 59)
        raw["stays"], raw["stays_60s"] = self.stays.total(minutes, self.clock.at // 1000)
        span = self._span()
        if span is not None:
            raw |= self._lived(max(span[0], first * 60), min(span[1], end))
        if last < self.aired_at // MINUTE_MS:  # money alone is older than the show
            raw = {name: value for name, value in raw.items() if name not in OF_PEOPLE}
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

    @property
    def exact(self) -> bool:
        """Whether nobody is counted by a sketch yet: no counter errs."""
        return self.viewers.exact and self.customers.exact

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
            return aired_at // 1000, (ended_at - 1) // 1000  # at its end it is over
        if self.clock.first_minute is None:
            return None
        start = self.clock.first_minute * 60 if aired_at is None else aired_at // 1000
        return start, self.clock.at // 1000

    def _lived(self, start: int, end: int) -> Raw:
        seconds = max(0, end - start + 1)
        watched, visits = (self.crowd.watched(start, end), self.crowd.visits(start, end)) if seconds else (0.0, 0)
        return {"live_s": seconds, "watch_s": watched, "visits": visits}


UNSURE = ("buyers_old", "buyers_new", "buyers_known")  # known only beside a history
