"""Comments: what viewers write, told apart, with an answer at hand for those who ask."""

from kaibo.core.feature import Feature
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.commands import (
    AnswerComment,
    ChooseModel,
    CorrectComment,
    DismissComment,
    GiveAnswers,
    RememberAnswer,
)
from kaibo.features.comment.facts import (
    AnswerRemembered,
    AnswersGiven,
    CommentAnswered,
    CommentCorrected,
    CommentDismissed,
    ModelChosen,
)
from kaibo.features.comment.memory import MEMORY
from kaibo.features.comment.questions import QUESTIONS
from kaibo.features.comment.rules import decide
from kaibo.features.comment.state import CommentState, fold
from kaibo.features.comment.topics import TOPICS
from kaibo.features.comment.view import COUNTS, WINDOW
from kaibo.features.product.facts import ProductAdded, ProductRemoved
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded
from kaibo.features.show.facts import ShowEnded

FEATURE = Feature(
    name="comment",
    streams=("show", "workspace"),
    facts=(CommentAnswered, CommentDismissed, CommentCorrected, ModelChosen, AnswersGiven, AnswerRemembered),
    commands=(AnswerComment, DismissComment, CorrectComment, ChooseModel, GiveAnswers, RememberAnswer),
    state=CommentState,
    fold=fold,
    decide=decide,
    reads=(AudienceBatch, QuestionHanded, QuestionFinished, ProductAdded, ProductRemoved, ShowEnded),
    views=(WINDOW, QUESTIONS, COUNTS, TOPICS, MEMORY),
)

__all__ = ["FEATURE"]
