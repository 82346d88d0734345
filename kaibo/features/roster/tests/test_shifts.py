"""Shifts of a long show: planned, handed over with a sheet, said back, changed with a cue, late, absent, closed to the house."""

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.feature import Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.core.stream import SYSTEM
from kaibo.features.roster.commands import (
    AcceptRole,
    AnswerLine,
    AskLine,
    CloseRole,
    DropShift,
    MarkAbsent,
    NoteLate,
    OfferRole,
    PlanShift,
    StandBy,
    TakeRole,
    TickSheetLine,
)
from kaibo.features.roster.facts import (
    LineAnswered,
    LineAsked,
    LineTicked,
    RosterAbsent,
    RosterAccepted,
    RosterAssigned,
    RosterClosed,
    RosterOffered,
    RosterStoodBy,
    RosterTaken,
    RosterUnassigned,
    Shift,
    ShiftDropped,
    ShiftMember,
    ShiftPlanned,
    SuccessorLate,
)
from kaibo.features.roster.feature import FEATURE
from kaibo.features.roster.planning import LATE_MS, SHIFTS_MAX
from kaibo.features.roster.refusals import (
    RosterNoCue,
    RosterNothingAsked,
    RosterOfferNotYours,
    RosterOnAir,
    RosterPersonUnknown,
    RosterQuestionOpen,
    RosterSayBackMore,
    RosterShiftBackwards,
    RosterShiftBegun,
    RosterShiftCrosses,
    RosterShiftFollows,
    RosterShiftsTooMany,
    RosterShiftUnknown,
)
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.roster.view import AskedLine, Late
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import CrewMember, ShowAired, ShowEdited, ShowEnded, ShowPlanned

HOUR_MS = 3_600_000
STARTS_AT = CURTAIN_AT + HOUR_MS
AI, BAO, QING, MIA, LIN = (
    Actor(id=each, role=role)
    for each, role in (("ai", "assistant"), ("bao", "assistant"), ("qing", "host"), ("mia", "host"), ("lin", "director"))
)
PLANNED = ShowPlanned(
    show_id="s1",
    title="雙 12 不打烊",
    starts_at=STARTS_AT,
    ends_at=STARTS_AT + 16 * HOUR_MS,
    timezone="Asia/Taipei",
    currency="TWD",
    crew=(
        CrewMember(person_id="ai", name="小艾", roles=("assistant",)),
        CrewMember(person_id="bao", name="阿寶", roles=("assistant",)),
        CrewMember(person_id="qing", name="阿晴", roles=("host",)),
        CrewMember(person_id="lin", name="小林", roles=("director",)),
    ),
)
AIRED, ENDED = ShowAired(show_id="s1"), ShowEnded(show_id="s1")


def crew(**roles: str) -> tuple[ShiftMember, ...]:
    return tuple(ShiftMember(role_id=role, person_id=person) for role, person in roles.items())


LATE_SHIFT = Shift(shift_id="a", name="晚班", from_s=0, to_s=28_800, crew=crew(assistant="ai", host="qing"))
NIGHT = Shift(shift_id="b", name="夜班", from_s=28_800, to_s=57_600, crew=crew(assistant="bao", host="mia"), cue_id="change")
NIGHT_AT = STARTS_AT + 8 * HOUR_MS
BOTH_SHIFTS = (ShiftPlanned(shift=LATE_SHIFT), ShiftPlanned(shift=NIGHT))
OFFERED = RosterOffered(
    offer_id="o1", role_id="assistant", from_person_id="ai", to_person_id="bao", lines=("豆花妹請人工確認",), shift_id="b"
)
HOSTS = RosterOffered(offer_id="o2", role_id="host", from_person_id="qing", to_person_id="mia", lines=(), shift_id="b")
THREE = ("399 到十點半", "禮盒要再抽一份", "補充包不說明早")


@pytest.fixture
def roster() -> Stage:
    held = {"ai": "assistant", "bao": "assistant", "qing": "host", "mia": "host", "lin": "director", "zhe": "operations"}
    members = Members({person: frozenset({role}) for person, role in held.items()}, {})
    return Stage(FEATURE, members=members).given(PLANNED)


@pytest.fixture
def running(roster: Stage) -> Stage:
    """The late shift is on air, and somebody is called for the night."""
    return roster.given(RosterUnassigned(role_id="assistant", person_id="bao"), *BOTH_SHIFTS).given(AIRED, at=STARTS_AT)


