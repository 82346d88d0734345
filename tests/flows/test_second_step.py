"""A code after the password: of the app once, of a recovery code once, and of nobody who guesses."""

from collections.abc import Iterator

import httpx
import pytest
from pyotp.totp import TOTP

from tests.served import Served, do, row, served

START = 1_764_331_200_000
DAY_MS = 86_400_000
PASSWORD = "long enough"


class House:
    """A house whose clock the story sets."""

    def __init__(self, running: Served, now: list[int]) -> None:
        self.running = running
        self.now = now
        self.base = running.base
        self.owner = running.owner()

    def member(self, person_id: str, name: str, *roles: str) -> httpx.Client:
        client = self.running.person(self.owner, person_id, name, *roles)
        assert client.post("/api/me/password", json={"password": PASSWORD}).status_code == 200
        return client

    def code(self, secret: str, steps: int = 0) -> str:
        return TOTP(secret).at(self.now[0] // 1000 + 30 * steps)

    def later(self, ms: int = 30_000) -> None:
        self.now[0] += ms

    def set_up(self, client: httpx.Client) -> tuple[str, list[str]]:
        secret = client.post("/api/me/step").json()["secret"]
        answer = client.post("/api/me/step/confirm", json={"code": self.code(secret)})
        assert answer.status_code == 200, answer.text
        self.later()
        return secret, answer.json()["codes"]

    def password(self, name: str, password: str = PASSWORD, address: str = "203.0.113.1") -> httpx.Response:
        return httpx.post(
            f"{self.base}/api/session", json={"name": name, "password": password}, headers={"X-Forwarded-For": address}
        )

    def step(self, step: str, code: str, address: str = "203.0.113.1") -> httpx.Response:
        return httpx.post(
            f"{self.base}/api/session/step", json={"step": step, "code": code}, headers={"X-Forwarded-For": address}
        )


@pytest.fixture
def house() -> Iterator[House]:
    now = [START]
    with served(clock=lambda: now[0]) as running:
        yield House(running, now)


def test_the_password_alone_signs_nobody_in_any_more(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    assert house.password("阿美").json()["step"] == ""
    secret, codes = house.set_up(amy)
    assert len(set(codes)) == 10
    first = house.password("阿美")
    assert (first.status_code, first.json()["person_id"], first.headers.get("set-cookie")) == (200, "", None)
    assert httpx.get(f"{house.base}/api/me", cookies={"kaibo_session": first.json()["step"]}).status_code == 401
    second = house.step(first.json()["step"], house.code(secret))
    assert (second.status_code, second.json()["person_id"]) == (200, "amy")
    assert "httponly" in second.headers["set-cookie"].lower()
    assert amy.get("/api/me/account").json()["step"] is True


def test_nothing_is_asked_before_a_code_confirmed_it(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    begun = amy.post("/api/me/step").json()
    assert begun["secret"] in begun["address"]
    assert begun["qr"].startswith("<svg")
    assert amy.post("/api/me/step/confirm", json={"code": "000000"}).json()["code"] == "auth.wrong_first_code"
    assert house.password("阿美").json()["person_id"] == "amy"


def test_a_second_step_ends_no_session_elsewhere(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    phone = httpx.Client(base_url=house.base)
    assert phone.post("/api/session", json={"name": "阿美", "password": PASSWORD}).status_code == 200
    house.set_up(amy)
    assert phone.get("/api/me").status_code == 200


def test_who_comes_by_a_link_and_a_code_may_set_a_new_password(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    secret, _ = house.set_up(amy)
    link = {"link": invited(house, "amy")}
    step = httpx.post(f"{house.base}/api/session/link", json=link).json()["step"]
    back = httpx.Client(base_url=house.base)
    told = back.post("/api/session/step", json={"step": step, "code": house.code(secret)}).json()
    back.headers["X-Kaibo-CSRF"] = told["csrf"]
    assert back.post("/api/me/password", json={"password": "a new one"}).status_code == 200


def test_a_code_is_good_once_and_half_a_minute_around_now(house: House) -> None:
    secret, _ = house.set_up(house.member("amy", "阿美", "assistant"))

    def tried(code: str) -> int:
        return house.step(house.password("阿美").json()["step"], code).status_code

    house.later(600_000)
    assert tried(house.code(secret, -2)) == 401
    assert tried(house.code(secret, 2)) == 401
    assert tried(house.code(secret, -1)) == 200
    assert tried(house.code(secret, -1)) == 401  # replayed
    assert tried(house.code(secret)) == 200
    house.later()
    full_width = "".join(chr(ord(each) + 0xFEE0) for each in house.code(secret))
    assert tried(f" {full_width[:3]} {full_width[3:]} ") == 200


def test_an_older_code_is_not_taken_after_a_newer_one(house: House) -> None:
    secret, _ = house.set_up(house.member("amy", "阿美", "assistant"))
    house.later(600_000)
    assert house.step(house.password("阿美").json()["step"], house.code(secret, 1)).status_code == 200
    assert house.step(house.password("阿美").json()["step"], house.code(secret)).status_code == 401


def test_each_recovery_code_is_good_once_and_new_ones_end_the_old(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    secret, codes = house.set_up(amy)
    assert house.step(house.password("阿美").json()["step"], codes[0].upper().replace("-", " ")).status_code == 200
    assert house.step(house.password("阿美").json()["step"], codes[0]).status_code == 401
    assert amy.get("/api/me/account").json()["codes_left"] == 9
    renewed = amy.post("/api/me/step/codes", json={"code": house.code(secret)}).json()["codes"]
    assert house.step(house.password("阿美").json()["step"], codes[1]).status_code == 401
    assert house.step(house.password("阿美").json()["step"], renewed[1]).status_code == 200
    assert "Recovery code used" in house.owner.get("/api/audit", headers={"Accept-Language": "en"}).text


def test_whoever_has_the_password_and_guesses_waits_wherever_they_come_from(house: House) -> None:
    secret, _ = house.set_up(house.member("amy", "阿美", "assistant"))
    codes = [
        house.step(house.password("阿美", address=f"198.51.100.{n}").json()["step"], "000000", f"198.51.100.{n}").status_code
        for n in range(10)
    ]
    assert codes == [401] * 8 + [429] * 2
    waiting = house.step(house.password("阿美").json()["step"], house.code(secret))
    assert (waiting.status_code, waiting.json()["code"]) == (429, "auth.too_many_tries")
    house.later(31_000)
    assert house.step(house.password("阿美").json()["step"], house.code(secret)).status_code == 200


def test_the_step_after_the_password_waits_five_minutes_and_ends_with_a_new_password(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    secret, _ = house.set_up(amy)
    step = house.password("阿美").json()["step"]
    house.later(300_000)
    assert house.step(step, house.code(secret)).json()["code"] == "auth.step_over"
    step = house.password("阿美").json()["step"]
    amy.post("/api/me/password", json={"password": "another one", "current": PASSWORD})
    assert house.step(step, house.code(secret)).json()["code"] == "auth.step_over"
    assert house.step("made up", "000000").json()["code"] == "auth.step_over"


def test_it_is_taken_away_by_a_code_and_not_by_a_session_alone(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    secret, _ = house.set_up(amy)
    assert amy.post("/api/me/step").json()["code"] == "auth.step_set_already"
    assert amy.post("/api/me/step/remove", json={"code": "000000"}).json()["code"] == "auth.wrong_code"
    assert house.password("阿美").json()["step"] != ""
    assert amy.post("/api/me/step/remove", json={"code": house.code(secret)}).status_code == 200
    assert house.password("阿美").json()["person_id"] == "amy"


def invited(house: House, person_id: str) -> str:
    return str(house.owner.post(f"/api/people/{person_id}/invitation").json()["link"]).rsplit("/", 1)[1]


def claimed(house: House, link: str) -> httpx.Response:
    return httpx.post(f"{house.base}/api/session/link", json={"link": link})


def test_a_link_of_somebody_with_a_second_step_asks_for_it_and_the_machines_own_does_not(house: House) -> None:
    secret, _ = house.set_up(house.member("amy", "阿美", "assistant"))
    first = claimed(house, invited(house, "amy"))
    assert (first.json()["person_id"], first.headers.get("set-cookie")) == ("", None)
    assert house.step(first.json()["step"], house.code(secret)).json()["person_id"] == "amy"
    house.set_up(house.owner)
    assert claimed(house, invited(house, "owner")).json()["person_id"] == ""
    assert claimed(house, house.running.app.door.link_for("owner")).json()["person_id"] == "owner"


def test_a_link_from_before_does_not_outlive_a_password_a_step_or_the_end_of_all_sessions(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    secret = ""

    def password() -> None:
        assert amy.post("/api/me/password", json={"password": PASSWORD + "!"}).status_code == 200

    def step() -> None:
        nonlocal secret
        secret, _ = house.set_up(amy)

    def no_step() -> None:
        assert amy.post("/api/me/step/remove", json={"code": house.code(secret)}).status_code == 200

    def end() -> None:
        assert amy.delete("/api/me/sessions").status_code == 200

    for change in (password, step, no_step, end):
        link = invited(house, "amy")
        change()
        assert claimed(house, link).json()["code"] == "auth.link_used", change.__name__


def test_half_a_sign_in_ends_with_all_sessions(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    secret, _ = house.set_up(amy)
    half = house.password("阿美").json()["step"]
    assert house.owner.delete("/api/people/amy/sessions").status_code == 200
    assert house.step(half, house.code(secret)).json()["code"] == "auth.step_over"


def test_the_owner_gives_a_new_start_and_the_person_is_told(house: House) -> None:
    amy = house.member("amy", "阿美", "assistant")
    house.set_up(amy)
    assert amy.get("/api/me").json()["reset_at"] is None
    assert do(house.owner, "workspace", "main", "workspace.reset_second_step", person_id="amy")
    house.running.call(house.running.app.following.settled())
    assert house.password("阿美").json()["person_id"] == "amy"
    told = amy.get("/api/me").json()
    assert (told["reset_by"], told["reset_at"]) == ("owner", house.now[0])
    assert "workspace.second_step_reset" in house.owner.get("/api/audit").text
    house.later()
    house.set_up(amy)
    assert amy.get("/api/me").json()["reset_at"] is None
    refused = amy.post("/api/streams/workspace/main/commands/workspace.reset_second_step", json={"person_id": "owner"})
    assert refused.status_code == 403


# where it is asked of those who may do much
def test_where_two_steps_are_asked_those_who_may_pay_or_manage_have_some_days_and_then_no_way_round(house: House) -> None:
    lin = house.member("lin", "小林", "director")
    hana = house.member("hana", "花花", "host")
    do(house.owner, "workspace", "main", "workspace.ask_second_step", asked=True, grace_days=3)
    assert row(house.owner, "workspace/main", "workspace.entry", "entry")["step_from"] == START + 3 * DAY_MS
    assert lin.get("/api/me").json()["step_by"] == START + 3 * DAY_MS
    assert hana.get("/api/me").json()["step_by"] is None
    head = "/api/streams/workspace/main/views/workspace.head"
    assert lin.get(head).status_code == 200
    house.later(3 * DAY_MS)
    refused = lin.get(head)
    assert (refused.status_code, refused.json()["code"]) == (403, "auth.step_needed")
    assert house.owner.get(head).status_code == 403
    assert hana.get(head).status_code == 200
    assert lin.get("/api/me").status_code == 200
    house.set_up(lin)
    assert lin.get(head).status_code == 200
    assert lin.get("/api/me").json()["step_by"] is None
    house.set_up(house.owner)
    do(house.owner, "workspace", "main", "workspace.ask_second_step", asked=False)
    assert house.member("mei", "美美", "director").get(head).status_code == 200


def test_a_token_is_asked_for_no_second_step(house: House) -> None:
    token = house.owner.post("/api/tokens", json={"label": "機", "roles": ["director"]}).json()["token"]
    do(house.owner, "workspace", "main", "workspace.ask_second_step", asked=True, grace_days=0)
    head = f"{house.base}/api/streams/workspace/main/views/workspace.head"
    assert httpx.get(head, headers={"Authorization": f"Bearer {token}"}).status_code == 200
