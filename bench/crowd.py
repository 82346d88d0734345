"""Many WebSocket clients in one process: as thin as asyncio allows, so that the server is what is measured."""

import asyncio
import base64
import os
import struct
import time
from typing import Any

import msgspec


def _masked(payload: bytes) -> bytes:
    size = len(payload)
    head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0x80 | 126, size)
    return head + b"\0\0\0\0" + payload


class Viewer(asyncio.Protocol):
    """One client: counts bytes, and tells the crowd when a message with the wanted mark has come."""

    def __init__(self, crowd: "Crowd") -> None:
        self._crowd = crowd
        self._buffer = bytearray()
        self._open = False
        self.bytes = 0
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport  # uvloop's transports do not inherit asyncio's
        key = base64.b64encode(os.urandom(16)).decode()
        self._transport.write(
            f"GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            f"Sec-WebSocket-Version: 13\r\nAuthorization: Bearer {self._crowd.token}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._open:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            del self._buffer[: end + 4]
            self._open = True
            self._transport.write(_masked(self._crowd.subscribe))
        while (frame := self._frame()) is not None:
            self.bytes += len(frame)
            if not self.ready.done():
                self.ready.set_result(None)
            elif self._crowd.mark in frame:
                self._crowd.seen()

    def hang_up(self) -> None:
        """Close without waiting."""
        self._transport.abort()

    def _frame(self) -> bytes | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1], 2
        if size == 126:
            if len(buffer) < 4:
                return None
            size, start = struct.unpack_from("!H", buffer, 2)[0], 4
        elif size == 127:
            if len(buffer) < 10:
                return None
            size, start = struct.unpack_from("!Q", buffer, 2)[0], 10
        if len(buffer) < start + size:
            return None
        frame = bytes(buffer[start : start + size])
        del buffer[: start + size]
        return frame


class Crowd:
    """`count` viewers of some views of a show; `wait(mark)` ends when the last of them has seen it."""

    def __init__(self, port: int, token: str, show: str, views: list[str], count: int) -> None:
        self.port, self.token, self.count = port, token, count
        self.subscribe = msgspec.json.encode({"type": "subscribe", "stream": f"show/{show}", "views": dict.fromkeys(views)})
        self.mark = b"\xff"
        self.viewers: list[Viewer] = []
        self._missing = 0
        self._last = 0.0
        self._done: asyncio.Future[float] | None = None

    async def come(self) -> None:
        """Connect everybody and wait for their snapshots."""
        loop = asyncio.get_running_loop()
        for _ in range(self.count):
            _, viewer = await loop.create_connection(lambda: Viewer(self), "127.0.0.1", self.port)
            self.viewers.append(viewer)
        await asyncio.gather(*(viewer.ready for viewer in self.viewers))

    def leave(self) -> None:
        """Everybody hangs up."""
        for viewer in self.viewers:
            viewer.hang_up()

    def expect(self, mark: bytes) -> "asyncio.Future[float]":
        """A future that gives the moment (perf_counter) when the last viewer saw `mark`."""
        self.mark = mark
        self._missing = self.count
        self._done = asyncio.get_running_loop().create_future()
        return self._done

    def seen(self) -> None:
        """One viewer saw the mark."""
        self._missing -= 1
        if self._missing == 0 and self._done is not None:
            self._done.set_result(time.perf_counter())
            self.mark = b"\xff"
