"""A fake messenger, or all of them at one address: judges as the real one does, and fails as it is planned to."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kaibo.fakes.dingtalk import DingTalk
from kaibo.fakes.feishu import Feishu
from kaibo.fakes.line import LineAccount
from kaibo.fakes.protocol import Kind, Protocol, Seen
from kaibo.fakes.slack import Slack
from kaibo.fakes.webhook import Webhook
from kaibo.fakes.wecom import WeCom
from kaibo.fakes.wire import Line, Malformed, Reply, Request

Which = Kind | Literal["all"]
KINDS: dict[Kind, type[Protocol]] = {each.kind: each for each in (Slack, DingTalk, Feishu, WeCom, LineAccount, Webhook)}
GRAMMAR = (
    r"^(status:[45][0-9]{2}|body:(limited|refused)|late(_after)?:[0-9]+(\.[0-9]+)?"
    r"|reset(_after)?|half_open|garbage|html|twice)\Z"
)
GARBAGE = Reply(b"\x00\xff{]")
HTML = Reply(b"<!doctype html><title>Sign in</title><p>This network wants you to sign in.", content_type="text/html")


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes wrong with one request: the next one, or the next of one messenger."""

    fault: Annotated[str, Meta(pattern=GRAMMAR)]
    kind: Kind | None = None


class Messenger:
    """`clock` gives the seconds since 1970 by which times, limits and signatures are judged."""

    def __init__(self, which: Which = "all", clock: Callable[[], float] | None = None) -> None:
        self.url = ""  # known while it is served
        self.seen: list[Seen] = []  # what was accepted, in order
        self.asked = 0  # requests, refused ones and those with a fault too
        self._clock = clock or time.time  # noqa: TID251  a program of its own, and this its one door for time
        self._kinds = [each for kind, each in KINDS.items() if which in (kind, "all")]
        self._protocols = [each() for each in self._kinds]
        self._planned: deque[Fault] = deque()
        self._talks: set[asyncio.Task[None]] = set()

    def plan(self, faults: Iterable[str | Mapping[str, str]]) -> None:
        """Each is used up by one request, in order; msgspec.ValidationError if one is not in the grammar (README.md)."""
        named = [{"fault": each} if isinstance(each, str) else each for each in faults]
        self._planned.extend(msgspec.convert(named, list[Fault]))

    def clear(self) -> None:
        """As if nobody had ever asked: no message, plan, limit or repeated key is remembered."""
        self.seen.clear()
        self._planned.clear()
        self.asked = 0
        self._protocols = [each() for each in self._kinds]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer whoever connects until one of both hangs up."""
        line, task = Line(reader, writer), asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        task.add_done_callback(self._talks.discard)
        try:
            with suppress(ConnectionError):  # the sender may not have waited
                await self._exchange(line)
        finally:
            line.close()

    async def hang_up(self) -> None:
        """End every connection, also those that wait."""
        talks = list(self._talks)
        for each in talks:
            each.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _exchange(self, line: Line) -> None:
        try:
            while not line.over and (request := await line.read()) is not None:
                reply = self._controlled(request) or await self._asked(request, line)
                if reply is None:
                    return
                await line.write(reply)
        except Malformed as malformed:
            await line.write(Reply.of({"error": malformed.args[1]}, malformed.args[0], {"Connection": "close"}))

    def _controlled(self, request: Request) -> Reply | None:
        """Of the test that plans and looks; nothing of it is a request to the messenger."""
        match request.method, request.path:
            case "GET", "/_seen":
                return Reply.of(self.seen)
            case "GET", "/_asked":
                return Reply.of(self.asked)
            case "POST", "/_plan":
                try:
                    self.plan(msgspec.json.decode(request.body, type=list[str | dict[str, str]]))
                except msgspec.DecodeError as error:
                    return Reply.of({"error": str(error)}, 400)
            case "POST", "/_clear":
                self.clear()
            case _:
                return None
        return Reply.of({"ok": True})

    async def _asked(self, request: Request, line: Line) -> Reply | None:
        """None: no answer, and the connection ends."""
        self.asked += 1
        protocol = next((each for each in self._protocols if each.takes(request.path)), None)
        if protocol is None:
            return Reply.of({"error": "no such path"}, 404)
        fault, _, value = self._next_fault(protocol.kind).partition(":")
        match fault:
            case "half_open":
                await line.until_gone()
                return None
            case "reset":
                line.reset()
                return None
            case "status" | "body" | "garbage" | "html":
                return _unjudged(protocol, fault, value)
            case _:
                return await self._judged(protocol, request, line, fault, value)

    async def _judged(self, protocol: Protocol, request: Request, line: Line, fault: str, value: str) -> Reply | None:
        if fault == "late":
            await asyncio.sleep(float(value))
            if line.gone:  # a request that stood in a queue, and whose sender left, is never looked at
                return None
        reply, seen = protocol.answer(request, self._clock())
        if seen is not None:
            self.seen.extend([seen] * (2 if fault == "twice" else 1))
        if fault == "late_after":
            await asyncio.sleep(float(value))
        if fault == "reset_after":
            line.reset()
            return None
        return reply

    def _next_fault(self, kind: Kind) -> str:
        """The first that is planned for this messenger or for any; empty if all goes well."""
        found = next((each for each in self._planned if each.kind in (None, kind)), None)
        if found is None:
            return ""
        self._planned.remove(found)
        return found.fault


def _unjudged(protocol: Protocol, fault: str, value: str) -> Reply:
    """What is answered by somebody who never looked at the message."""
    match fault:
        case "status":
            return Reply.of({"error": "as planned"}, int(value), {"Retry-After": "1"} if value == "429" else None)
        case "body":
            return protocol.limited if value == "limited" else protocol.refused
        case _:
            return GARBAGE if fault == "garbage" else HTML


@asynccontextmanager
async def messenger_served(
    which: Which = "all", port: int = 0, clock: Callable[[], float] | None = None
) -> AsyncGenerator[Messenger]:
    """Serve it at a port of this machine alone, from entry to exit; port 0 is any that is free."""
    fake = Messenger(which, clock)
    server = await asyncio.start_server(fake.talk, "127.0.0.1", port)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield fake
    finally:
        server.close()
        await fake.hang_up()
        await server.wait_closed()
