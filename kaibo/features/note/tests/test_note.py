"""One line for all screens: pinned, replaced, taken away, unsaid by the end."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.note.commands import PinNote, UnpinNote
from kaibo.features.note.facts import NotePinned, NoteUnpinned
from kaibo.features.note.feature import FEATURE
from kaibo.features.note.rules import (
    NOTE_MAX,
    NoteBlank,
    NoteGone,
    NoteIdTaken,
    NoteOtherStands,
    NoteShowEnded,
    NoteTooLong,
)
from kaibo.features.note.view import NoteRow
from kaibo.features.show.facts import ShowAired, ShowEnded

LIN = Actor(id="lin", role="director")
OWNER = Actor(id="owner", role="owner")


@pytest.fixture
def note() -> Stage:
    return Stage(FEATURE)


def test_everybody_reads_the_line_with_who_and_when(note: Stage) -> None:
    note.when(PinNote(note_id="n1", text="  20:40 前\n不報價 "), by=LIN)
    note.then(NotePinned(note_id="n1", text="20:40 前 不報價"))
    assert note.rows("note.pinned") == {"now": NoteRow(note_id="n1", text="20:40 前 不報價", by="lin", at=CURTAIN_AT)}


def test_a_new_line_takes_the_place_of_the_one_before(note: Stage) -> None:
    note.given(NotePinned(note_id="n1", text="等一下"), by=LIN)
    note.when(PinNote(note_id="n2", text="可以報了", replaces="n1"), by=OWNER, at=CURTAIN_AT + 5)
    assert note.row("note.pinned", "now") == NoteRow(note_id="n2", text="可以報了", by="owner", at=CURTAIN_AT + 5)


def test_the_line_that_stands_is_no_news_and_keeps_its_author(note: Stage) -> None:
    note.given(NotePinned(note_id="n1", text="等一下"), by=LIN)
    note.when(PinNote(note_id="n2", text=" 等一下"), by=OWNER).then()
    assert note.row("note.pinned", "now").by == "lin"


def test_what_was_taken_away_may_be_said_again(note: Stage) -> None:
    note.given(NotePinned(note_id="n1", text="等一下"))
    note.when(UnpinNote(note_id="n1")).then(NoteUnpinned(note_id="n1"))
    assert note.rows("note.pinned") == {}
    note.when(PinNote(note_id="n2", text="等一下")).then(NotePinned(note_id="n2", text="等一下"))


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u2060"])
def test_a_blank_line_is_none(note: Stage, text: str) -> None:
    note.when(PinNote(note_id="n1", text=text))
    note.refused(NoteBlank)


def test_a_line_is_read_at_a_glance(note: Stage) -> None:
    note.when(PinNote(note_id="n1", text="長" * NOTE_MAX)).then(NotePinned(note_id="n1", text="長" * NOTE_MAX))
    note.when(PinNote(note_id="n2", text="長" * (NOTE_MAX + 1), replaces="n1"))
    note.refused(NoteTooLong, length=NOTE_MAX + 1, max=NOTE_MAX)


def test_nobody_takes_away_by_mistake_what_somebody_else_pinned_since(note: Stage) -> None:
    note.given(NotePinned(note_id="n1", text="等一下"), NotePinned(note_id="n2", text="可以報了"))
    note.when(UnpinNote(note_id="n1"))
    note.refused(NoteGone, note_id="n1")
    note.given(NoteUnpinned(note_id="n2"))
    note.when(UnpinNote(note_id="n2"))
    note.refused(NoteGone, note_id="n2")


@pytest.mark.parametrize("read", ["n1", None])
def test_nobody_replaces_a_line_that_he_did_not_read(note: Stage, read: str | None) -> None:
    note.given(NotePinned(note_id="n1", text="等一下"), NotePinned(note_id="n2", text="可以報了"))
    note.when(PinNote(note_id="n3", text="先聊香味", replaces=read))
    note.refused(NoteOtherStands, note_id="n2")


def test_a_line_is_pinned_though_the_one_it_was_to_replace_was_taken_down_meanwhile(note: Stage) -> None:
    note.given(NotePinned(note_id="n1", text="等一下"), NoteUnpinned(note_id="n1"))
    note.when(PinNote(note_id="n2", text="可以報了", replaces="n1")).then(NotePinned(note_id="n2", text="可以報了"))


def test_an_id_is_used_once(note: Stage) -> None:
    note.given(NotePinned(note_id="n1", text="等一下"), NoteUnpinned(note_id="n1"))
    note.when(PinNote(note_id="n1", text="可以報了"))
    note.refused(NoteIdTaken, note_id="n1")


def test_what_was_pinned_before_the_show_stands_when_it_goes_on_air(note: Stage) -> None:
    note.given(NotePinned(note_id="n1", text="先聊香味"), ShowAired(show_id="s1"))
    assert note.row("note.pinned", "now") is not None


def test_the_end_of_the_show_unsays_it_and_nothing_is_pinned_after(note: Stage) -> None:
    note.given(ShowAired(show_id="s1"), NotePinned(note_id="n1", text="等一下"))
    assert note.row("note.pinned", "now") is not None
    note.given(ShowEnded(show_id="s1"))
    assert note.rows("note.pinned") == {}
    for command in (PinNote(note_id="n2", text="辛苦了"), UnpinNote(note_id="n1")):
        note.when(command)
        note.refused(NoteShowEnded)
