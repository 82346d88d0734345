"""What orders do to claims: an order takes up what its buyer claimed, and gives back or takes again what it changes by."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from kaibo.core.event import Fact
from kaibo.features.claim.book import Claim, back
from kaibo.features.claim.commands import SettleClaims
from kaibo.features.claim.facts import ClaimsDecided, ClaimsReleased, ClaimsSettled, Decision, Move, OrderStage
from kaibo.features.claim.state import ClaimState
from kaibo.features.order.facts import OrderLine
from kaibo.features.order.slices import Place, Thing


def settle(state: ClaimState, command: SettleClaims) -> Sequence[Fact]:
    """Which claims an order takes up, or what becomes of those it took up; each stage once."""
    place = (command.platform, command.order_id)
    if command.late:
        return _settle_late(state, command)
    if command.stage == "checked_out":
        # By now it may have more than it came with, and that is what it takes up.
        known = place in state.shelf.taken.ledger.orders
        told = replace(command, lines=_lines(state.shelf.taken.has(place))) if known else command
        items = () if place in state.book.orders else tuple(_taken_up(state, told))
    else:
        items = state.book.orders.get(place, ())
    if not items or (*place, command.stage) in state.book.settled or (command.stage == "paid" and not _all_paid(state, place)):
        return ()
    return (ClaimsSettled(platform=command.platform, order_id=command.order_id, stage=command.stage, items=items),)


def _all_paid(state: ClaimState, place: Place) -> bool:
    """An order that is paid in parts is paid with the last of them."""
    order = state.shelf.taken.ledger.orders.get(place)
    return order is None or order.wholly_paid


def _settle_late(state: ClaimState, command: SettleClaims) -> Sequence[Fact]:
    """An order has more or less than when it was settled, or whose it is was told after it came; it stands where it stands."""
    place, ledger, book = (command.platform, command.order_id), state.shelf.taken.ledger, state.book
    order = ledger.orders.get(place)
    if order is None:
        return ()
    paid = (*place, "paid") in book.settled or (place not in book.orders and order.paid_at is not None and order.wholly_paid)
    grown = _grown(state, command, order.buyer)
    stages: tuple[OrderStage, ...] = ("checked_out", "paid") if paid else ("checked_out",)
    facts = [ClaimsSettled(platform=place[0], order_id=place[1], stage=stage, items=grown) for stage in stages if grown]
    if order.cancelled_at is not None and order.paid_at is None:
        return facts  # that it was cancelled is told by itself
    return [*facts, *_changed(state, place, (*book.orders.get(place, ()), *grown), paid=paid)]


def _changed(state: ClaimState, place: Place, taken: Sequence[Move], *, paid: bool) -> Sequence[Fact]:
    """It has less than it took up, or so much again."""
    bought, over = state.shelf.taken.ledger.orders[place].bought(), _products(_lined(taken))
    over.subtract(_products(bought))
    changes: tuple[tuple[OrderStage, Sequence[Move]], ...] = (
        ("reduced", _reduced(taken, bought, +over)),
        ("restored", _restored(state, place, -over)),
    )
    return [
        ClaimsSettled(platform=place[0], order_id=place[1], stage=stage, items=tuple(items), paid=paid)
        for stage, items in changes
        if items
    ]


def bought_before(state: ClaimState, facts: Iterable[Fact]) -> Sequence[Fact]:
    """Claims that are read after the order that was placed for them: what was said before an order is what the order is for."""
    decided = [
        each for fact in facts if isinstance(fact, ClaimsDecided) for each in fact.decisions if each.buyer in state.shelf.bought
    ]
    gone = _given_up(facts) if decided else {}
    found: dict[Place, tuple[Counter[Thing], list[Move], int]] = {}
    for decision in decided:
        held, waits = gone.get(decision.claim_id, (0, 0))
        stands = replace(decision, got=decision.got - held, waits=decision.waits - waits)
        for place in placed_after(state, stands.buyer, stands.at) if stands.got or stands.waits else ():
            if place not in found:
                earlier = _said_before(state, place, gone)
                found[place] = _untaken(state, place) - _lined(earlier), earlier, len(earlier)
            found[place][1].extend(_fits(stands, found[place][0], [moves for _, moves, _ in found.values()]))
    return [
        fact
        for place, (_, items, earlier) in found.items()
        if len(items) > earlier
        for fact in _settled(state, place, tuple(items))
    ]


def _given_up(facts: Iterable[Fact]) -> dict[str, tuple[int, int]]:
    """Units and waiting ones of claims that are given up in the same breath."""
    found: dict[str, tuple[int, int]] = {}
    for move in (move for fact in facts if isinstance(fact, ClaimsReleased) for move in fact.items):
        held, waits = found.get(move.claim_id, (0, 0))
        found[move.claim_id] = held + move.units, waits + move.waits
    return found


def _said_before(state: ClaimState, place: Place, gone: dict[str, tuple[int, int]]) -> list[Move]:
    """What its buyer had claimed before the order and it has not taken up yet: its turn has not come."""
    order = state.shelf.taken.ledger.orders[place]
    lines = _lines(_untaken(state, place))
    command = SettleClaims(platform=place[0], order_id=place[1], stage="checked_out", buyer=order.buyer, lines=lines)
    return _taken_up(state, command, gone, order.placed_at)


def _lined(moves: Iterable[Move]) -> Counter[Thing]:
    found = Counter[Thing]()
    for move in moves:
        found[move.product_id, move.line_variant] += move.units
    return found


def placed_after(state: ClaimState, buyer: str, at: int) -> Sequence[Place]:
    """The orders of a buyer that came after an instant (ms UTC)."""
    ledger = state.shelf.taken.ledger
    return [place for place in dict.fromkeys(state.shelf.bought.get(buyer, ())) if at <= (ledger.orders[place].placed_at or 0)]


def uncalled(state: ClaimState, place: Place) -> Counter[Thing]:
    """What an order has that no claim made so far is for: one that is read only now and was said before it holds nothing besides."""
    return _untaken(state, place) - _lined(_said_before(state, place, {}))


def _settled(state: ClaimState, place: Place, items: tuple[Move, ...]) -> Iterable[Fact]:
    before = () if (*place, "paid") in state.book.settled else state.book.orders.get(place, ())
    stages: dict[OrderStage, tuple[Move, ...]] = {"checked_out": items}
    if state.shelf.taken.paid(place) and _all_paid(state, place):
        stages["paid"] = (*before, *items)
    return [ClaimsSettled(platform=place[0], order_id=place[1], stage=stage, items=moves) for stage, moves in stages.items()]


def _untaken(state: ClaimState, place: Place) -> Counter[Thing]:
    """What an order has beside the claims that it took up."""
    return +state.shelf.taken.has(place) - _lined(state.book.orders.get(place, ()))


def _fits(decision: Decision, left: Counter[Thing], found: Iterable[Sequence[Move]]) -> Iterator[Move]:
    """What of a claim is in an order that has so much `left`, beside what of it is in another one."""
    gone = sum(move.units for moves in found for move in moves if move.claim_id == decision.claim_id)
    for thing in ((decision.product_id, decision.variant), (decision.product_id, "")):
        units = min(left[thing], decision.got + decision.waits - gone)
        if units > 0:
            left[thing] -= units
            waits = max(0, gone + units - decision.got) - max(0, gone - decision.got)
            gone += units
            yield Move(
                claim_id=decision.claim_id,
                buyer=decision.buyer,
                product_id=decision.product_id,
                variant=decision.variant,
                units=units,
                waits=waits,
                price_minor=decision.price_minor,
                currency=decision.currency,
                line_variant=thing[1],
            )


def _grown(state: ClaimState, command: SettleClaims, buyer: str) -> tuple[Move, ...]:
    """What it takes up of its buyer's claims beside what it took up before."""
    place, shelf = (command.platform, command.order_id), state.shelf
    if (more := shelf.growing.get(place)) is None:
        if not command.buyer or place in state.book.orders or place not in shelf.leaving:
            return ()
        more = shelf.taken.has(place)
    else:
        command = replace(command, buyer=buyer)
    return tuple(_taken_up(state, replace(command, lines=_lines(more))))


