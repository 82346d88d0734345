"""What may be done with a comment."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.comment.commands import AnswerComment, DismissComment
from kaibo.features.comment.facts import CommentAnswered, CommentDismissed
from kaibo.features.comment.state import CommentState


class CommentUnknown(Refusal):
    """No comment has this address: data {comment_ref}."""

    code = "comment.unknown"
    status = 404


class CommentSettled(Refusal):
    """Somebody was faster: data {comment_ref, state}."""

    code = "comment.settled"


def decide(state: CommentState, command: AnswerComment | DismissComment, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to, or a refusal."""
    del ctx
    _open(state, command.comment_ref)
    match command:
        case AnswerComment():
            return (CommentAnswered(comment_ref=command.comment_ref, answer=command.answer),)
        case DismissComment():
            return (CommentDismissed(comment_ref=command.comment_ref),)
        case _:
            assert_never(command)


def _open(state: CommentState, ref: str) -> None:
    if not state.has(ref):
        raise CommentUnknown(comment_ref=ref)
    if ref in state.settled:
        raise CommentSettled(comment_ref=ref, state=state.settled[ref])
