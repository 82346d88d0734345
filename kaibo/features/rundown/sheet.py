"""A rundown out of a team's sheet: what was understood of each row, and every cell that was not."""

from collections.abc import Mapping
from dataclasses import dataclass

from kaibo.features.product.facts import ProductSheet
from kaibo.features.rundown.columns import COLUMNS
from kaibo.features.rundown.facts import Cue, StartMode
from kaibo.features.rundown.rules import HOST_LINES_MAX, TITLE_MAX
from kaibo.features.rundown.sheet_clock import DayOne, span_of
from kaibo.features.rundown.sheet_head import read_head
from kaibo.features.rundown.sheet_lines import TEXT_MAX, Line, Sheet, read_lines
from kaibo.features.rundown.sheet_prices import check_prices
from kaibo.features.rundown.sheet_products import find_product
from kaibo.features.rundown.sheet_times import NEAR_MS, settle
from kaibo.features.rundown.sheet_words import MUST_NOT_SAY_MARKS, REST, cue_type_of, named_type_of, start_mode_of
from kaibo.kit.item_types import item_type_of
from kaibo.kit.sheet_amounts import amount_cell
from kaibo.kit.sheet_values import Header, find_header, hidden_columns, joined, points
from kaibo.kit.sheets import (
    Book,
    ImportColumn,
    ImportNote,
    ImportReport,
    ImportRow,
    Table,
)
from kaibo.kit.uploads import NoHeader

TEXTS = ("mechanism", "assistant_action", "operations_action", "tech_action", "fallback")
# Notes that only tell what was decided: the row was understood all the same.
TELLING = {
    "sheet.gap",
    "sheet.duration_to_end",
    "sheet.clock_evening",
    "sheet.clock_from_zero",
    "sheet.hidden_row",
    "sheet.first_differs",
    "sheet.product_named",
    "sheet.struck_cell",
}


@dataclass(frozen=True)
class RundownReading:
    """The cues of a sheet in order, its head as far as understood, and the report."""

    cues: tuple[Cue, ...]
    head: dict[str, object]
    report: ImportReport


def read_rundown(
    book: Book,
    *,
    starts_at: int,
    ends_at: int,
    zone: str,
    currency: str,
    products: Mapping[str, ProductSheet],
    salt: str = "",
) -> RundownReading:
    """Read the sheet of a file that looks most like a rundown, for a show (instants ms UTC, IANA zone).

    `products` are those of the show, by product_id. Cue ids come from the row and the file's digest, so that the same file gives
    the same cues; `salt` parts two imports of one file. Raises NoHeader.
    """
    table, header = _choose(book)
    head = read_head(table, header.top, starts_at=starts_at, zone=zone, currency=currency)
    sheet = Sheet(table, header, currency, products)
    lines, passed = read_lines(sheet)
    day_one = settle([line.time for line in lines], starts_at=starts_at, ends_at=ends_at, zone=zone)
    cues: list[Cue] = []
    rows: list[ImportRow] = [*book.asides, *_others(book, table), *head.rows, *_hidden(sheet), *passed]
    for line in lines:
        cue = _cue(sheet, line, day_one, starts_at, f"c{line.number}-{salt}{book.digest[:6]}")
        cues.append(cue)
        rows.append(_row(line, cue, products))
    report = ImportReport(
        filename=book.filename,
        sheet=table.name,
        header_row=header.row,
        columns=tuple(
            ImportColumn(header=column.header, field=COLUMN_FIELDS.get(column.field or "")) for column in header.columns
        ),
        rows=tuple(sorted(rows, key=lambda row: row.row)),
        imported=len(cues),
        head=head.values,
    )
    return RundownReading(tuple(cues), head.values, report)


# The field of a cue (or what a screen calls it) that each column fills.
COLUMN_FIELDS = {
    "number": "number",
    "span": "planned_at",
    "start": "planned_at",
    "end": "planned_end",
    "duration": "duration_ms",
    "title": "title",
    "product_name": "product_name",
    "product_id": "product_id",
    "list_price": "list_price_minor",
    "live_price": "live_price_minor",
    "goal": "goal_gmv_minor",
    **{name: name for name in (*TEXTS, "item_type", "host_lines", "proof", "must_not_say", "cue_type", "start_mode", "start_at")},
}


def _choose(book: Book) -> tuple[Table, Header]:
    found = [(header.score, -place) for place, table in enumerate(book.tables) if (header := _header(table)) is not None]
    if not found:
        raise NoHeader(filename=book.filename)
    table = book.tables[-max(found)[1]]
    header = _header(table)
    assert header is not None
    return table, header


def _header(table: Table) -> Header | None:
    header = find_header(table, COLUMNS)
    names: set[str | None] = {column.field for column in header.columns} if header else set()
    return header if names & {"title", "product_name", "product_id", "host_lines", "mechanism"} else None


def _others(book: Book, chosen: Table) -> list[ImportRow]:
    return [
        ImportRow(
            row=0,
            status="skipped",
            title=table.name,
            notes=(ImportNote(cell="", code="sheet.other_sheet", text=table.name, data={"sheet": table.name}),),
        )
        for table in book.tables
        if table is not chosen
    ]


def _hidden(sheet: Sheet) -> list[ImportRow]:
    notes = hidden_columns(sheet.table, sheet.header)
    return [ImportRow(row=sheet.header.row, status="skipped", title="", notes=notes)] if notes else []


