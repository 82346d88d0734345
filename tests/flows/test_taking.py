"""A duty is taken in need over HTTP: it opens one door, for one person, for a while; the log says by which taking."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from tests.served import Served, ask, do, row, served, sign_in

START = 1_760_000_000_000
MINUTE = 60_000


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> int:
        return self.at


def plan(client: httpx.Client) -> None:
    show = {"show_id": "s1", "title": "秋裝", "starts_at": START, "ends_at": START + 7_200_000, "timezone": "Asia/Taipei"}
    do(client, "show", "s1", "show.plan", **show, currency="TWD")


def on_air(app: Served, *changes: dict[str, Any]) -> SimpleNamespace:
    """A show on air by the charter of seven with these cells changed."""
    owner = app.owner()
    do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "planner"])
    people = {name: app.person(owner, name, label, role) for name, label, role in CREW}
    publish(owner, 1, "seven", *changes)
    plan(owner)
    do(owner, "show", "s1", "roster.assign", role_id="director", person_id="lin")
    do(people["lin"], "show", "s1", "show.air")
    wait(owner, 1)
    return SimpleNamespace(owner=owner, **people)


@pytest.fixture
def house() -> Iterator[SimpleNamespace]:
    clock = Clock()
    with served(clock=clock) as app:
        house = on_air(app)
        house.clock = clock
        yield house


CREW = (("ai", "小艾", "assistant"), ("lin", "小林", "director"), ("zhe", "阿哲", "operations"))


def publish(owner: httpx.Client, version: int, preset: str, *changes: dict[str, Any]) -> None:
    do(owner, "workspace", "main", "charter.draft", preset=preset)
    if changes:
        do(owner, "workspace", "main", "charter.change_cells", changes=changes)
    seen = row(owner, "workspace/main", "charter.head", "charter")["changed_seq"]
    do(owner, "workspace", "main", "charter.publish", version=version, seen=seen)


def wait(owner: httpx.Client, version: int) -> None:
    for _ in range(500):
        if row(owner, "show/s1", "charter.in_force", "charter")["version"] == version:
            return
    raise AssertionError(version)


def tell(client: httpx.Client, text: str = "慢一點") -> httpx.Response:
    return ask(client, "show", "s1", "prompter.message", message_id=text, text=text)


def take(client: httpx.Client, taking_id: str = "k1", taken: str = "host.message") -> None:
    do(client, "show", "s1", "duty.take", taking_id=taking_id, taken=taken, reason="導播斷線")


def taking(house: SimpleNamespace, taking_id: str = "k1") -> dict[str, Any]:
    return row(house.owner, "show/s1", "duty.takings", taking_id)


def duties(client: httpx.Client) -> list[str]:
    return client.get("/api/shows/s1/duties").json()["duties"]


def need(client: httpx.Client, duty: str, **asked: str) -> str | None:
    return client.get("/api/shows/s1/why", params={"duty": duty, **asked}).json()["need"]


def test_it_opens_one_door_for_one_person_and_the_log_says_so(house):
    assert tell(house.ai).status_code == 403
    assert need(house.ai, "host.message") == ""
    take(house.ai)
    assert "host.message" in duties(house.ai)
    assert "host.message" not in duties(house.zhe)
    assert tell(house.ai).status_code == 200
    assert tell(house.zhe, "快一點").status_code == 403
    assert ask(house.ai, "show", "s1", "rundown.go", expect_cue_id="c0").json()["code"] == "core.not_allowed"
    found = [event for event in house.owner.get("/api/streams/show/s1/events").json()["events"] if event.get("taking")]
    assert [(event["fact"]["type"], event["actor"], event["taking"]) for event in found] == [
        ("prompter.messaged", {"id": "ai", "role": "assistant", "duty": "host.message"}, "k1")
    ]
    assert (taking(house)["events"], taking(house)["seqs"]) == (1, [found[0]["seq"]])
    assert tell(house.lin, "好").status_code == 200  # whose it is does it as ever
    assert taking(house)["events"] == 1


def test_it_ends_when_it_is_given_back_when_its_time_is_over_and_with_the_show(house):
    take(house.ai)
    do(house.ai, "show", "s1", "duty.give_back", taking_id="k1")
    assert tell(house.ai).status_code == 403
    take(house.ai, "k2")
    house.clock.at += 10 * MINUTE
    assert tell(house.ai).status_code == 403  # on the instant, whether a timer was there or not
    take(house.ai, "k3")
    do(house.lin, "show", "s1", "show.end")
    assert tell(house.ai).status_code == 403
    assert taking(house, "k3")["ended"] == "show_ended"


def test_it_survives_a_restart_and_no_longer_than_its_time(tmp_path):
    clock = Clock()
    with served(tmp_path, clock) as app:
        house = on_air(app)
        take(house.ai)
    with served(tmp_path, clock) as app:
        link = app.owner().post("/api/people/ai/invitation").json()["link"]
        ai = sign_in(app.base, link.rsplit("/", 1)[1])
        assert tell(ai).status_code == 200
        clock.at += 10 * MINUTE
        assert tell(ai, "快一點").status_code == 403


def test_a_charter_taken_up_meanwhile_that_forbids_it_ends_its_power(house):
    take(house.ai)
    publish(house.owner, 2, "published", {"duty_id": "tell.host", "role_id": "assistant", "was": "I", "cell": "X"})
    do(house.lin, "show", "s1", "charter.take")
    wait(house.owner, 2)
    assert tell(house.ai).status_code == 403
    assert "host.message" not in duties(house.ai)
    assert need(house.ai, "host.message") == "forbidden"


def test_losing_the_role_one_acts_in_ends_it(house):
    take(house.ai)
    do(house.owner, "workspace", "main", "workspace.change_roles", person_id="ai", roles=["care"])
    assert tell(house.ai).status_code == 403


def test_what_is_forbidden_and_what_is_theirs_is_told_before_anybody_asks(house):
    assert need(house.zhe, "promo.approve") == "forbidden"
    assert need(house.lin, "promo.propose") == "separated"
    assert need(house.lin, "host.message") == "held"
    assert need(house.ai, "people.manage") == "kept"
    assert need(house.ai, "host.message", role="host") is None
    assert need(house.ai, "host.message", at=str(START)) is None


def test_a_refusal_says_who_can_and_who_is_on_duty(house):
    answer = tell(house.ai).json()
    assert answer["data"] == {
        "duty": "host.message",
        "roles": ["assistant"],
        "able_roles": ["director"],
        "on_duty": ["小林"],
    }
    assert "能做的角色：導播；現在值班：小林" in answer["message"]
