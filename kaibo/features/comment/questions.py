"""Questions that wait: the same one once, in whatever words, with everybody who asked it, until it is answered or dismissed.

A list of the newest would let the oldest unanswered slip away unseen. Here what was asked first stays. When the list is full,
a question asked for the third time takes the place of the newest that was asked once; what finds no room is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

from kaibo.core.erasing import ERASED
from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Slice, Touched
from kaibo.features.audience.facts import AudienceBatch, tidy, unpack
from kaibo.features.comment.facts import (
    AnswersGiven,
    CommentAnswered,
    CommentCorrected,
    CommentReplySent,
    KnownAnswer,
)
from kaibo.features.comment.holds import Holds
from kaibo.features.comment.marks import MARK_FACTS, SETTLED, Mark, Marks
from kaibo.features.comment.reading import KIND_FACTS, Heard, Reader
from kaibo.features.comment.sameness import asked, asked_each, question_key
from kaibo.features.comment.shop_sheet import SHOP, ShopSheet
from kaibo.features.comment.suggest import SUGGESTIONS_MAX, AnswerBook, Suggestion, of_the_sheet
from kaibo.features.comment.triage import Asked, Asks, Key
from kaibo.features.moderation.facts import CommentsReleased
from kaibo.features.product.facts import ProductSheet
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded

GROUPS_MAX = 400  # unlike questions at once: more than a team works off in an hour
PRESSING = 3  # asked so often, a question gets into a full list
OUTSIDE_MAX = 2_000  # questions outside a full list whose askers are counted
REFS_MAX = 300  # askers of one question that are marked one by one; further ones are counted
ASKERS_MAX = 3
TALLY = "tally"


class OpenQuestionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.questions`, key = the address of who asked first: a question about one product that waits.

    `at` and `last_at`: platform time of who asked first and last; `name` who asked first, `askers` the first few; `count`
    how often it was asked; `source` where it was asked first; `suggestions` are
    answers at hand, the likest first, each with its source; `answer` is the first one's, "" if there is none; `state` is
    open, replying or reply_failed. `asks` price or stock of the product: its card has the answer of now. `named`: all who
    ask that named the product; else it is the one on air, and `product_id` is "" while there is none.
    """

    at: int
    last_at: int
    name: str
    text: str
    product_id: str
    answer: str
    count: int
    askers: tuple[str, ...]
    source: str
    state: Literal["open", "replying", "reply_failed"]
    suggestions: tuple[Suggestion, ...] = ()
    asks: Asks = ""
    named: bool = True


class QuestionTallyRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.questions`, key `tally`: unlike questions that wait, comments that asked them, and how many found no room."""

    open: int = 0
    asked: int = 0
    unlisted: int = 0


class Asker(NamedTuple):
    """Who asked under which name, and when (platform time)."""

    name: str
    at: int


@dataclass(slots=True)
class Group:
    """One question: `refs` of those who asked and still wait, in the order they did; `more` beyond them, the last at `more_at`.

    `named`: all of them named the product.
    """

    key: Key
    refs: dict[str, Asker]
    text: str
    tidied: str
    source: str
    asks: Asks = ""
    named: bool = True
    more: int = 0
    more_at: int = 0

    @property
    def lead(self) -> str:
        """Who asked first."""
        return next(iter(self.refs))

    @property
    def at(self) -> int:
        """When it was asked first of those who wait."""
        return self.refs[self.lead].at

    @property
    def last_at(self) -> int:
        """When it was asked last."""
        return max(self.more_at, *(asker.at for asker in self.refs.values()))

    @property
    def count(self) -> int:
        """How often it was asked."""
        return len(self.refs) + self.more


@dataclass(slots=True)
class OpenQuestions:
    """Groups by the address of who asked first; where each address and each question belongs; `away`: questions that are hidden.

    `finished`: who else asked what the host answered, by question_id.
    """

    shop: ShopSheet
    groups: dict[str, Group] = field(default_factory=dict[str, Group])
    by_key: dict[Key, Group] = field(default_factory=dict[Key, Group])
    of: dict[str, Group] = field(default_factory=dict[str, Group])
    outside: dict[Key, int] = field(default_factory=dict[Key, int])
    asked: int = 0
    unlisted: int = 0
    marks: Marks = field(default_factory=Marks)
    holds: Holds = field(default_factory=Holds)
    away: set[str] = field(default_factory=set[str])
    reader: Reader = field(default_factory=Reader)
    book: AnswerBook = field(default_factory=AnswerBook)
    handings: dict[str, QuestionHanded] = field(default_factory=dict[str, QuestionHanded])
    finished: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def fold(self, event: Event[Fact]) -> set[str]:
        """Take one event in; give the leads whose group came, went or changed."""
        match event.fact:
            case AudienceBatch() as batch:
                return self._hear(event.seq, batch) if batch.comments else set()
            case CommentCorrected() as correction:
                return self._correct(correction)
            case _:
                self.reader.fold(event)
                changed = self._learn(event)
                for ref in reversed(self.marks.fold(event)):  # the lead last, so that a whole group leaves under one name
                    changed |= self._mark(ref)
                for ref in reversed(self.holds.fold(event)):
                    changed |= self._hold(ref)
                return changed

    def same(self, ref: str) -> tuple[str, ...]:
        """The others who asked what this comment asks and wait too."""
        group = self.of.get(ref)
        return tuple(one for one in group.refs if one != ref and self.marks.open(one)) if group else ()

    def asked_of(self, ref: str) -> tuple[str, str]:
        """What an open question asked, and about which product; ("", "") for what is none."""
        group = self.of.get(ref)
        return (group.text, self._answers(group)[0]) if group else ("", "")

    def _answers(self, group: Group) -> tuple[str, tuple[Suggestion, ...]]:
        """(product, answers at hand) of now."""
        if not group.asks:
            return self.shop.suggest(group.tidied, group.key[0], self.book, group.at)
        about = self.shop.meant(group.key[0], group.at)
        return about, self._sheet_says(group.asks, self.shop.sheet(about))

    def _sheet_says(self, asks: Asks, sheet: ProductSheet | None) -> tuple[Suggestion, ...]:
        """What the sheet says of a price or a stock, in whatever words it asks; an answer to a like question was true of another thing, or another time."""
        known = of_the_sheet(sheet) if sheet else []
        return tuple(one for one in known if question_key(tidy((one.question,))[0], sheet)[0] == asks)[:SUGGESTIONS_MAX]

    def _learn(self, event: Event[Fact]) -> set[str]:
        """An answer serves whoever asks the same after it; give the leads of those who do now."""
        match event.fact:
            case (
                CommentAnswered(answer=answer, question=question, product_id=product_id)
                | CommentReplySent(text=answer, question=question, product_id=product_id)
            ):
                known = KnownAnswer(question=question, answer=answer, product_id=product_id)
            case QuestionHanded() as handed:
                self.handings[handed.question_id] = handed
                return set()
            case QuestionFinished(question_id=question_id, outcome=outcome):
                if outcome == "answered":  # while they still wait together
                    self.finished[question_id] = self.same(self.marks.handed.get(question_id, ""))
                handed = self.handings.pop(question_id, None)
                if handed is None or outcome != "answered":
                    return set()
                known = KnownAnswer(question=handed.text, answer=handed.answer, product_id=handed.product_id or "")
            case AnswersGiven(answers=answers):
                return self._taught([self._add(one, "team") for one in answers])
            case _:
                return set()
        return self._taught([self._add(known, "show")])

    def _add(self, known: KnownAnswer, source: Literal["show", "team"]) -> bool:
        """A price and a stock are answered by the card of now: what was said of them once is not true for long."""
        if known.question == ERASED:  # nobody can ask that again
            return False
        lasting = not question_key(tidy((known.question,))[0], self.shop.sheet(known.product_id))[0]
        return lasting and self.book.add(known, source)

    def _taught(self, news: Sequence[bool]) -> set[str]:
        return set(self.groups) if any(news) else set()

    def _correct(self, correction: CommentCorrected) -> set[str]:
        """What is no question leaves its group; what is one after all joins the one it belongs to, if it was said of late."""
        self.reader.tell(correction)
        ref, changed = correction.comment_ref, set[str]()
        group, said = self.of.get(ref), self.reader.said(ref)
        if group is not None:
            if correction.kind == "question" and correction.product_id in (None, group.key[0]):
                return set()
            before = group.lead
            self._leave(group, ref)
            changed |= {before, group.lead} if group.refs else {before}
        if self.holds.hides(ref):  # it joins when it is shown again
            (self.away.add if correction.kind == "question" else self.away.discard)(ref)
        elif correction.kind == "question" and said is not None and self.marks.of.get(ref) not in SETTLED:
            changed |= self._ask(ref, said)
        return changed

    def _hear(self, seq: int, batch: AudienceBatch) -> set[str]:
        columns, read, changed = unpack(batch.columns), self.reader.read(batch), set[str]()
        self.reader.keep(seq, batch)
        instants, names, texts = columns.comments_at, columns.names, columns.texts
        for index, one in zip(read.questions, asked_each(self.shop, read, instants), strict=True):
            if self.marks.of.get(ref := f"{seq}:{index}") not in SETTLED:
                asker = Asker(names[index], instants[index])
                changed.update(self._gather(ref, asker, texts[index], read.tidied[index], batch.source, one))
        return changed

    def _ask(self, ref: str, said: Heard) -> set[str]:
        one, asker = asked(self.shop, said.tidied, said.at, said.about), Asker(said.name, said.at)
        return set(self._gather(ref, asker, said.text, said.tidied, said.source, one))

    def _gather(self, ref: str, asker: Asker, text: str, tidied: str, source: str, one: Asked) -> tuple[str, ...]:
        (asks, key, named), pushed = one, ""
        group = self.by_key.get(key)
        if group is None:
            if len(self.groups) >= GROUPS_MAX:
                found = self._make_room(key)
                if found is None:
                    self.unlisted += 1
                    return ()
                pushed = found
            group = self.by_key[key] = Group(key, {ref: asker}, text, tidied, source, asks, named)
            self.groups[ref] = group
        elif len(group.refs) < REFS_MAX:
            group.refs[ref] = asker
        else:
            group.more, group.more_at = group.more + 1, max(group.more_at, asker.at)
        group.named, self.asked = group.named and named, self.asked + 1
        if ref in group.refs:
            self.of[ref] = group
        return (group.lead, pushed) if pushed else (group.lead,)

    def _make_room(self, key: Key) -> str | None:
        """Who leaves a full list for this question: the newest that was asked once; None while it is not pressing itself."""
        self.outside[key] = self.outside.get(key, 0) + 1
        if self.outside[key] < PRESSING:
            if len(self.outside) > OUTSIDE_MAX:
                del self.outside[next(iter(self.outside))]
            return None
        alone = (lead for lead, each in reversed(self.groups.items()) if len(each.refs) == 1 and not each.more)
        lead = next((lead for lead in alone if lead not in self.marks.of), None)
        if lead is None:
            return None
        del self.outside[key]
        self._leave(self.groups[lead], lead)
        self.unlisted += 1
        return lead

    def _mark(self, ref: str) -> set[str]:
        group = self.of.get(ref)
        if group is None:
            return set()
        before = group.lead
        if self.marks.of.get(ref) in SETTLED:
            self._leave(group, ref)
        return {before, group.lead} if group.refs else {before}

    def _hold(self, ref: str) -> set[str]:
        """A hidden question waits for nobody; shown again it joins those who ask the same, if it was said of late."""
        group = self.of.get(ref)
        if self.holds.hides(ref):
            if group is None:
                return set()
            before = group.lead
            self.away.add(ref)
            self._leave(group, ref)
            return {before, group.lead} if group.refs else {before}
        said = self.reader.said(ref)
        if ref not in self.away or said is None or self.marks.of.get(ref) in SETTLED:
            return set()
        self.away.discard(ref)
        return self._ask(ref, said)

    def _leave(self, group: Group, ref: str) -> None:
        """One of those who asked was dealt with; with the last of them the question is."""
        before = group.lead
        del group.refs[ref], self.of[ref]
        self.asked -= 1
        if not group.refs:
            self.asked -= group.more
            del self.groups[before], self.by_key[group.key]
        elif group.lead != before:
            self.groups = {group.lead if lead == before else lead: one for lead, one in self.groups.items()}

    def row(self, lead: str) -> OpenQuestionRow | None:
        """One waiting question; None while the host has it."""
        group = self.groups.get(lead)
        state: Mark | Literal["open"] = self.marks.of.get(lead, "open")
        if group is None or state in ("handed", "answered", "dismissed"):
            return None
        product_id, found = self._answers(group)
        names = tuple(dict.fromkeys(asker.name for asker in group.refs.values() if asker.name))
        return OpenQuestionRow(
            at=group.at,
            last_at=group.last_at,
            name=group.refs[lead].name,
            text=group.text,
            product_id=product_id,
            answer=found[0].answer if found else "",
            count=group.count,
            askers=names[:ASKERS_MAX],
            source=group.source,
            state=state,
            suggestions=found,
            asks=group.asks,
            named=group.named,
        )

    def tally(self) -> QuestionTallyRow:
        """The counters of the list."""
        return QuestionTallyRow(open=len(self.groups), asked=self.asked, unlisted=self.unlisted)


def fold_open(questions: OpenQuestions, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """A question leaves when it is taken up, and comes back when it was handed to the host and taken back."""
    changed = questions.fold(event)
    if touched:  # answers stand in the sheets, and a question that names nothing is tried on the product on air
        changed = changed | set(questions.groups)
    return {*changed, TALLY} if changed or isinstance(event.fact, AudienceBatch | CommentCorrected) else ()


OPEN: Slice[OpenQuestions] = Slice(
    name="comment.open",
    reads=(*KIND_FACTS, AnswersGiven, *MARK_FACTS, CommentsReleased),
    state=OpenQuestions,
    fold=fold_open,
    over=(SHOP,),
)


def _shown(questions: OpenQuestions) -> OpenQuestions:
    return questions


def fold_questions(questions: OpenQuestions, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """What changed in the list."""
    del questions, event
    return touched.of(OPEN)


def question_keys(questions: OpenQuestions) -> Iterable[str]:
    """Addresses of the questions, and the tally."""
    return (*(lead for lead in questions.groups if questions.marks.of.get(lead) != "handed"), TALLY)


def question_row(questions: OpenQuestions, key: str) -> OpenQuestionRow | QuestionTallyRow | None:
    """One waiting question, or the tally."""
    return questions.tally() if key == TALLY else questions.row(key)


QUESTIONS = View(
    name="comment.questions",
    row=OpenQuestionRow,
    beside=(QuestionTallyRow,),
    reads=(),
    state=_shown,
    fold=fold_questions,
    keys=question_keys,
    get=question_row,
    duty="comment.read",
    over=(OPEN,),
    pace_ms=200,
)
