"""Who took what there is, in the order in which they took it: so that it can be said to whom more was promised than there was.

Whoever came last is beyond the stock. A claim takes when it was written or offered, an order when it was placed; an order that took
up a claim has the claim's place.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from typing import TypeVar

import msgspec

from kaibo.features.claim.facts import (
    ClaimsDecided,
    ClaimsOffered,
    ClaimsReleased,
    ClaimsSettled,
    ClaimsWaitlisted,
    Decision,
    Move,
)
from kaibo.features.claim.goods import Goods
from kaibo.features.order.slices import Place, Thing

NO_ORDER: Place = ("", "")
K = TypeVar("K")
Moving = ClaimsDecided | ClaimsReleased | ClaimsWaitlisted | ClaimsOffered | ClaimsSettled


class Taker(msgspec.Struct, gc=False):
    """Units that somebody took of a variant: held by a claim, or of an order (`place`), which has its own name for it (`thing`).

    `at` when (ms UTC, platform time), `nth` of all there were. An evening has a hundred thousand: the garbage collector must not
    look at each.
    """

    at: int
    nth: int
    product_id: str
    variant: str
    units: int
    buyer: str
    claim_id: str = ""
    place: Place = NO_ORDER
    thing: Thing = ("", "")


def _when(taker: Taker) -> tuple[int, int]:
    return (taker.at, taker.nth)


def _latest_first(taker: Taker) -> tuple[int, int]:
    return (-taker.at, -taker.nth)


@dataclass(slots=True)
class Takers:
    """`lines` by product and variant, in the order of taking; the same ones by claim and by order; `names` of buyers who said theirs.

    A claim has one or two, in a tuple: the collector forgets tuples of what it need not look at, and never lists.
    """

    lines: dict[str, dict[str, list[Taker]]] = field(default_factory=dict[str, dict[str, list[Taker]]])
    claims: dict[str, tuple[Taker, ...]] = field(default_factory=dict[str, tuple[Taker, ...]])
    orders: dict[Place, tuple[Taker, ...]] = field(default_factory=dict[Place, tuple[Taker, ...]])
    names: dict[str, str] = field(default_factory=dict[str, str])
    count: int = 0

    def move(self, fact: Moving, at: int) -> None:
        """Claims take, give back, and become orders."""
        match fact:
            case ClaimsDecided(decisions=decisions):
                self._decided(decisions)
            case ClaimsReleased(items=items) | ClaimsWaitlisted(items=items):
                for move in items:
                    self._shrink(self.claims, move.claim_id, move.units)
            case ClaimsOffered(items=items):
                for move in items:
                    self._claim(move.claim_id, move.buyer, (move.product_id, move.variant), move.units, at)
            case ClaimsSettled(stage="checked_out"):
                self._settled((fact.platform, fact.order_id), fact.items)
            case ClaimsSettled(stage="restored"):
                for move in fact.items:
                    self._tell((fact.platform, fact.order_id), move, move.units)
            case ClaimsSettled():
                pass

    def _decided(self, decisions: Iterable[Decision]) -> None:
        names, claims = self.names, self.claims
        for decision in decisions:
            if not decision.got:
                continue
            buyer, claim_id = decision.buyer, decision.claim_id
            names[buyer] = decision.name or names.get(buyer, "")
            self.count += 1
            taker = Taker(decision.at, self.count, decision.product_id, decision.variant, decision.got, buyer, claim_id)
            self._line_up(taker)
            claims[claim_id] = (*claims[claim_id], taker) if claim_id in claims else (taker,)

    def _settled(self, place: Place, moves: Iterable[Move]) -> None:
        """An order took claims up: what they took is the order's now, and took as early as they did."""
        for move in moves:
            mine, thing, wanted = (
                self.claims.get(move.claim_id, ()),
                (move.product_id, move.line_variant),
                move.units - move.waits,
            )
            self._tell(place, move, move.waits)
            self._shrink_order(place, thing, wanted)
            for taker in mine:
                units = min(wanted, taker.units)
                if units:
                    wanted -= units
                    taker.units -= units
                    self._put(taker.at, taker.buyer, (taker.product_id, taker.variant), units, place=place, thing=thing)
            self._forget(self.claims, move.claim_id)

    def _tell(self, place: Place, move: Move, units: int) -> None:
        """Of what an order took by itself a claim says which variant it is."""
        thing = (move.product_id, move.line_variant)
        at = min((taker.at for taker in self.orders.get(place, ()) if taker.thing == thing), default=0)
        if units:
            self._shrink_order(place, thing, units)
            self._put(at, move.buyer, (move.product_id, move.variant), units, place=place, thing=thing)

    def ordered(self, place: Place, buyer: str, has: Counter[Thing], at: int, slots: Mapping[str, Container[str]]) -> None:
        """An order has these now: more than it had took them at this instant, less gives back what it took last.

        `slots`: the names of a product's variants; what an order calls otherwise is of the product alone.
        """
        had = Counter[Thing]()
        for taker in self.orders.get(place, ()):
            had[taker.thing] += taker.units
        for thing in {**had, **has}:
            more = has[thing] - had[thing]
            if more > 0:
                variant = thing[1] if thing[1] in slots.get(thing[0], ()) else ""
                self._put(at, buyer or self._buyer(place), (thing[0], variant), more, place=place, thing=thing)
            elif more < 0:
                self._shrink_order(place, thing, -more)

    def rename(self, place: Place, buyer: str) -> None:
        """An order's buyer goes by this key."""
        for taker in self.orders.get(place, ()):
            taker.buyer = buyer if taker.buyer else ""

    def _buyer(self, place: Place) -> str:
        return next((taker.buyer for taker in self.orders.get(place, ())), "")

    def latest(self, product_id: str, variants: Sequence[str]) -> Iterator[Taker]:
        """Whoever took of these variants, the last first."""
        lines = self.lines.get(product_id, {})
        return merge(*(reversed(lines.get(variant, [])) for variant in variants), key=_latest_first)

    def variants(self, product_id: str) -> Iterable[str]:
        """The variants of a product that somebody took."""
        return self.lines.get(product_id, {}).keys()

    def _claim(self, claim_id: str, buyer: str, what: Thing, units: int, at: int) -> None:
        self.claims[claim_id] = (*self.claims.get(claim_id, ()), self._put(at, buyer, what, units, claim_id=claim_id))

    def _put(
        self,
        at: int,
        buyer: str,
        what: Thing,
        units: int,
        *,
        claim_id: str = "",
        place: Place = NO_ORDER,
        thing: Thing = ("", ""),
    ) -> Taker:
        self.count += 1
        taker = Taker(at, self.count, what[0], what[1], units, buyer, claim_id, place, thing)
        self._line_up(taker)
        if place != NO_ORDER:
            self.orders[place] = (*self.orders.get(place, ()), taker)
        return taker

    def _line_up(self, taker: Taker) -> None:
        lines = self.lines.get(taker.product_id)
        if lines is None:
            lines = self.lines[taker.product_id] = {}
        line = lines.get(taker.variant)
        if line is None:
            line = lines[taker.variant] = []
        if not line or line[-1].at <= taker.at:  # nearly always: who came last took last
            line.append(taker)
        else:
            insort(line, taker, key=_when)

    def _shrink_order(self, place: Place, thing: Thing, units: int) -> None:
        """What an order took by itself goes before what claims said the variant of, and the later before the earlier."""
        mine = sorted((taker for taker in self.orders.get(place, ()) if taker.thing == thing), key=_latest_first)
        mine.sort(key=lambda taker: taker.variant not in ("", thing[1]))
        for taker in mine:
            less = min(units, taker.units)
            taker.units -= less
            units -= less
        self._forget(self.orders, place)

    def _shrink(self, table: dict[str, tuple[Taker, ...]], key: str, units: int) -> None:
        for taker in reversed(table.get(key, ())):
            less = min(units, taker.units)
            taker.units -= less
            units -= less
        self._forget(table, key)

    def _forget(self, table: dict[K, tuple[Taker, ...]], key: K) -> None:
        """Who has nothing any more leaves every list."""
        mine = table.get(key, ())
        for taker in mine:
            if not taker.units:
                line = self.lines[taker.product_id][taker.variant]
                del line[bisect_left(line, _when(taker), key=_when)]
        table[key] = tuple(taker for taker in mine if taker.units)
        if not table[key]:
            del table[key]


def beyond(goods: Goods, takers: Takers) -> list[tuple[Taker, int]]:
    """Who is beyond the stock of a product and with how many units, the latest first: in this order it is put right."""
    found: list[tuple[Taker, int]] = []
    pools = goods.pools()
    strays = [variant for variant in takers.variants(goods.product_id) if goods.pool(variant) not in pools]
    for pool, lacking in goods.lacking().items():
        named = [variant for variant in takers.variants(goods.product_id) if goods.pool(variant) == pool]
        own = min(lacking, goods.promised_beyond(pool))
        found += _last(takers, goods.product_id, named, own)
        # Units that belong to no variant come out of the fullest: they are lacking only where no variant had any left for them.
        found += _last(takers, goods.product_id, strays, lacking - own)
    return sorted(found, key=lambda each: (-each[0].at, -each[0].nth))


def _last(takers: Takers, product_id: str, variants: Sequence[str], lacking: int) -> list[tuple[Taker, int]]:
    found: list[tuple[Taker, int]] = []
    for taker in takers.latest(product_id, variants) if lacking > 0 else ():
        if lacking <= 0:
            break
        found.append((taker, min(lacking, taker.units)))
        lacking -= taker.units
    return found
