"""STOCK: how much of each product there is, is held by claims, is in orders and is left, in total and by variant. One *left* for all."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.claim.attempt import BOUGHT_WORDS, ORDER_WORDS
from kaibo.features.claim.facts import (
    ClaimKeywordsSet,
    ClaimLimitSet,
    ClaimPolicySet,
    ClaimProductOpened,
    ClaimRestocked,
    ClaimsDecided,
    ClaimsOffered,
    ClaimSoldOut,
    ClaimsReleased,
    ClaimsSettled,
    ClaimStockSet,
    ClaimsWaitlisted,
    Decision,
    Move,
)
from kaibo.features.claim.goods import Goods
from kaibo.features.claim.shop import Shop
from kaibo.features.claim.slot import Hold, Slot, moved, owner_of
from kaibo.features.claim.takers import Moving, Takers
from kaibo.features.order.facts import (
    TRADED,
    OrderCancelled,
    OrderCreated,
    OrderEdited,
    OrderPaid,
    OrderRefunded,
    OrderRestated,
    Traded,
)
from kaibo.features.order.slices import LEDGER, TAKEN, Change, Ledger, Place, Taken, Thing
from kaibo.features.product.slices import AIR, OFFER, Offers

SOUNDS_ORDERED, SOUNDS_BOUGHT = ORDER_WORDS, BOUGHT_WORDS  # what triage calls an order is what claims hear
SETTINGS = (ClaimKeywordsSet, ClaimStockSet, ClaimLimitSet, ClaimProductOpened)
MOVES = (ClaimsDecided, ClaimsReleased, ClaimsWaitlisted, ClaimsOffered, ClaimsSettled)
LAMPS = (ClaimSoldOut, ClaimRestocked)
# whole, in part, or by an edit or a payment for less
NAMING = (OrderEdited, OrderPaid, OrderRestated)  # who bought may be told only then
GIVEN_BACK = (OrderEdited, OrderPaid, OrderCancelled, OrderRefunded, OrderRestated)


@dataclass(slots=True)
class Shelf:
    """Goods on the list by product_id; `gone`: those taken off it, for what is still held, and for the day they come back.

    `holds` by buyer, product and variant; `leaving`: for an order that is not settled yet, the units of holds that it has; `growing`:
    what it has more than when it was settled;
    `settled`: orders that were looked at; `named`: units of a settled order whose variant its claims said, beside the variant the order named.
    `nameless`: orders whose buyer nobody knows yet; `bought`: the others, by buyer. `limit`: of a buyer, for products that say none themselves.
    """

    offers: Offers
    taken: Taken
    goods: dict[str, Goods] = field(default_factory=dict[str, Goods])
    gone: dict[str, Goods] = field(default_factory=dict[str, Goods])
    holds: dict[tuple[str, str, str], Hold] = field(default_factory=dict[tuple[str, str, str], Hold])
    growing: dict[Place, Counter[Thing]] = field(default_factory=dict[Place, Counter[Thing]])
    leaving: dict[Place, list[tuple[str, str, str, int]]] = field(default_factory=dict[Place, list[tuple[str, str, str, int]]])
    settled: set[Place] = field(default_factory=set[Place])
    named: dict[Place, Counter[tuple[str, str, str]]] = field(default_factory=dict[Place, Counter[tuple[str, str, str]]])
    nameless: set[Place] = field(default_factory=set[Place])
    bought: dict[str, list[Place]] = field(default_factory=dict[str, list[Place]])
    takers: Takers = field(default_factory=Takers)
    limit: int | None = None
    _shop: Shop | None = None

    def shop(self) -> Shop:
        """The words of now."""
        if self._shop is None:
            self._shop = Shop.of(self.goods.values())
        return self._shop

    def known(self, product_id: str) -> Goods | None:
        """A product that is on the list or was."""
        return self.goods.get(product_id) or self.gone.get(product_id)

    def limit_of(self, goods: Goods) -> int | None:
        """How many a buyer may have: what the team set, else the sheet's, else the show's; None: as many as there are."""
        if goods.limit is not None:
            return goods.limit
        limit = goods.offer.sheet.per_buyer_limit
        return self.limit if limit is None else limit

    def listed(self, product_id: str) -> None:
        """Its sheet was written, changed or taken away."""
        self._shop = None
        offer = self.offers.offers.get(product_id)
        if offer is None:
            if (goods := self.goods.pop(product_id, None)) is not None:
                self.gone[product_id] = goods
            return
        goods = self.goods.get(product_id)
        if goods is None:  # one that comes back is set up anew, but what is held of it is held
            goods = Goods(offer, self.taken.of(product_id))
            if (before := self.gone.pop(product_id, None)) is not None:
                goods.slots, goods.announced = before.slots, before.announced
        written_anew = offer.sheet.stock != goods.sheet_stock
        goods.offer, goods.sheet_stock = offer, offer.sheet.stock
        if written_anew:
            goods.own.pop("", None)  # who said last how many there are is believed, be it at the desk or in the sheet
            if offer.sheet.stock is not None and goods.owned() > offer.sheet.stock:
                goods.own.clear()
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

    def move(self, fact: Moving) -> set[str]:
        """Claims take, give back, and become orders; give the products."""
        match fact:
            case ClaimsDecided(decisions=decisions):
                return self._decided(decisions)
            case ClaimsSettled(stage="checked_out"):
                return self._check_out(fact)
            case ClaimsSettled(stage=stage, items=items):
                place = (fact.platform, fact.order_id)
                for move in items if stage == "restored" else ():
                    self._name(place, move)
                self.fit(place)
            case _:
                for move in fact.items:
                    self._claim(owner_of(move), *moved(fact, move))
        return {move.product_id for move in fact.items}

    def _decided(self, decisions: Iterable[Decision]) -> set[str]:
        """Thousands a second: each thing's slot is looked for once."""
        slots: dict[tuple[str, str], Slot | None] = {}
        for decision in decisions:
            got, waits, thing = decision.got, decision.waits, (decision.product_id, decision.variant)
            if not (got or waits):
                continue
            if thing not in slots:
                goods = self.known(thing[0])
                slots[thing] = None if goods is None else goods.slot(thing[1])
            slot = slots[thing]
            if slot is not None:
                slot.waiting += waits
                slot.claimed += got
                slot.held += got + self._keep((decision.buyer, *thing), got) if got else 0
        return {decision.product_id for decision in decisions}

    def _check_out(self, fact: ClaimsSettled) -> set[str]:
        place = (fact.platform, fact.order_id)
        changed = self._arrive(place) | {move.product_id for move in fact.items}
        self.settled.add(place)
        self.growing.pop(place, None)
        for move in fact.items:
            self._claim(owner_of(move), move.waits - move.units, -move.waits, move.waits)
            self._name(place, move)
        self.fit(place)
        return changed

    def _claim(self, owner: tuple[str, str, str], units: int, waits: int = 0, claimed: int = 0) -> None:
        goods = self.known(owner[1])
        if goods is None:
            return
        slot = goods.slot(owner[2])
        slot.waiting += waits
        slot.claimed += claimed
        if units:
            slot.held += units + self._keep(owner, units)

    def _keep(self, owner: tuple[str, str, str], units: int) -> int:
        """A buyer gets units or gives some back; how many of these were on their way into an order and never arrive."""
        hold = self.holds.get(owner)
        if hold is None:
            if units > 0:  # nearly always: nothing of it was on its way
                self.holds[owner] = Hold(units)
                return 0
            hold = self.holds[owner] = Hold()
        hold.held += units
        over = max(0, hold.leaving - hold.held)
        hold.leaving -= over
        if not hold.held:
            del self.holds[owner]
        return over

    def buyer_of(self, place: Place, buyer: str) -> str:
        """Who bought, as comments name them: `source/pseudonym`, of the source whose pseudonyms the order's room goes by."""
        return f"{self.taken.ledger.people_of(place)}/{buyer}"

    def order(self, fact: OrderCreated) -> set[str]:
        """Its buyer's claims are on their way into what it has: nothing, when it was cancelled before. Gives the products."""
        place = (fact.platform, fact.order_id)
        if not fact.buyer:
            self.nameless.add(place)
        else:
            self.bought.setdefault(self.buyer_of(place, fact.buyer), []).append(place)
        has = self.taken.has(place)
        if place not in self.settled:  # an order takes up claims once
            self._leave(place, fact.buyer, [(*thing, units) for thing, units in has.items()])
        return {product_id for product_id, _ in has}

    def name(self, fact: Traded) -> set[str]:
        """Only now it is known who bought: the same for what the order has by now. Gives the products."""
        place = self.taken.ledger.place(fact)
        if place not in self.nameless or not isinstance(fact, NAMING) or not fact.buyer:
            return set()
        self.nameless.discard(place)
        self.bought.setdefault(self.buyer_of(place, fact.buyer), []).append(place)
        has = self.taken.has(place)
        if place not in self.settled:
            self._leave(place, fact.buyer, [(*thing, units) for thing, units in has.items()])
        return {product_id for product_id, _ in has}

    def grow(self, fact: Traded) -> set[str]:
        """It has more than it had, or another variant: its buyer's claims are on their way into that as well. Gives the products."""
        change = self.taken.ledger.newest
        if change is None or change.place != self.taken.ledger.place(fact) or change.place in self.nameless:
            return set()
        more = change.after.has() - change.before.has() if change.before.has() else Counter[Thing]()
        if more and self._leave(change.place, change.after.buyer, [(*thing, units) for thing, units in more.items()]):
            self.growing[change.place] = self.growing.get(change.place, Counter()) + more
        return {product_id for product_id, _ in more}

    def _leave(self, place: Place, buyer: str, lines: Iterable[tuple[str, str, int]]) -> bool:
        """What a buyer's claims hold and the order has is one and the same, also before the claims are settled. Gives whether any do."""
        found: list[tuple[str, str, str, int]] = []
        owner = self.buyer_of(place, buyer)
        for product_id, named, quantity in lines:
            goods, wanted = self.known(product_id), quantity
            for variant in _variants_of(goods, named):
                hold = self.holds.get((owner, product_id, variant))
                units = min(wanted, hold.held - hold.leaving) if hold else 0
                if hold is not None and goods is not None and units > 0:
                    hold.leaving += units
                    goods.slot(variant).held -= units
                    wanted -= units
                    found.append((owner, product_id, variant, units))
        if found:
            self.leaving[place] = [*self.leaving.get(place, ()), *found]
        return bool(found)

    def _arrive(self, place: Place) -> set[str]:
        """The order is settled: what it had of holds is counted by its claims. Gives the products."""
        leaving = self.leaving.pop(place, ())
        for buyer, product_id, variant, units in leaving:
            hold, goods = self.holds.get((buyer, product_id, variant)), self.known(product_id)
            if hold is not None and goods is not None:
                back = min(units, hold.leaving)
                hold.leaving -= back
                goods.slot(variant).held += back
        return {product_id for _, product_id, _, _ in leaving}

    def _name(self, place: Place, move: Move) -> None:
        """An order's units stand under the name it has for the variant until its claim says which one it is."""
        self.named.setdefault(place, Counter())[move.product_id, move.line_variant, move.variant] += move.units
        self._rename(move.product_id, move.line_variant, move.variant, move.units)

    def took(self, fact: Traded) -> None:
        """What an order has now stands in its place among those who took."""
        place = self.taken.ledger.place(fact)
        lines = (*fact.lines, *fact.paid_lines) if isinstance(fact, OrderRestated) else fact.lines
        slots = {line.product_id: goods.slots for line in lines if (goods := self.known(line.product_id)) is not None}
        buyer = (
            self.buyer_of(place, fact.buyer) if isinstance(fact, OrderCreated | OrderEdited | OrderPaid | OrderRestated) else ""
        )
        self.takers.ordered(place, buyer, self.taken.has(place), fact.platform_at, slots)

    def rename(self, change: Change) -> set[str]:
        """It is known better who bought. Gives the products."""
        before, after = (f"{order.people or change.place[0]}/{order.buyer}" for order in (change.before, change.after))
        self.takers.rename(change.place, after)
        if change.place in self.bought.get(before, ()):
            self.bought[before].remove(change.place)
            self.bought.setdefault(after, []).append(change.place)
        return {product_id for product_id, _ in change.after.has()}

    def fit(self, place: Place) -> None:
        """What an order gave back is given back under the name its claims had for it."""
        named = self.named.get(place)
        if named is None:
            return
        has = self.taken.has(place)
        for (product_id, line_variant, variant), units in tuple(named.items()):
            mine = sum(each for key, each in named.items() if key[:2] == (product_id, line_variant))
            over = min(units, mine - has[product_id, line_variant])
            if over > 0:
                named[product_id, line_variant, variant] -= over
                self._rename(product_id, line_variant, variant, -over)
        if not has:
            del self.named[place]

    def _rename(self, product_id: str, line_variant: str, variant: str, units: int) -> None:
        goods = self.known(product_id)
        if goods is not None:
            goods.slot(line_variant if line_variant in goods.slots else "").moved -= units
            goods.slot(variant).moved += units


