"""Who is on duty: put there, here, handed over and said back, taken in need, absent; work never moves silently."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.feature import Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.charter.facts import CharterAdopted
from kaibo.features.charter.shipped import seven
from kaibo.features.roster.commands import (
    AcceptRole,
    AssignPerson,
    CheckIn,
    DeclineRole,
    LeaveDuty,
    MarkAbsent,
    OfferRole,
    TakeRole,
    UnassignPerson,
    WithdrawOffer,
)
from kaibo.features.roster.facts import (
    RosterAbsent,
    RosterAccepted,
    RosterAssigned,
    RosterCheckedIn,
    RosterDeclined,
    RosterOffered,
    RosterTaken,
    RosterUnassigned,
    RosterWithdrawn,
)
from kaibo.features.roster.feature import FEATURE
from kaibo.features.roster.refusals import (
    RosterMayNotTake,
    RosterNoDuty,
    RosterNothingSaid,
    RosterNotOnDuty,
    RosterOfferGone,
    RosterOfferIdTaken,
    RosterOfferNotYours,
    RosterOfferOpen,
    RosterOnAir,
    RosterPersonUnknown,
    RosterRoleNotHeld,
    RosterShowEnded,
    RosterSomebodyElse,
    RosterToOneself,
)
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.roster.view import OpenOffer, RosterGapRow, RosterRow
from kaibo.features.show.facts import CrewMember, ShowAired, ShowEdited, ShowEnded, ShowPlanned

STARTS_AT = CURTAIN_AT + 3_600_000
AI, BAO, PEI, LIN, ZHE = (
    Actor(id=each, role=role)
    for each, role in (("ai", "assistant"), ("bao", "assistant"), ("pei", "care"), ("lin", "director"), ("zhe", "operations"))
)
PLANNED = ShowPlanned(
    show_id="s1",
    title="秋裝",
    starts_at=STARTS_AT,
    ends_at=STARTS_AT + 7_200_000,
    timezone="Asia/Taipei",
    currency="TWD",
    crew=(
        CrewMember(person_id="ai", name="小艾", roles=("assistant",)),
        CrewMember(person_id="lin", name="小林", roles=("director", "planner")),
    ),
)
AIRED, ENDED = ShowAired(show_id="s1"), ShowEnded(show_id="s1")
OFFER = OfferRole(
    offer_id="o1", role_id="assistant", to_person_id="bao", lines=(" 三則提問還沒回 ", "", "豆花妹第五單請人工確認")
)
OFFERED = RosterOffered(
    offer_id="o1",
    role_id="assistant",
    from_person_id="ai",
    to_person_id="bao",
    lines=("三則提問還沒回", "豆花妹第五單請人工確認"),
)
ACCEPTED = RosterAccepted(
    offer_id="o1", role_id="assistant", from_person_id="ai", to_person_id="bao", said_back=("三則提問我來回",)
)
BOTH = ("ai", "bao")


def members() -> Members:
    """The people of a house; care stands in for assistants."""
    held = {"ai": {"assistant"}, "bao": {"assistant"}, "pei": {"care"}, "lin": {"director", "planner"}, "zhe": {"operations"}}
    return Members({person: frozenset(roles) for person, roles in held.items()}, {"assistant": frozenset({"care"})})


@pytest.fixture
def roster() -> Stage:
    return Stage(FEATURE, members=members()).given(PLANNED)


def on_duty(roster: Stage, role: str = "assistant") -> tuple[str, ...]:
    return roster.fold.slice(ON_DUTY).people_in(role)


def test_a_show_begins_with_the_crew_it_was_planned_with(roster: Stage) -> None:
    assert {key: row.on_duty for key, row in roster.rows("roster.board").items()} == {
        "assistant/ai": True,
        "director/lin": True,
        "planner/lin": True,
    }
    assert roster.row("roster.board", "assistant/ai").came == "planned"


def test_a_call_is_before_the_planned_start_and_moves_with_it(roster: Stage) -> None:
    roster.when(AssignPerson(role_id="assistant", person_id="bao", call_before_s=5400, stand_in_id="pei"), by=LIN)
    roster.then(RosterAssigned(role_id="assistant", person_id="bao", call_before_s=5400, stand_in_id="pei"))
    assert roster.row("roster.board", "assistant/bao") == RosterRow(
        role_id="assistant",
        person_id="bao",
        on_duty=True,
        since=CURTAIN_AT,
        call_at=STARTS_AT - 5_400_000,
        call_before_s=5400,
        checked_in_at=None,
        stand_in_id="pei",
        came="assigned",
        after="",
        said_back=(),
        left="",
        reason="",
        offer=None,
    )
    roster.given(ShowEdited(starts_at=STARTS_AT + 600_000))
    assert roster.row("roster.board", "assistant/bao").call_at == STARTS_AT - 4_800_000


def test_said_again_it_changes_call_and_stand_in_and_nothing_else(roster: Stage) -> None:
    again = AssignPerson(role_id="assistant", person_id="ai", call_before_s=3600)
    roster.given(RosterCheckedIn(person_id="ai"))
    roster.when(again, by=LIN, at=CURTAIN_AT + 9).then(RosterAssigned(role_id="assistant", person_id="ai", call_before_s=3600))
    row = roster.row("roster.board", "assistant/ai")
    assert (row.since, row.checked_in_at, row.call_before_s) == (CURTAIN_AT, CURTAIN_AT, 3600)
    roster.when(again, by=LIN).then()


def test_only_people_of_the_house_who_hold_the_role_are_put_on_duty(roster: Stage) -> None:
    roster.when(AssignPerson(role_id="assistant", person_id="nobody"), by=LIN)
    roster.refused(RosterPersonUnknown, person="nobody")
    roster.when(AssignPerson(role_id="assistant", person_id="pei"), by=LIN)
    roster.refused(RosterRoleNotHeld, role="assistant")


def test_a_stand_in_is_another_one_who_holds_the_role_or_stands_in_for_it(roster: Stage) -> None:
    for stand_in, refusal in (("ai", RosterToOneself), ("zhe", RosterRoleNotHeld), ("nobody", RosterRoleNotHeld)):
        roster.when(AssignPerson(role_id="assistant", person_id="ai", stand_in_id=stand_in), by=LIN)
        roster.refused(refusal)
    roster.when(AssignPerson(role_id="assistant", person_id="ai", stand_in_id="pei"), by=LIN)
    roster.then(RosterAssigned(role_id="assistant", person_id="ai", stand_in_id="pei"))


def test_nobody_is_simply_taken_off_what_is_running(roster: Stage) -> None:
    roster.when(UnassignPerson(role_id="assistant", person_id="bao"), by=LIN)
    roster.refused(RosterNotOnDuty, role="assistant")
    roster.given(RosterAssigned(role_id="assistant", person_id="bao"))
    roster.when(UnassignPerson(role_id="assistant", person_id="bao"), by=LIN)
    roster.then(RosterUnassigned(role_id="assistant", person_id="bao"))
    assert on_duty(roster) == ("ai",)
    assert roster.row("roster.board", "assistant/bao") is None
    roster.given(AIRED)
    roster.when(UnassignPerson(role_id="assistant", person_id="ai"), by=LIN)
    roster.refused(RosterOnAir)


def test_who_checks_in_is_here_for_all_their_roles(roster: Stage) -> None:
    roster.when(CheckIn(), by=LIN, at=CURTAIN_AT + 5).then(RosterCheckedIn(person_id="lin"))
    assert [roster.row("roster.board", key).checked_in_at for key in ("director/lin", "planner/lin", "assistant/ai")] == [
        CURTAIN_AT + 5,
        CURTAIN_AT + 5,
        None,
    ]
    roster.when(CheckIn(), by=LIN).then()
    roster.when(CheckIn(), by=BAO)
    roster.refused(RosterNoDuty)


def test_a_role_put_on_later_finds_one_here_already(roster: Stage) -> None:
    roster.given(RosterCheckedIn(person_id="ai"))
    roster.given(RosterAssigned(role_id="care", person_id="ai"), at=CURTAIN_AT + 5)
    assert roster.row("roster.board", "care/ai").checked_in_at == CURTAIN_AT


def test_an_offer_moves_nothing_until_it_is_said_back(roster: Stage) -> None:
    roster.when(OFFER, by=AI).then(OFFERED)
    assert on_duty(roster) == ("ai",)
    offer = OpenOffer(offer_id="o1", to_person_id="bao", lines=OFFERED.lines, at=CURTAIN_AT)
    assert roster.row("roster.board", "assistant/ai").offer == offer
    roster.given(AIRED)
    roster.when(AcceptRole(offer_id="o1", said_back=("三則提問我來回", " ")), by=BAO, at=CURTAIN_AT + 9).then(ACCEPTED)
    assert on_duty(roster) == ("bao",)
    ai, bao = (roster.row("roster.board", f"assistant/{each}") for each in BOTH)
    assert (ai.on_duty, ai.left, ai.since, ai.offer) == (False, "handed_over", CURTAIN_AT + 9, None)
    assert (bao.came, bao.after, bao.said_back, bao.checked_in_at) == ("accepted", "ai", ("三則提問我來回",), CURTAIN_AT + 9)


def test_before_air_accepting_is_not_being_here(roster: Stage) -> None:
    roster.given(OFFERED)
    roster.when(AcceptRole(offer_id="o1", said_back=("三則提問我來回",)), by=BAO).then(ACCEPTED)
    assert roster.row("roster.board", "assistant/bao").checked_in_at is None


def test_who_takes_over_is_called_when_the_other_was(roster: Stage) -> None:
    roster.given(RosterAssigned(role_id="assistant", person_id="ai", call_before_s=1800, stand_in_id="bao"), OFFERED, ACCEPTED)
    row = roster.row("roster.board", "assistant/bao")
    assert (row.call_before_s, row.stand_in_id) == (1800, "")


def test_who_takes_over_has_the_stand_in_of_the_other(roster: Stage) -> None:
    roster.given(RosterAssigned(role_id="assistant", person_id="ai", call_before_s=1800, stand_in_id="pei"), OFFERED, ACCEPTED)
    row = roster.row("roster.board", "assistant/bao")
    assert (row.call_before_s, row.stand_in_id) == (1800, "pei")


def test_what_is_handed_over_is_named_and_what_is_taken_said_back(roster: Stage) -> None:
    roster.when(OfferRole(offer_id="o1", role_id="assistant", to_person_id="bao", lines=("  ", "\u200b")), by=AI)
    roster.refused(RosterNothingSaid)
    roster.given(OFFERED)
    roster.when(AcceptRole(offer_id="o1", said_back=("\u200b",)), by=BAO)
    roster.refused(RosterNothingSaid)


def test_who_may_not_be_offered_what(roster: Stage) -> None:
    roster.when(OFFER, by=BAO)
    roster.refused(RosterNotOnDuty, role="assistant")
    for to, refusal in (("ai", RosterToOneself), ("pei", RosterRoleNotHeld), ("nobody", RosterPersonUnknown)):
        roster.when(OfferRole(offer_id="o1", role_id="assistant", to_person_id=to, lines=("一",)), by=AI)
        roster.refused(refusal)


def test_a_role_is_offered_once_at_a_time(roster: Stage) -> None:
    roster.given(OFFERED)
    roster.when(OfferRole(offer_id="o2", role_id="assistant", to_person_id="bao", lines=("一",)), by=AI)
    roster.refused(RosterOfferOpen, role="assistant")
    roster.when(WithdrawOffer(offer_id="o1"), by=AI).then(RosterWithdrawn(offer_id="o1"))
    roster.when(OFFER, by=AI)
    roster.refused(RosterOfferIdTaken)


@pytest.mark.parametrize(
    ("answer", "whose"),
    [
        (AcceptRole(offer_id="o1", said_back=("一",)), BAO),
        (DeclineRole(offer_id="o1"), BAO),
        (WithdrawOffer(offer_id="o1"), AI),
    ],
)
def test_an_offer_is_answered_by_whom_it_was_made_to_and_withdrawn_by_who_made_it(
    roster: Stage, answer: AcceptRole | DeclineRole | WithdrawOffer, whose: Actor
) -> None:
    roster.given(OFFERED)
    for other in {AI, BAO, LIN} - {whose}:
        roster.when(answer, by=other)
        roster.refused(RosterOfferNotYours)
    roster.when(answer, by=whose)
    roster.when(answer, by=whose)
    roster.refused(RosterOfferGone, offer_id="o1")


def test_declined_it_stays_where_it_was_and_may_be_offered_anew(roster: Stage) -> None:
    roster.given(OFFERED)
    roster.when(DeclineRole(offer_id="o1", reason=" 我在接 貨 "), by=BAO).then(RosterDeclined(offer_id="o1", reason="我在接 貨"))
    assert on_duty(roster) == ("ai",)
    assert roster.row("roster.board", "assistant/ai").offer is None
    roster.when(OfferRole(offer_id="o2", role_id="assistant", to_person_id="bao", lines=("一",)), by=AI)
    roster.then(RosterOffered(offer_id="o2", role_id="assistant", from_person_id="ai", to_person_id="bao", lines=("一",)))


def test_who_lost_the_role_meanwhile_does_not_accept_it(roster: Stage) -> None:
    roster.given(OFFERED)
    roster.members = Members({**members().roles, "bao": frozenset({"care"})})
    roster.when(AcceptRole(offer_id="o1", said_back=("一",)), by=BAO)
    roster.refused(RosterRoleNotHeld, role="assistant")


def test_in_need_who_holds_the_role_takes_it_with_a_reason_and_the_old_one_is_off(roster: Stage) -> None:
    roster.given(AIRED, OFFERED)
    roster.when(TakeRole(role_id="assistant", from_person_id="ai", reason=" "), by=BAO)
    roster.refused(RosterNothingSaid)
    roster.when(TakeRole(role_id="assistant", from_person_id="ai", reason="小艾 斷線"), by=BAO, at=CURTAIN_AT + 9)
    roster.then(RosterTaken(role_id="assistant", person_id="bao", from_person_id="ai", reason="小艾 斷線"))
    ai, bao = (roster.row("roster.board", f"assistant/{each}") for each in BOTH)
    assert (on_duty(roster), ai.left, ai.offer) == (("bao",), "taken", None)
    assert (bao.came, bao.reason, bao.since, bao.checked_in_at) == ("taken", "小艾 斷線", CURTAIN_AT + 9, CURTAIN_AT + 9)


def test_a_role_that_stands_in_takes_too_and_others_do_not(roster: Stage) -> None:
    roster.when(TakeRole(role_id="assistant", from_person_id="ai", reason="斷線"), by=ZHE)
    roster.refused(RosterMayNotTake, role="assistant")
    roster.when(TakeRole(role_id="assistant", from_person_id="ai", reason="斷線"), by=PEI)
    roster.then(RosterTaken(role_id="assistant", person_id="pei", from_person_id="ai", reason="斷線"))


def test_a_show_that_keeps_a_charter_asks_that_one_who_stands_in(roster: Stage) -> None:
    roster.members = Members(members().roles, {"assistant": frozenset({"operations"})})
    take = TakeRole(role_id="assistant", from_person_id="ai", reason="斷線")
    roster.given(CharterAdopted(version=1, charter=seven()))
    roster.when(take, by=ZHE)
    roster.refused(RosterMayNotTake)
    roster.when(take, by=PEI)
    assert on_duty(roster) == ("pei",)


def test_who_takes_says_from_whom_and_looks_again_when_it_moved(roster: Stage) -> None:
    for giver, refusal in (("lin", RosterSomebodyElse), ("", RosterSomebodyElse), ("bao", RosterToOneself)):
        roster.when(TakeRole(role_id="assistant", from_person_id=giver, reason="斷線"), by=BAO)
        roster.refused(refusal)
    roster.given(RosterAbsent(role_id="assistant", person_id="ai"))
    roster.when(TakeRole(role_id="assistant", from_person_id="ai", reason="斷線"), by=BAO)
    roster.refused(RosterSomebodyElse, role="assistant")
    roster.when(TakeRole(role_id="assistant", reason="沒有人"), by=BAO)
    assert on_duty(roster) == ("bao",)


def test_two_in_one_role_and_one_takes_the_others_place(roster: Stage) -> None:
    roster.given(RosterAssigned(role_id="assistant", person_id="bao", call_before_s=60))
    assert on_duty(roster) == BOTH
    roster.when(TakeRole(role_id="assistant", from_person_id="ai", reason="斷線"), by=BAO)
    assert on_duty(roster) == ("bao",)
    assert roster.row("roster.board", "assistant/bao").call_before_s == 60


def test_who_is_absent_has_a_stand_in_at_once(roster: Stage) -> None:
    roster.given(RosterAssigned(role_id="assistant", person_id="ai", call_before_s=1800, stand_in_id="pei"), OFFERED)
    roster.when(LeaveDuty(reason="發燒"), by=AI, at=CURTAIN_AT + 9)
    roster.then(RosterAbsent(role_id="assistant", person_id="ai", stand_in_id="pei", reason="發燒"))
    ai, pei = (roster.row("roster.board", f"assistant/{each}") for each in ("ai", "pei"))
    assert (on_duty(roster), ai.left, ai.reason, ai.offer) == (("pei",), "absent", "發燒", None)
    assert (pei.came, pei.after, pei.call_before_s, pei.checked_in_at) == ("stand_in", "ai", 1800, None)


def test_without_a_stand_in_the_role_shows_as_uncovered(roster: Stage) -> None:
    roster.when(MarkAbsent(person_id="lin"), by=LIN)
    roster.then(RosterAbsent(role_id="director", person_id="lin"), RosterAbsent(role_id="planner", person_id="lin"))
    assert roster.rows("roster.gaps") == {
        role: RosterGapRow(role_id=role, duties=(), gone=("lin",)) for role in ("director", "planner")
    }
    roster.when(MarkAbsent(person_id="lin"), by=LIN)
    roster.refused(RosterNoDuty)


def test_who_is_absent_in_one_role_stays_in_the_other_and_may_stand_in(roster: Stage) -> None:
    roster.given(RosterAssigned(role_id="assistant", person_id="ai", stand_in_id="lin"))
    roster.members = Members({**members().roles, "lin": frozenset({"planner", "assistant"})}, members().stand_ins)
    roster.when(MarkAbsent(person_id="lin", role_id="director"), by=LIN)
    roster.then(RosterAbsent(role_id="director", person_id="lin"))
    assert (on_duty(roster, "director"), on_duty(roster, "planner")) == ((), ("lin",))
    roster.when(MarkAbsent(person_id="lin", role_id="director"), by=LIN)
    roster.refused(RosterNotOnDuty, role="director")
    roster.when(LeaveDuty(), by=AI).then(RosterAbsent(role_id="assistant", person_id="ai", stand_in_id="lin"))


def test_a_stand_in_who_left_lost_the_role_or_is_absent_too_does_not_come(roster: Stage) -> None:
    roster.given(RosterAssigned(role_id="assistant", person_id="ai", stand_in_id="pei"))
    whole = members().roles
    for known in ({**whole, "pei": frozenset({"host"})}, {each: held for each, held in whole.items() if each != "pei"}):
        roster.members = Members(known, members().stand_ins)
        roster.when(LeaveDuty(), by=AI).then(RosterAbsent(role_id="assistant", person_id="ai"))
        roster.given(RosterAssigned(role_id="assistant", person_id="ai", stand_in_id="pei"))
    roster.members = members()
    roster.given(RosterAssigned(role_id="care", person_id="pei"), RosterAbsent(role_id="care", person_id="pei"))
    roster.when(LeaveDuty(), by=AI).then(RosterAbsent(role_id="assistant", person_id="ai"))


def test_a_stand_in_who_came_back_comes(roster: Stage) -> None:
    roster.given(RosterAssigned(role_id="assistant", person_id="ai", stand_in_id="pei"))
    roster.given(RosterAssigned(role_id="care", person_id="pei"), RosterAbsent(role_id="care", person_id="pei"))
    roster.given(RosterAssigned(role_id="care", person_id="pei"))
    roster.when(LeaveDuty(), by=AI).then(RosterAbsent(role_id="assistant", person_id="ai", stand_in_id="pei"))


def test_an_offer_to_who_is_absent_is_void(roster: Stage) -> None:
    roster.given(
        RosterAssigned(role_id="assistant", person_id="bao"), OFFERED, RosterAbsent(role_id="assistant", person_id="bao")
    )
    assert roster.row("roster.board", "assistant/ai").offer is None


def test_the_charter_in_force_says_which_roles_must_be_filled(roster: Stage) -> None:
    roster.given(CharterAdopted(version=1, charter=seven()))
    gaps = roster.rows("roster.gaps")
    assert set(gaps) == {"host", "operations", "tech", "care"}
    assert "explain.products" in gaps["host"].duties
    roster.given(RosterAssigned(role_id="host", person_id="qing"))
    assert "host" not in roster.rows("roster.gaps")
    roster.given(AIRED, ENDED)
    assert roster.rows("roster.gaps") == {}


def test_who_was_on_duty_is_known_at_any_past_second(roster: Stage) -> None:
    roster.given(OFFERED, at=CURTAIN_AT + 10).given(ACCEPTED, at=CURTAIN_AT + 20)
    roster.given(RosterAbsent(role_id="assistant", person_id="bao"), at=CURTAIN_AT + 30)
    slice_ = roster.fold.slice(ON_DUTY)
    told = [slice_.at(CURTAIN_AT + at) for at in (0, 19, 20, 30)]
    assert [each and each["assistant"] for each in told] == [{"ai"}, {"ai"}, {"bao"}, frozenset()]
    assert slice_.at(CURTAIN_AT - 1) is None


def test_after_the_show_nothing_moves_and_no_offer_waits(roster: Stage) -> None:
    roster.given(OFFERED, AIRED, ENDED)
    assert roster.row("roster.board", "assistant/ai").offer is None
    for command in (
        CheckIn(),
        OFFER,
        TakeRole(role_id="assistant", from_person_id="ai", reason="一"),
        MarkAbsent(person_id="ai"),
    ):
        roster.when(command, by=BAO)
        roster.refused(RosterShowEnded)
    assert on_duty(roster) == ("ai",)
