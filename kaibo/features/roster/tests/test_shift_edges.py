"""The edges of planning and handing over shifts: the last line of a sheet, the minute a shift begins, the end of the night."""

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.feature import Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.core.stream import SYSTEM
from kaibo.features.roster.commands import (
    AskLine,
    CloseRole,
    DropShift,
    NoteLate,
    PlanShift,
    TickSheetLine,
)
from kaibo.features.roster.facts import (
    LineAsked,
    LineTicked,
    RosterAbsent,
    RosterAccepted,
    RosterAssigned,
    RosterClosed,
    RosterOffered,
    RosterUnassigned,
    Shift,
    ShiftDropped,
    ShiftMember,
    ShiftPlanned,
    SuccessorLate,
)
from kaibo.features.roster.feature import FEATURE
from kaibo.features.roster.handing import LINES_MAX
from kaibo.features.roster.planning import LATE_MS, SHIFTS_MAX
from kaibo.features.roster.refusals import RosterOnAir, RosterSheetTooLong, RosterShiftBegun, RosterShiftsTooMany
from kaibo.features.show.facts import CrewMember, ShowAired, ShowPlanned

HOUR_MS = 3_600_000
STARTS_AT = CURTAIN_AT + HOUR_MS
ENDS_AT = STARTS_AT + 16 * HOUR_MS
NIGHT_AT = STARTS_AT + 8 * HOUR_MS
AI, BAO, LIN = (Actor(id=each, role=role) for each, role in (("ai", "assistant"), ("bao", "assistant"), ("lin", "director")))
PLANNED = ShowPlanned(
    show_id="s1",
    title="雙 12 不打烊",
    starts_at=STARTS_AT,
    ends_at=ENDS_AT,
    timezone="Asia/Taipei",
    currency="TWD",
    crew=(
        CrewMember(person_id="ai", name="小艾", roles=("assistant",)),
        CrewMember(person_id="bao", name="阿寶", roles=("assistant",)),
        CrewMember(person_id="lin", name="小林", roles=("director",)),
    ),
)
AIRED = ShowAired(show_id="s1")
EVENING = Shift(shift_id="a", name="晚班", from_s=0, to_s=28_800, crew=(ShiftMember(role_id="assistant", person_id="ai"),))
NIGHT = Shift(shift_id="b", name="夜班", from_s=28_800, to_s=57_600, crew=(ShiftMember(role_id="assistant", person_id="bao"),))
OFFERED = RosterOffered(offer_id="o1", role_id="assistant", from_person_id="ai", to_person_id="bao", lines=(), shift_id="b")
TAKEN = RosterAccepted(offer_id="o1", role_id="assistant", from_person_id="ai", to_person_id="bao", said_back=())
LATE_BAO = SuccessorLate(shift_id="b", role_id="assistant", person_id="bao")


@pytest.fixture
def planned() -> Stage:
    members = Members({"ai": frozenset({"assistant"}), "bao": frozenset({"assistant"}), "lin": frozenset({"director"})}, {})
    stage = Stage(FEATURE, members=members).given(PLANNED, RosterUnassigned(role_id="assistant", person_id="bao"))
    return stage.given(ShiftPlanned(shift=EVENING), ShiftPlanned(shift=NIGHT))


@pytest.fixture
def running(planned: Stage) -> Stage:
    return planned.given(AIRED, at=STARTS_AT)


# a sheet
def test_a_sheet_has_so_many_lines_and_what_stands_on_it_may_still_be_said(running: Stage) -> None:
    half = LINES_MAX // 2
    running.given(OFFERED)
    running.given(*(LineTicked(offer_id="o1", line=f"promo/{each}", ticked=True) for each in range(half)))
    running.given(*(LineAsked(offer_id="o1", line=f"stock/{each}", question="?") for each in range(LINES_MAX - half - 1)))
    running.when(TickSheetLine(offer_id="o1", line="note/last", ticked=True), by=BAO)
    running.then(LineTicked(offer_id="o1", line="note/last", ticked=True))
    running.when(TickSheetLine(offer_id="o1", line="note/more", ticked=True), by=BAO).refused(RosterSheetTooLong, most=LINES_MAX)
    running.when(AskLine(offer_id="o1", line="note/more", question="?"), by=BAO).refused(RosterSheetTooLong, most=LINES_MAX)
    running.when(AskLine(offer_id="o1", line="promo/0", question="到幾點？"), by=BAO)
    running.then(LineAsked(offer_id="o1", line="promo/0", question="到幾點？"))
    running.when(TickSheetLine(offer_id="o1", line="stock/0", ticked=True), by=BAO)
    running.then(LineTicked(offer_id="o1", line="stock/0", ticked=True))


