"""A product as claims see it: what it comes in, what is held and ordered of it, and the one *left* that all screens name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kaibo.core.script import name_of
from kaibo.features.claim.slot import Slot
from kaibo.features.product.slices import Offer

FEW, LAST = 20, 5  # "last ones" are so many where half are gone; the last five always


class Count(NamedTuple):
    """Units nobody holds or ordered by pool (None: without end), and what they come to; see `Goods.left` and `Goods.lacking`."""

    free: dict[str, int | None]
    left: int | None
    lacking: dict[str, int]


@dataclass(slots=True)
class Goods:
    """A product as claims see it.

    `taken`: units in orders by variant as those name it; `own`: stock the team set for claims, by variant ("": the product),
    until the sheet's stock, as last seen in `sheet_stock`, is written anew. What a variant has of its own comes out of the product's;
    `announced`: the last thing that was said of it is that it is sold out.
    Counted once for all that ask, until `recount` says that something happened to it.
    """

    offer: Offer
    taken: Mapping[str, int]
    limit: int | None = None
    keywords: tuple[str, ...] = ()
    open: bool = True
    announced: bool = False
    sheet_stock: int | None = None
    own: dict[str, int] = field(default_factory=dict[str, int])
    slots: dict[str, Slot] = field(default_factory=dict[str, Slot])
    _count: Count | None = None

    @property
    def product_id(self) -> str:
        """Its id."""
        return self.offer.sheet.product_id

    @property
    def variants(self) -> tuple[str, ...]:
        """What it comes in, each once."""
        return tuple(dict.fromkeys(self.offer.sheet.variants))

    def slot(self, variant: str) -> Slot:
        """The slot of a variant, made when it is first needed."""
        found = self.slots.get(variant)
        if found is None:
            found = self.slots[variant] = Slot()
        return found

    def ordered(self, variant: str) -> int:
        """Units of a variant in orders; what orders name otherwise than the sheet counts as of the product alone ("")."""
        slot = self.slots.get(variant)
        units = slot.moved if slot else 0
        if variant:
            return units + self.taken.get(variant, 0)
        return units + sum(taken for name, taken in self.taken.items() if not name or name not in self.slots)

    def pool(self, variant: str) -> str:
        """Where a variant's stock stands: its own, or the product's, shared with others and with variants there were."""
        return variant if variant in self.own and variant in self.offer.sheet.variants else ""

    def pools(self) -> list[str]:
        """All pools a buyer may draw on."""
        return list(self._counted().free)

    def stock(self, pool: str) -> int | None:
        """Units there were to begin with, of the product those that no variant has of its own; None: without end."""
        if pool:
            return self.own.get(pool, self.offer.sheet.stock)
        whole = self.whole()
        return None if whole is None else max(0, whole - self.owned())

    def whole(self) -> int | None:
        """Units of the product in all its variants, as the team said or the sheet; None: without end."""
        return self.own.get("", self.offer.sheet.stock)

    def owned(self) -> int:
        """Units that variants have of their own."""
        return sum(units for variant, units in self.own.items() if variant and self.pool(variant))

    def by_variants(self) -> int | None:
        """What all variants have of their own where each has: then they are the total, whatever is said of the product. Else None."""
        variants = self.variants
        return self.owned() if variants and all(map(self.pool, variants)) else None

    def variant(self, written: str) -> str | None:
        """A variant by its name in any case, width or script; None: it does not come so."""
        return name_of(written, self.variants)

    def recount(self) -> None:
        """Something of it changed: who asks next has it counted anew."""
        self._count = None

    def free(self, pool: str) -> int | None:
        """Units nobody holds or ordered; below nought when a shop sold more than there was. None: without end."""
        free = self._counted().free
        if pool in free:
            return free[pool]
        stock = self.stock(pool)
        return None if stock is None else stock - self._gone(pool)

    def left(self) -> int | None:
        """Units of the product a buyer can still get, over all its pools; None: without end.

        What one pool lacks another cannot give: below nought only when nothing is left in any, so `left <= 0` is sold out.
        """
        return self._counted().left

    def lacking(self) -> Mapping[str, int]:
        """Units promised beyond what there is, by pool; of pools that have enough nothing."""
        return self._counted().lacking

    def promised_beyond(self, pool: str) -> int:
        """Of what a pool lacks, the units that were promised of it by name."""
        stock = self.stock(pool)
        return 0 if stock is None else max(0, self._gone(pool) - stock)

    def empty(self) -> bool:
        """Whether nothing is left in any pool: sold out."""
        left = self._counted().left
        return left is not None and left <= 0

    def few(self) -> bool:
        """Whether it is time to say "last ones": few are left to sell, and not because there were never many more."""
        left = self.left()
        if left is None or left > FEW:
            return False
        return left <= LAST or left * 2 <= sum(self.stock(pool) or 0 for pool in self.pools())

    def _counted(self) -> Count:
        if self._count is None:
            self._count = self.counted_anew()
        return self._count

    def counted_anew(self) -> Count:
        """The count of now, whatever was counted before."""
        if not self.own:  # most products: one pool, and whatever is held or ordered comes out of it, under whatever name
            stock = self.offer.sheet.stock
            return _one_pool(None if stock is None else max(0, stock) - self._gone_in_all())
        pools = list(dict.fromkeys(self.pool(variant) for variant in self.offer.sheet.variants or ("",)))
        if pools != [""]:
            return _counted(self._shared_out(pools))
        stock = self.stock("")
        return _counted({"": None if stock is None else stock - self._gone("")})

    def _gone_in_all(self) -> int:
        gone = sum(self.taken.values())
        for slot in self.slots.values():
            gone += slot.moved + slot.held
        return gone

    def _gone(self, pool: str) -> int:
        if pool:
            return self._gone_of(pool)
        return self._gone_of("") + sum(self._gone_of(variant) for variant in self.slots if variant and not self.pool(variant))

    def _gone_of(self, variant: str) -> int:
        slot = self.slots.get(variant)
        return self.ordered(variant) + (slot.held if slot else 0)

    def _shared_out(self, pools: Sequence[str]) -> dict[str, int | None]:
        """Variants have stock of their own, so units whose variant nobody said come out of what is shared, then of the fullest.

        So the total is true. What none can give the shared pool lacks, or the first.
        """
        frees = {pool: self.own[pool] - self._gone(pool) for pool in pools if pool}
        stray = self._gone("")
        if "" in pools:
            stock = self.stock("")
            if stock is None:
                return {pool: frees.get(pool) for pool in pools}
            frees[""] = stock - stray
            stray = min(self._gone_of(""), max(0, -frees[""]))
            frees[""] += stray
        stray = _out_of_the_fullest(frees, stray)
        frees["" if "" in pools else pools[0]] -= stray
        return {pool: frees[pool] for pool in pools}

    def waited_for(self, pool: str) -> bool:
        """Whether somebody waits for a pool, in a variant there still is."""
        variants = (variant for variant in self.variants or ("",) if self.pool(variant) == pool)
        return any((slot := self.slots.get(variant)) is not None and slot.waiting for variant in variants)

    def words(self) -> tuple[str, ...]:
        """What buyers write to order it."""
        return self.keywords or (self.product_id,)


def _one_pool(free: int | None) -> Count:
    return Count({"": free}, free, {"": -free} if free is not None and free < 0 else {})


def _counted(free: dict[str, int | None]) -> Count:
    units = [each for each in free.values() if each is not None]
    left = sum(max(0, each) for each in units) or sum(units)
    return Count(
        free,
        left if len(units) == len(free) else None,
        {pool: -each for pool, each in free.items() if each is not None and each < 0},
    )


def _out_of_the_fullest(frees: dict[str, int], stray: int) -> int:
    """Take units that belong to no variant out of variants' own pools, and give what none could."""
    for pool in sorted((pool for pool in frees if pool), key=lambda pool: -frees[pool]):
        units = min(stray, max(0, frees[pool]))
        frees[pool] -= units
        stray -= units
    return stray
