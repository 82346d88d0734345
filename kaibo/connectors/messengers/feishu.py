"""Feishu 飛書 and Lark, the custom bot of a group: the sign is in the body, made with key and message the other way round than DingTalk's."""

import base64
import hashlib
import hmac
from typing import Any

import msgspec

from kaibo.connectors.messengers.shape import JSON, Answered, Messenger, Outgoing, Request, Way, by_code, by_status, fields_of
from kaibo.kit.outward import Answer

BUSY = {11232: 5_000, 99991400: 60_000}  # code: how long it is to rest (ms)
MALFORMED = "9499"  # which is also what it says when too many came within a second


def make(way: Way, letter: Outgoing, at: int) -> Request:
    """Timestamps in seconds. What people write calls nobody: `<at …>` is markup there."""
    said: dict[str, Any] = {"msg_type": "text", "content": {"text": letter.text.replace("<", "＜")}}
    if way.secret:
        timestamp = str(at // 1000)
        told = hmac.new(f"{timestamp}\n{way.secret}".encode(), b"", hashlib.sha256).digest()
        said = {"timestamp": timestamp, "sign": base64.b64encode(told).decode(), **said}
    return Request(url=way.url, headers=JSON, body=msgspec.json.encode(said))


def read(answer: Answer, _: str) -> Answered:
    """By the body's code; older bots say StatusCode."""
    found = fields_of(answer) or {}
    said = by_status(answer) or by_code(answer, found.get("code", found.get("StatusCode")), BUSY)
    if said.code == MALFORMED and "too many" in str(found.get("msg", "")).lower():
        return Answered(outcome="limited", code=MALFORMED, wait_ms=BUSY[11232])
    return said


MESSENGER = Messenger(
    hosts=frozenset({"open.feishu.cn", "open.larksuite.com"}),
    most=90,
    per_ms=60_000,
    reserve=20,
    text_bytes=18_000,
    make=make,
    read=read,
)
