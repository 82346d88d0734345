"""What may be done with a comment, and what the system teaches a show."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.comment.facts import Kind, KnownAnswer

Ref = Annotated[str, Meta(pattern=r"^[0-9]{1,12}:[0-9]{1,6}$")]
Words = Annotated[str, Meta(max_length=500)]
ProductId = Annotated[str, Meta(max_length=64)]
GIVEN_MAX = 500  # answers copied into a show: more than anybody's list of common questions


class AnswerComment(Command, frozen=True, kw_only=True, tag="comment.answer"):
    """Mark a comment as answered. With `question` and `product_id` the answer is kept for like questions, here and in later shows."""

    duty: ClassVar = "comment.reply"
    comment_ref: Ref
    answer: Words = ""
    question: Words = ""
    product_id: ProductId = ""


class DismissComment(Command, frozen=True, kw_only=True, tag="comment.dismiss"):
    """Take a comment off the list of open questions."""

    duty: ClassVar = "comment.reply"
    comment_ref: Ref


class CorrectComment(Command, frozen=True, kw_only=True, tag="comment.correct"):
    """Say what a comment is, and what it is about ("" for nothing, null to leave it). The same word again is no news."""

    duty: ClassVar = "comment.correct"
    comment_ref: Ref
    kind: Kind
    product_id: ProductId | None = None


class ChooseModel(Command, frozen=True, kw_only=True, tag="comment.choose_model"):
    """Sort the comments of this show with these weights from now on (done by a follower, not by people)."""

    duty: ClassVar = "comment.teach"
    version: Annotated[str, Meta(min_length=1, max_length=40)]
    weights: Annotated[str, Meta(max_length=400_000)]


class GiveAnswers(Command, frozen=True, kw_only=True, tag="comment.give_answers"):
    """Copy answers of other shows into this one (done by a follower)."""

    duty: ClassVar = "comment.teach"
    answers: Annotated[tuple[KnownAnswer, ...], Meta(max_length=GIVEN_MAX)]


class RememberAnswer(Command, frozen=True, kw_only=True, tag="comment.remember_answer"):
    """Workspace stream: keep an answer for later shows (done by a follower)."""

    duty: ClassVar = "comment.teach"
    known: KnownAnswer
