"""One line that all screens of a show carry on top: who pinned it, and when."""

from kaibo.core.feature import Feature
from kaibo.features.note.commands import PinNote, UnpinNote
from kaibo.features.note.facts import ERASES, NotePinned, NoteUnpinned
from kaibo.features.note.rules import NoteState, decide, fold
from kaibo.features.note.view import PINNED
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="note",
    streams=("show",),
    facts=(NotePinned, NoteUnpinned),
    commands=(PinNote, UnpinNote),
    state=NoteState,
    fold=fold,
    decide=decide,
    over=(STAGE,),
    views=(PINNED,),
    erases=ERASES,
)