def people(roster: Stage, role: str = "assistant") -> tuple[str, ...]:
    return roster.fold.slice(ON_DUTY).people_in(role)


def test_before_air_the_first_shift_is_on_duty_and_who_comes_later_alone_is_not_yet(roster: Stage) -> None:
    roster.when(PlanShift(shift=LATE_SHIFT), by=LIN).then(ShiftPlanned(shift=LATE_SHIFT))
    roster.when(PlanShift(shift=NIGHT), by=LIN)
    roster.then(ShiftPlanned(shift=NIGHT), RosterUnassigned(role_id="assistant", person_id="bao"))
    early = Shift(shift_id="c", name="早班", from_s=-14_400, to_s=0, crew=crew(assistant="bao"))
    roster.when(PlanShift(shift=early), by=LIN)
    roster.then(
        ShiftPlanned(shift=early),
        RosterAssigned(role_id="assistant", person_id="bao"),
        RosterUnassigned(role_id="assistant", person_id="ai"),
        RosterUnassigned(role_id="host", person_id="qing"),
    )
    assert people(roster, "director") == ("lin",)


def test_a_shift_moves_with_the_planned_start_unless_it_hangs_on_the_clock(roster: Stage) -> None:
    anchored = replace(NIGHT, anchor_at=STARTS_AT)
    roster.given(ShiftPlanned(shift=LATE_SHIFT), ShiftPlanned(shift=anchored))
    roster.given(ShowEdited(starts_at=STARTS_AT - HOUR_MS))
    rows = roster.rows("roster.shifts")
    assert [(rows[key].number, rows[key].starts_at) for key in "ab"] == [(1, STARTS_AT - HOUR_MS), (2, NIGHT_AT)]
    assert rows["b"].ends_at == STARTS_AT + 16 * HOUR_MS


@pytest.mark.parametrize(
    ("shift", "rule"),
    [
        (replace(NIGHT, to_s=28_800), RosterShiftBackwards),
        (replace(NIGHT, from_s=28_799), RosterShiftCrosses),
        (replace(NIGHT, crew=crew(assistant="ghost")), RosterPersonUnknown),
    ],
)
def test_a_shift_that_cannot_be_is_refused(roster: Stage, shift: Shift, rule: type) -> None:
    roster.given(ShiftPlanned(shift=LATE_SHIFT)).when(PlanShift(shift=shift), by=LIN).refused(rule)


def test_a_show_has_a_dozen_shifts_at_most(roster: Stage) -> None:
    hours = [
        Shift(shift_id=f"s{hour}", name=f"{hour}", from_s=hour * 3600, to_s=hour * 3600 + 3600) for hour in range(SHIFTS_MAX)
    ]
    roster.given(*(ShiftPlanned(shift=each) for each in hours))
    roster.when(PlanShift(shift=replace(NIGHT, from_s=50_400)), by=LIN).refused(RosterShiftsTooMany, most=SHIFTS_MAX)
    roster.when(PlanShift(shift=hours[0]), by=LIN).then()


def test_what_has_begun_keeps_its_start_and_can_be_made_longer_or_shorter_from_now_on(running: Stage) -> None:
    running.when(PlanShift(shift=replace(NIGHT, from_s=29_400)), by=LIN).then(ShiftPlanned(shift=replace(NIGHT, from_s=29_400)))
    longer = replace(LATE_SHIFT, to_s=29_400)
    running.when(PlanShift(shift=longer), by=LIN, at=STARTS_AT + HOUR_MS).then(ShiftPlanned(shift=longer))
    running.when(PlanShift(shift=replace(longer, from_s=600)), by=LIN).refused(RosterShiftBegun, shift="晚班")
    running.when(PlanShift(shift=replace(longer, to_s=1800)), by=LIN).refused(RosterShiftBegun)
    running.when(DropShift(shift_id="a"), by=LIN).refused(RosterShiftBegun)
    running.when(DropShift(shift_id="b"), by=LIN).then(ShiftDropped(shift_id="b"))
    running.when(DropShift(shift_id="b"), by=LIN).refused(RosterShiftUnknown)


