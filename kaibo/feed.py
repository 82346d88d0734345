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
    async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_S, headers={"Authorization": f"Bearer {token}"}) as client:

        async def sink(items: tuple[AudienceItem, ...]) -> None:
            body = msgspec.json.encode({"source": "file", "room": file.name[:64], "items": items})
            answer = await client.post(f"/api/ingest/{show_id}", content=body, headers={"Content-Type": "application/json"})
            answer.raise_for_status()

        return await replay(file, sink, speed=speed, clock=now_ms)
