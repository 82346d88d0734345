"""DingTalk's custom robot. Status 200 always: what became of a message stands in `errcode` alone."""

import hashlib
import hmac
from base64 import b64encode

from kaibo.fakes.credentials import DINGTALK_SECRET, DINGTALK_TOKEN
from kaibo.fakes.protocol import Judged, Protocol, Rate, Refused, Seen, need, parsed, text_of, within
from kaibo.fakes.wire import Reply, Request

BODY_BYTES = 20_000  # and so many are too many
SENT_MAX = 20  # a minute
PUNISHED_S = 600.0
HOUR_S = 3600.0
TYPES = ("text", "link", "markdown", "actionCard", "feedCard")
LIMITED = Reply.of(
    {
        "status": 1111,
        "wait": 5,
        "source": "x5",
        "punish": "deny",
        "uuid": "00000000000000000000000000000000",
        "errcode": 130101,
        "errmsg": "send too fast, exceed 20 times per minute",
    }
)


def said(errcode: int, errmsg: str) -> Reply:
    """As DingTalk says anything."""
    return Reply.of({"errcode": errcode, "errmsg": errmsg})


class DingTalk(Protocol):
    """One robot of one group, with a signature as its security setting."""

    kind = "dingtalk"
    paths = ("/robot/send",)
    limited = LIMITED
    refused = said(310000, "keywords not in content")

    def __init__(self) -> None:
        self._rate = Rate((SENT_MAX, 60.0))
        self._punished_until = float("-inf")

    def judge(self, request: Request, at: float) -> Judged:
        need(request.query.get("access_token") == DINGTALK_TOKEN, said(300005, "token is not exist"))
        timestamp = request.query.get("timestamp", "")
        need(within(timestamp, at, HOUR_S, units=1000), said(310000, "invalid timestamp"))
        given = request.query.get("sign", "").encode()
        need(hmac.compare_digest(given, _signature(timestamp)), said(310000, "sign not match"))
        need(len(request.body) < BODY_BYTES, said(460101, "message too long"))
        body = parsed(request.body, said(40035, "not a JSON object"))
        message_type = str(body.get("msgtype"))
        need(message_type in TYPES and message_type in body, said(400105, "unsupported message type"))
        self._pace(at)
        text = text_of(body[message_type])
        return said(0, "ok"), Seen(kind="dingtalk", target=DINGTALK_TOKEN, text=text, at=at)

    def _pace(self, at: float) -> None:
        """Who sent too fast once is shut out for ten minutes."""
        need(at >= self._punished_until, LIMITED)
        if not self._rate.admits(at):
            self._punished_until = at + PUNISHED_S
            raise Refused(LIMITED)


def _signature(timestamp_ms: str) -> bytes:
    """Over the time and the secret, by the secret; the query brought it decoded once."""
    signed = f"{timestamp_ms}\n{DINGTALK_SECRET}".encode()
    return b64encode(hmac.digest(DINGTALK_SECRET.encode(), signed, hashlib.sha256))
