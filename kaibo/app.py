"""The composition root: the one place that knows every feature, store and connector."""

import asyncio
import fcntl
import functools
import logging
import secrets
import time
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from litestar import Litestar, Response, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers.http_handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from kaibo import __version__
from kaibo.archiving import Archivist
from kaibo.beside import Beside
from kaibo.config import Settings
from kaibo.connectors.gather import Gatherer
from kaibo.connectors.ingest import inbound as ingest
from kaibo.connectors.simulated import outbound as simulated
from kaibo.core.errors import NotFound, Refusal
from kaibo.core.event import Command
from kaibo.core.feature import WORKSPACE, tag_of
from kaibo.core.stream import StreamFold
from kaibo.erasing.carrying import Erasing
from kaibo.features import FEATURES
from kaibo.features.charter.shown import DUTIES as CHARTER_DUTIES
from kaibo.features.charter.shown import SHOW as SHOW_CHARTER
from kaibo.features.charter.slices import HOUSE_CHARTER
from kaibo.features.review.commands import NoteRefusal
from kaibo.features.workspace.commands import AddPerson, OpenWorkspace, WarnHouse
from kaibo.features.workspace.facts import MONITOR
from kaibo.features.workspace.shown import GUARDED, PEOPLE, TOKENS
from kaibo.features.workspace.slices import ENTRY, NAMES
from kaibo.kit import accounts, doors, own_account, passkey_doors, provider_doors, whole
from kaibo.kit.admission import Admission
from kaibo.kit.apart import Apart
from kaibo.kit.auth import Door
from kaibo.kit.budget import Budgets
from kaibo.kit.clock import SteadyClock
from kaibo.kit.engine import LOG_AHEAD_MS_MAX, Caller, Engine
from kaibo.kit.entry import Directory, Person, ProviderSettings
from kaibo.kit.files import Files
from kaibo.kit.gate import gated
from kaibo.kit.house import House, followers_of, make_ready, operations_of, routes_of
from kaibo.kit.http import BODY_BYTES_MAX, EventPage, Json, ViewAnswer, broken, command_routes, failed, reading_routes, refused
from kaibo.kit.live import LiveHub
from kaibo.kit.openapi import Operation, Schema, document
from kaibo.kit.provider import Provider
from kaibo.kit.react import SYSTEM, Following, reactions_of
from kaibo.kit.snapshot import Snapshots
from kaibo.kit.socket import LiveSocket
from kaibo.kit.statics import files_before
from kaibo.kit.timers import Timers
from kaibo.kit.vault import Vault
from kaibo.kit.whole import Wholes
from kaibo.permits import Permits
from kaibo.stores.contract import LogStore
from kaibo.stores.memory import MemoryStore
from kaibo.stores.sqlite import SqliteStore

log = logging.getLogger("kaibo")

WEB_DIST = Path(__file__).parent / "web_dist"
OWNER = "owner"
IMPORTS_AT_ONCE = 2  # sheets that are read at the same time, each by a process
REPORT_S = 60  # the report of the longest evening takes a few seconds
# The system does not manage people (a token of that role could make owners): the first owner is added as an owner.
FOUNDER = Caller(id=SYSTEM.id, name=SYSTEM.name, roles=frozenset({"owner"}))
TEAM = {PEOPLE.name, TOKENS.name, CHARTER_DUTIES.name, SHOW_CHARTER.name}  # the views that say who may come in, and see what

