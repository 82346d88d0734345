"""What may be done with a comment."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command

Ref = Annotated[str, Meta(pattern=r"^[0-9]{1,12}:[0-9]{1,6}$")]
ReplyId = Annotated[str, Meta(min_length=1, max_length=64)]


class AnswerComment(Command, frozen=True, kw_only=True, tag="comment.answer"):
    """Mark a comment as answered; `also`: with everybody who asked the same and still waits."""

    duty: ClassVar = "comment.reply"
    comment_ref: Ref
    answer: Annotated[str, Meta(max_length=500)] = ""
    also: bool = False


class DismissComment(Command, frozen=True, kw_only=True, tag="comment.dismiss"):
    """Take a comment off the list of open questions; `also`: with everybody who asked the same and still waits."""

    duty: ClassVar = "comment.reply"
    comment_ref: Ref
    also: bool = False


class ReplyToComment(Command, frozen=True, kw_only=True, tag="comment.reply"):
    """Write a reply under a comment on its platform, where the source can; `also`: it answers all who asked the same."""

    duty: ClassVar = "comment.reply"
    reply_id: ReplyId
    comment_ref: Ref
    text: Annotated[str, Meta(min_length=1, max_length=500)]
    also: bool = False


class ConfirmReply(Command, frozen=True, kw_only=True, tag="comment.confirm_reply"):
    """The platform took the reply."""

    duty: ClassVar = "comment.settle"
    reply_id: ReplyId


class FailReply(Command, frozen=True, kw_only=True, tag="comment.fail_reply"):
    """The platform did not take the reply."""

    duty: ClassVar = "comment.settle"
    reply_id: ReplyId
    code: Annotated[str, Meta(min_length=1, max_length=64)]


class SettleQuestion(Command, frozen=True, kw_only=True, tag="comment.settle_question"):
    """The host answered a question on air: so it is answered for all who asked the same."""

    duty: ClassVar = "comment.settle"
    question_id: Annotated[str, Meta(min_length=1, max_length=64)]
