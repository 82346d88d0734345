"""What may be done with a comment, and what the system teaches a show."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.comment.facts import Kind, KnownAnswer

Ref = Annotated[str, Meta(pattern=r"^[0-9]{1,12}:[0-9]{1,6}(?!\n)$")]
ProductId = Annotated[str, Meta(max_length=64)]
GIVEN_MAX = 500  # answers copied into a show: more than anybody's list of common questions
ReplyId = Annotated[str, Meta(min_length=1, max_length=64)]


class AnswerComment(Command, frozen=True, kw_only=True, tag="comment.answer"):
    """Mark a comment as answered; `also`: with everybody who asked the same and still waits."""

    duty: ClassVar = "comment.reply"
    streams: ClassVar = ("show",)
    comment_ref: Ref
    answer: Annotated[str, Meta(max_length=500)] = ""
    also: bool = False


class DismissComment(Command, frozen=True, kw_only=True, tag="comment.dismiss"):
    """Take a comment off the list of open questions; `also`: with everybody who asked the same and still waits."""

    duty: ClassVar = "comment.reply"
    streams: ClassVar = ("show",)
    comment_ref: Ref
    also: bool = False


class ReplyToComment(Command, frozen=True, kw_only=True, tag="comment.reply"):
    """Write a reply under a comment on its platform, where the source can; `also`: it answers all who asked the same."""

    duty: ClassVar = "comment.reply"
    streams: ClassVar = ("show",)
    reply_id: ReplyId
    comment_ref: Ref
    text: Annotated[str, Meta(min_length=1, max_length=500)]
    also: bool = False


class ConfirmReply(Command, frozen=True, kw_only=True, tag="comment.confirm_reply"):
    """The platform took the reply."""

    duty: ClassVar = "comment.settle"
    streams: ClassVar = ("show",)
    reply_id: ReplyId


class FailReply(Command, frozen=True, kw_only=True, tag="comment.fail_reply"):
    """The platform did not take the reply."""

    duty: ClassVar = "comment.settle"
    streams: ClassVar = ("show",)
    reply_id: ReplyId
    code: Annotated[str, Meta(min_length=1, max_length=64)]


class SettleReplyByHand(Command, frozen=True, kw_only=True, tag="comment.settle_reply_by_hand"):
    """Somebody wrote the reply on the platform, and says so; `done` False: it will not be written, and the comment stands open again."""

    duty: ClassVar = "comment.reply"
    streams: ClassVar = ("show",)
    comment_ref: Ref
    done: bool = True


class SettleQuestion(Command, frozen=True, kw_only=True, tag="comment.settle_question"):
    """The host answered a question on air: so it is answered for all who asked the same."""

    duty: ClassVar = "comment.settle"
    streams: ClassVar = ("show",)
    question_id: Annotated[str, Meta(min_length=1, max_length=64)]


class TellLateQuestions(Command, frozen=True, kw_only=True, tag="comment.tell_late"):
    """Note how many questions wait for longer than a minute (a timer's command)."""

    duty: ClassVar = "comment.settle"
    streams: ClassVar = ("show",)


class CorrectComment(Command, frozen=True, kw_only=True, tag="comment.correct"):
    """Say what a comment is, and what it is about ("" for nothing, null to leave it). The same word again is no news.

    `also`: it holds for everybody who asked the same and still waits.
    """

    duty: ClassVar = "comment.correct"
    streams: ClassVar = ("show",)
    comment_ref: Ref
    kind: Kind
    product_id: ProductId | None = None
    also: bool = False


class ChooseModel(Command, frozen=True, kw_only=True, tag="comment.choose_model"):
    """Sort the comments of this show with these weights from now on (done by a follower, not by people)."""

    duty: ClassVar = "comment.teach"
    streams: ClassVar = ("show",)
    version: Annotated[str, Meta(min_length=1, max_length=40)]
    weights: Annotated[str, Meta(max_length=400_000)]


class GiveAnswers(Command, frozen=True, kw_only=True, tag="comment.give_answers"):
    """Copy answers of other shows into this one (done by a follower)."""

    duty: ClassVar = "comment.teach"
    streams: ClassVar = ("show",)
    answers: Annotated[tuple[KnownAnswer, ...], Meta(max_length=GIVEN_MAX)]


class RememberAnswer(Command, frozen=True, kw_only=True, tag="comment.remember_answer"):
    """Keep an answer for later shows (done by a follower)."""

    duty: ClassVar = "comment.teach"
    streams: ClassVar = ("workspace",)
    known: KnownAnswer
