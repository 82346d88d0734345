"""DingTalk 釘釘, the robot of a group: a signed POST. It answers 200 whatever became of it; over twenty a minute it is shut for ten minutes."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from kaibo.connectors.messengers.shape import JSON, Answered, Messenger, Outgoing, Request, Way, by_code, by_status, fields_of
from kaibo.kit.outward import Answer

BUSY = {130101: 600_000, 90030: 60_000}  # errcode: how long it is shut (ms)
DOWN = (-1,)


def make(way: Way, letter: Outgoing, at: int) -> Request:
    """The sign is encoded once: twice is refused by the real one, and taken by nobody's notice."""
    parts = urlsplit(way.url)
    query = dict(parse_qsl(parts.query))
    if way.secret:
        told = hmac.new(way.secret.encode(), f"{at}\n{way.secret}".encode(), hashlib.sha256).digest()
        query |= {"timestamp": str(at), "sign": base64.b64encode(told).decode()}
    body = msgspec.json.encode({"msgtype": "text", "text": {"content": letter.text}, "at": {"isAtAll": letter.urgent}})
    return Request(url=urlunsplit(parts._replace(query=urlencode(query))), headers=JSON, body=body)


def read(answer: Answer, _: str) -> Answered:
    """By the body's errcode; no message of it can be found again, so it is never more than sent."""
    return by_status(answer) or by_code(answer, (fields_of(answer) or {}).get("errcode"), BUSY, DOWN)


MESSENGER = Messenger(
    hosts=frozenset({"oapi.dingtalk.com", "api.dingtalk.com"}),
    most=18,  # of twenty: the clocks of two machines differ, and one too many shuts the robot for ten minutes
    per_ms=60_000,
    reserve=5,
    text_bytes=18_000,
    make=make,
    read=read,
)
