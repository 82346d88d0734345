"""What was pinned for everybody to read."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact


class NotePinned(Fact, frozen=True, kw_only=True, tag="note.pinned"):
    """One line for all screens of the show; it takes the place of the one before."""

    note_id: str
    text: str


class NoteUnpinned(Fact, frozen=True, kw_only=True, tag="note.unpinned"):
    """The line that stood was taken away."""

    note_id: str


def unsaid(fact: NotePinned, seq: int, viewer: Viewer) -> NotePinned:
    """A line may quote a viewer whose words are to be erased."""
    return replace(fact, text=viewer.unsaid(fact.text, seq))


ERASES: Mapping[type[Fact], Eraser] = {NotePinned: unsaid}
