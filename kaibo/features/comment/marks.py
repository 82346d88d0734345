"""What the team did with each comment, by address."""

from dataclasses import dataclass, field
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.features.comment.facts import (
    CommentAnswered,
    CommentDismissed,
    CommentReplyAsked,
    CommentReplyFailed,
    CommentReplySent,
    Refs,
)
from kaibo.features.moderation.facts import HIDING_FACTS, hidden_by
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded

MARK_FACTS = (
    CommentAnswered,
    CommentDismissed,
    CommentReplyAsked,
    CommentReplySent,
    CommentReplyFailed,
    QuestionHanded,
    QuestionFinished,
    *HIDING_FACTS,
)
Mark = Literal["handed", "replying", "reply_failed", "answered", "dismissed"]
SETTLED: frozenset[Mark | None] = frozenset({"answered", "dismissed"})


@dataclass(slots=True)
class Marks:
    """`of` is handed, replying, reply_failed, answered or dismissed by address; `handed` addresses by question_id."""

    of: dict[str, Mark] = field(default_factory=dict[str, Mark])
    handed: dict[str, str] = field(default_factory=dict[str, str])

    def open(self, ref: str) -> bool:
        """Does the comment still wait for somebody?"""
        return self.of.get(ref, "reply_failed") == "reply_failed"

    def fold(self, event: Event[Fact]) -> Refs:
        """Take one event in; give the addresses whose mark may have changed."""
        match event.fact:
            case CommentAnswered(comment_ref=ref, also=also) | CommentReplySent(comment_ref=ref, also=also):
                return self._set((ref, *also), "answered")
            case CommentDismissed(comment_ref=ref, also=also):
                return self._set((ref, *also), "dismissed")
            case CommentReplyAsked(comment_ref=ref, also=also):
                return self._set((ref, *also), "replying")
            case CommentReplyFailed(comment_ref=ref, also=also):
                return self._set(tuple(one for one in (ref, *also) if self.of.get(one) == "replying"), "reply_failed")
            case QuestionHanded(comment_ref=str() as ref, question_id=question_id):
                self.handed[question_id] = ref
                return self._set((ref,), "handed") if self.of.get(ref) != "answered" else ()
            case QuestionFinished(question_id=question_id, outcome=outcome):
                return self._finish(self.handed.pop(question_id, ""), outcome)
            case _:
                return self._taken_back(hidden_by(event.fact))

    def _taken_back(self, refs: Refs) -> Refs:
        """What is hidden the host sees no more, so it is at the host no more."""
        gone = tuple(ref for ref in refs if self.of.get(ref) == "handed")
        for ref in gone:
            del self.of[ref]
        if gone:
            self.handed = {question_id: ref for question_id, ref in self.handed.items() if ref not in gone}
        return gone

    def _set(self, refs: Refs, mark: Mark) -> Refs:
        self.of.update(dict.fromkeys(refs, mark))
        return refs

    def _finish(self, ref: str, outcome: str) -> Refs:
        """Answered on air is answered; taken back stands open again, unless something else was done with it since."""
        if not ref:
            return ()
        if outcome == "answered":
            return self._set((ref,), "answered")
        if self.of.get(ref) == "handed":
            del self.of[ref]
            return (ref,)
        return ()
