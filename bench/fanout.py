"""GO -> last of N clients, beside the same bytes written to N plain sockets."""

import asyncio
import socket
import threading
import time
from typing import Any

import uvloop

from bench.crowd import Crowd
from bench.house import House, quantiles

VIEWS = ["rundown.on_air", "rundown.cues", "rundown.clock", "prompter.host"]
ROUNDS = 60


def measure(house: House, count: int) -> dict[str, Any]:
    """Milliseconds from pressing GO to the last of `count` clients."""
    return uvloop.run(_measure(house, count))


async def _measure(house: House, count: int) -> dict[str, Any]:
    crowd = Crowd(house.port, house.token, house.show, VIEWS, count)
    await crowd.come()
    spans: list[float] = []
    size = 0
    async with house.client() as client:
        for turn in range(ROUNDS + 5):
            cue_id = f"c{turn % 7 + 1}"
            before = crowd.viewers[0].bytes
            done = crowd.expect(f'"cue_id":"{cue_id}","cue_no"'.encode())
            began = time.perf_counter()
            answer = await client.post(f"/api/streams/show/{house.show}/commands/rundown.jump", json={"cue_id": cue_id})
            assert answer.status_code == 200, answer.text
            span = (await asyncio.wait_for(done, 20) - began) * 1000
            size = crowd.viewers[0].bytes - before
            if turn >= 5:
                spans.append(span)
            await asyncio.sleep(0.03)
    crowd.leave()
    plain = await asyncio.to_thread(floor, count, size)
    found = quantiles(spans)
    return {
        "clients": count,
        "bytes": size,
        **found,
        "plain_sockets_p50": plain,
        "ratio_to_plain": round(found["p50"] / plain, 2),
    }


def floor(count: int, size: int) -> float:
    """The same number of bytes to as many plain TCP sockets from one thread, read by another: median milliseconds."""
    server = socket.create_server(("127.0.0.1", 0), backlog=2048)
    clients = [socket.create_connection(server.getsockname()) for _ in range(count)]
    ends = [server.accept()[0] for _ in range(count)]
    payload, spans = b"x" * size, list[float]()
    for _ in range(20):
        reading = threading.Thread(target=_read_all, args=(clients, size))
        began = time.perf_counter()
        reading.start()
        for end in ends:
            end.send(payload)
        reading.join()
        spans.append((time.perf_counter() - began) * 1000)
    for each in (*clients, *ends, server):
        each.close()
    return round(sorted(spans)[len(spans) // 2], 2)


def _read_all(clients: list[socket.socket], size: int) -> None:
    for client in clients:
        left = size
        while left:
            left -= len(client.recv(left))
