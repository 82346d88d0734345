"""What waits for a yes: who may say it, what ends it, what happens when nobody does."""

import pytest
from msgspec.structs import replace

from kaibo.core.erasing import ERASED, Viewer
from kaibo.core.event import Actor
from kaibo.core.feature import Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.asking.commands import (
    BODY_MAX,
    AgreeToAsked,
    AskFirst,
    DeclineAsked,
    ExplainAsked,
    LapseAsked,
    SettleAsked,
    WithdrawAsked,
)
from kaibo.features.asking.facts import (
    ERASES,
    AskingAgreed,
    AskingAsked,
    AskingDeclined,
    AskingExplained,
    AskingOverdue,
    AskingSettled,
    AskingWithdrawn,
)
from kaibo.features.asking.feature import FEATURE
from kaibo.features.asking.rules import (
    OPEN_MAX,
    AskingCannotWait,
    AskingFull,
    AskingNotAsked,
    AskingNothingSaid,
    AskingNotYours,
    AskingOver,
    AskingOwn,
    AskingTooLong,
    AskingWaits,
    due,
)
from kaibo.features.asking.slices import ENDED_KEPT
from kaibo.features.asking.told import TOLD_MAX, ToldRow
from kaibo.features.charter.facts import Charter, CharterAdopted, CharterDuty, CharterRole
from kaibo.features.prompter.facts import HostMessaged
from kaibo.features.roster.facts import RosterAssigned, RosterTaken
from kaibo.features.show.facts import ShowAired, ShowEnded, ShowPlanned

LIN = Actor(id="lin", role="director")
ZHE = Actor(id="zhe", role="operations")
KAI = Actor(id="kai", role="care")
MEI = Actor(id="mei", role="owner")
SYSTEM = Actor(id="system", role="system")
TEAM = Members(
    {"lin": frozenset({"director"}), "zhe": frozenset({"operations"}), "kai": frozenset({"care"}), "mei": frozenset({"owner"})}
)
PLANNED = ShowPlanned(
    show_id="s1", title="秋裝", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT + 7_200_000, timezone="Asia/Taipei", currency="TWD"
)
ASK = AskFirst(
    command="promo.approve",
    body='{"promo_id":"p1"}',
    given="promo.approve",
    roles=("operations",),
    answers=("owner",),
    within_s=30,
    key="k",
)
BOTH = AskFirst(
    command="promo.approve",
    body='{"promo_id":"p1"}',
    given="promo.approve",
    roles=("operations", "care"),
    answers=("owner",),
    within_s=30,
)
UNTIL = CURTAIN_AT + 30_000


def asked(request_id: str, command: AskFirst = ASK, body: str = ASK.body) -> AskingAsked:
    return AskingAsked(
        request_id=request_id, command=command.command, body=body, duty="promo.approve", person_id="lin", role_id="director",
        roles=command.roles, answers=("owner",), until=UNTIL, key=command.key,
    )  # fmt: skip


@pytest.fixture
def show() -> Stage:
    return Stage(FEATURE, members=TEAM).given(PLANNED, ShowAired(show_id="s1"))


def test_it_waits_for_all_who_are_asked(show: Stage):
    show.when(BOTH, by=LIN).then(asked("3", BOTH))
    show.when(AgreeToAsked(request_id="3"), by=KAI).then(AskingAgreed(request_id="3", roles=("care",), runs=False))
    assert show.row("asking.requests", "3").waiting == ("operations",)
    show.when(AgreeToAsked(request_id="3"), by=KAI).refused(AskingNotAsked, roles=("operations",))
    show.when(AgreeToAsked(request_id="3"), by=ZHE).then(AskingAgreed(request_id="3", roles=("operations",), runs=True))
    show.when(SettleAsked(request_id="3", seqs=(6,)), by=SYSTEM).then(AskingSettled(request_id="3", seqs=(6,)))
    show.when(SettleAsked(request_id="3", seqs=(6,)), by=SYSTEM).then()
    assert show.row("asking.requests", "3").state == "ran"


