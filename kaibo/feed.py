"""Hands a recorded chat to a running server through its ingest endpoint."""

from pathlib import Path

import httpx
import msgspec

from kaibo.app import now_ms
from kaibo.connectors.file.inbound import replay
from kaibo.features.audience.commands import AudienceItem

TIMEOUT_S = 30.0


async def feed_chat(url: str, token: str, show_id: str, file: Path, speed: float) -> int:
    """Replay `file`; gives the number of comments. Raises httpx.HTTPError when the server says no."""
    room = file.name[:64]
    async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_S, headers={"Authorization": f"Bearer {token}"}) as client:

        async def tell(**more: object) -> None:
            body = msgspec.json.encode({"source": "file", "room": room, **more})
            answer = await client.post(f"/api/ingest/{show_id}", content=body, headers={"Content-Type": "application/json"})
            answer.raise_for_status()

        async def sink(items: tuple[AudienceItem, ...]) -> None:
            await tell(items=items)

        count = await replay(file, sink, speed=speed, clock=now_ms)
        await tell(finished=True)  # a chat that came to its end is no outage
        return count
