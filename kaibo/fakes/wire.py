"""HTTP/1.1 on a bare line. A web server answers or ends in order; a fake must be able to do neither."""

import asyncio
import re
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import responses
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

BODY_BYTES_MAX = 1_000_000  # more than any messenger takes: what is too long for one, that one says in its own words


class Malformed(Exception):
    """Not a request: the status, and why."""


@dataclass(frozen=True)
class Request:
    """What was asked; headers by their name in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def bearer(self) -> str:
        """The token of `Authorization: Bearer`."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    content_type: str = "application/json; charset=utf-8"

    @classmethod
    def of(cls, value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Self:
        """As JSON."""
        return cls(msgspec.json.encode(value), status, headers or {})


class Line:
    """A connection, for one exchange after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._last = False  # the sender wants no more exchanges on it

    @property
    def gone(self) -> bool:
        """Whether the sender hung up."""
        return self._reader.at_eof()

    @property
    def over(self) -> bool:
        """Whether nothing more is said on it."""
        return self._last or self._writer.is_closing()

    async def read(self) -> Request | None:
        """The next request; None when the sender hung up before it was whole."""
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
            method, target, headers = self._head(head.decode("latin-1"))
            body = await self._reader.readexactly(_length(headers))
        except asyncio.IncompleteReadError:
            return None
        except asyncio.LimitOverrunError as error:
            raise Malformed(431, "too long a head") from error
        url = urlsplit(target)
        return Request(method, unquote(url.path), dict(parse_qsl(url.query, keep_blank_values=True)), headers, body)

    async def write(self, reply: Reply) -> None:
        """Answer."""
        headers = {"Content-Type": reply.content_type, **reply.headers, "Content-Length": str(len(reply.body))}
        lines = [
            f"HTTP/1.1 {reply.status} {responses.get(reply.status, '')}",
            *(f"{name}: {text}" for name, text in headers.items()),
        ]
        self._writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + reply.body)
        await self._writer.drain()

    async def until_gone(self) -> None:
        """Say nothing until the sender hangs up."""
        while await self._reader.read(65_536):
            pass

    def reset(self) -> None:
        """Cut it without lingering: the sender sees an error and no orderly end."""
        self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    def close(self) -> None:
        """End it in order."""
        self._writer.close()

    def _head(self, text: str) -> tuple[str, str, dict[str, str]]:
        first, *fields = text.rstrip().split("\r\n")
        try:
            method, target, version = first.split(" ")
        except ValueError as error:
            raise Malformed(400, "not a request") from error
        pairs = (each.partition(":") for each in fields)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        self._last = version != "HTTP/1.1" or headers.get("connection", "").lower() == "close"
        return method, target, headers


def _length(headers: Mapping[str, str]) -> int:
    if "transfer-encoding" in headers:
        raise Malformed(411, "say how long the body is")
    length = headers.get("content-length", "0")
    if re.fullmatch("[0-9]{1,15}", length) is None:
        raise Malformed(400, "not a length")
    if int(length) > BODY_BYTES_MAX:
        raise Malformed(413, f"no more than {BODY_BYTES_MAX} bytes")
    return int(length)
