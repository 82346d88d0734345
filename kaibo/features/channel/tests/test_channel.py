"""Stories of a channel: what is said, whose it is, and what happens when nobody takes it."""

from typing import Any

import pytest
from msgspec.structs import replace

from kaibo.core.event import Actor
from kaibo.core.feature import Members
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.channel.commands import (
    EditMessage,
    FinishMessage,
    LetMessageGo,
    MeetMessage,
    PostMessage,
    ReactToMessage,
    ReadChannel,
    ReopenMessage,
    TakeMessage,
    TendChannel,
    WithdrawMessage,
)
from kaibo.features.channel.facts import MessageMet, MessagePosted, MessageReached, MessageTaken, Reach
from kaibo.features.channel.feature import FEATURE
from kaibo.features.channel.ladder import TAGS
from kaibo.features.channel.refusals import (
    ChannelPersonUnknown,
    ChannelRoleUnknown,
    ChannelTagUnknown,
    ChannelUnknown,
    MessageAsksNothing,
    MessageBlank,
    MessageDone,
    MessageHeld,
    MessageIdTaken,
    MessageNoReason,
    MessageNotDone,
    MessageNotYours,
    MessageTooLong,
    MessageUnknown,
)
from kaibo.features.channel.slices import Look
from kaibo.features.channel.view import SHOWN_MAX
from kaibo.features.charter.shipped import seven
from kaibo.features.charter.slices import lines, stand_ins
from kaibo.features.show.facts import CrewMember, ShowPlanned

SYSTEM = Actor(id="system", role="system")
AI, QI, LIN, OPS, TECH = (
    Actor(id="ai", role="assistant"), Actor(id="qi", role="care"), Actor(id="lin", role="director"),
    Actor(id="ops", role="operations"), Actor(id="tech", role="tech"),
)  # fmt: skip
HELD = {each.id: frozenset({each.role}) for each in (AI, QI, LIN, OPS, TECH)}
TEAM = Members(HELD, stand_ins(seven()), frozenset({"host"}).union(*HELD.values()), lines=lines(seven()))
PLAN = ShowPlanned(
    show_id="s", title="夜場", starts_at=CURTAIN_AT, ends_at=CURTAIN_AT + 3_600_000, timezone="Asia/Taipei", currency="TWD"
)


def crew(*people: Actor) -> ShowPlanned:
    return replace(PLAN, crew=tuple(CrewMember(person_id=each.id, name=each.id, roles=(each.role,)) for each in people))


@pytest.fixture
def talk() -> Stage:
    return on(AI, QI, LIN, OPS, TECH)


def on(*people: Actor) -> Stage:
    stage = Stage(FEATURE)
    stage.members = TEAM
    stage.given(crew(*people))
    return stage


def post(talk: Stage, message_id: str = "m1", by: Actor = AI, at: int | None = None, **more: Any) -> Stage:
    return talk.when(
        PostMessage(**{"message_id": message_id, "channel_id": "on_air", "text": "A01 標籤寫錯", **more}), by=by, at=at
    )


def steps(talk: Stage, message_id: str = "m1") -> list[tuple[str, tuple[str, ...], int]]:
    """Kind, people, and in how many seconds the next one is asked."""
    return [(each.kind, each.people, each.until) for each in talk.row("channel.messages", message_id).reached]


def climb(talk: Stage) -> list[str]:
    """Nobody takes it: what is due happens, until nothing is."""
    found: list[str] = []
    for _ in range(5):
        wanted = FEATURE.due(talk.state) if FEATURE.due else None
        if wanted is None:
            return found
        talk.at = max(talk.at, wanted[0])
        talk.when(wanted[1], by=SYSTEM)
        found.append(talk.row("channel.messages", "m1").reached[-1].kind)
    raise AssertionError("it never ends")


def test_a_plain_message_asks_nothing_of_anybody(talk: Stage) -> None:
    post(talk, text="  大家好 \n\n\n 開始了 ")
    talk.then(MessagePosted(message_id="m1", channel_id="on_air", text="大家好\n\n開始了"))
    row = talk.row("channel.messages", "m1")
    assert (row.by, row.role, row.stage, row.reached, row.text) == ("ai", "assistant", "plain", (), "大家好\n\n開始了")
    assert FEATURE.due is not None
    assert FEATURE.due(talk.state) is None
    talk.when(TakeMessage(message_id="m1"), by=LIN)
    talk.refused(MessageAsksNothing)


