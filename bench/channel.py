"""A message to the last of many screens, and through a messenger and back, while viewers talk."""

import asyncio
import contextlib
import subprocess
import sys
import time
from typing import Any

import uvloop

from bench.crowd import Crowd
from bench.fanout import floor
from bench.house import House, accepted, house, quantiles
from kaibo.fakes.credentials import WEBHOOK_SECRET

PEOPLE = 500
ROUNDS = 60
COMMENTS_PER_S = 2_000
BATCH = 100
CARRIED = 30


def measure() -> dict[str, Any]:
    """Milliseconds from sending to the last of 500 screens that show the channel; plain, and urgent with its first step."""
    with house() as home:
        return uvloop.run(_measure(home))


async def _measure(home: House) -> dict[str, Any]:
    crowd = Crowd(home.port, home.token, home.show, ["channel.messages"], PEOPLE)
    await crowd.come()
    spans: dict[bool, list[float]] = {False: [], True: []}
    async with home.client() as client:
        talking = asyncio.create_task(_talk(home))
        size = 0
        for turn in range(2 * ROUNDS):
            urgent, before = turn % 2 == 1, crowd.viewers[0].bytes
            done = crowd.expect(f'"message_id":"m{turn}"'.encode())
            began = time.perf_counter()
            body = {"message_id": f"m{turn}", "channel_id": "on_air", "text": f"第 {turn} 句：五號鏈接打不開", "urgent": urgent}
            await accepted(client.post(f"/api/streams/show/{home.show}/commands/channel.post", json=body))
            spans[urgent].append((await asyncio.wait_for(done, 20) - began) * 1000)
            size = crowd.viewers[0].bytes - before
            await asyncio.sleep(0.05)
        talking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await talking
    crowd.leave()
    plain = await asyncio.to_thread(floor, PEOPLE, size)
    said, urgent_spans = quantiles(spans[False]), quantiles(spans[True])
    return {
        "people": PEOPLE,
        "comments_per_s": COMMENTS_PER_S,
        "bytes": size,
        **said,
        **{f"urgent_{name}": value for name, value in urgent_spans.items()},
        "plain_sockets_p50": plain,
        "ratio_to_plain": round(said["p50"] / plain, 2),
    }


async def _talk(home: House) -> None:
    """Viewers say so much a second, until nobody measures any more."""
    async with home.client() as client:
        began, said = time.perf_counter(), 0
        while True:
            at = int(time.time() * 1000)
            items = [
                {
                    "kind": "comment",
                    "at": at,
                    "viewer": f"v{(said + i) % 900}",
                    "text": f"{said + i} 句",
                    "message_id": f"c{said + i}",
                }
                for i in range(BATCH)
            ]
            await accepted(client.post(f"/api/ingest/{home.show}", json={"source": "talk", "room": "one", "items": items}))
            said += BATCH
            await asyncio.sleep(max(0.0, began + said / COMMENTS_PER_S - time.perf_counter()))


def carried() -> dict[str, Any]:
    """Milliseconds from an urgent message until the messenger confirmed it on a screen, beside the bare request and answer."""
    command = [sys.executable, "-m", "kaibo.fakes", "webhook", "--port", "0"]
    fake = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert fake.stdout is not None
        url = fake.stdout.readline().strip()
        with house(KAIBO_BRIDGE_HOSTS=url.removeprefix("http://")) as home:
            return uvloop.run(_carried(home, url))
    finally:
        fake.terminate()
        fake.wait(10)


async def _carried(home: House, url: str) -> dict[str, Any]:
    async with home.owner() as owner:
        bridge = {"bridge_id": "b", "kind": "webhook", "name": "群", "wants": "urgent"}
        await accepted(owner.post("/api/streams/workspace/main/commands/bridge.set", json=bridge))
        await accepted(owner.put("/api/bridges/b/way", json={"url": f"{url}/hook", "secret": WEBHOOK_SECRET}))
        bare = [await _timed(owner.post("/api/bridges/b/try")) for _ in range(CARRIED)]
    crowd = Crowd(home.port, home.token, home.show, ["outbox.letters"], 1)
    await crowd.come()
    spans = list[float]()
    commands = f"/api/streams/show/{home.show}/commands"
    async with home.client() as client:
        for turn in range(CARRIED):
            done = crowd.expect(b'"state":"confirmed"')
            began = time.perf_counter()
            body = {"message_id": f"u{turn}", "channel_id": "on_air", "text": "沒聲音", "urgent": True}
            await accepted(client.post(f"{commands}/channel.post", json=body))
            spans.append((await asyncio.wait_for(done, 20) - began) * 1000)
            await accepted(client.post(f"{commands}/channel.take", json={"message_id": f"u{turn}"}))
        seen = (await client.get(f"{url}/_seen")).json()
    crowd.leave()
    assert len(seen) == 2 * CARRIED
    found, straight = quantiles(spans), quantiles(bare)
    return {**found, "bare_p50": straight["p50"], "ratio_to_bare": round(found["p50"] / straight["p50"], 2)}


async def _timed(call: Any) -> float:
    began = time.perf_counter()
    await accepted(call)
    return (time.perf_counter() - began) * 1000
