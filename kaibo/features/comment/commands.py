"""What may be done with a comment."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command

Ref = Annotated[str, Meta(pattern=r"^[0-9]{1,12}:[0-9]{1,6}$")]


class AnswerComment(Command, frozen=True, kw_only=True, tag="comment.answer"):
    """Mark a comment as answered."""

    duty: ClassVar = "comment.reply"
    comment_ref: Ref
    answer: Annotated[str, Meta(max_length=500)] = ""


class DismissComment(Command, frozen=True, kw_only=True, tag="comment.dismiss"):
    """Take a comment off the list of open questions."""

    duty: ClassVar = "comment.reply"
    comment_ref: Ref
