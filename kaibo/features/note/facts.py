"""What was pinned for everybody to read."""

from kaibo.core.event import Fact


class NotePinned(Fact, frozen=True, kw_only=True, tag="note.pinned"):
    """One line for all screens of the show; it takes the place of the one before."""

    note_id: str
    text: str


class NoteUnpinned(Fact, frozen=True, kw_only=True, tag="note.unpinned"):
    """The line that stood was taken away."""

    note_id: str
