"""TASKS: what is to be done for a show and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice
from kaibo.features.task.facts import (
    Task,
    TaskAdded,
    TaskBlocked,
    TaskDone,
    TaskEdited,
    TaskFile,
    TaskFileLeft,
    TaskFileRemoved,
    TaskRemoved,
    TaskReopened,
    TaskState,
    TaskTaken,
    TaskTicked,
    TaskUnblocked,
)


class TaskNow(msgspec.Struct, frozen=True, kw_only=True):
    """A task as it stands: `by` whom and `at` when (ms UTC) its state last changed, `taken_by` who does it, "" nobody yet.

    `ticked` are line_ids. `why`: of what it is blocked, or was sent back; `whom` and `on_person_id`: on whom it waits.
    """

    task: Task
    state: TaskState = "open"
    by: str
    at: int
    taken_by: str = ""
    ticked: tuple[str, ...] = ()
    why: str = ""
    whom: str = ""
    on_person_id: str = ""
    evidence: str = ""
    files: tuple[TaskFile, ...] = ()


@dataclass(slots=True)
class Tasks:
    """The tasks of a show by task_id; `seen` are all the ids there ever were.

    `_waiting`: by task_id those that wait for it, `_holds`: what was worked out of `held_by` since the last change; both follow from the tasks.
    """

    tasks: dict[str, TaskNow] = field(default_factory=dict[str, TaskNow])
    seen: set[str] = field(default_factory=set[str])
    _waiting: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    _holds: dict[str, str] = field(default_factory=dict[str, str])

    def put(self, task_id: str, now: TaskNow) -> None:
        """The task now stands so."""
        was = self.tasks.get(task_id)
        if was is None or was.task.depends_on != now.task.depends_on:
            for each in () if was is None else was.task.depends_on:
                self._waiting[each].pop(task_id, None)
            for each in now.task.depends_on:
                self._waiting.setdefault(each, {})[task_id] = None
        self.tasks[task_id] = now
        if was is not None:  # nothing waits for a new one
            self._holds.clear()

    def drop(self, task_id: str) -> None:
        """The task is gone; nothing waits for it any more."""
        for each in self.tasks.pop(task_id).task.depends_on:
            self._waiting[each].pop(task_id, None)

    def waits_for(self, task_id: str) -> tuple[str, ...]:
        """The task_ids that come first and are not done."""
        return tuple(each for each in self.tasks[task_id].task.depends_on if self.tasks[each].state != "done")

    def waiting_for(self, task_id: str) -> list[str]:
        """The task_ids that wait for this one."""
        return list(self._waiting.get(task_id, ()))

    def behind(self, task_ids: Iterable[str]) -> set[str]:
        """These and all that wait for them, however far behind."""
        found, left = set[str](), list(task_ids)
        while left:
            each = left.pop()
            if each not in found and each in self.tasks:
                found.add(each)
                left += self.waiting_for(each)
        return found

    def held_by(self, task_id: str) -> str:
        """Of the open tasks that come before this one, however far ahead, the one that was due first; "" when none does.

        It makes this one late by as much as it is late itself: so far apart they were planned.
        """
        left = [task_id]
        while left:
            each = left.pop()
            if each in self._holds:
                continue
            open_ones = self.waits_for(each)
            if unknown := [one for one in open_ones if one not in self._holds]:
                left += [each, *unknown]
                continue
            ahead = {one for first in open_ones for one in (first, self._holds[first]) if one}
            self._holds[each] = min(ahead, key=lambda one: (self.tasks[one].task.offset_s, one), default="")
        return self._holds[task_id]

    def has(self, digest: str) -> bool:
        """Whether a file of this digest is left with any task."""
        return any(file.digest == digest for now in self.tasks.values() for file in now.files)


def fold_tasks(tasks: Tasks, event: Event[Fact]) -> Iterable[str]:
    """The task that changed, and those that wait for it."""
    fact: Any = event.fact
    match fact:
        case TaskAdded(task_id=task_id, task=task):
            tasks.put(task_id, TaskNow(task=task, by=event.actor.id, at=event.at))
            tasks.seen.add(task_id)
            return (task_id,)
        case TaskRemoved(task_id=task_id):
            return _remove(tasks, task_id)
        case _:
            tasks.put(fact.task_id, _moved(tasks.tasks[fact.task_id], event))
            return (fact.task_id, *tasks.waiting_for(fact.task_id))


def _remove(tasks: Tasks, task_id: str) -> Iterable[str]:
    waiting = tasks.waiting_for(task_id)
    for each in waiting:
        now = tasks.tasks[each]
        kept = tuple(one for one in now.task.depends_on if one != task_id)
        tasks.put(each, replace(now, task=replace(now.task, depends_on=kept)))
    tasks.drop(task_id)
    return (task_id, *waiting)


def _moved(now: TaskNow, event: Event[Fact]) -> TaskNow:
    """The task after one more thing happened to it."""
    by, at = event.actor.id, event.at
    match event.fact:
        case TaskEdited(task=task):
            lines = {each.line_id for each in task.checklist}
            return replace(now, task=task, ticked=tuple(each for each in now.ticked if each in lines))
        case TaskTicked(line_id=line_id, ticked=ticked):
            return _ticked(now, line_id, by, at, ticked=ticked)
        case TaskFileLeft(file=file):
            return replace(now, files=(*now.files, file))
        case TaskFileRemoved(digest=digest):
            return replace(now, files=tuple(each for each in now.files if each.digest != digest))
        case TaskTaken():
            return replace(now, state="blocked" if now.state == "blocked" else "doing", taken_by=by, by=by, at=at)
        case _:
            return _turned(now, event)


def _turned(now: TaskNow, event: Event[Fact]) -> TaskNow:
    """The task after it was stuck, free, done or open again."""
    by, at = event.actor.id, event.at
    match event.fact:
        case TaskBlocked(why=why, whom=whom, on_person_id=person_id):
            return replace(now, state="blocked", why=why, whom=whom, on_person_id=person_id, by=by, at=at)
        case TaskUnblocked():
            return _open(now, by, at)
        case TaskDone(evidence=evidence):
            free = _open(now, by, at)
            return replace(free, state="done", taken_by=now.taken_by or by, evidence=evidence)
        case TaskReopened(why=why):
            return replace(_open(now, by, at), why=why)
        case _:
            return now


def _ticked(now: TaskNow, line_id: str, by: str, at: int, *, ticked: bool) -> TaskNow:
    """Whoever ticks the first line does the task, if nobody did."""
    lines = tuple(each for each in now.ticked if each != line_id)
    changed = replace(now, ticked=(*lines, line_id) if ticked else lines)
    if now.state != "open" or not ticked:
        return changed
    return replace(changed, state="doing", taken_by=now.taken_by or by, by=by, at=at)


def _open(now: TaskNow, by: str, at: int) -> TaskNow:
    """Nothing holds it up: it is being done, if somebody took it."""
    state: TaskState = "doing" if now.taken_by else "open"
    return replace(now, state=state, why="", whom="", on_person_id="", by=by, at=at)


TASKS: Slice[Tasks] = Slice(
    name="task.tasks",
    reads=(
        TaskAdded,
        TaskEdited,
        TaskRemoved,
        TaskTaken,
        TaskTicked,
        TaskBlocked,
        TaskUnblocked,
        TaskDone,
        TaskReopened,
        TaskFileLeft,
        TaskFileRemoved,
    ),
    state=Tasks,
    fold=fold_tasks,
)
