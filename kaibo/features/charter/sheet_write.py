"""A charter as a workbook in the form teams use; reading it back changes nothing."""

from collections.abc import Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kaibo.features.charter.facts import CharterDuty
from kaibo.features.charter.said import Said
from kaibo.kit.cells import written
from kaibo.kit.workbook import workbook_bytes

COLUMNS: Final = ("duty", "phase", "due", "proof", "skill", "split")
WIDE: Final = {"duty": 24, "proof": 36, "skill": 18, "split": 24, "due": 16}
NARROW: Final = 11
SIGNS: Final = {"RA": "R/A", "CF": "C!"}


def write_charter_xlsx(said: Said) -> bytes:
    """One sheet of duties, a column for each role; one of roles. The ids stand in the last column, so that renamed ones are known again."""
    book = Workbook()
    words, roles = said.words, said.charter.roles
    heads = [words[f"charter.sheet.{name}"] for name in COLUMNS]
    duties: Any = book.active
    duties.title = words["charter.sheet.duties"]
    names = [said.role(each.role_id) for each in roles]
    _fill(duties, [(*heads, *names, words["charter.sheet.id"]), *(_duty(said, each) for each in said.charter.duties)])
    for at, name in enumerate(COLUMNS, start=1):
        duties.column_dimensions[get_column_letter(at)].width = WIDE.get(name, NARROW)
    duties.freeze_panes = "B2"
    sheet: Any = book.create_sheet(words["charter.sheet.roles"])
    heads = [words[f"charter.sheet.{name}"] for name in ("role", "stands_in", "id")]
    stands_in = [said.listed([said.role(other) for other in each.stands_in]) for each in roles]
    _fill(sheet, [heads, *((name, others, each.role_id) for name, others, each in zip(names, stands_in, roles, strict=True))])
    return workbook_bytes(book)


def _duty(said: Said, duty: CharterDuty) -> tuple[str, ...]:
    cells = [duty.cells.get(role.role_id) or "" for role in said.charter.roles]
    marks = [said.words["charter.sign.X"] if cell == "X" else SIGNS.get(cell, cell) for cell in cells]
    texts = (said.title(duty), said.phases(duty), said.due(duty), said.proof(duty), said.skill(duty), said.split(duty))
    return (*texts, *marks, duty.duty_id)


def _fill(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(row, start=1):
            if text:
                _put(sheet.cell(number, at, written(text)), text, head=number == 1)


def _put(cell: Any, text: str, *, head: bool) -> None:
    """A text; one that looks like a formula stays a text."""
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=head)
