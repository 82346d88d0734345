"""What may be done with a comment: answer it, reply to it on its platform, or say that it needs no answer."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.features.comment.commands import AnswerComment, ConfirmReply, DismissComment, FailReply, ReplyToComment, SettleQuestion
from kaibo.features.comment.facts import (
    CommentAnswered,
    CommentDismissed,
    CommentReplyAsked,
    CommentReplyFailed,
    CommentReplySent,
    Refs,
)
from kaibo.features.comment.marks import SETTLED
from kaibo.features.comment.state import CommentState

AnyCommand = AnswerComment | DismissComment | ReplyToComment | ConfirmReply | FailReply | SettleQuestion


class CommentUnknown(Refusal):
    """No comment has this address: data {comment_ref}."""

    code = "comment.unknown"
    status = 404


class SourceTakesNoReply(Refusal):
    """Where this comment came from, nobody can write back from here: data {source}."""

    code = "comment.source_takes_no_reply"


class ReplyUnderWay(Refusal):
    """A reply to this comment is on its way already: data {comment_ref}."""

    code = "comment.reply_under_way"


class ReplyUnknown(Refusal):
    """No reply of this id is on its way: data {reply_id}."""

    code = "comment.reply_unknown"
    status = 404


def decide(state: CommentState, command: AnyCommand, ctx: Context) -> Sequence[Fact]:
    """One fact; none when the comment stands so already. An answered comment may get a further answer."""
    match command:
        case AnswerComment():
            return _answer(state, command)
        case DismissComment():
            return _dismiss(state, command)
        case ReplyToComment():
            return _reply(state, command)
        case ConfirmReply():
            asked = _under_way(state, command.reply_id)
            return (CommentReplySent(reply_id=asked.reply_id, comment_ref=asked.comment_ref, text=asked.text, also=asked.also),)
        case FailReply():
            asked = _under_way(state, command.reply_id)
            return (
                CommentReplyFailed(reply_id=asked.reply_id, comment_ref=asked.comment_ref, code=command.code, also=asked.also),
            )
        case SettleQuestion():
            waiting = tuple(ref for ref in state.finished.get(command.question_id, ()) if state.marks.open(ref))
            return (CommentAnswered(comment_ref=waiting[0], also=waiting[1:]),) if waiting else ()
        case _:
            assert_never(command)


def _answer(state: CommentState, command: AnswerComment) -> Sequence[Fact]:
    ref = _known(state, command.comment_ref)
    also = _also(state, ref, also=command.also)
    if state.marks.of.get(ref) == "answered" and not command.answer and not also:
        return ()
    return (CommentAnswered(comment_ref=ref, answer=command.answer, also=also),)


def _dismiss(state: CommentState, command: DismissComment) -> Sequence[Fact]:
    ref = _known(state, command.comment_ref)
    also = _also(state, ref, also=command.also)
    if state.marks.of.get(ref) not in SETTLED:
        return (CommentDismissed(comment_ref=ref, also=also),)
    return (CommentDismissed(comment_ref=also[0], also=also[1:]),) if also else ()


def _reply(state: CommentState, command: ReplyToComment) -> Sequence[Fact]:
    ref = _known(state, command.comment_ref)
    batch = state.batch_of(ref)
    if not batch.replies:
        raise SourceTakesNoReply(source=batch.source)
    if state.marks.of.get(ref) == "replying":
        raise ReplyUnderWay(comment_ref=ref)
    also = _also(state, ref, also=command.also)
    return (CommentReplyAsked(reply_id=command.reply_id, comment_ref=ref, source=batch.source, text=command.text, also=also),)


def _also(state: CommentState, ref: str, *, also: bool) -> Refs:
    return state.questions.same(ref) if also else ()


def _under_way(state: CommentState, reply_id: str) -> CommentReplyAsked:
    asked = state.replies.get(reply_id)
    if asked is None:
        raise ReplyUnknown(reply_id=reply_id)
    return asked


def _known(state: CommentState, comment_ref: str) -> str:
    ref = plain(comment_ref)
    if not state.knows(ref):
        raise CommentUnknown(comment_ref=comment_ref)
    return ref


def plain(ref: str) -> str:
    """One address, one spelling: `007:01` -> `7:1`."""
    seq, _, index = ref.partition(":")
    return f"{int(seq)}:{int(index)}"
