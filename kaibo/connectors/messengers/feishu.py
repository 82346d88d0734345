"""Feishu 飛書 and Lark, the custom bot of a group: the sign is in the body, made with key and message the other way round than DingTalk's."""

import base64
import hashlib
import hmac
from typing import Any

import msgspec

from kaibo.connectors.messengers.shape import JSON, Answered, Messenger, Outgoing, Request, Way, by_status, fields_of, unreadable
from kaibo.kit.outward import Answer

BUSY = {11232: 5_000, 99991400: 60_000}  # code: how long it is to rest (ms)
MALFORMED = 9499  # which is also what it says when too many came within a second


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
    if (said := by_status(answer)) is not None:
        return said
    found = fields_of(answer)
    code = None if found is None else found.get("code", found.get("StatusCode"))
    if not isinstance(code, int):
        return unreadable(answer)
    if code == 0 and answer.status < 300:
        return Answered(outcome="sent")
    if code in BUSY:
        return Answered(outcome="limited", code=str(code), wait_ms=BUSY[code])
    if code == MALFORMED and "too many" in str((found or {}).get("msg", "")).lower():
        return Answered(outcome="limited", code=str(code), wait_ms=BUSY[11232])
    return Answered(outcome="failed", code=str(code))


MESSENGER = Messenger(
    hosts=frozenset({"open.feishu.cn", "open.larksuite.com"}),
    most=90,
    per_ms=60_000,
    reserve=20,
    text_bytes=18_000,
    make=make,
    read=read,
)
