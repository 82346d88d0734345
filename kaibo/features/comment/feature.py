"""Comments: what viewers write, told apart, with an answer at hand for those who ask."""

from kaibo.core.feature import Feature
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.commands import (
    AnswerComment,
    ChooseModel,
    ConfirmReply,
    CorrectComment,
    DismissComment,
    FailReply,
    GiveAnswers,
    RememberAnswer,
    ReplyToComment,
    SettleQuestion,
    SettleReplyByHand,
    TellLateQuestions,
)
from kaibo.features.comment.erasing import ERASES
from kaibo.features.comment.facts import (
    AnswerRemembered,
    AnswersGiven,
    CommentAnswered,
    CommentCorrected,
    CommentDismissed,
    CommentReplyAsked,
    CommentReplyFailed,
    CommentReplySent,
    ModelChosen,
    QuestionsLate,
)
from kaibo.features.comment.memory import MEMORY
from kaibo.features.comment.questions import OPEN, QUESTIONS
from kaibo.features.comment.react import SETTLING, followers
from kaibo.features.comment.routes import OPERATIONS, ROUTES
from kaibo.features.comment.rules import decide
from kaibo.features.comment.state import begin, due, fold
from kaibo.features.comment.stream import STREAM
from kaibo.features.comment.topics import TOPICS
from kaibo.features.comment.view import COUNTS, WINDOW
from kaibo.features.prompter.facts import QuestionHanded
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="comment",
    streams=("show", "workspace"),
    facts=(
        CommentAnswered,
        CommentDismissed,
        CommentCorrected,
        CommentReplyAsked,
        CommentReplySent,
        CommentReplyFailed,
        QuestionsLate,
        ModelChosen,
        AnswersGiven,
        AnswerRemembered,
    ),
    commands=(
        AnswerComment,
        DismissComment,
        CorrectComment,
        ReplyToComment,
        ConfirmReply,
        FailReply,
        SettleReplyByHand,
        SettleQuestion,
        TellLateQuestions,
        ChooseModel,
        GiveAnswers,
        RememberAnswer,
    ),
    state=begin,
    fold=fold,
    decide=decide,
    reads=(AudienceBatch, QuestionHanded),
    over=(STAGE, OPEN),
    views=(STREAM, WINDOW, QUESTIONS, COUNTS, TOPICS, MEMORY),
    reactions=(SETTLING,),
    due=due,
    routes=ROUTES,
    operations=OPERATIONS,
    followers=followers,
    erases=ERASES,
)
