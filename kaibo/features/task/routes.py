"""My tasks across shows, and what the house calls those of its template."""

import asyncio
from collections.abc import Mapping
from functools import partial
from urllib.parse import quote

import msgspec
from litestar import Response, get, post

from kaibo.core.errors import ElsewhereOnly, NotAllowed, NotFound, Refusal
from kaibo.core.feature import WORKSPACE
from kaibo.core.stream import Receipt, StreamFold
from kaibo.features.charter.slices import HOUSE_CHARTER
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.show.facts import ShowStage
from kaibo.features.show.shown import LIST as SHOWS
from kaibo.features.show.shown import ListedShowRow
from kaibo.features.taking.slices import standing_in
from kaibo.features.task.commands import AddTask, LeaveFile
from kaibo.features.task.facts import TaskFile
from kaibo.features.task.sheet import Known, TaskEdit, read_tasks
from kaibo.features.task.sheet_write import write_tasks
from kaibo.features.task.slices import TASKS
from kaibo.features.task.view import COUNTS, COUNTS_KEY, LIST, TaskCountsRow, TaskRow, theirs
from kaibo.features.workspace.slices import NAMES
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.files import Files, kind_of_file
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of, key_of
from kaibo.kit.openapi import Operation
from kaibo.kit.sheets import ImportReport
from kaibo.kit.uploads import file_of, understood
from kaibo.kit.words import LANGUAGES, choose, words

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


