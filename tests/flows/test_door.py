"""Who gets in, and who may do what."""

import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kaibo.kit import tries
from tests.live_client import Screen
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


# guessing
WRONG = "wrong one"


def sign_in_as(house: Served, name: str, password: str = WRONG, address: str = "") -> httpx.Response:
    """As seen through a proxy on this machine, which says whom it speaks for."""
    headers = {"X-Forwarded-For": address} if address else {}
    return httpx.post(f"{house.base}/api/session", json={"name": name, "password": password}, headers=headers)


def test_nobody_is_locked_out_by_somebody_elses_guesses(house: Served) -> None:
    owner = house.owner()
    dan = house.person(owner, "dan", "阿丹", "host")
    assert dan.post("/api/me/password", json={"password": "long enough"}).status_code == 200
    codes = [sign_in_as(house, "阿丹", address="203.0.113.7").status_code for _ in range(12)]
    assert codes == [401] * 8 + [429] * 4
    waiting = sign_in_as(house, "阿丹", "long enough", "203.0.113.7")
    assert int(waiting.headers["Retry-After"]) == waiting.json()["data"]["wait_s"]
    assert sign_in_as(house, "阿丹", "long enough", "198.51.100.4").status_code == 200


def test_the_owners_link_works_however_many_passwords_were_wrong(house: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "FREE_ADDRESS", 10)
    for number in range(10):
        sign_in_as(house, f"誰{number}", address="203.0.113.8")
    assert sign_in_as(house, "負責人", address="203.0.113.8").status_code == 429
    link = {"link": house.app.door.link_for("owner")}
    answer = httpx.post(f"{house.base}/api/session/link", json=link, headers={"X-Forwarded-For": "203.0.113.8"})
    assert answer.status_code == 200


def test_whoever_left_and_came_back_by_the_same_id_begins_anew(house: Served) -> None:
    """Also before whoever sweeps up after them has come by."""
    owner = house.owner()
    eva = {"person_id": "eva", "name": "伊娃", "roles": ["owner"]}
    old = house.person(owner, "eva", "伊娃", "owner")
    assert old.post("/api/me/password", json={"password": "long enough"}).status_code == 200
    token = old.post("/api/tokens", json={"label": "伊娃的", "roles": ["director"]}).json()["token"]
    link = owner.post("/api/people/eva/invitation").json()["link"].rsplit("/", 1)[1]
    bearer = {"Authorization": f"Bearer {token}"}
    assert httpx.get(f"{house.base}/api/me", headers=bearer).status_code == 200
    do(owner, "workspace", "main", "workspace.remove_person", person_id="eva")
    do(owner, "workspace", "main", "workspace.add_person", **eva)
    new = sign_in(house.base, owner.post("/api/people/eva/invitation").json()["link"].rsplit("/", 1)[1])
    for _ in range(2):
        assert old.get("/api/me").status_code == 401
        assert sign_in_as(house, "伊娃", "long enough", "198.51.100.9").status_code == 401
        assert httpx.post(f"{house.base}/api/session/link", json={"link": link}).status_code == 401
        assert httpx.get(f"{house.base}/api/me", headers=bearer).status_code == 401
        assert new.get("/api/me").status_code == 200
        house.call(house.app.following.settled())


