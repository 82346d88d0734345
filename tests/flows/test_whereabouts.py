"""An invitation leads to where the guest can really open it."""

import pytest

from kaibo.kit import whereabouts
from kaibo.kit.whereabouts import is_loopback, places_of
from tests.served import served


def kinds(**asked: str) -> list[tuple[str, str]]:
    given = {"origin": "http://127.0.0.1:8000", "public": "", "host": "127.0.0.1", **asked}
    return [(each.kind, each.link) for each in places_of("/#/link/x", **given)]


def test_what_only_this_machine_can_open_is_said_to_be_so() -> None:
    assert kinds() == [("machine", "http://127.0.0.1:8000/#/link/x")]
    assert kinds(origin="http://localhost:8000")[-1][0] == "machine"
    assert kinds(origin="http://[::1]:8000")[-1][0] == "machine"


def test_the_public_address_stands_first_and_the_one_that_is_used_next() -> None:
    assert kinds(origin="http://192.168.1.5:8000", public="https://live.corp.example/", host="0.0.0.0") == [
        ("public", "https://live.corp.example/#/link/x"),
        ("here", "http://192.168.1.5:8000/#/link/x"),
    ]


def test_a_server_that_listens_to_its_networks_names_its_address_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whereabouts, "_towards", lambda family, probe: "fd00::5" if ":" in probe else "192.168.1.5")
    assert kinds(host="0.0.0.0") == [
        ("network", "http://192.168.1.5:8000/#/link/x"),
        ("network", "http://[fd00::5]:8000/#/link/x"),
        ("machine", "http://127.0.0.1:8000/#/link/x"),
    ]
    assert kinds(host="10.0.0.7")[0] == ("network", "http://10.0.0.7:8000/#/link/x")


def test_a_name_is_no_loopback_because_it_looks_like_one() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost", "a.localhost")] == [True] * 5
    assert [is_loopback(host) for host in ("127.0.0.1.evil.example", "192.168.1.5", "localhost.example", "")] == [False] * 4


def test_an_invitation_comes_with_its_addresses_and_a_code_for_each() -> None:
    with served() as house:
        answer = house.owner().post("/api/people/owner/invitation").json()
        assert [place["kind"] for place in answer["places"]] == ["machine"]
        assert answer["places"][0]["link"] == house.base + answer["link"]
        assert answer["places"][0]["qr"].startswith("<svg")
