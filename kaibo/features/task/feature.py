"""What is to be done for a show: relative to air time, assigned to a role or a person, ticked, blocked, done."""

from kaibo.core.feature import Feature
from kaibo.features.charter.slices import IN_FORCE
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.show.slices import STAGE
from kaibo.features.task.carry import carried
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
    ERASES,
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
from kaibo.features.task.react import followers
from kaibo.features.task.routes import OPERATIONS, ROUTES
from kaibo.features.task.rules import TaskRules, decide, fold
from kaibo.features.task.slices import TASKS
from kaibo.features.task.view import COUNTS, LIST

FEATURE = Feature(
    name="task",
    streams=("show",),
    facts=(
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
    commands=(
        AddTask,
        EditTask,
        RemoveTask,
        UseTemplate,
        ReturnTask,
        TakeTask,
        TickLine,
        BlockTask,
        UnblockTask,
        FinishTask,
        ReopenTask,
        LeaveFile,
        RemoveFile,
    ),
    state=TaskRules,
    fold=fold,
    decide=decide,
    over=(TASKS, STAGE, ON_DUTY, IN_FORCE),
    views=(LIST, COUNTS),
    carries=carried,
    routes=ROUTES,
    operations=OPERATIONS,
    followers=followers,
    erases=ERASES,
)
