"""What a file changes in the products a show has already."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.sheet_variants import with_taken
from kaibo.features.product.slices import asked
from kaibo.kit.sheet_values import Header
from kaibo.kit.sheets import ImportNote, ImportRow
from kaibo.kit.spans import letters_of

# Notes that only tell what was decided: the cell was understood all the same.
TELLING = {
    "product.variants_parted",
    "product.variant_twice",
    "product.variant_keeps",
    "product.stock_summed",
    "product.stock_in_part",
    "sheet.struck_cell",
    "sheet.hidden_row",
    "sheet.digits_lost",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands, by product_id: the products, the price (in words) of a promo that is on, the variants that claims or orders have."""

    known: Mapping[str, ProductSheet]
    promoted: Mapping[str, str]
    taken: Mapping[str, Collection[str]]

    def over(self, sheet: ProductSheet, header: Header, rows: list[ImportRow], lines: Sequence[int]) -> ProductSheet:
        """A product of the file, read from these rows, over what stands; the last of the rows tells what had to wait or stay."""
        before = self.known.get(sheet.product_id)
        notes = [note for line in lines for note in rows[line].notes]
        after = sheet if before is None else _over(before, sheet, header, notes)
        price = self.promoted.get(sheet.product_id)
        if before is not None and price is not None and asked(after) != asked(before):
            after = replace(after, list_price_minor=before.list_price_minor, live_price_minor=before.live_price_minor)
            note = ImportNote(cell="", code="product.price_waits", text=sheet.name, data={"price": price})
            rows[lines[-1]] = _noted(rows[lines[-1]], note)
        variants, lacking = with_taken(after.variants, self.taken.get(sheet.product_id, ()))
        if lacking:
            names = "、".join(lacking)
            note = ImportNote(cell="", code="product.variants_taken", text=names, data={"variants": names})
            rows[lines[-1]] = _noted(rows[lines[-1]], note)
        return replace(after, variants=variants)


def _noted(row: ImportRow, note: ImportNote) -> ImportRow:
    return replace(row, status="partial", notes=(*row.notes, note))


def _over(before: ProductSheet, sheet: ProductSheet, header: Header, notes: Sequence[ImportNote]) -> ProductSheet:
    # What was not understood changes nothing.
    unread = {note.cell.rstrip("0123456789") for note in notes if note.code not in TELLING}
    told = [column.field for column in header.columns if letters_of(column.at) not in unread]
    names = [name for name in sheet.__struct_fields__ if name in told or (name == "doubts" and "question" in told)]
    return replace(before, **{name: getattr(sheet, name) for name in names})
