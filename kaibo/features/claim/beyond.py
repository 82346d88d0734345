"""To whom more was promised than there is: the last of those who took, as many units as are lacking."""

from collections.abc import Sequence

from kaibo.features.claim.goods import Goods
from kaibo.features.claim.takers import Taker, Takers


def beyond(goods: Goods, takers: Takers) -> list[tuple[Taker, int]]:
    """Who is beyond the stock of a product and with how many units, the latest first: in this order it is put right."""
    found: list[tuple[Taker, int]] = []
    for pool, lacking in goods.lacking().items():
        found += _last(takers, goods.product_id, _drawing(goods, takers, pool), lacking)
    return sorted(found, key=lambda each: (-each[0].at, -each[0].nth))


def _drawing(goods: Goods, takers: Takers, pool: str) -> Sequence[str]:
    """Variants whose units come out of a pool; those that have none of their own come out of the fullest, so they count for each."""
    pools = goods.pools()
    return [variant for variant in takers.variants(goods.product_id) if (own := goods.pool(variant)) == pool or own not in pools]


def _last(takers: Takers, product_id: str, variants: Sequence[str], lacking: int) -> list[tuple[Taker, int]]:
    found: list[tuple[Taker, int]] = []
    for taker in takers.latest(product_id, variants):
        if lacking <= 0:
            break
        found.append((taker, min(lacking, taker.units)))
        lacking -= taker.units
    return found
