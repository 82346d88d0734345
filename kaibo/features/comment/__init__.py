"""Comments: what viewers write, told apart, with an answer at hand for those who ask."""

from kaibo.core.feature import Feature
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.commands import AnswerComment, DismissComment
from kaibo.features.comment.facts import CommentAnswered, CommentDismissed
from kaibo.features.comment.rules import decide
from kaibo.features.comment.state import CommentState, fold
from kaibo.features.comment.topics import TOPICS
from kaibo.features.comment.view import COUNTS, QUESTIONS, WINDOW
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded

FEATURE = Feature(
    name="comment",
    streams=("show",),
    facts=(CommentAnswered, CommentDismissed),
    commands=(AnswerComment, DismissComment),
    state=CommentState,
    fold=fold,
    decide=decide,
    reads=(AudienceBatch, QuestionHanded, QuestionFinished),
    views=(WINDOW, QUESTIONS, COUNTS, TOPICS),
)

__all__ = ["FEATURE"]
