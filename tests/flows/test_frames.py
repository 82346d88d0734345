"""The one place that reaches into uvicorn: frames written to the transport are what any WebSocket client reads."""

import asyncio
from typing import Any

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

from kaibo.kit import frames
from kaibo.kit.frames import QUEUE_MESSAGES_MAX, Wire, text_frame
from tests.live_client import Screen
from tests.served import do, served

START = 1_764_331_200_000
SIZES = (0, 1, 125, 126, 127, 65_535, 65_536, 200_000)


@pytest.mark.parametrize("size", SIZES)
def test_a_frame_is_what_the_reference_encoder_makes(size: int) -> None:
    payload = b"x" * size
    assert text_frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)


def test_the_server_writes_straight_to_the_transport(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a new uvicorn moves its parts, this fails and the slow way is taken until somebody looks."""
    wires: list[Wire] = []
    real = Wire.__init__

    def noted(self: Wire, send: Any) -> None:
        real(self, send)
        wires.append(self)

    monkeypatch.setattr(Wire, "__init__", noted)
    with served() as house:
        owner = house.owner()
        with Screen(owner) as screen:
            assert screen.still_answers()
            (wire,) = wires
            assert wire.direct
            assert isinstance(wire._protocol, WebSocketsSansIOProtocol)
            assert wire.drained()
            for size in SIZES[1:]:
                payload = b'{"type":"pong","t":"' + b"x" * size + b'"}'
                house.call(write(wire, payload))
                assert len(screen.hear()["t"]) == size
        house.call(gone(wire))
        assert wire.write(b"{}", text_frame(b"{}")) is False


async def write(wire: Wire, payload: bytes) -> None:
    assert wire.write(payload, text_frame(payload))


async def gone(wire: Wire) -> None:
    assert wire._protocol is not None
    async with asyncio.timeout(10):
        while not wire._protocol.transport.is_closing():  # noqa: ASYNC110  uvicorn tells it by a flag
            await asyncio.sleep(0.001)


class Transport:
    def __init__(self) -> None:
        self.size, self.closing = 0, False
        self.written: list[bytes] = []

    def is_closing(self) -> bool:
        return self.closing

    def get_write_buffer_size(self) -> int:
        return self.size

    def write(self, data: bytes) -> None:
        self.written.append(data)


def direct(transport: Transport) -> tuple[Wire, WebSocketsSansIOProtocol]:
    protocol = WebSocketsSansIOProtocol.__new__(WebSocketsSansIOProtocol)
    protocol.transport = transport  # type: ignore[assignment]
    protocol.close_sent = False
    return Wire(protocol.send), protocol


def test_nothing_is_written_to_who_lags_or_is_leaving() -> None:
    transport = Transport()
    wire, protocol = direct(transport)
    assert wire.write(b"a", b"A")
    transport.size = frames.BUFFER_BYTES_MAX + 1
    assert not wire.write(b"b", b"B")
    assert not wire.drained()
    transport.size = 0
    assert wire.drained()
    transport.closing = True
    assert not wire.write(b"c", b"C")
    transport.closing, protocol.close_sent = False, True
    assert not wire.write(b"d", b"D")  # nothing may follow a close frame
    assert transport.written == [b"A"]


def test_another_server_gets_messages_through_asgi_in_order_and_bounded() -> None:
    async def story() -> None:
        sent: list[Any] = []
        room = asyncio.Event()

        async def send(message: Any) -> None:
            await room.wait()
            sent.append(message)

        wire = Wire(send)
        assert not wire.direct
        taken = [wire.write(str(n).encode(), b"never used") for n in range(QUEUE_MESSAGES_MAX + 5)]
        assert taken == [True] * QUEUE_MESSAGES_MAX + [False] * 5
        assert not wire.drained()
        room.set()
        for _ in range(QUEUE_MESSAGES_MAX + 2):
            await asyncio.sleep(0)
        assert wire.drained()
        assert sent == [{"type": "websocket.send", "text": str(n)} for n in range(QUEUE_MESSAGES_MAX)]
        wire.close()
        await asyncio.sleep(0)
        assert wire._pump is not None
        assert wire._pump.cancelled()

    asyncio.run(story())


def test_the_whole_channel_works_through_asgi_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "WebSocketsSansIOProtocol", type(None))
    with served() as house:
        owner = house.owner()
        do(owner, "show", "f", "show.plan", show_id="f", title="慢路", starts_at=START, ends_at=START + 1000)
        with Screen(owner) as screen:
            assert screen.subscribe("show/f", "show.head")["type"] == "snapshot"
            screen.until(do(owner, "show", "f", "show.edit", title="也到")["seq"])
            assert screen.rows["show.head"]["show"]["title"] == "也到"
            assert screen.still_answers()
            assert owner.delete("/api/session").status_code == 200
            assert screen.hear()["code"] == "core.not_signed_in"
