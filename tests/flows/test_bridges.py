"""What is said in a channel is carried to the messengers of the house, and nobody is told it arrived before the messenger said so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from kaibo.fakes import credentials as known
from kaibo.fakes.messenger import Messenger
from kaibo.features.outbox.commands import TendOutbox
from kaibo.kit.react import SYSTEM
from tests.flows.test_taking import START, Clock
from tests.messengers import messenger
from tests.served import Served, ask, do, served

WAYS: dict[str, dict[str, str]] = {
    "slack": {"url": "{}/api/", "secret": known.SLACK_TOKEN, "target": known.SLACK_CHANNEL},
    "dingtalk": {"url": f"{{}}/robot/send?access_token={known.DINGTALK_TOKEN}", "secret": known.DINGTALK_SECRET},
    "feishu": {"url": f"{{}}/open-apis/bot/v2/hook/{known.FEISHU_TOKEN}", "secret": known.FEISHU_SECRET},
    "wecom": {"url": f"{{}}/cgi-bin/webhook/send?key={known.WECOM_KEY}", "secret": ""},
    "line": {"url": "{}", "secret": known.LINE_TOKEN, "target": known.LINE_TO},
    "webhook": {"url": "{}/hook", "secret": known.WEBHOOK_SECRET},
}
NAMED = {"slack", "line", "webhook"}  # these say how they call what they took


@dataclass
class Home:
    """A served house, the messengers, and who belongs to it."""

    house: Served
    fake: Messenger
    clock: Clock
    owner: httpx.Client
    ai: httpx.Client
    lin: httpx.Client

    def bridge(self, kind: str, bridge_id: str = "", **more: Any) -> httpx.Response:
        """A way to one of the messengers; what it says to a first message."""
        bridge_id = bridge_id or kind
        do(
            self.owner,
            "workspace",
            "main",
            "bridge.set",
            bridge_id=bridge_id,
            kind=kind,
            name=more.pop("name", bridge_id),
            **more,
        )
        way = {name: value.replace("{}", self.fake.url) for name, value in WAYS[kind].items()}
        answer = self.owner.put(f"/api/bridges/{bridge_id}/way", json=way)
        assert answer.status_code == 200, answer.text
        tried = self.owner.post(f"/api/bridges/{bridge_id}/try")
        self.fake.seen.clear()
        return tried

    def plan(self, show: str, **more: Any) -> None:
        crew = [
            {"person_id": "ai", "name": "小艾", "roles": ["assistant"]},
            {"person_id": "lin", "name": "小林", "roles": ["director"]},
        ]
        body = {"title": "週四晚場", "starts_at": START, "ends_at": START + 1000, "currency": "TWD", "crew": crew}
        do(self.owner, "show", show, "show.plan", show_id=show, **body, **more)

    def say(self, message_id: str, text: str, show: str = "t", **more: Any) -> None:
        do(self.ai, "show", show, "channel.post", message_id=message_id, channel_id="on_air", text=text, **more)

    def settle(self) -> None:
        """Every follower has looked at all there is, and nothing is on its way."""
        for _ in range(3):
            self.house.call(self.house.app.following.settled())
            self.house.call(self.house.app.carrier.settled())

    def later(self, seconds: float, show: str = "t") -> None:
        """Time goes by, and the timers do what is due."""
        self.clock.at += int(seconds * 1000)
        self.house.call(self.house.app.engine.submit(f"show/{show}", TendOutbox(), SYSTEM))
        self.settle()

    def letters(self, show: str = "t") -> dict[str, dict[str, Any]]:
        """By bridge_id, the newest of each."""
        rows = self.lin.get(f"/api/streams/show/{show}/views/outbox.letters").json()["rows"]
        return {row["bridge_id"]: row for _, row in sorted(rows.items(), key=lambda pair: int(pair[0].split("/")[1]))}


@pytest.fixture
def home() -> Iterator[Home]:
    clock = Clock()
    with (
        messenger(clock=lambda: clock.at / 1000) as fake,
        served(clock=clock, bridge_hosts=(fake.url.removeprefix("http://"),), public_url="https://kaibo.example.org") as house,
    ):
        owner = house.owner()
        ai, lin = house.person(owner, "ai", "小艾", "assistant"), house.person(owner, "lin", "小林", "director")
        yield Home(house, fake, clock, owner, ai, lin)


@pytest.mark.parametrize("kind", WAYS)
def test_what_is_urgent_is_carried_and_shown_as_far_as_the_messenger_said(home: Home, kind: str) -> None:
    assert home.bridge(kind).json() == {"outcome": "confirmed" if kind in NAMED else "sent", "code": ""}
    home.plan("t")
    home.say("m", "價格掛錯了", urgent=True, tag="promo")
    home.settle()
    [seen] = home.fake.seen
    head, said, asked, link = seen.text.split("\n")
    assert (head, said, asked) == ("【急 #優惠變更】週四晚場", "小艾：價格掛錯了", "在問：小林")
    assert re.fullmatch(r"我接（小林）：https://kaibo\.example\.org/#/ack/[\w-]{22}", link)
    letter = home.letters()[kind]
    assert (letter["state"], letter["tries"], letter["code"]) == ("confirmed" if kind in NAMED else "sent", 1, "")


@pytest.mark.parametrize("kind", WAYS)
def test_what_the_messenger_does_not_take_is_never_shown_as_sent(home: Home, kind: str) -> None:
    home.bridge(kind)
    home.plan("t")
    home.fake.plan(["body:refused"])
    home.say("a", "一", urgent=True)
    home.settle()
    assert home.letters()[kind]["state"] == "failed"
    assert home.letters()[kind]["code"]
    home.fake.plan(["body:limited"])
    home.say("b", "二", urgent=True)
    home.settle()
    assert home.letters()[kind]["state"] == "limited"
    assert home.letters()[kind]["until"] > home.clock.at
    assert home.fake.seen == []


@pytest.mark.parametrize("fault", ["garbage", "html", "status:500", "reset", "reset_after", "status:404"])
@pytest.mark.parametrize("kind", ["slack", "dingtalk", "line"])
def test_what_is_no_word_of_the_messenger_is_no_confirmation(home: Home, kind: str, fault: str) -> None:
    home.bridge(kind)
    home.plan("t")
    home.fake.plan([fault])
    home.say("a", "一", tag="stock")
    home.settle()
    assert home.letters()[kind]["state"] in ("unreached", "unknown", "failed")


def test_an_urgent_letter_without_an_answer_is_sent_again_and_says_so(home: Home) -> None:
    home.bridge("dingtalk")
    home.plan("t")
    home.fake.plan(["reset_after"])
    home.say("m", "沒聲音", urgent=True)
    home.settle()
    assert (home.letters()["dingtalk"]["state"], home.letters()["dingtalk"]["code"]) == ("unknown", "no_answer")
    home.later(6)
    first, again = home.fake.seen
    assert not first.text.startswith("（重發）")
    assert again.text.startswith("（重發）")
    assert home.letters()["dingtalk"]["state"] == "sent"


@pytest.mark.parametrize("kind", ["line", "webhook"])
def test_a_messenger_that_knows_it_again_has_it_once(home: Home, kind: str) -> None:
    home.bridge(kind)
    home.plan("t")
    home.fake.plan(["reset_after"])
    home.say("m", "沒聲音", urgent=True)
    home.settle()
    home.later(6)
    assert len(home.fake.seen) == 1
    assert home.letters()[kind]["state"] == "confirmed"


def test_what_is_not_urgent_and_may_have_come_is_not_sent_twice(home: Home) -> None:
    home.bridge("wecom")
    home.plan("t")
    home.fake.plan(["reset_after"])
    home.say("m", "五號鏈接", tag="product")
    home.settle()
    assert home.letters()["wecom"]["state"] == "unknown"
    home.later(30)
    assert len(home.fake.seen) == 1


def test_another_way_takes_what_the_first_cannot_carry_and_nothing_comes_twice(home: Home) -> None:
    home.bridge("dingtalk")
    home.bridge("webhook", reserve=True)
    home.plan("t")
    home.fake.plan([{"fault": "body:limited", "kind": "dingtalk"}])
    home.say("m", "黑屏", urgent=True)
    home.settle()
    assert [each.kind for each in home.fake.seen] == ["webhook"]
    letters = home.letters()
    assert (letters["dingtalk"]["state"], letters["dingtalk"]["instead"]) == ("limited", "webhook")
    assert letters["webhook"]["state"] == "confirmed"
    home.later(601)
    assert [each.kind for each in home.fake.seen] == ["webhook"]
    assert home.letters()["dingtalk"]["state"] == "elsewhere"


def test_twenty_a_minute_are_not_spent_on_talk_and_the_rest_comes_together(home: Home) -> None:
    home.bridge("wecom", wants="all")
    home.plan("t")
    for number in range(25):
        home.say(f"m{number}", f"第 {number} 則")
        home.settle()
    spent = len(home.fake.seen)
    assert spent == 12  # of eighteen; five are kept, and one was the trying
    assert home.letters()["wecom"]["state"] == "limited"
    home.say("urgent", "沒聲音", urgent=True)
    home.settle()
    assert "沒聲音" in home.fake.seen[-1].text
    home.later(61)
    digest = home.fake.seen[spent + 1].text.split("\n")
    assert digest[0] == "【週四晚場】10 則"
    assert digest[1] == "小艾：第 12 則"
    assert sum(each.text.count("第 ") for each in home.fake.seen) == 25


def test_a_link_takes_it_without_signing_in_as_its_person_alone(home: Home) -> None:
    home.bridge("webhook")
    home.plan("t")
    home.say("m", "價格掛錯了", urgent=True, mentions=["lin"])
    home.settle()
    token = home.fake.seen[0].text.rsplit("/", 1)[1]
    stranger = httpx.Client(base_url=home.house.base)
    page = stranger.get(f"/api/acks/{token}").json()
    assert page == {
        "name": "小林", "show": "週四晚場", "who": "小艾", "text": "價格掛錯了", "tag": "", "urgent": True, "stage": "open", "by": "", "mine": False,
    }  # fmt: skip
    rows = home.lin.get("/api/streams/show/t/views/channel.messages").json()["rows"]
    assert rows["m"]["stage"] == "open"  # looking changes nothing
    taken = stranger.post(f"/api/acks/{token}").json()
    assert (taken["stage"], taken["by"], taken["mine"]) == ("taken", "小林", True)
    rows = home.lin.get("/api/streams/show/t/views/channel.messages").json()["rows"]
    assert (rows["m"]["stage"], rows["m"]["stage_by"]) == ("taken", "lin")
    assert home.letters()["webhook"]["acknowledged_by"] == "lin"
    assert stranger.post(f"/api/acks/{token}").status_code == 200  # pressed twice
    assert stranger.get("/api/acks/" + "x" * 22).json()["code"] == "ack.unknown"
    do(home.owner, "workspace", "main", "workspace.remove_person", person_id="lin")
    home.settle()
    assert stranger.get(f"/api/acks/{token}").json()["code"] == "ack.unknown"


def test_a_link_is_good_for_an_hour(home: Home) -> None:
    home.bridge("webhook")
    home.plan("t")
    home.say("m", "價格掛錯了", urgent=True)
    home.settle()
    token = home.fake.seen[0].text.rsplit("/", 1)[1]
    home.clock.at += 3_600_000
    assert httpx.get(f"{home.house.base}/api/acks/{token}").json()["code"] == "ack.unknown"


def test_a_link_says_who_has_it_when_somebody_was_faster(home: Home) -> None:
    home.bridge("webhook")
    home.plan("t")
    home.say("m", "價格掛錯了", urgent=True, mentions=["lin"])
    home.settle()
    token = home.fake.seen[0].text.rsplit("/", 1)[1]
    do(home.owner, "show", "t", "channel.take", message_id="m")
    answer = httpx.post(f"{home.house.base}/api/acks/{token}")
    assert (answer.status_code, answer.json()["code"]) == (409, "channel.held")
    assert httpx.get(f"{home.house.base}/api/acks/{token}").json()["stage"] == "taken"


@pytest.mark.parametrize("mode", ["rehearsal", "simulated"])
def test_nothing_of_a_rehearsal_leaves_the_house(home: Home, mode: str) -> None:
    for kind in WAYS:
        home.bridge(kind, wants="all")
    asked = home.fake.asked
    home.plan("r", **{mode: True} if mode == "rehearsal" else {"simulated": True})
    home.say("m", "沒聲音", show="r", urgent=True)
    home.say("n", "在嗎", show="r")
    home.settle()
    assert home.fake.asked == asked
    assert home.letters("r") == {}


def test_a_bridge_that_rests_or_is_gone_carries_nothing(home: Home) -> None:
    home.bridge("webhook")
    home.plan("t")
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="webhook", kind="webhook", name="客服群", paused=True)
    home.say("m", "一", urgent=True)
    home.settle()
    assert home.fake.seen == []
    do(home.owner, "workspace", "main", "bridge.remove", bridge_id="webhook")
    home.settle()
    assert home.owner.get("/api/bridges").json() == {"ways": []}
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="webhook", kind="webhook", name="客服群")
    home.say("n", "二", urgent=True)
    home.settle()
    assert home.fake.seen == []  # whoever removes a bridge removes its address


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("dingtalk", "https://evil.example.org/robot/send?access_token=x"),
        ("dingtalk", "http://oapi.dingtalk.com/robot/send?access_token=x"),
        ("dingtalk", "https://oapi.dingtalk.com@evil.example.org/robot/send"),
        ("dingtalk", "https://oapi.dingtalk.com:8443/robot/send"),
        ("wecom", "https://qyapi.weixin.qq.com.evil.example.org/"),
        ("webhook", "http://10.0.0.1/hook"),
        ("webhook", "https://localhost/hook"),
        ("webhook", "https://10.0.0.1/hook"),
        ("webhook", "https://169.254.169.254/hook"),
        ("webhook", "https://[::1]/hook"),
        ("webhook", "file:///etc/passwd"),
        ("webhook", "https://["),
        ("webhook", "https://例子.tw/鉤"),
    ],
)
def test_a_bridge_leads_to_its_messenger_alone(home: Home, kind: str, url: str) -> None:
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="b", kind=kind, name="群")
    answer = home.owner.put("/api/bridges/b/way", json={"url": url, "secret": "s"})
    assert (answer.status_code, answer.json()["code"]) == (422, "outward.unknown_host")


def test_who_owns_the_house_alone_says_where_its_talk_goes_and_nobody_reads_the_secrets(home: Home, tmp_path: Path) -> None:
    del tmp_path
    home.bridge("slack")
    for client in (home.ai, home.lin):
        assert ask(client, "workspace", "main", "bridge.set", bridge_id="x", kind="slack", name="x").status_code == 403
        assert client.put("/api/bridges/slack/way", json={"url": "https://slack.com/api/"}).status_code == 403
        assert client.post("/api/bridges/slack/try").status_code == 403
        assert client.get("/api/bridges").status_code == 403
    told = home.owner.get("/api/bridges").text + home.lin.get("/api/streams/workspace/main/views/bridge.list").text
    assert known.SLACK_TOKEN not in told
    log = home.owner.get("/api/streams/workspace/main/events?limit=1000").text
    assert known.SLACK_TOKEN not in log
    assert home.owner.post("/api/bridges/none/try").status_code == 404


def test_a_way_says_what_it_lacks(home: Home) -> None:
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="s", kind="slack", name="群")
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="d", kind="dingtalk", name="釘")

    def put(bridge_id: str, **way: str) -> str:
        return str(home.owner.put(f"/api/bridges/{bridge_id}/way", json=way).json()["code"])

    assert put("d") == "bridge.address_missing"
    assert put("s") == "bridge.secret_missing"
    assert put("s", secret="xoxb") == "bridge.target_missing"
    assert home.owner.post("/api/bridges/s/try").json()["code"] == "bridge.not_connected"
    line = home.owner.put("/api/bridges/s/way", json={"secret": "xoxb", "target": "C1"}).json()
    assert (line["host"], line["target"], line["secret"]) == ("slack.com", "C1", True)
    kept = home.owner.put("/api/bridges/s/way", json={"target": "C2"}).json()  # the secret stays
    assert (kept["target"], kept["secret"]) == ("C2", True)
    do(home.owner, "workspace", "main", "bridge.set", bridge_id="w", kind="webhook", name="鉤")
    home.owner.put("/api/bridges/w/way", json={"url": "https://one.example.org/hook", "secret": "s"})
    assert put("w", url="https://two.example.org/hook") == "bridge.secret_missing"  # it was given for another
    assert home.owner.put("/api/bridges/w/way", json={"url": "https://one.example.org/other"}).status_code == 200
