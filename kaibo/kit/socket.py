"""The WebSocket of the live channel, as a bare ASGI application beside the HTTP one."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

import msgspec
from litestar.types import Receive, Scope

from kaibo.core.errors import NotAllowed, Refusal
from kaibo.kit.auth import Door
from kaibo.kit.budget import LINE_WORK, Bucket, TooFast, TooMany
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.frames import Send, Wire, text_frame
from kaibo.kit.gate import headers_of, is_foreign
from kaibo.kit.live import LiveHub, Reader
from kaibo.kit.messages import ClientMessage, Here, Ping, Pong, RefusedMessage, Subscribe, Unsubscribe
from kaibo.kit.presence import Presence, Seat
from kaibo.kit.words import choose, say

log = logging.getLogger("kaibo.socket")

CLOSE_S = 1.0
HELD_S_MAX = 1.0  # a line that asked for too much is not heard for so long
CLOSING = {401: 4401, 429: 4429}  # by the status of what was refused; 4403 for all else
SEAT_DUTY = "show.read"  # who is here is told to those who may see what it is about
LINES_PERSON = 64  # a person has no more windows than that; a program that tests the house may have many lines
LINES_PROGRAM = 4_000
SUBSCRIPTIONS_MAX = 32  # streams that one line shows at once: the workspace, a show, and some to compare
QUESTIONS_MAX = 24  # of the questions a stream takes at once, so many are one line's
WAITING_MAX = 32  # streams one line waits for at once; whoever asks for more is heard again when one has come


class BadMessage(Refusal):
    """A message that is not one of the protocol's."""

    code = "live.bad_message"
    status = 400
    why: str


class BadOrigin(Refusal):
    """Another site tries to use somebody's session."""

    code = "live.bad_origin"
    status = 403


_decode = msgspec.json.Decoder(ClientMessage).decode


@dataclass(eq=False)
class _Client:
    wire: Wire
    send: Send
    headers: dict[str, str]
    caller: Caller
    language: str
    address: str
    readers: dict[str, Reader] = field(default_factory=dict[str, Reader])
    seats: dict[str, Seat] = field(default_factory=dict[str, Seat])
    waiting: dict[tuple[str, str], Subscribe | Here] = field(default_factory=dict[tuple[str, str], Subscribe | Here])
    expiry: asyncio.TimerHandle | None = None
    work: Bucket = field(default_factory=lambda: Bucket(LINE_WORK.burst, time.monotonic()))


