"""Signing in with an account of the company, at a real provider of OpenID Connect: whom it names must be somebody the house invited."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.served import ROOT, Served, do, row, served

LIN = {"sub": "u-1", "email": "Lin@Corp.example", "email_verified": True, "name": "林小姐", "groups": ["live"]}


class Company:
    """The provider as a process of its own; `person` is whoever sits at the browser."""

    def __init__(self, house: Served) -> None:
        self.house = house
        back = f"{house.base}/api/session/provider/return"
        self.process = subprocess.Popen(
            ["node", str(ROOT / "web" / "oidc-provider.story.mjs"), back],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT / "web",
        )  # fmt: skip
        assert self.process.stdout is not None
        self.issuer = next(line.strip() for line in self.process.stdout if line.startswith("http"))
        self.owner = house.owner()

    def person(self, **claims: Any) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(claims) + "\n")
        self.process.stdin.flush()
        assert "known\n" in iter(self.process.stdout.readline, "")  # between notices of the provider's own

    def set_up(self, **more: Any) -> httpx.Response:
        wanted = {
            "issuer": self.issuer,
            "client_id": "kaibo",
            "client_secret": "a secret of the house",
            "label": "公司帳號",
            **more,
        }
        return self.owner.put("/api/provider", json=wanted)

    def come(self, client: httpx.Client | None = None) -> tuple[httpx.Client, str]:
        """Walk the browser's way; the client, and where it ended."""
        client = client or httpx.Client(timeout=30)
        answer = client.get(f"{self.house.base}/api/session/provider/begin")
        while answer.is_redirect:
            place = str(httpx.URL(str(answer.url)).join(answer.headers["location"]))
            if "/#/" in place:
                return client, place.split("/#/", 1)[1]
            answer = client.get(place)
        raise AssertionError(answer.text)

    def me(self, client: httpx.Client) -> str:
        return str(client.get(f"{self.house.base}/api/me").json().get("person_id", ""))


@pytest.fixture
def company() -> Iterator[Company]:
    with served() as house:
        found = Company(house)
        try:
            yield found
        finally:
            found.process.terminate()
            found.process.wait(10)


def test_whom_the_house_expects_comes_in_and_is_known_again_by_another_address(company: Company) -> None:
    assert httpx.get(f"{company.house.base}/api/session/provider").json() == {"on": False, "label": ""}
    assert company.set_up().status_code == 200
    assert httpx.get(f"{company.house.base}/api/session/provider").json() == {"on": True, "label": "公司帳號"}
    company.house.person(company.owner, "lin", "小林", "director")
    company.person(**LIN)
    _, place = company.come()
    assert place == "sign-in?problem=auth.provider_unknown"
    assert company.owner.put("/api/people/lin/address", json={"address": "lin@corp.example"}).status_code == 200
    client, place = company.come()
    assert (place, company.me(client)) == ("", "lin")
    company.person(**{**LIN, "email": "married@corp.example"})
    client, _ = company.come()
    assert company.me(client) == "lin"
    audit = company.owner.get("/api/audit", headers={"Accept-Language": "en"}).json()["lines"]
    assert [each["said"] for each in audit if each["subject"] == "lin"].count("Signed in by company account") == 2
    assert "Refused: company account" in {each["said"] for each in audit}
    entry = row(company.owner, "workspace/main", "workspace.entry", "entry")
    assert (entry["issuer"], entry["client_id"]) == (company.issuer, "kaibo")
    log = company.owner.get("/api/streams/workspace/main/events").text
    assert "a secret of the house" not in log
    assert "corp.example" not in log.casefold()


def test_an_address_that_nobody_vouches_for_is_nobodys(company: Company) -> None:
    company.set_up()
    company.house.person(company.owner, "lin", "小林", "director")
    company.owner.put("/api/people/lin/address", json={"address": "lin@corp.example"})
    company.person(**{**LIN, "email_verified": False})
    assert company.come()[1] == "sign-in?problem=auth.provider_unverified"


def test_whoever_left_and_came_back_is_not_known_by_the_old_account(company: Company) -> None:
    company.set_up()
    company.house.person(company.owner, "lin", "小林", "director")
    company.owner.put("/api/people/lin/address", json={"address": "lin@corp.example"})
    company.person(**LIN)
    client, _ = company.come()
    assert company.me(client) == "lin"
    do(company.owner, "workspace", "main", "workspace.remove_person", person_id="lin")
    do(company.owner, "workspace", "main", "workspace.add_person", person_id="lin", name="小林", roles=["host"])
    assert company.me(client) == ""
    assert company.come()[1] == "sign-in?problem=auth.provider_unknown"


