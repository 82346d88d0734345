"""A person's calendar at an address that is a secret: what stands in it, how it follows, how it ends."""

from collections.abc import Iterator

import httpx
import pytest

from tests.served import Served, ask, do, served

NOW = 1_764_331_200_000  # 2025-11-28 20:00 in Taipei
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served(clock=lambda: NOW) as running:
        yield running


def lines(client: httpx.Client, path: str) -> list[str]:
    answer = client.get(path, params={"lang": "zh-Hant"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def test_somebody_subscribes_to_shows_call_times_and_what_is_due(house: Served) -> None:
    owner = house.owner()
    ai = house.person(owner, "ai", "小艾", "assistant")
    stranger = httpx.Client(base_url=house.base)
    do(owner, "show", "s", "show.plan", show_id="s", title="週年慶; 第一場", starts_at=NOW + HOUR_MS, ends_at=NOW + 2 * HOUR_MS)
    do(owner, "show", "other", "show.plan", show_id="other", title="別場", starts_at=NOW, ends_at=NOW + HOUR_MS)
    do(owner, "show", "s", "roster.assign", role_id="assistant", person_id="ai", call_before_s=5400)
    do(owner, "show", "s", "task.add", task_id="t", task={"title": "點樣品", "role_id": "assistant", "offset_s": -600})
    assert ai.get("/api/me/calendar").json() == {"open": False}
    path = ai.post("/api/me/calendar").json()["path"]
    told = lines(stranger, path)
    assert [each for each in told if each.startswith("SUMMARY")] == [
        "SUMMARY:到場（助理）：週年慶\\; 第一場",
        "SUMMARY:期限：點樣品（週年慶\\; 第一場）",
        "SUMMARY:週年慶\\; 第一場",
    ]
    assert "DTSTART;TZID=Asia/Taipei:20251128T210000" in told
    assert "DTSTART;TZID=Asia/Taipei:20251128T193000" in told

    do(owner, "show", "s", "show.edit", starts_at=NOW + 3 * HOUR_MS, ends_at=NOW + 4 * HOUR_MS)
    do(ai, "show", "s", "task.done", task_id="t")
    later = lines(stranger, path)
    assert [each for each in later if each.startswith("UID")] == ["UID:call-s-assistant@kaibo", "UID:show-s@kaibo"]
    assert "DTSTART;TZID=Asia/Taipei:20251128T230000" in later

    def counted(feed: list[str]) -> list[int]:
        return [int(each.partition(":")[2]) for each in feed if each.startswith("SEQUENCE")]

    assert min(counted(later)) > max(counted(told))


def test_an_address_ends_with_a_new_one_by_its_owner_and_when_they_leave(house: Served) -> None:
    owner = house.owner()
    yu = house.person(owner, "yu", "小魚", "assistant")
    first, second = (yu.post("/api/me/calendar").json()["path"] for _ in range(2))
    reader = httpx.Client(base_url=house.base)
    assert (reader.get(first).status_code, reader.get(second).status_code) == (404, 200)
    assert yu.delete("/api/me/calendar").status_code == 200
    assert (reader.get(second).status_code, yu.get("/api/me/calendar").json()) == (404, {"open": False})
    third = yu.post("/api/me/calendar").json()["path"]
    assert ask(owner, "workspace", "main", "workspace.remove_person", person_id="yu").status_code == 200
    assert reader.get(third).status_code == 404
    assert (
        reader.get("/api/streams/workspace/main/views/show.list", headers={"Authorization": f"Bearer {third}"}).status_code == 401
    )


def test_who_comes_for_somebody_absent_is_told_what_is_due_of_the_role(house: Served) -> None:
    owner = house.owner()
    person = {each: house.person(owner, each, each, role) for each, role in (("lin", "director"), ("min", "planner"))}
    do(owner, "show", "absent", "show.plan", show_id="absent", title="缺人", starts_at=NOW + HOUR_MS, ends_at=NOW + 2 * HOUR_MS)
    do(owner, "show", "absent", "roster.assign", role_id="director", person_id="lin", stand_in_id="min")
    do(owner, "show", "absent", "task.add", task_id="t", task={"title": "看燈", "role_id": "director", "offset_s": -600})
    path = person["min"].post("/api/me/calendar").json()["path"]
    reader = httpx.Client(base_url=house.base)
    assert "UID:task-absent-t@kaibo" not in lines(reader, path)
    do(owner, "show", "absent", "roster.absent", role_id="director", person_id="lin", reason="發燒")
    assert "UID:task-absent-t@kaibo" in lines(reader, path)
