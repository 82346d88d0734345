"""Comments: what viewers write, told apart, with an answer at hand for those who ask."""

from kaibo.core.feature import Feature
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.commands import (
    AnswerComment,
    ConfirmReply,
    DismissComment,
    FailReply,
    ReplyToComment,
    SettleQuestion,
)
from kaibo.features.comment.facts import (
    CommentAnswered,
    CommentDismissed,
    CommentReplyAsked,
    CommentReplyFailed,
    CommentReplySent,
)
from kaibo.features.comment.questions import QUESTIONS
from kaibo.features.comment.react import SETTLING
from kaibo.features.comment.rules import decide
from kaibo.features.comment.shop_sheet import AIR_FACTS, SHEET_FACTS
from kaibo.features.comment.state import CommentState, fold
from kaibo.features.comment.stream import STREAM
from kaibo.features.comment.topics import TOPICS
from kaibo.features.comment.view import COUNTS, WINDOW
from kaibo.features.prompter.facts import QuestionFinished, QuestionHanded

FEATURE = Feature(
    name="comment",
    streams=("show",),
    facts=(CommentAnswered, CommentDismissed, CommentReplyAsked, CommentReplySent, CommentReplyFailed),
    commands=(AnswerComment, DismissComment, ReplyToComment, ConfirmReply, FailReply, SettleQuestion),
    state=CommentState,
    fold=fold,
    decide=decide,
    reads=(AudienceBatch, QuestionHanded, QuestionFinished, *SHEET_FACTS, *AIR_FACTS),
    views=(STREAM, WINDOW, QUESTIONS, COUNTS, TOPICS),
    reactions=(SETTLING,),
)

__all__ = ["FEATURE"]
