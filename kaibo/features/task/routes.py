"""My tasks across shows, and what the house calls those of its template."""

from collections.abc import Mapping

import msgspec
from litestar import get

from kaibo.core.errors import ElsewhereOnly, NotAllowed
from kaibo.core.feature import WORKSPACE
from kaibo.core.stream import StreamFold
from kaibo.features.show.facts import ShowStage
from kaibo.features.show.shown import LIST as SHOWS
from kaibo.features.show.shown import ListedShowRow
from kaibo.features.task.view import COUNTS, COUNTS_KEY, LIST, TaskCountsRow, TaskRow
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.words import choose, words

SHOWS_MAX = 40  # each is a log that must be in memory
ENDED_MS = 30 * 86_400_000  # what nobody did within a month after the show is looked up in the show itself


class TasksOfShow(msgspec.Struct, frozen=True, kw_only=True):
    """A show that one has open tasks in, those due first first; `counts` is of the whole show, `first` the titles of what they wait for by task_id."""

    show_id: str
    title: str
    state: ShowStage
    rehearsal: bool
    starts_at: int
    timezone: str
    counts: TaskCountsRow | None
    tasks: tuple[TaskRow, ...]
    first: dict[str, str]


class MyTasks(msgspec.Struct, frozen=True, kw_only=True):
    """The caller's open tasks: of their roles, in their name or taken by them. `left_out`: shows that were not looked at, being too many."""

    shows: tuple[TasksOfShow, ...]
    left_out: int


class TaskWords(msgspec.Struct, frozen=True, kw_only=True):
    """The house's words for titles and lines of its template, by key, in the language of who asks."""

    titles: dict[str, str]


OPERATIONS = (
    Operation("get", "/api/tasks/mine", "The caller's open tasks, of planned, running and lately ended shows.", answer=MyTasks),
    Operation("get", "/api/tasks/words", "What the house calls the tasks of its template.", answer=TaskWords),
)


@get("/api/tasks/mine")
async def read_mine(request: AnyRequest) -> Json:
    """Those of shows that the caller may read the tasks of, next show first."""
    caller = await caller_of(request)
    engine = engine_of(request)
    engine.role_for(caller, LIST.duty)
    listed = (await engine.fold(WORKSPACE)).rows(SHOWS).values()
    now = engine.clock()
    wanted = [each for each in listed if each.state != "ended" or each.ends_at > now - ENDED_MS]
    wanted.sort(key=lambda each: abs(each.starts_at - now))
    found = [mine for each in wanted[:SHOWS_MAX] if (mine := await _of_show(engine, caller, each)) is not None]
    found.sort(key=lambda each: each.starts_at)
    return Json(MyTasks(shows=tuple(found), left_out=max(0, len(wanted) - SHOWS_MAX)))


async def _of_show(engine: Engine, caller: Caller, show: ListedShowRow) -> TasksOfShow | None:
    """None where the caller has nothing to do, or may not read it."""
    fold = await engine.fold(f"show/{show.show_id}")
    rows = _readable(engine, caller, fold)
    mine = [each for each in rows.values() if each.state != "done" and _theirs(each, caller)]
    if not mine:
        return None
    tasks = tuple(sorted(mine, key=lambda each: each.due_at))
    return TasksOfShow(
        show_id=show.show_id,
        title=show.title,
        state=show.state,
        rehearsal=show.rehearsal,
        starts_at=show.starts_at,
        timezone=show.timezone,
        counts=fold.row(COUNTS, COUNTS_KEY),
        tasks=tasks,
        first={first: rows[first].task.title for each in tasks for first in each.waits_for},
    )


def _readable(engine: Engine, caller: Caller, fold: StreamFold) -> Mapping[str, TaskRow]:
    try:
        engine.admit(caller, fold, LIST.duty)
    except (NotAllowed, ElsewhereOnly):
        return {}
    return fold.rows(LIST)


def _theirs(row: TaskRow, caller: Caller) -> bool:
    """In their name, or taken by them; else of their role, unless it is in somebody else's hands."""
    if caller.id in (row.task.person_id, row.taken_by):
        return True
    return row.task.role_id in caller.roles and not row.taken_by and not row.task.person_id


@get("/api/tasks/words")
async def read_words(request: AnyRequest) -> Json:
    """In the language of the request (or of `?lang=`)."""
    caller = await caller_of(request)
    engine_of(request).role_for(caller, LIST.duty)
    known = words(choose(request.query_params.get("lang") or request.headers.get("accept-language", "")))
    return Json(TaskWords(titles={key.removeprefix("title."): text for key, text in known.items() if key.startswith("title.")}))


ROUTES = [read_mine, read_words]