def _cue(sheet: Sheet, line: Line, day_one: DayOne, starts_at: int, cue_id: str) -> Cue:
    for what, code, data in line.time.notes:
        name = "duration" if what == "duration" and "duration" in line.cells else "span" if "span" in line.cells else "start"
        line.note(name, code, **data)
    product_id, proof = find_product(sheet, line)
    check_prices(sheet, line, product_id)
    title = _title(sheet, line, product_id)
    mode, start_at = _start(sheet, line, day_one, starts_at)
    return Cue(
        cue_id=cue_id,
        title=title,
        duration_ms=line.time.duration_ms,
        cue_type=_cue_type(sheet, line, title, product_id),  # type: ignore[arg-type]
        start_mode=mode,
        start_at=start_at,
        product_id=product_id,
        item_type=_item_type(sheet, line),
        host_lines=_host_lines(sheet, line),
        proof=proof,
        must_not_say=points(line.cells["must_not_say"].raw, MUST_NOT_SAY_MARKS) if "must_not_say" in line.cells else (),
        goal_gmv_minor=_goal(sheet, line),
        extra=line.extra,
        **{name: line.text(name)[:TEXT_MAX] for name in TEXTS},
    )


def _title(sheet: Sheet, line: Line, product_id: str | None) -> str:
    title = " ".join(line.text("title").split("\n")).strip()
    if len(title) > TITLE_MAX:
        line.note("title", "sheet.title_long", max=TITLE_MAX)
        sheet.keep(line, "title")
    if title:
        return title[:TITLE_MAX]
    named = line.text("product_name") or (sheet.products[product_id].name if product_id else "")
    others = [line.text(name) for name in ("mechanism", "host_lines", *TEXTS)]
    if not named:
        line.note("title", "sheet.title_missing")
    return " ".join((named or next((text for text in (*others, *line.extra.values()) if text), "—")).split())[:60]


def _start(sheet: Sheet, line: Line, day_one: DayOne, starts_at: int) -> tuple[StartMode, int | None]:
    """How a cue starts: as its columns say; else a gap when it starts later than the one above ends, and it follows on else."""
    time, told = line.time, line.text("start_mode")
    mode = start_mode_of(told) if told else None
    if told and mode is None:
        line.note("start_mode", "sheet.start_mode_unread")
        sheet.keep(line, "start_mode")
    fixed = span_of(line.cells["start_at"]) if "start_at" in line.cells else None
    if "start_at" in line.cells and fixed is None:
        line.note("start_at", "sheet.time_unread")
        sheet.keep(line, "start_at")
    if mode is None and fixed is not None:
        mode = "hard"
    if mode == "soft":
        return "soft", None
    at = day_one.nearest(day_one.instant(fixed.start), time.start) if fixed else time.said
    if mode is not None:
        if at is None:
            line.note("start_mode", "sheet.start_missing")
            return "soft", None
        return mode, at  # type: ignore[return-value]
    return _inferred(line, starts_at)


def _inferred(line: Line, starts_at: int) -> tuple[StartMode, int | None]:
    time = line.time
    name = "span" if "span" in line.cells else "start"
    if time.above_end is None:
        if time.said is None or abs(time.start - starts_at) < NEAR_MS:
            return "soft", None
        line.note(name, "sheet.first_differs", minutes=abs(time.start - starts_at) // 60_000)
        return "hard", time.start
    late_ms = time.start - time.above_end
    if time.said is not None and late_ms >= NEAR_MS:
        line.note(name, "sheet.gap", minutes=late_ms // 60_000)
        return "gap", time.start
    if time.said is not None and late_ms <= -NEAR_MS:
        line.note(name, "sheet.overlap", minutes=-late_ms // 60_000)
    return "soft", None


def _cue_type(sheet: Sheet, line: Line, title: str, product_id: str | None) -> str:
    inferred = cue_type_of(title, has_product=product_id is not None or bool(line.text("product_name")))
    told = line.text("cue_type")
    named = named_type_of(told) if told else inferred
    if named is None:
        line.note("cue_type", "sheet.cue_type_unread")
        sheet.keep(line, "cue_type")
    return named or inferred


def _item_type(sheet: Sheet, line: Line) -> str:
    told = line.text("item_type")
    named = item_type_of(told) if told else ""
    if named is None:
        line.note("item_type", "sheet.item_type_unread")
        sheet.keep(line, "item_type")
    return named or ""


def _host_lines(sheet: Sheet, line: Line) -> tuple[str, ...]:
    """Three points a host can take in; the rest stays with the cue in a column of its own."""
    said = points(line.cells["host_lines"].raw) if "host_lines" in line.cells else ()
    if len(said) > HOST_LINES_MAX:
        rest = said[HOST_LINES_MAX:]
        line.note("host_lines", "sheet.points_rest", kept=HOST_LINES_MAX, rest=len(rest))
        line.extra[f"{sheet.header_of('host_lines')}{REST}"] = joined(rest, "；")
    return said[:HOST_LINES_MAX]


def _goal(sheet: Sheet, line: Line) -> int | None:
    cell = line.cells.get("goal")
    amount = amount_cell(cell, sheet.currency) if cell else None
    if cell is not None and amount is None:
        sheet.keep(line, "goal")  # a goal may well be words: 「轉化率 30%」
        line.note("goal", "sheet.goal_kept")
    return amount


def _row(line: Line, cue: Cue, products: Mapping[str, ProductSheet]) -> ImportRow:
    product = products.get(cue.product_id or "")
    title = f"{cue.title} · {product.name}" if product and product.name not in cue.title else cue.title
    partial = any(note.code not in TELLING for note in line.notes)
    return ImportRow(row=line.number, status="partial" if partial else "ok", title=title, notes=tuple(line.notes))
