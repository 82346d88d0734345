"""Lines of an order as units of goods, and as money."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from kaibo.features.order.facts import OrderLine, saturated

Lines = tuple[OrderLine, ...]
Thing = tuple[str, str]  # product_id, variant as the order names it


def worth(lines: Iterable[OrderLine]) -> int:
    """What all lines come to, in minor units."""
    return saturated(sum(line.worth_minor for line in lines))


def units_of(lines: Iterable[OrderLine]) -> Lines:
    """Those that are of goods, and not of money alone."""
    return tuple(line for line in lines if line.quantity)


def things(lines: Iterable[OrderLine]) -> Counter[Thing]:
    """Units by product and variant."""
    found = Counter[Thing]()
    for line in units_of(lines):
        found[line.product_id, line.variant] += line.quantity
    return found


def within(lines: Iterable[OrderLine], has: Counter[Thing]) -> Lines:
    """As much of these lines as there is, by the variant that was bought."""
    left = +has
    found: list[OrderLine] = []
    for line in units_of(lines):
        wanted = line.quantity
        for variant in _variants(line, left):
            units = min(wanted, left[line.product_id, variant])
            wanted -= units
            left[line.product_id, variant] -= units
            if units:
                same = (units, variant) == (line.quantity, line.variant)
                found.append(line if same else msgspec.structs.replace(line, quantity=units, variant=variant))
    return tuple(found)


def _variants(line: OrderLine, left: Counter[Thing]) -> Sequence[str]:
    """Of which variants its units are: of its own; one that names none is of those that were bought, and of an order that names none it is that."""
    bought = [variant for product_id, variant in left if product_id == line.product_id and variant != line.variant]
    return (line.variant, *(variant for variant in bought if not line.variant or not variant))
