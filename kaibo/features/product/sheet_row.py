"""A row of a shop's sheet while it is read: what each of its cells says, and a note for each that was not understood."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kaibo.features.product.facts import Doubt, ProductSheet
from kaibo.features.product.rules import AMOUNT_MAX, TEXT_LENGTH_MAX
from kaibo.features.product.sheet_variants import once, parted
from kaibo.kit.item_types import item_type_of
from kaibo.kit.sheet_amounts import amount_cell
from kaibo.kit.sheet_values import count_cell, points
from kaibo.kit.sheets import Cell, ImportNote

NAME_MAX = 200
LIST_MARKS = ("\n", "；;|", "、")
WORD_MARKS = ("\n", "；;|", "、", "，,")


@dataclass
class Row:
    """A row while it is read: cells by field, notes so far; `beside`: cells of further columns of what it comes in (尺碼 beside 顏色)."""

    cells: Mapping[str, Cell]
    currency: str
    notes: list[ImportNote] = field(default_factory=list[ImportNote])
    beside: tuple[Cell, ...] = ()

    def note(self, cell: Cell, code: str, **data: object) -> None:
        """Say something of a cell."""
        self.notes.append(ImportNote(cell=cell.address, code=code, text=cell.text[:TEXT_LENGTH_MAX], data=data))

    def cell(self, name: str) -> Cell | None:
        """The cell of a field."""
        return self.cells.get(name)

    def amount(self, name: str) -> int | None:
        """In minor units."""
        cell = self.cell(name)
        if cell is None:
            return None
        minor = amount_cell(cell, self.currency)
        if minor is None or minor > AMOUNT_MAX:
            self.note(cell, "sheet.amount_unread", currency=self.currency)
            return None
        return minor

    def count(self, name: str) -> int | None:
        """A whole number."""
        cell = self.cell(name)
        if cell is None:
            return None
        number = int(cell.value) if isinstance(cell.value, int) and cell.value >= 0 else count_cell(cell)
        if number is None or number > AMOUNT_MAX:
            self.note(cell, "sheet.count_unread")
            return None
        return number

    def limit(self) -> int | None:
        """How many a buyer may have. Shops export nought where there is no limit; nobody lists what nobody may have."""
        number, cell = self.count("per_buyer_limit"), self.cell("per_buyer_limit")
        if number == 0 and cell is not None:
            self.note(cell, "product.limit_none")
        return number or None

    def points(self, name: str, marks: tuple[str, ...] = LIST_MARKS) -> tuple[str, ...]:
        """A list in one cell."""
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
        if self.beside:
            found = self._with_beside(found)
        variants, again = once(self.short(cell, found))
        if again:
            self.note(cell, "product.variant_twice", variants="、".join(again))
        return variants

    def variants_said(self) -> tuple[str, ...]:
        """What it comes in, without a word about how that was read."""
        told = list(self.notes)
        found, self.notes = self.variants(), told
        return found

    def _with_beside(self, found: tuple[str, ...]) -> tuple[str, ...]:
        """One colour and one size are one variant; of several in a cell nobody knows which go together."""
        others = [parted(cell.raw)[0] for cell in self.beside]
        if len(found) == 1 and all(len(each) == 1 for each in others):
            return (" ".join((*found, *(each[0] for each in others))),)
        for cell in self.beside:
            self.note(cell, "sheet.cell_unread")
        return found

    def item_type(self) -> str:
        """What it is on the list for; "" where it does not say."""
        cell = self.cell("item_type")
        if cell is None:
            return ""
        kind = item_type_of(cell.text)
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


def sheet_of(row: Row, product_id: str, name: Cell | None) -> ProductSheet:
    """The row as a product of its own; of one without a name it is ""."""
    called = "" if name is None else name.text
    if name is not None and len(called) > NAME_MAX:
        row.note(name, "sheet.text_cut", limit=NAME_MAX)
    return ProductSheet(
        product_id=product_id,
        name=called[:NAME_MAX].strip(),
        variants=row.variants(),
        item_type=row.item_type(),
        cost_minor=row.amount("cost_minor"),
        list_price_minor=row.amount("list_price_minor"),
        live_price_minor=row.amount("live_price_minor"),
        stock=row.count("stock"),
        per_buyer_limit=row.limit(),
        selling_points=row.points("selling_points"),
        doubts=row.doubts(),
        certificates=row.points("certificates", WORD_MARKS),
        must_not_say=row.points("must_not_say", WORD_MARKS),
    )
