"""What alarms ask beside the figures: how long nobody ordered, how long the stock of the product on air lasts, who waits for an answer."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.comment.facts import QuestionsLate
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderRefunded
from kaibo.features.product.facts import ProductAdded, ProductEdited
from kaibo.features.rundown.facts import CueAdded, CueEdited, CueWent
from kaibo.features.show.facts import ShowEnded

READS = (
    ProductAdded, ProductEdited, OrderCreated, OrderCancelled, OrderRefunded,
    CueAdded, CueEdited, CueWent, QuestionsLate, ShowEnded,
)  # fmt: skip
MINUTE_MS = 60_000
PACE_MINUTES = 10


@dataclass(slots=True)
class Shop:
    """Stock and what was ordered of it, by product; which product is on air and since when."""

    stock: dict[str, int] = field(default_factory=dict[str, int])
    taken: Counter[str] = field(default_factory=Counter[str])
    ordered: dict[str, Counter[int]] = field(default_factory=dict[str, Counter[int]])
    product_of: dict[str, str] = field(default_factory=dict[str, str])
    product_id: str = ""
    cue_id: str = ""
    since: int = 0
    last_order_at: int = 0
    questions_late: int = 0

    def fold(self, event: Event[Any]) -> None:
        """Take one event in."""
        match event.fact:
            case ProductAdded(product=sheet) | ProductEdited(product=sheet):
                if sheet.stock is None:
                    self.stock.pop(sheet.product_id, None)
                else:
                    self.stock[sheet.product_id] = sheet.stock
            case OrderCreated() as order:
                self._order(order)
            case OrderCancelled(lines=lines) | OrderRefunded(lines=lines):
                for line in lines:
                    self.taken[line.product_id] -= line.quantity
            case CueAdded(cue=cue):
                self.product_of[cue.cue_id] = cue.product_id or ""
            case CueEdited(cue_id=cue_id, values=values) if "product_id" in values:
                self.product_of[cue_id] = str(values["product_id"] or "")
            case CueWent(cue_id=cue_id):
                self.cue_id, self.product_id, self.since = cue_id, self.product_of.get(cue_id, ""), event.at
            case ShowEnded():
                self.cue_id, self.product_id = "", ""
            case QuestionsLate(count=count):
                self.questions_late = count
            case _:
                pass

    def _order(self, order: OrderCreated) -> None:
        self.last_order_at = max(self.last_order_at, order.platform_at)
        for line in order.lines:
            self.taken[line.product_id] += line.quantity
            self.ordered.setdefault(line.product_id, Counter())[order.platform_at // MINUTE_MS] += line.quantity

    def raw(self, at: int) -> dict[str, float]:
        """Counters of this instant (ms UTC); none of a product when there is none on air."""
        found: dict[str, float] = {"questions_late": self.questions_late}
        if not self.product_id:
            return found
        found["idle_s"] = max(0, at - max(self.since, self.last_order_at)) // 1000
        by_minute = self.ordered.get(self.product_id, Counter())
        newest = at // MINUTE_MS
        found["pace_10"] = sum(by_minute[minute] for minute in range(newest - PACE_MINUTES + 1, newest + 1))
        if self.product_id in self.stock:
            found["stock_left"] = self.stock[self.product_id] - self.taken[self.product_id]
        return found
