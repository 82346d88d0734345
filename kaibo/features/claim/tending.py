"""What time and orders do to claims: holds that end, offers to those who wait, lamps of what is gone, orders that take up."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge

from msgspec.structs import replace

from kaibo.core.event import Fact
from kaibo.features.claim.book import Claim, Place
from kaibo.features.claim.commands import SettleClaims
from kaibo.features.claim.deciding import back
from kaibo.features.claim.facts import (
    ClaimRestocked,
    ClaimsOffered,
    ClaimSoldOut,
    ClaimsReleased,
    ClaimsSettled,
    Move,
    OrderStage,
)
from kaibo.features.claim.goods import Goods
from kaibo.features.claim.state import ClaimState
from kaibo.features.order.facts import OrderLine
from kaibo.features.order.slices import Thing


def tend(state: ClaimState, at: int) -> Sequence[Fact]:
    """Holds that are over by `at` (ms UTC), then offers of what is free with them, then the lamps."""
    ended = [_held_back(claim) for claim in state.book.over(at)]
    freed = _freed(state, ended)
    offers: list[Move] = []
    lamps: list[Fact] = []
    for product_id in sorted(state.ready | {product_id for product_id, _ in freed}):
        goods = state.shelf.goods[product_id]
        given, empty = _serve(state, goods, freed, at)
        offers += given
        lamps += _lamp(goods, empty=empty)
    facts: list[Fact] = [ClaimsReleased(why="expired", items=tuple(ended))] if ended else []
    facts += [ClaimsOffered(items=tuple(offers))] if offers else []
    return (*facts, *lamps)


def _held_back(claim: Claim) -> Move:
    """What a claim holds; what it waits for it goes on waiting for."""
    return replace(back(claim), waits=0)


def _freed(state: ClaimState, ended: Sequence[Move]) -> dict[tuple[str, str], int]:
    """Units by product and pool."""
    freed: dict[tuple[str, str], int] = {}
    for move in ended:
        goods = state.shelf.goods.get(move.product_id)
        if goods is not None:
            pool = (move.product_id, goods.pool(move.variant))
            freed[pool] = freed.get(pool, 0) + move.units
    return freed


def _serve(state: ClaimState, goods: Goods, freed: Mapping[tuple[str, str], int], at: int) -> tuple[list[Move], bool]:
    """What is offered of a product, and whether nothing is left of it then."""
    offers: list[Move] = []
    left: list[int | None] = []
    for pool in goods.pools():
        units = goods.free(pool)
        units = None if units is None else units + freed.get((goods.product_id, pool), 0)
        given = _offer(state, goods, pool, units, at)
        offers += given
        left.append(None if units is None else units - sum(move.units for move in given))
    return offers, all(units is not None and units <= 0 for units in left)


def _queue(state: ClaimState, goods: Goods, pool: str) -> Iterator[Place]:
    variants = [variant for variant in goods.variants or ("",) if goods.pool(variant) == pool]
    return merge(*(state.book.queues.get((goods.product_id, variant), ()) for variant in variants))


def _offer(state: ClaimState, goods: Goods, pool: str, left: int | None, at: int) -> list[Move]:
    """Who is served now, first come first, as far as it goes."""
    until = state.hold_until(at)
    offers: list[Move] = []
    for place in _queue(state, goods, pool):
        if left is not None and left <= 0:
            break
        claim = state.book.claims[place[3]]
        units = claim.waits if left is None else min(claim.waits, left)
        left = None if left is None else left - units
        offers.append(replace(back(claim), units=units, waits=0, hold_until=until))
    return offers


def _lamp(goods: Goods, *, empty: bool) -> list[Fact]:
    if empty is goods.announced:
        return []
    return [ClaimSoldOut(product_id=goods.product_id) if empty else ClaimRestocked(product_id=goods.product_id)]


def settle(state: ClaimState, command: SettleClaims) -> Sequence[Fact]:
    """Which claims an order takes up, or what becomes of those it took up; each stage once."""
    place = (command.platform, command.order_id)
    if command.late:
        return (*_reduced(state, place), *_settle_late(state, command))
    if command.stage == "checked_out":
        # By now it may have more than it came with, and that is what it takes up.
        told = replace(command, lines=_lines(state.shelf.taken.has(place)) or command.lines)
        items = () if place in state.book.orders else tuple(_taken_up(state, told))
    else:
        items = state.book.orders.get(place, ())
    if not items or (*place, command.stage) in state.book.settled:
        return ()
    return (ClaimsSettled(platform=command.platform, order_id=command.order_id, stage=command.stage, items=items),)


def _settle_late(state: ClaimState, command: SettleClaims) -> Sequence[Fact]:
    """An order has more than when it was settled, or whose it is was told after it came: it takes up claims for that, and stands where it stands."""
    place = (command.platform, command.order_id)
    if (more := state.shelf.growing.get(place)) is not None:
        command = replace(command, buyer=state.shelf.taken.ledger.orders[place].buyer)
        paid = (*place, "paid") in state.book.settled
    elif not command.buyer or place in state.book.orders or place not in state.shelf.leaving:
        return ()
    else:
        more, paid = state.shelf.taken.has(place), state.shelf.taken.paid(place)
    items = tuple(_taken_up(state, replace(command, lines=_lines(more))))
    if not items:
        return ()
    stages: tuple[OrderStage, ...] = ("checked_out", "paid") if paid else ("checked_out",)
    return [ClaimsSettled(platform=place[0], order_id=place[1], stage=stage, items=items) for stage in stages]


def _reduced(state: ClaimState, place: tuple[str, str]) -> Sequence[Fact]:
    """An order that was made smaller, or paid for less, gives back what it took up of claims and has no more: what it took last, first.

    Another variant of the same product is no less. What was refunded is another matter: it was bought.
    """
    taken, order = state.book.orders.get(place, ()), state.shelf.taken.ledger.orders.get(place)
    if order is None or not taken or (*place, "cancelled") in state.book.settled:
        return ()
    has, items = order.bought(), list[Move]()
    over = Counter[str]()
    for move in taken:
        over[move.product_id] += move.units
    over -= _by_product(has)
    if not over:
        return ()
    newest_first = taken[::-1]
    for move in sorted(newest_first, key=lambda move: has[move.product_id, move.line_variant] > 0):
        units = min(move.units, over[move.product_id])
        if units:
            over[move.product_id] -= units
            items.append(replace(move, units=units))
    paid = (*place, "paid") in state.book.settled
    return (ClaimsSettled(platform=place[0], order_id=place[1], stage="reduced", items=tuple(items), paid=paid),)


def _by_product(has: Counter[Thing]) -> Counter[str]:
    found = Counter[str]()
    for (product_id, _), units in has.items():
        found[product_id] += units
    return found


def _lines(has: Counter[Thing]) -> tuple[OrderLine, ...]:
    return tuple(OrderLine(product_id=thing[0], variant=thing[1], quantity=n, price_minor=0) for thing, n in has.items() if n > 0)


def _taken_up(state: ClaimState, command: SettleClaims) -> list[Move]:
    """Units of the buyer's claims that this order is for, oldest claim first."""
    taken: dict[str, int] = {}
    items: list[Move] = []
    buyer = state.shelf.buyer_of((command.platform, command.order_id), command.buyer)
    for line in command.lines:
        wanted = line.quantity
        for claim in _fitting(state, buyer, line):
            units = min(wanted, claim.held - taken.get(claim.decision.claim_id, 0))
            if units <= 0:
                continue
            wanted -= units
            taken[claim.decision.claim_id] = taken.get(claim.decision.claim_id, 0) + units
            items.append(replace(back(claim), units=units, waits=0, line_variant=line.variant))
    return items


def _fitting(state: ClaimState, buyer: str, line: OrderLine) -> list[Claim]:
    """A buyer's claims for a line; an order that does not say the variant takes up any."""
    return state.book.active(buyer, line.product_id, line.variant or None)
