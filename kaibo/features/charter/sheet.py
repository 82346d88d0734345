"""A charter out of a team's sheet: a matrix of duties and roles, or a list of who does what; what differs from the draft, and each cell not understood."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from kaibo.core.headers import Words, plain, squash
from kaibo.features.charter.facts import Cell, CellChange, Charter, CharterDuty, CharterRole, Phase
from kaibo.features.charter.rules import DUTIES_MAX, ROLES_MAX
from kaibo.features.charter.sheet_marks import due_of, mark_of, phases_of
from kaibo.features.charter.sheet_words import FIELDS, ROLE, Headers, Lexicon
from kaibo.features.charter.table import DOES
from kaibo.kit.sheet_values import Column, Header, find_header, hidden_columns, known_headers, points
from kaibo.kit.sheets import Book, ImportColumn, ImportNote, ImportReport, ImportRow, Table
from kaibo.kit.sheets import Cell as SheetCell
from kaibo.kit.uploads import NoHeader

TITLE_MAX, PROOF_MAX, SKILL_MAX, ROLE_NAME_MAX = 60, 120, 60, 20
LENGTHS = {"proof": PROOF_MAX, "skill": SKILL_MAX, "split": PROOF_MAX}
LIST_MARKS = ("\n", "；;|｜", "、，,／/")


class RoleEdit(msgspec.Struct, frozen=True, kw_only=True):
    """A role as the sheet has it, and as the draft did (None: a new one)."""

    role: CharterRole
    was: CharterRole | None = None


class DutyEdit(msgspec.Struct, frozen=True, kw_only=True):
    """A duty as the sheet has it, its cells too, and as the draft did (None: a new one)."""

    row: CharterDuty
    was: CharterDuty | None = None


@dataclass(frozen=True)
class CharterReading:
    """What a sheet would change: `cells` of duties that are otherwise as they were."""

    roles: tuple[RoleEdit, ...]
    duties: tuple[DutyEdit, ...]
    cells: tuple[CellChange, ...]
    report: ImportReport


def read_charter(book: Book, draft: Charter, languages: tuple[Mapping[str, str], ...]) -> CharterReading:
    """All tables that name duties or roles. What a sheet does not speak of stays as the draft has it. Raises NoHeader."""
    reader = _Reader(Lexicon(draft, languages), {each.role_id: each for each in draft.roles})
    found = [(table, header) for table in book.tables if (header := _header(table, Headers(reader.lexicon))) is not None]
    if not found:
        raise NoHeader(filename=book.filename)
    for table, header in sorted(found, key=lambda each: "duty" in _fields(each[1])):  # roles first: duties name them
        _Sheet(reader, table, header, f"{table.name}!" if len(found) > 1 else "").read()
    return reader.reading(_report(book, found, reader))


def _report(book: Book, found: list[tuple[Table, Header]], reader: "_Reader") -> ImportReport:
    read = [table for table, _ in found]
    asides = [_aside(table) for table in book.tables if table not in read]
    columns = [ImportColumn(header=each.header, field=each.field) for _, header in found for each in header.columns]
    return ImportReport(
        filename=book.filename, sheet="、".join(table.name for table in read if table.name), header_row=found[0][1].row,
        columns=tuple(columns), rows=(*book.asides, *asides, *reader.rows), imported=len(reader.duties),
    )  # fmt: skip


def _header(table: Table, words: Words) -> Header | None:
    """Of a table that names duties or roles. In a list of roles their names are no headers."""
    roles = find_header(table, Words(FIELDS))
    header = (
        roles if roles is not None and "duty" not in _fields(roles) and "role" in _fields(roles) else find_header(table, words)
    )
    return header if header is not None and _fields(header) & {"duty", "role"} else None


def _fields(header: Header) -> set[str]:
    return {column.field for column in header.columns if column.field}


def _aside(table: Table) -> ImportRow:
    note = ImportNote(cell="", code="sheet.other_sheet", text=table.name, data={"sheet": table.name})
    return ImportRow(row=0, status="skipped", title=table.name, notes=(note,))


def own_id(name: str, before: str) -> str:
    """The id of a duty or role that the draft has not: the same name gives the same, whoever reads it."""
    return before + hashlib.blake2b(squash(name).encode(), digest_size=4).hexdigest()


@dataclass
class _Reader:
    lexicon: Lexicon
    roles: dict[str, CharterRole]
    duties: dict[str, CharterDuty] = field(default_factory=dict[str, CharterDuty])
    rows: list[ImportRow] = field(default_factory=list[ImportRow])
    told: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])  # what a duty's field was told first

    def role(self, name: str) -> str | None:
        """The id of a role by its name, a new one where the draft has none; None when there are too many already."""
        known = self.lexicon.role_of(name)
        role_id = known or own_id(name, "own_")
        if role_id not in self.roles and len(self.roles) >= ROLES_MAX:
            return None
        if role_id not in self.roles:
            self.roles[role_id] = CharterRole(role_id=role_id, name=plain(name)[:ROLE_NAME_MAX])
        return role_id

    def duty(self, duty_id: str, title: str, phases: tuple[Phase, ...]) -> CharterDuty | None:
        """The duty a row speaks of, as far as it was told; None when there are too many already."""
        draft = {each.duty_id: each for each in self.lexicon.charter.duties}
        known = duty_id if duty_id in draft else self.lexicon.duties.get(squash(title)) or own_id(title, "own.")
        if known not in self.duties:
            if known not in draft and len(draft | self.duties) >= DUTIES_MAX:
                return None
            new = CharterDuty(duty_id=known, title=plain(title)[:TITLE_MAX], phases=phases or ("on_air",), contested=True)
            self.duties[known] = draft.get(known, new)
        return self.duties[known]

    def reading(self, report: ImportReport) -> CharterReading:
        """What differs from the draft."""
        draft = self.lexicon.charter
        roles, duties = {each.role_id: each for each in draft.roles}, {each.duty_id: each for each in draft.duties}
        changed = [RoleEdit(role=each, was=roles.get(key)) for key, each in self.roles.items() if each != roles.get(key)]
        edits, cells = list[DutyEdit](), list[CellChange]()
        for duty_id, row in self.duties.items():
            was = duties.get(duty_id)
            if was is None or replace(row, cells=was.cells) != was:
                edits.append(DutyEdit(row=row, was=was))
            else:
                cells += _differing(was, row)
        return CharterReading(tuple(changed), tuple(edits), tuple(cells), report)


def _differing(was: CharterDuty, row: CharterDuty) -> list[CellChange]:
    roles = sorted(role for role in was.cells.keys() | row.cells.keys() if was.cells.get(role) != row.cells.get(role))
    return [CellChange(duty_id=row.duty_id, role_id=role, was=was.cells.get(role), cell=row.cells.get(role)) for role in roles]


@dataclass
class _Sheet:
    """One table while it is read; `place` stands before the addresses of its cells where several tables are read."""

    reader: _Reader
    table: Table
    header: Header
    place: str
    notes: list[ImportNote] = field(default_factory=list[ImportNote])
    phases: tuple[Phase, ...] = ()

    def note(self, cell: SheetCell, code: str, **data: object) -> None:
        self.notes.append(ImportNote(cell=self.place + cell.address, code=code, text=cell.text, data=dict(data)))

    def row(self, number: int, title: str, *, skipped: bool = False) -> None:
        status = "skipped" if skipped else "partial" if self.notes else "ok"
        self.reader.rows.append(ImportRow(row=number, status=status, title=title, notes=tuple(self.notes)))
        self.notes = []

    def below(self, take: Callable[[int, dict[int, SheetCell]], None]) -> None:
        """Every row under the header that says something."""
        words = Headers(self.reader.lexicon) if "duty" in _fields(self.header) else Words(FIELDS)
        for number in sorted(each for each in self.table.rows if each > self.header.row):
            cells = self.table.row(number)
            first = cells[min(cells)]
            if self.table.struck(number) or known_headers(cells, words) >= max(3, len(cells) // 2 + 1):
                self.note(first, "sheet.struck_row" if self.table.struck(number) else "sheet.header_again")
                self.row(number, first.text, skipped=True)
                continue
            if number in self.table.hidden_rows:
                self.note(first, "sheet.hidden_row")
            take(number, cells)

    def read(self) -> None:
        """A matrix of duties, a list of them, both at once; or the sheet of roles: what each is called and for whom it stands in."""
        self._told_above()
        if "duty" not in _fields(self.header):
            self.below(self._role_row)
            return
        self.phases = phases_of(self.table.name) or ()
        columns = self._role_columns()
        self.below(lambda number, cells: self._duty_row(number, cells, columns))

    # headers
    def _told_above(self) -> None:
        """What stands above the header, and columns nobody sees."""
        for number in sorted(each for each in self.table.rows if each < self.header.top):
            for cell in self.table.row(number).values():
                if not cell.spread:
                    self.note(cell, "sheet.cell_unread")
        self.notes += [replace(each, cell=self.place + each.cell) for each in hidden_columns(self.table, self.header)]
        if self.notes:
            self.row(self.header.row, self.table.name, skipped=True)

    def _role_columns(self) -> dict[int, str]:
        """The role of each column that is one; a header of no known word is a new role where marks stand below it."""
        found: dict[int, str] = {}
        for column in self.header.columns:
            role = self._role_under(column)
            if role is not None and role not in found.values():
                found[column.at] = role
            elif column.field is None:
                self.note(self._at(column), "sheet.column_unread")
        if self.notes:
            self.row(self.header.row, self.table.name, skipped=True)
        return found

    def _role_under(self, column: Column) -> str | None:
        if column.field is not None:
            return column.field.removeprefix(ROLE) if column.field.startswith(ROLE) else None
        return self.reader.lexicon.role_of(column.header) or self._new_role(column)

    def _new_role(self, column: Column) -> str | None:
        below = [
            cell for number in self.table.rows if number > self.header.row and (cell := self.table.row(number).get(column.at))
        ]
        marks = [cell for cell in below if (mark := mark_of(cell.text)) is not None and mark.cell is not None]
        if not marks or len(marks) * 2 < len(below):
            return None
        role = self.reader.role(column.header)
        self.note(self._at(column), "charter.sheet.role_new" if role else "charter.full", most=ROLES_MAX)
        return role

    def _at(self, column: Column) -> SheetCell:
        return self.table.row(self.header.row).get(column.at) or self.table.row(self.header.top)[column.at]

    def _named(self, cells: Mapping[int, SheetCell]) -> dict[str, SheetCell]:
        """The cells of a row by field; what is no value, or stands under no header, is told."""
        fields = {column.at: column.field for column in self.header.columns}
        found: dict[str, SheetCell] = {}
        for at, cell in cells.items():
            name = fields.get(at)
            if at not in fields:
                self.note(cell, "sheet.cell_unread")
            elif name is not None and not name.startswith(ROLE):
                if cell.unread:
                    self.note(cell, cell.unread)
                    continue
                if cell.struck and not cell.spread:
                    self.note(cell, "sheet.struck_cell")
                found[name] = cell
        return found

    # duties
    def _duty_row(self, number: int, cells: dict[int, SheetCell], columns: Mapping[int, str]) -> None:
        first = cells[min(cells)]
        phases = phases_of(first.text) if len(cells) == 1 else None
        if phases is not None:  # a band: 播前, over the rows that follow
            self.phases = phases
            return
        named = self._named({at: cell for at, cell in cells.items() if at not in columns})
        title = named.get("duty")
        if title is None or not squash(title.text):
            self.note(first, "charter.sheet.row_incomplete")
            self.row(number, first.text, skipped=True)
            return
        duty = self.reader.duty(named["id"].text if "id" in named else "", title.text, self.phases)
        if duty is None:
            self.note(title, "charter.full", most=DUTIES_MAX)
        else:
            duty = self._by_when(self._texts(duty, named), named)
            self.reader.duties[duty.duty_id] = replace(duty, cells=self._cells(duty, cells, named, columns))
        self.row(number, title.text, skipped=duty is None)

    def _texts(self, duty: CharterDuty, named: Mapping[str, SheetCell]) -> CharterDuty:
        """Title, proof, skill and split; what is said in the house's own words stays the house's."""
        title = named["duty"]
        if len(plain(title.text)) > TITLE_MAX:
            self.note(title, "sheet.text_cut", limit=TITLE_MAX)
        if not self.reader.lexicon.says(duty, "title", title.text):
            duty = replace(duty, title=plain(title.text)[:TITLE_MAX])
        for name, limit in LENGTHS.items():
            cell = named.get(name)
            if cell is None or self._told_otherwise(duty, name, cell) or self.reader.lexicon.says(duty, name, cell.text):
                continue
            if len(plain(cell.text)) > limit:
                self.note(cell, "sheet.text_cut", limit=limit)
            duty = replace(duty, **{name: plain(cell.text)[:limit]})
        return duty

    def _told_otherwise(self, duty: CharterDuty, name: str, cell: SheetCell) -> bool:
        """Whether an earlier row told this of the duty already: the first stands."""
        first = self.reader.told.setdefault((duty.duty_id, name), cell.text)
        if first != cell.text:
            self.note(cell, "charter.sheet.told_twice", first=first)
        return first != cell.text

    def _by_when(self, duty: CharterDuty, named: Mapping[str, SheetCell]) -> CharterDuty:
        phase, due = named.get("phase"), named.get("due")
        if phase is not None:
            phases = phases_of(phase.text)
            if phases is None:
                self.note(phase, "charter.sheet.phase_unread")
            duty = duty if phases is None else replace(duty, phases=phases)
        if due is None or self._told_otherwise(duty, "due", due) or self.reader.lexicon.says(duty, "due", due.text):
            return duty
        read = due_of(due.text)
        if read is None:
            self.note(due, "charter.sheet.due_unread")
            return duty
        if read.more:
            self.note(due, "charter.sheet.due_cut")
        return replace(duty, within_s=read.within_s, ahead_s=read.ahead_s)

    # who
    def _cells(
        self, duty: CharterDuty, cells: Mapping[int, SheetCell], named: Mapping[str, SheetCell], columns: Mapping[int, str]
    ) -> dict[str, Cell]:
        found = dict(duty.cells)
        if "role" in named:
            self._listed(found, named)
        for at, role in columns.items():
            cell = cells.get(at) or _over(cells, at)
            if cell is None or not (cell.struck or cell.unread):
                self._put(found, role, cell)
            else:
                self.note(cell, cell.unread or "charter.sheet.mark_struck")
        return found

    def _put(self, found: dict[str, Cell], role: str, cell: SheetCell | None) -> None:
        """A cell of a matrix: an empty one takes away what stood there, one that is not understood leaves it."""
        mark = mark_of("" if cell is None else cell.text)
        if cell is not None and (mark is None or mark.more):
            self.note(cell, "charter.sheet.mark_unread" if mark is None else "charter.sheet.mark_more")
        if mark is not None:
            found.pop(role, None)
            if mark.cell is not None:
                found[role] = mark.cell

    def _listed(self, found: dict[str, Cell], named: Mapping[str, SheetCell]) -> None:
        """A row of a list: its roles do the duty, or what the column beside says."""
        cell, beside = named["role"], named.get("mark")
        mark = mark_of(beside.text) if beside is not None else None
        if beside is not None and mark is None:
            self.note(beside, "charter.sheet.mark_unread")
            return
        for name in points(cell.text, LIST_MARKS):
            known = self.reader.lexicon.role_of(name)
            role = self.reader.role(name)
            if known is None:
                self.note(cell, "charter.sheet.role_new" if role else "charter.full", most=ROLES_MAX)
            if role is not None:
                found[role] = _joined(found.get(role), "R" if mark is None or mark.cell is None else mark.cell)

    def _role_row(self, number: int, cells: dict[int, SheetCell]) -> None:
        named = self._named(cells)
        name = named.get("role")
        role_id = None if name is None else self._role_id(named, name.text)
        if name is None or role_id is None:
            first = cells[min(cells)]
            self.note(first, "charter.sheet.row_incomplete" if name is None else "charter.full", most=ROLES_MAX)
            self.row(number, first.text, skipped=True)
            return
        role = self.reader.roles[role_id]
        if self.reader.lexicon.role_of(name.text) != role_id:
            role = replace(role, name=plain(name.text)[:ROLE_NAME_MAX])
        self.reader.roles[role_id] = self._reach(role, named)
        self.row(number, name.text)

    def _role_id(self, named: Mapping[str, SheetCell], name: str) -> str | None:
        told = named["id"].text if "id" in named else ""
        return told if told in self.reader.roles else self.reader.role(name)

    def _reach(self, role: CharterRole, named: Mapping[str, SheetCell]) -> CharterRole:
        if "stands_in" in named:
            others = [(name, self.reader.lexicon.role_of(name)) for name in points(named["stands_in"].text, LIST_MARKS)]
            if [name for name, other in others if other is None]:
                self.note(named["stands_in"], "charter.sheet.role_unknown")
            role = replace(role, stands_in=tuple(other for _, other in others if other is not None))
        return role


def _over(cells: Mapping[int, SheetCell], at: int) -> SheetCell | None:
    """The cell that is merged over this column from the left."""
    return next((cell for column, cell in cells.items() if column < at < column + cell.wide), None)


def _joined(stands: Cell | None, told: Cell) -> Cell:
    """A list that says who does a duty takes nothing from who answers for it."""
    return "RA" if {stands, told} == {"R", "A"} or (stands == "RA" and told in DOES | {"A"}) else told
