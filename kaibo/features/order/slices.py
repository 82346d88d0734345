"""TAKEN: units of each product that orders have taken and not given back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderRefunded


@dataclass(slots=True)
class Taken:
    """Units by product_id and by variant as the orders name it; `lines`: how many lines of orders ever named a product."""

    units: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    lines: Counter[str] = field(default_factory=Counter[str])

    def of(self, product_id: str) -> dict[str, int]:
        """Units of a product by variant: to be kept and read, it stays the same table."""
        return self.units.setdefault(product_id, {})


def fold_taken(taken: Taken, event: Event[Fact]) -> Iterable[str]:
    """An order takes units, a cancellation or a refund gives them back."""
    match event.fact:
        case OrderCreated(lines=lines):
            taken.lines.update(line.product_id for line in lines)
            return _take(taken, lines, 1)
        case OrderCancelled(lines=lines) | OrderRefunded(lines=lines):
            return _take(taken, lines, -1)
        case _:
            return ()


def _take(taken: Taken, lines: tuple[OrderLine, ...], sign: int) -> Iterable[str]:
    for line in lines:
        units = taken.of(line.product_id)
        units[line.variant] = units.get(line.variant, 0) + sign * line.quantity
    return {line.product_id for line in lines}


TAKEN: Slice[Taken] = Slice(name="order.taken", reads=(OrderCreated, OrderCancelled, OrderRefunded), state=Taken, fold=fold_taken)
