"""Tasks out of a team's sheet: what differs from the show's tasks, and each cell not understood by its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from msgspec.structs import replace

from kaibo.core.headers import Words, squash
from kaibo.features.task.facts import CheckLine, Proof, Task
from kaibo.features.task.sheet_words import HEADERS, NO, PROOFS, YES, read_due, unguarded
from kaibo.features.task.sheet_write import said_title
from kaibo.kit.sheet_values import Header, find_header, hidden_columns
from kaibo.kit.sheets import Book, Cell, ImportColumn, ImportNote, ImportReport, ImportRow, Table
from kaibo.kit.uploads import NoHeader

LINES_MAX, TITLE_MAX = 30, 200


class TaskEdit(msgspec.Struct, frozen=True, kw_only=True):
    """A task as the sheet has it, and as the show did (None: a new one)."""

    task_id: str
    task: Task
    was: Task | None = None


@dataclass(frozen=True)
class Known:
    """What a sheet may speak of: the show's `tasks`, `roles` and `people` by id with what they are called, the house's words of each language."""

    tasks: Mapping[str, Task]
    roles: Mapping[str, tuple[str, ...]]
    people: Mapping[str, str]
    languages: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class TaskReading:
    """What a sheet would change."""

    edits: tuple[TaskEdit, ...]
    report: ImportReport


def read_tasks(book: Book, known: Known) -> TaskReading:
    """The first table that names tasks. What it does not speak of stays as it is. Raises NoHeader."""
    for table in book.tables:
        header = find_header(table, Words(HEADERS))
        if header is not None and any(column.field == "title" for column in header.columns):
            return _Reader(table, header, known).read(book)
    raise NoHeader(filename=book.filename)


@dataclass
class _Reader:
    table: Table
    header: Header
    known: Known
    edits: dict[str, TaskEdit] = field(default_factory=dict[str, TaskEdit])
    rows: list[ImportRow] = field(default_factory=list[ImportRow])
    notes: list[ImportNote] = field(default_factory=list[ImportNote])

    def read(self, book: Book) -> TaskReading:
        numbers = [each for each in sorted(self.table.rows) if each > self.header.row and not self.table.struck(each)]
        ids = {number: self._id(number) for number in numbers}
        for number in numbers:
            self._row(number, ids[number], set(ids.values()))
        hidden = hidden_columns(self.table, self.header)
        aside = [ImportRow(row=self.header.row, status="partial", title="", notes=hidden)] if hidden else []
        changed = tuple(each for each in self._in_order() if each.task != each.was)
        columns = tuple(ImportColumn(header=each.header, field=each.field) for each in self.header.columns)
        report = ImportReport(
            filename=book.filename,
            sheet=self.table.name,
            header_row=self.header.row,
            columns=columns,
            rows=(*book.asides, *aside, *self.rows),
            imported=len(changed),
        )
        return TaskReading(changed, report)

    def _in_order(self) -> Iterable[TaskEdit]:
        """New ones stand behind what comes first; of a circle the rules say so when it is sent."""
        left = dict(self.edits)
        while left:
            new = {task_id for task_id, each in left.items() if each.was is None}
            free = [task_id for task_id, each in left.items() if new.isdisjoint(each.task.depends_on)] or list(left)
            for task_id in free:
                yield left.pop(task_id)

    def _cell(self, number: int, name: str) -> Cell | None:
        place = next((column.at for column in self.header.columns if column.field == name), None)
        return None if place is None else self.table.row(number).get(place)

    def _has(self, name: str) -> bool:
        return any(column.field == name for column in self.header.columns)

    def _text(self, number: int, name: str) -> str:
        cell = self._cell(number, name)
        return "" if cell is None or cell.unread else unguarded(cell.raw)

    def _id(self, number: int) -> str:
        """As the sheet says, else by the title of a task of the show; a new one is called by its row."""
        told = self._text(number, "task_id").strip()
        if told:
            return told[:64]
        title = squash(self._text(number, "title"))
        found = [key for key, task in self.known.tasks.items() if title in {squash(each) for each in self._called(task.title)}]
        return found[0] if len(found) == 1 else f"row-{number}-{squash(self._text(number, 'title'))[:20]}"

    def _called(self, title: str) -> set[str]:
        return {title, *(said_title(title, said) for said in self.known.languages)}

    def _row(self, number: int, task_id: str, ids: set[str]) -> None:
        self.notes = []
        title = self._text(number, "title")
        was = self.known.tasks.get(task_id)
        if not title.strip() or task_id in self.edits:
            code = "task.sheet.no_title" if not title.strip() else "task.sheet.twice"
            self._note(number, "title", code)
            self._done(number, title, "skipped")
            return
        task = self._task(number, title, was, ids)
        if task is None:
            self._done(number, title, "skipped")
            return
        self.edits[task_id] = TaskEdit(task_id=task_id, task=task, was=was)
        self._done(number, title, "partial" if self.notes else "ok")

    def _task(self, number: int, title: str, was: Task | None, ids: set[str]) -> Task | None:
        """None for a new one whose role or time was not understood: nobody would know whose it is."""
        role = self._role(number) or (was.role_id if was else None)
        due = self._due(number)
        offset_s = due if due is not None else was.offset_s if was else None
        if role is None or offset_s is None:
            return None
        before = was or Task(title=title, role_id=role, offset_s=offset_s)
        return replace(
            before,
            title=self._title(title, was),
            role_id=role,
            offset_s=offset_s,
            person_id=self._person(number, before.person_id),
            required=self._required(number, was=before.required),
            proof=self._proof(number, before.proof),
            checklist=self._lines(number, before.checklist) if self._has("checklist") else before.checklist,
            depends_on=self._first(number, ids) if self._has("first") else before.depends_on,
        )

    def _title(self, title: str, was: Task | None) -> str:
        """One of the template stays its key while it reads as it did."""
        return was.title if was is not None and title in self._called(was.title) else title.strip()[:TITLE_MAX]

    def _role(self, number: int) -> str | None:
        text = squash(self._text(number, "role"))
        found = [key for key, names in self.known.roles.items() if text in {squash(each) for each in (key, *names) if each}]
        if not found:
            self._note(number, "role", "task.sheet.role_unknown" if self._has("role") else "task.sheet.role_missing")
        return found[0] if found else None

    def _due(self, number: int) -> int | None:
        found = read_due(self._text(number, "due"))
        if found is None:
            self._note(number, "due", "task.sheet.due_unknown")
        return found

    def _person(self, number: int, before: str) -> str:
        text = self._text(number, "person").strip()
        if not self._has("person") or not text or text in self.known.people or text == before:
            return text if self._has("person") else before
        found = [key for key, name in self.known.people.items() if squash(name) == squash(text)]
        return found[0] if len(found) == 1 else self._unread(number, "person", before)

    def _proof(self, number: int, before: Proof) -> Proof:
        found = PROOFS.get(squash(self._text(number, "proof"))) if self._has("proof") else before
        if found is None:
            self._note(number, "proof", "task.sheet.proof_unknown")
        return found or before

    def _required(self, number: int, *, was: bool) -> bool:
        text = squash(self._text(number, "required"))
        if not self._has("required") or text in YES | NO:
            return text in YES if self._has("required") else was
        self._note(number, "required", "task.sheet.required_unknown")
        return was

    def _lines(self, number: int, before: tuple[CheckLine, ...]) -> tuple[CheckLine, ...]:
        """A line that reads as it did keeps its id, and so its tick."""
        left = list(before)
        lines: list[CheckLine] = []
        for text in filter(None, (" ".join(each.split()) for each in self._text(number, "checklist").split("\n"))):
            kept = next((each for each in left if text in {" ".join(called.split()) for called in self._called(each.text)}), None)
            if kept is not None:
                left.remove(kept)
            lines.append(kept or CheckLine(line_id=_free(lines, before), text=text[:TITLE_MAX]))
        if len(lines) > LINES_MAX:
            self._note(number, "checklist", "task.sheet.lines_many")
        return tuple(lines[:LINES_MAX])

    def _first(self, number: int, ids: set[str]) -> tuple[str, ...]:
        """By id, or by the title of one of the show's."""
        found: list[str] = []
        for text in filter(None, (each.strip() for each in self._text(number, "first").split("\n"))):
            named = [key for key, task in self.known.tasks.items() if text in self._called(task.title)]
            task_id = text if text in self.known.tasks or text in ids else named[0] if len(named) == 1 else ""
            if not task_id:
                self._note(number, "first", "task.sheet.first_unknown", text)
            elif task_id not in found:
                found.append(task_id)
        return tuple(found)

    def _unread(self, number: int, name: str, before: str) -> str:
        self._note(number, name, f"task.sheet.{name}_unknown")
        return before

    def _note(self, number: int, name: str, code: str, text: str = "") -> None:
        cell = self._cell(number, name)
        self.notes.append(
            ImportNote(cell=cell.address if cell else str(number), code=code, text=text or self._text(number, name))
        )

    def _done(self, number: int, title: str, status: Literal["ok", "partial", "skipped"]) -> None:
        self.rows.append(ImportRow(row=number, status=status, title=title.strip()[:80], notes=tuple(self.notes)))


def _free(lines: Iterable[CheckLine], before: Iterable[CheckLine]) -> str:
    taken = {each.line_id for each in (*lines, *before)}
    return next(name for number in range(1, 100) if (name := f"l{number}") not in taken)
