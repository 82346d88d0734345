"""HTTP from features: one operation for each command, the views, the event feed; one error shape for everything."""

import logging
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers.http_handlers import HTTPRouteHandler

from kaibo.core.errors import ElsewhereOnly, Invalid, NotSignedIn, Refusal, TooLarge
from kaibo.core.event import Event, StreamKind
from kaibo.core.feature import WORKSPACE, Feature, fact_of, tag_of
from kaibo.kit.auth import Door
from kaibo.kit.budget import PERSON_COMMANDS, PROGRAM_COMMANDS, STRANGER_REQUESTS, Budgets
from kaibo.kit.devices import device_of
from kaibo.kit.engine import LOG_DUTY, Caller, Engine
from kaibo.kit.misread import placed
from kaibo.kit.naming import named
from kaibo.kit.trail import Visit
from kaibo.kit.tries import network_of
from kaibo.kit.words import choose, say

log = logging.getLogger("kaibo.http")

BODY_BYTES_MAX = 8 * 1024 * 1024
EVENTS_PAGE_MAX = 1000
EVENTS_SCAN_MAX = 20_000  # a filter may look through so many events for one page
KEY_LENGTH_MAX = 128
ACCEPTED = 202  # nothing has happened yet: somebody must agree first
NOT_THEIRS = 403  # who asked may not, whatever else they may

B = TypeVar("B")
AnyRequest = Request[Any, Any, State]


class BadJson(Refusal):
    """The body is not JSON of the documented shape."""

    code = "core.bad_json"
    status = 400
    why: str


class NoSuchAddress(Refusal):
    """Nothing is at this path."""

    code = "http.not_found"
    status = 404


class WrongMethod(Refusal):
    """The path is there, but not for this method."""

    code = "http.method"
    status = 405


class Bug(Refusal):
    """No rule but a fault of the house; the server's log says more under this reference."""

    code = "http.bug"
    status = 500
    reference: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Every error of the API: the rule's code, its data, and words in the caller's language."""

    code: str
    data: dict[str, Any]
    message: str


class ViewAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot of a view: rows by key at `seq` of the log; `at` is the server's clock (ms UTC)."""

    seq: int
    at: int
    rows: dict[str, Any]


class EventPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the log: read on after `next_after`; the log goes to `last_seq`."""

    events: list[Event[Any]]
    next_after: int
    last_seq: int


class Json(Response[bytes]):
    """Bytes that are JSON already."""

    def __init__(self, content: object, status_code: int = 200, headers: dict[str, str] | None = None) -> None:
        body = content if isinstance(content, bytes) else msgspec.json.encode(content)
        super().__init__(body, status_code=status_code, media_type="application/json", headers=headers)


def engine_of(request: AnyRequest) -> Engine:
    """The engine of this app."""
    engine: Engine = request.app.state.engine
    return engine


def door_of(request: AnyRequest) -> Door:
    """The door of this app."""
    door: Door = request.app.state.door
    return door


def address_of(request: AnyRequest) -> str:
    """Where a request comes from, as far as the server can tell."""
    return request.client.host if request.client else ""


def visit_of(request: AnyRequest) -> Visit:
    """From where a request comes, and what sent it."""
    return Visit(address=address_of(request), device=device_of(request.headers.get("user-agent", "")))


def _is_own(path: str) -> bool:
    """Whether it is about the account of whoever asks, and nothing of the house."""
    return path == "/api/me" or path.startswith(("/api/me/", "/api/session"))


async def caller_of(request: AnyRequest) -> Caller:
    """Who asks. Raises NotSignedIn, CsrfMissing, StepNeeded, ElsewhereOnly, and TooFast: for a person or program, or an address of strangers."""
    budgets: Budgets = request.app.state.budgets
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    try:
        caller = await door_of(request).identify(
            request.headers,
            request.cookies,
            changes=changes,
            address=address_of(request),
            own=_is_own(request.url.path),
        )
    except NotSignedIn:
        budgets.strangers.take(network_of(address_of(request)), STRANGER_REQUESTS)
        raise
    if changes:
        budgets.commands.take(caller.id, PROGRAM_COMMANDS if caller.program else PERSON_COMMANDS)
    _check_within(request, caller)
    return caller


def _check_within(request: AnyRequest, caller: Caller) -> None:
    """A token made for one show opens nothing else, whatever its roles. Raises ElsewhereOnly."""
    if caller.only is None or request.url.path == "/api/me":
        return
    within = request.path_params.get("stream_id", request.path_params.get("show_id"))
    if request.url.path.startswith("/api/streams/workspace/") or caller.only != f"show/{within}":
        raise ElsewhereOnly(only=caller.only, stream=str(within or WORKSPACE))


# Escapes of JSON: a backslash, both halves of a sign beyond the first plane, or one half alone.
_HALVES = re.compile(rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_HALF = len(rb"\ud83d")


def whole_signs(body: bytes) -> bytes:
    """JSON with � for each half of a sign: programs that cut a text in the middle of an emoji leave one."""
    return _HALVES.sub(lambda found: rb"\ufffd" if len(found[0]) == _HALF else found[0], body)


def _decoded(body: bytes, kind: type[B]) -> B:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        if (whole := whole_signs(body)) == body:
            raise
        return msgspec.json.decode(whole, type=kind)


async def body_of(request: AnyRequest, kind: type[B]) -> B:
    """The JSON body as a Struct; half a sign is one that cannot be shown. Raises BadJson, Invalid or TooLarge."""
    body = await request.body()
    try:
        return _decoded(body, kind)
    except msgspec.ValidationError as error:
        why, where = placed(str(error))
        raise Invalid(where=where or "body", why=why) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadJson(why=str(error)) from error


def key_of(request: AnyRequest) -> str | None:
    """The Idempotency-Key header. Raises Invalid when it is too long."""
    key = request.headers.get("idempotency-key") or None
    if key is not None and len(key) > KEY_LENGTH_MAX:
        raise Invalid(where="Idempotency-Key", why=f"longer than {KEY_LENGTH_MAX}")
    return key


def number_of(request: AnyRequest, name: str, default: int) -> int:
    """A whole, not negative number of the query. Raises Invalid."""
    text = request.query_params.get(name)
    if text is None or text == "":
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Invalid(where=name, why="a whole number is needed")
    return int(text)


def command_routes(features: Sequence[Feature], kinds: Sequence[StreamKind]) -> list[HTTPRouteHandler]:
    """Every command of these kinds of stream: one route for each kind, as the library takes a millisecond for each route at every start."""
    return [_commands_route(kind, features) for kind in kinds]


def _commands_route(kind: StreamKind, features: Sequence[Feature]) -> HTTPRouteHandler:
    taken = {tag_of(each): each for feature in features for each in feature.commands if kind in feature.streams_of(each)}

    async def handle(request: AnyRequest, stream_id: str, command: str) -> Json:
        if command not in taken or taken[command].routed:
            raise NoSuchAddress
        caller = await caller_of(request)
        asked = await body_of(request, taken[command])
        try:
            receipt = await engine_of(request).submit(f"{kind}/{stream_id}", asked, caller, key=key_of(request), waits=True)
            if not receipt.asked:
                return Json(receipt)
            message = say("asking.asked", {}, choose(request.headers.get("accept-language", "")))
            return Json(msgspec.structs.replace(receipt, message=message), ACCEPTED)
        except Refusal as error:
            if error.status == NOT_THEIRS and not caller.program:
                await request.app.state.note_refusal(f"{kind}/{stream_id}", asked, caller, error)
            raise

    return post(f"/api/streams/{kind}/{{stream_id:str}}/commands/{{command:str}}", status_code=200, name=f"{kind}:commands")(
        handle
    )


def reading_routes(kind: StreamKind) -> list[HTTPRouteHandler]:
    """The views and the event feed of one kind of stream."""

    async def view(request: AnyRequest, stream_id: str, view: str) -> Json:
        return await _read_view(request, f"{kind}/{stream_id}", view)

    async def events(request: AnyRequest, stream_id: str) -> Json:
        return await _read_events(request, f"{kind}/{stream_id}")

    path = f"/api/streams/{kind}/{{stream_id:str}}"
    return [get(f"{path}/views/{{view:str}}", name=f"{kind}:view")(view), get(f"{path}/events", name=f"{kind}:events")(events)]


async def _read_view(request: AnyRequest, stream: str, view: str) -> Json:
    """A snapshot of one view; a query asks it through a question."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(stream)
    engine.role_for(caller, fold.view(view).duty, fold)
    question = request.url.query
    if question and fold.view(view).lens is not None:
        view = f"{view}?{question}"
    return Json(ViewAnswer(seq=fold.view_seq, at=engine.clock(), rows=fold.rows(view)))


