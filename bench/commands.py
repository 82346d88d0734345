"""Durable commands a second with 64 producers: inside the process, and over HTTP; beside bare SQLite commits of rows as large."""

import asyncio
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from bench.house import House, quantiles
from kaibo.app import build
from kaibo.config import Settings
from kaibo.core.event import Command
from kaibo.features.prompter.commands import MessageHost
from kaibo.features.show.commands import PlanShow
from kaibo.kit.engine import Caller

PRODUCERS = 64
SECONDS = 5.0
WHO = Caller(id="bench", name="bench", roles=frozenset({"owner"}))


def inside() -> dict[str, Any]:
    """The engine itself: decide, fold, append with fsync, views."""
    with tempfile.TemporaryDirectory() as folder:
        found = uvloop.run(_inside(Path(folder)))
        bare = _bare(Path(folder) / "bare.db")
    return {**found, "bare_sqlite_per_s": bare, "ratio_to_bare": round(found["per_s"] / bare, 2)}


async def _inside(folder: Path) -> dict[str, Any]:
    app = build(Settings(data_dir=folder / "data"))
    await app.start()
    await app.engine.submit("show/bench", PlanShow(show_id="bench", title="x", starts_at=0, ends_at=3_600_000), WHO)

    async def ask(number: int) -> None:
        command: Command = MessageHost(message_id=f"m{number}", text=f"庫存只剩 {number} 組")
        await app.engine.submit("show/bench", command, WHO)

    try:
        return await _load(ask)
    finally:
        await app.stop()


BARE = """
import msgspec, uvicorn, uvloop, asyncio
from litestar import Litestar, Request, Response, post

class Message(msgspec.Struct):
    message_id: str
    text: str

@post("/api/streams/show/{stream_id:str}/commands/prompter.message", status_code=200)
async def take(request: Request, stream_id: str) -> Response[bytes]:
    asked = msgspec.json.decode(await request.body(), type=Message)
    return Response(msgspec.json.encode(asked), media_type="application/json")

app = Litestar([take], openapi_config=None, logging_config=None)
config = uvicorn.Config(app, port=0, http="httptools", ws="none", lifespan="off", log_level="warning")
listening = config.bind_socket()
listening.listen(2048)
print(listening.getsockname()[1], flush=True)
with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(uvicorn.Server(config).serve(sockets=[listening]))
"""


def over_http(house: House) -> dict[str, Any]:
    """The same command through the HTTP API; beside the same framework and server with nothing behind them: not even a log."""
    found = _asked(house.port, house.show, house.token)
    with subprocess.Popen([sys.executable, "-c", BARE], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            bare = _asked(int(process.stdout.readline()), "bench", "none")
        finally:
            process.terminate()
    ratio = round(found["per_s"] / bare["per_s"], 2)
    return {**found, "bare_per_s": bare["per_s"], "bare_p99": bare["p99"], "ratio_to_bare": ratio}


def _asked(port: int, show: str, token: str) -> dict[str, Any]:
    """64 connections kept open, by a client thin enough not to be what is measured."""

    async def run() -> dict[str, Any]:
        lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(PRODUCERS)]
        free = list(lines)
        head = (
            f"POST /api/streams/show/{show}/commands/prompter.message HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        )

        async def ask(number: int) -> None:
            reader, writer = line = free.pop()
            body = msgspec.json.encode({"message_id": f"h{number}", "text": f"庫存只剩 {number} 組"})
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 200"), answer
            length = int(re.search(rb"content-length: (\d+)", answer.lower())[1])  # type: ignore[index]
            await reader.readexactly(length)
            free.append(line)

        found = await _load(ask)
        for _, writer in lines:
            writer.close()
        return found

    return uvloop.run(run())


async def _load(ask: Any) -> dict[str, Any]:
    spans: list[float] = []
    number = 0
    end = time.perf_counter() + SECONDS

    async def produce() -> None:
        nonlocal number
        while (began := time.perf_counter()) < end:
            number += 1
            await ask(number)
            spans.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    await asyncio.gather(*(produce() for _ in range(PRODUCERS)))
    return {"producers": PRODUCERS, "per_s": round(len(spans) / (time.perf_counter() - began)), **quantiles(spans)}


def _bare(path: Path) -> int:
    """Rows of 250 bytes, 64 to a commit with synchronous=FULL, nothing else done."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE events (stream TEXT, seq INTEGER, body BLOB, PRIMARY KEY (stream, seq)) WITHOUT ROWID")
    seq, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS / 2:
        db.execute("BEGIN")
        db.executemany("INSERT INTO events VALUES (?, ?, ?)", [("s", seq + i, b"x" * 250) for i in range(PRODUCERS)])
        db.execute("COMMIT")
        seq += PRODUCERS
    db.close()
    return round(seq / (time.perf_counter() - began))
