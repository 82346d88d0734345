"""Opening long shows: what it costs those who are on air meanwhile, how long it takes, and how long a crash leaves screens dark."""

import asyncio
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import uvloop

from bench.house import ENV, House, address, house, quantiles
from bench.shows import COMMENTS_PER_S, ITEMS_PER_S, written

SECONDS = 4 * 3600
TAIL_S = 120  # of the show after its last snapshot, when the power is cut
QUIET_S = 6.0
PAUSE_S = 0.02  # between one GO and the next
CUES = itertools.cycle(f"c{number}" for number in range(1, 8))  # never the one that is on air
OPEN = "/api/streams/show/{}/views/show.head"


def measure() -> dict[str, Any]:
    """A finished show of four hours beside one on air, from its log and from its snapshot; one on air after a power cut."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        written(data, "long", SECONDS)
        found: dict[str, Any] = {"items": SECONDS * ITEMS_PER_S, "comments": SECONDS * COMMENTS_PER_S}
        kept = shutil.copytree(data, data.with_suffix(".kept"))
        shutil.rmtree(data / "snapshots", ignore_errors=True)
        for name, place in (("log", data), ("snapshot", kept)):
            with house(data=place) as home:
                found |= {f"{key}_{name}" if key != "go_quiet" else key: row for key, row in uvloop.run(_beside(home)).items()}
        shutil.rmtree(kept)
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), "long", SECONDS, tail=TAIL_S)
        found |= dark(Path(folder))
    return flat(found)


def flat(found: dict[str, Any]) -> dict[str, Any]:
    """One figure in each line."""
    rows = {key: row if isinstance(row, dict) else {"": row} for key, row in found.items()}
    return {f"{key}_{name}".rstrip("_"): value for key, row in rows.items() for name, value in row.items()}


async def _beside(home: House) -> dict[str, Any]:
    async with home.client() as client:
        await _going(client, home, asyncio.create_task(asyncio.sleep(1)))
        quiet = await _going(client, home, asyncio.create_task(asyncio.sleep(QUIET_S)))
        opening = asyncio.create_task(_opened(home))
        spans = await _going(client, home, opening)
        return {"go_quiet": quantiles(quiet), "go": quantiles(spans), "opened_s": opening.result()}


async def _opened(home: House) -> float:
    async with home.client() as other:
        began = time.perf_counter()
        answer = await other.get(OPEN.format("long"), timeout=600)
        assert answer.status_code == 200, answer.text
        return round(time.perf_counter() - began, 2)


async def _going(client: httpx.AsyncClient, home: House, until: "asyncio.Task[Any]") -> list[float]:
    """GO after GO until something is done: milliseconds from the button to the durable answer."""
    spans: list[float] = []
    while not until.done():
        began = time.perf_counter()
        answer = await client.post(f"/api/streams/show/{home.show}/commands/rundown.jump", json={"cue_id": next(CUES)})
        assert answer.status_code == 200, answer.text
        spans.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(PAUSE_S)
    return spans


def dark(data: Path) -> dict[str, float]:
    """Seconds from the start of the process until a console of the show on air is answered, and what the process worked of them."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "kaibo", "serve", "--port", "0", "--data", str(data)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENV)
    try:
        port, link = address(process)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600) as client:
            client.post("/api/session/link", json={"link": link})
            answer = client.get(OPEN.format("long"))
            assert answer.status_code == 200, answer.text
        took = time.perf_counter() - began
        return {"dark_after_a_crash_s": round(took, 2), "dark_cpu_s": round(_worked_s(process.pid), 2)}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _worked_s(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
