"""Who takes a role in need, or comes for somebody absent, can do what the role is there for; never what the charter keeps from them."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from tests.flows.test_taking import duties, need, plan, publish, tell, wait
from tests.served import Served, ask, do, served

CREW = (("min", "小敏", "planner"), ("lin", "小林", "director"), ("ai", "小艾", "assistant"), ("pei", "佩佩", "care"))
NEVER = {"duty_id": "tell.host", "role_id": "planner", "was": None, "cell": "X"}
PROPOSES = {"duty_id": "propose.promos", "role_id": "planner", "was": None, "cell": "R"}
BLIND = {"duty_id": "watch.figures", "role_id": "planner", "was": "I", "cell": "X"}


def on_air(app: Served, *changes: dict[str, Any]) -> SimpleNamespace:
    owner = app.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner"])
    people = {name: app.person(owner, name, label, role) for name, label, role in CREW}
    publish(owner, 1, "seven", *changes)
    plan(owner)
    do(owner, "show", "s1", "roster.assign", role_id="director", person_id="lin", stand_in_id="min")
    do(owner, "show", "s1", "roster.assign", role_id="assistant", person_id="ai")
    do(people["lin"], "show", "s1", "show.air")
    wait(owner, 1)
    return SimpleNamespace(owner=owner, **people)


@pytest.fixture
def app() -> Iterator[Served]:
    with served() as found:
        yield found


def take(client: httpx.Client, role: str = "director", giver: str = "lin") -> None:
    do(client, "show", "s1", "roster.take", role_id=role, from_person_id=giver, reason="小林斷線")


def powers(client: httpx.Client, role: str = "director") -> dict[str, Any]:
    return client.get("/api/shows/s1/roster/powers", params={"role": role}).json()


def test_who_takes_a_role_has_its_duties_on_this_show_and_acts_in_it(app):
    house = on_air(app)
    assert tell(house.min).status_code == 403
    told = powers(house.min)
    assert told["holds"] is False
    assert {each["bar"] for each in told["refused"]} == {"kept"}  # of the whole house, no show's
    assert {"host.message", "rundown.run", "promo.approve"} <= set(told["gives"])
    assert need(house.min, "host.message") == ""
    take(house.min)
    assert set(told["gives"]) <= set(duties(house.min))
    assert tell(house.min).status_code == 200
    found = house.owner.get("/api/streams/show/s1/events").json()["events"]
    assert found[-1]["actor"] == {"id": "min", "role": "director", "duty": "host.message"}
    here = house.min.get("/api/shows/s1/duties").json()
    assert (here["stands_in"], "director" in here["consoles"]) == (["director"], True)
    why = house.min.get("/api/shows/s1/why", params={"duty": "host.message"}).json()
    assert (why["role"], why["need"]) == ("director", "held")
    assert tell(house.pei, "快一點").status_code == 403


def test_who_comes_for_somebody_absent_has_them_too(app):
    house = on_air(app)
    do(house.lin, "show", "s1", "roster.leave", reason="發燒")
    assert tell(house.min).status_code == 200


def test_it_is_of_this_show_until_its_end_and_of_the_one_on_duty(app):
    house = on_air(app)
    take(house.min)
    other = {"show_id": "s2", "title": "冬裝", "starts_at": 1, "ends_at": 7_200_001, "timezone": "Asia/Taipei", "currency": "TWD"}
    do(house.owner, "show", "s2", "show.plan", **other)
    assert ask(house.min, "show", "s2", "prompter.message", message_id="m", text="慢").status_code == 403
    take(house.lin, giver="min")
    assert tell(house.min).status_code == 403
    take(house.min)
    assert tell(house.min, "好").status_code == 200
    do(house.owner, "show", "s1", "show.end")
    assert tell(house.min, "再").status_code == 403


def test_what_the_charter_forbids_or_keeps_apart_stays_so_and_is_told_before(app):
    house = on_air(app, NEVER, PROPOSES, BLIND)
    told = {each["duty"]: each["bar"] for each in powers(house.min)["refused"] if each["bar"] != "kept"}
    never, apart = {"host.message", "metric.read", "log.read"}, {"promo.approve", "alarm.approve"}
    assert told == dict.fromkeys(never, "forbidden") | dict.fromkeys(apart, "separated")
    take(house.min)
    assert {"rundown.run"} | told.keys() & set(duties(house.min)) == {"rundown.run"}
    assert tell(house.min).status_code == 403
    assert ask(house.min, "show", "s1", "rundown.hold").json()["code"] != "core.not_allowed"


def test_two_roles_stood_in_for_do_not_make_one_of_two(app):
    house = on_air(app, {**PROPOSES, "role_id": "assistant", "was": "X"})
    do(house.owner, "workspace", "main", "workspace.change_roles", person_id="pei", roles=["care", "planner"])
    take(house.pei, "assistant", "ai")
    assert "promo.propose" in duties(house.pei)
    apart = [each["duty"] for each in powers(house.pei)["refused"] if each["bar"] == "separated"]
    assert {"promo.approve", "draw.run"} <= set(apart)
    take(house.pei)
    assert {"promo.propose", "host.message"} <= set(duties(house.pei))
    assert "promo.approve" not in duties(house.pei)
    refused = ask(house.pei, "show", "s1", "duty.take", taking_id="k1", taken="promo.approve", reason="急")
    assert refused.json()["code"] == "taking.separated"


def test_who_loses_the_role_by_which_they_stand_in_loses_it(app):
    house = on_air(app)
    take(house.min)
    do(house.owner, "workspace", "main", "workspace.change_roles", person_id="min", roles=["host"])
    assert tell(house.min).status_code == 403


def test_the_tasks_of_who_is_absent_are_seen_and_done_by_who_comes(app):
    house = on_air(app)
    for task_id in ("a", "b"):
        do(house.owner, "show", "s1", "task.add", task_id=task_id, task={"title": "看燈", "role_id": "director", "offset_s": 0})
    do(house.lin, "show", "s1", "task.take", task_id="a")

    def seen(client: httpx.Client) -> list[str]:
        return [row["task_id"] for show in client.get("/api/tasks/mine").json()["shows"] for row in show["tasks"]]

    assert (seen(house.lin), seen(house.min)) == (["a", "b"], [])
    assert ask(house.min, "show", "s1", "task.done", task_id="b").json()["code"] == "task.not_yours"
    do(house.lin, "show", "s1", "roster.leave", reason="發燒")
    assert seen(house.min) == ["a", "b"]
    for task_id in ("a", "b"):
        do(house.min, "show", "s1", "task.done", task_id=task_id)
    assert seen(house.min) == []


def test_what_one_holds_anyway_is_told(app):
    house = on_air(app)
    assert powers(house.lin) == {"role_id": "director", "holds": True, "gives": [], "refused": []}