def _variants_of(goods: Goods | None, named: str) -> tuple[str, ...]:
    """Which of its variants an order may mean: the one it names, else any."""
    if goods is None:
        return ()
    return (named,) if named else tuple(goods.slots)


def fold_stock(shelf: Shelf, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Sheets and orders come from the slices below; claims and what the team set for them from facts. Gives products."""
    changed = _fold(shelf, event, touched)
    for product_id in changed:
        if (goods := shelf.known(product_id)) is not None:
            goods.recount()
    return changed


def _fold(shelf: Shelf, event: Event[Fact], touched: Touched) -> Collection[str]:
    sheets = touched.of(OFFER) - {AIR}
    for product_id in sorted(sheets):
        shelf.listed(product_id)
    changed, fact = sheets | touched.of(TAKEN), event.fact
    if touched.of(LEDGER) and not isinstance(fact, TRADED):
        return changed.union(*map(shelf.rename, shelf.taken.ledger.renamed))
    if isinstance(fact, MOVES):
        shelf.takers.move(fact, event.at)
        return changed | shelf.move(fact)
    changed = changed | _ordered(shelf, fact)
    if isinstance(fact, SETTINGS):
        shelf.configure(fact)
        return (fact.product_id,)
    if isinstance(fact, ClaimPolicySet) and fact.policy.per_buyer_limit != shelf.limit:
        shelf.limit = fact.policy.per_buyer_limit
        return tuple(shelf.goods)
    if isinstance(fact, LAMPS):
        goods = shelf.known(fact.product_id)
        if goods is not None:
            goods.announced = isinstance(fact, ClaimSoldOut)
        return (fact.product_id,)
    return changed


def _ordered(shelf: Shelf, fact: Fact) -> set[str]:
    """What an order has now, and of which products."""
    if isinstance(fact, OrderCreated):
        found = shelf.order(fact)
        shelf.took(fact)
        return found
    if not isinstance(fact, GIVEN_BACK):
        return set()
    shelf.fit((fact.platform, fact.order_id))
    shelf.took(fact)
    return shelf.grow(fact) | shelf.name(fact)


def _begin(offers: Offers, taken: Taken, _: Ledger) -> Shelf:
    return Shelf(offers, taken)


STOCK: Slice[Shelf] = Slice(
    name="claim.stock",
    reads=(*SETTINGS, ClaimPolicySet, *MOVES, *LAMPS, OrderCreated, *GIVEN_BACK),
    state=_begin,
    fold=fold_stock,
    over=(OFFER, TAKEN, LEDGER),
)
