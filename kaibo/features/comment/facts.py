"""What the team did with comments. The comments themselves are in the audience stream."""

from kaibo.core.event import Fact


class CommentAnswered(Fact, frozen=True, kw_only=True, tag="comment.answered"):
    """Somebody answered a comment (address `seq:index`) with these words, in the platform or by voice."""

    comment_ref: str
    answer: str = ""


class CommentDismissed(Fact, frozen=True, kw_only=True, tag="comment.dismissed"):
    """A comment marked as question needs no answer."""

    comment_ref: str
