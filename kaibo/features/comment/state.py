"""What the rules of comments must remember: which addresses there are, and what was done with them."""

from dataclasses import dataclass, field
from typing import Any

from kaibo.core.event import Event
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.facts import CommentAnswered, CommentDismissed
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded


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
    """`comments`: how many comments a batch holds, by its seq."""

    comments: dict[int, int] = field(default_factory=dict[int, int])
    marks: Marks = field(default_factory=Marks)

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
        case _:
            state.marks.fold(event)
