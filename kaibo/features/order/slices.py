"""LEDGER: where every order stands, and who bought. TAKEN: units of each product that orders have taken and not given back.

CANCELS: orders that somebody wants cancelled in their shop, and what became of that.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.slice import NOTHING, Slice, Touched
from kaibo.features.audience.slices import ROOMS, Rooms
from kaibo.features.order.facts import (
    CANCELLING,
    TRADED,
    OrderCancelAsked,
    OrderCancelConfirmed,
    OrderCancelRefused,
    OrderCreated,
    OrderOddity,
    Traded,
)
from kaibo.features.order.ledger import Order, after
from kaibo.features.order.reading import Thing

Place = tuple[str, str]  # platform, order_id
UNKNOWN = Order()


@dataclass(frozen=True, slots=True)
class Change:
    """One order before and after the newest fact of it."""

    place: Place
    before: Order
    after: Order


@dataclass(slots=True)
class Ledger:
    """Orders by place; `rooms`: where each was placed, as far as its source says; `newest`: what the newest fact changed.

    Who bought an order is said here alone: the viewer of this name of the source whose pseudonyms its room goes by (`people`), also when
    that is known only after the order. `renamed`: the orders of which more is known so since the newest event.
    """

    hosts: Rooms = field(default_factory=Rooms)
    orders: dict[Place, Order] = field(default_factory=dict[Place, Order])
    rooms: dict[Place, str] = field(default_factory=dict[Place, str])
    names: dict[tuple[str, str], Place] = field(default_factory=dict[tuple[str, str], Place])
    newest: Change | None = None
    renamed: Sequence[Change] = ()

    def place(self, fact: Traded | OrderOddity) -> Place:
        """The order a fact speaks of; facts of old logs may not say on which platform it was placed."""
        place = (fact.platform, fact.order_id)
        if place in self.orders or fact.platform:
            return place
        return next((known for known in self.orders if known[1] == fact.order_id), place)

    def address(self, source: str, room: str, order_id: str) -> Place:
        """Where an order of this number stands: one by room, whoever tells of it; without a room it is the source's own."""
        known = self.names.get((room, order_id))  # of no room none is named
        if known is not None:
            return known
        place = (source, order_id)
        if room and self.rooms.get(place, room) not in ("", room):
            return source, f"{order_id}@{room}"  # the same number in another room of one source
        return place

    def people_of(self, place: Place) -> str:
        """The source that the pseudonym of an order's buyer belongs to."""
        return self.orders.get(place, UNKNOWN).people or place[0]

    def names_of(self, place: Place) -> set[str]:
        """The sources under whose pseudonyms its buyer may be known in other shows: whoever told of its room."""
        return {place[0], self.people_of(place), *self.hosts.tellers.get(self.rooms.get(place, ""), ())}

    def changes(self, fact: Fact, touched: Touched) -> Sequence[Change]:
        """What the newest event changed: the order that its fact is of, or those of which it says better who bought."""
        if isinstance(fact, TRADED):
            return () if self.newest is None else (self.newest,)
        return self.renamed if touched.of(LEDGER) else ()

    def change(self, fact: Fact) -> Change | None:
        """What this fact, the newest, changed; None when it is of no order."""
        return self.newest if isinstance(fact, TRADED) else None


def fold_ledger(ledger: Ledger, event: Event[Fact], touched: Touched = NOTHING) -> Iterable[str]:
    """Touches the order, as `platform/order_id`; and those of a room of which it is known better whose people are in it."""
    fact = event.fact
    if not isinstance(fact, (*TRADED, OrderOddity)):
        return _rename(ledger, touched.of(ROOMS))
    place = ledger.place(fact)
    before = ledger.orders.get(place, UNKNOWN)
    if isinstance(fact, OrderCreated | OrderOddity) and fact.room:
        ledger.rooms[place] = fact.room
        ledger.names.setdefault((fact.room, place[1].removesuffix(f"@{fact.room}")), place)
    ledger.orders[place] = now = _with_people(ledger, place, after(before, fact))
    ledger.newest, ledger.renamed = Change(place, before, now), ()
    return (_key(place),)


def _rename(ledger: Ledger, rooms: set[str]) -> Iterable[str]:
    places = [place for place, room in ledger.rooms.items() if room in rooms and place in ledger.orders] if rooms else []
    changes = [Change(place, order, _with_people(ledger, place, order)) for place in places for order in (ledger.orders[place],)]
    ledger.orders.update((change.place, change.after) for change in changes)
    ledger.newest, ledger.renamed = None, changes
    return [_key(place) for place in places]


