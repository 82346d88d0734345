"""Stories of what changes while something is asked: who comes, who goes, who takes it over, how it ends."""

from dataclasses import replace as changed

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import Stage
from kaibo.features.channel.commands import (
    EditMessage,
    FinishMessage,
    LetMessageGo,
    PostMessage,
    TakeMessage,
    TendChannel,
    WithdrawMessage,
)
from kaibo.features.channel.facts import MessageTaken
from kaibo.features.channel.feature import FEATURE
from kaibo.features.channel.refusals import (
    MessageDone,
    MessageHeld,
    MessageIdTaken,
    MessageUnknown,
)
from kaibo.features.channel.tests.test_channel import AI, HELD, LIN, OPS, QI, SYSTEM, TEAM, TECH, climb, on, post, steps
from kaibo.features.roster.facts import RosterAssigned
from kaibo.features.show.facts import ShowAired, ShowEnded


@pytest.fixture
def talk() -> Stage:
    return on(AI, QI, LIN, OPS, TECH)


def test_who_comes_on_duty_in_a_role_that_was_asked_is_asked_too_at_once(talk: Stage) -> None:
    post(talk, tag="promo", by=QI)
    due = FEATURE.due
    assert due is not None
    talk.given(RosterAssigned(role_id="operations", person_id="zoe"))
    wanted = due(talk.state)
    assert wanted is not None
    assert wanted[0] <= talk.at
    until = steps(talk)[-1][2]
    talk.when(wanted[1], by=SYSTEM)
    assert steps(talk) == [("does", ("ops",), until), ("does", ("zoe",), until)]
    assert due(talk.state) == (until, TendChannel())
    assert climb(talk)[-1] == "everybody"
    talk.given(RosterAssigned(role_id="operations", person_id="yan"))  # also when everybody was asked already
    talk.when(TendChannel(), by=SYSTEM)
    assert steps(talk)[-1] == ("everybody", ("yan",), 0)
    assert due(talk.state) is None


def test_who_was_named_to_stand_in_is_asked_before_others_who_could(talk: Stage) -> None:
    talk.given(RosterAssigned(role_id="tech", person_id="tech", stand_in_id="ops"))
    post(talk, tag="tech")
    assert climb(talk)[0] == "stands_in"
    assert steps(talk)[1][1] == ("ops",)


def test_a_last_step_that_would_reach_nobody_on_duty_reaches_the_house() -> None:
    talk = on(LIN)
    post(talk, urgent=True, tag="stock", by=LIN)
    assert [(kind, people) for kind, people, _ in steps(talk)] == [
        ("does", ()), ("everybody", ("ops",)),
    ]  # fmt: skip
    talk = on(TECH)
    post(talk, urgent=True, tag="order", by=TECH)  # who does it is not on duty: who holds the role is asked in the end
    assert steps(talk)[-1][:2] == ("everybody", ("ai",))


def test_nothing_is_asked_of_a_host_who_could_not_see_it(talk: Stage) -> None:
    host = Actor(id="qing", role="host")
    talk.members = changed(TEAM, roles={**HELD, "qing": frozenset({"host"})})
    talk.given(RosterAssigned(role_id="host", person_id="qing"))
    post(talk, tag="product", mentions=(host.id,))
    climb(talk)
    assert "qing" not in {person for _, people, _ in steps(talk) for person in people}


def test_what_somebody_has_is_taken_over_by_who_says_from_whom(talk: Stage) -> None:
    post(talk, tag="promo", by=QI)
    talk.when(TakeMessage(message_id="m1"), by=OPS)
    talk.when(TakeMessage(message_id="m1", after="ai"), by=LIN)
    talk.refused(MessageHeld)
    talk.when(TakeMessage(message_id="m1", after="ops"), by=LIN).then(MessageTaken(message_id="m1", after="ops"))
    talk.when(TakeMessage(message_id="m1", after="ops"), by=OPS)
    talk.refused(MessageHeld)
    assert talk.row("channel.messages", "m1").stage_by == "lin"


def test_what_is_asked_stands_among_the_calls_until_it_is_done(talk: Stage) -> None:
    talk.when(PostMessage(message_id="m0", channel_id="on_air", text="大家好"), by=QI)
    assert talk.rows("channel.calls") == {}
    post(talk, tag="promo", by=QI)
    assert talk.rows("channel.calls") == {"m1": talk.row("channel.messages", "m1")}
    talk.when(TakeMessage(message_id="m1"), by=OPS)
    assert talk.row("channel.calls", "m1").stage_by == "ops"
    talk.when(FinishMessage(message_id="m1", answer="改好了"), by=OPS)
    assert talk.rows("channel.calls") == {}


def test_what_is_taken_or_done_is_not_taken_back_and_what_is_done_reads_as_it_was(talk: Stage) -> None:
    post(talk, tag="promo")
    talk.when(TakeMessage(message_id="m1"), by=OPS)
    talk.when(WithdrawMessage(message_id="m1"), by=AI)
    talk.refused(MessageHeld)
    talk.when(EditMessage(message_id="m1", text="A02"), by=AI)
    talk.when(FinishMessage(message_id="m1", answer="好"), by=OPS)
    for command in (WithdrawMessage(message_id="m1"), EditMessage(message_id="m1", text="A03")):
        talk.when(command, by=AI)
        talk.refused(MessageDone)


def test_who_lets_it_go_is_not_the_one_it_is_asked_of_again(talk: Stage) -> None:
    post(talk, tag="promo", by=QI)
    talk.when(TakeMessage(message_id="m1"), by=OPS)
    talk.when(LetMessageGo(message_id="m1", reason="忙"), by=OPS)
    row = talk.row("channel.messages", "m1")
    assert (row.back, row.reached[0].people, row.reached[1].people) == ("let_go", ("ops",), ("lin",))


def test_the_end_of_the_show_ends_the_asking_of_what_was_asked_before(talk: Stage) -> None:
    post(talk, tag="tech")
    talk.given(ShowAired(show_id="s"), ShowEnded(show_id="s"))
    assert FEATURE.due is not None
    assert FEATURE.due(talk.state) is None
    talk.when(TendChannel(), by=SYSTEM, at=talk.at + 100_000).then()
    post(talk, "m2", tag="tech", at=talk.at + 5)
    assert FEATURE.due(talk.state) is not None


def test_a_message_that_is_sent_again_is_the_same_one(talk: Stage) -> None:
    post(talk)
    post(talk).then()
    post(talk, text="別的")
    talk.refused(MessageIdTaken)


def test_a_reply_hangs_under_the_first_message_of_its_channel(talk: Stage) -> None:
    post(talk)
    post(talk, "m2", thread="m1")
    post(talk, "m3", thread="m2")
    assert talk.row("channel.messages", "m3").thread == "m1"
    post(talk, "m4", thread="m1", channel_id="before")
    talk.refused(MessageUnknown)


def test_who_let_it_go_is_not_taken_for_one_who_just_came_on_duty(talk: Stage) -> None:
    talk.given(RosterAssigned(role_id="operations", person_id="zoe"))
    post(talk, tag="promo", by=QI)
    talk.when(TakeMessage(message_id="m1"), by=OPS)
    talk.when(LetMessageGo(message_id="m1", reason="忙"), by=OPS)
    assert steps(talk) == [("does", ("zoe",), talk.at + 30_000)]
    assert FEATURE.due is not None
    assert FEATURE.due(talk.state) == (talk.at + 30_000, TendChannel())
    talk.when(TendChannel(), by=SYSTEM).then()
