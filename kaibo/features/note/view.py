"""The line that stands on all screens."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from kaibo.core.event import Event
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.note.facts import NotePinned, NoteUnpinned
from kaibo.features.show.slices import STAGE, TURN, ShowNow

NOW = "now"


class NoteRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `note.pinned`, key `now`: there is a row while a line stands. `by` is a person_id, `at` ms UTC."""

    note_id: str
    text: str
    by: str
    at: int


@dataclass(slots=True)
class Board:
    """The show that it hangs in, and the line that stands."""

    show: ShowNow
    note: NoteRow | None = None


def fold_note(board: Board, event: Event[Any], touched: Touched) -> Iterable[str]:
    """Pinned, taken away, or unsaid by the end of the show."""
    match event.fact:
        case NotePinned(note_id=note_id, text=text):
            board.note = NoteRow(note_id=note_id, text=text, by=event.actor.id, at=event.at)
        case NoteUnpinned():
            board.note = None
        case _ if TURN in touched.of(STAGE) and board.show.ended:
            board.note = None
        case _:
            return ()
    return (NOW,)


def _keys(board: Board) -> Iterable[str]:
    return () if board.note is None else (NOW,)


def _row(board: Board, key: str) -> NoteRow | None:
    return board.note if key == NOW else None


PINNED = View(
    name="note.pinned",
    row=NoteRow,
    reads=(NotePinned, NoteUnpinned),
    state=Board,
    fold=fold_note,
    keys=_keys,
    get=_row,
    duty="show.read",
    over=(STAGE,),
)