class TaskImport(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet says otherwise than the show, to be sent as commands once somebody said yes; and the report of what was understood."""

    report: ImportReport
    edits: tuple[TaskEdit, ...]


CSV = "text/csv; charset=utf-8"
FILES = "/api/shows/{show_id}/tasks/{task_id}/files"
NAME_MAX = 120
OPERATIONS = (
    Operation("get", "/api/shows/{show_id}/tasks.csv", "The tasks of a show as a sheet.", answer=CSV),
    Operation(
        "post",
        "/api/shows/{show_id}/tasks/import",
        "What a sheet would change in the tasks of a show; nothing is changed by it.",
        answer=TaskImport,
        upload=True,
    ),
    Operation("post", FILES, "Leave a photo (JPEG, PNG, WebP) or a PDF with a task.", answer=Receipt, upload=True),
    Operation("get", f"{FILES}/{{digest}}", "A photo or document of a task.", answer="application/octet-stream"),
    Operation("get", "/api/tasks/mine", "The caller's open tasks, of planned, running and lately ended shows.", answer=MyTasks),
    Operation("get", "/api/tasks/words", "What the house calls the tasks of its template.", answer=TaskWords),
)


@get("/api/tasks/mine")
async def read_mine(request: AnyRequest) -> Json:
    """Those of shows that the caller may read the tasks of, next show first."""
    caller = await caller_of(request)
    engine = engine_of(request)
    engine.role_for(caller, LIST.duty)
    workspace = await engine.fold(WORKSPACE)
    listed = workspace.rows(SHOWS).values()
    now = engine.clock()
    wanted = [each for each in listed if each.state != "ended" or each.ends_at > now - ENDED_MS]
    wanted.sort(key=lambda each: abs(each.starts_at - now))
    found = [mine for each in wanted[:SHOWS_MAX] if (mine := await _of_show(engine, caller, each, workspace)) is not None]
    found.sort(key=lambda each: each.starts_at)
    return Json(MyTasks(shows=tuple(found), left_out=max(0, len(wanted) - SHOWS_MAX)))


async def _of_show(engine: Engine, caller: Caller, show: ListedShowRow, workspace: StreamFold) -> TasksOfShow | None:
    """None where the caller has nothing to do, or may not read it."""
    fold = await engine.fold(f"show/{show.show_id}")
    rows = _readable(engine, caller, fold)
    roles = standing_in(fold, workspace.slice(HOUSE_CHARTER), caller.id, caller.roles, engine.clock()).all_roles
    names, on_duty = workspace.slice(NAMES), fold.slice(ON_DUTY)
    mine = [each for each in rows.values() if each.state != "done" and theirs(each, caller.id, roles, names, on_duty)]
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


@get("/api/tasks/words")
async def read_words(request: AnyRequest) -> Json:
    """In the language of the request (or of `?lang=`)."""
    caller = await caller_of(request)
    engine_of(request).role_for(caller, LIST.duty)
    known = words(choose(request.query_params.get("lang") or request.headers.get("accept-language", "")))
    return Json(TaskWords(titles={key.removeprefix("title."): text for key, text in known.items() if key.startswith("title.")}))


@post("/api/shows/{show_id:str}/tasks/{task_id:str}/files", status_code=200)
async def leave_file(request: AnyRequest, show_id: str, task_id: str) -> Json:
    """Kept first, told then: what the log names is there. What the rules refuse is thrown away again."""
    caller = await caller_of(request)
    engine = engine_of(request)
    stream = f"show/{show_id}"
    fold = await engine.fold(stream)
    engine.admit(caller, fold, LeaveFile.duty)
    data, name = await file_of(request)
    kind = kind_of_file(data, name)
    files: Files = request.app.state.files
    digest = await asyncio.to_thread(files.put, stream, data)
    left = TaskFile(digest=digest, name=name[-NAME_MAX:], kind=kind, size_bytes=len(data))
    try:
        receipt = await engine.submit(stream, LeaveFile(task_id=task_id, file=left), caller, key=key_of(request))
    except Refusal:
        if not fold.slice(TASKS).has(digest):
            await asyncio.to_thread(files.drop, stream, digest)
        raise
    await asyncio.to_thread(files.put, stream, data)  # a task that was removed in between took all that nothing named
    return Json(receipt)


@get("/api/shows/{show_id:str}/tasks/{task_id:str}/files/{digest:str}")
async def read_file(request: AnyRequest, show_id: str, task_id: str, digest: str) -> Response[bytes]:
    """As it came; a PDF to be saved, for what stands in one may run."""
    caller = await caller_of(request)
    engine = engine_of(request)
    stream = f"show/{show_id}"
    fold = await engine.fold(stream)
    engine.admit(caller, fold, LIST.duty)
    row = fold.row(LIST, task_id)
    file = next((each for each in row.files if each.digest == digest), None) if row is not None else None
    files: Files = request.app.state.files
    data = None if file is None else await asyncio.to_thread(files.get, stream, digest)
    if file is None or data is None:
        raise NotFound(kind="file", id=digest)
    way = "inline" if file.kind.startswith("image/") else "attachment"
    headers = {
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(file.name)}",
        "Cache-Control": "private, max-age=86400, immutable",
    }
    return Response(data, media_type=file.kind, headers=headers)


@get("/api/shows/{show_id:str}/tasks.csv")
async def export_tasks(request: AnyRequest, show_id: str) -> Response[bytes]:
    """Titles of the template in the language of the request (or of `?lang=`)."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.admit(caller, fold, LIST.duty)
    said = words(choose(request.query_params.get("lang") or request.headers.get("accept-language", "")))
    body = write_tasks(fold.rows(LIST).values(), said)
    return Response(body, media_type=CSV, headers={"Content-Disposition": 'attachment; filename="tasks.csv"'})


@post("/api/shows/{show_id:str}/tasks/import", status_code=200)
async def import_tasks(request: AnyRequest, show_id: str) -> Json:
    """What a sheet would change: whoever sent it accepts it by commands."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.admit(caller, fold, AddTask.duty)
    workspace = await engine.fold(WORKSPACE)
    said = tuple(words(each) for each in LANGUAGES)
    roles = {
        each.role_id: (each.name, *(own.get(f"role.{each.role_id}", "") for own in said))
        for each in workspace.slice(HOUSE_CHARTER).stands.roles
    }
    known = Known(
        tasks={task_id: now.task for task_id, now in fold.slice(TASKS).tasks.items()},
        roles=roles,
        people={person_id: member.name for person_id, member in workspace.slice(NAMES).members.items()},
        languages=tuple({key: text for key, text in own.items() if key.startswith("title.")} for own in said),
    )
    found = await understood(request, partial(read_tasks, known=known))
    edits = () if found.reading is None else found.reading.edits
    return Json({"report": msgspec.Raw(found.report), "edits": edits})


ROUTES = [export_tasks, import_tasks, read_mine, read_words, leave_file, read_file]
