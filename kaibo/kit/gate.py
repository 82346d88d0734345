"""What every request and line meets before anything looks at it: where it comes from, what it brings, and what its answer carries."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from kaibo.core.errors import Refusal, TooLarge
from kaibo.kit.http import BODY_BYTES_MAX, problem_of

LENGTH_DIGITS_MAX = 18  # more is more than anybody sends, and 5,000 of them no number that Python reads
READING = ("GET", "HEAD", "OPTIONS")
JSON = "application/json"
FORM = "multipart/form-data"
API = "/api/"
OWN_SITES = ("same-origin", "none")  # what a browser says of the page that asks: ours, or none (typed in)
SECURITY_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (
        b"content-security-policy",
        b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'",
    ),
]
NO_STORE = (b"cache-control", b"no-store")  # what one person may read is kept for no other by what lies between


class ForeignOrigin(Refusal):
    """Another site asks in somebody's name."""

    code = "http.foreign_origin"
    status = 403


class NotJson(Refusal):
    """A body that any page could send without asking; the API takes JSON, and files in a form."""

    code = "http.not_json"
    status = 415
    media_type: str


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers of a request by name in small letters."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def is_foreign(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that a page of another site asks. An extension that brings a token of its own is no site."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") not in OWN_SITES
    try:
        place = urlsplit(origin)
    except ValueError:  # `http://[`: whatever it is, it is not this house
        return True
    if place.scheme.endswith("-extension") and headers.get("authorization", "").lower().startswith("bearer "):
        return False
    return place.netloc != headers.get("host")


def check(method: str, headers: Mapping[str, str]) -> None:
    """Whether a request may come in at all. Raises ForeignOrigin, TooLarge or NotJson."""
    if method in READING:
        return
    if is_foreign(headers):
        raise ForeignOrigin
    length = headers.get("content-length", "0")
    if length.isdecimal() and (len(length) > LENGTH_DIGITS_MAX or int(length) > BODY_BYTES_MAX):
        raise TooLarge(limit_bytes=BODY_BYTES_MAX)
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    brings = length != "0" or "transfer-encoding" in headers
    if (brings or media_type) and media_type not in (JSON, FORM):
        raise NotJson(media_type=media_type)


def gated(http: ASGIApp) -> ASGIApp:
    """The app behind the gate."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        own = f"/{scope['path'].lstrip('/')}".startswith(API)  # the router takes //api for /api

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *SECURITY_HEADERS, *([NO_STORE] if own else [])]
            await send(message)

        try:
            if own and scope["type"] == "http":
                check(scope["method"], headers_of(scope))
        except Refusal as refusal:
            await _turn_away(refusal, headers_of(scope), guarded)
        else:
            await http(scope, receive, guarded)

    return asgi


async def _turn_away(refusal: Refusal, headers: Mapping[str, str], send: Send) -> None:
    """The body is not read: the line is closed after it."""
    body, said = problem_of(refusal, headers.get("accept-language", ""))
    lines = {**said, "Content-Type": JSON, "Content-Length": str(len(body)), "Connection": "close"}
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in lines.items()]
    await send({"type": "http.response.start", "status": refusal.status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": False})