def test_a_tag_reaches_who_does_it_then_who_stands_in_then_who_answers_then_all(talk: Stage) -> None:
    post(talk, tag="negative", by=OPS)
    assert steps(talk) == [("does", ("ai",), talk.at + 30_000)]  # moderate.live is the assistant's
    assert climb(talk) == ["stands_in", "answers", "everybody"]
    assert [(kind, people) for kind, people, _ in steps(talk)] == [
        ("does", ("ai",)), ("stands_in", ("qi",)), ("answers", ("lin",)), ("everybody", ("tech",)),
    ]  # fmt: skip
    assert steps(talk)[-1][2] == 0


def test_nobody_is_asked_twice_and_a_step_without_anybody_new_takes_no_time() -> None:
    talk = on(AI, LIN, OPS)  # nobody stands in
    post(talk, tag="negative", by=OPS)
    assert climb(talk) == ["answers", "everybody"]
    assert [people for _, people, _ in steps(talk)] == [("ai",), ("lin",), ("qi", "tech")]  # nobody else is on duty: the house


def test_a_tag_that_reaches_nobody_says_so_and_goes_on_at_once() -> None:
    talk = on(AI, LIN)
    post(talk, tag="tech")
    talk.then(
        MessagePosted(message_id="m1", channel_id="on_air", text="A01 標籤寫錯", tag="tech"),
        MessageReached(message_id="m1", reach=Reach("does", ("tech",), (), talk.at)),
        MessageReached(message_id="m1", reach=Reach("answers", ("director",), ("lin",), talk.at + 20_000)),
    )


def test_who_writes_of_what_is_theirs_alone_has_it_and_the_next_one_is_asked_at_once(talk: Stage) -> None:
    post(talk, tag="negative", by=AI)
    assert steps(talk) == [("does", ("ai",), talk.at), ("stands_in", ("qi",), talk.at + 30_000)]


def test_before_anybody_is_on_duty_whoever_holds_the_role_is_reached() -> None:
    talk = on()
    post(talk, tag="tech")
    assert steps(talk)[0][:2] == ("does", ("tech",))


def test_whom_it_names_is_asked_first_and_then_who_does_it(talk: Stage) -> None:
    post(talk, urgent=True, tag="tech", mentions=("qi",))
    assert steps(talk) == [("named", ("qi",), talk.at + 10_000)]
    assert climb(talk) == ["does", "answers", "everybody"]
    assert [people for _, people, _ in steps(talk)] == [("qi",), ("tech",), ("lin",), ("ops",)]
    post(talk, "m2", urgent=True, roles=("operations",))
    assert steps(talk, "m2")[0][:2] == ("named", ("ops",))
    post(talk, "m3", tag="tech", mentions=("ai",))  # oneself is nobody new
    assert steps(talk, "m3")[0][:2] == ("does", ("tech",))


def test_what_is_urgent_climbs_every_ten_seconds_and_else_goes_to_who_directs(talk: Stage) -> None:
    post(talk, urgent=True)
    assert steps(talk) == [("does", ("lin",), talk.at + 10_000)]
    post(talk, "m2", urgent=True, tag="order", by=OPS)
    assert steps(talk, "m2") == [("does", ("ai",), talk.at + 10_000)]


def test_who_takes_it_stops_the_asking_and_is_the_only_one_to_finish_it(talk: Stage) -> None:
    post(talk, tag="promo", by=QI)
    talk.when(TakeMessage(message_id="m1"), by=OPS).then(MessageTaken(message_id="m1"))
    assert FEATURE.due is not None
    assert FEATURE.due(talk.state) is None
    talk.when(TakeMessage(message_id="m1"), by=OPS).then()
    talk.when(TakeMessage(message_id="m1"), by=LIN)
    assert talk.refused(MessageHeld).data == {"person_id": "ops"}
    talk.when(FinishMessage(message_id="m1", answer="改好了"), by=LIN)
    talk.refused(MessageHeld)
    talk.when(FinishMessage(message_id="m1", answer="  "), by=OPS)
    talk.refused(MessageNoReason)
    talk.when(FinishMessage(message_id="m1", answer="改好了"), by=OPS)
    row = talk.row("channel.messages", "m1")
    assert (row.stage, row.stage_by, row.words) == ("done", "ops", "改好了")
    talk.when(TakeMessage(message_id="m1"), by=LIN)
    talk.refused(MessageDone)


