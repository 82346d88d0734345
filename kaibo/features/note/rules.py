"""Who reads a strip looks up from something else: one line, short, and while there is a show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, assert_never

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line
from kaibo.core.slice import Touched
from kaibo.features.note.commands import PinNote, UnpinNote
from kaibo.features.note.facts import NotePinned, NoteUnpinned
from kaibo.features.show.slices import ShowNow

NOTE_MAX: Final = 60  # characters: three lines of a phone, read at a glance


class NoteBlank(Refusal):
    """A line of spaces says nothing."""

    code = "note.blank"
    status = 422


class NoteTooLong(Refusal):
    """Longer than what is read at a glance."""

    code = "note.too_long"
    status = 422
    length: int
    max: Literal[60]  # the seam tells it: the form counts to what the rule says


class NoteIdTaken(Refusal):
    """Another line had this id."""

    code = "note.id_taken"
    note_id: str


class NoteGone(Refusal):
    """The line to be taken away no longer stands."""

    code = "note.gone"
    note_id: str


class NoteOtherStands(Refusal):
    """Another line stands than the one that was to be replaced: `note_id` is that one."""

    code = "note.other_stands"
    note_id: str


class NoteShowEnded(Refusal):
    """The show is over: nobody reads it."""

    code = "note.show_ended"


@dataclass(slots=True)
class NoteState:
    """`standing`: the note_id and text on all screens, None when there is none; `seen`: every note_id."""

    show: ShowNow
    standing: tuple[str, str] | None = None
    seen: set[str] = field(default_factory=set[str])


def fold(state: NoteState, event: Event[Any], touched: Touched) -> None:
    """Take one event in."""
    del touched
    match event.fact:
        case NotePinned(note_id=note_id, text=text):
            state.standing = (note_id, text)
            state.seen.add(note_id)
        case NoteUnpinned():
            state.standing = None
        case _:
            pass


def decide(state: NoteState, command: PinNote | UnpinNote, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    del ctx
    if state.show.ended:
        raise NoteShowEnded
    match command:
        case PinNote():
            return _pin(state, command)
        case UnpinNote(note_id=note_id):
            if state.standing is None or state.standing[0] != note_id:
                raise NoteGone(note_id=note_id)
            return [NoteUnpinned(note_id=note_id)]
        case _:
            assert_never(command)


def _pin(state: NoteState, command: PinNote) -> Sequence[Fact]:
    text = in_one_line(command.text)
    if not text:
        raise NoteBlank
    if len(text) > NOTE_MAX:
        raise NoteTooLong(length=len(text), max=NOTE_MAX)
    if command.note_id in state.seen:
        raise NoteIdTaken(note_id=command.note_id)
    if state.standing is not None and state.standing[1] == text:
        return []
    if state.standing is not None and state.standing[0] != command.replaces:
        raise NoteOtherStands(note_id=state.standing[0])
    return [NotePinned(note_id=command.note_id, text=text)]
