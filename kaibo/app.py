"""The composition root: the one place that knows every feature, store and connector."""

import fcntl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from litestar import Litestar, Response, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers.http_handlers import HTTPRouteHandler
from litestar.router import Router
from litestar.static_files import create_static_files_router  # pyright: ignore[reportUnknownVariableType]
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from kaibo import __version__
from kaibo.archiving import Archivist
from kaibo.beside import Beside
from kaibo.config import Settings
from kaibo.connectors.gather import Gatherer
from kaibo.connectors.ingest import inbound as ingest
from kaibo.connectors.simulated import outbound as simulated
from kaibo.core.errors import NotFound, Refusal
from kaibo.core.feature import WORKSPACE
from kaibo.features import FEATURES
from kaibo.features.workspace.charter import role_allowing
from kaibo.features.workspace.commands import AddPerson, OpenWorkspace
from kaibo.features.workspace.shown import PEOPLE, TOKENS
from kaibo.kit import doors, whole
from kaibo.kit.auth import Directory, Door, Person
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.house import House, followers_of, make_ready, operations_of, routes_of
from kaibo.kit.http import BODY_BYTES_MAX, EventPage, Json, ViewAnswer, broken, command_routes, failed, reading_routes, refused
from kaibo.kit.live import LiveHub
from kaibo.kit.openapi import Operation, Schema, document
from kaibo.kit.react import SYSTEM, Following, reactions_of
from kaibo.kit.snapshot import Snapshots
from kaibo.kit.socket import LiveSocket
from kaibo.kit.timers import Timers
from kaibo.kit.vault import Vault
from kaibo.kit.whole import Wholes
from kaibo.stores.contract import LogStore
from kaibo.stores.memory import MemoryStore
from kaibo.stores.sqlite import SqliteStore

WEB_DIST = Path(__file__).parent / "web_dist"
OWNER = "owner"
TEAM = {PEOPLE.name, TOKENS.name}  # the views that say who may come in
SECURITY_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (
        b"content-security-policy",
        b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'",
    ),
]

PAGE_QUERY: dict[str, Schema] = {
    "after": {"type": "integer", "minimum": 0},
    "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
    "types": {"type": "string"},
    "from_at": {"type": "integer", "minimum": 0},
    "to_at": {"type": "integer", "minimum": 0},
}
OPERATIONS: tuple[Operation, ...] = (
    Operation("post", "/api/session", "Sign in by name and password.", doors.SignIn, open=True),
    Operation("post", "/api/session/link", "Sign in by a one-time link.", doors.ClaimLink, open=True),
    Operation("delete", "/api/session", "Sign out."),
    Operation("get", "/api/me", "Who am I?", answer=doors.Me),
    Operation("post", "/api/me/password", "Give oneself a password.", doors.SetPassword),
    Operation("post", "/api/people/{person_id}/invitation", "Make a one-time link for a person.", answer=doors.Invitation),
    *ingest.OPERATIONS,
    *(
        operation
        for kind in ("show", "workspace")
        for operation in (
            Operation("get", f"/api/streams/{kind}/{{stream_id}}/views/{{view}}", "A snapshot of a view.", answer=ViewAnswer),
            Operation("get", f"/api/streams/{kind}/{{stream_id}}/events", "A page of the log.", None, EventPage, PAGE_QUERY),
        )
    ),
    whole.OPERATION,
    Operation("get", "/api/health", "Is it up?", open=True),
    *operations_of(FEATURES),
)


def now_ms() -> int:
    """The machine's clock; everything below asks for time through this one door."""
    return time.time_ns() // 1_000_000


def openapi() -> Schema:
    """The OpenAPI document of this version."""
    return document(FEATURES, OPERATIONS, __version__)


def open_store(settings: Settings) -> LogStore:
    """The store the settings name."""
    return MemoryStore() if settings.data_dir is None else SqliteStore(settings.data_dir / "log.db")


def snapshots_in(data_dir: Path, store: LogStore) -> Snapshots:
    """Beside the log, and no part of a backup: whoever restores one need not care, a snapshot of another log is not read."""
    return Snapshots(data_dir / "snapshots", FEATURES, store)


def role_of(roles: frozenset[str], duty: str) -> str | None:
    """The charter's answer: the role of the caller that carries the duty, or None."""
    return role_allowing(roles, duty)


@dataclass
class App:
    """Everything that runs in one process. `asgi` is what the server serves."""

    settings: Settings
    house: House
    engine: Engine
    vault: Vault
    door: Door
    hub: LiveHub
    following: Following
    timers: Timers
    gatherer: Gatherer
    archivist: Archivist | None
    asgi: ASGIApp
    _lock: TextIO | None = None

    async def start(self) -> str:
        """Start writing and following; give a one-time link secret for the owner."""
        self._lock = _only_one(self.settings.data_dir)
        self.engine.start()
        await open_workspace(self.engine, self.settings.workspace)
        await make_ready(FEATURES, self.house)
        await self.following.start()
        await self.timers.start()
        if self.archivist is not None:
            self.archivist.start()
        return self.door.link_for(OWNER)

    async def stop(self) -> None:
        """Stop in order: timers, followers, writer, files."""
        if self.archivist is not None:
            await self.archivist.stop()
        await self.timers.stop()
        await self.following.stop()
        await self.engine.stop()
        self.vault.close()
        if self._lock is not None:
            self._lock.close()


