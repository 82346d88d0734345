"""Questions nobody has taken up, with answers at hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.comment.facts import AnswersGiven, CommentAnswered, CommentCorrected, CommentDismissed, KnownAnswer
from kaibo.features.comment.reading import Reader
from kaibo.features.comment.shop_sheet import AIR_FACTS, SHEET_FACTS, ShopSheet
from kaibo.features.comment.state import Marks
from kaibo.features.comment.suggest import AnswerBook, Suggestion
from kaibo.features.comment.triage import QUESTION, words_of
from kaibo.features.comment.view import KIND_FACTS, MARK_FACTS
from kaibo.features.product.facts import ProductAdded, ProductEdited, ProductRemoved
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded

QUESTIONS_MAX = 100
WAITING_MAX = 400  # questions kept so that the list stays full while the team works it off from the top


class OpenQuestionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.questions`, key `seq:index`: questions nobody has taken up, newest 100.

    `suggestions` are answers at hand, the likest first, each with its source; `answer` is the first one's, "" if there is none.
    """

    at: int
    name: str
    text: str
    product_id: str
    answer: str
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(slots=True)
class Questions:
    """Waiting questions oldest first; the newest 100 of them are shown. `tidied` texts stay for sheets that change."""

    waiting: dict[str, OpenQuestionRow] = field(default_factory=dict[str, OpenQuestionRow])
    tidied: dict[str, str] = field(default_factory=dict[str, str])
    reader: Reader = field(default_factory=Reader)
    shop: ShopSheet = field(default_factory=ShopSheet)
    book: AnswerBook = field(default_factory=AnswerBook)
    handings: dict[str, QuestionHanded] = field(default_factory=dict[str, QuestionHanded])
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
    changed: Iterable[str] = ()
    match event.fact:
        case AudienceBatch() as batch:
            if batch.comments:
                _ask(questions, event.seq, batch)
        case CommentAnswered() | CommentDismissed() | QuestionHanded() | QuestionFinished():
            changed = _learn(questions, event.fact)
            _mark(questions, questions.marks.fold(event))
        case CommentCorrected() as correction:
            changed = _correct(questions, correction)
        case AnswersGiven(answers=answers):
            words = {word for known in answers for word in questions.book.add(known, "team")}
            return _answer_again(questions, frozenset(words))
        case ProductAdded() | ProductEdited() | ProductRemoved():
            questions.shop.fold(event)
            return _answer_again(questions)
        case _:
            questions.reader.fold(event)
            questions.shop.fold(event)
            return ()
    return {*changed, *questions.show()}


def _ask(questions: Questions, seq: int, batch: AudienceBatch) -> None:
    columns, read = unpack(batch.columns), questions.reader.read(batch)
    questions.reader.keep(seq, batch)
    asked = [index for index, code in enumerate(read.classes) if code == QUESTION][-WAITING_MAX:]
    for index in asked:
        ref = f"{seq}:{index}"
        if ref in questions.marks.of:
            continue
        at, text = int(columns.at[columns.comments[index]]), read.tidied[index]
        questions.tidied[ref] = text
        row = OpenQuestionRow(
            at=at, name=columns.names[index], text=columns.texts[index], product_id=questions.shop.about(text), answer=""
        )
        questions.waiting[ref] = _advised(questions, ref, row)
    _forget(questions)


def _forget(questions: Questions) -> None:
    for ref in list(islice(questions.waiting, max(0, len(questions.waiting) - WAITING_MAX))):
        del questions.waiting[ref], questions.tidied[ref]


def _mark(questions: Questions, ref: str) -> None:
    mark = questions.marks.of.get(ref)
    if mark is None and ref in questions.taken:
        _wait(questions, ref, questions.taken.pop(ref))
    elif mark == "handed" and ref in questions.waiting:
        questions.taken[ref] = questions.waiting.pop(ref)
    elif mark is not None:
        for table in (questions.taken, questions.waiting, questions.tidied):
            table.pop(ref, None)


def _order(ref: str) -> tuple[int, int]:
    seq, _, index = ref.partition(":")
    return int(seq), int(index)


def _wait(questions: Questions, ref: str, row: OpenQuestionRow) -> None:
    """Put a question back where it belongs by its address."""
    questions.waiting[ref] = _advised(questions, ref, row)
    questions.waiting = dict(sorted(questions.waiting.items(), key=lambda pair: _order(pair[0])))
    _forget(questions)


def _advised(questions: Questions, ref: str, row: OpenQuestionRow) -> OpenQuestionRow:
    product_id, found = questions.shop.suggest(questions.tidied[ref], row.product_id, questions.book)
    answer = found[0].answer if found else ""
    return msgspec.structs.replace(row, product_id=product_id, answer=answer, suggestions=found)


def _answer_again(questions: Questions, words: frozenset[str] | None = None) -> Iterable[str]:
    """A sheet changed, or somebody answered: the answers shown must be today's. `words`: only questions that share one."""
    changed: list[str] = []
    for ref, row in questions.waiting.items():
        if words is not None and words.isdisjoint(words_of(questions.tidied[ref])):
            continue
        advised = _advised(questions, ref, row)
        if advised != row:
            questions.waiting[ref] = advised
            changed.append(ref)
    return changed


def _learn(questions: Questions, fact: CommentAnswered | CommentDismissed | QuestionHanded | QuestionFinished) -> Iterable[str]:
    """An answer given this evening serves whoever asks the same after it."""
    match fact:
        case CommentAnswered(answer=answer, question=question, product_id=product_id) if answer and question:
            known = KnownAnswer(question=question, answer=answer, product_id=product_id)
        case QuestionHanded():
            questions.handings[fact.question_id] = fact
            return ()
        case QuestionFinished(question_id=question_id, outcome=outcome):
            handed = questions.handings.pop(question_id, None)
            if handed is None or outcome != "answered":
                return ()
            known = KnownAnswer(question=handed.text, answer=handed.answer, product_id=handed.product_id or "")
        case _:
            return ()
    return _answer_again(questions, questions.book.add(known, "show"))


def _correct(questions: Questions, correction: CommentCorrected) -> Iterable[str]:
    """What is no question leaves the list; what is one after all comes to it, if it was said not too long ago."""
    ref, product_id = correction.comment_ref, correction.product_id
    row = questions.waiting.get(ref)
    if correction.kind != "question":
        for table in (questions.taken, questions.waiting, questions.tidied):
            table.pop(ref, None)
        return (ref,) if row is not None else ()
    said = questions.reader.said(ref)
    if row is None and (said is None or ref in questions.marks.of):
        return ()
    if row is None and said is not None:
        questions.tidied[ref] = said.tidied
        row = OpenQuestionRow(at=said.at, name=said.name, text=said.text, product_id=questions.shop.about(said.tidied), answer="")
    assert row is not None
    _wait(questions, ref, row if product_id is None else msgspec.structs.replace(row, product_id=product_id))
    return (ref,)


def question_row(questions: Questions, ref: str) -> OpenQuestionRow | None:
    """One waiting question, None when it is not among the newest."""
    return questions.waiting.get(ref) if ref in questions.shown else None


def question_keys(questions: Questions) -> Iterable[str]:
    """Addresses of the questions shown."""
    return questions.shown


QUESTIONS = View(
    name="comment.questions",
    row=OpenQuestionRow,
    reads=(*KIND_FACTS, AnswersGiven, *MARK_FACTS, *SHEET_FACTS, *AIR_FACTS),
    state=Questions,
    fold=fold_questions,
    keys=question_keys,
    get=question_row,
    duty="comment.read",
    pace_ms=100,
)
