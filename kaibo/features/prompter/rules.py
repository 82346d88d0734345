"""What may be put before the host, who can take in little while talking."""

from collections.abc import Sequence
from typing import assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.script import written
from kaibo.features.prompter.commands import FinishQuestion, HandQuestion, MessageHost, SetSignal
from kaibo.features.prompter.facts import HostMessaged, QuestionFinished, QuestionHanded, SignalSet
from kaibo.features.prompter.state import PrompterState

PrompterCommand = MessageHost | SetSignal | HandQuestion | FinishQuestion

QUESTIONS_MAX = 3  # what a host can keep an eye on while selling


class PrompterIdTaken(Refusal):
    """Another message or question has this id."""

    code = "prompter.id_taken"
    id: str


class QuestionBlank(Refusal):
    """A question of spaces is no question."""

    code = "prompter.question_blank"
    status = 422


class QuestionsFull(Refusal):
    """The host has as many questions as a host can take in."""

    code = "prompter.questions_full"
    max: int


class AlreadyHanded(Refusal):
    """The comment was handed to the host before."""

    code = "prompter.already_handed"
    comment_ref: str


class CommentKeptAway(Refusal):
    """Moderation hid this comment; release it first."""

    code = "prompter.comment_kept_away"
    comment_ref: str


class QuestionUnknown(Refusal):
    """No such question."""

    code = "prompter.question_unknown"
    status = 404
    question_id: str


class QuestionOver(Refusal):
    """The question no longer waits."""

    code = "prompter.question_over"
    question_id: str


def decide(state: PrompterState, command: PrompterCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    del ctx
    match command:
        case MessageHost():
            return _message(state, command)
        case SetSignal():
            return [] if command.signal == state.signal else [SignalSet(signal=command.signal)]
        case HandQuestion():
            return [_hand(state, command)]
        case FinishQuestion():
            return [_finish(state, command)]
        case _:
            assert_never(command)


def _message(state: PrompterState, command: MessageHost) -> Sequence[Fact]:
    if command.message_id in state.messages:
        raise PrompterIdTaken(id=command.message_id)
    text = written(command.text)
    if not text and not state.message:
        return []
    return [HostMessaged(message_id=command.message_id, text=text)]


def _hand(state: PrompterState, command: HandQuestion) -> QuestionHanded:
    text = written(command.text)
    if not text:
        raise QuestionBlank
    if command.question_id in state.seen:
        raise PrompterIdTaken(id=command.question_id)
    if command.comment_ref is not None and command.comment_ref in state.hidden:
        raise CommentKeptAway(comment_ref=command.comment_ref)
    if command.comment_ref is not None and command.comment_ref in state.refs:
        raise AlreadyHanded(comment_ref=command.comment_ref)
    if len(state.waiting) >= QUESTIONS_MAX:
        raise QuestionsFull(max=QUESTIONS_MAX)
    return QuestionHanded(
        question_id=command.question_id,
        text=text,
        answer=written(command.answer),
        comment_ref=command.comment_ref,
        product_id=command.product_id,
        asked_by=command.asked_by,
    )


def _finish(state: PrompterState, command: FinishQuestion) -> QuestionFinished:
    if command.question_id not in state.seen:
        raise QuestionUnknown(question_id=command.question_id)
    if command.question_id not in state.waiting:
        raise QuestionOver(question_id=command.question_id)
    return QuestionFinished(question_id=command.question_id, outcome=command.outcome)
