"""Two thousand old shows at rest: what a house that has them takes to start and to run, beside an empty one.

`python -m bench.rest FOLDER` starts a house and prints what it took.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uvloop

from bench.house import ENV
from bench.shows import DAY_MS, Past
from kaibo.app import build
from kaibo.config import Settings

SHOWS = 2_000
PLANNED_EVERY = 5  # of them one was never aired
SETTLED_S = 3.0


def measure() -> dict[str, Any]:
    """Seconds, tasks and megabytes, of both."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "full", Path(folder) / "empty"
        uvloop.run(_fill(full))
        uvloop.run(_fill(empty, 0))
        found = {"shows": SHOWS}
        for name, place in (("empty", empty), ("full", full)):
            answer = subprocess.run(
                [sys.executable, "-m", "bench.rest", str(place)], check=True, capture_output=True, text=True, env=ENV
            )
            found |= {f"{key}_{name}": value for key, value in json.loads(answer.stdout).items()}
        return {**found, "more_mb": round(found["mb_full"] - found["mb_empty"], 1)}


async def _fill(folder: Path, shows: int = SHOWS) -> None:
    """Planned, aired for some seconds and ended; a fifth of them planned alone."""
    app = build(Settings(data_dir=folder))
    assert app.archivist is not None
    app.archivist._run = _unarchived  # noqa: SLF001  a process for each would take most of the time
    past = Past(app, time.time_ns() // 1_000_000 - 5 * DAY_MS)
    await app.start()
    for number in range(shows):
        await past.plan(f"s{number}", cues=3, products=2)
        if number % PLANNED_EVERY:
            await past.air(f"s{number}", 3)
            await past.end(f"s{number}")
    past.at += DAY_MS
    for number in range(shows):
        await past.ring(f"show/s{number}")
    await app.following.settled()
    await app.stop()


async def _unarchived(show_id: str) -> None:
    """Old shows have been archived long since."""


async def _started(folder: Path) -> dict[str, Any]:
    began = time.perf_counter()
    app = build(Settings(data_dir=folder))
    await app.start()
    start_s = time.perf_counter() - began
    await asyncio.sleep(SETTLED_S)
    tasks = len(asyncio.all_tasks())
    megabytes = _resident_mb()
    await app.stop()
    return {"start_s": round(start_s, 2), "tasks": tasks, "mb": megabytes}


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 1_048_576, 1)


if __name__ == "__main__":
    print(json.dumps(uvloop.run(_started(Path(sys.argv[1])))))
