"""Every claim as far as it got: what it holds, who waits, and when a hold is over. Folded from the log."""

import heapq
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Fact
from kaibo.features.claim.facts import (
    ClaimsDecided,
    ClaimsOffered,
    ClaimsReleased,
    ClaimsSettled,
    ClaimsWaitlisted,
    Decision,
    Move,
)

Place = tuple[int, int, int, str]  # of a waiting claim: platform time (ms UTC), batch, place in it, claim_id


class Claim(msgspec.Struct, gc=False):
    """Units of a decision and where they are; `out` are in an order. `before`: the same buyer's last one of this product.

    An evening has a hundred thousand of them: the garbage collector must not stop the house to look at each.
    """

    decision: Decision
    held: int
    waits: int
    before: str | None = None
    hold_until: int = 0
    out: int = 0

    @property
    def stands(self) -> bool:
        """Whether it holds, waits for or went into an order with anything still."""
        return bool(self.held or self.waits or self.out)


def back(claim: Claim) -> Move:
    """Everything a claim still holds and waits for."""
    decision = claim.decision
    return Move(
        claim_id=decision.claim_id,
        buyer=decision.buyer,
        product_id=decision.product_id,
        variant=decision.variant,
        units=claim.held,
        waits=claim.waits,
        price_minor=decision.price_minor,
        currency=decision.currency,
    )


