"""Who is on duty in which role of a show, and how the work went from one to another: by acceptance, in need, or by absence."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact

DAY_S = 86_400
CREW_MAX = 60  # people in one shift


class ShiftMember(msgspec.Struct, frozen=True, kw_only=True):
    """A person in a role, for one shift."""

    role_id: Annotated[str, Meta(min_length=1, max_length=40)]
    person_id: Annotated[str, Meta(min_length=1, max_length=64)]


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a long show with a crew of its own: from `from_s` until `to_s`, counted from the planned start and moving with it.

    With `anchor_at` (ms UTC) they are counted from that instant and stand still. `part` says in own words what of the rundown or which
    loop it runs; `cue_id` is the cue with which its hosts begin, "" none.
    """

    shift_id: Annotated[str, Meta(min_length=1, max_length=64)]
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    from_s: Annotated[int, Meta(ge=-DAY_S, le=4 * DAY_S)]
    to_s: Annotated[int, Meta(ge=-DAY_S, le=4 * DAY_S)]
    anchor_at: Annotated[int, Meta(ge=0, le=32_503_680_000_000)] | None = None
    crew: Annotated[tuple[ShiftMember, ...], Meta(max_length=CREW_MAX)] = ()
    part: Annotated[str, Meta(max_length=200)] = ""
    cue_id: Annotated[str, Meta(max_length=64)] = ""


class RosterAssigned(Fact, frozen=True, kw_only=True, tag="roster.assigned"):
    """A person is on duty in a role, called `call_before_s` before the planned start; `stand_in_id` comes when they cannot, "" nobody."""

    role_id: str
    person_id: str
    call_before_s: int = 0
    stand_in_id: str = ""


class RosterUnassigned(Fact, frozen=True, kw_only=True, tag="roster.unassigned"):
    """A person was taken off a role while the show was planned."""

    role_id: str
    person_id: str


class RosterCheckedIn(Fact, frozen=True, kw_only=True, tag="roster.checked_in"):
    """A person said that they are here, for every role they are on duty in."""

    person_id: str


class RosterOffered(Fact, frozen=True, kw_only=True, tag="roster.offered"):
    """Somebody offers their role to another; `lines` name in their own words what goes along. Nothing has moved yet.

    `shift_id`: it is for that shift, with the sheet that the log fills; "" at any other time.
    """

    offer_id: str
    role_id: str
    from_person_id: str
    to_person_id: str
    lines: tuple[str, ...]
    shift_id: str = ""


class RosterAccepted(Fact, frozen=True, kw_only=True, tag="roster.accepted"):
    """The other said back what they take over, and is on duty from now on; the one before is not.

    `sheet_seq`: of the hand-over sheet as it stood, to be drawn again from the log; 0 where there was none.
    """

    offer_id: str
    role_id: str
    from_person_id: str
    to_person_id: str
    said_back: tuple[str, ...]
    sheet_seq: int = 0


class RosterDeclined(Fact, frozen=True, kw_only=True, tag="roster.declined"):
    """The other does not take it: it stays where it was."""

    offer_id: str
    reason: str = ""


class RosterWithdrawn(Fact, frozen=True, kw_only=True, tag="roster.withdrawn"):
    """Whoever offered it keeps it."""

    offer_id: str


class RosterTaken(Fact, frozen=True, kw_only=True, tag="roster.taken"):
    """In need: somebody is on duty in a role from now on, `from_person_id` no longer ("": nobody was); everybody is told why."""

    role_id: str
    person_id: str
    from_person_id: str
    reason: str


class RosterAbsent(Fact, frozen=True, kw_only=True, tag="roster.absent"):
    """A person is not there for a role; `stand_in_id` is on duty from now on, "" when nobody could stand in."""

    role_id: str
    person_id: str
    stand_in_id: str = ""
    reason: str = ""


class ShiftPlanned(Fact, frozen=True, kw_only=True, tag="roster.shift_planned"):
    """There is a shift, or it now reads so."""

    shift: Shift


class ShiftDropped(Fact, frozen=True, kw_only=True, tag="roster.shift_dropped"):
    """A shift will not be."""

    shift_id: str


class LineTicked(Fact, frozen=True, kw_only=True, tag="roster.line_ticked"):
    """Whoever comes has seen a line of the hand-over sheet, or (`ticked` false) has not; what they asked of it is settled."""

    offer_id: str
    line: str
    ticked: bool


class LineAsked(Fact, frozen=True, kw_only=True, tag="roster.line_asked"):
    """Whoever comes asks about a line of the hand-over sheet; it goes back to whoever leaves."""

    offer_id: str
    line: str
    question: str


class LineAnswered(Fact, frozen=True, kw_only=True, tag="roster.line_answered"):
    """Whoever leaves answers what was asked of a line."""

    offer_id: str
    line: str
    answer: str


class RosterStoodBy(Fact, frozen=True, kw_only=True, tag="roster.stood_by"):
    """One of the two stands by to change with the cue of the shift; who comes has said back what they take over."""

    offer_id: str
    person_id: str
    said_back: tuple[str, ...] = ()


class SuccessorLate(Fact, frozen=True, kw_only=True, tag="roster.successor_late"):
    """A shift has begun and somebody of its crew is not on duty in their role, `absent` when that was said; the one before stays."""

    shift_id: str
    role_id: str
    person_id: str
    absent: bool = False


class RosterClosed(Fact, frozen=True, kw_only=True, tag="roster.closed"):
    """The last of the night leaves a role to the house: `lines` in their own words, the sheet as it stood at `sheet_seq`."""

    role_id: str
    person_id: str
    lines: tuple[str, ...]
    sheet_seq: int


FACTS = (
    RosterAssigned,
    RosterUnassigned,
    RosterCheckedIn,
    RosterOffered,
    RosterAccepted,
    RosterDeclined,
    RosterWithdrawn,
    RosterTaken,
    RosterAbsent,
    ShiftPlanned,
    ShiftDropped,
    LineTicked,
    LineAsked,
    LineAnswered,
    RosterStoodBy,
    SuccessorLate,
    RosterClosed,
)


def _lines(fact: RosterOffered | RosterClosed, seq: int, viewer: Viewer) -> Fact:
    """What is handed over may quote a viewer whose words are to be erased."""
    return replace(fact, lines=tuple(viewer.unsaid(line, seq) for line in fact.lines))


def _said_back(fact: RosterAccepted | RosterStoodBy, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, said_back=tuple(viewer.unsaid(line, seq) for line in fact.said_back))


def _reason(fact: RosterDeclined | RosterTaken | RosterAbsent, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, reason=viewer.unsaid(fact.reason, seq))


def _question(fact: LineAsked, seq: int, viewer: Viewer) -> LineAsked:
    return replace(fact, question=viewer.unsaid(fact.question, seq))


def _answer(fact: LineAnswered, seq: int, viewer: Viewer) -> LineAnswered:
    return replace(fact, answer=viewer.unsaid(fact.answer, seq))


ERASES: Mapping[type[Fact], Eraser] = {
    RosterOffered: _lines,
    RosterAccepted: _said_back,
    RosterDeclined: _reason,
    RosterTaken: _reason,
    RosterAbsent: _reason,
    LineAsked: _question,
    LineAnswered: _answer,
    RosterStoodBy: _said_back,
    RosterClosed: _lines,
}
