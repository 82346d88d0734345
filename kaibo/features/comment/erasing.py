"""A viewer's question beside the answer it got, in its show and in the copies that teach other shows."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from kaibo.core.erasing import ERASED, Eraser, Viewer, each
from kaibo.core.event import Fact
from kaibo.features.comment.facts import (
    AnswerRemembered,
    AnswersGiven,
    CommentAnswered,
    CommentReplyAsked,
    CommentReplySent,
    KnownAnswer,
)

R = TypeVar("R", CommentReplyAsked, CommentReplySent)


def _question(question: str, viewer: Viewer) -> str:
    return ERASED if question in viewer.texts else question


def _unknown(known: KnownAnswer, viewer: Viewer) -> KnownAnswer:
    if known.show_id != viewer.show_id:
        return known
    return replace(known, question=_question(known.question, viewer), answer=viewer.unnamed(known.answer))


def answered(fact: CommentAnswered, seq: int, viewer: Viewer) -> CommentAnswered:
    """The team's answer."""
    del seq
    return replace(fact, question=_question(fact.question, viewer), answer=viewer.unnamed(fact.answer))


def replied(fact: R, seq: int, viewer: Viewer) -> R:
    """The team's reply, which may mention who asked."""
    del seq
    return replace(fact, question=_question(fact.question, viewer), text=viewer.unnamed(fact.text))


def remembered(fact: AnswerRemembered, seq: int, viewer: Viewer) -> AnswerRemembered:
    """An answer of the show this viewer asked in."""
    del seq
    return replace(fact, known=_unknown(fact.known, viewer))


ERASES: Mapping[type[Fact], Eraser] = {
    CommentAnswered: answered,
    CommentReplyAsked: replied,
    CommentReplySent: replied,
    AnswerRemembered: remembered,
    AnswersGiven: each("answers", _unknown),
}


def without_original(fact: AnswersGiven, shows: Collection[str], originals: Sequence[KnownAnswer]) -> AnswersGiven:
    """A copy lives as long as its original does: answers of these shows read as the workspace remembers them now, and not at all where it does not."""
    asked = {(one.show_id, one.product_id, one.question): one for one in originals}

    def now(known: KnownAnswer) -> KnownAnswer:
        if known.show_id not in shows or known in originals:
            return known
        original = asked.get((known.show_id, known.product_id, known.question))
        return replace(known, question=ERASED, answer=ERASED) if original is None else original

    return replace(fact, answers=tuple(now(known) for known in fact.answers))
