"""What may be asked of tasks."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.task.facts import Task, TaskFile, TaskId

Words = Annotated[str, Meta(max_length=500)]


class AddTask(Command, frozen=True, kw_only=True, tag="task.add"):
    """Add something to do for this show. `carried`: from another show, and who left since is left out."""

    duty: ClassVar = "task.plan"
    task_id: TaskId
    task: Task
    carried: bool = False


class EditTask(Command, frozen=True, kw_only=True, tag="task.edit"):
    """Change a task; `was` is the task as it was seen, so that nobody overwrites what they have not seen."""

    duty: ClassVar = "task.plan"
    task_id: TaskId
    task: Task
    was: Task


class RemoveTask(Command, frozen=True, kw_only=True, tag="task.remove"):
    """Take a task away; what waited for it no longer does."""

    duty: ClassVar = "task.plan"
    task_id: TaskId


class UseTemplate(Command, frozen=True, kw_only=True, tag="task.use_template"):
    """Add the tasks of the shipped template that are not there yet."""

    duty: ClassVar = "task.plan"


class ReturnTask(Command, frozen=True, kw_only=True, tag="task.return"):
    """Who plans finds that it is not done: open again, with the reason."""

    duty: ClassVar = "task.plan"
    task_id: TaskId
    why: Words


class TakeTask(Command, frozen=True, kw_only=True, tag="task.take"):
    """Say that one does it."""

    duty: ClassVar = "task.do"
    task_id: TaskId


class TickLine(Command, frozen=True, kw_only=True, tag="task.tick"):
    """Tick a line of the checklist, or take the tick back."""

    duty: ClassVar = "task.do"
    task_id: TaskId
    line_id: Annotated[str, Meta(min_length=1, max_length=64)]
    ticked: bool = True


class BlockTask(Command, frozen=True, kw_only=True, tag="task.block"):
    """Say that it cannot go on: why, and on whom it waits."""

    duty: ClassVar = "task.do"
    task_id: TaskId
    why: Words
    whom: Annotated[str, Meta(max_length=100)] = ""
    on_person_id: Annotated[str, Meta(max_length=64)] = ""


class UnblockTask(Command, frozen=True, kw_only=True, tag="task.unblock"):
    """Say that it can go on."""

    duty: ClassVar = "task.do"
    task_id: TaskId


class FinishTask(Command, frozen=True, kw_only=True, tag="task.done"):
    """Say that it is done; `evidence` is a note or a link where the task wants one."""

    duty: ClassVar = "task.do"
    task_id: TaskId
    evidence: Annotated[str, Meta(max_length=2000)] = ""


class LeaveFile(Command, frozen=True, kw_only=True, tag="task.leave_file"):
    """Leave a photo or a document with a task; the route that takes the bytes says so."""

    duty: ClassVar = "task.do"
    routed: ClassVar = True
    task_id: TaskId
    file: TaskFile


class RemoveFile(Command, frozen=True, kw_only=True, tag="task.remove_file"):
    """Take a file away."""

    duty: ClassVar = "task.do"
    task_id: TaskId
    digest: Annotated[str, Meta(max_length=64)]


class ReopenTask(Command, frozen=True, kw_only=True, tag="task.reopen"):
    """Take back that it is done."""

    duty: ClassVar = "task.do"
    task_id: TaskId
