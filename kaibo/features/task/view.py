"""The tasks of a show with when they are due, and how many still stand between it and being ready."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, itself
from kaibo.core.slice import Touched
from kaibo.features.roster.slices import OnDuty
from kaibo.features.show.slices import PLAN, STAGE, ShowNow
from kaibo.features.task.facts import Task, TaskFile, TaskState
from kaibo.features.task.shipped import template
from kaibo.features.task.slices import TASKS, Tasks
from kaibo.features.workspace.slices import Names

COUNTS_KEY = "tasks"


class HeldUp(msgspec.Struct, frozen=True, kw_only=True):
    """The open task ahead of another that was due first, at `due_at` (ms UTC): the other will be as late as it is; whose it is."""

    task_id: str
    title: str
    role_id: str
    person_id: str
    due_at: int


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `task.list`, key task_id. `due_at` (ms UTC) follows the show's planned start; whether that is past a screen's clock says.

    `by` whom and `at` when its state last changed, `taken_by` who does it; `ticked` are line_ids; `waits_for` task_ids that come first and are open.
    `why`: of what it is blocked, or was sent back; `whom`, `on_person_id`: on whom it waits.
    `held`: what will make it late; its own `due_at` never moves for that.
    """

    task_id: str
    task: Task
    due_at: int
    state: TaskState
    by: str
    at: int
    taken_by: str
    ticked: tuple[str, ...]
    waits_for: tuple[str, ...]
    why: str
    whom: str
    on_person_id: str
    evidence: str
    files: tuple[TaskFile, ...] = ()
    held: HeldUp | None = None


class TaskCountsRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `task.counts`, one row, key `tasks`, while there are tasks: what a show's readiness asks of them.

    `hurried`: open and to be done at once, being planned so late; `left_out`: of the template, and never planned here.
    """

    all: int
    done: int
    blocked: int
    required: int
    required_done: int
    hurried: int = 0
    left_out: int = 0


def theirs(row: TaskRow, person_id: str, roles: frozenset[str], names: Names, on_duty: OnDuty) -> bool:
    """In their name, or taken by them; else of a role they hold or stand in for, unless it is in somebody else's hands.

    Who left, lost the role, or was on duty in it and went, has no hands.
    """
    hands = {row.task.person_id, row.taken_by} - {""}
    if person_id in hands:
        return True
    role = row.task.role_id
    return role in roles and not any(
        each in names.members and role not in names.members[each].lost and not on_duty.gone(role, each) for each in hands
    )


@dataclass(slots=True)
class Board:
    """The show whose start they hang on, and the tasks."""

    show: ShowNow
    tasks: Tasks


def fold_list(board: Board, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """What changed, and all of them when the show is planned for another time."""
    del event
    return {*touched.of(TASKS), *board.tasks.behind(touched.of(TASKS)), *(board.tasks.tasks if PLAN in touched.of(STAGE) else ())}


def _row(board: Board, task_id: str) -> TaskRow | None:
    now = board.tasks.tasks.get(task_id)
    if now is None:
        return None
    return TaskRow(
        task_id=task_id,
        task=now.task,
        due_at=board.show.starts_at + now.task.offset_s * 1000,
        state=now.state,
        by=now.by,
        at=now.at,
        taken_by=now.taken_by,
        ticked=now.ticked,
        waits_for=board.tasks.waits_for(task_id),
        why=now.why,
        whom=now.whom,
        on_person_id=now.on_person_id,
        evidence=now.evidence,
        files=now.files,
        held=_held(board, task_id),
    )


def _held(board: Board, task_id: str) -> HeldUp | None:
    by = board.tasks.held_by(task_id) if board.tasks.tasks[task_id].state != "done" else ""
    if not by:
        return None
    now = board.tasks.tasks[by]
    return HeldUp(
        task_id=by,
        title=now.task.title,
        role_id=now.task.role_id,
        person_id=now.taken_by or now.task.person_id,
        due_at=board.show.starts_at + now.task.offset_s * 1000,
    )


def fold_counts(tasks: Tasks, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """One row, whatever changed."""
    del tasks, event, touched
    return (COUNTS_KEY,)


def _counts(tasks: Tasks, key: str) -> TaskCountsRow | None:
    if key != COUNTS_KEY or not tasks.tasks:
        return None
    every = list(tasks.tasks.values())
    required = [each for each in every if each.task.required]
    return TaskCountsRow(
        all=len(every),
        done=sum(each.state == "done" for each in every),
        blocked=sum(each.state == "blocked" for each in every),
        required=len(required),
        required_done=sum(each.state == "done" for each in required),
        hurried=sum(each.task.hurried and each.state != "done" for each in every),
        left_out=_left_out(tasks),
    )


def _left_out(tasks: Tasks) -> int:
    hurried = any(each.task.hurried for each in tasks.tasks.values())
    return sum(each.key not in tasks.seen for each in template()) if hurried else 0


LIST = View(
    name="task.list",
    row=TaskRow,
    reads=(),
    state=Board,
    fold=fold_list,
    keys=lambda board: board.tasks.tasks.keys(),
    get=_row,
    duty="task.read",
    over=(STAGE, TASKS),
)
COUNTS = View(
    name="task.counts",
    row=TaskCountsRow,
    reads=(),
    state=itself,
    fold=fold_counts,
    keys=lambda tasks: (COUNTS_KEY,) if tasks.tasks else (),
    get=_counts,
    duty="task.read",
    over=(TASKS,),
)
