"""Hands a recorded chat to a running server through its ingest endpoint."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec

from kaibo.app import now_ms
from kaibo.connectors.file.inbound import line_of, replay
from kaibo.features.audience.commands import AudienceItem

TIMEOUT_S = 30.0


def _silent(_line: int, _why: str) -> None:
    """Nobody asks what was left out."""


async def feed_chat(
    url: str, token: str, show_id: str, file: Path, speed: float, odd: Callable[[int, str], None] = _silent
) -> int:
    """Replay `file`; gives the number of comments taken. Raises httpx.HTTPError when the server says no.

    `odd(line, why)` hears of each line that is no comment, and of each that the server refused.
    """
    room = file.name[:64]
    refused = 0
    async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_S, headers={"Authorization": f"Bearer {token}"}) as client:

        async def tell(**more: object) -> dict[str, Any]:
            body = msgspec.json.encode({"source": "file", "room": room, **more})
            answer = await client.post(f"/api/ingest/{show_id}", content=body, headers={"Content-Type": "application/json"})
            answer.raise_for_status()
            told: dict[str, Any] = answer.json()
            return told

        async def sink(items: tuple[AudienceItem, ...]) -> None:
            nonlocal refused
            answer = await tell(items=items)
            for one in answer["refused"]:
                refused += 1
                index: int = one["index"]
                odd(line_of(items[index]), f"{one['code']} {answer['words'][one['code']]}")

        count = await replay(file, sink, speed=speed, clock=now_ms, odd=odd)
        await tell(finished=True)  # a chat that came to its end is no outage
        return count - refused