def test_who_lets_it_go_or_opens_it_again_says_why_and_it_is_asked_from_the_first_step(talk: Stage) -> None:
    post(talk, tag="promo", by=QI)
    talk.when(LetMessageGo(message_id="m1", reason="忙"), by=OPS).then()  # nobody has it
    talk.when(TakeMessage(message_id="m1"), by=LIN)
    talk.when(LetMessageGo(message_id="m1", reason="去換線"), by=LIN)
    row = talk.row("channel.messages", "m1")
    assert (row.stage, row.words, steps(talk)) == ("open", "去換線", [("does", ("ops",), talk.at + 30_000)])
    talk.when(ReopenMessage(message_id="m1", reason="?"), by=QI)
    talk.refused(MessageNotDone)
    talk.when(FinishMessage(message_id="m1", answer="好"), by=OPS)
    talk.when(ReopenMessage(message_id="m1", reason="價格還是舊的"), by=QI)
    assert (talk.row("channel.messages", "m1").stage, len(steps(talk))) == ("open", 1)


def test_a_late_timer_asks_once_for_all_that_is_due_and_nothing_early(talk: Stage) -> None:
    post(talk, tag="tech")
    post(talk, "m2", tag="stock")
    talk.at += 25_000
    talk.when(TendChannel(), by=SYSTEM)
    assert (len(steps(talk)), len(steps(talk, "m2"))) == (2, 1)
    talk.when(TendChannel(), by=SYSTEM).then()


def test_a_screen_says_that_it_has_it_and_only_one_of_whom_it_is_for(talk: Stage) -> None:
    post(talk, tag="promo", by=QI)
    talk.when(MeetMessage(message_id="m1", met="arrived"), by=OPS, at=talk.at + 5).then(
        MessageMet(message_id="m1", met="arrived")
    )
    talk.when(MeetMessage(message_id="m1", met="arrived"), by=OPS).then()
    talk.when(MeetMessage(message_id="m1", met="seen"), by=LIN).then()  # nobody asked the director yet
    arrived = talk.at
    talk.when(MeetMessage(message_id="m1", met="seen"), by=OPS, at=talk.at + 50)
    assert talk.row("channel.messages", "m1").looks == {"ops": Look(arrived_at=arrived, seen_at=talk.at)}
    talk.when(MeetMessage(message_id="m1", met="seen"), by=OPS).then()
    first = talk.row("channel.responses", "promo").seen_ms
    climb(talk)
    talk.when(MeetMessage(message_id="m1", met="seen"), by=LIN, at=talk.at + 9_000)
    assert talk.row("channel.responses", "promo").seen_ms == first == 55


def test_what_one_wrote_one_may_change_and_take_back(talk: Stage) -> None:
    post(talk, tag="promo")
    talk.when(EditMessage(message_id="m1", text="A02 標籤寫錯"), by=LIN)
    talk.refused(MessageNotYours)
    talk.when(EditMessage(message_id="m1", text="A02 標籤寫錯"), by=AI)
    talk.when(EditMessage(message_id="m1", text=" A02 標籤寫錯"), by=AI).then()
    row = talk.row("channel.messages", "m1")
    assert (row.text, row.edited_at > 0, row.stage) == ("A02 標籤寫錯", True, "open")
    talk.when(WithdrawMessage(message_id="m1"), by=AI)
    row = talk.row("channel.messages", "m1")
    assert (row.text, row.stage, row.by) == ("", "withdrawn", "ai")
    assert FEATURE.due is not None
    assert FEATURE.due(talk.state) is None
    for command in (TakeMessage(message_id="m1"), WithdrawMessage(message_id="m1"), ReactToMessage(message_id="m1", sign="ok")):
        talk.when(command, by=AI)
        talk.refused(MessageUnknown)
    post(talk, "m2", thread="m1")
    talk.refused(MessageUnknown)


def test_everybody_reads_for_themselves_and_who_writes_has_read(talk: Stage) -> None:
    post(talk)
    first = talk.seq
    post(talk, "m2", by=LIN)
    talk.when(ReadChannel(channel_id="on_air", seq=first + 99), by=QI)
    marks = {key: row.seq for key, row in talk.rows("channel.marks").items()}
    assert marks == {"on_air/ai": first, "on_air/lin": first + 1, "on_air/qi": first + 1}
    talk.when(ReadChannel(channel_id="on_air", seq=first), by=QI).then()
    talk.when(ReadChannel(channel_id="elsewhere", seq=1), by=QI)
    talk.refused(ChannelUnknown)


