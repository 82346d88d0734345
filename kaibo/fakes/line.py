"""LINE's push messages. A retry key makes a repeated push harmless: the second is told that the first was accepted."""

from itertools import count
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from kaibo.fakes.credentials import LINE_TOKEN
from kaibo.fakes.protocol import Judged, Protocol, Rate, Refused, Seen, need
from kaibo.fakes.wire import Reply, Request

TEXT_MAX = 5000  # units of UTF-16
PUSHED_MAX = 2000  # a second
KINDS = ("text", "textV2", "sticker", "image", "video", "audio", "location", "imagemap", "template", "flex")


class PushedMessage(msgspec.Struct, frozen=True):
    """What is read of a message; of one that is drawn, what stands in its place where it cannot be."""

    type: str
    text: str = ""
    alt_text: str = msgspec.field(default="", name="altText")


class Push(msgspec.Struct, frozen=True):
    """To one person, group or room."""

    to: Annotated[str, Meta(pattern=r"^[CRU][0-9a-f]{32}\Z")]
    messages: Annotated[tuple[PushedMessage, ...], Meta(min_length=1, max_length=5)]


def failed(status: int, message: str) -> Reply:
    """As LINE says no."""
    return Reply.of({"message": message}, status)


class LineAccount(Protocol):
    """One official account."""

    kind = "line"
    paths = ("/v2/bot/message/push",)
    limited = failed(429, "The API rate limit has been exceeded. Try again later.")
    refused = failed(400, "Failed to send messages")

    def __init__(self) -> None:
        self._rate = Rate((PUSHED_MAX, 1.0))
        self._asked = count(1)
        self._sent = count(100_000_000_000_000_001)
        self._accepted: dict[UUID, tuple[str, list[dict[str, str]]]] = {}  # by retry key: the request, and what it sent

    def judge(self, request: Request, at: float) -> Judged:
        request_id = str(UUID(int=next(self._asked)))
        try:
            reply, seen = self._judged(request, request_id, at)
        except Refused as refused:
            reply, seen = refused.reply, None
        return Reply(reply.body, reply.status, {**reply.headers, "x-line-request-id": request_id}), seen

    def _judged(self, request: Request, request_id: str, at: float) -> Judged:
        need(request.bearer == LINE_TOKEN, failed(401, "Authentication failed. Confirm that the access token is valid."))
        need(self._rate.admits(at), self.limited)
        key = _retry_key(request)
        if key is not None and key in self._accepted:
            first, sent = self._accepted[key]
            told = {"message": "The retry key is already accepted", "sentMessages": sent}
            return Reply.of(told, 409, {"x-line-accepted-request-id": first}), None
        push = _push(request.body)
        sent = [{"id": str(number), "quoteToken": f"quote-{number}"} for number in (next(self._sent) for _ in push.messages)]
        if key is not None:
            self._accepted[key] = request_id, sent
        text = "\n".join(each.text or each.alt_text for each in push.messages)
        seen = Seen(kind="line", target=push.to, text=text, key=request.headers.get("x-line-retry-key", ""), at=at)
        return Reply.of({"sentMessages": sent}), seen


def _retry_key(request: Request) -> UUID | None:
    given = request.headers.get("x-line-retry-key")
    try:
        return None if given is None else UUID(given)
    except ValueError as error:
        raise Refused(failed(400, "Invalid retry key")) from error


def _push(body: bytes) -> Push:
    try:
        push = msgspec.json.decode(body, type=Push)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Refused(failed(400, f"The request body is invalid: {error}")) from error
    for number, each in enumerate(push.messages):
        need(each.type in KINDS, failed(400, f"messages[{number}].type is invalid"))
        texts = each.text if each.type.startswith("text") else each.alt_text or each.type
        units = len(texts.encode("utf-16-le")) // 2
        need(0 < units <= TEXT_MAX, failed(400, f"messages[{number}].text: Length must be between 0 and {TEXT_MAX}"))
    return push
