"""Where people are signed in, what their tokens did, and how all of it ends; and what the house remembers of it."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.live_client import Screen
from tests.served import Served, do, served, sign_in

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
START = 1_764_331_200_000


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with served() as running:
        yield running


def enter(house: Served, name: str, password: str, agent: str = CHROME) -> httpx.Client:
    client = httpx.Client(base_url=house.base, timeout=30, headers={"User-Agent": agent})
    answer = client.post("/api/session", json={"name": name, "password": password})
    assert answer.status_code == 200, answer.text
    client.headers["X-Kaibo-CSRF"] = answer.json()["csrf"]
    return client


def member(house: Served, person_id: str, name: str, *roles: str) -> httpx.Client:
    client = house.person(house.owner(), person_id, name, *roles)
    assert client.post("/api/me/password", json={"password": "long enough"}).status_code == 200
    return client


# one's own sessions
def test_one_sees_where_one_is_signed_in_in_words(house: Served) -> None:
    member(house, "amy", "阿美", "assistant").delete("/api/session")
    desk, phone = enter(house, "阿美", "long enough"), enter(house, "阿美", "long enough", PHONE)
    lines = {line["device"]: line for line in desk.get("/api/me/account").json()["sessions"]}
    assert set(lines) == {"Chrome · Windows", "Safari · iPhone"}
    assert lines["Chrome · Windows"]["here"] is True
    assert lines["Safari · iPhone"]["here"] is False
    assert {line["address"] for line in lines.values()} == {"127.0.0.1"}
    assert all(0 < line["made_at"] <= line["seen_at"] < line["expires_at"] for line in lines.values())
    assert "agent" not in desk.get("/api/me/account").text.lower()
    assert phone.get("/api/me").status_code == 200


def test_ending_a_session_shuts_its_windows_at_once_and_no_others(house: Served) -> None:
    member(house, "ben", "阿本", "director").delete("/api/session")
    desk, phone = enter(house, "阿本", "long enough"), enter(house, "阿本", "long enough", PHONE)
    there = next(line for line in desk.get("/api/me/account").json()["sessions"] if not line["here"])
    with Screen(phone) as lost, Screen(desk) as kept:
        assert lost.subscribe("workspace/main", "workspace.head")["type"] == "snapshot"
        assert desk.delete(f"/api/me/sessions/{there['session_id']}").status_code == 200
        assert lost.hear()["code"] == "core.not_signed_in"
        assert kept.subscribe("workspace/main", "workspace.head")["type"] == "snapshot"
    assert phone.get("/api/me").status_code == 401
    assert desk.delete(f"/api/me/sessions/{there['session_id']}").json()["code"] == "auth.session_unknown"


def test_who_is_called_otherwise_signs_in_so_and_stays_signed_in(house: Served) -> None:
    hal = member(house, "hal", "阿飛", "host")
    do(hal, "workspace", "main", "workspace.rename_person", person_id="hal", name="飛飛")
    assert hal.get("/api/me").json()["name"] == "飛飛"
    assert enter(house, "飛飛", "long enough").get("/api/me").json()["person_id"] == "hal"
    assert httpx.post(f"{house.base}/api/session", json={"name": "阿飛", "password": "long enough"}).status_code == 401
    gus = member(house, "gus", "阿嘉", "host")
    body = {"person_id": "hal", "name": "別人"}
    answer = gus.post("/api/streams/workspace/main/commands/workspace.rename_person", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "workspace.name_of_another")


def test_nobody_ends_a_session_of_somebody_else_by_its_id(house: Served) -> None:
    owner = house.owner()
    theirs = owner.get("/api/me/account").json()["sessions"][0]["session_id"]
    cat = member(house, "cat", "小凱", "host")
    assert cat.delete(f"/api/me/sessions/{theirs}").status_code == 404
    assert owner.get("/api/me").status_code == 200


def test_a_new_password_ends_all_other_sessions(house: Served) -> None:
    first = member(house, "dan", "阿丹", "host")
    second = enter(house, "阿丹", "long enough")
    assert second.post("/api/me/password", json={"password": "another one", "current": "long enough"}).status_code == 200
    assert first.get("/api/me").status_code == 401
    assert [line["here"] for line in second.get("/api/me/account").json()["sessions"]] == [True]


def test_an_open_laptop_is_not_enough_to_replace_a_password(house: Served) -> None:
    member(house, "ivy", "小艾", "host").delete("/api/session")
    laptop = enter(house, "小艾", "long enough")
    account = laptop.get("/api/me/account").json()
    assert account["password_asked"] is True
    assert account["password"] > 0
    for body in ({"password": "another one"}, {"password": "another one", "current": "wrong one"}):
        refused = laptop.post("/api/me/password", json=body)
        assert (refused.status_code, refused.json()["code"]) == (403, "auth.wrong_current")
    assert enter(house, "小艾", "long enough").get("/api/me").status_code == 200
    tries = [laptop.post("/api/me/password", json={"password": "another one"}).status_code for _ in range(8)]
    assert tries == [403] * 6 + [429] * 2
    assert "refused.password" in house.owner().get("/api/audit").text


def test_the_owners_link_is_the_way_back_of_who_forgot_a_password(house: Served) -> None:
    member(house, "jan", "小真", "host")
    link = house.owner().post("/api/people/jan/invitation").json()["link"].rsplit("/", 1)[1]
    back = sign_in(house.base, link)
    assert back.get("/api/me/account").json()["password_asked"] is False
    assert back.post("/api/me/password", json={"password": "a new one"}).status_code == 200
    assert enter(house, "小真", "a new one").get("/api/me").status_code == 200


def test_the_way_back_by_a_link_is_open_for_minutes_and_not_for_two_weeks() -> None:
    now = [START]
    with served(clock=lambda: now[0]) as running:
        kai = running.person(running.owner(), "kai", "小凱", "host")
        assert kai.get("/api/me/account").json()["password"] is None
        now[0] += 86_400_000
        assert kai.post("/api/me/password", json={"password": "long enough"}).status_code == 200
        assert kai.get("/api/me/account").json()["password"] == now[0]
        refused = kai.post("/api/me/password", json={"password": "another one"})
        assert (refused.status_code, refused.json()["code"]) == (403, "auth.wrong_current")


def test_all_other_sessions_end_and_this_one_stays(house: Served) -> None:
    first = member(house, "eve", "小夏", "host")
    second = enter(house, "小夏", "long enough")
    assert second.delete("/api/me/sessions").status_code == 200
    assert (first.get("/api/me").status_code, second.get("/api/me").status_code) == (401, 200)


# those who answer for the house
def test_the_owner_sees_counts_and_ends_all_of_a_person_with_their_unused_links(house: Served) -> None:
    owner = house.owner()
    fay = member(house, "fay", "小飛", "care")
    enter(house, "小飛", "long enough")
    line = next(each for each in owner.get("/api/accounts").json()["people"] if each["person_id"] == "fay")
    assert (line["sessions"], line["step"]) == (2, False)
    assert line["seen_at"] > 0
    link = owner.post("/api/people/fay/invitation").json()["link"].rsplit("/", 1)[1]
    with Screen(fay) as screen:
        screen.subscribe("workspace/main", "workspace.head")
        assert owner.delete("/api/people/fay/sessions").status_code == 200
        assert screen.hear()["code"] == "core.not_signed_in"
    assert fay.get("/api/me").status_code == 401
    assert httpx.post(f"{house.base}/api/session/link", json={"link": link}).status_code == 401
    assert owner.delete("/api/people/nobody/sessions").status_code == 404
    gil = member(house, "gil", "小吉", "director")
    assert {gil.get(path).status_code for path in ("/api/accounts", "/api/audit", "/api/audit.csv", "/api/tokens/uses")} == {403}
    assert gil.delete("/api/people/owner/sessions").status_code == 403


def test_a_program_has_no_account(house: Served) -> None:
    owner = house.owner()
    token = owner.post("/api/tokens", json={"label": "機器", "roles": ["owner"]}).json()["token"]
    program = httpx.Client(base_url=house.base, headers={"Authorization": f"Bearer {token}"})
    answers = [program.get("/api/me/account"), program.delete("/api/me/sessions"), program.post("/api/me/step")]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(403, "auth.people_only")}


def test_a_token_tells_when_it_was_used_last(house: Served) -> None:
    owner = house.owner()
    made = owner.post("/api/tokens", json={"label": "側錄", "roles": ["source"]}).json()

    def use() -> dict[str, object]:
        return next(each for each in owner.get("/api/tokens/uses").json()["tokens"] if each["token_id"] == made["token_id"])

    assert use()["seen_at"] == 0
    httpx.get(f"{house.base}/api/me", headers={"Authorization": f"Bearer {made['token']}"})
    assert use()["seen_at"] > START
    assert use()["address"] == "127.0.0.1"
    do(owner, "workspace", "main", "workspace.revoke_token", token_id=made["token_id"])
    house.call(house.app.following.settled())
    assert made["token_id"] not in owner.get("/api/tokens/uses").text


# what the house remembers
def test_the_audit_tells_who_came_who_was_turned_away_and_who_was_given_what() -> None:
    now = [START]
    with served(clock=lambda: now[0]) as house:
        owner = house.owner()
        now[0] += 1_000
        member(house, "amy", "阿美", "assistant")
        now[0] += 1_000
        httpx.post(f"{house.base}/api/session", json={"name": "阿美", "password": "wrong one"})
        httpx.post(f"{house.base}/api/session", json={"name": "my secret password", "password": "x"})
        now[0] += 1_000
        do(owner, "workspace", "main", "workspace.change_roles", person_id="amy", roles=["assistant", "care"])
        do(owner, "workspace", "main", "workspace.issue_token", token_id="t1", label="機", roles=["source"])
        page = owner.get("/api/audit", headers={"Accept-Language": "en"}).json()
        assert "my secret" not in json.dumps(page)
        told = [(line["said"], line["subject"], line["by"], line["roles"]) for line in page["lines"]]
        assert told[0] in [("Token issued", "t1", "owner", ["source"]), ("Roles changed", "amy", "owner", ["assistant", "care"])]
        assert ("Refused: wrong name or password", "amy", "amy", []) in told
        assert ("Refused: wrong name or password", "", "", []) in told
        assert ("Invitation link made", "amy", "owner", []) in told
        assert page["lines"] == sorted(page["lines"], key=lambda line: -line["at"])
        assert page["next_before"] is None
        # page by page it is the same, and nothing of one millisecond is lost between two pages
        seen, before = list[object](), {}
        while True:
            part = owner.get("/api/audit", params={"limit": 2, **before}, headers={"Accept-Language": "en"}).json()
            seen += part["lines"]
            if part["next_before"] is None:
                break
            before = {"before": part["next_before"]}
        assert seen == page["lines"]


def test_the_file_of_it_calculates_nothing(house: Served) -> None:
    owner = house.owner()
    do(owner, "workspace", "main", "workspace.add_person", person_id="calc", name='=HYPERLINK("http://x")', roles=["host"])
    answer = owner.get("/api/audit.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "時間（UTC）"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert any("'=HYPERLINK" in cell for row in rows for cell in row)


def test_no_address_and_no_device_is_in_the_log_and_both_go_with_the_person(tmp_path: Path) -> None:
    with served(tmp_path) as house:
        owner = house.owner()
        member(house, "amy", "阿美", "assistant").delete("/api/session")
        amy = enter(house, "阿美", "long enough", PHONE)
        begun = amy.post("/api/me/step").json()
        assert amy.put("/api/me/profile", json={"languages": "台語", "contact": "0912-345-678"}).status_code == 200
        assert amy.get("/api/me/account").json()["profile"] == {"languages": "台語", "contact": "0912-345-678"}
        assert "0912-345-678" in owner.get("/api/accounts").text
        do(owner, "workspace", "main", "workspace.remove_person", person_id="amy")
        house.call(house.app.following.settled())
        gone = [each for each in owner.get("/api/audit").json()["lines"] if each["subject"] == "amy"]
        assert {(each["address"], each["device"]) for each in gone} == {("", "")}
    with closing(sqlite3.connect(tmp_path / "log.db")) as log:
        text = "\n".join(log.iterdump())
        assert "iPhone" not in text
        assert "127.0.0.1" not in text
        assert "0912-345" not in text
    with closing(sqlite3.connect(tmp_path / "vault.db")) as vault:
        for table in ("secrets", "passwords", "steps", "recovery", "passkeys", "identities", "expected", "profiles"):
            assert vault.execute(f"SELECT COUNT(*) FROM {table} WHERE subject = 'amy'").fetchone() == (0,)  # noqa: S608
        assert "0912-345" not in "\n".join(vault.iterdump())
        assert begun["secret"] not in "\n".join(vault.iterdump())


def test_a_vault_of_before_opens_and_its_sessions_go_on(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "vault.db")) as old:
        old.execute(
            "CREATE TABLE secrets (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, extra TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID"
        )
        old.execute(
            "INSERT INTO secrets VALUES ('5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8', 'session', 'owner', 'csrf', 9999999999999)"
        )
        old.commit()
    with served(tmp_path) as house:
        client = httpx.Client(base_url=house.base, cookies={"kaibo_session": "password"})
        line = next(each for each in client.get("/api/me/account").json()["sessions"] if each["here"])
        assert (line["device"], line["made_at"]) == ("", 0)
        assert sign_in(house.base, house.link).get("/api/me").status_code == 200
