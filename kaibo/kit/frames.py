"""One WebSocket text frame written to many connections: the small place that reaches into uvicorn.

uvicorn's `send` costs about 25 us a message and encodes the frame anew for every client. Here a frame is encoded once and
written to each transport as it is. This relies on `uvicorn.protocols.websockets.websockets_sansio_impl`
(pinned in the lock file, tested in tests/flows/test_frames.py); where its protocol is not found, messages
go through ASGI's `send` by a bounded queue.
"""

import asyncio
import struct
from collections.abc import Awaitable, Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

BUFFER_BYTES_MAX = 1 << 20  # a reader that lets 1 MB pile up is too slow for patches and gets a snapshot later
QUEUE_MESSAGES_MAX = 256

Send = Callable[[Any], Awaitable[None]]


def text_frame(payload: bytes) -> bytes:
    """A whole, unmasked server-to-client text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 1 << 16:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


class Wire:
    """The way out to one client. `write` never waits; it says False when the client is too slow or gone."""

    def __init__(self, send: Send) -> None:
        self._send = send
        owner = getattr(send, "__self__", None)
        self._protocol = owner if isinstance(owner, WebSocketsSansIOProtocol) else None
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(QUEUE_MESSAGES_MAX)
        self._pump: asyncio.Task[None] | None = None

    @property
    def direct(self) -> bool:
        """Whether frames go straight to the transport."""
        return self._protocol is not None

    def write(self, payload: bytes, frame: bytes) -> bool:
        """Send a message given as payload and as encoded frame. False: not sent, the client lags or is gone."""
        protocol = self._protocol
        if protocol is None:
            return self._enqueue(payload)
        transport = protocol.transport
        if transport.is_closing() or protocol.close_sent:
            return False
        if transport.get_write_buffer_size() > BUFFER_BYTES_MAX:
            return False
        transport.write(frame)
        return True

    def drained(self) -> bool:
        """Whether a slow client has caught up with what was sent to it."""
        if self._protocol is None:
            return self._queue.empty()
        return self._protocol.transport.get_write_buffer_size() == 0

    def close(self) -> None:
        """Stop sending."""
        if self._pump is not None:
            self._pump.cancel()

    def _enqueue(self, payload: bytes) -> bool:
        if self._pump is None:
            self._pump = asyncio.create_task(self._drain())
        try:
            self._queue.put_nowait(payload)
        except asyncio.QueueFull:
            return False
        return True

    async def _drain(self) -> None:
        while True:
            payload = await self._queue.get()
            await self._send({"type": "websocket.send", "text": payload.decode()})
