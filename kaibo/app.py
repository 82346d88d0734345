"""The composition root: the one place that knows every feature, store and connector."""

import asyncio
import fcntl
import functools
import logging
import time
from collections.abc import Callable, Collection, Coroutine, Sequence
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
from kaibo.connectors.messengers import doors as messenger_doors
from kaibo.connectors.messengers.carry import Carrier
from kaibo.connectors.messengers.ways import Ways
from kaibo.connectors.simulated import outbound as simulated
from kaibo.core.errors import Refusal
from kaibo.core.feature import WORKSPACE
from kaibo.erasing.carrying import Erasing
from kaibo.features import FEATURES
from kaibo.features.charter.shown import DUTIES as CHARTER_DUTIES
from kaibo.features.charter.shown import SHOW as SHOW_CHARTER
from kaibo.features.workspace.shown import PEOPLE, TOKENS
from kaibo.kit import accounts, doors, own_account, passkey_doors, provider_doors, push_doors, whole
from kaibo.kit.admission import Admission
from kaibo.kit.apart import Apart
from kaibo.kit.auth import Door
from kaibo.kit.budget import Budgets
from kaibo.kit.clock import SteadyClock
from kaibo.kit.engine import LOG_AHEAD_MS_MAX, Engine
from kaibo.kit.files import Files
from kaibo.kit.gate import gated
from kaibo.kit.house import House, followers_of, make_ready, operations_of, routes_of
from kaibo.kit.http import BODY_BYTES_MAX, EventPage, Json, ViewAnswer, broken, command_routes, failed, reading_routes, refused
from kaibo.kit.live import LiveHub
from kaibo.kit.openapi import Operation, Schema, document
from kaibo.kit.outward import Outward
from kaibo.kit.provider import Provider
from kaibo.kit.push import Phones
from kaibo.kit.react import Following, reactions_of
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
from kaibo.team import OWNER, directory_of, open_workspace, refusal_noter, warner

log = logging.getLogger("kaibo")

WEB_DIST = Path(__file__).parent / "web_dist"
IMPORTS_AT_ONCE = 2  # sheets that are read at the same time, each by a process
REPORT_S = 60  # the report of the longest evening takes a few seconds
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
    *push_doors.OPERATIONS,
    *provider_doors.OPERATIONS,
    *ingest.OPERATIONS,
    *messenger_doors.OPERATIONS,
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
    carrier: Carrier
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
        await self.carrier.stop()
        if self.archivist is not None:
            await self.archivist.stop()
        for pool in self.pools:
            await pool.stop()
        await self.engine.stop()
        await self.provider.close()
        await self.house.phones.close()
        await self.carrier.outward.close()
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


def build(settings: Settings, *, clock: Callable[[], int] | None = None, store: LogStore | None = None) -> App:
    """Put the house together; nothing runs before `start`. `clock` gives ms UTC; the machine's, made steady, when there is none."""
    clock = clock or SteadyClock(now_ms)
    permits = Permits()
    admission = Admission(permits.carries, permits.in_need, permits.who_can)
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
    phones = Phones(vault, clock, settings.public_url, settings.push_services)
    house = House(engine, door, phones, settings, files)
    carrier = Carrier(engine, Ways(vault, clock), Outward(settings.bridge_hosts), settings.public_url)
    acting = [*followers_of(FEATURES, house), *simulated.followers(house), *carrier.followers()]
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
            "phones": phones,
            "carrier": carrier,
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
        carrier,
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
        *push_doors.ROUTES,
        *provider_doors.ROUTES,
        *messenger_doors.ROUTES,
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
