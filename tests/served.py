"""A real server on a free port of loopback, in a thread of its own loop, for stories over HTTP and WebSocket."""

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from kaibo.app import App, build
from kaibo.config import Settings
from kaibo.server import listen, run, serve

ROOT = Path(__file__).parent.parent
WAIT_S = 60  # for what takes a second on a quiet machine


@dataclass
class Served:
    """The running app, its address and the owner's one-time secret."""

    app: App
    base: str
    link: str
    loop: asyncio.AbstractEventLoop

    def owner(self) -> httpx.Client:
        """A client signed in as the owner."""
        return sign_in(self.base, self.app.door.link_for("owner"))

    def person(self, owner: httpx.Client, person_id: str, name: str, *roles: str) -> httpx.Client:
        """Add somebody with roles; a client signed in as them."""
        ask(owner, "workspace", "main", "workspace.add_person", person_id=person_id, name=name, roles=list(roles))
        link = owner.post(f"/api/people/{person_id}/invitation").json()["link"]
        return sign_in(self.base, link.rsplit("/", 1)[1])

    def call(self, coroutine: Any) -> Any:
        """Run something on the server's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(WAIT_S)


def sign_in(base: str, secret: str) -> httpx.Client:
    """A client with a session from a one-time link."""
    client = httpx.Client(base_url=base, timeout=30)
    answer = client.post("/api/session/link", json={"link": secret})
    assert answer.status_code == 200, answer.text
    client.headers["X-Kaibo-CSRF"] = answer.json()["csrf"]
    return client


def ask(client: httpx.Client, kind: str, stream_id: str, command: str, /, **body: Any) -> httpx.Response:
    """Send a command; the answer whatever it is."""
    return client.post(f"/api/streams/{kind}/{stream_id}/commands/{command}", json=body)


def do(client: httpx.Client, kind: str, stream_id: str, command: str, /, **body: Any) -> dict[str, Any]:
    """Send a command that must succeed."""
    answer = ask(client, kind, stream_id, command, **body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def row(client: httpx.Client, stream: str, view: str, key: str) -> dict[str, Any]:
    """One row of a view."""
    answer = client.get(f"/api/streams/{stream}/views/{view}")
    assert answer.status_code == 200, answer.text
    return answer.json()["rows"][key]


@contextlib.contextmanager
def served(
    data: Path | None = None, clock: Callable[[], int] | None = None, push_services: tuple[str, ...] = (), **settings: Any
) -> Iterator[Served]:
    """Serve an app until the block ends, by a clock of one's own if there is one; with more `settings` as they are named there."""
    app = build(Settings(data_dir=data, push_services=push_services, **settings), clock=clock)
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    ready: threading.Event = threading.Event()
    found: dict[str, Any] = {}

    async def then(_app: App, link: str) -> None:
        found.update(link=link, loop=asyncio.get_running_loop())
        ready.set()
        stop: asyncio.Event = asyncio.Event()
        found["stop"] = stop
        await stop.wait()

    async def house() -> None:
        task = asyncio.create_task(serve(app, listening, then))
        found["task"] = task
        with contextlib.suppress(asyncio.CancelledError):
            await task

    thread = threading.Thread(target=lambda: run(house()), daemon=True)
    thread.start()
    assert ready.wait(WAIT_S), "the server did not start"
    try:
        yield Served(app, f"http://127.0.0.1:{port}", found["link"], found["loop"])
    finally:
        found["loop"].call_soon_threadsafe(found["task"].cancel)
        thread.join(WAIT_S)


@dataclass
class Process:
    """`kaibo serve` as a process of its own."""

    popen: "subprocess.Popen[str]"
    base: str
    link: str

    def kill(self) -> None:
        """As a power cut does it."""
        self.popen.send_signal(signal.SIGKILL)
        self.popen.wait(10)


def start(data: Path, *, files: int | None = None) -> Process:
    """Start `kaibo serve` on a free port, with no more than so many file handles; whoever starts it ends it."""
    command = [sys.executable, "-m", "kaibo", "serve", "--port", "0", "--data", str(data)]
    if files is not None:
        command = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *command]
    popen = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert popen.stdout is not None
    for line in popen.stdout:
        found = re.search(r"(http://127\.0\.0\.1:\d+)/#/link/(\S+)", line)
        if found:
            return Process(popen, found[1], found[2])
    raise AssertionError("kaibo serve ended before it answered")