async def _read_events(request: AnyRequest, stream: str) -> Json:
    """A page of the log: seq > `after`, optionally of some `types` and between `from_at` and `to_at` (ms UTC, the end not included)."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(stream)
    engine.role_for(caller, LOG_DUTY, fold)
    types = frozenset(filter(None, request.query_params.get("types", "").split(",")))
    limit = max(1, min(number_of(request, "limit", 200), EVENTS_PAGE_MAX))
    start, end = number_of(request, "from_at", 0), number_of(request, "to_at", 10**15 - 1)
    found: list[msgspec.Raw] = []
    after = number_of(request, "after", 0)
    looked = 0
    while len(found) < limit and looked < EVENTS_SCAN_MAX:
        page = await engine.events(stream, after, EVENTS_PAGE_MAX)
        if not page:
            break
        for event in page:
            after = event.seq
            looked += 1
            if (not types or tag_of(fact_of(event)) in types) and start <= event.at < end:
                found.append(msgspec.Raw(engine.codec.to_json(event)))
                if len(found) >= limit:
                    break
    return Json({"events": found, "next_after": after, "last_seq": fold.view_seq})


def refused(request: AnyRequest, error: Refusal) -> Json:
    """A Refusal as HTTP: its status, code, data, and words in the caller's language."""
    body, headers = problem_of(error, request.headers.get("accept-language", ""), _named(request, error))
    return Json(body, error.status, headers)


def problem_of(error: Refusal, languages: str, named_data: Mapping[str, object] | None = None) -> tuple[bytes, dict[str, str]]:
    """The body and the headers that tell of a Refusal, in the first of the languages asked for; `named_data`: its data in names people know."""
    language = choose(languages)
    problem = Problem(code=error.code, data=error.data, message=say(error.code, named_data or error.data, language))
    headers = {"Content-Language": language}
    if error.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="kaibo"'
    if isinstance(wait_s := error.data.get("wait_s"), int):
        headers["Retry-After"] = str(wait_s)
    return _encodable(problem), headers


def _named(request: AnyRequest, error: Refusal) -> dict[str, object]:
    """Its data as people say it, where the stream it was about is in memory."""
    stream = _stream_of(request.url.path.split("/"))
    fold = engine_of(request).folded(stream) if stream else None
    return error.data if fold is None else named(error.data, fold, engine_of(request).features)


def _stream_of(parts: list[str]) -> str:
    match parts:
        case ["", "api", "streams", "show" | "workspace" as kind, ref, *_]:
            return f"{kind}/{unquote(ref)}"
        case ["", "api", "shows" | "ingest", ref, *_]:
            return f"show/{unquote(ref)}"
        case _:
            return ""


def _encodable(problem: Problem) -> bytes:
    return msgspec.json.encode(problem, enc_hook=str)


def failed(request: AnyRequest, error: HTTPException) -> Json:
    """What the HTTP library refuses (unknown address, wrong method, body too large) in our one shape."""
    match error.status_code:
        case 404:
            return refused(request, NoSuchAddress())
        case 405:
            answer = refused(request, WrongMethod())
            answer.headers.update(error.headers or {})
            return answer
        case 413:
            return refused(request, TooLarge(limit_bytes=BODY_BYTES_MAX))
        case _:
            return refused(request, Invalid(where="request", why=error.detail))


def broken(request: AnyRequest, error: Exception) -> Json:
    """A bug: a 500 with a reference number, and the traceback in the server's log."""
    reference = secrets.token_hex(4)
    log.error("bug %s at %s %s", reference, request.method, request.url.path, exc_info=error)
    return refused(request, Bug(reference=reference))
