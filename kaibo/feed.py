"""Hands a recorded chat to a running server through its ingest endpoint."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec

from kaibo.app import now_ms
from kaibo.connectors.file.inbound import line_of, replay
from kaibo.core.errors import NotSignedIn, Refusal
from kaibo.features.audience.commands import AudienceItem

TIMEOUT_S = 30.0


class FeedUnreachable(Refusal):
    """No server answers there."""

    code = "file.unreachable"
    status = 503
    url: str
    why: str


class FeedRefused(Exception):
    """The server said no: its own code and data, which have words."""

    def __init__(self, code: str, data: dict[str, object]) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data


class _Problem(msgspec.Struct):
    """How the server says no."""

    code: str
    data: dict[str, object]


def _silent(_line: int, _why: str) -> None:
    """Nobody asks what was left out."""


async def feed_chat(
    url: str, token: str, show_id: str, file: Path, speed: float, odd: Callable[[int, str], None] = _silent
) -> int:
    """Replay `file`; gives the number of comments taken. Raises NotAChat, FeedUnreachable or FeedRefused.

    `odd(line, why)` hears of each line that is no comment, and of each that the server refused.
    """
    room = file.name[:64]
    refused = 0
    async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_S, headers={"Authorization": f"Bearer {token}"}) as client:

        async def tell(**more: object) -> dict[str, Any]:
            body = msgspec.json.encode({"source": "file", "room": room, **more})
            return _told(await client.post(f"/api/ingest/{show_id}", content=body, headers={"Content-Type": "application/json"}))

        async def sink(items: tuple[AudienceItem, ...]) -> None:
            nonlocal refused
            answer = await tell(items=items)
            for one in answer["refused"]:
                refused += 1
                index: int = one["index"]
                odd(line_of(items[index]), f"{one['code']} {answer['words'][one['code']]}")

        try:
            count = await replay(file, sink, speed=speed, clock=now_ms, odd=odd)
            await tell(finished=True)  # a chat that came to its end is no outage
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FeedUnreachable(url=url, why=str(error) or type(error).__name__) from error
        return count - refused


def _told(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_success:
        told: dict[str, Any] = answer.json()
        return told
    try:
        problem = msgspec.json.decode(answer.content, type=_Problem)
    except msgspec.MsgspecError:  # something else listens there
        raise FeedUnreachable(url=str(answer.url), why=f"HTTP {answer.status_code}") from None
    code = "file.token_unknown" if problem.code == NotSignedIn.code else problem.code
    raise FeedRefused(code, problem.data)