def _with_people(ledger: Ledger, place: Place, order: Order) -> Order:
    host = ledger.hosts.host_of(ledger.rooms.get(place, ""))
    people = order.people if host is None else "" if host == place[0] else host
    return order if people == order.people else replace(order, people=people)


def _key(place: Place) -> str:
    return f"{place[0]}/{place[1]}"


@dataclass(slots=True)
class Taken:
    """Units by product_id and by variant as the orders name it; `lines`: how many lines of orders ever named a product.

    No order gives back more than it took, whatever a platform says.
    """

    ledger: Ledger
    units: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    lines: Counter[str] = field(default_factory=Counter[str])

    def of(self, product_id: str) -> dict[str, int]:
        """Units of a product by variant: to be kept and read, it stays the same table."""
        return self.units.setdefault(product_id, {})

    def has(self, place: Place) -> Counter[Thing]:
        """What an order still has."""
        return self.ledger.orders.get(place, UNKNOWN).has()

    def paid(self, place: Place) -> bool:
        """Whether an order is paid."""
        return self.ledger.orders.get(place, UNKNOWN).paid_at is not None


def fold_taken(taken: Taken, event: Event[Fact], _: Touched) -> Iterable[str]:
    """An order takes units, a payment says what they are, a cancellation or a refund gives them back."""
    change = taken.ledger.change(event.fact)
    if change is None:
        return ()
    if isinstance(event.fact, OrderCreated):
        taken.lines.update(line.product_id for line in event.fact.lines)
    had, has = change.before.has(), change.after.has()
    changed = [thing for thing in dict.fromkeys((*had, *has)) if had[thing] != has[thing]]
    for product_id, variant in changed:
        units = taken.of(product_id)
        units[variant] = units.get(variant, 0) + has[product_id, variant] - had[product_id, variant]
    return {product_id for product_id, _ in changed}


CancelStage = Literal["waiting", "done", "refused"]


class Cancel(msgspec.Struct, frozen=True):
    """An order that is to be cancelled. `settled_by` is whoever said what became of it, "" where the shop told so; `why`: it could not be."""

    reason: str
    asked_by: str
    asked_at: int
    stage: CancelStage = "waiting"
    settled_by: str = ""
    settled_at: int | None = None
    why: str = ""


@dataclass(slots=True)
class Cancels:
    """By place, over the ledger: it alone knows whether an order is cancelled."""

    ledger: Ledger
    of: dict[Place, Cancel] = field(default_factory=dict[Place, Cancel])

    def waits(self, place: Place) -> bool:
        """Whether it waits for the back office."""
        return place in self.of and self.of[place].stage == "waiting"


def fold_cancels(cancels: Cancels, event: Event[Fact], _: Touched) -> Iterable[str]:
    """Touches the order, as `platform/order_id`, also when only the order moved."""
    by, at = event.actor.id, event.at
    match event.fact:
        case OrderCancelAsked(platform=platform, order_id=order_id, reason=reason):
            place = (platform, order_id)
            cancels.of[place] = Cancel(reason, by, at)
        case OrderCancelConfirmed(platform=platform, order_id=order_id):
            place = (platform, order_id)
            cancels.of[place] = replace(cancels.of[place], stage="done", settled_by=by, settled_at=at)
        case OrderCancelRefused(platform=platform, order_id=order_id, reason=why):
            place = (platform, order_id)
            cancels.of[place] = replace(cancels.of[place], stage="refused", settled_by=by, settled_at=at, why=why)
        case fact:
            return _told_by_shop(cancels, cancels.ledger.change(fact), at)
    return (_key(place),)


def _told_by_shop(cancels: Cancels, change: Change | None, at: int) -> Iterable[str]:
    """What the shop says settles it, whatever a person said before."""
    if change is None or change.place not in cancels.of:
        return ()
    cancel = cancels.of[change.place]
    if cancel.stage != "done" and change.after.gone:
        cancels.of[change.place] = replace(cancel, stage="done", settled_by="", settled_at=at, why="")
    return (_key(change.place),)


LEDGER: Slice[Ledger] = Slice(name="order.ledger", reads=(*TRADED, OrderOddity), state=Ledger, fold=fold_ledger, over=(ROOMS,))
TAKEN: Slice[Taken] = Slice(name="order.taken", reads=TRADED, state=Taken, fold=fold_taken, over=(LEDGER,))
CANCELS: Slice[Cancels] = Slice(name="order.cancels", reads=CANCELLING, state=Cancels, fold=fold_cancels, over=(LEDGER,))
