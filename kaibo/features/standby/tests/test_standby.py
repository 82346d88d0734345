"""Stories of standby: who is asked before a cue, who may answer, and what a GO finds."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.feature import Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.roster.facts import RosterAssigned, RosterTaken
from kaibo.features.rundown.facts import Cue, CueAdded, CueEdited, CueRemoved, CueSkipped, CueWent, Resumed
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned
from kaibo.features.standby.commands import AnswerStandby, AskStandby, EndStandby
from kaibo.features.standby.facts import Seat, StandbyAnswered, StandbyAsked, StandbyEnded
from kaibo.features.standby.feature import FEATURE
from kaibo.features.standby.refusals import (
    StandbyAskedAnew,
    StandbyCueUnknown,
    StandbyHeld,
    StandbyNobody,
    StandbyNoReason,
    StandbyNotAsked,
    StandbyNotYours,
    StandbyOnAir,
    StandbyReasonTooLong,
    StandbyRoleUnknown,
    StandbyShowEnded,
)
from kaibo.features.standby.view import StandbyRow

LIN, AI, OPS, QING = (
    Actor(id="lin", role="director"),
    Actor(id="ai", role="assistant"),
    Actor(id="ops", role="operations"),
    Actor(id="qing", role="host"),
)
HELD = {"lin": {"director"}, "ai": {"assistant"}, "ops": {"operations"}, "qing": {"host"}, "tek": {"tech"}}
TEAM = Members(
    {person: frozenset(roles) for person, roles in HELD.items()},
    {},
    frozenset({"warehouse", "tech", "host", "assistant", "operations", "director"}),
)
PLAN = ShowPlanned(
    show_id="t",
    title="t",
    starts_at=CURTAIN_AT,
    ends_at=CURTAIN_AT + 3_600_000,
    timezone="Asia/Taipei",
    currency="TWD",
    goal_gmv_minor=0,
)
CUES = (
    Cue(cue_id="c1", title="開場", duration_ms=60_000),
    Cue(cue_id="c2", title="護手霜", duration_ms=60_000, assistant_action="置頂留言", operations_action="改價"),
)


@pytest.fixture
def show() -> Stage:
    """The first cue is on air; the second asks the host, the assistant and operations."""
    stage = Stage(FEATURE, "show/t", members=TEAM)
    added = [CueAdded(cue=cue, after_cue_id=None, rank=cue.cue_id) for cue in CUES]
    stage.given(PLAN, *added, ShowAired(show_id="t"), CueWent(cue_id="c1", pass_id="p1", via="go", from_cue_id=None))
    return stage


def board(show: Stage, cue_id: str = "c2") -> StandbyRow:
    return show.row("standby.board", cue_id)


def answers(show: Stage) -> dict[str, str]:
    return {reply.role_id: reply.answer for reply in board(show).replies}


def test_a_cue_asks_those_who_have_something_to_do_in_it_and_counts_who_is_ready(show: Stage) -> None:
    seats = (Seat("host", ("qing",)), Seat("assistant", ("ai",)), Seat("operations", ("ops",)))
    show.when(AskStandby(cue_ids=("c2",)), by=LIN).then(StandbyAsked(cue_id="c2", word="standby", seats=seats))
    assert (board(show).ready, board(show).asked, board(show).state) == (0, 3, "open")
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="seen"), by=AI)
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="ready"), by=AI)
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="seen"), by=AI).then()  # a second screen of theirs
    show.when(AnswerStandby(cue_id="c2", role_id="operations", answer="wait", reason=" 後台還在轉 "), by=OPS)
    assert answers(show) == {"host": "", "assistant": "ready", "operations": "wait"}
    assert board(show).replies[2].reason == "後台還在轉"
    assert (board(show).ready, board(show).missing) == (1, ("host", "operations"))
    show.when(AnswerStandby(cue_id="c2", role_id="operations", answer="ready"), by=OPS)
    assert board(show).replies[2].reason == ""
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=QING)
    assert (board(show).ready, board(show).missing) == (3, ())


def test_nobody_answers_for_a_role_they_are_not_in(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=LIN)
    show.refused(StandbyNotYours, role="host")
    show.when(AnswerStandby(cue_id="c2", role_id="tech", answer="ready"), by=LIN)
    show.refused(StandbyNotAsked, role="tech")
    show.when(AnswerStandby(cue_id="c1", role_id="host", answer="ready"), by=QING)
    show.refused(StandbyNotAsked, role="host")


def test_who_makes_everybody_wait_says_why_in_a_line(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="wait", reason=" \u200b "), by=AI)
    show.refused(StandbyNoReason)
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="wait", reason="長" * 61), by=AI)
    show.refused(StandbyReasonTooLong, length=61, most=60)


def test_a_go_finds_who_was_missing_and_one_taken_back_asks_on(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=QING)
    show.given(CueWent(cue_id="c2", pass_id="p2", via="go", from_cue_id="c1"))
    assert (board(show).state, board(show).missing) == ("went", ("assistant", "operations"))
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="ready"), by=AI)
    show.refused(StandbyNotAsked, role="assistant")
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.refused(StandbyOnAir, cue_id="c2")
    show.given(CueWent(cue_id="c1", pass_id="p1", via="undo", from_cue_id="c2", resumes=Resumed(went_at=CURTAIN_AT)))
    assert (board(show).state, board(show).ready) == ("open", 1)  # it never was on air


def test_stand_down_ends_what_is_asked_and_asked_again_it_begins_anew(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",), word="warning"), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=QING)
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    assert (board(show).word, answers(show)) == ("standby", {"host": "", "assistant": "", "operations": ""})
    show.when(EndStandby(), by=LIN).then(StandbyEnded(cue_id="c2"))
    show.when(EndStandby(), by=LIN).then()
    assert board(show).state == "ended"
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.given(CueRemoved(cue_id="c2"))
    assert show.rows("standby.board") == {}


def test_roles_may_be_chosen_and_an_empty_one_is_told_and_not_waited_for(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",), roles=("warehouse", "tech")), by=LIN)
    assert [(reply.role_id, reply.people) for reply in board(show).replies] == [("warehouse", ()), ("tech", ("tek",))]
    assert (board(show).asked, board(show).missing) == (1, ("tech",))
    show.when(AskStandby(cue_ids=("c2",), roles=("warehouse",)), by=LIN)
    show.refused(StandbyNobody, cue_id="c2")
    show.when(AskStandby(cue_ids=("c2",), roles=("nobody",)), by=LIN)
    show.refused(StandbyRoleUnknown, role="nobody")
    show.when(AskStandby(cue_ids=("c9",)), by=LIN)
    show.refused(StandbyCueUnknown, cue_id="c9")


def test_who_is_on_duty_is_asked_and_who_came_later_may_answer(show: Stage) -> None:
    show.given(RosterAssigned(role_id="host", person_id="qing"), RosterAssigned(role_id="assistant", person_id="ai"))
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    assert [(reply.role_id, reply.people) for reply in board(show).replies] == [
        ("host", ("qing",)),
        ("assistant", ("ai",)),
        ("operations", ()),
    ]
    show.given(RosterAssigned(role_id="assistant", person_id="ops"))
    answered = StandbyAnswered(cue_id="c2", role_id="assistant", answer="ready")
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="ready"), by=OPS).then(answered)


def test_a_role_that_goes_to_somebody_else_has_not_answered_and_who_left_it_answers_no_more(show: Stage) -> None:
    show.given(RosterAssigned(role_id="host", person_id="qing"), RosterAssigned(role_id="assistant", person_id="ai"))
    show.when(AskStandby(cue_ids=("c2",), roles=("assistant", "tech")), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="ready"), by=AI)
    assert (board(show).ready, board(show).asked) == (1, 1)
    show.given(RosterTaken(role_id="assistant", person_id="ops", from_person_id="ai", reason="換手"))
    assert (answers(show), board(show).missing) == ({"assistant": "", "tech": ""}, ("assistant",))
    show.when(AnswerStandby(cue_id="c2", role_id="assistant", answer="ready"), by=AI)
    show.refused(StandbyNotYours, role="assistant")
    show.given(RosterAssigned(role_id="tech", person_id="tek"))  # nobody was in it when it was asked
    assert (board(show).asked, board(show).missing) == (2, ("assistant", "tech"))


def test_only_the_go_that_closed_a_call_opens_it_again_and_a_skipped_cue_is_asked_no_more(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    went = CueWent(cue_id="c2", pass_id="p2", via="go", from_cue_id="c1")
    back = CueWent(cue_id="c1", pass_id="p3", via="jump", from_cue_id="c2")
    again = CueWent(cue_id="c2", pass_id="p4", via="jump", from_cue_id="c1")
    undone = CueWent(cue_id="c1", pass_id="p3", via="undo", from_cue_id="c2", resumes=Resumed(went_at=CURTAIN_AT))
    show.given(went, back, again, undone)
    assert board(show).state == "went"
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.given(CueSkipped(cue_id="c2", skipped=True))
    assert board(show).state == "ended"


def test_the_end_of_the_show_ends_what_is_asked(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.given(ShowEnded(show_id="t"))
    assert board(show).state == "ended"
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.refused(StandbyShowEnded)


def test_what_is_asked_goes_on_unless_whoever_saw_it_wants_it_anew(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=QING)
    seen = board(show).asked_at
    show.when(AskStandby(cue_ids=("c2",)), by=LIN).then()  # a second press, or one that came late
    show.when(AskStandby(cue_ids=("c2",), word="warning"), by=LIN).then()
    assert answers(show)["host"] == "ready"
    show.at += 1_000
    show.when(AskStandby(cue_ids=("c2",), again=seen), by=LIN)
    assert answers(show)["host"] == ""
    show.when(AskStandby(cue_ids=("c2",), again=seen), by=LIN).then()  # it is another call now


def test_an_answer_counts_for_the_call_that_was_looked_at_alone(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    old = board(show).asked_at
    show.when(EndStandby(), by=LIN)
    show.at += 1_000
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="operations", answer="ready", asked_at=old), by=OPS)
    show.refused(StandbyAskedAnew, role="operations")
    show.when(AnswerStandby(cue_id="c2", role_id="operations", answer="ready", asked_at=board(show).asked_at), by=OPS)
    assert answers(show)["operations"] == "ready"


def test_who_said_wait_says_when_it_is_over(show: Stage) -> None:
    show.given(RosterAssigned(role_id="host", person_id="qing"), RosterAssigned(role_id="host", person_id="vic"))
    vic = Actor(id="vic", role="host")
    show.given(*(RosterTaken(role_id="host", person_id=each.id, from_person_id="", reason="來了") for each in (QING, vic)))
    show.when(AskStandby(cue_ids=("c2",), roles=("host",)), by=LIN)
    assert board(show).replies[0].people == ("qing", "vic")
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="wait", reason="麥克風"), by=QING)
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=vic)
    show.refused(StandbyHeld, person_id="qing")
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="seen"), by=vic).then()
    assert (board(show).missing, board(show).replies[0].reason) == (("host",), "麥克風")
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=QING)
    assert board(show).missing == ()


def test_who_was_ready_for_other_words_is_asked_again(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    for actor in (QING, AI, OPS):
        show.when(AnswerStandby(cue_id="c2", role_id=actor.role, answer="ready"), by=actor)
    show.given(CueEdited(cue_id="c2", values={"operations_action": "改價 1980"}))
    assert (answers(show), board(show).missing) == ({"host": "ready", "assistant": "ready", "operations": ""}, ("operations",))
    assert [reply.changed for reply in board(show).replies] == [False, False, True]
    assert board(show).says == {"assistant": "置頂留言", "operations": "改價 1980"}
    show.when(AnswerStandby(cue_id="c2", role_id="operations", answer="ready"), by=OPS)
    assert not board(show).replies[2].changed
    show.given(CueEdited(cue_id="c2", values={"duration_ms": 90_000}))
    assert board(show).missing == ()  # how long it takes is nobody's move
    show.given(CueEdited(cue_id="c2", values={"title": "護手霜 1+1"}))
    assert board(show).missing == ("host",)


def test_what_was_asked_of_a_cue_that_is_passed_is_asked_no_more_until_that_is_taken_back(show: Stage) -> None:
    show.given(
        *(CueAdded(cue=Cue(cue_id=each, title=each, duration_ms=1), after_cue_id=None, rank=each) for each in ("c3", "c4"))
    )
    for cue_id in ("c2", "c4"):
        show.when(AskStandby(cue_ids=(cue_id,), roles=("host",)), by=LIN)
    show.given(CueWent(cue_id="c3", pass_id="p3", via="jump", from_cue_id="c1"))
    assert {cue_id: row.state for cue_id, row in show.rows("standby.board").items()} == {"c2": "ended", "c4": "open"}
    show.given(CueWent(cue_id="c1", pass_id="p1", via="undo", from_cue_id="c3", resumes=Resumed(went_at=CURTAIN_AT)))
    assert board(show, "c2").state == "open"


def test_a_role_that_nobody_is_in_is_said_beside_those_who_are_ready(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",), roles=("host", "warehouse")), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=QING)
    assert (board(show).missing, board(show).uncovered) == ((), ("warehouse",))


def test_what_is_opened_again_by_an_undo_is_asked_of_who_is_there_for_what_is_written_now(show: Stage) -> None:
    show.when(AskStandby(cue_ids=("c2",)), by=LIN)
    for actor in (QING, AI, OPS):
        show.when(AnswerStandby(cue_id="c2", role_id=actor.role, answer="ready"), by=actor)
    show.given(CueWent(cue_id="c2", pass_id="p2", via="go", from_cue_id="c1"))
    show.given(CueEdited(cue_id="c2", values={"operations_action": "改價 1980"}))
    back = CueWent(cue_id="c1", pass_id="p1", via="undo", from_cue_id="c2", resumes=Resumed(went_at=CURTAIN_AT))
    show.given(back)
    assert (board(show).state, board(show).missing) == ("open", ("operations",))
    show.given(CueAdded(cue=Cue(cue_id="c3", title="c3", duration_ms=1), after_cue_id="c2", rank="c3"))
    show.given(CueWent(cue_id="c3", pass_id="p3", via="jump", from_cue_id="c1"))
    assert board(show).state == "ended"
    show.given(CueSkipped(cue_id="c2", skipped=True))
    show.given(CueWent(cue_id="c1", pass_id="p1", via="undo", from_cue_id="c3", resumes=Resumed(went_at=CURTAIN_AT)))
    assert board(show).state == "ended"  # it is passed over all the same


def test_a_jump_back_that_is_taken_back_leaves_what_is_asked_as_it_was(show: Stage) -> None:
    show.given(CueAdded(cue=Cue(cue_id="c3", title="c3", duration_ms=1), after_cue_id="c2", rank="c3"))
    show.given(CueWent(cue_id="c3", pass_id="p3", via="jump", from_cue_id="c1"))
    show.when(AskStandby(cue_ids=("c2",), roles=("host",)), by=LIN)
    show.when(AnswerStandby(cue_id="c2", role_id="host", answer="ready"), by=QING)
    show.given(CueWent(cue_id="c2", pass_id="p4", via="jump", from_cue_id="c3"))
    assert board(show).state == "went"
    show.given(CueWent(cue_id="c3", pass_id="p3", via="undo", from_cue_id="c2", resumes=Resumed(went_at=CURTAIN_AT)))
    assert (board(show).state, answers(show)) == ("open", {"host": "ready"})
