"""To whom more was promised than there is: the last of those who took, as many units as are lacking."""

from collections.abc import Sequence

from kaibo.features.claim.goods import Goods
from kaibo.features.claim.takers import Taker, Takers


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
