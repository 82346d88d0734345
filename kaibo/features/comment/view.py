"""The newest comments, and the exact counters beside them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

import msgspec
import numpy as np

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.comment.facts import CommentAnswered, CommentDismissed
from kaibo.features.comment.shop_sheet import AIR_FACTS, SHEET_FACTS, ShopSheet
from kaibo.features.comment.state import Marks
from kaibo.features.comment.triage import AFTERSALES, CLASSES, ORDER, QUESTION, class_of, tidy
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded

WINDOW_MAX = 300
QUESTIONS_MAX = 100
WAITING_MAX = 400  # questions kept so that the list stays full while the team works it off from the top
AHEAD_MS_MAX = 5_000  # a platform's clock may run ahead so far; what claims to be later must not stop the counter
ALL = "all"
MARK_FACTS = (CommentAnswered, CommentDismissed, QuestionHanded, QuestionFinished)


class CommentRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.window`, key `seq:index`, newest 300 of the show.

    `kind` is question, order, aftersales, praise or other; `product_id` the product it was about when it came, "" if none;
    `state` is open, handed, answered or dismissed.
    """

    at: int
    viewer: str
    name: str
    text: str
    source: str
    kind: str
    product_id: str
    state: str


class OpenQuestionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.questions`, key `seq:index`: questions nobody has taken up, newest 100.

    `answer` is the product sheet's, "" if it has none.
    """

    at: int
    name: str
    text: str
    product_id: str
    answer: str


class CommentCountRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.counts`, key `all`: exact counts of the whole show, whatever the window holds.

    `last_minute`: comments of the sixty seconds that end with the newest second heard of.
    """

    comments: int = 0
    questions: int = 0
    orders: int = 0
    aftersales: int = 0
    answered: int = 0
    last_minute: int = 0


@dataclass(frozen=True, slots=True)
class Triaged:
    """The comments of a batch: tidied texts and their classes."""

    tidied: Sequence[str]
    classes: Sequence[int]


# Three views read the same batch; as with `unpack`, nobody can tell that the second one finds the work done.
@lru_cache(maxsize=4)
def triaged(columns: bytes) -> Triaged:
    """Tell the class of every comment of a batch."""
    tidied = tidy(unpack(columns).texts)
    return Triaged(tidied, [class_of(text) for text in tidied])


@dataclass(slots=True)
class Window:
    """The newest rows by address, oldest first, and the table of viewers."""

    rows: dict[str, CommentRow] = field(default_factory=dict[str, CommentRow])
    viewers: list[str] = field(default_factory=list[str])
    shop: ShopSheet = field(default_factory=ShopSheet)
    marks: Marks = field(default_factory=Marks)


def fold_window(window: Window, event: Event[Any]) -> Iterable[str]:
    """Only the last 300 comments of a batch become rows."""
    match event.fact:
        case AudienceBatch() as batch:
            window.viewers.extend(unpack(batch.columns).new_viewers)
            return _slide(window, event.seq, batch) if batch.comments else ()
        case CommentAnswered() | CommentDismissed() | QuestionHanded() | QuestionFinished():
            ref = window.marks.fold(event)
            row = window.rows.get(ref)
            if row is None:
                return ()
            window.rows[ref] = msgspec.structs.replace(row, state=window.marks.of.get(ref, "open"))
            return (ref,)
        case _:
            window.shop.fold(event)
            return ()


def _slide(window: Window, seq: int, batch: AudienceBatch) -> Iterable[str]:
    columns, read = unpack(batch.columns), triaged(batch.columns)
    first = max(0, batch.comments - WINDOW_MAX)
    places = columns.comments[first:]
    instants: list[int] = columns.at[places].tolist()
    viewers: list[int] = columns.viewer[places].tolist()
    came: list[str] = []
    for index, at, viewer in zip(range(first, batch.comments), instants, viewers, strict=True):
        ref = f"{seq}:{index}"
        came.append(ref)
        window.rows[ref] = CommentRow(
            at=at,
            viewer=window.viewers[viewer],
            name=columns.names[index],
            text=columns.texts[index],
            source=batch.source,
            kind=CLASSES[read.classes[index]],
            product_id=window.shop.about(read.tidied[index]),
            state=window.marks.of.get(ref, "open"),
        )
    gone = list(islice(window.rows, max(0, len(window.rows) - WINDOW_MAX)))
    for ref in gone:
        del window.rows[ref]
    return [*came, *gone]


@dataclass(slots=True)
class Questions:
    """Waiting questions oldest first; the newest 100 of them are shown. `tidied` texts stay for sheets that change."""

    waiting: dict[str, OpenQuestionRow] = field(default_factory=dict[str, OpenQuestionRow])
    tidied: dict[str, str] = field(default_factory=dict[str, str])
    shop: ShopSheet = field(default_factory=ShopSheet)
    marks: Marks = field(default_factory=Marks)
    taken: dict[str, OpenQuestionRow] = field(default_factory=dict[str, OpenQuestionRow])
    shown: dict[str, None] = field(default_factory=dict[str, None])

    def show(self) -> Iterable[str]:
        """Choose the newest again; give the addresses that came or went."""
        before = self.shown
        self.shown = dict.fromkeys(islice(self.waiting, max(0, len(self.waiting) - QUESTIONS_MAX), None))
        return before.keys() ^ self.shown.keys()


def fold_questions(questions: Questions, event: Event[Any]) -> Iterable[str]:
    """A question leaves when it is taken up, and comes back when it was handed to the host and taken back."""
    match event.fact:
        case AudienceBatch() as batch:
            if batch.comments:
                _ask(questions, event.seq, batch)
        case CommentAnswered() | CommentDismissed() | QuestionHanded() | QuestionFinished():
            _mark(questions, questions.marks.fold(event))
        case ProductAdded() | ProductEdited() | ProductRemoved():
            questions.shop.fold(event)
            return _answer_again(questions)
        case _:
            questions.shop.fold(event)
            return ()
    return questions.show()


def _ask(questions: Questions, seq: int, batch: AudienceBatch) -> None:
    columns, read = unpack(batch.columns), triaged(batch.columns)
    asked = [index for index, code in enumerate(read.classes) if code == QUESTION][-WAITING_MAX:]
    for index in asked:
        ref = f"{seq}:{index}"
        if ref in questions.marks.of:
            continue
        text = read.tidied[index]
        product_id, answer = questions.shop.answer(text, questions.shop.about(text))
        at = int(columns.at[columns.comments[index]])
        questions.tidied[ref] = text
        questions.waiting[ref] = OpenQuestionRow(
            at=at, name=columns.names[index], text=columns.texts[index], product_id=product_id, answer=answer
        )
    _forget(questions)


def _forget(questions: Questions) -> None:
    for ref in list(islice(questions.waiting, max(0, len(questions.waiting) - WAITING_MAX))):
        del questions.waiting[ref], questions.tidied[ref]


def _mark(questions: Questions, ref: str) -> None:
    mark = questions.marks.of.get(ref)
    if mark is None and ref in questions.taken:
        row, text = questions.taken.pop(ref), questions.tidied[ref]
        product_id, answer = questions.shop.answer(text, row.product_id)
        questions.waiting[ref] = msgspec.structs.replace(row, product_id=product_id, answer=answer)
        questions.waiting = dict(sorted(questions.waiting.items(), key=lambda pair: _order(pair[0])))
        _forget(questions)
    elif mark == "handed" and ref in questions.waiting:
        questions.taken[ref] = questions.waiting.pop(ref)
    elif mark is not None:
        for table in (questions.taken, questions.waiting, questions.tidied):
            table.pop(ref, None)


def _order(ref: str) -> tuple[int, int]:
    seq, _, index = ref.partition(":")
    return int(seq), int(index)


def _answer_again(questions: Questions) -> Iterable[str]:
    """A sheet changed: the answers shown must be today's."""
    changed: list[str] = []
    for ref, row in questions.waiting.items():
        product_id, answer = questions.shop.answer(questions.tidied[ref], row.product_id)
        if answer != row.answer or product_id != row.product_id:
            questions.waiting[ref] = msgspec.structs.replace(row, product_id=product_id, answer=answer)
            changed.append(ref)
    return changed


