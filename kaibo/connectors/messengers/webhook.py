"""Any address of one's own: a signed POST. `X-Kaibo-Signature` is `v1=` and the HMAC-SHA-256 in hex of `timestamp.body` under the secret.

It is taken when the answer is 2xx, and no page; confirmed when it says `{"received": id}` with the id that was sent.
"""

import hashlib
import hmac

import msgspec

from kaibo.connectors.messengers.shape import JSON, Answered, Messenger, Outgoing, Request, Way, by_status, fields_of, unreadable
from kaibo.kit.outward import Answer


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """How a body of that second is signed; a receiver makes the same and lets nothing in that is five minutes old."""
    told = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"v1={told}"


def make(way: Way, letter: Outgoing, at: int) -> Request:
    """`id` is the same each time a letter is sent."""
    timestamp = str(at // 1000)
    body = msgspec.json.encode({"id": letter.key, "text": letter.text, "urgent": letter.urgent, "at": at})
    signed = {"x-kaibo-timestamp": timestamp, "x-kaibo-signature": signature(way.secret, timestamp, body)}
    return Request(url=way.url, headers={**JSON, **signed, "idempotency-key": letter.key}, body=body)


def read(answer: Answer, key: str) -> Answered:
    """Whoever set it up decides what 2xx means there; a receipt that names what it is for is worth more."""
    if (said := by_status(answer)) is not None:
        return said
    if not 200 <= answer.status < 300:
        return Answered(outcome="failed", code=str(answer.status))
    if _is_a_page(answer.body):  # of a network that wants one to sign in, or of whatever else stands at that address
        return unreadable(answer)
    confirmed = (fields_of(answer) or {}).get("received") == key
    return Answered(outcome="confirmed" if confirmed else "sent", remote_id=key[:120] if confirmed else "")


def _is_a_page(body: bytes) -> bool:
    try:
        return body.decode().lstrip().startswith("<")
    except UnicodeDecodeError:
        return True


MESSENGER = Messenger(
    hosts=frozenset({"*"}),
    most=120,
    per_ms=60_000,
    reserve=20,
    text_bytes=20_000,
    make=make,
    read=read,
    knows_again=True,
    needs=("secret",),
)
