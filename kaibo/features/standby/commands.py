"""What the caller asks before a cue, and what is answered."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.standby.facts import Answer, Word

Id = Annotated[str, Meta(min_length=1, max_length=64)]
REASON_MAX = 60


class AskStandby(Command, frozen=True, kw_only=True, tag="standby.ask"):
    """Warn of cues, or ask for standby: of `roles`, or where none are given of those the cue has something for.

    What is asked already goes on as it stands, with what was answered; `again` is the `asked_at` of the call that whoever asks saw, to begin it anew.
    """

    duty: ClassVar = "rundown.run"
    cue_ids: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=10)]
    word: Word = "standby"
    roles: Annotated[tuple[Id, ...], Meta(max_length=20)] = ()
    again: Annotated[int, Meta(ge=0)] = 0


class AnswerStandby(Command, frozen=True, kw_only=True, tag="standby.answer"):
    """Answer for a role that I am in. `reason`: why you must wait for me. `asked_at` of the call that is answered: no other one is meant; 0 the one there is."""

    duty: ClassVar = "standby.answer"
    cue_id: Id
    role_id: Id
    answer: Answer
    asked_at: Annotated[int, Meta(ge=0)] = 0
    reason: Annotated[str, Meta(max_length=200)] = ""


class EndStandby(Command, frozen=True, kw_only=True, tag="standby.end"):
    """Stand down: of one cue, or of all that are asked ("")."""

    duty: ClassVar = "rundown.run"
    cue_id: Annotated[str, Meta(max_length=64)] = ""


COMMANDS = (AskStandby, AnswerStandby, EndStandby)