class AlreadyRunning(Exception):
    """Another process holds the data directory."""


def _only_one(data_dir: Path | None) -> TextIO | None:
    """One writer for one data directory: a second server would decide on a state it does not see."""
    if data_dir is None:
        return None
    data_dir.mkdir(parents=True, exist_ok=True)
    handle = (data_dir / "lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.close()
        raise AlreadyRunning(str(data_dir)) from error
    return handle


async def open_workspace(engine: Engine, name: str) -> None:
    """Make the workspace and its owner when there is none yet."""
    try:
        await engine.fold(WORKSPACE)
    except NotFound:
        await engine.submit(WORKSPACE, OpenWorkspace(name=name), SYSTEM, key="open")
        owner = AddPerson(person_id=OWNER, name="負責人", roles=("owner", "planner", "director", "operations"))
        # The system does not manage people (a token of that role could make owners): the first owner is added as an owner.
        founder = Caller(id=SYSTEM.id, name=SYSTEM.name, roles=frozenset({"owner"}))
        await engine.submit(WORKSPACE, owner, founder, key="owner")


def directory_of(engine: Engine) -> Directory:
    """How the door asks the workspace who people are."""

    async def person(person_id: str) -> Person | None:
        row = (await engine.fold(WORKSPACE)).row(PEOPLE, person_id)
        return None if row is None else Person(id=person_id, name=row.name, roles=row.roles)

    async def token(token_id: str) -> Person | None:
        row = (await engine.fold(WORKSPACE)).row(TOKENS, token_id)
        return None if row is None else Person(id=token_id, name=row.label, roles=row.roles)

    async def named(name: str) -> Person | None:
        rows = (await engine.fold(WORKSPACE)).rows(PEOPLE)
        return next((Person(id=key, name=row.name, roles=row.roles) for key, row in rows.items() if row.name == name), None)

    return Directory(person=person, named=named, token=token)


def build(settings: Settings, *, clock: Callable[[], int] = now_ms, store: LogStore | None = None) -> App:
    """Put the house together; nothing runs before `start`."""
    engine = Engine(FEATURES, store or open_store(settings), clock=clock, allows=role_of)
    vault = Vault(None if settings.data_dir is None else settings.data_dir / "vault.db", clock)
    directory = directory_of(engine)
    door = Door(vault, directory, clock)
    hub = LiveHub(engine, clock)
    archivist = None if settings.data_dir is None else Archivist(engine, settings.data_dir)
    if settings.data_dir is not None:
        engine.keeper.snap_with(snapshots_in(settings.data_dir, engine.store), Beside("snapshot", settings.data_dir))
    archiving = [] if archivist is None else [archivist.follower()]
    house = House(engine, door, settings)
    acting = [*followers_of(FEATURES, house), *simulated.followers(house)]
    following = Following(engine, [*reactions_of(FEATURES), *acting, *archiving])
    timers = Timers(engine, lambda: engine.clock())  # noqa: PLW0108  the clock may be set while a past is played
    gatherer = Gatherer(engine)
    state = State(
        {"engine": engine, "door": door, "directory": directory, "gatherer": gatherer, "vault": vault, "wholes": Wholes(engine)}
    )
    http = Litestar(
        route_handlers=[*_routes(), *_static()],
        state=state,
        openapi_config=None,
        logging_config=None,
        request_max_body_size=BODY_BYTES_MAX,
        exception_handlers={Refusal: refused, HTTPException: failed, Exception: broken},
    )
    live = LiveSocket(engine, hub, door, clock)
    door.watch(live.recheck)
    engine.listen(lambda _fold, _events, changed: live.recheck() if changed.keys() & TEAM else None)
    asgi = _outer(http, live)
    return App(settings, house, engine, vault, door, hub, following, timers, gatherer, archivist, asgi)


def _routes() -> Sequence[HTTPRouteHandler]:
    described = Json(openapi()).content

    @get("/api/openapi.json")
    async def read_openapi() -> Response[bytes]:
        """The document of all this."""
        return Json(described)

    @get("/api/health")
    async def health() -> Response[bytes]:
        """Up, and which version."""
        return Json({"version": __version__})

    reading = [*reading_routes("show"), *reading_routes("workspace"), whole.read_whole]
    own = [read_openapi, health, *reading, *ingest.ROUTES]
    return [*command_routes(FEATURES), *doors.ROUTES, *own, *routes_of(FEATURES)]


def _static() -> Sequence[Router]:
    if not (WEB_DIST / "index.html").exists():
        return []
    static: Any = create_static_files_router  # pyright: ignore[reportUnknownVariableType]
    return [static(path="/", directories=[WEB_DIST], html_mode=True, include_in_schema=False)]


def _outer(http: ASGIApp, live: LiveSocket) -> ASGIApp:
    """WebSocket beside HTTP, and the headers every answer carries."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            if scope["path"] == "/api/live":
                await live(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 4404})
            return
        if scope["type"] != "http":
            await http(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *SECURITY_HEADERS]
            await send(message)

        await http(scope, receive, guarded)

    return asgi
