"""What time does to claims: holds that end, offers to those who wait, lamps of what is gone."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import merge

from msgspec.structs import replace

from kaibo.core.event import Fact
from kaibo.features.claim.book import Claim, back
from kaibo.features.claim.book import Place as Queued
from kaibo.features.claim.facts import ClaimRestocked, ClaimsOffered, ClaimSoldOut, ClaimsReleased, Move
from kaibo.features.claim.goods import Goods
from kaibo.features.claim.state import ClaimState


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


def _queue(state: ClaimState, goods: Goods, pool: str) -> Iterator[Queued]:
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
