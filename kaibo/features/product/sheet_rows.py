"""Rows of one product: the same code again with another variant is one more variant of it; what a product has only once is said by its cell."""

from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from kaibo.core.script import likeness
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.sheet_row import Row, sheet_of
from kaibo.features.product.sheet_variants import once

# What a product has once for all it comes in: that of its first row stands.
SHARED: Final = ("item_type", "cost_minor", "list_price_minor", "live_price_minor", "per_buyer_limit")
LISTS: Final = ("selling_points", "doubts", "certificates", "must_not_say")  # what any row says is of the product
AROUND: Final = " \t-–—_/·,，、:：()（）[]［］【】「」"  # between a name and the variant written behind it


@dataclass(slots=True)
class SoFar:
    """The products of the rows read so far, by product_id; `above`: that of the row just read, "" where it was left out.

    `whole`: those whose first row names no variant and a stock: it is of all of them.
    """

    sheets: dict[str, ProductSheet] = field(default_factory=dict[str, ProductSheet])
    whole: set[str] = field(default_factory=set[str])
    above: str = ""

    def take(self, sheet: ProductSheet | None) -> None:
        """What the next row gave."""
        self.above = "" if sheet is None else sheet.product_id
        if sheet is None:
            return
        if self.above not in self.sheets and not sheet.variants and sheet.stock is not None:
            self.whole.add(self.above)
        self.sheets[self.above] = sheet


def is_variant(first: ProductSheet, row: Row) -> bool:
    """Whether a row of the same code is a variant the product has not yet, and no other product that was given its code."""
    name, found = row.cell("name"), row.variants_said()
    kept, _ = once((*first.variants, *found))
    if len(kept) == len(once(first.variants)[0]):
        return False
    return name is None or _same(first, name.text, found)


def _same(first: ProductSheet, name: str, found: tuple[str, ...]) -> bool:
    one, other = likeness(_bare(first.name, first.variants)), likeness(_bare(name, found))
    return one == other or one.startswith(other) or other.startswith(one)


def _bare(name: str, variants: tuple[str, ...]) -> str:
    """圍裙（紅）, of the variant 紅, is 圍裙; a name that is nothing but its variant stays."""
    for variant in sorted(variants, key=len, reverse=True):
        cut = name.rstrip(AROUND).removesuffix(variant).rstrip(AROUND)
        if cut and cut != name.rstrip(AROUND):
            return cut
    return name


def with_variants(first: ProductSheet, row: Row, *, whole: bool) -> ProductSheet:
    """The product with one more row of the file: its variants, its stock, what it says besides; a note for each cell that stays out."""
    name = row.cell("name")
    own = sheet_of(row, first.product_id, name)
    _say_kept(first, own, row)
    lists = {each: tuple(dict.fromkeys((*getattr(first, each), *getattr(own, each)))) for each in LISTS}
    variants, _ = once((*first.variants, *own.variants))
    bare = _bare(first.name, first.variants)
    return replace(
        first,
        name=bare if name is not None and likeness(bare) == likeness(_bare(own.name, own.variants)) else first.name,
        variants=variants,
        stock=_stock(first, own, row, whole=whole),
        **lists,
    )


def _say_kept(first: ProductSheet, own: ProductSheet, row: Row) -> None:
    for each in SHARED:
        cell = row.cell(each)
        said = getattr(own, each)
        if cell is not None and said not in (None, "", getattr(first, each)):
            row.note(cell, "product.variant_keeps")
    name = row.cell("name")
    if name is not None and likeness(_bare(first.name, first.variants)) != likeness(_bare(own.name, own.variants)):
        row.note(name, "product.variant_keeps")


def _stock(first: ProductSheet, own: ProductSheet, row: Row, *, whole: bool) -> int | None:
    """That of all variants together: the house counts each product's from its sheet, and of a variant what the team says while taking claims."""
    cell = row.cell("stock")
    own_cell = cell is not None and not cell.spread
    if whole or (cell is not None and not own_cell):
        if cell is not None and own_cell:
            row.note(cell, "product.variant_keeps")
        return first.stock
    if own.stock is None or (first.stock is None and first.variants):
        row.note(cell or row.cells["variants"], "product.stock_in_part")
        return first.stock if own.stock is None else own.stock
    total = (first.stock or 0) + own.stock
    row.note(row.cells["stock"], "product.stock_summed", total=total)
    return total
