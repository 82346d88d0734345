"""Feishu's (Lark's) custom bot. The signature stands in the body; what became of a message stands in `code`."""

import hashlib
import hmac
from base64 import b64encode

from kaibo.fakes.credentials import FEISHU_SECRET, FEISHU_TOKEN
from kaibo.fakes.protocol import Judged, Protocol, Rate, Seen, need, parsed, text_of, within
from kaibo.fakes.wire import Reply, Request

PATH = "/open-apis/bot/v2/hook/"
BODY_BYTES_MAX = 20 * 1024
HOUR_S = 3600.0
TYPES = {"text": "content", "post": "content", "image": "content", "share_chat": "content", "interactive": "card"}


def failed(code: int, msg: str) -> Reply:
    """As Feishu says no."""
    return Reply.of({"code": code, "msg": msg, "data": {}})


ACCEPTED = Reply.of({"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"})
UNSIGNED = failed(19021, "sign match fail or timestamp is not within one hour from current time")


class Feishu(Protocol):
    """One bot of one group, with a signature as its security setting."""

    kind = "feishu"
    paths = (PATH,)
    limited = failed(11232, "frequency limited")
    refused = failed(19024, "Key Words Not Found")

    def __init__(self) -> None:
        self._rate = Rate((100, 60.0), (5, 1.0))

    def takes(self, path: str) -> bool:
        return path.startswith(PATH)

    def judge(self, request: Request, at: float) -> Judged:
        need(len(request.body) <= BODY_BYTES_MAX, failed(9499, "Bad Request: the body is larger than 20 KB"))
        body = parsed(request.body, failed(9499, "Bad Request"))
        need(
            request.path.removeprefix(PATH) == FEISHU_TOKEN,
            failed(19001, "param invalid: incoming webhook access token invalid"),
        )
        timestamp = str(body.get("timestamp", ""))
        need(within(timestamp, at, HOUR_S), UNSIGNED)
        need(hmac.compare_digest(str(body.get("sign", "")).encode(), _signature(timestamp)), UNSIGNED)
        part = TYPES.get(str(body.get("msg_type")), "")
        need(body.get(part), failed(19002, "params error"))
        need(self._rate.admits(at), self.limited)
        return ACCEPTED, Seen(kind="feishu", target=FEISHU_TOKEN, text=text_of(body[part]), at=at)


def _signature(timestamp: str) -> bytes:
    """Over nothing, by the time and the secret: the other way round than everybody else does it."""
    return b64encode(hmac.digest(f"{timestamp}\n{FEISHU_SECRET}".encode(), b"", hashlib.sha256))
