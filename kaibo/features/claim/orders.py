"""An order as far as it is read, and which of a product's orders in one comment can stand beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kaibo.core.script import one_spelling
from kaibo.features.claim.tokens import ALL_VARIANTS


@dataclass(slots=True)
class Order:
    """An order as far as it is read. `named`: its keyword stands in the comment; `sure`: it says how many, as a quantity."""

    keyword: str
    named: bool
    code: bool  # by a word without Chinese signs, which may not be part of a longer one
    called: bool = False  # by what the product is called, and not by its keyword
    variant: str | None = None
    vague: bool = False  # of its variant only a part is said, and several have it
    number: int | None = None
    counted: bool = False
    sure: bool = False
    measured: bool = False  # it says how many, in pieces
    broken: bool = False
    cancelled: bool = False
    part: bool = False  # what is given up is counted: 取消2個A01
    foreign: bool = False  # between its product and its number stands something that the product does not come in
    unsold: str = ""  # the size asked for, which it does not come in
    either: bool = False  # its number may be another of its variants: 球鞋38+39

    @property
    def varies(self) -> bool:
        """Whether its variant is said, if only in part."""
        return self.variant is not None or self.vague

    def units(self) -> int:
        """How many: one where nothing is said, or what is said may be a variant."""
        return 1 if self.number is None or self.either else self.number

    def follow(self, ahead: str, found: tuple[str | None, int] | None) -> None:
        """2XL 洋裝: what stands in front of a product is its variant (`found`, and where it ends), where it comes so."""
        if found is not None and found[1] == len(ahead):
            self.variant, self.vague = found[0], found[0] is None
            self.foreign = self.vague
        else:
            self.foreign, self.unsold = True, "" if " " in ahead else ahead


def said_of_air(orders: list[Order]) -> str:
    """粉 圍巾+1: what was taken for a variant of the product on air, and for nothing else, is said of the product named now."""
    match orders:
        case [Order(named=False, counted=False, cancelled=False, variant=str(variant))] if variant != ALL_VARIANTS:
            orders.clear()
            return one_spelling(variant).strip()
        case _:
            return ""


def one_of(orders: Sequence[Order]) -> Sequence[Order]:
    """S、M+1: both, or one of them? It is asked; and nothing is read beside a variant of another product."""
    if any(order.foreign and order.variant for order in orders):
        return ()
    numbers = [order for order in orders if order.counted]
    if _one_vague(orders):
        return [replace(order, variant=None, foreign=True) for order in numbers[:1]]
    return [replace(numbers[0], variant=None)] if 0 < len(numbers) < len(orders) else orders


def _one_vague(orders: Sequence[Order]) -> bool:
    """黑S、M 各一: which M?"""
    return len(orders) > 1 and any(order.vague for order in orders)


def telling(orders: Sequence[Order]) -> Sequence[Order]:
    """「A01 我要A01+1」: only once is it said how many, or which."""
    if len(orders) < 2:
        return orders
    named = [order for order in orders if order.named]
    found = [order for order in orders if order.counted or (order.varies and (order.named or not named))]
    return found or named[:1]