def test_a_role_is_handed_over_with_three_things_said_back_and_the_sheet_as_it_stood(running: Stage) -> None:
    offer = OfferRole(offer_id="o1", role_id="assistant", to_person_id="bao", lines=(" 豆花妹請人工確認 ",), shift_id="b")
    running.when(offer, by=AI, at=NIGHT_AT - 600_000).then(OFFERED)
    running.when(AcceptRole(offer_id="o1", said_back=(*THREE[:2], THREE[0])), by=BAO).refused(RosterSayBackMore, said=2, wanted=3)
    seq = running.seq
    running.when(AcceptRole(offer_id="o1", said_back=THREE, sheet_seq=seq + 9), by=BAO)
    running.then(
        RosterAccepted(
            offer_id="o1",
            role_id="assistant",
            from_person_id="ai",
            to_person_id="bao",
            said_back=THREE,
            sheet_seq=seq,
        )
    )
    assert people(running) == ("bao",)
    assert running.row("roster.board", "assistant/bao").sheet_seq == seq


def test_between_shifts_the_log_says_what_goes_along_and_no_line_is_needed(running: Stage) -> None:
    offer = OfferRole(offer_id="o2", role_id="host", to_person_id="mia", lines=("", " "), shift_id="b")
    running.when(offer, by=QING).then(HOSTS)
    unknown = OfferRole(offer_id="o3", role_id="assistant", to_person_id="bao", lines=(), shift_id="z")
    running.when(unknown, by=AI).refused(RosterShiftUnknown, shift_id="z")


def test_what_is_asked_goes_back_to_whoever_leaves_and_is_not_lost(running: Stage) -> None:
    running.given(OFFERED)
    running.when(TickSheetLine(offer_id="o1", line="promo/p1"), by=BAO).then(
        LineTicked(offer_id="o1", line="promo/p1", ticked=True)
    )
    running.when(TickSheetLine(offer_id="o1", line="promo/p1"), by=BAO).then()
    asked = LineAsked(offer_id="o1", line="promo/p1", question="到幾點？")
    running.when(AskLine(offer_id="o1", line="promo/p1", question=" 到幾點？ "), by=BAO).then(asked)
    assert running.row("roster.board", "assistant/ai").offer.ticked == ()
    running.when(AcceptRole(offer_id="o1", said_back=THREE), by=BAO).refused(RosterQuestionOpen, open=1)
    running.when(AnswerLine(offer_id="o1", line="promo/p1", answer="十點半"), by=BAO).refused(RosterOfferNotYours)
    running.when(AnswerLine(offer_id="o1", line="stock/x", answer="十點半"), by=AI).refused(RosterNothingAsked)
    running.when(AnswerLine(offer_id="o1", line="promo/p1", answer="十點半"), by=AI)
    running.then(LineAnswered(offer_id="o1", line="promo/p1", answer="十點半"))
    offer = running.row("roster.board", "assistant/ai").offer
    assert offer.asked == (AskedLine(line="promo/p1", question="到幾點？", answer="十點半"),)
    running.when(AcceptRole(offer_id="o1", said_back=THREE), by=BAO)
    assert people(running) == ("bao",)


def test_who_sees_for_themselves_has_nothing_open(running: Stage) -> None:
    running.given(OFFERED, LineAsked(offer_id="o1", line="x", question="?"), LineTicked(offer_id="o1", line="x", ticked=True))
    running.when(AcceptRole(offer_id="o1", said_back=THREE), by=BAO)
    assert people(running) == ("bao",)


def test_hosts_change_with_the_cue_once_both_stand_by(running: Stage) -> None:
    running.given(HOSTS)
    went = CueWent(cue_id="change", pass_id="x", via="go", from_cue_id=None)
    running.when(StandBy(offer_id="o2"), by=QING).then(RosterStoodBy(offer_id="o2", person_id="qing"))
    running.given(went)
    assert people(running, "host") == ("qing",), "one alone changes nothing"
    running.when(StandBy(offer_id="o2", said_back=THREE[:1]), by=MIA).refused(RosterSayBackMore)
    running.when(StandBy(offer_id="o2", said_back=THREE), by=MIA)
    running.then(RosterStoodBy(offer_id="o2", person_id="mia", said_back=THREE))
    assert set(running.row("roster.board", "host/qing").offer.stood_by) == {"qing", "mia"}
    running.given(replace(went, cue_id="other"), replace(went, via="undo"))
    assert people(running, "host") == ("qing",)
    running.given(went, at=NIGHT_AT + 1)
    row = running.row("roster.board", "host/mia")
    assert (row.since, row.after, row.said_back, row.came) == (NIGHT_AT + 1, "qing", THREE, "accepted")
    assert running.row("roster.board", "host/qing").left == "handed_over"


