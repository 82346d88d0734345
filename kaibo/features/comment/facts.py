"""What the team did with comments. The comments themselves are in the audience stream, by address `seq:index`."""

from kaibo.core.event import Fact

Refs = tuple[str, ...]


class CommentAnswered(Fact, frozen=True, kw_only=True, tag="comment.answered"):
    """Somebody answered a comment with these words, in the platform or by voice; `also`: others who asked the same."""

    comment_ref: str
    answer: str = ""
    also: Refs = ()


class CommentDismissed(Fact, frozen=True, kw_only=True, tag="comment.dismissed"):
    """A comment marked as question needs no answer; `also`: others who asked the same."""

    comment_ref: str
    also: Refs = ()


class CommentReplyAsked(Fact, frozen=True, kw_only=True, tag="comment.reply_asked"):
    """A reply is to be written under a comment on the platform it came from (`source`)."""

    reply_id: str
    comment_ref: str
    source: str
    text: str
    also: Refs = ()


class CommentReplySent(Fact, frozen=True, kw_only=True, tag="comment.reply_sent"):
    """The platform took the reply: the comment, and `also` those who asked the same, are answered."""

    reply_id: str
    comment_ref: str
    text: str
    also: Refs = ()


class CommentReplyFailed(Fact, frozen=True, kw_only=True, tag="comment.reply_failed"):
    """The platform did not take the reply: the comment stands open again. `code` names the reason."""

    reply_id: str
    comment_ref: str
    code: str
    also: Refs = ()
