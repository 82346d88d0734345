"""What the team did with comments. The comments themselves are in the audience stream."""

from typing import Literal

import msgspec

from kaibo.core.event import Fact

Kind = Literal["question", "order", "aftersales", "praise", "other", "spam"]


class KnownAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was given once: to which question, about which product ("" for all), in which show."""

    question: str
    answer: str
    product_id: str = ""
    show_id: str = ""
    show_title: str = ""


class CommentAnswered(Fact, frozen=True, kw_only=True, tag="comment.answered"):
    """Somebody answered a comment (address `seq:index`) with these words, in the platform or by voice.

    `question` and `product_id` say what was asked, so that the answer serves again; "" when the caller did not say.
    """

    comment_ref: str
    answer: str = ""
    question: str = ""
    product_id: str = ""


class CommentDismissed(Fact, frozen=True, kw_only=True, tag="comment.dismissed"):
    """A comment marked as question needs no answer."""

    comment_ref: str


class CommentCorrected(Fact, frozen=True, kw_only=True, tag="comment.corrected"):
    """A person says what a comment is, whatever triage said; `product_id` None leaves the product as it was told."""

    comment_ref: str
    kind: Kind
    product_id: str | None = None


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
