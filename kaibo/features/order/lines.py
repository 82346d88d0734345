"""Lines of an order: which can be understood, what its total says beyond them, and what they are as units of goods and as money."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from kaibo.features.order.commands import OrderItem
from kaibo.features.order.facts import OrderKind, OrderLine, saturated

QUANTITY_MAX = 1_000_000
PRICE_MINOR_MAX = 10**12  # sums of a whole show stay far below what a log and a screen can say exactly
PRODUCT_ID_LENGTH_MAX = 64
VARIANT_LENGTH_MAX = 80
CURRENCY_LENGTH_MAX = 8
NOT_ALL = OrderLine(product_id="", price_minor=0)  # ends the lines of a payment of which others were not understood

Lines = tuple[OrderLine, ...]
Thing = tuple[str, str]  # product_id, variant as the order names it


@dataclass(frozen=True, slots=True)
class Understood:
    """`lines` that count, how many of them are `whole`, and the others as they came, by their place in the order."""

    lines: Lines
    whole: int
    unread: Sequence[tuple[int, OrderLine]] = ()


def understood(item: OrderItem, currency: str) -> Understood:
    """A line whose price makes no sense still takes its units; one whose units or product make none takes nothing."""
    read = [_line(line, item.kind, currency) for line in item.lines]
    lines = tuple(line for line, _ in read if line is not None)
    unread = [(place, told) for place, (told, (_, whole)) in enumerate(zip(item.lines, read, strict=True)) if not whole]
    return Understood(lines, sum(whole for _, whole in read), unread)


def taken(item: OrderItem, lines: Lines) -> OrderItem:
    """The item with these of its lines, and with a line for what its total says beyond them; a payment says when they are not all."""
    partly = item.kind == "paid" and lines != item.lines
    found = lines
    total_alone = item.kind == "paid" and not found  # be it nought
    if item.amount_minor is not None and (total_alone or item.amount_minor != worth(found)):
        found = (*found, OrderLine(product_id="", price_minor=item.amount_minor - worth(found)))
    return replace(item, lines=(*found, NOT_ALL) if partly and not total_alone else found)


def cut(line: OrderLine) -> OrderLine:
    """The same, no longer than a log should hold of what makes no sense."""
    product_id, variant = line.product_id[:PRODUCT_ID_LENGTH_MAX], line.variant[:VARIANT_LENGTH_MAX]
    return replace(line, product_id=product_id, variant=variant, currency=line.currency[:CURRENCY_LENGTH_MAX])


def _named(line: OrderLine, kind: OrderKind) -> bool:
    named = bool(line.product_id) or (kind == "refunded" and not line.quantity)
    return named and len(line.product_id) <= PRODUCT_ID_LENGTH_MAX and len(line.variant) <= VARIANT_LENGTH_MAX


def _line(line: OrderLine, kind: OrderKind, currency: str) -> tuple[OrderLine | None, bool]:
    """(as far as it is understood, whether that is all of it)."""
    least = 0 if kind == "refunded" else 1  # money alone can be given back, and not be ordered
    if not _named(line, kind) or not least <= line.quantity <= QUANTITY_MAX:
        return None, False
    if line.currency in ("", currency) and 0 <= line.price_minor <= PRICE_MINOR_MAX:
        return (line if not line.currency else replace(line, currency="")), True
    return (replace(line, price_minor=0, currency="") if line.quantity else None), False


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
                found.append(line if same else replace(line, quantity=units, variant=variant))
    return tuple(found)


def _variants(line: OrderLine, left: Counter[Thing]) -> Sequence[str]:
    """Of which variants its units are: of its own; one that names none is of those that were bought, and of an order that names none it is that."""
    bought = [variant for product_id, variant in left if product_id == line.product_id and variant != line.variant]
    return (line.variant, *(variant for variant in bought if not line.variant or not variant))
