"""A long room in shifts: the sheet the log fills, for each who may read it, drawn again as it stood; and a day of four shifts that loses nothing."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from kaibo.core.errors import Refusal
from kaibo.core.event import Actor, Command, Fact
from kaibo.core.feature import Context, Members
from kaibo.core.stream import SYSTEM, StreamFold
from kaibo.features import FEATURES
from kaibo.features.audience.commands import SealBatch
from kaibo.features.metric.shown import TILES
from kaibo.features.order.commands import RecordOrders
from kaibo.features.roster.commands import (
    AcceptRole,
    AnswerLine,
    AskLine,
    CloseRole,
    MarkAbsent,
    OfferRole,
    PlanShift,
    StandBy,
    TakeRole,
    TickSheetLine,
)
from kaibo.features.roster.facts import Shift, ShiftMember, SuccessorLate
from kaibo.features.roster.figures import SUMMED, figures
from kaibo.features.roster.handover import DRAWN, Desk, HandOverSheet, draw_sheet
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.rundown.commands import AddCue, JumpToCue
from kaibo.features.rundown.facts import Cue
from kaibo.features.show.commands import AirShow, EndShow, PlanShow
from kaibo.features.show.facts import CrewMember
from kaibo.features.task.commands import AddTask
from kaibo.features.task.facts import Task
from kaibo.sim.audience import Audience, Offer, Rates
from tests.served import ask, do, served

HOUR = 3_600_000
AT = 1_760_000_000_000
THREE = ["399 到十點半", "禮盒要再抽一份", "補充包不說明早"]


@pytest.fixture
def house() -> Iterator[SimpleNamespace]:
    clock = SimpleNamespace(at=AT)
    with served(clock=lambda: clock.at) as app:
        owner = app.owner()
        people = {
            person: app.person(owner, person, name, role)
            for person, name, role in (("ai", "小艾", "assistant"), ("bao", "阿寶", "assistant"), ("mia", "Mia", "host"))
        }
        crew = [{"person_id": "ai", "name": "小艾", "roles": ["assistant"]}]
        body = {"show_id": "s", "title": "雙 12", "starts_at": AT, "ends_at": AT + 16 * HOUR, "currency": "TWD"}
        do(owner, "show", "s", "show.plan", **body, timezone="Asia/Taipei", crew=crew)
        for place, (name, person) in enumerate((("晚班", "ai"), ("夜班", "bao"))):
            shift = {"shift_id": name, "name": name, "from_s": place * 28_800, "to_s": (place + 1) * 28_800}
            do(owner, "show", "s", "roster.plan_shift", shift={**shift, "crew": [{"role_id": "assistant", "person_id": person}]})
        product = {"product_id": "I01", "name": "晨光禮盒", "live_price_minor": 45_000, "stock": 11}
        do(owner, "show", "s", "product.add", product=product)
        do(owner, "show", "s", "show.air")
        yield SimpleNamespace(app=app, owner=owner, clock=clock, **people)


def lines(client, **query: object) -> dict[str, dict[str, object]]:
    told = client.get("/api/shows/s/roster/sheet", params=query).json()
    return {line["key"]: line for section in told["sections"] for line in section["lines"]}


def test_the_sheet_is_filled_from_the_log_and_drawn_again_as_it_stood(house):
    do(house.owner, "show", "s", "promo.propose", promo_id="p1", product_id="I01", kind="price", price_minor=39_900)
    do(house.owner, "show", "s", "note.pin", note_id="n", text="補貨單在道具桌")
    task = {"title": "訂單 3092 改地址", "role_id": "assistant", "offset_s": 0}
    do(house.owner, "show", "s", "task.add", task_id="t1", task=task)
    do(
        house.ai,
        "show",
        "s",
        "roster.offer",
        offer_id="o1",
        role_id="assistant",
        to_person_id="bao",
        lines=["豆花妹請人工確認"],
        shift_id="夜班",
    )
    now = lines(house.bao)
    assert now["stock/I01"]["count"] == 11
    assert (now["task/t1"]["subject"], now["task/t1"]["at"]) == ("訂單 3092 改地址", AT)
    assert now["note/n"]["text"] == "補貨單在道具桌"
    assert now["own/o1/0"]["text"] == "豆花妹請人工確認"
    assert "stock/I01" not in lines(house.bao, under=11)
    do(house.bao, "show", "s", "roster.ask", offer_id="o1", line="task/t1", question="哪個地址？")
    assert ask(house.bao, "show", "s", "roster.accept", offer_id="o1", said_back=THREE).json()["code"] == "roster.question_open"
    do(house.ai, "show", "s", "roster.answer", offer_id="o1", line="task/t1", answer="公司那個")
    do(house.bao, "show", "s", "roster.accept", offer_id="o1", said_back=THREE)
    seq = house.bao.get("/api/streams/show/s/views/roster.board").json()["rows"]["assistant/bao"]["sheet_seq"]
    do(house.owner, "show", "s", "note.unpin", note_id="n")
    do(house.bao, "show", "s", "task.done", task_id="t1", evidence="改好了")
    assert {"note/n", "task/t1"}.isdisjoint(lines(house.bao))
    assert {"note/n", "task/t1", "own/o1/0", "stock/I01"} <= lines(house.bao, seq=seq).keys()


def test_what_somebody_may_not_read_is_named_and_not_shown(house):
    told = house.mia.get("/api/shows/s/roster/sheet").json()
    assert told["withheld"], "a host sees no claims"
    assert {section["name"] for section in told["sections"]}.isdisjoint(told["withheld"])


@pytest.mark.parametrize("query", [{"seq": "x"}, {"under": "-1"}])
def test_a_sheet_of_no_number_is_refused(house, query):
    assert house.bao.get("/api/shows/s/roster/sheet", params=query).status_code == 422


def test_who_does_not_come_is_noted_by_the_house_when_it_is_time(house):
    body = {"show_id": "t", "title": "晚了", "starts_at": AT - 2 * HOUR, "ends_at": AT + 2 * HOUR, "currency": "TWD"}
    do(house.owner, "show", "t", "show.plan", **body, timezone="Asia/Taipei", crew=[])
    for place, person in enumerate(("ai", "bao")):
        shift = {"shift_id": person, "name": person, "from_s": place * 3600, "to_s": (place + 1) * 3600}
        do(
            house.owner,
            "show",
            "t",
            "roster.plan_shift",
            shift={**shift, "crew": [{"role_id": "assistant", "person_id": person}]},
        )
    do(house.owner, "show", "t", "show.air")
    late: list[dict[str, object]] = []
    for _ in range(500):  # the timer fires beside the requests
        late = house.owner.get("/api/streams/show/t/views/roster.shifts").json()["rows"]["bao"]["late"]
        if late:
            break
    assert late == [{"role_id": "assistant", "person_id": "bao", "absent": False}]


def conflicts(client) -> set[tuple[str, ...]]:
    told = client.get("/api/shows/s/roster/conflicts").json()["conflicts"]
    return {tuple(each[name] for name in ("kind", "role_id", "person_id", "show_id", "shift")) for each in told}


def test_people_of_shifts_are_taken_by_their_shifts_and_by_no_other_hour(house):
    body = {"title": "下午場", "currency": "TWD", "timezone": "Asia/Taipei"}
    crew = [{"person_id": person, "name": person, "roles": ["assistant"]} for person in ("ai", "bao")]
    at = {"starts_at": AT + HOUR, "ends_at": AT + 2 * HOUR}
    do(house.owner, "show", "o", "show.plan", show_id="o", **body, **at, crew=crew)
    assert {("two_shows", "", "ai", "o", ""), ("rest", "", "bao", "o", "")} <= conflicts(house.owner)


def test_who_comes_back_after_too_short_a_night_and_time_that_is_nobodys_are_named(house):
    members = [{"role_id": "assistant", "person_id": "ai"}]
    shift = {"shift_id": "早班", "name": "早班", "from_s": 61_200, "to_s": 79_200, "crew": members}
    do(house.owner, "show", "s", "roster.plan_shift", shift=shift)
    found = conflicts(house.owner)
    assert {("rest", "", "ai", "s", ""), ("shift_gap", "", "", "", "早班")} <= found
    assert not any(kind == "rest" and person == "bao" for kind, _, person, _, _ in found)


def test_what_the_last_of_the_night_leaves_is_found_by_the_next_show(house):
    body = {"title": "明天", "currency": "TWD", "timezone": "Asia/Taipei", "crew": []}
    do(house.owner, "show", "n", "show.plan", show_id="n", starts_at=AT + 40 * HOUR, ends_at=AT + 42 * HOUR, **body)
    assert house.owner.get("/api/shows/n/roster/left").json()["show_id"] == ""
    task = {"title": "補寄三盒", "role_id": "assistant", "offset_s": 0}
    do(house.owner, "show", "s", "task.add", task_id="t", task=task)
    do(house.owner, "show", "s", "show.end")
    do(house.ai, "show", "s", "roster.close", role_id="assistant", lines=["補貨單在桌上"])
    left = house.owner.get("/api/shows/n/roster/left").json()
    assert (left["show_id"], left["title"]) == ("s", "雙 12")
    found = {(line["subject"], line["text"]) for section in left["sections"] for line in section["lines"]}
    assert {("補寄三盒", ""), ("", "補貨單在桌上")} <= found
    do(house.ai, "show", "s", "task.done", task_id="t")
    assert "補寄三盒" not in house.owner.get("/api/shows/n/roster/left").text


# A day of four shifts, played without a server
OFFERS = (Offer("A", "禮盒", 10_000, 10_000), Offer("B", "乳液", 5_000, 5_000))
DUTIES = {duty for _, duty, _ in DRAWN}
ROLES = ("host", "assistant", "director")
CREWS = tuple({role: f"{role}{place}" for role in ROLES} for place in range(4))
NAMES = ("早班", "午班", "晚班", "夜班")
SHIFT_S = 21_600
LATE, ABSENT = "assistant1", "director2"


class Room:
    """A show of 24 hours that asks itself."""

    def __init__(self) -> None:
        self.fold = StreamFold("show/day", FEATURES)
        held = {person: frozenset({role}) for crew in CREWS for role, person in crew.items()}
        self.members = Members(held | {"lin": frozenset({"director"})}, {})
        self.at, self.facts = AT - HOUR, list[Fact]()

    def ask(self, command: Command, by: str = "lin", role: str = "director") -> None:
        """Raises what refuses it."""
        actor = SYSTEM if by == SYSTEM.id else Actor(id=by, role=role)
        ctx = Context(
            stream=self.fold.stream, seq=self.fold.seq, at=self.at, actor=actor, roles=frozenset({role}), members=self.members
        )
        for event in self.fold.decide(command, ctx):
            self.fold.project(event)
            self.facts.append(event.fact)

    def ring(self) -> None:
        """What the roster waits for is done, as the timers do it."""
        due = self.fold.due()["roster"]
        if due is not None and due[0] <= self.at:
            self.ask(due[1], by=SYSTEM.id, role="system")

    def sheet(self) -> HandOverSheet:
        return draw_sheet(Desk(self.fold, self.at, 20), "day", DUTIES)

    def on(self, role: str) -> tuple[str, ...]:
        return self.fold.slice(ON_DUTY).people_in(role)


def open_items(sheet: HandOverSheet) -> set[str]:
    return {line.key for section in sheet.sections for line in section.lines if section.name in ("open", "own", "promised")}


def hand_over(room: Room, place: int, role: str) -> None:
    giver, taker, shift = room.on(role)[0], CREWS[place][role], NAMES[place]
    offer_id = f"{shift}/{role}"
    room.ask(
        OfferRole(offer_id=offer_id, role_id=role, to_person_id=taker, lines=(f"{shift}：{role} 注意",), shift_id=shift),
        by=giver,
        role=role,
    )
    before = open_items(room.sheet())
    line = next(iter(sorted(before)))
    room.ask(AskLine(offer_id=offer_id, line=line, question="？"), by=taker, role=role)
    with pytest.raises(Refusal):
        room.ask(AcceptRole(offer_id=offer_id, said_back=tuple(THREE)), by=taker, role=role)
    room.ask(AnswerLine(offer_id=offer_id, line=line, answer="。"), by=giver, role=role)
    for each in before:
        room.ask(TickSheetLine(offer_id=offer_id, line=each), by=taker, role=role)
    if role == "host":
        room.ask(StandBy(offer_id=offer_id, said_back=tuple(THREE)), by=taker, role=role)
        room.ask(StandBy(offer_id=offer_id), by=giver, role=role)
    else:
        room.ask(AcceptRole(offer_id=offer_id, said_back=tuple(THREE)), by=taker, role=role)


def test_a_day_of_four_shifts_one_late_one_absent_loses_nothing_that_is_open():
    room, audience = Room(), Audience(7, rates=Rates(arrivals=0.4, comments=0.02, clicks=0.02, buys_per_click=0.5))
    crew = tuple(CrewMember(person_id=person, name=person, roles=(role,)) for role, person in CREWS[0].items())
    room.ask(
        PlanShow(
            show_id="day", title="不打烊", starts_at=AT, ends_at=AT + 24 * HOUR, currency="TWD", timezone="Asia/Taipei", crew=crew
        )
    )
    for place, name in enumerate(NAMES):
        room.ask(AddCue(cue=Cue(cue_id=name, title=f"換主播 {name}", duration_ms=SHIFT_S * 1000), after_cue_id=None))
        members = tuple(ShiftMember(role_id=role, person_id=person) for role, person in CREWS[place].items())
        shift = Shift(shift_id=name, name=name, from_s=place * SHIFT_S, to_s=(place + 1) * SHIFT_S, crew=members, cue_id=name)
        room.ask(PlanShift(shift=shift))
    room.at = AT
    room.ask(AirShow())
    opened: set[str] = set()
    seen_by: dict[int, set[str]] = {}
    for place in range(4):
        starts_at = AT + place * SHIFT_S * 1000
        if place == 2:
            room.ask(MarkAbsent(person_id=ABSENT, reason="發燒"))
        for role in ROLES if place else ():
            if CREWS[place][role] not in (LATE, ABSENT):
                room.at = starts_at - 600_000
                hand_over(room, place, role)
        room.at = starts_at
        room.ask(JumpToCue(cue_id=NAMES[place]))
        room.at = starts_at + 300_000
        room.ring()
        assert room.on("host") == (CREWS[place]["host"],)
        if place == 1:
            assert room.on("assistant") == (CREWS[0]["assistant"],), "the old one stays"
            room.at += 480_000
            hand_over(room, place, "assistant")
        if place == 2:
            assert room.on("director") == (CREWS[1]["director"],)
            room.ask(TakeRole(role_id="director", from_person_id=CREWS[1]["director"], reason="沒人來"), by="lin")
        task_id = f"t{place}"
        room.ask(AddTask(task_id=task_id, task=Task(title=f"{NAMES[place]} 答應的", role_id="assistant", offset_s=0)))
        opened.add(f"task/{task_id}")
        for _ in range(4):
            room.at += 900_000
            did = audience.step(room.at, 15, OFFERS[0], OFFERS)
            room.ask(SealBatch(source="simulated", room="day", items=tuple(did.items)), by=SYSTEM.id, role="system")
            if did.orders:
                room.ask(RecordOrders(platform="simulated", items=tuple(did.orders)), by=SYSTEM.id, role="system")
        seen_by[place] = open_items(room.sheet())
        assert opened <= seen_by[place], "nothing that is open was lost on the way"
    late = {(fact.person_id, fact.absent) for fact in room.facts if isinstance(fact, SuccessorLate)}
    assert late == {(LATE, False), (ABSENT, True)}
    room.at = AT + 24 * HOUR
    room.ask(EndShow())
    room.ask(CloseRole(role_id="assistant", lines=("補貨單在桌上",)), by=CREWS[3]["assistant"], role="assistant")
    assert opened <= open_items(room.sheet())
    assert any(line.text == "補貨單在桌上" for section in room.sheet().sections for line in section.lines)
    _adds_up(room)


def _adds_up(room: Room) -> None:
    told = figures(room.fold, "day", "TWD")
    tiles = room.fold.rows(TILES)
    assert told.whole.gmv_paid_minor == tiles["gmv_paid"].value
    assert told.whole.gmv_paid_minor
    for parts in (told.shifts, told.hosts):
        assert sum(part.minutes for part in parts) == told.whole.minutes
        for name in SUMMED:
            assert sum(getattr(part, name) or 0 for part in parts) == (getattr(told.whole, name) or 0), name
    assert [part.key for part in told.hosts] == [crew["host"] for crew in CREWS]
