"""A push service as a browser's maker runs one (RFC 8030, 8188, 8291, 8292), and the browsers behind it that read what came."""

import contextlib
import re
import secrets
import socket
import struct
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any, Self

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

BODY_BYTES_MAX = 4096  # what RFC 8030 makes every push service take; real ones take no more
HEADER_BYTES = 16 + 4 + 1 + 65  # salt, record size, length of the sender's key, the key


def base64url(raw: bytes) -> str:
    """Without padding, as everything about Web Push is written."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True)
class Subscription:
    """What a browser hands to the page, and the two secrets it keeps to itself."""

    subscription_id: str
    endpoint: str
    p256dh: str
    auth: str
    server_key: str | None  # the only sender it takes messages from, if the page named one
    private_key: ec.EllipticCurvePrivateKey = field(repr=False)
    auth_secret: bytes = field(repr=False)

    def read(self, body: bytes) -> str:
        """The text inside; ValueError or ECEException if this browser would throw the message away."""
        record_bytes = len(body) - HEADER_BYTES
        # http_ece takes no record for an empty text, and many records for one text; RFC 8291 wants one, and room in it
        if record_bytes < 1 + 16 or struct.unpack("!L", body[16:20])[0] <= record_bytes:
            raise ValueError("not one whole record")
        return http_ece.decrypt(body, private_key=self.private_key, auth_secret=self.auth_secret, version="aes128gcm").decode()  # pyright: ignore[reportUnknownMemberType]


@dataclass(frozen=True)
class Delivered:
    """A message that was taken, with what its sender asked for."""

    subscription_id: str
    text: str
    ttl_s: int
    urgency: str
    topic: str | None
    vapid_subject: str
    vapid_key: str


@dataclass(frozen=True)
class Answer:
    """What a request gets; without a status the connection is cut."""

    status: int | None = 201
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    delay_s: float = 0.0
    reason: str = ""


class Refused(Exception):
    """A request the service does not take: the status and why."""


class PushService:
    """Serves from entry to exit. `clock` gives the seconds since 1970 by which tokens are judged."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.delivered: list[Delivered] = []  # all that was ever taken
        self.answers: list[int | None] = []  # the status of every request; None where the connection was cut
        self.unreadable = 0  # bodies their browser could not have read
        self._changed = threading.Condition()  # held for whatever takes more than one step
        self.ended = threading.Event()
        self._subscriptions: dict[str, Subscription] = {}
        self._expired: set[str] = set()
        self._planned: deque[Answer] = deque()
        self._waiting: dict[str, list[Delivered]] = {}
        self._server = ThreadingTCPServer(("127.0.0.1", 0), type("_Bound", (_Exchange,), {"service": self}))
        self._server.socket.listen(128)  # a crowd is told at once; five in the queue are the default
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def subscribe(self, server_key: str | None = None) -> Subscription:
        """A browser subscribes; with the sender's public key it takes messages from that sender alone."""
        private_key = ec.generate_private_key(ec.SECP256R1())
        point = private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        name, secret = secrets.token_urlsafe(16), secrets.token_bytes(16)
        endpoint = f"{self.origin}/push/{name}"
        made = Subscription(name, endpoint, base64url(point), base64url(secret), server_key, private_key, secret)
        self._subscriptions[name] = made
        return made

    def expire(self, subscription: Subscription) -> None:
        """The browser is gone: 410 from now on."""
        self._expired.add(subscription.subscription_id)

    def answer_next(self, status: int | None, headers: Mapping[str, str] | None = None, delay_s: float = 0.0) -> None:
        """Plan the answer to the next request that has none planned; with 201 it is judged as ever, and only answered late."""
        self._planned.append(Answer(status, headers or {}, delay_s, "as planned"))

    def reset_next(self) -> None:
        """Plan to cut the connection instead of an answer."""
        self.answer_next(None)

    def waiting(self, subscription: Subscription, *, collect: bool = False) -> list[Delivered]:
        """What the browser gets when it comes back, of each topic the last; `collect` is its coming back."""
        with self._changed:
            return list((self._waiting.pop if collect else self._waiting.get)(subscription.subscription_id, []))

    def wait_for(self, count: int, timeout_s: float = 30.0) -> list[Delivered]:
        """All that was delivered, as soon as it is so many."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.delivered) >= count, timeout_s):
                raise AssertionError(f"{count} messages wanted; delivered {self.delivered}, answered {self.answers}")
            return list(self.delivered)

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        with self._changed:
            answer = self._planned.popleft() if self._planned else Answer()
            if answer.status == 201:
                try:
                    self._take(path.removeprefix("/push/"), headers, body)
                    place = f"{self.origin}/message/{len(self.delivered)}"
                    answer = replace(answer, headers={"Location": place, **answer.headers})
                except Refused as refused:
                    answer = replace(answer, status=refused.args[0], reason=refused.args[1])
            self.answers.append(answer.status)
            self._changed.notify_all()
            return answer

    def _take(self, name: str, headers: Mapping[str, str], body: bytes) -> None:
        _need(name in self._subscriptions, 404, "no such subscription")
        _need(name not in self._expired, 410, "the subscription has expired")
        ttl, topic, urgency = headers.get("ttl", ""), headers.get("topic"), headers.get("urgency", "normal")
        _need(re.fullmatch("[0-9]+", ttl), 400, "TTL must be a number of seconds")
        _need(topic is None or re.fullmatch("[A-Za-z0-9_-]{1,32}", topic), 400, "Topic must be up to 32 base64url characters")
        _need(urgency in ("very-low", "low", "normal", "high"), 400, "Urgency must be very-low, low, normal or high")
        _need(headers.get("content-encoding") == "aes128gcm", 415, "Content-Encoding must be aes128gcm")
        _need(len(body) <= BODY_BYTES_MAX, 413, f"no more than {BODY_BYTES_MAX} bytes")
        subject, key = self._sender(headers.get("authorization", ""))
        _need(self._subscriptions[name].server_key in (None, key), 403, "the subscription is for another sender")
        try:
            message = Delivered(name, self._subscriptions[name].read(body), int(ttl), urgency, topic, subject, key)
        except (http_ece.ECEException, ValueError) as error:
            self.unreadable += 1
            # a real service holds no keys and would answer 201; here the test should hear of it
            raise Refused(400, f"the browser cannot read it: {error}") from error
        others = [each for each in self._waiting.get(name, []) if topic is None or each.topic != topic]
        self._waiting[name] = [*others, message]
        self.delivered.append(message)

    def _sender(self, authorization: str) -> tuple[str, str]:
        given: dict[str, str] = dict(re.findall(r"[\s,]([tk])=([\w.-]+)", authorization))
        _need(authorization.lower().startswith("vapid ") and len(given) == 2, 401, "Authorization must be vapid t=, k=")
        try:
            point = urlsafe_b64decode(given["k"] + "==")
            _need(len(point) == 65 and point[0] == 4, 403, "k must be an uncompressed point")
            key = ECKey.import_key({"kty": "EC", "crv": "P-256", "x": base64url(point[1:33]), "y": base64url(point[33:])})
            claims: dict[str, Any] = jwt.decode(given["t"], key, algorithms=["ES256"]).claims
            _need(0 < claims["exp"] - self.clock() <= 24 * 60 * 60, 403, "exp must be within the next 24 hours")
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise Refused(403, f"the token does not hold: {error}") from error
        _need(claims.get("aud") == self.origin, 403, f"aud must be {self.origin}")
        _need(re.match("mailto:|https:", str(claims.get("sub"))), 403, "sub must be a mailto: or an https: address")
        return claims["sub"], given["k"]


def _need(holds: object, status: int, reason: str) -> None:
    if not holds:
        raise Refused(status, reason)


class _Exchange(BaseHTTPRequestHandler):
    service: PushService
    timeout = 5  # a line that says nothing must not hold up the end

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.service.answer(self.path, headers, body)
        self.service.ended.wait(answer.delay_s)
        if answer.status is None:
            # closed without lingering, the line is reset: the sender sees an error and no orderly end
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        self.send_response_only(answer.status)  # which prints nothing
        for name, value in {**answer.headers, "Content-Length": str(len(answer.reason))}.items():
            self.send_header(name, value)
        with contextlib.suppress(ConnectionError):  # the sender may not have waited
            self.end_headers()
            self.wfile.write(answer.reason.encode("ascii", "replace"))
