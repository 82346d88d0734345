"""Products out of a shop's sheet: columns by their words, every cell that was not understood in the report."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from kaibo.core.headers import Words, plain, squash
from kaibo.core.script import likeness
from kaibo.features.product.facts import Doubt, ProductSheet
from kaibo.features.product.rules import AMOUNT_MAX, TEXT_LENGTH_MAX, by_likeness
from kaibo.features.product.sheet_variants import once, parted, with_taken
from kaibo.features.product.slices import asked
from kaibo.kit.sheet_amounts import amount_cell
from kaibo.kit.sheet_values import Header, count_cell, find_header, hidden_columns, known_headers, lost_digits, points
from kaibo.kit.sheets import (
    Book,
    Cell,
    ImportColumn,
    ImportNote,
    ImportReport,
    ImportRow,
    Table,
)
from kaibo.kit.spans import letters_of
from kaibo.kit.uploads import NoHeader

ID_MAX, NAME_MAX = 64, 200
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
ITEM_TYPES: Mapping[str, str] = {
    squash(word): kind
    for kind, words in {
        "traffic": ("引流", "引流款", "引流品", "鉤子", "鉤子款", "traffic", "hook"),
        "welfare": ("福利", "福利款", "福利品", "寵粉", "寵粉款", "welfare", "giveaway"),
        "hero": ("主推", "主推款", "爆款", "主打", "主打款", "hero", "main"),
        "profit": ("利潤", "利潤款", "利潤品", "profit"),
        "image": ("形象", "形象款", "image", "brand"),
    }.items()
    for word in words
}
LIST_MARKS = ("\n", "；;|", "、")
WORD_MARKS = ("\n", "；;|", "、", "，,")
# Notes that only tell what was decided: the cell was understood all the same.
TELLING = {"product.variants_parted", "product.variant_twice", "sheet.struck_cell", "sheet.hidden_row", "sheet.digits_lost"}


@dataclass
class ProductReading:
    """Products of a file in its order, and the report with codes (words come with the request's language)."""

    products: tuple[ProductSheet, ...]
    report: ImportReport


@dataclass
class _Row:
    """A row while it is read: cells by field, notes so far."""

    cells: Mapping[str, Cell]
    currency: str
    notes: list[ImportNote] = field(default_factory=list[ImportNote])

    def note(self, cell: Cell, code: str, **data: object) -> None:
        self.notes.append(ImportNote(cell=cell.address, code=code, text=cell.text[:TEXT_LENGTH_MAX], data=data))

    def cell(self, name: str) -> Cell | None:
        return self.cells.get(name)

    def amount(self, name: str) -> int | None:
        cell = self.cell(name)
        if cell is None:
            return None
        minor = amount_cell(cell, self.currency)
        if minor is None or minor > AMOUNT_MAX:
            self.note(cell, "sheet.amount_unread", currency=self.currency)
            return None
        return minor

    def count(self, name: str) -> int | None:
        cell = self.cell(name)
        if cell is None:
            return None
        number = int(cell.value) if isinstance(cell.value, int) and cell.value >= 0 else count_cell(cell)
        if number is None or number > AMOUNT_MAX:
            self.note(cell, "sheet.count_unread")
            return None
        return number

    def points(self, name: str, marks: tuple[str, ...] = LIST_MARKS) -> tuple[str, ...]:
        cell = self.cell(name)
        if cell is None:
            return ()
        return self.short(cell, points(cell.raw, marks))

    def short(self, cell: Cell, found: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the texts of a cell that a sheet may hold."""
        if any(len(text) > TEXT_LENGTH_MAX for text in found):
            self.note(cell, "sheet.text_too_long", limit=TEXT_LENGTH_MAX)
        return tuple(text for text in found if len(text) <= TEXT_LENGTH_MAX)

    def variants(self) -> tuple[str, ...]:
        """What it comes in, each once; how a cell was parted that may be read otherwise is told."""
        cell = self.cell("variants")
        if cell is None:
            return ()
        found, guessed = parted(cell.raw)
        if guessed:
            self.note(cell, "product.variants_parted", count=len(found), variants="、".join(found))
        variants, again = once(self.short(cell, found))
        if again:
            self.note(cell, "product.variant_twice", variants="、".join(again))
        return variants

    def item_type(self) -> str:
        cell = self.cell("item_type")
        if cell is None:
            return ""
        kind = ITEM_TYPES.get(squash(cell.text))
        if kind is None:
            self.note(cell, "sheet.choice_unread")
        return kind or ""

    def doubts(self) -> tuple[Doubt, ...]:
        """The questions buyers ask, each with its answer."""
        asked, answered = self.cell("question"), self.cell("answer")
        if asked is None:
            if answered is not None:
                self.note(answered, "product.answer_alone")
            return ()
        questions, answers = _paired(asked.raw, answered.raw if answered is not None else "")
        for cell in (asked, answered):
            if cell is not None and any(len(text) > TEXT_LENGTH_MAX for text in (*questions, *answers)):
                self.note(cell, "sheet.text_too_long", limit=TEXT_LENGTH_MAX)
        pairs = zip(questions, answers, strict=True)
        return tuple(Doubt(question=q, answer=a) for q, a in pairs if max(len(q), len(a)) <= TEXT_LENGTH_MAX)


def _paired(asked: str, answered: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Questions and answers by line, or by ； in one line, where their numbers agree; else one of each.

    An answer to a single question may well hold a ；. A line break behind a single question says that it is one.
    """
    marks = "\n" if "\n" in asked.strip(" ") else "；;"
    questions = _parts(asked.removesuffix("\n"), marks)
    answers = _parts(answered, marks) if answered.strip() else ("",) * len(questions)
    if len(questions) != len(answers):
        return (asked.strip(),), (answered.strip(),)
    kept = [(q, a) for q, a in zip(questions, answers, strict=True) if q or a]
    return tuple(q for q, _ in kept), tuple(a for _, a in kept)


def _parts(text: str, marks: str) -> tuple[str, ...]:
    """Blank ones too: a question may have no answer yet."""
    return tuple(part.strip() for part in re.split(f"[{marks}]", text))


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
    products: dict[str, ProductSheet] = {}
    alike = by_likeness(known or ())
    for number in sorted(table.rows):
        if number > header.row:
            report, sheet = _product(table, number, header, currency, products)
            if sheet is not None and sheet.product_id not in (known or {}):
                report, sheet = _apart(report, sheet, alike)
            rows.append(report)
            if sheet is not None:
                before = (known or {}).get(sheet.product_id)
                after = sheet if before is None else _over(before, sheet, header, report)
                products[sheet.product_id] = after
                price = (promoted or {}).get(sheet.product_id)
                if before is not None and price is not None and asked(after) != asked(before):
                    products[sheet.product_id] = _priced_as(before, after)
                    rows[-1] = _waits(report, price)
                _keep_taken(products, rows, sheet.product_id, (taken or {}).get(sheet.product_id, ()))
    columns = tuple(ImportColumn(header=column.header, field=column.field) for column in header.columns)
    report = ImportReport(
        filename=book.filename, sheet=table.name, header_row=header.row, columns=columns, rows=tuple(rows),
        imported=len(products), head={"currency": currency},
    )  # fmt: skip
    return ProductReading(tuple(products.values()), report)


def _over(before: ProductSheet, sheet: ProductSheet, header: Header, report: ImportRow) -> ProductSheet:
    # What was not understood changes nothing.
    unread = {note.cell.rstrip("0123456789") for note in report.notes if note.code not in TELLING}
    told = [column.field for column in header.columns if letters_of(column.at) not in unread]
    names = [name for name in sheet.__struct_fields__ if name in told or (name == "doubts" and "question" in told)]
    return replace(before, **{name: getattr(sheet, name) for name in names})


def _priced_as(before: ProductSheet, sheet: ProductSheet) -> ProductSheet:
    return replace(sheet, list_price_minor=before.list_price_minor, live_price_minor=before.live_price_minor)


def _apart(report: ImportRow, sheet: ProductSheet, alike: dict[str, str]) -> tuple[ImportRow, ProductSheet | None]:
    """A row whose id no comment can tell from another's is left out."""
    like = alike.setdefault(likeness(sheet.product_id), sheet.product_id)
    if like == sheet.product_id:
        return report, sheet
    note = ImportNote(
        cell="", code="product.id_alike", text=sheet.product_id, data={"product_id": sheet.product_id, "like": like}
    )
    return replace(report, status="skipped", notes=(*report.notes, note)), None


def _waits(report: ImportRow, price: str) -> ImportRow:
    note = ImportNote(cell="", code="product.price_waits", text=report.title, data={"price": price})
    return replace(report, status="partial", notes=(*report.notes, note))


def _keep_taken(products: dict[str, ProductSheet], rows: list[ImportRow], product_id: str, taken: Collection[str]) -> None:
    """A variant that buyers have stays, whatever the new sheet says: without it their claims are nowhere."""
    variants, lacking = with_taken(products[product_id].variants, taken)
    products[product_id] = replace(products[product_id], variants=variants)
    if lacking:
        names = "、".join(lacking)
        note = ImportNote(cell="", code="product.variants_taken", text=names, data={"variants": names})
        rows[-1] = replace(rows[-1], status="partial", notes=(*rows[-1].notes, note))


def _others(book: Book, read: Table) -> list[ImportRow]:
    names = [table.name for table in book.tables if table is not read]
    notes = [ImportNote(cell="", code="sheet.other_sheet", text=name, data={"sheet": name}) for name in names]
    return [ImportRow(row=0, status="skipped", title=note.text, notes=(note,)) for note in notes]


def _columns_unread(table: Table, header: Header) -> list[ImportRow]:
    """One note for each column nobody reads, and for what stands above the header."""
    above = [cell for number in sorted(table.rows) if number < header.top for cell in table.row(number).values()]
    notes = [ImportNote(cell=cell.address, code="sheet.cell_unread", text=cell.text) for cell in above if not cell.spread]
    for column in header.columns:
        if column.field is None:
            cell = table.row(header.row).get(column.at) or table.row(header.top)[column.at]
            notes.append(ImportNote(cell=cell.address, code="sheet.column_unread", text=column.header))
    notes += hidden_columns(table, header)
    return [ImportRow(row=header.row, status="skipped", title="", notes=tuple(notes))] if notes else []


def _product(
    table: Table, number: int, header: Header, currency: str, before: Mapping[str, ProductSheet]
) -> tuple[ImportRow, ProductSheet | None]:
    cells = table.row(number)
    named = {column.field: cells[column.at] for column in header.columns if column.field and column.at in cells}
    row = _Row({name: cell for name, cell in named.items() if not cell.unread}, currency)
    for cell in named.values():
        if cell.unread:
            row.note(cell, cell.unread)
    _look_beside(row, cells, header)
    id_cell, name_cell = row.cell("product_id"), row.cell("name")
    first = cells[min(cells)]
    title = name_cell.text if name_cell else first.text
    why = "sheet.struck_row" if table.struck(number) else _why_skip(cells, id_cell, name_cell, before)
    if why is not None or id_cell is None or name_cell is None:
        row.note(id_cell or first, why or "product.row_incomplete")
        return ImportRow(row=number, status="skipped", title=title, notes=tuple(row.notes)), None
    if number in table.hidden_rows:
        row.note(first, "sheet.hidden_row")
    for cell in named.values():
        if cell.struck and not cell.spread:
            row.note(cell, "sheet.struck_cell")
    sheet = _sheet(row, plain(id_cell.text), name_cell)
    return ImportRow(row=number, status="partial" if row.notes else "ok", title=title, notes=tuple(row.notes)), sheet


def _look_beside(row: _Row, cells: Mapping[int, Cell], header: Header) -> None:
    """Cells under no header; and ids, in whatever column, that a spreadsheet took for numbers."""
    fields = {column.at: column.field for column in header.columns}
    for at, cell in cells.items():
        if at not in fields:
            row.note(cell, "sheet.cell_unread")
        if fields.get(at) in (None, "product_id", "name") and lost_digits(cell):
            row.note(cell, "sheet.digits_lost")


def _why_skip(
    cells: Mapping[int, Cell], id_cell: Cell | None, name_cell: Cell | None, before: Mapping[str, ProductSheet]
) -> str | None:
    """The code of why a row is no product, None when it is one."""
    if known_headers(cells, WORDS) >= max(3, len(cells) // 2):
        return "sheet.header_again"
    if id_cell is None or name_cell is None:
        return "product.row_incomplete"
    if len(plain(id_cell.text)) > ID_MAX:
        return "product.id_too_long"
    return "product.id_repeated" if plain(id_cell.text) in before else None


def _sheet(row: _Row, product_id: str, name: Cell) -> ProductSheet:
    if len(name.text) > NAME_MAX:
        row.note(name, "sheet.text_cut", limit=NAME_MAX)
    return ProductSheet(
        product_id=product_id,
        name=name.text[:NAME_MAX].strip(),
        variants=row.variants(),
        item_type=row.item_type(),
        cost_minor=row.amount("cost_minor"),
        list_price_minor=row.amount("list_price_minor"),
        live_price_minor=row.amount("live_price_minor"),
        stock=row.count("stock"),
        per_buyer_limit=row.count("per_buyer_limit"),
        selling_points=row.points("selling_points"),
        doubts=row.doubts(),
        certificates=row.points("certificates", WORD_MARKS),
        must_not_say=row.points("must_not_say", WORD_MARKS),
    )