def _reduced(taken: Sequence[Move], has: Counter[Thing], over: Counter[str]) -> Sequence[Move]:
    """An order that was made smaller, or paid for less, gives back what it took up of claims and has no more: what it took last, first.

    Another variant of the same product is no less. What was refunded is another matter: it was bought.
    """
    items: list[Move] = []
    beyond, left = _lined(taken) - has, _each_once(taken)
    for first in (True, False):  # of a variant it has too much of; then of any
        for place, move in enumerate(left):
            units = min(move.units, over[move.product_id], beyond[move.product_id, move.line_variant] if first else move.units)
            if units > 0:
                over[move.product_id] -= units
                beyond[move.product_id, move.line_variant] -= units
                left[place] = replace(move, units=move.units - units)
                items.append(replace(move, units=units, waits=0))
    return items


def _each_once(moves: Sequence[Move]) -> list[Move]:
    """Units of one claim in one line together, what was taken up last first."""
    found: dict[tuple[str, str], Move] = {}
    for move in reversed(moves):
        key = move.claim_id, move.line_variant
        found[key] = replace(move, units=move.units + (found[key].units if key in found else 0))
    return list(found.values())


def _restored(state: ClaimState, place: Place, more: Counter[str]) -> Sequence[Move]:
    """What it gave back and has again: the claims it was for, as far as their buyer's limit goes."""
    items: list[Move] = []
    room: dict[tuple[str, str], int] = {}
    lacks = _untaken(state, place)
    for move in reversed(state.book.given.get(place, ())):
        owner, goods = (move.buyer, move.product_id), state.shelf.known(move.product_id)
        limit = None if goods is None else state.shelf.limit_of(goods)
        free = room.setdefault(owner, move.units if limit is None else max(0, limit - state.book.units.get(owner, 0)))
        thing = (move.product_id, move.line_variant)
        units = min(move.units, more[move.product_id], lacks[thing], move.units if limit is None else free)
        if units > 0:
            more[move.product_id] -= units
            lacks[thing] -= units
            room[owner] -= units
            items.append(replace(move, units=units))
    return items


