"""Taken in need: by anybody of the crew, for a while, for a reason; never what is forbidden or kept apart."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.feature import Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.core.stream import SYSTEM
from kaibo.features.charter.facts import Charter, CharterAdopted, CharterDuty, CharterRole, Separation
from kaibo.features.charter.shipped import seven
from kaibo.features.charter.slices import HouseCharter, takeable
from kaibo.features.roster.facts import RosterAssigned
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned
from kaibo.features.taking.commands import GiveBack, LapseTaking, TakeDuty
from kaibo.features.taking.facts import DutyGivenBack, DutyLapsed, DutyTaken
from kaibo.features.taking.feature import FEATURE
from kaibo.features.taking.rules import (
    TakingForbidden,
    TakingHeld,
    TakingIdTaken,
    TakingKept,
    TakingNotCrew,
    TakingNothingSaid,
    TakingNotOnAir,
    TakingNotYours,
    TakingOver,
    TakingSeparated,
)
from kaibo.features.taking.slices import StandIn
from kaibo.features.taking.view import TakingRow

AI, LIN, ZHE, HUA, TOKEN = (
    Actor(id=each, role=role)
    for each, role in (("ai", "assistant"), ("lin", "director"), ("zhe", "operations"), ("hua", "host"), ("t1", "assistant"))
)
CREW = Members({each.id: frozenset({each.role}) for each in (AI, LIN, ZHE, HUA)})
PLANNED = ShowPlanned(show_id="s1", title="秋裝", starts_at=0, ends_at=1, timezone="Asia/Taipei", currency="TWD")
AIRED, ENDED = ShowAired(show_id="s1"), ShowEnded(show_id="s1")
ADOPTED = CharterAdopted(version=1, charter=seven())
MINUTE = 60_000
TAKE = TakeDuty(taking_id="k1", taken="rundown.run", reason=" 導播 斷線 ")
TAKEN = DutyTaken(
    taking_id="k1",
    duty="rundown.run",
    person_id="ai",
    role_id="assistant",
    reason="導播 斷線",
    until=CURTAIN_AT + 10 * MINUTE,
    answers=("director",),
    on_duty=("lin",),
)


@pytest.fixture
def show() -> Stage:
    stage = Stage(FEATURE, members=CREW)
    return stage.given(PLANNED, RosterAssigned(role_id="director", person_id="lin"), AIRED, ADOPTED)


def test_anybody_of_the_crew_takes_a_duty_for_ten_minutes_and_all_see_why(show):
    show.when(TAKE, by=AI).then(TAKEN)
    assert show.rows("duty.takings") == {
        "k1": TakingRow(
            taking_id="k1",
            duty="rundown.run",
            person_id="ai",
            role_id="assistant",
            reason="導播 斷線",
            at=CURTAIN_AT,
            until=CURTAIN_AT + 10 * MINUTE,
            ended_at=None,
            ended="",
            ended_by="",
            answers=("director",),
            on_duty=("lin",),
            events=0,
            seqs=(),
        )
    }


def test_where_nobody_is_on_duty_it_is_taken_all_the_same_and_told(show):
    show.when(TakeDuty(taking_id="k2", taken="product.pin", reason="沒人"), by=HUA)
    assert show.row("duty.takings", "k2").on_duty == ("lin",)  # the director may list too
    show.when(TakeDuty(taking_id="k3", taken="metric.spend", reason="沒人"), by=HUA)
    assert show.row("duty.takings", "k3").on_duty == ()


def test_need_is_of_a_show_on_air(show):
    Stage(FEATURE, members=CREW).given(PLANNED).when(TAKE, by=AI).refused(TakingNotOnAir)
    show.given(ENDED).when(TAKE, by=AI).refused(TakingNotOnAir)


def test_a_reason_is_said(show):
    show.when(TakeDuty(taking_id="k1", taken="rundown.run", reason=" \n\u200b "), by=AI).refused(TakingNothingSaid)


def test_what_is_forbidden_stays_forbidden_also_beside_another_role(show):
    show.when(TakeDuty(taking_id="k1", taken="promo.approve", reason="急"), by=ZHE).refused(TakingForbidden, duty="promo.approve")
    both = Members({"zhe": frozenset({"operations", "host"})})
    stage = Stage(FEATURE, members=both).given(PLANNED, AIRED, ADOPTED)
    stage.when(TakeDuty(taking_id="k1", taken="promo.approve", reason="急"), by=Actor(id="zhe", role="host")).refused(
        TakingForbidden
    )


def test_nobody_becomes_both_of_two_by_role_or_by_taking(show):
    show.when(TakeDuty(taking_id="k1", taken="promo.propose", reason="急"), by=LIN).refused(TakingSeparated, duty="promo.propose")
    show.when(TakeDuty(taking_id="k1", taken="promo.propose", reason="急"), by=HUA)
    show.when(TakeDuty(taking_id="k2", taken="promo.approve", reason="急"), by=HUA).refused(TakingSeparated)
    show.when(TakeDuty(taking_id="k2", taken="promo.approve", reason="急"), by=HUA, at=CURTAIN_AT + 10 * MINUTE)
    assert show.row("duty.takings", "k2").person_id == "hua"  # what one no longer has is not held beside it


def test_three_kept_apart_are_two_for_one_and_the_third_refused():
    duties = tuple(
        CharterDuty(duty_id=name, phases=("on_air",), grants=(name,), cells={"director": "R"})
        for name in ("draw.prepare", "draw.close", "draw.run")
    )
    apart = Separation(separation_id="draws", duties=("draw.prepare", "draw.close", "draw.run"), people=2)
    charter = Charter(roles=(CharterRole(role_id="director"), CharterRole(role_id="host")), duties=duties, separations=(apart,))
    stage = Stage(FEATURE, members=CREW).given(PLANNED, AIRED, CharterAdopted(version=1, charter=charter))
    for place, name in enumerate(("draw.prepare", "draw.close")):
        stage.when(TakeDuty(taking_id=f"k{place}", taken=name, reason="急"), by=HUA)
    stage.when(TakeDuty(taking_id="k9", taken="draw.run", reason="急"), by=HUA).refused(TakingSeparated)


@pytest.mark.parametrize("duty", ["people.manage", "charter.publish", "audience.ingest", "staff.mark", "metric.read", "no.such"])
def test_what_the_owner_keeps_machines_do_or_one_reads_is_not_taken(show, duty):
    assert not takeable(duty)
    show.when(TakeDuty(taking_id="k1", taken=duty, reason="急"), by=HUA).refused(TakingKept, duty=duty)


def test_what_is_theirs_anyway_is_not_taken(show):
    show.when(TAKE, by=LIN).refused(TakingHeld, duty="rundown.run")
    show.given(TAKEN).when(TakeDuty(taking_id="k2", taken="rundown.run", reason="急"), by=AI).refused(TakingHeld)


def test_no_token_takes_anything(show):
    show.when(TAKE, by=TOKEN).refused(TakingNotCrew)


def test_a_taking_is_one(show):
    show.given(TAKEN).when(TakeDuty(taking_id="k1", taken="host.message", reason="急"), by=AI).refused(TakingIdTaken)


def test_who_took_it_or_answers_for_it_ends_it(show):
    show.given(TAKEN)
    show.when(GiveBack(taking_id="k1"), by=HUA).refused(TakingNotYours)
    show.when(GiveBack(taking_id="k1"), by=LIN).then(DutyGivenBack(taking_id="k1"))
    row = show.row("duty.takings", "k1")
    assert (row.ended, row.ended_by, row.ended_at) == ("given_back", "lin", CURTAIN_AT)
    show.when(GiveBack(taking_id="k1"), by=AI).refused(TakingOver)
    show.when(GiveBack(taking_id="k7"), by=AI).refused(TakingOver)


def test_its_time_ends_it_and_the_end_of_the_show(show):
    show.given(TAKEN)
    assert show.fold.due()["taking"] == (TAKEN.until, LapseTaking(taking_id="k1"))
    show.when(LapseTaking(taking_id="k1"), by=SYSTEM, at=TAKEN.until - 1).then()
    show.when(LapseTaking(taking_id="k1"), by=SYSTEM, at=TAKEN.until).then(DutyLapsed(taking_id="k1"))
    assert show.fold.due()["taking"] is None
    show.when(TakeDuty(taking_id="k2", taken="host.message", reason="急", minutes=60), by=AI)
    show.given(ENDED)
    assert [row.ended for row in show.rows("duty.takings").values()] == ["lapsed", "show_ended"]
    assert show.fold.due()["taking"] is None


def test_who_stands_in_for_a_role_also_sees_what_it_sees_and_nothing_of_the_house() -> None:
    charter, table = HouseCharter().at(0)
    host = StandIn("on_air", charter, table, frozenset({"host"}), ("operations",))
    assert [host.seat(duty) for duty in ("metric.read", "log.read", "promo.propose")] == ["operations"] * 3
    assert host.bar("comment.read", "operations") == "held"
    assert host.bar("people.manage", "operations") == "kept"