def test_who_asked_says_what_it_is_for_and_takes_it_back(show: Stage):
    show.given(asked("3"), by=LIN)
    show.when(ExplainAsked(request_id="3", why="x"), by=ZHE)
    show.refused(AskingNotYours)
    show.when(ExplainAsked(request_id="3", why=" 主播\n要降價 "), by=LIN).then(AskingExplained(request_id="3", why="主播 要降價"))
    found = show.row("asking.requests", "3")
    assert (found.why, found.state, found.at) == ("主播 要降價", "open", CURTAIN_AT)
    show.when(ExplainAsked(request_id="3", why="主播 要降價"), by=LIN).then()
    show.when(ExplainAsked(request_id="3", why=" "), by=LIN).then(AskingExplained(request_id="3", why=""))
    show.given(AskingWithdrawn(request_id="3"), by=LIN)
    show.when(ExplainAsked(request_id="3", why="晚了"), by=LIN)
    show.refused(AskingOver)


def test_who_stands_in_for_a_role_that_is_asked_answers():
    team = Members(TEAM.roles, stand_ins={"operations": frozenset({"care"})})
    stage = Stage(FEATURE, members=team).given(PLANNED, RosterAssigned(role_id="operations", person_id="zhe"), asked("3"))
    stage.when(AgreeToAsked(request_id="3"), by=KAI)
    stage.refused(AskingNotAsked)
    stage.given(RosterTaken(role_id="operations", person_id="kai", from_person_id="zhe", reason="斷線"))
    stage.when(DeclineAsked(request_id="3", reason="不"), by=KAI).then(AskingDeclined(request_id="3", reason="不"))
    stage.given(asked("6"))
    stage.when(AgreeToAsked(request_id="6"), by=KAI).then(AskingAgreed(request_id="6", roles=("operations",), runs=True))


def test_a_role_of_who_asks_is_not_asked():
    both = Members({**TEAM.roles, "lin": frozenset({"director", "care"})})
    stage = Stage(FEATURE, members=both).given(PLANNED, ShowAired(show_id="s1"))
    stage.when(BOTH, by=LIN)
    assert stage.row("asking.requests", "3").waiting == ("operations",)


def test_nobody_agrees_to_their_own_by_a_role_they_got_meanwhile(show: Stage):
    show.when(ASK, by=LIN)
    show.members = Members({**TEAM.roles, "lin": frozenset({"director", "operations"})})
    show.when(AgreeToAsked(request_id="3"), by=LIN).refused(AskingOwn)


def test_one_no_ends_it_and_says_why(show: Stage):
    show.when(BOTH, by=LIN)
    show.when(DeclineAsked(request_id="3", reason="\u200b "), by=ZHE).refused(AskingNothingSaid)
    show.when(DeclineAsked(request_id="3", reason="先等 補貨"), by=ZHE).then(AskingDeclined(request_id="3", reason="先等 補貨"))
    show.when(AgreeToAsked(request_id="3"), by=KAI).refused(AskingOver, request_id="3")


def test_who_answers_decides_from_the_instant_on_and_not_before(show: Stage):
    show.when(ASK, by=LIN)
    show.when(AgreeToAsked(request_id="3"), by=MEI, at=UNTIL - 1).refused(AskingNotAsked)
    show.when(AgreeToAsked(request_id="3"), by=MEI, at=UNTIL).then(AskingAgreed(request_id="3", roles=(), runs=True))


def test_who_was_asked_may_still_answer_late(show: Stage):
    show.when(ASK, by=LIN)
    show.when(AgreeToAsked(request_id="3"), by=ZHE, at=UNTIL + 1).then(
        AskingAgreed(request_id="3", roles=("operations",), runs=True)
    )


def test_when_its_time_is_over_that_is_told_once_and_nothing_runs(show: Stage):
    show.when(ASK, by=LIN)
    assert due(show.state) == (UNTIL, LapseAsked(request_id="3"))
    show.when(LapseAsked(request_id="3"), by=SYSTEM, at=UNTIL - 1).then()
    show.when(LapseAsked(request_id="3"), by=SYSTEM, at=UNTIL).then(AskingOverdue(request_id="3"))
    assert due(show.state) is None
    show.when(LapseAsked(request_id="3"), by=SYSTEM).then()
    assert (show.row("asking.requests", "3").overdue, show.row("asking.requests", "3").state) == (True, "open")


