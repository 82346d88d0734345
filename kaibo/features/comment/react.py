"""What the host answered on air is answered for everybody who asked it."""

from collections.abc import Sequence
from typing import Any

from kaibo.core.event import Command, Event
from kaibo.core.feature import Reaction
from kaibo.features.comment.commands import SettleQuestion
from kaibo.features.prompter.facts import QuestionFinished


def settle(event: Event[Any]) -> Sequence[tuple[str, Command]]:
    """The rules know who asked the same."""
    match event.fact:
        case QuestionFinished(question_id=question_id, outcome="answered"):
            return [(event.stream, SettleQuestion(question_id=question_id))]
        case _:
            return []


SETTLING = Reaction(name="settle", reads=(QuestionFinished,), decide=settle)
