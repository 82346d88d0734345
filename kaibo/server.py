"""Runs an app under uvicorn: the same settings for `serve`, `demo`, the tests and the benchmarks."""

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator
from types import FrameType

import uvicorn
import uvloop

from kaibo.app import App
from kaibo.kit.lines import Ledger, lines_of, room_for_lines

BACKLOG = 2048
ENDINGS = (signal.SIGINT, signal.SIGTERM)

Then = Callable[[App, str], Awaitable[None]]


def run(serving: Coroutine[None, None, None]) -> None:
    """Run to the end on a loop of uvloop: uvicorn, given a loop that runs already, cannot choose one."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serving)


async def serve(app: App, listening: socket.socket, then: Then) -> None:
    """Start the app, call `then(app, owner link)` once it answers, and serve until told to stop: by cancelling, SIGINT or SIGTERM."""
    server = _server_of(app)
    task = asyncio.current_task()
    assert task is not None

    def end() -> None:
        if server.started:
            server.should_exit = True
        else:
            task.cancel()

    with _told_to_end(end):
        try:
            link = await app.start()
        except asyncio.CancelledError:
            await app.stop()
            raise
        await _serve(app, server, listening, then, link)


def _server_of(app: App) -> uvicorn.Server:
    http_line, live_line = lines_of(Ledger(room_for_lines()))
    config = uvicorn.Config(
        app.asgi,
        loop="none",
        http=http_line,
        ws=live_line,
        ws_per_message_deflate=False,  # a shared pre-encoded frame cannot be compressed for one client
        ws_max_size=256 * 1024,
        lifespan="off",
        log_level="warning",
        backlog=BACKLOG,
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    return uvicorn.Server(config)


async def _serve(app: App, server: uvicorn.Server, listening: socket.socket, then: Then, link: str) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    following: asyncio.Task[None] | None = None
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110  uvicorn tells it by a flag
            await asyncio.sleep(0.01)
        if not serving.done():
            following = asyncio.create_task(_then(then, app, link, server))
        await serving
    finally:
        if following is not None:
            following.cancel()
        try:
            if following is not None:
                with contextlib.suppress(asyncio.CancelledError):
                    await following
        finally:
            await app.stop()


@contextlib.contextmanager
def _told_to_end(end: Callable[[], None]) -> Generator[None]:
    """Both signals end the house in order. uvicorn takes them while it serves and raises them again when it has closed: here they end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def told(number: int, frame: FrameType | None) -> None:
        del number, frame
        end()

    before = {each: signal.signal(each, told) for each in ENDINGS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


async def _then(then: Then, app: App, link: str, server: uvicorn.Server) -> None:
    """A server whose company died must not go on as if nothing were: it stops, and the error is seen."""
    try:
        await then(app, link)
    except Exception:
        server.should_exit = True
        raise


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(
        socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
    )  # inherited by each connection: no answer waits 40 ms for an ACK
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    return listening
