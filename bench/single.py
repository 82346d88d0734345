"""A single comment from the platform's door to a screen, at a hundred a second."""

import asyncio
import re
import time
from typing import Any

import uvloop
from msgspec import json
from websockets.asyncio.client import connect

from bench.house import House, quantiles

PER_S = 100
SECONDS = 8.0
MARK = re.compile(r"\b(\d+) 句")


def measure(house: House) -> dict[str, Any]:
    """Milliseconds from handing one comment in over HTTP until a console's line has it."""
    return uvloop.run(_measure(house))


async def _measure(house: House) -> dict[str, Any]:
    sent: dict[int, float] = {}
    spans: list[float] = []
    address, headers = f"ws://127.0.0.1:{house.port}/api/live", {"Authorization": f"Bearer {house.token}"}
    async with connect(address, additional_headers=headers, max_size=None) as line, house.client() as client:
        wanted = {"type": "subscribe", "stream": f"show/{house.show}", "views": {"comment.stream": None}}
        await line.send(json.encode(wanted).decode())
        watching = asyncio.create_task(_watch(line, sent, spans))
        began, answers = time.perf_counter(), list[asyncio.Task[Any]]()
        for number in range(int(PER_S * SECONDS)):
            await asyncio.sleep(max(0.0, began + number / PER_S - time.perf_counter()))
            item = {"kind": "comment", "at": int(time.time() * 1000), "viewer": f"v{number % 50}", "text": f"{number} 句"}
            body = {"source": "single", "room": "one", "items": [{**item, "message_id": f"one{number}"}]}
            sent[number] = time.perf_counter()
            answers.append(asyncio.create_task(client.post(f"/api/ingest/{house.show}", json=body)))
        assert all(answer.status_code == 200 for answer in await asyncio.gather(*answers))
        await asyncio.sleep(1)  # the newest are shown when many come: not each one is on a screen
        watching.cancel()
    return {"said": len(sent), "seen": len(spans), **quantiles(spans)}


async def _watch(line: Any, sent: dict[int, float], spans: list[float]) -> None:
    seen = set[int]()
    async for message in line:
        now = time.perf_counter()
        for found in MARK.finditer(message if isinstance(message, str) else message.decode()):
            number = int(found[1])
            if number in sent and number not in seen:
                seen.add(number)
                spans.append((now - sent[number]) * 1000)
