"""Ad spend out of an ad platform's export: columns by their words, every cell that was not understood in the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from kaibo.core.headers import Words, plain
from kaibo.features.metric.facts import SpendRow
from kaibo.kit.sheet_amounts import amount_cell
from kaibo.kit.sheet_values import Header, count_cell, find_header
from kaibo.kit.sheets import Book, Cell, ImportColumn, ImportNote, ImportReport, ImportRow, Table
from kaibo.kit.uploads import NoHeader

ROWS_MAX = 500
TEXT_MAX = 80
FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")
WORDS = Words(
    {
        "spend_id": ("計劃編號", "計劃ID", "廣告ID", "編號", "plan id", "campaign id", "ad id", "id"),
        "at": ("時間", "日期", "投放時間", "開始時間", "time", "date", "start"),
        "channel": ("渠道", "平台", "投放渠道", "計劃名稱", "廣告計劃", "channel", "platform", "campaign", "plan"),
        "cost_minor": ("花費", "消耗", "費用", "投放花費", "消耗金額", "總花費", "cost", "spend", "amount spent"),
        "impressions": ("展現", "展現次數", "展示數", "曝光", "曝光次數", "impressions", "shows"),
        "clicks": ("點擊", "點擊數", "點擊次數", "clicks"),
        "gmv_minor": ("成交", "成交金額", "廣告成交", "支付金額", "直接成交金額", "gmv", "attributed gmv", "revenue"),
        "note": ("備註", "說明", "note", "remark"),
    }
)


@dataclass(frozen=True)
class SpendReading:
    """Rows of spend, and what was understood of the file."""

    rows: tuple[SpendRow, ...]
    report: ImportReport


def read_spend(book: Book, currency: str, zone: str, at: int) -> SpendReading:
    """Rows with a cost. One without a time counts from `at` (ms UTC); one without an id gets one from what stands in it.

    Raises NoHeader when no row names a cost.
    """
    for table in book.tables:
        header = find_header(table, WORDS)
        if header is None or all(column.field != "cost_minor" for column in header.columns):
            continue
        rows, told = _read_rows(table, header, currency, ZoneInfo(zone), at)
        columns = tuple(ImportColumn(header=column.header, field=column.field) for column in header.columns)
        report = ImportReport(
            filename=book.filename,
            sheet=table.name,
            header_row=header.row,
            columns=columns,
            rows=tuple(told),
            imported=len(rows),
        )
        return SpendReading(tuple({row.spend_id: row for row in rows}.values()), report)
    raise NoHeader(filename=book.filename)


def _read_rows(table: Table, header: Header, currency: str, zone: ZoneInfo, at: int) -> tuple[list[SpendRow], list[ImportRow]]:
    rows: list[SpendRow] = []
    told: list[ImportRow] = []
    for number in range(header.row + 1, table.last_row + 1):
        cells = table.row(number)
        if not cells:
            continue
        if len(rows) >= ROWS_MAX:
            beyond = ImportNote(cell="", code="sheet.row_beyond", data={"most": ROWS_MAX})
            told.append(ImportRow(row=number, status="skipped", title="", notes=(beyond,)))
            continue
        reading = _Row(header, cells, currency, zone, at)
        row = reading.row()
        notes = tuple(reading.notes)
        status = "skipped" if row is None else "partial" if notes else "ok"
        told.append(ImportRow(row=number, status=status, title="" if row is None else row.channel, notes=notes))
        if row is not None:
            rows.append(row)
    return rows, told


class _Row:
    """One row of a sheet, with notes of what was not understood."""

    def __init__(self, header: Header, cells: Mapping[int, Cell], currency: str, zone: ZoneInfo, at: int) -> None:
        self.notes: list[ImportNote] = []
        self._cells = {column.field: cells[column.at] for column in header.columns if column.field and column.at in cells}
        self._currency, self._zone, self._at = currency, zone, at

    def row(self) -> SpendRow | None:
        """The spend, None without a cost."""
        cost = self._amount("cost_minor")
        if cost is None:
            if not self.notes:
                self.notes.append(ImportNote(cell="", code="sheet.cost_missing"))
            return None
        channel = self._text("channel")
        at, impressions, clicks = self._instant(), self._count("impressions"), self._count("clicks")
        same = f"{channel}\0{at}\0{self._text('note')}"
        spend_id = self._text("spend_id")[:64] or f"file-{blake2b(same.encode(), digest_size=6).hexdigest()}"
        return SpendRow(
            spend_id=spend_id,
            at=at,
            channel=channel,
            cost_minor=cost,
            impressions=impressions,
            clicks=clicks,
            gmv_minor=self._amount("gmv_minor"),
            note=self._text("note"),
        )

    def _text(self, field: str) -> str:
        cell = self._cells.get(field)
        return plain(cell.text)[:TEXT_MAX] if cell is not None else ""

    def _amount(self, field: str) -> int | None:
        cell = self._cells.get(field)
        if cell is None:
            return None
        found = amount_cell(cell, self._currency)
        if found is None:
            self._note(cell, "sheet.amount_unread")
        return found

    def _count(self, field: str) -> int | None:
        cell = self._cells.get(field)
        if cell is None:
            return None
        found = count_cell(cell)
        if found is None:
            self._note(cell, "sheet.count_unread")
        return found

    def _instant(self) -> int:
        cell = self._cells.get("at")
        if cell is None:
            return self._at
        if isinstance(cell.value, datetime):
            return self._ms(cell.value)
        for form in FORMATS:
            try:
                return self._ms(datetime.strptime(plain(cell.text), form))  # noqa: DTZ007  the show's zone is put on next
            except ValueError:
                continue
        self._note(cell, "sheet.cell_unread")
        return self._at

    def _ms(self, local: datetime) -> int:
        return int(local.replace(tzinfo=local.tzinfo or self._zone).astimezone(UTC).timestamp() * 1000)

    def _note(self, cell: Cell, code: str) -> None:
        self.notes.append(ImportNote(cell=cell.address, code=code, text=cell.text[:TEXT_MAX]))
