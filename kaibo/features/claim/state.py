"""What the rules of claims must remember: the book, how claims are taken, and batches not yet decided, over the shelf."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Command, Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.claim.book import Book
from kaibo.features.claim.commands import TendClaims
from kaibo.features.claim.facts import (
    ClaimBuyerBlocked,
    ClaimPolicySet,
    ClaimsDecided,
    ClaimsMissed,
    ClaimsMissedSettled,
    ClaimsOffered,
    ClaimsReleased,
    ClaimsSettled,
    ClaimsWaitlisted,
    Missed,
    Policy,
)
from kaibo.features.claim.hands import Hands
from kaibo.features.claim.shop import Shop
from kaibo.features.claim.slices import STOCK, Shelf
from kaibo.features.claim.window import Windows
from kaibo.features.comment.slices import Sorted
from kaibo.features.draw.slices import Calls
from kaibo.features.product.slices import Offers
from kaibo.features.show.slices import ShowNow

MINUTE_MS = 60_000
UNHEARD_MAX = 64  # batches that came while no claims were taken and are not looked through yet: far more than a reader lags
MISSED_MAX = 5_000  # comments kept of what was missed; who left claims off for longer than that takes none


@dataclass(frozen=True, slots=True)
class Pending:
    """A batch that waits for its decisions, and what its words meant when it came."""

    batch: AudienceBatch
    shop: Shop


@dataclass(slots=True)
class ClaimState:
    """`viewers`: pseudonyms by number; `pending` by seq, oldest first; `ready`: products whose queue or lamp wants tending.

    `chosen`: somebody said how this show takes claims; `unheard`: like `pending`, of batches that came while it took none, and
    `missed`: what viewers ordered in them.
    """

    show: ShowNow
    offers: Offers
    shelf: Shelf
    windows: Windows
    calls: Calls
    sorts: Sorted
    book: Book = field(default_factory=Book)
    policy: Policy = field(default_factory=Policy)
    blocked: set[str] = field(default_factory=set[str])
    viewers: list[str] = field(default_factory=list[str])
    pending: OrderedDict[int, Pending] = field(default_factory=OrderedDict[int, Pending])
    chosen: bool = False
    unheard: OrderedDict[int, Pending] = field(default_factory=OrderedDict[int, Pending])
    missed: list[Missed] = field(default_factory=list[Missed])
    ready: set[str] = field(default_factory=set[str])
    at: int = 0
    since: int = 0  # seq at which products were looked at last
    hands: Hands = field(default_factory=Hands)

    def open_at(self, at: int) -> bool:
        """Whether what was written at an instant (ms UTC, platform time) is an order."""
        match self.policy.capture:
            case "off":
                return False
            case "always":
                return self.show.aired(at)
            case "window":
                return self.windows.covered(at)

    def hold_until(self, at: int) -> int:
        """When what is held from an instant on is free again, ms UTC; 0: held without end."""
        minutes = self.policy.hold_minutes
        return at + minutes * MINUTE_MS if minutes else 0

    def has_waiting(self, product_id: str, pool: str) -> bool:
        """Whether somebody waits for a pool."""
        return self.shelf.goods[product_id].waited_for(pool)


def fold(state: ClaimState, event: Event[Fact], touched: Touched) -> None:
    """Take one event in: O(what it names)."""
    fact = event.fact
    changed: Iterable[str] = touched.get(STOCK.name, ())
    match fact:
        case AudienceBatch():
            _hear(state, event.seq, fact)
        case ClaimPolicySet(policy=policy):
            state.policy, state.chosen = policy, True
            changed = state.shelf.goods
        case ClaimBuyerBlocked(buyer=buyer, blocked=blocked):
            (state.blocked.add if blocked else state.blocked.discard)(buyer)
        case ClaimsMissed() | ClaimsMissedSettled():
            _miss(state, fact)
        case ClaimsDecided() | ClaimsReleased() | ClaimsWaitlisted() | ClaimsOffered() | ClaimsSettled():
            state.book.fold(fact)
            if isinstance(fact, ClaimsDecided):
                _decided(state, event, fact)
        case _:
            pass
    if changed:
        _look(state, event, changed)


def _hear(state: ClaimState, seq: int, batch: AudienceBatch) -> None:
    state.viewers.extend(unpack(batch.columns).new_viewers)
    if not batch.comments:
        return
    state.hands.comments[seq] = batch.comments
    if state.policy.capture != "off":
        state.pending[seq] = Pending(batch, state.shelf.shop())
        return
    state.unheard[seq] = Pending(batch, state.shelf.shop())
    if len(state.unheard) > UNHEARD_MAX:
        state.unheard.popitem(last=False)


def _miss(state: ClaimState, fact: ClaimsMissed | ClaimsMissedSettled) -> None:
    match fact:
        case ClaimsMissed(batch=batch, comments=comments):
            state.missed += comments
            while state.unheard and next(iter(state.unheard)) <= batch:
                state.unheard.popitem(last=False)
        case ClaimsMissedSettled():
            state.missed.clear()


def _decided(state: ClaimState, event: Event[Fact], fact: ClaimsDecided) -> None:
    if not fact.batch:
        state.hands.fold(event, fact)
    while state.pending and next(iter(state.pending)) <= fact.batch:
        state.pending.popitem(last=False)


def _look(state: ClaimState, event: Event[Fact], changed: Iterable[str]) -> None:
    """See of what changed whether somebody can be served now, or the lamp of what is sold out is wrong."""
    for product_id in changed:
        goods = state.shelf.goods.get(product_id)
        lamp = state.policy.capture != "off" and goods is not None and goods.empty() is not goods.announced
        if goods is None:
            state.ready.discard(product_id)
        elif lamp or any(_serves(state, product_id, pool) for pool in goods.pools()):
            state.ready.add(product_id)
        else:
            state.ready.discard(product_id)
    state.at, state.since = event.at, event.seq


def _serves(state: ClaimState, product_id: str, pool: str) -> bool:
    free = state.shelf.goods[product_id].free(pool)
    return (free is None or free > 0) and state.has_waiting(product_id, pool)


def due(state: ClaimState) -> tuple[int, Command] | None:
    """Holds end at their time; what came free is offered, and what is gone is said, at once."""
    instants = [state.at] if state.ready else []
    if state.book.holds:
        instants.append(state.book.holds[0][0])
    return (min(instants), TendClaims(since=state.since)) if instants else None
