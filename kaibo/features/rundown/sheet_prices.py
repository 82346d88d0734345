"""Prices in a rundown's rows, beside those of the product's own sheet."""

from kaibo.core.money import to_major
from kaibo.features.rundown.sheet_lines import Line, Sheet
from kaibo.kit.sheet_amounts import amount_cell
from kaibo.kit.sheets import Cell


def check_prices(sheet: Sheet, line: Line, product_id: str | None) -> None:
    """Prices live on the product's sheet; a row that says others is told so, and what has no place there stays with the cue."""
    product = sheet.products.get(product_id or "")
    for name in ("list_price", "live_price"):
        cell = line.cells.get(name)
        if cell is not None:
            _check_price(sheet, line, name, cell, getattr(product, f"{name}_minor") if product else None)


def _check_price(sheet: Sheet, line: Line, name: str, cell: Cell, known: int | None) -> None:
    amount = amount_cell(cell, sheet.currency)
    if amount is None:
        line.note(name, "sheet.amount_unread")
    elif known is not None and amount != known:
        line.note(name, "sheet.price_differs", expected=f"{to_major(known, sheet.currency):,f}".rstrip("0").rstrip("."))
    if amount is None or known is None or amount != known:
        sheet.keep(line, name)
