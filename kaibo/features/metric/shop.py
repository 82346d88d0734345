"""What alarms ask beside the figures: how long nobody ordered, how long the stock of the product on air lasts, who waits for an answer."""

from collections import Counter
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.features.claim.slices import Shelf
from kaibo.features.comment.facts import QuestionsLate
from kaibo.features.order.facts import TRADED, OrderCreated
from kaibo.features.order.slices import Order
from kaibo.features.product.slices import Offers

READS = (*TRADED, QuestionsLate)
MINUTE_MS = 60_000
PACE_MINUTES = 10


@dataclass(slots=True)
class Shop:
    """Over what is on air and what is left of it. `ordered`: by product and minute of ordering, the units that orders hold now."""

    offers: Offers
    shelf: Shelf
    ordered: dict[str, Counter[int]] = field(default_factory=dict[str, Counter[int]])
    last_order_at: int = 0
    questions_late: int = 0

    @property
    def product_id(self) -> str:
        """The product on air, "" where there is none."""
        return self.offers.on_air

    def fold(self, event: Event[Fact]) -> None:
        """Take one event in."""
        if isinstance(event.fact, QuestionsLate):
            self.questions_late = event.fact.count
        elif (change := self.shelf.taken.ledger.change(event.fact)) is not None:
            self._count(change.before, -1)
            self._count(change.after, 1)
        if isinstance(event.fact, OrderCreated):
            self.last_order_at = max(self.last_order_at, event.fact.platform_at)

    def _count(self, order: Order, sign: int) -> None:
        """What an order holds, in the minute in which it was placed: what is edited away, cancelled or given back sells no stock out."""
        if order.placed_at is None:
            return
        for (product_id, _), units in order.has().items():
            self.ordered.setdefault(product_id, Counter())[order.placed_at // MINUTE_MS] += sign * units

    def raw(self, at: int) -> dict[str, float]:
        """Counters of this instant (ms UTC); none of a product when there is none on air."""
        found: dict[str, float] = {"questions_late": self.questions_late}
        if not self.product_id:
            return found
        found["idle_s"] = max(0, at - max(self.offers.since, self.last_order_at)) // 1000
        by_minute = self.ordered.get(self.product_id, Counter())
        newest = at // MINUTE_MS
        found["pace_10"] = sum(by_minute[minute] for minute in range(newest - PACE_MINUTES + 1, newest + 1))
        goods = self.shelf.goods.get(self.product_id)
        if goods is not None and (left := goods.left()) is not None:
            found["stock_left"] = left
        return found
