"""What is to be done for the show, in the world of the laws."""

from random import Random
from typing import Any

from msgspec.structs import replace

from kaibo.core.event import Actor, Command
from kaibo.core.stream import StreamFold
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
from kaibo.features.task.facts import CheckLine, Task, TaskFile

LIN = Actor(id="lin", role="director")
OFTEN = 0.3  # of the steps of a show
PHOTO = TaskFile(digest="ab" * 32, name="貨架.jpg", kind="image/jpeg", size_bytes=9)
LINES = (CheckLine(line_id="l1", text="正面"), CheckLine(line_id="l2", text="背面"))


class Tasking:
    """The part of a world that has things to do; by a chance of its own, so that the rest of the world stays as it was."""

    fold: StreamFold
    at: int
    seed: int

    def ask(self, command: Command, by: Actor = LIN) -> bool:
        raise NotImplementedError

    def task(self) -> None:
        dice = Random(f"task {self.seed} {self.at}")
        if dice.random() > OFTEN:
            return
        rows: dict[str, Any] = self.fold.rows("task.list")
        here = dice.choice(list(rows)) if rows else "t"
        lines = LINES[: dice.randrange(3)]
        first = (here,) if rows and dice.random() < 0.5 else ()
        new = Task(
            title="拍照", role_id="director", offset_s=-dice.randrange(9000), required=True, checklist=lines, depends_on=first
        )
        was = rows[here].task if rows else new
        changed = replace(was, depends_on=first, checklist=lines)
        self.ask(
            dice.choice(
                [
                    AddTask(task_id=f"t{self.at}", task=new),
                    AddTask(task_id=f"t{self.at}", task=new),
                    EditTask(task_id=here, task=changed, was=was),
                    RemoveTask(task_id=here),
                    *([UseTemplate()] if dice.random() < 0.1 else []),
                    TakeTask(task_id=here),
                    TickLine(task_id=here, line_id="l1", ticked=dice.random() < 0.7),
                    TickLine(task_id=here, line_id="l2"),
                    BlockTask(task_id=here, why="等廠商", whom="廠商"),
                    UnblockTask(task_id=here),
                    FinishTask(task_id=here, evidence="做了"),
                    FinishTask(task_id=here, evidence="做了"),
                    ReopenTask(task_id=here),
                    ReturnTask(task_id=here, why="看不清楚"),
                    LeaveFile(task_id=here, file=PHOTO),
                    RemoveFile(task_id=here, digest=PHOTO.digest),
                ]
            )
        )