@dataclass(slots=True)
class Book:
    """Claims by id; the newest id and the units had or waited for by (buyer, product_id); queues by (product_id, variant).

    What orders took up and still have (`orders`), and what they gave back (`given`).
    """

    claims: dict[str, Claim] = field(default_factory=dict[str, Claim])
    newest: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    units: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    queues: dict[tuple[str, str], list[Place]] = field(default_factory=dict[tuple[str, str], list[Place]])
    holds: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    said: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    orders: dict[tuple[str, str], tuple[Move, ...]] = field(default_factory=dict[tuple[str, str], tuple[Move, ...]])
    given: dict[tuple[str, str], tuple[Move, ...]] = field(default_factory=dict[tuple[str, str], tuple[Move, ...]])
    settled: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])

    def fold(self, fact: Fact) -> None:
        """Take one fact in: O(what it names)."""
        match fact:
            case ClaimsDecided(batch=batch, decisions=decisions):
                for place, decision in enumerate(decisions):
                    self._open(decision, batch, place)
            case ClaimsReleased(items=items):
                for move in items:
                    self._change(move, -move.units, -move.waits)
            case ClaimsWaitlisted(items=items):
                for move in items:
                    self._wait(move)
            case ClaimsOffered(items=items):
                for move in items:
                    self._change(move, move.units, -move.units)
                    self._hold(move.claim_id, move.hold_until)
            case ClaimsSettled():
                self._settle(fact)
            case _:
                pass
        self._prune()

    def _settle(self, fact: ClaimsSettled) -> None:
        match fact:
            case ClaimsSettled(stage="checked_out", items=items):
                place = (fact.platform, fact.order_id)
                self.orders[place] = (*self.orders.get(place, ()), *items)
                for move in items:
                    self._change(move, move.waits - move.units, -move.waits, out=move.units)
            case ClaimsSettled(stage="cancelled" | "reduced", items=items):
                place = (fact.platform, fact.order_id)
                for move in items:
                    self._change(move, 0, 0, out=-move.units)
                self.orders[place] = _without(self.orders.get(place, ()), items)
                self.given[place] = (*self.given.get(place, ()), *items)
                if fact.stage == "cancelled":
                    self.settled.add((*place, fact.stage))
            case ClaimsSettled(stage="restored", items=items):
                place = (fact.platform, fact.order_id)
                for move in items:
                    self._change(move, 0, 0, out=move.units)
                self.orders[place] = (*self.orders.get(place, ()), *items)
                self.given[place] = _without(self.given.get(place, ()), items)
            case _:
                self.settled.add((fact.platform, fact.order_id, fact.stage))

    def _open(self, decision: Decision, batch: int, place: int) -> None:
        if decision.ref:
            self.said[decision.buyer] = (decision.text, decision.at)
        if not (decision.got or decision.waits):
            return
        claim_id, owner = decision.claim_id, (decision.buyer, decision.product_id)
        self.claims[claim_id] = Claim(decision, decision.got, decision.waits, self.newest.get(owner))
        self.newest[owner] = claim_id
        self.units[owner] = self.units.get(owner, 0) + decision.got + decision.waits
        if decision.got:
            self._hold(claim_id, decision.hold_until)
        if decision.waits:
            queue = self.queues.setdefault((decision.product_id, decision.variant), [])
            insort(queue, (decision.at, batch, place, claim_id))

    def _wait(self, move: Move) -> None:
        """Back into the queue, at the time of the claim."""
        claim = self.claims.get(move.claim_id)
        if claim is not None and not claim.waits:
            decision = claim.decision
            insort(self.queues.setdefault((decision.product_id, decision.variant), []), (decision.at, 0, 0, move.claim_id))
        self._change(move, -move.units, move.units)

    def _hold(self, claim_id: str, until: int) -> None:
        claim = self.claims[claim_id]
        claim.hold_until = until
        if until:
            heapq.heappush(self.holds, (until, claim_id))

    def _change(self, move: Move, held: int, waits: int, out: int = 0) -> None:
        claim = self.claims.get(move.claim_id)
        if claim is None:
            return
        claim.held += held
        claim.waits += waits
        claim.out += out
        owner = (claim.decision.buyer, claim.decision.product_id)
        self.units[owner] = self.units.get(owner, 0) + held + waits + out
        if waits and not claim.waits:
            self._unqueue(claim)

    def _unqueue(self, claim: Claim) -> None:
        queue = self.queues[claim.decision.product_id, claim.decision.variant]
        claim_id = claim.decision.claim_id
        if queue and queue[0][3] == claim_id:  # the usual case: the first in the queue was served
            del queue[0]
            return
        self.queues[claim.decision.product_id, claim.decision.variant] = [place for place in queue if place[3] != claim_id]

    def _prune(self) -> None:
        """Forget ends of holds that are no more."""
        while self.holds:
            until, claim_id = self.holds[0]
            claim = self.claims[claim_id]
            if claim.held and claim.hold_until == until:
                return
            heapq.heappop(self.holds)

    def active(self, buyer: str, product_id: str, variant: str | None = None) -> list[Claim]:
        """A buyer's claims of a product that hold or wait, oldest first; `variant` None: of any."""
        found = [
            claim
            for claim in self.of(buyer, product_id)
            if (claim.held or claim.waits) and variant in (None, claim.decision.variant)
        ]
        return found[::-1]

    def of(self, buyer: str, product_id: str) -> Iterator[Claim]:
        """All claims of a buyer and product, newest first."""
        claim_id = self.newest.get((buyer, product_id))
        while claim_id is not None:
            claim = self.claims[claim_id]
            yield claim
            claim_id = claim.before

    def over(self, at: int) -> list[Claim]:
        """Claims whose hold is over at an instant (ms UTC), earliest first."""
        ended = sorted(hold for hold in self.holds if hold[0] <= at) if self.holds and self.holds[0][0] <= at else []
        found: dict[str, Claim] = {}
        for until, claim_id in ended:
            claim = self.claims[claim_id]
            if claim.held and claim.hold_until == until:
                found[claim_id] = claim
        return list(found.values())


def _without(moves: Iterable[Move], items: Iterable[Move]) -> tuple[Move, ...]:
    """So much less of these claims."""
    less = Counter[tuple[str, str]]()
    for move in items:
        less[move.claim_id, move.line_variant] += move.units
    left: list[Move] = []
    for move in moves:
        gone = min(move.units, less[move.claim_id, move.line_variant])
        less[move.claim_id, move.line_variant] -= gone
        if gone < move.units:
            left.append(replace(move, units=move.units - gone) if gone else move)
    return tuple(left)
