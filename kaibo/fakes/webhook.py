"""Somebody's own door: a signed request as this house sends it to whoever has no messenger that is known here."""

import hashlib
import hmac

from kaibo.fakes.credentials import WEBHOOK_SECRET
from kaibo.fakes.protocol import Judged, Protocol, Seen, need, parsed, within
from kaibo.fakes.wire import Reply, Request

ALLOWED_S = 300.0  # what clocks may differ by; an older request is one that somebody kept


def failed(status: int, error: str) -> Reply:
    """As it says no."""
    return Reply.of({"error": error}, status)


class Webhook(Protocol):
    """Remembers what it answered to which key."""

    kind = "webhook"
    paths = ("/hook",)
    limited = Reply.of({"error": "too many requests"}, 429, {"Retry-After": "1"})
    refused = failed(422, "refused")

    def __init__(self) -> None:
        self._answered: dict[str, Reply] = {}

    def judge(self, request: Request, at: float) -> Judged:
        timestamp = request.headers.get("x-kaibo-timestamp", "")
        need(within(timestamp, at, ALLOWED_S), failed(401, "the timestamp is missing or not within 300 seconds"))
        given = request.headers.get("x-kaibo-signature", "").encode()
        need(hmac.compare_digest(given, _signature(timestamp, request.body)), failed(401, "the signature does not match"))
        key = request.headers.get("idempotency-key", "")
        if key in self._answered:
            return self._answered[key], None
        malformed = failed(400, "an object with the texts `id` and `text` is wanted")
        body = parsed(request.body, malformed)
        received, text = body.get("id"), body.get("text")
        if not (isinstance(received, str) and received and isinstance(text, str)):
            return malformed, None
        reply = Reply.of({"received": received})
        if key:
            self._answered[key] = reply
        return reply, Seen(kind="webhook", target=request.path, text=text, key=key, at=at)


def _signature(timestamp: str, body: bytes) -> bytes:
    """Over the time and the body as it came, byte by byte."""
    return f"v1={hmac.digest(WEBHOOK_SECRET.encode(), f'{timestamp}.'.encode() + body, hashlib.sha256).hex()}".encode()