class LiveSocket:
    """Serves /api/live: signs in by cookie or token, then subscriptions, presence and pings."""

    def __init__(self, engine: Engine, hub: LiveHub, door: Door, clock: Callable[[], int]) -> None:
        self._engine = engine
        self._hub = hub
        self._door = door
        self._clock = clock
        self._presence = Presence()
        self._clients: set[_Client] = set()
        self._rechecking: asyncio.Task[None] | None = None
        self._recheck_again = False
        self._expiring: set[asyncio.Task[None]] = set()
        self._loading: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        language = choose(headers.get("accept-language", ""))
        address = scope["client"][0] if scope["client"] else ""
        await receive()
        try:
            caller = await self._enter(headers, address)
            self._check_lines(caller)
        except Refusal as refusal:
            await send({"type": "websocket.accept"})
            await _turn_away(send, refusal, language)
            return
        await send({"type": "websocket.accept"})
        client = _Client(Wire(send), send, headers, caller, language, address)
        self._clients.add(client)
        self._watch_expiry(client)
        try:
            while (message := await receive())["type"] == "websocket.receive":
                began = time.thread_time()
                await self._handle(client, message.get("text") or "")
                client.work.spend(time.thread_time() - began)
                await asyncio.sleep(0)  # a thousand that came at once would otherwise be answered while all others wait
        finally:
            self._leave(client)

    async def _enter(self, headers: dict[str, str], address: str) -> Caller:
        if is_foreign(headers):
            raise BadOrigin
        return await self._door.identify(headers, _cookies(headers.get("cookie", "")), changes=False, address=address)

    def _check_lines(self, caller: Caller) -> None:
        most = LINES_PROGRAM if caller.program else LINES_PERSON
        if sum(client.caller.id == caller.id for client in self._clients) >= most:
            raise TooMany(what="lines", most=most)

    def recheck(self) -> None:
        """Somebody signed out, left or changed roles: look again, soon, who may still be here and see what they see."""
        self._recheck_again = True
        if self._rechecking is None or self._rechecking.done():
            self._rechecking = asyncio.get_running_loop().create_task(self._recheck())

    async def _recheck(self) -> None:
        while self._recheck_again:
            self._recheck_again = False
            for client in tuple(self._clients):
                try:
                    client.caller = await self._enter(client.headers, client.address)
                except Refusal as refusal:
                    await self._let_go(client, refusal)
                else:
                    self._keep_allowed(client)

    def _watch_expiry(self, client: _Client) -> None:
        """A session that merely expires tells nobody: one timer for each line, set to that instant."""
        ends_at = self._door.ends_at(client.headers, _cookies(client.headers.get("cookie", "")))
        wait_ms = 0 if ends_at is None else max(0, ends_at - self._clock())
        client.expiry = asyncio.get_running_loop().call_later(wait_ms / 1000, self._expire, client)

    def _expire(self, client: _Client) -> None:
        task = asyncio.get_running_loop().create_task(self._look_again(client))
        self._expiring.add(task)
        task.add_done_callback(self._expiring.discard)

    async def _look_again(self, client: _Client) -> None:
        """Not yet over after all when the machine's clock was set back meanwhile."""
        try:
            await self._enter(client.headers, client.address)
        except Refusal as refusal:
            await self._let_go(client, refusal)
        else:
            self._watch_expiry(client)

    async def _let_go(self, client: _Client, refusal: Refusal) -> None:
        self._leave(client)
        with contextlib.suppress(Exception):  # whoever hung up meanwhile is gone anyway
            async with asyncio.timeout(CLOSE_S):  # and whoever does not read must not hold up the others
                await _turn_away(client.send, refusal, client.language)

    def _keep_allowed(self, client: _Client) -> None:
        for stream, reader in tuple(client.readers.items()):
            fold = self._hub.fold(stream)
            try:
                for name in reader.views:
                    self._engine.admit(client.caller, fold, fold.view(name).duty)
            except Refusal as refusal:
                self._drop(client, stream)
                _write(client.wire, _refused(refusal, client.language))

    def _leave(self, client: _Client) -> None:
        self._clients.discard(client)
        if client.expiry is not None:
            client.expiry.cancel()
        client.wire.close()
        for reader in client.readers.values():
            self._hub.leave(reader)
        for seat in client.seats.values():
            self._presence.leave(seat)
        client.readers.clear()
        client.seats.clear()
        client.waiting.clear()

    async def _handle(self, client: _Client, text: str) -> None:
        if (wait_s := client.work.wait_s(LINE_WORK, time.monotonic())) > 0:
            _write(client.wire, _refused(TooFast(what="messages", wait_s=int(wait_s) + 1), client.language))
            await asyncio.sleep(min(wait_s, HELD_S_MAX))  # what comes after it waits in their own buffers
            return
        try:
            message = _decode(text)
        except (msgspec.DecodeError, RecursionError) as error:
            _write(client.wire, _refused(BadMessage(why=str(error)), client.language))
            return
        if isinstance(message, Subscribe | Here) and self._must_load(client, message):
            self._wait_for(client, message)
        else:
            await self._told(client, message)

    async def _told(self, client: _Client, message: ClientMessage) -> None:
        try:
            await self._answer(client, message)
        except NotAllowed as refusal:
            _write(client.wire, _refused(refusal, client.language, await self._barred(client, message)))
        except Refusal as refusal:
            _write(client.wire, _refused(refusal, client.language))

    async def _barred(self, client: _Client, message: ClientMessage) -> tuple[str, ...]:
        """All views of a subscription that are not for this client, so that it can ask for the others."""
        if not isinstance(message, Subscribe):
            return ()
        fold, barred = await self._engine.fold(message.stream), list[str]()
        for name in message.views:
            try:
                self._engine.admit(client.caller, fold, fold.view(name).duty)
            except NotAllowed:
                barred.append(name)
        return tuple(barred)

    # streams that are not in memory: a line that waited for one would be deaf to all others, and to its own pings
    def _must_load(self, client: _Client, message: Subscribe | Here) -> bool:
        client.waiting.pop(_wish(message), None)  # the newest word on a stream is the one that counts
        return self._engine.folded(message.stream) is None and len(client.waiting) < WAITING_MAX

    def _wait_for(self, client: _Client, message: Subscribe | Here) -> None:
        client.waiting[_wish(message)] = message
        task = asyncio.get_running_loop().create_task(self._when_loaded(client, message))
        self._loading.add(task)
        task.add_done_callback(self._loading.discard)

    async def _when_loaded(self, client: _Client, message: Subscribe | Here) -> None:
        try:
            with contextlib.suppress(Refusal):  # told by the answer
                await self._engine.fold(message.stream)
            if client.waiting.get(_wish(message)) is message:
                del client.waiting[_wish(message)]
                await self._told(client, message)
        except Exception:  # the line starts afresh, as it does where nothing had to be waited for
            log.exception("%s could not be shown", message.stream)
            with contextlib.suppress(Exception):
                await client.send({"type": "websocket.close", "code": 1011})

    async def _answer(self, client: _Client, message: ClientMessage) -> None:
        match message:
            case Subscribe():
                await self._subscribe(client, message)
            case Unsubscribe():
                client.waiting.pop((message.stream, Subscribe.__name__), None)
                self._drop(client, message.stream)
            case Here():
                await self._sit(client, message)
            case Ping():
                _write(client.wire, msgspec.json.encode(Pong(t=message.t, at=self._clock())))

    async def _subscribe(self, client: _Client, message: Subscribe) -> None:
        fold = await self._engine.fold(message.stream)
        for name in message.views:
            self._engine.admit(client.caller, fold, fold.view(name).duty)
        _check_room(client, message)
        self._drop(client, message.stream)
        client.readers[message.stream] = await self._hub.subscribe(client.wire, message.stream, message.views)

    def _drop(self, client: _Client, stream: str) -> None:
        reader = client.readers.pop(stream, None)
        if reader is not None:
            self._hub.leave(reader)

    async def _sit(self, client: _Client, message: Here) -> None:
        self._engine.admit(client.caller, await self._engine.fold(message.stream), SEAT_DUTY)
        if message.role not in ("", *client.caller.roles):  # nobody sits there as what they are not
            raise NotAllowed(duty=SEAT_DUTY, roles=sorted(client.caller.roles))
        seat = client.seats.get(message.stream)
        if seat is None and len(client.seats) >= SUBSCRIPTIONS_MAX:
            raise TooMany(what="subscriptions", most=SUBSCRIPTIONS_MAX)
        if seat is None:
            seat = Seat(client.wire, message.stream, client.caller.id, client.caller.name, self._clock())
            client.seats[message.stream] = seat
        seat.role, seat.editing = message.role, message.editing
        self._presence.sit(seat)


