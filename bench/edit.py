"""One duration edited in a 500-cue rundown: how long until the last of 50 clients shows it, and the bytes each gets."""

import asyncio
import time
from typing import Any

import uvloop

from bench.crowd import Crowd
from bench.house import House, quantiles

VIEWS = ["rundown.cues", "rundown.clock", "rundown.on_air", "rundown.conflicts"]
CLIENTS = 50
ROUNDS = 100
LIMIT_BYTES = 2048
LIMIT_MS = 20


def measure(house: House) -> dict[str, Any]:
    """Edits of one duration, spread over the rundown."""
    return uvloop.run(_measure(house))


async def _measure(house: House) -> dict[str, Any]:
    crowd = Crowd(house.port, house.token, house.show, VIEWS, CLIENTS)
    await crowd.come()
    lengths: dict[str, int] = {}
    spans, sizes = list[float](), list[int]()
    async with house.client() as client:
        for turn in range(ROUNDS + 5):
            cue_id = f"c{10 + turn * 37 % 480}"
            was = lengths.get(cue_id, 120_000)
            to = 120_000 + (turn + 1) * 1000
            before = crowd.viewers[0].bytes
            done = crowd.expect(f'"duration_ms":{to}'.encode())
            began = time.perf_counter()
            body = {"cue_id": cue_id, "changes": [{"field": "duration_ms", "was": was, "to": to}]}
            answer = await client.post(f"/api/streams/show/{house.show}/commands/rundown.edit_cue", json=body)
            assert answer.status_code == 200, answer.text
            lengths[cue_id] = to
            span = (await asyncio.wait_for(done, 20) - began) * 1000
            await asyncio.sleep(0.03)
            if turn >= 5:
                spans.append(span)
                sizes.append(crowd.viewers[0].bytes - before)
    crowd.leave()
    found = quantiles(spans)
    return {
        "cues": 500,
        "clients": CLIENTS,
        **found,
        "bytes_max": max(sizes),
        "ratio_p95_to_limit": round(found["p95"] / LIMIT_MS, 2),
        "ratio_bytes_to_limit": round(max(sizes) / LIMIT_BYTES, 2),
    }
