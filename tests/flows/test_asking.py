"""A command of which somebody must agree first waits over HTTP: nothing of it happens before they said yes."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from kaibo.core.event import Command, StreamKind
from kaibo.core.feature import tag_of
from kaibo.features import FEATURES
from kaibo.features.charter.shipped import seven
from kaibo.features.charter.table import GRANTED
from tests.flows.test_charter_binds import Bodies
from tests.flows.test_taking import START, Clock, do, plan, publish, row, tell, wait
from tests.flows.test_taking import on_air as crew_on_air
from tests.served import Served, ask, served

SECOND = 1000


def asks(duty_id: str, role_id: str, was: str | None) -> dict[str, Any]:
    return {"duty_id": duty_id, "role_id": role_id, "was": was, "cell": "CF"}


def on_air(app: Served) -> SimpleNamespace:
    """`tell.host` is director RA: operations must agree first, and the owner answers for it."""
    moved = {"duty_id": "tell.host", "role_id": "director", "was": "RA", "cell": "R"}
    answers = {"duty_id": "tell.host", "role_id": "owner", "was": None, "cell": "A"}
    return crew_on_air(app, moved, answers, asks("tell.host", "operations", "I"))


@pytest.fixture
def house() -> Iterator[SimpleNamespace]:
    clock = Clock()
    with served(clock=clock) as app:
        house = on_air(app)
        house.clock = clock
        yield house


def asked(answer: httpx.Response) -> str:
    assert answer.status_code == 202, answer.text
    return answer.json()["asked"]


def request(house: SimpleNamespace, request_id: str) -> dict[str, Any]:
    return row(house.owner, "show/s1", "asking.requests", request_id)


def until(house: SimpleNamespace, request_id: str, **wanted: Any) -> dict[str, Any]:
    for _ in range(500):
        found = request(house, request_id)
        if all(found[name] == value for name, value in wanted.items()):
            return found
    raise AssertionError(found)


def facts(house: SimpleNamespace, kind: str = "prompter.messaged") -> list[dict[str, Any]]:
    page = house.owner.get("/api/streams/show/s1/events", params={"types": kind, "limit": 1000}).json()
    return page["events"]


def test_it_waits_and_runs_as_who_asked_once_the_other_agreed(house):
    request_id = asked(tell(house.lin, "換下一個"))
    assert facts(house) == []
    found = request(house, request_id)
    assert (found["state"], found["waiting"], found["about"], found["until"]) == (
        "open",
        ["operations"],
        ["換下一個"],
        house.clock.at + 60 * SECOND,
    )
    do(house.zhe, "show", "s1", "asking.agree", request_id=request_id)
    until(house, request_id, state="ran")
    (event,) = facts(house)
    assert (event["actor"], event["fact"]["text"]) == ({"id": "lin", "role": "director", "duty": "host.message"}, "換下一個")
    assert event["cause"] == facts(house, "asking.agreed")[0]["seq"]


def test_the_key_it_came_with_is_the_key_it_runs_under(house):
    headers = {"Idempotency-Key": "k1"}
    path, body = "/api/streams/show/s1/commands/prompter.message", {"message_id": "m1", "text": "慢一點"}
    first = house.lin.post(path, json=body, headers=headers)
    assert asked(first) == asked(house.lin.post(path, json=body, headers=headers))
    assert len(facts(house, "asking.asked")) == 1
    do(house.zhe, "show", "s1", "asking.agree", request_id=first.json()["asked"])
    until(house, first.json()["asked"], state="ran")
    again = house.lin.post(path, json=body, headers=headers)
    assert (again.status_code, again.json()["events"]) == (200, [facts(house)[0]["seq"]])
    assert len(facts(house)) == 1
    other = house.lin.post(path, json={**body, "text": "快一點"}, headers=headers)
    assert other.json()["code"] == "core.key_reused"


def test_a_no_says_why_and_nothing_happens(house):
    request_id = asked(tell(house.lin))
    assert (
        ask(house.zhe, "show", "s1", "asking.decline", request_id=request_id, reason=" ").json()["code"] == "asking.nothing_said"
    )
    do(house.zhe, "show", "s1", "asking.decline", request_id=request_id, reason="還沒上架")
    found = request(house, request_id)
    assert (found["state"], found["by"], found["reason"]) == ("declined", "zhe", "還沒上架")
    assert ask(house.zhe, "show", "s1", "asking.agree", request_id=request_id).json()["code"] == "asking.over"
    assert facts(house) == []


def test_unanswered_it_is_told_to_who_answers_and_runs_only_when_they_say_so(house):
    request_id = asked(tell(house.lin))
    assert ask(house.owner, "show", "s1", "asking.agree", request_id=request_id).json()["code"] == "asking.not_asked"
    house.clock.at += 61 * SECOND
    assert facts(house) == []
    assert request(house, request_id)["answers"] == ["owner"]
    do(house.owner, "show", "s1", "asking.agree", request_id=request_id)
    until(house, request_id, state="ran")
    assert len(facts(house)) == 1


def test_what_no_longer_holds_is_refused_and_told(house):
    request_id = asked(tell(house.lin))
    do(house.owner, "workspace", "main", "workspace.change_roles", person_id="lin", roles=["host"])
    do(house.zhe, "show", "s1", "asking.agree", request_id=request_id)
    found = until(house, request_id, state="refused")
    assert found["code"] == "core.not_allowed"
    told = house.lin.get(f"/api/asking/show/s1/{request_id}").json()
    assert (told["code"], "能做的角色" in told["message"]) == ("core.not_allowed", True)
    assert house.lin.get("/api/asking/show/s1/99").status_code == 404
    assert facts(house) == []


def test_only_who_is_asked_answers_and_only_who_asked_withdraws(house):
    request_id = asked(tell(house.lin))
    for client, code in ((house.lin, "asking.not_asked"), (house.ai, "asking.not_asked")):
        assert ask(client, "show", "s1", "asking.agree", request_id=request_id).json()["code"] == code
    assert ask(house.zhe, "show", "s1", "asking.withdraw", request_id=request_id).json()["code"] == "asking.not_yours"
    do(house.lin, "show", "s1", "asking.withdraw", request_id=request_id)
    assert request(house, request_id)["state"] == "withdrawn"
    assert facts(house) == []


def test_need_does_not_wait(house):
    asked(tell(house.lin))
    assert house.lin.get("/api/shows/s1/duties").json()["asks"] == {"host.message": ["operations"]}
    assert house.lin.get("/api/shows/s1/why", params={"duty": "host.message"}).json()["need"] == ""
    do(house.lin, "show", "s1", "duty.take", taking_id="k1", taken="host.message", reason="主播念錯價")
    assert house.lin.get("/api/shows/s1/duties").json()["asks"] == {}
    assert tell(house.lin, "停").status_code == 200
    assert facts(house)[0]["taking"] == "k1"


def test_nobody_is_asked_where_no_cell_asks_and_who_answers_asks_nobody(house):
    message = {"message_id": "m9", "text": "我來"}
    assert ask(house.owner, "show", "s1", "prompter.message", **message).status_code == 200
    assert ask(house.lin, "show", "s1", "prompter.signal", signal="ok").status_code != 202


def test_nobody_asks_by_hand_and_no_program_waits(house):
    body = {"command": "show.end", "body": "{}", "given": "show.run", "roles": ["operations"], "within_s": 1}
    assert ask(house.lin, "show", "s1", "asking.ask", **body).status_code == 404
    made = house.owner.post("/api/tokens", json={"name": "提詞", "roles": ["director"]})
    if made.status_code < 300:
        token = httpx.Client(base_url=house.owner.base_url, headers={"Authorization": f"Bearer {made.json()['token']}"})
        assert tell(token, "程式說的").json()["code"] == "asking.cannot_wait"


BEFORE = ("show.ready", "show.override")  # on air nobody has them
APART = ("propose.promos", "prepare.draws")  # another one's than what approves them


def everything_asked(app: Served) -> SimpleNamespace:
    """Whatever a charter gives: director or operations do it, tech must agree first, the owner answers."""
    owner = app.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner"])
    lin, zhe = app.person(owner, "lin", "小林", "director"), app.person(owner, "zhe", "阿哲", "operations")
    app.person(owner, "mo", "小默", "tech")
    rows = [duty for duty in seven().duties if duty.grants]
    wanted = {
        duty.duty_id: {"owner": "A", "tech": "CF", "operations" if duty.duty_id in APART else "director": "R"} for duty in rows
    }
    changes = [
        {"duty_id": duty.duty_id, "role_id": role, "was": duty.cells.get(role), "cell": wanted[duty.duty_id].get(role)}
        for duty in rows
        for role in duty.cells.keys() | wanted[duty.duty_id].keys()
    ]
    publish(owner, 1, "seven", *changes)
    plan(owner)
    do(owner, "show", "s1", "show.air")
    wait(owner, 1)
    theirs = {name for duty in rows if duty.duty_id in APART for name in duty.grants}
    return SimpleNamespace(owner=owner, lin=lin, zhe=zhe, theirs=theirs)


def test_no_fact_of_any_asked_command_before_somebody_agreed():
    """Every command that a charter may make wait, on a show and in the workspace, asked by who does it."""
    with served() as app:
        house, bodies, waited = everything_asked(app), Bodies(), set[str]()
        for where, stream_id in (("show", "s1"), ("workspace", "main")):
            for kind in given_on(where):
                name, client = tag_of(kind), house.zhe if kind.duty in house.theirs else house.lin
                if where == "show" and kind.duty in BEFORE:
                    continue
                answer = ask(client, where, stream_id, name, **bodies.body(kind))
                if answer.status_code == 202:
                    waited.add(name)
                    do(client, where, stream_id, "asking.withdraw", request_id=answer.json()["asked"])
                else:
                    assert answer.json()["code"] in ("asking.too_long", "asking.cannot_wait", "http.not_found"), (
                        name,
                        answer.text,
                    )
            events = house.owner.get(f"/api/streams/{where}/{stream_id}/events", params={"limit": 1000}).json()["events"]
            found = {event["fact"]["type"] for event in events if event["actor"]["id"] in ("lin", "zhe")}
            assert found == {"asking.asked", "asking.withdrawn"}
        assert len(waited) > 60


def given_on(where: StreamKind) -> Iterator[type[Command]]:
    for feature in FEATURES:
        yield from (each for each in feature.commands if each.duty in GRANTED and where in feature.streams_of(each))


def test_what_opens_a_show_cannot_wait_in_it():
    with served() as app:
        house = everything_asked(app)
        show = {
            "show_id": "s2",
            "title": "冬裝",
            "starts_at": START,
            "ends_at": START + 1,
            "timezone": "Asia/Taipei",
            "currency": "TWD",
        }
        refused = ask(house.lin, "show", "s2", "show.plan", **show).json()
        assert (refused["code"], refused["data"]["able_roles"]) == ("asking.cannot_wait", ["owner"])
        assert house.owner.get("/api/streams/show/s2/events").status_code == 404
        do(house.owner, "show", "s2", "show.plan", **show)
