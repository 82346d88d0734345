"""Each messenger as its makers describe it. Signatures are worked out here once more, and once by openssl."""

import base64
import hashlib
import hmac
from typing import Any

import httpx
import pytest

from kaibo.fakes.messenger import Messenger
from kaibo.fakes.tests.conftest import NOW, Clock

pytestmark = pytest.mark.anyio
SLACK = {"Authorization": "Bearer xoxb-fake-token"}
LINE = {"Authorization": "Bearer fake-line-token"}
LINE_TO = "C00000000000000000000000000000001"
RETRY_KEY = "123e4567-e89b-12d3-a456-426614174000"
WECOM = "/cgi-bin/webhook/send?key=fake-wecom-key"
FEISHU = "/open-apis/bot/v2/hook/fake-feishu-token"


def hashed(key: str, text: str) -> bytes:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()


def ding_sign(ms: int, by: str = "SECfake") -> dict[str, str]:
    sign = base64.b64encode(hashed(by, f"{ms}\n{by}")).decode()
    return {"access_token": "fake-dingtalk-token", "timestamp": str(ms), "sign": sign}


def feishu_body(text: str, seconds: int = NOW, by: str = "fake-feishu-secret") -> dict[str, Any]:
    sign = base64.b64encode(hashed(f"{seconds}\n{by}", "")).decode()
    return {"timestamp": str(seconds), "sign": sign, "msg_type": "text", "content": {"text": text}}


def hook(text: str, seconds: int = NOW, by: str = "fake-webhook-secret", key: str = "k1") -> dict[str, Any]:
    body = f'{{"id":"m1","text":"{text}"}}'
    sign = f"v1={hashed(by, f'{seconds}.{body}').hex()}"
    headers = {"X-Kaibo-Timestamp": str(seconds), "X-Kaibo-Signature": sign, "Idempotency-Key": key}
    return {"content": body.encode(), "headers": headers}


def in_text(text: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": text}}


def pushed(*texts: str, to: str = LINE_TO) -> dict[str, Any]:
    return {"to": to, "messages": [{"type": "text", "text": each} for each in texts]}


def test_the_rules_of_signing_agree_with_openssl() -> None:
    assert ding_sign(1_700_000_000_000)["sign"] == "stL8JpxOChrDWUKKBhnJJGK7/vGzirY/DjP66KVSfJk="
    assert feishu_body("")["sign"] == "jk+UCQsbDX4Iyf43uFjAWk9zxcAwZQ3kRNcZkwvPrkA="
    assert hook("開播")["headers"]["X-Kaibo-Signature"] == "v1=027608c2a46b81f2872358f821359273f478bff2f395b60d665dcf06e0c506ea"


# slack
async def post(web: httpx.AsyncClient, **asked: Any) -> dict[str, Any]:
    answer = await web.post("/api/chat.postMessage", json={"channel": "C1", **asked}, headers=SLACK)
    assert answer.status_code == 200
    return answer.json()


async def test_slack_takes_json_and_forms(web: httpx.AsyncClient, fake: Messenger) -> None:
    metadata = {"event_type": "kaibo", "event_payload": {"nonce": "n1"}}
    first = await post(web, text="開播", metadata=metadata)
    assert first["ok"]
    assert first["message"]["text"] == "開播"
    form = {"channel": "C1", "text": "再播", "metadata": '{"event_type":"kaibo","event_payload":{"nonce":"n2"}}'}
    second = (await web.post("/api/chat.postMessage", data=form, headers=SLACK)).json()
    assert (first["ts"], second["ts"]) == ("1700000000.000000", "1700000000.000001")
    assert [(each.kind, each.target, each.text, each.key) for each in fake.seen] == [
        ("slack", "C1", "開播", "n1"),
        ("slack", "C1", "再播", "n2"),
    ]
    assert (await web.post("/api/auth.test", headers=SLACK)).json()["ok"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"channel": "nowhere", "text": "a"}, "channel_not_found"),
        ({"text": ""}, "no_text"),
        ({"text": "a" * 40_001}, "msg_too_long"),
        ({"text": "a", "metadata": {"nonce": "n"}}, "invalid_metadata_format"),
    ],
)
async def test_slack_refuses_with_status_200(web: httpx.AsyncClient, fake: Messenger, asked: dict[str, Any], error: str) -> None:
    assert await post(web, **asked) == {"ok": False, "error": error}
    assert (fake.seen, fake.asked) == ([], 1)


async def test_slack_knows_its_token(web: httpx.AsyncClient) -> None:
    wrong = await web.post("/api/auth.test", headers={"Authorization": "Bearer xoxb-other"})
    assert (wrong.status_code, wrong.json()["error"]) == (200, "invalid_auth")
    assert (await web.post("/api/auth.test")).json()["error"] == "not_authed"


