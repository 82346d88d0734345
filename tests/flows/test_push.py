"""A phone whose page is shut is told what is asked of its owner, by a push service that speaks the real protocol."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.fakes.push_service import PushService, Subscription
from tests.flows.test_taking import START, Clock
from tests.served import Served, do, served, sign_in


@dataclass
class Home:
    """A served house, its push service, and who belongs to it."""

    house: Served
    service: PushService
    clock: Clock
    owner: httpx.Client
    ai: httpx.Client
    lin: httpx.Client

    def phone(self, client: httpx.Client, language: str = "zh-Hant") -> Subscription:
        """A browser of theirs that is told from now on; what it was told first is forgotten."""
        made = self.service.subscribe(client.get("/api/me/phones").json()["key"])
        answer = add(client, made, language)
        assert answer.json()["sent"] == "accepted", answer.text
        self.service.delivered.clear()
        return made

    def plan(self, show: str, **more: Any) -> None:
        crew = [
            {"person_id": "ai", "name": "小艾", "roles": ["assistant"]},
            {"person_id": "lin", "name": "小林", "roles": ["director"]},
        ]
        body = {
            "show_id": show,
            "title": "週四晚場",
            "starts_at": START,
            "ends_at": START + 1000,
            "currency": "TWD",
            "crew": crew,
        }
        do(self.owner, "show", show, "show.plan", **body, **more)

    def told(self, count: int) -> list[dict[str, Any]]:
        return [json.loads(each.text) for each in self.service.wait_for(count)]

    def settle(self) -> None:
        """Every follower has looked at all there is."""
        self.house.call(self.house.app.following.settled())


def add(client: httpx.Client, made: Subscription, language: str = "zh-Hant", endpoint: str = "") -> httpx.Response:
    keys = {"p256dh": made.p256dh, "auth": made.auth}
    return client.post("/api/me/phones", json={"endpoint": endpoint or made.endpoint, "keys": keys, "language": language})


@pytest.fixture
def home() -> Iterator[Home]:
    clock = Clock()
    with (
        PushService(lambda: clock.at / 1000) as service,
        served(clock=clock, push_services=(service.origin.removeprefix("http://"),)) as house,
    ):
        owner = house.owner()
        ai, lin = house.person(owner, "ai", "小艾", "assistant"), house.person(owner, "lin", "小林", "director")
        yield Home(house, service, clock, owner, ai, lin)


def test_a_phone_that_is_added_is_told_at_once_that_it_works(home: Home) -> None:
    made = home.service.subscribe(home.lin.get("/api/me/phones").json()["key"])
    answer = add(home.lin, made).json()
    assert answer["sent"] == "accepted"
    [note] = home.told(1)
    assert note["title"] == "這支手機會收到通知"
    [line] = home.lin.get("/api/me/phones").json()["phones"]
    assert line["phone_id"] == answer["phone_id"]
    assert home.ai.get("/api/me/phones").json()["phones"] == []
    assert home.lin.post(f"/api/me/phones/{line['phone_id']}/try").json() == {"sent": "accepted"}
    assert home.ai.post(f"/api/me/phones/{line['phone_id']}/try").status_code == 404
    home.ai.delete(f"/api/me/phones/{line['phone_id']}")
    assert len(home.lin.get("/api/me/phones").json()["phones"]) == 1  # nobody ends another's
    home.lin.delete(f"/api/me/phones/{line['phone_id']}")
    assert home.lin.get("/api/me/phones").json()["phones"] == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://10.0.0.1/push/x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.org/x",
        "https://evilpush.apple.com/x",
        "https://fcm.googleapis.com/\u0000",
        "https://xn--.push.apple.com/a",
        "https://[",
        "https://fcm.googleapis.com\u2100/",
        "https://fcm.googleapis.com:22/x",
        "https://u:p@fcm.googleapis.com/x",
        "https://.push.apple.com/x",
        "ftp://fcm.googleapis.com/x",
    ],
)
def test_nothing_is_sent_where_no_browser_has_its_push_service(home: Home, endpoint: str) -> None:
    answer = add(home.lin, home.service.subscribe(), endpoint=endpoint)
    assert (answer.status_code, answer.json()["code"]) == (422, "push.service_unknown")
    assert home.lin.get("/api/me/phones").json()["phones"] == []


@pytest.mark.parametrize("keys", [{"p256dh": "AAAA", "auth": "AAAAAAAAAAAAAAAAAAAAAA"}, {"auth": "AAAA"}, {"p256dh": "鑰匙"}])
def test_keys_that_are_none_are_refused(home: Home, keys: dict[str, str]) -> None:
    made = home.service.subscribe()
    body = {"endpoint": made.endpoint, "keys": {"p256dh": made.p256dh, "auth": made.auth, **keys}}
    answer = home.lin.post("/api/me/phones", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "push.unreadable")


def test_what_is_urgent_reaches_the_phone_of_whom_it_asks_and_again_with_each_step_until_it_is_taken(home: Home) -> None:
    home.plan("t")
    phone = home.phone(home.lin, "en")
    home.phone(home.ai)
    do(home.ai, "show", "t", "channel.post", message_id="m", channel_id="emergency", text="價格掛錯了", urgent=True)
    [note] = home.told(1)
    assert note == {
        "title": "▲ Urgent · 週四晚場",
        "body": "小艾: 價格掛錯了",
        "url": "#/show/t?message=m",
        "tag": "m",
        "urgent": True,
        "meet": "show/t",
        "over": "Somebody took it; nothing left to do",
    }
    [first] = home.service.delivered
    assert (first.subscription_id, first.urgency, first.ttl_s) == (phone.subscription_id, "high", 600)
    home.clock.at += 15_000  # nobody took it: the next step
    do(home.owner, "show", "t", "channel.post", message_id="n", channel_id="on_air", text="在嗎")
    assert len(home.told(2)) == 2
    assert len(home.service.waiting(phone)) == 2  # the trying, and the newest of this message alone
    do(home.lin, "show", "t", "channel.take", message_id="m")
    before = len(home.service.answers)
    home.clock.at += 60_000
    home.settle()
    assert len(home.service.answers) == before


def test_a_phone_that_is_gone_is_forgotten_and_one_that_is_not_reached_is_not(home: Home) -> None:
    home.plan("t")
    gone, slow = home.phone(home.lin), home.phone(home.lin)
    home.service.expire(gone)
    do(home.ai, "show", "t", "channel.post", message_id="m", channel_id="emergency", text="沒聲音", urgent=True)
    home.settle()
    [only] = {each.subscription_id for each in home.service.delivered}
    assert only == slow.subscription_id
    assert len(home.lin.get("/api/me/phones").json()["phones"]) == 1
    [line] = home.lin.get("/api/me/phones").json()["phones"]
    for status, said in ((429, "unreached"), (500, "unreached"), (413, "refused")):
        home.service.answer_next(status)
        assert home.lin.post(f"/api/me/phones/{line['phone_id']}/try").json() == {"sent": said}
    home.service.reset_next()
    assert home.lin.post(f"/api/me/phones/{line['phone_id']}/try").json() == {"sent": "unreached"}
    assert home.lin.post(f"/api/me/phones/{line['phone_id']}/try").json() == {"sent": "accepted"}


def test_a_rehearsal_tells_no_phone(home: Home) -> None:
    home.phone(home.lin)
    home.plan("r", rehearsal=True)
    do(home.ai, "show", "r", "channel.post", message_id="m", channel_id="emergency", text="沒聲音", urgent=True)
    home.settle()
    assert home.service.delivered == []


def test_who_leaves_is_told_nothing_and_a_phone_that_changes_hands_reaches_who_has_it(home: Home) -> None:
    home.plan("t")
    made = home.phone(home.lin)
    assert add(home.ai, made).json()["sent"] == "accepted"
    assert home.lin.get("/api/me/phones").json()["phones"] == []
    home.phone(home.lin)
    do(home.owner, "workspace", "main", "workspace.remove_person", person_id="lin")
    home.settle()
    home.service.delivered.clear()
    do(
        home.owner,
        "show",
        "t",
        "channel.post",
        message_id="m",
        channel_id="emergency",
        text="沒聲音",
        urgent=True,
        mentions=["ai"],
    )
    home.settle()
    assert {each.subscription_id for each in home.service.delivered} == {made.subscription_id}
    do(home.owner, "workspace", "main", "workspace.add_person", person_id="lin", name="另一個小林", roles=["director"])
    do(
        home.owner,
        "show",
        "t",
        "channel.post",
        message_id="n",
        channel_id="emergency",
        text="還在嗎",
        urgent=True,
        mentions=["lin"],
    )
    home.settle()
    assert {each.subscription_id for each in home.service.delivered} <= {made.subscription_id}  # another person, without a phone


def test_who_is_signed_out_is_told_there_no_more(home: Home) -> None:
    home.plan("t")
    made = home.phone(home.lin)
    other = sign_in(home.house.base, home.house.app.door.link_for("lin"))
    kept = home.phone(other)
    home.lin.delete("/api/session")
    do(home.ai, "show", "t", "channel.post", message_id="m", channel_id="emergency", text="沒聲音", urgent=True)
    home.settle()
    assert {each.subscription_id for each in home.service.delivered} == {kept.subscription_id} != {made.subscription_id}
    assert home.owner.delete("/api/people/lin/sessions").status_code == 200  # a lost phone
    home.service.delivered.clear()
    do(home.ai, "show", "t", "channel.post", message_id="n", channel_id="emergency", text="還是沒聲音", urgent=True)
    home.settle()
    assert home.service.delivered == []


def test_where_nobody_does_it_the_next_one_is_told_once(home: Home) -> None:
    home.plan("t")
    home.phone(home.lin)
    do(home.ai, "show", "t", "channel.post", message_id="m", channel_id="on_air", text="畫面黑了", tag="tech", urgent=True)
    home.settle()
    assert len(home.service.delivered) == 1


def test_what_was_taken_while_a_slow_service_held_it_up_is_not_sent_any_more(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaibo.kit.push.AT_ONCE", 1)
    home.plan("t")
    for _ in range(3):
        home.phone(home.lin)
    before = len(home.service.answers)
    home.house.app.house.phones._turns.clear()  # pyright: ignore[reportPrivateUsage]
    home.service.answer_next(201, delay_s=1.0)
    do(home.ai, "show", "t", "channel.post", message_id="m", channel_id="emergency", text="沒聲音", urgent=True)
    home.service.wait_for(1)
    do(home.lin, "show", "t", "channel.take", message_id="m")
    home.settle()
    assert len(home.service.answers) - before == 1
