"""What there is to claim: products with their words, prices and stock, and how much of it is taken. Folded from the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
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
)
from kaibo.features.claim.grammar import Catalogue
from kaibo.features.claim.script import one_spelling
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderRefunded
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductPinned, ProductRemoved, ProductSheet
from kaibo.features.promo.facts import PromoApplied
from kaibo.features.rundown.facts import CueAdded, CueEdited, CueRemoved, CueWent, RundownFinished

SHELF_FACTS = (
    ProductAdded,
    ProductEdited,
    ProductRemoved,
    PromoApplied,
    ClaimKeywordsSet,
    ClaimStockSet,
    ClaimLimitSet,
    ClaimProductOpened,
)
AIR_FACTS = (ProductPinned, CueAdded, CueEdited, CueRemoved, CueWent, RundownFinished)
TAKING_FACTS = (ClaimsDecided, ClaimsReleased, ClaimsOffered, ClaimsSettled, ClaimSoldOut, ClaimRestocked, OrderCreated, OrderCancelled, OrderRefunded)  # fmt: skip


@dataclass(slots=True)
class Slot:
    """One variant: units held by claims, units in orders, units ever claimed, units waited for."""

    held: int = 0
    ordered: int = 0
    claimed: int = 0
    waiting: int = 0


@dataclass(slots=True)
class Goods:
    """A product as claims see it. `own`: stock the team set for claims, by variant ("": the product)."""

    product_id: str
    name: str
    currency: str
    variants: tuple[str, ...] = ()
    price_minor: int | None = None
    sheet_stock: int | None = None
    sheet_limit: int | None = None
    limit: int | None = None
    keywords: tuple[str, ...] = ()
    open: bool = True
    sold_out: bool = False  # as it was announced
    own: dict[str, int] = field(default_factory=dict[str, int])
    slots: dict[str, Slot] = field(default_factory=dict[str, Slot])

    def slot(self, variant: str) -> Slot:
        """The slot of a variant, made when it is first needed."""
        found = self.slots.get(variant)
        if found is None:
            found = self.slots[variant] = Slot()
        return found

    def pool(self, variant: str) -> str:
        """Where a variant's stock stands: its own, or the product's, shared with others."""
        return variant if variant in self.own else ""

    def members(self, pool: str) -> Iterable[Slot]:
        """The slots that live on one pool."""
        if pool:
            return (self.slot(pool),)
        return [slot for variant, slot in self.slots.items() if not variant or variant not in self.own]

    def stock(self, pool: str) -> int | None:
        """Units there were to begin with; None: without end."""
        return self.own.get(pool, self.sheet_stock)

    def free(self, pool: str) -> int | None:
        """Units nobody holds or ordered; below nought when a shop sold more than there was. None: without end."""
        stock = self.stock(pool)
        if stock is None:
            return None
        for slot in self.members(pool):
            stock -= slot.held + slot.ordered
        return stock

    def waited_for(self, pool: str) -> bool:
        """Whether somebody waits for a pool."""
        return any(slot.waiting for slot in self.members(pool))

    def pools(self) -> list[str]:
        """All pools a buyer may draw on."""
        return list(dict.fromkeys(self.pool(variant) for variant in self.variants or ("",)))

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
        return Shop(Catalogue(words), products)


@dataclass(slots=True)
class Shelf:
    """Goods by product_id; `on_air`: pinned last or of the cue that went last, whichever came later; `touched` since asked."""

    goods: dict[str, Goods] = field(default_factory=dict[str, Goods])
    cues: dict[str, str] = field(default_factory=dict[str, str])
    cue_id: str = ""
    on_air: str = ""
    touched: set[str] = field(default_factory=set[str])
    _shop: Shop | None = None

    def shop(self) -> Shop:
        """The words of now."""
        if self._shop is None:
            self._shop = Shop.of(self.goods.values())
        return self._shop

    def keyword_on_air(self) -> str | None:
        """What a bare +1 means."""
        goods = self.goods.get(self.on_air)
        return goods.words()[0] if goods else None

    def fold(self, event: Event[Any]) -> None:
        """Take one event in; a product whose row may look different goes into `touched`."""
        fact = event.fact
        if isinstance(fact, SHELF_FACTS):
            self._shop = None
            self._describe(fact)
        elif isinstance(fact, TAKING_FACTS):
            self._take(fact)
        else:
            self._air(fact)

    def _describe(self, fact: Any) -> None:
        match fact:
            case ProductAdded(product=sheet, currency=currency):
                self._sheet(sheet, currency, repriced=True)
            case ProductEdited(product=sheet, fields=fields):
                self._sheet(sheet, "", repriced=bool({"live_price_minor", "list_price_minor"} & set(fields)))
            case ProductRemoved(product_id=product_id):
                self.goods.pop(product_id, None)
                self.touched.add(product_id)
                self.on_air = "" if self.on_air == product_id else self.on_air
            case _:
                self._set(fact)

    def _sheet(self, sheet: ProductSheet, currency: str, *, repriced: bool) -> None:
        goods = self.goods.get(sheet.product_id)
        if goods is None:
            goods = self.goods[sheet.product_id] = Goods(sheet.product_id, sheet.name, currency)
        goods.name, goods.currency = sheet.name, currency or goods.currency
        goods.variants = tuple(dict.fromkeys(sheet.variants))
        goods.sheet_stock, goods.sheet_limit = sheet.stock, sheet.per_buyer_limit
        if repriced:
            goods.price_minor = sheet.list_price_minor if sheet.live_price_minor is None else sheet.live_price_minor
        for variant in goods.variants or ("",):
            goods.slot(variant)
        self.touched.add(sheet.product_id)

    def _set(self, fact: Any) -> None:
        goods = self.goods.get(fact.product_id)
        if goods is None:
            return
        self.touched.add(fact.product_id)
        match fact:
            case PromoApplied(kind=kind, price_minor=price_minor):
                goods.price_minor = price_minor if kind == "price" else goods.price_minor
            case ClaimKeywordsSet(keywords=keywords):
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

    def _take(self, fact: Any) -> None:
        match fact:
            case ClaimsDecided(decisions=decisions):
                for (product_id, variant), (got, waits) in _units(decisions).items():
                    self._move(product_id, variant, got, waits, claimed=got)
            case ClaimsReleased(items=items):
                for move in items:
                    self._move(move.product_id, move.variant, -move.units, -move.waits)
            case ClaimsOffered(items=items):
                for move in items:
                    self._move(move.product_id, move.variant, move.units, -move.units, claimed=move.units)
            case ClaimsSettled(stage="checked_out", items=items):
                for move in items:  # the order stands beside the hold until here: never too little was kept
                    self._move(move.product_id, move.variant, -move.units)
                    self._ordered(move.product_id, move.line_variant, -move.units)
                    self._ordered(move.product_id, move.variant, move.units)
            case ClaimsSettled(stage="cancelled", items=items):
                for move in items:  # its order gave the units back under the name the order had for the variant
                    self._ordered(move.product_id, move.line_variant, move.units)
                    self._ordered(move.product_id, move.variant, -move.units)
            case ClaimSoldOut(product_id=product_id) | ClaimRestocked(product_id=product_id):
                self._announce(product_id, isinstance(fact, ClaimSoldOut))
            case OrderCreated(lines=lines):
                self._order(lines, 1)
            case OrderCancelled(lines=lines) | OrderRefunded(lines=lines):
                self._order(lines, -1)
            case _:
                pass

    def _move(self, product_id: str, variant: str, held: int, waits: int = 0, claimed: int = 0) -> None:
        goods = self.goods.get(product_id)
        if goods is None:
            return
        slot = goods.slot(variant)
        slot.held += held
        slot.waiting += waits
        slot.claimed += claimed
        self.touched.add(product_id)

    def _ordered(self, product_id: str, variant: str, units: int) -> None:
        goods = self.goods.get(product_id)
        if goods is not None:
            goods.slot(variant if variant in goods.slots else "").ordered += units
            self.touched.add(product_id)

    def _order(self, lines: Iterable[OrderLine], sign: int) -> None:
        for line in lines:
            self._ordered(line.product_id, line.variant, sign * line.quantity)

    def _announce(self, product_id: str, sold_out: bool) -> None:
        goods = self.goods.get(product_id)
        if goods is not None:
            goods.sold_out = sold_out
            self.touched.add(product_id)

    def _air(self, fact: Any) -> None:
        match fact:
            case ProductPinned(product_id=product_id):
                self.on_air = product_id or self.cues.get(self.cue_id, "")
            case CueAdded(cue=cue):
                self.cues[cue.cue_id] = cue.product_id or ""
            case CueEdited(cue_id=cue_id, values=values) if "product_id" in values:
                self.cues[cue_id] = values["product_id"] or ""
                self.on_air = self.cues[cue_id] if cue_id == self.cue_id else self.on_air
            case CueWent(cue_id=cue_id):
                self.cue_id, self.on_air = cue_id, self.cues.get(cue_id, "")
            case RundownFinished():
                self.cue_id, self.on_air = "", ""
            case _:
                pass


def _units(decisions: Iterable[Decision]) -> dict[tuple[str, str], tuple[int, int]]:
    """(got, waits) by product and variant: there are thousands of decisions a second, and few of these."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for decision in decisions:
        if decision.got or decision.waits:
            key = (decision.product_id, decision.variant)
            got, waits = sums.get(key, (0, 0))
            sums[key] = got + decision.got, waits + decision.waits
    return sums
