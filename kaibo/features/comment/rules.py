"""What may be done with a comment: answer it, or say that it needs no answer."""

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


def decide(state: CommentState, command: AnswerComment | DismissComment, ctx: Context) -> Sequence[Fact]:
    """One fact; none when the comment stands so already. An answered comment may get a further answer."""
    ref = plain(command.comment_ref)
    if not state.knows(ref):
        raise CommentUnknown(comment_ref=command.comment_ref)
    mark = state.marks.of.get(ref)
    match command:
        case AnswerComment():
            return () if mark == "answered" and not command.answer else (CommentAnswered(comment_ref=ref, answer=command.answer),)
        case DismissComment():
            return () if mark in ("answered", "dismissed") else (CommentDismissed(comment_ref=ref),)
        case _:
            assert_never(command)


def plain(ref: str) -> str:
    """One address, one spelling: `007:01` -> `7:1`."""
    seq, _, index = ref.partition(":")
    return f"{int(seq)}:{int(index)}"
