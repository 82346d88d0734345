"""What the house says of its letters: it alone carries them."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.outbox.facts import Outcome, Why

LetterId = Annotated[str, Meta(min_length=1, max_length=200)]
LetterIds = Annotated[tuple[LetterId, ...], Meta(min_length=1, max_length=100)]
BridgeId = Annotated[str, Meta(min_length=1, max_length=32)]


class QueueLetters(Command, frozen=True, kw_only=True, tag="outbox.queue"):
    """Carry a message over these bridges; over `reserves` in turn where one of them fails."""

    duty: ClassVar = "outbox.keep"
    message_id: Annotated[str, Meta(min_length=1, max_length=64)]
    told: Annotated[int, Meta(ge=0)]
    bridges: Annotated[tuple[BridgeId, ...], Meta(max_length=20)]
    reserves: Annotated[tuple[BridgeId, ...], Meta(max_length=20)] = ()


class BeginLetters(Command, frozen=True, kw_only=True, tag="outbox.begin"):
    """They leave the house now."""

    duty: ClassVar = "outbox.keep"
    letter_ids: LetterIds


class TellLetters(Command, frozen=True, kw_only=True, tag="outbox.tell"):
    """What came of it."""

    duty: ClassVar = "outbox.keep"
    letter_ids: LetterIds
    outcome: Outcome
    code: Annotated[str, Meta(max_length=80)] = ""
    remote_id: Annotated[str, Meta(max_length=120)] = ""
    until: Annotated[int, Meta(ge=0)] = 0


class DropLetters(Command, frozen=True, kw_only=True, tag="outbox.drop"):
    """Carry them no more."""

    duty: ClassVar = "outbox.keep"
    letter_ids: LetterIds
    why: Why


class TendOutbox(Command, frozen=True, kw_only=True, tag="outbox.tend"):
    """Try again what waited long enough, and let go of what is too old."""

    duty: ClassVar = "outbox.keep"


class AcknowledgeLetter(Command, frozen=True, kw_only=True, tag="outbox.acknowledge"):
    """Somebody took it by the link in it."""

    duty: ClassVar = "outbox.keep"
    letter_id: LetterId
    person_id: Annotated[str, Meta(min_length=1, max_length=64)]


COMMANDS = (QueueLetters, BeginLetters, TellLetters, DropLetters, TendOutbox, AcknowledgeLetter)