# the last of the night
def closes(stage: Stage, by: Actor, role: str) -> None:
    seq = stage.seq
    stage.when(CloseRole(role_id=role), by=by).then(RosterClosed(role_id=role, person_id=by.id, lines=(), sheet_seq=seq))


def test_a_role_is_closed_before_air_when_nobody_comes_after(planned: Stage) -> None:
    closes(planned, LIN, "director")


def test_the_night_is_over_with_the_second_in_which_its_last_shift_ends(running: Stage) -> None:
    running.given(OFFERED, TAKEN, at=NIGHT_AT)
    running.when(CloseRole(role_id="assistant"), by=BAO, at=ENDS_AT - 1).refused(RosterOnAir)
    running.when(CloseRole(role_id="assistant"), by=BAO, at=ENDS_AT)
    running.then(RosterClosed(role_id="assistant", person_id="bao", lines=(), sheet_seq=running.seq - 1))


def test_on_air_without_shifts_nobody_closes() -> None:
    members = Members({"lin": frozenset({"director"})}, {})
    stage = Stage(FEATURE, members=members).given(PLANNED).given(AIRED, at=STARTS_AT)
    stage.when(CloseRole(role_id="director"), by=LIN, at=ENDS_AT + HOUR_MS).refused(RosterOnAir)


# planning
def test_one_of_a_dozen_shifts_is_changed_and_no_other_comes(planned: Stage) -> None:
    hours = [
        replace(EVENING, shift_id=f"s{hour}", from_s=57_600 + hour * 3600, to_s=61_200 + hour * 3600)
        for hour in range(SHIFTS_MAX - 2)
    ]
    planned.given(*(ShiftPlanned(shift=each) for each in hours))
    renamed = replace(EVENING, name="晚班，早些來")
    planned.when(PlanShift(shift=renamed), by=LIN).then(ShiftPlanned(shift=renamed))
    one_more = replace(EVENING, shift_id="more", from_s=-3600, to_s=0)
    planned.when(PlanShift(shift=one_more), by=LIN).refused(RosterShiftsTooMany, most=SHIFTS_MAX)


def test_a_shift_has_begun_with_the_second_it_begins(running: Stage) -> None:
    running.when(DropShift(shift_id="b"), by=LIN, at=NIGHT_AT).refused(RosterShiftBegun, shift="夜班")


def test_before_air_a_begun_hour_is_no_begun_shift(planned: Stage) -> None:
    """The show is late: until it is on air everything may be planned anew."""
    planned.when(DropShift(shift_id="b"), by=LIN, at=NIGHT_AT + HOUR_MS).then(ShiftDropped(shift_id="b"))


def test_a_new_shift_does_not_begin_in_what_was(running: Stage) -> None:
    running.given(ShiftDropped(shift_id="b"))
    running.when(PlanShift(shift=NIGHT), by=LIN, at=NIGHT_AT + 1).refused(RosterShiftBegun, shift="夜班")
    running.when(PlanShift(shift=NIGHT), by=LIN, at=NIGHT_AT).then(ShiftPlanned(shift=NIGHT))


def test_names_are_tidied_and_nobody_is_twice_in_a_role(planned: Stage) -> None:
    said = replace(NIGHT, name=" 夜班  二 ", part=" 補  貨 ", crew=(*NIGHT.crew, *NIGHT.crew))
    planned.when(PlanShift(shift=said), by=LIN)
    planned.then(ShiftPlanned(shift=replace(NIGHT, name="夜班 二", part="補 貨")))


def test_the_first_shift_dropped_before_air_the_next_ones_crew_is_on_duty(planned: Stage) -> None:
    planned.when(DropShift(shift_id="a"), by=LIN)
    planned.then(ShiftDropped(shift_id="a"), RosterAssigned(role_id="assistant", person_id="bao"))


# who did not come
def test_who_came_and_had_to_leave_ill_before_it_is_noted_is_late_after_all(running: Stage) -> None:
    """Absent is not handed over: somebody has to be found for the rest of the shift."""
    running.given(OFFERED, TAKEN, at=NIGHT_AT + 60_000)
    running.given(RosterAbsent(role_id="assistant", person_id="bao", reason="發燒"), at=NIGHT_AT + 120_000)
    running.when(NoteLate(), by=SYSTEM, at=NIGHT_AT + LATE_MS).then(replace(LATE_BAO, absent=True))
