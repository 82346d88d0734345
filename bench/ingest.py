"""Audience events a second from JSON bytes through sealing and the durable log to the figures; beside decoding alone."""

import asyncio
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from bench.house import House, quantiles
from kaibo.app import build
from kaibo.config import Settings
from kaibo.connectors.ingest.inbound import IngestBody
from kaibo.features.audience.commands import SealBatch
from kaibo.features.claim.commands import PolicyAsked, SetPolicy
from kaibo.features.moderation.commands import AddUsualWords
from kaibo.features.product.commands import AddProduct
from kaibo.features.product.facts import ProductSheet
from kaibo.features.show.commands import AirShow, PlanShow
from kaibo.features.workspace.routes import WORKSPACE
from kaibo.kit.engine import Caller

WHO = Caller(id="bench", name="bench", roles=frozenset({"owner", "source", "system"}))
BATCH = 5000
BATCHES = 60
SECONDS = 6.0
TEXTS = ("這個多少錢？", "A01 還有嗎", "好好看", "衝啊", "敏感肌可以用嗎", "+1", "已下單", "主播好", "❤️❤️", "什麼時候發貨")


def _bodies(count: int) -> list[bytes]:
    chance = random.Random(1)
    made: list[bytes] = []
    for batch in range(count):
        items = [_item(chance, batch * BATCH + place) for place in range(BATCH)]
        made.append(msgspec.json.encode({"source": "bench", "room": "r", "items": items}))
    return made


def _item(chance: random.Random, number: int) -> dict[str, Any]:
    kind = chance.choices(("enter", "like", "click", "comment", "leave", "follow"), (30, 30, 15, 10, 14, 1))[0]
    item: dict[str, Any] = {
        "kind": kind,
        "at": int(time.time() * 1000),
        "viewer": f"v{chance.randrange(200_000)}",
        "message_id": f"m{number}",
    }
    if kind == "comment":
        item["text"] = f"{chance.choice(TEXTS)} {chance.randrange(500)}"
    if kind == "click":
        item["product_id"] = f"A0{chance.randrange(5)}"
    return item


def inside(*, busy: bool = False) -> dict[str, Any]:
    """One process: decode, deduplicate, seal, commit, comments and figures folded; freshness is JSON bytes -> figures shown.

    `busy`: on air, with orders by comment decided and comments looked through for the usual words; what follows is waited for.
    """
    bodies = _bodies(BATCHES)
    began = time.perf_counter()
    for body in bodies:
        msgspec.json.decode(body, type=IngestBody)
    decoding = len(bodies) * BATCH / (time.perf_counter() - began)
    with tempfile.TemporaryDirectory() as folder:
        found = uvloop.run(_inside(Path(folder), busy=busy))
    return {**found, "decoding_alone_per_s": round(decoding), "ratio_to_decoding": round(found["per_s"] / decoding, 2)}


async def _inside(folder: Path, *, busy: bool) -> dict[str, Any]:
    app = build(Settings(data_dir=folder / "data"))
    await app.start()
    stream = "show/bench"
    now = app.engine.clock()
    await app.engine.submit(stream, PlanShow(show_id="bench", title="x", starts_at=now, ends_at=now + 3_600_000), WHO)
    for place in range(5):
        sheet = ProductSheet(product_id=f"A0{place}", name=f"商品 {place}", live_price_minor=100)
        await app.engine.submit(stream, AddProduct(product=sheet), WHO)
    if busy:
        await app.engine.submit(WORKSPACE, AddUsualWords(action_id="usual"), WHO)
        await app.engine.submit(stream, SetPolicy(policy=PolicyAsked(capture="always", hold_minutes=5)), WHO)
        await app.engine.submit(stream, AirShow(), WHO)
    await app.following.settled()
    bodies = _bodies(BATCHES)  # written now: what was said before the show went on air counts for less of it
    spans: list[float] = []
    began, count = time.perf_counter(), 0
    try:
        for number in range(10**6):
            start = time.perf_counter()
            if start - began > SECONDS or number >= len(bodies):
                break
            body = msgspec.json.decode(bodies[number], type=IngestBody)
            await app.engine.submit(stream, SealBatch(source=body.source, room=body.room, items=body.items), WHO)
            fold = app.engine.folded(stream)
            assert fold is not None
            fold.rows("metric.tiles")
            spans.append((time.perf_counter() - start) * 1000)
            count += BATCH
        await app.following.settled()
        seconds = time.perf_counter() - began
        tiles: Any = fold.rows("metric.tiles") if (fold := app.engine.folded(stream)) else {}
        return {"events": count, "per_s": round(count / seconds), "uv": tiles["uv"].value, **quantiles(spans)}
    finally:
        await app.stop()


def over_http(house: House) -> dict[str, Any]:
    """The ingest endpoint at as much as it takes with two batches under way; freshness = request to answer (durable and folded)."""

    async def run() -> dict[str, Any]:
        bodies = _bodies(40)
        spans: list[float] = []
        async with house.client() as client:
            client.headers["Content-Type"] = "application/json"
            queue = iter(bodies)

            async def produce() -> None:
                for body in queue:
                    start = time.perf_counter()
                    answer = await client.post(f"/api/ingest/{house.show}", content=body)
                    assert answer.status_code == 200, answer.text
                    spans.append((time.perf_counter() - start) * 1000)

            began = time.perf_counter()
            await asyncio.gather(produce(), produce())
            return {
                "events": len(bodies) * BATCH,
                "per_s": round(len(bodies) * BATCH / (time.perf_counter() - began)),
                **quantiles(spans),
            }

    return uvloop.run(run())
