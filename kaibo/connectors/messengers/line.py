"""LINE, Messaging API: push to a group, a room or a person. It knows by a key what it took before."""

import uuid
from typing import Any

import msgspec

from kaibo.connectors.messengers.shape import JSON, Answered, Messenger, Outgoing, Request, Way, by_status, fields_of, unreadable
from kaibo.kit.outward import Answer

SPACE = uuid.UUID("6f6b8f0e-2a0e-5c0a-9a5d-0f7d7a1f3c11")  # under which keys of letters become the UUIDs that LINE asks for


def make(way: Way, letter: Outgoing, at: int) -> Request:
    """Its retry key is the same each time a letter is sent."""
    del at
    body = msgspec.json.encode({"to": way.target, "messages": [{"type": "text", "text": letter.text}]})
    headers = {**JSON, "authorization": f"Bearer {way.secret}", "x-line-retry-key": str(uuid.uuid5(SPACE, letter.key))}
    return Request(url=f"{way.url.rstrip('/')}/v2/bot/message/push", headers=headers, body=body)


def read(answer: Answer, _: str) -> Answered:
    """409 says that it took this very letter before."""
    found = fields_of(answer) or {}
    named = _named(found.get("sentMessages"))
    if answer.status == 409 and "x-line-accepted-request-id" in answer.headers:
        return Answered(outcome="confirmed", remote_id=named or answer.headers["x-line-accepted-request-id"][:120])
    if answer.status >= 400:
        return _refused(answer, str(found.get("message", "")))
    if answer.status != 200 or "sentMessages" not in found:
        return unreadable(answer)
    return Answered(outcome="confirmed" if named else "sent", remote_id=named[:120])


def _refused(answer: Answer, message: str) -> Answered:
    """Busy, broken, or no: that the month is used up is not over in a while."""
    used_up = answer.status == 429 and "monthly limit" in message
    said = None if used_up else by_status(answer)
    return said or Answered(outcome="failed", code=f"{answer.status} {'monthly limit' if used_up else message}"[:80].strip())


def _named(sent: Any) -> str:
    first = sent[0] if isinstance(sent, list) and sent else None  # pyright: ignore[reportUnknownVariableType]
    return str(first.get("id", "")) if isinstance(first, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


MESSENGER = Messenger(
    hosts=frozenset({"api.line.me"}),
    most=100,
    per_ms=60_000,
    reserve=20,
    text_bytes=5_000,  # LINE counts 5,000 signs: never more than as many bytes
    make=make,
    read=read,
    knows_again=True,
    needs=("secret", "target"),
    url="https://api.line.me",
)
