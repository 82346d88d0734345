"""Products out of a shop's sheet: columns by their words, every cell that was not understood in the report."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from kaibo.core.headers import Words, plain
from kaibo.core.script import likeness
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.rules import by_likeness
from kaibo.features.product.sheet_known import Standing
from kaibo.features.product.sheet_row import Row, sheet_of
from kaibo.features.product.sheet_rows import SoFar, is_variant, with_variants
from kaibo.kit.sheet_values import Column, Header, find_header, hidden_columns, known_headers, lost_digits
from kaibo.kit.sheets import (
    Book,
    Cell,
    ImportColumn,
    ImportNote,
    ImportReport,
    ImportRow,
    Table,
)
from kaibo.kit.uploads import NoHeader

ID_MAX = 64
WORDS = Words(
    {
        "product_id": (
            "商品編號",
            "商品編碼",
            "編號",
            "貨號",
            "商品ID",
            "商品代碼",
            "SKU",
            "product id",
            "item no",
            "code",
            "款號",
            "id",
        ),
        "name": ("商品名稱", "品名", "商品", "產品名稱", "產品", "名稱", "name", "product name", "product", "item", "title"),
        "variants": ("規格", "款式", "顏色", "尺碼", "規格選項", "variants", "variant", "options", "sizes"),
        "item_type": ("款型", "商品類型", "類型", "定位", "商品定位", "item type", "type", "role"),
        "cost_minor": ("成本", "成本價", "進價", "進貨價", "cost", "cost price"),
        "list_price_minor": (
            "原價",
            "定價",
            "市場價",
            "日常價",
            "建議售價",
            "list price",
            "regular price",
            "rrp",
            "msrp",
            "price",
        ),
        "live_price_minor": (
            "直播價",
            "到手價",
            "直播間價",
            "活動價",
            "優惠價",
            "特價",
            "live price",
            "deal price",
            "sale price",
        ),
        "stock": ("庫存", "庫存數量", "備貨", "數量", "stock", "inventory", "quantity", "qty"),
        "per_buyer_limit": ("限購", "每人限購", "限購數量", "limit", "per buyer limit", "purchase limit", "limit per buyer"),
        "selling_points": ("賣點", "核心賣點", "商品賣點", "產品賣點", "selling points", "selling point", "highlights"),
        "question": ("常見疑問", "常見問題", "疑問", "問題", "question", "questions", "faq", "doubts"),
        "answer": ("標準回答", "標準答覆", "回答", "答案", "話術回答", "answer", "answers", "standard answer"),
        "certificates": ("證書", "檢驗報告", "資質", "證明", "質檢報告", "certificates", "certificate", "proof"),
        "must_not_say": ("禁語", "違禁詞", "禁用詞", "禁詞", "敏感詞", "must not say", "banned words", "forbidden"),
    }
)


@dataclass
class ProductReading:
    """Products of a file in its order, and the report with codes (words come with the request's language)."""

    products: tuple[ProductSheet, ...]
    report: ImportReport


def read_products(
    book: Book,
    currency: str,
    known: Mapping[str, ProductSheet] | None = None,
    promoted: Mapping[str, str] | None = None,
    taken: Mapping[str, Collection[str]] | None = None,
) -> ProductReading:
    """The products of the table that looks most like a list of them.

    Of a product that is `known` (by product_id) the file changes only what it has columns for: a list of prices takes no answers
    away, and a cell that is not understood leaves what was. `promoted`: by product_id the price (in words) of a promo that is on; the
    sheet's price waits for its end, and the row says so. `taken`: by product_id the variants that claims or orders have; the sheet does
    not take them away, and the row says so. Raises NoHeader.
    """
    found = [(header.score, -place, header) for place, table in enumerate(book.tables) if (header := find_header(table, WORDS))]
    if not found:
        raise NoHeader(filename=book.filename)
    _, place, header = max(found, key=lambda each: each[:2])
    table = book.tables[-place]
    rows = [*book.asides, *_others(book, table), *_columns_unread(table, header)]
    far, alike = SoFar(), by_likeness(known or ())
    lines: dict[str, list[int]] = {}
    for number in sorted(table.rows):
        if number > header.row:
            report, sheet = _product(table, number, header, currency, far)
            if sheet is not None and sheet.product_id not in (known or {}):
                report, sheet = _apart(report, sheet, alike)
            rows.append(report)
            far.take(sheet)
            if sheet is not None:
                lines.setdefault(sheet.product_id, []).append(len(rows) - 1)
    stands = Standing(known or {}, promoted or {}, taken or {})
    products = [stands.over(sheet, header, rows, lines[product_id]) for product_id, sheet in far.sheets.items()]
    columns = tuple(ImportColumn(header=column.header, field=_field_of(column)) for column in header.columns)
    report = ImportReport(
        filename=book.filename, sheet=table.name, header_row=header.row, columns=columns, rows=tuple(rows),
        imported=len(products), head={"currency": currency},
    )  # fmt: skip
    return ProductReading(tuple(products), report)


def _apart(report: ImportRow, sheet: ProductSheet, alike: dict[str, str]) -> tuple[ImportRow, ProductSheet | None]:
    """A row whose id no comment can tell from another's is left out."""
    like = alike.setdefault(likeness(sheet.product_id), sheet.product_id)
    if like == sheet.product_id:
        return report, sheet
    note = ImportNote(
        cell="", code="product.id_alike", text=sheet.product_id, data={"product_id": sheet.product_id, "like": like}
    )
    return replace(report, status="skipped", notes=(*report.notes, note)), None


def _others(book: Book, read: Table) -> list[ImportRow]:
    names = [table.name for table in book.tables if table is not read]
    notes = [ImportNote(cell="", code="sheet.other_sheet", text=name, data={"sheet": name}) for name in names]
    return [ImportRow(row=0, status="skipped", title=note.text, notes=(note,)) for note in notes]


def _columns_unread(table: Table, header: Header) -> list[ImportRow]:
    """One note for each column nobody reads, and for what stands above the header."""
    above = [cell for number in sorted(table.rows) if number < header.top for cell in table.row(number).values()]
    notes = [ImportNote(cell=cell.address, code="sheet.cell_unread", text=cell.text) for cell in above if not cell.spread]
    for column in header.columns:
        if _field_of(column) is None:
            cell = table.row(header.row).get(column.at) or table.row(header.top)[column.at]
            notes.append(ImportNote(cell=cell.address, code="sheet.column_unread", text=column.header))
    notes += hidden_columns(table, header)
    return [ImportRow(row=header.row, status="skipped", title="", notes=tuple(notes))] if notes else []


def _product(table: Table, number: int, header: Header, currency: str, far: SoFar) -> tuple[ImportRow, ProductSheet | None]:
    """A row as a product; or the product of the file that it is one more variant of: that of its code or, where it has none, of the row above."""
    cells = table.row(number)
    row = _row(cells, header, currency)
    id_cell, name_cell = row.cell("product_id"), row.cell("name")
    title = name_cell.text if name_cell else cells[min(cells)].text
    why = "sheet.struck_row" if table.struck(number) else _why_skip(cells, row, far)
    if why:
        row.note(id_cell or cells[min(cells)], why)
        return ImportRow(row=number, status="skipped", title=title, notes=tuple(row.notes)), None
    _look_at_marks(row, table, number)
    product_id = far.above if id_cell is None else plain(id_cell.text)
    if product_id in far.sheets:
        sheet = with_variants(far.sheets[product_id], row, whole=product_id in far.whole)
        title = f"{sheet.name} {'、'.join(row.variants_said())}"
    else:
        assert name_cell is not None, "a row that is not skipped"
        sheet = sheet_of(row, product_id, name_cell)
    return ImportRow(row=number, status="partial" if row.notes else "ok", title=title, notes=tuple(row.notes)), sheet


def _row(cells: Mapping[int, Cell], header: Header, currency: str) -> Row:
    named = {column.field: cells[column.at] for column in header.columns if column.field and column.at in cells}
    row = Row({name: cell for name, cell in named.items() if not cell.unread}, currency)
    for cell in named.values():
        if cell.unread:
            row.note(cell, cell.unread)
    _look_beside(row, cells, header)
    row.beside = _beside(cells, header)
    return row


def _beside(cells: Mapping[int, Cell], header: Header) -> tuple[Cell, ...]:
    more = (cells[column.at] for column in header.columns if _more_variants(column) and column.at in cells)
    return tuple(cell for cell in more if not cell.unread)


def _look_at_marks(row: Row, table: Table, number: int) -> None:
    """What is hidden or crossed out is read, and said."""
    cells = table.row(number)
    if number in table.hidden_rows:
        row.note(cells[min(cells)], "sheet.hidden_row")
    for cell in row.cells.values():
        if cell.struck and not cell.spread:
            row.note(cell, "sheet.struck_cell")


def _more_variants(column: Column) -> bool:
    """A second column of what a product comes in: 尺碼 beside 顏色."""
    return column.field is None and WORDS.field(column.header) == "variants"


def _field_of(column: Column) -> str | None:
    return "variants" if _more_variants(column) else column.field


def _look_beside(row: Row, cells: Mapping[int, Cell], header: Header) -> None:
    """Cells under no header; and ids, in whatever column, that a spreadsheet took for numbers."""
    fields = {column.at: column.field for column in header.columns}
    for at, cell in cells.items():
        if at not in fields:
            row.note(cell, "sheet.cell_unread")
        if fields.get(at) in (None, "product_id", "name") and lost_digits(cell):
            row.note(cell, "sheet.digits_lost")


def _why_skip(cells: Mapping[int, Cell], row: Row, far: SoFar) -> str:
    """The code of why a row is no product, and no further variant of one; "" when it is."""
    id_cell, name_cell = row.cell("product_id"), row.cell("name")
    if known_headers(cells, WORDS) >= max(3, len(cells) // 2):
        return "sheet.header_again"
    first = far.sheets.get(plain(id_cell.text) if id_cell else "" if name_cell else far.above)
    if first is not None:
        return "" if is_variant(first, row) else "product.id_repeated" if id_cell else "product.row_incomplete"
    if id_cell is None or name_cell is None:
        return "product.row_incomplete"
    return "product.id_too_long" if len(plain(id_cell.text)) > ID_MAX else ""