def test_who_asks_again_stands_by_no_longer(running: Stage) -> None:
    running.given(
        HOSTS, RosterStoodBy(offer_id="o2", person_id="qing"), RosterStoodBy(offer_id="o2", person_id="mia", said_back=THREE)
    )
    running.when(AskLine(offer_id="o2", line="note/now", question="哪一句？"), by=MIA)
    running.given(CueWent(cue_id="change", pass_id="x", via="go", from_cue_id=None))
    assert people(running, "host") == ("qing",)


def test_a_shift_without_a_cue_is_accepted_instead(running: Stage) -> None:
    running.given(ShiftPlanned(shift=replace(NIGHT, cue_id="")), HOSTS)
    running.when(StandBy(offer_id="o2"), by=QING).refused(RosterNoCue)


def test_a_successor_who_is_late_is_told_and_the_one_before_stays(running: Stage) -> None:
    assert running.fold.due()["roster"] == (NIGHT_AT + LATE_MS, NoteLate())
    running.when(NoteLate(), by=SYSTEM, at=NIGHT_AT + LATE_MS - 1).then()
    running.given(OFFERED)
    running.when(NoteLate(), by=SYSTEM, at=NIGHT_AT + LATE_MS)
    running.then(
        SuccessorLate(shift_id="b", role_id="assistant", person_id="bao"),
        SuccessorLate(shift_id="b", role_id="host", person_id="mia"),
    )
    assert running.fold.due()["roster"] is None, "each is noted once"
    assert people(running) == ("ai",)
    running.when(AcceptRole(offer_id="o1", said_back=THREE), by=BAO)
    assert running.row("roster.shifts", "b").late == (Late(role_id="host", person_id="mia", absent=False),)


def test_a_successor_who_is_absent_is_said_so_before_the_shift_and_anybody_able_takes_it(running: Stage) -> None:
    running.given(OFFERED)
    running.when(MarkAbsent(person_id="bao", reason="發燒"), by=LIN)
    running.then(RosterAbsent(role_id="assistant", person_id="bao", reason="發燒"))
    running.when(MarkAbsent(person_id="bao"), by=LIN).then()
    assert running.row("roster.board", "assistant/ai").offer is None
    running.when(NoteLate(), by=SYSTEM, at=NIGHT_AT + LATE_MS)
    assert Late(role_id="assistant", person_id="bao", absent=True) in running.row("roster.shifts", "b").late
    assert people(running) == ("ai",)
    running.when(TakeRole(role_id="host", from_person_id="qing", reason="Mia 沒來"), by=MIA)
    running.then(RosterTaken(role_id="host", person_id="mia", from_person_id="qing", reason="Mia 沒來"))


def test_who_came_and_left_again_is_not_late(running: Stage) -> None:
    running.given(OFFERED, at=NIGHT_AT)
    running.when(AcceptRole(offer_id="o1", said_back=THREE), by=BAO)
    running.when(TakeRole(role_id="assistant", from_person_id="bao", reason="阿寶不舒服"), by=AI)
    running.when(NoteLate(), by=SYSTEM, at=NIGHT_AT + LATE_MS).then(SuccessorLate(shift_id="b", role_id="host", person_id="mia"))


def test_the_last_of_the_night_closes_to_the_house(running: Stage) -> None:
    running.when(CloseRole(role_id="assistant"), by=AI).refused(RosterShiftFollows, shift="夜班")
    running.when(CloseRole(role_id="director"), by=LIN).refused(RosterOnAir)
    running.given(OFFERED, at=NIGHT_AT)
    running.when(AcceptRole(offer_id="o1", said_back=THREE), by=BAO)
    running.when(CloseRole(role_id="assistant"), by=BAO, at=STARTS_AT + 16 * HOUR_MS - 1).refused(RosterOnAir)
    seq = running.given(ENDED, at=STARTS_AT + 16 * HOUR_MS).seq
    running.when(CloseRole(role_id="assistant", lines=(" 補貨單在桌上 ", "")), by=BAO)
    running.then(RosterClosed(role_id="assistant", person_id="bao", lines=("補貨單在桌上",), sheet_seq=seq))
    row = running.row("roster.board", "assistant/bao")
    assert (row.left, row.sheet_seq) == ("closed", seq)
