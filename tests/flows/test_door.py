"""Who gets in, and who may do what."""

from collections.abc import Iterator

import httpx
import pytest

from tests.served import Served, ask, do, served, sign_in

START = 1_764_331_200_000


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        yield running


def test_a_link_works_once(house: Served) -> None:
    secret = house.app.door.link_for("owner")
    sign_in(house.base, secret)
    again = httpx.post(f"{house.base}/api/session/link", json={"link": secret}, headers={"Accept-Language": "en"})
    assert again.status_code == 401
    assert again.json()["code"] == "auth.link_used"
    assert "used before" in again.json()["message"]


def test_the_cookie_is_not_for_scripts_and_not_for_other_sites(house: Served) -> None:
    answer = httpx.post(f"{house.base}/api/session/link", json={"link": house.app.door.link_for("owner")})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_change_by_cookie_needs_the_csrf_value(house: Served) -> None:
    owner = house.owner()
    del owner.headers["X-Kaibo-CSRF"]
    answer = ask(owner, "workspace", "main", "workspace.add_person", person_id="x", name="誰", roles=["host"])
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.csrf")


def test_a_password_brings_one_back_and_a_wrong_one_does_not(house: Served) -> None:
    owner = house.owner()
    amy = house.person(owner, "amy", "阿美", "assistant")
    assert amy.post("/api/me/password", json={"password": "short"}).json()["code"] == "auth.weak_password"
    assert amy.post("/api/me/password", json={"password": "long enough"}).status_code == 200
    url = f"{house.base}/api/session"
    assert httpx.post(url, json={"name": "阿美", "password": "long enough"}).status_code == 200
    wrong = httpx.post(url, json={"name": "阿美", "password": "wrong one"})
    nobody = httpx.post(url, json={"name": "沒有人", "password": "wrong one"})
    assert wrong.json() == nobody.json()
    assert wrong.status_code == 401


def test_guessing_is_slowed_down(house: Served) -> None:
    url = f"{house.base}/api/session"
    codes = [httpx.post(url, json={"name": "猜", "password": "x"}).status_code for _ in range(9)]
    assert codes[:8] == [401] * 8
    assert codes[8] == 429


def test_signing_out_ends_the_session(house: Served) -> None:
    owner = house.owner()
    assert owner.delete("/api/session").status_code == 200
    assert owner.get("/api/me").status_code == 401


def test_a_person_who_was_removed_is_out_at_once(house: Served) -> None:
    owner = house.owner()
    ben = house.person(owner, "ben", "阿本", "host")
    assert ben.get("/api/me").status_code == 200
    do(owner, "workspace", "main", "workspace.remove_person", person_id="ben")
    assert ben.get("/api/me").status_code == 401


def test_a_link_of_somebody_who_was_removed_stays_shut_when_they_come_back(house: Served) -> None:
    owner = house.owner()
    ivy = {"person_id": "ivy", "name": "小艾", "roles": ["host"]}
    do(owner, "workspace", "main", "workspace.add_person", **ivy)
    old = owner.post("/api/people/ivy/invitation").json()["link"].rsplit("/", 1)[1]
    do(owner, "workspace", "main", "workspace.remove_person", person_id="ivy")
    house.call(house.app.following.settled())
    do(owner, "workspace", "main", "workspace.add_person", **ivy)
    answer = httpx.post(f"{house.base}/api/session/link", json={"link": old})
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.link_used")
    new = owner.post("/api/people/ivy/invitation").json()["link"].rsplit("/", 1)[1]
    assert sign_in(house.base, new).get("/api/me").json()["person_id"] == "ivy"


def test_the_charter_stands_before_every_command_in_the_callers_language(house: Served) -> None:
    owner = house.owner()
    do(owner, "show", "door", "show.plan", show_id="door", title="門", starts_at=START, ends_at=START + 3_600_000)
    cat = house.person(owner, "cat", "小凱", "assistant")
    said = {language: ask_in(cat, language, "rundown.go", expect_cue_id="c1") for language in ("zh-Hant", "zh-Hans", "en")}
    assert {answer.status_code for answer in said.values()} == {403}
    assert len({answer.json()["message"] for answer in said.values()}) == 3
    assert cat.get("/api/streams/show/door/views/metric.tiles").status_code == 403
    assert cat.get("/api/streams/show/door/views/comment.window").status_code == 200


def ask_in(client: httpx.Client, language: str, command: str, **body: object) -> httpx.Response:
    path = f"/api/streams/show/door/commands/{command}"
    return client.post(path, json=body, headers={"Accept-Language": language})


def test_one_may_act_in_a_lesser_role_but_never_in_one_not_held(house: Served) -> None:
    owner = house.owner()
    path = "/api/streams/workspace/main/commands/workspace.add_person"
    body = {"person_id": "z1", "name": "乙", "roles": ["host"]}
    assert owner.post(path, json=body, headers={"X-Kaibo-Role": "operations"}).status_code == 403
    assert owner.post(path, json=body, headers={"X-Kaibo-Role": "tech"}).status_code == 403
    assert owner.post(path, json=body).status_code == 200


def test_a_token_of_a_source_hands_in_and_does_nothing_else(house: Served) -> None:
    owner = house.owner()
    do(owner, "show", "src", "show.plan", show_id="src", title="來源", starts_at=START, ends_at=START + 3_600_000)
    made = owner.post("/api/tokens", json={"label": "companion", "roles": ["source"]}).json()
    source = httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {made['token']}"})
    item = {"kind": "comment", "at": START, "viewer": "v1", "text": "還有嗎", "message_id": "m1"}
    body = {"source": "me", "items": [item, item]}
    assert source.post("/api/ingest/src", json=body).status_code == 200
    assert source.post("/api/ingest/src", json=body).status_code == 200
    rows = owner.get("/api/streams/show/src/views/comment.window").json()["rows"]
    assert [row["text"] for row in rows.values()] == ["還有嗎"]
    assert ask(source, "show", "src", "show.air").status_code == 403
    do(owner, "workspace", "main", "workspace.revoke_token", token_id=made["token_id"])
    assert source.post("/api/ingest/src", json=body).status_code == 401