PAGE_QUERY: dict[str, Schema] = {
    "after": {"type": "integer", "minimum": 0},
    "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
    "types": {"type": "string"},
    "from_at": {"type": "integer", "minimum": 0},
    "to_at": {"type": "integer", "minimum": 0},
}
OPERATIONS: tuple[Operation, ...] = (
    *doors.OPERATIONS,
    *own_account.OPERATIONS,
    *accounts.OPERATIONS,
    *passkey_doors.OPERATIONS,
    *provider_doors.OPERATIONS,
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


@dataclass
class App:
    """Everything that runs in one process. `asgi` is what the server serves."""

    settings: Settings
    house: House
    engine: Engine
    permits: Permits
    vault: Vault
    door: Door
    hub: LiveHub
    following: Following
    timers: Timers
    gatherer: Gatherer
    archivist: Archivist | None
    erasing: Erasing
    pools: Collection[Apart]
    provider: Provider
    asgi: ASGIApp
    _lock: TextIO | None = None
    _telling: "set[asyncio.Task[None]]" = field(default_factory=set["asyncio.Task[None]"])

    async def start(self) -> str:
        """Start writing and following; give a one-time link secret for the owner."""
        self._lock = _only_one(self.settings.data_dir)
        self.engine.start()
        await open_workspace(self.engine, self.settings.workspace)
        self.permits.read(await self.engine.fold(WORKSPACE))
        await self._look_after()
        await self.erasing.look_after()
        await make_ready(FEATURES, self.house)
        await self.following.start()
        await self.timers.start()
        if self.archivist is not None:
            self.archivist.start()
        return self.door.link_for(OWNER)

    async def _look_after(self) -> None:
        """What people must know of this house before it goes on: events that are gone, a log that is ahead of the clock; and later, a clock that is set."""
        warn = warner(self.engine)
        for lag in await asyncio.to_thread(self.engine.store.shortened):
            await warn("log_shortened", {"stream": lag.stream, "last": str(lag.head), "before": str(lag.cursor)})
        ahead_ms = (await self.engine.fold(WORKSPACE)).at - self.engine.clock()
        if ahead_ms > LOG_AHEAD_MS_MAX:
            await warn("clock_behind_log", {"seconds": str(ahead_ms // 1000)})
        loop = asyncio.get_running_loop()
        if isinstance(clock := self.engine.clock, SteadyClock):
            clock.watch(lambda ms: loop.call_soon_threadsafe(self._tell, warn("clock_set", {"seconds": str(round(ms / 1000))})))

    def _tell(self, warning: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(warning)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def stop(self) -> None:
        """Stop in order: timers, followers, the work beside them, writer, files."""
        await self.timers.stop()
        await self.following.stop()
        if self.archivist is not None:
            await self.archivist.stop()
        for pool in self.pools:
            await pool.stop()
        await self.engine.stop()
        await self.provider.close()
        await asyncio.to_thread(self.door.close)
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
        await engine.submit(WORKSPACE, owner, FOUNDER, key="owner")


def warner(engine: Engine) -> Callable[[str, dict[str, str]], Coroutine[None, None, None]]:
    """How what the house notices about itself reaches people; a workspace that cannot be written has other worries."""

    async def warn(warning: str, data: dict[str, str]) -> None:
        try:
            await engine.submit(WORKSPACE, WarnHouse(warning=warning, data=data), SYSTEM)
        except Refusal:
            log.exception("nobody could be warned of %s %s", warning, data)

    return warn


def _is_guarded(house: StreamFold, roles: tuple[str, ...]) -> bool:
    """Whether these roles may pay or manage people, by the charter the house goes by."""
    table, held = house.slice(HOUSE_CHARTER).table, frozenset(roles)
    return any(table.role(held, duty) is not None for duty in GUARDED)


def refusal_noter(engine: Engine) -> Callable[[str, Command, Caller, Refusal], Coroutine[None, None, None]]:
    """How it is written down that a person pressed what is not theirs: the monthly review counts it; where it cannot be, the refusal stands all the same."""

    async def note(stream: str, command: Command, caller: Caller, refusal: Refusal) -> None:
        kind, _, show_id = stream.partition("/")
        noted = NoteRefusal(
            person_id=caller.id,
            roles=tuple(sorted(caller.roles)),
            command=tag_of(type(command)),
            about=command.duty,
            code=refusal.code,
            show_id=show_id if kind == "show" else "",
        )
        try:
            await engine.submit(WORKSPACE, noted, SYSTEM)
        except Refusal:
            log.exception("a refusal could not be written down: %s", noted)

    return note


def directory_of(engine: Engine) -> Directory:
    """How the door asks the workspace who people are."""

    async def person(person_id: str) -> Person | None:
        house = await engine.fold(WORKSPACE)
        member = house.slice(NAMES).members.get(person_id)
        if member is None:
            return None
        step_by = house.slice(ENTRY).step_from if _is_guarded(house, member.roles) else None
        return Person(id=person_id, name=member.name, roles=member.roles, since=member.since, step_by=step_by)

    async def token(token_id: str) -> Person | None:
        row = (await engine.fold(WORKSPACE)).row(TOKENS, token_id)
        if row is None:
            return None
        return Person(id=token_id, name=row.label, roles=row.roles, show_id=row.show_id, expires_at=row.expires_at)

    async def named(name: str) -> Person | None:
        members = (await engine.fold(WORKSPACE)).slice(NAMES).members
        person_id = next((key for key, member in members.items() if member.name == name), None)
        return None if person_id is None else await person(person_id)

    async def consoles() -> Mapping[str, tuple[str, ...]]:
        roles = (await engine.fold(WORKSPACE)).slice(HOUSE_CHARTER).stands.roles
        return {MONITOR: ("host",), **{each.role_id: each.consoles for each in roles}}

    async def provider() -> ProviderSettings | None:
        fact = (await engine.fold(WORKSPACE)).slice(ENTRY).provider
        if fact is None:
            return None
        values = {name: getattr(fact, name) for name in ProviderSettings.__struct_fields__}
        return ProviderSettings(**values)

    async def join(name: str, address: str, roles: tuple[str, ...]) -> Person:
        taken = await named(name) if name else None
        called = (address if taken or not name else name)[:80]
        person_id = f"p-{secrets.token_hex(5)}"
        # As the first owner was added: an owner has let everybody of this domain in.
        await engine.submit(WORKSPACE, AddPerson(person_id=person_id, name=called, roles=roles), FOUNDER)
        found = await person(person_id)
        assert found is not None
        return found

    return Directory(person=person, named=named, token=token, consoles=consoles, provider=provider, join=join)


def build(settings: Settings, *, clock: Callable[[], int] | None = None, store: LogStore | None = None) -> App:
    """Put the house together; nothing runs before `start`. `clock` gives ms UTC; the machine's, made steady, when there is none."""
    clock = clock or SteadyClock(now_ms)
    permits = Permits()
    admission = Admission(permits.role, permits.in_need, permits.who_can)
    engine = Engine(FEATURES, store or open_store(settings), clock=clock, allows=admission, members=permits.members)
    engine.listen(permits.heard)
    vault = Vault(None if settings.data_dir is None else settings.data_dir / "vault.db", clock)
    directory = directory_of(engine)
    door = Door(vault, directory, clock)
    provider = Provider(vault, clock)
    hub = LiveHub(engine, clock)
    archivist = None if settings.data_dir is None else Archivist(engine, settings.data_dir)
    if settings.data_dir is not None:
        engine.keeper.snap_with(snapshots_in(settings.data_dir, engine.store), Beside("snapshot", settings.data_dir))
    archiving = [] if archivist is None else [archivist.follower()]
    files = Files(None if settings.data_dir is None else settings.data_dir / "files")
    house = House(engine, door, settings, files)
    acting = [*followers_of(FEATURES, house), *simulated.followers(house)]
    erasing = Erasing(engine, vault.digest, archives=archivist, warn=warner(engine))
    beside = [*archiving, erasing.follower()]
    following = Following(engine, [*reactions_of(FEATURES), *acting, *beside], warn=warner(engine))
    timers = Timers(engine, lambda: engine.clock())  # noqa: PLW0108  the clock may be set while a past is played
    gatherer = Gatherer(engine)
    pools = {"imports": Apart(IMPORTS_AT_ONCE), "reports": Apart(time_s=REPORT_S)}
    state = State(
        {
            "engine": engine,
            "door": door,
            "directory": directory,
            "gatherer": gatherer,
            "vault": vault,
            "settings": settings,
            "provider": provider,
            "survey": erasing.survey,
            "wholes": Wholes(engine),
            "budgets": Budgets(),
            "files": files,
            "note_refusal": refusal_noter(engine),
            **pools,
        }
    )
    http = Litestar(
        route_handlers=_routes(),
        state=state,
        openapi_config=None,
        logging_config=None,
        request_max_body_size=BODY_BYTES_MAX,
        exception_handlers={Refusal: refused, HTTPException: failed, Exception: broken},
    )
    live = LiveSocket(engine, hub, door, clock)
    door.watch(live.recheck)
    engine.listen(lambda _fold, _events, changed: live.recheck() if changed.keys() & TEAM else None)
    asgi = _outer(files_before(http, WEB_DIST), live)
    return App(
        settings,
        house,
        engine,
        permits,
        vault,
        door,
        hub,
        following,
        timers,
        gatherer,
        archivist,
        erasing,
        pools.values(),
        provider,
        asgi,
    )


def _routes() -> Sequence[HTTPRouteHandler]:
    described = functools.cache(openapi)  # a tenth of a second that few ask for

    @get("/api/openapi.json")
    async def read_openapi() -> Response[bytes]:
        """The document of all this."""
        return Json(await asyncio.to_thread(described))

    @get("/api/health")
    async def health() -> Response[bytes]:
        """Up, and which version."""
        return Json({"version": __version__})

    commands = command_routes(FEATURES, ("show", "workspace"))
    reading = [*reading_routes("show"), *reading_routes("workspace"), whole.read_whole]
    own = [read_openapi, health, *reading, *ingest.ROUTES]
    return [
        *commands,
        *doors.ROUTES,
        *own_account.ROUTES,
        *accounts.ROUTES,
        *passkey_doors.ROUTES,
        *provider_doors.ROUTES,
        *own,
        *routes_of(FEATURES),
    ]


def _outer(http: ASGIApp, live: LiveSocket) -> ASGIApp:
    """WebSocket beside HTTP, which stands behind its gate."""
    behind = gated(http)

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            if scope["path"] == "/api/live":
                await live(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 4404})
            return
        await behind(scope, receive, send)

    return asgi
