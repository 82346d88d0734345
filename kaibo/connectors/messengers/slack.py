"""Slack, Web API: chat.postMessage with a bot token. It refuses with 200 and `ok: false`, and is busy with 429."""

import msgspec

from kaibo.connectors.messengers.shape import JSON, Answered, Messenger, Outgoing, Request, Way, by_status, fields_of, unreadable
from kaibo.kit.outward import Answer

BUSY = ("ratelimited", "rate_limited", "message_limit_exceeded")
DOWN = ("service_unavailable", "request_timeout")
BROKEN = ("internal_error", "fatal_error")  # some of it may have been done


def make(way: Way, letter: Outgoing, at: int) -> Request:
    """Plain text: what people write is no markup of Slack's."""
    del at
    text = letter.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    metadata = {"event_type": "kaibo_letter", "event_payload": {"key": letter.key}}
    body = msgspec.json.encode({"channel": way.target, "text": text, "unfurl_links": False, "metadata": metadata})
    url = f"{way.url.rstrip('/')}/chat.postMessage"
    return Request(url=url, headers={**JSON, "authorization": f"Bearer {way.secret}"}, body=body)


def read(answer: Answer, _: str) -> Answered:
    """`ts` is how Slack calls the message: who has it can find it there."""
    if (said := by_status(answer)) is not None:
        return said
    found = fields_of(answer)
    if found is None or "ok" not in found:
        return unreadable(answer)
    if found["ok"] is True and answer.status < 300:
        ts = str(found.get("ts", ""))
        return Answered(outcome="confirmed" if ts else "sent", remote_id=ts[:120])
    code = str(found.get("error", "unknown"))[:80]
    if code in BUSY:
        return Answered(outcome="limited", code=code)
    return Answered(outcome="unreached" if code in DOWN else "unknown" if code in BROKEN else "failed", code=code)


MESSENGER = Messenger(
    hosts=frozenset({"slack.com", "slack-gov.com"}),
    most=20,
    per_ms=20_000,
    reserve=5,
    text_bytes=12_000,
    make=make,
    read=read,
    needs=("secret", "target"),
    url="https://slack.com/api/",
)
