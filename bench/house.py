"""A real server in a process of its own, with a show on air, and somebody who may do everything."""

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from kaibo.kit.auth import COOKIE

MINUTE_MS = 60_000
# Like an installed house, the bytecode of ours is kept.
ENV = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": ""}


@dataclass
class House:
    """Where the server listens, a token with every role, and the owner's session for a browser."""

    port: int
    token: str
    show: str
    process: "subprocess.Popen[str]"
    session: str
    csrf: str

    def owner(self) -> httpx.AsyncClient:
        """HTTP as the owner, in the owner's session."""
        headers = {"X-Kaibo-CSRF": self.csrf, "Cookie": f"{COOKIE}={self.session}"}
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=60)

    def client(self) -> httpx.AsyncClient:
        """HTTP with the token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=60)


@contextlib.contextmanager
def house(cues: int = 40, data: Path | None = None, **environment: str) -> Iterator[House]:
    """Start a server (with more of an `environment`) on a free port with its own data or on some that is there, plan a show of `cues` cues, go on air; end it by id."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "kaibo", "serve", "--port", "0", "--data", str(data or Path(folder) / "data")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**ENV, **environment})
        try:
            port, link = address(process)
            yield asyncio.run(_furnish(port, link, cues, process))
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def address(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """The port a server listens on, and the owner's one-time link."""
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/#/link/(\S+)", line)
        if found:
            return int(found[1]), found[2]
    raise RuntimeError("the server did not start")


async def _furnish(port: int, link: str, cues: int, process: "subprocess.Popen[str]") -> House:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        session = (await accepted(client.post("/api/session/link", json={"link": link}))).json()
        client.headers["X-Kaibo-CSRF"] = session["csrf"]
        roles = ["planner", "director", "operations", "assistant", "host", "source"]
        token = (await accepted(client.post("/api/tokens", json={"label": "bench", "roles": roles}))).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        now = int(time.time() * 1000)
        stream = "/api/streams/show/bench/commands"
        plan = {"show_id": "bench", "title": "量測", "starts_at": now, "ends_at": now + 14_400_000}
        await accepted(client.post(f"{stream}/show.plan", json=plan))
        planned = [
            {
                "cue_id": f"c{i}",
                "title": f"環節 {i}：山茶護手霜與青柚洗髮露",
                "duration_ms": 2 * MINUTE_MS,
                "host_lines": ["第一點", "第二點", "第三點"],
            }
            for i in range(cues)
        ]
        await accepted(client.post(f"{stream}/rundown.import", json={"filename": "bench", "cues": planned}))
        await accepted(client.post(f"{stream}/show.air", json={}))
        await accepted(client.post(f"{stream}/rundown.go", json={"expect_cue_id": "c0"}))
        return House(port, token, "bench", process, client.cookies[COOKIE], session["csrf"])


async def accepted(call: Any) -> httpx.Response:
    """The answer to a request that must succeed. Raises RuntimeError with what was said."""
    answer: httpx.Response = await call
    if answer.status_code != 200:
        raise RuntimeError(answer.text)
    return answer


def quantiles(values: list[float]) -> dict[str, float]:
    """p50, p95, p99 and the worst of some milliseconds."""
    ordered = sorted(values)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)

    return {"p50": at(0.50), "p95": at(0.95), "p99": at(0.99), "max": round(ordered[-1], 2)}
