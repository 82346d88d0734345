"""A calendar for each person, at an address that is a secret: shows they are on duty in, when they are called, what is due."""

from collections.abc import Mapping
from typing import Final

import msgspec
from litestar import Response, delete, get, post

from kaibo.core.errors import NotFound
from kaibo.core.feature import WORKSPACE
from kaibo.core.stream import StreamFold
from kaibo.features.calendar.feed import Entry, write_feed
from kaibo.features.charter.slices import HOUSE_CHARTER
from kaibo.features.roster.slices import ON_DUTY, Post
from kaibo.features.show.shown import LIST as SHOWS
from kaibo.features.show.shown import ListedShowRow
from kaibo.features.taking.slices import standing_in
from kaibo.features.task.shown import LIST, TaskRow, theirs
from kaibo.features.workspace.shown import HEAD
from kaibo.features.workspace.slices import NAMES
from kaibo.kit.auth import Person
from kaibo.kit.budget import STRANGER_REQUESTS, Budgets
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.http import AnyRequest, Json, address_of, caller_of, door_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.tries import network_of
from kaibo.kit.vault import Vault
from kaibo.kit.words import choose, words

CALENDAR: Final = "text/calendar; charset=utf-8"
LIFETIME_MS: Final = 400 * 86_400_000  # somebody who left the trade is not told for ever
SHOWS_MAX: Final = 60  # those nearest to now: each is a log that must be in memory
PAST_MS: Final = 30 * 86_400_000
ENDING: Final = ".ics"


class CalendarAddress(msgspec.Struct, frozen=True, kw_only=True):
    """The path to subscribe to. It is shown this once; a new one ends the one before."""

    path: str


class CalendarNow(msgspec.Struct, frozen=True, kw_only=True):
    """Whether somebody may subscribe to the caller's calendar now."""

    open: bool


OPERATIONS = (
    Operation("get", "/api/me/calendar", "Is there an address of my calendar?", answer=CalendarNow),
    Operation("post", "/api/me/calendar", "Make an address of my calendar; the one before ends.", answer=CalendarAddress),
    Operation("delete", "/api/me/calendar", "End the address of my calendar."),
    Operation("get", "/api/calendar/{secret}", "A person's calendar, for programs that subscribe.", answer=CALENDAR, open=True),
)


def _vault(request: AnyRequest) -> Vault:
    vault: Vault = request.app.state.vault
    return vault


async def _person(request: AnyRequest) -> Person:
    """Raises NotFound for a program: it has no calendar."""
    caller = await caller_of(request)
    person = await request.app.state.directory.person(caller.id)
    if person is None:
        raise NotFound(kind="person", id=caller.id)
    return person


@get("/api/me/calendar")
async def read_address(request: AnyRequest) -> Json:
    """The address itself is nowhere kept."""
    person = await _person(request)
    return Json(CalendarNow(open=_vault(request).count("calendar", person.id) > 0))


@post("/api/me/calendar", status_code=200)
async def make_address(request: AnyRequest) -> Json:
    """A new one; whoever had the old one reads no more."""
    person = await _person(request)
    vault = _vault(request)
    vault.forget_all("calendar", person.id)
    secret = vault.issue("calendar", person.id, lifetime_ms=LIFETIME_MS, since=person.since)
    return Json(CalendarAddress(path=f"/api/calendar/{secret}{ENDING}"))


@delete("/api/me/calendar", status_code=200)
async def end_address(request: AnyRequest) -> Json:
    """Nobody reads it any more."""
    person = await _person(request)
    _vault(request).forget_all("calendar", person.id)
    return Json({})


@get("/api/calendar/{secret:str}")
async def read_calendar(request: AnyRequest, secret: str) -> Response[bytes]:
    """Whoever has the address reads it, and nothing else with it. Raises NotFound, TooFast."""
    budgets: Budgets = request.app.state.budgets
    person = await door_of(request).subscriber(secret.removesuffix(ENDING))
    if person is None:
        budgets.strangers.take(network_of(address_of(request)), STRANGER_REQUESTS)
        raise NotFound(kind="calendar", id="")
    engine = engine_of(request)
    said = words(choose(request.query_params.get("lang") or request.headers.get("accept-language", "")))
    workspace = await engine.fold(WORKSPACE)
    now = engine.clock()
    shows = [each for each in workspace.rows(SHOWS).values() if each.ends_at > now - PAST_MS]
    shows.sort(key=lambda each: abs(each.starts_at - now))
    caller = Caller(id=person.id, name=person.name, roles=frozenset(person.roles))
    entries = [entry for show in shows[:SHOWS_MAX] for entry in await _of_show(engine, caller, show, said, workspace)]
    entries.sort(key=lambda each: (each.starts_at, each.uid))
    head = workspace.row(HEAD, "workspace")
    body = write_feed(f"{'' if head is None else head.name} · {person.name}", entries)
    return Response(body, media_type=CALENDAR, headers={"Cache-Control": "private, max-age=300"})


async def _of_show(
    engine: Engine, caller: Caller, show: ListedShowRow, said: Mapping[str, str], workspace: StreamFold
) -> list[Entry]:
    fold = await engine.fold(f"show/{show.show_id}")
    stamp, changed = fold.at, fold.view_seq

    def entry(uid: str, title: str, at: int, ends_at: int | None = None) -> Entry:
        return Entry(f"{uid}@kaibo", changed, stamp, title, at, show.timezone, ends_at)

    on_duty, names = fold.slice(ON_DUTY), workspace.slice(NAMES)
    posts = on_duty.of(caller.id)
    roles = standing_in(fold, workspace.slice(HOUSE_CHARTER), caller.id, caller.roles, engine.clock()).all_roles
    found = [entry(f"show-{show.show_id}", show.title, show.starts_at, show.ends_at)] if posts else []
    for post_ in posts:
        if post_.call_before_s:
            at = show.starts_at - post_.call_before_s * 1000
            found.append(entry(f"call-{show.show_id}-{post_.role_id}", _call(post_, show, said), at))
    found += [
        entry(f"task-{show.show_id}-{each.task_id}", _due(each, show, said), each.due_at)
        for each in fold.rows(LIST).values()
        if each.state != "done" and theirs(each, caller.id, roles, names, on_duty)
    ]
    return found


def _call(post_: Post, show: ListedShowRow, said: Mapping[str, str]) -> str:
    role = said.get(f"role.{post_.role_id}", post_.role_id)
    return said["calendar.call"].format(role=role, title=show.title)


def _due(row: TaskRow, show: ListedShowRow, said: Mapping[str, str]) -> str:
    title = said.get(f"title.{row.task.title}", row.task.title)
    return said["calendar.due"].format(task=title, title=show.title)


ROUTES = [read_address, make_address, end_address, read_calendar]
