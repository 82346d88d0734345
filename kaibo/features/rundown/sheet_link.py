"""Cues whose rows named a product before the show had it: what they are now that it has come."""

from collections.abc import Iterable, Mapping, Sequence

from kaibo.features.product.facts import ProductSheet
from kaibo.features.rundown.columns import COLUMNS, NAMING
from kaibo.features.rundown.commands import CueLink
from kaibo.features.rundown.facts import Cue, CueType
from kaibo.features.rundown.sheet_lines import Line, Sheet
from kaibo.features.rundown.sheet_prices import check_prices
from kaibo.features.rundown.sheet_products import find_product
from kaibo.features.rundown.sheet_times import TimedRow
from kaibo.features.rundown.sheet_words import cue_type_of
from kaibo.kit.sheet_values import Column, Header
from kaibo.kit.sheets import Cell, Table

FIELDS = (*NAMING, "list_price", "live_price")


def links(cues: Iterable[Cue], products: Mapping[str, ProductSheet], currency: str, *, guess: bool) -> tuple[CueLink, ...]:
    """What cues without a product are to be linked to, read as their rows would be today.

    Without `guess` only codes and whole names count, for more products may be about to come.
    """
    found = (_link(cue, products, currency, guess=guess) for cue in cues if cue.product_id is None and cue.extra)
    return tuple(link for link in found if link is not None)


def _link(cue: Cue, products: Mapping[str, ProductSheet], currency: str, *, guess: bool) -> CueLink | None:
    headers = {field: header for header in cue.extra if (field := COLUMNS.field(header)) in FIELDS}
    if not headers.keys() & set(NAMING):
        return None
    columns = tuple(Column(place, header, field) for place, (field, header) in enumerate(headers.items(), start=1))
    sheet = Sheet(Table("", {}), Header(0, 0, columns), currency, products)
    line = Line(0, _cells(cue, columns), {}, TimedRow())
    product_id, proof = find_product(sheet, line, guess=guess)
    if product_id is None:
        return None
    check_prices(sheet, line, product_id)
    return CueLink(
        cue_id=cue.cue_id,
        product_id=product_id,
        cue_type=_type_with_product(cue, named="product_name" in headers),
        proof=proof,
        extra={header: text for header, text in cue.extra.items() if header not in headers.values()} | line.extra,
        extra_was=cue.extra,
    )


def _cells(cue: Cue, columns: Sequence[Column]) -> dict[str, Cell]:
    cells = {str(column.field): Cell(0, column.at, cue.extra[column.header]) for column in columns}
    return cells | {"proof": Cell(0, len(columns) + 1, cue.proof)} if cue.proof else cells


def _type_with_product(cue: Cue, *, named: bool) -> CueType:
    """A type that nobody said is inferred again."""
    if cue.cue_type != cue_type_of(cue.title, has_product=named):
        return cue.cue_type
    return cue_type_of(cue.title, has_product=True)  # type: ignore[return-value]
