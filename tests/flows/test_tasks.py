"""One's own tasks across shows, over HTTP: whose they are, of which shows, in whose words."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.served import Served, ask, do, served

NOW = 1_764_331_200_000
DAY_MS = 86_400_000


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served(clock=lambda: NOW) as running:
        yield running


def plan(client: httpx.Client, show_id: str, starts_at: int) -> None:
    do(client, "show", show_id, "show.plan", show_id=show_id, title=show_id, starts_at=starts_at, ends_at=starts_at + 3_600_000)


def add(client: httpx.Client, show_id: str, task_id: str, **task: Any) -> None:
    do(
        client,
        "show",
        show_id,
        "task.add",
        task_id=task_id,
        task={"title": task_id, "role_id": "assistant", "offset_s": 0, **task},
    )


def mine(client: httpx.Client) -> dict[str, list[str]]:
    shows = client.get("/api/tasks/mine").json()["shows"]
    return {show["show_id"]: [row["task_id"] for row in show["tasks"]] for show in shows}


def test_my_tasks_are_those_of_my_roles_in_my_name_or_in_my_hands(house: Served) -> None:
    owner = house.owner()
    ai, yu = house.person(owner, "ai", "小艾", "assistant"), house.person(owner, "yu", "小魚", "assistant")
    host = house.person(owner, "qing", "阿晴", "host")
    plan(owner, "soon", NOW + DAY_MS)
    plan(owner, "later", NOW + 9 * DAY_MS)
    plan(owner, "lately", NOW - 9 * DAY_MS)
    plan(owner, "old", NOW - 90 * DAY_MS)
    for show_id in ("lately", "old"):
        do(owner, "show", show_id, "show.air")
        do(owner, "show", show_id, "show.end")
        add(owner, show_id, "after")
    add(owner, "soon", "first", offset_s=-120)
    add(owner, "soon", "second", offset_s=-60, depends_on=["first"])
    add(owner, "soon", "named", person_id="qing")
    add(owner, "later", "other", role_id="host")
    assert mine(ai) == {"lately": ["after"], "soon": ["first", "second"]}
    assert mine(host) == {"soon": ["named"], "later": ["other"]}
    assert mine(owner) == {}

    do(ai, "show", "soon", "task.take", task_id="first")
    do(ai, "show", "lately", "task.done", task_id="after")
    assert mine(ai) == {"soon": ["first", "second"]}
    assert mine(yu) == {"soon": ["second"]}  # the other one is in somebody's hands
    [told] = ai.get("/api/tasks/mine").json()["shows"]
    assert (told["title"], told["state"], told["counts"]["all"], told["first"]) == ("soon", "planned", 3, {"first": "first"})


def test_what_is_in_the_hands_of_who_left_or_lost_the_role_is_the_roles_again(house: Served) -> None:
    owner = house.owner()
    for each in ("yan", "ren"):
        house.person(owner, each, each, "tech")
    heir = house.person(owner, "heir", "接手", "tech")
    qiu = house.person(owner, "qiu", "小秋", "care")
    plan(owner, "left", NOW + 2 * DAY_MS)
    for task_id, person in (("a", "yan"), ("b", "ren"), ("c", "qiu")):
        add(owner, "left", task_id, role_id="tech", person_id=person, required=True)
    assert mine(heir) == {}
    do(owner, "workspace", "main", "workspace.remove_person", person_id="yan")
    do(owner, "workspace", "main", "workspace.change_roles", person_id="ren", roles=["care"])
    do(owner, "workspace", "main", "workspace.change_roles", person_id="qiu", roles=["care", "operations"])
    assert (mine(heir), mine(qiu)) == ({"left": ["a", "b"]}, {"left": ["c"]})  # one named beside the role lost nothing
    for task_id in "ab":
        do(heir, "show", "left", "task.take", task_id=task_id)
        do(heir, "show", "left", "task.done", task_id=task_id)
    do(owner, "workspace", "main", "workspace.change_roles", person_id="ren", roles=["tech"])
    add(owner, "left", "d", role_id="tech", person_id="ren")
    assert mine(heir) == {}


def test_a_task_of_another_role_is_refused_with_who_may_in_the_readers_words(house: Served) -> None:
    owner = house.owner()
    plan(owner, "refusing", NOW + DAY_MS)
    do(owner, "show", "refusing", "task.use_template")
    care = house.person(owner, "care", "客服", "care")
    answer = care.post(
        "/api/streams/show/refusing/commands/task.done", json={"task_id": "venue"}, headers={"Accept-Language": "en"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "task.not_yours")
    assert "“Venue booked and tried” is for tech" in answer.json()["message"]
    new = {"title": "自己加的", "role_id": "care", "offset_s": 0}
    assert ask(care, "show", "refusing", "task.add", task_id="x", task=new).json()["code"] == "core.not_allowed"
    circle = {"title": "shipped.products", "role_id": "planner", "offset_s": 0, "depends_on": ["pictures"]}
    stands = owner.get("/api/streams/show/refusing/views/task.list").json()["rows"]["products"]["task"]
    refused = ask(owner, "show", "refusing", "task.edit", task_id="products", task=circle, was=stands)
    assert "點樣品：數量與包裝" in refused.json()["message"]
    assert refused.json()["code"] == "task.circle"


def test_the_words_of_the_template_are_the_readers(house: Served) -> None:
    words = house.owner().get("/api/tasks/words?lang=zh-Hans").json()["titles"]
    assert words["shipped.samples"] == "点样品：数量与包装"


def test_a_token_that_may_not_read_tasks_reads_none(house: Served) -> None:
    assert httpx.get(f"{house.base}/api/tasks/mine").status_code == 401


def test_a_show_planned_like_another_has_its_tasks_open_again(house: Served) -> None:
    owner = house.owner()
    begins = NOW + 20 * DAY_MS  # early enough that all can be done
    plan(owner, "one", begins)
    do(owner, "show", "one", "task.use_template")
    do(owner, "show", "one", "task.remove", task_id="review")
    body = {"show_id": "two", "title": "隔日場", "starts_at": begins + DAY_MS, "ends_at": begins + DAY_MS + 1}
    answer = owner.post("/api/streams/show/one/copies", json=body).json()
    assert answer["refused"] == []
    rows = {show: owner.get(f"/api/streams/show/{show}/views/task.list").json()["rows"] for show in ("one", "two")}
    assert rows["two"].keys() == rows["one"].keys()
    assert {rows["two"][key]["due_at"] - rows["one"][key]["due_at"] for key in rows["one"]} == {DAY_MS}


def test_a_sheet_of_tasks_goes_there_and_back_and_who_does_not_plan_imports_none(house: Served) -> None:
    owner = house.owner()
    bo = house.person(owner, "bo", "阿寶", "assistant")
    plan(owner, "sheet", NOW + DAY_MS)
    do(owner, "show", "sheet", "task.use_template")
    sheet = owner.get("/api/shows/sheet/tasks.csv", params={"lang": "zh-Hant"})
    assert sheet.headers["content-type"].startswith("text/csv")

    def sent(client: httpx.Client, data: bytes) -> httpx.Response:
        return client.post("/api/shows/sheet/tasks/import", files={"file": ("tasks.csv", data)})

    same = sent(owner, sheet.content).json()
    assert (same["edits"], [row["notes"] for row in same["report"]["rows"] if row["notes"]]) == ([], [])
    [edit] = sent(owner, "任務,角色,期限\n新的事,助理,3 天前\n,助理,T\n".encode()).json()["edits"]
    do(owner, "show", "sheet", "task.add", task_id=edit["task_id"], task=edit["task"])
    assert sent(bo, sheet.content).status_code == 403
    assert sent(owner, b"\x00\x01").status_code == 422