def _wish(message: Subscribe | Here) -> tuple[str, str]:
    return message.stream, type(message).__name__


def _check_room(client: _Client, message: Subscribe) -> None:
    others = [reader for stream, reader in client.readers.items() if stream != message.stream]
    if len(others) >= SUBSCRIPTIONS_MAX:
        raise TooMany(what="subscriptions", most=SUBSCRIPTIONS_MAX)
    questions = sum("?" in view for view in [*message.views, *(view for reader in others for view in reader.views)])
    if questions > QUESTIONS_MAX:
        raise TooMany(what="questions", most=QUESTIONS_MAX)


def _cookies(header: str) -> Mapping[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _write(wire: Wire, payload: bytes) -> None:
    wire.write(payload, text_frame(payload))


async def _turn_away(send: Send, refusal: Refusal, language: str) -> None:
    await send({"type": "websocket.send", "text": _refused(refusal, language).decode()})
    await send({"type": "websocket.close", "code": CLOSING.get(refusal.status, 4403)})


def _refused(refusal: Refusal, language: str, views: tuple[str, ...] = ()) -> bytes:
    said = say(refusal.code, refusal.data, language)
    problem = RefusedMessage(code=refusal.code, data=refusal.data, message=said, views=views)
    return msgspec.json.encode(problem, enc_hook=str)