def test_signs_stand_on_a_message_once_for_each(talk: Stage) -> None:
    post(talk)
    for who in (AI, LIN):
        talk.when(ReactToMessage(message_id="m1", sign="ok"), by=who)
    talk.when(ReactToMessage(message_id="m1", sign="ok"), by=LIN).then()
    talk.when(ReactToMessage(message_id="m1", sign="ok", on=False), by=AI)
    talk.when(ReactToMessage(message_id="m1", sign="eyes", on=False), by=AI).then()
    assert talk.row("channel.messages", "m1").reactions == {"ok": ("lin",)}
    talk.when(ReactToMessage(message_id="m1", sign="ok", on=False), by=LIN)
    assert talk.row("channel.messages", "m1").reactions == {}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"text": " \n\u200b "}, MessageBlank),
        ({"text": "字" * 2001}, MessageTooLong),
        ({"channel_id": "office"}, ChannelUnknown),
        ({"tag": "weather"}, ChannelTagUnknown),
        ({"mentions": ("nobody",)}, ChannelPersonUnknown),
        ({"roles": ("pilot",)}, ChannelRoleUnknown),
        ({"thread": "m0"}, MessageUnknown),
    ],
)
def test_what_reaches_nobody_is_refused(talk: Stage, more: dict[str, Any], why: Any) -> None:
    post(talk, **more)
    talk.refused(why)


def test_an_id_is_used_once(talk: Stage) -> None:
    post(talk)
    post(talk, by=LIN)
    talk.refused(MessageIdTaken)


def test_a_screen_has_the_newest_and_all_that_is_not_done(talk: Stage) -> None:
    post(talk, tag="promo")
    for number in range(SHOWN_MAX + 3):
        post(talk, f"n{number}")
    rows = talk.rows("channel.messages")
    assert (len(rows), "m1" in rows, "n2" in rows, "n3" in rows) == (SHOWN_MAX + 1, True, False, True)
    room = talk.row("channel.rooms", "on_air")
    assert (room.messages, room.open, room.older) == (SHOWN_MAX + 4, 1, 3)
    talk.when(TakeMessage(message_id="m1"), by=OPS)
    assert talk.rows("channel.messages")["m1"].stage == "taken"
    talk.when(FinishMessage(message_id="m1", answer="好"), by=OPS)
    assert "m1" not in talk.rows("channel.messages")
    room = talk.row("channel.rooms", "on_air")
    assert (room.open, room.taken, room.done, room.older) == (0, 0, 1, 4)


def test_every_tag_is_somebodys_by_the_shipped_charter() -> None:
    for tag, (duty, within_s) in TAGS.items():
        does, answers = TEAM.lines[duty]
        assert does, tag
        assert answers, tag
        assert within_s > 0


def test_how_soon_the_team_answers_is_counted_by_tag_and_in_all(talk: Stage) -> None:
    assert talk.rows("channel.responses") == {}
    for number, seconds in enumerate((4, 10, 50)):
        post(talk, f"m{number}", tag="promo", urgent=number == 2, by=QI)
        begun = talk.at
        talk.when(MeetMessage(message_id=f"m{number}", met="seen"), by=OPS, at=begun + 1_000)
        talk.when(TakeMessage(message_id=f"m{number}"), by=OPS, at=begun + seconds * 1_000)
        talk.when(FinishMessage(message_id=f"m{number}", answer="好"), by=OPS, at=begun + seconds * 2_000)
        talk.when(ReopenMessage(message_id=f"m{number}", reason="不"), by=OPS, at=begun + 200_000)
        talk.when(TakeMessage(message_id=f"m{number}"), by=OPS, at=begun + 300_000)  # the first time counts
    post(talk, "m9", tag="tech", by=QI)
    post(talk, "plain")
    post(talk, "gone", tag="tech", by=QI)
    talk.when(WithdrawMessage(message_id="gone"), by=QI)
    rows = talk.rows("channel.responses")
    assert set(rows) == {"all", "urgent", "promo", "tech"}
    promo, tech, every = rows["promo"], rows["tech"], rows["all"]
    assert (promo.asked, promo.waits, promo.seen_ms, promo.taken_ms, promo.taken_p90_ms, promo.done_ms) == (
        3,
        0,
        1_000,
        10_000,
        50_000,
        20_000,
    )
    assert (tech.asked, tech.waits, tech.seen_ms, tech.taken_ms, tech.done_p90_ms) == (1, 1, None, None, None)
    assert (every.asked, every.waits, rows["urgent"].asked, rows["urgent"].taken_ms) == (4, 1, 1, 50_000)
