"""The comment desk: the newest comments, the questions nobody has answered yet, and exact counts beside them."""

from kaibo.core.feature import Feature
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.commands import AnswerComment, DismissComment
from kaibo.features.comment.facts import CommentAnswered, CommentDismissed
from kaibo.features.comment.rules import decide
from kaibo.features.comment.state import CommentState, fold
from kaibo.features.comment.view import COUNTS, QUESTIONS, WINDOW

FEATURE = Feature(
    name="comment",
    streams=("show",),
    facts=(CommentAnswered, CommentDismissed),
    commands=(AnswerComment, DismissComment),
    state=CommentState,
    fold=fold,
    decide=decide,
    reads=(AudienceBatch,),
    views=(WINDOW, QUESTIONS, COUNTS),
)

__all__ = ["FEATURE"]