def test_only_who_asked_withdraws(show: Stage):
    show.when(ASK, by=LIN)
    show.when(WithdrawAsked(request_id="3"), by=ZHE).refused(AskingNotYours)
    show.when(WithdrawAsked(request_id="3"), by=LIN).then(AskingWithdrawn(request_id="3"))
    show.when(WithdrawAsked(request_id="3"), by=LIN).refused(AskingOver)


def test_what_cannot_wait_or_is_too_long_or_is_asked_twice_is_refused(show: Stage):
    bare = AskFirst(command="a.b", body="", given="a.b", roles=("operations",), answers=("owner",), within_s=1)
    show.when(bare, by=LIN).refused(AskingCannotWait, duty="a.b", roles=("operations",), able_roles=("owner",))
    long = AskFirst(command="a.b", body="x" * (BODY_MAX + 1), given="a.b", roles=("operations",), within_s=1)
    show.when(long, by=LIN).refused(AskingTooLong, duty="a.b")
    show.when(ASK, by=LIN)
    show.when(ASK, by=LIN).refused(AskingWaits, request_id="3")
    show.when(ASK, by=MEI).then(replace(asked("4"), person_id="mei", role_id="owner"))


def test_no_more_wait_than_anybody_looks_at(show: Stage):
    show.given(*(asked(f"r{place}", body=f"{place}") for place in range(OPEN_MAX)))
    show.when(ASK, by=LIN).refused(AskingFull, most=OPEN_MAX)


def test_the_end_of_the_show_ends_what_waits(show: Stage):
    show.when(ASK, by=LIN)
    show.given(ShowEnded(show_id="s1"))
    assert show.row("asking.requests", "3").state == "show_ended"
    assert due(show.state) is None


def test_it_is_for_those_on_duty(show: Stage):
    show.when(ASK, by=LIN)
    assert show.row("asking.requests", "3").on_duty == ()
    show.given(RosterAssigned(role_id="operations", person_id="zhe"))
    assert show.row("asking.requests", "3").on_duty == ("zhe",)


def test_what_ended_is_kept_for_a_while(show: Stage):
    ids = [f"r{place}" for place in range(ENDED_KEPT + 2)]
    for each in ids:
        show.given(asked(each), AskingWithdrawn(request_id=each), by=LIN)
    assert list(show.rows("asking.requests")) == ids[2:]


def test_words_of_a_viewer_leave_what_waits():
    viewer = Viewer("amy", frozenset({"fb"}), texts={"還有貨嗎請問": 1})
    said = asked("3", body='{"text":"還有貨嗎請問","n":[1,"還有貨嗎請問"]}')
    told = ERASES[AskingAsked](said, 9, viewer)
    assert told.body == f'{{"text":"{ERASED}","n":[1,"{ERASED}"]}}'
    assert ERASES[AskingAsked](asked("3"), 9, viewer) == asked("3")


def test_who_is_told_is_told_once_of_each_command(show: Stage):
    row = CharterDuty(
        duty_id="a", phases=("on_air",), grants=("host.message",), cells={"director": "RA", "host": "I", "care": "C"}
    )
    roles = tuple(CharterRole(role_id=each) for each in ("director", "host", "care"))
    said, lin = HostMessaged(message_id="m", text="慢"), replace(LIN, duty="host.message")
    show.given(said, by=lin)
    show.given(CharterAdopted(version=1, charter=Charter(roles=roles, duties=(row,))), by=SYSTEM)
    show.given(said, said, by=lin, at=CURTAIN_AT + 1)
    show.given(said, by=replace(LIN, duty="note.pin"))
    (told,) = show.rows("asking.told").values()
    assert told == ToldRow(duty="host.message", person_id="lin", role_id="director", roles=("host",), at=CURTAIN_AT + 1)
    for place in range(TOLD_MAX + 1):
        show.given(said, by=lin, at=CURTAIN_AT + 2 + place)
    assert len(show.rows("asking.told")) == TOLD_MAX
