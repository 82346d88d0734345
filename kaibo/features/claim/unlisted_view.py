"""What orders name that is nowhere on the list: their units come off no stock, or off the product's without a variant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.claim.slices import STOCK, Shelf


class UnlistedRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `claim.unlisted`, key `product_id/variant` as orders name them.

    `why` product: it is not on the list, and its `units` come off no stock; variant: the product (`name`) does not come so, and they
    come off the product's.
    """

    product_id: str
    variant: str
    name: str
    units: int
    why: Literal["product", "variant"]


@dataclass(slots=True)
class Unlisted:
    """Rows by key; `of`: those of a product."""

    shelf: Shelf
    rows: dict[str, UnlistedRow] = field(default_factory=dict[str, UnlistedRow])
    of: dict[str, Mapping[str, UnlistedRow]] = field(default_factory=dict[str, Mapping[str, UnlistedRow]])


def fold_unlisted(unlisted: Unlisted, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Only products something happened to are looked at."""
    del event
    changed: set[str] = set()
    for product_id in sorted(touched.of(STOCK)):
        before, rows = unlisted.of.pop(product_id, {}), _rows(unlisted.shelf, product_id)
        for key in before:
            del unlisted.rows[key]
        if rows:
            unlisted.of[product_id] = rows
            unlisted.rows.update(rows)
        changed.update(key for key in (*before, *rows) if before.get(key) != rows.get(key))
    return changed


def _rows(shelf: Shelf, product_id: str) -> dict[str, UnlistedRow]:
    goods = shelf.goods.get(product_id)
    if goods is not None and not goods.variants:  # no variant of it is another's
        return {}
    why: Literal["product", "variant"] = "product" if goods is None else "variant"
    return {
        f"{product_id}/{variant}": UnlistedRow(
            product_id=product_id, variant=variant, name=goods.offer.sheet.name if goods else "", units=units, why=why
        )
        for variant, units in shelf.taken.of(product_id).items()
        if units > 0 and (goods is None or (variant and variant not in goods.slots))
    }


UNLISTED = View(
    name="claim.unlisted",
    row=UnlistedRow,
    reads=(),
    state=Unlisted,
    fold=fold_unlisted,
    keys=lambda unlisted: unlisted.rows.keys(),
    get=lambda unlisted, key: unlisted.rows.get(key),
    duty="product.read",
    pace_ms=500,
    over=(STOCK,),
)
