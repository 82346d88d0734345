"""What the team did with comments. The comments themselves are in the audience stream, by address `seq:index`."""

from typing import Literal

import msgspec

from kaibo.core.event import Fact

Refs = tuple[str, ...]
Kind = Literal["question", "order", "aftersales", "praise", "other", "spam"]


class KnownAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was given once: to which question, about which product ("" for all), in which show."""

    question: str
    answer: str
    product_id: str = ""
    show_id: str = ""
    show_title: str = ""


class CommentAnswered(Fact, frozen=True, kw_only=True, tag="comment.answered"):
    """Somebody answered a comment with these words, in the platform or by voice; `also`: others who asked the same.

    `question` and `product_id` say what was asked, so that the answer serves again; "" for what was no open question.
    """

    comment_ref: str
    answer: str = ""
    also: Refs = ()
    question: str = ""
    product_id: str = ""


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
    question: str = ""
    product_id: str = ""


class CommentReplySent(Fact, frozen=True, kw_only=True, tag="comment.reply_sent"):
    """The platform took the reply: the comment, and `also` those who asked the same, are answered.

    `by_hand`: a person wrote it there, and says so.
    """

    reply_id: str
    comment_ref: str
    text: str
    also: Refs = ()
    question: str = ""
    product_id: str = ""
    by_hand: bool = False


class CommentReplyFailed(Fact, frozen=True, kw_only=True, tag="comment.reply_failed"):
    """The platform did not take the reply: the comment stands open again. `code` names the reason."""

    reply_id: str
    comment_ref: str
    code: str
    also: Refs = ()


class CommentCorrected(Fact, frozen=True, kw_only=True, tag="comment.corrected"):
    """A person says what a comment is, whatever triage said; `product_id` None leaves the product as it was told."""

    comment_ref: str
    kind: Kind
    product_id: str | None = None


class QuestionsLate(Fact, frozen=True, kw_only=True, tag="comment.questions_late"):
    """So many unlike questions wait for longer than a minute now; told when the number changes, every twenty seconds at most."""

    count: int


class ModelChosen(Fact, frozen=True, kw_only=True, tag="comment.model_chosen"):
    """From here on comments of this show are sorted with these weights. They stand in the log so that it replays for ever.

    `weights` are base64 over zlib over int8 (see `model.py`), `digest` their fingerprint.
    """

    version: str
    digest: str
    weights: str


class AnswersGiven(Fact, frozen=True, kw_only=True, tag="comment.answers_given"):
    """What other shows of the workspace answered, copied here when the show was planned or went on air."""

    answers: tuple[KnownAnswer, ...]


class AnswerRemembered(Fact, frozen=True, kw_only=True, tag="comment.answer_remembered"):
    """Workspace log: an answer of a show that others may use."""

    known: KnownAnswer
