"""Who is on duty in which role of a show, and how the work went from one to another: by acceptance, in need, or by absence."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact


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
    """Somebody offers their role to another; `lines` name in their own words what goes along. Nothing has moved yet."""

    offer_id: str
    role_id: str
    from_person_id: str
    to_person_id: str
    lines: tuple[str, ...]


class RosterAccepted(Fact, frozen=True, kw_only=True, tag="roster.accepted"):
    """The other said back what they take over, and is on duty from now on; the one before is not."""

    offer_id: str
    role_id: str
    from_person_id: str
    to_person_id: str
    said_back: tuple[str, ...]


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
)


def _lines(fact: RosterOffered, seq: int, viewer: Viewer) -> RosterOffered:
    """What is handed over may quote a viewer whose words are to be erased."""
    return replace(fact, lines=tuple(viewer.unsaid(line, seq) for line in fact.lines))


def _said_back(fact: RosterAccepted, seq: int, viewer: Viewer) -> RosterAccepted:
    return replace(fact, said_back=tuple(viewer.unsaid(line, seq) for line in fact.said_back))


def _reason(fact: RosterDeclined | RosterTaken | RosterAbsent, seq: int, viewer: Viewer) -> Fact:
    return replace(fact, reason=viewer.unsaid(fact.reason, seq))


ERASES: Mapping[type[Fact], Eraser] = {
    RosterOffered: _lines,
    RosterAccepted: _said_back,
    RosterDeclined: _reason,
    RosterTaken: _reason,
    RosterAbsent: _reason,
}
