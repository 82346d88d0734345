"""What alarms ask beside the figures: how long nobody ordered, how long the stock of the product on air lasts, who waits for an answer."""

from collections import Counter
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.features.claim.slices import Shelf
from kaibo.features.comment.facts import QuestionsLate
from kaibo.features.order.facts import OrderCreated
from kaibo.features.product.slices import Offers

READS = (OrderCreated, QuestionsLate)
MINUTE_MS = 60_000
PACE_MINUTES = 10


@dataclass(slots=True)
class Shop:
    """What was ordered when, by product, over what is on air and what is left of it."""

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
        match event.fact:
            case OrderCreated() as order:
                self._order(order)
            case QuestionsLate(count=count):
                self.questions_late = count
            case _:
                pass

    def _order(self, order: OrderCreated) -> None:
        self.last_order_at = max(self.last_order_at, order.platform_at)
        for line in order.lines:
            self.ordered.setdefault(line.product_id, Counter())[order.platform_at // MINUTE_MS] += line.quantity

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