# other sites
DOORS = (
    ("POST", "/api/session"),
    ("POST", "/api/session/link"),
    ("DELETE", "/api/session"),
    ("POST", "/api/me/password"),
    ("POST", "/api/tokens"),
    ("POST", "/api/people/owner/invitation"),
    ("POST", "/api/ingest/s"),
    ("POST", "/api/streams/workspace/main/commands/workspace.add_person"),
    ("POST", "/api/streams/show/s/imports/products"),
    ("POST", "/api/session/screen"),
    ("POST", "/api/nowhere"),
)


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://["},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_door_opens_to_a_page_of_another_site(house: Served, method: str, path: str, headers: dict[str, str]) -> None:
    answer = house.owner().request(method, path, json={}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "http.foreign_origin")


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize(
    "media_type", ["text/plain", "text/plain; charset=utf-8", "application/x-www-form-urlencoded", "", "application/jsonp"]
)
def test_no_door_takes_what_any_page_can_send(house: Served, method: str, path: str, media_type: str) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    answer = house.owner().request(method, path, content=b'{"name": "x"}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "http.not_json")


def test_strangers_without_a_name_lock_nobody_out_at_their_address(house: Served) -> None:
    amy = house.person(house.owner(), "quiet", "阿靜", "assistant")
    assert amy.post("/api/me/password", json={"password": "long enough"}).status_code == 200
    address = "203.0.113.77"
    for _ in range(80):
        httpx.get(f"{house.base}/api/session/provider/return?state=x", headers={"X-Forwarded-For": address})
    for _ in range(12):
        asked = {"ask": "x", "credential": "{}"}
        httpx.post(f"{house.base}/api/session/passkey", json=asked, headers={"X-Forwarded-For": address})
        sign_in_as(house, "  ", address=address)
    assert sign_in_as(house, "阿靜", "long enough", address).status_code == 200


def test_no_way_of_writing_a_path_goes_past_the_gate(house: Served) -> None:
    for path in ("//api/session", "///api/session/link"):
        answer = httpx.post(f"{house.base}{path}", json={}, headers={"Origin": "https://evil.example"})
        assert (answer.status_code, answer.json()["code"]) == (403, "http.foreign_origin")


def test_our_own_pages_come_in(house: Served) -> None:
    owner = house.owner()
    body = {"person_id": "own", "name": "自己人", "roles": ["host"]}
    headers = {"Origin": house.base, "Sec-Fetch-Site": "same-origin"}
    path = "/api/streams/workspace/main/commands/workspace.add_person"
    assert owner.post(path, json=body, headers=headers).status_code == 200


def test_what_the_api_says_is_kept_by_nobody_in_between(house: Served) -> None:
    owner = house.owner()
    answers = [owner.get("/api/me"), owner.get("/api/nowhere"), owner.get("/api/streams/workspace/main/views/workspace.people")]
    answers.append(owner.post("/api/session", content=b"x"))
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


# what a token opens
def token_client(house: Served, owner: httpx.Client, **wanted: object) -> httpx.Client:
    token = owner.post("/api/tokens", json={"label": "來源", "roles": ["source"], **wanted}).json()["token"]
    return httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {token}"})


def test_a_source_reads_nothing(house: Served) -> None:
    owner = house.owner()
    do(owner, "show", "cost", "show.plan", show_id="cost", title="成本", starts_at=START, ends_at=START + 3_600_000)
    do(
        owner,
        "show",
        "cost",
        "product.add",
        product={"product_id": "A1", "name": "杯", "cost_minor": 9_900, "live_price_minor": 19_900},
    )
    source = token_client(house, owner)
    views = {stream: list(house.call(house.app.engine.fold(stream)).views()) for stream in ("show/cost", "workspace/main")}
    read = [
        source.get(f"/api/streams/{stream}/views/{view}").status_code for stream, names in views.items() for view in names
    ] + [source.get(f"/api/streams/{stream}/events").status_code for stream in views]
    assert set(read) == {403}
    for path in (
        "/api/shows/cost/report",
        "/api/streams/show/cost/exports/products.xlsx",
        "/api/streams/show/cost/exports/rundown.xlsx",
    ):
        assert source.get(path).status_code == 403
    item = {"kind": "comment", "at": START, "viewer": "v1", "text": "還有嗎", "message_id": "m1"}
    assert source.post("/api/ingest/cost", json={"source": "me", "items": [item]}).status_code == 200


def test_a_token_for_one_show_opens_no_other(house: Served) -> None:
    owner = house.owner()
    for show_id in ("one", "two"):
        do(owner, "show", show_id, "show.plan", show_id=show_id, title=show_id, starts_at=START, ends_at=START + 3_600_000)
    bound = token_client(house, owner, roles=["source", "director", "owner"], show_id="one")
    item = {"kind": "comment", "at": START, "viewer": "v1", "text": "還有嗎", "message_id": "m1"}
    body = {"source": "me", "items": [item]}
    assert bound.post("/api/ingest/one", json=body).status_code == 200
    assert bound.get("/api/streams/show/one/views/show.head").status_code == 200
    assert bound.get("/api/me").json()["roles"] == ["director", "owner", "source"]
    others = [
        bound.post("/api/ingest/two", json=body),
        bound.get("/api/streams/show/two/views/show.head"),
        bound.get("/api/streams/show/two/events"),
        bound.get("/api/shows/two/report"),
        bound.get("/api/streams/workspace/main/views/workspace.people"),
        bound.post("/api/people/owner/invitation"),
        bound.post("/api/tokens", json={"label": "更多", "roles": ["owner"]}),
        ask(bound, "show", "two", "show.air"),
        ask(bound, "workspace", "main", "workspace.remove_person", person_id="owner"),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in others} == {(403, "core.elsewhere_only")}
    with Screen(bound) as screen:
        assert screen.subscribe("show/two", "show.head")["code"] == "core.elsewhere_only"
        assert screen.subscribe("show/one", "show.head")["type"] == "snapshot"
    assert owner.post("/api/tokens", json={"label": "無", "roles": ["source"], "show_id": "none"}).status_code == 404


def test_a_token_ends_when_it_was_to() -> None:
    now = [START]
    with served(clock=lambda: now[0]) as house:
        owner = house.owner()
        brief = token_client(house, owner, expires_at=START + 60_000)
        assert brief.get("/api/me").status_code == 200
        now[0] += 60_000
        assert brief.get("/api/me").status_code == 401
        late = owner.post("/api/tokens", json={"label": "遲", "roles": ["source"], "expires_at": START})
        assert (late.status_code, late.json()["code"]) == (422, "workspace.token_expired")


# who may look into the files
def test_the_files_of_a_house_are_read_by_nobody_else(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    with served(data):
        pass
    for name in ("log.db", "vault.db"):
        (data / name).chmod(0o644)
    with served(data) as house:
        do(house.owner(), "show", "f", "show.plan", show_id="f", title="檔", starts_at=START, ends_at=START + 3_600_000)
        house.call(house.app.following.settled())
        house.app.engine.keeper.snapshots.write(house.call(house.app.engine.fold("show/f")))
        modes = {
            file.name: stat.S_IMODE(file.stat().st_mode) for file in data.rglob("*") if file.is_file() and file.name != "lock"
        }
        assert {"log.db", "log.db-wal", "log.db-shm", "vault.db"} <= set(modes)
        assert set(modes.values()) == {0o600}
        assert stat.S_IMODE((data / "snapshots").stat().st_mode) == 0o700
