"""What somebody took in need: a duty that is not theirs, for a time, for a reason all are told."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer
from kaibo.core.event import Fact


class DutyTaken(Fact, frozen=True, kw_only=True, tag="duty.taken"):
    """Somebody may give the commands of `duty` until `until` (ms UTC), acting in their own role `role_id`.

    `answers` are the roles that answer for it by the charter, `on_duty` the people on duty who could have done it: nobody, when it is empty.
    """

    taking_id: str
    duty: str
    person_id: str
    role_id: str
    reason: str
    until: int
    answers: tuple[str, ...] = ()
    on_duty: tuple[str, ...] = ()


class DutyGivenBack(Fact, frozen=True, kw_only=True, tag="duty.given_back"):
    """Who took it, or who answers for it, ended it before its time."""

    taking_id: str


class DutyLapsed(Fact, frozen=True, kw_only=True, tag="duty.lapsed"):
    """Its time was over."""

    taking_id: str


FACTS = (DutyTaken, DutyGivenBack, DutyLapsed)


def _reason(fact: DutyTaken, seq: int, viewer: Viewer) -> Fact:
    """A reason may quote a viewer whose words are to be erased."""
    return replace(fact, reason=viewer.unsaid(fact.reason, seq))


ERASES: Mapping[type[Fact], Eraser] = {DutyTaken: _reason}
