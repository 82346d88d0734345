"""The one door out of the house: who asks for something elsewhere asks here, and nothing of a rehearsal ever leaves.

Only hosts that are named are asked, redirects are not followed, an answer is read to a limit and a request has so many seconds.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import msgspec

from kaibo.core.errors import Refusal
from kaibo.core.event import Mode

if TYPE_CHECKING:
    import httpx

WAIT_S = 5.0
ANSWER_MAX = 65_536
PLAIN = re.compile(r"[!-~]+")  # no blank, no control, nothing a library could read otherwise than we do


class OutwardShut(Refusal):
    """Nothing of a rehearsal or a simulation leaves the house."""

    code = "outward.shut"
    mode: str


class OutwardUnknownHost(Refusal):
    """A host this house does not ask."""

    code = "outward.unknown_host"
    status = 422
    host: str


def let_out(mode: Mode) -> None:
    """The one rule of the door. Raises OutwardShut."""
    if mode != "live":
        raise OutwardShut(mode=mode)


class Unreached(Exception):
    """No connection: nothing of the request was read there."""


class Unanswered(Exception):
    """The request may have been read; there is no answer one could rely on."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def _is_named(parts: SplitResult, hosts: Collection[str]) -> bool:
    """Over HTTPS and its own port: one of `hosts`, or any public one."""
    host = parts.hostname or ""
    if parts.scheme != "https" or parts.port not in (None, 443):
        return False
    return host in hosts or ("*" in hosts and "." in host and not _is_inside(host))


def _is_inside(host: str) -> bool:
    """An address that is written as one, and is none of the public ones."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


class Outward:
    """`hosts`: host:port that are asked beside those a caller names, over plain HTTP too."""

    def __init__(self, hosts: Collection[str] = ()) -> None:
        self._hosts = frozenset(hosts)
        self._line: httpx.AsyncClient | None = None

    def check(self, url: str, hosts: Collection[str]) -> str:
        """The address, when it is one of `hosts` (over HTTPS; "*" for any) or of this house's own list. Raises OutwardUnknownHost."""
        try:
            parts = urlsplit(url)
            known = (
                parts.netloc in self._hosts if parts.scheme == "http" else parts.netloc in self._hosts or _is_named(parts, hosts)
            )
        except ValueError as error:
            raise OutwardUnknownHost(host=url[:80]) from error
        if not PLAIN.fullmatch(url) or parts.username or parts.fragment or not known:
            raise OutwardUnknownHost(host=(parts.netloc or url)[:80])
        return url

    async def post(self, mode: Mode, url: str, hosts: Collection[str], headers: Mapping[str, str], body: bytes) -> Answer:
        """Ask once. Raises OutwardShut, OutwardUnknownHost, Unreached, Unanswered."""
        import httpx  # noqa: PLC0415  only who sends waits for it

        let_out(mode)
        self.check(url, hosts)
        await self._check_public(url, hosts)
        if self._line is None:
            soon = WAIT_S * 0.8  # before all time is up: what was never reached is told from what did not answer
            timeout = httpx.Timeout(WAIT_S, connect=soon, pool=soon)
            self._line = httpx.AsyncClient(timeout=timeout, follow_redirects=False)
        try:
            async with asyncio.timeout(WAIT_S), self._line.stream("POST", url, headers=dict(headers), content=body) as answer:
                read = bytearray()
                async for part in answer.aiter_bytes():
                    read += part
                    if len(read) > ANSWER_MAX:
                        break
                found = {name.lower(): value for name, value in answer.headers.items()}
                return Answer(status=answer.status_code, headers=found, body=bytes(read[:ANSWER_MAX]))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
            raise Unreached(type(error).__name__) from error
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise Unanswered(type(error).__name__) from error

    async def _check_public(self, url: str, hosts: Collection[str]) -> None:
        """Where any host may be named, none inside a network is reached by its name. Raises OutwardUnknownHost, Unreached."""
        parts = urlsplit(url)
        if "*" not in hosts or parts.netloc in self._hosts:
            return
        try:
            found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise Unreached("no such host") from error
        if not all(ipaddress.ip_address(str(address[4][0]).partition("%")[0]).is_global for address in found):
            raise OutwardUnknownHost(host=parts.netloc[:80])

    async def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            await self._line.aclose()
            self._line = None