async def test_slack_channels_take_a_burst_and_then_one_a_second(web: httpx.AsyncClient, clock: Clock) -> None:
    for _ in range(30):
        assert (await post(web, text="a"))["ok"]
    asked = {"json": {"channel": "C1", "text": "a"}, "headers": SLACK}
    answer = await web.post("/api/chat.postMessage", **asked)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    clock.now += 1
    assert (await post(web, text="a"))["ok"]
    assert (await web.post("/api/chat.postMessage", **asked)).status_code == 429


async def test_slack_shows_what_stands_in_a_channel(web: httpx.AsyncClient) -> None:
    metadata = {"event_type": "kaibo", "event_payload": {"nonce": "n1"}}
    one, two, three = [(await post(web, text=text, metadata=metadata))["ts"] for text in ("1", "2", "3")]
    await post(web, text="in the thread", thread_ts=two)

    async def history(**asked: Any) -> list[dict[str, Any]]:
        answer = (await web.get("/api/conversations.history", params={"channel": "C1", **asked}, headers=SLACK)).json()
        return answer["messages"]

    assert [each["text"] for each in await history()] == ["3", "2", "1"]
    assert [each["ts"] for each in await history(oldest=one, latest=three)] == [two]
    assert [each["ts"] for each in await history(oldest=two, latest=two, inclusive="true")] == [two]
    assert [each.get("metadata") for each in await history(limit=1)] == [None]
    assert [each["metadata"] for each in await history(limit=1, include_all_metadata="true")] == [metadata]
    asked = {"channel": "C1", "ts": two}
    thread = (await web.post("/api/conversations.replies", json=asked, headers=SLACK)).json()["messages"]
    assert [each["text"] for each in thread] == ["2", "in the thread"]
    bad = await web.post("/api/conversations.history", json={"channel": "C1", "oldest": "NaN"}, headers=SLACK)
    assert bad.json()["error"] == "invalid_ts_oldest"


# dingtalk
async def ding(web: httpx.AsyncClient, query: dict[str, str], text: str = "開播") -> int:
    answer = await web.post("/robot/send", params=query, json=in_text(text))
    assert answer.status_code == 200
    return answer.json()["errcode"]


async def test_dingtalk_takes_what_is_signed(web: httpx.AsyncClient, fake: Messenger) -> None:
    answer = await web.post("/robot/send", params=ding_sign(NOW * 1000), json=in_text("開播"))
    assert answer.json() == {"errcode": 0, "errmsg": "ok"}
    card = {"msgtype": "actionCard", "actionCard": {"title": "t", "text": "收到", "singleTitle": "ok"}}
    assert (await web.post("/robot/send", params=ding_sign(NOW * 1000), json=card)).json()["errcode"] == 0
    assert [each.text for each in fake.seen] == ["開播", "收到"]


async def test_dingtalk_refuses_what_does_not_hold(web: httpx.AsyncClient, fake: Messenger) -> None:
    ms = NOW * 1000
    encoded_twice = {**ding_sign(ms), "sign": ding_sign(ms)["sign"].replace("=", "%3D")}
    assert await ding(web, encoded_twice) == 310000
    assert await ding(web, {"access_token": "fake-dingtalk-token"}) == 310000
    assert await ding(web, ding_sign(ms, "SECother")) == 310000
    assert await ding(web, ding_sign(NOW)) == 310000
    assert await ding(web, ding_sign(ms - 3_600_001)) == 310000
    assert await ding(web, {**ding_sign(ms), "access_token": "other"}) == 300005
    assert await ding(web, ding_sign(ms), "a" * 20_000) == 460101
    assert fake.seen == []
    assert await ding(web, ding_sign(ms - 3_600_000)) == 0


async def test_dingtalk_shuts_out_for_ten_minutes_who_sends_too_fast(web: httpx.AsyncClient, clock: Clock) -> None:
    assert {await ding(web, ding_sign(NOW * 1000)) for _ in range(20)} == {0}
    over = await web.post("/robot/send", params=ding_sign(NOW * 1000), json=in_text("a"))
    assert (over.status_code, over.json()["status"], over.json()["errcode"]) == (200, 1111, 130101)
    clock.now += 599
    assert await ding(web, ding_sign(NOW * 1000)) == 130101
    clock.now += 1
    assert await ding(web, ding_sign(NOW * 1000)) == 0


# feishu
async def feishu(web: httpx.AsyncClient, body: dict[str, Any]) -> int:
    answer = await web.post(FEISHU, json=body)
    assert answer.status_code == 200
    return answer.json()["code"]


async def test_feishu_takes_what_is_signed(web: httpx.AsyncClient, fake: Messenger) -> None:
    answer = (await web.post(FEISHU, json=feishu_body("開播"))).json()
    assert (answer["code"], answer["msg"], answer["data"], answer["StatusCode"]) == (0, "success", {}, 0)
    card = {"msg_type": "interactive", "card": {"elements": [{"tag": "div", "text": {"content": "收到", "tag": "lark_md"}}]}}
    assert await feishu(web, {**feishu_body(""), **card}) == 0
    assert [each.text for each in fake.seen] == ["開播", "收到"]