def _products(has: Counter[Thing]) -> Counter[str]:
    found = Counter[str]()
    for (product_id, _), units in has.items():
        found[product_id] += units
    return found


def _lines(has: Counter[Thing]) -> tuple[OrderLine, ...]:
    return tuple(OrderLine(product_id=thing[0], variant=thing[1], quantity=n, price_minor=0) for thing, n in has.items() if n > 0)


def _taken_up(
    state: ClaimState, command: SettleClaims, gone: dict[str, tuple[int, int]] | None = None, until: int | None = None
) -> list[Move]:
    """Units of the buyer's claims that this order is for, oldest claim first; of what is bought one waits no longer.

    `gone`: held and waiting units of claims that are spoken for already, and what is taken here besides. `until`: of claims said by then.
    """
    taken = {} if gone is None else gone
    items: list[Move] = []
    buyer = state.shelf.buyer_of((command.platform, command.order_id), command.buyer)
    for line in sorted(command.lines, key=lambda line: not line.variant):  # what names its variant has the first choice
        claims = [claim for claim in _fitting(state, buyer, line) if until is None or claim.decision.at <= until]
        for claim, held, waits in _shared_out(claims, line.quantity, taken):
            items.append(replace(back(claim), units=held + waits, waits=waits, line_variant=line.variant))
    return items


def _shared_out(claims: Sequence[Claim], wanted: int, taken: dict[str, tuple[int, int]]) -> Iterator[tuple[Claim, int, int]]:
    """So many held and waiting units of each: what is held before what waits."""
    found = {claim.decision.claim_id: [0, 0] for claim in claims}
    for waiting in (0, 1):
        for claim in claims:
            claim_id = claim.decision.claim_id
            spoken_for = taken.get(claim_id, (0, 0))[waiting]
            units = max(0, min(wanted, (claim.held, claim.waits)[waiting] - spoken_for))
            wanted -= units
            found[claim_id][waiting] += units
    for claim in claims:
        claim_id = claim.decision.claim_id
        held, waits = found[claim_id]
        before = taken.get(claim_id, (0, 0))
        taken[claim_id] = before[0] + held, before[1] + waits
        if held or waits:
            yield claim, held, waits


def _fitting(state: ClaimState, buyer: str, line: OrderLine) -> list[Claim]:
    """A buyer's claims for a line; an order that does not say the variant takes up any."""
    return state.book.active(buyer, line.product_id, line.variant or None)
