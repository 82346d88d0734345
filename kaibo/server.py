"""Runs an app under uvicorn: the same settings for `serve`, `demo`, the tests and the benchmarks."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable

import uvicorn

from kaibo.app import App

BACKLOG = 2048

Then = Callable[[App, str], Awaitable[None]]


async def serve(app: App, listening: socket.socket, then: Then) -> None:
    """Start the app, call `then(app, owner link)` once it answers, and serve until told to stop."""
    config = uvicorn.Config(
        app.asgi,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # a shared pre-encoded frame cannot be compressed for one client
        ws_max_size=256 * 1024,
        lifespan="off",
        log_level="warning",
        backlog=BACKLOG,
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    server = uvicorn.Server(config)
    link = await app.start()
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
