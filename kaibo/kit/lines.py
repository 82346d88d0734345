"""Lines from outside: how many there are, how long one may take over a request, and how long it may leave an answer unread.

This relies on uvicorn's `httptools_impl` and `websockets_sansio_impl` (pinned in the lock file, tested in tests/flows/test_lines.py):
what is refused here was never a request to the app.
"""

import asyncio
import resource
from collections import Counter
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from kaibo.core.errors import Refusal
from kaibo.kit.budget import TooMany
from kaibo.kit.http import problem_of
from kaibo.kit.tries import network_of

HEAD_S = 10.0  # a line says what it wants within so long,
SILENT_S = 10.0  # does not stop in the middle for longer than that,
REQUEST_S = 120.0  # and has sent 8 MB, over any line that can carry a show, by then
UNREAD_S = 30.0  # an answer or a patch that nobody takes in so long
LOOKS = 3  # and so often it is looked whether some of it went
LINES_MAX = 20_000
FILES_OWN = 96  # file handles that are no lines: the log, loaders, children, the web app
PARTING_S = 2.0  # for the word that there is no room
PARTING_MAX = 64
FILES_WANTED = 65_536


class SlowRequest(Refusal):
    """A request that did not come whole in time."""

    code = "http.slow_request"
    status = 408


class Ledger:
    """Counts the lines, altogether and from each address; one address holds half of them at most: a studio, or a proxy."""

    def __init__(self, most: int = LINES_MAX) -> None:
        self.most = most
        self.most_each = max(1, most // 2)
        self.parting = 0
        self._each: Counter[str] = Counter()
        self._all = 0

    def open(self, network: str) -> int | None:
        """One line more; None where there is room, the limit that it meets where there is none."""
        if self._all >= self.most:
            return self.most
        if self._each[network] >= self.most_each:
            return self.most_each
        self._all += 1
        self._each[network] += 1
        return None

    def close(self, network: str) -> None:
        """One line less."""
        self._all -= 1
        self._each[network] -= 1
        if self._each[network] <= 0:
            del self._each[network]


def room_for_lines() -> int:
    """How many lines this process has file handles for, after asking the system for as many as it gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, FILES_WANTED)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max(8, min(soft - FILES_OWN, LINES_MAX))


class Unread:
    """Cuts a line whose other end takes nothing of what waits for it."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._least = 0
        self._looks = 0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Something waits to be taken."""
        self._least, self._looks = self._transport.get_write_buffer_size(), 0
        self._arm()

    def end(self) -> None:
        """It was taken, or the line is gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        self.end()
        self._timer = asyncio.get_running_loop().call_later(UNREAD_S / LOOKS, self._look)

    def _look(self) -> None:
        self._timer = None
        waiting = self._transport.get_write_buffer_size()
        self._looks = 0 if waiting < self._least else self._looks + 1
        self._least = min(self._least, waiting)
        if self._looks >= LOOKS:
            self._transport.abort()
        elif waiting:
            self._arm()


class HttpLine(HttpToolsProtocol):
    """A line that speaks HTTP, until it becomes a live one."""

    ledger: ClassVar[Ledger]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._network = network_of(self.client[0]) if self.client else ""
        self._unread = Unread(transport)
        self._timer: asyncio.TimerHandle | None = None
        self._ours = False  # a whole request is with us; before that we wait for one
        self._open = self._headed = False
        self._came = 0
        self._began = self._heard = self.loop.time()
        full = self.ledger.open(self._network)
        self._counted = full is None
        if full is None:
            self._arm(HEAD_S)
        else:
            self._part(full)

    def _part(self, most: int) -> None:
        """No room: say so, and close when the other end has had the time to read it."""
        if self.ledger.parting >= PARTING_MAX:
            self.transport.abort()
            return
        self.ledger.parting += 1
        self.transport.pause_reading()
        self.transport.write(answer_of(TooMany(what="lines", most=most)))
        self.transport.write_eof()
        self.loop.call_later(PARTING_S, self._parted)

    def _parted(self) -> None:
        self.ledger.parting -= 1
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_watching()
        if self._counted:
            self._counted = False
            self.ledger.close(self._network)

    def handle_websocket_upgrade(self) -> None:
        self._stop_watching()
        self._counted = False  # the live line counts for it from here on
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread.begin()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unread.end()

    # a request comes
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._open, self._headed = True, False
        self._began = self.loop.time()

    def on_headers_complete(self) -> None:
        self._headed = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._open = False
        self._came += 1
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        came = self._came
        self._heard = self.loop.time()
        super().data_received(data)
        if self._open or self._came == came:  # part of one, or of nothing yet
            if self._ours and not self._open:
                self._began = self._heard
            self._ours = False
            if self._timer is None and self._counted:
                self._arm(min(HEAD_S, SILENT_S))
        else:
            self._ours = True

    def _arm(self, wait_s: float) -> None:
        self._timer = self.loop.call_later(wait_s, self._look)

    def _look(self) -> None:
        """Only while a request is not whole; where we are the ones who do not read, nobody else is slow."""
        self._timer = None
        if self._ours or self.transport.is_closing():
            return
        now = self.loop.time()
        if self.flow.read_paused:
            self._heard = now
        until = min(self._began + (REQUEST_S if self._headed else HEAD_S), self._heard + SILENT_S)
        if now >= until - 0.001:
            self._cut()
        else:
            self._arm(until - now)

    def _cut(self) -> None:
        if self._open and not (self._headed and self.cycle.response_started):
            self.transport.write(answer_of(SlowRequest()))
        self.transport.close()

    def _stop_watching(self) -> None:
        self._unread.end()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class LiveLine(WebSocketsSansIOProtocol):
    """A line that became a live one."""

    ledger: ClassVar[Ledger]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._network = network_of(self.client[0]) if self.client else ""
        self._unread = Unread(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._unread.end()
        self.ledger.close(self._network)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread.begin()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unread.end()


def lines_of(ledger: Ledger) -> tuple[type[HttpLine], type[LiveLine]]:
    """The two kinds of lines of one server, counted together."""
    return type("HttpLine", (HttpLine,), {"ledger": ledger}), type("LiveLine", (LiveLine,), {"ledger": ledger})


def answer_of(refusal: Refusal) -> bytes:
    """A refusal as the last answer of a line whose request was not read."""
    body, headers = problem_of(refusal, "")
    told = {**headers, "Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {refusal.status} -\r\n{lines}\r\n".encode("latin-1") + body
