"""What may be asked of a roster."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.roster.facts import Shift

Id = Annotated[str, Meta(min_length=1, max_length=64)]
RoleId = Annotated[str, Meta(min_length=1, max_length=40)]
PersonId = Annotated[str, Meta(min_length=1, max_length=64)]
MaybePerson = Annotated[str, Meta(max_length=64)]
CallBefore = Annotated[int, Meta(ge=0, le=86_400)]
Line = Annotated[str, Meta(max_length=200)]
Lines = Annotated[tuple[Line, ...], Meta(max_length=20)]
Reason = Annotated[str, Meta(max_length=200)]
MaybeId = Annotated[str, Meta(max_length=64)]
SheetLine = Annotated[str, Meta(min_length=1, max_length=200)]
SheetSeq = Annotated[int, Meta(ge=0)]


class AssignPerson(Command, frozen=True, kw_only=True, tag="roster.assign"):
    """Put a person on duty in a role, called so many seconds before the planned start, with a stand-in ("": nobody); said again it changes both."""

    duty: ClassVar = "roster.plan"
    role_id: RoleId
    person_id: PersonId
    call_before_s: CallBefore = 0
    stand_in_id: MaybePerson = ""


class UnassignPerson(Command, frozen=True, kw_only=True, tag="roster.unassign"):
    """Take a person off a role, while the show is planned."""

    duty: ClassVar = "roster.plan"
    role_id: RoleId
    person_id: PersonId


class MarkAbsent(Command, frozen=True, kw_only=True, tag="roster.absent"):
    """Say of somebody that they are not there: their stand-ins are on duty at once, a role without one shows as uncovered.

    `role_id`: in this role alone, "" in all they are on duty in.
    """

    duty: ClassVar = "roster.plan"
    person_id: PersonId
    reason: Reason = ""
    role_id: Annotated[str, Meta(max_length=40)] = ""


class CheckIn(Command, frozen=True, kw_only=True, tag="roster.check_in"):
    """Say that one is here."""

    duty: ClassVar = "roster.own"


class LeaveDuty(Command, frozen=True, kw_only=True, tag="roster.leave"):
    """Say that one cannot be there: as `roster.absent`, of oneself."""

    duty: ClassVar = "roster.own"
    reason: Reason = ""


class OfferRole(Command, frozen=True, kw_only=True, tag="roster.offer"):
    """Offer one's role to somebody who holds it too; `lines` name what goes along. It moves when they accept.

    With `shift_id` it is the hand-over to that shift: the log fills a sheet, the lines are one's own and may be left out.
    """

    duty: ClassVar = "roster.own"
    offer_id: Id
    role_id: RoleId
    to_person_id: PersonId
    lines: Lines
    shift_id: MaybeId = ""


class AcceptRole(Command, frozen=True, kw_only=True, tag="roster.accept"):
    """Take over what one was offered; `said_back` says in one's own words what that is: of a shift, three things.

    `sheet_seq`: the seq of the hand-over sheet one has read, 0 for as it stands.
    """

    duty: ClassVar = "roster.own"
    offer_id: Id
    said_back: Lines
    sheet_seq: SheetSeq = 0


class DeclineRole(Command, frozen=True, kw_only=True, tag="roster.decline"):
    """Do not take what one was offered."""

    duty: ClassVar = "roster.own"
    offer_id: Id
    reason: Reason = ""


class WithdrawOffer(Command, frozen=True, kw_only=True, tag="roster.withdraw"):
    """Keep what one offered."""

    duty: ClassVar = "roster.own"
    offer_id: Id


class TakeRole(Command, frozen=True, kw_only=True, tag="roster.take"):
    """「我來接」 in need: be on duty in a role from now on, in the place of `from_person_id` ("" where nobody is), for a reason all are told."""

    duty: ClassVar = "roster.own"
    role_id: RoleId
    from_person_id: MaybePerson = ""
    reason: Reason


class PlanShift(Command, frozen=True, kw_only=True, tag="roster.plan_shift"):
    """Plan a shift of a long show, or change it as a whole; what has begun keeps its start. Before air the first shift's crew is put on duty."""

    duty: ClassVar = "roster.plan"
    shift: Shift


class DropShift(Command, frozen=True, kw_only=True, tag="roster.drop_shift"):
    """Take out a shift that has not begun."""

    duty: ClassVar = "roster.plan"
    shift_id: Id


class TickSheetLine(Command, frozen=True, kw_only=True, tag="roster.tick"):
    """Say of a line of the hand-over sheet that one has seen it, or not."""

    duty: ClassVar = "roster.own"
    offer_id: Id
    line: SheetLine
    ticked: bool = True


class AskLine(Command, frozen=True, kw_only=True, tag="roster.ask"):
    """Ask whoever leaves about a line of the hand-over sheet."""

    duty: ClassVar = "roster.own"
    offer_id: Id
    line: SheetLine
    question: Reason


class AnswerLine(Command, frozen=True, kw_only=True, tag="roster.answer"):
    """Answer whoever comes."""

    duty: ClassVar = "roster.own"
    offer_id: Id
    line: SheetLine
    answer: Reason


class StandBy(Command, frozen=True, kw_only=True, tag="roster.stand_by"):
    """Stand by to change with the cue of the shift: when both do and it goes, the one goes and the other is on duty.

    Who comes says back three things here, as in `roster.accept`.
    """

    duty: ClassVar = "roster.own"
    offer_id: Id
    said_back: Lines = ()


class NoteLate(Command, frozen=True, kw_only=True, tag="roster.note_late"):
    """A shift has begun: note who of its crew is not on duty."""

    duty: ClassVar = "roster.tend"


class CloseRole(Command, frozen=True, kw_only=True, tag="roster.close"):
    """As the last of the night leave one's role to the house, with `lines` for whoever comes next."""

    duty: ClassVar = "roster.own"
    role_id: RoleId
    lines: Lines = ()


COMMANDS = (
    AssignPerson,
    UnassignPerson,
    MarkAbsent,
    CheckIn,
    LeaveDuty,
    OfferRole,
    AcceptRole,
    DeclineRole,
    WithdrawOffer,
    TakeRole,
    PlanShift,
    DropShift,
    TickSheetLine,
    AskLine,
    AnswerLine,
    StandBy,
    NoteLate,
    CloseRole,
)
