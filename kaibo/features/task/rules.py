"""Who plans tasks and who does them: no circles, nothing overwritten unseen, nothing done before what comes first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, assert_never

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Event, Fact
from kaibo.core.feature import Context, Members
from kaibo.core.script import written
from kaibo.core.slice import Touched
from kaibo.features.charter.slices import InForce
from kaibo.features.roster.slices import OnDuty
from kaibo.features.show.slices import ShowNow
from kaibo.features.taking.slices import roles_here
from kaibo.features.task.circle import circle_of
from kaibo.features.task.commands import (
    AddTask,
    BlockTask,
    EditTask,
    FinishTask,
    LeaveFile,
    RemoveFile,
    RemoveTask,
    ReopenTask,
    ReturnTask,
    TakeTask,
    TickLine,
    UnblockTask,
    UseTemplate,
)
from kaibo.features.task.facts import (
    Task,
    TaskAdded,
    TaskBlocked,
    TaskDone,
    TaskEdited,
    TaskFileLeft,
    TaskFileRemoved,
    TaskRemoved,
    TaskReopened,
    TaskTaken,
    TaskTicked,
    TaskUnblocked,
)
from kaibo.features.task.hurry import in_time
from kaibo.features.task.shipped import missing
from kaibo.features.task.slices import TaskNow, Tasks
from kaibo.features.task.whose import check_person, check_whose
from kaibo.features.workspace.facts import MACHINES

FILES_MAX: Final = 12  # of one task: a shelf from all sides
TASKS_MAX: Final = 500  # of one show: more is not looked after
NOT_PEOPLE: Final = frozenset(MACHINES)

Planned = AddTask | EditTask | RemoveTask | UseTemplate | ReturnTask
Doing = TakeTask | TickLine | BlockTask | UnblockTask | FinishTask | ReopenTask | LeaveFile | RemoveFile


class TaskUnknown(Refusal):
    """There is no such task in this show, or no longer."""

    code = "task.unknown"
    status = 404
    task_id: str


class TaskIdTaken(Refusal):
    """Another task has or had this id."""

    code = "task.id_taken"
    task_id: str


class TaskBlank(Refusal):
    """A task or a line of its checklist says nothing."""

    code = "task.blank"
    status = 422


class TaskRoleReserved(Refusal):
    """What machines act in is no role that does tasks."""

    code = "task.role_reserved"
    status = 422
    role: str


class TaskLineTwice(Refusal):
    """Two lines of a checklist have one id."""

    code = "task.line_twice"
    status = 422
    line_id: str


class TaskCircle(Refusal):
    """Each of these would wait for the next, and the last for the first."""

    code = "task.circle"
    titles: tuple[str, ...]


class TaskMoved(Refusal):
    """Somebody else changed this task meanwhile."""

    code = "task.moved"
    title: str


class TaskFull(Refusal):
    """More tasks than anybody looks after."""

    code = "task.full"
    most: int


class TaskNotYours(Refusal):
    """It is of a role that the caller neither holds nor is on duty in for somebody, and not theirs by name: says who may."""

    code = "task.not_yours"
    status = 403
    title: str
    role: str
    person_id: str


class TaskIsDone(Refusal):
    """It is done: open it again first."""

    code = "task.is_done"
    title: str


class TaskLineUnknown(Refusal):
    """Its checklist has no such line, or no longer."""

    code = "task.line_unknown"
    status = 404
    title: str


class TaskWhyBlank(Refusal):
    """Nobody can help with what has no reason."""

    code = "task.why_blank"
    status = 422


class TaskWaits(Refusal):
    """What comes first is not done."""

    code = "task.waits"
    title: str
    titles: tuple[str, ...]


class TaskLinesOpen(Refusal):
    """Lines of its checklist are not ticked."""

    code = "task.lines_open"
    title: str
    count: int


class TaskNoProof(Refusal):
    """It asks for a note or a link."""

    code = "task.no_proof"
    status = 422
    title: str


class TaskNoPhoto(Refusal):
    """It asks for a photo or a file."""

    code = "task.no_photo"
    status = 422
    title: str


class TaskFilesFull(Refusal):
    """More files than anybody looks through."""

    code = "task.files_full"
    title: str
    most: int


@dataclass(slots=True)
class TaskRules:
    """All it remembers stands in its slices."""

    tasks: Tasks
    show: ShowNow
    on_duty: OnDuty
    in_force: InForce


def fold(state: TaskRules, event: Event[Any], touched: Touched) -> None:
    """The slice folded it already."""
    del state, event, touched


def decide(state: TaskRules, command: Planned | Doing, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    tasks = state.tasks
    match command:
        case AddTask():
            return [_add(tasks, command, ctx.members)]
        case EditTask():
            return _edit(tasks, command, ctx.members)
        case RemoveTask(task_id=task_id):
            _task(tasks, task_id)
            return [TaskRemoved(task_id=task_id)]
        case UseTemplate():
            return _use_template(state, ctx)
        case ReturnTask(task_id=task_id, why=why):
            return _return(_task(tasks, task_id), task_id, why)
        case _:
            now = _task(tasks, command.task_id)
            _check_theirs(state, now, ctx)
            return _do(tasks, now, command, ctx)


def _task(tasks: Tasks, task_id: str) -> TaskNow:
    if task_id not in tasks.tasks:
        raise TaskUnknown(task_id=task_id)
    return tasks.tasks[task_id]


def _add(tasks: Tasks, command: AddTask, members: Members | None) -> Fact:
    task_id, task = command.task_id, command.task
    if task_id in tasks.seen:
        raise TaskIdTaken(task_id=task_id)
    if len(tasks.tasks) >= TASKS_MAX:
        raise TaskFull(most=TASKS_MAX)
    _check(tasks, task_id, task)
    if command.carried:
        left = members is not None and task.person_id not in members.roles
        return TaskAdded(task_id=task_id, task=replace(task, person_id="") if left else task)
    check_whose(task, None, members)
    return TaskAdded(task_id=task_id, task=task)


def _edit(tasks: Tasks, command: EditTask, members: Members | None) -> Sequence[Fact]:
    now, task_id, task = _task(tasks, command.task_id), command.task_id, command.task
    stands = now.task
    if stands == task:
        return []
    if stands != command.was:
        raise TaskMoved(title=stands.title)
    _check(tasks, task_id, task)
    check_whose(task, stands, members)
    return [TaskEdited(task_id=task_id, task=task), *_asked_anew(now, task_id, task)]


def _asked_anew(now: TaskNow, task_id: str, task: Task) -> Iterator[Fact]:
    """A tick was given to words: under others there is none, and what asks for more than was done is open again."""
    had = {line.line_id: line.text for line in now.task.checklist}
    anew = [line.line_id for line in task.checklist if had.get(line.line_id) != line.text]
    for line_id in anew:
        if line_id in now.ticked:
            yield TaskTicked(task_id=task_id, line_id=line_id, ticked=False)
    if anew and now.state == "done":
        yield TaskReopened(task_id=task_id)


def _check(tasks: Tasks, task_id: str, task: Task) -> None:
    """Does a task make sense where it stands?"""
    _check_said(task)
    _check_order(tasks, task_id, task)


def _check_said(task: Task) -> None:
    if not written(task.title) or not all(written(line.text) for line in task.checklist):
        raise TaskBlank
    if task.role_id in NOT_PEOPLE:
        raise TaskRoleReserved(role=task.role_id)
    lines = [line.line_id for line in task.checklist]
    if twice := [each for place, each in enumerate(lines) if each in lines[:place]]:
        raise TaskLineTwice(line_id=twice[0])


def _check_order(tasks: Tasks, task_id: str, task: Task) -> None:
    for each in task.depends_on:
        if each != task_id:
            _task(tasks, each)
    if circle := circle_of(tasks, task_id, task.depends_on):
        raise TaskCircle(titles=tuple(task.title if each == task_id else tasks.tasks[each].task.title for each in circle))


def _use_template(state: TaskRules, ctx: Context) -> Sequence[Fact]:
    tasks, show = state.tasks, state.show
    here = {now.task.template: task_id for task_id, now in tasks.tasks.items() if now.task.template}
    wanted = missing(here, tasks.seen, {} if ctx.members is None else ctx.members.owners)
    added = in_time(wanted, (show.starts_at - ctx.at) // 1000, over=show.stage != "planned")
    if len(tasks.tasks) + len(added) > TASKS_MAX:
        raise TaskFull(most=TASKS_MAX)
    return [TaskAdded(task_id=task_id, task=task) for task_id, task in added]


def _return(now: TaskNow, task_id: str, why: str) -> Sequence[Fact]:
    if not (said := written(why)):
        raise TaskWhyBlank
    return [TaskReopened(task_id=task_id, why=said)] if now.state == "done" else []


def _check_theirs(state: TaskRules, now: TaskNow, ctx: Context) -> None:
    """A task is of who holds its role or is on duty in it for somebody, of the person it names, and of who took it."""
    task, person = now.task, ctx.actor.id
    if person not in (task.person_id, now.taken_by) and task.role_id not in roles_here(state.on_duty, state.in_force, ctx):
        raise TaskNotYours(title=task.title, role=task.role_id, person_id=task.person_id)


def _do(tasks: Tasks, now: TaskNow, command: Doing, ctx: Context) -> Sequence[Fact]:
    match command:
        case ReopenTask() | FinishTask() | UnblockTask():
            return _settle(tasks, now, command)
        case _ if now.state == "done":
            raise TaskIsDone(title=now.task.title)
        case TakeTask(task_id=task_id):
            return [] if now.taken_by == ctx.actor.id else [TaskTaken(task_id=task_id)]
        case TickLine():
            return _tick(now, command)
        case BlockTask():
            check_person(command.on_person_id, ctx.members)
            return _block(now, command)
        case LeaveFile() | RemoveFile():
            return _file(now, command)
        case _:
            assert_never(command)


def _file(now: TaskNow, command: LeaveFile | RemoveFile) -> Sequence[Fact]:
    """The same bytes twice are one file."""
    here = {each.digest for each in now.files}
    match command:
        case RemoveFile(task_id=task_id, digest=digest):
            return [TaskFileRemoved(task_id=task_id, digest=digest)] if digest in here else []
        case LeaveFile(task_id=task_id, file=file) if file.digest not in here:
            if len(here) >= FILES_MAX:
                raise TaskFilesFull(title=now.task.title, most=FILES_MAX)
            return [TaskFileLeft(task_id=task_id, file=file)]
        case _:
            return []


def _settle(tasks: Tasks, now: TaskNow, command: ReopenTask | FinishTask | UnblockTask) -> Sequence[Fact]:
    """Done, and no longer done or stuck: what stands already is no news."""
    task_id, done = command.task_id, now.state == "done"
    match command:
        case ReopenTask():
            return [TaskReopened(task_id=task_id)] if done else []
        case FinishTask(evidence=evidence):
            return [] if done else [_finish(tasks, now, task_id, written(evidence))]
        case UnblockTask():
            return [TaskUnblocked(task_id=task_id)] if now.state == "blocked" else []
        case _:
            assert_never(command)


def _tick(now: TaskNow, command: TickLine) -> Sequence[Fact]:
    if command.line_id not in {each.line_id for each in now.task.checklist}:
        raise TaskLineUnknown(title=now.task.title)
    if (command.line_id in now.ticked) is command.ticked:
        return []
    return [TaskTicked(task_id=command.task_id, line_id=command.line_id, ticked=command.ticked)]


def _block(now: TaskNow, command: BlockTask) -> Sequence[Fact]:
    why, whom = written(command.why), written(command.whom)
    if not why:
        raise TaskWhyBlank
    if (now.state, now.why, now.whom, now.on_person_id) == ("blocked", why, whom, command.on_person_id):
        return []
    return [TaskBlocked(task_id=command.task_id, why=why, whom=whom, on_person_id=command.on_person_id)]


def _finish(tasks: Tasks, now: TaskNow, task_id: str, evidence: str) -> Fact:
    task = now.task
    if waits := tasks.waits_for(task_id):
        raise TaskWaits(title=task.title, titles=tuple(tasks.tasks[each].task.title for each in waits))
    if left := len(task.checklist) - len(now.ticked):
        raise TaskLinesOpen(title=task.title, count=left)
    if task.proof == "note" and not evidence:
        raise TaskNoProof(title=task.title)
    if task.proof == "photo" and not now.files:
        raise TaskNoPhoto(title=task.title)
    return TaskDone(task_id=task_id, evidence=evidence)
