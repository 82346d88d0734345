"""What may be put before the host."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.prompter.facts import Signal

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Line = Annotated[str, Meta(max_length=200)]


class MessageHost(Command, frozen=True, kw_only=True, tag="prompter.message"):
    """Send the host one line ("" clears it)."""

    duty: ClassVar = "host.message"
    message_id: Id
    text: Line


class SetSignal(Command, frozen=True, kw_only=True, tag="prompter.set_signal"):
    """Signal the host green, yellow or red."""

    duty: ClassVar = "host.signal"
    signal: Signal


class HandQuestion(Command, frozen=True, kw_only=True, tag="prompter.hand_question"):
    """Hand a question with its approved answer to the host; at most three wait at once."""

    duty: ClassVar = "comment.hand_to_host"
    question_id: Id
    text: Annotated[str, Meta(min_length=1, max_length=300)]
    answer: Annotated[str, Meta(max_length=300)] = ""
    comment_ref: str | None = None
    product_id: str | None = None
    asked_by: Annotated[str, Meta(max_length=80)] = ""


class FinishQuestion(Command, frozen=True, kw_only=True, tag="prompter.finish_question"):
    """The question was answered on air, or is withdrawn."""

    duty: ClassVar = "host.question"
    question_id: Id
    outcome: Literal["answered", "withdrawn"] = "answered"