def test_two_people_are_not_expected_by_one_address(company: Company) -> None:
    company.house.person(company.owner, "a", "甲", "host")
    company.house.person(company.owner, "b", "乙", "host")
    assert company.owner.put("/api/people/a/address", json={"address": "x@corp.example"}).status_code == 200
    assert company.owner.put("/api/people/b/address", json={"address": "X@corp.example"}).json()["code"] == "auth.address_taken"
    assert company.owner.put("/api/people/a/address", json={"address": "no address"}).status_code == 422
    assert company.owner.put("/api/people/a/address", json={"address": ""}).status_code == 200
    assert company.owner.put("/api/people/b/address", json={"address": "X@corp.example"}).status_code == 200


def test_a_domain_that_the_owner_lets_in_makes_accounts_with_the_roles_he_said(company: Company) -> None:
    refused = company.set_up(domains=["corp.example"], roles=["owner"])
    assert (refused.status_code, refused.json()["code"]) == (422, "workspace.domain_owner")
    assert company.set_up(domains=["corp.example"]).json()["code"] == "workspace.domain_without_roles"
    assert company.set_up(domains=["@Corp.example"], roles=["host"]).status_code == 200
    company.person(**LIN)
    client, place = company.come()
    me = client.get(f"{company.house.base}/api/me").json()
    assert (place, me["name"], me["roles"]) == ("", "林小姐", ["host"])
    assert company.me(company.come()[0]) == me["person_id"]
    for other in ("lin@evil.example", "lin@corp.example.evil.example", "corp.example"):
        company.person(**{**LIN, "sub": other, "email": other})
        assert company.come()[1].startswith("sign-in?problem=auth.provider_un")  # nobody known, or nothing vouched for


def test_where_a_group_is_asked_for_nobody_else_comes_in(company: Company) -> None:
    company.set_up(groups=["live", "ops"])
    company.house.person(company.owner, "lin", "小林", "director")
    company.owner.put("/api/people/lin/address", json={"address": "lin@corp.example"})
    company.person(**{**LIN, "groups": ["sales"]})
    assert company.come()[1] == "sign-in?problem=auth.provider_group"
    company.person(**LIN)
    assert company.me(company.come()[0]) == "lin"


def test_a_way_that_was_begun_elsewhere_or_walked_before_leads_nowhere(company: Company) -> None:
    company.set_up(domains=["corp.example"], roles=["host"])
    company.person(**LIN)
    first = httpx.Client(timeout=30)
    begun = first.get(f"{company.house.base}/api/session/provider/begin")
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = f"{company.house.base}/api/session/provider/return"

    def ends(client: httpx.Client, **query: str) -> str:
        return client.get(back, params=query).headers["location"]

    stale = "/#/sign-in?problem=auth.provider_stale"
    assert ends(httpx.Client(), state=asked["state"][0], code="stolen") == stale  # somebody else's browser
    assert ends(first, state="made up", code="x") == stale
    assert ends(first, state="", code="x") == stale
    again = httpx.Client(timeout=30)
    answer = again.get(f"{company.house.base}/api/session/provider/begin")
    kept = again.cookies["kaibo_ask"]
    while not answer.headers["location"].startswith(company.house.base):
        answer = again.get(str(httpx.URL(str(answer.url)).join(answer.headers["location"])))
    walked = answer.headers["location"]
    assert again.get(walked).headers["location"] == "/#/"
    assert httpx.get(walked, cookies={"kaibo_ask": kept}).headers["location"] == stale
    company.person(**LIN, refuses=True)
    assert company.come()[1] == "sign-in?problem=auth.provider_said_no"


def test_a_provider_that_is_none_is_told_to_whoever_sets_it(company: Company) -> None:
    for issuer, code in {
        "http://login.corp.example": "auth.provider_bad",
        "ftp://x": "auth.provider_bad",
        "corp": "auth.provider_bad",
        company.house.base: "auth.provider_away",
        "http://127.0.0.1:9": "auth.provider_away",
    }.items():
        answer = company.set_up(issuer=issuer)
        assert answer.json()["code"] == code, answer.text
    assert company.come()[1] == "sign-in?problem=auth.provider_off"
    company.set_up()
    assert company.set_up(issuer="").status_code == 200
    assert company.come()[1] == "sign-in?problem=auth.provider_off"
    director = company.house.person(company.owner, "dir", "導播", "director")
    assert director.put("/api/provider", json={"issuer": ""}).status_code == 403


def test_a_provider_that_goes_away_and_a_secret_that_is_wrong_are_said_in_words(company: Company) -> None:
    company.set_up(client_secret="another", domains=["corp.example"], roles=["host"])
    company.person(**LIN)
    assert company.come()[1] == "sign-in?problem=auth.provider_wrong"
    company.set_up(domains=["corp.example"], roles=["host"])
    walking = httpx.Client(timeout=30)
    answer = walking.get(f"{company.house.base}/api/session/provider/begin")
    while not answer.headers["location"].startswith(company.house.base):
        answer = walking.get(str(httpx.URL(str(answer.url)).join(answer.headers["location"])))
    company.process.terminate()
    company.process.wait(10)
    assert walking.get(answer.headers["location"]).headers["location"] == "/#/sign-in?problem=auth.provider_away"
