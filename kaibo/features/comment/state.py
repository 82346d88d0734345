"""What the rules of comments must remember: which addresses there are, and what was done with them."""

from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.facts import (
    AnswerRemembered,
    AnswersGiven,
    CommentAnswered,
    CommentCorrected,
    CommentDismissed,
    KnownAnswer,
    ModelChosen,
)
from kaibo.features.product.facts import ProductAdded, ProductRemoved
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded
from kaibo.features.show.facts import ShowEnded


@dataclass(slots=True)
class Marks:
    """What the team did with comments: `of` is handed, answered or dismissed by address; `handed` addresses by question_id."""

    of: dict[str, str] = field(default_factory=dict[str, str])
    handed: dict[str, str] = field(default_factory=dict[str, str])

    def fold(self, event: Event[Any]) -> str:
        """Take one event in; give the address whose mark changed, "" when none did."""
        match event.fact:
            case CommentAnswered(comment_ref=ref):
                return self._set(ref, "answered")
            case CommentDismissed(comment_ref=ref):
                return self._set(ref, "dismissed")
            case QuestionHanded(comment_ref=str() as ref, question_id=question_id):
                self.handed[question_id] = ref
                return self._set(ref, "handed") if self.of.get(ref) != "answered" else ""
            case QuestionFinished(question_id=question_id, outcome=outcome):
                return self._finish(self.handed.pop(question_id, ""), outcome)
            case _:
                return ""

    def _set(self, ref: str, mark: str) -> str:
        self.of[ref] = mark
        return ref

    def _finish(self, ref: str, outcome: str) -> str:
        """Answered on air is answered; taken back stands open again, unless something else was done with it since."""
        if not ref:
            return ""
        if outcome == "answered":
            return self._set(ref, "answered")
        if self.of.get(ref) == "handed":
            del self.of[ref]
            return ref
        return ""


@dataclass(slots=True)
class CommentState:
    """`comments`: how many comments a batch holds, by its seq. `handings`: what went to the host, by question_id.

    `given` and `model`: what the show was taught last; `remembered`: the workspace's answers by question and product.
    """

    comments: dict[int, int] = field(default_factory=dict[int, int])
    marks: Marks = field(default_factory=Marks)
    corrected: dict[str, CommentCorrected] = field(default_factory=dict[str, CommentCorrected])
    products: set[str] = field(default_factory=set[str])
    handings: dict[str, QuestionHanded] = field(default_factory=dict[str, QuestionHanded])
    model: str = ""
    given: tuple[KnownAnswer, ...] = ()
    ended: bool = False
    remembered: dict[tuple[str, str], KnownAnswer] = field(default_factory=dict[tuple[str, str], KnownAnswer])

    def knows(self, ref: str) -> bool:
        """Is there a comment at this address (`seq:index`)?"""
        seq, _, index = ref.partition(":")
        return int(index) < self.comments.get(int(seq), 0)


def fold(state: CommentState, event: Event[Any]) -> None:
    """Take one event in."""
    match event.fact:
        case AudienceBatch(comments=comments):
            if comments:
                state.comments[event.seq] = comments
        case CommentCorrected() as correction:
            state.corrected[correction.comment_ref] = correction
        case ProductAdded(product=sheet):
            state.products.add(sheet.product_id)
        case ProductRemoved(product_id=product_id):
            state.products.discard(product_id)
        case ModelChosen(digest=digest):
            state.model = digest
        case AnswersGiven(answers=answers):
            state.given = answers
        case AnswerRemembered(known=known):
            state.remembered[known.question, known.product_id] = known
        case ShowEnded():
            state.ended = True
        case _:
            if isinstance(event.fact, QuestionHanded):
                state.handings[event.fact.question_id] = event.fact
            state.marks.fold(event)
