"""A roster over HTTP: what only the house knows (who holds what, other shows, the charter) is asked at the right moment."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from tests.served import ask, do, row, served

HOUR = 3_600_000
AT = 1_760_000_000_000


def plan(owner, show_id: str, starts_at: int, *people: tuple[str, str, str], hours: int = 2, **more: object) -> None:
    crew = [{"person_id": person, "name": name, "roles": [role]} for person, name, role in people]
    body = {"show_id": show_id, "title": show_id, "starts_at": starts_at, "ends_at": starts_at + hours * HOUR, "currency": "TWD"}
    do(owner, "show", show_id, "show.plan", **body, timezone="Asia/Taipei", crew=crew, **more)


AI, BAO, PEI = ("ai", "小艾", "assistant"), ("bao", "阿寶", "assistant"), ("pei", "佩佩", "care")


@pytest.fixture
def house() -> Iterator[SimpleNamespace]:
    with served() as app:
        owner = app.owner()
        people = {person: app.person(owner, person, name, role) for person, name, role in (AI, BAO, PEI)}
        plan(owner, "s1", AT, AI)
        yield SimpleNamespace(app=app, owner=owner, **people)


def gaps(client) -> dict[str, dict[str, object]]:
    return client.get("/api/streams/show/s2/views/roster.gaps").json()["rows"]


def until(done: Callable[[], object]) -> None:
    """Who reacts does so a moment later; each look is one more."""
    for _ in range(500):
        if done():
            return
    raise AssertionError


def conflicts(client, show_id: str) -> list[tuple[str, ...]]:
    told = client.get(f"/api/shows/{show_id}/roster/conflicts").json()
    return [tuple(each[name] for name in ("kind", "role_id", "person_id", "show_id")) for each in told["conflicts"]]


def test_a_role_moves_from_one_to_another_and_why_tells_it(house):
    do(house.ai, "show", "s1", "roster.offer", offer_id="o1", role_id="assistant", to_person_id="bao", lines=["三則提問還沒回"])
    assert (
        ask(house.pei, "show", "s1", "roster.accept", offer_id="o1", said_back=["好"]).json()["code"] == "roster.offer_not_yours"
    )
    do(house.bao, "show", "s1", "roster.accept", offer_id="o1", said_back=["三則提問我來回"])
    assert row(house.owner, "show/s1", "roster.board", "assistant/bao")["on_duty"] is True
    why = house.owner.get("/api/shows/s1/why?duty=comment.reply").json()
    told = {each["person_id"]: each["on_duty"] for each in why["people"]}
    assert (told["ai"], told["bao"]) == (False, True)
    before = row(house.owner, "show/s1", "roster.board", "assistant/bao")["since"] - 1
    earlier = house.owner.get(f"/api/shows/s1/why?duty=comment.reply&at={before}").json()
    assert {each["person_id"]: each["on_duty"] for each in earlier["people"]}["ai"] is True


def test_why_says_nothing_of_duty_where_there_is_no_roster(house):
    plan(house.owner, "bare", AT)
    why = house.owner.get("/api/shows/bare/why?duty=comment.reply").json()
    assert {each["on_duty"] for each in why["people"]} == {None}


def test_the_house_knows_who_holds_a_role_and_who_may_not_be_put_on_it(house):
    answers = {
        "pei": "roster.role_not_held",
        "nobody": "roster.person_unknown",
    }
    for person, code in answers.items():
        assert ask(house.owner, "show", "s1", "roster.assign", role_id="assistant", person_id=person).json()["code"] == code
    assert ask(house.ai, "show", "s1", "roster.assign", role_id="assistant", person_id="bao").json()["code"] == "core.not_allowed"
    do(house.owner, "workspace", "main", "workspace.change_roles", person_id="pei", roles=["care", "assistant"])
    do(house.owner, "show", "s1", "roster.assign", role_id="assistant", person_id="pei")


def test_one_of_care_takes_the_assistants_role_in_need(house):
    taken = ask(house.pei, "show", "s1", "roster.take", role_id="assistant", from_person_id="ai", reason="小艾斷線")
    assert taken.status_code == 200, taken.text
    assert row(house.bao, "show/s1", "roster.board", "assistant/pei")["reason"] == "小艾斷線"


def test_who_leaves_the_workspace_is_absent_from_shows_to_come(house):
    do(house.owner, "show", "s1", "roster.assign", role_id="assistant", person_id="ai", stand_in_id="bao")
    plan(house.owner, "s2", AT + 48 * HOUR, AI)
    plan(house.owner, "over", AT - 48 * HOUR, AI)
    do(house.owner, "show", "over", "show.air")
    do(house.owner, "show", "over", "show.end")
    do(house.owner, "workspace", "main", "workspace.remove_person", person_id="ai")
    until(lambda: gaps(house.owner))
    assert gaps(house.owner) == {"assistant": {"role_id": "assistant", "duties": [], "gone": ["ai"]}}
    assert row(house.owner, "show/s1", "roster.board", "assistant/bao")["came"] == "stand_in"
    assert row(house.owner, "show/over", "roster.board", "assistant/ai")["on_duty"] is True


def test_two_shows_at_once_and_too_little_rest_are_named_with_the_other_show(house):
    assert conflicts(house.owner, "s1") == []
    plan(house.owner, "same", AT + HOUR, AI, BAO)
    plan(house.owner, "morning", AT + 11 * HOUR, AI)
    plan(house.owner, "late", AT + 12 * HOUR, AI)
    plan(house.owner, "made-up", AT, AI, simulated=True)
    assert conflicts(house.owner, "s1") == [("two_shows", "", "ai", "same"), ("rest", "", "ai", "morning")]
    do(house.owner, "show", "late", "roster.assign", role_id="assistant", person_id="ai", call_before_s=60)
    assert ("rest", "", "ai", "late") in conflicts(house.owner, "s1")


def test_the_charter_of_the_house_asks_for_roles_and_signatures(house):
    do(house.owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner", "director"])
    do(house.owner, "workspace", "main", "charter.draft", preset="seven")
    seen = row(house.owner, "workspace/main", "charter.head", "charter")["changed_seq"]
    do(house.owner, "workspace", "main", "charter.publish", version=1, seen=seen)
    told = conflicts(house.owner, "s1")
    assert {each[1] for each in told if each[0] == "role_missing"} >= {"host", "director", "operations", "tech", "care"}
    assert ("unsigned", "", "ai", "") in told
    do(house.ai, "workspace", "main", "charter.sign", version=1)
    assert ("unsigned", "", "ai", "") not in conflicts(house.owner, "s1")


def test_who_lost_the_role_or_cannot_stand_in_any_more_is_named(house):
    do(house.owner, "show", "s1", "roster.assign", role_id="assistant", person_id="ai", stand_in_id="bao")
    for person in ("bao", "ai"):
        do(house.owner, "workspace", "main", "workspace.change_roles", person_id=person, roles=["host"])
    assert conflicts(house.owner, "s1") == [("role_lost", "assistant", "ai", ""), ("stand_in_lost", "assistant", "bao", "")]


def test_conflicts_of_no_show_and_of_a_show_that_is_over(house):
    assert house.owner.get("/api/shows/none/roster/conflicts").status_code == 404
    do(house.owner, "show", "s1", "show.air")
    do(house.owner, "show", "s1", "show.end")
    plan(house.owner, "same", AT, AI)
    assert conflicts(house.owner, "s1") == []


def test_who_lost_the_role_is_no_longer_on_duty_in_it_and_their_stand_in_is(house):
    plan(house.owner, "s2", AT + 30 * HOUR, AI, BAO)
    do(house.owner, "show", "s2", "roster.assign", role_id="assistant", person_id="ai", stand_in_id="pei")
    do(house.owner, "show", "s2", "roster.unassign", role_id="assistant", person_id="bao")
    do(
        house.owner, "workspace", "main", "workspace.change_roles", person_id="ai", roles=["assistant", "host"]
    )  # one more: no news
    do(house.owner, "workspace", "main", "workspace.change_roles", person_id="ai", roles=["host"])
    until(lambda: not row(house.owner, "show/s2", "roster.board", "assistant/ai")["on_duty"])
    assert (
        row(house.owner, "show/s2", "roster.board", "assistant/ai")["left"],
        row(house.owner, "show/s2", "roster.board", "assistant/pei")["on_duty"],
    ) == ("absent", True)
    do(house.owner, "workspace", "main", "workspace.change_roles", person_id="pei", roles=["host"])
    until(lambda: gaps(house.owner))
    assert gaps(house.owner)["assistant"]["gone"] == ["ai", "pei"]
