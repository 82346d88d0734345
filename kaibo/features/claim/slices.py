"""STOCK: how much of each product there is, is held by claims, is in orders and is left, in total and by variant. One *left* for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.claim.facts import (
    ClaimKeywordsSet,
    ClaimLimitSet,
    ClaimProductOpened,
    ClaimRestocked,
    ClaimsDecided,
    ClaimsOffered,
    ClaimSoldOut,
    ClaimsReleased,
    ClaimsSettled,
    ClaimStockSet,
    Decision,
    Move,
)
from kaibo.features.claim.grammar import Catalogue
from kaibo.features.claim.script import one_spelling
from kaibo.features.order.slices import TAKEN, Taken
from kaibo.features.product.slices import AIR, OFFER, Offer, Offers

SETTINGS = (ClaimKeywordsSet, ClaimStockSet, ClaimLimitSet, ClaimProductOpened)
MOVES = (ClaimsDecided, ClaimsReleased, ClaimsOffered, ClaimsSettled)
LAMPS = (ClaimSoldOut, ClaimRestocked)


@dataclass(slots=True)
class Slot:
    """One variant: units held by claims, ever claimed, waited for; `moved`: units of orders that claims say are of this variant."""

    held: int = 0
    moved: int = 0
    claimed: int = 0
    waiting: int = 0


@dataclass(slots=True)
class Goods:
    """A product as claims see it.

    `taken`: units in orders by variant as those name it; `own`: stock the team set for claims, by variant ("": the product);
    `announced`: the last thing that was said of it is that it is sold out.
    """

    offer: Offer
    taken: Mapping[str, int]
    limit: int | None = None
    keywords: tuple[str, ...] = ()
    open: bool = True
    announced: bool = False
    own: dict[str, int] = field(default_factory=dict[str, int])
    slots: dict[str, Slot] = field(default_factory=dict[str, Slot])

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
        """Where a variant's stock stands: its own, or the product's, shared with others."""
        return variant if variant in self.own else ""

    def members(self, pool: str) -> Iterable[str]:
        """The variants that live on one pool."""
        if pool:
            return (pool,)
        return ["", *(variant for variant in self.slots if variant and variant not in self.own)]

    def stock(self, pool: str) -> int | None:
        """Units there were to begin with; None: without end."""
        return self.own.get(pool, self.offer.sheet.stock)

    def free(self, pool: str) -> int | None:
        """Units nobody holds or ordered; below nought when a shop sold more than there was. None: without end."""
        stock = self.stock(pool)
        if stock is None:
            return None
        for variant in self.members(pool):
            slot = self.slots.get(variant)
            stock -= self.ordered(variant) + (slot.held if slot else 0)
        return stock

    def waited_for(self, pool: str) -> bool:
        """Whether somebody waits for a pool."""
        return any((slot := self.slots.get(variant)) is not None and slot.waiting for variant in self.members(pool))

    def pools(self) -> list[str]:
        """All pools a buyer may draw on."""
        return list(dict.fromkeys(self.pool(variant) for variant in self.variants or ("",)))

    def left(self) -> int | None:
        """Units of the product nobody holds or ordered, over all its pools; None: without end."""
        pools = [self.free(pool) for pool in self.pools()]
        return None if any(units is None for units in pools) else sum(units or 0 for units in pools)

    def empty(self) -> bool:
        """Whether nothing is left in any pool."""
        left = [self.free(pool) for pool in self.pools()]
        return all(units is not None and units <= 0 for units in left)

    def words(self) -> tuple[str, ...]:
        """What buyers write to order it."""
        return self.keywords or (self.product_id,)


@dataclass(frozen=True, eq=False)
class Shop:
    """What the grammar needs of a shelf, as it stood at one moment: compared by identity."""

    catalogue: Catalogue
    products: Mapping[str, str]  # product_id by keyword
    first: Mapping[str, str]  # by product_id the first keyword that is its own: what a bare +1 means while it is on air

    @staticmethod
    def of(goods: Iterable[Goods]) -> "Shop":
        """The first product that takes a word keeps it."""
        words: dict[str, Sequence[str]] = {}
        products: dict[str, str] = {}
        taken: set[str] = set()
        for each in goods:
            for word in each.words():
                spelt = one_spelling(word)
                if spelt not in taken:
                    taken.add(spelt)
                    words[word], products[word] = each.variants, each.product_id
        first = {product_id: word for word, product_id in reversed(products.items())}
        return Shop(Catalogue(words), products, first)


@dataclass(slots=True)
class Shelf:
    """Goods on the list by product_id; `gone`: those taken off it, for what is still held, and for the day they come back."""

    offers: Offers
    taken: Taken
    goods: dict[str, Goods] = field(default_factory=dict[str, Goods])
    gone: dict[str, Goods] = field(default_factory=dict[str, Goods])
    _shop: Shop | None = None

    def shop(self) -> Shop:
        """The words of now."""
        if self._shop is None:
            self._shop = Shop.of(self.goods.values())
        return self._shop

    def known(self, product_id: str) -> Goods | None:
        """A product that is on the list or was."""
        return self.goods.get(product_id) or self.gone.get(product_id)

    def listed(self, product_id: str) -> None:
        """Its sheet was written, changed or taken away."""
        self._shop = None
        offer = self.offers.offers.get(product_id)
        if offer is None:
            if (goods := self.goods.pop(product_id, None)) is not None:
                self.gone[product_id] = goods
            return
        goods = self.goods.get(product_id) or self.gone.pop(product_id, None)
        if goods is None:
            goods = Goods(offer, self.taken.of(product_id))
        goods.offer = offer
        self.goods[product_id] = goods
        for variant in goods.variants or ("",):
            goods.slot(variant)

    def configure(self, fact: ClaimKeywordsSet | ClaimStockSet | ClaimLimitSet | ClaimProductOpened) -> None:
        """What the team decided about claims of a product."""
        goods = self.goods.get(fact.product_id)
        if goods is None:
            return
        match fact:
            case ClaimKeywordsSet(keywords=keywords):
                self._shop = None
                goods.keywords = keywords
            case ClaimStockSet(variant=variant, stock=None):
                goods.own.pop(variant, None)
            case ClaimStockSet(variant=variant, stock=int() as stock):
                goods.own[variant] = stock
            case ClaimLimitSet(limit=limit):
                goods.limit = limit
            case ClaimProductOpened(open=is_open):
                goods.open = is_open
            case _:
                pass

    def move(self, fact: ClaimsDecided | ClaimsReleased | ClaimsOffered | ClaimsSettled) -> set[str]:
        """Claims take, give back, and become orders; give the products."""
        match fact:
            case ClaimsDecided(decisions=decisions):
                units = _units(decisions)
                for (product_id, variant), (got, waits) in units.items():
                    self._claim(product_id, variant, got, waits, claimed=got)
                return {product_id for product_id, _ in units}
            case ClaimsReleased(items=items):
                for move in items:
                    self._claim(move.product_id, move.variant, -move.units, -move.waits)
            case ClaimsOffered(items=items):
                for move in items:
                    self._claim(move.product_id, move.variant, move.units, -move.units, claimed=move.units)
            case ClaimsSettled():
                self._settle(fact)
        return {move.product_id for move in fact.items}

    def _settle(self, fact: ClaimsSettled) -> None:
        for move in fact.items:
            # The order stands beside the hold until here, so that never too little was kept; and under the name the
            # order has for the variant, until its claim says which one it is.
            if fact.stage == "checked_out":
                self._claim(move.product_id, move.variant, -move.units)
                self._rename(move, move.units)
            elif fact.stage == "cancelled":
                self._rename(move, -move.units)

    def _claim(self, product_id: str, variant: str, held: int, waits: int = 0, claimed: int = 0) -> None:
        goods = self.known(product_id)
        if goods is None:
            return
        slot = goods.slot(variant)
        slot.held += held
        slot.waiting += waits
        slot.claimed += claimed

    def _rename(self, move: Move, units: int) -> None:
        goods = self.known(move.product_id)
        if goods is not None:
            goods.slot(move.line_variant if move.line_variant in goods.slots else "").moved -= units
            goods.slot(move.variant).moved += units


def fold_stock(shelf: Shelf, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Sheets and orders come from the slices below; claims and what the team set for them from facts. Gives products."""
    sheets = touched.of(OFFER) - {AIR}
    for product_id in sheets:
        shelf.listed(product_id)
    changed = sheets | touched.of(TAKEN)
    fact = event.fact
    if isinstance(fact, MOVES):
        return changed | shelf.move(fact)
    if isinstance(fact, SETTINGS):
        shelf.configure(fact)
        return (fact.product_id,)
    if isinstance(fact, LAMPS):
        goods = shelf.known(fact.product_id)
        if goods is not None:
            goods.announced = isinstance(fact, ClaimSoldOut)
        return (fact.product_id,)
    return changed


def _units(decisions: Iterable[Decision]) -> dict[tuple[str, str], tuple[int, int]]:
    """(got, waits) by product and variant: there are thousands of decisions a second, and few of these."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for decision in decisions:
        if decision.got or decision.waits:
            key = (decision.product_id, decision.variant)
            got, waits = sums.get(key, (0, 0))
            sums[key] = got + decision.got, waits + decision.waits
    return sums


STOCK: Slice[Shelf] = Slice(
    name="claim.stock",
    reads=(*SETTINGS, *MOVES, *LAMPS),
    state=Shelf,
    fold=fold_stock,
    over=(OFFER, TAKEN),
)