async def test_feishu_refuses_what_does_not_hold(web: httpx.AsyncClient, fake: Messenger) -> None:
    assert await feishu(web, feishu_body("a", by="other")) == 19021
    assert await feishu(web, feishu_body("a", NOW - 3601)) == 19021
    assert await feishu(web, in_text("a")) == 19021
    assert await feishu(web, feishu_body("a" * 20_480)) == 9499
    assert (await web.post("/open-apis/bot/v2/hook/other", json=feishu_body("a"))).json()["code"] == 19001
    assert fake.seen == []


async def test_feishu_takes_five_a_second_and_a_hundred_a_minute(web: httpx.AsyncClient, clock: Clock) -> None:
    for _ in range(20):
        assert {await feishu(web, feishu_body("a")) for _ in range(5)} == {0}
        assert await feishu(web, feishu_body("a")) == 11232
        clock.now += 1
    assert await feishu(web, feishu_body("a")) == 11232
    clock.now = NOW + 60
    assert await feishu(web, feishu_body("a")) == 0


# wecom
async def test_wecom_takes_what_comes_with_its_key(web: httpx.AsyncClient, fake: Messenger) -> None:
    assert (await web.post(WECOM, json=in_text("開播"))).json() == {"errcode": 0, "errmsg": "ok"}
    assert (await web.post("/cgi-bin/webhook/send?key=other", json=in_text("a"))).json()["errcode"] == 93000
    assert (await web.post(WECOM, json=in_text("播" * 683))).json()["errcode"] == 40058
    assert (await web.post(WECOM, json=in_text("播" * 682))).json()["errcode"] == 0
    assert (await web.post(WECOM, content=b"?")).json()["errcode"] == 47001
    assert [each.text[:2] for each in fake.seen] == ["開播", "播播"]


async def test_wecom_takes_twenty_a_minute(web: httpx.AsyncClient, clock: Clock) -> None:
    codes = [(await web.post(WECOM, json=in_text("a"))).json()["errcode"] for _ in range(21)]
    assert codes == [0] * 20 + [45009]
    clock.now += 60
    assert (await web.post(WECOM, json=in_text("a"))).json()["errcode"] == 0


# line
async def push(web: httpx.AsyncClient, body: Any, **headers: str) -> httpx.Response:
    return await web.post("/v2/bot/message/push", json=body, headers={**LINE, **headers})


async def test_line_accepts_a_retry_key_once(web: httpx.AsyncClient, fake: Messenger) -> None:
    key = {"X-Line-Retry-Key": RETRY_KEY}
    first = await push(web, pushed("開播", "再播"), **key)
    assert first.status_code == 200
    assert [set(each) for each in first.json()["sentMessages"]] == [{"id", "quoteToken"}] * 2
    again = await push(web, pushed("開播", "再播"), **key)
    assert again.status_code == 409
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert again.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert again.json()["sentMessages"] == first.json()["sentMessages"]
    assert [(each.text, each.key) for each in fake.seen] == [("開播\n再播", RETRY_KEY)]


async def test_line_refuses_what_does_not_hold(web: httpx.AsyncClient, fake: Messenger) -> None:
    assert (await push(web, pushed("a"), Authorization="Bearer other")).status_code == 401
    assert (await push(web, pushed("a"), **{"X-Line-Retry-Key": "1"})).status_code == 400
    for body in (pushed(), pushed(*"abcdef"), pushed("a", to="me"), pushed(""), pushed("播" * 5001), pushed("😀" * 2501), []):
        assert (await push(web, body)).status_code == 400
    assert fake.seen == []
    assert (await push(web, pushed("😀" * 2500))).status_code == 200


# webhook
async def test_a_webhook_counts_a_key_once(web: httpx.AsyncClient, fake: Messenger) -> None:
    answers = [await web.post("/hook", **hook("開播", NOW + late)) for late in (0, 1)]
    assert [(each.status_code, each.json()) for each in answers] == [(200, {"received": "m1"})] * 2
    assert (await web.post("/hook", **hook("開播", key="k2"))).status_code == 200
    assert [(each.text, each.key) for each in fake.seen] == [("開播", "k1"), ("開播", "k2")]


async def test_a_webhook_refuses_what_does_not_hold(web: httpx.AsyncClient, fake: Messenger) -> None:
    changed = {**hook("開播"), "content": hook("停播")["content"]}
    for asked in (hook("a", by="other"), hook("a", NOW - 301), hook("a", NOW + 301), changed, {"content": b"{}"}):
        assert (await web.post("/hook", **asked)).status_code == 401
    assert (await web.post("/hook", **hook('"'))).status_code == 400
    assert fake.seen == []
