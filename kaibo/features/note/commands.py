"""What may be pinned."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command

Id = Annotated[str, Meta(min_length=1, max_length=64)]


class PinNote(Command, frozen=True, kw_only=True, tag="note.pin"):
    """Pin one line on all screens; `replaces` is the line that whoever pins saw standing there, None when there was none."""

    duty: ClassVar = "note.pin"
    note_id: Id
    text: Annotated[str, Meta(max_length=2000)]
    replaces: Id | None = None


class UnpinNote(Command, frozen=True, kw_only=True, tag="note.unpin"):
    """Take the line away that stands."""

    duty: ClassVar = "note.pin"
    note_id: Id
