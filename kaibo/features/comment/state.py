"""What the rules of comments must remember: which addresses there are, who asked the same, and what was done with them."""

from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Command, Event, Fact
from kaibo.core.slice import Touched
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.comment.facts import (
    AnswerRemembered,
    AnswersGiven,
    CommentCorrected,
    CommentReplyAsked,
    CommentReplyFailed,
    CommentReplySent,
    KnownAnswer,
    ModelChosen,
)
from kaibo.features.comment.marks import Marks
from kaibo.features.comment.questions import OPEN, OpenQuestions
from kaibo.features.comment.waiting import Waiting
from kaibo.features.prompter.facts import QuestionHanded
from kaibo.features.show.slices import ShowNow


class Batch(msgspec.Struct, frozen=True, gc=False):
    """How many comments a batch holds, and where they came from. An evening has tens of thousands of them."""

    comments: int
    source: str
    replies: bool


@dataclass(slots=True)
class CommentState:
    """`batches` by seq; `replies` under way by reply_id.

    `handings`: what went to the host, by question_id; `model` and `given`: what the show was taught last; `remembered`: the
    workspace's answers by question and product.
    """

    show: ShowNow
    questions: OpenQuestions
    batches: dict[int, Batch] = field(default_factory=dict[int, Batch])
    replies: dict[str, CommentReplyAsked] = field(default_factory=dict[str, CommentReplyAsked])
    corrected: dict[str, CommentCorrected] = field(default_factory=dict[str, CommentCorrected])
    handings: dict[str, QuestionHanded] = field(default_factory=dict[str, QuestionHanded])
    waiting: Waiting = field(default_factory=Waiting)
    model: str = ""
    given: tuple[KnownAnswer, ...] = ()
    remembered: dict[tuple[str, str], KnownAnswer] = field(default_factory=dict[tuple[str, str], KnownAnswer])

    @property
    def marks(self) -> Marks:
        """What was done with each comment."""
        return self.questions.marks

    def knows(self, ref: str) -> bool:
        """Is there a comment at this address (`seq:index`)?"""
        seq, _, index = ref.partition(":")
        batch = self.batches.get(int(seq))
        return batch is not None and int(index) < batch.comments

    def batch_of(self, ref: str) -> Batch:
        """The batch of an address that is known."""
        return self.batches[int(ref.partition(":")[0])]


def begin(show: ShowNow, questions: OpenQuestions) -> CommentState:
    """Nothing was said yet."""
    return CommentState(show, questions)


def _reply(state: CommentState, fact: CommentReplyAsked | CommentReplySent | CommentReplyFailed) -> None:
    match fact:
        case CommentReplyAsked():
            state.replies[fact.reply_id] = fact
        case CommentReplySent() | CommentReplyFailed():
            state.replies.pop(fact.reply_id, None)


def fold(state: CommentState, event: Event[Fact], touched: Touched) -> None:
    """Take one event in."""
    match event.fact:
        case AudienceBatch() as batch if batch.comments:
            state.batches[event.seq] = Batch(batch.comments, batch.source, batch.replies)
        case CommentReplyAsked() | CommentReplySent() | CommentReplyFailed() as reply:
            _reply(state, reply)
        case QuestionHanded() as handed:
            state.handings[handed.question_id] = handed
        case CommentCorrected() as correction:
            state.corrected[correction.comment_ref] = correction
        case ModelChosen(digest=digest):
            state.model = digest
        case AnswersGiven(answers=answers):
            state.given = answers
        case AnswerRemembered(known=known):
            state.remembered[known.question, known.product_id] = known
        case _:
            pass
    state.waiting.fold(event)
    if touched.of(OPEN):
        state.waiting.look(state.questions)


def due(state: CommentState) -> tuple[int, Command] | None:
    """The next time to say how many questions wait for too long."""
    return state.waiting.due() if state.show.live else None