@dataclass(slots=True)
class Counts:
    """The row, and comments by second for the last minute."""

    row: CommentCountRow = field(default_factory=CommentCountRow)
    seconds: Counter[int] = field(default_factory=Counter[int])
    newest: int = 0
    answered: set[str] = field(default_factory=set[str])
    marks: Marks = field(default_factory=Marks)


def fold_counts(counts: Counts, event: Event[Any]) -> Iterable[str]:
    """Every comment is counted, shown or not."""
    row = counts.row
    match event.fact:
        case AudienceBatch() as batch:
            counts.newest = max(counts.newest, min(batch.last_at, event.at + AHEAD_MS_MAX) // 1000)
            classes = triaged(batch.columns).classes if batch.comments else ()
            row = msgspec.structs.replace(
                row,
                comments=row.comments + batch.comments,
                questions=row.questions + classes.count(QUESTION),
                orders=row.orders + classes.count(ORDER),
                aftersales=row.aftersales + classes.count(AFTERSALES),
                last_minute=_last_minute(counts, batch),
            )
        case _:
            ref = counts.marks.fold(event)
            if counts.marks.of.get(ref) == "answered":
                counts.answered.add(ref)
            row = msgspec.structs.replace(row, answered=len(counts.answered))
    if row == counts.row:
        return ()
    counts.row = row
    return (ALL,)


def _last_minute(counts: Counts, batch: AudienceBatch) -> int:
    if batch.comments:
        columns = unpack(batch.columns)
        seconds, numbers = np.unique(columns.at[columns.comments] // 1000, return_counts=True)
        counts.seconds.update(dict(zip(seconds.tolist(), numbers.tolist(), strict=True)))
    for second in [second for second in counts.seconds if second <= counts.newest - 60]:
        del counts.seconds[second]
    return sum(number for second, number in counts.seconds.items() if second <= counts.newest)


def window_keys(window: Window) -> Iterable[str]:
    """Addresses in the window."""
    return window.rows.keys()


def window_row(window: Window, ref: str) -> CommentRow | None:
    """One comment."""
    return window.rows.get(ref)


def question_row(questions: Questions, ref: str) -> OpenQuestionRow | None:
    """One waiting question, None when it is not among the newest."""
    return questions.waiting.get(ref) if ref in questions.shown else None


def question_keys(questions: Questions) -> Iterable[str]:
    """Addresses of the questions shown."""
    return questions.shown


def count_keys(counts: Counts) -> Iterable[str]:
    """There is one row."""
    return (ALL,)


def count_row(counts: Counts, key: str) -> CommentCountRow | None:
    """The counters."""
    return counts.row if key == ALL else None


WINDOW = View(
    name="comment.window",
    row=CommentRow,
    reads=(AudienceBatch, *MARK_FACTS, *SHEET_FACTS, *AIR_FACTS),
    state=Window,
    fold=fold_window,
    keys=window_keys,
    get=window_row,
    duty="comment.read",
    pace_ms=50,
)
QUESTIONS = View(
    name="comment.questions",
    row=OpenQuestionRow,
    reads=(AudienceBatch, *MARK_FACTS, *SHEET_FACTS, *AIR_FACTS),
    state=Questions,
    fold=fold_questions,
    keys=question_keys,
    get=question_row,
    duty="comment.read",
    pace_ms=100,
)
COUNTS = View(
    name="comment.counts",
    row=CommentCountRow,
    reads=(AudienceBatch, *MARK_FACTS),
    state=Counts,
    fold=fold_counts,
    keys=count_keys,
    get=count_row,
    duty="comment.read",
    pace_ms=250,
)
