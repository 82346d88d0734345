"""TAKEN: units of each product that orders have taken and not given back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.order.facts import OrderCancelled, OrderCreated, OrderLine, OrderPaid, OrderRefunded

Place = tuple[str, str]  # platform, order_id
Thing = tuple[str, str]  # product_id, variant as the order names it


@dataclass(slots=True)
class Taken:
    """Units by product_id and by variant as the orders name it; `lines`: how many lines of orders ever named a product.

    `orders`: what each order still has. None gives back more than it took, whatever a platform says.
    """

    units: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    lines: Counter[str] = field(default_factory=Counter[str])
    orders: dict[Place, Counter[Thing]] = field(default_factory=dict[Place, Counter[Thing]])

    def of(self, product_id: str) -> dict[str, int]:
        """Units of a product by variant: to be kept and read, it stays the same table."""
        return self.units.setdefault(product_id, {})

    def place(self, fact: OrderCreated | OrderPaid | OrderCancelled | OrderRefunded) -> Place:
        """The order a fact speaks of; facts of old logs may not say on which platform it was placed."""
        place = (fact.platform, fact.order_id)
        if place in self.orders or fact.platform:
            return place
        return next((known for known in self.orders if known[1] == fact.order_id), place)

    def has(self, place: Place) -> Counter[Thing]:
        """What an order still has."""
        return self.orders.get(place, Counter())


def fold_taken(taken: Taken, event: Event[Fact]) -> Iterable[str]:
    """An order takes units, a payment says what they are, a cancellation or a refund gives them back."""
    fact = event.fact
    if not isinstance(fact, OrderCreated | OrderPaid | OrderCancelled | OrderRefunded):
        return ()
    place = taken.place(fact)
    had = taken.has(place)
    match fact:
        case OrderCreated(lines=lines):
            taken.lines.update(line.product_id for line in lines)
            return _hold(taken, place, had + _things(lines))
        case OrderPaid(lines=lines) if had:
            return _hold(taken, place, _things(lines))
        case OrderCancelled():
            return _hold(taken, place, Counter())
        case OrderRefunded(lines=lines):
            return _hold(taken, place, had - _things(lines))
        case _:
            return ()


def _things(lines: tuple[OrderLine, ...]) -> Counter[Thing]:
    found = Counter[Thing]()
    for line in lines:
        found[line.product_id, line.variant] += line.quantity
    return found


def _hold(taken: Taken, place: Place, has: Counter[Thing]) -> Iterable[str]:
    """The order has these now."""
    had = taken.orders.pop(place, Counter[Thing]())
    if has:
        taken.orders[place] = has
    changed = {thing for thing in (*had, *has) if had[thing] != has[thing]}
    for product_id, variant in changed:
        units = taken.of(product_id)
        units[variant] = units.get(variant, 0) + has[product_id, variant] - had[product_id, variant]
    return {product_id for product_id, _ in changed}


TAKEN: Slice[Taken] = Slice(
    name="order.taken", reads=(OrderCreated, OrderPaid, OrderCancelled, OrderRefunded), state=Taken, fold=fold_taken
)
